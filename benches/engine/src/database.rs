//! From the embedded database into the cube: the packed series of the store's own schema, written by the store's own packing.
//!
//! A million, ten and all 54 million observations; the file is deleted when it was read.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, ensure};
use engine::cube::Cube;
use plan::{Edition, ObsStatus, ObservationId};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder, Sqlite};
use store::Store;
use store::series::{Telling, Tellings};
use terms::{Decimal, Measure, TimePeriod};

use crate::load;

/// One size: how many values, and million of them a second.
pub(crate) struct Point {
    /// Values read.
    pub(crate) values: usize,
    /// Seconds from the open database to the filled cube.
    pub(crate) seconds: f64,
    /// Bytes of the database.
    pub(crate) bytes: u64,
}

fn unit_code(unit: usize) -> String {
    format!("VN-{:02}-{unit:05}", unit / 100)
}

pub(crate) fn indicator_code(indicator: usize) -> String {
    format!("bench.i{indicator:03}")
}

/// The first month is January 2021: sixty are one term.
fn month(month: usize) -> TimePeriod {
    TimePeriod::Month(2021 + (month / 12) as i16, (month % 12) as i8 + 1)
}

/// Writes the values of a cube as packed series, and reads them into an empty one, which must become equal.
pub(crate) async fn load(cube: &Cube, data: &Path, indicators: usize) -> Result<Point> {
    let folder = tempfile::tempdir_in(data)?;
    let path = folder.path().join("register.db");
    Store::open(&path).await?.close().await;
    let options = SqliteConnectOptions::new().filename(&path);
    let options = options
        .journal_mode(SqliteJournalMode::Off)
        .synchronous(SqliteSynchronous::Off);
    let mut connection: SqliteConnection = options.connect().await?;
    let units = cube.layout().units();
    let mut id = 0;
    let mut transaction = connection.begin().await?;
    for indicator in 0..indicators.min(cube.columns().len()) {
        let mut rows = Vec::with_capacity(units);
        for unit in 0..units {
            let mut bytes = Vec::with_capacity(1_024);
            for at in 0..load::MONTHS {
                if let Some(value) = cube.value(indicator, at, unit) {
                    id += 1;
                    telling(id, month(at), Decimal::new(value, 3)).pack(&mut bytes);
                }
            }
            if !bytes.is_empty() {
                rows.push((unit_code(unit), bytes));
            }
        }
        let code = indicator_code(indicator);
        for some in rows.chunks(512) {
            QueryBuilder::<Sqlite>::new("INSERT INTO series (indicator, place, term, bytes) ")
                .push_values(some, |mut row, (place, bytes)| {
                    row.push_bind(&code)
                        .push_bind(place)
                        .push_bind(404)
                        .push_bind(bytes);
                })
                .build()
                .execute(&mut *transaction)
                .await?;
        }
    }
    transaction.commit().await?;
    connection.close().await?;
    let bytes = std::fs::metadata(&path)?.len();
    let names: HashMap<String, usize> = (0..units).map(|unit| (unit_code(unit), unit)).collect();
    let mut read = load::empty(data, indicators)?;
    let store = Store::open(&path).await?;
    let start = Instant::now();
    let mut reading = store.read().await?;
    let mut values = 0;
    let (mut column, mut of) = (0, String::new());
    let mut fault = None;
    reading
        .series(None, |indicator: &str, place: &str, tellings: Tellings<'_>| {
            if of != indicator {
                indicator.clone_into(&mut of);
                column = indicator
                    .strip_prefix("bench.i")
                    .and_then(|number| number.parse().ok())
                    .unwrap_or(usize::MAX);
            }
            let unit = names.get(place).copied().unwrap_or(usize::MAX);
            for telling in tellings {
                let telling = telling?;
                let TimePeriod::Month(year, month) = telling.period else {
                    continue;
                };
                let at = (year - 2021) as usize * 12 + (month - 1) as usize;
                if let Err(error) = read.set(column, at, unit, i64::try_from(telling.value.mantissa()).ok()) {
                    fault = Some(error);
                }
                values += 1;
            }
            Ok(())
        })
        .await?;
    let seconds = start.elapsed().as_secs_f64();
    drop(reading);
    store.close().await;
    ensure!(
        fault.is_none() && values == id as usize,
        "{fault:?}: {values} of {id} values"
    );
    for indicator in (0..read.columns().len()).step_by(7) {
        for (at, unit) in (0..load::MONTHS).flat_map(|at| (0..units).map(move |unit| (at, unit))) {
            ensure!(
                read.value(indicator, at, unit) == cube.value(indicator, at, unit),
                "a value is another"
            );
        }
    }
    Ok(Point {
        values,
        seconds,
        bytes,
    })
}

fn telling(id: u64, period: TimePeriod, value: Decimal) -> Telling {
    Telling {
        id: ObservationId(id),
        period,
        measure: Measure::Level,
        edition: Edition::Official,
        status: ObsStatus::Normal,
        value,
        price_basis: None,
        is_scoped: false,
    }
}
