//! From values and periods to places on the paper, and round ticks between.

use rust_decimal::prelude::ToPrimitive;
use terms::{Date, Decimal, TimePeriod};

/// A straight scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: (f64, f64),
    to: (f64, f64),
}

impl Scale {
    /// Lays `from` (two values, the first below the second) on `to` (two places, in either direction).
    pub fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        Self { from, to }
    }

    /// The place of a value; a scale of no width gives its middle.
    pub fn at(&self, value: f64) -> f64 {
        let width = self.from.1 - self.from.0;
        let share = if width.abs() < f64::EPSILON {
            0.5
        } else {
            (value - self.from.0) / width
        };
        self.to.0 + share * (self.to.1 - self.to.0)
    }
}

/// A decimal as a coordinate; digits beyond the sixteenth are lost, which nobody sees.
pub fn coordinate(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// A day as years and a fraction: 1 July 2025 is about 2025.5.
pub fn year_of(date: Date) -> f64 {
    let days = f64::from(if date.in_leap_year() { 366 } else { 365 });
    f64::from(date.year()) + f64::from(date.day_of_year() - 1) / days
}

/// First moment, middle and last moment of a period, in years.
pub fn period_years(period: TimePeriod) -> (f64, f64, f64) {
    let start = year_of(period.start());
    let last = period.end();
    let days = f64::from(if last.in_leap_year() { 366 } else { 365 });
    let end = year_of(last) + 1.0 / days;
    (start, f64::midpoint(start, end), end)
}

/// Round steps over a range: exact decimals, so that labels print without noise.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// Where the ticks stand, lowest first; at least two.
    pub values: Vec<Decimal>,
}

impl Ticks {
    /// Ticks at 1, 2 or 5 times a power of ten that enclose `low` and `high`, about `count` of them.
    pub fn around(low: Decimal, high: Decimal, count: u32) -> Self {
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        let span = match high.checked_sub(low) {
            Some(span) if !span.is_zero() => span,
            _ => low.abs().max(Decimal::ONE),
        };
        let rough = span / Decimal::from(count.max(1));
        let mut step = power_of_ten_below(rough);
        for factor in [1, 2, 5, 10] {
            let candidate = power_of_ten_below(rough) * Decimal::from(factor);
            step = candidate;
            if rough <= candidate {
                break;
            }
        }
        let mut value = (low / step).floor() * step;
        let mut values = vec![value.normalize()];
        // One more than asked for at each end, and never without end should rounding stall.
        for _ in 0..count.max(1) * 3 + 3 {
            match value.checked_add(step) {
                Some(next) => value = next,
                None => break,
            }
            values.push(value.normalize());
            if high <= value {
                break;
            }
        }
        Self { values }
    }

    /// The lowest and the highest tick.
    pub fn ends(&self) -> (f64, f64) {
        let end = |value: Option<&Decimal>| value.copied().map(coordinate).unwrap_or_default();
        (end(self.values.first()), end(self.values.last()))
    }
}

fn power_of_ten_below(value: Decimal) -> Decimal {
    let mut power = Decimal::ONE;
    let ten = Decimal::TEN;
    while let Some(next) = power.checked_mul(ten) {
        if value < next {
            break;
        }
        power = next;
    }
    while value < power && power.scale() < 20 {
        power /= ten;
    }
    power
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ticks(low: &str, high: &str) -> Vec<String> {
        let ticks = Ticks::around(low.parse().unwrap(), high.parse().unwrap(), 5);
        ticks.values.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        assert_eq!(ticks("7.34", "11"), ["7", "8", "9", "10", "11"]);
        assert_eq!(ticks("0", "100"), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(
            ticks("0.12", "0.34"),
            ["0.1", "0.15", "0.2", "0.25", "0.3", "0.35"]
        );
        assert_eq!(
            ticks("5", "5"),
            ["5", "6", "7", "8", "9", "10"].map(String::from)[..ticks("5", "5").len()]
        );
        assert_eq!(
            ticks("16263000000000", "35657000000000"),
            [
                "15000000000000",
                "20000000000000",
                "25000000000000",
                "30000000000000",
                "35000000000000",
                "40000000000000"
            ]
        );
    }

    #[test]
    fn a_period_lies_between_its_first_and_last_moment() {
        let (start, middle, end) = period_years("2025".parse().unwrap());
        assert!(
            (start - 2025.0).abs() < 1e-9 && (end - 2026.0).abs() < 1e-9 && (middle - 2025.5).abs() < 1e-9
        );
        let (start, _, end) = period_years("2026/2030".parse().unwrap());
        assert!((start - 2026.0).abs() < 1e-9 && (end - 2031.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn any_two_values_get_a_few_ticks_around_them(a in -1_000_000_000_000_000_i64..1_000_000_000_000_000, b in -1_000_000_000_000_000_i64..1_000_000_000_000_000, scale in 0_u32..6) {
            let (a, b) = (Decimal::new(a, scale), Decimal::new(b, scale));
            let ticks = Ticks::around(a, b, 5);
            prop_assert!(*ticks.values.first().unwrap() <= a.min(b));
            prop_assert!(a.max(b) <= *ticks.values.last().unwrap());
            prop_assert!((2..=10).contains(&ticks.values.len()), "{:?}", ticks.values);
        }
    }
}
