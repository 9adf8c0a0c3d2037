//! The national cube against its peers: DuckDB, Polars and a hand-written C loop, in turn, in one run.
//!
//! `cargo xtask bench engine [--json] [--rounds N] [--short | --database | --register]`; `--short` times no peer and still
//! compares every number with DuckDB's; `--database` loads from the database alone, `--register` takes reports of the register
//! alone. The first run makes a Python environment with the peers and the data (about 1.3 GB) in the user's cache folder,
//! outside the clone. Every result is checked: each sum, weighted sum, weight, count, attainment and rank against DuckDB's, to
//! the last digit; means, attainments and ranking against Polars' digests too. Databases of a million, ten and 54 million
//! observations are written beside the data, one at a time (at most 1 GB), and deleted when they were read.

mod columns;
mod database;
mod growth;
mod load;
mod peers;
mod rebase;
mod register;
mod truth;
mod update;

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use engine::cube::{Cube, Place};
use serde_json::{Value, json};

/// Values are kept in thousandths.
const SCALE: f64 = 1_000.0;
const THREADS: usize = 2;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let rounds = arguments
        .iter()
        .position(|argument| argument == "--rounds")
        .and_then(|at| arguments.get(at + 1)?.parse().ok())
        .unwrap_or(3);
    let asks_for = |part: &str| arguments.iter().any(|argument| argument == part);
    if asks_for("--register") {
        print_register(&runtime()?.block_on(register::measure())?);
        return Ok(());
    }
    let setting = peers::prepare()?;
    let start = Instant::now();
    let (mut cube, values) = load::national(&setting.data, usize::MAX)?;
    let load_s = start.elapsed().as_secs_f64();
    if asks_for("--database") {
        print_database(&from_database(&setting, &cube)?);
        return Ok(());
    }
    let mut ours = Vec::new();
    measure(&mut cube, &mut ours)?;
    if asks_for("--short") {
        return short(&setting, &cube, values as f64 / load_s / 1e6, median(ours));
    }
    let (mut duckdb, mut polars, mut loops) = (Vec::new(), Vec::new(), Vec::new());
    let (mut duckdb_last, mut polars_last) = (Value::Null, Value::Null);
    for _ in 0..rounds {
        let report = setting.c_loop()?;
        loops.push(seconds(&report)?);
        measure(&mut cube, &mut ours)?;
        duckdb_last = setting.duckdb()?;
        duckdb.push(seconds(&duckdb_last)?);
        measure(&mut cube, &mut ours)?;
        polars_last = setting.polars()?;
        polars.push(seconds(&polars_last)?);
        measure(&mut cube, &mut ours)?;
    }
    check(&cube, values, &duckdb_last, &polars_last)?;
    let equal = setting.exact(&cube)?;
    ensure!(
        equal.same == equal.of,
        "only {} of {} aggregates equal DuckDB's",
        equal.same,
        equal.of
    );
    let database = from_database(&setting, &cube)?;
    let register = runtime()?.block_on(register::measure())?;
    let (ours, duckdb, polars, loops) = (median(ours), median(duckdb), median(polars), median(loops));
    let bytes_per_cell = ratio(cube.bytes(), cube.cells());
    let update_ms = update::median_ms(&mut cube)?;
    let rebase_ms = rebase::median_ms()?;
    let growth = growth::measure(&setting.data)?;
    if as_json {
        println!(
            "{}",
            json!({
                "vs_duckdb": ours / duckdb, "vs_polars": ours / polars, "vs_c": ours / loops,
                "update_ms": update_ms, "bytes_per_cell": bytes_per_cell,
                "load_million_per_s": values as f64 / load_s / 1e6, "rebase_ms": rebase_ms,
                "seconds": { "ours": ours, "duckdb": duckdb, "polars": polars, "c": loops, "load": load_s },
                "equal": equal.same, "equal_of": equal.of,
                "database_million_per_s": database.last().map(rate), "register_rows_million_per_s": register.rows_million_per_s,
                "register_update_ms": register.update_ms, "register_figures_ms": register.figures_ms,
                "register_quickest_ms": register.quickest_ms, "register_quickest_figures_ms": register.quickest_figures_ms,
                "register_record_ms": register.record_ms, "register_commit_ms": register.commit_ms,
                "database": database.iter().map(|point| json!({"values": point.values, "seconds": point.seconds, "bytes": point.bytes})).collect::<Vec<_>>(),
                "growth": growth.iter().map(|point| json!({"values": point.values, "ms": point.ms})).collect::<Vec<_>>(),
            })
        );
        return Ok(());
    }
    println!(
        "national cube: {values} values, {} cells, {THREADS} threads, {rounds} rounds",
        cube.cells()
    );
    println!("{:<26} {:>10} {:>14}", "", "seconds", "ours ÷ theirs");
    println!("{:<26} {ours:>10.4}", "ours");
    for (name, theirs) in [
        (format!("DuckDB {}", text(&duckdb_last, "version")), duckdb),
        (
            format!(
                "Polars {} ({})",
                text(&polars_last, "version"),
                text(&polars_last, "engine")
            ),
            polars,
        ),
        ("C loop (roll-up alone)".to_owned(), loops),
    ] {
        println!("{name:<26} {theirs:>10.4} {:>14.4}", ours / theirs);
    }
    println!(
        "load from Parquet          {load_s:>10.2} s = {:.1} million values a second",
        values as f64 / load_s / 1e6
    );
    print_database(&database);
    println!("one report of 20 values    {update_ms:>10.4} ms (equal to the full computation)");
    print_register(&register);
    println!("memory                     {bytes_per_cell:>10.2} bytes a cell");
    println!("129 → 45, ten years        {rebase_ms:>10.2} ms");
    for point in growth {
        println!(
            "{:>12} values       {:>10.2} ms = {:.3} ns a value",
            point.values,
            point.ms,
            point.ms * 1e6 / point.values as f64
        );
    }
    println!("equal: {} of {}", equal.same, equal.of);
    Ok(())
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    Ok(builder.worker_threads(THREADS).enable_all().build()?)
}

/// One, ten and 54 million values from the database.
fn from_database(setting: &peers::Setting, cube: &Cube) -> Result<Vec<database::Point>> {
    let runtime = runtime()?;
    let sizes = [6, 56, load::INDICATORS].into_iter();
    sizes
        .map(|indicators| runtime.block_on(database::load(cube, &setting.data, indicators)))
        .collect()
}

fn print_database(points: &[database::Point]) {
    for point in points {
        println!(
            "load from the database     {:>10.2} s = {:.1} million values a second ({} values, {:.1} bytes each on disk)",
            point.seconds,
            rate(point),
            point.values,
            point.bytes as f64 / point.values as f64
        );
    }
}

fn print_register(register: &register::Register) {
    println!(
        "rows of observations       {:>10.3} million a second, as pages read them",
        register.rows_million_per_s
    );
    println!(
        "… in the register          {:>10.4} ms from the record to every figure, {:.4} ms of it the figures (quickest {:.4} ms, {:.4} ms); before that {:.4} ms \
         to write the entries and {:.4} ms for the commit with its flush",
        register.update_ms,
        register.figures_ms,
        register.quickest_ms,
        register.quickest_figures_ms,
        register.record_ms,
        register.commit_ms
    );
}

/// Without the peers' times.
fn short(setting: &peers::Setting, cube: &Cube, from_parquet: f64, seconds: f64) -> Result<()> {
    println!("ours                       {seconds:>10.4} s");
    println!("load from Parquet          {from_parquet:>10.1} million values a second");
    let equal = setting.exact(cube)?;
    println!("equal: {} of {}", equal.same, equal.of);
    ensure!(equal.same == equal.of, "some aggregates differ from DuckDB's");
    print_database(&from_database(setting, cube)?);
    print_register(&runtime()?.block_on(register::measure())?);
    Ok(())
}

/// Million values a second.
fn rate(point: &database::Point) -> f64 {
    point.values as f64 / point.seconds / 1e6
}

/// Times the full computation three times: totals, attainment, ranking, and every mean as a number.
fn measure(cube: &mut Cube, into: &mut Vec<f64>) -> Result<()> {
    for _ in 0..3 {
        let start = Instant::now();
        cube.compute(THREADS)?;
        std::hint::black_box(load::mean_sum(cube));
        into.push(start.elapsed().as_secs_f64());
    }
    Ok(())
}

fn check(cube: &Cube, values: usize, duckdb: &Value, polars: &Value) -> Result<()> {
    let (mut sum, mut weighted, mut total, mut by_province) = (0_i128, 0_i128, 0_i128, Vec::new());
    let groups = cube.layout().groups();
    for column in 0..cube.columns().len() {
        for period in 0..load::MONTHS {
            let whole = cube.totals(column, period, Place::Whole).context("totals")?;
            (sum, weighted) = (sum + i128::from(whole.sum), weighted + i128::from(whole.weighted));
            total += 2 * i128::from(whole.sum);
        }
    }
    for group in 0..groups {
        for column in 0..cube.columns().len().min(30) {
            for period in 0..load::MONTHS {
                by_province.push(
                    cube.totals(column, period, Place::Group(group))
                        .context("totals")?
                        .sum,
                );
            }
        }
    }
    ensure!(
        text(duckdb, "exact_sum").split('.').next() == Some(&*sum.to_string()),
        "sum: ours {sum}, DuckDB's {}",
        duckdb["exact_sum"]
    );
    let theirs: f64 = text(duckdb, "exact_weighted").parse()?;
    ensure!(
        close(weighted as f64, theirs),
        "weighted sum: ours {weighted}, DuckDB's {theirs}"
    );
    ensure!(
        duckdb["values"].as_u64() == Some(values as u64),
        "values: ours {values}, DuckDB's {}",
        duckdb["values"]
    );
    let theirs: Vec<i64> = duckdb["exact_by_province"]
        .as_array()
        .context("digest")?
        .iter()
        .filter_map(Value::as_i64)
        .collect();
    ensure!(
        by_province == theirs,
        "sums by province, indicator and month differ"
    );
    let (mut count, mut share_sum) = (0_u64, 0_i128);
    for column in 0..cube.columns().len() {
        let units = (0..cube.layout().units()).map(Place::Unit);
        let places = units.chain((0..groups).map(Place::Group)).chain([Place::Whole]);
        for share in places.filter_map(|place| cube.share(column, place)) {
            count += 1;
            share_sum += i128::from(share);
        }
    }
    let top: Vec<u64> = cube
        .ranking()
        .iter()
        .take(20)
        .map(|ranked| u64::from(ranked.unit))
        .collect();
    for peer in [duckdb, polars] {
        let number = |key: &str| peer[key].as_f64().with_context(|| format!("no {key}"));
        ensure!(
            close(total as f64 / SCALE, number("total")?),
            "totals differ from {}",
            peer["total"]
        );
        ensure!(
            close(load::mean_sum(cube) / SCALE, number("mean")?),
            "means differ from {}",
            peer["mean"]
        );
        ensure!(
            peer["shares"].as_u64() == Some(count),
            "{count} attainments, theirs {}",
            peer["shares"]
        );
        ensure!(
            close(share_sum as f64 / 1e9, number("share_sum")?),
            "attainments differ from {}",
            peer["share_sum"]
        );
        let theirs: Vec<u64> = peer["top"]
            .as_array()
            .context("top")?
            .iter()
            .filter_map(Value::as_u64)
            .collect();
        ensure!(top == theirs, "ranking differs: {top:?}, theirs {theirs:?}");
    }
    Ok(())
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

fn seconds(report: &Value) -> Result<f64> {
    report["compute_s"].as_f64().context("a peer told no time")
}

fn text(report: &Value, key: &str) -> String {
    report[key].as_str().unwrap_or_default().to_owned()
}

fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}

/// The middle of some measurements.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
