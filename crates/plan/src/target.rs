//! A value due by a period.

use terms::{Bound, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::{Basis, PriceBasis, Scope, Way};

/// What is to be reached, of what, by whom, by when.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Of what.
    pub indicator: IndicatorCode,
    /// Of whom.
    pub ref_area: RefArea,
    /// By when (`2030`), or over which span (`2026/2030`) where it is an average or a sum.
    pub due: TimePeriod,
    /// Which aspect of the indicator is due: its level, growth, change or share.
    pub measure: Measure,
    /// The value in the indicator's unit (for growth in %, for a change of a rate in points).
    pub value: Decimal,
    /// The upper end where the paper gives a range.
    pub upper: Option<Decimal>,
    /// «Over 10%» is `gt` and is missed at exactly 10.
    pub bound: Bound,
    /// In whose prices, where it is money and the paper or the catalogue says so.
    pub price_basis: Option<PriceBasis>,
    /// What is counted, where the paper says more than the indicator's definition.
    pub scope: Option<Scope>,
    /// Where it starts, where the paper says so.
    pub baseline: Option<(TimePeriod, Decimal)>,
    /// How the number is read, which way leads to it, of which units it is a count or share.
    pub way: Way,
}

impl Target {
    /// Whether its number is a value of the indicator in the due period, which can be held against other such values: not a
    /// change from a baseline, nor a count of units that meet a condition.
    pub fn is_value_of_indicator(&self) -> bool {
        let counts = self.way.units.is_some_and(|units| units.meets.is_some());
        !counts && !matches!(self.way.basis, Some(Basis::Change | Basis::ChangePerYear))
    }
}
