//! What shows that something was done: files, addresses of the web, values of the register.

use plan::task::Evidence;
use store::Writing;
use terms::{Diagnostic, Place};

use super::fields::found;
use crate::Error;

/// The largest file of evidence: a scanned paper or a photo.
pub const LARGEST_FILE: usize = 10 << 20;
/// How many pieces of evidence a step may bring.
pub const MOST_EVIDENCE: usize = 10;

/// What shows that something was done, as a form sends it.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// Files: name and bytes.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Addresses of the web, one a line.
    pub(crate) links: String,
    /// Numbers of observations, divided by blanks.
    pub(crate) observations: String,
}

/// Takes evidence: files of known types, addresses of the web, observations that hold.
pub(crate) async fn take(
    writing: &mut Writing,
    texts: Shown,
    wrong: &mut Vec<Diagnostic>,
) -> Result<Vec<Evidence>, Error> {
    let mut evidence = Vec::new();
    for (name, bytes) in texts
        .files
        .into_iter()
        .filter(|(name, bytes)| !name.is_empty() || !bytes.is_empty())
    {
        let name = file_name(&name);
        if LARGEST_FILE < bytes.len() {
            wrong.push(found("task-evidence-too-large", "files", &name).with("limit", LARGEST_FILE >> 20));
        } else if kind_of(&bytes).is_none() {
            wrong.push(found("task-evidence-type", "files", &name));
        } else {
            evidence.push(Evidence::File {
                size_bytes: bytes.len() as u64,
                sha256: writing.keep_bytes(&bytes).await?,
                name,
            });
        }
    }
    for link in texts.links.lines().map(str::trim).filter(|link| !link.is_empty()) {
        if is_web_address(link) {
            evidence.push(Evidence::Link(link.to_owned()));
        } else {
            wrong.push(found("not-a-web-address", "links", link));
        }
    }
    for number in texts
        .observations
        .split([' ', ',', ';', '\n', '\r'])
        .filter(|text| !text.is_empty())
    {
        match number.parse().ok() {
            Some(id) if writing.has_observation(id).await? => evidence.push(Evidence::Observation(id)),
            _ => wrong.push(found("unknown-observation", "observations", number)),
        }
    }
    if MOST_EVIDENCE < evidence.len() {
        wrong.push(
            Diagnostic::error("task-evidence-too-many", Place::default().column("files"))
                .with("limit", MOST_EVIDENCE),
        );
    }
    Ok(evidence)
}

/// The last part of a path, without control characters, at most 120 characters.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if name.trim().is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

/// `http` or `https` with a host, no blanks.
pub fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    text.len() <= 2_000
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_alphanumeric() || first == '['))
}

/// The kind of a file by its content, of those that can be evidence: papers, tables, pictures, plain text. A workbook or
/// document with macros is none, and neither is anything else that a computer could run.
pub(crate) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    match bytes {
        [] => None,
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("pdf"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
        [b'P', b'K', 3, 4, ..] if holds(b"vbaProject.bin") => None,
        [b'P', b'K', 3, 4, ..] if holds(b"word/document.xml") => Some("docx"),
        [b'P', b'K', 3, 4, ..] if holds(b"xl/workbook.xml") => Some("xlsx"),
        _ => {
            let text = std::str::from_utf8(bytes).ok()?;
            let plain = text
                .chars()
                .all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
            // Markup and scripts are text too, but not evidence.
            let start = text.trim_start_matches('\u{feff}').trim_start();
            (plain && !start.starts_with('<') && !start.starts_with("#!")).then_some("text")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_known_by_its_content_and_never_by_its_name() {
        for (bytes, kind) in [
            (b"%PDF-1.7 ...".as_slice(), Some("pdf")),
            (b"\x89PNG\r\n\x1a\n...", Some("png")),
            (b"\xff\xd8\xff\xe0", Some("jpeg")),
            (b"PK\x03\x04 word/document.xml", Some("docx")),
            (b"PK\x03\x04 xl/workbook.xml", Some("xlsx")),
            (b"PK\x03\x04 xl/workbook.xml xl/vbaProject.bin", None),
            (b"PK\x03\x04 something.exe", None),
            (b"MZ\x90\x00", None),
            (b"<html><script>", None),
            (b"#!/bin/sh", None),
            ("Biên bản họp\n".as_bytes(), Some("text")),
            (b"", None),
        ] {
            assert_eq!(kind_of(bytes), kind, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for good in ["https://dienbien.gov.vn/a?b=1", "http://127.0.0.1:8080/x"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "ftp://a.vn",
            "https://",
            "https:// a",
            "//a.vn",
            "a.vn",
            "https://a\u{0}",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_name_keeps_no_path() {
        assert_eq!(file_name("C:\\Users\\a\\biên bản.pdf"), "biên bản.pdf");
        assert_eq!(file_name("../../etc/passwd\u{0}"), "passwd");
        assert_eq!(file_name("/"), "file");
    }
}
