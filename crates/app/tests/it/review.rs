//! The desk: a document comes in, a person decides.

use app::document::ReviewState;
use app::indicator::IndicatorQuery;
use app::policy::Role;
use app::review::{Decision, FieldTexts, NewDocument, Verdict};
use app::{Actor, Error};
use plan::FigureId;

use crate::test_app::TestApp;

const TEXT: &str = "Báo cáo\n\nNăm 2025, tỷ lệ hộ nghèo của tỉnh Điện Biên còn 17,78%.\n\n\
    Phấn đấu đến năm 2030 tỷ lệ hộ nghèo còn 8%.\n";

fn paper(text: &str) -> NewDocument {
    NewDocument {
        name: "báo cáo.txt".to_owned(),
        bytes: text.as_bytes().to_vec(),
        title: "Báo cáo kinh tế - xã hội".to_owned(),
        publisher: "UBND tỉnh".to_owned(),
        date: Some("2026-01-31".parse().unwrap()),
        place: "VN-11".to_owned(),
        language: None,
        url: String::new(),
    }
}

fn fields() -> FieldTexts {
    FieldTexts {
        kind: "actual".to_owned(),
        indicator: "poverty.rate".to_owned(),
        place: "VN-11".to_owned(),
        period: "2025".to_owned(),
        measure: "level".to_owned(),
        value: "17,78".to_owned(),
        bound: "eq".to_owned(),
        ..FieldTexts::default()
    }
}

fn decision(figure: FigureId, seen: usize, verdict: Verdict) -> Decision {
    Decision {
        figure,
        seen,
        verdict,
        reason: "đối chiếu bản gốc".to_owned(),
    }
}

async fn poverty(test: &TestApp) -> app::indicator::IndicatorView {
    let query = IndicatorQuery {
        code: "poverty.rate".parse().unwrap(),
        place: None,
        known_on: None,
    };
    test.app.indicator(&Actor::public(), &query).await.unwrap()
}

#[tokio::test]
async fn a_document_comes_in_once_with_its_figures() {
    let test = TestApp::new().await;
    let planner = test.person(Role::Planner).await;
    let added = test.app.add_document(&planner, paper(TEXT)).await.unwrap();
    assert!(!added.known && 2 <= added.figures, "{added:?}");
    let again = test.app.add_document(&planner, paper(TEXT)).await.unwrap();
    assert_eq!((again.document, again.known), (added.document, true));
    let view = test.app.document(&Actor::public(), added.document).await.unwrap();
    assert_eq!(view.text, TEXT);
    assert_eq!(view.added.who.as_deref(), Some("Người planner"));
    assert!(view.figures.iter().any(|figure| figure.surface == "17,78%"));
    assert_eq!(test.app.desk(&planner).await.unwrap().waiting, added.figures);
    assert!(matches!(
        test.app.add_document(&Actor::public(), paper("x")).await,
        Err(Error::SignIn { .. })
    ));
}

#[tokio::test]
async fn what_cannot_be_read_is_named_and_nothing_recorded() {
    let test = TestApp::new().await;
    let planner = test.person(Role::Planner).await;
    let head = test.app.head();
    for (new, code) in [
        (paper(""), "file-empty"),
        (
            NewDocument {
                place: "VN-99".to_owned(),
                ..paper(TEXT)
            },
            "unknown-place",
        ),
    ] {
        let refused = test.app.add_document(&planner, new).await;
        assert!(
            matches!(&refused, Err(Error::Invalid(wrong)) if wrong[0].code == code),
            "{refused:?}"
        );
    }
    assert_eq!(test.app.head(), head);
}

#[tokio::test]
async fn a_figure_is_corrected_and_corrected_again_and_all_stays_readable() {
    let test = TestApp::new().await;
    let planner = test.person(Role::Planner).await;
    let added = test.app.add_document(&planner, paper(TEXT)).await.unwrap();
    let view = test.app.document(&planner, added.document).await.unwrap();
    let figure = view
        .figures
        .iter()
        .find(|figure| figure.surface == "17,78%")
        .unwrap()
        .figure;
    let wrong = FieldTexts {
        value: "17,87".to_owned(),
        ..fields()
    };
    let first = test
        .app
        .decide(&planner, &decision(figure, 0, Verdict::Correct(Box::new(wrong))))
        .await
        .unwrap();
    assert!(first.observation.is_some() && first.next.is_some());
    // Who decides by an old sight of it is told so.
    let stale = test
        .app
        .decide(&planner, &decision(figure, 0, Verdict::Reject))
        .await;
    assert!(matches!(stale, Err(Error::Conflict { .. })));
    let right = Verdict::Correct(Box::new(fields()));
    let second = test
        .app
        .decide(&planner, &decision(figure, 1, right))
        .await
        .unwrap();
    assert_eq!(second.figure.history.len(), 2);
    assert_eq!(second.figure.history[1].reason, "đối chiếu bản gốc");
    let view = poverty(&test).await;
    assert_eq!(view.series[0].results.len(), 1);
    assert_eq!(view.series[0].results[0].amount.value.to_string(), "17.78");
    assert_eq!(view.history[0].result.amount.value.to_string(), "17.87");
    assert_eq!(view.history[0].ended.who.as_deref(), Some("Người planner"));
    assert!(
        view.history[0].result.sources[0].quote.contains("17,78%"),
        "the old value keeps its sentence"
    );
}

#[tokio::test]
async fn a_second_paper_that_tells_the_same_joins_or_is_merged() {
    let test = TestApp::new().await;
    let planner = test.person(Role::Planner).await;
    let mut figures = Vec::new();
    for text in [
        TEXT.to_owned(),
        TEXT.replace("Báo cáo", "Tin tức"),
        TEXT.replace("Báo cáo", "Thông cáo"),
    ] {
        let added = test.app.add_document(&planner, paper(&text)).await.unwrap();
        let view = test.app.document(&planner, added.document).await.unwrap();
        figures.push(
            view.figures
                .iter()
                .find(|figure| figure.surface == "17,78%")
                .unwrap()
                .figure,
        );
    }
    let correct = || Verdict::Correct(Box::new(fields()));
    let open = test
        .app
        .decide(&planner, &decision(figures[2], 0, Verdict::Merge(figures[0])))
        .await;
    assert!(matches!(open, Err(Error::Invalid(wrong)) if wrong[0].code == "merge-not-accepted"));
    let first = test
        .app
        .decide(&planner, &decision(figures[0], 0, correct()))
        .await
        .unwrap();
    let second = test
        .app
        .decide(&planner, &decision(figures[1], 0, correct()))
        .await
        .unwrap();
    assert_eq!(first.observation, second.observation);
    let third = test
        .app
        .decide(&planner, &decision(figures[2], 0, Verdict::Merge(figures[0])))
        .await
        .unwrap();
    assert_eq!(third.figure.review, ReviewState::Merged(figures[0]));
    assert_eq!(poverty(&test).await.series[0].results[0].sources.len(), 3);
    // Rejected again, it is a source no more.
    test.app
        .decide(&planner, &decision(figures[2], 1, Verdict::Reject))
        .await
        .unwrap();
    assert_eq!(poverty(&test).await.series[0].results[0].sources.len(), 2);
}

#[tokio::test]
async fn what_breaks_a_rule_or_lacks_a_reason_is_refused() {
    let test = TestApp::new().await;
    let planner = test.person(Role::Planner).await;
    let added = test.app.add_document(&planner, paper(TEXT)).await.unwrap();
    let figure = FigureId {
        document: added.document,
        ordinal: 1,
    };
    let head = test.app.head();
    let corrected = |change: fn(&mut FieldTexts)| {
        let mut fields = fields();
        change(&mut fields);
        decision(figure, 0, Verdict::Correct(Box::new(fields)))
    };
    let silent = Decision {
        reason: "  ".to_owned(),
        ..decision(figure, 0, Verdict::Reject)
    };
    for (decision, code) in [
        (
            corrected(|fields| fields.value = "117,78".to_owned()),
            "above-natural-limit",
        ),
        (
            corrected(|fields| fields.indicator = "poverty.ratio".to_owned()),
            "unknown-indicator",
        ),
        (
            corrected(|fields| fields.place = "Lào Cai".to_owned()),
            "unknown-place",
        ),
        (
            corrected(|fields| fields.place = "VN-11-094".to_owned()),
            "not-there-2026",
        ),
        (
            corrected(|fields| fields.kind = "request".to_owned()),
            "kind-not-recorded",
        ),
        (silent, "missing-value"),
    ] {
        // A district existed until 30 June 2025: in 2025 it may have a value, in 2026 not.
        let (decision, code) = if code == "not-there-2026" {
            let Verdict::Correct(mut fields) = decision.verdict else {
                panic!("a correction")
            };
            fields.period = "2026".to_owned();
            (
                self::decision(figure, 0, Verdict::Correct(fields)),
                "place-not-in-period",
            )
        } else {
            (decision, code)
        };
        let refused = test.app.decide(&planner, &decision).await;
        assert!(
            matches!(&refused, Err(Error::Invalid(wrong)) if wrong[0].code == code),
            "{code}: {refused:?}"
        );
    }
    assert_eq!(test.app.head(), head);
}
