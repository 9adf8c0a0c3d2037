//! What people said holds where statements do not agree.

use plan::DocumentId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::Date;

use super::acts::{StoredAct, act};
use super::{count, count_optional, parsed_optional};
use crate::{Error, Reading};

/// One settlement of a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSettlement {
    /// Who settled it, when and why.
    pub act: StoredAct,
    /// The stable key of the finding.
    pub finding: String,
    /// The code of its class then.
    pub class: String,
    /// What was decided.
    pub decision: String,
    /// The document of the register that settles it, where it is one.
    pub document: Option<DocumentId>,
    /// The sentence.
    pub quote: String,
    /// Title of the paper.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its day.
    pub date: Option<Date>,
    /// Where else it can be found.
    pub url: Option<String>,
    /// The number of the entry by which it no longer holds: a later settlement, or a reopening.
    pub ended_by: Option<u64>,
}

impl Reading {
    /// All settlements, oldest first, those that no longer hold too.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn settlements(&mut self) -> Result<Vec<StoredSettlement>, Error> {
        sqlx::query(
            "SELECT a.entry, a.kind, a.recorded_at, a.reason, NULL AS document, NULL AS ordinal, u.name AS who, \
             s.finding, s.class, s.decision, s.document AS paper, s.quote, s.title, s.publisher, s.date, s.url, \
             s.ended_by \
             FROM settlements s JOIN acts a ON a.entry = s.entry LEFT JOIN users u ON u.id = a.author \
             ORDER BY s.entry",
        )
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(settlement)
        .collect()
    }

    /// The acts that reopened findings, oldest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn acts_that_reopened(&mut self) -> Result<Vec<StoredAct>, Error> {
        sqlx::query(
            "SELECT a.entry, a.kind, a.recorded_at, a.reason, a.document, a.ordinal, u.name AS who \
             FROM settlements s JOIN acts a ON a.entry = s.ended_by LEFT JOIN users u ON u.id = a.author \
             WHERE a.kind = 'reopened' ORDER BY a.entry",
        )
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(act)
        .collect()
    }
}

fn settlement(row: &SqliteRow) -> Result<StoredSettlement, Error> {
    Ok(StoredSettlement {
        act: act(row)?,
        finding: row.get("finding"),
        class: row.get("class"),
        decision: row.get("decision"),
        document: count_optional(row, "paper")?.map(DocumentId),
        quote: row.get("quote"),
        title: row.get("title"),
        publisher: row.get("publisher"),
        date: parsed_optional(row, "date")?,
        url: row.get("url"),
        ended_by: row
            .get::<Option<i64>, _>("ended_by")
            .map(|_| count(row, "ended_by"))
            .transpose()?,
    })
}
