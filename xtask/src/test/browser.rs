//! The pages in a real browser, served by the really started program (`e2e/`).

use std::process::Command;

use anyhow::bail;

use super::command::tee;
use super::counts::{self, Counts};
use super::tools;
use crate::paths;

pub(super) fn run() -> anyhow::Result<Counts> {
    let root = paths::root();
    let build = ["build", "--package", "rorang", "--quiet", "--message-format", "json-render-diagnostics"];
    let built = Command::new("cargo").args(build).current_dir(&root).output()?;
    print!("{}", String::from_utf8_lossy(&built.stderr));
    let Some(program) = executable(&String::from_utf8_lossy(&built.stdout)).filter(|_| built.status.success())
    else {
        bail!("rorang does not build");
    };
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

/// The program's path, from what cargo tells about what it built.
fn executable(messages: &str) -> Option<String> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == "rorang")
        .find_map(|message| message["executable"].as_str().map(str::to_owned))
}
