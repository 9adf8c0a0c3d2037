//! One report comes in: only what depends on it is computed again.

use super::{Cube, CubeError, rank};

/// One value of a report; none takes the value back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Of which indicator.
    pub column: usize,
    /// In which period.
    pub period: usize,
    /// The value in the column's scale.
    pub value: Option<i64>,
}

impl Cube {
    /// Records the values that one unit reports, with every total, attainment and rank that depends on them. The cube is
    /// then equal, bit for bit, to one that was filled and computed anew. O(values), and O(units) for the ranks.
    ///
    /// # Errors
    /// [`CubeError::NoSuchCell`], [`CubeError::TooLarge`]; nothing is recorded then.
    pub fn report(&mut self, unit: usize, values: &[Report]) -> Result<(), CubeError> {
        let slot = self.layout.slot(unit).ok_or(CubeError::NoSuchCell)?;
        let group = self.layout.group(unit).ok_or(CubeError::NoSuchCell)?;
        for value in values {
            self.check(value)?;
        }
        for report in values {
            self.record(unit, slot, group, report)?;
        }
        rank::rank(&self.tally, &mut self.ranking);
        Ok(())
    }

    /// Whether a value could be recorded without passing 63 bits anywhere.
    fn check(&self, report: &Report) -> Result<(), CubeError> {
        let column = self.columns.get(report.column).ok_or(CubeError::NoSuchCell)?;
        if self.periods <= report.period {
            return Err(CubeError::NoSuchCell);
        }
        let too_large = CubeError::TooLarge {
            column: report.column,
        };
        let Some(value) = report.value.filter(|value| i32::try_from(*value).is_err()) else {
            return Ok(());
        };
        let weight = if column.rollup().keeps_mean() {
            self.weights[column.weights()]
                .total(self.layout.groups())
                .unwrap_or(0)
        } else {
            1
        };
        let most = i128::from(value.unsigned_abs()) * (self.layout.units() as i128).max(i128::from(weight));
        if i128::from(i64::MAX) < most {
            Err(too_large)
        } else {
            Ok(())
        }
    }

    fn record(&mut self, unit: usize, slot: usize, group: usize, report: &Report) -> Result<(), CubeError> {
        let (layout, rule, whole) = (&self.layout, self.rule, self.layout.groups());
        let cell = report.period * layout.row() + slot;
        let column = &mut self.columns[report.column];
        let weights = &self.weights[column.weights()];
        let weight = weights.of(slot);
        let by = if column.rollup().keeps_mean() { weight } else { 0 };
        let before = column.put(report.column, cell, report.value)?;
        for group in [group, whole] {
            let totals = column.totals_mut(layout, report.period, group);
            if let Some(before) = before {
                totals.sum -= before;
                totals.weighted -= before * by;
                totals.weight -= weight;
                totals.count -= 1;
            }
            if let Some(value) = report.value {
                totals.sum += value;
                totals.weighted += value * by;
                totals.weight += weight;
                totals.count += 1;
            }
        }
        if report.period == self.current {
            let share = column.unit_share(cell, unit, rule);
            let before = column.set_unit_share(unit, share);
            self.tally[unit].take(before);
            self.tally[unit].add(share);
            for group in [group, whole] {
                column.take_group_share(layout, report.period, group, rule);
            }
        }
        Ok(())
    }
}
