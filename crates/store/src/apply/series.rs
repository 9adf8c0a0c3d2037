//! Packed series: a value that comes to hold is written behind the others of its series, one that ended is taken out.

use std::collections::BTreeMap;

use plan::{Observation, ObservationId};
use sqlx::Row;
use terms::IndicatorCode;

use super::HOLDS;
use crate::read::facts::observation as stored_observation;
use crate::record::number;
use crate::series::{Telling, Tellings};
use crate::{Error, Writing};

/// Writes a value behind the others of its series. The bytes that are there are not read.
pub(super) async fn put(
    writing: &mut Writing,
    id: ObservationId,
    observation: &Observation,
) -> Result<(), Error> {
    let telling = Telling::of(id, observation);
    let mut bytes = Vec::with_capacity(16);
    telling.pack(&mut bytes);
    let key = (
        observation.indicator.as_str(),
        observation.ref_area.as_str(),
        telling.term(),
    );
    append(writing, key, bytes).await
}

async fn append(writing: &mut Writing, key: (&str, &str, i64), bytes: Vec<u8>) -> Result<(), Error> {
    // Joined bytes are text to the database until it is told otherwise; it looks at none of them.
    sqlx::query(
        "INSERT INTO series (indicator, place, term, bytes) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (indicator, place, term) DO UPDATE SET bytes = CAST(series.bytes || excluded.bytes AS BLOB)",
    )
    .bind(key.0)
    .bind(key.1)
    .bind(key.2)
    .bind(bytes)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(())
}

/// Takes a value that ended out of its series; a series of nothing is no row.
pub(super) async fn take(writing: &mut Writing, id: ObservationId) -> Result<(), Error> {
    let row = sqlx::query("SELECT * FROM observations WHERE observation = $1")
        .bind(number(id.0)?)
        .fetch_one(&mut *writing.transaction)
        .await?;
    let ended = stored_observation(&row)?.observation;
    let term = Telling::of(id, &ended).term();
    let row = sqlx::query("SELECT bytes FROM series WHERE indicator = $1 AND place = $2 AND term = $3")
        .bind(ended.indicator.as_str())
        .bind(ended.ref_area.as_str())
        .bind(term)
        .fetch_optional(&mut *writing.transaction)
        .await?
        .ok_or(Error::Damaged { what: "series" })?;
    let mut left = Vec::new();
    for telling in Tellings::of(row.get::<&[u8], _>("bytes")) {
        let telling = telling?;
        if telling.id != id {
            telling.pack(&mut left);
        }
    }
    let query = if left.is_empty() {
        sqlx::query("DELETE FROM series WHERE indicator = $1 AND place = $2 AND term = $3")
    } else {
        sqlx::query("UPDATE series SET bytes = $4 WHERE indicator = $1 AND place = $2 AND term = $3")
    };
    let query = query
        .bind(ended.indicator.as_str())
        .bind(ended.ref_area.as_str())
        .bind(term);
    let query = if left.is_empty() { query } else { query.bind(left) };
    query.execute(&mut *writing.transaction).await?;
    Ok(())
}

impl Writing {
    /// Packs the values of a database that was made before there were series.
    pub(crate) async fn fill_series(&mut self) -> Result<(), Error> {
        let rows = sqlx::query("SELECT * FROM observations WHERE ended_at = $1 ORDER BY observation")
            .bind(HOLDS)
            .fetch_all(&mut *self.transaction)
            .await?;
        let mut series: BTreeMap<(IndicatorCode, String, i64), Vec<u8>> = BTreeMap::new();
        for row in &rows {
            let stored = stored_observation(row)?;
            let telling = Telling::of(stored.id, &stored.observation);
            let place = stored.observation.ref_area.as_str().to_owned();
            let key = (stored.observation.indicator, place, telling.term());
            telling.pack(series.entry(key).or_default());
        }
        for ((indicator, place, term), bytes) in series {
            append(self, (indicator.as_str(), &place, term), bytes).await?;
        }
        Ok(())
    }
}
