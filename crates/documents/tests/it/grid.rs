//! Tables read cell by cell: what a merged cell covers, where a formula stands, what is no table.

use std::io::{Cursor, Write as _};

use documents::Limits;
use documents::grid::{self, GridRow};
use terms::Diagnostic;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const SHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let write = || {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, SimpleFileOptions::default())?;
            archive.write_all(text.as_bytes())?;
        }
        Ok::<_, zip::result::ZipError>(archive.finish()?.into_inner())
    };
    write().unwrap_or_else(|error| panic!("{error}"))
}

fn word(body: &str) -> Vec<u8> {
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
         wordprocessingml.document.main+xml\"/></Types>"
    );
    let document = format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", types), ("word/document.xml", document)])
}

/// A cell of a document: its properties and its text.
fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
}

/// A workbook of one sheet for each pair of rows and merges.
fn book(sheets: &[(&str, &str)]) -> Vec<u8> {
    let (mut list, mut relations, mut types, mut parts) =
        (String::new(), String::new(), String::new(), Vec::new());
    for ((rows, merges), number) in sheets.iter().zip(1..) {
        let state = if rows.contains("giấu") {
            " state=\"hidden\""
        } else {
            ""
        };
        list += &format!("<sheet name=\"Biểu {number}\" sheetId=\"{number}\" r:id=\"r{number}\"{state}/>");
        relations += &format!(
            "<Relationship Id=\"r{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
        types += &format!(
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-\
             officedocument.spreadsheetml.worksheet+xml\"/>"
        );
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet xmlns=\"{SHEET}\"><sheetData>{rows}</sheetData>{merges}</worksheet>"),
        ));
    }
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.\
         openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
         spreadsheetml.sheet.main+xml\"/>{types}</Types>"
    );
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r0\" Type=\"{OFFICE}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let workbook =
        format!("<workbook xmlns=\"{SHEET}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>");
    let relations = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>");
    let mut all = vec![
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.clone())));
    zipped(&all)
}

/// A cell of a sheet with its text.
fn c(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn row(number: u32, cells: &[String]) -> String {
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<GridRow>, Vec<Diagnostic>> {
    grid::read(name, bytes, &Limits::STANDARD)
}

fn cells(rows: &[GridRow]) -> Vec<Vec<&str>> {
    rows.iter()
        .map(|row| row.cells.iter().map(String::as_str).collect())
        .collect()
}

#[test]
fn a_merged_cell_of_a_document_speaks_for_every_row_beside_it() {
    let restart = "<w:vMerge w:val=\"restart\"/>";
    let goes_on = "<w:vMerge/>";
    let body = format!(
        "<w:p><w:r><w:t>Phụ lục</w:t></w:r></w:p><w:tbl>\
         <w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>\
         <w:tbl><w:tr>{}</w:tr></w:tbl>",
        tc("", "TT"),
        tc("", "Việc"),
        tc("", "Chủ trì"),
        tc("", "1"),
        tc("", "Việc một"),
        tc(restart, "Sở Tài chính"),
        tc("", "2"),
        tc("", "Việc hai"),
        tc(goes_on, ""),
        tc("<w:gridSpan w:val=\"2\"/>", "Cộng"),
        tc(restart, "Sở Y tế"),
        tc(goes_on, "đầu bảng mới"),
    );
    let rows = read("phu-luc.docx", &word(&body)).unwrap();
    assert_eq!(
        cells(&rows),
        [
            vec!["TT", "Việc", "Chủ trì"],
            vec!["1", "Việc một", "Sở Tài chính"],
            vec!["2", "Việc hai", "Sở Tài chính"],
            // What a cell covers to the right is empty, and a new beginning is not the cell above.
            vec!["Cộng", "", "Sở Y tế"],
            // Nothing stands above the first row of a table: not the last row of the one before.
            vec!["đầu bảng mới"],
        ]
    );
    let places: Vec<_> = rows.iter().map(|row| (row.table, row.number)).collect();
    assert_eq!(places, [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1)]);
    assert!(rows.iter().all(|row| row.sheet.is_none()));
}

#[test]
fn what_was_struck_out_of_a_document_is_not_read_and_a_table_within_a_cell_is_its_text() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "trong"), tc("", "ô"));
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:del><w:r><w:t>cũ</w:t></w:r></w:del><w:ins><w:r><w:t>mới &amp; đúng</w:t></w:r>\
         </w:ins></w:p></w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    );
    let rows = read("a.docx", &word(&body)).unwrap();
    assert_eq!(cells(&rows), [["mới & đúng", "trong ô"]]);
}

#[test]
fn a_merged_cell_of_a_workbook_speaks_for_the_rows_below_that_hold_something() {
    let rows = [
        row(2, &[c("A2", "Việc"), c("C2", "Chủ trì")]),
        row(3, &[c("A3", "Việc một"), c("C3", "Sở Y tế")]),
        row(4, &[c("A4", "Việc hai")]),
        row(6, &[c("A6", "Việc ba"), c("C6", "Sở Xây dựng")]),
        row(7, &[c("A7", "Việc bốn")]),
    ]
    .concat();
    let merges =
        "<mergeCells count=\"2\"><mergeCell ref=\"C3:C5\"/><mergeCell ref=\"C7:C1048576\"/></mergeCells>";
    let hidden = row(1, &[c("A1", "giấu")]);
    let read = read("phu-luc.xlsx", &book(&[(&rows, merges), (&hidden, "")])).unwrap();
    assert_eq!(
        cells(&read),
        [
            vec!["Việc", "", "Chủ trì"],
            vec!["Việc một", "", "Sở Y tế"],
            vec!["Việc hai", "", "Sở Y tế"],
            vec!["Việc ba", "", "Sở Xây dựng"],
            vec!["Việc bốn"],
        ]
    );
    let numbers: Vec<_> = read.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [2, 3, 4, 6, 7], "as the sheet counts");
    assert!(read.iter().all(|row| row.sheet.as_deref() == Some("Biểu 1")));
}

#[test]
fn every_formula_of_a_workbook_is_refused_with_its_cell() {
    let rows = [
        row(1, &[c("A1", "Việc"), c("B1", "Hạn")]),
        "<row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c><c r=\"AB2\" t=\"str\"><f>A1&amp;\"x\"</f><v>Việcx</v></c></row>"
            .to_owned(),
    ]
    .concat();
    let wrong = read("cong-thuc.xlsx", &book(&[("", ""), (&rows, "")])).unwrap_err();
    let told: Vec<_> = wrong
        .iter()
        .map(|wrong| {
            let place = &wrong.place;
            (
                wrong.code,
                place.sheet.as_deref(),
                place.row,
                place.column.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("cell-formula", Some("Biểu 2"), Some(2), Some("A")),
            ("cell-formula", Some("Biểu 2"), Some(2), Some("AB")),
        ]
    );
}

#[test]
fn what_is_no_table_or_is_damaged_is_refused_with_the_file() {
    let code = |name: &str, bytes: &[u8]| {
        let wrong = read(name, bytes).unwrap_err();
        assert_eq!(wrong[0].place.file.as_deref(), Some(name));
        wrong[0].code
    };
    assert_eq!(
        code("a.txt", b"ch\xe1\xbb\x89 l\xc3\xa0 ch\xe1\xbb\xaf"),
        "not-a-table-file"
    );
    let whole = word("<w:tbl></w:tbl>");
    assert!(read("a.docx", &whole).unwrap().is_empty());
    assert_eq!(code("a.docx", &word("<w:tbl><w:tr <<")), "docx-damaged");
    let rest = code("a.docx", &whole[..whole.len() / 2]);
    assert!(rest.ends_with("damaged"), "{rest}");
    let small = Limits {
        bytes: 10,
        ..Limits::STANDARD
    };
    assert!(grid::read("a.docx", &whole, &small).is_err());
}
