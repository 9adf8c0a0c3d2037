//! A small HTTP client on one kept connection, for chores that put the started program under load on this machine.
//!
//! It speaks to our own server only: answers come with their length or in chunks, nothing is packed.

use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longest time that an answer may take: a server that hangs is a failure, not a wait.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where it sends to, if anywhere.
    pub(crate) location: Option<String>,
    /// The cookie that it sets, as `name=value`.
    pub(crate) cookie: Option<String>,
    pub(crate) body: String,
}

/// One connection, which is opened when it is needed and again after it broke.
#[derive(Debug)]
pub(crate) struct Client {
    address: SocketAddr,
    /// Sent with every request where it is not empty.
    pub(crate) cookie: String,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, cookie: &str) -> Self {
        Self {
            address,
            cookie: cookie.to_owned(),
            connection: None,
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, &[], b"")
    }

    /// Sends a form as a browser does.
    pub(crate) fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.ask("POST", path, &headers, pairs.join("&").as_bytes())
    }

    /// Sends JSON as the scripts of our pages do.
    pub(crate) fn post_json(&mut self, path: &str, more: &[(&str, &str)], body: &str) -> io::Result<Answer> {
        let headers = [&[("content-type", "application/json")], more].concat();
        self.ask("POST", path, &headers, body.as_bytes())
    }

    /// Sends a form with one file.
    pub(crate) fn post_file(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, bytes): (&str, &str),
    ) -> io::Result<Answer> {
        const BOUNDARY: &str = "rorang-part-7c1f0e";
        let mut body = String::new();
        for (field, value) in fields {
            body.push_str(&format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str(&format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: text/plain\r\n\r\n{bytes}\r\n--{BOUNDARY}--\r\n"
        ));
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.ask("POST", path, &[("content-type", &kind)], body.as_bytes())
    }

    fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<Answer> {
        let mut connection = if let Some(connection) = self.connection.take() {
            connection
        } else {
            let stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            BufReader::new(stream)
        };
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n",
            self.address,
            body.len()
        );
        if !self.cookie.is_empty() {
            request.push_str(&format!("cookie: {}\r\n", self.cookie));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        connection.get_mut().write_all(&bytes)?;
        let (answer, goes_on) = read(&mut connection)?;
        self.connection = goes_on.then_some(connection);
        Ok(answer)
    }
}

/// Reads one whole answer; a part of one is an error: nothing was acknowledged.
fn read(connection: &mut BufReader<TcpStream>) -> io::Result<(Answer, bool)> {
    let status = line(connection)?;
    let status = status
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidData, status.clone()))?;
    let mut answer = Answer {
        status,
        location: None,
        cookie: None,
        body: String::new(),
    };
    let (mut length, mut chunked, mut goes_on) = (0, false, true);
    loop {
        let header = line(connection)?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or(0),
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            "connection" => goes_on = !value.eq_ignore_ascii_case("close"),
            "location" => answer.location = Some(value.to_owned()),
            "set-cookie" => answer.cookie = value.split(';').next().map(str::to_owned),
            _ => {}
        }
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            let size = usize::from_str_radix(line(connection)?.trim(), 16)
                .map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
            let start = body.len();
            body.resize(start + size, 0);
            connection.read_exact(&mut body[start..])?;
            line(connection)?;
            if size == 0 {
                break;
            }
        }
    } else if !matches!(status, 204 | 304) {
        body.resize(length, 0);
        connection.read_exact(&mut body)?;
    }
    answer.body = String::from_utf8_lossy(&body).into_owned();
    Ok((answer, goes_on))
}

fn line(connection: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

/// A text as a part of a form: every byte but unreserved ones as `%XX`.
fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
        encoded
    })
}
