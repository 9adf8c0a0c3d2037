//! Tasks: each step is replayed on the task as it stands, so that the tables can never tell what the rules do not allow.

use plan::task::{self, Brief, Party, Stage, TaskRules};
use plan::{Office, TaskId};
use sqlx::Row;

use super::{ActRow, At};
use crate::read::tasks::day_of;
use crate::record::number;
use crate::{Error, StoredTask, Writing, wire};

/// Keeps a task that was written down.
pub(super) async fn drafted<'a>(
    writing: &mut Writing,
    at: At,
    brief: &'a Brief,
    assigner: &Office,
    parent: Option<TaskId>,
) -> Result<ActRow<'a>, Error> {
    if let Some(parent) = parent {
        writing.task(parent).await?.ok_or(Error::Unfit { what: "task" })?;
    }
    let day = day_of(at.when)?;
    let task = plan::task::Task::draft(brief.clone(), day).map_err(|_| Error::Unfit { what: "task" })?;
    sqlx::query(
        "INSERT INTO tasks (task, assigner, parent, drafted_on, brief, title, product, result, stage, open, internal, \
         standing, per_cent, excused, returns, grave_errors, weight, steps, moved_on) \
         VALUES ($1, $2, $3, $4, $5, '', '', '', 'drafted', 1, 0, 0, 0, 0, 0, 0, 1, 0, $4)",
    )
    .bind(at.entry)
    .bind(assigner.to_string())
    .bind(parent.map(|parent| number(parent.0)).transpose()?)
    .bind(day.to_string())
    .bind(wire::encode_brief(brief).encode())
    .execute(&mut *writing.transaction)
    .await?;
    keep(writing, at.entry, assigner, &task).await?;
    Ok(ActRow {
        kind: "task-drafted",
        ..ActRow::default()
    })
}

/// What the words of a board are looked for in.
fn sought(title: &str, product: &str, result: &str) -> String {
    i18n::sort::fold(&[title, product, result].join("\n"))
}

impl Writing {
    /// Fills what the words of a board are looked for in, where a task was kept before there was a column for it.
    pub(crate) async fn make_tasks_sought(&mut self) -> Result<(), Error> {
        let rows = sqlx::query("SELECT task, title, product, result FROM tasks WHERE sought IS NULL")
            .fetch_all(&mut *self.transaction)
            .await?;
        for row in rows {
            sqlx::query("UPDATE tasks SET sought = $1 WHERE task = $2")
                .bind(sought(row.get("title"), row.get("product"), row.get("result")))
                .bind(row.get::<i64, _>("task"))
                .execute(&mut *self.transaction)
                .await?;
        }
        Ok(())
    }
}

/// Takes one step with a task.
pub(super) async fn stepped<'a>(
    writing: &mut Writing,
    at: At,
    id: TaskId,
    party: Party,
    act: &'a task::Act,
) -> Result<ActRow<'a>, Error> {
    let stored = writing.task(id).await?.ok_or(Error::Unfit { what: "task" })?;
    let StoredTask {
        assigner, mut task, ..
    } = stored;
    let step = task::Step {
        on: day_of(at.when)?,
        by: None,
        act: act.clone(),
    };
    // Whether its fields sufficed was asked when it was recorded, by the rules of that day.
    task.take(party, step, &task::RequiredFields::new([]))
        .map_err(|_| Error::Unfit { what: "task step" })?;
    sqlx::query(
        "INSERT INTO task_steps (task, number, entry, act, party, author, recorded_at, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(number(id.0)?)
    .bind(i64::try_from(task.steps().len()).map_err(|_| Error::Damaged { what: "steps" })?)
    .bind(at.entry)
    .bind(act.code())
    .bind(party.code())
    .bind(at.author)
    .bind(at.when)
    .bind(wire::encode_act(act).encode())
    .execute(&mut *writing.transaction)
    .await?;
    keep(writing, number(id.0)?, &assigner, &task).await?;
    if matches!(
        act,
        task::Act::Assign | task::Act::Reassign { .. } | task::Act::Appoint { .. } | task::Act::Return { .. }
    ) {
        keep_held(writing, number(id.0)?, &task).await?;
    }
    Ok(ActRow {
        kind: "task-stepped",
        reason: act.words(),
        ..ActRow::default()
    })
}

/// Brings a task's row and its offices up to how it stands.
async fn keep(writing: &mut Writing, id: i64, assigner: &Office, task: &task::Task) -> Result<(), Error> {
    let brief = task.brief();
    let day = |day: Option<terms::Date>| day.map(|day| day.to_string());
    sqlx::query(
        "UPDATE tasks SET title = $2, lead = $3, product = $4, result = $5, stage = $6, open = $7, internal = $8, \
         due = $9, first_due = $10, standing = $11, per_cent = $12, difficulty_since = $13, asked = $14, \
         asked_until = $15, post = $16, handed_in_on = $17, done_on = $18, excused = $19, returns = $20, \
         grave_errors = $21, weight = $22, target = $23, document = $24, finding = $25, steps = $26, moved_on = $27, \
         sought = $28 WHERE task = $1",
    )
    .bind(id)
    .bind(&brief.title)
    .bind(brief.lead.as_ref().map(ToString::to_string))
    .bind(&brief.product)
    .bind(&brief.result)
    .bind(task.stage().code())
    .bind(i64::from(!task.stage().is_over()))
    .bind(i64::from(brief.internal))
    .bind(day(brief.due))
    .bind(day(task.first_due()))
    .bind(i64::from(brief.standing))
    .bind(i64::from(task.per_cent()))
    .bind(day(task.open_difficulty()))
    .bind(task.asked().map(ToString::to_string))
    .bind(day(task.asked_until()))
    .bind(task.post().map(ToString::to_string))
    .bind(day(task.handed_in_on()))
    .bind(day(task.done_on()))
    .bind(i64::from(task.excused()))
    .bind(i64::from(task.returns()))
    .bind(i64::from(task.grave_errors()))
    .bind(i64::from(brief.weight.unwrap_or(1)))
    .bind(brief.serves.map(|target| number(target.0)).transpose()?)
    .bind(brief.clause.as_ref().map(|clause| number(clause.document.0)).transpose()?)
    .bind(&brief.finding)
    .bind(i64::try_from(task.steps().len()).map_err(|_| Error::Damaged { what: "steps" })?)
    .bind(task.last_moved_on().to_string())
    .bind(sought(&brief.title, &brief.product, &brief.result))
    .execute(&mut *writing.transaction)
    .await?;
    sqlx::query("DELETE FROM task_offices WHERE task = $1")
        .bind(id)
        .execute(&mut *writing.transaction)
        .await?;
    // Until it is handed over, only the assigner's side knows of it.
    let told = task.stage() != Stage::Drafted;
    let others = brief
        .lead
        .iter()
        .map(|office| (office, Party::Lead))
        .chain(brief.supporters.iter().map(|office| (office, Party::Supporter)))
        .chain(task.asked().map(|office| (office, Party::Asked)));
    let offices = std::iter::once((assigner, Party::Assigner)).chain(others.filter(|_| told));
    for (office, party) in offices {
        sqlx::query(
            "INSERT INTO task_offices (task, office, area, party) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(office.to_string())
        .bind(office.area.as_str())
        .bind(party.code())
        .execute(&mut *writing.transaction)
        .await?;
    }
    Ok(())
}

/// Keeps who had a task when.
async fn keep_held(writing: &mut Writing, id: i64, task: &task::Task) -> Result<(), Error> {
    sqlx::query("DELETE FROM task_held WHERE task = $1")
        .bind(id)
        .execute(&mut *writing.transaction)
        .await?;
    for (at, held) in (1_i64..).zip(task.held()) {
        let grave: Vec<String> = held.grave_on.iter().map(ToString::to_string).collect();
        sqlx::query(
            "INSERT INTO task_held (task, number, since, until, office, area, post, grave_on) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(at)
        .bind(held.since.to_string())
        .bind(held.until.map(|day| day.to_string()))
        .bind(held.lead.to_string())
        .bind(held.lead.area.as_str())
        .bind(held.post.as_ref().map(ToString::to_string))
        .bind(grave.join(" "))
        .execute(&mut *writing.transaction)
        .await?;
    }
    Ok(())
}

/// Keeps the rules about tasks that hold from now on.
pub(super) async fn rules_set<'a>(
    writing: &mut Writing,
    at: At,
    rules: &TaskRules,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    sqlx::query("INSERT INTO task_rules (entry, recorded_at, body) VALUES ($1, $2, $3)")
        .bind(at.entry)
        .bind(at.when)
        .bind(wire::encode_rules(rules).encode())
        .execute(&mut *writing.transaction)
        .await?;
    Ok(ActRow {
        kind: "rules-set",
        reason,
        ..ActRow::default()
    })
}
