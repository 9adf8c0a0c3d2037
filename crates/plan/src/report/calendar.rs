//! Two calendars for one period: the calendar's own days, and the reporting days of Decree 09/2019.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use terms::kind::UnknownCode;
use terms::{Date, TimePeriod};

/// How the days of a reporting period are cut. Values of the two are never compared silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReportCalendar {
    /// The period's own first and last day, as statistics count.
    Calendar,
    /// From the 15th of the month before to the 14th of the last month.
    ///
    /// Source: Decree 09/2019/NĐ-CP, article 12.
    Statutory,
}

impl ReportCalendar {
    /// Both.
    pub const ALL: [ReportCalendar; 2] = [ReportCalendar::Calendar, ReportCalendar::Statutory];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            ReportCalendar::Calendar => "calendar",
            ReportCalendar::Statutory => "statutory",
        }
    }
}

impl fmt::Display for ReportCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for ReportCalendar {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|value| value.code() == text)
            .ok_or_else(|| UnknownCode {
                list: "report calendar",
                code: text.to_owned(),
            })
    }
}

/// The first and last day of which a report on `period` tells, both included.
///
/// Statutory: month, from the 15th of the month before to the 14th; quarter, half and year likewise with the 14th of
/// their last month; nine months (`2025-01/2025-09`) from 15 December to 14 September. A day is itself in both calendars.
///
/// Source: Decree 09/2019/NĐ-CP, article 12; the nine months as in provincial rules (Khánh Hòa 01/2023).
pub fn window(period: TimePeriod, calendar: ReportCalendar) -> (Date, Date) {
    let (start, end) = (period.start(), period.end());
    if calendar == ReportCalendar::Calendar || matches!(period, TimePeriod::Day(_)) {
        return (start, end);
    }
    let fifteenth_before = start
        .first_of_month()
        .saturating_sub(1.month())
        .saturating_add(14.days());
    (fifteenth_before, end.first_of_month().saturating_add(13.days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: Decree 09/2019/NĐ-CP, article 12: month, quarter, first half, second half, year.
    #[test]
    fn the_statutory_windows_are_those_of_article_12() {
        for (period, start, end) in [
            ("2026-03", "2026-02-15", "2026-03-14"),
            ("2026-01", "2025-12-15", "2026-01-14"),
            ("2026-Q1", "2025-12-15", "2026-03-14"),
            ("2026-Q3", "2026-06-15", "2026-09-14"),
            ("2026-H1", "2025-12-15", "2026-06-14"),
            ("2026-H2", "2026-06-15", "2026-12-14"),
            ("2026-01/2026-09", "2025-12-15", "2026-09-14"),
            ("2026", "2025-12-15", "2026-12-14"),
        ] {
            let (first, last) = window(period.parse().unwrap(), ReportCalendar::Statutory);
            assert_eq!(
                (first.to_string().as_str(), last.to_string().as_str()),
                (start, end),
                "{period}"
            );
        }
    }

    #[test]
    fn statutory_months_leave_no_day_out_and_count_none_twice() {
        let mut last_end: Option<Date> = None;
        for year in [2024, 2025] {
            for month in 1..=12 {
                let (start, end) = window(TimePeriod::Month(year, month), ReportCalendar::Statutory);
                assert!(last_end.is_none_or(|last| last.tomorrow().unwrap() == start));
                last_end = Some(end);
            }
        }
    }
}
