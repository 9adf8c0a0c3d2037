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
/// Non-negative floats lie in the order of their bits. From `near` the search goes outward, twice as far each time, until
/// the answer lies between two numbers, then halves: a guess within some steps of the answer costs about ten tries, a
/// wild one at most about 120, and the answer is the same.
fn greatest(near: f64, holds: impl Fn(f64) -> bool) -> f64 {
    if !holds(0.0) {
        return 0.0;
    }
    let (mut low, mut high) = (0_u64, f64::INFINITY.to_bits());
    let mut at = near.clamp(f64::MIN_POSITIVE, f64::MAX).to_bits();
    let mut step = 1_u64;
    while low < at && at < high {
        if holds(f64::from_bits(at)) {
            low = at;
            at = at.saturating_add(step);
        } else {
            high = at;
            at = at.saturating_sub(step);
        }
        // Once both sides have been seen, the next step would leave what is left between them.
        step = step.saturating_mul(2);
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

/// Newton's steps from `x`, for a growing convex function given as (value, slope): a guess, nothing is proved by it.
fn guess(target: f64, mut x: f64, function: impl Fn(f64) -> (f64, f64)) -> f64 {
    for _ in 0..24 {
        let (value, slope) = function(x);
        let next = x - (value - target) / slope;
        if !next.is_finite() || next <= 0.0 {
            break;
        }
        let moved = (next - x).abs();
        x = next;
        if moved <= 4.0 * f64::EPSILON * x {
            break;
        }
    }
    if x.is_finite() && 0.0 < x { x } else { 1.0 }
}

fn near_root(target: f64, degree: u32) -> f64 {
    // The exponent's part of the bits, divided, is a root to within some per cent.
    let one = 1.0_f64.to_bits();
    let apart = target.to_bits().abs_diff(one) / u64::from(degree);
    let start = if target < 1.0 {
        one.saturating_sub(apart)
    } else {
        one + apart
    };
    guess(target, f64::from_bits(start), |x| {
        let below = (1..degree).fold(1.0, |power, _| power * x);
        (below * x, f64::from(degree) * below)
    })
}

fn near_compound_root(target: f64, terms: u32) -> f64 {
    // At or right of the answer, from where Newton's steps only come nearer.
    let count = f64::from(terms);
    let start = if target < count {
        target.min(1.0)
    } else {
        target / count
    };
    guess(target, start, |x| {
        (0..terms).fold((0.0, 0.0), |(sum, slope), _| {
            let more = 1.0 + sum;
            (x * more, more + x * slope)
        })
    })
}

/// The range of the `x >= 0` with `function(x)` in `from`, for a growing function that is 0 at 0; `near` guesses the `x`
/// of a value.
fn inverse(
    from: Interval,
    near: impl Fn(f64) -> f64,
    down: impl Fn(f64) -> f64,
    up: impl Fn(f64) -> f64,
) -> Option<Interval> {
    let from = from.intersection(Interval::NON_NEGATIVE)?;
    // x is surely too small while even the rounded-up value lies below `lower`, and surely possible while the
    // rounded-down value does not pass `upper`.
    let lower = if from.lower == 0.0 {
        0.0
    } else {
        greatest(near(from.lower), |x| up(x) < from.lower)
    };
    let upper = if from.upper == f64::INFINITY {
        f64::INFINITY
    } else {
        greatest(near(from.upper), |x| down(x) <= from.upper).next_up()
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
        inverse(
            self,
            |value| near_root(value, degree),
            |x| power_down(x, degree),
            |x| power_up(x, degree),
        )
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
        inverse(
            self,
            |value| near_compound_root(value, terms),
            |x| compound_down(x, terms),
            |x| compound_up(x, terms),
        )?
        .intersection(domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wild_guess_finds_the_same_number_as_a_good_one() {
        for value in [1e-300, 1e-9, 0.3, 1.0, 1.1025, 2.126, 7.0, 81_800.0, 1e30, 1e300] {
            for degree in [2, 3, 5, 10] {
                let holds = |x: f64| power_down(x, degree) <= value;
                let found = greatest(near_root(value, degree), holds);
                for near in [0.0, 1e-300, 0.5, 1.0, 3.7, 1e200, f64::MAX] {
                    assert_eq!(
                        greatest(near, holds).to_bits(),
                        found.to_bits(),
                        "{value} {degree} {near}"
                    );
                }
                assert!(holds(found) && !holds(found.next_up()));
                let holds = |x: f64| compound_up(x, degree) < value;
                let found = greatest(near_compound_root(value, degree), holds);
                assert_eq!(
                    greatest(1.0, holds).to_bits(),
                    found.to_bits(),
                    "{value} {degree}"
                );
            }
        }
    }

    #[test]
    fn a_good_guess_needs_few_tries() {
        for value in [0.9_f64, 1.6105, 2.1, 2.29, 7.7] {
            for (near, function) in [
                (near_root(value, 5), power_down as fn(f64, u32) -> f64),
                (near_compound_root(value, 5), compound_down),
            ] {
                let tries = std::cell::Cell::new(0);
                greatest(near, |x| {
                    tries.set(tries.get() + 1);
                    function(x, 5) <= value
                });
                assert!(tries.get() <= 16, "{value}: {} tries", tries.get());
            }
        }
    }
}
