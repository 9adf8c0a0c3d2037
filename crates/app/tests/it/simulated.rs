//! Simulated reports: marked everywhere, ranked within fair groups, handed down to, never taken for real ones.

use app::cascade::Way;
use app::explain::{CameAbout, ExplainQuery};
use app::{Actor, Imported};
use terms::{Decimal, RefArea};

use crate::test_app::TestApp;

async fn simulated(test: &TestApp) -> Imported {
    test.app.simulate(&Actor::operator(), 7).await.unwrap()
}

#[tokio::test]
async fn the_same_seed_gives_the_same_reports_and_only_the_operator_may() {
    let test = TestApp::new().await;
    assert!(test.app.simulate(&Actor::public(), 7).await.is_err());
    let first = simulated(&test).await;
    assert!(1_500 < first.observations, "{first:?}");
    let again = simulated(&test).await;
    assert_eq!((again.observations, again.known), (0, first.observations));
}

#[tokio::test]
async fn a_roll_up_says_what_it_covers_and_that_it_is_simulated() {
    let test = TestApp::new().await;
    simulated(&test).await;
    let query = ExplainQuery {
        indicator: "poverty.households".parse().unwrap(),
        place: RefArea::new("VN-11"),
        period: "2025".parse().unwrap(),
        known_on: None,
    };
    let told = test.app.explain(&Actor::public(), &query).await.unwrap();
    assert!(told.is_simulated());
    let CameAbout::RolledUp { parts, known, of, .. } = &told.how else {
        panic!("{:?}", told.how)
    };
    assert_eq!((parts.len(), *of), (*known, 45));
    assert!(*known < 45, "some reports are missing");
    assert!(!told.complete);
    let sum: Decimal = parts.iter().filter_map(|part| part.value).sum();
    assert_eq!(told.value, Some(sum));
}

#[tokio::test]
async fn the_best_of_a_group_is_first_and_who_has_no_value_has_no_rank() {
    let test = TestApp::new().await;
    simulated(&test).await;
    let asked = ("poverty.rate".parse().unwrap(), "2025".parse().unwrap());
    let ranking = test.app.ranking(&Actor::public(), Some(&asked)).await.unwrap();
    assert!(ranking.shown.unwrap().simulated);
    assert_eq!(ranking.of, 45);
    assert!(ranking.known < 45);
    let everybody: usize = ranking.groups.iter().map(|(_, places)| places.len()).sum();
    assert_eq!(everybody, 45);
    for (_, places) in &ranking.groups {
        for pair in places.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            match (a.value, b.value) {
                (Some(a_value), Some(b_value)) => {
                    assert!(
                        a_value.round_dp(2) <= b_value.round_dp(2),
                        "less poverty is better"
                    );
                    let tie = a_value.round_dp(2) == b_value.round_dp(2);
                    assert_eq!(a.standing.by_score == b.standing.by_score, tie);
                }
                (None, Some(_)) => panic!("one without a value stands before one with"),
                (_, None) => assert_eq!(b.standing.by_score, None),
            }
        }
    }
}

#[tokio::test]
async fn a_target_handed_down_closes_on_the_whole_or_says_what_is_left() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    simulated(&test).await;
    let first = test.app.cascade(&Actor::public(), None, None).await.unwrap();
    let rate = first.shown.expect("the example has rates to hand down");
    assert!(Way::OF_RATES.contains(&rate.way));
    assert!(rate.simulated);
    let due = rate.of.amount.value;
    assert_eq!(rate.total.unwrap() + rate.residual.unwrap(), due);
    for part in &rate.parts {
        assert_eq!(part.ground.is_some(), part.due.is_some(), "{part:?}");
    }
    let (public, mut sums) = (Actor::public(), 0);
    for choice in &first.choices {
        let asked = test.app.cascade(&public, Some(choice.target), Some(Way::ByArea));
        let shown = asked.await.unwrap().shown.unwrap();
        if shown.way == Way::ByArea {
            sums += 1;
            let parts: Decimal = shown.parts.iter().filter_map(|part| part.due).sum();
            assert_eq!(parts + shown.residual.unwrap(), choice.amount.value);
        }
    }
    assert!(0 < sums);
}

#[tokio::test]
async fn forecasts_are_tested_on_real_series_alone() {
    let test = TestApp::new().await;
    simulated(&test).await;
    let alone = test.app.calibration(&Actor::public()).await.unwrap();
    assert_eq!((alone.all_series, alone.tested), (0, None));
    assert!(0 < alone.simulated);
}
