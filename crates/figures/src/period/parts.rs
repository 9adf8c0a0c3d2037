//! The pieces that periods are made of: years, months, small numbers.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::period::PeriodReader;
use terms::period::Simple;
use terms::{Date, TimePeriod};

impl PeriodReader<'_> {
    /// Whether an item is one of these words.
    pub(super) fn says(&self, item: &Item, words: u128) -> bool {
        self.words.says(item, words)
    }

    pub(super) fn text(&self, item: &Item) -> &str {
        item.text(self.words.text)
    }

    pub(super) fn integer(&self, item: Option<&Item>, low: u16, high: u16) -> Option<i16> {
        let item = item.filter(|item| item.what == What::Digits)?;
        let text = self.text(item);
        if text.len() > 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let value: u16 = text.parse().ok()?;
        (low..=high)
            .contains(&value)
            .then(|| i16::try_from(value).ok())
            .flatten()
    }

    pub(super) fn year(&self, item: Option<&Item>) -> Option<i16> {
        let item = item?;
        if item.end - item.start != 4 {
            return None;
        }
        self.integer(Some(item), 1900, 2100)
    }

    /// A number up to 12, in digits, as a word, or (for quarters) in Roman letters.
    pub(super) fn small(&self, item: Option<&Item>, high: i16) -> Option<i8> {
        let item = item?;
        let value = if item.what == What::Digits {
            self.integer(Some(item), 1, 12)?
        } else if item.has(mark::NUMWORD) {
            i16::from(self.words.entry(item).number)
        } else {
            match self.text(item) {
                "I" => 1,
                "II" => 2,
                "III" => 3,
                "IV" => 4,
                _ => return None,
            }
        };
        (1..=high)
            .contains(&value)
            .then(|| i8::try_from(value).ok())
            .flatten()
    }

    /// A year after `at`, with the words that may stand before it: `năm 2025`, `of 2025`, `/2025`, `, 2025`.
    pub(super) fn trailing_year(&self, items: &[Item], at: usize) -> (Option<i16>, usize) {
        let mut next = at;
        for _ in 0..3 {
            if let Some(year) = self.year(items.get(next)) {
                // `tháng 9, 2.025 hộ` has no bare year; `December 2024 - 2025` is not looked for.
                return (Some(year), next + 1);
            }
            match items.get(next) {
                Some(item)
                    if item.has(mark::YEAR | mark::OFYEAR)
                        || item.is_sign(b'/')
                        || item.is_sign(b',')
                        || item.is_sign(b'-') && item.glued
                        || item.is_sign(b'.') && item.glued
                        || item.what == What::Word
                            && self.says(item, word::OF | word::IN | word::BELONGING) =>
                {
                    next += 1;
                }
                _ => break,
            }
        }
        match items.get(at) {
            Some(item) if item.has(mark::THISYEAR) => (self.anchor.base_year(), at + 1),
            Some(item) if item.has(mark::LASTYEAR) => (self.anchor.base_year().map(|year| year - 1), at + 1),
            Some(item) if item.what == What::Word && self.says(item, word::OF) => match items.get(at + 1) {
                Some(word) if word.has(mark::THISYEAR) => (self.anchor.base_year(), at + 2),
                Some(word) if word.has(mark::LASTYEAR) => {
                    (self.anchor.base_year().map(|year| year - 1), at + 2)
                }
                _ => (None, at),
            },
            _ => (None, at),
        }
    }

    pub(super) fn month_year(&self, month: i8) -> Option<i16> {
        let year = self.anchor.base_year()?;
        // In January and February the last months of a year are those of the year before.
        let early = self
            .anchor
            .date
            .is_some_and(|date| date.year() == year && date.month() <= 2 && month >= 9);
        Some(if early && self.anchor.report.is_none() {
            year - 1
        } else {
            year
        })
    }

    pub(super) fn day(&self, day: i16, month: i16, year: Option<i16>) -> Option<TimePeriod> {
        let month = i8::try_from(month).ok()?;
        let year = year.or_else(|| self.month_year(month))?;
        Date::new(year, month, i8::try_from(day).ok()?)
            .ok()
            .map(TimePeriod::Day)
    }

    /// The first `count` months of a year.
    pub(super) fn months(count: i8, year: i16) -> TimePeriod {
        match count {
            3 => TimePeriod::Quarter(year, 1),
            6 => TimePeriod::Half(year, 1),
            12 => TimePeriod::Year(year),
            1 => TimePeriod::Month(year, 1),
            _ => TimePeriod::Span(Simple::Month(year, 1), Simple::Month(year, count)),
        }
    }
}
