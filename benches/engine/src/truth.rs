//! Every aggregate beside DuckDB's: sums, weighted sums, weights and counts of every province and of the country for every
//! indicator and month; every attainment; every unit's tally. Whole numbers all, compared one by one to the last digit.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use engine::cube::Cube;
use parquet::basic::Type;
use parquet::data_type::{Int32Type, Int64Type};

use crate::columns::Columns;
use crate::load::{MONTHS, place_of};

/// How many numbers were compared, and how many of them are the same.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Equal {
    /// The same to the last digit.
    pub(crate) same: usize,
    /// All that either side has.
    pub(crate) of: usize,
}

impl Equal {
    fn add(&mut self, ours: Option<i64>, theirs: Option<i64>) {
        if ours.is_some() || theirs.is_some() {
            self.of += 1;
            self.same += usize::from(ours == theirs);
        }
    }
}

/// Compares the computed cube with the files of `duckdb_exact.py`.
pub(crate) fn compare(cube: &Cube, folder: &Path) -> Result<Equal> {
    let mut equal = Equal::default();
    let (int, long) = (Type::INT32, Type::INT64);
    let mut theirs: HashMap<(i32, i32, i32), [i64; 4]> = HashMap::new();
    let columns = [
        ("place", int),
        ("indicator", int),
        ("month", int),
        ("total", long),
        ("weighted", long),
        ("weight", long),
        ("known", long),
    ];
    let file = Columns::open(&folder.join("totals.parquet"), &columns)?;
    for number in 0..file.groups() {
        let group = file.group(number)?;
        let keys: Vec<Vec<i32>> = (0..3)
            .map(|at| group.column::<Int32Type>(at))
            .collect::<Result<_, _>>()?;
        let values: Vec<Vec<i64>> = (3..7)
            .map(|at| group.column::<Int64Type>(at))
            .collect::<Result<_, _>>()?;
        for row in 0..values[0].len() {
            let key = (keys[0][row], keys[1][row], keys[2][row]);
            theirs.insert(
                key,
                [values[0][row], values[1][row], values[2][row], values[3][row]],
            );
        }
    }
    let groups = cube.layout().groups();
    for column in 0..cube.columns().len() {
        for month in 0..MONTHS {
            for place in (0..groups).map(|group| 4000 + group).chain([5000]) {
                let ours = cube.totals(column, month, place_of(place)).context("totals")?;
                let key = (
                    i32::try_from(place)?,
                    i32::try_from(column)?,
                    i32::try_from(month)?,
                );
                let theirs = theirs.remove(&key);
                let ours = (ours.count != 0).then_some([ours.sum, ours.weighted, ours.weight, ours.count]);
                for at in 0..4 {
                    equal.add(ours.map(|ours| ours[at]), theirs.map(|theirs| theirs[at]));
                }
            }
        }
    }
    // What they have of cells that we do not know of is not the same.
    equal.of += 4 * theirs.len();
    shares(cube, folder, &mut equal)?;
    tallies(cube, folder, &mut equal)?;
    Ok(equal)
}

fn shares(cube: &Cube, folder: &Path, equal: &mut Equal) -> Result<()> {
    let mut theirs: HashMap<(i32, i32), i64> = HashMap::new();
    let columns = [
        ("place", Type::INT32),
        ("indicator", Type::INT32),
        ("share", Type::INT64),
    ];
    let file = Columns::open(&folder.join("shares.parquet"), &columns)?;
    for number in 0..file.groups() {
        let group = file.group(number)?;
        let (places, indicators) = (group.column::<Int32Type>(0)?, group.column::<Int32Type>(1)?);
        let shares = group.column::<Int64Type>(2)?;
        for row in 0..shares.len() {
            theirs.insert((places[row], indicators[row]), shares[row]);
        }
    }
    let (units, groups) = (cube.layout().units(), cube.layout().groups());
    let places: Vec<usize> = (0..units)
        .chain((0..groups).map(|group| 4000 + group))
        .chain([5000])
        .collect();
    for column in 0..cube.columns().len() {
        for place in &places {
            let ours = cube.share(column, place_of(*place));
            equal.add(
                ours,
                theirs.remove(&(i32::try_from(*place)?, i32::try_from(column)?)),
            );
        }
    }
    equal.of += theirs.len();
    Ok(())
}

/// The sum and number of each unit's attainments, and its rank among all by their mean.
fn tallies(cube: &Cube, folder: &Path, equal: &mut Equal) -> Result<()> {
    let columns = [
        ("place", Type::INT32),
        ("share", Type::INT64),
        ("count", Type::INT64),
    ];
    let file = Columns::open(&folder.join("tally.parquet"), &columns)?;
    let mut theirs: Vec<(u32, i128, i128)> = Vec::new();
    for number in 0..file.groups() {
        let group = file.group(number)?;
        let (places, sums, counts) = (
            group.column::<Int32Type>(0)?,
            group.column::<Int64Type>(1)?,
            group.column::<Int64Type>(2)?,
        );
        for row in 0..places.len() {
            theirs.push((
                u32::try_from(places[row])?,
                i128::from(sums[row]),
                i128::from(counts[row]),
            ));
        }
    }
    // Best first: a ÷ b before c ÷ d where a × d is greater than c × b; equal means share a rank.
    theirs.sort_by(|a, b| (b.1 * a.2).cmp(&(a.1 * b.2)).then(a.0.cmp(&b.0)));
    let mut rank = 0;
    for at in 0..theirs.len().max(cube.ranking().len()) {
        let their = theirs.get(at).map(|(unit, sum, count)| {
            let ties = at
                .checked_sub(1)
                .map(|before| theirs[before])
                .is_some_and(|before| before.1 * count == sum * before.2);
            if !ties {
                rank = at as i64 + 1;
            }
            [i64::from(*unit), *sum as i64, *count as i64, rank]
        });
        let our = cube.ranking().get(at).map(|our| {
            [
                i64::from(our.unit),
                our.tally.sum,
                our.tally.count,
                i64::from(our.rank),
            ]
        });
        for part in 0..4 {
            equal.add(our.map(|our| our[part]), their.map(|their| their[part]));
        }
    }
    Ok(())
}

/// The places of a cube are those of the files.
#[cfg(test)]
mod tests {
    use engine::cube::Place;

    use super::*;

    #[test]
    fn what_only_one_side_has_is_not_equal() {
        let mut equal = Equal::default();
        for (ours, theirs) in [
            (Some(1), Some(1)),
            (Some(1), Some(2)),
            (None, Some(1)),
            (Some(1), None),
            (None, None),
        ] {
            equal.add(ours, theirs);
        }
        assert_eq!((equal.same, equal.of), (1, 4));
        assert_eq!((place_of(4003), place_of(5000)), (Place::Group(3), Place::Whole));
    }
}
