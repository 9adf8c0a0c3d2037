//! A task as lists show it, and how offices and posts are named beside it.

use plan::task::Stage;
use plan::{Office, PostId, TaskId};
use store::{StoredTask, TaskRow};
use terms::Date;

use crate::directory::Directory;
use crate::view::Bilingual;

/// An office as pages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeName {
    /// Which; its text is the last part of its board's address.
    pub office: Office,
    /// What it is called.
    pub name: Bilingual,
}

/// A task as lists show it.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own that a list shows or not"
)]
pub struct TaskCard {
    /// Its number, the last part of its page's address.
    pub id: TaskId,
    /// What is to be done.
    pub title: String,
    /// The office that hands it over.
    pub assigner: OfficeName,
    /// The office that answers for it.
    pub lead: Option<OfficeName>,
    /// Where it stands.
    pub stage: Stage,
    /// The deadline in force.
    pub due: Option<Date>,
    /// The first deadline, where an extension changed it.
    pub first_due: Option<Date>,
    /// Whether it goes on without end.
    pub standing: bool,
    /// Whether it is late today; of a task that was handed in, whether it was.
    pub late: bool,
    /// How many days are left; negative: how many days it is over. None where it waits for nobody's work.
    pub days_left: Option<i32>,
    /// How much of it is done, as its lead tells.
    pub per_cent: u8,
    /// Whether a difficulty, a contest or a request for time waits for an answer.
    pub stuck: bool,
    /// Whether only those concerned may know of it.
    pub internal: bool,
    /// When it was confirmed.
    pub done_on: Option<Date>,
}

impl TaskCard {
    pub(crate) fn of(row: &TaskRow, directory: &Directory, today: Date) -> Self {
        let working = matches!(row.stage, Stage::HandedOver | Stage::Contested | Stage::UnderWay);
        Self {
            id: row.id,
            title: row.title.clone(),
            assigner: directory.office_name(&row.assigner),
            lead: row.lead.as_ref().map(|lead| directory.office_name(lead)),
            stage: row.stage,
            due: row.due,
            first_due: row.first_due.filter(|first| Some(*first) != row.due),
            standing: row.standing,
            late: row.is_late(today),
            days_left: row.due.filter(|_| working).map(|due| days_between(today, due)),
            per_cent: row.per_cent,
            stuck: !row.stage.is_over()
                && (row.difficulty_since.is_some()
                    || row.asked_until.is_some()
                    || row.stage == Stage::Contested),
            internal: row.internal,
            done_on: row.done_on,
        }
    }
}

/// Whole days from one day to another; negative backwards.
fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

impl Directory {
    /// An office with its name.
    pub(crate) fn office_name(&self, office: &Office) -> OfficeName {
        OfficeName {
            office: office.clone(),
            name: self.name(office),
        }
    }

    /// What a post is called.
    pub(crate) fn post_name(&self, post: &PostId) -> Bilingual {
        self.posts.get(post).map_or_else(
            || Bilingual {
                vi: post.to_string(),
                en: post.to_string(),
            },
            |post| Bilingual {
                vi: post.name_vi.clone(),
                en: post.name_en.clone(),
            },
        )
    }
}

/// A whole task as lists show it.
pub(super) fn card(stored: &StoredTask, directory: &Directory, today: Date) -> TaskCard {
    let task = &stored.task;
    let brief = task.brief();
    let working = matches!(
        task.stage(),
        Stage::HandedOver | Stage::Contested | Stage::UnderWay
    );
    TaskCard {
        id: stored.id,
        title: brief.title.clone(),
        assigner: directory.office_name(&stored.assigner),
        lead: brief.lead.as_ref().map(|lead| directory.office_name(lead)),
        stage: task.stage(),
        due: brief.due,
        first_due: task.first_due().filter(|first| Some(*first) != brief.due),
        standing: brief.standing,
        late: task.is_late(today),
        days_left: brief.due.filter(|_| working).map(|due| days_between(today, due)),
        per_cent: task.per_cent(),
        stuck: !task.stage().is_over()
            && (task.open_difficulty().is_some()
                || task.asked_until().is_some()
                || task.stage() == Stage::Contested),
        internal: brief.internal,
        done_on: task.done_on(),
    }
}
