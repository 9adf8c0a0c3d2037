//! One line as items: tokens, phrases, then periods, numbers and places among them.

use std::ops::Range;

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::number::NumberReader;
use crate::period::{Named, PeriodReader, is_compared, is_yardstick};
use crate::place::Sought;
use crate::session::{Room, Session};
use crate::token::Token;
use terms::period::Simple;
use terms::{Date, TimePeriod};

/// Marks of the phrases that a scan may make into a period, a number or a place.
const JOINED: u64 = crate::period::STARTS | mark::NUMWORD | mark::UNITTYPE | mark::PLACE;

/// The day on which the communes of today began.
const REFORM: Date = Date::constant(2025, 7, 1);

impl Session<'_> {
    /// Makes the tokens of a line into items: phrases, then periods, numbers and places.
    pub(super) fn scan(&mut self, table: bool, room: &mut Room) {
        let Room {
            tokens,
            raw,
            stops,
            marks,
            items,
            numbers,
            periods,
            ..
        } = room;
        *marks = self.words.items(tokens, JOINED, raw, stops);
        items.clear();
        numbers.clear();
        periods.clear();
        let number_reader = NumberReader {
            words: self.words,
            notation: self.notation,
        };
        let mut at = 0;
        let mut stops = stops.iter().map(|stop| *stop as usize);
        loop {
            // Most items are what they are: nothing to join, nothing to read.
            let Some(stop) = stops.find(|stop| *stop >= at) else {
                items.extend_from_slice(&raw[at..]);
                break;
            };
            items.extend_from_slice(&raw[at..stop]);
            at = stop;
            let item = raw[at];
            let index = u32::try_from(periods.len()).unwrap_or(u32::MAX);
            let period_reader = PeriodReader {
                words: self.words,
                anchor: self.anchor,
            };
            if let Some(read) = period_reader.read(raw, items, at) {
                let named = Named {
                    period: read.period,
                    compared: is_compared(self.words, items, &read)
                        || is_yardstick(items, &item, raw.get(read.next)),
                    term: read.term,
                };
                self.note_period(&named, items);
                periods.push(named);
                items.push(Item {
                    end: raw[read.next - 1].end,
                    marks: item.marks & (mark::TET | mark::TERM | mark::PAST5),
                    what: What::Period(index),
                    ..item
                });
                at = read.next;
                continue;
            }
            let index = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            if item.what == What::Digits || item.has(mark::NUMWORD) {
                if let Some((part, whole, next)) = number_reader.fraction(raw, items, at) {
                    for number in [part, whole] {
                        let index = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                        numbers.push(number);
                        let what = What::Number(index);
                        items.push(Item {
                            start: number.start,
                            end: number.end,
                            marks: 0,
                            entry: 0,
                            what,
                            ..item
                        });
                    }
                    at = next;
                    continue;
                }
                let read = if item.what == What::Digits {
                    number_reader.read(raw, items, at, table)
                } else {
                    number_reader.read_word(raw, items, at)
                };
                if let Some(read) = read {
                    items.truncate(items.len() - read.back);
                    numbers.push(read.number);
                    items.push(Item {
                        start: read.number.start,
                        end: read.number.end,
                        marks: 0,
                        entry: 0,
                        what: What::Number(index),
                        ..item
                    });
                    at = read.next;
                    continue;
                }
            }
            if item.has(mark::UNITTYPE) {
                if let Some((place, named)) = self.unit_at(tokens, &item) {
                    while items
                        .last()
                        .is_some_and(|last| last.token as usize >= named.start)
                    {
                        items.pop();
                    }
                    items.push(Item {
                        start: tokens[named.start].start,
                        end: tokens[named.end - 1].end,
                        token: named.start as u32,
                        what: What::Place(u32::from(place)),
                        marks: 0,
                        entry: 0,
                        capital: item.capital || named.start < item.token as usize,
                        ..item
                    });
                    at += 1;
                    while at < raw.len() && (raw[at].token as usize) < named.end {
                        at += 1;
                    }
                    continue;
                }
            } else if item.has(mark::PLACE)
                && (item.capital
                    || item.shouted
                    || self.reader.gazetteer.is_region(self.words.entry(&item).place))
            {
                let place = u32::from(self.words.entry(&item).place);
                items.push(Item {
                    what: What::Place(place),
                    ..item
                });
                at += 1;
                continue;
            }
            items.push(item);
            at += 1;
        }
    }

    /// Keeps what later periods go back to: the day, the month, the term last named.
    fn note_period(&mut self, named: &Named, before: &[Item]) {
        match named.period {
            TimePeriod::Day(_) if !named.compared => self.anchor.day = Some(named.period),
            // `by the end of August … by that date`
            TimePeriod::Month(..)
                if !named.compared
                    && before
                        .iter()
                        .rev()
                        .take(2)
                        .any(|item| self.words.says(item, word::END)) =>
            {
                self.anchor.day = Some(named.period);
            }
            TimePeriod::Year(_) if !named.compared => self.anchor.named_year = Some(named.period),
            TimePeriod::Span(Simple::Year(_), _) if named.term && self.context.own_term.is_none() => {
                self.context.own_term = Some(named.period);
            }
            _ => {}
        }
        match named.period {
            TimePeriod::Month(..) => self.anchor.month = Some(named.period),
            TimePeriod::Span(Simple::Year(from), Simple::Year(to)) if named.term => {
                self.anchor.term = Some((from, to));
            }
            _ => {}
        }
    }

    /// The commune or district whose type stands at an item, with its name after it or before: `xã Quài Tở`,
    /// `Mường Thanh ward`. The place, and the tokens of its name and type.
    fn unit_at(&self, tokens: &[Token], of_type: &Item) -> Option<(u16, Range<usize>)> {
        let lexicon = self.words.lexicon;
        let sought = Sought {
            district: self.words.entry(of_type).district,
            home: self.province,
            before_reform: self.anchor.date.is_some_and(|date| date < REFORM),
        };
        let gazetteer = &self.reader.gazetteer;
        let at = of_type.token as usize;
        let mut after = (at + 1).min(tokens.len());
        let of = |token: &Token| &self.words.text[token.start as usize..token.end as usize] == "of";
        if lexicon.english && tokens.get(after).is_some_and(of) {
            after += 1;
        }
        if let Some((place, length)) = gazetteer.after(&tokens[after..], sought) {
            return Some((place, at..after + length));
        }
        let (place, length) = gazetteer.before(&tokens[..at], sought)?;
        Some((place, at - length..at + 1))
    }
}
