//! Any text is read without a panic; each figure's surface lies in its quote, both in the text, on whole characters.
#![no_main]

use std::sync::LazyLock;

use figures::{Reader, Text};
use libfuzzer_sys::fuzz_target;
use terms::RefArea;

static READER: LazyLock<Reader> = LazyLock::new(|| {
    Reader::new(
        include_str!("../../data/indicators.csv"),
        include_str!("../../data/indicator_aliases.csv"),
        include_str!("../../data/units.csv"),
    )
    .expect("the reference data are good")
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let asked = Text {
        text: &text,
        date: "2025-07-27".parse().ok(),
        place: Some(RefArea::new("VN-11")),
        ..Text::default()
    };
    for figure in READER.read(&asked) {
        assert!(
            text.get(figure.span.clone()).is_some(),
            "a surface lies outside the text"
        );
        assert!(
            text.get(figure.quote.clone()).is_some(),
            "a quote lies outside the text"
        );
        assert!(
            figure.quote.start <= figure.span.start && figure.span.end <= figure.quote.end,
            "a quote without its number"
        );
    }
});
