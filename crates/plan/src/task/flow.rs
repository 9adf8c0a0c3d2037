//! What each act makes of a task, and who may do it.
//!
//! ```text
//! drafted ─assign→ handed over ─acknowledge→ under way ─submit→ handed in ─confirm→ done
//!                      │  ↑                     ↑                   │
//!                   contest reassign            └──────return───────┘
//! ```
//! From every stage but done, cancel ends it.

use terms::Date;

use super::act::{Act, Step};
use super::brief::{Brief, Field, RequiredFields};
use super::held::Held;
use super::stage::{Party, Stage};
use crate::{Office, PostId};

/// Why an act was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The act belongs to another party.
    #[error("“{act}” is for the {who:?} of a task")]
    NotYours {
        /// The act's code.
        act: &'static str,
        /// Who could.
        who: Party,
    },
    /// The act does not follow on this stage.
    #[error("“{act}” does not follow on “{}”", stage.code())]
    NotNow {
        /// The act's code.
        act: &'static str,
        /// Where the task stands.
        stage: Stage,
    },
    /// Required fields are empty.
    #[error("the task lacks required fields")]
    Incomplete(Vec<Field>),
    /// A reason or the words are missing.
    #[error("“{act}” wants words")]
    NoWords {
        /// The act's code.
        act: &'static str,
    },
    /// A day lies before the day that it must follow.
    #[error("{day} lies before {after}")]
    TooEarly {
        /// The day given.
        day: Date,
        /// The day that it must follow.
        after: Date,
    },
    /// More than 100 per cent.
    #[error("{0}% is more than the whole")]
    OverWhole(u8),
}

/// A task: its brief and all that was done with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    brief: Brief,
    drafted_on: Date,
    first_due: Option<Date>,
    stage: Stage,
    per_cent: u8,
    open_difficulty: Option<Date>,
    asked: Option<Office>,
    post: Option<PostId>,
    asked_until: Option<Date>,
    handed_in_on: Option<Date>,
    done_on: Option<Date>,
    excused: bool,
    returns: u32,
    grave_errors: u32,
    held: Vec<Held>,
    steps: Vec<Step>,
}

impl Task {
    /// Writes down a task; it is handed over by [`Act::Assign`].
    ///
    /// # Errors
    /// [`Refusal::TooEarly`] where it is due before it is written.
    pub fn draft(brief: Brief, on: Date) -> Result<Self, Refusal> {
        check_days(&brief, on)?;
        Ok(Self {
            first_due: brief.due,
            brief,
            drafted_on: on,
            stage: Stage::Drafted,
            per_cent: 0,
            open_difficulty: None,
            asked: None,
            post: None,
            asked_until: None,
            handed_in_on: None,
            done_on: None,
            excused: false,
            returns: 0,
            grave_errors: 0,
            held: Vec::new(),
            steps: Vec::new(),
        })
    }

    /// What it asks today.
    pub fn brief(&self) -> &Brief {
        &self.brief
    }

    /// The day on which it was written.
    pub fn drafted_on(&self) -> Date {
        self.drafted_on
    }

    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The deadline that it was first given; an extension does not change it.
    pub fn first_due(&self) -> Option<Date> {
        self.first_due
    }

    /// How much of it is done, as the lead tells; 100 once it is confirmed.
    pub fn per_cent(&self) -> u8 {
        self.per_cent
    }

    /// Since when a difficulty waits for an answer.
    pub fn open_difficulty(&self) -> Option<Date> {
        self.open_difficulty
    }

    /// Who was asked to answer the open difficulty; none: the assigner.
    pub fn asked(&self) -> Option<&Office> {
        self.asked.as_ref()
    }

    /// The post of the lead's office that does it; none where nobody was named.
    pub fn post(&self) -> Option<&PostId> {
        self.post.as_ref()
    }

    /// The day on which the product was handed in that is with the assigner or was confirmed.
    pub fn handed_in_on(&self) -> Option<Date> {
        self.handed_in_on
    }

    /// The day on which the product was confirmed.
    pub fn done_on(&self) -> Option<Date> {
        self.done_on
    }

    /// Whether the assigner said that a delay had causes outside the lead's power.
    pub fn excused(&self) -> bool {
        self.excused
    }

    /// How many of the returns were for grave errors.
    pub fn grave_errors(&self) -> u32 {
        self.grave_errors
    }

    /// Until when the lead asks for time and has no answer yet.
    pub fn asked_until(&self) -> Option<Date> {
        self.asked_until
    }

    /// How often the product was sent back.
    pub fn returns(&self) -> u32 {
        self.returns
    }

    /// Who had it when, from the day on which it was handed over.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// All that was done with it, oldest first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The day of the last step, or of the draft.
    pub fn last_moved_on(&self) -> Date {
        self.steps.last().map_or(self.drafted_on, |step| step.on)
    }

    /// Whether it is late on `day`: not handed in by the deadline in force, or handed in after it.
    ///
    /// A product that was returned counts as not handed in. A task without a deadline is never late.
    pub fn is_late(&self, day: Date) -> bool {
        let Some(due) = self.brief.due else { return false };
        match self.stage {
            Stage::Drafted | Stage::Cancelled => false,
            Stage::HandedIn | Stage::Done => self.handed_in_on.is_some_and(|handed_in| due < handed_in),
            Stage::HandedOver | Stage::Contested | Stage::UnderWay => due < day,
        }
    }

    /// The acts, by code, that a party can do now.
    pub fn open_acts(&self, party: Party) -> Vec<&'static str> {
        let acts: &[&'static str] = match (self.stage, party) {
            (Stage::Drafted, Party::Assigner) => &["rewrite", "assign", "cancel"],
            (Stage::HandedOver, Party::Lead) => &["acknowledge", "contest", "appoint"],
            (Stage::HandedOver | Stage::Contested, Party::Assigner) => &["reassign", "cancel"],
            (Stage::UnderWay, Party::Lead) => {
                &["progress", "difficulty", "ask-extension", "submit", "appoint"]
            }
            (Stage::UnderWay, Party::Supporter) => &["progress", "difficulty"],
            (Stage::UnderWay, Party::Assigner) => &[
                "answer",
                "refer",
                "grant-extension",
                "refuse-extension",
                "reassign",
                "cancel",
            ],
            (Stage::HandedIn, Party::Assigner) => &["confirm", "return", "cancel"],
            (Stage::UnderWay, Party::Asked) => &["answer"],
            _ => &[],
        };
        acts.iter()
            .copied()
            .filter(|act| match *act {
                "difficulty" => self.open_difficulty.is_none(),
                "answer" if party == Party::Asked => self.asked.is_some(),
                "answer" | "refer" => self.open_difficulty.is_some(),
                "grant-extension" | "refuse-extension" => self.asked_until.is_some(),
                "ask-extension" => self.asked_until.is_none() && self.brief.due.is_some(),
                _ => true,
            })
            .collect()
    }

    /// Takes one step, or says why not and changes nothing.
    ///
    /// `required` is asked only when the task is handed over.
    ///
    /// # Errors
    /// A [`Refusal`] that names the party, the stage, the fields or the days that stand in the way.
    pub fn take(&mut self, party: Party, step: Step, required: &RequiredFields) -> Result<(), Refusal> {
        let act = step.act.code();
        if !self.open_acts(party).contains(&act) {
            let other = Party::ALL
                .into_iter()
                .find(|other| self.open_acts(*other).contains(&act));
            return Err(match other {
                Some(who) => Refusal::NotYours { act, who },
                None => Refusal::NotNow {
                    act,
                    stage: self.stage,
                },
            });
        }
        if step.on < self.last_moved_on() {
            return Err(Refusal::TooEarly {
                day: step.on,
                after: self.last_moved_on(),
            });
        }
        let said = |words: &str| {
            if words.trim().is_empty() {
                Err(Refusal::NoWords { act })
            } else {
                Ok(())
            }
        };
        match &step.act {
            Act::Rewrite { brief } => {
                check_days(brief, step.on)?;
                self.first_due = brief.due;
                self.brief = (**brief).clone();
            }
            Act::Assign => {
                let missing = required.missing(&self.brief);
                if !missing.is_empty() {
                    return Err(Refusal::Incomplete(missing));
                }
                check_days(&self.brief, step.on)?;
                self.stage = Stage::HandedOver;
                // An old plan was handed out on its own day, though it is written down today.
                let since = self.brief.start.map_or(step.on, |start| start.min(step.on));
                self.goes_on(since);
            }
            Act::Acknowledge => self.stage = Stage::UnderWay,
            Act::Contest { reason } => {
                said(reason)?;
                self.stage = Stage::Contested;
            }
            Act::Reassign { lead, reason } => {
                said(reason)?;
                self.hand_to(lead.clone());
                self.goes_on(step.on);
            }
            Act::Appoint { post } => {
                self.post = Some(post.clone());
                self.goes_on(step.on);
            }
            Act::Progress { words, per_cent, .. } => {
                said(words)?;
                if 100 < *per_cent {
                    return Err(Refusal::OverWhole(*per_cent));
                }
                self.per_cent = *per_cent;
            }
            Act::Difficulty { words, asks } => {
                said(words)?;
                self.open_difficulty = Some(step.on);
                self.asked.clone_from(asks);
            }
            Act::Refer { to, words } => {
                said(words)?;
                self.asked = Some(to.clone());
            }
            Act::Answer { words } => {
                said(words)?;
                self.open_difficulty = None;
                self.asked = None;
            }
            Act::AskExtension { until, reason } => {
                said(reason)?;
                let after = self.brief.due.unwrap_or(step.on).max(step.on);
                if *until <= after {
                    return Err(Refusal::TooEarly { day: *until, after });
                }
                self.asked_until = Some(*until);
            }
            Act::GrantExtension { reason } => {
                said(reason)?;
                self.brief.due = self.asked_until.take();
            }
            Act::RefuseExtension { reason } => {
                said(reason)?;
                self.asked_until = None;
            }
            Act::Submit { product, .. } => {
                said(product)?;
                self.handed_in_on = Some(step.on);
                self.stage = Stage::HandedIn;
            }
            Act::Confirm { excused, .. } => {
                self.per_cent = 100;
                self.done_on = Some(step.on);
                self.excused = *excused;
                self.open_difficulty = None;
                self.asked = None;
                self.asked_until = None;
                self.stage = Stage::Done;
            }
            Act::Return { reason, grave } => {
                said(reason)?;
                self.handed_in_on = None;
                self.grave_errors += u32::from(*grave);
                if let Some(held) = self.held.last_mut().filter(|_| *grave) {
                    held.grave_on.push(step.on);
                }
                self.returns += 1;
                self.stage = Stage::UnderWay;
            }
            Act::Cancel { reason } => {
                said(reason)?;
                self.stage = Stage::Cancelled;
            }
        }
        self.steps.push(step);
        Ok(())
    }

    /// From a day on it is with the lead and the post that it has now.
    fn goes_on(&mut self, day: Date) {
        if let Some(last) = self.held.last_mut() {
            last.until = Some(day);
        }
        let post = self.post.clone();
        self.held.extend(self.brief.lead.clone().map(|lead| Held {
            since: day,
            until: None,
            lead,
            post,
            grave_on: Vec::new(),
        }));
    }

    /// A new lead starts at the beginning: it has to be received again, and what the old one asked for is moot.
    fn hand_to(&mut self, lead: Office) {
        self.brief.lead = Some(lead);
        self.open_difficulty = None;
        self.asked = None;
        self.post = None;
        self.asked_until = None;
        self.stage = Stage::HandedOver;
    }
}

/// A task must not be due before it starts: on the plan's own day, or `on` where the plan names none.
fn check_days(brief: &Brief, on: Date) -> Result<(), Refusal> {
    let start = brief.start.unwrap_or(on);
    match brief.due.filter(|due| *due < start) {
        Some(due) => Err(Refusal::TooEarly {
            day: due,
            after: start,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
