//! Bad input is told by its code; nothing panics, nothing grows without bound.

use std::io::Write as _;

use documents::{CODES, Limits};
use zip::write::SimpleFileOptions;

use crate::{read, specimen};

/// Bytes without any sense, the same in every run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2025_u32;
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(length)
    .collect()
}

fn code(name: &str, bytes: &[u8]) -> &'static str {
    let code = read(name, bytes)
        .map(|(document, _)| document.text)
        .expect_err(name);
    assert!(CODES.contains(&code), "{code} has no message");
    code
}

/// A packed file of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        file.start_file(*name, SimpleFileOptions::default())
            .expect("a part begins in memory");
        file.write_all(bytes).expect("memory takes bytes");
    }
    file.finish().expect("a file in memory is complete").into_inner()
}

#[test]
fn empty_files_and_noise_are_told() {
    for name in ["a.txt", "a.html", "a.docx", "a.pdf", "a.xlsx"] {
        assert_eq!(code(name, b""), "file-empty");
    }
    let noise = noise(20_000);
    assert_eq!(code("a.txt", &noise), "unknown-encoding");
    assert_eq!(code("a.html", &noise), "unknown-encoding");
    assert_eq!(code("a.pdf", &noise), "pdf-damaged");
    assert_eq!(code("a.docx", &noise), "zip-damaged");
    assert_eq!(code("a.xlsx", &noise), "zip-damaged");
}

#[test]
fn locked_scanned_and_cut_pdfs_are_told() {
    assert_eq!(code("a.pdf", &specimen("khoa.pdf")), "pdf-encrypted");
    assert_eq!(code("a.pdf", &specimen("quet.pdf")), "pdf-scanned");
    let whole = specimen("hai-cot.pdf");
    assert_eq!(code("a.pdf", &whole[..whole.len() / 3]), "pdf-damaged");
    assert_eq!(code("a.pdf", b"%PDF-1.7\n"), "pdf-damaged");
}

#[test]
fn cut_office_files_are_told() {
    for (name, damaged) in [("bao-cao.docx", "zip-damaged"), ("so-lieu.xlsx", "zip-damaged")] {
        let whole = specimen(name);
        for part in 1..8 {
            assert_eq!(
                code(name, &whole[..whole.len() * part / 8]),
                damaged,
                "{name} {part}/8"
            );
        }
    }
    let broken = packed(&[("word/document.xml", b"<w:document><w:body><w:p><w:t>a</w:p")]);
    assert_eq!(code("a.docx", &broken), "docx-damaged");
    assert_eq!(
        code("a.docx", &packed(&[("word/document.xml", b"<w:document/>")])),
        "docx-empty"
    );
    assert_eq!(
        code("a.xlsx", &packed(&[("xl/workbook.xml", b"<workbook>")])),
        "xlsx-damaged"
    );
}

#[test]
fn a_bomb_is_not_unpacked() {
    let limits = Limits {
        unpacked_bytes: 3_000_000,
        ..Limits::STANDARD
    };
    let mut xml = b"<w:document><w:body><w:p><w:r><w:t>".to_vec();
    xml.resize(5_000_000, b'9');
    for (name, part) in [("a.docx", "word/document.xml"), ("a.xlsx", "xl/workbook.xml")] {
        let bomb = packed(&[(part, &xml)]);
        assert!(bomb.len() < 50_000);
        let error = documents::read(name, &bomb, &limits).unwrap_err();
        assert_eq!(error.diagnostic.code, "zip-bomb", "{name}");
    }
}

#[test]
fn a_file_of_500_mb_is_refused_by_its_size() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["lon.txt", "lon.pdf"] {
        let path = folder.path().join(name);
        // Sparse: it takes no room and is never read.
        std::fs::File::create(&path)
            .unwrap()
            .set_len(500_000_000)
            .unwrap();
        let error = documents::read_file(&path, &Limits::STANDARD).unwrap_err();
        assert_eq!(error.diagnostic.code, "file-too-large");
        assert!(error.diagnostic.data.contains(&("size", "500".to_owned())));
    }
    let missing = documents::read_file(&folder.path().join("none.txt"), &Limits::STANDARD).unwrap_err();
    assert_eq!(missing.diagnostic.code, "file-not-found");
}

#[test]
fn limits_on_pages_and_cells_hold() {
    let limits = Limits {
        pages: 0,
        cells: 5,
        ..Limits::STANDARD
    };
    let code = |name: &str| {
        documents::read(name, &specimen(name), &limits)
            .unwrap_err()
            .diagnostic
            .code
    };
    assert_eq!(code("hai-cot.pdf"), "too-many-pages");
    assert_eq!(code("so-lieu.xlsx"), "too-many-cells");
}

#[test]
fn what_is_nested_deeply_does_no_harm() {
    let page = format!("<html><body>{}17,66%", "<div><b>".repeat(3_000));
    assert_eq!(read("a.html", page.as_bytes()).unwrap().0.text, "17,66%\n");
    let tables = format!(
        "<w:document><w:body>{}<w:p><w:t>x</w:t></w:p>",
        "<w:tbl><w:tr><w:tc>".repeat(3_000)
    );
    let nested = packed(&[("word/document.xml", tables.as_bytes())]);
    assert_eq!(code("a.docx", &nested), "docx-empty");
    let pdf = format!(
        "%PDF-1.4\n1 0 obj\n{}\nendobj\ntrailer <</Root 1 0 R>>",
        "[".repeat(100_000)
    );
    assert_eq!(code("a.pdf", pdf.as_bytes()), "pdf-damaged");
}
