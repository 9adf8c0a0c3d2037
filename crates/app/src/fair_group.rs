//! Among whom a comparison of communes is fair: by kind and size, or by how hard life is there.
//!
//! The classes of hardship stand in `data/fair_groups.csv` with the paper that sets them, who told of it, and whether
//! anybody has held the list against the paper itself (`checked`).

use std::collections::HashMap;

use exchange::Table;
use plan::OrgUnit;
use terms::{Decimal, Diagnostic, RefArea};

/// Communes larger than this, in km², are compared with each other: about half of the province's.
pub const LARGE_FROM_KM2: i64 = 200;

/// How communes are divided into groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Grouping {
    /// Wards, small communes, large communes.
    #[default]
    Size,
    /// Areas I, II and III of ethnic minority and mountain regions.
    Hardship,
}

impl Grouping {
    /// Both.
    pub const ALL: [Grouping; 2] = [Grouping::Size, Grouping::Hardship];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Grouping::Size => "size",
            Grouping::Hardship => "hardship",
        }
    }
}

/// Among whom a commune is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FairGroup {
    /// Wards.
    Wards,
    /// Communes below [`LARGE_FROM_KM2`].
    SmallCommunes,
    /// Communes of [`LARGE_FROM_KM2`] and more.
    LargeCommunes,
    /// Area I: the least hardship.
    AreaI,
    /// Area II.
    AreaII,
    /// Area III: the most hardship.
    AreaIII,
    /// The list does not name it.
    Unclassified,
}

impl FairGroup {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            FairGroup::Wards => "wards",
            FairGroup::SmallCommunes => "small",
            FairGroup::LargeCommunes => "large",
            FairGroup::AreaI => "area-1",
            FairGroup::AreaII => "area-2",
            FairGroup::AreaIII => "area-3",
            FairGroup::Unclassified => "unclassified",
        }
    }
}

/// The classes of hardship, and where they come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HardshipList {
    classes: HashMap<RefArea, FairGroup>,
    /// The paper that sets them.
    pub paper: String,
    /// Who told of it.
    pub told_by: String,
    /// Whether the list was held against the paper itself.
    pub checked: bool,
}

impl HardshipList {
    /// The list of the repository.
    pub(crate) fn embedded() -> Result<Self, Vec<Diagnostic>> {
        let bytes = include_bytes!("../../../data/fair_groups.csv");
        Self::read(&Table::read("fair_groups.csv", bytes)?)
    }

    fn read(table: &Table) -> Result<Self, Vec<Diagnostic>> {
        let columns = ["unit", "hardship", "paper", "told_by", "checked"];
        let mut faults = table.missing_headings(&columns);
        if !faults.is_empty() {
            return Err(faults);
        }
        let at = |name: &str| table.headings.iter().position(|heading| heading == name);
        let mut list = Self {
            checked: true,
            ..Self::default()
        };
        for row in &table.rows {
            let cell = |name: &str| {
                let cell = at(name).and_then(|at| row.cells.get(at));
                cell.map_or("", String::as_str)
            };
            let class = match cell("hardship") {
                "I" => FairGroup::AreaI,
                "II" => FairGroup::AreaII,
                "III" => FairGroup::AreaIII,
                found => {
                    let place = table.place.clone().row(row.number).column("hardship");
                    let fault = Diagnostic::error("unknown-code", place);
                    faults.push(fault.with("found", found).with("expected", "I, II, III"));
                    continue;
                }
            };
            list.classes.insert(RefArea::new(cell("unit")), class);
            list.checked &= cell("checked") == "yes";
            cell("paper").clone_into(&mut list.paper);
            cell("told_by").clone_into(&mut list.told_by);
        }
        if faults.is_empty() { Ok(list) } else { Err(faults) }
    }

    /// The group of a commune.
    pub fn group(&self, grouping: Grouping, unit: &OrgUnit) -> FairGroup {
        if grouping == Grouping::Hardship {
            let class = self.classes.get(&unit.code);
            return class.copied().unwrap_or(FairGroup::Unclassified);
        }
        let large = unit
            .area_km2
            .is_some_and(|area| Decimal::from(LARGE_FROM_KM2) <= area);
        match unit.type_vi.as_str() {
            "phường" | "thị trấn" => FairGroup::Wards,
            _ if large => FairGroup::LargeCommunes,
            _ => FairGroup::SmallCommunes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two wards in area I, five units in area II, 38 in area III, as the press told of the province's decision.
    #[test]
    fn the_45_units_have_their_class_and_the_list_says_that_nobody_checked_it() {
        let list = HardshipList::embedded().unwrap();
        let count = |class| list.classes.values().filter(|found| **found == class).count();
        assert_eq!(
            [
                count(FairGroup::AreaI),
                count(FairGroup::AreaII),
                count(FairGroup::AreaIII)
            ],
            [2, 5, 38]
        );
        assert!(!list.checked && !list.paper.is_empty() && !list.told_by.is_empty());
    }

    #[test]
    fn a_class_that_is_none_is_named_with_its_row() {
        let text = b"unit,hardship,paper,told_by,checked\nVN-11-03158,III,A,B,yes\nVN-11-03160,IV,A,B,yes\n";
        let faults = HardshipList::read(&Table::read("fair_groups.csv", text).unwrap()).unwrap_err();
        assert_eq!((faults[0].code, faults[0].place.row), ("unknown-code", Some(3)));
    }
}
