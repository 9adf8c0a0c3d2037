//! Building, starting and stopping the product.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::http;

/// Builds the release program and tells where it is.
pub(crate) fn build() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()?;
    let status = Command::new("cargo")
        .args(["build", "--release", "--quiet", "--package", "rorang"])
        .current_dir(&root)
        // The bench's own target folder must not become the product's.
        .env_remove("CARGO_TARGET_DIR")
        .status()?;
    ensure!(status.success(), "the product does not build");
    Ok(root.join("target/release/rorang"))
}

/// The running product.
pub(crate) struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub(crate) address: String,
}

impl Server {
    /// Starts it and waits for its first page.
    pub(crate) fn start(program: &Path, database: &Path) -> Result<Self> {
        Ok(Self::start_timed(program, database)?.0)
    }

    /// Starts it; the time from before the start until its first page has come.
    pub(crate) fn start_timed(program: &Path, database: &Path) -> Result<(Self, Duration)> {
        let start = Instant::now();
        let mut child = Command::new(program)
            .args(["serve", "--address", "127.0.0.1:0", "--lang", "en", "--database"])
            .arg(database)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("the product could not be started")?;
        let out = child.stdout.take().context("the product has an output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let Some(address) = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
        else {
            child.kill()?;
            bail!("the product did not tell its address: “{}”", line.trim());
        };
        let address = address.to_owned();
        let server = Self { child, address };
        http::get(&server.address, "/vi", "gzip")?;
        Ok((server, start.elapsed()))
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()?;
        ensure!(asked.success(), "the product could not be asked to stop");
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
