//! A table as rows of text: CSV (comma, semicolon or tab; UTF-8) and the first filled sheet of an XLSX workbook.

use calamine::Data;
use terms::{Diagnostic, Place};

use crate::book::{Book, Fault};

/// The largest table that is read: far above any province's list, far below what fills a memory.
pub const MAX_BYTES: usize = 64 << 20;
/// What a workbook may unpack to.
const MAX_UNPACKED: u64 = 512 << 20;
/// So many filled cells of a workbook at the most.
const MOST_FILLED: usize = 4_000_000;
/// So many cells at the most, the empty ones of short rows counted: a million rows of twenty columns.
const MOST_CELLS: usize = 20_000_000;
/// So many columns at the most.
const MOST_COLUMNS: usize = 1_000;

/// A table with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The file and, of a workbook, the sheet.
    pub place: Place,
    /// The headings, trimmed, lower case.
    pub headings: Vec<String>,
    /// The rows below, those without any text left out.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its number in the file, from 1, the heading counted.
    pub number: u32,
    /// Its cells, trimmed, as many as there are headings.
    pub cells: Vec<String>,
}

impl Table {
    /// Reads a table; `name` is the file's name.
    ///
    /// # Errors
    /// Diagnostics `table-too-large`, `table-too-many-cells`, `table-empty`, `table-not-utf8`, `table-unreadable`, `row-too-long`,
    /// `duplicate-column`, each with its place.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        if bytes.len() > MAX_BYTES {
            let limit = MAX_BYTES >> 20;
            return Err(vec![
                Diagnostic::error("table-too-large", Place::file(name)).with("limit", limit),
            ]);
        }
        let (place, lines) = if bytes.starts_with(b"PK\x03\x04") {
            workbook(name, bytes)?
        } else {
            (Place::file(name), csv(name, bytes)?)
        };
        Self::of(place, lines)
    }

    /// A table of these columns without a row; `name` is the name that its file would have.
    pub fn empty(name: &str, columns: &[&str]) -> Self {
        Self {
            place: Place::file(name),
            headings: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    fn of(place: Place, lines: Vec<TableRow>) -> Result<Self, Vec<Diagnostic>> {
        let mut lines = lines
            .into_iter()
            .filter(|line| line.cells.iter().any(|cell| !cell.is_empty()));
        let Some(heading) = lines.next() else {
            return Err(vec![Diagnostic::error("table-empty", place)]);
        };
        let mut headings: Vec<String> = heading.cells.iter().map(|cell| cell.to_lowercase()).collect();
        while headings.last().is_some_and(String::is_empty) {
            headings.pop();
        }
        let lines: Vec<TableRow> = lines.collect();
        if MOST_COLUMNS <= headings.len() || MOST_CELLS < headings.len().saturating_mul(lines.len()) {
            let many = Diagnostic::error("table-too-many-cells", place);
            return Err(vec![many.with("limit", MOST_CELLS)]);
        }
        let mut diagnostics = Vec::new();
        for (index, column) in headings.iter().enumerate() {
            if !column.is_empty() && headings[..index].contains(column) {
                let place = place.clone().row(heading.number).column(column);
                diagnostics.push(Diagnostic::error("duplicate-column", place));
            }
        }
        let mut rows = Vec::new();
        for mut line in lines {
            if line
                .cells
                .iter()
                .skip(headings.len())
                .any(|cell| !cell.is_empty())
            {
                diagnostics.push(
                    Diagnostic::error("row-too-long", place.clone().row(line.number))
                        .with("found", line.cells.len())
                        .with("expected", headings.len()),
                );
            }
            line.cells.resize(headings.len(), String::new());
            rows.push(line);
        }
        if diagnostics.is_empty() {
            Ok(Self {
                place,
                headings,
                rows,
            })
        } else {
            Err(diagnostics)
        }
    }

    /// The table as CSV with commas.
    pub fn to_csv(&self) -> String {
        let cell = |text: &String| {
            if text.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text.clone()
            }
        };
        let line = |cells: &[String]| cells.iter().map(cell).collect::<Vec<_>>().join(",");
        let rows = self.rows.iter().map(|row| line(&row.cells));
        std::iter::once(line(&self.headings))
            .chain(rows)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// What is wrong with the headings: each column must be one of `known`, and all of `required` must be there.
    pub fn check_headings(&self, known: &[&str], required: &[&str]) -> Vec<Diagnostic> {
        let heading = || self.place.clone().row(1);
        let unknown = self
            .headings
            .iter()
            .filter(|heading| !heading.is_empty() && !known.contains(&heading.as_str()))
            .map(|column| {
                Diagnostic::error("unknown-column", heading().column(column))
                    .with("expected", known.join(", "))
            });
        unknown.chain(self.missing_headings(required)).collect()
    }

    /// The columns of `required` that are not there.
    pub fn missing_headings(&self, required: &[&str]) -> Vec<Diagnostic> {
        let missing = required
            .iter()
            .filter(|column| !self.headings.iter().any(|heading| heading == *column));
        let place = |column: &&str| self.place.clone().row(1).column(*column);
        missing
            .map(|column| Diagnostic::error("missing-column", place(column)))
            .collect()
    }
}

fn csv(name: &str, bytes: &[u8]) -> Result<Vec<TableRow>, Vec<Diagnostic>> {
    let unreadable = |row: u32| Diagnostic::error("table-unreadable", Place::file(name).row(row));
    let text =
        std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|error| {
            let before = &bytes[..error.valid_up_to().min(bytes.len())];
            let row = u32::try_from(before.split(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX);
            vec![Diagnostic::error("table-not-utf8", Place::file(name).row(row))]
        })?;
    let heading = text.lines().next().unwrap_or_default();
    // A spreadsheet set to Vietnamese writes `;`, since the comma divides decimals there.
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| (heading.bytes().filter(|byte| byte == mark).count(), *mark == b','))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1_usize, 0);
    for record in reader.records() {
        let next = u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_add(1);
        let record = record.map_err(|_| vec![unreadable(next)])?;
        // The reader tells where it began to look; empty lines may come first, and cells may hold line ends.
        let start = record
            .position()
            .and_then(|position| usize::try_from(position.byte()).ok())
            .unwrap_or(counted);
        let start = start
            + text[start..]
                .bytes()
                .take_while(|byte| matches!(byte, b'\n' | b'\r'))
                .count();
        line += text[counted..start].bytes().filter(|byte| *byte == b'\n').count();
        counted = start;
        rows.push(TableRow {
            number: u32::try_from(line).unwrap_or(u32::MAX),
            cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
        });
    }
    Ok(rows)
}

/// The first sheet with a filled cell.
fn workbook(name: &str, bytes: &[u8]) -> Result<(Place, Vec<TableRow>), Vec<Diagnostic>> {
    let told = |fault, place: Place| {
        vec![match fault {
            Fault::Unreadable => Diagnostic::error("table-unreadable", place),
            Fault::TooLarge => Diagnostic::error("table-too-large", place).with("limit", MAX_UNPACKED >> 20),
            Fault::TooManyCells => {
                Diagnostic::error("table-too-many-cells", place).with("limit", MOST_FILLED)
            }
        }]
    };
    let (mut book, _) = Book::open(bytes, MAX_UNPACKED).map_err(|fault| told(fault, Place::file(name)))?;
    for sheet in book.sheets() {
        let place = Place {
            sheet: Some(sheet.clone()),
            ..Place::file(name)
        };
        let cells = book
            .cells(&sheet, MOST_FILLED)
            .map_err(|fault| told(fault, place.clone()))?;
        let Some(first) = cells.keys().map(|(_, column)| *column).min() else {
            continue;
        };
        let last = cells.keys().map(|(_, column)| *column).max().unwrap_or(first);
        let width = usize::try_from(last - first).map_or(MOST_COLUMNS, |width| MOST_COLUMNS.min(width + 1));
        let mut numbers: Vec<u32> = cells.keys().map(|(row, _)| *row).collect();
        numbers.dedup();
        if MOST_CELLS / width < numbers.len() {
            return Err(told(Fault::TooManyCells, place));
        }
        let mut diagnostics = Vec::new();
        let mut rows: Vec<TableRow> = Vec::new();
        // How many cells of a row are taken: below the heading one more than it has is enough to tell a row that is too
        // long.
        let (mut most, mut is_below_heading) = (MOST_COLUMNS, false);
        for ((row, column), cell) in &cells {
            let number = row + 1;
            let text = text_of(cell).unwrap_or_else(|| {
                let column = usize::try_from(*column).unwrap_or(usize::MAX);
                let place = place.clone().row(number).column(letters(column + 1));
                diagnostics.push(Diagnostic::error("cell-error", place).with("found", cell));
                String::new()
            });
            if rows.last().is_none_or(|last| last.number != number) {
                let heading = rows
                    .last()
                    .filter(|row| !is_below_heading && row.cells.iter().any(|cell| !cell.is_empty()));
                if let Some(heading) = heading {
                    (most, is_below_heading) = (heading.cells.len() + 1, true);
                }
                rows.push(TableRow {
                    number,
                    cells: Vec::new(),
                });
            }
            let Some(TableRow { cells, .. }) = rows.last_mut() else {
                continue;
            };
            let at = usize::try_from(column - first).unwrap_or(usize::MAX);
            if at < most {
                cells.resize(at, String::new());
                cells.push(text);
            } else if !text.is_empty() {
                cells.resize(most, String::new());
                cells[most - 1] = text;
            }
        }
        return if diagnostics.is_empty() {
            Ok((place, rows))
        } else {
            Err(diagnostics)
        };
    }
    Err(vec![Diagnostic::error("table-empty", Place::file(name))])
}

/// The text of a cell; none where the cell holds a spreadsheet's error (`#REF!`).
fn text_of(cell: &Data) -> Option<String> {
    Some(match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_owned(),
        // The shortest decimal that is this float: what the sheet shows for up to 15 digits.
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(_) => return None,
    })
}

/// A column's letters: 1 is A, 27 is AA.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while 0 < column {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        column /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(result: Result<Table, Vec<Diagnostic>>) -> Vec<(&'static str, Option<u32>)> {
        result
            .unwrap_err()
            .into_iter()
            .map(|diagnostic| (diagnostic.code, diagnostic.place.row))
            .collect()
    }

    #[test]
    fn rows_keep_their_number_and_headings_any_case() {
        let table = Table::read(
            "a.csv",
            b"\xef\xbb\xbfIndicator, Value\n\ngrdp.level,\"1,5\"\n,\nx,2\n",
        )
        .unwrap();
        assert_eq!(table.headings, ["indicator", "value"]);
        assert_eq!(
            table.rows.iter().map(|row| row.number).collect::<Vec<_>>(),
            [3, 5]
        );
        assert_eq!(table.rows[0].cells, ["grdp.level", "1,5"]);
    }

    #[test]
    fn a_table_written_out_reads_back() {
        let table = Table::read("a.csv", b"a;b\n\"1,5\";\"say \"\"so\"\"\nnow\"\n").unwrap();
        let again = Table::read("a.csv", table.to_csv().as_bytes()).unwrap();
        assert_eq!(again.rows[0].cells, ["1,5", "say \"so\"\nnow"]);
        assert_eq!(again, table);
    }

    #[test]
    fn semicolons_and_tabs_divide_too() {
        for text in ["a;b\n1,5;2", "a\tb\n1,5\t2"] {
            assert_eq!(
                Table::read("a.csv", text.as_bytes()).unwrap().rows[0].cells,
                ["1,5", "2"]
            );
        }
    }

    #[test]
    fn what_is_no_table_says_where() {
        assert_eq!(codes(Table::read("a.csv", b"")), [("table-empty", None)]);
        assert_eq!(
            codes(Table::read("a.csv", b"a,b\n1,2,3\n")),
            [("row-too-long", Some(2))]
        );
        assert_eq!(
            codes(Table::read("a.csv", b"a,a\n")),
            [("duplicate-column", Some(1))]
        );
        assert_eq!(
            codes(Table::read("a.csv", b"a\nb\n\xe1\xba\n")),
            [("table-not-utf8", Some(3))]
        );
        assert_eq!(
            codes(Table::read("a.xlsx", b"PK\x03\x04 no workbook")),
            [("table-unreadable", None)]
        );
    }

    #[test]
    fn headings_are_checked_both_ways() {
        let table = Table::read("a.csv", b"code,colour\n").unwrap();
        let found: Vec<_> = table
            .check_headings(&["code", "unit"], &["code", "unit"])
            .into_iter()
            .map(|diagnostic| (diagnostic.code, diagnostic.place.column.unwrap()))
            .collect();
        assert_eq!(
            found,
            [
                ("unknown-column", "colour".to_owned()),
                ("missing-column", "unit".to_owned())
            ]
        );
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([1, 26, 27, 703].map(letters), ["A", "Z", "AA", "AAA"]);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Table::read("x", &bytes);
            let _ = Table::read("x", &[b"PK\x03\x04".as_slice(), &bytes].concat());
        }
    }

    /// Two cells at the corners of a sheet are two cells, however much lies between them.
    #[test]
    fn a_cell_far_out_costs_no_more_than_a_near_one() {
        let corners = |row, column| {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            sheet.write(0, 0, "a").unwrap();
            sheet.write(row, column, "x").unwrap();
            codes(Table::read("a.xlsx", &book.save_to_buffer().unwrap()))
        };
        assert_eq!(corners(1_048_575, 16_383), [("row-too-long", Some(1_048_576))]);
        assert_eq!(corners(0, 16_383), [("table-too-many-cells", None)]);
        let wide: Vec<String> = (0..2_000).map(|column| format!("c{column}")).collect();
        let wide = format!("{}\n1\n", wide.join(","));
        assert_eq!(
            codes(Table::read("a.csv", wide.as_bytes())),
            [("table-too-many-cells", None)]
        );
    }
}
