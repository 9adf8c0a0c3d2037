//! The administrative tree through time: every unit that was and is, who was above it, what became of it.
//!
//! A unit is (code, first day), never a code alone. The tree is read as a whole from `units.csv`, `successions.csv` and
//! `changes.csv`, and only if every row holds together.

mod check;
mod read;

use std::collections::HashMap;

use terms::{AreaLevel, Date, Decimal, RefArea};

pub use read::Tables;

use crate::{OrgUnit, Succession};

/// A unit's number in an [`OrgTree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitNumber(u32);

impl UnitNumber {
    /// The number itself: the units of a tree are numbered from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A field of a unit that changed while its bounds stayed (`changes.csv`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which unit.
    pub code: RefArea,
    /// First day of the new value.
    pub date: Date,
    /// Which field: `type`, `name_vi`, `name_en`, `level`.
    pub field: String,
    /// What stood there.
    pub old: String,
    /// What stands there from then on.
    pub new: String,
}

/// One step in a unit's history: where all or a part of it went, or came from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The unit at the other end.
    pub unit: UnitNumber,
    /// The first day of the successor.
    pub date: Date,
    /// The part of the predecessor that went over; none where it was divided and nobody says how.
    pub share: Option<Decimal>,
}

/// Units and what became of them.
#[derive(Debug, Clone, Default)]
pub struct OrgTree {
    units: Vec<OrgUnit>,
    by_code: HashMap<RefArea, Vec<UnitNumber>>,
    children: HashMap<RefArea, Vec<UnitNumber>>,
    later: Vec<Vec<Link>>,
    earlier: Vec<Vec<Link>>,
    changes: Vec<Change>,
}

impl OrgTree {
    /// Puts units, successions and changes together that have been checked already, as [`Tables::read`] does: a succession
    /// whose units are not there on its day is passed over.
    pub fn assemble(units: Vec<OrgUnit>, successions: &[Succession], changes: Vec<Change>) -> Self {
        let mut tree = Self {
            later: vec![Vec::new(); units.len()],
            earlier: vec![Vec::new(); units.len()],
            changes,
            ..Self::default()
        };
        for (number, unit) in (0..).map(UnitNumber).zip(&units) {
            tree.by_code.entry(unit.code.clone()).or_default().push(number);
            if let Some(parent) = &unit.parent {
                tree.children.entry(parent.clone()).or_default().push(number);
            }
        }
        tree.units = units;
        for succession in successions {
            let Some((from, to)) = tree.ends(succession) else {
                continue;
            };
            let link = |unit| Link {
                unit,
                date: succession.date,
                share: succession.share,
            };
            tree.later[from.0 as usize].push(link(to));
            tree.earlier[to.0 as usize].push(link(from));
        }
        tree
    }

    /// The units that a succession names: the predecessor on the day before, the successor on the day.
    fn ends(&self, succession: &Succession) -> Option<(UnitNumber, UnitNumber)> {
        let eve = succession.date.yesterday().ok()?;
        self.find(&succession.predecessor, eve)
            .zip(self.find(&succession.successor, succession.date))
    }

    /// Every unit, in the order of the file.
    pub fn units(&self) -> impl Iterator<Item = (UnitNumber, &OrgUnit)> {
        (0..).map(UnitNumber).zip(&self.units)
    }

    /// A unit by its number.
    pub fn unit(&self, number: UnitNumber) -> &OrgUnit {
        &self.units[number.0 as usize]
    }

    /// The unit that had this code on a day. O(1).
    pub fn find(&self, code: &RefArea, on: Date) -> Option<UnitNumber> {
        let numbers = self.by_code.get(code)?;
        numbers
            .iter()
            .copied()
            .find(|number| self.unit(*number).is_valid_on(on))
    }

    /// Every unit that ever had this code, oldest first.
    pub fn all_with_code(&self, code: &RefArea) -> &[UnitNumber] {
        self.by_code.get(code).map_or(&[], Vec::as_slice)
    }

    /// The units right below one on a day, in the order of the file.
    pub fn children(&self, code: &RefArea, on: Date) -> Vec<UnitNumber> {
        let below = self.children.get(code).map_or(&[][..], Vec::as_slice);
        below
            .iter()
            .copied()
            .filter(|number| self.unit(*number).is_valid_on(on))
            .collect()
    }

    /// The units of one tier anywhere below one on a day, in the order of the file.
    pub fn below(&self, code: &RefArea, level: AreaLevel, on: Date) -> Vec<UnitNumber> {
        let mut found = Vec::new();
        let mut open = vec![code.clone()];
        while let Some(code) = open.pop() {
            for number in self.children(&code, on) {
                let unit = self.unit(number);
                if unit.code.level() == level {
                    found.push(number);
                } else {
                    open.push(unit.code.clone());
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// What became of a unit; empty where it still is.
    pub fn later(&self, number: UnitNumber) -> &[Link] {
        &self.later[number.0 as usize]
    }

    /// What a unit was made of; empty where nothing is recorded.
    pub fn earlier(&self, number: UnitNumber) -> &[Link] {
        &self.earlier[number.0 as usize]
    }

    /// The Vietnamese type of a unit on a day («xã», «phường»): what the file says, with the changes since.
    pub fn type_on(&self, number: UnitNumber, on: Date) -> &str {
        let unit = self.unit(number);
        self.changes
            .iter()
            .filter(|change| change.field == "type" && change.code == unit.code && change.date <= on)
            .max_by_key(|change| change.date)
            .map_or(&unit.type_vi, |change| &change.new)
    }

    /// The changes within unchanged bounds.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }
}

#[cfg(test)]
mod tests;
