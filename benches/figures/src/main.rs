//! The reader of figures against its peers: quantulum3, recognizers-text (Python and JavaScript) and CQE, in one run.
//!
//! `cargo xtask bench figures [--json] [--seconds N]`. Texts are those of `../shared/corpus/{seeds,dev}`, in memory, one
//! core. The peers run through the adapters of `../shared/peers/text`; the first run installs them from PyPI and npm
//! into the user's cache folder, outside the clone, and says so. A peer that cannot be installed is named, and the others
//! are measured. The second part measures the memory of `rorang read` over many documents and over one large one.

mod corpus;
mod memory;
mod peers;

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use figures::{Buffers, Reader};
use serde_json::{Map, json};

use corpus::Corpus;

/// Our speed is measured this often, before and after each peer, so that a busy moment of the machine hits both.
const SLICE: Duration = Duration::from_secs(1);

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let seconds = arguments
        .iter()
        .position(|argument| argument == "--seconds")
        .and_then(|at| arguments.get(at + 1)?.parse().ok())
        .unwrap_or(5.0);
    let corpus = Corpus::load()?;
    let reader = reader()?;
    let mut ours = vec![measure(&reader, &corpus)?];
    let mut theirs: Vec<(String, f64)> = Vec::new();
    let mut absent: Vec<(String, String)> = Vec::new();
    for peer in peers::ALL {
        match peer.measure(&corpus, seconds) {
            Ok((version, speed)) => theirs.push((version, speed)),
            Err(cause) => absent.push((peer.name.to_owned(), format!("{cause:#}"))),
        }
        ours.push(measure(&reader, &corpus)?);
    }
    let figures = ours[0].figures;
    ensure!(
        ours.iter().all(|run| run.figures == figures),
        "two runs over the same texts found other figures"
    );
    let mut speeds: Vec<f64> = ours.iter().map(|run| run.mb_s).collect();
    speeds.sort_by(f64::total_cmp);
    let mb_s = speeds[speeds.len() / 2];
    let fastest = theirs.iter().map(|(_, speed)| *speed).fold(f64::NAN, f64::max);
    let memory = memory::measure(&corpus)?;
    if as_json {
        let peers: Map<_, _> = theirs
            .iter()
            .map(|(name, speed)| (name.clone(), json!(speed)))
            .collect();
        let absent: Map<_, _> = absent
            .iter()
            .map(|(name, why)| (name.clone(), json!(why)))
            .collect();
        println!(
            "{}",
            json!({
                "mb_s": mb_s,
                "vs_fastest_peer": (!fastest.is_nan()).then_some(mb_s / fastest),
                "mb_s_lowest": speeds[0], "mb_s_highest": speeds[speeds.len() - 1],
                "texts": corpus.texts.len(), "bytes": corpus.bytes(), "figures": figures,
                "peers_mb_s": peers, "peers_absent": absent,
                "memory": memory.as_value(),
            })
        );
        return Ok(());
    }
    println!(
        "{} texts, {} bytes, {figures} figures; one core, texts in memory",
        corpus.texts.len(),
        corpus.bytes()
    );
    println!("{:<50} {:>12} {:>14}", "", "MB/s", "ours ÷ theirs");
    println!(
        "{:<50} {mb_s:>12.1}    ({:.1} to {:.1})",
        "ours, median",
        speeds[0],
        speeds[speeds.len() - 1]
    );
    for (name, speed) in &theirs {
        println!("{name:<50} {speed:>12.4} {:>14.0}", mb_s / speed);
    }
    for (name, why) in &absent {
        println!("{name:<50} not measured: {why}");
    }
    println!("\n{}", memory.as_text());
    Ok(())
}

fn reader() -> Result<Reader> {
    let data = corpus::root().join("data");
    let read = |name: &str| {
        std::fs::read_to_string(data.join(name)).with_context(|| format!("cannot read data/{name}"))
    };
    Ok(Reader::new(
        &read("indicators.csv")?,
        &read("indicator_aliases.csv")?,
        &read("units.csv")?,
    )?
    .with_former_communes(&read("units.csv")?, &read("successions.csv")?)?)
}

/// One measurement of ours.
struct Run {
    mb_s: f64,
    /// In one round over the texts.
    figures: usize,
}

fn measure(reader: &Reader, corpus: &Corpus) -> Result<Run> {
    let (mut buffers, mut found) = (Buffers::default(), Vec::new());
    let mut figures = 0;
    let (start, mut rounds) = (Instant::now(), 0_u32);
    while start.elapsed() < SLICE {
        let mut in_round = 0;
        for text in &corpus.texts {
            reader.read_into(&text.as_input(), &mut buffers, &mut found);
            in_round += found.len();
        }
        ensure!(
            rounds == 0 || figures == in_round,
            "two rounds over the same texts found other figures"
        );
        figures = in_round;
        rounds += 1;
    }
    ensure!(figures > 0, "the reader found nothing");
    let bytes = corpus.bytes() as f64 * f64::from(rounds);
    Ok(Run {
        mb_s: bytes / 1e6 / start.elapsed().as_secs_f64(),
        figures,
    })
}
