//! `cargo xtask load [--seconds N] [--communes N] [--people N] [--readers N]
//! [--debug | --program FILE] [--json]`: all communes enter their
//! reports at once while others read, on one node with the embedded database, over loopback.
//!
//! Before anything is measured, the example is loaded, its people are made (`rorang demo-users`) and signed in with their
//! passwords. Then each person saves a line of the open form, thinks for a moment, and saves the next: as the offline page
//! does, over `/sync/operations`. Readers walk the public pages. The time of a save is from its first byte sent to the last
//! byte of its answer, measured in the client, which shares the machine with the server.

pub(crate) mod people;
mod reader;
mod writer;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::program::{self, Server};

/// How many do what, for how long.
#[derive(Debug, Clone, Copy)]
struct Plan {
    seconds: u64,
    communes: usize,
    /// People of each commune.
    people: usize,
    readers: usize,
}

/// What one person or reader saw.
#[derive(Debug, Default)]
struct Seen {
    /// Times of answers, µs.
    times: Vec<u32>,
    errors: Vec<String>,
    /// Saves that met another person's value on the same line: both were kept.
    conflicts: u64,
}

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let number = |name: &str, usual: u64| -> anyhow::Result<u64> {
        let at = arguments.iter().position(|argument| argument == name);
        at.and_then(|at| arguments.get(at + 1))
            .map_or(Ok(usual), |text| text.parse().with_context(|| format!("{name} {text}: not a number")))
    };
    let size = |name: &str, usual: u64| Ok::<_, anyhow::Error>(usize::try_from(number(name, usual)?)?);
    let plan = Plan {
        seconds: number("--seconds", 600)?,
        communes: size("--communes", 45)?,
        people: size("--people", 10)?,
        readers: size("--readers", 200)?,
    };
    let given = arguments.iter().position(|argument| argument == "--program").and_then(|at| arguments.get(at + 1));
    let program = match given {
        Some(program) => program.into(),
        None => program::build(!has("--debug"))?,
    };
    let folder = tempfile::Builder::new().prefix("rorang-load-").tempdir()?;
    let database = folder.path().join("register.db");
    eprintln!("loading the example and its people …");
    let people = people::make(&program, &database, &people::reporting_posts(plan.communes)?, plan.people)?;
    let mut server = Server::spawn(&program, &database)?;
    let address = server.wait()?;
    eprintln!("signing {} people in …", people.len());
    let sessions = people::sign_in(address, &people)?;
    eprintln!("measuring for {} s …", plan.seconds);
    let (saves, reads) = measure(address, sessions, plan)?;
    server.stop()?;
    audit(&program, &database)?;
    tell(&saves, &reads, plan, has("--json"))
}

/// Everybody at once, until the time is over.
fn measure(
    address: SocketAddr,
    sessions: Vec<people::Person>,
    plan: Plan,
) -> anyhow::Result<(Seen, Seen)> {
    let over = Arc::new(AtomicBool::new(false));
    let small = || thread::Builder::new().stack_size(256 * 1024);
    let mut writers = Vec::new();
    for (number, person) in sessions.into_iter().enumerate() {
        let over = Arc::clone(&over);
        writers.push(small().spawn(move || writer::write(address, &person, number, &over))?);
    }
    let mut readers = Vec::new();
    for number in 0..plan.readers {
        let over = Arc::clone(&over);
        readers.push(small().spawn(move || reader::read(address, number, &over))?);
    }
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(plan.seconds) {
        thread::sleep(Duration::from_millis(200));
    }
    over.store(true, Ordering::Relaxed);
    let gather = |lives: Vec<thread::JoinHandle<Seen>>| -> anyhow::Result<Seen> {
        let mut all = Seen::default();
        for life in lives {
            let Ok(seen) = life.join() else { bail!("a client of the load failed itself") };
            all.times.extend(seen.times);
            all.errors.extend(seen.errors);
            all.conflicts += seen.conflicts;
        }
        all.times.sort_unstable();
        Ok(all)
    };
    Ok((gather(writers)?, gather(readers)?))
}

/// What was written stands, and everything derived is what the entries make.
fn audit(program: &std::path::Path, database: &std::path::Path) -> anyhow::Result<()> {
    let path = database.to_str().context("the temporary folder has no plain name")?;
    let said = program::run(program, &["ledger", "audit", "--database", path], "")?;
    eprint!("{said}");
    Ok(())
}

/// A share of sorted times, ms.
fn quantile(times: &[u32], share: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list"
    )]
    let at = (times.len() as f64 * share) as usize;
    let time = times.get(at.min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    (f64::from(time) / 100.0).round() / 10.0
}

fn tell(saves: &Seen, reads: &Seen, plan: Plan, json: bool) -> anyhow::Result<()> {
    let errors = saves.errors.len() + reads.errors.len();
    for error in saves.errors.iter().chain(&reads.errors).take(5) {
        eprintln!("{error}");
    }
    let (p50, p99, most) =
        (quantile(&saves.times, 0.5), quantile(&saves.times, 0.99), quantile(&saves.times, 1.0));
    let read_p99 = quantile(&reads.times, 0.99);
    if json {
        println!(
            "{}",
            serde_json::json!({
                "p99_save_ms": p99, "errors": errors, "p50_save_ms": p50, "max_save_ms": most,
                "saves": saves.times.len(), "conflicts": saves.conflicts, "reads": reads.times.len(),
                "p99_read_ms": read_p99, "seconds": plan.seconds, "people": plan.communes * plan.people,
                "readers": plan.readers,
            })
        );
    } else {
        println!(
            "{} people and {} readers for {} s: {} saves, p50 {p50} ms, p99 {p99} ms, longest {most} ms, {} met another \
             value; {} pages read, p99 {read_p99} ms; {errors} errors",
            plan.communes * plan.people,
            plan.readers,
            plan.seconds,
            saves.times.len(),
            saves.conflicts,
            reads.times.len(),
        );
    }
    if errors > 0 || saves.times.is_empty() {
        bail!("{errors} errors in {} saves and {} reads", saves.times.len(), reads.times.len());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_a_place_in_the_sorted_times() {
        let times: Vec<u32> = (1..=200).map(|ms| ms * 1_000).collect();
        assert!((quantile(&times, 0.99) - 199.0).abs() < 1e-9);
        assert!((quantile(&times, 1.0) - 200.0).abs() < 1e-9);
        assert!(quantile(&[], 0.99).abs() < 1e-9);
    }
}
