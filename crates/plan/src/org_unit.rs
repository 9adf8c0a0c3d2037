//! Units through time: country, provinces, communes; what came before and after.

use terms::{Date, Decimal, RefArea};

/// A unit of the administrative tree in one stretch of its life.
///
/// A unit is (code, valid from), never a code alone: numbers and names were given to other units on 1 July 2025.
#[derive(Debug, Clone, PartialEq)]
pub struct OrgUnit {
    /// Its code in `data/units.csv`.
    pub code: RefArea,
    /// The unit above; none for the country.
    pub parent: Option<RefArea>,
    /// Name without its type, Vietnamese.
    pub name_vi: String,
    /// Name in ASCII.
    pub name_en: String,
    /// tỉnh, xã, phường, …
    pub type_vi: String,
    /// First day; none where it lies before 1 July 2025 and is not recorded.
    pub valid_from: Option<Date>,
    /// Last day; none where it still is.
    pub valid_to: Option<Date>,
    /// Published natural area.
    pub area_km2: Option<Decimal>,
}

impl OrgUnit {
    /// Whether it is there on a day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether there is a day on which both are there.
    pub fn overlaps(&self, other: &OrgUnit) -> bool {
        let before =
            |a: &OrgUnit, b: &OrgUnit| a.valid_to.zip(b.valid_from).is_some_and(|(to, from)| to < from);
        !before(self, other) && !before(other, self)
    }
}

/// What became of a unit: all or a part of `predecessor` went into `successor` on `date`.
#[derive(Debug, Clone, PartialEq)]
pub struct Succession {
    /// The unit that ended.
    pub predecessor: RefArea,
    /// The unit that took it over, or a part of it.
    pub successor: RefArea,
    /// The first day of the successor.
    pub date: Date,
    /// The part of the predecessor that went over, 0 to 1; none where it was divided and nobody says how.
    pub share: Option<Decimal>,
}
