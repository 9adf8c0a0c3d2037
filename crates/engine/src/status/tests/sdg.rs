//! Open SDG's classes: its own test data, and cases worked by hand.

use super::*;

/// Open SDG's own test data (sdg-build, `tests/assets/progress-calculation` at 44027aee): the aggregate rows of its
/// indicators, base year 2015 or the first after it, target year 2030, and what its published formula makes of them.
#[test]
fn open_sdg_test_data_with_targets_fall_into_their_classes() {
    for (name, baseline, latest, target, class) in [
        // Observed −8.6% a year, −4.5% are required.
        ("1-2-1 low income", "14.5", "10.1", "7.25", SdgClass::OnTrack),
        (
            "3-1-1 maternal mortality",
            "7.060817171907362",
            "7.526112923948628",
            "70",
            SdgClass::Achieved,
        ),
        ("3-2-2 neonatal mortality", "4.5", "4.4", "12", SdgClass::Achieved),
        // The target of zero is taken as 0.001.
        ("3-3-3 malaria", "1.55", "1.82", "0", SdgClass::Deterioration),
    ] {
        let found = run(&Case {
            direction: Some(Direction::Down),
            value: target,
            baseline: Some(("2015", baseline)),
            results: &[("2019", latest)],
            today: "2020-06-01",
            ..Case::default()
        });
        assert_eq!(found.sdg_class, class, "{name}");
    }
}

/// As above, of indicators without a target.
#[test]
fn open_sdg_test_data_without_targets_fall_into_their_classes() {
    for (name, baseline, actual, years, direction, limit, class) in [
        (
            "1-1-1",
            "100",
            "120",
            1,
            Direction::Down,
            None,
            SdgClass::Deterioration,
        ),
        (
            "3-3-1 tuberculosis",
            "5.44",
            "5.64",
            4,
            Direction::Down,
            None,
            SdgClass::Deterioration,
        ),
        // 0.55% a year: by plain thresholds to be accelerated; at 91.3 of 100 a third of the growth is asked, and it is enough.
        (
            "17-8-1 internet",
            "91.3",
            "92.3",
            2,
            Direction::Up,
            None,
            SdgClass::Accelerate,
        ),
        (
            "17-8-1 internet",
            "91.3",
            "92.3",
            2,
            Direction::Up,
            Some("100"),
            SdgClass::OnTrack,
        ),
    ] {
        let found = sdg_class_without_target(
            d(baseline),
            d(actual),
            Decimal::from(years),
            direction,
            limit.map(d),
            SdgThresholds::PUBLISHED,
        );
        assert_eq!(found, class, "{name} {limit:?}");
    }
}

/// Hand-worked from the published formula: required growth 2% a year for ten years, observed 1.9%, 1.2%, 0.1%, −0.1%.
#[test]
fn sdg_classes_follow_the_ratio_of_growth() {
    for (growth, class) in [
        ("1.9004", SdgClass::OnTrack),
        ("1.89", SdgClass::Accelerate),
        ("1.2003", SdgClass::Accelerate),
        ("1.19", SdgClass::Limited),
        ("0.01", SdgClass::Limited),
        ("-0.1", SdgClass::Deterioration),
    ] {
        let value = (d("100") + d(growth)).to_string();
        let results = [("2016", value.as_str())];
        let progress = run(&Case {
            // 100 × 1.02^10
            value: "121.89944199947571",
            due: "2025",
            baseline: Some(("2015", "100")),
            results: &results,
            today: "2017-01-01",
            ..Case::default()
        });
        assert_eq!(progress.sdg_class, class, "{growth}");
    }
}

#[test]
fn without_a_target_less_growth_is_asked_near_the_natural_limit() {
    let class = |from, to, limit: Option<&str>| {
        sdg_class_without_target(
            d(from),
            d(to),
            Decimal::ONE,
            Direction::Up,
            limit.map(d),
            SdgThresholds::PUBLISHED,
        )
    };
    assert_eq!(class("50", "50.8", None), SdgClass::OnTrack);
    assert_eq!(class("50", "50.3", None), SdgClass::Accelerate);
    assert_eq!(class("98", "98.2", None), SdgClass::Limited);
    // 1 − 0.98^4.44 = 0.0858: 0.129% and 0.043% a year suffice.
    assert_eq!(class("98", "98.2", Some("100")), SdgClass::OnTrack);
    assert_eq!(class("98", "98.05", Some("100")), SdgClass::Accelerate);
}
