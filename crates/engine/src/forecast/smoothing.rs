//! Exponential smoothing by `augurs`.
//!
//! Additive errors only (`AZN`): for multiplicative ones the library draws its intervals with a random generator of its own,
//! and the same series would not give the same answer twice. It has no seasonal models; yearly series need none.

use augurs_core::prelude::{Fit, Predict};
use augurs_ets::AutoETS;
use statrs::distribution::{ContinuousCDF, Normal};

use super::Spread;

/// The level at which the library is asked for an interval, from which the scale is read back.
const LEVEL: f64 = 0.8;

/// The value so many whole years after the last; `None` where the library finds no model or the years are no whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a small whole number"
)]
pub(super) fn ahead(values: &[f64], years: f64) -> Option<Spread> {
    let whole = years.round();
    if 0.02 < (years - whole).abs() || !(1.0..=50.0).contains(&whole) {
        return None;
    }
    let horizon = whole as usize;
    // A series that never moves has no likelihood to choose by.
    if values
        .windows(2)
        .all(|pair| (pair[0] - pair[1]).abs() < f64::EPSILON)
    {
        return None;
    }
    let model = AutoETS::new(1, "AZN").ok()?.fit(values).ok()?;
    let forecast = model.predict(horizon, LEVEL).ok()?;
    let mean = *forecast.point.get(horizon - 1)?;
    let upper = *forecast.intervals?.upper.get(horizon - 1)?;
    let reach = Normal::new(0.0, 1.0).ok()?.inverse_cdf(0.5 + LEVEL / 2.0);
    let scale = (upper - mean) / reach;
    (mean.is_finite() && scale.is_finite() && 0.0 <= scale).then_some(Spread {
        mean,
        scale,
        freedom: None,
    })
}
