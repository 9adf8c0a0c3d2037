//! What holds of any text whatever.

use figures::{Buffers, Figure, Reader, Text};
use proptest::prelude::*;
use std::sync::LazyLock;
use terms::{Language, RefArea};

pub(crate) static READER: LazyLock<Reader> = LazyLock::new(|| {
    Reader::new(
        include_str!("../../../../data/indicators.csv"),
        include_str!("../../../../data/indicator_aliases.csv"),
        include_str!("../../../../data/units.csv"),
    )
    .and_then(|reader| {
        reader.with_former_communes(
            include_str!("../../../../data/units.csv"),
            include_str!("../../../../data/successions.csv"),
        )
    })
    .expect("the reference data have their form")
});

fn input(text: &str, language: Option<Language>) -> Text<'_> {
    Text {
        text,
        date: "2025-10-01".parse().ok(),
        place: Some(RefArea::from_static("VN-11")),
        language,
        title: None,
    }
}

/// Spans lie on characters, in order, apart from each other; a quote holds its surface.
fn check(text: &str, figures: &[Figure]) {
    let mut end = 0;
    for figure in figures {
        let (span, quote) = (figure.span.clone(), figure.quote.clone());
        assert!(
            text.get(span.clone()).is_some_and(|surface| !surface.is_empty()),
            "{span:?}"
        );
        assert!(text.get(quote.clone()).is_some(), "{quote:?}");
        assert!(end <= span.start, "{span:?} stands before {end}");
        assert!(
            quote.start <= span.start && span.end <= quote.end,
            "{quote:?} does not hold {span:?}"
        );
        assert!(!figure.unit.as_str().is_empty());
        assert!(figure.upper.is_none_or(|upper| figure.value <= upper));
        end = span.end;
    }
}

/// Pieces of which reports are made, in no sensible order.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,6}",
        "[0-9]{1,3}[.,][0-9]{1,3}([.,][0-9]{3})?",
        "(tỷ đồng|triệu USD|%|ha|lượt khách|xã|chỉ tiêu|tấn|điểm phần trăm|lần)",
        "(tăng|giảm|còn|đạt|bằng|trên|gần|khoảng|từ|đến|so với|năm|tháng|quý|ngày|giai đoạn|nhiệm kỳ|xã|huyện)",
        "(GRDP|thu ngân sách|tỷ lệ hộ nghèo|Điện Biên|Mường Thanh|cả nước|Đại hội)",
        "(billion|per cent|up|down|from|to|between|and|of the|in|by|communes|targets|USD|VND|July|term)",
        "[-–,.;:()|/%$+\"“”'’\n\t ]",
        "\\PC",
    ]
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_fault(text in "\\PC{0,200}") {
        for language in [None, Some(Language::Vi), Some(Language::En)] {
            check(&text, &READER.read(&input(&text, language)));
        }
    }

    #[test]
    fn pieces_of_reports_in_any_order_are_read_without_a_fault(
        pieces in prop::collection::vec((piece(), any::<bool>()), 0..60)
    ) {
        let text: String = pieces.into_iter().map(|(piece, space)| if space { piece + " " } else { piece }).collect();
        for language in [Language::Vi, Language::En] {
            check(&text, &READER.read(&input(&text, Some(language))));
        }
    }

    #[test]
    fn room_used_before_changes_nothing(first in "\\PC{0,120}", second in "\\PC{0,120}") {
        let (mut buffers, mut figures) = (Buffers::default(), Vec::new());
        READER.read_into(&input(&first, None), &mut buffers, &mut figures);
        READER.read_into(&input(&second, None), &mut buffers, &mut figures);
        prop_assert_eq!(figures, READER.read(&input(&second, None)));
    }
}

#[test]
fn a_long_line_is_read_to_its_end() {
    let text = "Thu ngân sách đạt 1.885 tỷ đồng, bằng 64% dự toán, tăng 5,5% so với cùng kỳ, ".repeat(10_000);
    let figures = READER.read(&input(&text, None));
    assert_eq!(figures.len(), 30_000);
    check(&text, &figures);
}

#[test]
fn composed_and_decomposed_texts_give_the_same_figures() {
    let composed = "Tỷ lệ hộ nghèo giảm 3,65%, còn 37,45%; đón 15 triệu lượt khách.";
    let decomposed = "Ty\u{309} le\u{323}\u{302} ho\u{323}\u{302} nghe\u{300}o gia\u{309}m 3,65%, co\u{300}n 37,45%; \
                      đo\u{301}n 15 trie\u{323}\u{302}u lu\u{31b}o\u{31b}\u{323}t kha\u{301}ch.";
    let meaning = |text: &str| -> Vec<_> {
        let figures = READER.read(&input(text, Some(Language::Vi)));
        check(text, &figures);
        figures
            .into_iter()
            .map(|figure| (figure.value, figure.unit, figure.indicator, figure.measure))
            .collect()
    };
    assert_eq!(meaning(composed).len(), 3);
    assert_eq!(meaning(composed), meaning(decomposed));
}

#[test]
fn a_text_typed_without_marks_is_read_as_vietnamese() {
    let text = "Thu ngan sach tren dia ban tinh dat 1.885 ty dong, tang 5,5% so voi cung ky nam truoc; \
                cua tinh trong nam va theo ke hoach duoc giao cho cac xa.";
    let figures = READER.read(&input(text, None));
    let found: Vec<_> = figures
        .iter()
        .map(|figure| (figure.value.normalize().to_string(), figure.unit.to_string()))
        .collect();
    assert_eq!(
        found,
        [
            ("1885000000000".to_owned(), "VND".to_owned()),
            ("5.5".to_owned(), "%".to_owned())
        ]
    );
}
