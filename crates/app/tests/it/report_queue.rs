//! The queue of a province that is a year behind: 45 communes, three regimes, twelve months. Lists stay short, the number
//! of statements stays the same, and each filter shows what it says.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use app::Actor;
use app::import::Import;
use app::report::{QUEUE_PAGE, QueueQuery};
use plan::report::{ReportKey, Stage};
use terms::RefArea;

use crate::statements::counted;
use crate::test_app::TestApp;

const CODES: [&str; 3] = ["xa-thang", "xa-ho-ngheo-quy", "xa-nong-thon-nua-nam"];
const LINES: [&str; 4] = [
    "governance.dossiers",
    "labour.jobs_created",
    "tourism.visitors",
    "traffic.accidents",
];

/// The example, its regimes monthly since 2025, and `periods` of each waiting.
async fn behind(periods: usize) -> TestApp {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let mut regimes =
        "code,name_vi,name_en,content_vi,content_en,reporters,receiver,way_vi,way_en,frequency,calendar,\
                       send_by_days,lock_after_days,outline_vi,outline_en,edition,from\n"
            .to_owned();
    let mut lines = "regime,indicator,required,decimals\n".to_owned();
    for code in CODES {
        writeln!(
            regimes,
            "{code},Báo cáo {code},Report {code},n,c,commune,VN-11,q,w,M,statutory,2,30,d,o,preliminary,2025-01-01"
        )
        .unwrap();
        for line in LINES {
            writeln!(lines, "{code},{line},yes,0").unwrap();
        }
    }
    let import = Import {
        regimes: Some(("regimes.csv".to_owned(), regimes.into_bytes())),
        regime_lines: Some(("regime_lines.csv".to_owned(), lines.into_bytes())),
        reason: "thử".to_owned(),
        ..Import::default()
    };
    test.app.import(&Actor::operator(), import).await.unwrap();
    let made = test
        .app
        .simulate_queue(&Actor::operator(), 5, periods)
        .await
        .unwrap();
    assert_eq!(made, 45 * 3 * periods);
    test
}

#[tokio::test]
async fn a_year_of_reports_is_paged_by_group_and_each_stands_on_one_page_once() {
    let test = behind(12).await;
    let verifier = test.holder("VN-11/finance.verifier").await;
    let first = test
        .app
        .report_queue(&verifier, &QueueQuery::default())
        .await
        .unwrap();
    assert_eq!(first.heads.len(), 36);
    assert_eq!(first.all, first.asked);
    assert!(first.heads.is_sorted_by_key(|head| head.send_by));
    let mut seen: BTreeSet<ReportKey> = BTreeSet::new();
    for page in 0..first.pages {
        let query = QueueQuery {
            page,
            ..QueueQuery::default()
        };
        let view = test.app.report_queue(&verifier, &query).await.unwrap();
        let reports: Vec<_> = view.groups.iter().flat_map(|group| &group.reports).collect();
        assert!(reports.len() < QUEUE_PAGE + 45, "{}", reports.len());
        assert!(view.simulated);
        for report in reports {
            assert!(seen.insert(report.report.clone()));
        }
        for group in &view.groups {
            assert!(
                group
                    .reports
                    .is_sorted_by_key(|one| std::cmp::Reverse(one.standing_out))
            );
            assert_eq!(group.head.counts.all(), group.reports.len());
        }
    }
    assert_eq!(seen.len(), first.all.all());
    assert!(1000 < seen.len(), "{}", seen.len());
    // A page behind the last one shows the last one.
    let far = QueueQuery {
        page: 999,
        ..QueueQuery::default()
    };
    let far = test.app.report_queue(&verifier, &far).await.unwrap();
    assert_eq!(far.page, first.pages - 1);
}

#[tokio::test]
async fn each_filter_of_the_queue_shows_what_it_says_and_counts_stay_whole() {
    let test = behind(3).await;
    let leader = test.holder("VN-11.leader").await;
    let all = test
        .app
        .report_queue(&leader, &QueueQuery::default())
        .await
        .unwrap();
    let unit = RefArea::new("VN-11-03158");
    let of_unit = QueueQuery {
        unit: Some(unit.clone()),
        ..QueueQuery::default()
    };
    let view = test.app.report_queue(&leader, &of_unit).await.unwrap();
    assert_eq!(view.all, all.all);
    assert!(view.asked.all() <= 9 && view.units == all.units);
    let mut reports = view.groups.iter().flat_map(|group| &group.reports);
    assert!(reports.all(|one| one.report.office.area == unit));
    let head = &all.heads[0];
    let of_group = QueueQuery {
        regime: Some(head.regime.code.clone()),
        period: Some(head.period),
        ..QueueQuery::default()
    };
    let view = test.app.report_queue(&leader, &of_group).await.unwrap();
    assert_eq!((view.heads.len(), view.groups.len(), view.pages), (1, 1, 1));
    assert_eq!(view.asked, head.counts);
    let late = QueueQuery {
        late: true,
        ..QueueQuery::default()
    };
    let view = test.app.report_queue(&leader, &late).await.unwrap();
    assert!(0 < view.asked.late && view.asked == all.all);
    let shown: usize = view.heads.iter().map(|head| head.counts.all()).sum();
    assert_eq!(shown, view.asked.late);
    let to_verify = QueueQuery {
        stage: Some(Stage::Submitted),
        ..QueueQuery::default()
    };
    let view = test.app.report_queue(&leader, &to_verify).await.unwrap();
    let shown: usize = view.heads.iter().map(|head| head.counts.all()).sum();
    assert_eq!(shown, view.asked.to_verify);
}

#[tokio::test]
async fn a_list_takes_as_many_statements_for_a_year_of_reports_as_for_a_month() {
    let mut before = None;
    for periods in [1, 12] {
        let test = behind(periods).await;
        let verifier = test.holder("VN-11/finance.verifier").await;
        let reporter = test.holder("VN-11-03158.reporter").await;
        let (queue, of_queue) = counted(test.app.report_queue(&verifier, &QueueQuery::default())).await;
        assert_eq!(queue.unwrap().heads.len(), 3 * periods);
        let (counts, of_counts) = counted(test.app.report_queue_counts(&verifier)).await;
        assert!(0 < counts.unwrap().to_verify);
        let (mine, of_mine) = counted(test.app.my_reports(&reporter)).await;
        mine.unwrap();
        let (owed, of_owed) = counted(test.app.owed_reports(&Actor::public())).await;
        assert_eq!(owed.unwrap().regimes.len(), 3);
        let took = (of_queue, of_counts, of_mine, of_owed);
        // What is counted is there: a counter that hears nothing would pass every comparison.
        assert!(2 < of_queue && of_queue <= 6, "{took:?}");
        assert_eq!(*before.get_or_insert(took), took);
    }
}
