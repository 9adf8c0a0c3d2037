//! What does not agree: the list by class, one finding, and a reviewer who settles it by a form.

use app::Actor;
use app::consistency::FindingClass;
use app::policy::Role;
use axum::http::{StatusCode, header};

use crate::house::House;

#[tokio::test]
async fn the_list_is_filtered_by_class_and_every_card_leads_to_its_page() {
    let house = House::open().await;
    let all = house.app.findings(&Actor::public()).await.unwrap();
    let page = house.get("/vi/disagreements").await;
    assert_eq!(page.texts("article.disagreement").len(), all.len());
    let editions = all
        .iter()
        .filter(|finding| finding.class == FindingClass::OtherEdition)
        .count();
    assert!(0 < editions && editions < all.len());
    let some = house.get("/vi/disagreements?class=edition").await;
    assert_eq!(some.texts("article.disagreement").len(), editions);
    let wrong = house.get("/vi/disagreements?class=wonderful").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    for link in page.attributes("article.disagreement h3 a", "href") {
        let one = house.get(&link).await;
        assert_eq!(one.status, StatusCode::OK, "{link}");
        assert!(2 <= one.texts(".sides > li").len(), "{link}");
        assert!(
            one.texts("section.settle").is_empty(),
            "the form is for reviewers"
        );
    }
    let none = house.get("/vi/disagreements/o1~o2~o3").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_reviewer_settles_a_finding_and_the_mark_goes() {
    let house = House::open().await;
    let all = house.app.findings(&Actor::public()).await.unwrap();
    let finding = all
        .iter()
        .find(|finding| finding.class == FindingClass::OtherKind)
        .unwrap();
    let page = format!("/vi/disagreements/{}", finding.key);
    let marked = format!("a.disputed[href=\"{page}\"]");
    let indicator = format!("/vi/indicators/{}", finding.statements[0].indicator.code);
    let before = house.get(&indicator).await.texts(&marked).len();
    let cookie = house.sign_in(Role::Planner).await;
    let form = house.get_as(&page, &cookie).await;
    let csrf = form
        .attributes("section.settle input[name=csrf]", "value")
        .remove(0);
    let mut fields = vec![
        ("csrf", csrf.as_str()),
        ("seen", "0"),
        ("verdict", "settle"),
        ("decision", "Kết quả là 17,78%"),
        ("title", "Báo cáo năm 2025"),
    ];
    // Without a reason nothing is recorded, and what was typed stays.
    let refused = house.post(&page, &cookie, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .texts("#field-decision")
            .contains(&"Kết quả là 17,78%".to_owned())
    );
    fields.push(("reason", "17,66% là chỉ tiêu"));
    let done = house.post(&page, &cookie, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(
        done.headers[header::LOCATION]
            .to_str()
            .unwrap()
            .ends_with("?done=1")
    );
    let settled = house.get(&page).await;
    assert!(settled.text().contains("Kết quả là 17,78%"));
    assert!(
        house.get(&indicator).await.texts(&marked).is_empty(),
        "{before} before"
    );
    // A second sending of the same form comes too late; one without the token is refused.
    let stale = house.post(&page, &cookie, &fields).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let foreign = house.post(&page, &cookie, &fields[1..]).await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST);
}
