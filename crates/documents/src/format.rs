//! Which kind of file it is, told by its content first and its name second.

use terms::{Diagnostic, Place};

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Plain text in UTF-8, UTF-16 or one of the encodings that Vietnamese offices have used.
    Txt,
    /// A web page.
    Html,
    /// A text document of Office Open XML.
    Docx,
    /// A page description.
    Pdf,
    /// A workbook of Office Open XML.
    Xlsx,
}

impl Format {
    /// Every format, in the order in which they are listed to people.
    pub const ALL: [Format; 5] = [Format::Txt, Format::Html, Format::Docx, Format::Pdf, Format::Xlsx];

    /// The usual extension, without the dot.
    pub const fn code(self) -> &'static str {
        match self {
            Format::Txt => "txt",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Pdf => "pdf",
            Format::Xlsx => "xlsx",
        }
    }

    /// The format that a file's name promises.
    pub fn of_name(name: &str) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Format::Txt),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "docx" | "docm" => Some(Format::Docx),
            "pdf" => Some(Format::Pdf),
            "xlsx" | "xlsm" => Some(Format::Xlsx),
            _ => None,
        }
    }

    /// The format of these bytes, whatever their name promises.
    ///
    /// # Errors
    /// The diagnostic where they are empty, protected, of an old or unknown kind, or not what the name promises.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        let refuse = |code| Box::new(Diagnostic::error(code, Place::file(name)));
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(refuse("file-empty"));
        }
        let head = &bytes[..bytes.len().min(4096)];
        if find(&head[..head.len().min(1024)], b"%PDF-") {
            return Ok(Format::Pdf);
        }
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return packed(name, bytes).ok_or_else(|| refuse("unknown-format"));
        }
        if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(compound(bytes).map_or_else(
                || refuse("office-encrypted"),
                |kind| Box::new(refuse("legacy-office").with("kind", kind)),
            ));
        }
        let known_other: [&[u8]; 6] = [b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"Rar!"];
        if known_other.iter().any(|magic| head.starts_with(magic)) {
            return Err(refuse("unknown-format"));
        }
        let promised = Format::of_name(name);
        match promised {
            Some(Format::Pdf) => Err(refuse("pdf-damaged")),
            Some(Format::Docx | Format::Xlsx) => Err(refuse("zip-damaged")),
            Some(Format::Html) => Ok(Format::Html),
            _ if is_page(head) => Ok(Format::Html),
            _ => Ok(Format::Txt),
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Which of the packed formats: by the names of parts, which stand unpacked in the file; a damaged one by its name.
fn packed(name: &str, bytes: &[u8]) -> Option<Format> {
    if find(bytes, b"word/document.xml") {
        Some(Format::Docx)
    } else if find(bytes, b"xl/workbook.xml") {
        Some(Format::Xlsx)
    } else {
        Format::of_name(name).filter(|promised| matches!(promised, Format::Docx | Format::Xlsx))
    }
}

/// Which kind of old Office file; none where it wraps a new one under a password.
fn compound(bytes: &[u8]) -> Option<&'static str> {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let directory = &bytes[..bytes.len().min(20_000_000)];
    if find(directory, &wide("EncryptedPackage")) {
        None
    } else if find(directory, &wide("WordDocument")) {
        Some("DOC")
    } else if find(directory, &wide("Workbook")) || find(directory, &wide("Book")) {
        Some("XLS")
    } else {
        Some("OLE")
    }
}

/// Whether a file begins as a web page does: with a tag, and one that only pages have.
fn is_page(head: &[u8]) -> bool {
    // UTF-16 shows as Latin letters with zeros between.
    let letters: Vec<u8> = head
        .iter()
        .filter(|byte| **byte != 0)
        .map(u8::to_ascii_lowercase)
        .collect();
    let body = letters
        .iter()
        .position(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf | 0xff | 0xfe))
        .map_or(&[][..], |start| &letters[start..]);
    let tags: [&[u8]; 6] = [
        b"<!doctype html",
        b"<html",
        b"<head",
        b"<body",
        b"<article",
        b"<table",
    ];
    body.starts_with(b"<") && tags.iter().any(|tag| find(body, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str, bytes: &[u8]) -> &'static str {
        match Format::of(name, bytes) {
            Ok(format) => format.code(),
            Err(diagnostic) => diagnostic.code,
        }
    }

    #[test]
    fn content_tells_before_the_name() {
        assert_eq!(code("a.txt", b"%PDF-1.7 ..."), "pdf");
        assert_eq!(code("a.pdf", b"Vietnam"), "pdf-damaged");
        assert_eq!(code("a.docx", b"noise"), "zip-damaged");
        assert_eq!(code("a.docx", b"PK\x03\x04 cut off"), "docx");
        assert_eq!(code("a.zip", b"PK\x03\x04 other"), "unknown-format");
        assert_eq!(code("a", b"\xef\xbb\xbf<!DOCTYPE html><p>"), "html");
        assert_eq!(code("a", b"<\0h\0t\0m\0l\0>\0"), "html");
        assert_eq!(code("a", b"<5% of households"), "txt");
        assert_eq!(code("a.txt", b" \n"), "file-empty");
        assert_eq!(code("a.jpg", b"\xff\xd8\xff\xe0"), "unknown-format");
    }

    #[test]
    fn an_old_or_locked_office_file_is_told_apart() {
        let file = |stream: &str| {
            let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0];
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        assert_eq!(code("a.doc", &file("WordDocument")), "legacy-office");
        assert_eq!(code("a.docx", &file("EncryptedPackage")), "office-encrypted");
    }
}
