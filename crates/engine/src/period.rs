//! Periods that are put beside one another: a year before, since the start of the year, in which calendar.

use jiff::ToSpan;
use plan::report::calendar::{ReportCalendar, window};
use terms::period::Simple;
use terms::{Date, Decimal, TimePeriod};

use crate::Error;
use crate::exact::{add, sub};

/// The same period so many years before; none where the day does not exist there or the years run out.
///
/// ```
/// use terms::TimePeriod;
/// let quarter: TimePeriod = "2026-Q1".parse().unwrap();
/// assert_eq!(engine::period::years_earlier(quarter, 1).unwrap().to_string(), "2025-Q1");
/// ```
pub fn years_earlier(period: TimePeriod, years: i16) -> Option<TimePeriod> {
    let simple = |simple: Simple| {
        let back = |year: i16| year.checked_sub(years).filter(|year| (1..=9998).contains(year));
        Some(match simple {
            Simple::Year(year) => Simple::Year(back(year)?),
            Simple::Half(year, half) => Simple::Half(back(year)?, half),
            Simple::Quarter(year, quarter) => Simple::Quarter(back(year)?, quarter),
            Simple::Month(year, month) => Simple::Month(back(year)?, month),
            Simple::Day(day) => Simple::Day(Date::new(back(day.year())?, day.month(), day.day()).ok()?),
        })
    };
    match period {
        TimePeriod::Year(year) => simple(Simple::Year(year)).map(Into::into),
        TimePeriod::Half(year, half) => simple(Simple::Half(year, half)).map(Into::into),
        TimePeriod::Quarter(year, quarter) => simple(Simple::Quarter(year, quarter)).map(Into::into),
        TimePeriod::Month(year, month) => simple(Simple::Month(year, month)).map(Into::into),
        TimePeriod::Day(day) => simple(Simple::Day(day)).map(Into::into),
        TimePeriod::Span(from, to) => TimePeriod::span(simple(from)?, simple(to)?).ok(),
    }
}

/// A period as a report means it: which days it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Counted {
    /// The period's name.
    pub period: TimePeriod,
    /// By which calendar its days are cut.
    pub calendar: ReportCalendar,
}

/// Why two values must not be put beside one another without saying so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Difference {
    /// One counts calendar days, the other the reporting days of Decree 09/2019 (15th to 14th).
    Calendar,
    /// They do not last equally long.
    Length,
    /// They are the same length but of other parts of the year.
    Season,
}

/// Whether two values may be compared; if not, why. A month with a month of another year, yes; a statutory month with a
/// calendar month, never silently.
pub fn difference(one: Counted, other: Counted) -> Option<Difference> {
    if one.calendar != other.calendar {
        return Some(Difference::Calendar);
    }
    let shape = |counted: Counted| {
        let (start, end) = window(counted.period, counted.calendar);
        let months = (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month())
            - i32::from(start.month());
        (months, start.month())
    };
    let ((months, start), (other_months, other_start)) = (shape(one), shape(other));
    if months != other_months {
        Some(Difference::Length)
    } else if start != other_start && months < 11 {
        Some(Difference::Season)
    } else {
        None
    }
}

/// From values since the start of the year to values within each step: June alone is January–June less January–May.
///
/// A step without the one before it has no value of its own and is left out, except the first of a year. Values come in any
/// order.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn within(cumulative: &[(TimePeriod, Decimal)]) -> Result<Vec<(TimePeriod, Decimal)>, Error> {
    let mut sorted = cumulative.to_vec();
    sorted.sort_by_key(|(period, _)| (period.start(), period.end()));
    let mut steps: Vec<(TimePeriod, Decimal)> = Vec::new();
    for (index, (period, value)) in sorted.iter().enumerate() {
        let before = index
            .checked_sub(1)
            .map(|before| sorted[before])
            .filter(|(before, _)| before.start() == period.start());
        match before {
            None => steps.push((*period, *value)),
            Some((before, _)) if before == *period => {}
            Some((before, so_far)) => {
                let first = before.end().saturating_add(1.day());
                if let Some(step) = between(first, period.end()) {
                    steps.push((step, sub(*value, so_far)?));
                }
            }
        }
    }
    Ok(steps)
}

/// From values within each step to values since the start of the year; stops in each year at the first gap.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn cumulative(within: &[(TimePeriod, Decimal)]) -> Result<Vec<(TimePeriod, Decimal)>, Error> {
    let mut sorted = within.to_vec();
    sorted.sort_by_key(|(period, _)| (period.start(), period.end()));
    let mut sums: Vec<(TimePeriod, Decimal)> = Vec::new();
    for (period, value) in sorted {
        let new_year = period.start().month() == 1 && period.start().day() == 1;
        let before = sums.last().copied().filter(|(before, _)| {
            before.end().saturating_add(1.day()) == period.start()
                && before.end().year() == period.start().year()
        });
        match before {
            _ if new_year => sums.push((period, value)),
            Some((before, so_far)) => {
                if let Some(span) = between(before.start(), period.end()) {
                    sums.push((span, add(so_far, value)?));
                }
            }
            None => {}
        }
    }
    Ok(sums)
}

/// The period from one day to another, by its shortest name.
pub fn between(first: Date, last: Date) -> Option<TimePeriod> {
    if last < first {
        return None;
    }
    let whole_months = first.day() == 1 && last == last.last_of_month();
    if !whole_months {
        return TimePeriod::span(Simple::Day(first), Simple::Day(last)).ok();
    }
    let (year, month, end) = (first.year(), first.month(), last.month());
    if year != last.year() {
        return if month == 1 && end == 12 {
            TimePeriod::years(year, last.year()).ok()
        } else {
            TimePeriod::span(Simple::Month(year, month), Simple::Month(last.year(), end)).ok()
        };
    }
    Some(match (month, end) {
        (1, 12) => TimePeriod::Year(year),
        (1, 6) => TimePeriod::Half(year, 1),
        (7, 12) => TimePeriod::Half(year, 2),
        (from, to) if from == to => TimePeriod::Month(year, from),
        (from, to) if to == from + 2 && from % 3 == 1 => TimePeriod::Quarter(year, to / 3),
        (from, to) => TimePeriod::span(Simple::Month(year, from), Simple::Month(year, to)).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> TimePeriod {
        text.parse().unwrap()
    }

    fn pairs(pairs: &[(&str, i64)]) -> Vec<(TimePeriod, Decimal)> {
        pairs
            .iter()
            .map(|(name, value)| (period(name), Decimal::from(*value)))
            .collect()
    }

    #[test]
    fn the_year_before_has_the_same_form() {
        for (now, before) in [
            ("2026", "2025"),
            ("2026-H1", "2025-H1"),
            ("2026-03", "2025-03"),
            ("2026-01/2026-09", "2025-01/2025-09"),
            ("2026/2030", "2025/2029"),
        ] {
            assert_eq!(years_earlier(period(now), 1), Some(period(before)));
        }
        assert_eq!(years_earlier(period("2024-02-29"), 1), None);
    }

    /// Decree 09/2019 article 12 against the calendar.
    #[test]
    fn a_statutory_month_is_not_compared_with_a_calendar_month() {
        let counted = |name, calendar| Counted {
            period: period(name),
            calendar,
        };
        let (law, calendar) = (ReportCalendar::Statutory, ReportCalendar::Calendar);
        assert_eq!(
            difference(counted("2026-03", law), counted("2026-03", calendar)),
            Some(Difference::Calendar)
        );
        assert_eq!(difference(counted("2026-03", law), counted("2025-03", law)), None);
        assert_eq!(
            difference(counted("2026-03", calendar), counted("2025-04", calendar)),
            Some(Difference::Season)
        );
        assert_eq!(
            difference(counted("2026-Q1", calendar), counted("2026-03", calendar)),
            Some(Difference::Length)
        );
        assert_eq!(
            difference(counted("2026", calendar), counted("2025", calendar)),
            None
        );
    }

    #[test]
    fn since_the_start_of_the_year_and_back() {
        let months = pairs(&[
            ("2026-01", 5),
            ("2026-02", 7),
            ("2026-03", 1),
            ("2026-05", 9),
            ("2027-01", 2),
        ]);
        let sums = cumulative(&months).unwrap();
        assert_eq!(
            sums,
            pairs(&[
                ("2026-01", 5),
                ("2026-01/2026-02", 12),
                ("2026-Q1", 13),
                ("2027-01", 2)
            ]),
            "stops at the gap"
        );
        assert_eq!(
            within(&sums).unwrap(),
            pairs(&[("2026-01", 5), ("2026-02", 7), ("2026-03", 1), ("2027-01", 2)])
        );
        let halves = pairs(&[("2026-H1", 40), ("2026", 100)]);
        assert_eq!(
            within(&halves).unwrap(),
            pairs(&[("2026-H1", 40), ("2026-H2", 60)])
        );
    }
}
