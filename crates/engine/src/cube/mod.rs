//! The cube: every value of every unit, indicator and period, laid out so that one pass computes all.
//!
//! A column holds one indicator as scaled integers, dense, period by period; within a period the units stand by group
//! (province), each group padded to a multiple of eight cells, so that a roll-up is one straight run through memory and the
//! compiler can use the widest registers. A cell that is absent holds the least integer, which is no value. Sums are sums of
//! integers: exact, and the same in any order, on any number of threads, whether computed at once or one report at a time.
//!
//! In reading order: [`Layout`] says where a unit stands, [`Column`] holds an indicator, [`Totals`] what a group's values come
//! to, `kernel` is the inner loop, [`share`] attainment, [`rank`] the order of units, `update` one report.

mod column;
mod kernel;
mod layout;
pub mod rank;
pub mod share;
mod update;

use std::sync::Mutex;

pub use column::{Column, Rollup};
pub use kernel::Totals;
pub use layout::{Layout, Weights};
pub use rank::Ranked;
pub use share::{SHARE_ONE, ShareRule};
pub use update::Report;

/// A place of which totals are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A unit, by its number in the layout.
    Unit(usize),
    /// A group of units, by its number.
    Group(usize),
    /// All units.
    Whole,
}

/// Why a cube cannot hold or compute something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CubeError {
    /// There is no such unit, indicator, period or set of weights.
    #[error("the cube has no such cell")]
    NoSuchCell,
    /// The value (or a sum of such values) needs more than 63 bits: give the column a coarser scale.
    #[error("a value or a sum of column {column} needs more than 63 bits")]
    TooLarge {
        /// The column.
        column: usize,
    },
    /// A weight is below zero.
    #[error("the weight of unit {unit} is negative")]
    NegativeWeight {
        /// The unit.
        unit: usize,
    },
    /// The weights add up to more than 2³¹ − 1: count them in thousands.
    #[error("the weights add up to more than 2147483647")]
    WeightsTooLarge,
}

/// Values of units × indicators × periods, with what follows from them.
///
/// Fill it with [`Cube::set`], set targets, [`Cube::compute`] once, then [`Cube::report`] what comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cube {
    layout: Layout,
    periods: usize,
    current: usize,
    weights: Vec<Weights>,
    columns: Vec<Column>,
    rule: ShareRule,
    tally: Vec<rank::Tally>,
    ranking: Vec<Ranked>,
}

impl Cube {
    /// An empty cube; attainment is taken in the last period.
    pub fn new(layout: Layout, periods: usize, weights: Vec<Weights>, rule: ShareRule) -> Self {
        Self {
            tally: vec![rank::Tally::default(); layout.units()],
            ranking: Vec::new(),
            current: periods.saturating_sub(1),
            columns: Vec::new(),
            layout,
            periods,
            weights,
            rule,
        }
    }

    /// Adds an indicator without values; returns its number. 4 bytes a cell as long as every value fits into 32 bits.
    ///
    /// # Errors
    /// [`CubeError::NoSuchCell`] where there is no such set of weights.
    pub fn add_column(
        &mut self,
        rollup: Rollup,
        lower_is_better: bool,
        weights: usize,
    ) -> Result<usize, CubeError> {
        if self.weights.len() <= weights {
            return Err(CubeError::NoSuchCell);
        }
        self.columns.push(Column::new(
            &self.layout,
            self.periods,
            rollup,
            lower_is_better,
            weights,
        ));
        Ok(self.columns.len() - 1)
    }

    /// Where units stand.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The indicators.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many cells there are, padding not counted.
    pub fn cells(&self) -> usize {
        self.layout.units() * self.periods * self.columns.len()
    }

    /// Bytes that the values and all that follows from them take.
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(Column::bytes).sum::<usize>()
            + self.tally.len() * size_of::<rank::Tally>()
            + self.ranking.len() * size_of::<Ranked>()
    }

    /// Puts a value into a cell (or empties it) without computing anything.
    ///
    /// # Errors
    /// [`CubeError::NoSuchCell`], [`CubeError::TooLarge`].
    pub fn set(
        &mut self,
        column: usize,
        period: usize,
        unit: usize,
        value: Option<i64>,
    ) -> Result<(), CubeError> {
        let slot = self.cell(period, unit)?;
        self.columns
            .get_mut(column)
            .ok_or(CubeError::NoSuchCell)?
            .put(column, slot, value)
            .map(|_| ())
    }

    /// Puts the values of one indicator and period for many units at once: the quick way to fill a cube.
    ///
    /// # Errors
    /// [`CubeError::NoSuchCell`], [`CubeError::TooLarge`].
    pub fn set_many(
        &mut self,
        column: usize,
        period: usize,
        values: impl IntoIterator<Item = (usize, i64)>,
    ) -> Result<(), CubeError> {
        if self.periods <= period {
            return Err(CubeError::NoSuchCell);
        }
        let start = period * self.layout.row();
        let into = self.columns.get_mut(column).ok_or(CubeError::NoSuchCell)?;
        for (unit, value) in values {
            let slot = self.layout.slot(unit).ok_or(CubeError::NoSuchCell)?;
            into.put(column, start + slot, Some(value))?;
        }
        Ok(())
    }

    /// Sets what is due of an indicator in a place, in the column's scale.
    ///
    /// # Errors
    /// [`CubeError::NoSuchCell`].
    pub fn set_target(&mut self, column: usize, place: Place, target: Option<i64>) -> Result<(), CubeError> {
        let index = self.place_index(place)?;
        let column = self.columns.get_mut(column).ok_or(CubeError::NoSuchCell)?;
        column.set_target(index, target);
        Ok(())
    }

    /// The value of a cell.
    pub fn value(&self, column: usize, period: usize, unit: usize) -> Option<i64> {
        self.columns.get(column)?.get(self.cell(period, unit).ok()?)
    }

    /// What the values of a group or of all units come to, as computed last.
    pub fn totals(&self, column: usize, period: usize, place: Place) -> Option<Totals> {
        let group = match place {
            Place::Group(group) if group < self.layout.groups() => group,
            Place::Whole => self.layout.groups(),
            Place::Unit(_) | Place::Group(_) => return None,
        };
        (period < self.periods)
            .then(|| self.columns.get(column)?.totals(&self.layout, period, group))
            .flatten()
    }

    /// Attainment of an indicator in a place in the current period, in units of [`SHARE_ONE`].
    pub fn share(&self, column: usize, place: Place) -> Option<i64> {
        self.columns.get(column)?.share(self.place_index(place).ok()?)
    }

    /// Units by mean attainment, best first, ties with the same rank; units without any attainment are not in it.
    pub fn ranking(&self) -> &[Ranked] {
        &self.ranking
    }

    /// Computes everything: totals of every group and of the whole for every indicator and period, attainment in the
    /// current period, ranking. One pass, O(cells), on `threads` threads; the result does not depend on their number.
    ///
    /// # Errors
    /// [`CubeError::TooLarge`].
    pub fn compute(&mut self, threads: usize) -> Result<(), CubeError> {
        for (number, column) in self.columns.iter().enumerate() {
            column.check_sums(number, &self.layout, &self.weights)?;
        }
        let (layout, weights, rule, current) = (&self.layout, &self.weights, self.rule, self.current);
        let work = Mutex::new(self.columns.iter_mut());
        let run = || {
            let mut tally = vec![rank::Tally::default(); layout.units()];
            loop {
                // The lock is held while the next column is taken, not while it is computed.
                let next = work.lock().map_or(None, |mut columns| columns.next());
                let Some(column) = next else { break tally };
                column.roll_up(layout, &weights[column.weights()]);
                column.take_shares(layout, current, rule, &mut tally);
            }
        };
        let parts: Vec<Vec<rank::Tally>> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(run)).collect();
            let mine = run();
            std::iter::once(mine)
                .chain(others.into_iter().filter_map(|other| other.join().ok()))
                .collect()
        });
        self.tally.fill(rank::Tally::default());
        for part in parts {
            for (total, part) in self.tally.iter_mut().zip(part) {
                total.merge(part);
            }
        }
        rank::rank(&self.tally, &mut self.ranking);
        Ok(())
    }

    fn cell(&self, period: usize, unit: usize) -> Result<usize, CubeError> {
        let slot = self.layout.slot(unit).ok_or(CubeError::NoSuchCell)?;
        if self.periods <= period {
            return Err(CubeError::NoSuchCell);
        }
        Ok(period * self.layout.row() + slot)
    }

    fn place_index(&self, place: Place) -> Result<usize, CubeError> {
        let (units, groups) = (self.layout.units(), self.layout.groups());
        match place {
            Place::Unit(unit) if unit < units => Ok(unit),
            Place::Group(group) if group < groups => Ok(units + group),
            Place::Whole => Ok(units + groups),
            _ => Err(CubeError::NoSuchCell),
        }
    }
}

#[cfg(test)]
mod tests;
