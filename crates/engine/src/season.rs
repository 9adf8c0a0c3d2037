//! Values within a year: what they come to so far, and how earlier years went from month to month.

use std::collections::BTreeMap;

use jiff::ToSpan;
use plan::{PathRule, TargetPath};
use terms::{Date, Decimal, TimePeriod};

use crate::exact::{add, div, mul, sub};
use crate::{Error, Outcome, path, period};

/// What values come to from the first day of a period on, by the days up to which that is known without a gap.
///
/// Months, quarters, halves and «nine months» may stand side by side: of two ways to one day the one of fewer values is
/// taken, so that a half year as told counts before the sum of its quarters. A value of the whole period is one way of
/// one. O(n²) in the values within the period.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn gathered_by_day(
    outcomes: &[Outcome],
    within: TimePeriod,
) -> Result<BTreeMap<Date, (Decimal, usize)>, Error> {
    let mut sorted: Vec<&Outcome> = outcomes
        .iter()
        .filter(|outcome| within.contains(outcome.period))
        .collect();
    sorted.sort_by_key(|outcome| (outcome.period.end(), outcome.period.start()));
    let mut known: BTreeMap<Date, (Decimal, usize)> = BTreeMap::new();
    for outcome in sorted {
        let before = if outcome.period.start() == within.start() {
            Some((Decimal::ZERO, 0))
        } else {
            let eve = outcome.period.start().yesterday().ok();
            eve.and_then(|eve| known.get(&eve).copied())
        };
        let Some((sum, parts)) = before else { continue };
        let found = (add(sum, outcome.value)?, parts + 1);
        let day = outcome.date();
        if known.get(&day).is_none_or(|(_, fewest)| found.1 < *fewest) {
            known.insert(day, found);
        }
    }
    Ok(known)
}

/// The values within a period as one, from its first day to the last that is known without a gap. None where the first days
/// are not known, or the period is not parted.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn so_far(outcomes: &[Outcome], within: TimePeriod) -> Result<Option<Outcome>, Error> {
    let known = gathered_by_day(outcomes, within)?;
    Ok(known.last_key_value().and_then(|(day, (sum, _))| {
        Some(Outcome {
            period: period::between(within.start(), *day)?,
            value: *sum,
        })
    }))
}

/// The part of a year's whole that was reached by the end of each month, as a mean over the years before `before` that are
/// known in parts, and how many years that were. Straight within the parts that are known.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn profile(outcomes: &[Outcome], before: i16) -> Result<Option<(TargetPath, usize)>, Error> {
    let mut years: Vec<i16> = outcomes
        .iter()
        .map(|outcome| outcome.period.start().year())
        .filter(|year| *year < before)
        .collect();
    years.sort_unstable();
    years.dedup();
    let mut profiles = Vec::new();
    for year in years {
        // The whole year as told says nothing of its course.
        let parts: Vec<Outcome> = outcomes
            .iter()
            .filter(|outcome| outcome.period != TimePeriod::Year(year))
            .copied()
            .collect();
        let known = gathered_by_day(&parts, TimePeriod::Year(year))?;
        let Some((whole, _)) = known.get(&TimePeriod::Year(year).end()).copied() else {
            continue;
        };
        if 1 < known.len() && !whole.is_zero() {
            profiles.push(months(&known, year)?);
        }
    }
    let count = profiles.len();
    Ok(path::seasonal_profile(&profiles)?.map(|path| (path, count)))
}

/// Values of the twelve months, straight between the days that are known.
fn months(known: &BTreeMap<Date, (Decimal, usize)>, year: i16) -> Result<[Decimal; 12], Error> {
    let eve = TimePeriod::Year(year - 1).end();
    let mut of_months = [Decimal::ZERO; 12];
    let mut reached = Decimal::ZERO;
    for (month, value) in (1_i8..).zip(&mut of_months) {
        let day = TimePeriod::Month(year, month).end();
        let (from, low) = known
            .range(..=day)
            .next_back()
            .map_or((eve, Decimal::ZERO), |(day, (sum, _))| (*day, *sum));
        let sum = match known.range(day..).next() {
            Some((to, (high, _))) if from < *to => {
                let days = |from: Date, to: Date| Decimal::from((to - from).get_days());
                let part = div(days(from, day), days(from, *to))?;
                add(low, mul(sub(*high, low)?, part)?)?
            }
            _ => low,
        };
        *value = sub(sum, reached)?;
        reached = sum;
    }
    Ok(of_months)
}

/// The path that a rule means, with the days of its milestones; for a seasonal one, or a straight one within one year, the
/// course of earlier years where it is known, and of how many.
///
/// `yearly` says that the way lies within one year from nothing to its whole: «straight» then means «as the year goes», since
/// nobody spends, builds or harvests the same each day.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn path_of(
    rule: &PathRule,
    outcomes: &[Outcome],
    yearly: bool,
    before: i16,
) -> Result<(TargetPath, Option<usize>), Error> {
    Ok(match rule {
        PathRule::Compound => (TargetPath::Compound, None),
        PathRule::Milestones(stops) => {
            let days = stops.stops().iter().map(|(period, value)| (period.end(), *value));
            (TargetPath::Milestones(days.collect()), None)
        }
        PathRule::Straight if !yearly => (TargetPath::Straight, None),
        PathRule::Straight | PathRule::Seasonal => match profile(outcomes, before)? {
            Some((path, years)) => (path, Some(years)),
            None => (TargetPath::Straight, None),
        },
    })
}

/// What a way expects by the end of each month from its first day to its last, for a drawing within the year: to six places.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn by_month(
    path: &TargetPath,
    start: (Date, Decimal),
    goal: (Date, Decimal),
) -> Result<Vec<(Date, Decimal)>, Error> {
    let mut days = vec![start.0];
    let mut day = start.0.saturating_add(1.day()).last_of_month();
    while day < goal.0 && days.len() < 1_200 {
        days.push(day);
        day = day.saturating_add(1.day()).last_of_month();
    }
    days.push(goal.0);
    days.into_iter()
        .map(|day| {
            Ok((
                day,
                path::expected_on(path, start, goal, day)?.round_dp(6).normalize(),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(values: &[(&str, i64)]) -> Vec<Outcome> {
        values
            .iter()
            .map(|(period, value)| Outcome {
                period: period.parse().unwrap(),
                value: Decimal::from(*value),
            })
            .collect()
    }

    #[test]
    fn what_is_gathered_so_far_stops_at_the_first_gap() {
        let year = TimePeriod::Year(2025);
        for (values, period, value) in [
            (
                &[("2025-01/2025-05", 1067), ("2025-H1", 1249)][..],
                "2025-H1",
                1249,
            ),
            (
                &[("2025-Q1", 10), ("2025-Q2", 20), ("2025-Q4", 40)],
                "2025-H1",
                30,
            ),
            (
                &[("2025-H1", 33), ("2025-Q1", 10), ("2025-Q2", 20), ("2025-Q3", 5)],
                "2025-01/2025-09",
                38,
            ),
            (&[("2025-01", 1), ("2025-02", 2), ("2025-03", 3)], "2025-Q1", 6),
        ] {
            let found = so_far(&outcomes(values), year).unwrap().unwrap();
            assert_eq!(
                (found.period.to_string().as_str(), found.value),
                (period, Decimal::from(value)),
                "{values:?}"
            );
        }
        assert_eq!(so_far(&outcomes(&[("2025-Q2", 20)]), year), Ok(None));
    }

    #[test]
    fn the_profile_is_the_mean_course_of_the_years_that_are_known_in_parts() {
        let values = outcomes(&[
            ("2023", 100),
            ("2024-Q1", 10),
            ("2024-Q2", 20),
            ("2024-Q3", 30),
            ("2024-Q4", 40),
            ("2025-H1", 50),
            ("2025-H2", 50),
            ("2026-Q1", 7),
        ]);
        let (path, years) = profile(&values, 2026).unwrap().unwrap();
        assert_eq!(
            years, 2,
            "a whole year as told has no course, and this year is not over"
        );
        let start = ("2025-12-31".parse().unwrap(), Decimal::ZERO);
        let goal = ("2026-12-31".parse().unwrap(), Decimal::from(1000));
        let on = |day: &str| {
            path::expected_on(&path, start, goal, day.parse().unwrap())
                .unwrap()
                .round_dp(6)
        };
        // By the end of June 30% and 50%: 40%.
        assert_eq!(on("2026-06-30"), Decimal::from(400));
        assert_eq!(on("2026-12-31"), Decimal::from(1000));
    }

    #[test]
    fn a_straight_way_within_a_year_goes_as_the_year_goes() {
        let values = outcomes(&[("2025-Q1", 10), ("2025-Q2", 20), ("2025-Q3", 30), ("2025-Q4", 40)]);
        let (path, years) = path_of(&PathRule::Straight, &values, true, 2026).unwrap();
        assert!(matches!(path, TargetPath::Seasonal(_)) && years == Some(1));
        let (path, years) = path_of(&PathRule::Straight, &values, false, 2026).unwrap();
        assert!(path == TargetPath::Straight && years.is_none());
        let (path, years) = path_of(&PathRule::Seasonal, &[], true, 2026).unwrap();
        assert!(
            path == TargetPath::Straight && years.is_none(),
            "nothing is known of earlier years"
        );
    }

    #[test]
    fn the_months_of_a_year_are_drawn_from_its_eve_to_its_end() {
        let start = ("2025-12-31".parse().unwrap(), Decimal::ZERO);
        let goal = ("2026-12-31".parse().unwrap(), Decimal::from(365));
        let months = by_month(&TargetPath::Straight, start, goal).unwrap();
        assert_eq!(months.len(), 13);
        assert_eq!(months[1], ("2026-01-31".parse().unwrap(), Decimal::from(31)));
    }
}
