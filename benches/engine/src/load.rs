//! From Parquet into the cube.

use std::path::Path;

use anyhow::{Context, Result};
use engine::cube::{Cube, Layout, Place, Rollup, ShareRule, Weights};
use parquet::basic::Type;
use parquet::data_type::{DoubleType, Int32Type};

use crate::columns::{Columns, Fault, Group, contained};

pub(crate) const INDICATORS: usize = 300;
pub(crate) const MONTHS: usize = 60;

const COLUMNS: [(&str, Type); 4] = [
    ("indicator", Type::INT32),
    ("month", Type::INT32),
    ("unit", Type::INT32),
    ("value", Type::DOUBLE),
];

/// An empty cube for at most so many indicators, with weights.
pub(crate) fn empty(data: &Path, most: usize) -> Result<Cube> {
    let groups: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(data.join("groups.json"))?)?;
    let numbers = |key: &str| -> Result<Vec<i64>> {
        Ok(groups[key]
            .as_array()
            .context("groups.json")?
            .iter()
            .filter_map(serde_json::Value::as_i64)
            .collect())
    };
    let sizes = numbers("sizes")?
        .into_iter()
        .map(usize::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    let layout = Layout::new(&sizes);
    let weights = Weights::new(&layout, numbers("weights")?.into_iter().map(Some))?;
    let mut cube = Cube::new(layout, MONTHS, vec![weights], ShareRule::WIDE);
    for column in 0..INDICATORS.min(most) {
        // The peers keep both for every indicator; even ones are added, odd ones averaged.
        let rollup = if column % 2 == 0 {
            Rollup::SumAndMean
        } else {
            Rollup::WeightedMean
        };
        cube.add_column(rollup, false, 0)?;
    }
    Ok(cube)
}

/// The cube with at most so many indicators, and how many values were loaded.
pub(crate) fn national(data: &Path, most: usize) -> Result<(Cube, usize)> {
    let mut cube = empty(data, most)?;
    let loaded = fill(&mut cube, &data.join("values.parquet"), most)?;
    targets(&mut cube, data)?;
    Ok((cube, loaded))
}

/// Fills a cube from a file of values; rows beyond `most` indicators are not read where the file is in their order.
///
/// # Errors
/// [`Fault`], by column or row; values before it may have been set, so that the cube is to be thrown away.
pub(crate) fn fill(cube: &mut Cube, path: &Path, most: usize) -> Result<usize, Fault> {
    let file = contained(|| Columns::open(path, &COLUMNS))?;
    let mut loaded = 0;
    // Another thread decodes the next row group while this one fills in the last.
    std::thread::scope(|scope| -> Result<(), Fault> {
        let (sender, receiver) = std::sync::mpsc::sync_channel(2);
        let file = &file;
        scope.spawn(move || {
            for number in 0..file.groups() {
                let group = contained(|| decode(&file.group(number)?));
                let beyond = |first: &i32| usize::try_from(*first).is_ok_and(|first| most <= first);
                let last = group
                    .as_ref()
                    .map_or(true, |group| group.indicators.first().is_none_or(beyond));
                if sender.send(group).is_err() || last {
                    break;
                }
            }
        });
        for group in receiver {
            loaded += set(cube, &group?, most)?;
        }
        Ok(())
    })?;
    Ok(loaded)
}

struct Decoded {
    before: u64,
    indicators: Vec<i32>,
    months: Vec<i32>,
    units: Vec<i32>,
    values: Vec<f64>,
}

fn decode(group: &Group<'_>) -> Result<Decoded, Fault> {
    Ok(Decoded {
        before: group.before,
        indicators: group.column::<Int32Type>(0)?,
        months: group.column::<Int32Type>(1)?,
        units: group.column::<Int32Type>(2)?,
        values: group.column::<DoubleType>(3)?,
    })
}

fn set(cube: &mut Cube, rows: &Decoded, most: usize) -> Result<usize, Fault> {
    let units = cube.layout().units();
    let mut at = 0;
    let mut loaded = 0;
    while at < rows.values.len() {
        let key = (rows.indicators[at], rows.months[at]);
        let run = (at..rows.values.len()).take_while(|row| (rows.indicators[*row], rows.months[*row]) == key);
        let end = at + run.count();
        let known = |column, found: i32, of: usize| {
            let number = usize::try_from(found).ok().filter(|number| *number < of);
            number.ok_or(Fault::Unknown {
                column,
                row: rows.before + at as u64 + 1,
                found: i64::from(found),
            })
        };
        let indicator = known("indicator", key.0, INDICATORS)?;
        let month = known("month", key.1, MONTHS)?;
        if most <= indicator {
            at = end;
            continue;
        }
        let mut fault = None;
        let cells = (at..end).map_while(|row| {
            let place = rows.before + row as u64 + 1;
            let unit = usize::try_from(rows.units[row]).ok().filter(|unit| *unit < units);
            let (unit, value) = (unit, thousandths(rows.values[row]));
            match (unit, value) {
                (Some(unit), Some(value)) => Some((unit, value)),
                (None, _) => {
                    fault = Some(Fault::Unknown {
                        column: "unit",
                        row: place,
                        found: i64::from(rows.units[row]),
                    });
                    None
                }
                (_, None) => {
                    fault = Some(Fault::NoValue {
                        row: place,
                        found: rows.values[row].to_string(),
                    });
                    None
                }
            }
        });
        let set = cube.set_many(indicator, month, cells);
        if let Some(fault) = fault {
            return Err(fault);
        }
        set.map_err(|error| Fault::Unreadable(error.to_string()))?;
        loaded += end - at;
        at = end;
    }
    Ok(loaded)
}

/// Values have three decimals: the nearest whole number of thousandths is the value itself. None of what is no such number.
#[expect(clippy::cast_possible_truncation, reason = "compared before")]
fn thousandths(value: f64) -> Option<i64> {
    let scaled = value * crate::SCALE;
    let whole = scaled.round_ties_even();
    // The double and its product are each off by at most half of ε; up to 10¹⁵ that is well below half a thousandth.
    let off = 2.0 * f64::EPSILON * whole.abs();
    (whole.abs() < 1e15 && (scaled - whole).abs() <= off).then_some(whole as i64)
}

fn targets(cube: &mut Cube, data: &Path) -> Result<()> {
    let columns = [
        ("indicator", Type::INT32),
        ("place", Type::INT32),
        ("due", Type::DOUBLE),
    ];
    let file = Columns::open(&data.join("targets.parquet"), &columns)?;
    for number in 0..file.groups() {
        let group = file.group(number)?;
        let indicators = group.column::<Int32Type>(0)?;
        let places = group.column::<Int32Type>(1)?;
        let due = group.column::<DoubleType>(2)?;
        for ((indicator, place), due) in indicators.iter().zip(&places).zip(&due) {
            let indicator = usize::try_from(*indicator)?;
            if indicator < cube.columns().len() {
                let due = thousandths(*due).context("a target that is no number")?;
                cube.set_target(indicator, place_of(usize::try_from(*place)?), Some(due))?;
            }
        }
    }
    Ok(())
}

/// Units by number, provinces from 4000, the country 5000.
pub(crate) fn place_of(number: usize) -> Place {
    match number {
        5000 => Place::Whole,
        4000.. => Place::Group(number - 4000),
        _ => Place::Unit(number),
    }
}

/// The sum of the weighted means of every group and of the whole, in the cube's scale.
pub(crate) fn mean_sum(cube: &Cube) -> f64 {
    let mut sum = 0.0;
    for column in cube.columns() {
        sum += column
            .all_totals()
            .iter()
            .filter_map(|totals| totals.mean())
            .map(|(over, under)| over as f64 / under as f64)
            .sum::<f64>();
    }
    sum
}

#[cfg(test)]
mod tests;
