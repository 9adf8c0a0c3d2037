//! Scores: a list that leads to each office's formula and tasks, for who may see it.

use app::policy::Role;
use axum::http::StatusCode;

use crate::house::House;

#[tokio::test]
async fn every_score_leads_to_its_formula_and_its_tasks() {
    let house = House::open().await;
    let cookie = house.sign_in(Role::Leader).await;
    for language in ["vi", "en"] {
        let list = house
            .get_as(&format!("/{language}/scores?period=2026-Q4"), &cookie)
            .await;
        let offices = list.attributes("table tbody th a", "href");
        assert!(!offices.is_empty(), "{}", list.text());
        for address in offices {
            let page = house.get_as(&address, &cookie).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            let facts = page.texts("dl.facts dd");
            assert_eq!(
                facts.len(),
                7,
                "three terms, result, general part, sum, grade: {facts:?}"
            );
            let tasks = page.attributes("table tbody th a", "href");
            assert!(!tasks.is_empty(), "{address}");
            for task in tasks {
                assert_eq!(
                    house.get_as(&task, &cookie).await.status,
                    StatusCode::OK,
                    "{task}"
                );
            }
            assert!(!page.text().contains("score-"), "a message is missing: {address}");
        }
    }
    let wrong = house.get_as("/vi/scores?period=soon", &cookie).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let nowhere = house.get_as("/vi/scores?period=2026", &cookie).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert_ne!(house.get("/vi/scores").await.status, StatusCode::OK);
}
