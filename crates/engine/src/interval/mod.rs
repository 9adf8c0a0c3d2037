//! Closed intervals of `f64`, rounded outward: what is true of the real numbers stays inside.
//!
//! Every operation returns an interval that holds each real result of each choice of real operands (IEEE 1788, flavour
//! «set-based», closed and never empty: where nothing is left, a function returns `None`). Additions, products and
//! quotients are as tight as `f64` allows: the rounding error itself is computed without error, and an end moves by one
//! step of [`f64::next_down`] or [`f64::next_up`] only when the exact result lies beyond it. No function of the platform's
//! mathematical library is used, so that all machines give the same bits.
//!
//! In reading order: [`directed`] rounds one operation down or up, this file has the interval and the four operations,
//! [`powers`] whole powers, roots and compound sums, [`exponential`] `exp` and `ln`.

mod directed;
mod exponential;
mod powers;

use std::fmt;

use directed::{add_down, add_up, div_down, div_up, mul_down, mul_up};
use terms::Decimal;

/// All real numbers from `lower` to `upper`, both included; an infinite end means «without bound».
///
/// Invariant: `lower <= upper`, neither is NaN, `lower < +∞` and `-∞ < upper`.
#[derive(Clone, Copy, PartialEq)]
pub struct Interval {
    lower: f64,
    upper: f64,
}

impl Interval {
    /// Every real number.
    pub const ENTIRE: Interval = Interval {
        lower: f64::NEG_INFINITY,
        upper: f64::INFINITY,
    };
    /// Zero and everything above.
    pub const NON_NEGATIVE: Interval = Interval {
        lower: 0.0,
        upper: f64::INFINITY,
    };
    /// Zero alone.
    pub const ZERO: Interval = Interval {
        lower: 0.0,
        upper: 0.0,
    };
    /// One alone.
    pub const ONE: Interval = Interval {
        lower: 1.0,
        upper: 1.0,
    };

    /// From `lower` to `upper`; none where that holds no real number.
    pub fn new(lower: f64, upper: f64) -> Option<Self> {
        (lower <= upper && lower < f64::INFINITY && f64::NEG_INFINITY < upper).then_some(Self {
            lower: lower + 0.0,
            upper: upper + 0.0,
        })
    }

    /// One number; none where it is infinite or NaN.
    pub fn point(value: f64) -> Option<Self> {
        Self::new(value, value)
    }

    /// From `lower` without bound.
    pub fn at_least(lower: Interval) -> Self {
        Self {
            lower: lower.lower,
            upper: f64::INFINITY,
        }
    }

    /// Without bound up to `upper`.
    pub fn at_most(upper: Interval) -> Self {
        Self {
            lower: f64::NEG_INFINITY,
            upper: upper.upper,
        }
    }

    /// The tightest interval around an exact decimal.
    pub fn from_decimal(value: Decimal) -> Self {
        let mantissa = value.mantissa();
        // |mantissa| < 2^96, so the conversion rounds to nearest, and `as i128` gives the rounded value back exactly.
        #[expect(
            clippy::cast_precision_loss,
            reason = "the loss is measured in the next lines"
        )]
        let nearest = mantissa as f64;
        #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^97")]
        let back = nearest as i128;
        let mut interval = Self {
            lower: if back <= mantissa {
                nearest
            } else {
                nearest.next_down()
            },
            upper: if mantissa <= back {
                nearest
            } else {
                nearest.next_up()
            },
        };
        let mut scale = value.scale();
        while 0 < scale {
            // Powers of ten up to 10^22 are exact in f64.
            let digits = scale.min(22);
            let power = (0..digits).fold(1.0_f64, |power, _| power * 10.0);
            interval = Self {
                lower: div_down(interval.lower, power),
                upper: div_up(interval.upper, power),
            };
            scale -= digits;
        }
        interval
    }

    /// The lower end.
    pub fn lower(self) -> f64 {
        self.lower
    }

    /// The upper end.
    pub fn upper(self) -> f64 {
        self.upper
    }

    /// Whether both ends are finite.
    pub fn is_bounded(self) -> bool {
        self.lower.is_finite() && self.upper.is_finite()
    }

    /// Whether the interval is one number.
    pub fn is_point(self) -> bool {
        self.lower.to_bits() == self.upper.to_bits()
    }

    /// How wide, rounded up; infinite where an end is.
    pub fn width(self) -> f64 {
        add_up(self.upper, -self.lower)
    }

    /// A number well inside: the middle, or a finite number where an end is infinite.
    pub fn middle(self) -> f64 {
        match (self.lower.is_finite(), self.upper.is_finite()) {
            (true, true) => (self.lower / 2.0 + self.upper / 2.0).clamp(self.lower, self.upper),
            (true, false) => (self.lower + self.lower.abs().max(1.0)).min(f64::MAX),
            (false, true) => (self.upper - self.upper.abs().max(1.0)).max(f64::MIN),
            (false, false) => 0.0,
        }
    }

    /// Whether `value` lies inside.
    pub fn contains(self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// Whether every number of `other` lies in this interval.
    pub fn encloses(self, other: Interval) -> bool {
        self.lower <= other.lower && other.upper <= self.upper
    }

    /// What both hold; none where that is nothing.
    pub fn intersection(self, other: Interval) -> Option<Self> {
        Self::new(self.lower.max(other.lower), self.upper.min(other.upper))
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn hull(self, other: Interval) -> Self {
        Self {
            lower: self.lower.min(other.lower),
            upper: self.upper.max(other.upper),
        }
    }

    /// The two halves, which share the middle.
    pub fn halves(self) -> (Self, Self) {
        let middle = self.middle();
        (
            Self {
                lower: self.lower,
                upper: middle,
            },
            Self {
                lower: middle,
                upper: self.upper,
            },
        )
    }

    /// `self + other`.
    #[must_use]
    pub fn plus(self, other: Interval) -> Self {
        Self {
            lower: add_down(self.lower, other.lower),
            upper: add_up(self.upper, other.upper),
        }
    }

    /// `self − other`.
    #[must_use]
    pub fn minus(self, other: Interval) -> Self {
        self.plus(other.negated())
    }

    /// `−self`.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            lower: 0.0 - self.upper,
            upper: 0.0 - self.lower,
        }
    }

    /// `self × other`.
    #[must_use]
    pub fn times(self, other: Interval) -> Self {
        if 0.0 <= self.lower && 0.0 <= other.lower {
            return Self {
                lower: mul_down(self.lower, other.lower),
                upper: mul_up(self.upper, other.upper),
            };
        }
        let corners = [
            (self.lower, other.lower),
            (self.lower, other.upper),
            (self.upper, other.lower),
            (self.upper, other.upper),
        ];
        Self {
            lower: corners
                .iter()
                .map(|(a, b)| mul_down(*a, *b))
                .fold(f64::INFINITY, f64::min),
            upper: corners
                .iter()
                .map(|(a, b)| mul_up(*a, *b))
                .fold(f64::NEG_INFINITY, f64::max),
        }
    }

    /// `self ÷ other` over all non-zero divisors; none where `other` is zero alone.
    ///
    /// Where the divisor has zero inside, the result is the hull of both branches.
    pub fn over(self, other: Interval) -> Option<Self> {
        if other == Self::ZERO {
            return None;
        }
        if other.lower < 0.0 && 0.0 < other.upper {
            return Some(if self == Self::ZERO {
                Self::ZERO
            } else {
                Self::ENTIRE
            });
        }
        if other.upper <= 0.0 {
            return self.negated().over(other.negated());
        }
        // 0 <= other.lower and 0 < other.upper from here on.
        let lower = if self.lower < 0.0 {
            if other.lower == 0.0 {
                f64::NEG_INFINITY
            } else {
                div_down(self.lower, other.lower)
            }
        } else {
            div_down(self.lower, other.upper)
        };
        let upper = if 0.0 < self.upper {
            if other.lower == 0.0 {
                f64::INFINITY
            } else {
                div_up(self.upper, other.lower)
            }
        } else {
            div_up(self.upper, other.upper)
        };
        Some(Self { lower, upper })
    }

    /// The `x` of `domain` with `x × factor = self` for some number of `factor`: IEEE 1788 `mul_rev`, then intersected.
    ///
    /// Sees both branches of a division by an interval around zero, so that a domain on one side keeps its side.
    pub fn mul_rev(self, factor: Interval, domain: Interval) -> Option<Self> {
        if factor.contains(0.0) {
            if self.contains(0.0) {
                return Some(domain);
            }
            let branch = |part: Option<Interval>| {
                part.filter(|part| *part != Self::ZERO)
                    .and_then(|part| self.over(part))
                    .and_then(|quotient| quotient.intersection(domain))
            };
            let below = branch(factor.intersection(Self {
                lower: f64::NEG_INFINITY,
                upper: 0.0,
            }));
            let above = branch(factor.intersection(Self::NON_NEGATIVE));
            return match (below, above) {
                (Some(below), Some(above)) => Some(below.hull(above)),
                (one, other) => one.or(other),
            };
        }
        self.over(factor)?.intersection(domain)
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{:?}, {:?}]", self.lower, self.upper)
    }
}

#[cfg(test)]
mod tests;
