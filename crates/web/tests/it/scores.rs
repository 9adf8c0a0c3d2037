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

#[tokio::test]
async fn the_general_part_is_given_by_form_and_its_reason_is_shown() {
    let house = House::open().await;
    let cookie = house.sign_in(Role::Leader).await;
    let form = house
        .get_as("/vi/scores/give?period=2026-Q4&office=VN-11/finance", &cookie)
        .await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text());
    let csrf = form.attributes("main input[name=csrf]", "value")[0].clone();
    let seen = form.attributes("main input[name=seen]", "value")[0].clone();
    let fields = |points: &'static str, reason: &'static str| {
        [
            ("csrf", csrf.clone()),
            ("seen", seen.clone()),
            ("period", "2026-Q4".to_owned()),
            ("office", "VN-11/finance".to_owned()),
            ("points", points.to_owned()),
            ("reason", reason.to_owned()),
            ("then", "give".to_owned()),
        ]
    };
    let send = async |fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        house.post("/vi/scores/give", &cookie, &fields).await
    };
    let refused = send(&fields("31", "")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.attributes("[role=alert] li a", "href"),
        ["#field-points", "#field-reason"]
    );
    assert_eq!(
        refused.attributes("#field-points", "value"),
        ["31"],
        "what was typed stays"
    );
    let done = send(&fields("27,5", "Họp ngày 20/11 <b>")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let page = house
        .get_as("/vi/scores?period=2026-Q4&office=VN-11/finance", &cookie)
        .await;
    let given = page.texts("ol.timeline > li");
    assert!(
        given
            .iter()
            .any(|one| one.contains("27,5") && one.contains("Họp ngày 20/11 <b>")),
        "{given:?}"
    );
    let stale = send(&fields("20", "lần nữa")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn rules_are_for_anybody_to_read_and_for_the_administrator_to_set() {
    let house = House::open().await;
    for language in ["vi", "en"] {
        let page = house.get(&format!("/{language}/scores/rules")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.texts("main form").is_empty() && !page.text().contains("score-rules"));
    }
    let cookie = house.sign_in(Role::Administrator).await;
    let page = house.get_as("/en/scores/rules", &cookie).await;
    assert_eq!(page.attributes("#field-general", "value"), ["30"]);
    let clear = house.get_as("/en/tasks/rules?set=six", &cookie).await;
    assert_eq!(clear.status, StatusCode::OK);
    assert_eq!(
        clear.attributes("input[name=required][checked]", "value").len(),
        6
    );
    assert_eq!(
        clear.texts("#preview h2").len(),
        1,
        "a preview comes with the set"
    );
}

#[tokio::test]
async fn a_paper_offers_its_requests_to_who_writes_tasks() {
    let house = House::open().await;
    let cookie = house.sign_in(Role::Planner).await;
    let papers = house.get_as("/vi/documents", &cookie).await;
    let paper = papers
        .attributes("main a", "href")
        .into_iter()
        .find(|address| {
            address.starts_with("/vi/documents/") && address.ends_with(|c: char| c.is_ascii_digit())
        })
        .unwrap();
    for language in ["vi", "en"] {
        let address = paper.replacen("vi", language, 1);
        let page = house.get_as(&format!("{address}/tasks"), &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert!(!page.text().contains("task-clauses"), "a message is missing");
    }
    assert_ne!(house.get(&format!("{paper}/tasks")).await.status, StatusCode::OK);
}
