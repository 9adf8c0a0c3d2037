//! A line as items: phrases of the lexicon, other words, digits, signs; then numbers, periods and places among them.

use crate::lexicon::{Entry, Lexicon};
use crate::token::{Shape, Token};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A phrase of the lexicon, or a word that it does not know.
    Word,
    Digits,
    Sign(u8),
    /// An index into the numbers of the line.
    Number(u32),
    /// An index into the periods of the line.
    Period(u32),
    /// An index into the gazetteer's places.
    Place(u32),
}

/// A piece of a line that means one thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// What the lexicon says, as bits of [`crate::lexicon::mark`].
    pub(crate) marks: u64,
    pub(crate) entry: u32,
    /// The index of its first token.
    pub(crate) token: u32,
    pub(crate) what: What,
    pub(crate) glued: bool,
    pub(crate) capital: bool,
    pub(crate) shouted: bool,
    /// A word that no phrase of the lexicon covers.
    pub(crate) unknown: bool,
}

impl Item {
    #[inline]
    pub(crate) fn has(&self, marks: u64) -> bool {
        self.marks & marks != 0
    }

    #[inline]
    pub(crate) fn is_sign(&self, sign: u8) -> bool {
        self.what == What::Sign(sign)
    }

    #[inline]
    pub(crate) fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start as usize..self.end as usize]
    }

    /// A word that no phrase of the lexicon covers.
    #[inline]
    pub(crate) fn is_unknown(&self) -> bool {
        self.unknown
    }
}

/// What all steps of reading one document need.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) text: &'a str,
}

impl Words<'_> {
    #[inline]
    pub(crate) fn entry(&self, item: &Item) -> &Entry {
        &self.lexicon.entries[item.entry as usize]
    }

    /// Whether an item is one of these words, by the bits of [`word`](crate::lexicon::word).
    #[inline]
    pub(crate) fn says(&self, item: &Item, words: u128) -> bool {
        self.lexicon.words_of(item.entry) & words != 0 && !matches!(item.what, What::Period(_))
    }

    /// Joins tokens into phrases; `stops` gets where digits or one of the `wanted` marks stand. Tells the marks of all
    /// items together.
    pub(crate) fn items(
        &self,
        tokens: &[Token],
        wanted: u64,
        items: &mut Vec<Item>,
        stops: &mut Vec<u32>,
    ) -> u64 {
        items.clear();
        stops.clear();
        items.reserve(tokens.len());
        let mut all = 0;
        let mut rest = tokens;
        while let Some(token) = rest.first() {
            let (entry, length) = self.lexicon.longest(rest).unwrap_or((0, 1));
            let known = self.lexicon.is_known(entry);
            let what = match token.shape {
                Shape::Digits if !known => What::Digits,
                Shape::Sign(sign) if length == 1 => What::Sign(sign),
                _ => What::Word,
            };
            let marks = self.lexicon.marks_of[entry as usize];
            all |= marks;
            if marks & wanted != 0 || what == What::Digits {
                stops.push(items.len() as u32);
            }
            let (phrase, after) = rest.split_at(length);
            items.push(Item {
                start: token.start,
                end: phrase.last().map_or(token.end, |last| last.end),
                marks,
                entry,
                token: (tokens.len() - rest.len()) as u32,
                what,
                glued: token.glued,
                capital: token.capital,
                shouted: token.shouted,
                unknown: !known && what == What::Word,
            });
            rest = after;
        }
        all
    }
}
