//! The files that people write: bytes → blocks of text with anchors.
//!
//! [`read`] is the whole of it: it recognises the [`Format`] by its content, decodes it within [`Limits`], and gives a
//! [`DocumentText`]: one running text whose [`Block`]s say what each stretch is (heading, paragraph, row of a table,
//! furniture of a page) and where it stands in the original ([`Anchor`]: page, sheet and row, paragraph). What could
//! not be read is an [`Error`] with a diagnostic; what was read with a doubt is a list of diagnostics beside the text.
//! What a number means is not known here.
//!
//! In reading order: [`text`] is what comes out, [`format`] and [`limits`] are the door, [`header`] the date line, then
//! one module a format.

mod archive;
mod builder;
mod contain;
mod docx;
pub mod error;
pub mod format;
pub mod grid;
pub mod header;
mod html;
pub mod limits;
mod pdf;
pub mod text;
mod txt;
mod xlsx;
mod xml;

pub use error::{CODES, Error};
pub use format::Format;
pub use header::Header;
pub use limits::Limits;
pub use terms::{Anchor, BlockKind};
pub use text::{Block, DocumentText};

use std::io::Read as _;
use std::path::Path;

use contain::Lost;
use terms::{Diagnostic, Place};

/// Reads one document from memory; `name` is what the person called it, and only diagnostics use it.
///
/// # Errors
/// [`Error`] holds the diagnostic that says why nothing could be read and what to do.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    if bytes.len() as u64 > limits.bytes {
        return Err(too_large(name, bytes.len() as u64, limits));
    }
    let (mut document, diagnostics) = match Format::of(name, bytes).map_err(Error::new)? {
        Format::Txt => txt::read(name, bytes)?,
        format => contained(format, name, bytes, limits)?,
    };
    document.header = Header::of(&document.text);
    if document.title.is_none() {
        document.title = document.header.as_ref().and_then(|header| header.title.clone());
    }
    Ok((document, diagnostics))
}

/// Reads a format whose parser is not ours, where its panics and endless loops do no harm.
fn contained(
    format: Format,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    let (its_name, its_bytes, its_limits) = (name.to_owned(), bytes.to_vec(), limits.clone());
    let work = move || match format {
        Format::Txt => txt::read(&its_name, &its_bytes),
        Format::Html => html::read(&its_name, its_bytes),
        Format::Docx => docx::read(&its_name, &its_bytes, &its_limits),
        Format::Pdf => pdf::read(&its_name, its_bytes, &its_limits),
        Format::Xlsx => xlsx::read(&its_name, &its_bytes, &its_limits),
    };
    let refuse = |code| Diagnostic::error(code, Place::file(name));
    contain::run(limits.time, work).unwrap_or_else(|lost| {
        Err(Error::new(match lost {
            Lost::TookTooLong => refuse("took-too-long").with("limit", limits.time.as_secs()),
            Lost::Panicked => refuse("document-unreadable").with("format", format.code().to_uppercase()),
            Lost::NoThread => refuse("no-resources"),
        }))
    })
}

/// Reads one document from a file, whose size is checked before its content is.
///
/// # Errors
/// As [`read`]; and where the file cannot be opened or read.
pub fn read_file(path: &Path, limits: &Limits) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    let name = path.display().to_string();
    let bytes = load(path, limits)?;
    read(&name, &bytes, limits)
}

/// The bytes of a file, not more than the limits allow.
///
/// # Errors
/// Where the file cannot be opened or read, or is too large.
pub fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    let name = path.display().to_string();
    let unreadable = |cause: std::io::Error| {
        let code = match cause.kind() {
            std::io::ErrorKind::NotFound => "file-not-found",
            std::io::ErrorKind::PermissionDenied => "file-not-permitted",
            _ => "file-unreadable",
        };
        Error::new(Diagnostic::error(code, Place::file(&name)).with("file", &name)).caused_by(cause)
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if limits.bytes < size {
        return Err(too_large(&name, size, limits));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // A file may grow while it is read, and a pipe has no size: one byte over the limit is enough to know.
    file.take(limits.bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if limits.bytes < bytes.len() as u64 {
        return Err(too_large(&name, bytes.len() as u64, limits));
    }
    Ok(bytes)
}

fn too_large(name: &str, size: u64, limits: &Limits) -> Error {
    Error::new(
        Diagnostic::error("file-too-large", Place::file(name))
            .with("file", name)
            .with("size", megabytes(size))
            .with("limit", megabytes(limits.bytes)),
    )
}

/// Megabytes for a message, rounded up, so that what is over a limit also reads so.
fn megabytes(bytes: u64) -> String {
    bytes.div_ceil(1_000_000).to_string()
}
