//! A target's page and the forms that say which way leads to it: at the desk, and later by a planner.

use app::Actor;
use app::policy::Role;
use app::review::NewDocument;
use axum::http::StatusCode;

use crate::house::House;
use crate::review::{form, with};

/// A document with one target, and its page.
async fn document(house: &House) -> String {
    let document = NewDocument {
        name: "ke-hoach.txt".to_owned(),
        bytes: "Phấn đấu đến năm 2030, tỷ lệ hộ nghèo của tỉnh Điện Biên giảm 12 điểm phần trăm.".into(),
        title: "Kế hoạch thử".to_owned(),
        publisher: "UBND tỉnh".to_owned(),
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
    format!("/vi/documents/{}", added.document)
}

#[tokio::test]
async fn a_target_is_made_at_the_desk_with_its_reading_its_baseline_and_its_milestones() {
    let house = House::open().await;
    let page = document(&house).await;
    let cookie = house.sign_in(Role::Planner).await;
    let fields = form(&house, &page, &cookie).await;
    let wanted = [
        ("kind", "target"),
        ("indicator", "poverty.rate"),
        ("period", "2030"),
        ("place", "VN-11"),
        ("measure", "level"),
        ("value", "-12"),
        ("baseline_period", "2025"),
        ("baseline_value", "17,78"),
        ("basis", "change"),
        ("path", "straight"),
        ("milestones", "2027=14,5\n2028=11"),
        ("verdict", "accept"),
        ("reason", "theo kế hoạch"),
    ];
    let half = with(&fields, &wanted);
    let half: Vec<_> = half
        .into_iter()
        .map(|(name, value)| {
            if name == "baseline_value" {
                (name, "")
            } else {
                (name, value)
            }
        })
        .collect();
    let refused = house.post(&page, &cookie, &half).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.texts("#field-milestones"),
        ["2027=14,5\n2028=11"],
        "what was typed stays"
    );
    let got = house.post(&page, &cookie, &with(&fields, &wanted)).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text());
    let indicator = house.get("/vi/indicators/poverty.rate").await;
    let links = indicator.attributes(".target-cards p.more a", "href");
    let mut found = None;
    for link in links {
        let target = house.get(&link).await;
        if target.text().contains("Kế hoạch thử") {
            found = Some((link, target));
        }
    }
    let (link, target) = found.expect("the target has a page");
    assert_eq!(target.status, StatusCode::OK);
    let text = target.text();
    for words in [
        "mức thay đổi so với mốc xuất phát",
        "Theo mốc: 14,5% (2027); 11% (2028)",
        "Đến hôm nay lộ trình cần",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("Lộ trình từng năm"));
    let english = house.get(&link.replace("/vi/", "/en/")).await.text();
    for words in [
        "the change from the baseline",
        "By milestones: 14.5% (2027); 11% (2028)",
        "By today the path asks for",
    ] {
        assert!(english.contains(words), "{words}");
    }
    let data = house.get("/data/scoreboard.csv").await;
    assert!(
        data.text().contains("2027=14.5; 2028=11"),
        "open data tells the milestones"
    );
}

#[tokio::test]
async fn a_planner_settles_the_way_of_a_target_on_its_page() {
    let house = House::open().await;
    let indicator = house.get("/vi/indicators/forest.coverage").await;
    let link = indicator.attributes(".target-cards p.more a", "href").remove(0);
    let page = house.get(&link).await;
    assert!(
        page.texts("section.settle").is_empty(),
        "the public may look, not settle"
    );
    let cookie = house.sign_in(Role::Planner).await;
    let page = house.get_as(&link, &cookie).await;
    let hidden = |name: &str| {
        page.attributes(&format!("section.settle input[name={name}]"), "value")
            .remove(0)
    };
    let (csrf, seen) = (hidden("csrf"), hidden("seen"));
    let send = |milestones: &'static str, seen: String| {
        vec![
            ("csrf".to_owned(), csrf.clone()),
            ("seen".to_owned(), seen),
            ("path".to_owned(), "milestones".to_owned()),
            ("milestones".to_owned(), milestones.to_owned()),
            ("title".to_owned(), "Kế hoạch năm năm".to_owned()),
            ("reason".to_owned(), "chia theo năm".to_owned()),
        ]
    };
    let post = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        house.post(&link, &cookie, &fields).await
    };
    let refused = post(send("2031=50", seen.clone())).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attributes("#field-milestones", "aria-invalid"), ["true"]);
    let done = post(send("2027=46; 2028=46,3", seen.clone())).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let page = house.get(&link).await;
    assert!(page.text().contains("Kế hoạch năm năm"));
    assert_eq!(
        page.texts(".chart-wide .milestone").len(),
        2,
        "milestones are marks of the chart"
    );
    let stale = post(send("2027=46", seen)).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_share_of_communes_tells_every_denominator_that_it_may_have() {
    let house = House::open().await;
    for (address, words) in [
        (
            "/vi/indicators/rural.new_standard_share",
            [
                "60% của 45 xã và phường là 27 đơn vị",
                "60% của 42 xã (không kể phường) là 25,2; cần 26 đơn vị",
            ],
        ),
        (
            "/en/indicators/rural.new_standard_share",
            [
                "60% of 45 communes and wards are 27 units",
                "60% of 42 communes (wards not counted) are 25.2: 26 units are needed",
            ],
        ),
    ] {
        let text = house.get(address).await.text();
        for words in words {
            assert!(text.contains(words), "{words}");
        }
    }
}
