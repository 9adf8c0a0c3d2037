//! Worked cases, many of them from the public record of Điện Biên.

use plan::TargetPath;
use proptest::prelude::*;
use terms::{Bound, Date, TimePeriod};

use super::*;
use crate::{Aim, Outcome};

mod gathered;
mod sdg;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn outcome((period, value): (&str, &str)) -> Outcome {
    Outcome {
        period: period.parse().unwrap(),
        value: d(value),
    }
}

/// A target as a paper words it: «up ≥115 2030», asked on a day.
struct Case<'a> {
    direction: Option<Direction>,
    bound: Bound,
    value: &'a str,
    upper: Option<&'a str>,
    basis: Basis,
    due: &'a str,
    baseline: Option<(&'a str, &'a str)>,
    results: &'a [(&'a str, &'a str)],
    today: &'a str,
}

impl Default for Case<'_> {
    fn default() -> Self {
        Case {
            direction: Some(Direction::Up),
            bound: Bound::Eq,
            value: "100",
            upper: None,
            basis: Basis::AtDue,
            due: "2030",
            baseline: Some(("2025", "50")),
            results: &[("2026", "60")],
            today: "2027-03-01",
        }
    }
}

fn run(case: &Case<'_>) -> Progress {
    run_with(case, None, None, &[])
}

fn run_with(case: &Case<'_>, minimum: Option<&str>, maximum: Option<&str>, breaks: &[Date]) -> Progress {
    let results: Vec<Outcome> = case.results.iter().copied().map(outcome).collect();
    progress(&Pursuit {
        aim: Aim {
            value: d(case.value),
            upper: case.upper.map(d),
            bound: case.bound,
        },
        basis: case.basis,
        due: case.due.parse().unwrap(),
        direction: case.direction,
        minimum: minimum.map(d),
        maximum: maximum.map(d),
        path: &TargetPath::Straight,
        baseline: case.baseline.map(outcome),
        results: &results,
        breaks,
        today: case.today.parse().unwrap(),
    })
    .unwrap()
}

#[test]
fn a_value_on_the_path_is_on_track() {
    let progress = run(&Case::default());
    assert_eq!(progress.attainment, Attainment::OfWay(d("0.2")));
    assert_eq!(progress.gap, Some(d("40")));
    assert_eq!(progress.expected_at_latest, Some(d("60")));
    assert_eq!(progress.required_pace.unwrap().per_year, d("10"));
    assert_eq!(progress.observed_pace.unwrap().per_year, d("10"));
    assert_eq!(progress.on_path, Some(d("1")));
    assert_eq!(progress.status, Status::OnTrack);
}

#[test]
fn the_light_follows_the_share_of_the_path() {
    for (value, status) in [
        ("59.5", Status::OnTrack),
        ("59.4", Status::Behind),
        ("56", Status::Behind),
        ("55.9", Status::OffTrack),
        ("49", Status::OffTrack),
        ("100", Status::Achieved),
        ("130", Status::Achieved),
    ] {
        let results = [("2026", value)];
        assert_eq!(
            run(&Case {
                results: &results,
                ..Case::default()
            })
            .status,
            status,
            "{value}"
        );
    }
}

/// Growth of 2025: «over 10.5%» against 10.5 exactly and 7.34.
#[test]
fn over_ten_and_a_half_is_missed_at_exactly_ten_and_a_half() {
    for (value, bound, status) in [
        ("10.5", Bound::Gt, Status::Missed),
        ("10.51", Bound::Gt, Status::Achieved),
        ("10.5", Bound::Ge, Status::Achieved),
        ("7.34", Bound::Gt, Status::Missed),
        ("10.5", Bound::Approx, Status::Achieved),
    ] {
        let results = [("2025", value)];
        let progress = run(&Case {
            bound,
            value: "10.5",
            due: "2025",
            baseline: None,
            results: &results,
            today: "2026-03-01",
            ..Case::default()
        });
        assert_eq!(progress.status, status, "{bound} {value}");
        assert_eq!(progress.required_pace, None, "the due day has passed");
    }
}

/// The poverty rate of Điện Biên: 21.29% in 2024, 17.66% wanted for 2025, 17.78% came.
#[test]
fn a_fall_is_measured_downward() {
    let case = Case {
        direction: Some(Direction::Down),
        value: "17.66",
        due: "2025",
        baseline: Some(("2024", "21.29")),
        results: &[("2025", "17.78")],
        today: "2026-02-01",
        ..Case::default()
    };
    let progress = run(&case);
    assert_eq!(progress.status, Status::Missed);
    assert_eq!(progress.gap, Some(d("0.12")));
    assert_eq!(progress.attainment.ratio().unwrap().round_dp(4), d("0.9669"));
}

#[test]
fn baseline_equal_to_target_asks_to_stay() {
    let stay = |value| {
        let results = [("2026", value)];
        let progress = run(&Case {
            baseline: Some(("2025", "100")),
            results: &results,
            ..Case::default()
        });
        (progress.attainment, progress.status, progress.sdg_class)
    };
    assert_eq!(
        stay("100"),
        (Attainment::Kept(true), Status::OnTrack, SdgClass::Achieved)
    );
    assert_eq!(
        stay("99"),
        (Attainment::Kept(false), Status::OffTrack, SdgClass::Deterioration)
    );
}

#[test]
fn a_target_of_zero_is_measured_from_its_baseline_or_only_as_reached() {
    let case = |baseline, value: &'static str| {
        let results = [("2026", value)];
        run(&Case {
            direction: Some(Direction::Down),
            value: "0",
            baseline,
            results: &results,
            ..Case::default()
        })
    };
    assert_eq!(
        case(Some(("2025", "10")), "8").attainment,
        Attainment::OfWay(d("0.2"))
    );
    assert_eq!(case(None, "8").attainment, Attainment::Reached(false));
    assert_eq!(case(None, "8").status, Status::NoBaseline);
    assert_eq!(case(None, "0").attainment, Attainment::Reached(true));
    assert_eq!(case(None, "0").status, Status::Achieved);
}

#[test]
fn without_a_baseline_the_level_is_the_measure() {
    let up = run(&Case {
        baseline: None,
        ..Case::default()
    });
    assert_eq!(
        (up.attainment, up.status),
        (Attainment::OfLevel(d("0.6")), Status::NoBaseline)
    );
    let down = run(&Case {
        direction: Some(Direction::Down),
        value: "50",
        baseline: None,
        results: &[("2026", "80")],
        ..Case::default()
    });
    assert_eq!(down.attainment, Attainment::OfLevel(d("0.625")));
}

#[test]
fn near_the_natural_limit_a_small_step_still_counts_and_beyond_it_is_impossible() {
    let near = Case {
        value: "100",
        baseline: Some(("2025", "99.5")),
        results: &[("2026", "99.6")],
        ..Case::default()
    };
    assert_eq!(
        run_with(&near, Some("0"), Some("100"), &[]).status,
        Status::OnTrack
    );
    let beyond = Case {
        value: "101",
        ..Case::default()
    };
    assert_eq!(
        run_with(&beyond, Some("0"), Some("100"), &[]).status,
        Status::Impossible
    );
    let over = Case {
        value: "100",
        bound: Bound::Gt,
        ..Case::default()
    };
    assert_eq!(
        run_with(&over, None, Some("100"), &[]).status,
        Status::Impossible,
        "over 100% of households"
    );
}

#[test]
fn a_range_is_reached_at_its_nearer_end_and_a_band_only_inside() {
    let range = |direction, value| {
        let results = [("2030", value)];
        run(&Case {
            direction,
            bound: Bound::Range,
            value: "10",
            upper: Some("11"),
            baseline: None,
            results: &results,
            today: "2031-02-01",
            ..Case::default()
        })
    };
    for (direction, value, status) in [
        (Some(Direction::Up), "10", Status::Achieved),
        (Some(Direction::Up), "12", Status::Achieved),
        (Some(Direction::Up), "9.9", Status::Missed),
        (Some(Direction::Down), "11", Status::Achieved),
        (Some(Direction::Down), "11.1", Status::Missed),
        (None, "10.5", Status::Achieved),
        (None, "11.5", Status::Missed),
    ] {
        assert_eq!(range(direction, value).status, status, "{direction:?} {value}");
    }
    assert_eq!(range(None, "11.5").gap, Some(d("0.5")));
}

/// «Mỗi năm giảm 3 điểm»: three points a year from 17.78 in 2025 leave 2.78 in 2030.
#[test]
fn a_change_for_each_year_counts_from_the_baseline() {
    let progress = run(&Case {
        direction: Some(Direction::Down),
        basis: Basis::ChangePerYear,
        value: "-3",
        baseline: Some(("2025", "17.78")),
        results: &[("2027", "12.5")],
        today: "2028-03-01",
        ..Case::default()
    });
    assert_eq!(progress.course.goal(), d("2.78"));
    assert_eq!(progress.expected_at_latest, Some(d("11.78")));
    assert_eq!(progress.required_pace.unwrap().per_year, d("-3.24"));
    assert_eq!(progress.on_path.unwrap().round_dp(2), d("0.88"));
    assert_eq!(progress.status, Status::Behind);
}

#[test]
fn a_change_without_a_baseline_cannot_be_seen() {
    let progress = run(&Case {
        basis: Basis::Change,
        value: "12",
        baseline: None,
        ..Case::default()
    });
    assert_eq!(
        (progress.attainment, progress.status),
        (Attainment::Unknown, Status::NoBaseline)
    );
}

/// The poverty line of 2027 (Decree 351/2025): a rate of 2028 is not compared with one of 2025.
#[test]
fn nothing_is_compared_across_a_changed_standard() {
    let case = Case {
        direction: Some(Direction::Down),
        value: "5",
        baseline: Some(("2025", "17.78")),
        results: &[("2028", "15")],
        today: "2029-01-10",
        ..Case::default()
    };
    let progress = run_with(&case, None, None, &["2027-01-01".parse().unwrap()]);
    assert_eq!(progress.status, Status::NotComparable);
    assert_eq!((progress.attainment, progress.gap), (Attainment::Unknown, None));
    assert_eq!(progress.required_pace, None);
    assert_eq!(progress.sdg_class, SdgClass::NotAvailable);
}

#[test]
fn after_the_due_day_without_its_value_the_result_is_awaited() {
    let case = Case {
        due: "2026",
        results: &[("2025", "50")],
        today: "2027-01-02",
        ..Case::default()
    };
    assert_eq!(run(&case).status, Status::AwaitingResult);
    assert_eq!(run(&Case { results: &[], ..case }).status, Status::AwaitingResult);
    assert_eq!(
        run(&Case {
            results: &[],
            ..Case::default()
        })
        .status,
        Status::NoData
    );
    assert_eq!(
        run(&Case {
            results: &[("2026-01", "50")],
            today: "2026-02-02",
            ..Case::default()
        })
        .status,
        Status::TooEarly
    );
}

proptest! {
    /// Whatever comes, nothing panics, and a value beyond the edge in the better direction is never worse.
    #[test]
    fn more_is_never_worse_going_up(value in -500i64..500, more in 0i64..200, start in -300i64..300, aim in -300i64..300,
                                    bound in 0usize..5, year in 2026i16..2032) {
        let bound = [Bound::Eq, Bound::Ge, Bound::Gt, Bound::Approx, Bound::Range][bound];
        let of = |value: i64| {
            let results = [Outcome { period: TimePeriod::Year(year.min(2030)), value: Decimal::new(value, 1) }];
            progress(&Pursuit {
                aim: Aim { value: Decimal::new(aim, 1), upper: (bound == Bound::Range).then_some(Decimal::new(aim + 10, 1)), bound },
                basis: Basis::AtDue,
                due: TimePeriod::Year(2030),
                direction: Some(Direction::Up),
                minimum: None,
                maximum: None,
                path: &TargetPath::Straight,
                baseline: Some(Outcome { period: TimePeriod::Year(2025), value: Decimal::new(start, 1) }),
                results: &results,
                breaks: &[],
                today: terms::Date::constant(year, 6, 1),
            }).unwrap()
        };
        let rank = |status: Status| match status {
            Status::Achieved => 3,
            Status::OnTrack => 2,
            Status::Behind => 1,
            _ => 0,
        };
        let (less, more) = (of(value), of(value + more));
        prop_assert!(rank(less.status) <= rank(more.status));
        prop_assert!(more.gap <= less.gap);
        prop_assert!(less.attainment.ratio().is_none_or(|less| more.attainment.ratio().is_none_or(|more| less <= more)));
    }
}
