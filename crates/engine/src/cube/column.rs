//! One indicator: its cells, totals, targets and attainments.

use super::kernel::{self, ABSENT, ABSENT_WIDE, RollUp, TakeShares, Totals};
use super::rank::Tally;
use super::share::{NONE, ShareRule};
use super::{CubeError, Layout, Weights};

/// How the values of units become one of their group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rollup {
    /// They are added.
    Sum,
    /// They are averaged by the column's weights.
    WeightedMean,
    /// They are added, and their weighted mean is kept beside the sum.
    SumAndMean,
}

impl Rollup {
    /// Whether a weighted mean is kept.
    pub const fn keeps_mean(self) -> bool {
        matches!(self, Rollup::WeightedMean | Rollup::SumAndMean)
    }
}

#[derive(Debug, Clone)]
enum Cells {
    Narrow(Vec<i32>),
    Wide(Vec<i64>),
}

/// One indicator of a cube. Two are equal where every cell, total, target and share is, however wide the cells are.
#[derive(Debug, Clone)]
pub struct Column {
    rollup: Rollup,
    lower_is_better: bool,
    weights: usize,
    cells: Cells,
    /// The greatest magnitude that was ever put in: sums are checked by it.
    greatest: u64,
    totals: Vec<Totals>,
    targets: Vec<i64>,
    shares: Vec<i64>,
}

impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        let shape = |column: &Column| {
            (
                column.rollup,
                column.lower_is_better,
                column.weights,
                column.cells.len(),
            )
        };
        shape(self) == shape(other)
            && self.totals == other.totals
            && self.targets == other.targets
            && self.shares == other.shares
            && (0..self.cells.len()).all(|cell| self.get(cell) == other.get(cell))
    }
}

impl Eq for Column {}

impl Cells {
    fn len(&self) -> usize {
        match self {
            Cells::Narrow(cells) => cells.len(),
            Cells::Wide(cells) => cells.len(),
        }
    }
}

impl Column {
    pub(super) fn new(
        layout: &Layout,
        periods: usize,
        rollup: Rollup,
        lower_is_better: bool,
        weights: usize,
    ) -> Self {
        let places = layout.units() + layout.groups() + 1;
        Self {
            rollup,
            lower_is_better,
            weights,
            cells: Cells::Narrow(vec![ABSENT; layout.row() * periods]),
            greatest: 0,
            totals: vec![Totals::default(); (layout.groups() + 1) * periods],
            targets: vec![NONE; places],
            shares: vec![NONE; places],
        }
    }

    /// How units become their group.
    pub fn rollup(&self) -> Rollup {
        self.rollup
    }

    /// Which of the cube's weights it uses.
    pub fn weights(&self) -> usize {
        self.weights
    }

    /// Totals of every period: of each group, then of the whole.
    pub fn all_totals(&self) -> &[Totals] {
        &self.totals
    }

    pub(super) fn bytes(&self) -> usize {
        let cells = match &self.cells {
            Cells::Narrow(cells) => size_of_val(cells.as_slice()),
            Cells::Wide(cells) => size_of_val(cells.as_slice()),
        };
        cells
            + size_of_val(self.totals.as_slice())
            + size_of_val(self.targets.as_slice())
            + size_of_val(self.shares.as_slice())
    }

    pub(super) fn get(&self, cell: usize) -> Option<i64> {
        match &self.cells {
            Cells::Narrow(cells) => cells
                .get(cell)
                .filter(|value| **value != ABSENT)
                .map(|value| i64::from(*value)),
            Cells::Wide(cells) => cells.get(cell).filter(|value| **value != ABSENT_WIDE).copied(),
        }
    }

    /// Puts a value into a cell that exists and returns what was there; widens the column where 32 bits do not suffice.
    pub(super) fn put(
        &mut self,
        number: usize,
        cell: usize,
        value: Option<i64>,
    ) -> Result<Option<i64>, CubeError> {
        if value == Some(ABSENT_WIDE) {
            return Err(CubeError::TooLarge { column: number });
        }
        self.greatest = self.greatest.max(value.map_or(0, i64::unsigned_abs));
        let fits = value.is_none_or(|value| i32::try_from(value).is_ok_and(|value| value != ABSENT));
        if let (Cells::Narrow(cells), false) = (&self.cells, fits) {
            let widened = cells
                .iter()
                .map(|value| {
                    if *value == ABSENT {
                        ABSENT_WIDE
                    } else {
                        i64::from(*value)
                    }
                })
                .collect();
            self.cells = Cells::Wide(widened);
        }
        Ok(match &mut self.cells {
            Cells::Narrow(cells) => {
                let value = value
                    .and_then(|value| i32::try_from(value).ok())
                    .unwrap_or(ABSENT);
                let before = std::mem::replace(&mut cells[cell], value);
                (before != ABSENT).then_some(i64::from(before))
            }
            Cells::Wide(cells) => {
                let before = std::mem::replace(&mut cells[cell], value.unwrap_or(ABSENT_WIDE));
                (before != ABSENT_WIDE).then_some(before)
            }
        })
    }

    pub(super) fn set_target(&mut self, place: usize, target: Option<i64>) {
        self.targets[place] = target.unwrap_or(NONE);
    }

    pub(super) fn share(&self, place: usize) -> Option<i64> {
        self.shares.get(place).copied().filter(|share| *share != NONE)
    }

    pub(super) fn totals(&self, layout: &Layout, period: usize, group: usize) -> Option<Totals> {
        self.totals.get(period * (layout.groups() + 1) + group).copied()
    }

    pub(super) fn totals_mut(&mut self, layout: &Layout, period: usize, group: usize) -> &mut Totals {
        &mut self.totals[period * (layout.groups() + 1) + group]
    }

    /// Makes sure that no sum of this column can pass 63 bits. A narrow column never can: 2³¹ × 2³¹ = 2⁶².
    pub(super) fn check_sums(
        &self,
        number: usize,
        layout: &Layout,
        weights: &[Weights],
    ) -> Result<(), CubeError> {
        if matches!(self.cells, Cells::Narrow(_)) {
            return Ok(());
        }
        let weight = if self.rollup.keeps_mean() {
            weights[self.weights].total(layout.groups()).unwrap_or(0)
        } else {
            1
        };
        let most = i128::from(self.greatest) * (layout.units() as i128).max(i128::from(weight));
        if i128::from(i64::MAX) < most {
            return Err(CubeError::TooLarge { column: number });
        }
        Ok(())
    }

    pub(super) fn roll_up(&mut self, layout: &Layout, weights: &Weights) {
        let (starts, means) = (layout.starts(), self.rollup.keeps_mean());
        let into = &mut self.totals;
        match &self.cells {
            Cells::Narrow(values) => kernel::run(RollUp {
                values,
                weights: &weights.row,
                starts,
                means,
                into,
            }),
            Cells::Wide(values) => kernel::run(RollUp {
                values,
                weights: &weights.row,
                starts,
                means,
                into,
            }),
        }
    }

    /// Attainment of every place in the current period; adds that of units to the tally.
    pub(super) fn take_shares(
        &mut self,
        layout: &Layout,
        current: usize,
        rule: ShareRule,
        tally: &mut [Tally],
    ) {
        let row = current * layout.row()..(current + 1) * layout.row();
        let (starts, lower_is_better, targets) = (layout.starts(), self.lower_is_better, &self.targets);
        let into = &mut self.shares[..layout.units()];
        match &self.cells {
            Cells::Narrow(cells) => kernel::run(TakeShares {
                values: &cells[row],
                starts,
                sizes: layout.sizes(),
                targets,
                lower_is_better,
                rule,
                into,
            }),
            Cells::Wide(cells) => kernel::run(TakeShares {
                values: &cells[row],
                starts,
                sizes: layout.sizes(),
                targets,
                lower_is_better,
                rule,
                into,
            }),
        }
        for (tally, share) in tally.iter_mut().zip(&self.shares) {
            tally.add(*share);
        }
        for group in 0..=layout.groups() {
            self.take_group_share(layout, current, group, rule);
        }
    }

    pub(super) fn unit_share(&self, cell: usize, place: usize, rule: ShareRule) -> i64 {
        let value = match &self.cells {
            Cells::Narrow(cells) if cells[cell] != ABSENT => i64::from(cells[cell]),
            Cells::Wide(cells) if cells[cell] != ABSENT_WIDE => cells[cell],
            _ => return NONE,
        };
        rule.share(value, 1, self.targets[place], self.lower_is_better)
    }

    pub(super) fn take_group_share(
        &mut self,
        layout: &Layout,
        current: usize,
        group: usize,
        rule: ShareRule,
    ) {
        let place = layout.units() + group;
        let totals = self.totals[current * (layout.groups() + 1) + group];
        let value = match self.rollup {
            Rollup::Sum | Rollup::SumAndMean => (totals.count != 0).then_some((totals.sum, 1)),
            Rollup::WeightedMean => totals.mean(),
        };
        self.shares[place] = value.map_or(NONE, |(over, under)| {
            rule.share(over, under, self.targets[place], self.lower_is_better)
        });
    }

    pub(super) fn set_unit_share(&mut self, unit: usize, share: i64) -> i64 {
        std::mem::replace(&mut self.shares[unit], share)
    }
}
