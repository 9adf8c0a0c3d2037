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
pub mod header;
mod html;
pub mod limits;
mod pdf;
pub mod text;
mod txt;
mod xlsx;
mod xml;

pub use error::Error;
pub use format::Format;
pub use header::Header;
pub use limits::Limits;
pub use text::{Anchor, Block, BlockKind, DocumentText};

use std::io::Read as _;
use std::path::Path;

use terms::{Diagnostic, Place};

/// Reads one document from memory; `name` is what the person called it, and only diagnostics use it.
///
/// # Errors
/// [`Error`] holds the diagnostic that says why nothing could be read and what to do.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    if bytes.len() as u64 > limits.bytes {
        return Err(too_large(name, bytes.len() as u64, limits));
    }
    let mut diagnostics = Vec::new();
    let mut document = match Format::of(name, bytes).map_err(Error::new)? {
        Format::Txt => txt::read(name, bytes, &mut diagnostics)?,
        Format::Html => html::read(name, bytes)?,
        Format::Pdf => pdf::read(name, bytes, limits, &mut diagnostics)?,
        Format::Docx => docx::read(name, bytes, limits)?,
        Format::Xlsx => xlsx::read(name, bytes, limits, &mut diagnostics)?,
    };
    document.header = Header::of(&document.text);
    if document.title.is_none() {
        document.title = document.header.as_ref().and_then(|header| header.title.clone());
    }
    Ok((document, diagnostics))
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
