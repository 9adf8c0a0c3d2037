//! The congress's case and the plan of 2025, by the numbers of the public record; then generated systems.

use terms::{Bound, Decimal, IndicatorCode, RefArea};

use super::*;
use crate::meaning::{Allowed, Voice, allowed, step};

fn identities() -> Vec<Identity> {
    let (identities, diagnostics) =
        read_identities(include_str!("../../../../data/identities.csv"), "identities.csv");
    assert_eq!(diagnostics, []);
    identities
}

fn quantity(indicator: &str, basis: Basis, period: &str) -> Quantity {
    Quantity {
        aspect: Aspect::Value,
        indicator: IndicatorCode::new(indicator).unwrap(),
        basis,
        place: RefArea::from_static("VN-11"),
        period: period.parse().unwrap(),
    }
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn claim(id: &str, role: Role, bindings: Vec<(Quantity, Allowed)>) -> Claim {
    Claim {
        id: id.to_owned(),
        role,
        bindings,
        readings: Vec::new(),
        tested: false,
    }
}

fn said(bound: Bound, value: &str, upper: Option<&str>, surface: &str, voice: Voice) -> Allowed {
    let value = decimal(value);
    allowed(
        bound,
        value,
        upper.map(decimal),
        step(value, Some(surface)),
        voice,
    )
}

fn natural() -> Natural {
    [
        "grdp.level",
        "grdp.per_capita",
        "population.total",
        "investment.social_total",
        "investment.to_grdp",
    ]
    .into_iter()
    .map(|code| (IndicatorCode::new(code).unwrap(), (Some(Decimal::ZERO), None)))
    .chain(
        [
            "grdp.growth",
            "grdp.nominal_growth",
            "prices.grdp_deflator",
            "population.growth",
        ]
        .into_iter()
        .map(|code| {
            (
                IndicatorCode::new(code).unwrap(),
                (Some(Decimal::from(-100)), None),
            )
        }),
    )
    .collect()
}

/// The congress's targets, the result of 2025 and the assumptions, named as in the register's example.
fn congress() -> Vec<Claim> {
    let span = "2026/2030";
    let plain = Basis::Plain;
    let years = ["2026", "2027", "2028", "2029", "2030", span];
    let over_years = |indicator: &str, from: &str, to: &str| {
        let range = Allowed::between(decimal(from), decimal(to));
        years
            .iter()
            .map(|year| (quantity(indicator, plain, year), range))
            .collect::<Vec<_>>()
    };
    let ratio = said(Bound::Eq, "56.42", None, "56.42%", Voice::Set);
    let mut ambiguous = claim(
        "ratio",
        Role::Target,
        vec![(quantity("investment.to_grdp", plain, span), ratio)],
    );
    ambiguous.readings = vec![
        (
            "last_year".to_owned(),
            vec![(quantity("investment.to_grdp", plain, "2030"), ratio)],
        ),
        ("other_definition".to_owned(), Vec::new()),
    ];
    let mut prices = claim(
        "prices",
        Role::Assumption,
        over_years("prices.grdp_deflator", "2", "6"),
    );
    prices.tested = true;
    vec![
        claim(
            "growth",
            Role::Target,
            vec![(
                quantity("grdp.growth", plain, span),
                said(Bound::Range, "10", Some("11"), "10-11%", Voice::Set),
            )],
        ),
        claim(
            "per_head",
            Role::Target,
            vec![(
                quantity("grdp.per_capita", plain, "2030"),
                said(Bound::Eq, "115000000", None, "VND 115 million", Voice::Set),
            )],
        ),
        claim(
            "investment",
            Role::Target,
            vec![(
                quantity("investment.social_total", plain, span),
                said(
                    Bound::Eq,
                    "231000000000000",
                    None,
                    "VND 231,000 billion",
                    Voice::Set,
                ),
            )],
        ),
        ambiguous,
        claim(
            "grdp_2025",
            Role::Result,
            vec![(
                quantity("grdp.level", Basis::Current, "2025"),
                said(
                    Bound::Eq,
                    "35657000000000",
                    None,
                    "VND 35,657 billion",
                    Voice::Told,
                ),
            )],
        ),
        claim(
            "population_2025",
            Role::Assumption,
            vec![(
                quantity("population.total", plain, "2025"),
                Allowed::between(decimal("660000"), decimal("660000")),
            )],
        ),
        claim(
            "population_growth",
            Role::Assumption,
            over_years("population.growth", "0", "1.5"),
        ),
        prices,
        claim("even_growth", Role::Assumption, Vec::new()),
    ]
}

fn near(range: crate::Interval, lower: f64, upper: f64, slack: f64) {
    assert!(
        (range.lower() - lower).abs() <= slack && (range.upper() - upper).abs() <= slack,
        "{range:?} beside {lower}–{upper}"
    );
}

#[test]
fn the_congress_case_is_found_told_and_mended() {
    let claims = congress();
    let answer = examine(&identities(), &claims, &natural(), &Limits::STANDARD);
    assert_eq!(answer.verdict, Verdict::Infeasible);
    assert!(answer.all_conflicts);
    let sets: Vec<&[usize]> = answer
        .conflicts
        .iter()
        .map(|conflict| conflict.targets.as_slice())
        .collect();
    assert_eq!(sets, [[0, 2, 3], [1, 2, 3]]);
    // By the head: population, GRDP 2030, nominal growth, GRDP of five years, ratio.
    let told = answer.conflicts[1].chain.as_ref().unwrap();
    for step in &told.steps {
        println!(
            "{} {:?} {:?}",
            identities()[answer.model.made[step.relation].identity].id,
            answer.model.quantities[step.variable],
            step.gives
        );
    }
    near(told.range, 76.4, 80.4, 0.3);
    assert!(told.steps.len() <= 6, "{}", told.steps.len());
    let implied = |indicator: &str, basis, period: &str| {
        let variable = answer
            .model
            .variable(&quantity(indicator, basis, period))
            .unwrap();
        answer
            .implied
            .iter()
            .find(|implied| implied.variable == variable)
            .unwrap()
    };
    near(
        implied("grdp.nominal_growth", Basis::Plain, "2026/2030").range,
        16.31,
        18.06,
        0.01,
    );
    near(
        implied("prices.grdp_deflator", Basis::Plain, "2026/2030").range,
        4.78,
        7.33,
        0.02,
    );
    near(
        implied("grdp.level", Basis::Current, "2026/2030").range,
        287.0e12,
        302.0e12,
        1e12,
    );
    near(
        implied("investment.to_grdp", Basis::Plain, "2026/2030").range,
        76.5,
        80.5,
        0.3,
    );
    for mend in &answer.mends {
        println!("{} {:?} {:?}", claims[mend.claim].id, mend.possible, mend.nearest);
    }
    assert_eq!(claims[answer.mends[0].claim].id, "ratio");
    assert!(
        answer
            .mends
            .iter()
            .any(|mend| claims[mend.claim].id == "investment" && mend.nearest.is_some())
    );
    for reading in &answer.readings {
        println!("{} {:?} {:?}", reading.name, reading.verdict, reading.possible);
    }
    assert!(
        answer
            .readings
            .iter()
            .all(|reading| reading.verdict == Verdict::Feasible)
    );
}

#[test]
fn a_target_impossible_by_itself_is_named_and_the_rest_goes_on() {
    let share = quantity("poverty.rate", Basis::Plain, "2030");
    let claims = vec![
        claim(
            "share",
            Role::Target,
            vec![(share, said(Bound::Eq, "104", None, "104%", Voice::Set))],
        ),
        claim(
            "growth",
            Role::Target,
            vec![(
                quantity("grdp.growth", Basis::Plain, "2030"),
                said(Bound::Eq, "10", None, "10%", Voice::Set),
            )],
        ),
    ];
    let mut natural = natural();
    natural.insert(
        IndicatorCode::new("poverty.rate").unwrap(),
        (Some(Decimal::ZERO), Some(Decimal::ONE_HUNDRED)),
    );
    let answer = examine(&identities(), &claims, &natural, &Limits::STANDARD);
    assert_eq!(answer.verdict, Verdict::Infeasible);
    assert_eq!(answer.conflicts.len(), 1);
    assert_eq!(answer.conflicts[0].targets, [0]);
    assert_eq!(answer.conflicts[0].given, [0_usize; 0]);
    assert_eq!(answer.diagnostics.len(), 1);
    assert_eq!(answer.diagnostics[0].code, "claim-impossible-alone");
    // The rest has a point of its own.
    assert!(answer.witness.is_some());
}

/// What is wrong with a line is told by a code with its column; the lines beside it are read all the same.
#[test]
fn every_kind_of_wrong_identity_is_named_and_the_rest_is_read() {
    let heading = "id,over,relation,needs,derived,source";
    let good = "good,year,population.total = population.urban + population.rural,,,test";
    for (line, code, column, named) in [
        ("short,year", "identity-columns", None, "2"),
        (
            "a,decade,grdp.level@current = population.total * 2,,,test",
            "identity-over",
            Some("over"),
            "decade",
        ),
        (
            "good,year,grdp.level@current = population.total * 2,,,test",
            "identity-twice",
            Some("id"),
            "good",
        ),
        (
            "a,year,grdp.level@current = * 2,,,test",
            "identity-unreadable",
            Some("relation"),
            "*",
        ),
        (
            "a,year,population.urban = population.total * 2,,,test",
            "identity-circle",
            Some("relation"),
            "a",
        ),
    ] {
        let (identities, told) = read_identities(&format!("{heading}\n{good}\n{line}\n"), "identities.csv");
        assert_eq!(told.len(), 1, "{line}: {told:?}");
        assert_eq!(
            (told[0].code, told[0].place.column.as_deref()),
            (code, column),
            "{line}"
        );
        assert_eq!(told[0].place.file.as_deref(), Some("identities.csv"));
        assert!(
            told[0].data.iter().any(|(_, value)| value.contains(named)),
            "{line}: {told:?}"
        );
        assert!(identities.iter().any(|identity| identity.id == "good"), "{line}");
    }
}

#[test]
fn a_circle_of_definitions_is_told_with_the_identity_that_closes_it() {
    let text = "id,over,relation,needs,derived,source\n\
                one,year,grdp.level@current = population.total * 2,,,test\n\
                two,year,population.total = grdp.level@current * 3,,,test\n";
    let (identities, told) = read_identities(text, "circle.csv");
    assert_eq!(identities.len(), 2);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].code, "identity-circle");
    assert!(told[0].data.iter().any(|(_, value)| value == "two"), "{told:?}");
}

#[test]
fn levels_at_different_prices_are_never_held_against_each_other() {
    // 2030 at current prices far above 2030 at the prices of 2010: no contradiction, for they are not one quantity.
    let level = |id: &str, basis, value: &str| {
        claim(
            id,
            Role::Target,
            vec![(
                quantity("grdp.level", basis, "2030"),
                said(Bound::Eq, value, None, value, Voice::Set),
            )],
        )
    };
    let apart = vec![
        level("current", Basis::Current, "80000000000000"),
        level("constant", Basis::Constant(2010), "29000000000000"),
    ];
    let answer = examine(&identities(), &apart, &natural(), &Limits::STANDARD);
    assert_eq!(answer.verdict, Verdict::Feasible);
    // The same two numbers at the same prices contradict each other.
    let same = vec![
        level("current", Basis::Current, "80000000000000"),
        level("other", Basis::Current, "29000000000000"),
    ];
    let answer = examine(&identities(), &same, &natural(), &Limits::STANDARD);
    assert_eq!(answer.verdict, Verdict::Infeasible);
    assert_eq!(answer.conflicts[0].targets, [0, 1]);
}

/// A range turned round and a share over 100 % are each named by their claim; the others are answered without them.
#[test]
fn what_cannot_be_used_is_named_and_the_rest_is_answered() {
    let turned = claim(
        "turned",
        Role::Assumption,
        vec![(
            quantity("grdp.growth", Basis::Plain, "2030"),
            Allowed::between(decimal("6"), decimal("2")),
        )],
    );
    let over = claim(
        "over",
        Role::Target,
        vec![(
            quantity("poverty.rate", Basis::Plain, "2030"),
            said(Bound::Gt, "100", None, "100%", Voice::Set),
        )],
    );
    let below = claim(
        "below",
        Role::Result,
        vec![(
            quantity("population.total", Basis::Plain, "2025"),
            said(Bound::Eq, "-5", None, "-5", Voice::Told),
        )],
    );
    let fine = claim(
        "fine",
        Role::Target,
        vec![(
            quantity("grdp.growth", Basis::Plain, "2030"),
            said(Bound::Eq, "10", None, "10%", Voice::Set),
        )],
    );
    let mut natural = natural();
    natural.insert(
        IndicatorCode::new("poverty.rate").unwrap(),
        (Some(Decimal::ZERO), Some(Decimal::ONE_HUNDRED)),
    );
    for (wrong, code, verdict) in [
        (turned, "claim-turned-round", Verdict::Feasible),
        (below, "claim-impossible-alone", Verdict::Feasible),
    ] {
        let answer = examine(
            &identities(),
            &[wrong.clone(), fine.clone()],
            &natural,
            &Limits::STANDARD,
        );
        assert_eq!((answer.diagnostics.len(), answer.diagnostics[0].code), (1, code));
        assert!(
            answer.diagnostics[0]
                .data
                .iter()
                .any(|(_, value)| *value == wrong.id)
        );
        assert_eq!(answer.verdict, verdict, "{}", wrong.id);
    }
    // «Over 100 %» of a share touches its limit: the closed ranges meet, so the answer is not certain of it alone.
    let answer = examine(&identities(), &[over, fine], &natural, &Limits::STANDARD);
    assert_ne!(answer.verdict, Verdict::Feasible);
}

#[test]
fn the_plan_of_2025_agrees_with_itself() {
    let claims = vec![
        claim(
            "growth",
            Role::Target,
            vec![(
                quantity("grdp.growth", Basis::Plain, "2025"),
                said(Bound::Gt, "10.5", None, "10.5%", Voice::Set),
            )],
        ),
        claim(
            "level",
            Role::Target,
            vec![(
                quantity("grdp.level", Basis::Constant(2010), "2025"),
                said(
                    Bound::Eq,
                    "17970000000000",
                    None,
                    "VND 17,970 billion",
                    Voice::Set,
                ),
            )],
        ),
        claim(
            "before",
            Role::Result,
            vec![(
                quantity("grdp.level", Basis::Constant(2010), "2024"),
                said(Bound::Eq, "16263000000000", None, "16,263 billion", Voice::Told),
            )],
        ),
    ];
    let answer = examine(&identities(), &claims, &natural(), &Limits::STANDARD);
    assert_eq!(answer.verdict, Verdict::Feasible);
    assert!(answer.witness.is_some());
}
