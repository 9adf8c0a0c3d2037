//! Findings settled by people: recorded with a paper and a reason, out of the way from then on, and open again on demand.

use app::consistency::{FindingClass, FindingView};
use app::indicator::IndicatorQuery;
use app::policy::Role;
use app::scoreboard::ScoreboardFilter;
use app::settlement::SettlementTexts;
use app::{Actor, App, Error};
use terms::IndicatorCode;

use crate::test_app::TestApp;

/// The finding that 17.66%, the target, was told as the result.
async fn poverty(app: &App) -> FindingView {
    let all = app.findings(&Actor::public()).await.unwrap();
    let found = all
        .iter()
        .find(|finding| finding.class == FindingClass::OtherKind);
    FindingView::clone(found.unwrap())
}

fn texts(key: &str) -> SettlementTexts {
    SettlementTexts {
        finding: key.to_owned(),
        decision: "Kết quả năm 2025 là 17,78%".to_owned(),
        title: "Báo cáo kinh tế - xã hội năm 2025".to_owned(),
        publisher: "UBND tỉnh Điện Biên".to_owned(),
        date: "2026-01-31".to_owned(),
        url: "https://dienbien.gov.vn/".to_owned(),
        reason: "17,66% là chỉ tiêu giao đầu năm".to_owned(),
        ..SettlementTexts::default()
    }
}

#[tokio::test]
async fn a_settled_finding_keeps_both_values_and_does_not_come_back() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let planner = test.person(Role::Planner).await;
    let before = poverty(&test.app).await;
    assert!(before.settled.is_none() && before.marks());
    test.app
        .settle_finding(&planner, &texts(&before.key))
        .await
        .unwrap();
    let after = poverty(&test.app).await;
    assert_eq!((&after.key, &after.statements), (&before.key, &before.statements));
    assert!(!after.marks());
    let settled = after.settled.unwrap();
    assert_eq!(settled.decision, "Kết quả năm 2025 là 17,78%");
    assert_eq!(settled.act.who.as_deref(), Some("Người planner"));
    assert_eq!(settled.source.title, "Báo cáo kinh tế - xã hội năm 2025");
    assert_eq!(settled.class, "kind");
    // It is an entry like any other, with its receipt.
    assert_eq!(test.app.head().number, settled.act.entry);
    test.app
        .receipt(&Actor::public(), settled.act.entry)
        .await
        .unwrap();
    // A further value of something else does not bring it back.
    let query = IndicatorQuery {
        code: IndicatorCode::new("poverty.rate").unwrap(),
        place: None,
        known_on: None,
    };
    let page = test.app.indicator(&Actor::public(), &query).await.unwrap();
    assert!(page.disagreements.iter().all(|finding| finding.key != before.key));
}

#[tokio::test]
async fn a_reopened_finding_is_open_and_its_past_is_told() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let planner = test.person(Role::Planner).await;
    let key = poverty(&test.app).await.key;
    test.app.settle_finding(&planner, &texts(&key)).await.unwrap();
    let page = test.app.finding(&planner, &key).await.unwrap();
    assert_eq!((page.seen, page.past.len()), (1, 0));
    assert!(!page.documents.is_empty());
    let public = test.app.finding(&Actor::public(), &key).await.unwrap();
    assert!(public.documents.is_empty());
    test.app
        .reopen_finding(&planner, &key, 1, "Cục Thống kê công bố lại")
        .await
        .unwrap();
    assert!(poverty(&test.app).await.settled.is_none());
    let page = test.app.finding(&planner, &key).await.unwrap();
    assert_eq!((page.seen, page.past.len()), (2, 1));
    let reopened = page.past[0].reopened.as_ref().unwrap();
    assert_eq!(reopened.reason, "Cục Thống kê công bố lại");
    // Not settled any more: there is nothing to reopen.
    let again = test.app.reopen_finding(&planner, &key, 2, "lần nữa").await;
    assert!(matches!(again, Err(Error::Conflict { what: "finding" })));
}

#[tokio::test]
async fn a_settlement_without_paper_or_reason_is_refused_with_each_field() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let planner = test.person(Role::Planner).await;
    let key = poverty(&test.app).await.key;
    let head = test.app.head();
    let fields = async |texts: SettlementTexts| -> Vec<(&'static str, String)> {
        let Err(Error::Invalid(wrong)) = test.app.settle_finding(&planner, &texts).await else {
            panic!("{texts:?} was taken");
        };
        wrong
            .into_iter()
            .map(|wrong| (wrong.code, wrong.place.column.unwrap()))
            .collect()
    };
    let nothing = SettlementTexts {
        finding: key.clone(),
        reason: "  ".to_owned(),
        ..SettlementTexts::default()
    };
    assert_eq!(
        fields(nothing).await,
        [
            ("missing-value", "decision".to_owned()),
            ("missing-value", "reason".to_owned()),
            ("missing-value", "document".to_owned()),
        ]
    );
    let wrong = SettlementTexts {
        date: "31/2/2026".to_owned(),
        url: "javascript:alert(1)".to_owned(),
        ..texts(&key)
    };
    assert_eq!(
        fields(wrong).await,
        [
            ("not-a-date", "date".to_owned()),
            ("not-a-web-address", "url".to_owned()),
        ]
    );
    let unknown = SettlementTexts {
        document: "987654".to_owned(),
        ..texts(&key)
    };
    assert_eq!(
        fields(unknown).await,
        [("unknown-document", "document".to_owned())]
    );
    assert_eq!(test.app.head(), head, "nothing was recorded");
}

#[tokio::test]
async fn a_stale_finding_is_a_conflict_and_strangers_are_refused() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let planner = test.person(Role::Planner).await;
    let key = poverty(&test.app).await.key;
    let public = test.app.settle_finding(&Actor::public(), &texts(&key)).await;
    assert!(matches!(public, Err(Error::SignIn { .. })));
    let gone = test.app.settle_finding(&planner, &texts("o999998~o999999")).await;
    assert!(matches!(gone, Err(Error::Conflict { what: "finding" })));
    test.app.settle_finding(&planner, &texts(&key)).await.unwrap();
    let second = test.app.settle_finding(&planner, &texts(&key)).await;
    assert!(matches!(second, Err(Error::Conflict { what: "finding" })));
    let newer = SettlementTexts {
        seen: 1,
        decision: "Lấy 17,78%".to_owned(),
        ..texts(&key)
    };
    test.app.settle_finding(&planner, &newer).await.unwrap();
    assert_eq!(poverty(&test.app).await.settled.unwrap().decision, "Lấy 17,78%");
}

#[tokio::test]
async fn a_mark_leads_to_an_open_finding_about_that_number() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let public = Actor::public();
    let findings = test.app.findings(&public).await.unwrap();
    let board = test
        .app
        .scoreboard(&public, &ScoreboardFilter::default())
        .await
        .unwrap();
    let mut marked = 0;
    for row in &board.rows {
        let Some(key) = &row.disputed else { continue };
        let finding = findings.iter().find(|finding| finding.key == *key).unwrap();
        assert!(finding.marks(), "{finding:?}");
        assert!(
            finding
                .statements
                .iter()
                .any(|statement| statement.indicator.code == row.indicator.code),
            "{} leads to {key}",
            row.indicator.code
        );
        marked += 1;
    }
    assert!(0 < marked && marked < board.rows.len(), "{marked}");
}
