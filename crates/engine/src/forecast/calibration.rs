//! How earlier forecasts did: each series is cut off at every point, forecast, and compared with what came.

use std::collections::BTreeMap;

use terms::Date;

use super::{FEWEST_POINTS, Model, Points};
use crate::pursuit::Outcome;

/// The level of the intervals that are tested.
pub const LEVEL_PERCENT: u8 = 80;

/// Forecasts that were given a like chance, and how often the thing came about.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bin {
    /// How many forecasts.
    pub count: usize,
    /// Their mean chance, 0 to 1.
    pub forecast: f64,
    /// How often it came about, 0 to 1.
    pub came: f64,
}

/// How the forecasts of one model did, so far ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// By which model.
    pub model: Model,
    /// Of which parts of a year the series was: 12, 4, 2; 1 for years and points that are unevenly far apart.
    pub parts: usize,
    /// How many points ahead.
    pub ahead: usize,
    /// How many forecasts.
    pub forecasts: usize,
    /// Brier score, as that of all.
    pub brier: f64,
    /// Share of values that fell inside the 80% interval.
    pub coverage: f64,
}

/// How forecasts did against what came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Calibration {
    /// How many series took part.
    pub series: usize,
    /// How many forecasts were compared.
    pub forecasts: usize,
    /// How many of them were made by exponential smoothing.
    pub by_smoothing: usize,
    /// Brier score of the chance that a value is above the last one known: mean squared error, 0 is perfect, 0.25 is what
    /// «always 50%» gets.
    pub brier: f64,
    /// The Brier score of always saying how often it comes about: to be beaten.
    pub brier_of_base_rate: f64,
    /// Share of values that fell inside the 80% interval.
    pub coverage: f64,
    /// By tenths of the chance.
    pub bins: [Bin; 10],
    /// By model, length of period and how far ahead, in this order.
    pub groups: Vec<Group>,
}

/// A forecast from a point of a series, and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backtest {
    model: Model,
    parts: usize,
    ahead: usize,
    chance: f64,
    rose: bool,
    is_inside: bool,
}

/// Forecasts a series from each of its points (three at least) up to `furthest` points ahead; none where it has fewer than
/// four. O(points² × model): worth keeping for as long as the series stays as it is.
pub fn backtest(outcomes: &[Outcome], breaks: &[Date], furthest: usize) -> Option<Vec<Backtest>> {
    let points = Points::of(outcomes, breaks)?;
    if points.len() <= FEWEST_POINTS {
        return None;
    }
    let mut found = Vec::new();
    for origin in FEWEST_POINTS..points.len() {
        let known = points.head(origin);
        let last = known.values[origin - 1];
        for target in origin..points.len().min(origin + furthest) {
            let years = points.years[target] - known.last_year();
            let Some((spread, model)) = known.ahead(years) else {
                continue;
            };
            let value = points.values[target];
            let (lower, upper) = spread.interval(f64::from(LEVEL_PERCENT) / 100.0);
            found.push(Backtest {
                model,
                parts: points.parts.unwrap_or(1),
                ahead: target - origin + 1,
                chance: 1.0 - spread.at_most(last),
                rose: last < value,
                is_inside: lower <= value && value <= upper,
            });
        }
    }
    Some(found)
}

/// Forecasts every series from each of its points (three at least) up to `furthest` points ahead, and compares. `None` where
/// no series has four points. O(series × points² × model).
pub fn calibrate<'a>(
    series: impl IntoIterator<Item = (&'a [Outcome], &'a [Date])>,
    furthest: usize,
) -> Option<Calibration> {
    let series = series.into_iter();
    let tested: Vec<Vec<Backtest>> = series
        .filter_map(|(outcomes, breaks)| backtest(outcomes, breaks, furthest))
        .collect();
    calibration_of(tested.iter().map(Vec::as_slice))
}

/// What the backtests of series come to, added up in the order given. `None` where there is no forecast. O(forecasts).
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts are small"
)]
pub fn calibration_of<'a>(series: impl IntoIterator<Item = &'a [Backtest]>) -> Option<Calibration> {
    let mut found = Calibration::default();
    let (mut squares, mut inside, mut rises) = (0.0, 0_usize, 0_usize);
    let mut groups: BTreeMap<(Model, usize, usize), (usize, f64, usize)> = BTreeMap::new();
    for backtests in series {
        found.series += 1;
        for test in backtests {
            found.forecasts += 1;
            found.by_smoothing += usize::from(test.model == Model::Smoothing);
            inside += usize::from(test.is_inside);
            rises += usize::from(test.rose);
            let came = f64::from(u8::from(test.rose));
            let square = (test.chance - came) * (test.chance - came);
            squares += square;
            let group = groups.entry((test.model, test.parts, test.ahead)).or_default();
            group.0 += 1;
            group.1 += square;
            group.2 += usize::from(test.is_inside);
            let bin = &mut found.bins[((test.chance * 10.0) as usize).min(9)];
            bin.count += 1;
            bin.forecast += test.chance;
            bin.came += came;
        }
    }
    if found.forecasts == 0 {
        return None;
    }
    let count = found.forecasts as f64;
    let rate = rises as f64 / count;
    found.brier = squares / count;
    found.brier_of_base_rate = rate * (1.0 - rate);
    found.coverage = inside as f64 / count;
    for bin in found.bins.iter_mut().filter(|bin| bin.count != 0) {
        bin.forecast /= bin.count as f64;
        bin.came /= bin.count as f64;
    }
    found.groups = groups
        .into_iter()
        .map(|((model, parts, ahead), (forecasts, squares, inside))| Group {
            model,
            parts,
            ahead,
            forecasts,
            brier: squares / forecasts as f64,
            coverage: inside as f64 / forecasts as f64,
        })
        .collect();
    Some(found)
}
