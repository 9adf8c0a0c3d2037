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

use crate::item::{Item, What, Words};
use crate::lexicon::mark;
use terms::period::Simple;
use terms::{Date, TimePeriod};

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
    fn text(&self, item: &Item) -> &str {
        item.text(self.words.text)
    }

    fn integer(&self, item: Option<&Item>, low: u16, high: u16) -> Option<i16> {
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

    fn year(&self, item: Option<&Item>) -> Option<i16> {
        let item = item?;
        if item.end - item.start != 4 {
            return None;
        }
        self.integer(Some(item), 1900, 2100)
    }

    /// A number up to 12, in digits, as a word, or (for quarters) in Roman letters.
    fn small(&self, item: Option<&Item>, high: i16) -> Option<i8> {
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
    fn trailing_year(&self, items: &[Item], at: usize) -> (Option<i16>, usize) {
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
                        || item.what == What::Word && matches!(self.text(item), "of" | "in" | "của") =>
                {
                    next += 1;
                }
                _ => break,
            }
        }
        match items.get(at) {
            Some(item) if item.has(mark::THISYEAR) => (self.anchor.base_year(), at + 1),
            Some(item) if item.has(mark::LASTYEAR) => (self.anchor.base_year().map(|year| year - 1), at + 1),
            Some(item) if item.what == What::Word && self.text(item) == "of" => match items.get(at + 1) {
                Some(word) if word.has(mark::THISYEAR) => (self.anchor.base_year(), at + 2),
                Some(word) if word.has(mark::LASTYEAR) => {
                    (self.anchor.base_year().map(|year| year - 1), at + 2)
                }
                _ => (None, at),
            },
            _ => (None, at),
        }
    }

    fn month_year(&self, month: i8) -> Option<i16> {
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

    fn day(&self, day: i16, month: i16, year: Option<i16>) -> Option<TimePeriod> {
        let month = i8::try_from(month).ok()?;
        let year = year.or_else(|| self.month_year(month))?;
        Date::new(year, month, i8::try_from(day).ok()?)
            .ok()
            .map(TimePeriod::Day)
    }

    /// The first `count` months of a year.
    fn months(count: i8, year: i16) -> TimePeriod {
        match count {
            3 => TimePeriod::Quarter(year, 1),
            6 => TimePeriod::Half(year, 1),
            12 => TimePeriod::Year(year),
            1 => TimePeriod::Month(year, 1),
            _ => TimePeriod::Span(Simple::Month(year, 1), Simple::Month(year, count)),
        }
    }

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
            let text = self.text(item);
            let back = ["previous", "last", "trước", "qua"]
                .iter()
                .any(|word| text.contains(word));
            // The years may follow: they are read by themselves.
            let named = items.get(at + 1).is_some_and(|next| next.what == What::Digits);
            if !named {
                let (from, to) = self.anchor.term?;
                let ahead = ["new", "next", "coming", "mới", "tới"]
                    .iter()
                    .any(|word| text.contains(word));
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
            && self.text(item).ends_with("tháng")
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
            let text = self.text(item);
            if ["next", "coming", "tới"].iter().any(|word| text.contains(word)) {
                return reading(TimePeriod::years(year + 1, year + 5).ok()?, at + 1);
            }
            // `in 5 years`: of the term that has just been named.
            if let Some((from, to)) = self
                .anchor
                .term
                .filter(|(_, to)| *to == year && (text.starts_with("in ") || text.starts_with("after ")))
            {
                return reading(TimePeriod::years(from, to).ok()?, at + 1);
            }
            return reading(TimePeriod::years(year - 4, year).ok()?, at + 1);
        }
        if item.has(mark::SAMEMONTH)
            && ["date", "day", "time", "ngày", "điểm"]
                .iter()
                .any(|word| self.text(item).contains(word))
        {
            return reading(self.anchor.day?, at + 1);
        }
        if item.has(mark::SAMEMONTH) && ["year", "năm"].iter().any(|word| self.text(item).contains(word)) {
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
        let since = shift == 0
            && out.iter().rev().take(3).any(|word| {
                let text = self.text(word);
                text.ends_with("far") || matches!(text, "beginning" | "start")
            });
        if let Some(report) = self.anchor.report.filter(|_| since) {
            return reading(report, at + 1);
        }
        let now = self.text(item).ends_with("nay")
            || self.text(item).starts_with("this")
            || self.text(item).starts_with("This");
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

    fn read_english_month(&self, items: &[Item], at: usize, month: i16) -> Option<Reading> {
        let item = &items[at];
        if !item.capital {
            return None;
        }
        let reading = |period: TimePeriod, next: usize| {
            Some(Reading {
                period,
                next,
                term: false,
            })
        };
        let mut next = at + 1;
        if items.get(next).is_some_and(|dot| dot.is_sign(b'.') && dot.glued) {
            next += 1;
        }
        if let Some(day) = self
            .integer(items.get(next), 1, 31)
            .filter(|_| items[next].end - items[next].start <= 2)
        {
            // `September 17-19`, `January 10th`
            let mut after = next + 1;
            if items
                .get(after)
                .is_some_and(|dash| dash.is_sign(b'-') && dash.glued)
                && self.integer(items.get(after + 1), 1, 31).is_some()
            {
                after += 2;
            }
            if items
                .get(after)
                .is_some_and(|suffix| suffix.glued && suffix.what == What::Word)
            {
                after += 1;
            }
            let followed = match items.get(after) {
                Some(comma) if comma.is_sign(b',') => {
                    self.year(items.get(after + 1)).map(|year| (year, after + 2))
                }
                Some(_) => self.year(items.get(after)).map(|year| (year, after + 1)),
                None => None,
            };
            return match followed {
                Some((year, after)) => reading(self.day(day, month, Some(year))?, after),
                None => reading(self.day(day, month, None)?, after),
            };
        }
        // `January-September`, `between January and September 2024`
        let join = items.get(next).is_some_and(|join| join.has(mark::TO | mark::AND));
        if let Some(last) = items
            .get(next + 1)
            .filter(|last| join && last.capital && last.has(mark::MONTH))
        {
            let last = i16::from(self.words.entry(last).month);
            if last > month {
                let (year, after) = self.trailing_year(items, next + 2);
                let after = if year.is_some() { after } else { next + 2 };
                let year = year.or(self.anchor.base_year())?;
                let (from, to) = (i8::try_from(month).ok()?, i8::try_from(last).ok()?);
                let period = if from == 1 {
                    Self::months(to, year)
                } else {
                    TimePeriod::span(Simple::Month(year, from), Simple::Month(year, to)).ok()?
                };
                return reading(period, after);
            }
        }
        let (year, after) = self.trailing_year(items, next);
        let month = i8::try_from(month).ok()?;
        let after = if year.is_some() { after } else { next };
        reading(
            TimePeriod::Month(year.or_else(|| self.month_year(month))?, month),
            after,
        )
    }

    /// `first nine months of 2025`, `nine-month`, `two months into the year`, `nine months to September`.
    fn read_month_count(&self, items: &[Item], out: &[Item], at: usize) -> Option<Reading> {
        let mut next = at;
        let first = items[next].has(mark::FIRST);
        if first {
            next += 1;
        }
        let count = self.small(items.get(next), 12)?;
        next += 1;
        let mut hyphen = false;
        if items
            .get(next)
            .is_some_and(|dash| dash.is_sign(b'-') && dash.glued)
        {
            hyphen = true;
            next += 1;
        }
        // `hai tháng đầu năm`
        let vietnamese = items
            .get(next)
            .is_some_and(|months| months.has(mark::MONTH) && self.words.entry(months).month == 0);
        if vietnamese
            && items
                .get(next + 1)
                .is_some_and(|word| word.has(mark::FIRST | mark::OFYEAR))
        {
            let mut end = next + 1;
            while items
                .get(end)
                .is_some_and(|word| word.has(mark::FIRST | mark::OFYEAR | mark::YEAR))
            {
                end += 1;
            }
            let (year, after) = self.trailing_year(items, end);
            let period = Self::months(count, year.or(self.anchor.base_year())?);
            return Some(Reading {
                period,
                next: if year.is_some() { after } else { end },
                term: false,
            });
        }
        if !items.get(next).is_some_and(|months| months.has(mark::NMONTHS)) {
            return None;
        }
        next += 1;
        let (mut year, mut after) = self.trailing_year(items, next);
        if year.is_none() {
            after = next;
        }
        // «into the year», «to September», «through September 2025»
        let mut closed = false;
        if let (Some(word), Some(then)) = (items.get(after), items.get(after + 1)) {
            let text = self.text(word);
            if text == "into" && then.has(mark::THISYEAR) {
                closed = true;
                after += 2;
            } else if word.has(mark::TO) && word.what == What::Word && then.has(mark::MONTH) {
                closed = true;
                let (found, end) = self.trailing_year(items, after + 2);
                if found.is_some() {
                    year = found;
                    after = end;
                } else {
                    after += 2;
                }
            }
        }
        let the = out
            .last()
            .is_some_and(|before| matches!(self.text(before), "the" | "The" | "its" | "these"));
        // `GRDP in 9 months`: of the year's first, where so many are over.
        let over = count > 1
            && out.last().is_some_and(|before| {
                matches!(
                    self.text(before),
                    "in" | "In" | "over" | "Over" | "after" | "After"
                )
            })
            && self.anchor.date.is_some_and(|date| {
                date.month() == count
                    || date.month() == count + 1
                    || date.month() > count && self.anchor.report.is_some()
            });
        if !(first || hyphen || closed || year.is_some() || the || over) {
            return None;
        }
        let period = Self::months(count, year.or(self.anchor.base_year())?);
        Some(Reading {
            period,
            next: after,
            term: false,
        })
    }

    fn read_digits(&self, items: &[Item], out: &[Item], at: usize) -> Option<Reading> {
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
                    let of_office =
                        |word: &Item| word.has(mark::SPAN) && matches!(self.text(word), "term" | "tenure");
                    let term = before.is_some_and(|word| word.has(mark::TERM) || of_office(word))
                        || out.iter().rev().take(3).any(|word| word.has(mark::TERM))
                        || items.get(join + 1).is_some_and(|word| {
                            word.has(mark::SPAN) && matches!(self.text(word), "term" | "tenure")
                        });
                    return Some(Reading {
                        period: TimePeriod::years(year, end).ok()?,
                        next: join + 1,
                        term,
                    });
                }
            }
            // `2000 hộ`, `1950 tỷ đồng`: a count that looks like a year.
            let dated = before.is_some_and(|word| {
                word.has(mark::YEAR | mark::SPAN)
                    || matches!(
                        self.text(word),
                        "in" | "In" | "by" | "By" | "since" | "until" | "for"
                    )
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
            let (year, next) = if sign(at + 5, b'/') {
                (self.year(items.get(at + 6)), at + 7)
            } else {
                (None, at + 5)
            };
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
                let waits = before.is_some_and(|word| {
                    word.has(mark::BOUND)
                        || matches!(
                            self.text(word),
                            "sau" | "Sau" | "vòng" | "hạn" | "thêm" | "từ" | "mỗi"
                        )
                });
                if waits {
                    return None;
                }
                let mut after = at + 2;
                let mut opened = false;
                if items
                    .get(after)
                    .is_some_and(|word| word.has(mark::FIRST) && !word.has(mark::OFYEAR))
                {
                    opened = true;
                    after += 1;
                } else if items.get(after).is_some_and(|word| {
                    matches!(
                        self.text(word),
                        "qua" | "tuổi" | "liên" | "tới" | "trở" | "cuối" | "kể" | "nữa"
                    )
                }) {
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
                let _ = opened;
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

/// «hơn», «kém» and «than» compare; «tăng» does not.
fn is_more(text: &str, item: &Item) -> bool {
    let text = item.text(text);
    item.has(mark::COMPARE) || text.ends_with("hơn") || text.ends_with("kém") || text.ends_with("than")
}

/// Whether a year is only that of the plan that something is measured against: `27% of this year's estimate`.
pub(crate) fn is_yardstick(out: &[Item], year: &Item, next: Option<&Item>) -> bool {
    year.has(mark::THISYEAR | mark::LASTYEAR)
        && next.is_some_and(|next| next.has(mark::PLANWORD))
        && out
            .iter()
            .rev()
            .take(4)
            .any(|item| matches!(item.what, What::Number(_)))
}

/// Whether the period that starts after `out` is only what something is compared with.
pub(crate) fn is_compared(text: &str, out: &[Item], period: &Reading) -> bool {
    let mut back = out.iter().rev();
    let Some(last) = back.next() else { return false };
    let years = matches!(period.period, TimePeriod::Year(_) | TimePeriod::Span(..));
    if last.has(mark::COMPARE | mark::EXCEED) && !last.has(mark::UP)
        || last.has(mark::COMPARE)
        || (last.has(mark::UP | mark::DOWN) && !last.has(mark::TARGET) && !last.has(mark::REMAIN))
    {
        return true;
    }
    // `theo giá so sánh 2010`, `giá cố định năm 2010`, `at constant 2010 prices`
    let tail = text[..last.end as usize].trim_end();
    let tail = if last.has(mark::YEAR) && out.len() > 1 {
        text[..out[out.len() - 2].end as usize].trim_end()
    } else {
        tail
    };
    if matches!(period.period, TimePeriod::Year(_))
        && [
            "giá so sánh",
            "giá cố định",
            "giá hiện hành",
            "gốc so sánh",
            "constant",
            "comparable",
            "comparative",
            "comparison",
        ]
        .iter()
        .any(|word| tail.ends_with(word))
    {
        return true;
    }
    // `bằng 2,3 lần quý 1 năm trước`, `gấp 1,8 lần năm 2025`
    let times = out.len() > 2 && last.has(mark::YEAR) && out[out.len() - 2].has(mark::TIMES);
    if times && matches!(out[out.len() - 3].what, What::Number(_)) {
        return true;
    }
    if last.has(mark::TIMES) && out.len() > 1 && matches!(out[out.len() - 2].what, What::Number(_)) {
        return true;
    }
    // `đạt 89,7% kế hoạch năm 2025`, `104.1% of the estimate assigned for the year`
    let recent = &out[out.len().saturating_sub(7)..];
    if let Some(at) = recent
        .iter()
        .rposition(|item| item.has(mark::PLANWORD | mark::AGAINST))
    {
        let counted = recent[..at]
            .iter()
            .any(|item| matches!(item.what, What::Number(_)));
        let close = recent[at + 1..].iter().all(|item| item.what == What::Word);
        if counted && close && years {
            return true;
        }
    }
    let second = back.next();
    if let Some(second) = second {
        // `nhiều hơn cuối năm trước`
        if second.has(mark::UP | mark::DOWN)
            && last.what == What::Word
            && last.end - last.start <= 8
            && !last.has(mark::TO)
            && is_more(text, second)
        {
            return true;
        }
        let small = last.has(mark::FUNC | mark::YEAR | mark::PAST5 | mark::HALF)
            || last.what == What::Word && last.end - last.start <= 5;
        if small && second.has(mark::COMPARE) {
            return true;
        }
        // `20 per cent more than in 2023`
        if small && second.has(mark::BOUND) && second.what == What::Word {
            return true;
        }
        if small && last.has(mark::YEAR) && second.has(mark::UP | mark::DOWN) {
            return true;
        }
        // `up 261.2 percent from January`
        if matches!(period.period, TimePeriod::Month(..) | TimePeriod::Quarter(..))
            && matches!(second.what, What::Number(_))
            && matches!(last.text(text), "from" | "on" | "over")
            && out
                .iter()
                .rev()
                .skip(2)
                .take(3)
                .any(|word| word.has(mark::UP | mark::DOWN))
        {
            return true;
        }
        // `up 5% from 2023`, `a rise of 38 per cent on last year`
        if years
            && matches!(second.what, What::Number(_))
            && last.what == What::Word
            && last.has(mark::FROM | mark::APART | mark::BOUND | mark::COMPARE)
            && !last.has(mark::TO)
        {
            return true;
        }
        if let Some(third) = back.next()
            && third.has(mark::COMPARE)
            && small
            && second.has(mark::FUNC | mark::YEAR | mark::COMPARE)
        {
            return true;
        }
    }
    false
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
