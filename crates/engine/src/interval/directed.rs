//! One operation, rounded toward −∞ or +∞ exactly.
//!
//! The nearest result comes from the processor; its error is itself a `f64` (two-sum for sums, a fused multiply-add for
//! products and quotients), so its sign says on which side the true result lies. Near the smallest numbers the error may
//! not be representable; there the end moves one step in any case.

/// Below this the error of a product or quotient may be lost: 2^-1022 (smallest normal) × 2^106 (two mantissas), and more.
const TINY: f64 = 1e-270;

/// `a + b`, rounded down.
pub(super) fn add_down(a: f64, b: f64) -> f64 {
    let sum = a + b;
    if !sum.is_finite() {
        // An infinite operand decides; two finite ones overflowed.
        return if 0.0 < sum && a.is_finite() && b.is_finite() {
            f64::MAX
        } else {
            sum
        };
    }
    let b_part = sum - a;
    let error = (a - (sum - b_part)) + (b - b_part);
    if error < 0.0 || error.is_nan() {
        sum.next_down()
    } else {
        sum
    }
}

/// `a + b`, rounded up.
pub(super) fn add_up(a: f64, b: f64) -> f64 {
    -add_down(-a, -b)
}

/// `a × b`, rounded down; zero times an unbounded end is zero.
pub(super) fn mul_down(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 {
        return 0.0;
    }
    let product = a * b;
    if !product.is_finite() {
        return if 0.0 < product && a.is_finite() && b.is_finite() {
            f64::MAX
        } else {
            product
        };
    }
    if product.abs() < TINY || a.mul_add(b, -product) < 0.0 {
        product.next_down()
    } else {
        product
    }
}

/// `a × b`, rounded up.
pub(super) fn mul_up(a: f64, b: f64) -> f64 {
    0.0 - mul_down(-a, b)
}

/// `a ÷ b` with `b` not zero, rounded down; a finite number over an unbounded end is zero.
pub(super) fn div_down(a: f64, b: f64) -> f64 {
    if a == 0.0 || (a.is_finite() && b.is_infinite()) {
        return 0.0;
    }
    if a.is_infinite() && b.is_infinite() {
        // The quotient of two unbounded ends can come as near to zero as one likes.
        return if (0.0 < a) == (0.0 < b) {
            0.0
        } else {
            f64::NEG_INFINITY
        };
    }
    let quotient = a / b;
    if !quotient.is_finite() {
        return if 0.0 < quotient && a.is_finite() {
            f64::MAX
        } else {
            quotient
        };
    }
    if quotient.abs() < TINY || a.abs() < TINY {
        return quotient.next_down();
    }
    let remainder = (-quotient).mul_add(b, a);
    let below = if 0.0 < b { remainder < 0.0 } else { 0.0 < remainder };
    if below || remainder.is_nan() || remainder.is_infinite() {
        quotient.next_down()
    } else {
        quotient
    }
}

/// `a ÷ b` with `b` not zero, rounded up.
pub(super) fn div_up(a: f64, b: f64) -> f64 {
    0.0 - div_down(-a, b)
}
