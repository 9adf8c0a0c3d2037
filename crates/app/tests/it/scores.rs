//! Scores: made from what was done with tasks, told to who may know of the office, and to nobody else.

use app::policy::Action;
use app::task_act::{StepTexts, TaskTexts};
use app::{Actor, Error};
use plan::task::Outcome;
use plan::{Office, TaskId};
use terms::{Decimal, TimePeriod};

use crate::test_app::TestApp;

const COMMUNE: &str = "VN-11-03158";
const QUARTER: TimePeriod = TimePeriod::Quarter(2026, 4);

async fn hand_over(test: &TestApp, chair: &Actor, weight: &str) -> TaskId {
    let texts = TaskTexts {
        assigner: "VN-11".to_owned(),
        title: "Rà soát hộ nghèo".to_owned(),
        leads: vec![COMMUNE.to_owned()],
        due: "2026-12-20".to_owned(),
        result: "Danh sách được duyệt".to_owned(),
        weight: weight.to_owned(),
        hand_over: true,
        ..TaskTexts::default()
    };
    test.app.draft_task(chair, &texts).await.unwrap()[0]
}

async fn take(test: &TestApp, actor: &Actor, id: TaskId, act: &str, marked: bool) {
    let seen = test.app.task(actor, id).await.unwrap().seen;
    let texts = StepTexts {
        act: act.to_owned(),
        words: "theo kế hoạch".to_owned(),
        marked,
        ..StepTexts::default()
    };
    test.app.step_task(actor, id, seen, texts).await.unwrap();
}

#[tokio::test]
async fn what_was_done_comes_to_points_each_with_its_task() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let commune = test.holder("VN-11-03158.reporter").await;
    let office: Office = COMMUNE.parse().unwrap();
    let before = test.app.score_of(&chair, &office, Some(QUARTER)).await.unwrap();
    assert_eq!(
        before.score, None,
        "the example gives this commune no task of the quarter"
    );

    // Counts for three, sent back once for a grave error, then confirmed.
    let first = hand_over(&test, &chair, "3").await;
    take(&test, &commune, first, "acknowledge", false).await;
    take(&test, &commune, first, "submit", false).await;
    take(&test, &chair, first, "return", true).await;
    take(&test, &commune, first, "submit", false).await;
    take(&test, &chair, first, "confirm", false).await;
    // Handed in, not confirmed.
    let second = hand_over(&test, &chair, "").await;
    take(&test, &commune, second, "acknowledge", false).await;
    take(&test, &commune, second, "submit", false).await;

    let page = test.app.score_of(&commune, &office, None).await.unwrap();
    assert_eq!(page.frame.period, QUARTER, "the quarter of today");
    let score = page.score.unwrap();
    let outcomes: Vec<_> = score.items.iter().map(|item| (item.task, item.outcome)).collect();
    assert!(outcomes.contains(&(first, Outcome::InTime)) && outcomes.contains(&(second, Outcome::Waiting)));
    assert_eq!(outcomes.len(), 2);
    // 3 of 4 done; the grave error leaves 2.25 of quality: 70 × (3 + 2.25 + 3) ÷ 12 = 48.125.
    assert_eq!(score.assigned, Decimal::from(4));
    assert_eq!(score.result, "48.125".parse().unwrap());
    assert_eq!(score.grades, None, "the quarter is not over");
    assert!(score.provisional && score.general.is_none());
    assert_eq!(page.tasks.len(), 2);

    // The board tells the same; before there were rules nothing is scored.
    let board = test.app.scores(&chair, Some(QUARTER)).await.unwrap();
    let told = board.offices.iter().find(|(name, _)| name.office == office);
    assert_eq!(told.map(|(_, told)| told), Some(&score));
    let old = test
        .app
        .scores(&chair, Some(TimePeriod::Quarter(2025, 4)))
        .await
        .unwrap();
    assert!(old.frame.rules.is_none() && old.offices.is_empty());
}

#[tokio::test]
async fn scores_are_for_who_may_know_of_the_office() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let other = test.holder("VN-11-03127.reporter").await;
    let office: Office = COMMUNE.parse().unwrap();
    hand_over(&test, &chair, "").await;
    let asked = test.app.score_of(&other, &office, None).await;
    assert!(matches!(asked, Err(Error::NotFound { .. })), "{asked:?}");
    let board = test.app.scores(&other, None).await.unwrap();
    assert!(
        board
            .offices
            .iter()
            .all(|(name, _)| name.office.to_string() == "VN-11-03127")
    );
    assert!(!test.app.scores(&chair, None).await.unwrap().offices.is_empty());
    for answer in [
        test.app.scores(&Actor::public(), None).await.map(|_| ()),
        test.app
            .score_of(&Actor::public(), &office, None)
            .await
            .map(|_| ()),
    ] {
        assert!(
            matches!(
                answer,
                Err(Error::SignIn {
                    action: Action::ReadScores
                })
            ),
            "{answer:?}"
        );
    }
    let year = test.app.scores(&chair, Some(TimePeriod::Year(2026))).await;
    assert!(matches!(year, Err(Error::NotFound { .. })), "{year:?}");
}
