//! Tables as grids, for whoever reads a table cell by cell: merged cells filled, formulas refused.
//!
//! The running text of [`crate::read`] leaves what a merged cell covers empty, so that no figure is found twice. A table
//! that assigns something to each row needs the opposite: the office that stands once beside five rows leads all five.

use std::collections::BTreeMap;
use std::io::{BufRead, Cursor};

use calamine::{Data, DataRef, Reader as _, SheetVisible, Xlsx};
use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::events::Event;
use terms::{Diagnostic, Place};

use crate::archive::Archive;
use crate::builder::tidy;
use crate::contain::{self, Lost};
use crate::xml::{attribute, push_reference};
use crate::{Error, Format, Limits};

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Of a workbook, the sheet; of a document, none.
    pub sheet: Option<String>,
    /// Which table of the file, from 1.
    pub table: u32,
    /// Its number, from 1: of a sheet as the sheet counts, of a document within its table.
    pub number: u32,
    /// Its cells; what a merged cell covers from above has the text of that cell, what one covers to the right is empty.
    pub cells: Vec<String>,
}

/// The most columns that are read: no plan's annex has more.
const MOST_COLUMNS: u32 = 64;
/// The most rows.
const MOST_ROWS: usize = 20_000;

/// The rows of every table of a DOCX or XLSX file. A cell that holds a formula is refused, since what it shows is not
/// what somebody wrote there.
///
/// # Errors
/// Diagnostics that say why nothing can be read, or name every formula.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<GridRow>, Vec<Diagnostic>> {
    let one = |error: Error| vec![*error.diagnostic];
    if bytes.len() as u64 > limits.bytes {
        return Err(one(crate::too_large(name, bytes.len() as u64, limits)));
    }
    let format = Format::of(name, bytes).map_err(|diagnostic| one(Error::new(diagnostic)))?;
    let refuse = |code| vec![Diagnostic::error(code, Place::file(name))];
    let (its_name, its_bytes, its_limits) = (name.to_owned(), bytes.to_vec(), limits.clone());
    let work = move || match format {
        Format::Docx => docx(&its_name, &its_bytes, &its_limits).map_err(one),
        Format::Xlsx => xlsx(&its_name, &its_bytes, &its_limits),
        _ => Err(vec![Diagnostic::error(
            "not-a-table-file",
            Place::file(&its_name),
        )]),
    };
    contain::run(limits.time, work).unwrap_or_else(|lost| {
        Err(match lost {
            Lost::TookTooLong => {
                vec![
                    Diagnostic::error("took-too-long", Place::file(name))
                        .with("limit", limits.time.as_secs()),
                ]
            }
            Lost::Panicked => vec![
                Diagnostic::error("document-unreadable", Place::file(name))
                    .with("format", format.code().to_uppercase()),
            ],
            Lost::NoThread => refuse("no-resources"),
        })
    })
}

fn docx(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<GridRow>, Error> {
    let damaged =
        || Error::new(Diagnostic::error("docx-damaged", Place::file(name)).with("part", "word/document.xml"));
    let mut archive = Archive::open(name, bytes, limits)?;
    let rows = {
        let Some(mut stream) = archive.part("word/document.xml")? else {
            return Err(damaged());
        };
        let stream: &mut dyn BufRead = &mut stream;
        let mut xml = Reader::from_reader(stream);
        xml.config_mut().check_end_names = false;
        tables(&mut xml)
    };
    archive.stop_a_bomb()?;
    rows.map_err(|cause| damaged().caused_by(cause))
}

/// A table of a document that is being read; a table within a cell is text of that cell.
#[derive(Default)]
struct Open {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: String,
    spans: usize,
    continued: bool,
}

fn tables(xml: &mut Reader<&mut dyn BufRead>) -> quick_xml::Result<Vec<GridRow>> {
    let (mut found, mut open, mut table, mut buffer) = (Vec::new(), Vec::<Open>::new(), 0, Vec::new());
    let (mut hidden, mut in_text) = (0_usize, false);
    loop {
        let event = xml.read_event_into(&mut buffer)?;
        match &event {
            Event::Eof if open.is_empty() => return Ok(found),
            // A table without its end: what is missing of it nobody would miss.
            Event::Eof => return Err(IllFormedError::MissingEndTag("tbl".to_owned()).into()),
            Event::Start(element) => {
                let name = element.local_name();
                if hidden > 0 || matches!(name.as_ref(), "moveFrom" | "Fallback" | "del") {
                    hidden += 1;
                } else {
                    match name.as_ref() {
                        "tbl" => open.push(Open::default()),
                        "t" => in_text = true,
                        other => mark(other, element, &mut open),
                    }
                }
            }
            Event::Empty(element) if hidden == 0 => mark(element.local_name().as_ref(), element, &mut open),
            Event::End(_) if hidden > 0 => hidden -= 1,
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "tc" => end_cell(&mut open),
                "tr" => {
                    if let Some(table) = open.last_mut() {
                        let row = std::mem::take(&mut table.row);
                        table.rows.push(row);
                    }
                }
                "tbl" => {
                    let Some(done) = open.pop() else { continue };
                    if let Some(outer) = open.last_mut() {
                        let text: Vec<String> = done.rows.into_iter().flatten().collect();
                        outer.cell.push_str(&text.join(" "));
                        continue;
                    }
                    table += 1;
                    for (cells, number) in done.rows.into_iter().zip(1..) {
                        if found.len() < MOST_ROWS {
                            found.push(GridRow {
                                sheet: None,
                                table,
                                number,
                                cells,
                            });
                        }
                    }
                }
                "p" => {
                    if let Some(table) = open.last_mut() {
                        table.cell.push('\n');
                    }
                }
                _ => {}
            },
            Event::Text(text) if in_text && hidden == 0 => {
                if let Some(table) = open.last_mut() {
                    table.cell.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) if in_text && hidden == 0 => {
                if let Some(table) = open.last_mut() {
                    table.cell.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) if in_text && hidden == 0 => {
                if let Some(table) = open.last_mut() {
                    push_reference(&mut table.cell, reference);
                }
            }
            _ => {}
        }
        buffer.clear();
    }
}

fn mark(name: &str, element: &quick_xml::events::BytesStart<'_>, open: &mut [Open]) {
    let Some(table) = open.last_mut() else { return };
    match name {
        "vMerge" => table.continued = attribute(element, "val").is_none_or(|value| value != "restart"),
        "gridSpan" => {
            let spans = attribute(element, "val").and_then(|value| value.parse::<usize>().ok());
            table.spans = spans.unwrap_or(1).clamp(1, MOST_COLUMNS as usize);
        }
        "tab" => table.cell.push(' '),
        "br" | "cr" => table.cell.push('\n'),
        _ => {}
    }
}

/// A cell ends: with its own text, or that of the cell above which it continues; what it covers to the right is empty.
fn end_cell(open: &mut [Open]) {
    let Some(table) = open.last_mut() else { return };
    let text = tidy(&std::mem::take(&mut table.cell));
    let above = table.rows.last().and_then(|row| row.get(table.row.len()));
    let text = if std::mem::take(&mut table.continued) {
        above.cloned().unwrap_or(text)
    } else {
        text
    };
    table.row.push(text);
    for _ in 1..std::mem::take(&mut table.spans).max(1) {
        table.row.push(String::new());
    }
}

fn xlsx(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<GridRow>, Vec<Diagnostic>> {
    let one = |error: Error| vec![*error.diagnostic];
    let damaged = |part: &str| vec![Diagnostic::error("xlsx-damaged", Place::file(name)).with("part", part)];
    Archive::open(name, bytes, limits)
        .and_then(|mut archive| archive.prove())
        .map_err(one)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged("xl/workbook.xml"))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (sheet, table) in sheets.into_iter().zip(1..) {
        let place = || Place {
            sheet: Some(sheet.clone()),
            ..Place::file(name)
        };
        let mut cells: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
        {
            // Cells in a stream: one far out costs no more than a near one.
            let Ok(mut reader) = book.worksheet_cells_reader(&sheet) else {
                continue;
            };
            loop {
                let cell = reader.next_cell().map_err(|_| damaged(&sheet))?;
                let Some(cell) = cell else { break };
                let (row, column) = cell.get_position();
                if MOST_COLUMNS <= column || MOST_ROWS <= cells.len() {
                    continue;
                }
                if let Some(text) = text_of(cell.get_value()) {
                    cells.entry(row).or_default().insert(column, text);
                }
            }
        }
        if let Ok(mut reader) = book.worksheet_cells_reader(&sheet) {
            while let Ok(Some(cell)) = reader.next_formula() {
                if !cell.get_value().is_empty() && wrong.len() < 100 {
                    let (row, column) = cell.get_position();
                    let place = place().row(row + 1).column(letters(column));
                    wrong.push(Diagnostic::error("cell-formula", place).with("found", cell.get_value()));
                }
            }
        }
        for merged in book.merge_cells_by_sheet_name(&sheet).unwrap_or_default() {
            let (first, last) = (merged.start, merged.end);
            let text = cells.get(&first.0).and_then(|row| row.get(&first.1)).cloned();
            let Some(text) = text.filter(|_| first.1 < MOST_COLUMNS) else {
                continue;
            };
            // Only rows that hold something: a merge over a million empty rows says nothing.
            for (_, row) in cells.range_mut(first.0 + 1..=last.0) {
                row.entry(first.1).or_insert_with(|| text.clone());
            }
        }
        for (row, texts) in cells {
            let width = texts.keys().next_back().map_or(0, |last| *last as usize + 1);
            let mut cells = vec![String::new(); width];
            for (column, text) in texts {
                cells[column as usize] = text;
            }
            found.push(GridRow {
                sheet: Some(sheet.clone()),
                table,
                number: row + 1,
                cells,
            });
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// The text of a cell; a day as `2026-09-30`; none of an empty one.
fn text_of(cell: &DataRef<'_>) -> Option<String> {
    let text = match Data::from(cell.clone()) {
        Data::Empty | Data::Error(_) => return None,
        Data::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => tidy(&other.to_string()),
    };
    (!text.is_empty()).then_some(text)
}

/// A column's letters: 0 is A, 26 is AA.
fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while 0 < left {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        left /= 26;
    }
    letters.iter().rev().collect()
}
