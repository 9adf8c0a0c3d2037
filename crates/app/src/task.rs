//! One task: what it asks, all that happened with it, and what the asker may do now.

mod card;
mod timeline;

pub use card::{OfficeName, TaskCard};
pub use timeline::StepView;

use plan::task::{self, Brief, Evidence, Field, Party, Stage};
use plan::{Office, PostId, TargetId, TaskId};
use store::{Sees, StoredTask, TaskFilter};
use terms::{Date, Sha256};

use card::card;
use timeline::timeline;

use crate::directory::Directory;
use crate::indicator::{IndicatorQuery, Series};
use crate::policy::{Action, Relation, Role};
use crate::view::Bilingual;
use crate::{Actor, App, Error};

/// A task's page.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPage {
    /// What lists show of it.
    pub card: TaskCard,
    /// What it asks.
    pub brief: Brief,
    /// Offices that help.
    pub supporters: Vec<OfficeName>,
    /// Who was asked to answer the open difficulty.
    pub asked: Option<OfficeName>,
    /// Until when the lead asks for time.
    pub asked_until: Option<Date>,
    /// The post within the lead's office that does it, for those concerned.
    pub post: Option<Bilingual>,
    /// Title of the document whose clause it was made from.
    pub document: Option<String>,
    /// The task of which it is a part, where the asker may know of it.
    pub parent: Option<TaskCard>,
    /// Its parts, where the asker may know of them.
    pub parts: Vec<TaskCard>,
    /// Whether the asker is one of those concerned: only they read words, names and evidence.
    pub inside: bool,
    /// Whether the asker may write parts of it.
    pub may_divide: bool,
    /// All that happened, oldest first.
    pub timeline: Vec<StepView>,
    /// How many steps it has: what a form has seen.
    pub seen: u64,
    /// What the asker may do now.
    pub open: Vec<OpenAct>,
    /// What others may do now, and who.
    pub closed: Vec<ClosedAct>,
    /// The fields without which it cannot be handed over and that are empty.
    pub missing: Vec<Field>,
    /// Posts of the lead's office, to name one.
    pub posts: Vec<(PostId, Bilingual)>,
    /// Offices that can be asked or given the task, for the forms.
    pub offices: Vec<OfficeName>,
    /// The target that it serves, with its series.
    pub target: Option<(TargetId, Box<Series>, crate::view::IndicatorName)>,
}

/// Something that the asker may do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAct {
    /// The act's code.
    pub act: &'static str,
    /// As what.
    pub party: Party,
}

/// Something that others may do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedAct {
    /// The act's code.
    pub act: &'static str,
    /// The office that may.
    pub office: OfficeName,
    /// Which posts of it.
    pub roles: Vec<Role>,
}

/// The fields of the task's offices: each with the party that it is.
pub(crate) fn offices_of(stored: &StoredTask) -> Vec<(Party, Office)> {
    let brief = stored.task.brief();
    let told = stored.task.stage() != Stage::Drafted;
    let others = brief
        .lead
        .iter()
        .map(|office| (Party::Lead, office.clone()))
        .chain(
            brief
                .supporters
                .iter()
                .map(|office| (Party::Supporter, office.clone())),
        )
        .chain(stored.task.asked().map(|office| (Party::Asked, office.clone())));
    std::iter::once((Party::Assigner, stored.assigner.clone()))
        .chain(others.filter(|_| told))
        .collect()
}

/// What a party's office must be allowed for an act.
pub(crate) fn right(party: Party, act: &str) -> Action {
    match (party, act) {
        (Party::Assigner, "rewrite") => Action::DraftTask,
        (Party::Assigner, _) => Action::DirectTask,
        _ => Action::WorkOnTask,
    }
}

/// Whether the actor is one of those concerned.
pub(crate) fn is_inside(actor: &Actor, stored: &StoredTask) -> bool {
    offices_of(stored)
        .iter()
        .any(|(_, office)| actor.may_for(Action::ReadTasks, office))
}

/// A task of which the actor may know.
///
/// # Errors
/// [`Error::NotFound`]: of what one may not know, and of what is not there, the same is told.
pub(crate) fn known(actor: &Actor, stored: Option<StoredTask>) -> Result<StoredTask, Error> {
    let missing = Error::NotFound { what: "task" };
    let Some(stored) = stored else { return Err(missing) };
    let public = !stored.task.brief().internal && stored.task.stage() != Stage::Drafted;
    if public || is_inside(actor, &stored) {
        Ok(stored)
    } else {
        Err(missing)
    }
}

/// What lists may tell this actor.
pub(crate) fn sees(actor: &Actor) -> Sees {
    let offices = actor.offices_for(Action::ReadTasks);
    if offices.is_everywhere() {
        return Sees::All;
    }
    Sees::Public {
        offices: offices.own().to_vec(),
        areas: offices.areas_below(),
    }
}

impl App {
    /// A task's page. At most eighteen statements: seven of them for the series of its target.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none or the asker may not know of it; [`Error::Store`].
    pub async fn task(&self, actor: &Actor, id: TaskId) -> Result<TaskPage, Error> {
        actor.require(Action::ReadRegister)?;
        let mut reading = self.reading().await?;
        let stored = known(actor, reading.task(id).await?)?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let inside = is_inside(actor, &stored);
        let task = &stored.task;
        let brief = task.brief();
        let rules = reading
            .task_rules()
            .await?
            .map(|stored| stored.rules)
            .unwrap_or_default();
        let filter = |parent| TaskFilter {
            parent,
            ..TaskFilter::seen_by(sees(actor))
        };
        let parts = reading.tasks(&filter(Some(id)), 200, 0).await?;
        let parent = match stored.parent {
            Some(parent) => known(actor, reading.task(parent).await?).ok(),
            None => None,
        };
        let document = match &brief.clause {
            Some(clause) => reading
                .document(clause.document)
                .await?
                .map(|stored| title_of(&stored)),
            None => None,
        };
        let (open, closed) = acts(actor, &stored, &directory);
        let target = self.target_of(actor, reading, brief.serves).await?;
        let may_choose = open
            .iter()
            .any(|open| matches!(open.act, "reassign" | "difficulty" | "refer" | "rewrite"));
        let posts = match &brief.lead {
            Some(lead) if open.iter().any(|open| open.act == "appoint") => directory
                .posts
                .values()
                .filter(|post| post.office == *lead && post.is_on(today))
                .map(|post| (post.id.clone(), directory.post_name(&post.id)))
                .collect(),
            _ => Vec::new(),
        };
        Ok(TaskPage {
            card: card(&stored, &directory, today),
            supporters: brief
                .supporters
                .iter()
                .map(|office| directory.office_name(office))
                .collect(),
            asked: task.asked().map(|office| directory.office_name(office)),
            asked_until: task.asked_until(),
            post: task
                .post()
                .filter(|_| inside)
                .map(|post| directory.post_name(post)),
            document,
            parent: parent.map(|parent| card(&parent, &directory, today)),
            parts: parts
                .iter()
                .map(|row| TaskCard::of(row, &directory, today))
                .collect(),
            inside,
            may_divide: matches!(task.stage(), Stage::HandedOver | Stage::UnderWay)
                && brief
                    .lead
                    .as_ref()
                    .is_some_and(|lead| actor.may_for(Action::DraftTask, lead)),
            timeline: timeline(&stored, &directory, inside),
            seen: stored.steps.len() as u64,
            missing: rules.required.missing(brief),
            posts,
            offices: if may_choose {
                self.offices_there(&directory, today)
            } else {
                Vec::new()
            },
            open,
            closed,
            target,
            brief: brief.clone(),
        })
    }

    /// The series of a target, with all its points.
    async fn target_of(
        &self,
        actor: &Actor,
        mut reading: store::Reading,
        target: Option<TargetId>,
    ) -> Result<Option<(TargetId, Box<Series>, crate::view::IndicatorName)>, Error> {
        let Some(id) = target else { return Ok(None) };
        let Some(stored) = reading.target(id).await? else {
            return Ok(None);
        };
        let query = IndicatorQuery {
            code: stored.target.indicator.clone(),
            place: Some(stored.target.ref_area.clone()),
            known_on: None,
        };
        // The page of the indicator has a snapshot of its own: who held two could wait for others who hold one.
        drop(reading);
        let view = match self.indicator(actor, &query).await {
            Ok(view) => view,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(other) => return Err(other),
        };
        let indicator = view.indicator;
        let series = view
            .series
            .into_iter()
            .find(|series| series.targets.iter().any(|target| target.row.target == id));
        Ok(series.map(|series| (id, Box::new(series), indicator)))
    }

    /// A file that shows what was done with a task, with its name.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the task has no such file or the asker is not one of those concerned; [`Error::Store`].
    pub async fn task_file(
        &self,
        actor: &Actor,
        id: TaskId,
        sha256: Sha256,
    ) -> Result<(String, Vec<u8>), Error> {
        actor.require(Action::ReadTasks)?;
        let missing = || Error::NotFound { what: "task" };
        let mut reading = self.reading().await?;
        let stored = reading.task(id).await?.filter(|stored| is_inside(actor, stored));
        let stored = stored.ok_or_else(missing)?;
        let evidence = stored.task.steps().iter().flat_map(|step| step.act.evidence());
        let name = evidence.into_iter().find_map(|evidence| match evidence {
            Evidence::File { name, sha256: of, .. } if *of == sha256 => Some(name.clone()),
            _ => None,
        });
        let name = name.ok_or_else(missing)?;
        let bytes = reading.bytes(sha256).await?.ok_or_else(missing)?;
        Ok((name, bytes))
    }

    /// The offices of the province that are there on a day: its committee, its departments, its communes' committees and
    /// their departments.
    pub(crate) fn offices_there(&self, directory: &Directory, day: Date) -> Vec<OfficeName> {
        let lists = self.lists();
        let top = Directory::keeper();
        let mut offices = vec![directory.office_name(&top)];
        let departments = |area: &terms::RefArea| {
            let area = area.clone();
            directory
                .departments
                .values()
                .filter(move |department| department.area == area && department.is_on(day))
                .map(|department| directory.office_name(&department.office()))
        };
        offices.extend(departments(&top.area));
        for unit in lists
            .reference
            .children(&top.area)
            .filter(|unit| unit.is_valid_on(day))
        {
            offices.push(directory.office_name(&Office::committee(unit.code.clone())));
            offices.extend(departments(&unit.code));
        }
        offices
    }
}

/// A document's title, or its file name where it has none.
pub(crate) fn title_of(stored: &store::StoredDocument) -> String {
    let document = &stored.document;
    if document.title.is_empty() {
        document.name.clone()
    } else {
        document.title.clone()
    }
}

/// What the actor may do now, and what others may.
fn acts(actor: &Actor, stored: &StoredTask, directory: &Directory) -> (Vec<OpenAct>, Vec<ClosedAct>) {
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    // The acts of each party are asked once; who helps as two offices is asked for both.
    let parties = offices_of(stored);
    for act in task::Act::CODES {
        let able: Vec<&(Party, Office)> = parties
            .iter()
            .filter(|(party, _)| stored.task.open_acts(*party).contains(&act))
            .collect();
        let mine = able
            .iter()
            .find(|(party, office)| actor.may_for(right(*party, act), office));
        if let Some((party, _)) = mine {
            open.push(OpenAct { act, party: *party });
        } else {
            closed.extend(able.first().map(|(party, office)| ClosedAct {
                act,
                office: directory.office_name(office),
                roles: roles(right(*party, act)),
            }));
        }
    }
    (open, closed)
}

/// The roles of an office's own posts that may do something for it.
pub(crate) fn roles(action: Action) -> Vec<Role> {
    Role::ALL
        .into_iter()
        .filter(|role| action.allows(*role, Relation::Own))
        .collect()
}
