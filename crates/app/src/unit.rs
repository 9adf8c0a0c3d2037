//! A unit: the country, the province, a commune; what it is made of and what is known of it.

use terms::{Date, Decimal, Measure};

use crate::scoreboard::{ResultView, TargetRow};
use crate::view::{IndicatorName, UnitName};

/// A unit's page.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitView {
    /// Code, name, tier, last day.
    pub unit: UnitName,
    /// Xã, phường, tỉnh, … as in the list of units.
    pub type_vi: String,
    /// First day; none where it lies before 1 July 2025 and is not recorded.
    pub valid_from: Option<Date>,
    /// Published natural area, in km².
    pub area_km2: Option<Decimal>,
    /// The units above, the highest first.
    pub parents: Vec<UnitName>,
    /// The units right below that are valid today, in the language-neutral order of their codes.
    pub children: Vec<ChildUnit>,
    /// What it was made of.
    pub predecessors: Vec<SuccessionView>,
    /// What became of it, where it ended.
    pub successors: Vec<SuccessionView>,
    /// The latest result of each indicator and measure that is known of it.
    pub known: Vec<KnownResult>,
    /// Its targets.
    pub targets: Vec<TargetRow>,
    /// How many indicators the catalogue has, to tell how much is not known.
    pub catalogue_size: usize,
}

/// A unit below another.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildUnit {
    /// Which.
    pub unit: UnitName,
    /// Published natural area, in km².
    pub area_km2: Option<Decimal>,
    /// How many results are known of it.
    pub results: usize,
}

/// What came before or after.
#[derive(Debug, Clone, PartialEq)]
pub struct SuccessionView {
    /// The other unit.
    pub unit: UnitName,
    /// The first day of the successor.
    pub date: Date,
    /// The part of the predecessor that went over, 0 to 1; none where nobody says.
    pub share: Option<Decimal>,
}

/// The latest that is known of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownResult {
    /// Of what.
    pub indicator: IndicatorName,
    /// Which aspect.
    pub measure: Measure,
    /// The result.
    pub result: ResultView,
}
