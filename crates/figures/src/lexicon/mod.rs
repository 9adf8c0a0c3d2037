//! Phrases and what they tell: the rule files compiled into one trie over word keys.
//!
//! A phrase may carry several marks («mục tiêu» is a thing that can be counted and a sign of a target). The longest
//! phrase that starts at a word wins. Inside a phrase a dash, a comma or an apostrophe may stand or be missing.

mod keys;
mod making;
mod marks;
mod rules;
mod units;
mod words;

use crate::fold::{Folding, Marks};
use crate::kind::Cue;
use crate::token::{Shape, Token};
use terms::Bound;

use keys::{Filter, Keys, Table};
use making::Making;
pub(crate) use marks::{mark, word};
pub(crate) use units::{Units, unit};

/// What a phrase tells.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    pub(crate) marks: u64,
    /// What the phrase tells of the kind of a number.
    pub(crate) cue: Cue,
    pub(crate) scale: i8,
    /// The unit is a currency.
    pub(crate) money: bool,
    pub(crate) number: u8,
    pub(crate) month: u8,
    pub(crate) unit: u16,
    pub(crate) noun: u16,
    pub(crate) per: u16,
    pub(crate) bound: Option<Bound>,
    pub(crate) after: Option<Bound>,
    /// Which set of indicators the phrase names.
    pub(crate) concept: u16,
    /// A district, not a commune, is of the type that the phrase names.
    pub(crate) district: bool,
    /// Which place the phrase names.
    pub(crate) place: u16,
}

/// Where a phrase stands in the trie.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    entry: u32,
    /// One bit for some bits of each key that leads on; 0 where no phrase goes on.
    leads: u32,
}

/// The bit of a key among those that lead on from a node.
#[inline]
fn lead_bit(key: u64) -> u32 {
    1 << (key >> 59)
}

/// One language's phrases, compiled.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) marks: Marks,
    /// English: the head of `job sessions` is its last noun.
    pub(crate) english: bool,
    /// Which words may begin a phrase.
    begins: Filter,
    /// The node that a word leads to from the root.
    first: Table,
    /// The node that a word leads to from a node.
    next: Table,
    /// The entry at each node, 0 where none, and whether phrases go on from it.
    at_node: Vec<Node>,
    /// The marks of each entry, apart from the rest: they are asked for at every word.
    pub(crate) marks_of: Vec<u64>,
    pub(crate) entries: Vec<Entry>,
    /// Words that end before their digits (`VND114,792`).
    pub(crate) stops: Vec<u64>,
    /// The keys of number words.
    number_words: Keys,
    /// Which words each entry is, as bits of [`word`].
    words_of: Vec<u128>,
    /// Entries from this one on only say which word they are: the reader does not know them.
    known: u32,
    /// The phrase of each entry, and which words the rule files ask for, until the lexicon is complete.
    making: Making,
}

#[inline]
fn step(node: u32, key: u64) -> u64 {
    (key ^ u64::from(node).wrapping_mul(0x2545_f491_4f6c_dd1d)).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1
}

impl Lexicon {
    pub(crate) fn new(folding: &Folding, marks: Marks) -> Self {
        let stops = ["VND", "VNĐ", "USD", "US", "EUR"]
            .iter()
            .map(|code| folding.word(code, 0, marks, &[]).key)
            .collect();
        Self {
            marks,
            english: false,
            begins: Filter::new(),
            first: Table::new(),
            next: Table::new(),
            at_node: vec![Node::default()],
            marks_of: Vec::new(),
            entries: vec![Entry::default()],
            stops,
            number_words: Keys::default(),
            words_of: Vec::new(),
            known: 0,
            making: Making::new(),
        }
    }

    /// The entry of a phrase, where the lexicon has it.
    pub(crate) fn find(&self, phrase: &[Token]) -> Option<&Entry> {
        let (entry, length) = self.longest(phrase)?;
        (length == phrase.len()).then(|| &self.entries[entry as usize])
    }

    /// The longest phrase that starts at `tokens[0]`: its entry and how many tokens it covers.
    #[expect(
        clippy::inline_always,
        reason = "asked at every word, and most begin no phrase"
    )]
    #[inline(always)]
    pub(crate) fn longest(&self, tokens: &[Token]) -> Option<(u32, usize)> {
        let key = tokens.first()?.key;
        if self.begins.may_have(key) {
            self.follow(self.first.get(key), tokens)
        } else {
            None
        }
    }

    /// The longest phrase whose first word leads to `node`.
    fn follow(&self, mut node: u32, tokens: &[Token]) -> Option<(u32, usize)> {
        let mut best = None;
        let mut at = 1;
        while node != 0 {
            let here = self.at_node[node as usize];
            if here.entry != 0 {
                best = Some((here.entry, at));
            }
            if here.leads == 0 {
                break;
            }
            let Some(token) = tokens.get(at) else { break };
            let child = |key: u64| {
                if here.leads & lead_bit(key) == 0 {
                    0
                } else {
                    self.next.get(step(node, key))
                }
            };
            let mut next = child(token.key);
            if next == 0
                && skippable(token)
                && let Some(after) = tokens.get(at + 1)
            {
                next = child(after.key);
                at += 1;
            }
            node = next;
            at += 1;
        }
        best
    }

    /// Whether a word is a number word.
    #[inline]
    pub(crate) fn is_number_word(&self, key: u64) -> bool {
        self.number_words.has(key)
    }

    /// Which words an entry is.
    #[inline]
    pub(crate) fn words_of(&self, entry: u32) -> u128 {
        self.words_of[entry as usize]
    }

    /// Whether the reader knows a phrase; one that it only tells from others is as good as unknown.
    #[inline]
    pub(crate) fn is_known(&self, entry: u32) -> bool {
        entry.wrapping_sub(1) < self.known.wrapping_sub(1)
    }
}

#[inline]
fn skippable(token: &Token) -> bool {
    matches!(token.shape, Shape::Sign(b'-' | b',' | b'\''))
}
