//! Sums and means over a period.

use super::*;

/// 231,000 billion đồng of investment over 2026–2030, in billions.
#[test]
fn a_sum_over_a_period_starts_from_zero() {
    let progress = run(&Case {
        basis: Basis::Sum,
        value: "231000",
        due: "2026/2030",
        baseline: None,
        results: &[("2025", "30000"), ("2026", "40000"), ("2027", "44000")],
        today: "2028-03-01",
        ..Case::default()
    });
    assert_eq!(
        progress.course.now,
        Some(("2027-12-31".parse().unwrap(), d("84000"))),
        "2025 lies outside"
    );
    assert_eq!(progress.expected_at_latest, Some(d("92400")));
    assert_eq!(progress.required_pace.unwrap().per_year, d("49000"));
    assert_eq!(progress.status, Status::Behind);
    assert_eq!(progress.sdg_class, SdgClass::NotAvailable);
}

/// «Tăng trưởng bình quân 10%/năm 2026–2030»: after 7 and 8, the three years left must average 11⅔.
#[test]
fn a_mean_over_a_period_tells_what_the_remaining_years_must_have() {
    let case = Case {
        basis: Basis::Average,
        value: "10",
        due: "2026/2030",
        baseline: None,
        results: &[("2026", "7"), ("2027", "8")],
        today: "2028-03-01",
        ..Case::default()
    };
    let progress = run(&case);
    assert_eq!(progress.attainment, Attainment::OfLevel(d("0.75")));
    assert_eq!(progress.required_pace.unwrap().per_year.round_dp(4), d("11.6667"));
    assert_eq!(progress.status, Status::Behind);
    let ahead = run(&Case {
        results: &[("2026", "12")],
        ..case
    });
    assert_eq!(ahead.status, Status::OnTrack, "a mean is reached only at its end");
}

#[test]
fn two_values_of_the_same_days_are_refused_in_a_sum() {
    let results = [outcome(("2026", "1")), outcome(("2026-Q1", "1"))];
    let pursuit = Pursuit {
        aim: Aim {
            value: d("5"),
            upper: None,
            bound: Bound::Eq,
        },
        basis: Basis::Sum,
        due: "2026/2030".parse().unwrap(),
        direction: None,
        minimum: None,
        maximum: None,
        path: &TargetPath::Straight,
        baseline: None,
        results: &results,
        breaks: &[],
        today: "2027-01-01".parse().unwrap(),
    };
    assert_eq!(
        pursuit.course(),
        Err(Error::Overlap(
            TimePeriod::Quarter(2026, 1),
            TimePeriod::Year(2026)
        ))
    );
}

/// Growth multiplies: 8 and 12% are 9.98% a year, so «10% a year» is missed by them and just met by 10, 10.
#[test]
fn a_mean_of_growth_is_geometric() {
    let case = |results| Case {
        value: "10",
        basis: Basis::Compound,
        due: "2026/2027",
        baseline: None,
        results,
        today: "2028-03-01",
        ..Case::default()
    };
    let missed = run(&case(&[("2026", "8"), ("2027", "12")]));
    assert_eq!(missed.course.now.unwrap().1.round_dp(4), d("9.9818"));
    assert_eq!(missed.status, Status::Missed);
    let plain = run(&Case {
        basis: Basis::Average,
        ..case(&[("2026", "8"), ("2027", "12")])
    });
    assert_eq!(plain.status, Status::Achieved, "the plain mean would say 10");
    let met = run(&case(&[("2026", "10"), ("2027", "10")]));
    assert_eq!(
        (met.course.now.unwrap().1, met.status),
        (d("10"), Status::Achieved)
    );
}

/// 8% in the first of two years: (1.1² ÷ 1.08 − 1) = 12.037% is needed in the second, not 12.
#[test]
fn the_growth_still_needed_makes_up_for_what_was_missed() {
    let open = run(&Case {
        value: "10",
        basis: Basis::Compound,
        due: "2026/2027",
        baseline: None,
        results: &[("2026", "8")],
        today: "2027-03-01",
        ..Case::default()
    });
    assert_eq!(open.required_pace.unwrap().per_year.round_dp(3), d("12.037"));
    assert_eq!(open.status, Status::Behind);
    let gone = run(&Case {
        value: "10",
        basis: Basis::Compound,
        due: "2026/2028",
        baseline: None,
        results: &[("2026", "-100"), ("2027", "50")],
        today: "2028-03-01",
        ..Case::default()
    });
    assert_eq!(
        gone.course.now.unwrap().1,
        d("-100"),
        "nothing is left to grow from"
    );
}
