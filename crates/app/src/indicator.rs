//! An indicator: its definition, its series by place, its targets, and the sources that disagree.

use plan::{Direction, PriceBasis};
use terms::{Date, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::disagreements::Disagreement;
use crate::scoreboard::{Baseline, ResultView, TargetRow};
use crate::view::{ActView, Bilingual, IndicatorName, UnitName};

/// What to show of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndicatorQuery {
    /// Which.
    pub code: IndicatorCode,
    /// Only this place; none: all that have values.
    pub place: Option<RefArea>,
    /// As known at the end of this day (UTC); none: now.
    pub known_on: Option<Date>,
}

/// An indicator's page.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorView {
    /// Code, name, unit.
    pub indicator: IndicatorName,
    /// What is counted and how; empty where the catalogue has none.
    pub definition: Bilingual,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// In whose prices, where the catalogue settles it.
    pub price_basis: Option<PriceBasis>,
    /// The least and greatest value that can be.
    pub limits: (Option<Decimal>, Option<Decimal>),
    /// One series for each place, measure and price basis that has values or targets.
    pub series: Vec<Series>,
    /// Values of the same thing that differ, side by side.
    pub disagreements: Vec<Disagreement>,
    /// Values that were corrected, replaced or taken back, with what the record says of each; newest first.
    pub history: Vec<PastValue>,
}

/// A series for one place, measure and price basis: one chart, one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Of whom.
    pub place: UnitName,
    /// Which aspect.
    pub measure: Measure,
    /// In whose prices.
    pub price_basis: Option<PriceBasis>,
    /// The results, oldest first; several of one period where editions or sources differ.
    pub results: Vec<ResultView>,
    /// The targets of this series.
    pub targets: Vec<TargetPath>,
}

/// A target with the way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetPath {
    /// The target and how it stands.
    pub row: TargetRow,
    /// Where the path begins.
    pub baseline: Option<Baseline>,
    /// The straight way from baseline to target: a value for each year, lower and upper end.
    pub path: Vec<(TimePeriod, Decimal, Decimal)>,
}

/// A value that no longer holds.
#[derive(Debug, Clone, PartialEq)]
pub struct PastValue {
    /// The value as it was.
    pub result: ResultView,
    /// Of whom.
    pub place: UnitName,
    /// Which aspect.
    pub measure: Measure,
    /// The act that ended it.
    pub ended: ActView,
}
