//! A random walk with drift over points that need not be equally far apart.

use super::{Points, Spread};

/// Drift and unrest of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drift {
    last: f64,
    /// Mean change a year.
    slope: f64,
    /// Variance of the change of one year around it.
    variance: f64,
    /// Years between first and last point.
    span: f64,
    /// Steps less one: of the steps one is spent on the slope.
    freedom: f64,
}

impl Drift {
    /// `slope = (last − first) ÷ span`; the variance is that of the steps around it, each divided by its length, over
    /// (steps − 1).
    #[expect(clippy::cast_precision_loss, reason = "series have few points")]
    pub(super) fn of(points: &Points) -> Option<Self> {
        let (first, last) = (*points.values.first()?, *points.values.last()?);
        let span = points.last_year();
        let steps = points.len().checked_sub(1).filter(|steps| 2 <= *steps)?;
        if span <= 0.0 {
            return None;
        }
        let slope = (last - first) / span;
        let squares: f64 = points
            .years
            .windows(2)
            .zip(points.values.windows(2))
            .map(|(years, values)| {
                let length = years[1] - years[0];
                let off = values[1] - values[0] - slope * length;
                off * off / length
            })
            .sum();
        let freedom = (steps - 1) as f64;
        Some(Self {
            last,
            slope,
            variance: squares / freedom,
            span,
            freedom,
        })
    }

    /// The value so many years on: the variance grows with the years, and with their square for the slope's own unrest.
    pub(super) fn ahead(&self, years: f64) -> Spread {
        let variance = self.variance * (years + years * years / self.span);
        Spread {
            mean: self.last + self.slope * years,
            scale: variance.sqrt(),
            freedom: Some(self.freedom),
        }
    }

    /// The sum of the values of the next `count` years. A step is part of every later value:
    /// Σ (count − j + 1)² for the steps, (Σ j)² ÷ span for the slope.
    pub(super) fn sum_ahead(&self, count: u32) -> Spread {
        let count = f64::from(count);
        let ways = count * (count + 1.0) / 2.0;
        let squares = count * (count + 1.0) * (2.0 * count + 1.0) / 6.0;
        let variance = self.variance * (squares + ways * ways / self.span);
        Spread {
            mean: count * self.last + self.slope * ways,
            scale: variance.sqrt(),
            freedom: Some(self.freedom),
        }
    }
}
