//! A target handed down: to departments, to communes, in parts that close on the whole.
//!
//! Sums are divided equally, by a weight or by hand; rates are handed down through what stands above and below them, since
//! parts of a rate do not add up. Whatever does not close is a residual with its size, never spread silently.

use terms::Decimal;

use crate::Error;
use crate::exact::{add, div, mul, sub};

/// How a sum is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split<'a> {
    /// The same to each.
    Equal(usize),
    /// By a weight of each; a part without a weight gets nothing and is named.
    Proportional(&'a [Option<Decimal>]),
    /// As somebody decided; an open part is one that was not yet agreed.
    ByHand(&'a [Option<Decimal>]),
}

/// A sum in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// What each is to reach; none where it is open or has no weight.
    pub parts: Vec<Option<Decimal>>,
    /// The whole less all parts: zero where they close, above zero where something is left with nobody, below where more
    /// was handed down than there is.
    pub residual: Decimal,
}

/// What a cascade cannot be made from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CascadeError {
    /// There are no parts, or none with a weight above zero.
    #[error("there is nobody to hand the target down to")]
    NoParts,
    /// The weight of a part is negative.
    #[error("the weight of part {0} is negative")]
    NegativeWeight(usize),
    /// A denominator is missing, zero or negative.
    #[error("part {0} has no denominator above zero")]
    NoDenominator(usize),
    /// Too many digits.
    #[error(transparent)]
    Digits(#[from] Error),
}

/// Divides a sum, each part in so many decimals, so that nothing is left over by rounding: the parts with the largest
/// remainders get the last units (equal remainders: the first in order). By hand nothing is rounded. O(n log n).
///
/// ```
/// use engine::cascade::{hand_down, Split};
/// let handed = hand_down(100.into(), Split::Equal(3), 0).unwrap();
/// let parts: Vec<String> = handed.parts.iter().flatten().map(ToString::to_string).collect();
/// assert_eq!(parts, ["34", "33", "33"]);
/// assert!(handed.residual.is_zero());
/// ```
///
/// # Errors
/// [`CascadeError`].
pub fn hand_down(whole: Decimal, split: Split<'_>, decimals: u32) -> Result<Handed, CascadeError> {
    let equal;
    let weights = match split {
        Split::ByHand(parts) => {
            let given = parts
                .iter()
                .flatten()
                .try_fold(Decimal::ZERO, |sum, part| add(sum, *part))?;
            return Ok(Handed {
                parts: parts.to_vec(),
                residual: sub(whole, given)?,
            });
        }
        Split::Equal(count) => {
            equal = vec![Some(Decimal::ONE); count];
            &equal[..]
        }
        Split::Proportional(weights) => weights,
    };
    if let Some(part) = weights
        .iter()
        .position(|weight| weight.is_some_and(|weight| weight < Decimal::ZERO))
    {
        return Err(CascadeError::NegativeWeight(part));
    }
    let all = weights
        .iter()
        .flatten()
        .try_fold(Decimal::ZERO, |sum, weight| add(sum, *weight))?;
    if all.is_zero() {
        return Err(CascadeError::NoParts);
    }
    let unit = Decimal::new(1, decimals);
    let (mut parts, mut remainders, mut left) = (Vec::new(), Vec::new(), whole);
    for (index, weight) in weights.iter().enumerate() {
        let Some(weight) = weight else {
            parts.push(None);
            continue;
        };
        let exact = div(mul(whole, *weight)?, all)?;
        let part = exact.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::ToNegativeInfinity);
        left = sub(left, part)?;
        remainders.push((sub(exact, part)?, index));
        parts.push(Some(part));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, index) in remainders {
        if left < unit {
            break;
        }
        parts[index] = parts[index].map(|part| part + unit);
        left = sub(left, unit)?;
    }
    Ok(Handed {
        parts,
        residual: left,
    })
}

/// What a part brings to a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatioPart {
    /// What stands above now (poor households).
    pub numerator: Decimal,
    /// What stands below (all households).
    pub denominator: Decimal,
}

/// How a rate is handed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatioSplit<'a> {
    /// The rate of the whole to everybody.
    SameRate,
    /// The same change in points for everybody.
    SameChange,
    /// The whole's change in proportion to how far each is from `goal` (0 for poverty, 100 for coverage).
    ByDistance {
        /// The rate at which nothing is left to do.
        goal: Decimal,
    },
    /// As somebody decided.
    ByHand(&'a [Option<Decimal>]),
}

/// A rate in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedRate {
    /// The rate that each is to reach; none where open.
    pub rates: Vec<Option<Decimal>>,
    /// The rate that the whole has if every part reaches its own (open parts as they are now).
    pub whole: Decimal,
    /// The rate that is due less that: zero where the parts close (to 12 decimals).
    pub residual: Decimal,
    /// The residual in what stands above: so many households more or fewer.
    pub residual_numerator: Decimal,
}

/// Hands a rate down through numerator and denominator; `factor` is 100 for per cent. Rates are held within `limits`, and what
/// that takes away is in the residual.
///
/// # Errors
/// [`CascadeError`].
pub fn hand_down_rate(
    due: Decimal,
    parts: &[RatioPart],
    factor: Decimal,
    split: RatioSplit<'_>,
    limits: (Decimal, Decimal),
) -> Result<HandedRate, CascadeError> {
    if parts.is_empty() {
        return Err(CascadeError::NoParts);
    }
    if let Some(part) = parts.iter().position(|part| part.denominator <= Decimal::ZERO) {
        return Err(CascadeError::NoDenominator(part));
    }
    let rate = |above: Decimal, below: Decimal| mul(div(above, below)?, factor);
    let total = |of: fn(&RatioPart) -> Decimal| {
        parts
            .iter()
            .try_fold(Decimal::ZERO, |sum, part| add(sum, of(part)))
    };
    let (above, below) = (total(|part| part.numerator)?, total(|part| part.denominator)?);
    let now = rate(above, below)?;
    let mut rates = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let own = rate(part.numerator, part.denominator)?;
        let wanted = match split {
            RatioSplit::SameRate => Some(due),
            RatioSplit::SameChange => Some(add(own, sub(due, now)?)?),
            // Of the whole's distance (now − goal) the share (now − due) ÷ (now − goal) is to go; so of each part's.
            // The whole has no way to go: the change, if any, is the same for all.
            RatioSplit::ByDistance { goal } if now == goal => Some(add(own, sub(due, now)?)?),
            RatioSplit::ByDistance { goal } => {
                let share = div(sub(now, due)?, sub(now, goal)?)?;
                Some(sub(own, mul(sub(own, goal)?, share)?)?)
            }
            RatioSplit::ByHand(rates) => rates.get(index).copied().flatten(),
        };
        rates.push(wanted.map(|wanted| wanted.clamp(limits.0, limits.1.max(limits.0))));
    }
    let mut reached = Decimal::ZERO;
    for (part, wanted) in parts.iter().zip(&rates) {
        let numerator = match wanted {
            Some(wanted) => div(mul(*wanted, part.denominator)?, factor)?,
            None => part.numerator,
        };
        reached = add(reached, numerator)?;
    }
    let needed = div(mul(due, below)?, factor)?;
    let whole = rate(reached, below)?.round_dp(12);
    Ok(HandedRate {
        rates,
        whole,
        residual: sub(due, whole)?,
        residual_numerator: sub(needed, reached)?.round_dp(12),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn by_hand_the_residual_is_shown() {
        let parts = [Some(d("40")), None, Some(d("35.5"))];
        let handed = hand_down(d("100"), Split::ByHand(&parts), 0).unwrap();
        assert_eq!(handed.residual, d("24.5"));
        let too_much = hand_down(d("70"), Split::ByHand(&parts), 0).unwrap();
        assert_eq!(too_much.residual, d("-5.5"));
    }

    #[test]
    fn a_part_without_a_weight_gets_nothing_and_a_negative_one_is_refused() {
        let handed = hand_down(
            d("10"),
            Split::Proportional(&[Some(d("1")), None, Some(d("3"))]),
            1,
        )
        .unwrap();
        assert_eq!(handed.parts, [Some(d("2.5")), None, Some(d("7.5"))]);
        let negative = [Some(d("1")), Some(d("-1"))];
        assert_eq!(
            hand_down(d("10"), Split::Proportional(&negative), 0),
            Err(CascadeError::NegativeWeight(1))
        );
        assert_eq!(hand_down(d("10"), Split::Equal(0), 0), Err(CascadeError::NoParts));
    }

    /// Two communes, 300 of 1,000 and 50 of 500 households poor (23.33%); 18% is due for both together.
    #[test]
    fn a_rate_is_handed_down_through_its_households() {
        let parts = [
            RatioPart {
                numerator: d("300"),
                denominator: d("1000"),
            },
            RatioPart {
                numerator: d("50"),
                denominator: d("500"),
            },
        ];
        let hand = |split| hand_down_rate(d("18"), &parts, d("100"), split, (d("0"), d("100"))).unwrap();
        for split in [
            RatioSplit::SameRate,
            RatioSplit::SameChange,
            RatioSplit::ByDistance { goal: d("0") },
        ] {
            assert!(hand(split).residual.abs() < d("0.000000001"), "{split:?}");
        }
        let by_distance = hand(RatioSplit::ByDistance { goal: d("0") });
        assert_eq!(
            by_distance.rates[0].unwrap().round_dp(4),
            d("23.1429"),
            "the poorer commune falls further"
        );
        let by_hand = hand(RatioSplit::ByHand(&[Some(d("20")), None]));
        assert_eq!(
            by_hand.residual_numerator,
            d("20"),
            "270 are due, 200 and 50 are reached"
        );
        assert_eq!(by_hand.whole.round_dp(4), d("16.6667"));
        assert_eq!(
            hand_down_rate(
                d("18"),
                &[RatioPart {
                    numerator: d("1"),
                    denominator: d("0")
                }],
                d("100"),
                RatioSplit::SameRate,
                (d("0"), d("100"))
            ),
            Err(CascadeError::NoDenominator(0))
        );
    }

    proptest! {
        #[test]
        fn parts_close_on_the_whole(whole in 0i64..10_000_000_000, weights in proptest::collection::vec(0u32..100_000, 1..60), decimals in 0u32..4) {
            prop_assume!(weights.iter().any(|weight| *weight != 0));
            let weights: Vec<_> = weights.into_iter().map(|weight| Some(Decimal::from(weight))).collect();
            let whole = Decimal::new(whole, decimals);
            let handed = hand_down(whole, Split::Proportional(&weights), decimals).unwrap();
            prop_assert_eq!(handed.residual, Decimal::ZERO);
            prop_assert_eq!(handed.parts.iter().flatten().copied().sum::<Decimal>(), whole);
        }
    }
}
