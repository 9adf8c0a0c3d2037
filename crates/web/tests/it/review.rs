//! The desk: from a figure that waits to a value on a page, by forms alone.

use app::Actor;
use app::policy::Role;
use app::review::NewDocument;
use axum::http::{StatusCode, header};

use crate::house::House;

/// Adds a document with one target in it: its page.
async fn document(house: &House) -> String {
    let document = NewDocument {
        name: "nghi-quyet.txt".to_owned(),
        bytes: "Phấn đấu đến năm 2030, tỷ lệ che phủ rừng của tỉnh Điện Biên đạt 46,5%.".into(),
        title: "Nghị quyết thử".to_owned(),
        publisher: "Tỉnh ủy".to_owned(),
        date: Some("2026-02-01".parse().unwrap()),
        language: None,
        place: "VN-11".to_owned(),
        url: String::new(),
    };
    let added = house
        .app
        .add_document(&Actor::operator(), document)
        .await
        .unwrap();
    assert!(
        0 < added.figures,
        "the reader found nothing: {:?}",
        added.diagnostics
    );
    format!("/vi/documents/{}", added.document)
}

/// The fields of the form as the page shows them.
pub(crate) async fn form(house: &House, page: &str, cookie: &str) -> Vec<(String, String)> {
    let got = house.get_as(page, cookie).await;
    assert_eq!(got.status, StatusCode::OK);
    let names = got.attributes("form.review input[name]", "name");
    let values = got.attributes("form.review input[name]", "value");
    let mut fields: Vec<_> = names.into_iter().zip(values).collect();
    for select in got.attributes("form.review fieldset select[name]", "name") {
        let chosen = got.attributes(
            &format!("form.review select[name={select}] option[selected]"),
            "value",
        );
        fields.push((select, chosen.first().cloned().unwrap_or_default()));
    }
    fields
}

pub(crate) fn with<'a>(
    fields: &'a [(String, String)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut sent: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name))
        .collect();
    sent.extend_from_slice(changes);
    sent
}

#[tokio::test]
async fn accepting_records_the_value_and_shows_it() {
    let house = House::open().await;
    let page = document(&house).await;
    let cookie = house.sign_in(Role::Planner).await;
    let fields = form(&house, &page, &cookie).await;
    let wanted = [
        ("kind", "target"),
        ("indicator", "forest.coverage"),
        ("period", "2030"),
        ("place", "VN-11"),
        ("value", "46,5"),
        ("verdict", "accept"),
        ("reason", "Đúng nguyên văn"),
    ];
    let got = house.post(&page, &cookie, &with(&fields, &wanted)).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text());
    assert!(got.headers[header::LOCATION].to_str().unwrap().contains("done=1"));
    let indicator = house.get("/vi/indicators/forest.coverage").await;
    assert!(indicator.text().contains("46,5%"));
    assert!(
        indicator
            .texts(".target-cards figcaption a")
            .contains(&"Nghị quyết thử".to_owned())
    );
    assert!(!house.get(&page).await.texts(".fig.accepted").is_empty());
}

#[tokio::test]
async fn what_was_typed_stays_in_the_form_with_what_is_wrong() {
    let house = House::open().await;
    let page = document(&house).await;
    let cookie = house.sign_in(Role::Planner).await;
    let fields = form(&house, &page, &cookie).await;
    let head = house.app.head();
    let wrong = [
        ("indicator", "không phải mã"),
        ("period", "năm tới"),
        ("verdict", "accept"),
        ("reason", "thử"),
    ];
    let got = house.post(&page, &cookie, &with(&fields, &wrong)).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(got.attributes("#field-period", "value"), ["năm tới"]);
    assert_eq!(got.attributes("#field-indicator", "aria-invalid"), ["true"]);
    let links = got.attributes(".notice.problem a", "href");
    assert!(
        links.contains(&"#field-indicator".to_owned()) && links.contains(&"#field-period".to_owned()),
        "{links:?}"
    );
    assert_eq!(house.app.head(), head, "nothing is recorded");
}

#[tokio::test]
async fn rejecting_needs_a_reason() {
    let house = House::open().await;
    let page = document(&house).await;
    let cookie = house.sign_in(Role::Planner).await;
    let fields = form(&house, &page, &cookie).await;
    let got = house
        .post(
            &page,
            &cookie,
            &with(&fields, &[("verdict", "reject"), ("reason", "")]),
        )
        .await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    let got = house
        .post(
            &page,
            &cookie,
            &with(&fields, &[("verdict", "reject"), ("reason", "Chỉ là ví dụ")]),
        )
        .await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert!(!house.get(&page).await.texts(".fig.rejected").is_empty());
    // The same form again: somebody else has decided since it was opened.
    let again = house
        .post(
            &page,
            &cookie,
            &with(&fields, &[("verdict", "reject"), ("reason", "Lần nữa")]),
        )
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}
