//! Targets that are changes, growth or counts of units, held against values and each other.

use terms::{Decimal, IndicatorCode, RefArea};

use super::formula::Prices;
use super::*;
use crate::meaning::{Allowed, End};

fn code(indicator: &str) -> IndicatorCode {
    IndicatorCode::new(indicator).unwrap()
}

fn quantity(indicator: &str, aspect: Aspect, period: &str) -> Quantity {
    Quantity {
        indicator: code(indicator),
        aspect,
        basis: Basis::Plain,
        place: RefArea::from_static("VN-11"),
        period: period.parse().unwrap(),
    }
}

fn range(lower: &str, upper: &str) -> Allowed {
    let end = |text: &str| {
        let value: Option<Decimal> = text.parse().ok();
        value.map(|value| End {
            value,
            included: true,
        })
    };
    Allowed {
        lower: end(lower),
        upper: end(upper),
    }
}

fn claim(role: Role, quantity: Quantity, lower: &str, upper: &str) -> Claim {
    Claim {
        id: format!("{role:?} {quantity:?} {lower}..{upper}"),
        role,
        bindings: vec![(quantity, range(lower, upper))],
        readings: Vec::new(),
        tested: false,
    }
}

fn natural() -> Natural {
    let percent = (Some(Decimal::ZERO), Some(Decimal::ONE_HUNDRED));
    [(code("poverty.rate"), percent)].into_iter().collect()
}

/// The verdict over the definitions of changes of an indicator.
fn verdict(indicator: &str, claims: &[Claim]) -> Answer {
    let identities = changes_of(&code(indicator), Prices::Plain);
    assert_eq!(identities.len(), 6);
    examine(&identities, claims, &natural(), &Limits::STANDARD)
}

fn check(indicator: &str, claims: &[Claim], expected: Verdict) {
    let answer = verdict(indicator, claims);
    assert_eq!(answer.verdict, expected, "{claims:#?}");
    if expected == Verdict::Infeasible {
        assert!(
            answer
                .conflicts
                .iter()
                .any(|conflict| !conflict.targets.is_empty())
        );
    }
}

#[test]
fn a_fall_of_three_points_a_year_is_held_against_the_level_at_the_end() {
    let start = || {
        claim(
            Role::Result,
            quantity("poverty.rate", Aspect::Value, "2025"),
            "17.78",
            "17.78",
        )
    };
    let fall = || {
        let of = quantity("poverty.rate", Aspect::ChangeAYear, "2026/2030");
        claim(Role::Target, of, "-3", "-3")
    };
    let level = |upper: &str| {
        claim(
            Role::Target,
            quantity("poverty.rate", Aspect::Value, "2030"),
            "",
            upper,
        )
    };
    // 17.78 − 5 × 3 = 2.78
    check("poverty.rate", &[start(), fall(), level("8")], Verdict::Feasible);
    check(
        "poverty.rate",
        &[start(), fall(), level("2.7")],
        Verdict::Infeasible,
    );
    // Below zero no rate can fall: the target is at odds with the result alone.
    let steep = claim(
        Role::Target,
        quantity("poverty.rate", Aspect::ChangeAYear, "2026/2030"),
        "-4",
        "-4",
    );
    check("poverty.rate", &[start(), steep], Verdict::Infeasible);
}

#[test]
fn a_change_over_a_span_and_one_from_year_to_year_stand_together_or_not() {
    let of = |aspect, period| quantity("forest.coverage", aspect, period);
    let start = claim(Role::Result, of(Aspect::Value, "2025"), "45.5", "45.5");
    let whole = claim(Role::Target, of(Aspect::Change, "2026/2030"), "1.5", "1.5");
    let end = |value: &str| claim(Role::Target, of(Aspect::Value, "2030"), value, value);
    check(
        "forest.coverage",
        &[start.clone(), whole.clone(), end("47")],
        Verdict::Feasible,
    );
    check(
        "forest.coverage",
        &[start.clone(), whole, end("48")],
        Verdict::Infeasible,
    );
    let next = claim(Role::Target, of(Aspect::Change, "2026"), "0.3", "0.3");
    let value = |value: &str| claim(Role::Target, of(Aspect::Value, "2026"), value, value);
    check(
        "forest.coverage",
        &[start.clone(), next.clone(), value("45.8")],
        Verdict::Feasible,
    );
    check(
        "forest.coverage",
        &[start, next.clone(), value("46")],
        Verdict::Infeasible,
    );
    // Without any value before there is nothing to hold the change against.
    check("forest.coverage", &[next, value("46")], Verdict::Feasible);
}

#[test]
fn growth_of_a_count_multiplies() {
    let of = |aspect, period| quantity("tourism.visitors", aspect, period);
    let start = claim(Role::Result, of(Aspect::Value, "2025"), "1450000", "1450000");
    let growth = claim(Role::Target, of(Aspect::Growth, "2026/2030"), "10", "10");
    // 1.45 × 1.1⁵ = 2.3352
    let end = |lower: &str| claim(Role::Target, of(Aspect::Value, "2030"), lower, "");
    check(
        "tourism.visitors",
        &[start.clone(), growth.clone(), end("2335000")],
        Verdict::Feasible,
    );
    check(
        "tourism.visitors",
        &[start, growth, end("2650000")],
        Verdict::Infeasible,
    );
}

#[test]
fn counts_of_units_are_whole_and_the_narrower_condition_is_met_by_no_more() {
    let count = |condition| quantity("poverty.rate", Aspect::UnitsMeeting(condition), "2030");
    // Condition 0: under 8 %; condition 1: under 10 %.
    let identities = [units_within(&code("poverty.rate"), 0, 1)];
    let answer = |lower: &str, upper: &str| {
        let claims = [
            claim(Role::Target, count(0), lower, "42"),
            claim(Role::Target, count(1), "0", upper),
        ];
        examine(&identities, &claims, &natural(), &Limits::STANDARD)
    };
    assert_eq!(answer("30", "26").verdict, Verdict::Infeasible);
    let feasible = answer("21", "27");
    assert_eq!(feasible.verdict, Verdict::Feasible);
    for value in feasible.witness.unwrap() {
        assert!(
            value.lower.is_integer() && value.lower == value.upper,
            "{value:?}"
        );
    }
    // 25.2 to 25.9 holds no whole number of communes: no point is offered.
    let claims = [claim(Role::Target, count(0), "25.2", "25.9")];
    let between = examine(&identities, &claims, &natural(), &Limits::STANDARD);
    assert_ne!(between.verdict, Verdict::Feasible);
    assert_eq!(between.witness, None);
}

#[test]
fn definitions_of_changes_that_nobody_speaks_of_tie_nothing() {
    let of = |aspect, period| quantity("poverty.rate", aspect, period);
    let claims = [
        claim(Role::Result, of(Aspect::Value, "2025"), "17.78", "17.78"),
        claim(Role::Target, of(Aspect::Value, "2030"), "", "8"),
    ];
    let answer = verdict("poverty.rate", &claims);
    assert_eq!(answer.model.made.len(), 0);
    assert!(
        answer
            .model
            .quantities
            .iter()
            .all(|of| of.aspect == Aspect::Value)
    );
}
