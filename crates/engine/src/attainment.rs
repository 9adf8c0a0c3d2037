//! How much of a target has been reached, and how much is missing.

use terms::Decimal;

use crate::Error;
use crate::exact::{div, sub};
use crate::pursuit::{Course, Side};

/// How much of a target has been reached, and by which measure that can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attainment {
    /// The share of the way from the baseline to the target that has been covered: 1 at the target, above 1 beyond it,
    /// below 0 where the value moved away.
    OfWay(Decimal),
    /// The value as a share of the target (from above: the target as a share of the value), where no baseline is known,
    /// or where a sum or a mean is asked for.
    OfLevel(Decimal),
    /// The target is to stay where the baseline is, or in a band: kept or not, there is no part of it.
    Kept(bool),
    /// Target or value is zero and there is no baseline: reached or not, no share can be named.
    Reached(bool),
    /// Nothing is known yet, or baseline and value are of two standards.
    Unknown,
}

impl Attainment {
    /// The share, where there is one: a plain ratio, not per cent.
    pub const fn ratio(self) -> Option<Decimal> {
        match self {
            Attainment::OfWay(ratio) | Attainment::OfLevel(ratio) => Some(ratio),
            Attainment::Kept(_) | Attainment::Reached(_) | Attainment::Unknown => None,
        }
    }
}

/// Share of the way from baseline to target that has been covered by `actual`, or the next best measure.
///
/// `(actual − baseline) ÷ (target − baseline)`, to 28 digits. | where | what |
/// baseline = target: [`Attainment::Kept`]. No baseline: actual ÷ target, from above target ÷ actual, if both are above
/// zero, else [`Attainment::Reached`]. A band: [`Attainment::Kept`]. O(1).
///
/// # Errors
/// [`Error::TooLarge`].
pub fn attainment(course: &Course) -> Result<Attainment, Error> {
    let Some((_, actual)) = course.now.filter(|_| !course.across_break) else {
        return Ok(Attainment::Unknown);
    };
    let goal = course.goal();
    if course.side == Side::Within {
        return Ok(Attainment::Kept(course.is_reached_by(actual)));
    }
    match course.start {
        Some((_, baseline)) if baseline == goal => Ok(Attainment::Kept(course.is_reached_by(actual))),
        // The baseline is already beyond: to stay there is what is asked.
        Some((_, baseline)) if course.is_reached_by(baseline) => {
            Ok(Attainment::Kept(course.is_reached_by(actual)))
        }
        Some((_, baseline)) => Ok(Attainment::OfWay(div(
            sub(actual, baseline)?,
            sub(goal, baseline)?,
        )?)),
        None if actual <= Decimal::ZERO || goal <= Decimal::ZERO => {
            Ok(Attainment::Reached(course.is_reached_by(actual)))
        }
        None if course.side == Side::Down => Ok(Attainment::OfLevel(div(goal, actual)?)),
        None => Ok(Attainment::OfLevel(div(actual, goal)?)),
    }
}

/// What is missing to the target, in the unit of the series: above zero where it is missing, below where there is more
/// than enough, zero at the edge (where «over» is still missed) and anywhere inside a band.
///
/// # Errors
/// [`Error::TooLarge`]. `None` where nothing is known yet or standards differ.
pub fn gap(course: &Course) -> Result<Option<Decimal>, Error> {
    let Some((_, actual)) = course.now.filter(|_| !course.across_break) else {
        return Ok(None);
    };
    match course.side {
        Side::Up => sub(course.low, actual).map(Some),
        Side::Down => sub(actual, course.high).map(Some),
        Side::Within => sub(actual, course.goal_seen_from(actual)).map(|off| Some(off.abs())),
    }
}
