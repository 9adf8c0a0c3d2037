//! The catalogue of indicators.

use plan::Direction;
use terms::TimePeriod;

use crate::view::{Bilingual, IndicatorName};

/// An indicator as the catalogue lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueRow {
    /// Code, name, unit.
    pub indicator: IndicatorName,
    /// What is counted and how; empty where nobody wrote it yet.
    pub definition: Bilingual,
    /// The first word of its code, by which the list is grouped (`grdp`, `poverty`).
    pub field: String,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// How many results are known.
    pub results: usize,
    /// How many targets there are.
    pub targets: usize,
    /// The latest period with a result.
    pub latest: Option<TimePeriod>,
}
