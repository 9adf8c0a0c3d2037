//! The least of HTTP that the bench needs: one GET on a connection of its own.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// An answer.
pub(crate) struct Answer {
    /// Its content type.
    pub(crate) kind: String,
    /// Its coding, if any.
    pub(crate) encoding: Option<String>,
    /// Its bytes, as they were sent.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The bytes as text.
    pub(crate) fn text(self) -> Result<String> {
        Ok(String::from_utf8(self.body)?)
    }
}

/// Asks for a page, and insists on 200.
pub(crate) fn get(address: &str, path: &str, encoding: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\naccept-encoding: {encoding}\r\nconnection: close\r\n\r\n"
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .context("no end of the head")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    ensure!(
        head.starts_with("HTTP/1.1 200"),
        "{path}: {}",
        head.lines().next().unwrap_or_default()
    );
    let value = |name: &str| {
        head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    ensure!(value("transfer-encoding").is_none(), "{path}: sent in chunks");
    Ok(Answer {
        kind: value("content-type").unwrap_or_default(),
        encoding: value("content-encoding"),
        body: bytes[end + 4..].to_vec(),
    })
}
