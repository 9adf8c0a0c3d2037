//! PDF: the characters of each page with their places, put back into lines, columns, tables and paragraphs.
//!
//! `pdf-extract` decodes fonts and says where each character stands; reading order is our own: [`glyphs`] gathers
//! characters into words, [`region`] finds columns and tables, [`table`] their rows, [`prose`] joins lines into
//! paragraphs. The decoder panics on damaged fonts: a page that it fails on is
//! told, the others are read.

mod glyphs;
mod proof;
mod prose;
mod region;
mod table;

use pdf_extract::Document;
use pdf_extract::encryption::DecryptionError;
use terms::{Diagnostic, Place};

use crate::builder::Builder;
use crate::contain;
use crate::{Anchor, BlockKind, DocumentText, Error, Format, Limits};
use glyphs::{Collector, Page};

pub(crate) fn read(
    name: &str,
    bytes: Vec<u8>,
    limits: &Limits,
) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    let refuse = |code| Diagnostic::error(code, Place::file(name));
    proof::streams(name, &bytes, limits)?;
    let mut file =
        Document::load_mem(&bytes).map_err(|cause| Error::new(refuse(refusal(&cause))).caused_by(cause))?;
    drop(bytes);
    if file.is_encrypted() {
        // Many files are locked against change only: they open with an empty password.
        file.decrypt("")
            .map_err(|cause| Error::new(refuse("pdf-encrypted")).caused_by(cause))?;
    }
    let pages = u32::try_from(file.get_pages().len()).unwrap_or(u32::MAX);
    if pages == 0 {
        return Err(Error::new(refuse("pdf-damaged")));
    }
    if limits.pages < pages {
        return Err(Error::new(
            refuse("too-many-pages")
                .with("pages", pages)
                .with("limit", limits.pages),
        ));
    }
    let mut builder = Builder::default();
    let (mut empty, mut unreadable) = (Vec::new(), Vec::new());
    each_page(&file, pages, |number, page| match page {
        Some(page) if page.words.is_empty() => empty.push(number),
        Some(page) => add(&mut builder, number, page),
        None => unreadable.push(number),
    });
    if builder.is_empty() {
        let code = if unreadable.is_empty() {
            "pdf-scanned"
        } else {
            "pdf-damaged"
        };
        return Err(Error::new(refuse(code).with("pages", pages)));
    }
    let at = |code, number: u32| Diagnostic::warning(code, Place::file(name).page(number));
    let mut diagnostics: Vec<_> = empty
        .into_iter()
        .map(|number| at("pdf-page-without-text", number))
        .collect();
    diagnostics.extend(
        unreadable
            .into_iter()
            .map(|number| at("pdf-page-unreadable", number)),
    );
    Ok((builder.finish(Format::Pdf, title(&file)), diagnostics))
}

fn refusal(cause: &pdf_extract::Error) -> &'static str {
    match cause {
        pdf_extract::Error::Decryption(DecryptionError::IncorrectPassword)
        | pdf_extract::Error::InvalidPassword => "pdf-encrypted",
        _ => "pdf-damaged",
    }
}

/// Gives every page in order, one at a time; none for a page that the decoder fails on.
fn each_page(file: &Document, pages: u32, mut take: impl FnMut(u32, Option<Page>)) {
    // All pages in one go first: asking for each page alone walks the tree of pages again each time.
    let mut next = 1;
    let mut collector = Collector::new(|number, page| {
        take(number, Some(page));
        next = number + 1;
    });
    let _ = contain::attempt(|| pdf_extract::output_doc(file, &mut collector));
    drop(collector);
    while next <= pages {
        let number = next;
        let mut found = None;
        let mut collector = Collector::new(|_, page| found = Some(page));
        let _ = contain::attempt(|| pdf_extract::output_doc_page(file, &mut collector, number));
        drop(collector);
        take(number, found);
        next += 1;
    }
}

/// Adds a page's blocks in reading order.
fn add(builder: &mut Builder, number: u32, page: Page) {
    let frame = page.frame();
    for part in region::parts(page) {
        match part {
            region::Part::Prose(lines) => {
                for (kind, text) in prose::blocks(&lines, &frame) {
                    builder.push(kind, &text, Some(Anchor::Page(number)));
                }
            }
            region::Part::Table(rows) => {
                for (at, cells) in rows.iter().enumerate() {
                    let header = at == 0 && crate::docx::names_columns(cells);
                    let kind = if header {
                        BlockKind::TableHeader
                    } else {
                        BlockKind::TableRow
                    };
                    builder.push_row(kind, cells, Some(Anchor::Page(number)));
                }
            }
        }
    }
}

/// The title in the document's properties, where it is more than a file name.
fn title(file: &Document) -> Option<String> {
    let info = file.trailer.get(b"Info").ok()?;
    let (_, info) = file.dereference(info).ok()?;
    let bytes = info.as_dict().ok()?.get(b"Title").ok()?.as_str().ok()?;
    let title = if bytes.starts_with(&[0xfe, 0xff]) {
        encoding_rs::UTF_16BE.decode(bytes).0.into_owned()
    } else {
        bytes
            .is_ascii()
            .then(|| String::from_utf8_lossy(bytes).into_owned())?
    };
    let name =
        [".doc", ".docx"].iter().any(|end| title.ends_with(end)) || title.starts_with("Microsoft Word");
    (!name).then_some(title)
}
