//! One document from its first line to its last.

use crate::item::{Item, What, Words};
use crate::lexicon::{Units, mark};
use crate::number::{Notation, Number, NumberReader};
use crate::period::{Anchor, Named, PeriodReader, is_compared};
use crate::token::{Token, tokenize};
use crate::{Figure, Reader, Text, bound};
use terms::{Kind, Language, Measure, UnitMeasure};

/// Buffers of one document, used again for the next.
#[derive(Debug, Default)]
pub(crate) struct Room {
    tokens: Vec<Token>,
    raw: Vec<Item>,
    items: Vec<Item>,
    numbers: Vec<Number>,
    periods: Vec<Named>,
}

/// The reading of one document.
pub(crate) struct Session<'a> {
    reader: &'a Reader,
    text: &'a Text<'a>,
    words: Words<'a>,
    language: Language,
    notation: Notation,
    anchor: Anchor,
    room: &'a mut Room,
    figures: &'a mut Vec<Figure>,
}

impl<'a> Session<'a> {
    pub(crate) fn new(
        reader: &'a Reader,
        text: &'a Text<'a>,
        room: &'a mut Room,
        figures: &'a mut Vec<Figure>,
    ) -> Self {
        let language = text.language.unwrap_or_else(|| guess_language(text.text));
        let lexicon = match language {
            Language::En => &reader.en,
            Language::Vi if has_marks(text.text) => &reader.vi,
            Language::Vi => &reader.plain,
        };
        let notation = match language {
            Language::En => Notation::Point,
            Language::Vi => Notation::Comma,
        };
        Self {
            reader,
            text,
            words: Words {
                folding: &reader.folding,
                lexicon,
                text: text.text,
            },
            language,
            notation,
            anchor: Anchor {
                date: text.date,
                ..Anchor::default()
            },
            room,
            figures,
        }
    }

    pub(crate) fn run(mut self) {
        let text = self.text.text;
        let mut start = header(text);
        while start < text.len() && start < u32::MAX as usize {
            let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
            self.line(start, end);
            start = end + 1;
        }
    }

    /// Reads one line: tokens, phrases, then periods and numbers.
    fn scan(&mut self, start: usize, end: usize) {
        let Room {
            tokens,
            raw,
            items,
            numbers,
            periods,
        } = &mut *self.room;
        let lexicon = self.words.lexicon;
        tokenize(
            &self.reader.folding,
            lexicon.marks,
            &lexicon.stops,
            self.text.text,
            start,
            end,
            tokens,
        );
        self.words.items(tokens, raw);
        items.clear();
        numbers.clear();
        periods.clear();
        let number_reader = NumberReader {
            words: self.words,
            notation: self.notation,
        };
        let mut at = 0;
        while at < raw.len() {
            let period_reader = PeriodReader {
                words: self.words,
                anchor: self.anchor,
            };
            if let Some(read) = period_reader.read(raw, items, at) {
                let named = Named {
                    period: read.period,
                    compared: is_compared(items, &read),
                    term: read.term,
                    relative: read.relative,
                };
                let index = u32::try_from(periods.len()).unwrap_or(u32::MAX);
                periods.push(named);
                items.push(Item {
                    end: raw[read.next - 1].end,
                    what: What::Period(index),
                    ..raw[at]
                });
                at = read.next;
                continue;
            }
            if let Some(read) = number_reader.read(raw, items, at, false) {
                items.truncate(items.len() - read.back);
                let index = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                numbers.push(read.number);
                items.push(Item {
                    start: read.number.start,
                    end: read.number.end,
                    marks: 0,
                    entry: 0,
                    what: What::Number(index),
                    ..raw[at]
                });
                at = read.next;
                continue;
            }
            items.push(raw[at]);
            at += 1;
        }
    }

    fn line(&mut self, start: usize, end: usize) {
        self.scan(start, end);
        let room = &*self.room;
        for (at, item) in room.items.iter().enumerate() {
            let What::Number(index) = item.what else { continue };
            let number = &room.numbers[index as usize];
            let next = room.items.get(at + 1);
            if next.is_some_and(|next| next.has(mark::NOTCOUNT) && !next.has(mark::NOUN)) && number.unit == 0
            {
                continue;
            }
            let (Some(value), Some(upper)) = (
                number.low.decimal(),
                number.high.map_or(Some(None), |high| high.decimal().map(Some)),
            ) else {
                continue;
            };
            let unit = if number.unit != 0 {
                unit_of(&self.reader.units, number)
            } else if let Some(noun) = room.items[at + 1..]
                .iter()
                .take(4)
                .find(|item| item.has(mark::NOUN))
            {
                self.reader.units.get(self.words.entry(noun).noun).clone()
            } else {
                UnitMeasure::from_static("unit")
            };
            self.figures.push(Figure {
                span: number.start as usize..number.end as usize,
                quote: number.start as usize..number.end as usize,
                value,
                upper,
                unit,
                bound: bound::bound(self.words, &room.items, at, number.high.is_some()),
                measure: Measure::Level,
                indicator: None,
                period: None,
                place: self.text.place.clone(),
                kind: Kind::Actual,
            });
        }
    }
}

fn unit_of(units: &Units, number: &Number) -> UnitMeasure {
    let unit = units.get(number.unit);
    if number.per == 0 {
        return unit.clone();
    }
    UnitMeasure::new(format!("{}/{}", unit.as_str(), units.get(number.per).as_str()))
}

/// Where the body starts: after a first line of the form `# DATE | PLACE | title`.
fn header(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    let is_header = line.starts_with("# ") && line.bytes().filter(|byte| *byte == b'|').count() >= 2;
    if is_header {
        (line.len() + 1).min(text.len())
    } else {
        0
    }
}

fn memchr(byte: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|found| *found == byte)
}

/// Whether a text has enough marked letters to have been typed with them.
fn has_marks(text: &str) -> bool {
    let sample = text.as_bytes().get(..4096.min(text.len())).unwrap_or_default();
    let marked = sample.iter().filter(|byte| **byte >= 0xC3).count();
    marked * 40 > sample.len()
}

/// Vietnamese has a marked letter every few letters; without them, its commonest words tell it.
fn guess_language(text: &str) -> Language {
    if has_marks(text) && text.len() < 400 || {
        let sample = text.as_bytes().get(..4096.min(text.len())).unwrap_or_default();
        let marked = sample.iter().filter(|byte| **byte >= 0xC3).count();
        marked * 9 > sample.len()
    } {
        return Language::Vi;
    }
    let (mut vi, mut en) = (0, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).take(2000) {
        match word {
            "the" | "of" | "and" | "in" | "was" | "is" | "for" => en += 1,
            "cua" | "va" | "trong" | "duoc" | "nam" | "tinh" | "theo" | "cho" | "dat" | "tang" => vi += 1,
            _ => {}
        }
    }
    if vi > en { Language::Vi } else { Language::En }
}
