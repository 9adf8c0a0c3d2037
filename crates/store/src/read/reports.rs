//! Regimes and reports.

use std::collections::BTreeMap;

use plan::report::{Evidence, Regime, RegimeCode, Report, ReportKey, Stage};
use plan::{Act, ObservationId, Office, UserId};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};
use terms::{Date, IndicatorCode, Sha256, TimePeriod};

use super::acts::{StoredAct, act};
use super::task_list::push_texts;
use super::{count, count_optional, parsed, parsed_optional};
use crate::apply::HOLDS;
use crate::error::OrDamaged;
use crate::wire::report::{decode_regime, decode_state};
use crate::{Error, Reading, wire};

/// A regime with its life in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRegime {
    /// The entry that issued it.
    pub entry: u64,
    /// What it states.
    pub regime: Regime,
}

/// A report as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReport {
    /// Its number: that of its first entry.
    pub number: u64,
    /// Which report.
    pub key: ReportKey,
    /// Its state.
    pub report: Report,
}

/// A report as lists show it: its state stays closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedReport {
    /// Which report.
    pub key: ReportKey,
    /// Where it stands.
    pub stage: Stage,
    /// The day on which it was sent and not returned since.
    pub submitted_on: Option<Date>,
    /// How often it was sent back.
    pub returns: u32,
    /// Whether any of it was made up by a simulation.
    pub simulated: bool,
    /// How many lines have a value.
    pub told: usize,
}

/// An act on a report, with all that it says.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReportAct {
    /// Who, when, why.
    pub act: StoredAct,
    /// The person's number.
    pub author: Option<UserId>,
    /// What the entry says.
    pub said: Act,
}

/// What somebody showed for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvidence {
    /// The entry that showed it.
    pub entry: u64,
    /// For which line; none: for all.
    pub indicator: Option<IndicatorCode>,
    /// What it shows.
    pub title: String,
    /// The file or page.
    pub evidence: Evidence,
}

/// Reports that were drawn for checks on the spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSample {
    /// The entry that tells of it.
    pub entry: u64,
    /// The offices that stood ready, in order.
    pub ready: Vec<Office>,
    /// How many were drawn.
    pub size: u64,
}

/// What was found on the spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSpotCheck {
    /// The entry that tells of it.
    pub entry: u64,
    /// The report.
    pub office: Office,
    /// Which line.
    pub indicator: IndicatorCode,
    /// The value that was found, as typed.
    pub found: String,
    /// What was looked at.
    pub words: String,
}

/// Which reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reports<'a> {
    /// Of a regime, on a period.
    Period(&'a RegimeCode, TimePeriod),
    /// Of regimes, each on a period.
    Periods(&'a [(RegimeCode, TimePeriod)]),
    /// Of offices: on these periods, or sent back and not sent again.
    Offices(&'a [Office], &'a [TimePeriod]),
    /// That stand at a stage.
    Stage(Stage),
    /// Of an office by a regime.
    Series(&'a Office, &'a RegimeCode),
}

impl Reading {
    /// The regimes that ask now, by their code.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn regimes(&mut self) -> Result<Vec<StoredRegime>, Error> {
        sqlx::query("SELECT entry, statement FROM regimes WHERE ended_at = $1 ORDER BY code")
            .bind(HOLDS)
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(regime)
            .collect()
    }

    /// The regime of a code that asks now.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn regime(&mut self, code: &RegimeCode) -> Result<Option<StoredRegime>, Error> {
        sqlx::query("SELECT entry, statement FROM regimes WHERE code = $1 AND ended_at = $2")
            .bind(code.as_str())
            .bind(HOLDS)
            .fetch_optional(&mut *self.transaction)
            .await?
            .as_ref()
            .map(regime)
            .transpose()
    }

    /// A report; none where nobody has saved anything.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn report(&mut self, key: &ReportKey) -> Result<Option<StoredReport>, Error> {
        sqlx::query("SELECT * FROM reports WHERE regime = $1 AND period = $2 AND office = $3")
            .bind(key.regime.as_str())
            .bind(key.period.to_string())
            .bind(key.office.to_string())
            .fetch_optional(&mut *self.transaction)
            .await?
            .as_ref()
            .map(report)
            .transpose()
    }

    /// Reports, by their number. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn reports(&mut self, which: Reports<'_>) -> Result<Vec<StoredReport>, Error> {
        let mut statement =
            QueryBuilder::new("SELECT report, regime, period, office, state FROM reports WHERE ");
        push_which(&mut statement, which);
        statement.push(" ORDER BY report");
        let rows = statement.build().fetch_all(&mut *self.transaction).await?;
        rows.iter().map(report).collect()
    }

    /// The same reports as lists show them, by regime, period and office. One statement, answered from an index for a
    /// stage and for periods.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn listed_reports(&mut self, which: Reports<'_>) -> Result<Vec<ListedReport>, Error> {
        let mut statement = QueryBuilder::new(
            "SELECT regime, period, office, stage, submitted_on, returns, simulated, told FROM reports WHERE ",
        );
        push_which(&mut statement, which);
        statement.push(" ORDER BY regime, period, office");
        let rows = statement.build().fetch_all(&mut *self.transaction).await?;
        rows.iter().map(listed).collect()
    }

    /// Every act on a report, oldest first, with what its entry says.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn acts_of_report(&mut self, number: u64) -> Result<Vec<StoredReportAct>, Error> {
        let rows = sqlx::query(
            "SELECT a.entry, a.kind, a.author, a.recorded_at, a.reason, a.document, a.ordinal, u.name AS who, e.bytes \
             FROM report_acts r JOIN acts a ON a.entry = r.entry JOIN entries e ON e.number = r.entry \
             LEFT JOIN users u ON u.id = a.author WHERE r.report = $1 ORDER BY r.entry",
        )
        .bind(crate::record::number(number)?)
        .fetch_all(&mut *self.transaction)
        .await?;
        rows.iter()
            .map(|row| {
                let entry = ledger::Entry::decode(row.get("bytes")).or_damaged("entry")?;
                Ok(StoredReportAct {
                    act: act(row)?,
                    author: count_optional(row, "author")?.map(UserId),
                    said: wire::decode(&entry.kind, &entry.body)?,
                })
            })
            .collect()
    }

    /// The names of the people behind entries; an entry without a person, or of a forgotten one, has none.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn authors_of(&mut self, entries: Vec<u64>) -> Result<BTreeMap<u64, String>, Error> {
        let mut names = BTreeMap::new();
        // Few at a time: a statement takes only so many.
        for some in entries.chunks(500) {
            let mut query = QueryBuilder::new(
                "SELECT a.entry, u.name FROM acts a JOIN users u ON u.id = a.author WHERE a.entry IN (",
            );
            let mut list = query.separated(", ");
            for entry in some {
                list.push_bind(crate::record::number(*entry)?);
            }
            query.push(")");
            for row in query.build().fetch_all(&mut *self.transaction).await? {
                names.insert(count(&row, "entry")?, row.get("name"));
            }
        }
        Ok(names)
    }

    /// The values of the register that hold and came from a report.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn values_of_report(
        &mut self,
        number: u64,
    ) -> Result<Vec<(IndicatorCode, ObservationId, terms::Decimal)>, Error> {
        sqlx::query(
            "SELECT v.indicator, v.observation, o.value FROM report_values v \
             JOIN observations o ON o.observation = v.observation \
             WHERE v.report = $1 AND o.ended_at = $2 ORDER BY v.observation",
        )
        .bind(crate::record::number(number)?)
        .bind(HOLDS)
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(|row| {
            Ok((
                parsed(row, "indicator")?,
                ObservationId(count(row, "observation")?),
                parsed(row, "value")?,
            ))
        })
        .collect()
    }

    /// What was shown for a report, oldest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn evidence_of_report(&mut self, number: u64) -> Result<Vec<StoredEvidence>, Error> {
        sqlx::query("SELECT * FROM report_evidence WHERE report = $1 ORDER BY entry")
            .bind(crate::record::number(number)?)
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(evidence)
            .collect()
    }

    /// The reports that were drawn of a regime's period.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn sample(
        &mut self,
        regime: &RegimeCode,
        period: TimePeriod,
    ) -> Result<Option<StoredSample>, Error> {
        let row = sqlx::query("SELECT * FROM report_samples WHERE regime = $1 AND period = $2")
            .bind(regime.as_str())
            .bind(period.to_string())
            .fetch_optional(&mut *self.transaction)
            .await?;
        row.map(|row| {
            let ready = row.get::<&str, _>("ready").split_whitespace();
            Ok(StoredSample {
                entry: count(&row, "entry")?,
                ready: ready
                    .map(|office| office.parse().or_damaged("ready"))
                    .collect::<Result<_, _>>()?,
                size: count(&row, "size")?,
            })
        })
        .transpose()
    }

    /// What was found on the spot about the reports of a regime's period.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn spot_checks(
        &mut self,
        regime: &RegimeCode,
        period: TimePeriod,
    ) -> Result<Vec<StoredSpotCheck>, Error> {
        sqlx::query(
            "SELECT s.*, r.office FROM reports r JOIN spot_checks s ON s.report = r.report \
             WHERE r.regime = $1 AND r.period = $2 ORDER BY s.entry",
        )
        .bind(regime.as_str())
        .bind(period.to_string())
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(|row| {
            Ok(StoredSpotCheck {
                entry: count(row, "entry")?,
                office: parsed(row, "office")?,
                indicator: parsed(row, "indicator")?,
                found: row.get("found"),
                words: row.get("words"),
            })
        })
        .collect()
    }
}

fn push_which(statement: &mut QueryBuilder<Sqlite>, which: Reports<'_>) {
    match which {
        Reports::Period(regime, period) => {
            statement.push("regime = ").push_bind(regime.to_string());
            statement.push(" AND period = ").push_bind(period.to_string());
        }
        Reports::Periods(periods) => {
            // A list of values must have a row; no regime is called nothing.
            statement.push("(regime, period) IN (VALUES ('', '')");
            for (regime, period) in periods {
                statement.push(", (").push_bind(regime.to_string());
                statement.push(", ").push_bind(period.to_string()).push(")");
            }
            statement.push(")");
        }
        Reports::Offices(offices, periods) => {
            statement.push("office IN (");
            push_texts(statement, offices.iter().map(ToString::to_string));
            statement.push(") AND (returned_on IS NOT NULL OR period IN (");
            push_texts(statement, periods.iter().map(ToString::to_string));
            statement.push("))");
        }
        Reports::Stage(stage) => {
            statement.push("stage = ").push_bind(stage.code());
        }
        Reports::Series(office, regime) => {
            statement.push("office = ").push_bind(office.to_string());
            statement.push(" AND regime = ").push_bind(regime.to_string());
        }
    }
}

fn listed(row: &SqliteRow) -> Result<ListedReport, Error> {
    Ok(ListedReport {
        key: key(row)?,
        stage: Stage::of(row.get("stage")).or_damaged("stage")?,
        submitted_on: parsed_optional(row, "submitted_on")?,
        returns: count(row, "returns")?,
        simulated: row.get("simulated"),
        told: count(row, "told")?,
    })
}

fn key(row: &SqliteRow) -> Result<ReportKey, Error> {
    Ok(ReportKey {
        regime: parsed(row, "regime")?,
        period: parsed(row, "period")?,
        office: parsed(row, "office")?,
    })
}

fn regime(row: &SqliteRow) -> Result<StoredRegime, Error> {
    let statement = ledger::Value::decode(row.get("statement")).or_damaged("regime")?;
    Ok(StoredRegime {
        entry: count(row, "entry")?,
        regime: decode_regime(&statement)?,
    })
}

fn report(row: &SqliteRow) -> Result<StoredReport, Error> {
    Ok(StoredReport {
        number: count(row, "report")?,
        key: key(row)?,
        report: decode_state(row.get("state"))?,
    })
}

fn evidence(row: &SqliteRow) -> Result<StoredEvidence, Error> {
    let evidence = match row.get::<Option<String>, _>("url") {
        Some(url) => Evidence::Link { url },
        None => Evidence::File {
            name: row.get::<Option<String>, _>("name").or_damaged("name")?,
            sha256: Sha256(
                row.get::<Option<&[u8]>, _>("sha256")
                    .or_damaged("sha256")?
                    .try_into()
                    .or_damaged("sha256")?,
            ),
        },
    };
    Ok(StoredEvidence {
        entry: count(row, "entry")?,
        indicator: parsed_optional(row, "indicator")?,
        title: row.get("title"),
        evidence,
    })
}
