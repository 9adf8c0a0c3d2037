//! The same systems given to z3 (PyPI `z3-solver`), in the same run.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use engine::coherence::claim::ClaimSet;
use engine::coherence::formula::Expression;
use engine::coherence::identity::Model;
use engine::coherence::search::{Limits, Outcome, decide};
use serde_json::{Value, json};
use terms::Decimal;

use crate::Chance;
use crate::systems::generate;

fn environment() -> Result<PathBuf> {
    let home = std::env::var_os("HOME").context("no home folder")?;
    let folder = PathBuf::from(home).join(".cache/rorang/bench/z3");
    let python = folder.join("bin/python");
    if !folder.join("ready").exists() {
        let made = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&folder)
            .status()?;
        ensure!(made.success(), "python3 -m venv failed");
        let installed = Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "z3-solver"])
            .status()?;
        ensure!(installed.success(), "pip install z3-solver failed");
        std::fs::write(folder.join("ready"), "")?;
    }
    Ok(python)
}

fn number(value: Decimal) -> String {
    let text = format!(
        "(/ {}.0 {}.0)",
        value.mantissa().unsigned_abs(),
        10_u128.pow(value.scale())
    );
    if value.is_sign_negative() {
        format!("(- {text})")
    } else {
        text
    }
}

fn term(expression: &Expression) -> String {
    match expression {
        Expression::Number(value) => number(*value),
        Expression::Variable(index) => format!("q{index}"),
        Expression::Binary(operator, a, b) => format!("({operator} {} {})", term(a), term(b)),
        Expression::Power(a, n) => format!("(* {})", vec![term(a); *n as usize].join(" ")),
        other => unreachable!("not generated: {other:?}"),
    }
}

fn smt(model: &Model) -> String {
    let mut text = String::from("(set-logic QF_NRA)\n");
    for index in 0..model.quantities.len() {
        let _ = writeln!(text, "(declare-const q{index} Real)(assert (<= 0.0 q{index}))");
    }
    for made in &model.made {
        let _ = writeln!(text, "(assert (= {} {}))", term(&made.left), term(&made.right));
    }
    for (variable, allowed) in model.claims.iter().flatten() {
        if let Some(end) = allowed.lower {
            let _ = writeln!(text, "(assert (<= {} q{variable}))", number(end.value));
        }
        if let Some(end) = allowed.upper {
            let _ = writeln!(text, "(assert (<= q{variable} {}))", number(end.value));
        }
    }
    text
}

/// Verdicts side by side, and our time over z3's on the same systems.
pub(crate) fn compare(systems: usize) -> Result<Value> {
    let python = environment()?;
    let mut chance = Chance(1_975);
    let generated: Vec<_> = (0..systems).map(|_| generate(&mut chance)).collect();
    let texts: Vec<String> = generated.iter().map(|generated| smt(&generated.model)).collect();
    let start = Instant::now();
    let ours: Vec<&str> = generated
        .iter()
        .map(|generated| {
            match decide(
                &generated.model,
                &ClaimSet::full(generated.claims),
                &Limits::STANDARD,
            ) {
                Outcome::Feasible(_) => "sat",
                Outcome::Infeasible(_) => "unsat",
                Outcome::Undecided => "undecided",
            }
        })
        .collect();
    let ours_s = start.elapsed().as_secs_f64();
    let input = std::env::temp_dir().join(format!("rorang-bench-z3-{}.json", std::process::id()));
    std::fs::write(&input, serde_json::to_vec(&texts)?)?;
    let output = Command::new(&python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/peers/z3_peer.py"))
        .arg(&input)
        .output()?;
    std::fs::remove_file(&input)?;
    ensure!(
        output.status.success(),
        "z3: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let theirs: Value = serde_json::from_slice(&output.stdout)?;
    let verdicts: Vec<&str> = theirs["verdicts"]
        .as_array()
        .context("no verdicts")?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let decided = |text: &str| text == "sat" || text == "unsat";
    let both = ours
        .iter()
        .zip(&verdicts)
        .filter(|(a, b)| decided(a) && decided(b))
        .count();
    let agree = ours
        .iter()
        .zip(&verdicts)
        .filter(|(a, b)| decided(a) && a == b)
        .count();
    let left = |theirs: &str| {
        ours.iter()
            .zip(&verdicts)
            .filter(|(a, b)| !decided(a) && **b == theirs)
            .count()
    };
    let z3_s = theirs["seconds"].as_f64().context("no time")?;
    ensure!(agree == both, "{} verdicts differ from z3", both - agree);
    Ok(json!({
        "systems": systems, "both_decided": both, "agree": agree,
        "undecided": ours.iter().filter(|verdict| !decided(verdict)).count(),
        "undecided_that_z3_satisfies": left("sat"), "undecided_that_z3_refutes": left("unsat"),
        "z3_unknown": verdicts.iter().filter(|verdict| !decided(verdict)).count(),
        "seconds": ours_s, "z3_seconds": z3_s, "time_vs_z3": ours_s / z3_s,
    }))
}
