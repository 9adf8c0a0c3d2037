//! Attainment in the cube: value ÷ target as a fixed-point share.

/// One, the whole target, as the cube keeps shares: nine decimal places.
pub const SHARE_ONE: i64 = 1_000_000_000;

/// No share: no value, no target, or a target of which no share can be had.
pub(super) const NONE: i64 = i64::MIN;

/// The range within which a share is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareRule {
    /// The greatest share that counts, in units of [`SHARE_ONE`]; a share cannot be less than its negative.
    pub cap: i64,
}

impl ShareRule {
    /// Shares up to a million times the target: in effect no cap.
    pub const WIDE: ShareRule = ShareRule {
        cap: 1_000_000 * SHARE_ONE,
    };
    /// No more than one and a half times the target, so that one indicator far beyond its target does not hide others.
    pub const FAIR: ShareRule = ShareRule {
        cap: SHARE_ONE + SHARE_ONE / 2,
    };

    /// The share of `target` that `over ÷ under` is: value ÷ target, or where lower is better target ÷ value.
    ///
    /// The quotient is the double nearest to it, times 10⁹, rounded to the nearest integer, ties to even: the same on every
    /// machine, since IEEE 754 fixes each of these steps. Where lower is better and nothing is left, the cap. No share of a
    /// target that is not above zero (unless lower is better and the target is zero: all or none).
    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest double is what the rule asks for"
    )]
    #[expect(clippy::cast_possible_truncation, reason = "clamped before")]
    pub(super) fn share(self, over: i64, under: i64, target: i64, lower_is_better: bool) -> i64 {
        if target == NONE {
            return NONE;
        }
        let value = over as f64 / under as f64;
        let target = target as f64;
        let quotient = if lower_is_better {
            if value <= 0.0 {
                return self.cap;
            }
            if target < 0.0 {
                return NONE;
            }
            target / value
        } else {
            if target <= 0.0 {
                return NONE;
            }
            value / target
        };
        ((quotient * SHARE_ONE as f64).round_ties_even() as i64).clamp(-self.cap, self.cap)
    }
}
