//! The public record of Điện Biên, row by row with the class that a careful reader gives, then what must not be found.

use plan::{Edition, PriceBasis};
use terms::{Bound, IndicatorCode, Kind, Measure, RefArea};

use super::*;
use crate::coherence::read_identities;
use crate::meaning::step;

struct Said(Statement);

/// «indicator period value surface kind bound, document, date».
fn said(id: &str, indicator: &str, period: &str, value: &str, document: u32, date: &str) -> Said {
    let value: Decimal = value.parse().unwrap();
    Said(Statement {
        id: id.to_owned(),
        indicator: IndicatorCode::new(indicator).unwrap(),
        place: RefArea::from_static("VN-11"),
        period: period.parse().unwrap(),
        measure: Measure::Level,
        kind: Kind::Actual,
        bound: Bound::Eq,
        value,
        upper: None,
        step: step(value, None),
        price_basis: None,
        price_matters: indicator == "grdp.level",
        own_value: true,
        edition: None,
        scope: None,
        documents: vec![document],
        date: date.parse().ok(),
    })
}

impl Said {
    fn kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }
    fn bound(mut self, bound: Bound) -> Self {
        self.0.bound = bound;
        self
    }
    fn measure(mut self, measure: Measure) -> Self {
        self.0.measure = measure;
        self
    }
    fn step(mut self, step: &str) -> Self {
        self.0.step = step.parse().unwrap();
        self
    }
    fn scope(mut self, scope: &str) -> Self {
        self.0.scope = Some(scope.to_owned());
        self
    }
    fn edition(mut self, edition: Edition) -> Self {
        self.0.edition = Some(edition);
        self
    }
    fn prices(mut self, basis: PriceBasis) -> Self {
        self.0.price_basis = Some(basis);
        self
    }
}

fn kinship() -> Kinship {
    let code = |text: &str| IndicatorCode::new(text).unwrap();
    Kinship {
        flows: vec![
            code("tourism.visitors"),
            code("housing.solidarity_homes"),
            code("investment.social_total"),
        ],
        wider: vec![(code("budget.revenue_local"), code("budget.revenue_total"))],
    }
}

fn findings(said: Vec<Said>) -> (Vec<Statement>, Vec<Finding>) {
    let statements: Vec<Statement> = said.into_iter().map(|said| said.0).collect();
    let kinship = kinship();
    let (identities, _) = read_identities(include_str!("../../../../data/identities.csv"), "identities.csv");
    let mut findings = Index::new(&statements, &kinship).findings();
    findings.extend(arithmetic(
        &statements,
        &identities,
        &crate::coherence::Natural::new(),
    ));
    (statements, findings)
}

fn told(statements: &[Statement], findings: &[Finding]) -> Vec<(&'static str, Vec<String>)> {
    let mut told: Vec<_> = findings
        .iter()
        .map(|finding| {
            let mut names: Vec<String> = finding
                .statements
                .iter()
                .map(|index| statements[*index].id.clone())
                .collect();
            names.sort();
            (finding.class.code(), names)
        })
        .collect();
    told.sort();
    told
}

fn expect(said: Vec<Said>, expected: &[(&'static str, &[&str])]) {
    let (statements, findings) = findings(said);
    let mut expected: Vec<_> = expected
        .iter()
        .map(|(class, names)| (*class, names.iter().map(ToString::to_string).collect::<Vec<_>>()))
        .collect();
    expected.sort();
    assert_eq!(told(&statements, &findings), expected);
}

/// The rows of the record; each is looked at among all the others.
fn record() -> Vec<Said> {
    let constant = PriceBasis::Constant { base_year: 2010 };
    vec![
        said("plan-rate", "poverty.rate", "2025", "17.66", 1, "2025-01-10").kind(Kind::Target),
        said("plan-fall", "poverty.reduction", "2025", "4", 1, "2025-01-10")
            .kind(Kind::Target)
            .measure(Measure::Change)
            .step("0.01"),
        said("plan-targets", "plan.targets", "2025", "16", 1, "2025-01-10").kind(Kind::Target),
        said("plan-growth", "grdp.growth", "2025", "10.5", 1, "2025-01-10")
            .kind(Kind::Target)
            .bound(Bound::Gt)
            .measure(Measure::Growth),
        said(
            "plan-revenue",
            "budget.revenue_total",
            "2025",
            "15292791000000",
            1,
            "2025-01-10",
        )
        .kind(Kind::Target),
        said("july-rate", "poverty.rate", "2025", "17.66", 2, "2025-07-27"),
        said("july-growth", "grdp.growth", "2021/2025", "8.02", 2, "2025-07-27")
            .kind(Kind::Estimate)
            .measure(Measure::Growth),
        said("july-nearly", "grdp.growth", "2021/2025", "9", 2, "2025-07-27")
            .bound(Bound::Approx)
            .measure(Measure::Growth),
        said(
            "july-grdp",
            "grdp.level",
            "2025",
            "17970000000000",
            2,
            "2025-07-27",
        )
        .kind(Kind::Estimate)
        .step("1000000000"),
        said(
            "july-head",
            "grdp.per_capita",
            "2025",
            "52830000",
            2,
            "2025-07-27",
        ),
        said(
            "july-revenue",
            "budget.revenue_local",
            "2025",
            "1779500000000",
            2,
            "2025-07-27",
        )
        .kind(Kind::Estimate),
        said(
            "july-homes",
            "housing.solidarity_homes",
            "2021/2025",
            "22300",
            2,
            "2025-07-27",
        )
        .bound(Bound::Gt)
        .scope("completed"),
        said(
            "july-visitors",
            "tourism.visitors",
            "2021/2025",
            "5500000",
            2,
            "2025-07-27",
        ),
        said(
            "july-fall",
            "poverty.reduction",
            "2021/2025",
            "4",
            2,
            "2025-07-27",
        )
        .bound(Bound::Approx)
        .measure(Measure::Change),
        said(
            "september-fall",
            "poverty.reduction",
            "2021/2025",
            "4.53",
            3,
            "2025-09-30",
        )
        .measure(Measure::Change)
        .scope("poor districts"),
        said(
            "october-growth",
            "grdp.growth",
            "2021/2025",
            "8.76",
            4,
            "2025-10-15",
        )
        .measure(Measure::Growth),
        said(
            "october-head",
            "grdp.per_capita",
            "2025",
            "54000000",
            4,
            "2025-10-15",
        ),
        said(
            "congress-targets",
            "plan.targets",
            "2025/2030",
            "22",
            5,
            "2025-10-17",
        )
        .kind(Kind::Target),
        said("january-rate", "poverty.rate", "2025", "17.78", 6, "2026-01-31"),
        said(
            "january-fall",
            "poverty.reduction",
            "2025",
            "3.51",
            6,
            "2026-01-31",
        )
        .measure(Measure::Change),
        said(
            "january-visitors",
            "tourism.visitors",
            "2025",
            "1450000",
            6,
            "2026-01-31",
        )
        .bound(Bound::Gt),
        said(
            "2024-visitors",
            "tourism.visitors",
            "2024",
            "1850000",
            7,
            "2024-12-22",
        ),
        said(
            "march-grdp",
            "grdp.level",
            "2025",
            "35657000000000",
            8,
            "2026-03-08",
        )
        .prices(PriceBasis::Current)
        .edition(Edition::Preliminary)
        .step("1000000000"),
        said(
            "other-homes",
            "housing.solidarity_homes",
            "2021/2025",
            "29300",
            9,
            "2025-09-30",
        )
        .bound(Bound::Gt)
        .scope("built, repaired or removed"),
        said(
            "2024-grdp",
            "grdp.level",
            "2024",
            "16263220000000",
            10,
            "2025-01-06",
        )
        .prices(constant),
    ]
}

#[test]
fn the_public_record_is_classed_as_a_careful_reader_does() {
    expect(
        record(),
        &[
            // 17.66 + 4 = 21.66 by the plan, 17.78 + 3.51 = 21.29 by the result.
            (
                "arithmetic",
                &["january-fall", "january-rate", "plan-fall", "plan-rate"],
            ),
            ("basis", &["july-grdp", "march-grdp"]),
            ("edition", &["july-growth", "july-nearly"]),
            ("edition", &["july-growth", "october-growth"]),
            ("edition", &["july-head", "october-head"]),
            // «Has reduced to 17.66 %» was the target; the result is 17.78 %.
            ("kind", &["january-rate", "july-rate"]),
            ("period", &["january-visitors", "july-visitors"]),
            ("scope", &["congress-targets", "plan-targets"]),
            ("scope", &["july-fall", "september-fall"]),
            ("scope", &["july-homes", "other-homes"]),
            ("scope", &["july-revenue", "plan-revenue"]),
        ],
    );
}

#[test]
fn what_agrees_is_left_alone() {
    expect(
        vec![
            said("a", "poverty.rate", "2025", "17.66", 1, "2025-07-01"),
            said("b", "poverty.rate", "2025", "17.7", 2, "2025-08-01"),
            said("c", "tourism.revenue", "2025", "2000", 1, "2025-07-01").bound(Bound::Gt),
            said("d", "tourism.revenue", "2025", "2100", 2, "2025-08-01"),
            said("e", "forest.coverage", "2025", "45.5", 2, "2025-08-01"),
            said("f", "forest.coverage", "2030", "47", 2, "2025-08-01").kind(Kind::Target),
            said("g", "forest.coverage", "2025", "46", 3, "2025-01-01").kind(Kind::Target),
            said("h", "trade.exports", "2025-H1", "10", 3, "2025-01-01"),
            said("i", "trade.exports", "2025", "25", 3, "2025-01-01"),
        ],
        &[],
    );
}

#[test]
fn what_nothing_tells_apart_is_a_true_conflict_and_a_cut_digit_is_rounding() {
    expect(
        vec![
            said("a", "forest.coverage", "2024", "45.5", 1, "2025-07-01"),
            said("b", "forest.coverage", "2024", "47.1", 2, "2025-08-01"),
            said("c", "poverty.rate", "2024", "21.29", 1, "2025-07-01"),
            said("d", "poverty.rate", "2024", "21.2", 2, "2025-08-01"),
        ],
        &[("conflict", &["a", "b"]), ("rounding", &["c", "d"])],
    );
}

#[test]
fn numbers_of_one_paper_that_do_not_add_up_are_found() {
    let rate = |id: &str, indicator: &str, value: &str| said(id, indicator, "2025", value, 1, "2025-12-01");
    expect(
        vec![
            rate("agriculture", "grdp.share_agriculture", "16.88"),
            rate("industry", "grdp.share_industry", "20.92"),
            rate("services", "grdp.share_services", "60.11"),
            rate("tax", "grdp.share_product_tax", "4.09"),
            rate("disbursed", "investment.public_disbursed", "1067.257"),
            rate("planned", "investment.public_plan", "3196.678"),
            rate("rate", "investment.public_disbursement_rate", "33.39"),
        ],
        &[("arithmetic", &["agriculture", "industry", "services", "tax"])],
    );
}

#[test]
fn a_finding_keeps_its_name_when_more_papers_come_in() {
    let (_, before) = findings(record());
    let mut more = record();
    more.insert(
        0,
        said("new", "forest.coverage", "2024", "45.5", 11, "2025-07-01"),
    );
    let (_, after) = findings(more);
    let keys = |findings: &[Finding]| {
        let mut keys: Vec<String> = findings.iter().map(|finding| finding.key.clone()).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&before), keys(&after));
}

#[test]
fn a_new_document_finds_its_own_disagreements_only() {
    let statements: Vec<Statement> = record().into_iter().map(|said| said.0).collect();
    let kinship = kinship();
    let index = Index::new(&statements, &kinship);
    let own: Vec<usize> = (0..statements.len())
        .filter(|index| statements[*index].is_in(6))
        .collect();
    let found = index.against(6, &own);
    assert_eq!(
        told(&statements, &found),
        [
            ("kind", vec!["january-rate".to_owned(), "july-rate".to_owned()]),
            (
                "period",
                vec!["january-visitors".to_owned(), "july-visitors".to_owned()]
            )
        ]
    );
}

#[test]
fn one_paper_with_two_far_numbers_speaks_of_a_part_and_so_do_shares_of_unnamed_wholes() {
    let share = |id: &str, value: &str, document: u32| {
        let mut share =
            said(id, "budget.revenue_local", "2025", value, document, "2025-08-01").measure(Measure::Share);
        share.0.own_value = false;
        share
    };
    expect(
        vec![
            // «The province keeps 84,000 ha», «the district has 11,200 ha».
            said(
                "province",
                "agriculture.fruit_area",
                "2025",
                "84000",
                1,
                "2025-07-01",
            ),
            said(
                "district",
                "agriculture.fruit_area",
                "2025",
                "11200",
                1,
                "2025-07-01",
            ),
            // Near each other they are two tellings, of one paper or of two.
            said("near", "forest.coverage", "2024", "45.5", 1, "2025-07-01"),
            said("nearer", "forest.coverage", "2024", "46.2", 1, "2025-07-01"),
            share("of-centre", "48.3", 2),
            share("of-council", "47", 3),
        ],
        &[
            ("conflict", &["near", "nearer"]),
            ("scope", &["district", "province"]),
            ("scope", &["of-centre", "of-council"]),
        ],
    );
}

#[test]
fn the_best_known_numbers_are_added_up_whichever_paper_tells_them() {
    let rate = |id: &str, year: &str, value: &str, document: u32| {
        said(id, "poverty.rate", year, value, document, "2025-09-02")
    };
    let fall = |value: &str| {
        said("fall", "poverty.reduction", "2024", value, 3, "2025-09-30").measure(Measure::Change)
    };
    let told = |value: &str| {
        vec![
            rate("before", "2023", "25.6", 1),
            rate("after", "2024", "21.29", 2),
            fall(value),
        ]
    };
    expect(told("4.39"), &[("arithmetic", &["after", "before", "fall"])]);
    expect(told("4.31"), &[]);
    // An estimate among results is the one to be told again.
    let mut told = told("4.39");
    told[0].0.kind = Kind::Estimate;
    expect(told, &[("edition", &["after", "before", "fall"])]);
}

#[test]
fn the_growth_of_a_count_is_no_count() {
    let mut growth =
        said("growth", "tourism.visitors", "2025", "17", 1, "2026-01-01").measure(Measure::Growth);
    growth.0.own_value = false;
    let total = said(
        "total",
        "tourism.visitors",
        "2024/2025",
        "3300000",
        1,
        "2026-01-01",
    );
    let before = said("before", "tourism.visitors", "2024", "1850000", 1, "2026-01-01");
    let (statements, findings) = findings(vec![growth, total, before]);
    assert!(
        told(&statements, &findings)
            .iter()
            .all(|(class, _)| *class != "arithmetic")
    );
}

/// What a calculator shows, the number that the paper has beside it, and whether the paper is within reach.
fn worked_out(identity: &str, said: Vec<Said>) -> Vec<(String, String, Option<usize>)> {
    let statements: Vec<Statement> = said.into_iter().map(|said| said.0).collect();
    let (identities, _) = read_identities(include_str!("../../../../data/identities.csv"), "identities.csv");
    let natural = crate::coherence::Natural::new();
    let of = identities.iter().find(|known| known.id == identity).unwrap();
    let sign = |(token, of): &(
        crate::coherence::Token,
        Option<(usize, crate::coherence::Quantity)>,
    )| {
        match (token, of) {
            (crate::coherence::Token::Quantity(..), Some((index, _))) => statements[*index].value.to_string(),
            (crate::coherence::Token::Number(value), _) => value.to_string(),
            (crate::coherence::Token::Operator(operator), _) => operator.to_string(),
            (crate::coherence::Token::Open, _) => "(".to_owned(),
            (crate::coherence::Token::Close, _) => ")".to_owned(),
            (crate::coherence::Token::Power(n), _) => format!("^{n}"),
            (other, of) => panic!("{other:?} {of:?}"),
        }
    };
    worked(&statements, of, &identities, &natural)
        .iter()
        .map(|one| {
            let formula: Vec<String> = one.formula.iter().map(sign).collect();
            let stated = one
                .stated
                .map(|index| statements[index].allowed().interval().unwrap());
            assert!(stated.is_none_or(|range| one.at_most || range.intersection(one.can_give).is_none()));
            (
                formula.join(" "),
                format!("{:.2}", one.gives.middle()),
                one.stated,
            )
        })
        .collect()
}

#[test]
fn a_broken_sum_is_worked_out_for_a_calculator() {
    let said = |indicator, period, value| said("1", indicator, period, value, 1, "2026-01-01");
    assert_eq!(
        worked_out(
            "poverty_parts",
            vec![
                said("poverty.multidimensional_rate", "2023", "36.97"),
                said("poverty.near_poor_rate", "2023", "11.29"),
                said("poverty.rate", "2023", "25.6"),
            ]
        ),
        [("25.6 + 11.29".to_owned(), "36.89".to_owned(), Some(0))]
    );
    assert_eq!(
        worked_out(
            "poverty_fall_year",
            vec![
                said("poverty.rate", "2023", "25.6"),
                said("poverty.rate", "2024", "21.29"),
                said("poverty.reduction", "2024", "4.39"),
            ]
        ),
        [("25.6 − 4.39".to_owned(), "21.21".to_owned(), Some(1))]
    );
    assert_eq!(
        worked_out(
            "disbursed_of_plan",
            vec![
                said("investment.public_disbursed", "2025", "1600"),
                said("investment.public_plan", "2025", "1500"),
            ]
        ),
        [("1500".to_owned(), "1500.00".to_owned(), Some(0))]
    );
}

#[test]
fn two_papers_that_come_to_different_things_are_worked_out_each() {
    let of = |indicator, value, document| said("1", indicator, "2025", value, document, "2026-01-01");
    assert_eq!(
        worked_out(
            "poverty_fall_year",
            vec![
                of("poverty.rate", "17.66", 1),
                of("poverty.rate", "17.78", 2),
                of("poverty.reduction", "3.51", 2),
                of("poverty.reduction", "4", 1).kind(Kind::Target),
            ]
        ),
        [
            ("17.66 + 4".to_owned(), "21.66".to_owned(), None),
            ("17.78 + 3.51".to_owned(), "21.29".to_owned(), None)
        ]
    );
}
