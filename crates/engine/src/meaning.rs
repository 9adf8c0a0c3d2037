//! Which numbers a reader allows for what a text says: one table of meanings, for coherence and consistency alike.
//!
//! | bound | told as a result or estimate | set as a target |
//! |---|---|---|
//! | `eq` | half a step of the last digit written to either side: «17.7» is 17.65 to 17.75 | the same where four or more digits count («17,970», «56.42»): such a number was computed; with up to three («115», «231,000») it is a decision and means itself |
//! | `gt`, `ge` | from the number up to a tenth more: who says «over 2,000» would not say it of 2,400 | from the number on, however far |
//! | `lt`, `le` | from a tenth less up to the number | from the number down, however far |
//! | `approx` | half a step, or 2 % of the number where that is more: «nearly 9 %» is 8.5 to 9.5 | the same |
//! | `range` | from the one number to the other | the same |

use terms::{Bound, Decimal};

use crate::Interval;

/// Whether a number is told of the world or set as a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// A result or an estimate.
    Told,
    /// A target, a plan, a request.
    Set,
}

/// One end of what is allowed, and whether it is itself allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The number.
    pub value: Decimal,
    /// Whether the number itself is allowed.
    pub included: bool,
}

/// The numbers that a saying allows; an end that is absent means «however far».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allowed {
    /// The lower end.
    pub lower: Option<End>,
    /// The upper end.
    pub upper: Option<End>,
}

impl Allowed {
    /// From one number to another, both included.
    pub fn between(lower: Decimal, upper: Decimal) -> Self {
        let end = |value| {
            Some(End {
                value,
                included: true,
            })
        };
        Self {
            lower: end(lower),
            upper: end(upper),
        }
    }

    /// Whether no number at all is allowed.
    pub fn is_empty(self) -> bool {
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) => {
                upper.value < lower.value
                    || (upper.value == lower.value && !(lower.included && upper.included))
            }
            _ => false,
        }
    }

    /// What both allow; possibly nothing ([`Allowed::is_empty`]).
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let tighter = |a: Option<End>, b: Option<End>, lower: bool| match (a, b) {
            (Some(a), Some(b)) if a.value == b.value => Some(End {
                value: a.value,
                included: a.included && b.included,
            }),
            (Some(a), Some(b)) => Some(if (a.value < b.value) == lower { b } else { a }),
            (one, none) => one.or(none),
        };
        Self {
            lower: tighter(self.lower, other.lower, true),
            upper: tighter(self.upper, other.upper, false),
        }
    }

    /// Whether there is a number that both allow.
    pub fn agrees(self, other: Self) -> bool {
        !self.and(other).is_empty()
    }

    /// The closed interval around what is allowed; none where it is nothing.
    pub fn interval(self) -> Option<Interval> {
        if self.is_empty() {
            return None;
        }
        let lower = self
            .lower
            .map_or(f64::NEG_INFINITY, |end| Interval::from_decimal(end.value).lower());
        let upper = self
            .upper
            .map_or(f64::INFINITY, |end| Interval::from_decimal(end.value).upper());
        Interval::new(lower, upper)
    }
}

/// The worth of the last digit written, in base units: `17,970` billion → 10⁹, `17.66` → 0.01.
///
/// Found by comparing the digits of the surface with the value; where the surface does not give the value's digits
/// (a number word, no surface), the last digit of the value that is not a zero counts.
pub fn step(value: Decimal, surface: Option<&str>) -> Decimal {
    let from_surface = surface.and_then(|surface| {
        let digits: String = surface
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}'))
            .filter(char::is_ascii_digit)
            .take(18)
            .collect();
        let whole = Decimal::from(digits.parse::<u64>().ok().filter(|whole| 0 < *whole)?);
        let step = value.abs().checked_div(whole)?.normalize();
        // A power of ten, or the surface was no plain number.
        (step.mantissa() != 0 && is_power_of_ten(step)).then_some(step)
    });
    from_surface.unwrap_or_else(|| last_digit(value))
}

fn is_power_of_ten(value: Decimal) -> bool {
    let mut mantissa = value.mantissa().unsigned_abs();
    while 0 < mantissa && mantissa.is_multiple_of(10) {
        mantissa /= 10;
    }
    mantissa == 1
}

fn last_digit(value: Decimal) -> Decimal {
    let value = value.normalize();
    let (mut mantissa, mut step) = (value.mantissa().unsigned_abs(), Decimal::new(1, value.scale()));
    while 0 < mantissa && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        step *= Decimal::TEN;
    }
    step
}

/// How many digits of the value count, from the first that is not zero to the last that is not zero.
fn counting_digits(value: Decimal) -> u32 {
    let mut mantissa = value.mantissa().unsigned_abs();
    while 0 < mantissa && mantissa.is_multiple_of(10) {
        mantissa /= 10;
    }
    mantissa.checked_ilog10().map_or(0, |log| log + 1)
}

/// The numbers that a reader allows, by the table of this module.
///
/// `step` is the worth of the last digit written (see [`step()`]).
pub fn allowed(bound: Bound, value: Decimal, upper: Option<Decimal>, step: Decimal, voice: Voice) -> Allowed {
    let half = step / Decimal::TWO;
    let tenth = (value.abs() / Decimal::TEN).max(step);
    let end = |value, included| Some(End { value, included });
    match bound {
        Bound::Eq if upper.is_none() && voice == Voice::Set && counting_digits(value) <= 3 => {
            Allowed::between(value, value)
        }
        Bound::Eq | Bound::Range => match upper {
            Some(upper) => Allowed::between(value.min(upper), value.max(upper)),
            None => Allowed::between(value - half, value + half),
        },
        Bound::Approx => {
            let slack = half.max(value.abs() / Decimal::from(50));
            Allowed::between(value - slack, value + slack)
        }
        Bound::Gt | Bound::Ge => Allowed {
            lower: end(value, bound == Bound::Ge),
            upper: if voice == Voice::Set {
                None
            } else {
                end(value + tenth, true)
            },
        },
        Bound::Lt | Bound::Le => Allowed {
            lower: if voice == Voice::Set {
                None
            } else {
                end(value - tenth, true)
            },
            upper: end(value, bound == Bound::Le),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_step_is_the_worth_of_the_last_digit_written() {
        for (value, surface, expected) in [
            ("17.66", Some("17.66%"), "0.01"),
            ("17970000000000", Some("VND 17,970 billion"), "1000000000"),
            ("15292791000000", Some("15.292,791 tỷ đồng"), "1000000"),
            ("1450000", Some("1.45 million"), "10000"),
            ("3", Some("three"), "1"),
            ("52830000", None, "10000"),
            ("-3.5", Some("−3.5"), "0.1"),
        ] {
            assert_eq!(step(decimal(value), surface), decimal(expected), "{value}");
        }
    }

    #[test]
    fn what_a_reader_allows() {
        let cases = [
            (Bound::Eq, "17.66", "0.01", Voice::Told, "17.7", "0.1", true),
            (Bound::Approx, "9", "1", Voice::Told, "8.02", "0.01", false),
            (Bound::Approx, "9", "1", Voice::Told, "8.76", "0.01", true),
            (Bound::Gt, "2000", "1000", Voice::Told, "1779.5", "0.1", false),
            (Bound::Gt, "22300", "100", Voice::Told, "22300", "100", true),
            (Bound::Gt, "10.5", "0.1", Voice::Set, "7.34", "0.01", false),
        ];
        for (bound, a, step_a, voice, b, step_b, expected) in cases {
            let first = allowed(bound, decimal(a), None, decimal(step_a), voice);
            let second = allowed(Bound::Eq, decimal(b), None, decimal(step_b), Voice::Told);
            assert_eq!(first.agrees(second), expected, "{bound} {a} beside {b}");
        }
    }

    #[test]
    fn a_round_target_is_a_decision_and_a_long_one_was_computed() {
        let round = allowed(
            Bound::Eq,
            decimal("115000000"),
            None,
            decimal("1000000"),
            Voice::Set,
        );
        assert_eq!(
            round,
            Allowed::between(decimal("115000000"), decimal("115000000"))
        );
        let long = allowed(Bound::Eq, decimal("56.42"), None, decimal("0.01"), Voice::Set);
        assert_eq!(long, Allowed::between(decimal("56.415"), decimal("56.425")));
    }

    #[test]
    fn touching_open_ends_allow_nothing() {
        let over = allowed(Bound::Gt, decimal("10"), None, Decimal::ONE, Voice::Set);
        let under = allowed(Bound::Le, decimal("10"), None, Decimal::ONE, Voice::Set);
        assert!(over.and(under).is_empty() && over.and(under).interval().is_none());
    }
}
