//! One task with all that was done with it, and the rules about tasks.

use jiff::tz::Offset;
use ledger::Value;
use plan::task::{Act, Brief, Party, RequiredFields, Step, Task, TaskRules};
use plan::{DocumentId, Office, TaskId, UserId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::{Date, Timestamp};

use super::{count, count_optional, parsed, time};
use crate::error::OrDamaged;
use crate::record::number;
use crate::{Error, Reading, wire};

/// A task as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTask {
    /// Its number.
    pub id: TaskId,
    /// The office that hands it over.
    pub assigner: Office,
    /// The task of which it is a part.
    pub parent: Option<TaskId>,
    /// What it asked when it was written down.
    pub drafted: Brief,
    /// What it asks and where it stands.
    pub task: Task,
    /// What was done with it, oldest first: one for each of the task's own steps.
    pub steps: Vec<StoredStep>,
}

/// What the record knows of a step besides the step itself.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredStep {
    /// The number of its entry.
    pub entry: u64,
    /// As what it was taken.
    pub party: Party,
    /// Who took it, where the name is known.
    pub who: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Rules with the entry that set them.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRules<T> {
    /// The number of the entry.
    pub entry: u64,
    /// The rules.
    pub rules: T,
}

/// Parts of a task's row that its steps start from, in every statement that reads whole tasks.
const TASKS: &str =
    "SELECT t.task, t.assigner, t.parent, t.drafted_on, t.brief FROM tasks t WHERE t.task = $1";
const OPEN_TASKS: &str = "SELECT t.task, t.assigner, t.parent, t.drafted_on, t.brief FROM tasks t WHERE t.open = 1 ORDER BY t.task";
const STEPS: &str = "SELECT s.*, u.name AS who FROM task_steps s LEFT JOIN users u ON u.id = s.author \
                     WHERE s.task = $1 ORDER BY s.number";
const OPEN_STEPS: &str = "SELECT s.*, u.name AS who FROM tasks t JOIN task_steps s ON s.task = t.task \
                          LEFT JOIN users u ON u.id = s.author WHERE t.open = 1 ORDER BY s.task, s.number";

const DRAFTS: &str = "SELECT t.task, t.assigner, t.parent, t.drafted_on, t.brief FROM tasks t WHERE t.stage = 'drafted' ORDER BY t.task";
const DRAFT_STEPS: &str = "SELECT s.*, u.name AS who FROM tasks t JOIN task_steps s ON s.task = t.task \
                           LEFT JOIN users u ON u.id = s.author WHERE t.stage = 'drafted' ORDER BY s.task, s.number";

impl Reading {
    /// A task with its steps. Two statements.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn task(&mut self, id: TaskId) -> Result<Option<StoredTask>, Error> {
        let id = number(id.0)?;
        let row = sqlx::query(TASKS)
            .bind(id)
            .fetch_optional(&mut *self.transaction)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let steps = sqlx::query(STEPS)
            .bind(id)
            .fetch_all(&mut *self.transaction)
            .await?;
        stored(&row, &steps).map(Some)
    }

    /// Every task that is not over, with its steps. Two statements; O(open tasks and their steps).
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn open_tasks(&mut self) -> Result<Vec<StoredTask>, Error> {
        self.whole_tasks(OPEN_TASKS, OPEN_STEPS).await
    }

    /// Every task that was written down and not handed over, with its steps. Two statements; O(drafts and their steps).
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn drafts(&mut self) -> Result<Vec<StoredTask>, Error> {
        self.whole_tasks(DRAFTS, DRAFT_STEPS).await
    }

    async fn whole_tasks(
        &mut self,
        tasks: &'static str,
        steps: &'static str,
    ) -> Result<Vec<StoredTask>, Error> {
        let rows = sqlx::query(tasks).fetch_all(&mut *self.transaction).await?;
        let steps = sqlx::query(steps).fetch_all(&mut *self.transaction).await?;
        let of = |row: &SqliteRow| row.get::<i64, _>("task");
        rows.iter()
            .map(|row| {
                let from = steps.partition_point(|step| of(step) < of(row));
                let to = steps.partition_point(|step| of(step) <= of(row));
                stored(row, &steps[from..to])
            })
            .collect()
    }

    /// The sentences of a document from which tasks were made that are not cancelled, with their tasks. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn quotes_of(&mut self, document: DocumentId) -> Result<Vec<(TaskId, String)>, Error> {
        let rows = sqlx::query("SELECT task, brief FROM tasks WHERE document = $1 AND stage <> 'cancelled'")
            .bind(number(document.0)?)
            .fetch_all(&mut *self.transaction)
            .await?;
        let mut quotes = Vec::new();
        for row in &rows {
            let brief = wire::decode_brief(&value(row, "brief")?)?;
            let task = TaskId(count(row, "task")?);
            quotes.extend(brief.clause.map(|clause| (task, clause.quote)));
        }
        Ok(quotes)
    }

    /// The rules about tasks that hold; none where nobody set any.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn task_rules(&mut self) -> Result<Option<StoredRules<TaskRules>>, Error> {
        let row = sqlx::query("SELECT entry, body FROM task_rules ORDER BY entry DESC LIMIT 1")
            .fetch_optional(&mut *self.transaction)
            .await?;
        row.map(|row| {
            Ok(StoredRules {
                entry: count(&row, "entry")?,
                rules: wire::decode_rules(&value(&row, "body")?)?,
            })
        })
        .transpose()
    }
}

fn stored(row: &SqliteRow, steps: &[SqliteRow]) -> Result<StoredTask, Error> {
    let brief = wire::decode_brief(&value(row, "brief")?)?;
    let mut task = Task::draft(brief.clone(), parsed(row, "drafted_on")?).or_damaged("task")?;
    let mut kept = Vec::with_capacity(steps.len());
    // What was recorded was checked by the rules of its day.
    let required = RequiredFields::new([]);
    for row in steps {
        let (step, meta) = step(row)?;
        task.take(meta.party, step, &required).or_damaged("task step")?;
        kept.push(meta);
    }
    Ok(StoredTask {
        id: TaskId(count(row, "task")?),
        assigner: parsed(row, "assigner")?,
        parent: count_optional(row, "parent")?.map(TaskId),
        drafted: brief,
        task,
        steps: kept,
    })
}

fn step(row: &SqliteRow) -> Result<(Step, StoredStep), Error> {
    let party = row.get::<&str, _>("party");
    let act: Act = wire::decode_act(&value(row, "body")?)?;
    let step = Step {
        on: day_of(row.get("recorded_at"))?,
        by: count_optional(row, "author")?.map(UserId),
        act,
    };
    let meta = StoredStep {
        entry: count(row, "entry")?,
        party: Party::ALL
            .into_iter()
            .find(|known| known.code() == party)
            .or_damaged("party")?,
        who: row.get("who"),
        at: time(row, "recorded_at")?,
    };
    Ok((step, meta))
}

pub(super) fn value(row: &SqliteRow, column: &'static str) -> Result<Value, Error> {
    Value::decode(row.get(column)).or_damaged(column)
}

/// The day that it is in Việt Nam, seven hours ahead of UTC all year, at a time in microseconds.
pub(crate) fn day_of(microseconds: i64) -> Result<Date, Error> {
    let time = Timestamp::from_microsecond(microseconds).or_damaged("recorded_at")?;
    Ok(Offset::constant(7).to_datetime(time).date())
}
