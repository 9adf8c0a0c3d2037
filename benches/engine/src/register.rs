//! What one report costs in the register: from its record to every figure that depends on it, part by part.

use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use engine::formula::Formulas;
use engine::rollup::{Rollups, Rules, Value};
use plan::catalogue::CatalogueTables;
use plan::org_tree::Tables;
use plan::{Act, Edition, Fact, ObsStatus, Observation, Source};
use store::series::{Telling, Tellings};
use store::{Author, Known, Store, Which};
use terms::{Bound, Decimal, Measure, RefArea, TimePeriod};

use crate::database::indicator_code;

/// How many reports come.
const ROUNDS: i64 = 200;

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

/// What a report of 20 values costs in the register, median of 200, and rows a second as pages read them.
pub(crate) struct Register {
    /// Million rows of observations a second.
    pub(crate) rows_million_per_s: f64,
    /// Milliseconds from the committed report to every figure that depends on it: reading what changed, and all figures of the
    /// commune, the province and the country, rates made of two of them included.
    pub(crate) update_ms: f64,
    /// The same of the quickest: what it costs where nobody else has the processor.
    pub(crate) quickest_ms: f64,
    /// Of the median, the figures alone.
    pub(crate) figures_ms: f64,
    /// The same of the quickest.
    pub(crate) quickest_figures_ms: f64,
    /// Milliseconds of writing the 20 entries and the tables that follow from them, before the commit.
    pub(crate) record_ms: f64,
    /// Milliseconds of the commit, most of which is the disk's flush.
    pub(crate) commit_ms: f64,
}

/// The 45 communes with 20 indicators in 60 months, recorded act by act, then reports of 20 values.
pub(crate) async fn measure() -> Result<Register> {
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
            let mut filling = cube.filling(rules, &code, &place);
            for telling in tellings {
                let telling = telling?;
                filling.put(telling.period, value_of(&telling));
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
    let (mut updates, mut computed, mut records, mut commits) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let ms = |since: Instant| since.elapsed().as_secs_f64() * 1e3;
    for round in 0..ROUNDS {
        let commune = &communes[(round as usize * 7) % communes.len()];
        let start = Instant::now();
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
        records.push(ms(start));
        let start = Instant::now();
        writing.commit().await?;
        commits.push(ms(start));
        let start = Instant::now();
        let mut reading = store.read().await?;
        let head = reading.head().await?.number;
        let changes = reading.series_changes(since, "simulation").await?;
        since = head;
        let changed = Instant::now();
        for (code, place, began) in &changes.began {
            cube.put(rules, code, place, began.period, value_of(began));
        }
        ensure!(
            changes.began.len() == 20 && 0 < figures(&cube, commune),
            "20 values came"
        );
        updates.push(ms(start));
        computed.push(ms(changed));
    }
    // Equal to one that is made of the packed series anew.
    let mut anew = Rollups::new(rules);
    let mut reading = store.read().await?;
    reading
        .series(None, |indicator: &str, place: &str, tellings: Tellings<'_>| {
            let (Ok(code), place) = (indicator.parse(), RefArea::new(place)) else {
                return Ok(());
            };
            let mut filling = anew.filling(rules, &code, &place);
            for telling in tellings {
                let telling = telling?;
                filling.put(telling.period, value_of(&telling));
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
        quickest_ms: least(&updates),
        update_ms: crate::median(updates),
        quickest_figures_ms: least(&computed),
        figures_ms: crate::median(computed),
        record_ms: crate::median(records),
        commit_ms: crate::median(commits),
    })
}

fn least(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::INFINITY, f64::min)
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
