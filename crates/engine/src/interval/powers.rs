//! Whole powers, roots, and the compound sum of growth: monotone, so exact ends come from exact ends.

use super::Interval;
use super::directed::{add_down, add_up, mul_down, mul_up};

fn power_down(base: f64, exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |power, _| mul_down(power, base))
}

fn power_up(base: f64, exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |power, _| mul_up(power, base))
}

/// `x + x² + … + xⁿ` by Horner's rule, rounded down, for `x >= 0`.
fn compound_down(x: f64, terms: u32) -> f64 {
    (0..terms).fold(0.0, |sum, _| mul_down(x, add_down(1.0, sum)))
}

/// `x + x² + … + xⁿ` by Horner's rule, rounded up, for `x >= 0`.
fn compound_up(x: f64, terms: u32) -> f64 {
    (0..terms).fold(0.0, |sum, _| mul_up(x, add_up(1.0, sum)))
}

/// The greatest `x >= 0` for which `holds` is true, where it is true up to some `x` and false beyond.
///
/// Non-negative floats lie in the order of their bits, so this is a binary search over at most 63 halvings.
fn greatest(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0_u64, f64::INFINITY.to_bits());
    if !holds(0.0) {
        return 0.0;
    }
    // Factors of growth lie between 1/16 and 16: most searches need only look there.
    for near in [1.0 / 16.0, 0.5, 1.0, 2.0, 16.0_f64] {
        if holds(near) {
            low = near.to_bits();
        } else {
            high = near.to_bits();
            break;
        }
    }
    while low + 1 < high {
        let middle = u64::midpoint(low, high);
        if holds(f64::from_bits(middle)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::from_bits(low)
}

/// The range of the `x >= 0` with `function(x)` in `from`, for a growing function that is 0 at 0.
fn inverse(from: Interval, down: impl Fn(f64) -> f64, up: impl Fn(f64) -> f64) -> Option<Interval> {
    let from = from.intersection(Interval::NON_NEGATIVE)?;
    // x is surely too small while even the rounded-up value lies below `lower`, and surely possible while the
    // rounded-down value does not pass `upper`.
    let lower = if from.lower == 0.0 {
        0.0
    } else {
        greatest(|x| up(x) < from.lower)
    };
    let upper = if from.upper == f64::INFINITY {
        f64::INFINITY
    } else {
        greatest(|x| down(x) <= from.upper).next_up()
    };
    Interval::new(lower, upper)
}

impl Interval {
    /// `selfⁿ`.
    #[must_use]
    pub fn power(self, exponent: u32) -> Self {
        if exponent == 0 {
            return Self::ONE;
        }
        if 0.0 <= self.lower {
            return Self {
                lower: power_down(self.lower, exponent),
                upper: power_up(self.upper, exponent),
            };
        }
        if exponent.is_multiple_of(2) {
            let least = if self.upper < 0.0 { -self.upper } else { 0.0 };
            let greatest = self.lower.abs().max(self.upper.abs());
            return Self {
                lower: power_down(least, exponent),
                upper: power_up(greatest, exponent),
            };
        }
        let end = |value: f64, down: bool| match (value < 0.0, down) {
            (true, true) => -power_up(-value, exponent),
            (true, false) => -power_down(-value, exponent),
            (false, true) => power_down(value, exponent),
            (false, false) => power_up(value, exponent),
        };
        Self {
            lower: end(self.lower, true),
            upper: end(self.upper, false),
        }
    }

    /// The non-negative `n`-th roots of the non-negative numbers of this interval; none where it has none.
    pub fn root(self, degree: u32) -> Option<Self> {
        if degree == 1 {
            return self.intersection(Self::NON_NEGATIVE);
        }
        inverse(self, |x| power_down(x, degree), |x| power_up(x, degree))
    }

    /// The `x` of `domain` with `xⁿ` in this interval (IEEE 1788 `pown_rev`).
    pub fn power_rev(self, exponent: u32, domain: Interval) -> Option<Self> {
        if exponent == 0 {
            return self.contains(1.0).then_some(domain);
        }
        let above = self.root(exponent).and_then(|root| root.intersection(domain));
        let mirrored = if exponent.is_multiple_of(2) {
            self
        } else {
            self.negated()
        };
        let below = mirrored
            .root(exponent)
            .and_then(|root| root.negated().intersection(domain));
        match (below, above) {
            (Some(below), Some(above)) => Some(below.hull(above)),
            (one, other) => one.or(other),
        }
    }

    /// `x + x² + … + xⁿ`: what a yearly growth factor makes of one over `n` years, summed.
    ///
    /// Monotone for `x >= 0`, so both ends come from the ends alone; the natural evaluation would count the same factor
    /// `n` times over. For a factor that may be negative it falls back to that.
    #[must_use]
    pub fn compound_sum(self, terms: u32) -> Self {
        if 0.0 <= self.lower {
            return Self {
                lower: compound_down(self.lower, terms),
                upper: compound_up(self.upper, terms),
            };
        }
        (0..terms).fold(Self::ZERO, |sum, _| self.times(Self::ONE.plus(sum)))
    }

    /// The `x >= 0` of `domain` with a compound sum in this interval; `domain` itself where it goes below zero.
    pub fn compound_sum_rev(self, terms: u32, domain: Interval) -> Option<Self> {
        if domain.lower < 0.0 || terms == 0 {
            return Some(domain);
        }
        inverse(self, |x| compound_down(x, terms), |x| compound_up(x, terms))?.intersection(domain)
    }
}
