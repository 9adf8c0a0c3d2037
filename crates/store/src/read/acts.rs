//! Who did what, when and why.

use plan::{DocumentId, FigureId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::{IndicatorCode, Timestamp};

use super::{count, count_optional, time};
use crate::record::number;
use crate::{Error, Reading};

/// An act, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAct {
    /// The number of its entry.
    pub entry: u64,
    /// What was done.
    pub kind: ActKind,
    /// What the person is called; none where nobody did it or the name was deleted.
    pub who: Option<String>,
    /// When.
    pub recorded_at: Timestamp,
    /// Why.
    pub reason: String,
    /// The figure that it is about.
    pub figure: Option<FigureId>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActKind {
    /// A document came in.
    Added,
    /// A person marked a number.
    Marked,
    /// A figure was accepted as found.
    Accepted,
    /// A figure was accepted with other fields.
    Corrected,
    /// A figure tells what another tells.
    Merged,
    /// A figure is no value of the register.
    Rejected,
    /// A value was recorded without a figure.
    Recorded,
    /// A value took the place of another.
    Replaced,
    /// A further source tells a value.
    Sourced,
    /// A value was taken back.
    Withdrawn,
    /// Somebody said how a target is read and which way leads to it.
    Planned,
    /// A finding was settled.
    Settled,
    /// A settled finding was opened again.
    Reopened,
    /// A task was written down.
    TaskDrafted,
    /// Somebody did something with a task.
    TaskStepped,
    /// The rules about tasks or scores were set.
    RulesSet,
    /// The general part of a score was given.
    Scored,
    /// A catalogue was loaded.
    Catalogue,
    /// Offices, posts or holders were changed.
    Org,
    /// A report regime was issued.
    Regime,
    /// A report regime asks for nothing more.
    RegimeEnded,
    /// A report was filled in.
    ReportSaved,
    /// A report was sent.
    ReportSubmitted,
    /// A report was verified.
    ReportVerified,
    /// A report was sent back.
    ReportReturned,
    /// A report was accepted.
    ReportAccepted,
    /// An accepted report was corrected.
    ReportCorrected,
    /// A value of a report counts in the register.
    ReportCounted,
    /// A corrected value of a report took the place of another.
    ReportRecounted,
    /// Evidence for a report was shown.
    ReportEvidence,
    /// Reports were drawn for checks on the spot.
    ReportSample,
    /// A report was checked on the spot.
    ReportSpotChecked,
}

impl ActKind {
    fn of(code: &str) -> Result<Self, Error> {
        Ok(match code {
            "added" => ActKind::Added,
            "marked" => ActKind::Marked,
            "accepted" => ActKind::Accepted,
            "corrected" => ActKind::Corrected,
            "merged" => ActKind::Merged,
            "rejected" => ActKind::Rejected,
            "recorded" => ActKind::Recorded,
            "replaced" => ActKind::Replaced,
            "sourced" => ActKind::Sourced,
            "withdrawn" => ActKind::Withdrawn,
            "planned" => ActKind::Planned,
            "settled" => ActKind::Settled,
            "reopened" => ActKind::Reopened,
            "task-drafted" => ActKind::TaskDrafted,
            "task-stepped" => ActKind::TaskStepped,
            "rules-set" => ActKind::RulesSet,
            "scored" => ActKind::Scored,
            "catalogue" => ActKind::Catalogue,
            "department-added" | "department-ended" | "post-added" | "post-ended" | "holder-added"
            | "holder-ended" => ActKind::Org,
            "regime" => ActKind::Regime,
            "regime-ended" => ActKind::RegimeEnded,
            "report-saved" => ActKind::ReportSaved,
            "report-submitted" => ActKind::ReportSubmitted,
            "report-verified" => ActKind::ReportVerified,
            "report-returned" => ActKind::ReportReturned,
            "report-accepted" => ActKind::ReportAccepted,
            "report-corrected" => ActKind::ReportCorrected,
            "report-counted" => ActKind::ReportCounted,
            "report-recounted" => ActKind::ReportRecounted,
            "report-evidence" => ActKind::ReportEvidence,
            "report-sample" => ActKind::ReportSample,
            "report-spot-checked" => ActKind::ReportSpotChecked,
            _ => return Err(Error::Damaged { what: "act kind" }),
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.entry, a.kind, a.recorded_at, a.reason, a.document, a.ordinal, u.name AS who \
             FROM acts a LEFT JOIN users u ON u.id = a.author ",
            $rest
        )
    };
}

impl Reading {
    /// Every act on a document and its figures, oldest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn acts_of_document(&mut self, document: DocumentId) -> Result<Vec<StoredAct>, Error> {
        sqlx::query(select!("WHERE a.document = $1 ORDER BY a.entry"))
            .bind(number(document.0)?)
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(act)
            .collect()
    }

    /// The acts that ended observations of an indicator, oldest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn acts_that_ended(&mut self, indicator: &IndicatorCode) -> Result<Vec<StoredAct>, Error> {
        sqlx::query(select!(
            "WHERE a.entry IN (SELECT ended_by FROM observations WHERE indicator = $1 AND ended_by IS NOT NULL \
             UNION SELECT ended_by FROM targets WHERE indicator = $1 AND ended_by IS NOT NULL) \
             ORDER BY a.entry"
        ))
        .bind(indicator.as_str())
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(act)
        .collect()
    }

    /// The acts that said which way leads to a target, oldest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn acts_of_ways(&mut self, target: plan::TargetId) -> Result<Vec<StoredAct>, Error> {
        sqlx::query(select!(
            "WHERE a.entry IN (SELECT entry FROM target_ways WHERE target = $1) ORDER BY a.entry"
        ))
        .bind(number(target.0)?)
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(act)
        .collect()
    }

    /// The latest acts, newest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn latest_acts(&mut self, limit: u32) -> Result<Vec<StoredAct>, Error> {
        // The steps of a report before it is accepted, and those of tasks, are for those who may read them, not for a public
        // list.
        sqlx::query(select!(
            "WHERE a.kind NOT IN ('report-saved', 'report-submitted', 'report-verified', 'report-returned', \
             'report-evidence', 'report-spot-checked', 'task-drafted', 'task-stepped', 'scored') ORDER BY a.entry DESC LIMIT $1"
        ))
        .bind(i64::from(limit))
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(act)
        .collect()
    }
}

pub(super) fn act(row: &SqliteRow) -> Result<StoredAct, Error> {
    let document = count_optional(row, "document")?.map(DocumentId);
    let ordinal = count_optional(row, "ordinal")?;
    Ok(StoredAct {
        entry: count(row, "entry")?,
        kind: ActKind::of(row.get("kind"))?,
        who: row.get("who"),
        recorded_at: time(row, "recorded_at")?,
        reason: row.get("reason"),
        figure: document
            .zip(ordinal)
            .map(|(document, ordinal)| FigureId { document, ordinal }),
    })
}
