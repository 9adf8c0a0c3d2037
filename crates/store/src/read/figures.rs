//! Figures: what was found, and what was decided.

use plan::{Candidate, DocumentId, FactId, FigureId, FoundFigure, ObservationId, TargetId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::{IndicatorCode, Measure, RefArea, TimePeriod, UnitMeasure};

use super::{count, count_optional, parsed, parsed_optional};
use crate::record::number;
use crate::{Error, Reading};

/// A figure with what was decided about it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFigure {
    /// Which.
    pub id: FigureId,
    /// Where it stands, and what it was taken for.
    pub found: FoundFigure,
    /// The number as written.
    pub surface: String,
    /// The sentence.
    pub quote: String,
    /// What was decided.
    pub state: FigureState,
    /// How many decisions there were.
    pub acts: usize,
}

/// What was decided about a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureState {
    /// Nothing.
    Waiting,
    /// It is, or supports, this value.
    Is(FactId),
    /// It tells this value, as another figure does.
    Merged(FigureId, FactId),
    /// It is no value of the register.
    Rejected,
}

impl FigureState {
    /// The value that it tells, if any.
    pub fn fact(self) -> Option<FactId> {
        match self {
            FigureState::Is(fact) | FigureState::Merged(_, fact) => Some(fact),
            FigureState::Waiting | FigureState::Rejected => None,
        }
    }
}

impl Reading {
    /// The figures of a document, in the order of its text.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn figures(&mut self, document: DocumentId) -> Result<Vec<StoredFigure>, Error> {
        sqlx::query("SELECT * FROM figures WHERE document = $1 ORDER BY span_from, ordinal")
            .bind(number(document.0)?)
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(figure)
            .collect()
    }

    /// One figure.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn figure(&mut self, id: FigureId) -> Result<Option<StoredFigure>, Error> {
        sqlx::query("SELECT * FROM figures WHERE document = $1 AND ordinal = $2")
            .bind(number(id.document.0)?)
            .bind(i64::from(id.ordinal))
            .fetch_optional(&mut *self.transaction)
            .await?
            .as_ref()
            .map(figure)
            .transpose()
    }

    /// Figures of any document that were taken for the same indicator, place, period and measure.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn figures_alike(
        &mut self,
        indicator: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
        measure: Measure,
    ) -> Result<Vec<StoredFigure>, Error> {
        sqlx::query(
            "SELECT * FROM figures WHERE indicator = $1 AND place = $2 AND period = $3 AND measure = $4 \
             ORDER BY document, ordinal LIMIT 100",
        )
        .bind(indicator.as_str())
        .bind(place.as_str())
        .bind(period.to_string())
        .bind(measure.code())
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(figure)
        .collect()
    }

    /// Figures, of any document, that were taken for the same things as the figures of a document.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn figures_alike_in(&mut self, document: DocumentId) -> Result<Vec<StoredFigure>, Error> {
        sqlx::query(
            "SELECT DISTINCT b.* FROM figures a JOIN figures b ON b.indicator = a.indicator AND b.place = a.place \
             AND b.period = a.period AND b.measure = a.measure \
             WHERE a.document = $1 AND (b.document <> a.document OR b.ordinal <> a.ordinal) \
             ORDER BY b.document, b.ordinal",
        )
        .bind(number(document.0)?)
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(figure)
        .collect()
    }
}

/// The value to which a row of `figures` points.
pub(crate) fn linked(row: &SqliteRow) -> Result<Option<FactId>, Error> {
    let observation = count_optional(row, "observation")?.map(|id| FactId::Observation(ObservationId(id)));
    let target = count_optional(row, "target")?.map(|id| FactId::Target(TargetId(id)));
    Ok(observation.or(target))
}

fn figure(row: &SqliteRow) -> Result<StoredFigure, Error> {
    let damaged = || Error::Damaged { what: "figure state" };
    let document = DocumentId(count(row, "document")?);
    let merged = count_optional(row, "merged_document")?
        .zip(count_optional(row, "merged_ordinal")?)
        .map(|(document, ordinal)| FigureId {
            document: DocumentId(document),
            ordinal,
        });
    let state = match row.get::<&str, _>("state") {
        "waiting" => FigureState::Waiting,
        "observation" | "target" => FigureState::Is(linked(row)?.ok_or_else(damaged)?),
        "merged" => FigureState::Merged(merged.ok_or_else(damaged)?, linked(row)?.ok_or_else(damaged)?),
        "rejected" => FigureState::Rejected,
        _ => return Err(damaged()),
    };
    Ok(StoredFigure {
        id: FigureId {
            document,
            ordinal: count(row, "ordinal")?,
        },
        found: FoundFigure {
            span: (count(row, "span_from")?, count(row, "span_to")?),
            quote: (count(row, "quote_from")?, count(row, "quote_to")?),
            candidate: Candidate {
                value: parsed(row, "value")?,
                upper: parsed_optional(row, "upper")?,
                unit: UnitMeasure::new(row.get::<String, _>("unit")),
                bound: parsed(row, "bound")?,
                measure: parsed(row, "measure")?,
                indicator: parsed_optional(row, "indicator")?,
                period: parsed_optional(row, "period")?,
                place: row.get::<Option<String>, _>("place").map(RefArea::new),
                kind: parsed(row, "kind")?,
            },
        },
        surface: row.get("surface"),
        quote: row.get("quote"),
        state,
        acts: count(row, "acts")?,
    })
}
