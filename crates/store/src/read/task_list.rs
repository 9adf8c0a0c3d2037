//! Lists of tasks: whose, about what, and how they stand. One statement for the rows, one for the counts.

use plan::task::{Party, Stage};
use plan::{DocumentId, Office, PostId, TargetId, TaskId};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};
use terms::{Date, RefArea};

use super::{count, count_optional, parsed, parsed_optional};
use crate::error::OrDamaged;
use crate::record::number;
use crate::{Error, Reading};

/// A task as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskRow {
    /// Its number.
    pub id: TaskId,
    /// What is to be done.
    pub title: String,
    /// The office that hands it over.
    pub assigner: Office,
    /// The office that answers for it.
    pub lead: Option<Office>,
    /// The post within the lead that does it.
    pub post: Option<PostId>,
    /// The task of which it is a part.
    pub parent: Option<TaskId>,
    /// What will exist.
    pub product: String,
    /// What will be different.
    pub result: String,
    /// Where it stands.
    pub stage: Stage,
    /// The day on which it was written down.
    pub drafted_on: Date,
    /// The deadline in force.
    pub due: Option<Date>,
    /// The first deadline.
    pub first_due: Option<Date>,
    /// Whether it goes on without end.
    pub standing: bool,
    /// How much of it is done, 0 to 100.
    pub per_cent: u8,
    /// Since when a difficulty waits.
    pub difficulty_since: Option<Date>,
    /// Until when more time is asked for.
    pub asked_until: Option<Date>,
    /// When the product was handed in.
    pub handed_in_on: Option<Date>,
    /// When it was confirmed.
    pub done_on: Option<Date>,
    /// Whether a delay was excused.
    pub excused: bool,
    /// How often it was returned.
    pub returns: u32,
    /// For how many grave errors.
    pub grave_errors: u32,
    /// For how many plain tasks it counts.
    pub weight: u32,
    /// The target that it serves.
    pub target: Option<TargetId>,
    /// The document whose clause it was made from.
    pub document: Option<DocumentId>,
    /// Whether only those concerned may know of it.
    pub internal: bool,
    /// The day of its last step.
    pub moved_on: Date,
    /// How many steps it has.
    pub steps: u64,
}

impl TaskRow {
    /// Whether it is late on `day`: by the same rule as [`plan::task::Task::is_late`].
    pub fn is_late(&self, day: Date) -> bool {
        let Some(due) = self.due else { return false };
        match self.stage {
            Stage::Drafted | Stage::Cancelled => false,
            Stage::HandedIn | Stage::Done => self.handed_in_on.is_some_and(|handed_in| due < handed_in),
            Stage::HandedOver | Stage::Contested | Stage::UnderWay => due < day,
        }
    }
}

/// Which tasks a reader may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sees {
    /// All.
    All,
    /// Those handed over that are not internal, and those that concern these offices or any office of these areas.
    Public {
        /// Offices.
        offices: Vec<Office>,
        /// Areas.
        areas: Vec<RefArea>,
    },
}

/// Whom a task concerns, as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskWith {
    /// One of these offices …
    pub offices: Vec<Office>,
    /// … or any office of one of these areas …
    pub areas: Vec<RefArea>,
    /// … as this; none: as anything.
    pub party: Option<Party>,
}

/// How a task stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Not over.
    Open,
    /// Not over, and its deadline has passed.
    Late(Date),
    /// Not over, and due from this day to that.
    DueBetween(Date, Date),
    /// With a difficulty, contested, or asking for time.
    Stuck,
    /// Confirmed.
    Done,
    /// In this stage.
    In(Stage),
}

/// Which tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFilter {
    /// What the reader may know of.
    pub sees: Sees,
    /// Whom they concern.
    pub with: Option<TaskWith>,
    /// Led at some time by one of these offices, or by any office of one of these areas.
    pub held: Option<(Vec<Office>, Vec<RefArea>)>,
    /// Done by the holder of one of these posts, or led by one of these offices with no post named.
    pub mine: Option<(Vec<PostId>, Vec<Office>)>,
    /// Waiting for one of the first offices to work on it, or for one of the second to direct it.
    pub waits_for: Option<(Vec<Office>, Vec<Office>)>,
    /// How they stand.
    pub state: Option<TaskState>,
    /// With these words, folded, in title, product or result, each somewhere; or led by one of these offices. No words:
    /// whatever they say.
    pub words: (Vec<String>, Vec<Office>),
    /// From a document.
    pub document: Option<DocumentId>,
    /// Serving one of these targets; empty: any or none.
    pub targets: Vec<TargetId>,
    /// Parts of a task.
    pub parent: Option<TaskId>,
    /// Not those of the finding with another key.
    pub finding: Option<String>,
    /// Handed over by that day, and not done before the first: for a score.
    pub between: Option<(Date, Date)>,
}

impl TaskFilter {
    /// All that a reader may know of.
    pub fn seen_by(sees: Sees) -> Self {
        Self {
            sees,
            with: None,
            held: None,
            mine: None,
            waits_for: None,
            state: None,
            words: (Vec::new(), Vec::new()),
            document: None,
            targets: Vec::new(),
            parent: None,
            finding: None,
            between: None,
        }
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskOrder {
    /// The open ones first, by deadline.
    #[default]
    Due,
    /// What was written down last first.
    Newest,
    /// The open ones first, those on which nothing has happened the longest at the top.
    Silent,
}

/// How many tasks stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskCounts {
    /// All.
    pub all: u64,
    /// Not over.
    pub open: u64,
    /// Not over and past the deadline.
    pub late: u64,
    /// Not over and due within seven days.
    pub due_soon: u64,
    /// With a difficulty, contested or asking for time.
    pub stuck: u64,
    /// Confirmed.
    pub done: u64,
}

const STUCK: &str = "(t.difficulty_since IS NOT NULL OR t.asked_until IS NOT NULL OR t.stage = 'contested')";

impl Reading {
    /// Tasks of a filter: the open ones first, by deadline; at most `limit`, after `skip`. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn tasks(&mut self, filter: &TaskFilter, limit: u32, skip: u32) -> Result<Vec<TaskRow>, Error> {
        self.tasks_in(TaskOrder::Due, filter, limit, skip).await
    }

    /// Tasks of a filter in an order; at most `limit`, after `skip`. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn tasks_in(
        &mut self,
        order: TaskOrder,
        filter: &TaskFilter,
        limit: u32,
        skip: u32,
    ) -> Result<Vec<TaskRow>, Error> {
        let mut statement = QueryBuilder::new("SELECT t.* FROM tasks t WHERE ");
        push_filter(&mut statement, filter)?;
        statement.push(match order {
            TaskOrder::Due => " ORDER BY t.open DESC, t.due IS NULL, t.due, t.task LIMIT ",
            TaskOrder::Newest => " ORDER BY t.task DESC LIMIT ",
            TaskOrder::Silent => " ORDER BY t.open DESC, t.moved_on, t.task LIMIT ",
        });
        statement.push_bind(i64::from(limit));
        statement.push(" OFFSET ");
        statement.push_bind(i64::from(skip));
        let rows = statement.build().fetch_all(&mut *self.transaction).await?;
        rows.iter().map(row).collect()
    }

    /// The offices that lead tasks of a filter, each once. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn leads_of_tasks(&mut self, filter: &TaskFilter) -> Result<Vec<Office>, Error> {
        let mut statement =
            QueryBuilder::new("SELECT DISTINCT t.lead FROM tasks t WHERE t.lead IS NOT NULL AND ");
        push_filter(&mut statement, filter)?;
        statement.push(" ORDER BY t.lead");
        let rows = statement.build().fetch_all(&mut *self.transaction).await?;
        rows.iter().map(|row| parsed(row, "lead")).collect()
    }

    /// How the tasks of a filter stand on a day. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn count_tasks(&mut self, filter: &TaskFilter, today: Date) -> Result<TaskCounts, Error> {
        let mut statement = QueryBuilder::new("SELECT COUNT(*) AS every, COALESCE(SUM(t.open), 0) AS open, ");
        statement.push("COALESCE(SUM(t.stage IN ('handed-over', 'contested', 'under-way') AND t.due < ");
        statement.push_bind(today.to_string());
        statement.push(
            "), 0) AS late, COALESCE(SUM(t.stage IN ('handed-over', 'contested', 'under-way') AND t.due >= ",
        );
        statement.push_bind(today.to_string());
        statement.push(" AND t.due <= ");
        statement.push_bind(soon(today).to_string());
        statement.push("), 0) AS due_soon, COALESCE(SUM(t.open = 1 AND ");
        statement.push(STUCK);
        statement.push("), 0) AS stuck, COALESCE(SUM(t.stage = 'done'), 0) AS done FROM tasks t WHERE ");
        push_filter(&mut statement, filter)?;
        let row = statement.build().fetch_one(&mut *self.transaction).await?;
        Ok(TaskCounts {
            all: count(&row, "every")?,
            open: count(&row, "open")?,
            late: count(&row, "late")?,
            due_soon: count(&row, "due_soon")?,
            stuck: count(&row, "stuck")?,
            done: count(&row, "done")?,
        })
    }
}

/// The last day that is «soon»: seven days from `today`.
fn soon(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().days(7))
}

pub(super) fn push_filter(statement: &mut QueryBuilder<Sqlite>, filter: &TaskFilter) -> Result<(), Error> {
    match &filter.sees {
        Sees::All => {
            statement.push("1 = 1");
        }
        Sees::Public { offices, areas } => {
            statement.push("((t.internal = 0 AND t.stage <> 'drafted')");
            if !offices.is_empty() || !areas.is_empty() {
                statement.push(" OR t.task IN (SELECT o.task FROM task_offices o WHERE ");
                push_offices(statement, offices, areas);
                statement.push(")");
            }
            statement.push(")");
        }
    }
    if let Some(with) = &filter.with {
        statement.push(" AND t.task IN (SELECT o.task FROM task_offices o WHERE ");
        push_offices(statement, &with.offices, &with.areas);
        if let Some(party) = with.party {
            statement.push(" AND o.party = ");
            statement.push_bind(party.code());
        }
        statement.push(")");
    }
    if let Some((offices, areas)) = &filter.held {
        statement.push(" AND t.task IN (SELECT o.task FROM task_held o WHERE ");
        push_offices(statement, offices, areas);
        statement.push(")");
    }
    if let Some((posts, offices)) = &filter.mine {
        statement.push(" AND (t.post IN (");
        push_texts(statement, posts.iter().map(ToString::to_string));
        statement.push(") OR (t.post IS NULL AND t.stage <> 'drafted' AND t.lead IN (");
        push_texts(statement, offices.iter().map(ToString::to_string));
        statement.push(")))");
    }
    if let Some((work, direct)) = &filter.waits_for {
        let texts = |offices: &[Office]| offices.iter().map(ToString::to_string).collect::<Vec<_>>();
        statement.push(" AND t.open = 1 AND ((t.stage = 'handed-over' AND t.lead IN (");
        push_texts(statement, texts(work).into_iter());
        statement.push(")) OR t.asked IN (");
        push_texts(statement, texts(work).into_iter());
        statement.push(") OR (t.assigner IN (");
        push_texts(statement, texts(direct).into_iter());
        statement.push(
            ") AND (t.stage IN ('drafted', 'handed-in', 'contested') OR t.asked_until IS NOT NULL OR \
                        (t.difficulty_since IS NOT NULL AND t.asked IS NULL))))",
        );
    }
    if let Some(state) = filter.state {
        statement.push(" AND ");
        push_state(statement, state);
    }
    let (words, leads) = &filter.words;
    if !words.is_empty() {
        statement.push(" AND (t.lead IN (");
        push_texts(statement, leads.iter().map(ToString::to_string));
        statement.push(") OR (1 = 1");
        for word in words {
            // By position: a word may hold the signs of a pattern.
            statement.push(" AND instr(t.sought, ");
            statement.push_bind(word.clone());
            statement.push(") > 0");
        }
        statement.push("))");
    }
    if let Some(document) = filter.document {
        statement.push(" AND t.document = ");
        statement.push_bind(number(document.0)?);
    }
    if !filter.targets.is_empty() {
        statement.push(" AND t.target IN (");
        let mut list = statement.separated(", ");
        for target in &filter.targets {
            list.push_bind(number(target.0)?);
        }
        statement.push(")");
    }
    if let Some(parent) = filter.parent {
        statement.push(" AND t.parent = ");
        statement.push_bind(number(parent.0)?);
    }
    if let Some(finding) = &filter.finding {
        statement.push(" AND t.finding = ");
        statement.push_bind(finding.clone());
    }
    if let Some((from, to)) = filter.between {
        // Due, handed in or confirmed within the days; or overdue and open.
        let (from, to) = (from.to_string(), to.to_string());
        statement.push(" AND t.stage NOT IN ('drafted', 'cancelled') AND ((t.due >= ");
        statement.push_bind(from.clone());
        statement.push(" AND t.due <= ");
        statement.push_bind(to.clone());
        statement.push(") OR (t.handed_in_on >= ");
        statement.push_bind(from.clone());
        statement.push(" AND t.handed_in_on <= ");
        statement.push_bind(to);
        statement.push(") OR (t.due < ");
        statement.push_bind(from.clone());
        statement.push(" AND (t.handed_in_on IS NULL OR t.handed_in_on >= ");
        statement.push_bind(from);
        statement.push(")))");
    }
    Ok(())
}

fn push_state(statement: &mut QueryBuilder<Sqlite>, state: TaskState) {
    match state {
        TaskState::Open => statement.push("t.open = 1"),
        TaskState::Late(today) => statement
            .push("t.stage IN ('handed-over', 'contested', 'under-way') AND t.due < ")
            .push_bind(today.to_string()),
        TaskState::DueBetween(from, to) => statement
            .push("t.stage IN ('handed-over', 'contested', 'under-way') AND t.due >= ")
            .push_bind(from.to_string())
            .push(" AND t.due <= ")
            .push_bind(to.to_string()),
        TaskState::Stuck => statement.push("t.open = 1 AND ").push(STUCK),
        TaskState::Done => statement.push("t.stage = 'done'"),
        TaskState::In(stage) => statement.push("t.stage = ").push_bind(stage.code()),
    };
}

fn push_offices(statement: &mut QueryBuilder<Sqlite>, offices: &[Office], areas: &[RefArea]) {
    statement.push("(o.office IN (");
    push_texts(statement, offices.iter().map(ToString::to_string));
    statement.push(") OR o.area IN (");
    push_texts(statement, areas.iter().map(|area| area.as_str().to_owned()));
    statement.push("))");
}

/// Texts, as the list of an `IN`.
pub(super) fn push_texts(statement: &mut QueryBuilder<Sqlite>, texts: impl Iterator<Item = String>) {
    let mut list = statement.separated(", ");
    for text in texts {
        list.push_bind(text);
    }
}

fn row(row: &SqliteRow) -> Result<TaskRow, Error> {
    let stage = row.get::<&str, _>("stage");
    Ok(TaskRow {
        id: TaskId(count(row, "task")?),
        title: row.get("title"),
        assigner: parsed(row, "assigner")?,
        lead: parsed_optional(row, "lead")?,
        post: parsed_optional(row, "post")?,
        parent: count_optional(row, "parent")?.map(TaskId),
        product: row.get("product"),
        result: row.get("result"),
        stage: Stage::ALL
            .into_iter()
            .find(|known| known.code() == stage)
            .or_damaged("stage")?,
        drafted_on: parsed(row, "drafted_on")?,
        due: parsed_optional(row, "due")?,
        first_due: parsed_optional(row, "first_due")?,
        standing: row.get::<i64, _>("standing") != 0,
        per_cent: count(row, "per_cent")?,
        difficulty_since: parsed_optional(row, "difficulty_since")?,
        asked_until: parsed_optional(row, "asked_until")?,
        handed_in_on: parsed_optional(row, "handed_in_on")?,
        done_on: parsed_optional(row, "done_on")?,
        excused: row.get::<i64, _>("excused") != 0,
        returns: count(row, "returns")?,
        grave_errors: count(row, "grave_errors")?,
        weight: count(row, "weight")?,
        target: count_optional(row, "target")?.map(TargetId),
        document: count_optional(row, "document")?.map(DocumentId),
        internal: row.get::<i64, _>("internal") != 0,
        moved_on: parsed(row, "moved_on")?,
        steps: count(row, "steps")?,
    })
}
