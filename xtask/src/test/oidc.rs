//! Signing in by a real OpenID provider (npm `oidc-provider`, certified), in a browser and without one
//! (`e2e/oidc/oidc.test.mjs`).

use std::process::Command;

use super::command::tee;
use super::counts::{self, Counts};
use super::tools;
use crate::{paths, program};

pub(super) fn run() -> anyhow::Result<Counts> {
    let program = program::build(false)?;
    let chromium = tools::chromium()?;
    let packages = tools::npm_packages("e2e")?;
    let provider = tools::npm_packages("e2e/oidc")?;
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "oidc.test.mjs"])
        .current_dir(paths::root().join("e2e/oidc"))
        .env("RORANG", program)
        .env("CHROMIUM", chromium)
        .env("E2E_PACKAGES", packages)
        .env("OIDC_PACKAGES", provider);
    let said = tee(&mut command)?;
    Ok(counts::of_node(&said.lines).or_failed(said.success))
}
