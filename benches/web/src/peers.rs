//! nginx with the same bytes, and wrk.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::http::{self, Answer};

/// Installs nginx and wrk where they are missing, and says so.
pub(crate) fn install() -> Result<()> {
    let missing: Vec<&str> = [("nginx", "nginx-light"), ("wrk", "wrk")]
        .into_iter()
        .filter(|(program, _)| {
            let found = Command::new(program)
                .arg("-v")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            found.is_err()
        })
        .map(|(_, package)| package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("installing {} (apt-get)", missing.join(" and "));
    for arguments in [
        vec!["update", "-qq"],
        [vec!["install", "-y", "-qq"], missing].concat(),
    ] {
        let status = Command::new("apt-get")
            .args(&arguments)
            .stdout(Stdio::null())
            .status();
        let installed = status.context("apt-get is not there: install nginx and wrk by hand")?;
        ensure!(
            installed.success(),
            "apt-get {} failed: install nginx and wrk by hand",
            arguments.join(" ")
        );
    }
    Ok(())
}

/// nginx, serving one file as `/page`.
pub(crate) struct Nginx {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub(crate) address: String,
}

impl Nginx {
    /// Starts it with the bytes of an answer in a file.
    pub(crate) fn start(folder: &Path, answer: &Answer) -> Result<Self> {
        let folder = folder.join(format!("nginx-{}", answer.encoding.as_deref().unwrap_or("plain")));
        fs::create_dir_all(folder.join("www"))?;
        fs::write(folder.join("www/page"), &answer.body)?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let encoding = answer
            .encoding
            .as_ref()
            .map(|name| format!("add_header content-encoding {name};"))
            .unwrap_or_default();
        let kind = &answer.kind;
        let place = folder.display();
        fs::write(
            folder.join("nginx.conf"),
            format!(
                "user root; worker_processes 2; daemon off; pid {place}/pid; error_log {place}/error.log;
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; open_file_cache max=100; keepalive_requests 1000000;
  client_body_temp_path {place}/t1; proxy_temp_path {place}/t2; fastcgi_temp_path {place}/t3; uwsgi_temp_path {place}/t4; scgi_temp_path {place}/t5;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {place}/www; default_type '{kind}'; {encoding} }} }}
"
            ),
        )?;
        let child = Command::new("nginx")
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(folder.join("nginx.conf"))
            .stderr(Stdio::null())
            .spawn()
            .context("nginx could not be started")?;
        let nginx = Self {
            child,
            address: format!("127.0.0.1:{port}"),
        };
        let start = Instant::now();
        while http::get(&nginx.address, "/page", "identity").is_err() {
            if Duration::from_secs(10) < start.elapsed() {
                bail!(
                    "nginx does not answer: {}",
                    fs::read_to_string(folder.join("error.log")).unwrap_or_default()
                );
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // QUIT, so that the master takes its workers along.
        let _ = Command::new("kill")
            .args(["-QUIT", &self.child.id().to_string()])
            .status();
        let _ = self.child.wait();
    }
}

/// What wrk measured.
#[derive(Clone, Debug)]
pub(crate) struct Load {
    /// Requests a second.
    pub(crate) rps: f64,
    /// 99th percentile of latency.
    pub(crate) p99_ms: f64,
    /// Answers that failed, as wrk tells them.
    pub(crate) errors: String,
}

/// One run of wrk: one thread, 64 connections.
pub(crate) fn wrk(address: &str, path: &str, encoding: &str, length: Duration) -> Result<Load> {
    let output = Command::new("wrk")
        .args([
            "-t1",
            "-c64",
            "--latency",
            &format!("-d{}s", length.as_secs()),
            "-H",
            &format!("Accept-Encoding: {encoding}"),
        ])
        .arg(format!("http://{address}{path}"))
        .output()
        .context("wrk could not be started")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let after = |name: &str| {
        text.lines()
            .find_map(|line| line.trim().strip_prefix(name))
            .map(str::trim)
            .map(str::to_owned)
    };
    let rps = after("Requests/sec:")
        .and_then(|value| value.parse().ok())
        .with_context(|| format!("wrk said: {text}"))?;
    let p99_ms = after("99%")
        .as_deref()
        .and_then(milliseconds)
        .with_context(|| format!("wrk said: {text}"))?;
    let errors = ["Socket errors:", "Non-2xx or 3xx responses:"]
        .iter()
        .filter_map(|name| after(name).map(|value| format!("{name} {value}")))
        .collect::<Vec<_>>()
        .join("; ");
    ensure!(!errors.contains("Non-2xx"), "answers failed: {errors}");
    Ok(Load { rps, p99_ms, errors })
}

fn milliseconds(text: &str) -> Option<f64> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let value: f64 = digits.parse().ok()?;
    match &text[digits.len()..] {
        "us" => Some(value / 1000.0),
        "ms" => Some(value),
        "s" => Some(value * 1000.0),
        _ => None,
    }
}

/// The median of throughput and of latency, each by itself.
pub(crate) fn median(runs: &[Load]) -> Load {
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    Load {
        rps: middle(runs.iter().map(|run| run.rps).collect()),
        p99_ms: middle(runs.iter().map(|run| run.p99_ms).collect()),
        errors: runs
            .iter()
            .map(|run| run.errors.as_str())
            .filter(|errors| !errors.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
    }
}
