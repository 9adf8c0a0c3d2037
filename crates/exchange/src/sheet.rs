//! A report's form as a workbook: written with locked cells and hidden keys, read back by those keys, cell by cell.
//!
//! The first sheet holds the form: column A the line's code (hidden), B its name, C its unit, D last period's value, E the
//! value, F the explanation; only E and F can be typed into. A second, hidden sheet says which report it is. What a
//! person can do to a workbook that is not typing a value is refused with the cell named: formulas, links to other
//! workbooks, programs, lines added or moved away, another report's form.

use std::collections::BTreeMap;

use calamine::Data;
use rust_xlsxwriter::{Format, ProtectionOptions, Workbook, XlsxError};
use terms::{Decimal, Diagnostic, IndicatorCode, Place};

use crate::book::{Book, Fault};

/// The largest workbook that is read: a form has a few kilobytes.
pub const MAX_BYTES: usize = 2 << 20;
/// The most that its parts may unpack to.
const MAX_UNPACKED: u64 = 32 << 20;
/// So many filled cells of a sheet at the most.
const MOST_CELLS: usize = 100_000;
/// The hidden sheet.
const KEY_SHEET: &str = "key";
/// The first row of lines, from 0: title, note, headings stand above.
const FIRST: u32 = 3;
/// The longest text of a cell that is taken.
const LONGEST: usize = 2_000;

/// A form to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetForm {
    /// Which report: regime, period, office, as texts that are compared when it comes back.
    pub key: [String; 3],
    /// The name of the sheet.
    pub sheet: String,
    /// The title above the lines.
    pub title: String,
    /// How to fill it in.
    pub note: String,
    /// The headings of the columns B to F.
    pub headings: [String; 5],
    /// The lines.
    pub lines: Vec<SheetLine>,
}

/// A line to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetLine {
    /// Its code.
    pub code: IndicatorCode,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The last period's value, as text.
    pub last: String,
    /// What is filled in already.
    pub value: String,
    /// The number that `value` stands for, where it is one.
    pub number: Option<Decimal>,
    /// The explanation so far.
    pub explanation: String,
}

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// Values by line; numbers of cells as plain decimals with a decimal comma.
    pub values: BTreeMap<IndicatorCode, String>,
    /// Explanations by line.
    pub explanations: BTreeMap<IndicatorCode, String>,
    /// The cell of each line's value (`E5`).
    pub cells: BTreeMap<IndicatorCode, String>,
}

/// Writes a form.
///
/// # Errors
/// [`XlsxError`] where a text is longer than a workbook holds.
pub fn write(form: &SheetForm) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    let open = Format::new()
        .set_unlocked()
        .set_border(rust_xlsxwriter::FormatBorder::Thin);
    let open_text = open.clone().set_num_format("@").set_text_wrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name(&form.sheet)?;
    sheet.set_column_hidden(0)?;
    for (column, width) in [(1, 44.0), (2, 14.0), (3, 18.0), (4, 18.0), (5, 40.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 1, &form.title, &bold)?;
    sheet.write_string_with_format(1, 1, &form.note, &wrapped)?;
    for (heading, column) in form.headings.iter().zip(1_u16..) {
        sheet.write_string_with_format(2, column, heading, &bold)?;
    }
    for (line, row) in form.lines.iter().zip(FIRST..) {
        sheet.write_string(row, 0, line.code.as_str())?;
        sheet.write_string_with_format(row, 1, &line.name, &wrapped)?;
        sheet.write_string(row, 2, &line.unit)?;
        sheet.write_string(row, 3, &line.last)?;
        // Numbers as numbers where a sheet holds them exactly (15 digits), so that people can go on with them.
        let number = line
            .number
            .filter(|number| number.mantissa().abs() < 1_000_000_000_000_000);
        match number.and_then(|number| number.to_string().parse::<f64>().ok()) {
            Some(number) => sheet.write_number_with_format(row, 4, number, &open)?,
            None => sheet.write_string_with_format(row, 4, &line.value, &open)?,
        };
        sheet.write_string_with_format(row, 5, &line.explanation, &open_text)?;
    }
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    sheet.set_freeze_panes(FIRST, 2)?;
    let key = workbook.add_worksheet();
    key.set_name(KEY_SHEET)?;
    for (part, row) in form.key.iter().zip(0_u32..) {
        key.write_string(row, 0, part)?;
    }
    key.protect();
    key.set_hidden(true);
    workbook.save_to_buffer()
}

/// Reads a filled form; `key` and `lines` are those of the report that it is for. What could be read, and every fault of
/// the file: nothing may be recorded where there is one.
pub fn read(
    name: &str,
    bytes: &[u8],
    key: &[String; 3],
    lines: &[IndicatorCode],
) -> (Filled, Vec<Diagnostic>) {
    read_lines(name, bytes, key, lines).unwrap_or_else(|wrong| (Filled::default(), wrong))
}

/// What could be read with the faults of its cells.
///
/// # Errors
/// What makes the whole file unreadable. Every fault, each with its cell: `sheet-too-large`, `sheet-unreadable`, `sheet-not-ours`, `sheet-other-report`,
/// `sheet-formula`, `sheet-link`, `sheet-program`, `sheet-unknown-line`, `sheet-line-twice`, `sheet-line-missing`,
/// `cell-error`, `sheet-text-too-long`.
fn read_lines(
    name: &str,
    bytes: &[u8],
    key: &[String; 3],
    lines: &[IndicatorCode],
) -> Result<(Filled, Vec<Diagnostic>), Vec<Diagnostic>> {
    let file = || Place::file(name);
    let fault = |code| vec![Diagnostic::error(code, file())];
    if MAX_BYTES < bytes.len() {
        let limit = MAX_BYTES >> 20;
        return Err(vec![
            Diagnostic::error("sheet-too-large", file()).with("limit", limit),
        ]);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(fault("sheet-unreadable"));
    }
    let told = |refused| match refused {
        Fault::Unreadable => fault("sheet-unreadable"),
        Fault::TooLarge | Fault::TooManyCells => {
            let large = Diagnostic::error("sheet-too-large", file());
            vec![large.with("limit", MAX_UNPACKED >> 20)]
        }
    };
    let (mut book, parts) = Book::open(bytes, MAX_UNPACKED).map_err(told)?;
    // What is no typing: links to other workbooks, programs.
    let holds = |names: &[&str]| {
        parts
            .iter()
            .any(|part| names.iter().any(|name| part.contains(name)))
    };
    if holds(&["externallink", "connections.xml"]) {
        return Err(fault("sheet-link"));
    }
    if holds(&["vbaproject", "activex", "embeddings/"]) {
        return Err(fault("sheet-program"));
    }
    let sheets = book.sheets();
    let mut wrong = Vec::new();
    for sheet in &sheets {
        for ((row, column), formula) in book.formulas(sheet, MOST_CELLS).map_err(told)? {
            let place = Place {
                sheet: Some(sheet.clone()),
                ..file()
            };
            let place = place.column(cell_name(row, column));
            let shown: String = formula.chars().take(60).collect();
            wrong.push(Diagnostic::error("sheet-formula", place).with("found", format!("={shown}")));
        }
    }
    let found = book
        .cells(KEY_SHEET, MOST_CELLS)
        .map_err(|_| fault("sheet-not-ours"))?;
    let parts: Vec<String> = (0..3).map(|row| shown(found.get(&(row, 0)))).collect();
    if parts.iter().any(String::is_empty) {
        return Err(fault("sheet-not-ours"));
    }
    if parts != key {
        return Err(vec![
            Diagnostic::error("sheet-other-report", file())
                .with("found", parts.join(" · "))
                .with("expected", key.join(" · ")),
        ]);
    }
    let Some(sheet) = sheets.iter().find(|sheet| *sheet != KEY_SHEET) else {
        return Err(fault("sheet-not-ours"));
    };
    let cells = book.cells(sheet, MOST_CELLS).map_err(told)?;
    let at = |cell: String| {
        Place {
            sheet: Some(sheet.clone()),
            ..file()
        }
        .column(cell)
    };
    let mut filled = Filled::default();
    let mut rows: Vec<u32> = cells
        .keys()
        .map(|(row, _)| *row)
        .filter(|row| FIRST <= *row)
        .collect();
    rows.dedup();
    for row in rows {
        let text = |column| shown(cells.get(&(row, column)));
        let code = text(0);
        if code.is_empty() {
            // Values beside no line would be lost without a word.
            for column in [4, 5] {
                if !text(column).is_empty() {
                    let place = at(cell_name(row, column));
                    wrong.push(Diagnostic::error("sheet-unknown-line", place).with("found", text(column)));
                }
            }
            continue;
        }
        let Some(code) = code.parse().ok().filter(|code| lines.contains(code)) else {
            wrong.push(Diagnostic::error("sheet-unknown-line", at(cell_name(row, 0))).with("found", code));
            continue;
        };
        if let Some(first) = filled.cells.get(&code) {
            let twice = Diagnostic::error("sheet-line-twice", at(cell_name(row, 4)));
            wrong.push(twice.with("found", &code).with("expected", first));
            continue;
        }
        for (column, longest) in [(4, 64), (5, LONGEST)] {
            if let Some(Data::Error(error)) = cells.get(&(row, column)) {
                wrong.push(Diagnostic::error("cell-error", at(cell_name(row, column))).with("found", error));
            } else if longest < text(column).chars().count() {
                let long = Diagnostic::error("sheet-text-too-long", at(cell_name(row, column)));
                wrong.push(long.with("limit", longest));
            }
        }
        filled.cells.insert(code.clone(), cell_name(row, 4));
        filled.values.insert(code.clone(), text(4));
        filled.explanations.insert(code, text(5));
    }
    for code in lines.iter().filter(|code| !filled.cells.contains_key(*code)) {
        wrong.push(Diagnostic::error("sheet-line-missing", at("A".to_owned())).with("found", code));
    }
    Ok((filled, wrong))
}

/// The text of a cell; a number as a plain decimal with a comma, so that no mark is in doubt.
fn shown(cell: Option<&Data>) -> String {
    match cell {
        None | Some(Data::Empty | Data::Error(_)) => String::new(),
        Some(Data::Float(number)) => with_comma(&number.to_string()),
        Some(Data::Int(number)) => number.to_string(),
        Some(Data::String(text)) => text.trim().to_owned(),
        Some(other) => other.to_string(),
    }
}

/// `12.345` of a cell is twelve and a bit: a zero more than three digits after the comma says so to every reader.
fn with_comma(number: &str) -> String {
    match number.split_once('.') {
        None => number.to_owned(),
        Some((whole, part)) if part.len() == 3 => format!("{whole},{part}0"),
        Some((whole, part)) => format!("{whole},{part}"),
    }
}

/// `E5`: a cell as people name it, from a row and column from 0.
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while 0 < rest {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Formula;

    use super::*;

    fn code(text: &str) -> IndicatorCode {
        text.parse().unwrap()
    }

    fn key() -> [String; 3] {
        ["xa-thang", "2026-03", "VN-11-03158"].map(str::to_owned)
    }

    fn form() -> SheetForm {
        let line = |text: &str, number: Option<&str>, explanation: &str| SheetLine {
            code: code(text),
            name: "Số hộ nghèo".to_owned(),
            unit: "hộ".to_owned(),
            last: "412".to_owned(),
            value: String::new(),
            number: number.map(|number| number.parse().unwrap()),
            explanation: explanation.to_owned(),
        };
        SheetForm {
            key: key(),
            sheet: "Báo cáo".to_owned(),
            title: "Báo cáo tháng".to_owned(),
            note: "Chỉ nhập cột E và F.".to_owned(),
            headings: ["Chỉ tiêu", "Đơn vị", "Kỳ trước", "Số liệu", "Giải thích"].map(str::to_owned),
            lines: vec![
                line("poverty.households", Some("1234"), ""),
                line("forest.area_planted", Some("12.345"), "trồng bù"),
                line("households.total", None, ""),
            ],
        }
    }

    fn lines() -> Vec<IndicatorCode> {
        form().lines.into_iter().map(|line| line.code).collect()
    }

    fn codes((_, faults): (Filled, Vec<Diagnostic>)) -> Vec<(&'static str, Option<String>)> {
        let told = faults.into_iter().map(|fault| (fault.code, fault.place.column));
        told.collect()
    }

    /// A workbook in our form with another cell in it.
    fn with(change: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name("Báo cáo").unwrap();
        for (line, row) in lines().iter().zip(FIRST..) {
            sheet.write_string(row, 0, line.as_str()).unwrap();
        }
        change(sheet);
        let hidden = workbook.add_worksheet();
        hidden.set_name(KEY_SHEET).unwrap();
        for (part, row) in key().iter().zip(0_u32..) {
            hidden.write_string(row, 0, part).unwrap();
        }
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn what_is_written_is_read_back_and_no_mark_is_in_doubt() {
        let bytes = write(&form()).unwrap();
        let (filled, wrong) = read("bc.xlsx", &bytes, &key(), &lines());
        assert_eq!(wrong, []);
        assert_eq!(filled.values[&code("poverty.households")], "1234");
        assert_eq!(filled.values[&code("forest.area_planted")], "12,3450");
        assert_eq!(filled.values[&code("households.total")], "");
        assert_eq!(filled.explanations[&code("forest.area_planted")], "trồng bù");
        assert_eq!(filled.cells[&code("poverty.households")], "E4");
    }

    #[test]
    fn another_report_and_what_is_no_form_of_ours_are_refused() {
        let bytes = write(&form()).unwrap();
        for at in 0..3 {
            let mut other = key();
            other[at] = "2026-04".to_owned();
            assert_eq!(
                codes(read("a.xlsx", &bytes, &other, &lines())),
                [("sheet-other-report", None)]
            );
        }
        let mut plain = Workbook::new();
        plain.add_worksheet().write_number(0, 0, 1.0).unwrap();
        let plain = plain.save_to_buffer().unwrap();
        assert_eq!(
            codes(read("a.xlsx", &plain, &key(), &lines())),
            [("sheet-not-ours", None)]
        );
        assert_eq!(
            codes(read("a.xlsx", b"%PDF-1.7", &key(), &lines())),
            [("sheet-unreadable", None)]
        );
        assert_eq!(
            codes(read("a.xlsx", b"PK\x03\x04xx", &key(), &lines())),
            [("sheet-unreadable", None)]
        );
        let large = vec![0; MAX_BYTES + 1];
        assert_eq!(
            codes(read("a.xlsx", &large, &key(), &lines())),
            [("sheet-too-large", None)]
        );
    }

    #[test]
    fn formulas_are_refused_with_their_cells_and_what_else_is_wrong() {
        let bytes = with(|sheet| {
            sheet.write_string(3, 4, "1".repeat(65)).unwrap();
            sheet.write_formula(4, 4, Formula::new("=1+1")).unwrap();
            sheet
                .write_formula(9, 7, Formula::new("='[other.xlsx]S'!A1"))
                .unwrap();
        });
        assert_eq!(
            codes(read("a.xlsx", &bytes, &key(), &lines())),
            [
                ("sheet-formula", Some("E5".to_owned())),
                ("sheet-formula", Some("H10".to_owned())),
                ("sheet-text-too-long", Some("E4".to_owned())),
            ]
        );
    }

    #[test]
    fn lines_that_were_changed_are_told_with_their_cells() {
        let bytes = with(|sheet| {
            sheet.write_string(4, 0, "poverty.households").unwrap();
            sheet.write_string(6, 0, "traffic.deaths").unwrap();
            sheet.write_string(8, 4, "17").unwrap();
            sheet.write_string(3, 4, "1".repeat(65)).unwrap();
        });
        assert_eq!(
            codes(read("a.xlsx", &bytes, &key(), &lines())),
            [
                ("sheet-text-too-long", Some("E4".to_owned())),
                ("sheet-line-twice", Some("E5".to_owned())),
                ("sheet-unknown-line", Some("A7".to_owned())),
                ("sheet-unknown-line", Some("E9".to_owned())),
                ("sheet-line-missing", Some("A".to_owned())),
            ]
        );
    }

    /// A workbook again, with one more part in its archive.
    fn with_part(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
        use std::io::Write as _;
        let mut writer = zip::ZipWriter::new_append(std::io::Cursor::new(bytes.to_vec())).unwrap();
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn links_programs_and_bombs_are_refused() {
        let bytes = write(&form()).unwrap();
        for (part, expected) in [
            ("xl/externalLinks/externalLink1.xml", "sheet-link"),
            ("xl/vbaProject.bin", "sheet-program"),
        ] {
            let changed = with_part(&bytes, part, b"<x/>");
            assert_eq!(
                codes(read("a.xlsx", &changed, &key(), &lines())),
                [(expected, None)],
                "{part}"
            );
        }
        let bomb = vec![0; usize::try_from(MAX_UNPACKED).unwrap() + 1];
        let changed = with_part(&bytes, "xl/media/zeros.bin", &bomb);
        assert!(changed.len() < MAX_BYTES);
        assert_eq!(
            codes(read("a.xlsx", &changed, &key(), &lines())),
            [("sheet-too-large", None)]
        );
    }

    /// Two cells at the corners of a sheet are two cells, however much lies between them.
    #[test]
    fn a_cell_far_out_costs_no_more_than_a_near_one() {
        let far = |fill: fn(&mut rust_xlsxwriter::Worksheet)| {
            let mut book = Workbook::new();
            let sheet = book.add_worksheet();
            sheet.write(0, 0, "x").unwrap();
            fill(sheet);
            let hidden = book.add_worksheet().set_name(KEY_SHEET).unwrap();
            for (row, part) in (0..).zip(key()) {
                hidden.write(row, 0, part).unwrap();
            }
            codes(read("a.xlsx", &book.save_to_buffer().unwrap(), &key(), &lines()))
        };
        let value = far(|sheet| {
            sheet.write(1_048_575, 16_383, "x").unwrap();
        });
        let missing = || [0, 1, 2].map(|_| ("sheet-line-missing", Some("A".to_owned())));
        assert_eq!(value, missing());
        let formula = far(|sheet| {
            sheet.write_formula(1_048_575, 16_383, "=1+1").unwrap();
        });
        assert_eq!(formula[0], ("sheet-formula", Some("XFD1048576".to_owned())));
        assert_eq!(formula[1..], missing(), "all that is wrong is told at once");
    }

    #[test]
    fn cells_have_names() {
        assert_eq!(
            [(0, 0), (4, 4), (9, 26)].map(|(row, column)| cell_name(row, column)),
            ["A1", "E5", "AA10"]
        );
    }
}
