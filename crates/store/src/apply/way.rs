//! Ways to targets: what came with a target, what a planner said later.

use plan::{FactId, Source, TargetId, Way};

use super::{ActRow, At, HOLDS, fact};
use crate::record::number;
use crate::wire::milestones;
use crate::{Error, Writing};

/// Keeps the way that a planner says leads to a target; what was said before no longer holds.
pub(super) async fn planned<'a>(
    writing: &mut Writing,
    at: At,
    target: TargetId,
    way: &Way,
    source: &Source,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    fact::require_holding(writing, FactId::Target(target)).await?;
    let target = number(target.0)?;
    sqlx::query("UPDATE target_ways SET ended_at = $1, ended_by = $2 WHERE target = $3 AND ended_at = $4")
        .bind(at.when)
        .bind(at.entry)
        .bind(target)
        .bind(HOLDS)
        .execute(&mut *writing.transaction)
        .await?;
    insert(writing, at, target, way, Some(source)).await?;
    Ok(ActRow {
        kind: "planned",
        reason,
        fact: Some(target),
        ..ActRow::default()
    })
}

/// Keeps the way that came with a target, where it says anything.
pub(super) async fn came_with(writing: &mut Writing, at: At, way: &Way) -> Result<(), Error> {
    if way.is_usual() {
        return Ok(());
    }
    insert(writing, at, at.entry, way, None).await
}

async fn insert(
    writing: &mut Writing,
    at: At,
    target: i64,
    way: &Way,
    source: Option<&Source>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO target_ways (entry, target, basis, path, milestones, units, document, quote, title, publisher, \
         date, url, recorded_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, \
         (SELECT document FROM documents WHERE sha256 = $7), $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(at.entry)
    .bind(target)
    .bind(way.basis.map(plan::Basis::code))
    .bind(way.path.code())
    .bind(milestones(&way.path))
    .bind(way.units.map(|units| units.to_string()))
    .bind(source.and_then(|source| source.document).map(|sha256| sha256.0.to_vec()))
    .bind(source.map(|source| source.quote.as_str()))
    .bind(source.map(|source| source.title.as_str()))
    .bind(source.map(|source| source.publisher.as_str()))
    .bind(source.and_then(|source| source.date).map(|date| date.to_string()))
    .bind(source.and_then(|source| source.url.as_deref()))
    .bind(at.when)
    .bind(HOLDS)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(())
}
