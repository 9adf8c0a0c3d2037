//! From Parquet into the cube.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use engine::cube::{Cube, Layout, Place, Rollup, ShareRule, Weights};
use parquet::column::reader::{ColumnReader, get_typed_column_reader};
use parquet::data_type::{DataType, DoubleType, Int32Type};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};

use crate::SCALE;

pub(crate) const INDICATORS: usize = 300;
pub(crate) const MONTHS: usize = 60;

/// The cube with at most so many indicators, and how many values were loaded.
pub(crate) fn national(data: &Path, most: usize) -> Result<(Cube, usize)> {
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
    let file = SerializedFileReader::new(File::open(data.join("values.parquet"))?)?;
    let mut loaded = 0;
    // Another thread decodes the next row group while this one fills in the last.
    std::thread::scope(|scope| -> Result<()> {
        let (sender, receiver) = std::sync::mpsc::sync_channel(2);
        let file = &file;
        scope.spawn(move || {
            for number in 0..file.num_row_groups() {
                let group = file
                    .get_row_group(number)
                    .map_err(anyhow::Error::from)
                    .and_then(|group| decode(&*group));
                let beyond = |first: &i32| usize::try_from(*first).is_ok_and(|first| most <= first);
                let last = group
                    .as_ref()
                    .map_or(true, |group| group.0.first().is_none_or(beyond));
                if sender.send(group).is_err() || last {
                    break;
                }
            }
        });
        for group in receiver {
            let (indicators, months, units, values) = group?;
            let mut at = 0;
            while at < values.len() {
                let key = (indicators[at], months[at]);
                let end = at
                    + (at..values.len())
                        .take_while(|row| (indicators[*row], months[*row]) == key)
                        .count();
                if most <= usize::try_from(key.0)? {
                    return Ok(());
                }
                let rows = units[at..end].iter().zip(&values[at..end]);
                let cells = rows.map(|(unit, value)| (*unit as usize, thousandths(*value)));
                cube.set_many(usize::try_from(key.0)?, usize::try_from(key.1)?, cells)?;
                loaded += end - at;
                at = end;
            }
        }
        Ok(())
    })?;
    targets(&mut cube, data)?;
    Ok((cube, loaded))
}

/// Values have three decimals: the nearest whole number of thousandths is the value itself.
#[expect(clippy::cast_possible_truncation, reason = "the bench's values are small")]
fn thousandths(value: f64) -> i64 {
    (value * SCALE).round_ties_even() as i64
}

type Decoded = (Vec<i32>, Vec<i32>, Vec<i32>, Vec<f64>);

fn decode(group: &dyn RowGroupReader) -> Result<Decoded> {
    let rows = usize::try_from(group.metadata().num_rows())?;
    Ok((
        column::<Int32Type>(group.get_column_reader(0)?, rows)?,
        column::<Int32Type>(group.get_column_reader(1)?, rows)?,
        column::<Int32Type>(group.get_column_reader(2)?, rows)?,
        column::<DoubleType>(group.get_column_reader(3)?, rows)?,
    ))
}

fn column<T: DataType>(reader: ColumnReader, rows: usize) -> Result<Vec<T::T>> {
    let (mut values, mut levels) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut reader = get_typed_column_reader::<T>(reader);
    while values.len() < rows {
        let (read, ..) = reader.read_records(rows - values.len(), Some(&mut levels), None, &mut values)?;
        ensure!(read != 0, "the file ends early");
    }
    Ok(values)
}

fn targets(cube: &mut Cube, data: &Path) -> Result<()> {
    let file = SerializedFileReader::new(File::open(data.join("targets.parquet"))?)?;
    for number in 0..file.num_row_groups() {
        let group = file.get_row_group(number)?;
        let rows = usize::try_from(group.metadata().num_rows())?;
        let indicators = column::<Int32Type>(group.get_column_reader(0)?, rows)?;
        let places = column::<Int32Type>(group.get_column_reader(1)?, rows)?;
        let due = column::<DoubleType>(group.get_column_reader(2)?, rows)?;
        for ((indicator, place), due) in indicators.iter().zip(&places).zip(&due) {
            let (indicator, place) = (usize::try_from(*indicator)?, usize::try_from(*place)?);
            let place = match place {
                5000 => Place::Whole,
                4000.. => Place::Group(place - 4000),
                _ => Place::Unit(place),
            };
            if indicator < cube.columns().len() {
                cube.set_target(indicator, place, Some(thousandths(*due)))?;
            }
        }
    }
    Ok(())
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
