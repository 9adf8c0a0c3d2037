//! The chance that a target is reached by its day.

use plan::Basis;
use terms::{Date, Decimal, TimePeriod};

use super::drift::Drift;
use super::season::Season;
use super::{Limits, Model, Points, Spread};
use crate::Error;
use crate::exact::{sub, years_between};
use crate::pace::float;
use crate::pursuit::{Course, Outcome, Pursuit, Side};

/// A chance, never without the number of points behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// In hundredths, between 1 and 99: a model is never sure.
    pub percent: u8,
    /// How many values it stands on.
    pub points: usize,
    /// By which model.
    pub model: Model,
    /// What is expected on the due day (or as the sum or mean over the period), with an 80% interval.
    pub expected: Decimal,
    /// The lower end of the interval.
    pub lower: Decimal,
    /// The upper end.
    pub upper: Decimal,
    /// The due day.
    pub by: Date,
}

/// The chance of reaching a target by its due day, from the series alone.
///
/// `None` under three values since the last change of standard, where the last value is already of the due day or later,
/// and for a change without its baseline. For a sum or a mean the values still to come in the period are added up, by the
/// drift model whatever their number, since it tells how they hang together.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Overlap`].
pub fn chance(pursuit: &Pursuit<'_>) -> Result<Option<Chance>, Error> {
    if pursuit.basis == Basis::Compound {
        return of_logarithms(pursuit);
    }
    let course = pursuit.course()?;
    if course.across_break || (pursuit.basis.has_start() && course.now.is_none()) {
        return Ok(None);
    }
    let Some(points) = Points::of(pursuit.results, pursuit.breaks) else {
        return Ok(None);
    };
    let ahead = if pursuit.basis.has_start() {
        let years = float(years_between(points.first, course.due)).map(|years| years - points.last_year());
        years.and_then(|years| points.ahead(years))
    } else {
        over_period(pursuit, &points)?.map(|spread| (spread, Model::Drift))
    };
    let limits = if pursuit.basis == Basis::Sum {
        Limits::default()
    } else {
        Limits {
            minimum: pursuit.minimum,
            maximum: pursuit.maximum,
        }
    };
    Ok(ahead.and_then(|(spread, model)| {
        let (lower, upper) = spread.interval(0.8);
        Some(Chance {
            percent: percent(reaching(&course, &spread)?),
            points: points.len(),
            model,
            expected: limits.hold(spread.mean)?,
            lower: limits.hold(lower)?,
            upper: limits.hold(upper)?,
            by: course.due,
        })
    }))
}

/// The chance that what is gathered within the one year of a target reaches it: what is known, and the parts still to come with
/// the season of their year.
///
/// `parts` are the values of the series whatever their period; the finest parts that follow each other up to the latest value
/// are taken. `None` under two years of them, where the year is over, and for anything but a sum over one year.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Overlap`].
pub fn chance_within_year(pursuit: &Pursuit<'_>, parts: &[Outcome]) -> Result<Option<Chance>, Error> {
    let course = pursuit.course()?;
    let (Basis::Sum, TimePeriod::Year(_), Some((day, known))) = (pursuit.basis, pursuit.due, course.now)
    else {
        return Ok(None);
    };
    if course.due <= day {
        return Ok(None);
    }
    let since = pursuit.breaks.iter().copied().filter(|first| *first <= day).max();
    let of_length = |length: u32| -> Vec<Outcome> {
        let mut of_length: Vec<Outcome> = parts
            .iter()
            .filter(|part| parts_in_year(part.period) == Some(length) && part.date() <= day)
            .filter(|part| since.is_none_or(|since| since <= part.period.start()))
            .copied()
            .collect();
        of_length.sort_by_key(|part| part.period);
        // From the last gap on: what lies before it is no part of one series.
        let gap = of_length
            .windows(2)
            .rposition(|pair| pair[0].period.end().tomorrow().ok() != Some(pair[1].period.start()));
        of_length.split_off(gap.map_or(0, |at| at + 1))
    };
    for length in [12, 4, 2] {
        let series = of_length(length);
        if series.last().is_none_or(|last| last.date() != day) {
            continue;
        }
        let values: Option<Vec<f64>> = series.iter().map(|part| float(part.value)).collect();
        let Some(season) = values.and_then(|values| Season::of(&values, length as usize)) else {
            continue;
        };
        let of_year = series
            .iter()
            .filter(|part| pursuit.due.contains(part.period))
            .count();
        let left = length - u32::try_from(of_year).unwrap_or(length).min(length);
        let (Some(coming), Some(known)) = (season.sum_ahead(left), float(known)) else {
            continue;
        };
        let spread = Spread {
            mean: known + coming.mean,
            ..coming
        };
        let (lower, upper) = spread.interval(0.8);
        let limits = Limits::default();
        let found = reaching(&course, &spread).zip(limits.hold(spread.mean));
        let interval = limits.hold(lower).zip(limits.hold(upper));
        return Ok(found
            .zip(interval)
            .map(|((chance, expected), (lower, upper))| Chance {
                percent: percent(chance),
                points: series.len(),
                model: Model::Seasonal,
                expected,
                lower,
                upper,
                by: course.due,
            }));
    }
    Ok(None)
}

/// In how many such parts a year divides.
pub(super) fn parts_in_year(period: TimePeriod) -> Option<u32> {
    match period {
        TimePeriod::Month(..) => Some(12),
        TimePeriod::Quarter(..) => Some(4),
        TimePeriod::Half(..) => Some(2),
        _ => None,
    }
}

/// The chance of a geometric mean: growth multiplies, its logarithm adds up, so the logarithms are looked at as a plain mean.
fn of_logarithms(pursuit: &Pursuit<'_>) -> Result<Option<Chance>, Error> {
    let log = |rate: Decimal| {
        let rate = float(rate)?;
        crate::pace::round9(libm::log1p(rate / 100.0) * 100.0).filter(|_| -100.0 < rate)
    };
    let back = |log: Decimal| crate::pace::round9(libm::expm1(float(log)? / 100.0) * 100.0);
    let results: Option<Vec<Outcome>> = pursuit
        .results
        .iter()
        .map(|result| {
            Some(Outcome {
                value: log(result.value)?,
                ..*result
            })
        })
        .collect();
    let (Some(results), Some(value)) = (results, log(pursuit.aim.value)) else {
        return Ok(None);
    };
    let in_logarithms = Pursuit {
        aim: crate::Aim {
            value,
            upper: pursuit.aim.upper.and_then(log),
            ..pursuit.aim
        },
        basis: Basis::Average,
        minimum: pursuit.minimum.and_then(log),
        maximum: pursuit.maximum.and_then(log),
        results: &results,
        ..*pursuit
    };
    Ok(chance(&in_logarithms)?.and_then(|chance| {
        Some(Chance {
            expected: back(chance.expected)?,
            lower: back(chance.lower)?,
            upper: back(chance.upper)?,
            ..chance
        })
    }))
}

fn reaching(course: &Course, spread: &Spread) -> Option<f64> {
    let (low, high) = (float(course.low)?, float(course.high)?);
    let chance = match course.side {
        Side::Up => 1.0 - spread.at_most(low),
        Side::Down => spread.at_most(high),
        Side::Within => spread.at_most(high) - spread.at_most(low),
    };
    chance.is_finite().then_some(chance)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and 99"
)]
fn percent(chance: f64) -> u8 {
    (chance * 100.0).round().clamp(1.0, 99.0) as u8
}

/// The sum (or mean) over the due period: what is known of it, and the years still to come.
fn over_period(pursuit: &Pursuit<'_>, points: &Points) -> Result<Option<Spread>, Error> {
    let (start, end) = (pursuit.due.start(), pursuit.due.end());
    let yearly = |outcome: &&Outcome| outcome.period.days() >= 365 && outcome.period.days() <= 366;
    if !pursuit.results.iter().all(|outcome| yearly(&outcome)) || points.len() < super::FEWEST_POINTS {
        return Ok(None);
    }
    let last = pursuit.results.iter().map(Outcome::date).max().unwrap_or(start);
    let mut known = Decimal::ZERO;
    for outcome in pursuit
        .results
        .iter()
        .filter(|outcome| pursuit.due.contains(outcome.period))
    {
        known = crate::exact::add(known, outcome.value)?;
    }
    let eve = start.yesterday().unwrap_or(start);
    let all = years_between(eve, end);
    let left = sub(all, years_between(eve, last.max(eve)).min(all))?;
    // Years between the last value and the period do not count in its sum.
    let before = years_between(last, eve).max(Decimal::ZERO);
    let whole = |years: Decimal| {
        u32::try_from(years.round())
            .ok()
            .filter(|count| Decimal::from(*count) == years)
    };
    let (Some(left), Some(before), Some(all), Some(known)) =
        (whole(left), whole(before), whole(all), float(known))
    else {
        return Ok(None);
    };
    if left == 0 || before != 0 {
        return Ok(None);
    }
    let Some(drift) = Drift::of(points) else {
        return Ok(None);
    };
    let coming = drift.sum_ahead(left);
    let over = if pursuit.basis == Basis::Average {
        f64::from(all)
    } else {
        1.0
    };
    Ok(Some(Spread {
        mean: (known + coming.mean) / over,
        scale: coming.scale / over,
        ..coming
    }))
}
