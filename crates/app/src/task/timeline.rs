//! What happened with a task, as a page tells it.

use plan::Office;
use plan::task::{self, Evidence, Party};
use store::StoredTask;
use terms::{Date, Timestamp};

use super::card::OfficeName;
use crate::directory::Directory;
use crate::view::Bilingual;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct StepView {
    /// The number of its entry.
    pub entry: u64,
    /// The act's code.
    pub act: &'static str,
    /// As what it was done.
    pub party: Party,
    /// For which office, where one office alone can have done it.
    pub office: Option<OfficeName>,
    /// Who, for those concerned.
    pub who: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Its words, for those concerned.
    pub words: String,
    /// How much is done, as told.
    pub per_cent: Option<u8>,
    /// A day that it speaks of: until when time is asked.
    pub until: Option<Date>,
    /// An office that it speaks of: the new lead, who is asked.
    pub to: Option<OfficeName>,
    /// The post that it names, for those concerned.
    pub post: Option<Bilingual>,
    /// Whether a return was for a grave error, or a delay was excused.
    pub marked: bool,
    /// What shows it, for those concerned.
    pub evidence: Vec<Evidence>,
}

/// The steps in order, each with the office that the party was at that time.
pub(super) fn timeline(stored: &StoredTask, directory: &Directory, inside: bool) -> Vec<StepView> {
    let mut lead = stored.drafted.lead.clone();
    let mut asked: Option<Office> = None;
    let steps = stored.task.steps().iter().zip(&stored.steps);
    steps
        // What is done to a draft concerns only those who write it.
        .filter(|(step, _)| inside || step.act.code() != "rewrite")
        .map(|(step, meta)| {
            let office = match meta.party {
                Party::Assigner => Some(&stored.assigner),
                Party::Lead => lead.as_ref(),
                Party::Asked => asked.as_ref(),
                Party::Supporter => None,
            };
            let mut view = StepView {
                entry: meta.entry,
                act: step.act.code(),
                party: meta.party,
                office: office.map(|office| directory.office_name(office)),
                who: meta.who.clone().filter(|_| inside),
                at: meta.at,
                words: if inside {
                    step.act.words().to_owned()
                } else {
                    String::new()
                },
                per_cent: None,
                until: None,
                to: None,
                post: None,
                marked: false,
                evidence: if inside {
                    step.act.evidence().to_vec()
                } else {
                    Vec::new()
                },
            };
            match &step.act {
                task::Act::Rewrite { brief } => lead.clone_from(&brief.lead),
                task::Act::Reassign { lead: next, .. } => {
                    view.to = Some(directory.office_name(next));
                    lead = Some(next.clone());
                }
                task::Act::Progress { per_cent, .. } => view.per_cent = Some(*per_cent),
                task::Act::AskExtension { until, .. } => view.until = Some(*until),
                task::Act::Difficulty { asks, .. } => {
                    view.to = asks.as_ref().map(|office| directory.office_name(office));
                    asked.clone_from(asks);
                }
                task::Act::Refer { to, .. } => {
                    view.to = Some(directory.office_name(to));
                    asked = Some(to.clone());
                }
                task::Act::Appoint { post } => view.post = inside.then(|| directory.post_name(post)),
                task::Act::Return { grave, .. } => view.marked = *grave,
                task::Act::Confirm { excused, .. } => view.marked = *excused,
                _ => {}
            }
            view
        })
        .collect()
}
