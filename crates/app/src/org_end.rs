//! What ends with an office or a post, said before it is ended: what hangs on it, and who is there for it afterwards.
//!
//! A post's duty stays with its office, so that a post may end while tasks are open: its office names another one. An
//! office answers itself, so that it ends only once nothing hangs on it that nobody else would answer for.

use plan::{Office, Post, PostId, TaskId};
use store::{Hanging, Reading};
use terms::{Date, Diagnostic, Place};

use crate::directory::Directory;
use crate::policy::{Action, Relation};
use crate::view::Bilingual;
use crate::{Actor, App, Error};

/// What ends with a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostEnding {
    /// How many people hold it today or will.
    pub holders: usize,
    /// The tasks that it does for its office: the office leads them on, and names another post.
    pub tasks: Tasks,
    /// What its holders are there for.
    pub duty: Action,
    /// The posts that are there for it afterwards: those of the office first, held ones first.
    pub heirs: Vec<Heir>,
}

/// A post that does the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir {
    /// The post.
    pub post: PostId,
    /// What it is called.
    pub name: Bilingual,
    /// Its office.
    pub office: Bilingual,
    /// Whether somebody holds it today.
    pub held: bool,
}

/// What ends with an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeEnding {
    /// Which.
    pub office: Office,
    /// What it is called.
    pub name: Bilingual,
    /// The office above: it keeps the people and sees what was done.
    pub above: Option<Bilingual>,
    /// Its last day, where that is known already.
    pub until: Option<Date>,
    /// The posts without a last day: to be ended first.
    pub posts: Vec<Post>,
    /// Open tasks that it answers for: to be confirmed, cancelled or handed to another office first.
    pub led: Tasks,
    /// Open tasks that it handed over: to be confirmed or cancelled first.
    pub assigned: Tasks,
    /// Difficulties that wait for its answer: to be answered or passed on first.
    pub asked: Tasks,
    /// Open tasks that it helps with: their leads go on without it.
    pub supported: Tasks,
    /// Regimes whose reports it receives, by their names: to be issued anew with another receiver first.
    pub regimes: Vec<Bilingual>,
    /// How many accounts it keeps: the office above does from then on.
    pub people: usize,
}

/// Tasks that are not over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tasks {
    /// How many.
    pub count: usize,
    /// The first of those that everybody may know of.
    pub shown: Vec<(TaskId, String)>,
}

/// How many tasks are named.
const SHOWN: usize = 10;

impl Tasks {
    fn of(hanging: Vec<Hanging>) -> Self {
        Self {
            count: hanging.len(),
            shown: hanging
                .into_iter()
                .filter(|task| task.public)
                .take(SHOWN)
                .map(|task| (task.task, task.title))
                .collect(),
        }
    }
}

impl OfficeEnding {
    /// Whether nothing hangs on it that nobody would answer for.
    pub fn is_free(&self) -> bool {
        self.posts.is_empty() && self.hindrances(&Place::default()).is_empty()
    }

    /// What must be settled before it ends, but for its posts, whose last days count.
    pub(crate) fn hindrances(&self, place: &Place) -> Vec<Diagnostic> {
        let wrong = |code, found: String| Diagnostic::error(code, place.clone()).with("found", found);
        let tasks = [
            ("office-leads-tasks", &self.led),
            ("office-assigned-tasks", &self.assigned),
            ("office-owes-answers", &self.asked),
        ];
        let tasks = tasks.into_iter().filter(|(_, tasks)| 0 < tasks.count);
        let mut hindrances: Vec<Diagnostic> = tasks
            .map(|(code, tasks)| wrong(code, tasks.count.to_string()))
            .collect();
        if !self.regimes.is_empty() {
            hindrances.push(wrong("office-receives-reports", self.regimes.len().to_string()));
        }
        hindrances
    }
}

impl App {
    /// What ends with a post. Three statements at most.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn post_ending(&self, actor: &Actor, id: &PostId) -> Result<PostEnding, Error> {
        actor.require(Action::KeepOrg)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let post = directory.posts.get(id).ok_or(Error::NotFound { what: "post" })?;
        actor.require_for(Action::KeepOrg, &post.office)?;
        let today = self.today();
        let duty = duty(post.role);
        let mut heirs: Vec<(bool, Heir)> = directory
            .posts
            .values()
            .filter(|other| {
                other.id != *id && other.until.is_none() && does(&directory, other, duty, &post.office)
            })
            .map(|other| {
                let heir = Heir {
                    post: other.id.clone(),
                    name: Bilingual {
                        vi: other.name_vi.clone(),
                        en: other.name_en.clone(),
                    },
                    office: directory.name(&other.office),
                    held: directory.holders(&other.id, today).next().is_some(),
                };
                (other.office == post.office, heir)
            })
            .collect();
        heirs.sort_by_key(|(own, heir)| (!own, !heir.held, heir.post.clone()));
        Ok(PostEnding {
            holders: directory
                .all_holdings(id)
                .filter(|holding| holding.until.is_none_or(|until| today <= until))
                .count(),
            tasks: Tasks::of(reading.hanging_on_post(id).await?),
            duty,
            heirs: heirs.into_iter().map(|(_, heir)| heir).collect(),
        })
    }

    /// What ends with a department. Eight statements at most.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such department; [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn office_ending(&self, actor: &Actor, office: &Office) -> Result<OfficeEnding, Error> {
        actor.require_for(Action::KeepOrg, office)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        ending(&mut reading, &directory, office).await
    }
}

/// What ends with a department, within a reading.
pub(crate) async fn ending(
    reading: &mut Reading,
    directory: &Directory,
    office: &Office,
) -> Result<OfficeEnding, Error> {
    let department = directory
        .departments
        .get(office)
        .ok_or(Error::NotFound { what: "office" })?;
    let hanging = reading.hanging_on_office(office).await?;
    let regimes = reading.regimes().await?;
    let regimes = regimes.iter().map(|stored| stored.regime.states());
    let people = reading.users().await?;
    Ok(OfficeEnding {
        office: office.clone(),
        name: directory.name(office),
        above: directory.above(office).map(|above| directory.name(&above)),
        until: department.until,
        posts: directory
            .posts
            .values()
            .filter(|post| post.office == *office && post.until.is_none())
            .cloned()
            .collect(),
        led: Tasks::of(hanging.led),
        assigned: Tasks::of(hanging.assigned),
        asked: Tasks::of(hanging.asked),
        supported: Tasks::of(hanging.supported),
        regimes: regimes
            .filter(|regime| regime.receiver == *office)
            .map(|regime| Bilingual {
                vi: regime.name_vi.clone(),
                en: regime.name_en.clone(),
            })
            .collect(),
        people: people
            .iter()
            .filter(|user| !user.ended && user.office == *office)
            .count(),
    })
}

/// What the holders of a role are there for.
fn duty(role: plan::org::Role) -> Action {
    use plan::org::Role as R;
    match role {
        R::Reporter => Action::FillReport,
        R::Verifier => Action::VerifyReport,
        R::Planner => Action::DraftTask,
        R::Leader => Action::DirectTask,
        R::Inspector => Action::ReadReports,
        R::Administrator => Action::KeepOrg,
    }
}

/// Whether a post of the same role, or one above, does an office's duty.
fn does(directory: &Directory, post: &Post, duty: Action, office: &Office) -> bool {
    let relation = directory.relation(&post.office, office);
    relation != Relation::Elsewhere && duty.allows_with(post.role.into(), post.reach, relation, false)
}
