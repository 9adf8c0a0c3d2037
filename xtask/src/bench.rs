//! `cargo xtask bench NAME [--json …]`: builds and runs one bench of `benches/` beside its peers.

use std::process::Command;

use anyhow::{Context, Result, bail};

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        bail!("which bench? One of: {}", names()?.join(", "));
    };
    if !names()?.contains(name) {
        bail!("there is no bench “{name}”: choose one of {}", names()?.join(", "));
    }
    let status = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(crate::paths::root().join("benches/Cargo.toml"))
        .args(["--package", &format!("bench-{name}"), "--"])
        .args(rest)
        .status()
        .context("cargo could not be started")?;
    if !status.success() {
        bail!("the bench “{name}” failed");
    }
    Ok(())
}

/// The folders of `benches/` that are benches.
fn names() -> Result<Vec<String>> {
    let mut names: Vec<String> = std::fs::read_dir(crate::paths::root().join("benches"))?
        .filter_map(|entry| entry.ok().filter(|entry| entry.path().join("Cargo.toml").exists()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}
