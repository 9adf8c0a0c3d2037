//! Values of the same thing that differ between sources.

use terms::{Measure, TimePeriod};

use crate::scoreboard::ResultView;
use crate::view::{IndicatorName, UnitName};

/// Two or more values of one indicator, place, period and measure that cannot all be right as they stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// Of what.
    pub indicator: IndicatorName,
    /// Of whom.
    pub place: UnitName,
    /// Of when.
    pub period: TimePeriod,
    /// Which aspect.
    pub measure: Measure,
    /// The values, each with its sources, the oldest paper first.
    pub values: Vec<ResultView>,
}
