//! Values that stand out among their neighbours, by a rule that a few wild values cannot bend.
//!
//! The modified z-score: `0.6745 · (x − median) ÷ MAD`, where MAD is the median of the distances from the median. A value
//! stands out where it is beyond 3.5. Where more than half of the values are equal the MAD is zero; then the mean
//! distance takes its place, with the factor 0.7979 that fits it.
//!
//! Source: B. Iglewicz and D. Hoaglin, “How to Detect and Handle Outliers”, ASQC, 1993, chapter 3; the second factor is
//! √(2⁄π), the mean distance of a normal variable in units of its deviation.

use terms::Decimal;

/// Fewer neighbours than this tell nothing about what is usual.
pub const FEWEST: usize = 8;

/// What is usual among values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    /// The middle value.
    pub median: Decimal,
    /// The spread, as one normal deviation would be.
    spread: Decimal,
}

/// 3.5 deviations.
const LIMIT: Decimal = Decimal::from_parts(35, 0, 0, false, 1);
/// The MAD of a normal variable in units of its deviation.
const OF_MAD: Decimal = Decimal::from_parts(6745, 0, 0, false, 4);
/// The mean distance of a normal variable in units of its deviation.
const OF_MEAN: Decimal = Decimal::from_parts(7979, 0, 0, false, 4);

impl Usual {
    /// What is usual; none where there are too few values, or all are alike. O(n log n).
    pub fn of(values: &[Decimal]) -> Option<Self> {
        if values.len() < FEWEST {
            return None;
        }
        let median = middle(values.to_vec());
        let distances: Vec<Decimal> = values.iter().map(|value| (value - median).abs()).collect();
        let sum: Decimal = distances.iter().sum();
        let mean = sum / Decimal::from(distances.len());
        let mad = middle(distances);
        let spread = if mad.is_zero() {
            mean / OF_MEAN
        } else {
            mad / OF_MAD
        };
        (!spread.is_zero()).then_some(Self { median, spread })
    }

    /// Whether a value stands out.
    pub fn stands_out(&self, value: Decimal) -> bool {
        LIMIT * self.spread < (value - self.median).abs()
    }
}

/// The median: of an even number, the mean of the two in the middle.
fn middle(mut values: Vec<Decimal>) -> Decimal {
    values.sort();
    let half = values.len() / 2;
    if values.len().is_multiple_of(2) {
        (values[half - 1] + values[half]) / Decimal::TWO
    } else {
        values[half]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(list: &[i64]) -> Vec<Decimal> {
        list.iter().copied().map(Decimal::from).collect()
    }

    /// Worked by hand: median 10, distances 0 0 1 1 1 1 2 2 (and 90), MAD 1, spread 1.4826, limit 5.19.
    #[test]
    fn one_wild_value_stands_out_and_does_not_hide_itself() {
        let values = numbers(&[8, 9, 9, 10, 10, 11, 11, 12, 100]);
        let usual = Usual::of(&values).unwrap();
        assert_eq!(usual.median, Decimal::TEN);
        assert!(usual.stands_out(Decimal::ONE_HUNDRED));
        assert!(usual.stands_out(Decimal::from(4)));
        assert!(!usual.stands_out(Decimal::from(5)) && !usual.stands_out(Decimal::from(15)));
    }

    #[test]
    fn where_most_are_equal_the_mean_distance_decides() {
        let values = numbers(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 30]);
        let usual = Usual::of(&values).unwrap();
        // Mean distance 3, spread 3.76, limit 13.2.
        assert!(usual.stands_out(Decimal::from(30)) && !usual.stands_out(Decimal::from(13)));
    }

    #[test]
    fn too_few_or_all_alike_tell_nothing() {
        assert_eq!(Usual::of(&numbers(&[1, 2, 3, 4, 5, 6, 700])), None);
        assert_eq!(Usual::of(&numbers(&[5; 20])), None);
    }
}
