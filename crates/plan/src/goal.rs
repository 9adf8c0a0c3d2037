//! How a target is meant and which way leads to it.

use std::fmt;
use std::str::FromStr;

use terms::{Date, Decimal, Measure, TimePeriod};

/// What the number of a target speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// The value in the due period itself («đến năm 2030: 115 triệu đồng/người»).
    AtDue,
    /// A change from the baseline by the due period, signed («giảm 12 điểm so với 2025» is −12).
    Change,
    /// A change for each year from the baseline on, signed («mỗi năm giảm 3 điểm» is −3).
    ChangePerYear,
    /// The plain mean over the due period.
    Average,
    /// The rate of growth a year over the due period: the geometric mean, by which the years' growth multiplies to the
    /// same end («tăng trưởng bình quân 10%/năm»: 8 and 12 come to 9.98, not to 10).
    Compound,
    /// The sum over the due period («231.000 tỷ đồng trong 2026–2030»).
    Sum,
}

impl Basis {
    /// Every basis, in the order in which they are listed to people.
    pub const ALL: [Basis; 6] = [
        Basis::AtDue,
        Basis::Change,
        Basis::ChangePerYear,
        Basis::Average,
        Basis::Compound,
        Basis::Sum,
    ];

    /// The stable code: `at_due`, `change`, `change_per_year`, `average`, `compound`, `sum`.
    pub const fn code(self) -> &'static str {
        match self {
            Basis::AtDue => "at_due",
            Basis::Change => "change",
            Basis::ChangePerYear => "change_per_year",
            Basis::Average => "average",
            Basis::Compound => "compound",
            Basis::Sum => "sum",
        }
    }

    /// Whether the way starts from a baseline (and does not gather values within a period).
    pub const fn has_start(self) -> bool {
        !(self.is_mean() || matches!(self, Basis::Sum))
    }

    /// Whether it is a mean over the due period, plain or geometric.
    pub const fn is_mean(self) -> bool {
        matches!(self, Basis::Average | Basis::Compound)
    }

    /// How a target is read where its paper does not say.
    ///
    /// A span of several years asks a flow (`adds_up`) for its sum and everything else for its yearly mean; a single
    /// period asks for the value in it; whether the mean is a geometric one the catalogue says. A `change` of a level indicator counts from the baseline.
    pub fn usual(measure: Measure, due: TimePeriod, adds_up: bool, series_is_of_changes: bool) -> Self {
        let several_years = matches!(due, TimePeriod::Span(..)) && due.days() > 366;
        match measure {
            Measure::Change if !series_is_of_changes => Basis::Change,
            Measure::Level if several_years && adds_up => Basis::Sum,
            _ if several_years => Basis::Average,
            _ => Basis::AtDue,
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Basis {
    type Err = terms::kind::UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|basis| basis.code() == text)
            .ok_or_else(|| terms::kind::UnknownCode {
                list: "basis",
                code: text.to_owned(),
            })
    }
}

/// The way from the baseline to the target: what is expected on each day between.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TargetPath {
    /// The same step each year.
    #[default]
    Straight,
    /// The same rate of growth each year; both ends must be above zero.
    Compound,
    /// Values set for days between, in order of date; straight between them.
    Milestones(Vec<(Date, Decimal)>),
    /// The part of a year's way that is covered by the end of each of its twelve months, rising to 1: what earlier
    /// years did. Whole years are straight.
    Seasonal(Box<[Decimal; 12]>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_basis_reads_back_as_its_code() {
        for basis in Basis::ALL {
            assert_eq!(basis.code().parse(), Ok(basis));
        }
        assert!("mean".parse::<Basis>().is_err());
    }

    #[test]
    fn the_usual_reading_follows_measure_and_span() {
        let (year, term): (TimePeriod, TimePeriod) = ("2030".parse().unwrap(), "2026/2030".parse().unwrap());
        for (measure, due, adds_up, of_changes, expected) in [
            (Measure::Level, year, true, false, Basis::AtDue),
            (Measure::Level, term, true, false, Basis::Sum),
            (Measure::Growth, term, true, false, Basis::Average),
            (Measure::Share, term, false, false, Basis::Average),
            (Measure::Change, year, false, false, Basis::Change),
            (Measure::Change, term, false, true, Basis::Average),
        ] {
            assert_eq!(
                Basis::usual(measure, due, adds_up, of_changes),
                expected,
                "{measure} {due}"
            );
        }
    }
}
