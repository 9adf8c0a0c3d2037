//! One line with its numbers, and the words that belong to each of them.

use crate::catalogue::Catalogue;
use crate::item::{Item, What, Words};
use crate::lexicon::Units;
use crate::number::Number;
use crate::period::Named;
use terms::TimePeriod;

/// How far the words around a number are looked at, in items: keeps reading linear in a line without full stops.
const REACH: usize = 48;

/// One line with its numbers.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) units: &'a Units,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) items: &'a [Item],
    pub(crate) numbers: &'a [Number],
    pub(crate) periods: &'a [Named],
}

/// The words that belong to one number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around {
    /// The number's item.
    pub(crate) at: usize,
    /// First item after the number before it in the sentence, or of the sentence.
    pub(crate) from: usize,
    /// First item after the number before it, with what still belongs to that number.
    pub(crate) start: usize,
    /// First item of the sentence.
    pub(crate) sentence: usize,
    /// One past the last item before the next number or the end of the clause.
    pub(crate) to: usize,
    /// Another number stands before it in the sentence.
    pub(crate) follows: bool,
}

impl<'a> Line<'a> {
    pub(crate) fn number(&self, item: &Item) -> Option<&'a Number> {
        match item.what {
            What::Number(index) => self.numbers.get(index as usize),
            _ => None,
        }
    }

    pub(crate) fn concept(&self, item: &Item) -> u16 {
        self.words.entry(item).concept
    }

    /// Whether an item is one of these words.
    #[inline]
    pub(crate) fn says(&self, item: &Item, words: u128) -> bool {
        self.words.says(item, words)
    }

    /// The period that an item names, unless it is only what something is compared with.
    pub(crate) fn named(&self, item: &Item) -> Option<TimePeriod> {
        match item.what {
            What::Period(index) => self
                .periods
                .get(index as usize)
                .filter(|named| !named.compared)
                .map(|named| named.period),
            _ => None,
        }
    }

    pub(crate) fn text(&self, item: &Item) -> &'a str {
        item.text(self.words.text)
    }

    /// The items between the number before (or the clause's start) and this one.
    pub(crate) fn gap(&self, around: Around) -> &'a [Item] {
        &self.items[around.from..around.at]
    }

    /// The items after the number up to the next one or the end of its clause.
    pub(crate) fn tail(&self, around: Around) -> &'a [Item] {
        &self.items[around.at + 1..around.to]
    }

    /// A full stop that ends a sentence.
    pub(crate) fn ends_sentence(&self, at: usize) -> bool {
        let item = &self.items[at];
        match item.what {
            What::Sign(b'!' | b'?') => true,
            What::Sign(b'.') => {
                let next_glued = self
                    .items
                    .get(at + 1)
                    .is_some_and(|next| next.glued && !next.is_sign(b'"'));
                let short = at > 0
                    && self.items[at - 1].what == What::Word
                    && self.items[at - 1].capital
                    && item.glued
                    && self.items[at - 1].end - self.items[at - 1].start <= 3;
                !next_glued && !short
            }
            _ => false,
        }
    }
}

/// The start of the sentence that holds item `at`, and the items that belong to the number there.
pub(crate) fn around(line: Line<'_>, at: usize, before: Option<usize>, sentence: usize) -> Around {
    let follows = before.is_some_and(|before| before >= sentence);
    let mut from = before
        .filter(|before| *before >= sentence)
        .map_or(sentence, |before| before + 1);
    from = from.max(at.saturating_sub(REACH));
    let mut to = at + 1;
    while to < line.items.len() && to - at < REACH {
        let item = &line.items[to];
        if matches!(item.what, What::Number(_) | What::Sign(b';' | b'|')) || line.ends_sentence(to) {
            break;
        }
        to += 1;
    }
    let start = from;
    // What stands before a semicolon is told.
    if let Some(cut) = line.items[from..at].iter().rposition(|item| item.is_sign(b';')) {
        from += cut + 1;
    } else if follows {
        // What stands before the first comma or bracket still belongs to the number before.
        let cut = line.items[from..at]
            .iter()
            .position(|item| matches!(item.what, What::Sign(b',' | b'(' | b')')));
        from = cut.map_or(from, |cut| from + cut + 1);
    }
    Around {
        at,
        from,
        start,
        sentence,
        to,
        follows,
    }
}
