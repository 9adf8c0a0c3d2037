//! Regimes and reports: each report's state is what its acts make of it.

use plan::report::{Evidence, Move, Regime, RegimeCode, Report, ReportKey};
use plan::{Act, Fact, FactId, Observation, ObservationId, Office, Source};
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Row, Sqlite};
use terms::{Date, IndicatorCode, TimePeriod};

use super::{ActRow, At, HOLDS, fact};
use crate::wire::report::{decode_state, encode_regime, encode_state};
use crate::{Error, Writing};

/// Applies an act on regimes or reports.
pub(super) async fn apply<'a>(writing: &mut Writing, at: At, act: &'a Act) -> Result<ActRow<'a>, Error> {
    match act {
        Act::RegimeIssued { regime } => issued(writing, at, regime).await,
        Act::RegimeEnded { regime, reason } => ended(writing, at, regime, reason).await,
        Act::ReportMoved { report, step } => moved(writing, at, report, step).await,
        Act::ReportCounted {
            report,
            observation,
            source,
            replaces,
            reason,
        } => counted(writing, at, report, (observation, source), *replaces, reason).await,
        Act::EvidenceGiven {
            report,
            indicator,
            title,
            evidence,
        } => evidence_given(writing, at, report, indicator.as_ref(), title, evidence).await,
        Act::SampleDrawn {
            regime,
            period,
            ready,
            size,
        } => drawn(writing, at, regime, *period, ready, *size).await,
        Act::SpotChecked {
            report,
            indicator,
            found,
            words,
        } => checked(writing, at, report, (indicator, found), words).await,
        _ => Err(Error::Unfit { what: "act" }),
    }
}

async fn issued<'a>(writing: &mut Writing, at: At, regime: &'a Regime) -> Result<ActRow<'a>, Error> {
    end_regime(writing, at, regime.code()).await?;
    sqlx::query(
        "INSERT INTO regimes (entry, code, statement, recorded_at, ended_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(at.entry)
    .bind(regime.code().as_str())
    .bind(encode_regime(regime.states()).encode())
    .bind(at.when)
    .bind(HOLDS)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(ActRow {
        kind: "regime",
        // Lists of acts say which.
        reason: &regime.states().name_vi,
        ..ActRow::default()
    })
}

async fn ended<'a>(
    writing: &mut Writing,
    at: At,
    regime: &RegimeCode,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    if end_regime(writing, at, regime).await? == 0 {
        return Err(Error::Unfit { what: "regime" });
    }
    Ok(ActRow {
        kind: "regime-ended",
        reason,
        ..ActRow::default()
    })
}

async fn end_regime(writing: &mut Writing, at: At, regime: &RegimeCode) -> Result<u64, Error> {
    let done =
        sqlx::query("UPDATE regimes SET ended_at = $1, ended_by = $2 WHERE code = $3 AND ended_at = $4")
            .bind(at.when)
            .bind(at.entry)
            .bind(regime.as_str())
            .bind(HOLDS)
            .execute(&mut *writing.transaction)
            .await?;
    Ok(done.rows_affected())
}

/// The number and state of a report that is there.
async fn standing(writing: &mut Writing, key: &ReportKey) -> Result<Option<(i64, Report)>, Error> {
    let row =
        sqlx::query("SELECT report, state FROM reports WHERE regime = $1 AND period = $2 AND office = $3")
            .bind(key.regime.as_str())
            .bind(key.period.to_string())
            .bind(key.office.to_string())
            .fetch_optional(&mut *writing.transaction)
            .await?;
    row.map(|row| Ok((row.get("report"), decode_state(row.get("state"))?)))
        .transpose()
}

async fn number_of(writing: &mut Writing, key: &ReportKey) -> Result<i64, Error> {
    let found = standing(writing, key).await?;
    found
        .map(|(number, _)| number)
        .ok_or(Error::Unfit { what: "report" })
}

async fn moved<'a>(
    writing: &mut Writing,
    at: At,
    key: &ReportKey,
    step: &'a Move,
) -> Result<ActRow<'a>, Error> {
    let found = standing(writing, key).await?;
    let is_new = found.is_none();
    let (number, mut report) = found.unwrap_or_else(|| (at.entry, Report::default()));
    let version = u64::try_from(at.entry).map_err(|_| Error::Damaged { what: "entry number" })?;
    report
        .follow(step, version, day_in_vietnam(at.when)?)
        .map_err(|_| Error::Unfit { what: "report" })?;
    let statement = if is_new {
        "INSERT INTO reports (stage, version, state, submitted_on, returned_on, returns, simulated, told, report, regime, \
         period, office) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    } else {
        "UPDATE reports SET stage = $1, version = $2, state = $3, submitted_on = $4, returned_on = $5, returns = $6, \
         simulated = $7, told = $8 WHERE report = $9"
    };
    let query = sqlx::query(statement)
        .bind(report.stage().code())
        .bind(at.entry)
        .bind(encode_state(&report));
    let query = listed(query, &report).bind(number);
    let query = if is_new {
        query
            .bind(key.regime.as_str())
            .bind(key.period.to_string())
            .bind(key.office.to_string())
    } else {
        query
    };
    query.execute(&mut *writing.transaction).await?;
    belongs(writing, at, number).await?;
    let (kind, reason) = match step {
        Move::Save(_) => ("report-saved", ""),
        Move::Submit { .. } => ("report-submitted", ""),
        Move::Verify { words, .. } => ("report-verified", words.as_str()),
        Move::Return { reason } => ("report-returned", reason.as_str()),
        Move::Accept => ("report-accepted", ""),
        Move::Correct(corrected) => ("report-corrected", corrected.reason.as_str()),
    };
    Ok(ActRow {
        kind,
        reason,
        ..ActRow::default()
    })
}

/// What lists ask for, in the order of the statements that keep it.
fn listed<'q>(
    query: Query<'q, Sqlite, SqliteArguments>,
    report: &Report,
) -> Query<'q, Sqlite, SqliteArguments> {
    let state = report.state();
    query
        .bind(state.submitted_on.map(|day| day.to_string()))
        .bind(state.returned_on.map(|day| day.to_string()))
        .bind(i64::from(state.returns))
        .bind(state.simulated)
        .bind(i64::try_from(report.texts().len()).unwrap_or(i64::MAX))
}

impl Writing {
    /// Fills what lists ask for, where a report was kept before the columns for it were there.
    pub(crate) async fn list_reports(&mut self) -> Result<(), Error> {
        let rows = sqlx::query("SELECT report, state FROM reports WHERE told IS NULL")
            .fetch_all(&mut *self.transaction)
            .await?;
        for row in rows {
            let query = sqlx::query(
                "UPDATE reports SET submitted_on = $1, returned_on = $2, returns = $3, simulated = $4, told = $5 \
                 WHERE report = $6",
            );
            listed(query, &decode_state(row.get("state"))?)
                .bind(row.get::<i64, _>("report"))
                .execute(&mut *self.transaction)
                .await?;
        }
        Ok(())
    }
}

/// Keeps that an entry belongs to a report.
async fn belongs(writing: &mut Writing, at: At, report: i64) -> Result<(), Error> {
    sqlx::query("INSERT INTO report_acts (entry, report) VALUES ($1, $2)")
        .bind(at.entry)
        .bind(report)
        .execute(&mut *writing.transaction)
        .await?;
    Ok(())
}

async fn counted<'a>(
    writing: &mut Writing,
    at: At,
    key: &ReportKey,
    (observation, source): (&Observation, &Source),
    replaces: Option<ObservationId>,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    let number = number_of(writing, key).await?;
    let told = Fact::Observation(observation.clone());
    let replaced = replaces.map(FactId::Observation);
    let mut row = fact::recorded(writing, at, &told, source, replaced, reason).await?;
    row.kind = if replaces.is_some() {
        "report-recounted"
    } else {
        "report-counted"
    };
    sqlx::query("INSERT INTO report_values (observation, report, indicator) VALUES ($1, $2, $3)")
        .bind(at.entry)
        .bind(number)
        .bind(observation.indicator.as_str())
        .execute(&mut *writing.transaction)
        .await?;
    belongs(writing, at, number).await?;
    Ok(row)
}

async fn evidence_given<'a>(
    writing: &mut Writing,
    at: At,
    key: &ReportKey,
    indicator: Option<&IndicatorCode>,
    title: &'a str,
    evidence: &Evidence,
) -> Result<ActRow<'a>, Error> {
    let number = number_of(writing, key).await?;
    let (name, sha256, url) = match evidence {
        Evidence::File { name, sha256 } => (Some(name), Some(sha256.0.to_vec()), None),
        Evidence::Link { url } => (None, None, Some(url)),
    };
    sqlx::query(
        "INSERT INTO report_evidence (entry, report, indicator, title, name, sha256, url) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(at.entry)
    .bind(number)
    .bind(indicator.map(IndicatorCode::as_str))
    .bind(title)
    .bind(name)
    .bind(sha256)
    .bind(url)
    .execute(&mut *writing.transaction)
    .await?;
    belongs(writing, at, number).await?;
    Ok(ActRow {
        kind: "report-evidence",
        reason: title,
        ..ActRow::default()
    })
}

async fn drawn<'a>(
    writing: &mut Writing,
    at: At,
    regime: &RegimeCode,
    period: TimePeriod,
    ready: &[Office],
    size: u64,
) -> Result<ActRow<'a>, Error> {
    let ready: Vec<String> = ready.iter().map(Office::to_string).collect();
    sqlx::query(
        "INSERT INTO report_samples (regime, period, entry, ready, size) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(regime.as_str())
    .bind(period.to_string())
    .bind(at.entry)
    .bind(ready.join(" "))
    .bind(crate::record::number(size)?)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(ActRow {
        kind: "report-sample",
        ..ActRow::default()
    })
}

async fn checked<'a>(
    writing: &mut Writing,
    at: At,
    key: &ReportKey,
    (indicator, found): (&IndicatorCode, &str),
    words: &'a str,
) -> Result<ActRow<'a>, Error> {
    let number = number_of(writing, key).await?;
    sqlx::query(
        "INSERT INTO spot_checks (entry, report, indicator, found, words) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(at.entry)
    .bind(number)
    .bind(indicator.as_str())
    .bind(found)
    .bind(words)
    .execute(&mut *writing.transaction)
    .await?;
    belongs(writing, at, number).await?;
    Ok(ActRow {
        kind: "report-spot-checked",
        reason: words,
        ..ActRow::default()
    })
}

/// The day in Việt Nam (UTC+7 all year) of a time in microseconds: by it punctuality is told.
fn day_in_vietnam(microseconds: i64) -> Result<Date, Error> {
    let time =
        terms::Timestamp::from_microsecond(microseconds).map_err(|_| Error::Damaged { what: "time" })?;
    Ok(jiff::tz::Offset::constant(7).to_datetime(time).date())
}
