//! Dates and periods in a line: what a number may be of, and what is no number.
//!
//! | text | period |
//! |---|---|
//! | `ngày 30 tháng 9 năm 2025`, `30/9/2025`, `September 30, 2025` | `2025-09-30` |
//! | `tháng 8/2025`, `end of August 2025` | `2025-08` |
//! | `quý III năm 2025`, `third quarter of 2025` | `2025-Q3` |
//! | `6 tháng đầu năm`, `first half` | `2025-H1` |
//! | `9 tháng`, `nine months to September` | `2025-01/2025-09` |
//! | `giai đoạn 2026 - 2030`, `from 2021 to 2025` | `2026/2030`, `2021/2025` |
//! | `năm nay`, `last year` | by the document's date |

mod compared;
mod digits;
mod months;
mod parts;

use crate::item::{Item, What, Words};
use crate::lexicon::{mark, word};
use terms::period::Simple;
use terms::{Date, TimePeriod};

pub(crate) use compared::{is_compared, is_yardstick};

/// What the text has named so far, by which «năm nay» or «the term» is resolved.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Anchor {
    /// The document's day.
    pub(crate) date: Option<Date>,
    /// The year that months without a year are of.
    pub(crate) year: Option<i16>,
    /// The years of the term last named («nhiệm kỳ 2025 - 2030»).
    pub(crate) term: Option<(i16, i16)>,
    /// What the document reports on, where that is a part of a year.
    pub(crate) report: Option<TimePeriod>,
    /// The day last named, but for the document's own.
    pub(crate) day: Option<TimePeriod>,
    /// The year last named.
    pub(crate) named_year: Option<TimePeriod>,
    /// The month last named.
    pub(crate) month: Option<TimePeriod>,
}

impl Anchor {
    fn base_year(&self) -> Option<i16> {
        let written = self.date.map(Date::year);
        self.year
            .filter(|&year| written.is_none_or(|written| year <= written))
            .or(written)
    }
}

/// A period that a line names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    pub(crate) period: TimePeriod,
    /// Only the yardstick of a comparison: «so với năm 2024», «than in 2023».
    pub(crate) compared: bool,
    /// It came with the word for a term of office.
    pub(crate) term: bool,
}

/// A period read from `items[at..]`, and the index after it.
pub(crate) struct Reading {
    pub(crate) period: TimePeriod,
    pub(crate) next: usize,
    pub(crate) term: bool,
}

/// Reads periods out of one line's items.
pub(crate) struct PeriodReader<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) anchor: Anchor,
}

/// Marks of the phrases with which a period may start.
pub(crate) const STARTS: u64 = mark::DAY
    | mark::MONTH
    | mark::QUARTER
    | mark::QUARTERORD
    | mark::HALF
    | mark::THISYEAR
    | mark::LASTYEAR
    | mark::NEXTYEAR
    | mark::SAMEMONTH
    | mark::TET
    | mark::PAST5
    | mark::TERM
    | mark::TERMEND
    | mark::NUMWORD
    | mark::FIRST;

impl PeriodReader<'_> {
    /// Reads a period that starts at `items[at]`; `out` holds the items before it, already read.
    pub(crate) fn read(&self, items: &[Item], out: &[Item], at: usize) -> Option<Reading> {
        let item = &items[at];
        let reading = |period: TimePeriod, next: usize| {
            Some(Reading {
                period,
                next,
                term: false,
            })
        };
        if item.what == What::Digits {
            return self.read_digits(items, out, at);
        }
        if !item.has(STARTS) {
            return None;
        }
        let base = self.anchor.base_year();
        if item.has(mark::DAY) && items.get(at + 1).is_some_and(|next| next.what == What::Digits) {
            let read = self.read_digits(items, &items[..=at], at + 1)?;
            return matches!(read.period, TimePeriod::Day(_) | TimePeriod::Span(..)).then_some(read);
        }
        if item.has(mark::TERM) && !item.has(mark::TERMEND) {
            let back = self.says(item, word::BACK);
            // The years may follow: they are read by themselves.
            let named = items.get(at + 1).is_some_and(|next| next.what == What::Digits);
            if !named {
                let (from, to) = self.anchor.term?;
                let ahead = self.says(item, word::AHEAD);
                // The term last named may be the one that is over already.
                let over = self.anchor.date.is_some_and(|date| to <= date.year());
                let shift = match (back, ahead, over) {
                    (true, _, false) => to - from,
                    (_, true, true) => from - to,
                    _ => 0,
                };
                return Some(Reading {
                    period: TimePeriod::years(from - shift, to - shift).ok()?,
                    next: at + 1,
                    term: true,
                });
            }
            return None;
        }
        if item.has(mark::TERMEND) {
            let (_, to) = self.anchor.term?;
            return reading(TimePeriod::Year(to), at + 1);
        }
        // `Trong tháng 3 năm 2021`: the phrase for «this month» with its number.
        let numbered = item.has(mark::SAMEMONTH)
            && self.says(item, word::SAME_MONTH)
            && self.small(items.get(at + 1), 12).is_some();
        if item.has(mark::MONTH) || numbered {
            let month = if numbered { 0 } else { self.words.entry(item).month };
            if month > 0 {
                return self.read_english_month(items, at, i16::from(month));
            }
            let month = self.small(items.get(at + 1), 12)?;
            let (year, next) = self.trailing_year(items, at + 2);
            // «tháng 7 tháng 8»? Only the first; «tháng 7 năm»: the year is read where it stands.
            let year = year.or_else(|| self.month_year(month))?;
            return reading(TimePeriod::Month(year, month), next.max(at + 2));
        }
        if item.has(mark::QUARTER) {
            let quarter = self.small(items.get(at + 1), 4)?;
            let (year, next) = self.trailing_year(items, at + 2);
            return reading(TimePeriod::Quarter(year.or(base)?, quarter), next.max(at + 2));
        }
        if item.has(mark::QUARTERORD) {
            let quarter = i8::try_from(self.words.entry(item).month).ok()?;
            let (year, next) = self.trailing_year(items, at + 1);
            return reading(TimePeriod::Quarter(year.or(base)?, quarter), next);
        }
        if item.has(mark::HALF) {
            let half = i8::try_from(self.words.entry(item).month).ok()?;
            let (year, next) = self.trailing_year(items, at + 1);
            return reading(TimePeriod::Half(year.or(base)?, half), next);
        }
        if item.has(mark::TET) {
            let (year, next) = self.trailing_year(items, at + 1);
            let year = year.or(base)?;
            return reading(
                TimePeriod::Span(Simple::Month(year, 1), Simple::Month(year, 2)),
                next,
            );
        }
        if item.has(mark::PAST5) {
            let year = self.anchor.date.map(Date::year).or(base)?;
            if self.says(item, word::AHEAD) {
                return reading(TimePeriod::years(year + 1, year + 5).ok()?, at + 1);
            }
            // `in 5 years`: of the term that has just been named.
            if let Some((from, to)) = self
                .anchor
                .term
                .filter(|(_, to)| *to == year && self.says(item, word::OVER_YEARS))
            {
                return reading(TimePeriod::years(from, to).ok()?, at + 1);
            }
            return reading(TimePeriod::years(year - 4, year).ok()?, at + 1);
        }
        if item.has(mark::SAMEMONTH) && self.says(item, word::SAME_DAY) {
            return reading(self.anchor.day?, at + 1);
        }
        if item.has(mark::SAMEMONTH) && self.says(item, word::SAME_YEAR) {
            return reading(self.anchor.named_year?, at + 1);
        }
        if item.has(mark::SAMEMONTH) {
            let month = self
                .anchor
                .month
                .or(self.anchor.report)
                .filter(|p| matches!(p, TimePeriod::Month(..)));
            let month = month.or_else(|| {
                self.anchor
                    .date
                    .map(|date| TimePeriod::Month(date.year(), date.month()))
            })?;
            return reading(month, at + 1);
        }
        // `nine months of 2025`, `first nine months`, `Two months into the year`
        if item.has(mark::NUMWORD | mark::FIRST) {
            return self.read_month_count(items, out, at);
        }
        let shift = if item.has(mark::THISYEAR) {
            0
        } else if item.has(mark::LASTYEAR) {
            -1
        } else if item.has(mark::NEXTYEAR) {
            1
        } else {
            return None;
        };
        // `trong năm 2030`: the year is read where it stands.
        if shift == 0 && self.year(items.get(at + 1)).is_some() {
            return None;
        }
        // `so far this year`, `since the beginning of the year`: as far as the report goes.
        let since = shift == 0 && out.iter().rev().take(3).any(|item| self.says(item, word::SO_FAR));
        if let Some(report) = self.anchor.report.filter(|_| since) {
            return reading(report, at + 1);
        }
        let now = self.says(item, word::CURRENT);
        let base = if now {
            self.anchor.date.map(Date::year).or(base)
        } else {
            base
        };
        // «năm trước» is of the day on which the text was written, not of what it reports on.
        let year = if shift == 0 {
            base
        } else {
            self.anchor.date.map(Date::year).or(base)
        }?;
        Some(Reading {
            period: TimePeriod::Year(year + shift),
            next: at + 1,
            term: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Sample, named_periods};

    #[track_caller]
    fn check(sample: Sample, text: &str, expected: &[&str]) {
        assert_eq!(named_periods(sample, text), expected, "{text}");
    }

    #[test]
    fn vietnamese_periods() {
        for (text, expected) in [
            ("Ngày 30/9, đại hội", vec!["2025-09-30"]),
            ("Thanh Hóa, ngày 02 tháng 10 năm 2025", vec!["2025-10-02"]),
            ("tháng 8 năm 2013", vec!["2013-08"]),
            ("đến hết tháng 8/2025", vec!["2025-08"]),
            ("quý III/2025", vec!["2025-Q3"]),
            ("6 tháng đầu năm 2025", vec!["2025-H1"]),
            ("nửa đầu năm", vec!["2025-H1"]),
            ("9 tháng năm 2025", vec!["2025-01/2025-09"]),
            ("trong 7 tháng", vec!["2025-01/2025-07"]),
            ("Trong tháng 3 năm 2021", vec!["2021-03"]),
            ("gấp 1,8 lần, hai tháng đầu năm", vec!["2025-01/2025-02"]),
            ("giai đoạn 2026 - 2030", vec!["2026/2030"]),
            ("từ năm 2021 đến năm 2025", vec!["2021/2025"]),
            ("năm ngoái", vec!["2024"]),
            ("tính đến 24/9", vec!["2025-09-24"]),
            ("5 năm qua", vec!["2021/2025"]),
            ("từ ngày 15-16/8/2025 tại Hà Nội", vec!["2025-08-15/2025-08-16"]),
            ("từ ngày 15-16/8/", vec!["2025-08-15/2025-08-16"]),
            ("8/11 chỉ tiêu", vec![]),
            ("sau 5 tháng triển khai", vec![]),
        ] {
            check(Sample::Vi, text, &expected);
        }
    }

    #[test]
    fn english_periods() {
        for (text, expected) in [
            ("on January 31", vec!["2025-01-31"]),
            ("dated February 10, 2025", vec!["2025-02-10"]),
            ("By the end of August 2025", vec!["2025-08"]),
            ("the first nine months of 2025", vec!["2025-01/2025-09"]),
            ("in the nine months to September", vec!["2025-01/2025-09"]),
            ("first half of 2025", vec!["2025-H1"]),
            ("the third quarter of 2024", vec!["2024-Q3"]),
            ("from 2021 to 2025", vec!["2021/2025"]),
            ("the 2026-2030 period", vec!["2026/2030"]),
            ("over the past five years", vec!["2021/2025"]),
            ("last year", vec!["2024"]),
            ("just over two months", vec![]),
        ] {
            check(Sample::En, text, &expected);
        }
    }
}
