//! What each specimen holds, block by block.

use documents::{Anchor, BlockKind, Format};

use crate::{blocks, read, specimen};

#[test]
fn columns_of_a_pdf_follow_each_other_and_lines_become_paragraphs() {
    let (document, doubts) = read("hai-cot.pdf", &specimen("hai-cot.pdf")).unwrap();
    let blocks = blocks(&document);
    assert!(doubts.is_empty());
    assert_eq!(document.title.as_deref(), Some("Báo cáo hai cột"));
    assert_eq!(blocks.len(), 8, "{blocks:#?}");
    assert_eq!(
        blocks[0],
        (BlockKind::Heading(1), "Kinh tế - xã hội của tỉnh trong năm 2025")
    );
    assert_eq!(
        blocks[2],
        (
            BlockKind::Paragraph,
            "Thu ngân sách nhà nước trên địa bàn đạt 1.779,5 tỷ đồng. Tổng vốn đầu tư toàn xã hội trong giai đoạn \
             2021-2025 vượt 81.844 tỷ đồng, trong đó vốn của khu vực ngoài nhà nước tăng nhanh."
        )
    );
    assert!(blocks[3].1.ends_with("Hết cột trái.") && blocks[4].1.starts_with("Cột phải mở đầu"));
    assert_eq!(blocks[7], (BlockKind::Furniture, "Trang 1"));
    assert!(
        document
            .blocks
            .iter()
            .all(|block| block.anchor == Anchor::Page(1))
    );
}

#[test]
fn tables_of_a_pdf_are_read_row_by_row_with_and_without_lines() {
    let (document, _) = read("a.pdf", &specimen("bang-ke.pdf")).unwrap();
    let found = blocks(&document);
    assert_eq!(
        found[1],
        (
            BlockKind::TableHeader,
            "TT | Chỉ tiêu | Đơn vị tính | Kế hoạch 2026"
        )
    );
    assert_eq!(
        found[4],
        (
            BlockKind::TableRow,
            "3 | Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều của giai đoạn 2022-2025, cuối năm | % | 14,78"
        )
    );
    assert_eq!(found[5], (BlockKind::TableRow, "4 | Diện tích mắc ca | ha |"));
    assert_eq!(
        found[6],
        (BlockKind::Paragraph, "Đoạn văn sau bảng vẫn đứng sau bảng.")
    );
    let (document, _) = read("a.pdf", &specimen("bang-khong-ke.pdf")).unwrap();
    let found = blocks(&document);
    assert_eq!(
        found[2],
        (
            BlockKind::TableRow,
            "1 | Tốc độ tăng tổng sản phẩm trên địa | % | 11"
        )
    );
    assert_eq!(
        found[6],
        (BlockKind::Paragraph, "Đoạn văn sau bảng vẫn đứng sau bảng.")
    );
}

#[test]
fn a_pdf_that_is_locked_against_change_only_is_read() {
    let (document, _) = read("a.pdf", &specimen("khoa-quyen.pdf")).unwrap();
    assert_eq!(document.text, "Tỷ lệ che phủ rừng đạt 45,5%.\n");
}

#[test]
fn a_word_file_gives_headings_items_rows_and_notes() {
    let (document, _) = read("bao-cao.docx", &specimen("bao-cao.docx")).unwrap();
    assert_eq!(document.title.as_deref(), Some("Báo cáo thử"));
    assert_eq!(
        blocks(&document),
        [
            (BlockKind::Heading(1), "Kết quả năm 2025"),
            (
                BlockKind::Paragraph,
                "Tổng sản phẩm đạt 17.970 tỷ đồng,\ntăng 8,02%."
            ),
            // NFD stays NFD.
            (
                BlockKind::Paragraph,
                "Ty\u{309} le\u{323}\u{302} ho\u{323}\u{302} nghe\u{300}o gia\u{309}m co\u{300}n 17,78%."
            ),
            (BlockKind::Heading(2), "Nhiệm vụ"),
            (BlockKind::ListItem, "Giảm nghèo 3%/năm"),
            (BlockKind::ListItem, "Trồng mới 1.200 ha mắc ca"),
            (BlockKind::TableHeader, "Chỉ tiêu | Đơn vị | 2025"),
            (BlockKind::TableRow, "Nông nghiệp | % | 4,1"),
            (BlockKind::TableRow, "| tỷ đồng | 3.057"),
            (BlockKind::TableRow, "Rừng | % |"),
            (BlockKind::Paragraph, "Sau bảng."),
            (BlockKind::Footnote, "Theo giá so sánh 2010 & số liệu ước tính."),
            (BlockKind::Furniture, "UBND TỈNH - Bản thử số 12"),
        ]
    );
    assert_eq!(document.blocks[4].anchor, Anchor::Paragraph(5));
}

#[test]
fn a_workbook_gives_rows_with_the_places_of_their_cells() {
    let (document, doubts) = read("so-lieu.xlsx", &specimen("so-lieu.xlsx")).unwrap();
    let found = blocks(&document);
    assert_eq!(found[1], (BlockKind::Paragraph, "Chỉ tiêu kinh tế - xã hội"));
    assert_eq!(
        found[2],
        (BlockKind::TableHeader, "TT | Chỉ tiêu | Đơn vị | 2024 | 2025")
    );
    assert_eq!(found[3].1, "1 | Tăng trưởng GRDP | % | 8,51 | 7,34");
    assert_eq!(found[4].1, "2 | Hộ nghèo | tỷ lệ | 21,29% | 17,78%");
    assert_eq!(found[5].1, "3 | GRDP | đồng | 16263220000000 | 17970000000000");
    let Anchor::Row { sheet, row } = &document.blocks[5].anchor else {
        panic!("not a row")
    };
    let cells = &document.blocks[5].cells;
    assert_eq!((sheet.as_str(), *row), ("Biểu 1", 6));
    let (span, column) = &cells[4];
    assert_eq!(
        (&document.text[span.clone()], column.as_str()),
        ("17970000000000", "E")
    );
    // An English sheet keeps the decimal point, a cell far out costs next to nothing, a hidden sheet is told.
    assert_eq!(found[8].1, "Growth (%) | 10.5");
    assert!(found[9].1.ends_with("far out") && found[9].1.len() < 200);
    let Anchor::Row { row, .. } = &document.blocks[9].anchor else {
        panic!("not a row")
    };
    let cells = &document.blocks[9].cells;
    assert_eq!((*row, cells[0].1.as_str()), (1_048_576, "XFD"));
    assert_eq!(doubts[0].code, "sheet-hidden");
    assert_eq!(doubts[0].place.sheet.as_deref(), Some("Nháp"));
}

#[test]
fn a_page_gives_its_article_and_marks_the_rest() {
    let (document, _) = read("bai-bao.html", &specimen("bai-bao.html")).unwrap();
    assert_eq!(document.format, Format::Html);
    assert_eq!(document.title.as_deref(), Some("Tỉnh tăng tốc năm 2026"));
    let found = blocks(&document);
    let article: Vec<_> = found
        .iter()
        .filter(|(kind, _)| !matches!(kind, BlockKind::Furniture | BlockKind::Teaser))
        .copied()
        .collect();
    assert_eq!(
        article,
        [
            (BlockKind::Heading(1), "Tỉnh tăng tốc năm 2026"),
            (BlockKind::Paragraph, "Ngày 31/1/2026"),
            (
                BlockKind::Paragraph,
                "Năm 2025, GRDP ước tăng 7,34%;\ntỷ lệ hộ nghèo còn 17,78%, giảm 3,51 điểm phần trăm so với năm \
                 trước đó, theo báo cáo của tỉnh tại buổi làm việc."
            ),
            (BlockKind::Heading(2), "Chỉ tiêu"),
            (BlockKind::ListItem, "Tăng trưởng khoảng 11%"),
            (
                BlockKind::ListItem,
                "Thu ngân sách 2.150\u{a0}tỷ đồng; xem phụ lục"
            ),
            (BlockKind::TableHeader, "Chỉ tiêu | Đơn vị | 2025"),
            (BlockKind::TableRow, "Nông nghiệp | % | 4,1"),
            (BlockKind::TableRow, "Tổng số hộ | | 7.365"),
        ]
    );
    let teasers: Vec<_> = found
        .iter()
        .filter(|(kind, _)| *kind == BlockKind::Teaser)
        .collect();
    assert_eq!(teasers.len(), 2, "{found:#?}");
    assert!(
        document.text.contains("500/500 characters left"),
        "furniture is kept"
    );
    assert!(
        !document.text.contains("999") && !document.text.contains("ẩn 123"),
        "what does not show is not text"
    );
}
