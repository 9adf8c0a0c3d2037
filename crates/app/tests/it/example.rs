//! The example, as a first start loads it.

use app::scoreboard::{ScoreboardFilter, Status};
use app::{Actor, Error};
use terms::Decimal;

use crate::test_app::TestApp;

#[tokio::test]
async fn the_example_loads_into_an_empty_register_only() {
    let test = TestApp::new().await;
    let imported = test.app.load_example().await.unwrap();
    assert!(
        30 <= imported.documents && 100 <= imported.observations && 30 <= imported.targets,
        "{imported:?}"
    );
    let about = test.app.about(&Actor::public()).await.unwrap();
    assert_eq!(
        (about.documents, about.observations),
        (imported.documents, imported.observations)
    );
    assert!(
        about
            .latest
            .iter()
            .all(|act| act.who.as_deref() == Some(app::example::EXAMPLE_ACCOUNT))
    );
    assert!(about.latest.iter().all(|act| !act.reason.is_empty()));
    assert!(matches!(
        test.app.load_example().await,
        Err(Error::Conflict { .. })
    ));
}

#[tokio::test]
async fn the_scoreboard_tells_the_public_record() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let board = test
        .app
        .scoreboard(&Actor::public(), &ScoreboardFilter::default())
        .await
        .unwrap();
    let row = |code: &str, due: &str, value: &str| {
        let value: Decimal = value.parse().unwrap();
        let mut rows = board.rows.iter().filter(|row| {
            row.indicator.code.as_str() == code && row.due.to_string() == due && row.amount.value == value
        });
        let row = rows.next().unwrap();
        assert!(rows.next().is_none(), "{code} {due} stands once");
        row
    };
    // Three papers word the target of 2025 in three ways; the result was 7.34.
    let growth = row("grdp.growth", "2025", "10.5");
    assert_eq!(
        (growth.status, growth.gap),
        (Status::Missed, Some("3.16".parse().unwrap()))
    );
    assert!(2 <= growth.sources.len());
    assert!(
        growth
            .sources
            .iter()
            .all(|source| source.document.is_some() && source.figure.is_some())
    );
    // Missed by 0.12 points.
    let poverty = row("poverty.rate", "2025", "17.66");
    assert_eq!(
        (poverty.status, poverty.gap),
        (Status::Missed, Some("0.12".parse().unwrap()))
    );
    // What a paper counts in itself is nothing to attain.
    assert!(
        board
            .rows
            .iter()
            .all(|row| !row.indicator.code.as_str().starts_with("plan."))
    );
    // 115 million in 2030 from 54 million in 2025: 12.2 million more each year.
    let per_head = row("grdp.per_capita", "2030", "115000000");
    assert_eq!(
        per_head.required_pace.unwrap().per_year,
        Decimal::from(12_200_000)
    );
    let counted: usize = board.counts.iter().map(|(_, count)| count).sum();
    assert_eq!((counted, board.total), (board.rows.len(), board.rows.len()));
    for (status, count) in &board.counts {
        let filter = ScoreboardFilter {
            status: Some(*status),
            ..ScoreboardFilter::default()
        };
        let part = test.app.scoreboard(&Actor::public(), &filter).await.unwrap();
        assert_eq!((part.rows.len(), part.total), (*count, board.total), "{status:?}");
    }
}

#[tokio::test]
async fn every_page_of_the_example_can_be_asked_for() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let (app, public) = (&test.app, Actor::public());
    for row in app.catalogue(&public).await.unwrap() {
        let query = app::indicator::IndicatorQuery {
            code: row.indicator.code,
            place: None,
            known_on: None,
        };
        let view = app.indicator(&public, &query).await.unwrap();
        let results: usize = view.series.iter().map(|series| series.results.len()).sum();
        assert_eq!(results, row.results, "{}", query.code);
    }
    for row in app.documents(&public).await.unwrap() {
        let view = app.document(&public, row.document).await.unwrap();
        for figure in &view.figures {
            assert_eq!(&view.text[figure.span.0..figure.span.1], figure.surface);
            assert!(view.text[figure.quote.0..figure.quote.1].contains(&figure.surface));
        }
        assert_eq!(
            app.document_bytes(&public, row.document).await.unwrap().1.len() as u64,
            view.bytes
        );
    }
    let province = app.unit(&public, &app::register::PROVINCE).await.unwrap();
    assert_eq!(province.children.len(), 45);
    assert!(!province.known.is_empty());
    let commune = app.unit(&public, &province.children[0].unit.code).await.unwrap();
    assert!(commune.known.is_empty() && 2 <= commune.predecessors.len());
    assert!(!app.findings(&public).await.unwrap().is_empty());
    let found = app.search(&public, "ho ngheo").await.unwrap();
    assert!(!found.indicators.is_empty() && !found.documents.is_empty());
    assert_eq!(
        app.search(&public, "sin thau").await.unwrap().units[0].name.vi,
        "Xã Sín Thầu"
    );
}

#[tokio::test]
async fn the_register_can_be_read_as_it_was_known_before() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let yesterday = ScoreboardFilter {
        known_on: test.app.today().yesterday().ok(),
        ..ScoreboardFilter::default()
    };
    let board = test.app.scoreboard(&Actor::public(), &yesterday).await.unwrap();
    assert_eq!(board.total, 0);
    let query = app::indicator::IndicatorQuery {
        code: "poverty.rate".parse().unwrap(),
        place: None,
        known_on: yesterday.known_on,
    };
    let view = test.app.indicator(&Actor::public(), &query).await.unwrap();
    assert!(
        view.series.is_empty() && view.disagreements.is_empty(),
        "findings are of today"
    );
}
