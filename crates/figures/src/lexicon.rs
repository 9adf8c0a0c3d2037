//! Phrases and what they tell: the rule files compiled into one trie over word keys.
//!
//! A phrase may carry several marks («mục tiêu» is a thing that can be counted and a sign of a target). The longest
//! phrase that starts at a word wins. Inside a phrase a dash, a comma or an apostrophe may stand or be missing.

use crate::Error;
use crate::fold::{Folding, Marks};
use crate::kind::Cue;
use crate::token::{Shape, Token, tokenize};
use terms::{Bound, UnitMeasure};

macro_rules! marks {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// One bit a mark.
        pub(crate) mod mark {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Index { $($name),* }
            $(pub(crate) const $name: u64 = 1 << Index::$name as u64;)*
            pub(crate) const NAMES: &[(&str, u64)] = &[$(($text, $name)),*];
        }
    };
}

marks! {
    SCALE = "scale", NUMWORD = "numword", UNIT = "unit", PER = "per", YEARLY = "yearly", MONTHLY = "monthly",
    NOUN = "noun", LABEL = "label", WEAKLABEL = "weaklabel", NOTCOUNT = "notcount", BOUND = "bound", AFTER = "after",
    UP = "up", DOWN = "down", GROWTH = "growth", REMAIN = "remain", TIMES = "times", MULTIPLY = "multiply",
    SHARE = "share", EQUAL = "equal", EXCEED = "exceed", PLANWORD = "planword", AGAINST = "against",
    YEARRATE = "yearrate", COMPARE = "compare", WHOLE = "whole", TARGET = "target", ESTIMATE = "estimate",
    REQUEST = "request", ACTUAL = "actual", NATION = "nation", SELF = "self", APART = "apart", MONTH = "month",
    DAY = "day", QUARTER = "quarter", YEAR = "year", SPAN = "span", TERM = "term", HALF = "half",
    CONGRESS = "congress", THISYEAR = "thisyear", LASTYEAR = "lastyear", NEXTYEAR = "nextyear",
    SAMEMONTH = "samemonth", TET = "tet", PAST5 = "past5", TO = "to", FROM = "from", AND = "andword",
    PERWORD = "perword", FIRST = "first", OFYEAR = "ofyear", TERMEND = "termend", EVENT = "event", FUNC = "func",
    STOP = "stop", BETWEEN = "between", NMONTHS = "nmonths", QUARTERORD = "quarterord", ALIAS = "alias",
    PLACE = "place", UNITTYPE = "unittype", GROUP = "group",
}

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

/// Units by number; 0 is «none».
#[derive(Debug)]
pub(crate) struct Units {
    list: Vec<UnitMeasure>,
}

impl Units {
    pub(crate) fn new() -> Self {
        Self {
            list: vec![UnitMeasure::from_static("")],
        }
    }

    pub(crate) fn id(&mut self, code: &str) -> u16 {
        let found = self.list.iter().position(|unit| unit.as_str() == code);
        let index = found.unwrap_or_else(|| {
            self.list.push(UnitMeasure::new(code));
            self.list.len() - 1
        });
        u16::try_from(index).unwrap_or(0)
    }

    pub(crate) fn find(&self, code: &str) -> u16 {
        let found = self.list.iter().position(|unit| unit.as_str() == code);
        found.and_then(|index| u16::try_from(index).ok()).unwrap_or(0)
    }

    pub(crate) fn get(&self, id: u16) -> &UnitMeasure {
        &self.list[usize::from(id)]
    }
}

/// Open addressing over 64-bit keys that are already well mixed: the lower half of a key tells its slot, the upper half
/// stands there. Small, because it is looked into at every word and should stay near.
#[derive(Debug)]
struct Table {
    /// The upper half of a key and its value; the value 0 is an empty slot.
    slots: Vec<(u32, u32)>,
    /// What was put in, for growing; let go of when the lexicon is complete.
    inserted: Vec<(u64, u32)>,
}

impl Table {
    fn new() -> Self {
        Self {
            slots: vec![(0, 0); 1024],
            inserted: Vec::new(),
        }
    }

    #[inline]
    fn get(&self, key: u64) -> u32 {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (key as u32 >> 8) as usize & mask;
        while let Some((upper, value)) = self.slots.get(at) {
            if *upper == (key >> 32) as u32 || *value == 0 {
                return *value;
            }
            at = (at + 1) & mask;
        }
        0
    }

    /// Adds a key that is not there yet.
    fn insert(&mut self, key: u64, value: u32) {
        self.inserted.push((key, value));
        if self.inserted.len() * 2 < self.slots.len() {
            self.put(key, value);
            return;
        }
        self.slots = vec![(0, 0); self.slots.len() * 2];
        for at in 0..self.inserted.len() {
            let (key, value) = self.inserted[at];
            self.put(key, value);
        }
    }

    fn put(&mut self, key: u64, value: u32) {
        let mask = self.slots.len() - 1;
        let mut at = (key as u32 >> 8) as usize & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = ((key >> 32) as u32, value);
    }
}

/// One bit for some bits of each key: most words that begin no phrase are told apart without a look at the table.
#[derive(Debug)]
struct Filter(Box<[u64; 1 << (FILTER - 6)]>);

/// Bits of a key that the filter looks at.
const FILTER: u32 = 16;

impl Filter {
    fn new() -> Self {
        Self(Box::new([0; 1 << (FILTER - 6)]))
    }

    /// The word of the filter that a key belongs to, and its bit there.
    #[inline]
    fn place(key: u64) -> (usize, u64) {
        let bits = (key >> (64 - FILTER)) as usize;
        (bits >> 6, 1 << (bits & 63))
    }

    #[inline]
    fn may_have(&self, key: u64) -> bool {
        let (at, bit) = Self::place(key);
        self.0[at] & bit != 0
    }

    fn add(&mut self, key: u64) {
        let (at, bit) = Self::place(key);
        self.0[at] |= bit;
    }
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
    /// The keys of number words, sorted.
    pub(crate) number_words: Vec<u64>,
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
            number_words: Vec::new(),
        }
    }

    /// The entry of a phrase, made where it is new; `None` where the phrase has no word.
    pub(crate) fn entry(
        &mut self,
        folding: &Folding,
        phrase: &str,
        scratch: &mut Vec<Token>,
    ) -> Option<&mut Entry> {
        tokenize(folding, self.marks, &[], phrase, 0, phrase.len(), scratch);
        let mut node = 0u32;
        for token in scratch.iter() {
            if node != 0 && skippable(token) {
                continue;
            }
            let key = token.key;
            let (table, step) = if node == 0 {
                (&mut self.first, key)
            } else {
                (&mut self.next, step(node, key))
            };
            let found = table.get(step);
            node = if found == 0 {
                let made = u32::try_from(self.at_node.len()).unwrap_or(u32::MAX);
                self.at_node.push(Node::default());
                table.insert(step, made);
                if node == 0 {
                    self.begins.add(key);
                } else {
                    self.at_node[node as usize].leads |= lead_bit(key);
                }
                made
            } else {
                found
            };
        }
        let at = usize::try_from(node).ok().filter(|node| *node != 0)?;
        if self.at_node[at].entry == 0 {
            self.at_node[at].entry = u32::try_from(self.entries.len()).unwrap_or(0);
            self.entries.push(Entry::default());
        }
        self.entries.get_mut(self.at_node[at].entry as usize)
    }

    /// The entry of a phrase, where the lexicon has it.
    pub(crate) fn find(&self, phrase: &[Token]) -> Option<&Entry> {
        let (entry, length) = self.longest(phrase)?;
        (length == phrase.len()).then(|| &self.entries[entry as usize])
    }

    /// The longest phrase that starts at `tokens[0]`: its entry and how many tokens it covers.
    #[inline]
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

    /// Ends the making: what is asked for often is laid out by itself.
    pub(crate) fn close(&mut self) {
        self.first.inserted = Vec::new();
        self.next.inserted = Vec::new();
        self.marks_of = self.entries.iter().map(|entry| entry.marks).collect();
        self.number_words.sort_unstable();
        self.number_words.dedup();
    }

    /// Adds every rule of a rule file.
    pub(crate) fn add_rules(
        &mut self,
        folding: &Folding,
        units: &mut Units,
        file: &'static str,
        rules: &str,
    ) -> Result<(), Error> {
        let mut scratch = Vec::new();
        for (number, line) in rules.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || Error::Rule {
                file,
                line: number + 1,
            };
            let (head, phrases) = line.split_once(':').ok_or_else(wrong)?;
            let (name, argument) = head.split_once(' ').unwrap_or((head, ""));
            let cue = (name == "cue")
                .then(|| Cue::named(argument).ok_or_else(wrong))
                .transpose()?;
            let bit = match cue {
                Some(_) => 0,
                None => {
                    mark::NAMES
                        .iter()
                        .find(|(text, _)| *text == name)
                        .ok_or_else(wrong)?
                        .1
                }
            };
            for phrase in phrases
                .split(" | ")
                .map(str::trim)
                .filter(|phrase| !phrase.is_empty())
            {
                if bit == mark::NUMWORD {
                    self.number_words
                        .push(folding.word(phrase, 0, self.marks, &[]).key);
                }
                let Some(entry) = self.entry(folding, phrase, &mut scratch) else {
                    continue;
                };
                entry.marks |= bit;
                entry.cue = entry.cue.and(cue.unwrap_or_default());
                match bit {
                    mark::SCALE => entry.scale = argument.parse().map_err(|_| wrong())?,
                    mark::NUMWORD => entry.number = argument.parse().map_err(|_| wrong())?,
                    mark::MONTH | mark::QUARTERORD | mark::HALF => {
                        entry.month = argument.parse().unwrap_or(0);
                    }
                    mark::UNIT => {
                        entry.unit = units.id(argument);
                        entry.money = units.get(entry.unit).is_money() || argument == "CNY";
                    }
                    mark::NOUN => entry.noun = units.id(argument),
                    mark::PER => entry.per = units.id(argument),
                    mark::UNITTYPE => entry.district = argument == "district",
                    mark::BOUND => entry.bound = Some(argument.parse().map_err(|_| wrong())?),
                    mark::AFTER => entry.after = Some(argument.parse().map_err(|_| wrong())?),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

#[inline]
fn skippable(token: &Token) -> bool {
    matches!(token.shape, Shape::Sign(b'-' | b',' | b'\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(rules: &str) -> (Folding, Lexicon, Units) {
        let folding = Folding::new();
        let mut units = Units::new();
        let mut lexicon = Lexicon::new(&folding, Marks::Kept);
        lexicon.add_rules(&folding, &mut units, "test", rules).unwrap();
        (folding, lexicon, units)
    }

    #[test]
    fn the_longest_phrase_wins_and_a_dash_inside_does_not_matter() {
        let (folding, lexicon, units) = lexicon("noun project: dự án\nnoun scheme: dự án nông lâm thủy sản");
        for (text, unit, length) in [
            ("Dự án mới", "project", 2),
            ("dự án nông - lâm, thuỷ sản", "scheme", 8),
            ("dự án nông nghiệp", "project", 2),
        ] {
            let mut tokens = Vec::new();
            tokenize(&folding, Marks::Kept, &[], text, 0, text.len(), &mut tokens);
            let (entry, covered) = lexicon.longest(&tokens).unwrap();
            assert_eq!(units.get(lexicon.entries[entry as usize].noun).as_str(), unit);
            assert_eq!(covered, length, "{text}");
        }
    }

    #[test]
    fn a_rule_with_an_unknown_mark_tells_its_line() {
        let folding = Folding::new();
        let mut lexicon = Lexicon::new(&folding, Marks::Kept);
        let error = lexicon
            .add_rules(&folding, &mut Units::new(), "vi.txt", "up: tăng\nupp: tăng")
            .unwrap_err();
        assert_eq!(
            error,
            Error::Rule {
                file: "vi.txt",
                line: 2
            }
        );
    }
}
