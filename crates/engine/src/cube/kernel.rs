//! The inner loop: what a run of cells comes to.
//!
//! Written plainly, so that the compiler turns it into vector instructions; `pulp` runs it in the widest form that the
//! machine at hand has, without unsafe code of ours.

use pulp::{Arch, NullaryFnOnce};

use super::share::{NONE, ShareRule};

/// The cell of a narrow column that holds no value.
pub(super) const ABSENT: i32 = i32::MIN;
/// The cell of a wide column that holds no value.
pub(super) const ABSENT_WIDE: i64 = i64::MIN;

/// What the values of some units come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// The sum of the values, in the column's scale.
    pub sum: i64,
    /// The sum of value × weight.
    pub weighted: i64,
    /// The sum of the weights of units that have a value: ÷ all weights it is the coverage.
    pub weight: i64,
    /// How many units have a value.
    pub count: i64,
}

impl Totals {
    /// The weighted mean as an exact fraction: numerator and denominator; `None` where nothing weighs.
    pub fn mean(&self) -> Option<(i64, i64)> {
        (self.weight != 0).then_some((self.weighted, self.weight))
    }

    pub(super) fn add(&mut self, other: Totals) {
        self.sum += other.sum;
        self.weighted += other.weighted;
        self.weight += other.weight;
        self.count += other.count;
    }
}

#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "must be compiled with the caller's vector instructions"
)]
fn narrow(values: &[i32], weights: &[i32], means: bool) -> Totals {
    let (mut sum, mut weighted, mut weight, mut count) = (0_i64, 0_i64, 0_i32, 0_i32);
    for (&value, &by) in values.iter().zip(weights) {
        let present = value != ABSENT;
        let value = if present { value } else { 0 };
        sum += i64::from(value);
        weighted += if means {
            i64::from(value) * i64::from(by)
        } else {
            0
        };
        // All weights of a layout add up to less than 2³¹.
        weight = weight.wrapping_add(if present { by } else { 0 });
        count += i32::from(present);
    }
    Totals {
        sum,
        weighted,
        weight: i64::from(weight),
        count: i64::from(count),
    }
}

#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "must be compiled with the caller's vector instructions"
)]
fn wide(values: &[i64], weights: &[i32], means: bool) -> Totals {
    let mut totals = Totals::default();
    for (&value, &by) in values.iter().zip(weights) {
        let present = value != ABSENT_WIDE;
        let value = if present { value } else { 0 };
        totals.sum += value;
        totals.weighted += if means { value * i64::from(by) } else { 0 };
        totals.weight += if present { i64::from(by) } else { 0 };
        totals.count += i64::from(present);
    }
    totals
}

/// Totals of each group of each row, and of the whole row after its groups.
pub(super) struct RollUp<'a, T> {
    /// Rows of cells.
    pub(super) values: &'a [T],
    /// One row of weights.
    pub(super) weights: &'a [i32],
    /// First cell of each group, and the length of a row.
    pub(super) starts: &'a [usize],
    /// Whether weighted sums are wanted.
    pub(super) means: bool,
    /// `starts.len()` totals a row.
    pub(super) into: &'a mut [Totals],
}

macro_rules! roll_up {
    ($cell:ty, |$values:ident, $weights:ident, $means:ident| $run:expr) => {
        impl NullaryFnOnce for RollUp<'_, $cell> {
            type Output = ();

            #[inline(always)]
            fn call(self) {
                let $means = self.means;
                let rows = self.values.chunks_exact(self.weights.len().max(1));
                for (row, into) in rows.zip(self.into.chunks_exact_mut(self.starts.len())) {
                    let mut whole = Totals::default();
                    for (bounds, into) in self.starts.windows(2).zip(into.iter_mut()) {
                        let ($values, $weights) = (
                            &row[bounds[0]..bounds[1]],
                            &self.weights[bounds[0]..bounds[1]],
                        );
                        let group = $run;
                        whole.add(group);
                        *into = group;
                    }
                    if let Some(last) = into.last_mut() {
                        *last = whole;
                    }
                }
            }
        }
    };
}
roll_up!(i32, |values, weights, means| narrow(values, weights, means));
roll_up!(i64, |values, weights, means| wide(values, weights, means));

/// Attainment of each unit in one row.
pub(super) struct TakeShares<'a, T> {
    /// One row of cells.
    pub(super) values: &'a [T],
    /// First cell of each group.
    pub(super) starts: &'a [usize],
    /// Units of each group.
    pub(super) sizes: &'a [usize],
    /// By unit.
    pub(super) targets: &'a [i64],
    /// Whether the target is to be undercut.
    pub(super) lower_is_better: bool,
    /// How far shares go.
    pub(super) rule: ShareRule,
    /// By unit.
    pub(super) into: &'a mut [i64],
}

macro_rules! take_shares {
    ($cell:ty, $absent:expr) => {
        impl NullaryFnOnce for TakeShares<'_, $cell> {
            type Output = ();

            #[inline(always)]
            fn call(self) {
                let mut unit = 0;
                for (&start, &size) in self.starts.iter().zip(self.sizes) {
                    let cells = &self.values[start..start + size];
                    let targets = &self.targets[unit..unit + size];
                    let into = &mut self.into[unit..unit + size];
                    for ((&cell, &target), into) in cells.iter().zip(targets).zip(into) {
                        *into = if cell == $absent {
                            NONE
                        } else {
                            self.rule
                                .share(i64::from(cell), 1, target, self.lower_is_better)
                        };
                    }
                    unit += size;
                }
            }
        }
    };
}
take_shares!(i32, ABSENT);
take_shares!(i64, ABSENT_WIDE);

/// Runs an operation with the widest vector instructions that this machine has.
pub(super) fn run<T: NullaryFnOnce<Output = ()>>(operation: T) {
    Arch::new().dispatch(operation);
}
