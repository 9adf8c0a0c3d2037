//! Findings kept from act to act are those of the whole register computed again.

use std::collections::BTreeSet;

use app::{Actor, App, Import};
use proptest::prelude::*;

use crate::test_app::TestApp;

const INDICATORS: [&str; 7] = [
    "poverty.rate",
    "poverty.reduction",
    "budget.revenue_local",
    "budget.revenue_total",
    "tourism.visitors",
    "grdp.level",
    "plan.targets",
];

#[derive(Debug, Clone, PartialEq)]
struct Row {
    indicator: usize,
    place: usize,
    period: usize,
    value: u32,
    edition: usize,
    paper: usize,
    scope: usize,
}

impl Row {
    fn text(&self) -> String {
        let indicator = INDICATORS[self.indicator];
        let place = ["VN-11", "VN-11-03158"][self.place];
        let period = ["2025", "2026", "2021/2025", "2025-08"][self.period];
        let measure = if indicator == "poverty.reduction" {
            "change"
        } else {
            "level"
        };
        let edition = ["estimate", "preliminary", "official"][self.edition];
        let scope = ["", "homes-completed", "makeshift homes removed"][self.scope];
        let day = 1 + self.paper;
        format!(
            "{indicator},{place},{period},{measure},{},{edition},{scope},số {0},Báo cáo {day},Cơ quan,2026-01-{day:02}",
            self.value
        )
    }
}

fn row() -> impl Strategy<Value = Row> {
    (
        0..7_usize,
        0..2_usize,
        0..4_usize,
        1..9_u32,
        0..3_usize,
        0..4_usize,
        0..3_usize,
    )
        .prop_map(|(indicator, place, period, value, edition, paper, scope)| Row {
            indicator,
            // Communes have no value before they were made.
            place: if period == 2 { 0 } else { place },
            period,
            value,
            edition,
            paper,
            scope: if indicator == 4 { scope } else { 0 },
        })
}

async fn import(app: &App, rows: &[Row]) {
    let mut text =
        "indicator,place,period,measure,value,edition,scope,quote,title,publisher,date\n".to_owned();
    // One paper tells one value of a thing: a table in which it tells two is refused.
    let mut told = BTreeSet::new();
    for row in rows {
        let cell = (
            row.indicator,
            row.place,
            row.period,
            row.edition,
            row.paper,
            row.scope,
        );
        if told.insert(cell) {
            text.push_str(&row.text());
            text.push('\n');
        }
    }
    let import = Import {
        observations: vec![("rows.csv".to_owned(), text.into_bytes())],
        reason: "thử".to_owned(),
        ..Import::default()
    };
    app.import(&Actor::operator(), import).await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_from_act_to_act_is_what_everything_again_would_give(
        batches in prop::collection::vec(prop::collection::vec(row(), 1..9), 2..5)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let test = TestApp::new().await;
            let reader = Actor::public();
            for batch in &batches {
                import(&test.app, batch).await;
                let kept = test.app.findings(&reader).await.unwrap();
                let again = test.app.findings_afresh(&reader).await.unwrap();
                assert_eq!(kept, again);
                // What a start reads from the database, behind the last act too, and what an audit says of it.
                let reopened = test.reopened().await;
                assert_eq!(reopened.findings(&reader).await.unwrap(), again);
                if !batch.len().is_multiple_of(3) {
                    reopened.keep_findings().await.unwrap();
                }
                if Some(batch) == batches.last() {
                    let audit = reopened.audit(&Actor::operator()).await.unwrap();
                    assert!(audit.is_sound(), "{audit:?}");
                }
            }
        });
    }
}

/// A page that was begun before and shows the findings of before must not be kept as one of now.
#[tokio::test]
async fn showing_the_findings_of_before_begins_and_ends_another_state_of_pages() {
    let test = TestApp::new().await;
    let indicators = [
        "tourism.visitors",
        "budget.revenue_local",
        "budget.revenue_total",
        "grdp.level",
        "population.total",
        "households.total",
        "poverty.households",
        "forest.area_planted",
    ];
    let days = (1..=46).flat_map(|month| (1..=12).map(move |day| (2016 + month / 12, 1 + month % 12, day)));
    let rows = days.flat_map(|(year, month, day)| {
        indicators.map(|code| {
            format!("{code},VN-11,{year}-{month:02}-{day:02},7,có 7,Báo cáo,Thống kê,2026-01-31\n")
        })
    });
    let text = rows.fold(
        "indicator,place,period,value,quote,title,publisher,date\n".to_owned(),
        |text, row| text + &row,
    );
    let import = Import {
        observations: vec![("số liệu.csv".to_owned(), text.into_bytes())],
        ..Import::default()
    };
    let before = test.app.looks();
    test.app.import(&Actor::operator(), import).await.unwrap();
    assert!(test.app.findings_now(&Actor::public()).await.unwrap().is_looking);
    let meanwhile = test.app.looks();
    while test.app.is_looking() {
        tokio::task::yield_now().await;
    }
    assert!(before < meanwhile && meanwhile < test.app.looks());
    assert!(!test.app.findings_now(&Actor::public()).await.unwrap().is_looking);
}
