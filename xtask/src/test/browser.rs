//! The pages in a real browser, served by the really started program (`e2e/`).

use std::process::Command;

use super::command::tee;
use super::counts::{self, Counts};
use super::tools;
use crate::{paths, program};

pub(super) fn run() -> anyhow::Result<Counts> {
    let root = paths::root();
    let program = program::build(false)?;
    let chromium = tools::chromium()?;
    let packages = tools::npm_packages("e2e")?;
    let folder = root.join("e2e");
    let mut files: Vec<String> = std::fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .collect();
    files.sort();
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(files)
        .current_dir(folder)
        .env("RORANG", program)
        .env("CHROMIUM", chromium)
        .env("E2E_PACKAGES", packages);
    let said = tee(&mut command)?;
    Ok(counts::of_node(&said.lines).or_failed(said.success))
}
