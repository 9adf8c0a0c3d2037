//! When: a day, month, quarter, half, year, or a span of them (SDMX `TIME_PERIOD`).

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A calendar period, first and last day included.
///
/// Written `2025`, `2025-H1`, `2025-Q3`, `2025-07`, `2025-07-27`, or `FROM/TO` of any two of these forms
/// (`2021/2025`, `2025-01/2025-09`), both included. Order is by first day, then by last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimePeriod {
    /// A calendar year.
    Year(i16),
    /// A half of a year: 1 or 2.
    Half(i16, i8),
    /// A quarter of a year: 1 to 4.
    Quarter(i16, i8),
    /// A month of a year: 1 to 12.
    Month(i16, i8),
    /// One day.
    Day(Date),
    /// From the first day of one simple period to the last day of another, both included.
    Span(Simple, Simple),
}

/// One end of a span: a period that is itself no span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Simple {
    /// A calendar year.
    Year(i16),
    /// A half of a year: 1 or 2.
    Half(i16, i8),
    /// A quarter of a year: 1 to 4.
    Quarter(i16, i8),
    /// A month of a year: 1 to 12.
    Month(i16, i8),
    /// One day.
    Day(Date),
}

/// A text that is no period, or a span that ends before it starts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no period: write 2025, 2025-H1, 2025-Q3, 2025-07, 2025-07-27 or FROM/TO")]
pub struct InvalidPeriod(pub String);

fn first(year: i16, month: i8) -> Date {
    jiff::civil::date(year.clamp(1, 9998), month.clamp(1, 12), 1)
}

/// The last day of as many months, of which `start` begins the first.
fn last_of_months(start: Date, months: i8) -> Date {
    let last = start.month() + months - 2;
    jiff::civil::date(start.year() + i16::from(last / 12), last % 12 + 1, 1).last_of_month()
}

impl Simple {
    /// The first day.
    pub fn start(self) -> Date {
        match self {
            Simple::Year(year) => first(year, 1),
            Simple::Half(year, half) => first(year, half * 6 - 5),
            Simple::Quarter(year, quarter) => first(year, quarter * 3 - 2),
            Simple::Month(year, month) => first(year, month),
            Simple::Day(date) => date,
        }
    }

    /// The last day.
    pub fn end(self) -> Date {
        match self {
            Simple::Year(_) => last_of_months(self.start(), 12),
            Simple::Half(..) => last_of_months(self.start(), 6),
            Simple::Quarter(..) => last_of_months(self.start(), 3),
            Simple::Month(..) => last_of_months(self.start(), 1),
            Simple::Day(date) => date,
        }
    }
}

impl From<Simple> for TimePeriod {
    fn from(simple: Simple) -> Self {
        match simple {
            Simple::Year(year) => TimePeriod::Year(year),
            Simple::Half(year, half) => TimePeriod::Half(year, half),
            Simple::Quarter(year, quarter) => TimePeriod::Quarter(year, quarter),
            Simple::Month(year, month) => TimePeriod::Month(year, month),
            Simple::Day(date) => TimePeriod::Day(date),
        }
    }
}

impl TimePeriod {
    /// From one year to another, both included; one year where they are the same.
    ///
    /// # Errors
    /// [`InvalidPeriod`] where the second lies before the first.
    pub fn years(from: i16, to: i16) -> Result<Self, InvalidPeriod> {
        Self::span(Simple::Year(from), Simple::Year(to))
    }

    /// From one simple period to another, both included; the simple period itself where they are the same.
    ///
    /// # Errors
    /// [`InvalidPeriod`] where the second does not end after the first starts.
    pub fn span(from: Simple, to: Simple) -> Result<Self, InvalidPeriod> {
        if from == to {
            return Ok(from.into());
        }
        if to.end() < from.start() || to.start() < from.start() {
            return Err(InvalidPeriod(format!(
                "{}/{}",
                TimePeriod::from(from),
                TimePeriod::from(to)
            )));
        }
        Ok(TimePeriod::Span(from, to))
    }

    /// The first day.
    pub fn start(self) -> Date {
        match self {
            TimePeriod::Span(from, _) => from.start(),
            TimePeriod::Year(year) => Simple::Year(year).start(),
            TimePeriod::Half(year, half) => Simple::Half(year, half).start(),
            TimePeriod::Quarter(year, quarter) => Simple::Quarter(year, quarter).start(),
            TimePeriod::Month(year, month) => Simple::Month(year, month).start(),
            TimePeriod::Day(date) => date,
        }
    }

    /// The last day.
    pub fn end(self) -> Date {
        match self {
            TimePeriod::Span(_, to) => to.end(),
            TimePeriod::Year(year) => Simple::Year(year).end(),
            TimePeriod::Half(year, half) => Simple::Half(year, half).end(),
            TimePeriod::Quarter(year, quarter) => Simple::Quarter(year, quarter).end(),
            TimePeriod::Month(year, month) => Simple::Month(year, month).end(),
            TimePeriod::Day(date) => date,
        }
    }

    /// Whether every day of `other` lies in this period.
    pub fn contains(self, other: TimePeriod) -> bool {
        self.start() <= other.start() && other.end() <= self.end()
    }

    /// How many days, both ends included.
    pub fn days(self) -> i32 {
        self.start().until(self.end()).map_or(0, |span| span.get_days()) + 1
    }
}

impl PartialOrd for TimePeriod {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TimePeriod {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let form = |period: &TimePeriod| match period {
            TimePeriod::Span(..) => 0,
            TimePeriod::Year(_) => 1,
            TimePeriod::Half(..) => 2,
            TimePeriod::Quarter(..) => 3,
            TimePeriod::Month(..) => 4,
            TimePeriod::Day(_) => 5,
        };
        (self.start(), self.end(), form(self))
            .cmp(&(other.start(), other.end(), form(other)))
            .then_with(|| {
                if self == other {
                    std::cmp::Ordering::Equal
                } else {
                    self.to_string().cmp(&other.to_string())
                }
            })
    }
}

impl fmt::Display for TimePeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimePeriod::Year(year) => write!(f, "{year:04}"),
            TimePeriod::Half(year, half) => write!(f, "{year:04}-H{half}"),
            TimePeriod::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            TimePeriod::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            TimePeriod::Day(date) => write!(f, "{date}"),
            TimePeriod::Span(from, to) => write!(f, "{}/{}", TimePeriod::from(*from), TimePeriod::from(*to)),
        }
    }
}

fn simple(text: &str) -> Option<Simple> {
    let number = |digits: &str, low: i8, high: i8| {
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse::<i8>().ok())
            .flatten()
            .filter(|value| low <= *value && *value <= high)
    };
    let year_text = text.get(..4)?;
    let year: i16 = year_text
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| year_text.parse().ok())
        .flatten()?;
    if year == 0 || year == 9999 {
        return None;
    }
    let rest = &text[4..];
    if rest.is_empty() {
        return Some(Simple::Year(year));
    }
    let rest = rest.strip_prefix('-')?;
    if let Some(half) = rest.strip_prefix('H') {
        return Some(Simple::Half(
            year,
            number(half, 1, 2).filter(|_| half.len() == 1)?,
        ));
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        return Some(Simple::Quarter(
            year,
            number(quarter, 1, 4).filter(|_| quarter.len() == 1)?,
        ));
    }
    match rest.len() {
        2 => Some(Simple::Month(year, number(rest, 1, 12)?)),
        5 => Date::from_str(text).ok().map(Simple::Day),
        _ => None,
    }
}

impl FromStr for TimePeriod {
    type Err = InvalidPeriod;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidPeriod(text.to_owned());
        match text.split_once('/') {
            None => simple(text).map(Into::into).ok_or_else(invalid),
            Some((from, to)) => {
                let (from, to) = simple(from).zip(simple(to)).ok_or_else(invalid)?;
                Self::span(from, to).map_err(|_| invalid())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period(text: &str) -> TimePeriod {
        text.parse().unwrap()
    }

    #[test]
    fn every_form_reads_back_as_written() {
        for text in [
            "2025",
            "2025-H1",
            "2025-Q3",
            "2025-07",
            "2025-07-27",
            "2021/2025",
            "2025-01/2025-09",
            "2024-08-12/2025",
        ] {
            assert_eq!(period(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "25",
            "2025-13",
            "2025-Q5",
            "2025-H3",
            "2025-02-30",
            "2025/2021",
            "2025-Q",
            "2025-+1",
            "0000",
            "2025-7",
            "năm 2025",
        ] {
            assert!(text.parse::<TimePeriod>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_include_both_ends() {
        for (text, start, end, days) in [
            ("2024-02", "2024-02-01", "2024-02-29", 29),
            ("2025-H2", "2025-07-01", "2025-12-31", 184),
            ("2025-Q1", "2025-01-01", "2025-03-31", 90),
            ("2021/2025", "2021-01-01", "2025-12-31", 1826),
            ("2025-07-27", "2025-07-27", "2025-07-27", 1),
        ] {
            assert_eq!(period(text).start().to_string(), start);
            assert_eq!(period(text).end().to_string(), end);
            assert_eq!(period(text).days(), days, "{text}");
        }
    }

    #[test]
    fn a_span_of_one_is_that_one() {
        assert_eq!(period("2025/2025"), TimePeriod::Year(2025));
        assert!(period("2021/2025").contains(period("2023-Q2")));
        assert!(!period("2021/2025").contains(period("2026-01-01")));
    }

    proptest! {
        #[test]
        fn order_agrees_with_equality(a in "202[0-3](-(0[1-9]|Q[1-4]|H[12]))?", b in "202[0-3](-(0[1-9]|Q[1-4]|H[12]))?") {
            let (a, b) = (period(&a), period(&b));
            prop_assert_eq!(a == b, a.cmp(&b).is_eq());
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        }

        #[test]
        fn reading_any_text_does_not_panic(text in "\\PC{0,24}") {
            let _ = text.parse::<TimePeriod>();
        }
    }
}
