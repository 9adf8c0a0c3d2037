//! Packed series in one ordered scan, and what acts have changed in them since.

use plan::ObservationId;
use sqlx::Row;
use terms::{IndicatorCode, RefArea};

use super::facts::observation;
use super::{count, parsed};
use crate::apply::HOLDS;
use crate::record::number;
use crate::series::{Telling, Tellings};
use crate::{Error, Reading};

/// How many rows are in memory at a time.
const PAGE: u32 = 8_192;

/// What acts after an entry changed in the values that hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SeriesChanges {
    /// Values that hold now and did not, in the order of their entries.
    pub began: Vec<(IndicatorCode, RefArea, Telling)>,
    /// Values that held and do no more.
    pub ended: Vec<(IndicatorCode, RefArea, Telling)>,
    /// Values of which a source came or went, and whether one of the publisher asked for remains.
    pub marked: Vec<(IndicatorCode, RefArea, ObservationId, bool)>,
}

impl Reading {
    /// Every value that holds, of one indicator or of all, by indicator, place and term: one ordered scan of the packed
    /// series, a page of rows in memory at a time.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`]; or what `each` answers with.
    pub async fn series<F>(&mut self, of: Option<&IndicatorCode>, mut each: F) -> Result<(), Error>
    where
        F: FnMut(&str, &str, Tellings<'_>) -> Result<(), Error> + Send,
    {
        let (mut indicator, mut place, mut term) = (
            of.map_or(String::new(), ToString::to_string),
            String::new(),
            i64::MIN,
        );
        let statement = match of {
            Some(_) => {
                "SELECT indicator, place, term, bytes FROM series \
                 WHERE indicator = $1 AND (place, term) > ($2, $3) ORDER BY place, term LIMIT $4"
            }
            None => {
                "SELECT indicator, place, term, bytes FROM series \
                 WHERE (indicator, place, term) > ($1, $2, $3) ORDER BY indicator, place, term LIMIT $4"
            }
        };
        loop {
            let rows = sqlx::query(statement)
                .bind(&indicator)
                .bind(&place)
                .bind(term)
                .bind(PAGE)
                .fetch_all(&mut *self.transaction)
                .await?;
            for row in &rows {
                each(row.get(0), row.get(1), Tellings::of(row.get(3)))?;
            }
            let Some(last) = rows.last().filter(|_| rows.len() == PAGE as usize) else {
                return Ok(());
            };
            indicator = last.get(0);
            place = last.get(1);
            term = last.get(2);
        }
    }

    /// Whether values hold and none is packed: the database was made before there were series. Two look-ups.
    pub(crate) async fn lacks_series(&mut self) -> Result<bool, Error> {
        let row = sqlx::query(
            "SELECT EXISTS (SELECT 1 FROM observations WHERE ended_at = $1) AS told, \
             EXISTS (SELECT 1 FROM series) AS packed",
        )
        .bind(HOLDS)
        .fetch_one(&mut *self.transaction)
        .await?;
        Ok(row.get::<i64, _>("told") == 1 && row.get::<i64, _>("packed") == 0)
    }

    /// The observations that hold and have a source of this publisher.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn facts_of_publisher(&mut self, publisher: &str) -> Result<Vec<ObservationId>, Error> {
        sqlx::query("SELECT DISTINCT fact FROM sources WHERE publisher = $1 AND ended_at = $2 ORDER BY fact")
            .bind(publisher)
            .bind(HOLDS)
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(|row| Ok(ObservationId(count(row, "fact")?)))
            .collect()
    }

    /// What acts after an entry changed. Three statements, each by an index: the cost is that of the changes.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn series_changes(&mut self, since: u64, publisher: &str) -> Result<SeriesChanges, Error> {
        let mut changes = SeriesChanges::default();
        for (statement, into) in [
            (
                "SELECT * FROM observations WHERE observation > $1 AND ended_at = $2 ORDER BY observation",
                &mut changes.began,
            ),
            (
                "SELECT * FROM observations WHERE ended_by > $1 AND observation <= $1 AND ended_at < $2",
                &mut changes.ended,
            ),
        ] {
            let rows = sqlx::query(statement)
                .bind(number(since)?)
                .bind(HOLDS)
                .fetch_all(&mut *self.transaction)
                .await?;
            for row in &rows {
                let stored = observation(row)?;
                let telling = Telling::of(stored.id, &stored.observation);
                into.push((stored.observation.indicator, stored.observation.ref_area, telling));
            }
        }
        let rows = sqlx::query(
            "SELECT o.indicator, o.place, o.observation, EXISTS (SELECT 1 FROM sources s WHERE s.fact = o.observation \
             AND s.publisher = $2 AND s.ended_at = $3) AS marked \
             FROM (SELECT fact FROM sources WHERE entry > $1 UNION SELECT fact FROM sources \
             WHERE ended_at < 9223372036854775807 AND ended_at >= (SELECT recorded_at FROM acts WHERE entry = $1)) t \
             JOIN observations o ON o.observation = t.fact WHERE o.ended_at = $3",
        )
        .bind(number(since)?)
        .bind(publisher)
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?;
        for row in &rows {
            changes.marked.push((
                parsed(row, "indicator")?,
                RefArea::new(row.get::<String, _>("place")),
                ObservationId(count(row, "observation")?),
                row.get::<i64, _>("marked") == 1,
            ));
        }
        Ok(changes)
    }
}
