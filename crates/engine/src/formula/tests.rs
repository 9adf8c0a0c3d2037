//! Formulas, good and bad.

use plan::catalogue::CatalogueTables;
use proptest::prelude::*;
use terms::TimePeriod;

use super::*;

const BREAKS: &str = "indicator,date,old_vi,new_vi,old_en,new_en,source\n";

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn formulas(rows: &str) -> Result<Formulas, Vec<terms::Diagnostic>> {
    let header =
        "code,name_vi,name_en,unit,better,aggregation,over_time,numerator,denominator,weight,formula\n";
    let base = "plan.money,A,A,VND,up,sum,sum,,,,\ndone.money,A,A,VND,up,sum,sum,,,,\npeople.all,A,A,person,up,sum,last,,,,\n";
    let indicators = format!("{header}{base}{rows}");
    Formulas::of(
        &CatalogueTables {
            indicators: &indicators,
            breaks: BREAKS,
        }
        .read()
        .unwrap(),
    )
}

fn value(text: &str, period: &str) -> Result<Evaluated, Stop> {
    let lookup = |code: &IndicatorCode, period: TimePeriod| match (code.as_str(), period) {
        ("a.x", TimePeriod::Year(year)) if 2020 < year => Some(Decimal::from(year - 2020)),
        ("a.half", TimePeriod::Half(2026, 1)) => Some(d("0.5")),
        ("a.zero", _) => Some(Decimal::ZERO),
        _ => None,
    };
    evaluate(&parse(text).unwrap(), period.parse().unwrap(), &lookup)
}

#[test]
fn values_follow_the_usual_rules() {
    for (text, expected) in [
        ("1 + 2 × 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 − 4 − 3", "3"),
        ("100 ÷ 10 / 5", "2"),
        ("-2 * -3", "6"),
        ("a.x", "6"),
        ("lag(a.x, 1)", "5"),
        ("sum(a.x, 3)", "15"),
        ("(a.x − lag(a.x, 1)) ÷ lag(a.x, 1) × 100", "20"),
    ] {
        assert_eq!(value(text, "2026").unwrap().value, d(expected), "{text}");
    }
    let half = value("a.half * 2", "2026-H1").unwrap();
    assert_eq!((half.value, half.inputs.len()), (Decimal::ONE, 1));
}

#[test]
fn what_is_missing_is_named_and_not_taken_for_zero() {
    let stop = value("a.x + lag(a.x, 6) + a.none", "2026").unwrap_err();
    let Stop::Missing(missing) = stop else {
        panic!("{stop:?}")
    };
    let missing: Vec<String> = missing
        .iter()
        .map(|(code, period)| format!("{code} {period}"))
        .collect();
    assert_eq!(missing, ["a.x 2020", "a.none 2026"]);
    assert_eq!(value("a.x / a.zero", "2026"), Err(Stop::DivisionByZero));
}

#[test]
fn a_fault_in_a_formula_has_its_place() {
    for (text, span, expected) in [
        ("", 0..0, "value"),
        ("a.x +", 5..5, "value"),
        ("a.x a.y", 4..7, "operator"),
        ("(a.x", 4..4, "closing"),
        ("grdp", 0..4, "code"),
        ("lag(a.x)", 7..8, "comma"),
        ("lag(a.x, 0)", 9..10, "years"),
        ("lag(a.x, 1.5)", 9..12, "years"),
        ("sum(3, 1)", 4..5, "code"),
        ("a.x % 2", 4..5, "value"),
        ("1.2.3", 0..5, "value"),
    ] {
        assert_eq!(parse(text), Err(SyntaxError { span, expected }), "{text}");
    }
    let deep = "(".repeat(5_000);
    assert_eq!(parse(&deep).unwrap_err().expected, "depth");
}

#[test]
fn a_catalogue_with_a_bad_formula_is_refused_with_row_and_place() {
    for (rows, code, row, span) in [
        (
            "a.a,A,A,%,up,none,none,,,,done.money / plan.monies * 100\n",
            "formula-unknown-name",
            5,
            (13, 24),
        ),
        (
            "a.a,A,A,%,up,none,none,,,,done.money + people.all\n",
            "formula-units",
            5,
            (0, 23),
        ),
        (
            "a.a,A,A,VND,up,none,none,,,,done.money / people.all\n",
            "formula-units",
            5,
            (0, 23),
        ),
        (
            "a.a,A,A,VND,up,none,none,,,,done.money *\n",
            "formula-syntax",
            5,
            (12, 12),
        ),
        (
            "a.a,A,A,person,up,none,none,,,,\"sum(people.all, 3)\"\n",
            "formula-sum-of-stock",
            5,
            (0, 18),
        ),
        (
            "a.a,A,A,VND,up,none,none,,,,a.b + plan.money\na.b,A,A,VND,up,none,none,,,,2 * a.a\n",
            "formula-cycle",
            6,
            (4, 7),
        ),
        (
            "a.a,A,A,VND,up,none,none,,,,a.a + plan.money\n",
            "formula-cycle",
            5,
            (0, 3),
        ),
    ] {
        let faults = formulas(rows).unwrap_err();
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.code, fault.place.row, fault.place.span))
            .collect();
        assert!(
            found.contains(&(code, Some(row), Some(span))),
            "{rows}: {found:?}"
        );
    }
}

#[test]
fn derived_indicators_stand_after_what_they_are_made_from() {
    let formulas = formulas(
        "a.double,A,A,%,up,none,none,,,,a.rate * 2\na.rate,A,A,%,up,ratio,ratio,done.money,plan.money,,\na.chain,A,A,VND,up,none,none,,,,\"lag(a.chain, 1) + plan.money\"\n",
    )
    .unwrap();
    let order: Vec<&str> = formulas.order().iter().map(IndicatorCode::as_str).collect();
    assert_eq!(order, ["a.rate", "a.double", "a.chain"]);
}

#[test]
fn the_catalogue_of_the_repository_has_no_fault() {
    let catalogue = CatalogueTables {
        indicators: include_str!("../../../../data/indicators.csv"),
        breaks: include_str!("../../../../data/breaks.csv"),
    };
    let formulas = Formulas::of(&catalogue.read().unwrap()).unwrap();
    assert!(20 < formulas.order().len());
}

/// The public record: 1,067.257 of 3,196.678 billion at 31 May 2025 is 33.39% (RULES 14 of the field's sources).
#[test]
fn the_disbursement_rate_of_may_2025_is_that_of_the_record() {
    let expression = parse("investment.public_disbursed / investment.public_plan * 100").unwrap();
    let lookup = |code: &IndicatorCode, _| {
        Some(if code.as_str().ends_with("plan") {
            d("3196678")
        } else {
            d("1067257")
        })
    };
    let value = evaluate(&expression, "2025".parse().unwrap(), &lookup)
        .unwrap()
        .value;
    assert_eq!(value.round_dp(2), d("33.39"));
}

proptest! {
    #[test]
    fn reading_any_text_does_not_panic(text in "\\PC{0,40}") {
        if let Ok(expression) = parse(&text) {
            let _ = evaluate(&expression, TimePeriod::Year(2026), &|_, _| Some(Decimal::ONE));
        }
    }

    #[test]
    fn sums_of_numbers_are_their_sum(numbers in proptest::collection::vec(0u32..1_000_000, 1..20)) {
        let text = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" + ");
        let value = evaluate(&parse(&text).unwrap(), TimePeriod::Year(2026), &|_, _| None).unwrap().value;
        prop_assert_eq!(value, numbers.iter().map(|number| Decimal::from(*number)).sum::<Decimal>());
    }
}
