//! How earlier forecasts did: each series is cut off at every point, forecast, and compared with what came.

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
}

/// Forecasts every series from each of its points (three at least) up to `furthest` points ahead, and compares. `None` where
/// no series has four points. O(series × points² × model).
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts are small"
)]
pub fn calibrate<'a>(
    series: impl IntoIterator<Item = (&'a [Outcome], &'a [Date])>,
    furthest: usize,
) -> Option<Calibration> {
    let mut found = Calibration::default();
    let (mut squares, mut inside, mut rises) = (0.0, 0_usize, 0_usize);
    for (outcomes, breaks) in series {
        let Some(points) = Points::of(outcomes, breaks) else {
            continue;
        };
        if points.len() <= FEWEST_POINTS {
            continue;
        }
        found.series += 1;
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
                let chance = 1.0 - spread.at_most(last);
                let rose = last < value;
                found.forecasts += 1;
                found.by_smoothing += usize::from(model == Model::Smoothing);
                inside += usize::from(lower <= value && value <= upper);
                rises += usize::from(rose);
                let came = f64::from(u8::from(rose));
                squares += (chance - came) * (chance - came);
                let bin = &mut found.bins[((chance * 10.0) as usize).min(9)];
                bin.count += 1;
                bin.forecast += chance;
                bin.came += came;
            }
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
    Some(found)
}
