//! How much there is.

use std::collections::BTreeMap;

use plan::CatalogueList;
use sqlx::Row;
use terms::{Date, IndicatorCode, RefArea, Sha256, TimePeriod};

use super::{count, parsed, parsed_optional};
use crate::apply::HOLDS;
use crate::error::OrDamaged;
use crate::{Error, Reading};

/// How much the register holds.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterTotals {
    /// Documents.
    pub documents: usize,
    /// Figures found or marked.
    pub figures: usize,
    /// Figures that wait.
    pub waiting: usize,
    /// Observations that hold.
    pub observations: usize,
    /// Targets that hold.
    pub targets: usize,
    /// First and last day of the documents.
    pub days: Option<(Date, Date)>,
    /// Publishers with how many sources of values that hold they are, the most first.
    pub publishers: Vec<(String, usize)>,
}

/// How much is known of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IndicatorTotals {
    /// Observations that hold.
    pub observations: usize,
    /// Targets that hold.
    pub targets: usize,
    /// The period of an observation that ends last.
    pub latest: Option<TimePeriod>,
}

impl Reading {
    /// Whether a value that holds has a source of this publisher. One look into an index.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn has_publisher(&mut self, publisher: &str) -> Result<bool, Error> {
        let row = sqlx::query("SELECT 1 FROM sources WHERE publisher = $1 AND ended_at = $2 LIMIT 1")
            .bind(publisher)
            .bind(HOLDS)
            .fetch_optional(&mut *self.transaction)
            .await?;
        Ok(row.is_some())
    }

    /// How much the register holds. Walks every table once.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn totals(&mut self) -> Result<RegisterTotals, Error> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM documents) AS documents, (SELECT COUNT(*) FROM figures) AS figures, \
             (SELECT COUNT(*) FROM figures WHERE state = 'waiting') AS waiting, \
             (SELECT COUNT(*) FROM observations WHERE ended_at = $1) AS observations, \
             (SELECT COUNT(*) FROM targets WHERE ended_at = $1) AS targets, \
             (SELECT MIN(date) FROM documents) AS first_day, (SELECT MAX(date) FROM documents) AS last_day",
        )
        .bind(HOLDS)
        .fetch_one(&mut *self.transaction)
        .await?;
        let publishers = sqlx::query(
            "SELECT publisher, COUNT(*) AS sources FROM sources WHERE ended_at = $1 AND publisher <> '' \
             GROUP BY publisher ORDER BY COUNT(*) DESC, publisher",
        )
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?;
        Ok(RegisterTotals {
            documents: count(&row, "documents")?,
            figures: count(&row, "figures")?,
            waiting: count(&row, "waiting")?,
            observations: count(&row, "observations")?,
            targets: count(&row, "targets")?,
            days: parsed_optional(&row, "first_day")?.zip(parsed_optional(&row, "last_day")?),
            publishers: publishers
                .iter()
                .map(|row| Ok((row.get("publisher"), count(row, "sources")?)))
                .collect::<Result<_, Error>>()?,
        })
    }

    /// How much is known of each indicator that has anything.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn totals_by_indicator(&mut self) -> Result<BTreeMap<IndicatorCode, IndicatorTotals>, Error> {
        let mut totals: BTreeMap<IndicatorCode, IndicatorTotals> = BTreeMap::new();
        let observations = sqlx::query(
            "SELECT indicator, period, COUNT(*) AS values_held FROM observations WHERE ended_at = $1 \
             GROUP BY indicator, period",
        )
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?;
        for row in &observations {
            let period: TimePeriod = parsed(row, "period")?;
            let entry = totals.entry(parsed(row, "indicator")?).or_default();
            entry.observations += count::<usize>(row, "values_held")?;
            let later = entry
                .latest
                .is_none_or(|latest| (latest.end(), latest.start()) < (period.end(), period.start()));
            if later {
                entry.latest = Some(period);
            }
        }
        let targets = sqlx::query(
            "SELECT indicator, COUNT(*) AS values_held FROM targets WHERE ended_at = $1 GROUP BY indicator",
        )
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?;
        for row in &targets {
            totals.entry(parsed(row, "indicator")?).or_default().targets = count(row, "values_held")?;
        }
        Ok(totals)
    }

    /// How many observations hold of each place that has any.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn observations_by_place(&mut self) -> Result<BTreeMap<RefArea, usize>, Error> {
        sqlx::query(
            "SELECT place, COUNT(*) AS values_held FROM observations WHERE ended_at = $1 GROUP BY place",
        )
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(|row| {
            Ok((
                RefArea::new(row.get::<String, _>("place")),
                count(row, "values_held")?,
            ))
        })
        .collect()
    }

    /// The catalogues that were loaded, with their file names and the addresses of their bytes.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn catalogues(&mut self) -> Result<Vec<(CatalogueList, String, Sha256)>, Error> {
        sqlx::query("SELECT list, name, sha256 FROM catalogues")
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(|row| {
                let code = row.get::<&str, _>("list");
                let list = CatalogueList::ALL.into_iter().find(|list| list.code() == code);
                let sha256 = row.get::<&[u8], _>("sha256").try_into().or_damaged("address")?;
                Ok((
                    list.or_damaged("catalogue list")?,
                    row.get("name"),
                    Sha256(sha256),
                ))
            })
            .collect()
    }
}
