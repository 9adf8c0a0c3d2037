//! Observations, targets and their sources, as known at any time.

use plan::report::ReportKey;
use plan::{DocumentId, FigureId, Observation, ObservationId, Target, TargetId};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row};
use terms::{Date, IndicatorCode, Measure, RefArea, TimePeriod, Timestamp};

use super::ways::way;
use super::{count, count_optional, parsed, parsed_optional, time};
use crate::apply::HOLDS;
use crate::wire::price_basis;
use crate::{Error, Reading};

/// As known when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Known(i64);

impl Known {
    /// As known now.
    pub const NOW: Known = Known(HOLDS - 1);

    /// As known at a time, what was recorded at that very time included.
    pub fn at(time: Timestamp) -> Self {
        Self(time.as_microsecond())
    }
}

/// Which values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// All.
    All,
    /// Of an indicator.
    Indicator(&'a IndicatorCode),
    /// Of a place.
    Place(&'a RefArea),
    /// Of an indicator, place, period (or due period) and measure: the same thing told again.
    Same(&'a IndicatorCode, &'a RefArea, TimePeriod, Measure),
    /// Observations of the indicators and places that have a target; all targets.
    Pursued,
    /// Of every indicator of which a target asks in how many units it meets a condition, in all places.
    Counted,
    /// Of an indicator at a place.
    Group(&'a IndicatorCode, &'a RefArea),
    /// Of a place, in a year or over several whole ones.
    YearsOf(&'a RefArea),
    /// Those of which a kept finding speaks.
    Found,
    /// Of every indicator and place of which an act after this entry recorded, ended or sourced a value.
    TouchedSince(u64),
}

/// An observation with its life in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredObservation {
    /// Its number.
    pub id: ObservationId,
    /// The value.
    pub observation: Observation,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The entry that ended it, where it no longer holds.
    pub ended_by: Option<u64>,
}

/// A target with its life in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTarget {
    /// Its number.
    pub id: TargetId,
    /// The value due.
    pub target: Target,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The entry that ended it, where it no longer holds.
    pub ended_by: Option<u64>,
}

/// A source of a value.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSource {
    /// The number of the value: its observation or target number.
    pub fact: u64,
    /// The entry that made it a source.
    pub entry: u64,
    /// The document of the register, where it is one.
    pub document: Option<DocumentId>,
    /// The figure in that document.
    pub figure: Option<FigureId>,
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
    /// The line of the report from which the value came, where it came from one.
    pub report: Option<(ReportKey, IndicatorCode)>,
}

/// The indicators and places of which something changed after entry `$2`, each by its own index.
macro_rules! touched {
    () => {
        "SELECT indicator, place FROM observations WHERE observation > $2 \
         UNION SELECT indicator, place FROM observations WHERE ended_by > $2 \
         UNION SELECT indicator, place FROM targets WHERE target > $2 \
         UNION SELECT indicator, place FROM targets WHERE ended_by > $2 \
         UNION SELECT x.indicator, x.place FROM sources c JOIN observations x ON x.observation = c.fact \
         WHERE c.entry > $2 \
         UNION SELECT x.indicator, x.place FROM sources c JOIN targets x ON x.target = c.fact WHERE c.entry > $2 \
         UNION SELECT x.indicator, x.place FROM sources c JOIN observations x ON x.observation = c.fact \
         WHERE c.ended_at < 9223372036854775807 AND c.ended_at >= (SELECT recorded_at FROM acts WHERE entry = $2) \
         UNION SELECT x.indicator, x.place FROM sources c JOIN targets x ON x.target = c.fact \
         WHERE c.ended_at < 9223372036854775807 AND c.ended_at >= (SELECT recorded_at FROM acts WHERE entry = $2)"
    };
}

/// One statement for each [`Which`]: each uses its own index. `$1` is the time as known.
macro_rules! by_which {
    ($which:expr, $id:literal, $select:literal, $row:literal, $period:literal, $pursued:literal, $order:literal) => {
        match $which {
            Which::All => concat!($select, $order),
            Which::Pursued => concat!($select, $pursued, $order),
            Which::Counted => concat!(
                $select,
                " AND ",
                $row,
                ".indicator IN (SELECT t.indicator FROM target_ways w JOIN targets t ON t.target = w.target \
                 WHERE t.recorded_at <= $1 AND t.ended_at > $1 AND w.recorded_at <= $1 AND w.ended_at > $1 \
                 AND w.units LIKE '%:%')",
                $order
            ),
            Which::Indicator(_) => concat!($select, " AND ", $row, ".indicator = $2", $order),
            Which::Place(_) => concat!($select, " AND ", $row, ".place = $2", $order),
            Which::Group(..) => concat!(
                $select,
                " AND ",
                $row,
                ".indicator = $2 AND ",
                $row,
                ".place = $3",
                $order
            ),
            Which::YearsOf(_) => concat!(
                $select,
                " AND ",
                $row,
                ".place = $2 AND length(",
                $row,
                ".",
                $period,
                ") IN (4, 9)",
                $order
            ),
            Which::Found => concat!(
                $select,
                " AND ",
                $row,
                ".",
                $id,
                " IN (SELECT v.fact FROM found_values v)",
                $order
            ),
            // By number, so that what was touched comes first and the table is searched.
            Which::TouchedSince(_) => concat!(
                $select,
                " AND ",
                $row,
                ".",
                $id,
                " IN (SELECT y.",
                $id,
                " FROM (",
                touched!(),
                ") t CROSS JOIN ",
                $id,
                "s y ON y.indicator = t.indicator AND y.place = t.place)",
                $order
            ),
            Which::Same(..) => concat!(
                $select,
                " AND ",
                $row,
                ".indicator = $2 AND ",
                $row,
                ".place = $3 AND ",
                $row,
                ".",
                $period,
                " = $4 AND ",
                $row,
                ".measure = $5",
                $order
            ),
        }
    };
}

fn observations_statement(which: Which<'_>) -> &'static str {
    by_which!(
        which,
        "observation",
        "SELECT o.* FROM observations o WHERE o.recorded_at <= $1 AND o.ended_at > $1",
        "o",
        "period",
        " AND (o.indicator, o.place) IN (SELECT t.indicator, t.place FROM targets t \
          WHERE t.recorded_at <= $1 AND t.ended_at > $1)",
        " ORDER BY o.observation"
    )
}

fn targets_statement(which: Which<'_>) -> &'static str {
    by_which!(
        which,
        "target",
        "SELECT o.*, w.basis AS way_basis, w.path AS way_path, w.milestones AS way_milestones, w.units AS way_units \
         FROM targets o LEFT JOIN target_ways w ON w.target = o.target AND w.recorded_at <= $1 AND w.ended_at > $1 \
         WHERE o.recorded_at <= $1 AND o.ended_at > $1",
        "o",
        "due",
        "",
        " ORDER BY o.target"
    )
}

fn observation_sources_statement(which: Which<'_>) -> &'static str {
    by_which!(
        which,
        "observation",
        "SELECT s.*, v.indicator AS told_line, r.regime AS told_regime, r.period AS told_period, r.office AS told_office \
         FROM observations o JOIN sources s ON s.fact = o.observation \
         LEFT JOIN report_values v ON v.observation = o.observation LEFT JOIN reports r ON r.report = v.report \
         WHERE o.recorded_at <= $1 AND o.ended_at > $1 AND s.recorded_at <= $1 AND s.ended_at > $1",
        "o",
        "period",
        " AND (o.indicator, o.place) IN (SELECT t.indicator, t.place FROM targets t \
          WHERE t.recorded_at <= $1 AND t.ended_at > $1)",
        " ORDER BY s.fact, s.entry"
    )
}

fn target_sources_statement(which: Which<'_>) -> &'static str {
    by_which!(
        which,
        "target",
        "SELECT s.* FROM targets o JOIN sources s ON s.fact = o.target \
         WHERE o.recorded_at <= $1 AND o.ended_at > $1 AND s.recorded_at <= $1 AND s.ended_at > $1",
        "o",
        "due",
        "",
        " ORDER BY s.fact, s.entry"
    )
}

impl Reading {
    /// The observations that held at a time, oldest entry first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn observations(
        &mut self,
        known: Known,
        which: Which<'_>,
    ) -> Result<Vec<StoredObservation>, Error> {
        self.rows(observations_statement(which), known, which)
            .await?
            .iter()
            .map(observation)
            .collect()
    }

    /// The targets that held at a time, oldest entry first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn targets(&mut self, known: Known, which: Which<'_>) -> Result<Vec<StoredTarget>, Error> {
        self.rows(targets_statement(which), known, which)
            .await?
            .iter()
            .map(target)
            .collect()
    }

    /// The observations with these numbers, whether they still hold or not, and the sources that each had at a time; by
    /// number. Two statements for each thousand numbers.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn observations_numbered(
        &mut self,
        known: Known,
        numbers: &[u64],
    ) -> Result<(Vec<StoredObservation>, Vec<StoredSource>), Error> {
        let (mut observations, mut sources) = (Vec::new(), Vec::new());
        for some in numbers.chunks(1_000) {
            let mut statement = QueryBuilder::new("SELECT * FROM observations WHERE observation IN (");
            let mut list = statement.separated(", ");
            for id in some {
                list.push_bind(crate::record::number(*id)?);
            }
            statement.push(") ORDER BY observation");
            for row in &statement.build().fetch_all(&mut *self.transaction).await? {
                observations.push(observation(row)?);
            }
            let mut statement = QueryBuilder::new("SELECT * FROM sources WHERE recorded_at <= ");
            statement
                .push_bind(known.0)
                .push(" AND ended_at > ")
                .push_bind(known.0);
            statement.push(" AND fact IN (");
            let mut list = statement.separated(", ");
            for id in some {
                list.push_bind(crate::record::number(*id)?);
            }
            statement.push(") ORDER BY fact, entry");
            for row in &statement.build().fetch_all(&mut *self.transaction).await? {
                sources.push(source(row)?);
            }
        }
        Ok((observations, sources))
    }

    /// One target, whether it still holds or not.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn target(&mut self, id: TargetId) -> Result<Option<StoredTarget>, Error> {
        sqlx::query(
            "SELECT o.*, w.basis AS way_basis, w.path AS way_path, w.milestones AS way_milestones, w.units AS way_units \
             FROM targets o LEFT JOIN target_ways w ON w.target = o.target AND w.ended_at = $2 \
             WHERE o.target = $1",
        )
            .bind(crate::record::number(id.0)?)
            .bind(HOLDS)
            .fetch_optional(&mut *self.transaction)
            .await?
            .as_ref()
            .map(target)
            .transpose()
    }

    /// Whether there is such an observation that holds.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn has_observation(&mut self, id: ObservationId) -> Result<bool, Error> {
        let row = sqlx::query("SELECT 1 FROM observations WHERE observation = $1 AND ended_at = $2")
            .bind(crate::record::number(id.0)?)
            .bind(HOLDS)
            .fetch_optional(&mut *self.transaction)
            .await?;
        Ok(row.is_some())
    }

    /// The sources of the observations that [`Reading::observations`] gives, by value, then oldest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn observation_sources(
        &mut self,
        known: Known,
        which: Which<'_>,
    ) -> Result<Vec<StoredSource>, Error> {
        self.rows(observation_sources_statement(which), known, which)
            .await?
            .iter()
            .map(source)
            .collect()
    }

    /// The sources of the targets that [`Reading::targets`] gives, by value, then oldest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn target_sources(
        &mut self,
        known: Known,
        which: Which<'_>,
    ) -> Result<Vec<StoredSource>, Error> {
        self.rows(target_sources_statement(which), known, which)
            .await?
            .iter()
            .map(source)
            .collect()
    }

    /// The indicators and places of which an act after an entry recorded, ended or sourced a value.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn touched_since(&mut self, entry: u64) -> Result<Vec<(IndicatorCode, RefArea)>, Error> {
        // `$1` is the time as known in its siblings; here all times count.
        sqlx::query(concat!(
            "SELECT indicator, place FROM (",
            touched!(),
            ") WHERE $1 <= $1 ORDER BY indicator, place"
        ))
        .bind(Known::NOW.0)
        .bind(crate::record::number(entry)?)
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(|row| {
            Ok((
                parsed(row, "indicator")?,
                RefArea::new(row.get::<String, _>("place")),
            ))
        })
        .collect()
    }

    /// The observations of an indicator that no longer hold, with every source that they had; latest ended first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn ended_observations(
        &mut self,
        indicator: &IndicatorCode,
    ) -> Result<(Vec<StoredObservation>, Vec<StoredSource>), Error> {
        let observations = sqlx::query(
            "SELECT * FROM observations WHERE indicator = $1 AND ended_at < $2 ORDER BY ended_by DESC, observation",
        )
        .bind(indicator.as_str())
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?;
        let sources = sqlx::query(
            "SELECT s.*, v.indicator AS told_line, r.regime AS told_regime, r.period AS told_period, r.office AS told_office \
             FROM observations o JOIN sources s ON s.fact = o.observation \
             LEFT JOIN report_values v ON v.observation = o.observation LEFT JOIN reports r ON r.report = v.report \
             WHERE o.indicator = $1 AND o.ended_at < $2 ORDER BY s.fact, s.entry",
        )
        .bind(indicator.as_str())
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?;
        Ok((
            observations.iter().map(observation).collect::<Result<_, _>>()?,
            sources.iter().map(source).collect::<Result<_, _>>()?,
        ))
    }

    /// The targets of an indicator that no longer hold, with every source that they had; latest ended first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn ended_targets(
        &mut self,
        indicator: &IndicatorCode,
    ) -> Result<(Vec<StoredTarget>, Vec<StoredSource>), Error> {
        let targets = sqlx::query(
            "SELECT o.*, w.basis AS way_basis, w.path AS way_path, w.milestones AS way_milestones, w.units AS way_units \
             FROM targets o LEFT JOIN target_ways w ON w.target = o.target AND w.ended_at = $2 \
             WHERE o.indicator = $1 AND o.ended_at < $2 ORDER BY o.ended_by DESC, o.target",
        )
        .bind(indicator.as_str())
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?;
        let sources = sqlx::query(
            "SELECT s.* FROM targets t JOIN sources s ON s.fact = t.target \
             WHERE t.indicator = $1 AND t.ended_at < $2 ORDER BY s.fact, s.entry",
        )
        .bind(indicator.as_str())
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?;
        Ok((
            targets.iter().map(target).collect::<Result<_, _>>()?,
            sources.iter().map(source).collect::<Result<_, _>>()?,
        ))
    }

    async fn rows(
        &mut self,
        statement: &'static str,
        known: Known,
        which: Which<'_>,
    ) -> Result<Vec<SqliteRow>, Error> {
        let query = sqlx::query(statement).bind(known.0);
        let query = match which {
            Which::All | Which::Pursued | Which::Found | Which::Counted => query,
            Which::Indicator(code) => query.bind(code.as_str()),
            Which::Place(place) | Which::YearsOf(place) => query.bind(place.as_str()),
            Which::Group(code, place) => query.bind(code.as_str()).bind(place.as_str()),
            Which::TouchedSince(entry) => query.bind(crate::record::number(entry)?),
            Which::Same(code, place, period, measure) => query
                .bind(code.as_str())
                .bind(place.as_str())
                .bind(period.to_string())
                .bind(measure.code()),
        };
        Ok(query.fetch_all(&mut *self.transaction).await?)
    }
}

pub(crate) fn observation(row: &SqliteRow) -> Result<StoredObservation, Error> {
    Ok(StoredObservation {
        id: ObservationId(count(row, "observation")?),
        observation: Observation {
            indicator: parsed(row, "indicator")?,
            ref_area: RefArea::new(row.get::<String, _>("place")),
            time_period: parsed(row, "period")?,
            measure: parsed(row, "measure")?,
            edition: parsed(row, "edition")?,
            status: parsed(row, "status")?,
            obs_value: parsed(row, "value")?,
            upper: parsed_optional(row, "upper")?,
            bound: parsed(row, "bound")?,
            price_basis: price_basis(row.get("price_basis"))?,
            scope: parsed_optional(row, "scope")?,
        },
        recorded_at: time(row, "recorded_at")?,
        ended_by: count_optional(row, "ended_by")?,
    })
}

fn target(row: &SqliteRow) -> Result<StoredTarget, Error> {
    Ok(StoredTarget {
        id: TargetId(count(row, "target")?),
        target: Target {
            indicator: parsed(row, "indicator")?,
            ref_area: RefArea::new(row.get::<String, _>("place")),
            due: parsed(row, "due")?,
            measure: parsed(row, "measure")?,
            value: parsed(row, "value")?,
            upper: parsed_optional(row, "upper")?,
            bound: parsed(row, "bound")?,
            price_basis: price_basis(row.get("price_basis"))?,
            scope: parsed_optional(row, "scope")?,
            baseline: parsed_optional(row, "baseline_period")?.zip(parsed_optional(row, "baseline_value")?),
            way: way(row)?,
        },
        recorded_at: time(row, "recorded_at")?,
        ended_by: count_optional(row, "ended_by")?,
    })
}

fn source(row: &SqliteRow) -> Result<StoredSource, Error> {
    let document = count_optional(row, "document")?.map(DocumentId);
    let ordinal = count_optional(row, "ordinal")?;
    Ok(StoredSource {
        fact: count(row, "fact")?,
        entry: count(row, "entry")?,
        document,
        figure: document
            .zip(ordinal)
            .map(|(document, ordinal)| FigureId { document, ordinal }),
        quote: row.get("quote"),
        title: row.get("title"),
        publisher: row.get("publisher"),
        date: parsed_optional(row, "date")?,
        url: row.get("url"),
        report: report_of(row)?,
    })
}

/// The line of a report; none of statements that do not ask for it.
fn report_of(row: &SqliteRow) -> Result<Option<(ReportKey, IndicatorCode)>, Error> {
    let told: Option<String> = row.try_get("told_regime").unwrap_or_default();
    if told.is_none() {
        return Ok(None);
    }
    let key = ReportKey {
        regime: parsed(row, "told_regime")?,
        period: parsed(row, "told_period")?,
        office: parsed(row, "told_office")?,
    };
    Ok(Some((key, parsed(row, "told_line")?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    /// The plans of the statements behind the hot pages: each must search an index, none may walk a table that grows.
    #[tokio::test]
    async fn hot_statements_search_an_index() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("r.db")).await.unwrap();
        let code = IndicatorCode::new("grdp.level").unwrap();
        let place = RefArea::from_static("VN-11");
        let same = Which::Same(&code, &place, TimePeriod::Year(2025), Measure::Level);
        for (statement, index) in [
            (
                observations_statement(Which::Indicator(&code)),
                "observations_by_indicator (indicator=?)",
            ),
            (
                observations_statement(Which::Place(&place)),
                "observations_by_place (place=?)",
            ),
            (
                observations_statement(Which::Group(&code, &place)),
                "observations_by_place (place=? AND indicator=?)",
            ),
            (
                observations_statement(Which::YearsOf(&place)),
                "observations_by_place (place=?)",
            ),
            (
                observations_statement(Which::TouchedSince(7)),
                "SEARCH o USING INTEGER PRIMARY KEY",
            ),
            (observations_statement(Which::TouchedSince(7)), "sources_by_end"),
            (
                observations_statement(Which::Found),
                "SEARCH o USING INTEGER PRIMARY KEY",
            ),
            (
                observation_sources_statement(Which::TouchedSince(7)),
                "observations_by_end",
            ),
            (
                observations_statement(same),
                "observations_by_indicator (indicator=? AND place=? AND period=? AND measure=?)",
            ),
            (
                observations_statement(Which::Pursued),
                "SEARCH o USING INDEX observations_by_",
            ),
            (
                observations_statement(Which::Counted),
                "observations_by_indicator (indicator=?)",
            ),
            (
                targets_statement(Which::Indicator(&code)),
                "target_ways_by_target (target=?)",
            ),
            (
                observation_sources_statement(Which::Indicator(&code)),
                "observations_by_indicator (indicator=?)",
            ),
            (
                observation_sources_statement(Which::Place(&place)),
                "observations_by_place (place=?)",
            ),
            (
                targets_statement(Which::Indicator(&code)),
                "targets_by_indicator (indicator=?)",
            ),
            (
                targets_statement(Which::Place(&place)),
                "targets_by_place (place=?)",
            ),
            (
                target_sources_statement(Which::Place(&place)),
                "sqlite_autoindex_sources_1 (fact=?)",
            ),
        ] {
            let mut reading = store.read().await.unwrap();
            let plan: Vec<String> =
                sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")))
                    .fetch_all(&mut *reading.transaction)
                    .await
                    .unwrap()
                    .iter()
                    .map(|row| row.get("detail"))
                    .collect();
            let plan = plan.join("\n");
            assert!(plan.contains(index), "{statement}\n{plan}");
            assert!(!plan.contains("SCAN o"), "{statement}\n{plan}");
        }
    }
}
