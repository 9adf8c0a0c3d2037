//! Is it on track? A traffic light from the path, and the progress classes of Open SDG.
//!
//! The thresholds are data ([`Thresholds::PUBLISHED`], [`SdgThresholds::PUBLISHED`]), so that pages and exports can show
//! the very numbers by which a colour was given.

use std::fmt;
use std::str::FromStr;

use plan::{Basis, Direction};
use terms::Decimal;

use crate::exact::{div, mul, sub, years_between};
use crate::pace::{self, Pace};
use crate::pursuit::{Course, Pursuit, Side};
use crate::{Attainment, Error, attainment};

/// Where a target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Reached: at the end, or before it.
    Achieved,
    /// As far as the path asks by now, or nearly.
    OnTrack,
    /// Behind the path, but more than the lower threshold of what it asks.
    Behind,
    /// Far behind the path, or moving away.
    OffTrack,
    /// The due day has passed and the target was not reached.
    Missed,
    /// The due day has passed and no value of the due period is known yet.
    AwaitingResult,
    /// Too little of the way has passed to tell.
    TooEarly,
    /// Beyond what the indicator can be: more than 100% of households, for example.
    Impossible,
    /// Measured by another standard than its baseline: nothing is compared.
    NotComparable,
    /// Values are known, the target is not reached, and nothing says from where it started.
    NoBaseline,
    /// No value is known.
    NoData,
}

impl Status {
    /// Every status, in the order in which they are listed to people.
    pub const ALL: [Status; 11] = [
        Status::Achieved,
        Status::OnTrack,
        Status::Behind,
        Status::OffTrack,
        Status::Missed,
        Status::AwaitingResult,
        Status::TooEarly,
        Status::Impossible,
        Status::NotComparable,
        Status::NoBaseline,
        Status::NoData,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Status::Achieved => "achieved",
            Status::OnTrack => "on_track",
            Status::Behind => "behind",
            Status::OffTrack => "off_track",
            Status::Missed => "missed",
            Status::AwaitingResult => "awaiting_result",
            Status::TooEarly => "too_early",
            Status::Impossible => "impossible",
            Status::NotComparable => "not_comparable",
            Status::NoBaseline => "no_baseline",
            Status::NoData => "no_data",
        }
    }
}

/// A progress class of Open SDG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SdgClass {
    /// Target achieved.
    Achieved,
    /// Substantial progress, on track.
    OnTrack,
    /// Moderate progress, acceleration needed.
    Accelerate,
    /// Limited progress.
    Limited,
    /// Deterioration.
    Deterioration,
    /// Not available.
    NotAvailable,
}

impl SdgClass {
    /// Every class, best first.
    pub const ALL: [SdgClass; 6] = [
        SdgClass::Achieved,
        SdgClass::OnTrack,
        SdgClass::Accelerate,
        SdgClass::Limited,
        SdgClass::Deterioration,
        SdgClass::NotAvailable,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            SdgClass::Achieved => "achieved",
            SdgClass::OnTrack => "on_track",
            SdgClass::Accelerate => "accelerate",
            SdgClass::Limited => "limited",
            SdgClass::Deterioration => "deterioration",
            SdgClass::NotAvailable => "not_available",
        }
    }
}

macro_rules! codes {
    ($type:ty, $list:literal) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }
        impl FromStr for $type {
            type Err = terms::kind::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .into_iter()
                    .find(|value| value.code() == text)
                    .ok_or_else(|| terms::kind::UnknownCode {
                        list: $list,
                        code: text.to_owned(),
                    })
            }
        }
    };
}
codes!(Status, "status");
codes!(SdgClass, "sdg_class");

/// What the traffic light goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// On track from this share of the way that the path asks by now.
    pub on_track: Decimal,
    /// Behind, not off track, from this share.
    pub behind: Decimal,
    /// Nothing is said before this share of the time has passed.
    pub earliest: Decimal,
}

impl Thresholds {
    /// 95%, 60%, and 5% of the time: the first two are those of Open SDG's classes, so that both readings agree in spirit.
    pub const PUBLISHED: Thresholds = Thresholds {
        on_track: Decimal::from_parts(95, 0, 0, false, 2),
        behind: Decimal::from_parts(60, 0, 0, false, 2),
        earliest: Decimal::from_parts(5, 0, 0, false, 2),
    };
}

/// What Open SDG's classes go by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SdgThresholds {
    /// With a target: lowest ratio of observed to required growth for on track, accelerate, limited.
    pub ratio: [f64; 3],
    /// Without a target: lowest growth a year (plain ratio) for on track, accelerate, limited.
    pub growth: [f64; 3],
    /// Stands in for a target or baseline of zero, of which no rate can be had.
    pub zero: Decimal,
    /// The power by which the thresholds without a target shrink as the baseline nears the natural limit.
    pub limit_power: f64,
}

impl SdgThresholds {
    /// As Open SDG publishes them (documentation «Automatic progress calculation» and sdg-build, `ProgressMeasure`).
    pub const PUBLISHED: SdgThresholds = SdgThresholds {
        ratio: [0.95, 0.60, 0.0],
        growth: [0.015, 0.005, 0.0],
        zero: Decimal::from_parts(1, 0, 0, false, 3),
        limit_power: 4.44,
    };
}

/// All that a scoreboard shows of one target on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Start, edge and latest value.
    pub course: Course,
    /// How much has been reached.
    pub attainment: Attainment,
    /// What is missing, in the unit of the series.
    pub gap: Option<Decimal>,
    /// What the path expects on the day of the latest value.
    pub expected_at_latest: Option<Decimal>,
    /// What the path expects today.
    pub expected_today: Option<Decimal>,
    /// The pace so far.
    pub observed_pace: Option<Pace>,
    /// The pace needed from now on.
    pub required_pace: Option<Pace>,
    /// Share of the way that the path asks by the latest value's day which has been covered; the traffic light's measure.
    pub on_path: Option<Decimal>,
    /// The traffic light.
    pub status: Status,
    /// Open SDG's class.
    pub sdg_class: SdgClass,
}

/// Everything about one target on one day, by the published thresholds.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Overlap`].
pub fn progress(pursuit: &Pursuit<'_>) -> Result<Progress, Error> {
    progress_by(pursuit, Thresholds::PUBLISHED, SdgThresholds::PUBLISHED)
}

/// Everything about one target on one day, by thresholds of one's own.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Overlap`].
pub fn progress_by(
    pursuit: &Pursuit<'_>,
    thresholds: Thresholds,
    sdg: SdgThresholds,
) -> Result<Progress, Error> {
    let course = pursuit.course()?;
    let expected_on = |day| pace::expected(pursuit.path, pursuit.basis, &course, day);
    let expected_at_latest = match course.now {
        Some((day, _)) if !course.across_break => expected_on(day)?,
        _ => None,
    };
    let on_path = on_path(pursuit, &course, expected_at_latest)?;
    Ok(Progress {
        course,
        attainment: attainment(&course)?,
        gap: attainment::gap(&course)?,
        expected_at_latest,
        expected_today: expected_on(pursuit.today)?,
        observed_pace: pace::observed(&course)?,
        required_pace: pace::required(pursuit, &course)?,
        on_path,
        status: status(pursuit, &course, on_path, thresholds)?,
        sdg_class: sdg_class(pursuit, &course, sdg),
    })
}

/// Share of what the path asks by the latest value's day that was covered; `None` where the path asks for nothing yet.
fn on_path(
    pursuit: &Pursuit<'_>,
    course: &Course,
    expected: Option<Decimal>,
) -> Result<Option<Decimal>, Error> {
    let (Some((_, actual)), Some(expected)) = (course.now, expected) else {
        return Ok(None);
    };
    match (pursuit.basis, course.start, course.side) {
        (_, _, Side::Within) => Ok(None),
        (Basis::Average | Basis::Compound, ..) if actual <= Decimal::ZERO || expected <= Decimal::ZERO => {
            Ok(None)
        }
        (Basis::Average | Basis::Compound, _, Side::Down) => div(expected, actual).map(Some),
        (Basis::Average | Basis::Compound, _, Side::Up) => div(actual, expected).map(Some),
        (_, Some((_, from)), _) if expected != from => {
            div(sub(actual, from)?, sub(expected, from)?).map(Some)
        }
        _ => Ok(None),
    }
}

/// The traffic light. In this order: impossible, no data, two standards; after the due day reached or missed; before it
/// reached (a mean only at its end), too early, then by the share of the path.
fn status(
    pursuit: &Pursuit<'_>,
    course: &Course,
    on_path: Option<Decimal>,
    thresholds: Thresholds,
) -> Result<Status, Error> {
    let beyond = |limit: Option<Decimal>, out: fn(Decimal, Decimal, bool) -> bool, edge| {
        limit.is_some_and(|limit| {
            out(
                edge,
                limit,
                matches!(course.bound, terms::Bound::Gt | terms::Bound::Lt),
            )
        })
    };
    if pursuit.basis != Basis::Sum {
        let above = |edge: Decimal, limit: Decimal, strict: bool| limit < edge || (strict && limit == edge);
        let below = |edge: Decimal, limit: Decimal, strict: bool| edge < limit || (strict && limit == edge);
        let impossible = match course.side {
            Side::Up => beyond(pursuit.maximum, above, course.low),
            Side::Down => beyond(pursuit.minimum, below, course.high),
            Side::Within => {
                beyond(pursuit.maximum, above, course.low) || beyond(pursuit.minimum, below, course.high)
            }
        };
        if impossible {
            return Ok(Status::Impossible);
        }
    }
    if course.across_break {
        return Ok(Status::NotComparable);
    }
    let over = course.due < pursuit.today;
    let Some((day, actual)) = course.now else {
        let only_baseline_lacks =
            !pursuit.results.is_empty() && course.start.is_none() && pursuit.basis.has_start();
        return Ok(match (only_baseline_lacks, over) {
            (true, _) => Status::NoBaseline,
            (false, true) => Status::AwaitingResult,
            (false, false) => Status::NoData,
        });
    };
    let reached = course.is_reached_by(actual);
    if over {
        return Ok(match (reached, pursuit.basis, course.due <= day) {
            (true, _, true) | (true, Basis::Sum, false) => Status::Achieved,
            (false, _, true) => Status::Missed,
            _ if pursuit.due.start() <= day && pursuit.basis.has_start() && reached => Status::Achieved,
            _ => Status::AwaitingResult,
        });
    }
    if pursuit.basis.is_mean() {
        return Ok(match on_path {
            _ if course.due <= day && reached => Status::Achieved,
            _ if course.due <= day => Status::Missed,
            _ if reached => Status::OnTrack,
            Some(share) => by_share(share, thresholds),
            None => Status::OffTrack,
        });
    }
    if reached && course.side != Side::Within {
        let held = course.start.is_some_and(|(_, from)| course.is_reached_by(from));
        return Ok(if held && day < course.due {
            Status::OnTrack
        } else {
            Status::Achieved
        });
    }
    if course.side == Side::Within {
        return Ok(match (reached, course.due <= day) {
            (true, true) => Status::Achieved,
            (true, false) => Status::OnTrack,
            (false, _) => Status::OffTrack,
        });
    }
    let Some((from, _)) = course.start else {
        return Ok(Status::NoBaseline);
    };
    let whole = years_between(from, course.due);
    if day <= from || years_between(from, day) < mul(whole, thresholds.earliest)? {
        return Ok(Status::TooEarly);
    }
    Ok(on_path.map_or(Status::OffTrack, |share| by_share(share, thresholds)))
}

fn by_share(share: Decimal, thresholds: Thresholds) -> Status {
    if thresholds.on_track <= share {
        Status::OnTrack
    } else if thresholds.behind <= share {
        Status::Behind
    } else {
        Status::OffTrack
    }
}

/// Open SDG's class of a target: growth observed since the baseline against growth required from it.
///
/// Not available without a baseline, within its first year, across a break, where baseline and value have different
/// signs, and for means and sums, of which Open SDG knows nothing. Where baseline = target and it was lost, the class is
/// deterioration (the original divides by zero).
///
/// Source: Open SDG documentation, «Automatic progress calculation», and `sdg/ProgressMeasure.py` of sdg-build.
pub fn sdg_class(pursuit: &Pursuit<'_>, course: &Course, thresholds: SdgThresholds) -> SdgClass {
    let (Some((from, baseline)), Some((day, actual))) = (course.start, course.now) else {
        return SdgClass::NotAvailable;
    };
    if course.across_break || !pursuit.basis.has_start() || course.side == Side::Within {
        return SdgClass::NotAvailable;
    }
    if course.is_reached_by(actual) {
        return SdgClass::Achieved;
    }
    let up = course.side == Side::Up;
    let observed = signed_growth(baseline, actual, years_between(from, day), thresholds.zero);
    let required = signed_growth(
        baseline,
        course.goal(),
        years_between(from, course.due),
        thresholds.zero,
    );
    match (observed, required) {
        (Some(_), Some(0.0)) => SdgClass::Deterioration,
        (Some(observed), Some(required)) => {
            let toward = if up { observed } else { -observed };
            class_of(toward / required.abs(), thresholds.ratio)
        }
        _ => SdgClass::NotAvailable,
    }
}

/// Open SDG's class of an indicator without a target: its growth each year in the better direction.
///
/// Near the natural limit less is asked: thresholds shrink by `1 − (baseline ÷ limit)^4.44` from below, and from above by
/// `1 − ((2 limit − baseline) ÷ limit)^4.44` up to twice the limit.
///
/// Source: as [`sdg_class`].
pub fn sdg_class_without_target(
    baseline: Decimal,
    actual: Decimal,
    years: Decimal,
    direction: Direction,
    limit: Option<Decimal>,
    thresholds: SdgThresholds,
) -> SdgClass {
    let Some(growth) = signed_growth(baseline, actual, years, thresholds.zero) else {
        return SdgClass::NotAvailable;
    };
    let toward = if direction == Direction::Up {
        growth
    } else {
        -growth
    };
    let shrink = match (
        limit.and_then(|limit| pace::float(limit.abs())),
        pace::float(baseline.abs()),
    ) {
        (Some(limit), Some(base)) if base < 2.0 * limit => {
            let near = if base <= limit {
                base / limit
            } else {
                (2.0 * limit - base) / limit
            };
            1.0 - libm::pow(near, thresholds.limit_power)
        }
        _ => 1.0,
    };
    class_of(toward, thresholds.growth.map(|threshold| threshold * shrink))
}

/// Growth a year with the sign of the baseline, so that a fall of a negative value is negative; zeros are replaced.
fn signed_growth(from: Decimal, to: Decimal, years: Decimal, zero: Decimal) -> Option<f64> {
    if years < Decimal::ONE {
        return None;
    }
    let fill = |value: Decimal| if value.is_zero() { zero } else { value };
    let (from, to) = (fill(from), fill(to));
    if from.is_sign_negative() {
        pace::growth(-from, -to, years).map(|rate| -rate)
    } else {
        pace::growth(from, to, years)
    }
}

fn class_of(value: f64, [on_track, accelerate, limited]: [f64; 3]) -> SdgClass {
    if on_track <= value {
        SdgClass::OnTrack
    } else if accelerate <= value {
        SdgClass::Accelerate
    } else if limited <= value {
        SdgClass::Limited
    } else {
        SdgClass::Deterioration
    }
}

#[cfg(test)]
mod tests;
