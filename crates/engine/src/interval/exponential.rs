//! `exp` and `ln` from their series, the remainder included: no function of the platform's library.

use super::Interval;

/// ln 2 lies between these two neighbours (0.693147180559945309417232121458…).
const LN_2: Interval = Interval {
    lower: 0.693_147_180_559_945_2,
    upper: 0.693_147_180_559_945_4,
};

/// Greatest argument whose exponential is a `f64`: ln(2^1024) = 709.78….
const GREATEST: f64 = 709.0;

/// `exp` of one finite number within ±709: 2^k · exp(r) with |r| below 0.4, sixteen terms and Lagrange's remainder.
fn exponential(x: f64) -> Interval {
    let k = (x / LN_2.lower).round();
    let point = |value: f64| Interval {
        lower: value,
        upper: value,
    };
    let r = point(x).minus(LN_2.times(point(k)));
    let mut sum = Interval::ONE;
    for step in (1..=16_u32).rev() {
        // Horner: 1 + r/1 (1 + r/2 (1 + … ))
        let part = r
            .times(sum)
            .over(point(f64::from(step)))
            .unwrap_or(Interval::ENTIRE);
        sum = Interval::ONE.plus(part);
    }
    // |r|^17 / 17! · e^0.4 is below 0.4^17 · 1.5 / 3.5e14 < 1e-21.
    sum = sum.plus(Interval {
        lower: -1e-21,
        upper: 1e-21,
    });
    #[expect(clippy::cast_possible_truncation, reason = "|k| is at most 1024")]
    let exponent = k as i32;
    // Two exact factors, since 2^1023 is the greatest power of two in f64.
    let half = exponent / 2;
    sum.times(point(two_to(half)))
        .times(point(two_to(exponent - half)))
}

/// 2^exponent for −1022 to 1023, exact.
fn two_to(exponent: i32) -> f64 {
    let step = if exponent < 0 { 0.5 } else { 2.0 };
    (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * step)
}

/// `ln` of one positive finite number: k·ln 2 + 2·artanh((m − 1)/(m + 1)) with m in [0.7, 1.5), twenty-five terms.
fn logarithm(x: f64) -> Interval {
    let point = |value: f64| Interval {
        lower: value,
        upper: value,
    };
    let (mut m, mut k) = (x, 0.0);
    while 1.5 <= m {
        m /= 2.0;
        k += 1.0;
    }
    while m < 0.75 {
        m *= 2.0;
        k -= 1.0;
    }
    // Halving and doubling are exact here: the first only shrinks towards 1, the second only grows towards it.
    let z = point(m)
        .minus(Interval::ONE)
        .over(point(m).plus(Interval::ONE))
        .unwrap_or(Interval::ENTIRE);
    let square = z.power(2);
    let mut sum = Interval::ZERO;
    for step in (0..25_u32).rev() {
        let term = Interval::ONE
            .over(point(f64::from(2 * step + 1)))
            .unwrap_or(Interval::ENTIRE);
        sum = sum.times(square).plus(term);
    }
    // |z| is at most 0.2, so what is left out is below 2 · 0.2^51 / 51 / (1 − 0.04) < 1e-36; beside |z| it is relative 1e-35.
    let artanh = z.times(sum);
    let rest = Interval {
        lower: -1e-36,
        upper: 1e-36,
    };
    let rest = if z == Interval::ZERO { Interval::ZERO } else { rest };
    artanh.plus(artanh).plus(rest).plus(LN_2.times(point(k)))
}

impl Interval {
    /// `e` to the power of this interval.
    #[must_use]
    pub fn exp(self) -> Self {
        let lower = if self.lower < -GREATEST {
            0.0
        } else {
            exponential(self.lower.min(GREATEST)).lower.max(0.0)
        };
        let upper = if GREATEST < self.upper {
            f64::INFINITY
        } else {
            exponential(self.upper.max(-GREATEST)).upper
        };
        Self { lower, upper }
    }

    /// The natural logarithm of the positive numbers of this interval; none where it has none.
    pub fn ln(self) -> Option<Self> {
        if self.upper <= 0.0 {
            return None;
        }
        let lower = if self.lower <= 0.0 {
            f64::NEG_INFINITY
        } else {
            logarithm(self.lower).lower
        };
        let upper = if self.upper == f64::INFINITY {
            f64::INFINITY
        } else {
            logarithm(self.upper).upper
        };
        Self::new(lower, upper)
    }

    /// This interval to a real power, `exp(exponent · ln self)`, over its positive numbers; none where it has none.
    pub fn power_real(self, exponent: Interval) -> Option<Self> {
        Some(self.ln()?.times(exponent).exp())
    }
}
