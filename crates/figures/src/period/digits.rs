//! Periods that begin with digits: `30/9/2025`, `2021 - 2025`, `30 tháng 9`, `9 tháng`.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::period::{PeriodReader, Reading};
use terms::TimePeriod;
use terms::period::Simple;

impl PeriodReader<'_> {
    pub(super) fn read_digits(&self, items: &[Item], out: &[Item], at: usize) -> Option<Reading> {
        let item = &items[at];
        let text = self.text(item);
        let before = out.last();
        let reading = |period: TimePeriod, next: usize| {
            Some(Reading {
                period,
                next,
                term: false,
            })
        };
        let sign = |index: usize, wanted: u8| items.get(index).is_some_and(|sign| sign.is_sign(wanted));
        let counted = |index: usize| {
            items.get(index).is_some_and(|next| {
                next.has(mark::SCALE)
                    || next.is_sign(b'%')
                    || next.has(mark::UNIT)
                    || (next.has(mark::NOUN) && !next.has(mark::NOTCOUNT))
            })
        };
        // `30.8.2013`
        if text.len() >= 8 && text.len() <= 10 {
            let mut parts = text.split('.');
            if let (Some(day), Some(month), Some(year), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
                && year.len() == 4
                && day.len() <= 2
                && month.len() <= 2
            {
                let parsed = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
                return reading(self.day(parsed.0, parsed.1, Some(parsed.2))?, at + 1);
            }
        }
        if let Some(year) = self.year(Some(item)) {
            // `2025-07-27`
            if let (Some(month), Some(day)) = (
                self.integer(items.get(at + 2), 1, 12),
                self.integer(items.get(at + 4), 1, 31),
            ) && sign(at + 1, b'-')
                && sign(at + 3, b'-')
                && items[at + 4].glued
            {
                return reading(self.day(day, month, Some(year))?, at + 5);
            }
            // A span of years.
            let mut join = at + 1;
            if items.get(join).is_some_and(|word| word.has(mark::TO)) {
                join += 1;
                while items
                    .get(join)
                    .is_some_and(|word| word.has(mark::YEAR | mark::OFYEAR) && word.what == What::Word)
                {
                    join += 1;
                }
                if let Some(end) = self.year(items.get(join)).filter(|end| *end > year) {
                    let of_office = |item: &Item| item.has(mark::SPAN) && self.says(item, word::TENURE);
                    let term = before.is_some_and(of_office)
                        || out.iter().rev().take(3).any(|item| item.has(mark::TERM))
                        || items.get(join + 1).is_some_and(of_office);
                    return Some(Reading {
                        period: TimePeriod::years(year, end).ok()?,
                        next: join + 1,
                        term,
                    });
                }
            }
            // `2000 hộ`, `1950 tỷ đồng`: a count that looks like a year.
            let dated = before.is_some_and(|item| {
                item.has(mark::YEAR | mark::SPAN) || self.says(item, word::IN | word::FOR | word::DATED)
            });
            let next = items.get(at + 1);
            let unit = next.is_some_and(|next| {
                next.has(mark::SCALE)
                    || next.is_sign(b'%')
                    || (next.has(mark::UNIT) && next.end - next.start > 1)
            });
            let noun = next.is_some_and(|next| {
                next.has(mark::NOUN) && !next.has(mark::NOTCOUNT | mark::FUNC | mark::TARGET)
            });
            let bounded = before.is_some_and(|word| word.has(mark::BOUND) && !word.has(mark::TO));
            if !dated && (unit || noun || bounded) {
                return None;
            }
            if sign(at + 1, b'/') && items.get(at + 2).is_some_and(|then| then.glued) {
                return None;
            }
            return reading(TimePeriod::Year(year), at + 1);
        }
        let value = self.integer(Some(item), 1, 31)?;
        let day_before = before.is_some_and(|word| word.has(mark::DAY));
        // `d-d/m`, `d - d/m`
        if sign(at + 1, b'-')
            && sign(at + 3, b'/')
            && let (Some(last), Some(month)) = (
                self.integer(items.get(at + 2), 1, 31),
                self.integer(items.get(at + 4), 1, 12),
            )
            && items[at + 3].glued
            && items[at + 4].glued
            && last > value
            && !counted(at + 5)
        {
            let year = self.year(items.get(at + 6)).filter(|_| sign(at + 5, b'/'));
            let next = at + if year.is_some() { 7 } else { 5 };
            return match (self.day(value, month, year)?, self.day(last, month, year)?) {
                (TimePeriod::Day(from), TimePeriod::Day(to)) => {
                    reading(TimePeriod::Span(Simple::Day(from), Simple::Day(to)), next)
                }
                _ => None,
            };
        }
        for separator in [b'/', b'-'] {
            if !(sign(at + 1, separator)
                && items[at + 1].glued
                && items.get(at + 2).is_some_and(|part| part.glued))
            {
                continue;
            }
            // d/m/y
            if let Some(month) = self.integer(items.get(at + 2), 1, 12) {
                if sign(at + 3, separator)
                    && items[at + 3].glued
                    && let Some(year) = self.year(items.get(at + 4))
                {
                    return reading(self.day(value, month, Some(year))?, at + 5);
                }
                if separator == b'/' && (day_before || (!counted(at + 3) && !sign(at + 3, b'/'))) {
                    let late = out
                        .iter()
                        .rev()
                        .take(2)
                        .any(|word| word.has(mark::TO | mark::DAY | mark::FROM | mark::ACTUAL))
                        || before
                            .is_none_or(|word| matches!(word.what, What::Sign(_)) || word.has(mark::FUNC));
                    if (day_before || late)
                        && let Some(day) = self.day(value, month, None)
                    {
                        return reading(day, at + 3);
                    }
                }
            }
            // m/y
            if let (Some(year), true) = (self.year(items.get(at + 2)), value <= 12 && separator == b'/') {
                return reading(TimePeriod::Month(year, i8::try_from(value).ok()?), at + 3);
            }
        }
        let next = items.get(at + 1)?;
        // `30 tháng 9 năm 2025`, `31 January 2026`
        if next.has(mark::MONTH) {
            let english = self.words.entry(next).month;
            if english > 0 {
                if !next.capital {
                    return None;
                }
                let (year, after) = self.trailing_year(items, at + 2);
                let after = if year.is_some() { after } else { at + 2 };
                return reading(self.day(value, i16::from(english), year)?, after);
            }
            if let Some(month) = self
                .small(items.get(at + 2), 12)
                .filter(|_| self.year(items.get(at + 2)).is_none())
                && items.get(at + 2).is_some_and(|item| item.what == What::Digits)
            {
                let (year, after) = self.trailing_year(items, at + 3);
                let after = if year.is_some() { after } else { at + 3 };
                return reading(self.day(value, i16::from(month), year)?, after);
            }
            // `9 tháng`, `9 tháng đầu năm 2025`, `5 tháng năm 2024`
            if (1..=12).contains(&value) {
                let waits =
                    before.is_some_and(|item| item.has(mark::BOUND) || self.says(item, word::WAITING));
                if waits {
                    return None;
                }
                let mut after = at + 2;
                if items
                    .get(after)
                    .is_some_and(|item| item.has(mark::FIRST) && !item.has(mark::OFYEAR))
                {
                    after += 1;
                } else if items
                    .get(after)
                    .is_some_and(|item| self.says(item, word::NO_MONTHS))
                {
                    return None;
                }
                let (year, then) = self.trailing_year(items, after);
                if year.is_some() {
                    after = then;
                } else if items
                    .get(after)
                    .is_some_and(|word| word.has(mark::OFYEAR | mark::YEAR))
                {
                    after += 1;
                }
                let year = year.or(self.anchor.base_year())?;
                return reading(Self::months(i8::try_from(value).ok()?, year), after);
            }
        }
        if next.has(mark::NMONTHS)
            || (next.is_sign(b'-') && items.get(at + 2).is_some_and(|word| word.has(mark::NMONTHS)))
        {
            return self.read_month_count(items, out, at);
        }
        None
    }
}
