//! The suites that cargo itself runs: format, lints, tests, examples in the documentation.

use std::process::Command;

use super::command::{is_there, tee};
use super::counts::{self, Counts};
use crate::paths;

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(paths::root());
    command
}

/// Workspaces of their own beside the product's, so that what they need stays out of its lockfile.
const BESIDE: [&str; 2] = ["benches/Cargo.toml", "fuzz/Cargo.toml"];

pub(super) fn format() -> anyhow::Result<Counts> {
    let mut counts = Counts::one(tee(&mut cargo(&["fmt", "--all", "--check"]))?.success);
    for manifest in BESIDE {
        let arguments = ["fmt", "--all", "--check", "--manifest-path", manifest];
        counts.add(&Counts::one(tee(&mut cargo(&arguments))?.success));
    }
    Ok(counts)
}

pub(super) fn lints() -> anyhow::Result<Counts> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    Ok(Counts::one(tee(&mut cargo(&arguments))?.success))
}

/// Every test of the workspace, by nextest where it is installed, else by `cargo test`.
pub(super) fn tests() -> anyhow::Result<Counts> {
    if is_there("cargo", "nextest --version") {
        let said = tee(&mut cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--status-level",
            "fail",
            "--final-status-level",
            "slow",
        ]))?;
        return Ok(counts::of_nextest(&said.lines).or_failed(said.success));
    }
    let arguments = ["test", "--workspace", "--no-fail-fast", "--all-targets", "--quiet"];
    let said = tee(&mut cargo(&arguments))?;
    Ok(counts::of_libtest(&said.lines).or_failed(said.success))
}

pub(super) fn doc_tests() -> anyhow::Result<Counts> {
    let said = tee(&mut cargo(&["test", "--workspace", "--doc", "--no-fail-fast", "--quiet"]))?;
    Ok(counts::of_libtest(&said.lines).or_failed(said.success))
}
