//! What people said holds where statements do not agree.

use plan::Source;

use super::{ActRow, At, HOLDS};
use crate::{Error, Writing};

/// Keeps what was decided; what was decided before about the same finding no longer holds.
pub(super) async fn settled<'a>(
    writing: &mut Writing,
    at: At,
    (finding, class): (&str, &str),
    decision: &str,
    source: &Source,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    end(writing, at, finding).await?;
    sqlx::query(
        "INSERT INTO settlements (entry, finding, class, decision, document, quote, title, publisher, date, url, \
         recorded_at, ended_at) \
         VALUES ($1, $2, $3, $4, (SELECT document FROM documents WHERE sha256 = $5), $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(at.entry)
    .bind(finding)
    .bind(class)
    .bind(decision)
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
    Ok(ActRow {
        kind: "settled",
        reason,
        ..ActRow::default()
    })
}

/// Ends what holds about a finding; something must.
pub(super) async fn reopened<'a>(
    writing: &mut Writing,
    at: At,
    finding: &str,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    if end(writing, at, finding).await? == 0 {
        return Err(Error::Unfit { what: "settlement" });
    }
    Ok(ActRow {
        kind: "reopened",
        reason,
        ..ActRow::default()
    })
}

async fn end(writing: &mut Writing, at: At, finding: &str) -> Result<u64, Error> {
    let done = sqlx::query(
        "UPDATE settlements SET ended_at = $1, ended_by = $2 WHERE finding = $3 AND ended_at = $4",
    )
    .bind(at.when)
    .bind(at.entry)
    .bind(finding)
    .bind(HOLDS)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(done.rows_affected())
}
