//! The catalogue of indicators: what each is, how it adds up over territory and time, and where its standard changed.

mod read;

use std::collections::HashMap;

use terms::{Date, Decimal, IndicatorCode, Language};

pub use read::CatalogueTables;

use crate::Indicator;

/// How the values of the parts of a territory become that of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aggregation {
    /// They are added.
    Sum,
    /// Numerators and denominators are added, then divided, times a factor (100 for per cent): never a mean of rates.
    Ratio {
        /// What is added above.
        numerator: IndicatorCode,
        /// What is added below.
        denominator: IndicatorCode,
        /// By what the quotient is multiplied.
        factor: Decimal,
    },
    /// Units that meet a condition, as a share of the units that are asked.
    CountShare {
        /// How many meet it.
        numerator: IndicatorCode,
        /// Of how many: the denominator is named, since «60% of communes» is 27 of 45 or 25.2 of 42.
        denominator: IndicatorCode,
        /// By what the quotient is multiplied.
        factor: Decimal,
    },
    /// They are averaged, each by its weight.
    WeightedMean {
        /// The weight.
        weight: IndicatorCode,
    },
    /// The latest of them (a stock that is told once for all).
    Last,
    /// The greatest of them.
    Max,
    /// There is no rule: published for one tier only.
    None,
}

impl Aggregation {
    /// The indicators that are needed beside the values themselves.
    pub fn needs(&self) -> Vec<&IndicatorCode> {
        match self {
            Aggregation::Ratio {
                numerator,
                denominator,
                ..
            }
            | Aggregation::CountShare {
                numerator,
                denominator,
                ..
            } => {
                vec![numerator, denominator]
            }
            Aggregation::WeightedMean { weight } => vec![weight],
            Aggregation::Sum | Aggregation::Last | Aggregation::Max | Aggregation::None => Vec::new(),
        }
    }
}

/// How the values of years become that of a span of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OverTime {
    /// A flow: added.
    Sum,
    /// A stock: the last.
    Last,
    /// Averaged.
    Mean,
    /// The greatest counts (a peak).
    Max,
    /// Sums over sums.
    Ratio,
    /// A rate of growth: the geometric mean a year.
    Compound,
    /// Not at all.
    None,
}

impl OverTime {
    /// Whether values of shorter periods alone make that of a longer one; ratios are made anew from what stands above and
    /// below, and growth multiplies.
    pub const fn adds_periods(self) -> bool {
        matches!(
            self,
            OverTime::Sum | OverTime::Last | OverTime::Mean | OverTime::Max
        )
    }
}

/// A day from which a standard, or the set of units, is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The first day of the new standard.
    pub date: Date,
    /// The standard before and from that day, Vietnamese.
    pub vi: (String, String),
    /// The standard before and from that day, English.
    pub en: (String, String),
    /// The paper that changed it.
    pub source: String,
}

impl Break {
    /// What held before, and what holds from the day on.
    pub fn sides(&self, language: Language) -> (&str, &str) {
        let (old, new) = match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        };
        (old, new)
    }
}

/// An indicator with its rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is.
    pub indicator: Indicator,
    /// The field under which it is listed, Vietnamese and English.
    pub group: (String, String),
    /// Over territory.
    pub aggregation: Aggregation,
    /// Over time.
    pub over_time: OverTime,
    /// Its formula over other indicators, where the catalogue gives one of its own; a ratio needs none.
    pub formula: Option<String>,
    /// The range to stay in, where neither up nor down is better.
    pub band: Option<(Decimal, Decimal)>,
    /// Changes of its standard, oldest first.
    pub breaks: Vec<Break>,
    /// Its row in the file.
    pub row: u32,
}

/// All indicators, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    by_code: HashMap<IndicatorCode, usize>,
}

impl Catalogue {
    /// Every indicator.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One indicator. O(1).
    pub fn get(&self, code: &IndicatorCode) -> Option<&Entry> {
        self.by_code.get(code).map(|index| &self.entries[*index])
    }

    /// First days of changed standards of an indicator.
    pub fn break_days(&self, code: &IndicatorCode) -> Vec<Date> {
        self.get(code).map_or_else(Vec::new, |entry| {
            entry.breaks.iter().map(|day| day.date).collect()
        })
    }
}

#[cfg(test)]
mod tests;
