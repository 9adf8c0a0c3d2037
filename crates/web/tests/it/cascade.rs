//! A target handed down by hand and adopted, by a form.

use app::policy::Role;
use axum::http::{StatusCode, header};

use crate::house::House;

#[tokio::test]
async fn a_planner_hands_a_target_down_by_hand_and_the_commune_has_it() {
    let house = House::open().await;
    let page = house.get("/vi/cascade").await;
    assert!(
        page.texts("section.settle").is_empty(),
        "the public may look, not adopt"
    );
    let cookie = house.sign_in(Role::Planner).await;
    // A target that is a sum: its ways include one by area.
    let mut found = None;
    for target in page.attributes("select#target option", "value") {
        let address = format!("/vi/cascade?target={target}&way=hand&part-VN-11-03158=1.600");
        let got = house.get_as(&address, &cookie).await;
        if got
            .attributes("select#way option", "value")
            .contains(&"area".to_owned())
        {
            found = Some((target, got));
            break;
        }
    }
    let (target, form) = found.unwrap();
    assert_eq!(
        form.attributes("input.short", "value")
            .iter()
            .filter(|value| !value.is_empty())
            .count(),
        1
    );
    let hidden = |name: &str| {
        form.attributes(&format!("section.settle input[name={name}]"), "value")
            .remove(0)
    };
    let (csrf, seen) = (hidden("csrf"), hidden("seen"));
    let mut fields = vec![
        ("csrf", csrf.as_str()),
        ("seen", seen.as_str()),
        ("target", target.as_str()),
        ("to", "communes"),
        ("way", "hand"),
        ("part-VN-11-03158", "1.600"),
        ("title", "Quyết định giao chỉ tiêu năm 2026"),
        ("reason", "Giao đợt một"),
    ];
    let refused = house.post("/vi/cascade", &cookie, &fields).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the residual has no name"
    );
    assert!(
        refused
            .attributes("#field-title", "value")
            .contains(&"Quyết định giao chỉ tiêu năm 2026".to_owned())
    );
    fields.push(("residual", "dự phòng của tỉnh"));
    let done = house.post("/vi/cascade", &cookie, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(
        done.headers[header::LOCATION]
            .to_str()
            .unwrap()
            .contains("done=1")
    );
    let unit = house.get("/vi/units/VN-11-03158").await;
    assert_eq!(unit.texts("table.targets tbody tr[id]").len(), 1);
    assert_eq!(
        house.post("/vi/cascade", "", &fields[1..]).await.status,
        StatusCode::SEE_OTHER,
        "sent to sign in"
    );
    let foreign = house.post("/vi/cascade", &cookie, &fields[1..]).await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST);
}
