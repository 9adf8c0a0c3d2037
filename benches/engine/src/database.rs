//! From the embedded database into the cube: the packed series of the store's own schema, written by the store's own packing.
//!
//! A million, ten and all 54 million observations; the file is deleted when it was read. Beside it the rows of
//! `observations`, as pages read them, for a hundred thousand; and what an act of 20 values costs from the record to the
//! figures that depend on it.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use engine::cube::Cube;
use engine::formula::Formulas;
use engine::rollup::{Rollups, Rules, Value};
use plan::catalogue::CatalogueTables;
use plan::org_tree::Tables;
use plan::{Act, Edition, Fact, ObsStatus, Observation, ObservationId, Source};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder, Sqlite};
use store::series::{Telling, Tellings};
use store::{Author, Known, Store, Which};
use terms::{Bound, Decimal, Measure, RefArea, TimePeriod};

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

fn indicator_code(indicator: usize) -> String {
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

fn act(indicator: &str, place: &str, period: TimePeriod, value: i64) -> Result<Act> {
    Ok(Act::FactRecorded {
        fact: Fact::Observation(Observation {
            indicator: indicator.parse()?,
            ref_area: RefArea::new(place),
            time_period: period,
            measure: Measure::Level,
            edition: Edition::Official,
            status: ObsStatus::Normal,
            obs_value: Decimal::new(value, 1),
            upper: None,
            bound: Bound::Eq,
            price_basis: None,
            scope: None,
        }),
        source: Source {
            document: None,
            span: None,
            quote: format!("có {value}"),
            title: "Báo cáo".to_owned(),
            publisher: "UBND xã".to_owned(),
            date: None,
            url: None,
        },
        replaces: None,
        reason: "báo cáo".to_owned(),
    })
}

/// What the register's cube costs: rows a second as pages read them, and milliseconds from a recorded report of 20 values to
/// every figure that depends on it (the commune, the province, the country; rates made of two of them), median of 60.
pub(crate) struct Register {
    /// Million rows of observations a second.
    pub(crate) rows_million_per_s: f64,
    /// Milliseconds: reading what changed, and all figures.
    pub(crate) update_ms: f64,
    /// Of these, the figures alone.
    pub(crate) figures_ms: f64,
}

/// The 45 communes with 20 indicators in 60 months, recorded act by act, then reports of 20 values.
pub(crate) async fn register() -> Result<Register> {
    let faults = |faults: Vec<terms::Diagnostic>| anyhow!("{faults:?}");
    let mut table =
        "code,name_vi,name_en,unit,better,aggregation,over_time,numerator,denominator,weight\n".to_owned();
    for number in 0..20 {
        table += &format!("bench.i{number:03},A,A,household,,sum,sum,,,\n");
    }
    for number in 0..10 {
        table += &format!(
            "bench.r{number:03},A,A,%,up,ratio,ratio,bench.i{number:03},bench.i{:03},\n",
            number + 10
        );
    }
    let breaks = "indicator,date,old_vi,new_vi,old_en,new_en,source\n";
    let catalogue = CatalogueTables {
        indicators: &table,
        breaks,
    }
    .read()
    .map_err(faults)?;
    let tree = Tables {
        units: include_str!("../../../data/units.csv"),
        successions: include_str!("../../../data/successions.csv"),
        changes: include_str!("../../../data/changes.csv"),
    };
    let tree = tree.read().map_err(faults)?;
    let formulas = Formulas::of(&catalogue).map_err(faults)?;
    let rules = Rules {
        catalogue: &catalogue,
        formulas: &formulas,
        tree: &tree,
    };
    let (province, country) = (RefArea::new("VN-11"), RefArea::new("VN"));
    let communes: Vec<RefArea> = tree
        .children(&province, "2026-01-01".parse()?)
        .into_iter()
        .map(|unit| tree.unit(unit).code.clone())
        .collect();
    let codes: Vec<terms::IndicatorCode> = catalogue
        .entries()
        .iter()
        .map(|entry| entry.indicator.code.clone())
        .collect();

    let folder = tempfile::tempdir()?;
    let store = Store::open(&folder.path().join("register.db")).await?;
    let at = |second: i64| terms::Timestamp::from_second(1_780_000_000 + second);
    let mut writing = store.write().await?;
    for commune in &communes {
        for number in 0..20 {
            for month in 1..=6 {
                let value = 1_000 + i64::from(month) * number;
                let act = act(
                    &indicator_code(number as usize),
                    commune.as_str(),
                    TimePeriod::Month(2026, month),
                    value,
                )?;
                writing.record(&Author::PROGRAM, at(0)?, &act).await?;
            }
        }
    }
    writing.commit().await?;
    let mut reading = store.read().await?;
    let start = Instant::now();
    let rows = reading.observations(Known::NOW, Which::All).await?.len();
    let rows_million_per_s = rows as f64 / start.elapsed().as_secs_f64() / 1e6;
    let mut cube = Rollups::new(rules);
    reading
        .series(None, |indicator: &str, place: &str, tellings: Tellings<'_>| {
            let (Ok(code), place) = (indicator.parse(), RefArea::new(place)) else {
                return Ok(());
            };
            for telling in tellings {
                let telling = telling?;
                cube.fill(&code, &place, telling.period, value_of(&telling));
            }
            Ok(())
        })
        .await?;
    let mut since = reading.head().await?.number;
    drop(reading);
    let period = TimePeriod::Month(2026, 6);
    let year = TimePeriod::Year(2026);
    let figures = |cube: &Rollups, commune: &RefArea| {
        let mut known = 0;
        for place in [commune, &province, &country] {
            for code in &codes {
                for period in [period, year] {
                    known += usize::from(cube.figure(rules, code, place, period, None).value.is_some());
                }
            }
        }
        known
    };
    for commune in &communes {
        figures(&cube, commune);
    }
    let (mut updates, mut computed) = (Vec::new(), Vec::new());
    for round in 0..60_i64 {
        let commune = &communes[(round as usize * 7) % communes.len()];
        let mut writing = store.write().await?;
        for number in 0..20 {
            let act = act(
                &indicator_code(number),
                commune.as_str(),
                period,
                2_000 + round * 31 + number as i64,
            )?;
            writing.record(&Author::PROGRAM, at(round)?, &act).await?;
        }
        writing.commit().await?;
        let start = Instant::now();
        let mut reading = store.read().await?;
        let head = reading.head().await?.number;
        let changes = reading.series_changes(since, "simulation").await?;
        since = head;
        let from_record = start.elapsed();
        for (code, place, began) in &changes.began {
            cube.put(rules, code, place, began.period, value_of(began));
        }
        ensure!(
            changes.began.len() == 20 && 0 < figures(&cube, commune),
            "20 values came"
        );
        updates.push(start.elapsed().as_secs_f64() * 1e3);
        computed.push((start.elapsed() - from_record).as_secs_f64() * 1e3);
    }
    // Equal to one that is made of the packed series anew.
    let mut anew = Rollups::new(rules);
    let mut reading = store.read().await?;
    reading
        .series(None, |indicator: &str, place: &str, tellings: Tellings<'_>| {
            let (Ok(code), place) = (indicator.parse(), RefArea::new(place)) else {
                return Ok(());
            };
            for telling in tellings {
                let telling = telling?;
                anew.fill(&code, &place, telling.period, value_of(&telling));
            }
            Ok(())
        })
        .await?;
    for place in communes.iter().chain([&province, &country]) {
        for code in &codes {
            for period in [period, year] {
                let (kept, new) = (
                    cube.figure(rules, code, place, period, None),
                    anew.figure(rules, code, place, period, None),
                );
                ensure!(
                    kept.value.map(|value| value.serialize()) == new.value.map(|value| value.serialize()),
                    "{code} {place}: {kept:?} {new:?}"
                );
            }
        }
    }
    drop(reading);
    store.close().await;
    Ok(Register {
        rows_million_per_s,
        update_ms: crate::median(updates),
        figures_ms: crate::median(computed),
    })
}

fn value_of(telling: &Telling) -> Value {
    Value {
        id: telling.id.0,
        measure: telling.measure,
        edition: telling.edition,
        status: telling.status,
        value: telling.value,
        price_basis: telling.price_basis,
        is_scoped: telling.is_scoped,
    }
}
