//! Whether a period is over or to come on the day of the document.

use crate::kind::Told;
use terms::{Date, TimePeriod};

pub(super) enum Time {
    Over,
    ToCome,
}

/// Whether the period is over or to come on the document's day; neither for the year in which it was written.
pub(super) fn time(told: &Told<'_>) -> Option<Time> {
    let date = told.date?;
    told.spoken
        .and_then(|period| side(period, date))
        .or_else(|| told.period.and_then(|period| side(period, date)))
}

/// On which side of a day a period lies.
pub(super) fn side(period: TimePeriod, date: Date) -> Option<Time> {
    let (start, end) = (period.start(), period.end());
    let several_years = end.year() > start.year();
    if end < date || (several_years && end.year() == date.year()) {
        Some(Time::Over)
    } else if start > date || end.year() > date.year() {
        Some(Time::ToCome)
    } else {
        None
    }
}
