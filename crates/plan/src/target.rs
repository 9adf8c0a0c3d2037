//! A value due by a period.

use terms::{Bound, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::{PriceBasis, Scope};

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
}
