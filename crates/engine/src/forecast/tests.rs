//! Forecasts worked by hand, and what must never be said.

use plan::{Basis, Direction, TargetPath};
use proptest::prelude::*;
use terms::{Bound, TimePeriod};

use super::*;
use crate::{Aim, Pursuit};

fn yearly(first: i16, values: &[f64]) -> Vec<Outcome> {
    (first..)
        .zip(values)
        .map(|(year, value)| Outcome {
            period: TimePeriod::Year(year),
            value: round9(*value).unwrap(),
        })
        .collect()
}

fn pursuit<'a>(
    results: &'a [Outcome],
    value: i64,
    due: &str,
    basis: Basis,
    breaks: &'a [Date],
) -> Pursuit<'a> {
    Pursuit {
        aim: Aim {
            value: Decimal::from(value),
            upper: None,
            bound: Bound::Eq,
        },
        basis,
        due: due.parse().unwrap(),
        direction: Some(Direction::Up),
        minimum: None,
        maximum: None,
        path: &TargetPath::Straight,
        baseline: results.first().copied(),
        results,
        breaks,
        today: "2026-01-01".parse().unwrap(),
    }
}

/// 10, 12, 13, 17: drift 7 ÷ 3; steps 2, 1, 4 are off by −⅓, −4⁄3, 5⁄3, squares 42⁄9, variance 7⁄3; two years on
/// 17 + 14⁄3 = 21.67, variance 7⁄3 × (2 + 4⁄3) = 7.78, t with two degrees of freedom.
#[test]
fn the_drift_model_is_the_one_worked_by_hand() {
    let points = Points::of(&yearly(2022, &[10.0, 12.0, 13.0, 17.0]), &[]).unwrap();
    let (spread, model) = points.ahead(2.0).unwrap();
    assert_eq!(model, Model::Drift);
    assert!((spread.mean - 65.0 / 3.0).abs() < 1e-12);
    assert!((spread.scale - (70.0_f64 / 9.0).sqrt()).abs() < 1e-12);
    assert_eq!(spread.freedom, Some(2.0));
    // The 90% quantile of t with two degrees of freedom is 1.8856.
    let (lower, upper) = spread.interval(0.8);
    assert!(((upper - lower) / 2.0 / spread.scale - 1.885_618).abs() < 1e-5);
}

#[test]
fn under_three_points_nothing_is_said() {
    let two = yearly(2024, &[1.0, 2.0]);
    assert_eq!(chance(&pursuit(&two, 5, "2030", Basis::AtDue, &[])), Ok(None));
    assert_eq!(
        forecast(&two, &[], &["2030-12-31".parse().unwrap()], 80, Limits::default()),
        None
    );
    let four = yearly(2022, &[1.0, 2.0, 4.0, 5.0]);
    let broken = ["2024-01-01".parse().unwrap()];
    let mut across = pursuit(&four, 5, "2030", Basis::AtDue, &broken);
    across.baseline = Some(four[2]);
    assert_eq!(chance(&across), Ok(None), "two points since the standard changed");
}

#[test]
fn a_chance_carries_its_points_and_is_never_certain() {
    let rising = yearly(2021, &[10.0, 20.0, 29.0, 41.0, 50.0]);
    let sure = chance(&pursuit(&rising, 60, "2030", Basis::AtDue, &[]))
        .unwrap()
        .unwrap();
    assert_eq!((sure.points, sure.model), (5, Model::Drift));
    assert!((90..=99).contains(&sure.percent), "{}", sure.percent);
    assert_eq!(sure.expected, Decimal::from(100));
    let hopeless = chance(&pursuit(&rising, 900, "2030", Basis::AtDue, &[]))
        .unwrap()
        .unwrap();
    assert_eq!(hopeless.percent, 1);
    let even = chance(&pursuit(&rising, 100, "2030", Basis::AtDue, &[]))
        .unwrap()
        .unwrap();
    assert_eq!(even.percent, 50);
}

#[test]
fn from_eight_points_on_smoothing_is_used_and_says_the_same_twice() {
    let values = [4.2, 5.1, 5.9, 7.2, 7.8, 9.1, 9.9, 11.2, 11.8, 13.1];
    let series = yearly(2015, &values);
    let one = chance(&pursuit(&series, 18, "2030", Basis::AtDue, &[]))
        .unwrap()
        .unwrap();
    let other = chance(&pursuit(&series, 18, "2030", Basis::AtDue, &[]))
        .unwrap()
        .unwrap();
    assert_eq!((one.model, one.points), (Model::Smoothing, 10));
    assert_eq!(one, other);
    assert!(one.lower < one.expected && one.expected < one.upper);
}

#[test]
fn a_sum_over_a_period_adds_what_is_known_to_what_may_come() {
    let series = yearly(2023, &[30.0, 40.0, 50.0, 60.0]);
    // 2026 is known (60); 70, 80, 90, 100 may come: 400 in all.
    let even = chance(&pursuit(&series, 400, "2026/2030", Basis::Sum, &[]))
        .unwrap()
        .unwrap();
    assert_eq!(even.expected, Decimal::from(400));
    let mean = chance(&pursuit(&series, 80, "2026/2030", Basis::Average, &[]))
        .unwrap()
        .unwrap();
    assert_eq!(mean.expected, Decimal::from(80));
}

#[test]
fn intervals_stay_within_the_natural_limits() {
    let near = yearly(2021, &[96.0, 97.5, 99.0, 99.2]);
    let limits = Limits {
        minimum: Some(Decimal::ZERO),
        maximum: Some(Decimal::ONE_HUNDRED),
    };
    let days: Vec<Date> = (2025..2031).map(|year| TimePeriod::Year(year).end()).collect();
    let forecast = forecast(&near, &[], &days, 80, limits).unwrap();
    assert_eq!((forecast.points, forecast.steps.len()), (4, 6));
    assert!(
        forecast
            .steps
            .iter()
            .all(|step| step.upper <= Decimal::ONE_HUNDRED && step.lower <= step.mean)
    );
}

/// Random walks with drift, drawn by a fixed rule, are forecast well by the model that made them.
#[test]
fn calibration_over_walks_covers_about_what_it_promises() {
    let mut state = 1_661_u64;
    let mut noise = || {
        // Sum of twelve uniform numbers less six: nearly normal.
        (0..12)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(u32::MAX / 2)
            })
            .sum::<f64>()
            - 6.0
    };
    let walks: Vec<Vec<Outcome>> = (0..200)
        .map(|_| {
            let mut value = 100.0;
            let values: Vec<f64> = (0..7)
                .map(|_| {
                    value += 1.0 + noise();
                    value
                })
                .collect();
            yearly(2015, &values)
        })
        .collect();
    let found = calibrate(walks.iter().map(|walk| (walk.as_slice(), &[][..])), 2).unwrap();
    assert_eq!((found.series, found.by_smoothing), (200, 0));
    assert!((0.76..0.84).contains(&found.coverage), "{}", found.coverage);
    assert!(found.brier < 0.25, "{}", found.brier);
    assert_eq!(
        found.bins.iter().map(|bin| bin.count).sum::<usize>(),
        found.forecasts
    );
    let short = yearly(2020, &[1.0, 2.0, 3.0]);
    assert_eq!(calibrate([(short.as_slice(), &[][..])], 2), None);
}

/// Quarters with a season and a random walk, drawn by a fixed rule: the seasonal model covers about what it promises, and does
/// so by model and horizon.
#[test]
fn seasonal_series_are_forecast_with_their_season_and_cover_what_they_promise() {
    let mut state = 77_u64;
    let mut noise = || {
        (0..12)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(u32::MAX / 2)
            })
            .sum::<f64>()
            - 6.0
    };
    let quarters = |values: &[f64]| -> Vec<Outcome> {
        values
            .iter()
            .enumerate()
            .map(|(at, value)| Outcome {
                period: TimePeriod::Quarter(
                    2020 + i16::try_from(at / 4).unwrap(),
                    i8::try_from(at % 4).unwrap() + 1,
                ),
                value: round9(*value).unwrap(),
            })
            .collect()
    };
    let series: Vec<Vec<Outcome>> = (0..60)
        .map(|_| {
            let mut level = 100.0;
            let values: Vec<f64> = (0..20)
                .map(|at| {
                    level += 0.5 + noise();
                    level + [-30.0, 0.0, 10.0, 20.0][at % 4]
                })
                .collect();
            quarters(&values)
        })
        .collect();
    let found = calibrate(series.iter().map(|one| (one.as_slice(), &[][..])), 4).unwrap();
    let seasonal: Vec<_> = found
        .groups
        .iter()
        .filter(|group| group.model == Model::Seasonal)
        .collect();
    assert_eq!(
        seasonal.len(),
        4,
        "one group for each quarter ahead: {seasonal:?}"
    );
    for group in seasonal {
        assert_eq!(group.parts, 4);
        assert!((0.70..0.92).contains(&group.coverage), "{group:?}");
        assert!(group.brier < 0.2, "{group:?}");
    }
    let before_two_years = found.groups.iter().filter(|group| group.model == Model::Drift);
    assert!(before_two_years.map(|group| group.forecasts).sum::<usize>() > 0);
}

/// 100, 200, 300, 400 in the quarters, and 10 more each quarter: in the fourth year 220 and 331 are known, about 441 and 551 are
/// to come, 1,543 in all.
#[test]
fn what_is_gathered_within_a_year_has_a_chance_by_the_season() {
    let parts: Vec<Outcome> = (0_i16..14)
        .map(|at| Outcome {
            period: TimePeriod::Quarter(2023 + at / 4, i8::try_from(at % 4).unwrap() + 1),
            value: Decimal::from(
                100 * i64::from(at % 4 + 1)
                    + 10 * i64::from(at)
                    + [0, 1, 3][usize::try_from(at % 3).unwrap()],
            ),
        })
        .collect();
    let so_far = crate::season::so_far(&parts, TimePeriod::Year(2026))
        .unwrap()
        .unwrap();
    let results = [so_far];
    let asked = |value: i64| Pursuit {
        today: "2026-07-10".parse().unwrap(),
        baseline: None,
        ..pursuit(&results, value, "2026", Basis::Sum, &[])
    };
    let likely = chance_within_year(&asked(1400), &parts).unwrap().unwrap();
    assert_eq!((likely.points, likely.model), (14, Model::Seasonal));
    assert_eq!(likely.percent, 99);
    assert_eq!(
        chance_within_year(&asked(2400), &parts).unwrap().unwrap().percent,
        1
    );
    let middle = likely.expected;
    assert!(
        (Decimal::from(1500)..Decimal::from(1580)).contains(&middle),
        "{middle}"
    );
    assert_eq!(
        chance_within_year(&asked(1400), &parts[8..]),
        Ok(None),
        "under two years nothing is said"
    );
}

proptest! {
    #[test]
    fn no_series_makes_it_panic(values in proptest::collection::vec(-1e9f64..1e9, 0..14), aim in -1_000_000i64..1_000_000) {
        let series = yearly(2000, &values);
        let chance = chance(&pursuit(&series, aim, "2030", Basis::AtDue, &[])).unwrap();
        prop_assert_eq!(chance.is_some(), 3 <= values.len());
        if let Some(chance) = chance {
            prop_assert!((1..=99).contains(&chance.percent));
            prop_assert!(chance.lower <= chance.upper);
        }
    }
}
