//! The kept cube through the doors of the register: after every act it answers as one that was made from nothing.

use app::explain::{ComputeQuery, Computed, ExplainQuery, Made};
use app::review::{Decision, FieldTexts, NewDocument, Verdict};
use app::{Actor, App, Import};
use plan::FigureId;
use terms::{Decimal, RefArea, TimePeriod};

use crate::test_app::TestApp;

const HEADING: &str = "indicator,place,period,value,edition,quote,title,publisher,date";

async fn import(test: &TestApp, rows: &[String]) {
    let text = format!("{HEADING}\n{}\n", rows.join("\n"));
    let import = Import {
        observations: vec![("số liệu.csv".to_owned(), text.into_bytes())],
        ..Import::default()
    };
    test.app.import(&Actor::operator(), import).await.unwrap();
}

fn row(indicator: &str, place: &str, period: &str, value: &str, edition: &str) -> String {
    format!(
        "{indicator},{place},{period},{value},{edition},có {value},Báo cáo {place} {edition},Thống kê,2026-01-31"
    )
}

/// All that both come to, digit by digit.
async fn computed(app: &App, place: &str, period: &str) -> Vec<(Computed, String)> {
    let told = [
        "poverty.rate",
        "poverty.households",
        "households.total",
        "population.total",
        "forest.area_planted",
        "health.insured",
    ];
    let query = ComputeQuery {
        reported: true,
        below: true,
        indicators: told.map(|code| code.parse().unwrap()).to_vec(),
        ..ComputeQuery::new(RefArea::new(place), period.parse().unwrap())
    };
    let found = app.compute(&Actor::public(), &query).await.unwrap();
    found
        .into_iter()
        .map(|one| (one.clone(), one.value.to_string()))
        .collect()
}

/// The kept cube and one that starts anew answer the same.
async fn compare(test: &TestApp) {
    let anew = test.reopened().await;
    for (place, period) in [("VN", "2025"), ("VN-11", "2025"), ("VN-11", "2026")] {
        let kept = computed(&test.app, place, period).await;
        assert_eq!(kept, computed(&anew, place, period).await, "{place} {period}");
    }
    anew.close().await;
}

fn accepted() -> Verdict {
    Verdict::Correct(Box::new(FieldTexts {
        kind: "actual".to_owned(),
        indicator: "poverty.households".to_owned(),
        place: "VN-11-03158".to_owned(),
        period: "2025".to_owned(),
        measure: "level".to_owned(),
        value: "178".to_owned(),
        bound: "eq".to_owned(),
        ..FieldTexts::default()
    }))
}

#[tokio::test]
async fn after_every_act_the_kept_cube_is_what_the_register_says() {
    let test = TestApp::new().await;
    compare(&test).await;
    import(
        &test,
        &[
            row("poverty.households", "VN-11-03158", "2025", "120", "estimate"),
            row("poverty.households", "VN-11-03160", "2025", "80.0", "official"),
            row("households.total", "VN-11-03158", "2025", "1000", "official"),
            row("population.total", "VN-11-03158", "2025", "4200", "official"),
            row(
                "forest.area_planted",
                "VN-11-03158",
                "2025-07",
                "10.5",
                "official",
            ),
        ],
    )
    .await;
    compare(&test).await;
    // A later edition of one, months of another, the missing weight.
    import(
        &test,
        &[row("poverty.households", "VN-11-03158", "2025", "0", "official")],
    )
    .await;
    compare(&test).await;
    import(
        &test,
        &[
            row("forest.area_planted", "VN-11-03158", "2025-08", "0.5", "official"),
            row("households.total", "VN-11-03160", "2025", "900", "official"),
            row("population.total", "VN-11-03160", "2025", "4100", "official"),
        ],
    )
    .await;
    compare(&test).await;
    let rate = ComputeQuery {
        indicators: vec!["poverty.rate".parse().unwrap()],
        ..ComputeQuery::new(RefArea::new("VN-11"), TimePeriod::Year(2025))
    };
    // 80 of 1,900 households in two of 45 communes: no rate of the province, while nought of 1,000 is a rate of nought.
    assert_eq!(test.app.compute(&Actor::public(), &rate).await.unwrap(), []);
    let below = ComputeQuery { below: true, ..rate };
    let rates = test.app.compute(&Actor::public(), &below).await.unwrap();
    let rates: Vec<(&str, Decimal)> = rates
        .iter()
        .map(|one| (one.place.code.as_str(), one.value.round_dp(2)))
        .collect();
    assert_eq!(
        rates,
        [
            ("VN-11-03158", Decimal::ZERO),
            ("VN-11-03160", Decimal::new(889, 2))
        ]
    );
    // What simulated communes report, marked; then a paper that is accepted and rejected again.
    test.app.simulate(&Actor::operator(), 3).await.unwrap();
    compare(&test).await;
    let planner = test.person(app::policy::Role::Planner).await;
    let paper = NewDocument {
        name: "bao-cao.txt".to_owned(),
        bytes: "Năm 2025 xã còn 178 hộ nghèo.".as_bytes().to_vec(),
        title: "Báo cáo".to_owned(),
        publisher: "UBND xã".to_owned(),
        date: Some("2026-01-20".parse().unwrap()),
        language: None,
        place: "VN-11".to_owned(),
        url: String::new(),
    };
    let added = test.app.add_document(&planner, paper).await.unwrap();
    let figure = FigureId {
        document: added.document,
        ordinal: 1,
    };
    for (seen, verdict) in [(0, accepted()), (1, Verdict::Reject), (2, accepted())] {
        let decision = Decision {
            figure,
            seen,
            verdict,
            reason: "đã đối chiếu".to_owned(),
        };
        test.app.decide(&planner, &decision).await.unwrap();
        compare(&test).await;
    }
}

#[tokio::test]
async fn months_become_years_with_the_months_that_they_cover_and_explaining_says_the_same() {
    let test = TestApp::new().await;
    test.app.simulate(&Actor::operator(), 7).await.unwrap();
    let query = ComputeQuery {
        indicators: vec!["forest.area_planted".parse().unwrap()],
        below: true,
        ..ComputeQuery::new(RefArea::new("VN-11"), TimePeriod::Year(2026))
    };
    let found = test.app.compute(&Actor::public(), &query).await.unwrap();
    let (whole, below) = found.split_first().unwrap();
    assert!(matches!(whole.made, Made::RolledUp { of: 45, .. }) && whole.is_simulated && !whole.is_complete);
    let coverage = whole.coverage.unwrap();
    assert_eq!((coverage.known, coverage.of), (below.len(), 45));
    let sum: Decimal = below.iter().map(|one| one.value).sum();
    assert_eq!(whole.value, sum);
    let scarcest = below.iter().filter_map(|one| one.months).min();
    assert_eq!(whole.months, scarcest);
    assert!(
        scarcest.is_some_and(|(known, of)| known <= 10 && of == 12),
        "ten months are reported at most"
    );
    for one in found.iter().take(6) {
        let query = ExplainQuery {
            indicator: one.indicator.code.clone(),
            place: one.place.code.clone(),
            period: one.period,
            known_on: None,
        };
        let told = test.app.explain(&Actor::public(), &query).await.unwrap();
        assert_eq!((told.value, told.complete), (Some(one.value), one.is_complete));
        let known = ExplainQuery {
            known_on: Some("2026-11-22".parse().unwrap()),
            ..query
        };
        assert_eq!(
            test.app.explain(&Actor::public(), &known).await.unwrap(),
            told,
            "as known at the end of today"
        );
    }
}
