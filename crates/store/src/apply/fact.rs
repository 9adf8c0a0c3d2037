//! Values: recorded, supported by sources, ended.

use plan::{Fact, FactId, Scope, Source};
use sqlx::Row;

use super::{ActRow, At, HOLDS, series};
use crate::record::number;
use crate::wire::price_basis_code;
use crate::{Error, Writing};

pub(super) async fn recorded<'a>(
    writing: &mut Writing,
    at: At,
    fact: &Fact,
    source: &Source,
    replaces: Option<FactId>,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    let id = insert(writing, at, fact).await?;
    sourced(writing, at, id, source).await?;
    let mut row = ActRow {
        kind: "recorded",
        reason,
        fact: Some(at.entry),
        ..ActRow::default()
    };
    if let Some(replaced) = replaces {
        require_holding(writing, replaced).await?;
        end(writing, at, replaced).await?;
        end_sources_of(writing, at, replaced).await?;
        row.kind = "replaced";
        row.ends = Some(number(replaced.number())?);
    }
    Ok(row)
}

pub(super) async fn withdrawn<'a>(
    writing: &mut Writing,
    at: At,
    fact: FactId,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    require_holding(writing, fact).await?;
    end(writing, at, fact).await?;
    end_sources_of(writing, at, fact).await?;
    let id = number(fact.number())?;
    // What had told it must be decided about again.
    sqlx::query(
        "UPDATE figures SET state = 'waiting', observation = NULL, target = NULL, \
         merged_document = NULL, merged_ordinal = NULL WHERE observation = $1 OR target = $1",
    )
    .bind(id)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(ActRow {
        kind: "withdrawn",
        reason,
        fact: Some(id),
        ends: Some(id),
        ..ActRow::default()
    })
}

/// Adds a source that is not a figure of the register to a value.
pub(super) async fn sourced(
    writing: &mut Writing,
    at: At,
    fact: FactId,
    source: &Source,
) -> Result<(), Error> {
    require_holding(writing, fact).await?;
    sqlx::query(
        "INSERT INTO sources (fact, entry, document, ordinal, quote, title, publisher, date, url, recorded_at, ended_at) \
         VALUES ($1, $2, (SELECT document FROM documents WHERE sha256 = $3), NULL, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(number(fact.number())?)
    .bind(at.entry)
    .bind(source.document.map(|sha256| sha256.0.to_vec()))
    .bind(&source.quote)
    .bind(&source.title)
    .bind(&source.publisher)
    .bind(source.date.map(|date| date.to_string()))
    .bind(&source.url)
    .bind(at.when)
    .bind(HOLDS)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(())
}

/// Records a value under the number of its entry.
pub(super) async fn insert(writing: &mut Writing, at: At, fact: &Fact) -> Result<FactId, Error> {
    let entry = u64::try_from(at.entry).map_err(|_| Error::Damaged { what: "entry number" })?;
    match fact {
        Fact::Observation(observation) => {
            sqlx::query(
                "INSERT INTO observations (observation, indicator, place, period, measure, edition, status, value, \
                 upper, bound, price_basis, scope, recorded_at, ended_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            )
            .bind(at.entry)
            .bind(observation.indicator.as_str())
            .bind(observation.ref_area.as_str())
            .bind(observation.time_period.to_string())
            .bind(observation.measure.code())
            .bind(observation.edition.code())
            .bind(observation.status.code())
            .bind(observation.obs_value.to_string())
            .bind(observation.upper.map(|upper| upper.to_string()))
            .bind(observation.bound.code())
            .bind(price_basis_code(observation.price_basis))
            .bind(observation.scope.as_ref().map(Scope::as_str))
            .bind(at.when)
            .bind(HOLDS)
            .execute(&mut *writing.transaction)
            .await?;
            let id = plan::ObservationId(entry);
            series::put(writing, id, observation).await?;
            Ok(FactId::Observation(id))
        }
        Fact::Target(target) => {
            sqlx::query(
                "INSERT INTO targets (target, indicator, place, due, measure, value, upper, bound, price_basis, \
                 scope, baseline_period, baseline_value, recorded_at, ended_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            )
            .bind(at.entry)
            .bind(target.indicator.as_str())
            .bind(target.ref_area.as_str())
            .bind(target.due.to_string())
            .bind(target.measure.code())
            .bind(target.value.to_string())
            .bind(target.upper.map(|upper| upper.to_string()))
            .bind(target.bound.code())
            .bind(price_basis_code(target.price_basis))
            .bind(target.scope.as_ref().map(Scope::as_str))
            .bind(target.baseline.map(|(period, _)| period.to_string()))
            .bind(target.baseline.map(|(_, value)| value.to_string()))
            .bind(at.when)
            .bind(HOLDS)
            .execute(&mut *writing.transaction)
            .await?;
            super::way::came_with(writing, at, &target.way).await?;
            Ok(FactId::Target(plan::TargetId(entry)))
        }
    }
}

/// Ends a value that no source supports any more; answers whether it did.
pub(super) async fn end_if_unsupported(writing: &mut Writing, at: At, fact: FactId) -> Result<bool, Error> {
    let row = sqlx::query("SELECT COUNT(*) AS supports FROM sources WHERE fact = $1 AND ended_at = $2")
        .bind(number(fact.number())?)
        .bind(HOLDS)
        .fetch_one(&mut *writing.transaction)
        .await?;
    if row.get::<i64, _>("supports") > 0 {
        return Ok(false);
    }
    end(writing, at, fact).await?;
    Ok(true)
}

async fn end(writing: &mut Writing, at: At, fact: FactId) -> Result<(), Error> {
    let statement = match fact {
        FactId::Observation(_) => {
            "UPDATE observations SET ended_at = $2, ended_by = $3 WHERE observation = $1 AND ended_at = $4"
        }
        FactId::Target(_) => {
            "UPDATE targets SET ended_at = $2, ended_by = $3 WHERE target = $1 AND ended_at = $4"
        }
    };
    let done = sqlx::query(statement)
        .bind(number(fact.number())?)
        .bind(at.when)
        .bind(at.entry)
        .bind(HOLDS)
        .execute(&mut *writing.transaction)
        .await?;
    match fact {
        FactId::Observation(id) if done.rows_affected() != 0 => series::take(writing, id).await,
        _ => Ok(()),
    }
}

async fn end_sources_of(writing: &mut Writing, at: At, fact: FactId) -> Result<(), Error> {
    sqlx::query("UPDATE sources SET ended_at = $2 WHERE fact = $1 AND ended_at = $3")
        .bind(number(fact.number())?)
        .bind(at.when)
        .bind(HOLDS)
        .execute(&mut *writing.transaction)
        .await?;
    Ok(())
}

/// Goes on only where the value is there and holds.
pub(super) async fn require_holding(writing: &mut Writing, fact: FactId) -> Result<(), Error> {
    let (statement, what) = match fact {
        FactId::Observation(_) => (
            "SELECT 1 FROM observations WHERE observation = $1 AND ended_at = $2",
            "observation",
        ),
        FactId::Target(_) => (
            "SELECT 1 FROM targets WHERE target = $1 AND ended_at = $2",
            "target",
        ),
    };
    let found = sqlx::query(statement)
        .bind(number(fact.number())?)
        .bind(HOLDS)
        .fetch_optional(&mut *writing.transaction)
        .await?;
    if found.is_some() {
        Ok(())
    } else {
        Err(Error::Unfit { what })
    }
}
