//! The congress's case: targets, result and assumptions as the public record has them.

use std::time::Instant;

use engine::coherence::{
    Aspect, Basis, Claim, Limits, Natural, Quantity, Role, Verdict, examine, read_identities,
};
use engine::meaning::Allowed;
use terms::{Decimal, IndicatorCode, RefArea};

fn quantity(indicator: &str, basis: Basis, period: &str) -> Quantity {
    Quantity {
        aspect: Aspect::Value,
        indicator: IndicatorCode::new(indicator).expect("a code"),
        basis,
        place: RefArea::from_static("VN-11"),
        period: period.parse().expect("a period"),
    }
}

fn claim(id: &str, role: Role, of: &[(&str, Basis, &str)], lower: &str, upper: &str) -> Claim {
    let range = Allowed::between(lower.parse().expect("a number"), upper.parse().expect("a number"));
    Claim {
        id: id.to_owned(),
        role,
        bindings: of
            .iter()
            .map(|(code, basis, period)| (quantity(code, *basis, period), range))
            .collect(),
        readings: Vec::new(),
        tested: id == "prices",
    }
}

/// Median of 15 runs of the whole question: verdict, conflicts with chains, implied ranges, mends, readings.
pub(crate) fn median_ms() -> f64 {
    let (identities, _) = read_identities(include_str!("../../../data/identities.csv"), "identities.csv");
    let plain = Basis::Plain;
    let span = "2026/2030";
    let years = ["2026", "2027", "2028", "2029", "2030", span];
    let each = |code: &'static str| years.iter().map(|year| (code, plain, *year)).collect::<Vec<_>>();
    let mut ratio = claim(
        "ratio",
        Role::Target,
        &[("investment.to_grdp", plain, span)],
        "56.415",
        "56.425",
    );
    let last = Allowed::between(
        "56.415".parse().expect("a number"),
        "56.425".parse().expect("a number"),
    );
    ratio.readings = vec![
        (
            "last_year".to_owned(),
            vec![(quantity("investment.to_grdp", plain, "2030"), last)],
        ),
        ("other_definition".to_owned(), Vec::new()),
    ];
    let claims = vec![
        claim(
            "growth",
            Role::Target,
            &[("grdp.growth", plain, span)],
            "10",
            "11",
        ),
        claim(
            "per_head",
            Role::Target,
            &[("grdp.per_capita", plain, "2030")],
            "115000000",
            "115000000",
        ),
        claim(
            "investment",
            Role::Target,
            &[("investment.social_total", plain, span)],
            "231000000000000",
            "231000000000000",
        ),
        ratio,
        claim(
            "grdp",
            Role::Result,
            &[("grdp.level", Basis::Current, "2025")],
            "35656500000000",
            "35657500000000",
        ),
        claim(
            "population",
            Role::Assumption,
            &[("population.total", plain, "2025")],
            "660000",
            "660000",
        ),
        claim(
            "population_growth",
            Role::Assumption,
            &each("population.growth"),
            "0",
            "1.5",
        ),
        claim(
            "prices",
            Role::Assumption,
            &each("prices.grdp_deflator"),
            "2",
            "6",
        ),
        Claim {
            id: "even_growth".to_owned(),
            role: Role::Assumption,
            bindings: Vec::new(),
            readings: Vec::new(),
            tested: false,
        },
    ];
    let natural: Natural = [
        "grdp.level",
        "grdp.per_capita",
        "population.total",
        "investment.social_total",
        "investment.to_grdp",
    ]
    .iter()
    .map(|code| {
        (
            IndicatorCode::new(*code).expect("a code"),
            (Some(Decimal::ZERO), None),
        )
    })
    .collect();
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let start = Instant::now();
            let answer = examine(&identities, &claims, &natural, &Limits::STANDARD);
            assert_eq!((answer.verdict, answer.conflicts.len()), (Verdict::Infeasible, 2));
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
