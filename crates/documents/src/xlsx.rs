//! XLSX: every sheet's rows, as their cells show, with the sheet, row and column of each cell.

use std::io::{Cursor, Read, Seek};

use calamine::{DataRef, Reader as _, SheetVisible, Style, Xlsx};
use terms::{Diagnostic, Place};

use crate::archive::Archive;
use crate::builder::Builder;
use crate::docx::names_columns;
use crate::{Anchor, BlockKind, DocumentText, Error, Format, Limits};

mod number;

pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    let mut diagnostics = Vec::new();
    Archive::open(name, bytes, limits)?.prove()?;
    let damaged = |part: &str, cause: calamine::XlsxError| {
        Error::new(Diagnostic::error("xlsx-damaged", Place::file(name)).with("part", part)).caused_by(cause)
    };
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|cause| damaged("xl/workbook.xml", cause))?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut builder = Builder::default();
    let mut cells_left = limits.cells;
    for (sheet, visible) in sheets {
        if !visible {
            let mut place = Place::file(name);
            place.sheet = Some(sheet);
            diagnostics.push(Diagnostic::info("sheet-hidden", place));
            continue;
        }
        let sheet_damaged = |cause| damaged(&sheet, cause);
        let extent = match extent(&mut book, &sheet, &mut cells_left) {
            // A sheet that holds a chart only.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            other => other.map_err(sheet_damaged)?,
        };
        if cells_left == 0 {
            return Err(Error::new(
                Diagnostic::error("too-many-cells", Place::file(name)).with("limit", limits.cells),
            ));
        }
        if let Some(extent) = extent {
            add_sheet(&mut builder, &mut book, &sheet, &extent).map_err(sheet_damaged)?;
        }
    }
    if builder.is_empty() {
        return Err(Error::new(Diagnostic::error("xlsx-empty", Place::file(name))));
    }
    Ok((builder.finish(Format::Xlsx, None), diagnostics))
}

/// What a cell holds, before the sheet's language is known.
enum Content {
    Words(String),
    /// A number as the cell's format shows it, with a decimal point; see [`number::shown`].
    Number(String),
}

/// What must be known of a sheet before its rows are written.
struct Extent {
    /// The first and last column in use, from 0.
    first: u32,
    last: u32,
    /// Whether it is written in Vietnamese, and so with decimal commas.
    vietnamese: bool,
}

/// Gives each filled cell of a sheet, in a stream, so that a cell far out costs no more than a near one: its row and
/// column from 0, and what it holds. Stops where `take` says so.
fn each_cell<R: Read + Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
    mut take: impl FnMut(u32, u32, Content) -> bool,
) -> Result<(), calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let styles: Vec<Style> = reader.styles().to_vec();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let format = styles.get(style).and_then(|style| style.number_format.as_ref());
        let format = format.map(|format| format.format_code.as_str());
        let (row, column) = cell.get_position();
        if let Some(content) = content(cell.get_value(), format)
            && !take(row, column, content)
        {
            break;
        }
    }
    Ok(())
}

/// Looks over a sheet and takes its cells off `left`; stops where none is left. None where the sheet is empty.
fn extent<R: Read + Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
    left: &mut u64,
) -> Result<Option<Extent>, calamine::XlsxError> {
    let mut extent: Option<Extent> = None;
    each_cell(book, sheet, |_, column, content| {
        *left = left.saturating_sub(1);
        let vietnamese = matches!(&content, Content::Words(words) if is_vietnamese(words));
        let extent = extent.get_or_insert(Extent {
            first: column,
            last: column,
            vietnamese: is_vietnamese(sheet),
        });
        extent.first = extent.first.min(column);
        extent.last = extent.last.max(column);
        extent.vietnamese |= vietnamese;
        0 < *left
    })?;
    Ok(extent)
}

fn content(value: &DataRef<'_>, format: Option<&str>) -> Option<Content> {
    let words = |text: &str| (!text.trim().is_empty()).then(|| Content::Words(text.to_owned()));
    match value {
        DataRef::SharedString(text) => words(text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => words(text),
        DataRef::Int(number) => Some(Content::Number(number.to_string())),
        DataRef::Float(number) => number::shown(*number, format).map(Content::Number),
        DataRef::Bool(true) => words("x"),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            words(&format!("{day:02}/{month:02}/{year}"))
        }
        DataRef::Bool(false) | DataRef::Error(_) | DataRef::Empty => None,
    }
}

/// Adds a sheet: its name as a heading, then its rows, one at a time, from the first column in use.
fn add_sheet<R: Read + Seek>(
    builder: &mut Builder,
    book: &mut Xlsx<R>,
    sheet: &str,
    extent: &Extent,
) -> Result<(), calamine::XlsxError> {
    let heading = Anchor::Row {
        sheet: sheet.to_owned(),
        row: 1,
    };
    builder.push(BlockKind::Heading(2), sheet, Some(heading));
    let mut row = Row::default();
    let mut named = false;
    each_cell(book, sheet, |number, column, content| {
        if number != row.number {
            std::mem::take(&mut row).add(builder, sheet, &mut named);
            row.number = number;
        }
        row.push(column, content, extent);
        true
    })?;
    row.add(builder, sheet, &mut named);
    Ok(())
}

/// A row that is being read.
#[derive(Default)]
struct Row {
    /// From 0.
    number: u32,
    texts: Vec<String>,
    /// The column of each text, from 0.
    columns: Vec<u32>,
}

impl Row {
    /// Adds a cell, after empty ones so that columns line up; a lone cell far out must not widen the row.
    fn push(&mut self, column: u32, content: Content, extent: &Extent) {
        let width = (extent.last - extent.first + 1).min(40);
        let wanted = column.saturating_sub(extent.first).min(width);
        while u32::try_from(self.texts.len()).is_ok_and(|filled| filled < wanted) {
            self.columns
                .push(extent.first + u32::try_from(self.texts.len()).unwrap_or_default());
            self.texts.push(String::new());
        }
        self.columns.push(column);
        self.texts.push(match content {
            Content::Words(words) => words,
            Content::Number(number) if extent.vietnamese => number.replace('.', ","),
            Content::Number(number) => number,
        });
    }

    /// Writes the row; `named` tells whether a row above has named the columns.
    fn add(self, builder: &mut Builder, sheet: &str, named: &mut bool) {
        let header = !*named && names_columns(&self.texts);
        *named |= header;
        let kind = match self.texts.len() {
            // A title above the table.
            1 if !*named => BlockKind::Paragraph,
            _ if header => BlockKind::TableHeader,
            _ => BlockKind::TableRow,
        };
        let anchor = Anchor::Row {
            sheet: sheet.to_owned(),
            row: self.number + 1,
        };
        let spans = builder.push_row(kind, &self.texts, Some(anchor));
        if !spans.is_empty() {
            let cells = spans.into_iter().zip(self.columns);
            let filled = cells.filter(|(span, _)| !span.is_empty());
            builder.place_cells(filled.map(|(span, column)| (span, letters(column))).collect());
        }
    }
}

/// Whether a text has a letter that only Vietnamese has.
fn is_vietnamese(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(
            c,
            'đ' | 'Đ' | 'ă' | 'Ă' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}'
        ) || matches!(c, '\u{0309}' | '\u{0323}' | '\u{031b}')
    })
}

/// The letters of a column counted from 0: A, …, Z, AA.
fn letters(column: u32) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default());
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_their_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), name);
        }
    }
}
