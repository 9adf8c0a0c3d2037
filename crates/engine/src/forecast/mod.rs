//! What is likely to come, and how often earlier forecasts were right.
//!
//! Provincial series are short. Months, quarters and halves of two years or more are forecast with the season of their year.
//! Of others, under three points nothing is said; under eight a plain random walk with drift, whose
//! interval is honest about its few points (Student's t); from eight on, exponential smoothing chosen by its likelihood
//! (`augurs`, additive errors only, whose intervals are formulas and not draws). Nothing here draws chance. `f64` lives here;
//! what is shown is rounded.

pub mod calibration;
mod chance;
mod drift;
mod season;
mod smoothing;

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use terms::{Date, Decimal};

pub use calibration::{Backtest, Calibration, Group, backtest, calibrate, calibration_of};
pub use chance::{Chance, chance, chance_within_year};

use crate::exact::years_between;
use crate::pace::{float, round9};
use crate::pursuit::Outcome;

/// Under this many points nothing is forecast.
pub const FEWEST_POINTS: usize = 3;
/// From this many points on, exponential smoothing is used.
pub const SMOOTHING_POINTS: usize = 8;

/// By which model a forecast was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Model {
    /// Random walk with drift.
    Drift,
    /// Exponential smoothing with additive errors.
    Smoothing,
    /// Of months, quarters or halves of two years or more: the effects of the parts of the year, and the rest by one of the
    /// other two.
    Seasonal,
}

impl Model {
    /// Every model, the plainest first.
    pub const ALL: [Model; 3] = [Model::Drift, Model::Smoothing, Model::Seasonal];

    /// The stable code: `drift`, `smoothing`, `seasonal`.
    pub const fn code(self) -> &'static str {
        match self {
            Model::Drift => "drift",
            Model::Smoothing => "smoothing",
            Model::Seasonal => "seasonal",
        }
    }
}

/// What is expected at one time, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The middle.
    pub mean: f64,
    /// The scale around it.
    pub scale: f64,
    /// Degrees of freedom of Student's t; none where the distribution is normal.
    pub freedom: Option<f64>,
}

impl Spread {
    /// The chance that the value is at most `limit`. Without any scale all or nothing.
    pub fn at_most(&self, limit: f64) -> f64 {
        if self.scale <= 0.0 {
            return if self.mean <= limit { 1.0 } else { 0.0 };
        }
        let standard = (limit - self.mean) / self.scale;
        match self.freedom {
            Some(freedom) => {
                StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |student| student.cdf(standard))
            }
            None => Normal::new(0.0, 1.0).map_or(f64::NAN, |normal| normal.cdf(standard)),
        }
    }

    /// The interval that holds the value with a chance of `level`, between 0 and 1.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let upper = 0.5 + level.clamp(0.0, 0.999) / 2.0;
        let reach = match self.freedom {
            Some(freedom) => {
                StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |student| student.inverse_cdf(upper))
            }
            None => Normal::new(0.0, 1.0).map_or(f64::NAN, |normal| normal.inverse_cdf(upper)),
        };
        (self.mean - reach * self.scale, self.mean + reach * self.scale)
    }
}

/// A point of a forecast, as it is shown: nine significant digits, within the natural limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The day for which it is.
    pub day: Date,
    /// The middle.
    pub mean: Decimal,
    /// The lower end of the interval.
    pub lower: Decimal,
    /// The upper end.
    pub upper: Decimal,
}

/// A forecast that carries how much it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// On how many points: always shown with it.
    pub points: usize,
    /// By which model.
    pub model: Model,
    /// Of a hundred such intervals, how many should hold their value.
    pub level_percent: u8,
    /// By day.
    pub steps: Vec<Step>,
}

/// Natural limits of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The least value that can be.
    pub minimum: Option<Decimal>,
    /// The greatest value that can be.
    pub maximum: Option<Decimal>,
}

impl Limits {
    fn hold(&self, value: f64) -> Option<Decimal> {
        let value = round9(value)?;
        let value = self.minimum.map_or(value, |minimum| value.max(minimum));
        Some(self.maximum.map_or(value, |maximum| value.min(maximum)))
    }
}

/// A series in time, as models take it: years since its first point, and values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Points {
    first: Date,
    years: Vec<f64>,
    values: Vec<f64>,
    /// In how many parts of one length they divide their year: 12, 4 or 2; none for other series.
    parts: Option<usize>,
}

impl Points {
    /// The outcomes in order of their days, since the last change of standard; one a day (the longer period wins).
    pub(crate) fn of(outcomes: &[Outcome], breaks: &[Date]) -> Option<Self> {
        let mut sorted = outcomes.to_vec();
        sorted.sort_by_key(|outcome| (outcome.date(), std::cmp::Reverse(outcome.period.start())));
        sorted.dedup_by_key(|outcome| outcome.date());
        let last = sorted.last()?.date();
        let since = breaks.iter().copied().filter(|day| *day <= last).max();
        sorted.retain(|outcome| since.is_none_or(|since| since <= outcome.date()));
        let first = sorted.first()?.date();
        let years = sorted
            .iter()
            .map(|outcome| float(years_between(first, outcome.date())))
            .collect::<Option<_>>()?;
        let values = sorted
            .iter()
            .map(|outcome| float(outcome.value))
            .collect::<Option<_>>()?;
        Some(Self {
            first,
            years,
            values,
            parts: season::parts_of_year(&sorted),
        })
    }

    fn len(&self) -> usize {
        self.values.len()
    }

    fn head(&self, count: usize) -> Self {
        Self {
            first: self.first,
            years: self.years[..count].to_vec(),
            values: self.values[..count].to_vec(),
            parts: self.parts,
        }
    }

    fn last_year(&self) -> f64 {
        self.years.last().copied().unwrap_or(0.0)
    }

    /// Whether the points are one year apart.
    fn is_yearly(&self) -> bool {
        self.years
            .windows(2)
            .all(|pair| (pair[1] - pair[0] - 1.0).abs() < 0.02)
    }

    /// What is expected so many years after the last point; `None` under three points.
    fn ahead(&self, years: f64) -> Option<(Spread, Model)> {
        if self.len() < FEWEST_POINTS || years <= 0.0 {
            return None;
        }
        if let Some(spread) = self.season_ahead(years) {
            return Some((spread, Model::Seasonal));
        }
        let smooth = SMOOTHING_POINTS <= self.len() && self.is_yearly();
        if let Some(spread) = smooth.then(|| smoothing::ahead(&self.values, years)).flatten() {
            return Some((spread, Model::Smoothing));
        }
        Some((drift::Drift::of(self)?.ahead(years), Model::Drift))
    }
}

impl Points {
    /// By the parts of the year, where there are two years of them and the time ahead is a whole number of parts.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "checked to be a small whole number"
    )]
    fn season_ahead(&self, years: f64) -> Option<Spread> {
        let parts = self.parts?;
        let steps = years * parts as f64;
        // Months are not all of one length: a tenth of one is no part of one.
        if 0.2 < (steps - steps.round()).abs() || !(1.0..=600.0).contains(&steps.round()) {
            return None;
        }
        season::Season::of(&self.values, parts)?.ahead(steps.round() as usize)
    }
}

/// Forecasts a series for some days after its last point. `None` where it has fewer than three points since the last change
/// of standard.
pub fn forecast(
    outcomes: &[Outcome],
    breaks: &[Date],
    days: &[Date],
    level_percent: u8,
    limits: Limits,
) -> Option<Forecast> {
    let points = Points::of(outcomes, breaks)?;
    let mut model = Model::Drift;
    let mut steps = Vec::new();
    for day in days {
        let years = float(years_between(points.first, *day))? - points.last_year();
        let Some((spread, by)) = points.ahead(years) else {
            continue;
        };
        let (lower, upper) = spread.interval(f64::from(level_percent) / 100.0);
        model = by;
        steps.push(Step {
            day: *day,
            mean: limits.hold(spread.mean)?,
            lower: limits.hold(lower)?,
            upper: limits.hold(upper)?,
        });
    }
    (!steps.is_empty()).then_some(Forecast {
        points: points.len(),
        model,
        level_percent,
        steps,
    })
}

#[cfg(test)]
mod tests;
