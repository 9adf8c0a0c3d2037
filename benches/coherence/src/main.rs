//! Coherence and consistency against their goals, and against z3 in the same run.
//!
//! `cargo xtask bench coherence [--json] [--systems N] [--z3 N]`. The first run makes a Python environment with
//! `z3-solver` in the user's cache folder, outside the clone. Every answer is checked: witnesses by rational arithmetic of
//! the bench's own, infeasible systems against the point that they were made from, both against z3.

mod congress;
mod findings;
mod planted;
mod systems;
mod z3;

use anyhow::Result;
use serde_json::json;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let number = |name: &str, default: usize| {
        arguments
            .iter()
            .position(|argument| argument == name)
            .and_then(|at| arguments.get(at + 1)?.parse().ok())
            .unwrap_or(default)
    };
    let congress_ms = congress::median_ms();
    let planted = planted::measure();
    let soundness = systems::soundness(number("--systems", 10_000));
    let peer = z3::compare(number("--z3", 300))?;
    let findings = findings::measure();
    let report = json!({
        "congress_ms": congress_ms,
        "planted": {"quantities": planted.quantities, "identities": planted.identities, "targets": planted.targets,
                    "planted": planted.planted, "found": planted.found, "false": planted.wrong, "seconds": planted.seconds},
        "soundness": {"systems": soundness.systems, "feasible": soundness.feasible, "infeasible": soundness.infeasible,
                      "undecided": soundness.undecided, "wrong": soundness.wrong},
        "z3": peer,
        "findings": findings,
    });
    if as_json {
        println!("{report:#}");
    } else {
        println!("the congress's case, all conflicts, mends and readings: {congress_ms:.1} ms (goal 50)");
        println!(
            "{} quantities, {} identities, {} targets: {} of {} planted conflicts found minimal, {} false, {:.2} s (goal 2)",
            planted.quantities,
            planted.identities,
            planted.targets,
            planted.found,
            planted.planted,
            planted.wrong,
            planted.seconds
        );
        println!(
            "{} generated systems: {} feasible, {} infeasible, {} undecided, {} wrong (goal 0)",
            soundness.systems, soundness.feasible, soundness.infeasible, soundness.undecided, soundness.wrong
        );
        println!("beside z3: {}", report["z3"]);
        println!("findings: {}", report["findings"]);
    }
    anyhow::ensure!(
        soundness.wrong == 0 && planted.wrong == 0 && planted.found == planted.planted,
        "a wrong answer"
    );
    Ok(())
}

/// A small generator with a fixed seed: the same systems in every run (`SplitMix64`).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(crate) fn pick(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}
