//! How fast: the pace so far, the pace that is needed from now on, and what is expected today.

use plan::{Basis, TargetPath};
use terms::{Date, Decimal};

use crate::Error;
use crate::exact::{add, div, mul, sub, years_between};
use crate::path;
use crate::pursuit::{Course, Pursuit, Side};

/// A speed, in two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Units of the series for each year, signed: −3 means a fall of 3 a year. Exact but for one division.
    pub per_year: Decimal,
    /// Per cent for each year, compounded, where both ends are above zero; to 9 significant digits.
    pub growth_percent: Option<Decimal>,
}

/// The pace from the baseline to the latest value. `None` where either is missing, they are of one day, or of two
/// standards. For a sum: what was added for each year so far; for a mean: nothing.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn observed(course: &Course) -> Result<Option<Pace>, Error> {
    match (course.start, course.now) {
        (Some(from), Some(to)) if !course.across_break => between(from, to),
        _ => Ok(None),
    }
}

/// The pace that is needed each year from the latest value to the due day.
///
/// Zero where the target is reached already. `None` where nothing is known, the due day has passed (or no value after the
/// latest one can still count), or standards differ. For a mean: the mean that the remaining years must have (of growth the geometric one). For a sum:
/// what must be added in each remaining year.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Overlap`].
pub fn required(pursuit: &Pursuit<'_>, course: &Course) -> Result<Option<Pace>, Error> {
    if course.across_break || course.due < pursuit.today {
        return Ok(None);
    }
    let eve = pursuit.due.start().yesterday().unwrap_or(pursuit.due.start());
    if pursuit.basis.is_mean() {
        let whole = years_between(eve, course.due);
        let (day, mean) = course.now.unwrap_or((eve, Decimal::ZERO));
        let (past, left) = (years_between(eve, day), years_between(day, course.due));
        if left <= Decimal::ZERO {
            return Ok(None);
        }
        let goal = if course.side == Side::Within {
            course.goal_seen_from(mean)
        } else {
            course.goal()
        };
        if pursuit.basis == Basis::Compound {
            return Ok(
                remaining_rate(goal, whole, mean, past, left)?.map(|per_year| Pace {
                    per_year,
                    growth_percent: None,
                }),
            );
        }
        let missing = sub(mul(goal, whole)?, mul(mean, past)?)?;
        return Ok(Some(Pace {
            per_year: div(missing, left)?,
            growth_percent: None,
        }));
    }
    let Some(from) = course.now.or(course.start) else {
        return Ok(None);
    };
    if course.is_reached_by(from.1) && course.now.is_some() {
        return Ok((from.0 < course.due).then_some(Pace {
            per_year: Decimal::ZERO,
            growth_percent: None,
        }));
    }
    let pace = between(from, (course.due, course.goal_seen_from(from.1)))?;
    Ok(pace.map(|pace| Pace {
        growth_percent: pace.growth_percent.filter(|_| pursuit.basis != Basis::Sum),
        ..pace
    }))
}

/// The rate a year whose product over so many years is `product`, in per cent to 9 significant digits; −100 where nothing
/// is left.
///
/// # Errors
/// [`Error::TooLarge`].
pub(crate) fn mean_rate(product: Decimal, years: Decimal) -> Result<Decimal, Error> {
    if product <= Decimal::ZERO {
        return Ok(-Decimal::ONE_HUNDRED);
    }
    let (product, years) = (
        float(product).ok_or(Error::TooLarge)?,
        float(years).ok_or(Error::TooLarge)?,
    );
    percent(libm::pow(product, 1.0 / years) - 1.0)
}

/// The rate a year that the years `left` must have, so that all of `whole` come to `goal` after `past` years of `mean`; none
/// where nothing is left to grow from.
fn remaining_rate(
    goal: Decimal,
    whole: Decimal,
    mean: Decimal,
    past: Decimal,
    left: Decimal,
) -> Result<Option<Decimal>, Error> {
    let grown = |rate: Decimal, years: Decimal| -> Result<f64, Error> {
        let factor = add(Decimal::ONE, div(rate, Decimal::ONE_HUNDRED)?)?.max(Decimal::ZERO);
        let (factor, years) = (float(factor).zip(float(years))).ok_or(Error::TooLarge)?;
        Ok(libm::pow(factor, years))
    };
    let (all, so_far) = (grown(goal, whole)?, grown(mean, past)?);
    let left = float(left).ok_or(Error::TooLarge)?;
    let rate = libm::pow(all / so_far, 1.0 / left) - 1.0;
    rate.is_finite().then(|| percent(rate)).transpose()
}

/// The value expected on `day`, on the path from the baseline to the target.
///
/// For a mean the aim itself; for a sum what should have been added by then. `None` without a baseline.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn expected(
    path: &TargetPath,
    basis: Basis,
    course: &Course,
    day: Date,
) -> Result<Option<Decimal>, Error> {
    match (basis, course.start) {
        (Basis::Average | Basis::Compound, _) => Ok(Some(course.goal())),
        (_, Some(start)) => path::expected_on(path, start, (course.due, course.goal()), day).map(Some),
        (_, None) => Ok(None),
    }
}

/// The pace from one point to another; `None` where they are of one day or in the wrong order.
fn between(from: (Date, Decimal), to: (Date, Decimal)) -> Result<Option<Pace>, Error> {
    let years = years_between(from.0, to.0);
    if years <= Decimal::ZERO {
        return Ok(None);
    }
    Ok(Some(Pace {
        per_year: div(sub(to.1, from.1)?, years)?,
        growth_percent: growth(from.1, to.1, years).and_then(|rate| percent(rate).ok()),
    }))
}

fn percent(rate: f64) -> Result<Decimal, Error> {
    round9(rate * 100.0).ok_or(Error::TooLarge)
}

/// Compound growth for each year, as a plain ratio: `(to ÷ from)^(1 ÷ years) − 1`, always computed in this order, with a
/// power function that gives the same bits on every machine. `None` unless both ends are above zero and years are too.
pub fn growth(from: Decimal, to: Decimal, years: Decimal) -> Option<f64> {
    if from <= Decimal::ZERO || to <= Decimal::ZERO || years <= Decimal::ZERO {
        return None;
    }
    let ratio = float(to)? / float(from)?;
    let rate = libm::pow(ratio, 1.0 / float(years)?) - 1.0;
    rate.is_finite().then_some(rate)
}

/// The point at `part` (0 to 1) of a way of constant growth, to 9 significant digits.
pub(crate) fn compound_between(from: Decimal, to: Decimal, part: Decimal) -> Option<Decimal> {
    if from <= Decimal::ZERO || to <= Decimal::ZERO {
        return None;
    }
    let (from, to) = (float(from)?, float(to)?);
    round9(from * libm::pow(to / from, float(part)?))
}

/// A decimal as the nearest `f64`.
pub(crate) fn float(value: Decimal) -> Option<f64> {
    use std::str::FromStr;
    // By way of the text: correctly rounded, which the library's own conversion does not promise.
    f64::from_str(&value.to_string())
        .ok()
        .filter(|value| value.is_finite())
}

/// An `f64` as a decimal of 9 significant digits.
pub(crate) fn round9(value: f64) -> Option<Decimal> {
    use std::str::FromStr;
    Decimal::from_scientific(&format!("{value:.8e}"))
        .or_else(|_| Decimal::from_str(&format!("{value:.9}")))
        .ok()
        .map(|value| value.normalize())
}

/// What would be reached on the due day if the observed pace went on, straight.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn carried_on(course: &Course) -> Result<Option<Decimal>, Error> {
    let (Some(pace), Some((day, value))) = (observed(course)?, course.now) else {
        return Ok(None);
    };
    let left = years_between(day, course.due).max(Decimal::ZERO);
    add(value, mul(pace.per_year, left)?).map(Some)
}
