//! Many pages at once: the database has few connections for reading, and a page that holds one never waits for a second,
//! for then pages could wait for each other.

use app::indicator::IndicatorQuery;
use app::scoreboard::ScoreboardFilter;
use app::task_act::TaskTexts;
use app::{Actor, Error, Import};
use terms::RefArea;
use tokio::task::JoinSet;

use crate::test_app::TestApp;

/// Far more than there are connections.
const PAGES: usize = 24;

#[tokio::test]
async fn pages_that_come_at_once_after_an_act_do_not_wait_for_each_other() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let every = ScoreboardFilter::default();
    let target = test.app.scoreboard(&chair, &every).await.unwrap().rows[0].target;
    let texts = TaskTexts {
        assigner: "VN-11".to_owned(),
        title: "Rà soát hộ nghèo".to_owned(),
        leads: vec!["VN-11/finance".to_owned()],
        due: "2026-12-20".to_owned(),
        result: "Danh sách được duyệt".to_owned(),
        serves: target.to_string(),
        hand_over: true,
        ..TaskTexts::default()
    };
    let task = test.app.draft_task(&chair, &texts).await.unwrap()[0];
    let row = "indicator,place,period,value,quote,title,publisher,date\n\
               poverty.rate,VN-11,2025,17.9,còn 17,Báo cáo,Thống kê,2026-01-31\n";
    let import = Import {
        observations: vec![("số liệu.csv".to_owned(), row.as_bytes().to_vec())],
        ..Import::default()
    };
    test.app.import(&Actor::operator(), import).await.unwrap();
    // What the act touched has not been looked at: each page would do so.
    let mut pages: JoinSet<Result<(), Error>> = JoinSet::new();
    for number in 0..PAGES {
        let (app, chair) = (test.app.clone(), chair.clone());
        pages.spawn(async move {
            let place = RefArea::new("VN-11");
            match number % 6 {
                0 => app
                    .scoreboard(&chair, &ScoreboardFilter::default())
                    .await
                    .map(drop),
                1 => app.target(&chair, target).await.map(drop),
                2 => app.unit(&chair, &place).await.map(drop),
                3 => {
                    let code = "poverty.rate".parse().unwrap();
                    let query = IndicatorQuery {
                        code,
                        place: None,
                        known_on: None,
                    };
                    app.indicator(&chair, &query).await.map(drop)
                }
                4 => app.task(&chair, task).await.map(drop),
                _ => app.receipt(&chair, task.0).await.map(drop),
            }
        });
    }
    while let Some(page) = pages.join_next().await {
        page.unwrap().unwrap();
    }
}
