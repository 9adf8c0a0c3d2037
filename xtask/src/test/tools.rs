//! Tools that suites need: found on the machine, or installed into a cache outside the repository.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use super::command::{is_there, tee};
use crate::paths;

/// Where installed tools are kept: `$RORANG_CACHE`, else `~/.cache/rorang`.
pub(super) fn cache() -> anyhow::Result<PathBuf> {
    let folder = match std::env::var_os("RORANG_CACHE") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(&std::env::var_os("HOME").context("HOME is not set: set RORANG_CACHE to a folder")?)
            .join(".cache/rorang"),
    };
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// A cargo subcommand, from the machine or from a prebuilt wheel of the Python package index.
///
/// Returns the folder to put before `PATH`; none where the machine has the tool.
///
/// # Errors
/// Where it is not there and cannot be installed, with what was tried.
pub(super) fn cargo_tool(name: &str, package: &str) -> anyhow::Result<Option<PathBuf>> {
    if is_there("cargo", &format!("{name} --version")) {
        return Ok(None);
    }
    let home = cache()?.join("python-tools");
    let programs = home.join("bin");
    if !programs.join(format!("cargo-{name}")).exists() {
        println!("installing cargo-{name} ({package}) into {}", home.display());
        let made = programs.join("pip").exists()
            || tee(Command::new("python3").args(["-m", "venv"]).arg(&home))?.success;
        let pip = programs.join("pip");
        let install = ["install", "--quiet", "--disable-pip-version-check", package];
        if !made || !tee(Command::new(pip).args(install))?.success {
            bail!("cargo-{name} is not installed and could not be installed from {package}");
        }
    }
    Ok(Some(programs))
}

/// Puts a folder before `PATH` for one command.
pub(super) fn with_path(command: &mut Command, folder: Option<PathBuf>) -> &mut Command {
    if let Some(folder) = folder {
        let rest = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(folder).chain(std::env::split_paths(&rest));
        if let Ok(joined) = std::env::join_paths(paths) {
            command.env("PATH", joined);
        }
    }
    command
}

/// A Chromium on this machine; Debian's is installed where there is none and we may.
///
/// # Errors
/// Where there is none and it cannot be installed.
pub(super) fn chromium() -> anyhow::Result<String> {
    if let Ok(program) = std::env::var("CHROMIUM") {
        return Ok(program);
    }
    // By its whole path: the driver does not look into PATH.
    let find = || {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let found = std::env::split_paths(&folders)
            .flat_map(|folder| names.map(|name| folder.join(name)))
            .find(|program| program.is_file());
        found.map(|program| program.display().to_string())
    };
    if let Some(program) = find() {
        return Ok(program);
    }
    println!("installing chromium by apt-get");
    let update = tee(Command::new("apt-get").args(["update", "--quiet"]));
    let install = tee(Command::new("apt-get")
        .args(["install", "--yes", "--quiet", "--no-install-recommends", "chromium"])
        .env("DEBIAN_FRONTEND", "noninteractive"));
    let well = matches!((update, install), (Ok(_), Ok(installed)) if installed.success);
    match find() {
        Some(program) if well => Ok(program),
        _ => bail!("no Chromium here and apt-get could not install one: install it, or set CHROMIUM to its path"),
    }
}

/// The npm packages of a folder with a lockfile, installed once a lockfile into the cache.
///
/// Returns the folder that holds `node_modules`.
///
/// # Errors
/// Where node is absent or `npm ci` fails.
pub(super) fn npm_packages(folder: &str) -> anyhow::Result<PathBuf> {
    if !is_there("node", "--version") || !is_there("npm", "--version") {
        bail!("node and npm are needed for the browser tests: install Node.js 20 or newer");
    }
    let from = paths::root().join(folder);
    let lock = fs::read(from.join("package-lock.json"))
        .with_context(|| format!("cannot read {folder}/package-lock.json"))?;
    let mut hasher = DefaultHasher::new();
    lock.hash(&mut hasher);
    let home = cache()?.join(folder).join(format!("{:016x}", hasher.finish()));
    if !home.join("installed").exists() {
        println!("installing the packages of {folder}/package-lock.json into {}", home.display());
        fs::create_dir_all(&home)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(from.join(name), home.join(name)).with_context(|| format!("copying {folder}/{name}"))?;
        }
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        if !tee(Command::new("npm").args(arguments).current_dir(&home))?.success {
            bail!("npm ci failed in {}", home.display());
        }
        fs::write(home.join("installed"), "")?;
    }
    Ok(home)
}

/// A Python with the packages of a folder's `requirements.txt`, installed once a list into the cache.
///
/// Returns the interpreter.
///
/// # Errors
/// Where Python is absent or `pip install` fails.
pub(super) fn python_packages(folder: &str) -> anyhow::Result<PathBuf> {
    let list = paths::root().join(folder).join("requirements.txt");
    let wanted = fs::read(&list).with_context(|| format!("cannot read {folder}/requirements.txt"))?;
    let mut hasher = DefaultHasher::new();
    wanted.hash(&mut hasher);
    let home = cache()?.join(format!("{folder}-python")).join(format!("{:016x}", hasher.finish()));
    let python = home.join("bin/python");
    if !home.join("installed").exists() {
        println!("installing the packages of {folder}/requirements.txt into {}", home.display());
        if !tee(Command::new("python3").args(["-m", "venv"]).arg(&home))?.success {
            bail!("python3 -m venv failed: install Python 3.10 or newer with its venv module");
        }
        let arguments = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
        if !tee(Command::new(&python).args(arguments).arg(&list))?.success {
            bail!("pip install failed in {}", home.display());
        }
        fs::write(home.join("installed"), "")?;
    }
    Ok(python)
}
