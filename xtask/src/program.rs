//! The program itself: built, and started on a database and a port of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::http::Client;
use crate::paths;

/// Builds `rorang` and answers with its path.
///
/// # Errors
/// Where it does not build.
pub(crate) fn build(release: bool) -> anyhow::Result<PathBuf> {
    let mut command = Command::new("cargo");
    command
        .args([
            "build",
            "--package",
            "rorang",
            "--quiet",
            "--message-format",
            "json-render-diagnostics",
        ])
        .current_dir(paths::root());
    if release {
        command.arg("--release");
    }
    let built = command.output().context("cargo could not be started")?;
    eprint!("{}", String::from_utf8_lossy(&built.stderr));
    let program = executable(&String::from_utf8_lossy(&built.stdout)).filter(|_| built.status.success());
    match program {
        Some(program) => Ok(program.into()),
        None => bail!("rorang does not build"),
    }
}

/// The program's path, from what cargo tells about what it built.
fn executable(messages: &str) -> Option<String> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == "rorang")
        .find_map(|message| message["executable"].as_str().map(str::to_owned))
}

/// A started server; dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where it answers; none where it was not waited for.
    pub(crate) address: Option<SocketAddr>,
}

impl Server {
    /// Starts it, and does not wait.
    pub(crate) fn spawn(program: &Path, database: &Path) -> anyhow::Result<Self> {
        let child = Command::new(program)
            .args([
                "--lang",
                "en",
                "serve",
                "--empty",
                "--address",
                "127.0.0.1:0",
                "--database",
            ])
            .arg(database)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self { child, address: None })
    }

    /// Waits until it tells its address.
    pub(crate) fn wait(&mut self) -> anyhow::Result<SocketAddr> {
        let out = self.child.stdout.take().context("its output was read before")?;
        for line in BufReader::new(out).lines() {
            let line = line?;
            let found = line
                .split_once("http://")
                .and_then(|(_, rest)| rest.split('/').next());
            if let Some(address) = found.and_then(|text| text.parse().ok()) {
                self.address = Some(address);
                return Ok(address);
            }
        }
        bail!("the server ended before it told its address")
    }

    /// SIGKILL: no word, no time to tidy up.
    pub(crate) fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// SIGTERM, and waits until it has gone.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &process]).status()?;
        if !sent.success() {
            bail!("the server could not be asked to stop");
        }
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command of the program to its end, with `input` to read, and answers with what it said.
///
/// # Errors
/// Where it ends badly, with its words.
pub(crate) fn run(program: &Path, arguments: &[&str], input: &str) -> anyhow::Result<String> {
    let mut child = Command::new(program)
        .args(["--lang", "en"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that reads nothing may be gone already.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if !output.status.success() {
        bail!(
            "rorang {} ended with {}:\n{said}",
            arguments.join(" "),
            output.status
        );
    }
    Ok(said)
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// `rorang=…`
    pub(crate) cookie: String,
    /// The token that the session's forms carry.
    pub(crate) csrf: String,
}

/// Signs somebody in over HTTP.
///
/// # Errors
/// Where the server refuses.
pub(crate) fn sign_in(address: SocketAddr, name: &str, password: &str) -> anyhow::Result<Session> {
    let mut client = Client::new(address, "");
    let answer = client.post_form(
        "/en/sign-in",
        &[("name", name), ("password", password), ("next", "/en")],
    )?;
    let cookie = answer
        .cookie
        .filter(|_| answer.status == 303)
        .with_context(|| format!("{name} cannot sign in: {} {}", answer.status, answer.body))?;
    client.cookie.clone_from(&cookie);
    let page = client.get("/en/about")?.body;
    let csrf = page
        .split_once("name=\"csrf\" value=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .with_context(|| format!("no page of {name} has a token"))?;
    Ok(Session {
        cookie,
        csrf: csrf.to_owned(),
    })
}

/// Waits in short steps until `done`, at most `patience`.
pub(crate) fn until(patience: Duration, mut done: impl FnMut() -> bool) -> bool {
    let step = Duration::from_millis(1);
    let mut waited = Duration::ZERO;
    while !done() {
        if patience < waited {
            return false;
        }
        std::thread::sleep(step);
        waited += step;
    }
    true
}
