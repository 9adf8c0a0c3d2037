//! Ways to targets, and who said which.

use plan::{DocumentId, PathRule, TargetId, Way};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::Date;

use super::{count, count_optional, parsed_optional};
use crate::error::OrDamaged;
use crate::{Error, Reading};

/// A way as somebody said it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredWay {
    /// The entry that said it; that of the target itself where it came with it.
    pub entry: u64,
    /// The way.
    pub way: Way,
    /// The document that decides it, where the register has it.
    pub document: Option<DocumentId>,
    /// Title of the paper that decides it; none where it came with the target.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its sentence.
    pub quote: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// Where else it can be found.
    pub url: Option<String>,
    /// The entry that ended it, where it no longer holds.
    pub ended_by: Option<u64>,
}

impl Reading {
    /// Every way that was ever said to lead to a target, oldest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn ways_of(&mut self, target: TargetId) -> Result<Vec<StoredWay>, Error> {
        sqlx::query(
            "SELECT w.*, w.basis AS way_basis, w.path AS way_path, w.milestones AS way_milestones, \
             w.units AS way_units FROM target_ways w WHERE w.target = $1 ORDER BY w.entry",
        )
        .bind(crate::record::number(target.0)?)
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(|row| {
            Ok(StoredWay {
                entry: count(row, "entry")?,
                way: way(row)?,
                document: count_optional(row, "document")?.map(DocumentId),
                title: row.get("title"),
                publisher: row.get("publisher"),
                quote: row.get("quote"),
                date: parsed_optional(row, "date")?,
                url: row.get("url"),
                ended_by: count_optional(row, "ended_by")?,
            })
        })
        .collect()
    }
}

/// The way in the columns `way_…` of a row; the usual one where they are empty.
pub(super) fn way(row: &SqliteRow) -> Result<Way, Error> {
    let path: Option<String> = row.get("way_path");
    let milestones: Option<String> = row.get("way_milestones");
    let path = PathRule::read(
        path.as_deref().unwrap_or_default(),
        milestones.as_deref().unwrap_or_default(),
    );
    Ok(Way {
        basis: parsed_optional(row, "way_basis")?,
        path: path.ok().or_damaged("path")?,
        units: parsed_optional(row, "way_units")?,
    })
}
