//! The way to a target: what is expected on each day.

use jiff::ToSpan;
use plan::TargetPath;
use terms::{Date, Decimal, TimePeriod};

use crate::Error;
use crate::exact::{add, div, mul, sub, years_between};

/// How many years a period lasts: 1 for a year, ½ for six months.
pub fn length(period: TimePeriod) -> Decimal {
    let eve = period.start().yesterday().unwrap_or(period.start());
    match period {
        TimePeriod::Half(..) => Decimal::new(5, 1),
        TimePeriod::Quarter(..) => Decimal::new(25, 2),
        TimePeriod::Month(..) => Decimal::ONE / Decimal::from(12),
        _ => years_between(eve, period.end()),
    }
}

/// The value expected on `day` on the way from `start` to `goal` at `due`; the ends themselves outside of it.
///
/// Straight: the same step each year. Compound: the same rate each year; where an end is not above zero there is no such
/// rate, and the way is straight. Milestones: straight between the days set. Seasonal: whole years straight, within a year
/// by the profile. Exact but for division, which keeps 28 digits; compound paths are computed in `f64` in one fixed
/// order and kept to 9 significant digits.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn expected_on(
    path: &TargetPath,
    start: (Date, Decimal),
    goal: (Date, Decimal),
    day: Date,
) -> Result<Decimal, Error> {
    if day <= start.0 {
        return Ok(start.1);
    }
    if goal.0 <= day {
        return Ok(goal.1);
    }
    match path {
        TargetPath::Straight => straight(start, goal, day),
        TargetPath::Compound => {
            let part = div(years_between(start.0, day), years_between(start.0, goal.0))?;
            match crate::pace::compound_between(start.1, goal.1, part) {
                Some(value) => Ok(value),
                None => straight(start, goal, day),
            }
        }
        TargetPath::Milestones(milestones) => {
            let mut stops: Vec<(Date, Decimal)> = milestones
                .iter()
                .copied()
                .filter(|stop| start.0 < stop.0 && stop.0 < goal.0)
                .collect();
            stops.sort_by_key(|stop| stop.0);
            let before = stops.iter().copied().rfind(|stop| stop.0 <= day).unwrap_or(start);
            let after = stops.iter().copied().find(|stop| day < stop.0).unwrap_or(goal);
            straight(before, after, day)
        }
        TargetPath::Seasonal(profile) => {
            let turn = |year: i16| jiff::civil::date(year.clamp(1, 9998), 12, 31);
            let before = turn(day.year() - 1).max(start.0);
            let after = turn(day.year()).min(goal.0);
            let (low, high) = (straight(start, goal, before)?, straight(start, goal, after)?);
            add(low, mul(sub(high, low)?, season(profile, day)?)?)
        }
    }
}

fn straight(start: (Date, Decimal), goal: (Date, Decimal), day: Date) -> Result<Decimal, Error> {
    let whole = years_between(start.0, goal.0);
    if whole.is_zero() {
        return Ok(goal.1);
    }
    let part = years_between(start.0, day);
    // Multiply first: steps such as thirds then cancel exactly.
    add(start.1, div(mul(sub(goal.1, start.1)?, part)?, whole)?)
}

/// The part of its year's way that is covered by the end of `day`: straight between the ends of months.
fn season(profile: &[Decimal; 12], day: Date) -> Result<Decimal, Error> {
    let month = usize::try_from(day.month()).unwrap_or(1).clamp(1, 12);
    let before = if month == 1 {
        Decimal::ZERO
    } else {
        profile[month - 2]
    };
    let days = Decimal::from(day.days_in_month());
    add(
        before,
        div(
            mul(sub(profile[month - 1], before)?, Decimal::from(day.day()))?,
            days,
        )?,
    )
}

/// What earlier years did: the mean part of the year's total that had been reached by the end of each month.
///
/// Each year gives twelve values within their months (not cumulative). Years whose total is zero are left out.
///
/// # Errors
/// [`Error::TooLarge`]. `None` where no year is left.
pub fn seasonal_profile(years: &[[Decimal; 12]]) -> Result<Option<TargetPath>, Error> {
    let mut profile = [Decimal::ZERO; 12];
    let mut count = 0_u32;
    for months in years {
        let total = months
            .iter()
            .try_fold(Decimal::ZERO, |sum, value| add(sum, *value))?;
        if total.is_zero() {
            continue;
        }
        count += 1;
        let mut reached = Decimal::ZERO;
        for (part, value) in profile.iter_mut().zip(months) {
            reached = add(reached, *value)?;
            *part = add(*part, div(reached, total)?)?;
        }
    }
    if count == 0 {
        return Ok(None);
    }
    for part in &mut profile {
        *part = div(*part, Decimal::from(count))?;
    }
    profile[11] = Decimal::ONE;
    Ok(Some(TargetPath::Seasonal(Box::new(profile))))
}

/// The days on which a drawn path bends or ends: start, milestones, each year's end (for compound and seasonal paths
/// each month's), due day; with what is expected there.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn points(
    path: &TargetPath,
    start: (Date, Decimal),
    goal: (Date, Decimal),
) -> Result<Vec<(Date, Decimal)>, Error> {
    let mut days = vec![start.0];
    match path {
        TargetPath::Straight => {}
        TargetPath::Milestones(stops) => days.extend(stops.iter().map(|stop| stop.0)),
        TargetPath::Compound | TargetPath::Seasonal(_) => {
            let mut day = start.0.last_of_month();
            while day < goal.0 && days.len() < 1_200 {
                days.push(day);
                day = day.saturating_add(1.day()).last_of_month();
            }
        }
    }
    days.push(goal.0);
    days.retain(|day| start.0 <= *day && *day <= goal.0);
    days.sort_unstable();
    days.dedup();
    days.into_iter()
        .map(|day| Ok((day, expected_on(path, start, goal, day)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    const START: &str = "2025-12-31";
    const DUE: &str = "2030-12-31";

    #[test]
    fn a_straight_path_takes_the_same_step_each_year() {
        let on = |when| {
            expected_on(
                &TargetPath::Straight,
                (day(START), d("17.78")),
                (day(DUE), d("2.78")),
                day(when),
            )
            .unwrap()
        };
        assert_eq!(on("2026-12-31"), d("14.78"));
        assert_eq!(on("2028-12-31"), d("8.78"));
        assert_eq!(
            on("2025-01-01"),
            d("17.78"),
            "before the start nothing is expected yet"
        );
        assert_eq!(on("2040-01-01"), d("2.78"), "after the due day the goal stays");
    }

    #[test]
    fn a_compound_path_grows_by_the_same_rate_and_is_straight_where_there_is_none() {
        let goal = (day(DUE), d("115"));
        let on =
            |start, when| expected_on(&TargetPath::Compound, (day(START), start), goal, day(when)).unwrap();
        let first = on(d("54"), "2026-12-31") / d("54");
        let second = on(d("54"), "2027-12-31") / on(d("54"), "2026-12-31");
        assert!((first - second).abs() < d("0.0000001"));
        assert_eq!(
            on(d("-5"), "2026-12-31"),
            d("19"),
            "no rate leads from below zero to above"
        );
    }

    #[test]
    fn milestones_bend_the_path() {
        let path = TargetPath::Milestones(vec![(day("2027-12-31"), d("80"))]);
        let on = |when| expected_on(&path, (day(START), d("50")), (day(DUE), d("110")), day(when)).unwrap();
        assert_eq!(
            (on("2026-12-31"), on("2027-12-31"), on("2028-12-31")),
            (d("65"), d("80"), d("90"))
        );
    }

    #[test]
    fn a_seasonal_path_follows_earlier_years_within_the_year() {
        let mut months = [d("5"); 12];
        months[11] = d("45");
        let path = seasonal_profile(&[months]).unwrap().unwrap();
        let on = |when| {
            expected_on(
                &path,
                (day(START), d("0")),
                (day("2026-12-31"), d("3000")),
                day(when),
            )
            .unwrap()
        };
        assert_eq!(on("2026-06-30"), d("900"));
        assert_eq!(on("2026-11-30"), d("1650"));
        assert_eq!(on("2026-12-31"), d("3000"));
        assert_eq!(seasonal_profile(&[[Decimal::ZERO; 12]]).unwrap(), None);
    }

    #[test]
    fn the_drawn_points_start_and_end_where_the_path_does() {
        let points = points(&TargetPath::Straight, (day(START), d("1")), (day(DUE), d("2"))).unwrap();
        assert_eq!(points, [(day(START), d("1")), (day(DUE), d("2"))]);
    }
}
