//! Simulated reports: marked everywhere, ranked within fair groups, handed down to, never taken for real ones.

use app::cascade::{AdoptTexts, CascadeQuery, Receivers, Way};
use app::explain::{CameAbout, ExplainQuery};
use app::ranking::{FairGroup, Grouping, RankBy, RankingQuery};
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
    let query = RankingQuery {
        asked: Some(("poverty.rate".parse().unwrap(), "2025".parse().unwrap())),
        ..RankingQuery::default()
    };
    let ranking = test.app.ranking(&Actor::public(), &query).await.unwrap();
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
    let first = test
        .app
        .cascade(&Actor::public(), &CascadeQuery::default())
        .await
        .unwrap();
    let rate = first.shown.expect("the example has rates to hand down");
    assert!(Way::OF_RATES.contains(&rate.way));
    assert!(rate.simulated);
    let due = rate.of.amount.value;
    assert_eq!(rate.total.unwrap() + rate.residual.unwrap(), due);
    for part in &rate.parts {
        assert_eq!(part.ground.is_some(), part.due.is_some(), "{part:?}");
        assert!(
            part.due.is_none_or(|due| due.scale() <= 2),
            "as it is shown: {part:?}"
        );
    }
    assert!(rate.closes(), "{:?}", rate.residual);
    let (public, mut sums) = (Actor::public(), 0);
    for choice in &first.choices {
        let query = CascadeQuery {
            target: Some(choice.target),
            way: Some(Way::ByArea),
            ..CascadeQuery::default()
        };
        let shown = test.app.cascade(&public, &query).await.unwrap().shown.unwrap();
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

/// By hand 600 of the whole are given to one commune: the rest has a name or is not adopted; a second decision revises the
/// first, which stays readable.
#[tokio::test]
async fn parts_by_hand_become_targets_by_a_paper_and_a_residual_needs_a_name() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let operator = Actor::operator();
    let first = test
        .app
        .cascade(&operator, &CascadeQuery::default())
        .await
        .unwrap();
    let mut shown = None;
    for choice in &first.choices {
        let query = CascadeQuery {
            target: Some(choice.target),
            way: Some(Way::ByHand),
            hand: [(RefArea::new("VN-11-03158"), "1.600".to_owned())].into(),
            ..CascadeQuery::default()
        };
        let found = test.app.cascade(&operator, &query).await.unwrap().shown.unwrap();
        if !found.is_rate() {
            shown = Some((query, found));
            break;
        }
    }
    let (query, found) = shown.expect("the example has sums to hand down");
    let whole = found.of.amount.value;
    assert_eq!(found.residual, Some(whole - Decimal::from(1_600)));
    assert!(!found.closes());
    let mut texts = AdoptTexts {
        query,
        seen: found.seen(),
        ..AdoptTexts::default()
    };
    let faults = |refused| match refused {
        Err(app::Error::Invalid(faults)) => {
            let columns = faults
                .into_iter()
                .filter_map(|fault: terms::Diagnostic| fault.place.column);
            columns.collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let refused = test.app.adopt_cascade(&operator, &texts).await;
    assert_eq!(faults(refused), ["reason", "residual", "document"]);
    "Quyết định giao chỉ tiêu".clone_into(&mut texts.paper.title);
    "Giao đợt một".clone_into(&mut texts.paper.reason);
    "dự phòng của tỉnh".clone_into(&mut texts.residual);
    assert!(test.app.adopt_cascade(&Actor::public(), &texts).await.is_err());
    let adopted = test.app.adopt_cascade(&operator, &texts).await.unwrap();
    assert_eq!((adopted.recorded, adopted.revised, adopted.known), (1, 0, 0));
    let commune = RefArea::new("VN-11-03158");
    let unit = test.app.unit(&operator, &commune).await.unwrap();
    assert_eq!(unit.targets.len(), 1);
    assert_eq!(unit.targets[0].amount.value, Decimal::from(1_600));
    assert_eq!(unit.targets[0].sources[0].title, "Quyết định giao chỉ tiêu");
    // The same form sent again comes too late: its author has not seen what is there now.
    assert!(matches!(
        test.app.adopt_cascade(&operator, &texts).await,
        Err(app::Error::Conflict { .. })
    ));
    texts.query.hand.insert(commune.clone(), "1.700".to_owned());
    texts.seen = test
        .app
        .cascade(&operator, &texts.query)
        .await
        .unwrap()
        .shown
        .unwrap()
        .seen();
    let revised = test.app.adopt_cascade(&operator, &texts).await.unwrap();
    assert_eq!((revised.recorded, revised.revised), (0, 1));
    let unit = test.app.unit(&operator, &commune).await.unwrap();
    assert_eq!(unit.targets[0].amount.value, Decimal::from(1_700));
    // The province's own list does not fill with parts.
    let board = test
        .app
        .scoreboard(&operator, &app::scoreboard::ScoreboardFilter::default())
        .await
        .unwrap();
    assert!(board.rows.iter().all(|row| row.place.code != commune));
    texts.query.hand.insert(commune, "nhiều".to_owned());
    texts.seen = test
        .app
        .cascade(&operator, &texts.query)
        .await
        .unwrap()
        .shown
        .unwrap()
        .seen();
    let refused = test.app.adopt_cascade(&operator, &texts).await;
    assert!(faults(refused).contains(&"part-VN-11-03158".to_owned()));
    assert_eq!(texts.query.to, Receivers::Communes);
}

#[tokio::test]
async fn what_rests_on_simulated_figures_is_adopted_as_simulated() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    simulated(&test).await;
    let operator = Actor::operator();
    let found = test
        .app
        .cascade(&operator, &CascadeQuery::default())
        .await
        .unwrap()
        .shown
        .unwrap();
    assert!(found.simulated);
    let mut texts = AdoptTexts {
        query: CascadeQuery {
            target: Some(found.of.target),
            ..CascadeQuery::default()
        },
        seen: found.seen(),
        ..AdoptTexts::default()
    };
    "Quyết định thử".clone_into(&mut texts.paper.title);
    "Dùng thử".clone_into(&mut texts.paper.reason);
    let adopted = test.app.adopt_cascade(&operator, &texts).await.unwrap();
    let due = found.parts.iter().filter(|part| part.due.is_some()).count();
    assert_eq!(adopted.recorded, due);
    let some = found.parts.iter().find(|part| part.due.is_some()).unwrap();
    let unit = test.app.unit(&operator, &some.unit.code).await.unwrap();
    let target = &unit.targets[0];
    assert_eq!(target.amount.value, some.due.unwrap());
    assert!(target.sources.iter().all(app::view::SourceView::is_simulated));
    let query = RankingQuery {
        by: RankBy::Attainment,
        grouping: Grouping::Hardship,
        ..RankingQuery::default()
    };
    let ranking = test.app.ranking(&operator, &query).await.unwrap();
    let shown = ranking.shown.unwrap();
    assert_eq!(
        (shown.indicator.code, shown.period, shown.simulated),
        (found.of.indicator.code.clone(), found.of.due, true)
    );
    let groups: Vec<(FairGroup, usize)> = ranking
        .groups
        .iter()
        .map(|(group, places)| (*group, places.len()))
        .collect();
    assert_eq!(
        groups,
        [
            (FairGroup::AreaI, 2),
            (FairGroup::AreaII, 5),
            (FairGroup::AreaIII, 38)
        ]
    );
    for (_, places) in &ranking.groups {
        for pair in places.windows(2) {
            assert!(pair[1].value <= pair[0].value, "who reached more stands first");
        }
    }
    let query = RankingQuery {
        by: RankBy::Completeness,
        ..RankingQuery::default()
    };
    let ranking = test.app.ranking(&operator, &query).await.unwrap();
    for (_, places) in &ranking.groups {
        for pair in places.windows(2) {
            assert!(pair[1].given <= pair[0].given);
            let tie = pair[0].given == pair[1].given;
            assert_eq!(
                pair[0].standing.by_completeness == pair[1].standing.by_completeness,
                tie
            );
        }
    }
    assert_eq!(
        target.baseline.as_ref().unwrap().value,
        some.ground.unwrap().round_dp(2)
    );
}
