//! What hangs on an office or a post: the tasks that are not over, to be looked at before it ends.

use plan::{Office, PostId, TaskId};
use sqlx::{AssertSqlSafe, Row};

use super::count;
use crate::{Error, Reading};

/// A task that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hanging {
    /// Its number.
    pub task: TaskId,
    /// What is to be done.
    pub title: String,
    /// Whether everybody may know of it.
    pub public: bool,
}

/// The tasks that are not over and have to do with an office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HangingOnOffice {
    /// It answers for them.
    pub led: Vec<Hanging>,
    /// It handed them over, or wrote them down to be.
    pub assigned: Vec<Hanging>,
    /// It helps.
    pub supported: Vec<Hanging>,
    /// A difficulty waits for its answer.
    pub asked: Vec<Hanging>,
}

impl Reading {
    /// The tasks that hang on an office. Four statements.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn hanging_on_office(&mut self, office: &Office) -> Result<HangingOnOffice, Error> {
        let office = office.to_string();
        Ok(HangingOnOffice {
            led: self.hanging("lead = $1", &office).await?,
            assigned: self.hanging("assigner = $1", &office).await?,
            supported: self
                .hanging(
                    "task IN (SELECT o.task FROM task_offices o WHERE o.office = $1 AND o.party = 'supporter')",
                    &office,
                )
                .await?,
            asked: self
                .hanging("asked = $1 AND difficulty_since IS NOT NULL", &office)
                .await?,
        })
    }

    /// The tasks that a post does for its office. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn hanging_on_post(&mut self, post: &PostId) -> Result<Vec<Hanging>, Error> {
        self.hanging("post = $1", post.as_str()).await
    }

    async fn hanging(&mut self, condition: &'static str, of: &str) -> Result<Vec<Hanging>, Error> {
        // The condition is one of this file's own; what it is about is bound.
        let statement = format!(
            "SELECT task, title, internal, stage FROM tasks WHERE stage NOT IN ('done', 'cancelled') \
             AND {condition} ORDER BY task"
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(of)
            .fetch_all(&mut *self.transaction)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Hanging {
                    task: TaskId(count(row, "task")?),
                    title: row.get("title"),
                    public: row.get::<i64, _>("internal") == 0 && row.get::<&str, _>("stage") != "drafted",
                })
            })
            .collect()
    }
}
