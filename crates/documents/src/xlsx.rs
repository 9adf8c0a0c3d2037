//! XLSX: every sheet's rows, as their cells show, with the sheet, row and column of each cell.

use std::io::Cursor;

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
        let rows = match rows(&mut book, &sheet, &mut cells_left) {
            // A sheet that holds a chart only.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            other => other.map_err(|cause| damaged(&sheet, cause))?,
        };
        let Some(rows) = rows else {
            return Err(Error::new(
                Diagnostic::error("too-many-cells", Place::file(name)).with("limit", limits.cells),
            ));
        };
        add_sheet(&mut builder, &sheet, &rows);
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

/// A row with anything in it: its number from 0, and its filled cells by column from 0.
struct Row {
    number: u32,
    cells: Vec<(u32, Content)>,
}

/// The filled rows of a sheet, read in a stream, so that a cell far out costs no more than a near one.
///
/// None where the workbook has more cells than `left`.
fn rows<R: std::io::Read + std::io::Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
    left: &mut u64,
) -> Result<Option<Vec<Row>>, calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let styles: Vec<Style> = reader.styles().to_vec();
    let mut rows: Vec<Row> = Vec::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let format = styles.get(style).and_then(|style| style.number_format.as_ref());
        let format = format.map(|format| format.format_code.as_str());
        let Some(content) = content(cell.get_value(), format) else {
            continue;
        };
        *left = left.saturating_sub(1);
        if *left == 0 {
            return Ok(None);
        }
        let (number, column) = cell.get_position();
        match rows.last_mut().filter(|row| row.number == number) {
            Some(row) => row.cells.push((column, content)),
            None => rows.push(Row {
                number,
                cells: vec![(column, content)],
            }),
        }
    }
    Ok(Some(rows))
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

/// Adds a sheet: its name as a heading, then its rows, all as wide as the widest from the first column in use.
fn add_sheet(builder: &mut Builder, sheet: &str, rows: &[Row]) {
    let columns = || {
        rows.iter()
            .flat_map(|row| row.cells.iter().map(|(column, _)| *column))
    };
    let (Some(first), Some(last)) = (columns().min(), columns().max()) else {
        return;
    };
    let vietnamese = rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|(_, content)| match content {
            Content::Words(words) => is_vietnamese(words),
            Content::Number(_) => false,
        })
        || is_vietnamese(sheet);
    // Rows are filled up so that columns line up; a lone cell far out must not widen them all.
    let width = (last - first + 1).min(40);
    builder.push(
        BlockKind::Heading(2),
        sheet,
        Some(Anchor::Row {
            sheet: sheet.to_owned(),
            row: 1,
            cells: Vec::new(),
        }),
    );
    let mut named = false;
    for row in rows {
        let mut texts: Vec<String> = Vec::new();
        let mut places: Vec<u32> = Vec::new();
        for (column, content) in &row.cells {
            while column - first > u32::try_from(texts.len()).unwrap_or(u32::MAX)
                && u32::try_from(texts.len()).is_ok_and(|filled| filled < width)
            {
                places.push(first + u32::try_from(texts.len()).unwrap_or_default());
                texts.push(String::new());
            }
            places.push(*column);
            texts.push(match content {
                Content::Words(words) => words.clone(),
                Content::Number(number) if vietnamese => number.replace('.', ","),
                Content::Number(number) => number.clone(),
            });
        }
        let anchor = |spans: &[std::ops::Range<usize>]| Anchor::Row {
            sheet: sheet.to_owned(),
            row: row.number + 1,
            cells: spans
                .iter()
                .zip(&places)
                .filter(|(span, _)| !span.is_empty())
                .map(|(span, column)| (span.clone(), letters(*column)))
                .collect(),
        };
        if let ([only], true) = (texts.as_slice(), !named) {
            // A title above the table.
            builder.push_row(BlockKind::Paragraph, &[only], |spans| Some(anchor(spans)));
            continue;
        }
        let header = !named && names_columns(&texts);
        named |= header;
        let kind = if header {
            BlockKind::TableHeader
        } else {
            BlockKind::TableRow
        };
        builder.push_row(kind, &texts, |spans| Some(anchor(spans)));
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
