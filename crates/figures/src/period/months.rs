//! Months by name and months counted: `September 17`, `January-September`, `first nine months of 2025`.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::period::{PeriodReader, Reading};
use terms::TimePeriod;
use terms::period::Simple;

impl PeriodReader<'_> {
    pub(super) fn read_english_month(&self, items: &[Item], at: usize, month: i16) -> Option<Reading> {
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
    pub(super) fn read_month_count(&self, items: &[Item], out: &[Item], at: usize) -> Option<Reading> {
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
        if let (Some(link), Some(then)) = (items.get(after), items.get(after + 1)) {
            if self.says(link, word::INTO) && then.has(mark::THISYEAR) {
                closed = true;
                after += 2;
            } else if link.has(mark::TO) && link.what == What::Word && then.has(mark::MONTH) {
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
            .is_some_and(|before| self.says(before, word::THE | word::ITS));
        // `GRDP in 9 months`: of the year's first, where so many are over.
        let over = count > 1
            && out
                .last()
                .is_some_and(|before| self.says(before, word::IN | word::OVER))
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
}
