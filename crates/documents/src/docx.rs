//! DOCX: the body's paragraphs, lists, styles and tables, then notes; page headers and footers are furniture.

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use terms::{Diagnostic, Place};

use crate::archive::Archive;
use crate::builder::Builder;
use crate::xml::{attribute, push_reference};
use crate::{BlockKind, DocumentText, Error, Format, Limits};

const BODY: &str = "word/document.xml";

pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    let mut archive = Archive::open(name, bytes, limits)?;
    if !archive.has(BODY) {
        return Err(damaged(name, BODY));
    }
    let styles = part(&mut archive, name, "word/styles.xml", |xml| styles(xml))?.unwrap_or_default();
    let title = part(&mut archive, name, "docProps/core.xml", |xml| title(xml))?.flatten();
    let mut builder = Builder::default();
    let parts = [
        (BODY, BlockKind::Paragraph),
        ("word/footnotes.xml", BlockKind::Footnote),
        ("word/endnotes.xml", BlockKind::Footnote),
        ("word/header1.xml", BlockKind::Furniture),
        ("word/header2.xml", BlockKind::Furniture),
        ("word/footer1.xml", BlockKind::Furniture),
        ("word/footer2.xml", BlockKind::Furniture),
    ];
    for (path, kind) in parts {
        part(&mut archive, name, path, |xml| {
            story(xml, kind, &styles, &mut builder)
        })?;
    }
    if builder.is_empty() {
        return Err(Error::new(Diagnostic::error("docx-empty", Place::file(name))));
    }
    Ok((builder.finish(Format::Docx, title), Vec::new()))
}

fn damaged(name: &str, part: &str) -> Error {
    Error::new(Diagnostic::error("docx-damaged", Place::file(name)).with("part", part))
}

/// Reads one part of the file, where it has it.
fn part<T>(
    archive: &mut Archive<'_>,
    name: &str,
    path: &str,
    read: impl FnOnce(&mut Reader<&mut dyn BufRead>) -> quick_xml::Result<T>,
) -> Result<Option<T>, Error> {
    let found = {
        let Some(mut stream) = archive.part(path)? else {
            return Ok(None);
        };
        let stream: &mut dyn BufRead = &mut stream;
        let mut xml = Reader::from_reader(stream);
        xml.config_mut().check_end_names = false;
        read(&mut xml)
    };
    archive.stop_a_bomb()?;
    found
        .map(Some)
        .map_err(|cause| damaged(name, path).caused_by(cause))
}

type Xml<'a> = Reader<&'a mut dyn BufRead>;

/// What a paragraph of each style is, where it is a heading or an item, by the style's id.
fn styles(xml: &mut Xml<'_>) -> quick_xml::Result<HashMap<String, BlockKind>> {
    let (mut found, mut style, mut buffer) = (HashMap::new(), String::new(), Vec::new());
    loop {
        match xml.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(found),
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "style" => style = attribute(&element, "styleId").unwrap_or_default(),
                "name" => {
                    let name = attribute(&element, "val").unwrap_or_default().to_lowercase();
                    let level = name
                        .strip_prefix("heading ")
                        .and_then(|level| level.parse::<u8>().ok());
                    let kind = match level {
                        Some(level) => Some(BlockKind::Heading(level.clamp(1, 6))),
                        None if name == "title" => Some(BlockKind::Heading(1)),
                        None => name.starts_with("list ").then_some(BlockKind::ListItem),
                    };
                    found.extend(kind.map(|kind| (style.clone(), kind)));
                }
                "outlineLvl" => {
                    let level = attribute(&element, "val").and_then(|level| level.parse::<u8>().ok());
                    if let Some(level) = level.filter(|level| *level < 9) {
                        found
                            .entry(style.clone())
                            .or_insert(BlockKind::Heading((level + 1).clamp(1, 6)));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        buffer.clear();
    }
}

/// The title in the document's properties.
fn title(xml: &mut Xml<'_>) -> quick_xml::Result<Option<String>> {
    let (mut inside, mut title, mut buffer) = (false, String::new(), Vec::new());
    loop {
        match xml.read_event_into(&mut buffer)? {
            Event::Eof => return Ok((!title.trim().is_empty()).then_some(title)),
            Event::Start(element) => inside = element.local_name().as_ref() == "title",
            Event::End(_) => inside = false,
            Event::Text(text) if inside => title.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if inside => push_reference(&mut title, &reference),
            _ => {}
        }
        buffer.clear();
    }
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    cells: Vec<String>,
    cell: String,
    rows: usize,
    /// Whether the row says that it repeats at the top of each page.
    header: bool,
    /// Whether the cell goes on from the row above.
    continued: bool,
}

/// A paragraph that is being read; a text box holds paragraphs inside one.
#[derive(Default)]
struct Paragraph {
    text: String,
    kind: Option<BlockKind>,
}

/// What one part tells, block by block.
fn story(
    xml: &mut Xml<'_>,
    plain: BlockKind,
    styles: &HashMap<String, BlockKind>,
    builder: &mut Builder,
) -> quick_xml::Result<()> {
    let mut tables: Vec<Table> = Vec::new();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    // Elements whose content is not shown: what was moved away, and the second drawing of a text box.
    let (mut hidden, mut in_text) = (0_usize, false);
    let mut buffer = Vec::new();
    loop {
        let event = xml.read_event_into(&mut buffer)?;
        match &event {
            Event::Eof => return Ok(()),
            Event::Start(element) => {
                let name = element.local_name();
                if hidden > 0 || matches!(name.as_ref(), "moveFrom" | "Fallback" | "del") {
                    hidden += 1;
                } else {
                    match name.as_ref() {
                        "p" => paragraphs.push(Paragraph::default()),
                        "tbl" => tables.push(Table::default()),
                        "t" => in_text = true,
                        other => mark(other, element, styles, &mut paragraphs, &mut tables),
                    }
                }
            }
            Event::Empty(element) if hidden == 0 => {
                mark(
                    element.local_name().as_ref(),
                    element,
                    styles,
                    &mut paragraphs,
                    &mut tables,
                );
            }
            Event::End(_) if hidden > 0 => hidden -= 1,
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "p" => {
                    if let Some(paragraph) = paragraphs.pop() {
                        end_paragraph(&paragraph, plain, &mut tables, builder);
                    }
                }
                "tc" => {
                    if let Some(table) = tables.last_mut() {
                        let cell = std::mem::take(&mut table.cell);
                        table
                            .cells
                            .push(if table.continued { String::new() } else { cell });
                        table.continued = false;
                    }
                }
                "tr" => end_row(plain, &mut tables, builder),
                "tbl" => {
                    tables.pop();
                }
                _ => {}
            },
            Event::Text(text) if in_text && hidden == 0 => {
                if let Some(paragraph) = paragraphs.last_mut() {
                    paragraph.text.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) if in_text && hidden == 0 => {
                if let Some(paragraph) = paragraphs.last_mut() {
                    paragraph.text.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) if in_text && hidden == 0 => {
                if let Some(paragraph) = paragraphs.last_mut() {
                    push_reference(&mut paragraph.text, reference);
                }
            }
            _ => {}
        }
        buffer.clear();
    }
}

/// Takes note of an element that says something about its paragraph, cell or row, or that stands for a character.
fn mark(
    name: &str,
    element: &BytesStart<'_>,
    styles: &HashMap<String, BlockKind>,
    paragraphs: &mut [Paragraph],
    tables: &mut [Table],
) {
    if let Some(paragraph) = paragraphs.last_mut() {
        match name {
            "tab" if attribute(element, "pos").is_none() => paragraph.text.push('\t'),
            "br" | "cr" => paragraph.text.push('\n'),
            "noBreakHyphen" => paragraph.text.push('-'),
            "pStyle" => {
                let style = attribute(element, "val").unwrap_or_default();
                paragraph.kind = styles.get(&style).copied();
            }
            "numPr" => {
                paragraph.kind.get_or_insert(BlockKind::ListItem);
            }
            _ => {}
        }
    } else if let Some(table) = tables.last_mut() {
        match name {
            "tblHeader" => table.header = true,
            "vMerge" => table.continued = attribute(element, "val").is_none_or(|value| value != "restart"),
            _ => {}
        }
    }
}

/// A paragraph goes to the cell that holds it, or to the text.
fn end_paragraph(paragraph: &Paragraph, plain: BlockKind, tables: &mut [Table], builder: &mut Builder) {
    if let Some(table) = tables.last_mut() {
        if !table.cell.is_empty() {
            table.cell.push(' ');
        }
        table.cell.push_str(&paragraph.text);
    } else {
        let kind = if plain == BlockKind::Paragraph {
            paragraph.kind.unwrap_or(plain)
        } else {
            plain
        };
        builder.push(kind, &paragraph.text, None);
    }
}

/// A row goes to the cell that holds its table, or to the text.
fn end_row(plain: BlockKind, tables: &mut [Table], builder: &mut Builder) {
    let Some((table, outer)) = tables.split_last_mut() else {
        return;
    };
    let cells = std::mem::take(&mut table.cells);
    let header = std::mem::take(&mut table.header) || table.rows == 0 && names_columns(&cells);
    table.rows += 1;
    if let Some(outer) = outer.last_mut() {
        for cell in cells.iter().filter(|cell| !cell.is_empty()) {
            if !outer.cell.is_empty() {
                outer.cell.push(' ');
            }
            outer.cell.push_str(cell);
        }
    } else if let [only] = cells.as_slice() {
        builder.push(plain, only, None);
    } else {
        let kind = if header {
            BlockKind::TableHeader
        } else {
            BlockKind::TableRow
        };
        builder.push_row(
            if plain == BlockKind::Furniture {
                plain
            } else {
                kind
            },
            &cells,
            None,
        );
    }
}

/// Whether the first row of a table names its columns: words in at least two cells, a bare number in none, years aside.
pub(crate) fn names_columns<S: AsRef<str>>(cells: &[S]) -> bool {
    let worded = |cell: &&S| cell.as_ref().chars().any(char::is_alphabetic);
    let bare = |cell: &&S| {
        let cell = cell.as_ref().trim();
        let number = cell.chars().any(|c| c.is_ascii_digit()) && !cell.chars().any(char::is_alphabetic);
        number && !(cell.len() == 4 && (cell.starts_with("19") || cell.starts_with("20")))
    };
    2 <= cells.iter().filter(worded).count() && cells.iter().find(bare).is_none()
}
