//! How numbers come about, in the example.

use app::explain::{CameAbout, ComputeQuery, ExplainQuery, Made};
use app::{Actor, Error};
use terms::RefArea;

use crate::test_app::TestApp;

fn query(indicator: &str, place: &str, period: &str) -> ExplainQuery {
    ExplainQuery {
        indicator: indicator.parse().unwrap(),
        place: RefArea::new(place),
        period: period.parse().unwrap(),
        known_on: None,
    }
}

/// 99,843 of 656,717 people in 2024 lived in towns: nobody reported the share, two reports make it.
#[tokio::test]
async fn a_share_that_nobody_reported_is_made_from_two_reports_with_their_sentences() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let told = test
        .app
        .explain(
            &Actor::public(),
            &query("population.urban_share", "VN-11", "2024"),
        )
        .await
        .unwrap();
    assert_eq!(told.value.unwrap().round_dp(4).to_string(), "15.2034");
    assert!(told.complete);
    let CameAbout::Made { inputs, formula, .. } = told.how else {
        panic!("{:?}", told.how)
    };
    assert_eq!(formula, "population.urban / population.total * 100");
    for input in inputs {
        let CameAbout::Reported(result) = input.how else {
            panic!("{:?}", input.how)
        };
        assert!(!result.sources[0].quote.is_empty());
    }
}

#[tokio::test]
async fn what_the_register_comes_to_holds_what_formulas_make_and_nothing_that_was_reported() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let place = RefArea::new("VN-11");
    let all = test
        .app
        .compute(
            &Actor::public(),
            &ComputeQuery::new(place, "2024".parse().unwrap()),
        )
        .await
        .unwrap();
    assert!(
        all.iter()
            .any(|one| one.indicator.code.as_str() == "population.urban_share")
    );
    assert!(all.iter().all(|one| !matches!(one.made, Made::Reported(_))));
}

#[tokio::test]
async fn an_unknown_indicator_is_not_found_and_an_unknown_value_is_said_to_be_unknown() {
    let test = TestApp::new().await;
    let unknown = test
        .app
        .explain(&Actor::public(), &query("no.such", "VN-11", "2024"))
        .await;
    assert!(matches!(unknown, Err(Error::NotFound { what: "indicator" })));
    let nothing = test
        .app
        .explain(&Actor::public(), &query("population.urban", "VN-11", "1999"))
        .await
        .unwrap();
    assert_eq!((nothing.value, nothing.how), (None, CameAbout::Unknown));
}
