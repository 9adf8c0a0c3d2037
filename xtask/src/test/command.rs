//! Runs a command, shows what it says as it says it, and keeps the lines.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;

use anyhow::Context as _;

/// What a command said and whether it ended well.
pub(super) struct Said {
    pub(super) success: bool,
    pub(super) lines: Vec<String>,
}

/// Runs `command` without input; its output goes to the screen and into the answer, both streams together.
///
/// # Errors
/// Where it cannot be started.
pub(super) fn tee(command: &mut Command) -> anyhow::Result<Said> {
    let shown = format!("{command:?}");
    let mut child = command
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {shown}"))?;
    let (sender, receiver) = mpsc::channel();
    let out = child.stdout.take().map(|stream| forward(stream, sender.clone()));
    let err = child.stderr.take().map(|stream| forward(stream, sender));
    let mut lines = Vec::new();
    for line in receiver {
        println!("{line}");
        lines.push(line);
    }
    for reader in [out, err].into_iter().flatten() {
        let _ = reader.join();
    }
    let status = child.wait().with_context(|| format!("waiting for {shown}"))?;
    Ok(Said { success: status.success(), lines })
}

/// Whether a program can be started at all, asked by its version.
pub(super) fn is_there(program: &str, version: &str) -> bool {
    Command::new(program)
        .args(version.split(' '))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn forward(stream: impl Read + Send + 'static, lines: Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
            let line = String::from_utf8_lossy(&bytes);
            if lines.send(line.trim_end_matches(['\n', '\r']).to_owned()).is_err() {
                break;
            }
            bytes.clear();
        }
    })
}
