//! What is measured.

use terms::{Decimal, IndicatorCode, Language, UnitMeasure};

/// Which way an indicator should move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

/// In whose prices money is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PriceBasis {
    /// The prices of the period itself (giá hiện hành).
    Current,
    /// The prices of a base year (giá so sánh).
    Constant {
        /// The base year.
        base_year: i16,
    },
}

/// An indicator of the catalogue (`data/indicators.csv`).
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Its stable code.
    pub code: IndicatorCode,
    /// Its short name, Vietnamese.
    pub name_vi: String,
    /// Its short name, English.
    pub name_en: String,
    /// What is counted and how, Vietnamese.
    pub definition_vi: String,
    /// What is counted and how, English.
    pub definition_en: String,
    /// The unit of its level.
    pub unit: UnitMeasure,
    /// Which way is better; none where neither is (a share of a sector).
    pub direction: Option<Direction>,
    /// In whose prices, where it is money and the catalogue settles it.
    pub price_basis: Option<PriceBasis>,
    /// The least value that can be (0 for a rate).
    pub natural_minimum: Option<Decimal>,
    /// The greatest value that can be (100 for a rate).
    pub natural_maximum: Option<Decimal>,
}

impl Indicator {
    /// The name in a language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.name_vi,
            Language::En => &self.name_en,
        }
    }

    /// The definition in a language.
    pub fn definition(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.definition_vi,
            Language::En => &self.definition_en,
        }
    }
}
