//! Where a unit stands in a row of cells, and how much it weighs.

use super::CubeError;

/// Groups are padded to a multiple of this many cells: eight 32-bit integers fill a 256-bit register.
const LANES: usize = 8;

/// Units in order of their groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// First slot of each group, and the length of a row at the end.
    starts: Vec<usize>,
    /// How many units each group has.
    sizes: Vec<usize>,
    /// Slot of each unit.
    slots: Vec<usize>,
    /// Group of each unit.
    groups: Vec<usize>,
}

impl Layout {
    /// Groups of so many units each; units are numbered through, group by group.
    pub fn new(sizes: &[usize]) -> Self {
        let mut starts = vec![0];
        let (mut slots, mut groups) = (Vec::new(), Vec::new());
        for (group, size) in sizes.iter().enumerate() {
            let start = starts[group];
            slots.extend(start..start + size);
            groups.extend(std::iter::repeat_n(group, *size));
            starts.push(start + size.next_multiple_of(LANES));
        }
        Self {
            starts,
            sizes: sizes.to_vec(),
            slots,
            groups,
        }
    }

    /// How many units.
    pub fn units(&self) -> usize {
        self.slots.len()
    }

    /// How many groups.
    pub fn groups(&self) -> usize {
        self.starts.len() - 1
    }

    /// Cells in a row, padding included.
    pub fn row(&self) -> usize {
        self.starts[self.groups()]
    }

    /// The cell of a unit in a row.
    pub fn slot(&self, unit: usize) -> Option<usize> {
        self.slots.get(unit).copied()
    }

    /// The group of a unit.
    pub fn group(&self, unit: usize) -> Option<usize> {
        self.groups.get(unit).copied()
    }

    /// How many units each group has.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    pub(super) fn starts(&self) -> &[usize] {
        &self.starts
    }
}

/// What each unit weighs in a mean, and in coverage: its population, its households, or 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// By slot; zero in the padding.
    pub(super) row: Vec<i32>,
    /// By group, and of all at the end.
    totals: Vec<i64>,
}

impl Weights {
    /// The weights of all units, by number. A unit without a weight counts in sums, and not in weighted means.
    ///
    /// # Errors
    /// [`CubeError::NegativeWeight`], [`CubeError::WeightsTooLarge`], [`CubeError::NoSuchCell`] where there are more weights
    /// than units.
    pub fn new(layout: &Layout, weights: impl IntoIterator<Item = Option<i64>>) -> Result<Self, CubeError> {
        let mut row = vec![0; layout.row()];
        let mut totals = vec![0; layout.groups() + 1];
        for (unit, weight) in weights.into_iter().enumerate() {
            let (slot, group) = layout
                .slot(unit)
                .zip(layout.group(unit))
                .ok_or(CubeError::NoSuchCell)?;
            let weight = weight.unwrap_or(0);
            if weight < 0 {
                return Err(CubeError::NegativeWeight { unit });
            }
            row[slot] = i32::try_from(weight).map_err(|_| CubeError::WeightsTooLarge)?;
            totals[group] += weight;
            totals[layout.groups()] += weight;
        }
        if i64::from(i32::MAX) < totals[layout.groups()] {
            return Err(CubeError::WeightsTooLarge);
        }
        Ok(Self { row, totals })
    }

    /// One for each unit.
    pub fn equal(layout: &Layout) -> Result<Self, CubeError> {
        Self::new(layout, std::iter::repeat_n(Some(1), layout.units()))
    }

    /// What a group weighs; the group after the last is the whole.
    pub fn total(&self, group: usize) -> Option<i64> {
        self.totals.get(group).copied()
    }

    pub(super) fn of(&self, slot: usize) -> i64 {
        i64::from(self.row[slot])
    }
}
