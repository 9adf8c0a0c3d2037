//! Decimal arithmetic that says so when digits do not suffice, and time in years.

use jiff::{ToSpan, civil::Date};
use terms::Decimal;

use crate::Error;

/// The sum, exact.
pub(crate) fn add(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    a.checked_add(b).ok_or(Error::TooLarge)
}

/// The difference, exact.
pub(crate) fn sub(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    a.checked_sub(b).ok_or(Error::TooLarge)
}

/// The product, to 28 digits.
pub(crate) fn mul(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    a.checked_mul(b).ok_or(Error::TooLarge)
}

/// The quotient, to 28 digits; the caller has made sure that `b` is not zero.
pub(crate) fn div(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    a.checked_div(b).ok_or(Error::TooLarge)
}

/// Years from one day to another: whole years, then the days over as a part of the year that follows.
///
/// From the last day of 2025 to the last day of 2026 is exactly 1, in leap years too. Negative where `to` lies before
/// `from`.
///
/// ```
/// use terms::{Date, Decimal};
/// let day = |text: &str| text.parse::<Date>().unwrap();
/// assert_eq!(engine::years_between(day("2025-12-31"), day("2030-12-31")), Decimal::from(5));
/// assert_eq!(engine::years_between(day("2024-01-01"), day("2024-07-01")).round_dp(6), Decimal::new(497268, 6));
/// ```
pub fn years_between(from: Date, to: Date) -> Decimal {
    if to < from {
        return -years_between(to, from);
    }
    let mut whole = i64::from(to.year()) - i64::from(from.year());
    if whole > 0 && from.saturating_add(whole.years()) > to {
        whole -= 1;
    }
    let mark = from.saturating_add(whole.years());
    let next = from.saturating_add((whole + 1).years());
    let days = |a: Date, b: Date| i64::from(a.until(b).map_or(0, |span| span.get_days()));
    let year = days(mark, next).max(1);
    Decimal::from(whole) + Decimal::from(days(mark, to)) / Decimal::from(year)
}
