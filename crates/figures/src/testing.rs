//! What the tests of this crate share.

use crate::fold::{Folding, Marks};
use crate::item::{Item, What, Words};
use crate::lexicon::{Lexicon, Units};
use crate::period::{Anchor, PeriodReader};
use crate::token::tokenize;

/// Which language a test's text is in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sample {
    Vi,
    En,
}

/// The periods that a text names, read on 1 October 2025.
pub(crate) fn named_periods(sample: Sample, text: &str) -> Vec<String> {
    let folding = Folding::new();
    let mut lexicon = Lexicon::new(&folding, Marks::Kept);
    let rules = match sample {
        Sample::Vi => include_str!("../rules/vi.txt"),
        Sample::En => include_str!("../rules/en.txt"),
    };
    lexicon
        .add_rules(&folding, &mut Units::new(), "rules", rules)
        .unwrap();
    lexicon.close();
    let words = Words {
        lexicon: &lexicon,
        text,
    };
    let (mut tokens, mut items) = (Vec::new(), Vec::new());
    tokenize(
        &folding,
        Marks::Kept,
        &lexicon.stops,
        text,
        0,
        text.len(),
        &mut tokens,
    );
    words.items(&tokens, 0, &mut items, &mut Vec::new());
    let anchor = Anchor {
        date: "2025-10-01".parse().ok(),
        ..Anchor::default()
    };
    let reader = PeriodReader { words, anchor };
    let mut out: Vec<Item> = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    while at < items.len() {
        if let Some(read) = reader.read(&items, &out, at) {
            found.push(read.period.to_string());
            out.push(Item {
                what: What::Period(0),
                ..items[at]
            });
            at = read.next;
        } else {
            out.push(items[at]);
            at += 1;
        }
    }
    found
}

/// A reader of the reference data.
pub(crate) fn reader() -> crate::Reader {
    crate::Reader::new(
        include_str!("../../../data/indicators.csv"),
        include_str!("../../../data/indicator_aliases.csv"),
        include_str!("../../../data/units.csv"),
    )
    .unwrap()
}
