//! An indicator's page with many units and many periods: a part at a time, and every part is reached by links.

use std::collections::BTreeSet;

use app::{Actor, Import};

use crate::house::House;

const PAGE: &str = "/vi/indicators/households.total";

/// Households of all communes by the year, and of the province by the month for eleven years.
async fn house() -> House {
    let house = House::open().await;
    let mut table = "indicator,place,period,value,edition,quote,title,publisher,date\n".to_owned();
    let mut row = |place: &str, period: &str, value: usize| {
        table += &format!(
            "households.total,{place},{period},{value},official,có {value} hộ,Sổ hộ,Thống kê,2026-01-31\n"
        );
    };
    let units = house.get("/vi/map").await.attributes("svg.map a", "href");
    for (at, unit) in units.iter().enumerate() {
        row(unit.trim_start_matches("/vi/units/"), "2025", 1_000 + at);
    }
    for month in 0..132 {
        let period = format!("{}-{:02}", 2015 + month / 12, month % 12 + 1);
        row("VN-11", &period, 140_000 + month);
    }
    let import = Import {
        observations: vec![("hộ.csv".to_owned(), table.into_bytes())],
        reason: "sổ hộ".to_owned(),
        ..Import::default()
    };
    house.app.import(&Actor::operator(), import).await.unwrap();
    house
}

#[tokio::test]
async fn communes_stand_in_a_list_and_each_leads_to_its_own_page() {
    let house = house().await;
    let page = house.get(PAGE).await;
    let drawn = page.texts("section.series h2");
    assert!(drawn.len() < 12 && drawn[0].contains("Điện Biên"), "{drawn:?}");
    let communes = page.attributes("section:has(#units) tbody th a", "href");
    assert_eq!(communes.len(), 45);
    assert_eq!(communes[0], format!("{PAGE}?place=VN-11-03127"));
    let own = house.get(&communes[7]).await;
    assert_eq!(own.texts("section.series h2").len(), 1);
    assert_eq!(own.texts("section:has(#units)").len(), 0);
    assert_eq!(own.attributes("table.results tbody tr", "id").len(), 1);
}

#[tokio::test]
async fn results_come_newest_first_sixty_at_a_time_and_none_is_out_of_reach() {
    let house = house().await;
    let mut address = PAGE.to_owned();
    let mut seen = BTreeSet::new();
    let mut sizes = Vec::new();
    loop {
        let page = house.get(&address).await;
        let rows = page.attributes("section.series:first-of-type table.results tbody tr", "id");
        sizes.push(rows.len());
        assert!(
            rows.into_iter().all(|row| seen.insert(row)),
            "no result comes twice"
        );
        let next = page.attributes("section.series:first-of-type nav a[rel=next]", "href");
        let Some(next) = next.first() else { break };
        address.clone_from(next);
    }
    assert!(
        132 <= seen.len() && sizes.iter().all(|size| *size <= 60),
        "{sizes:?}"
    );
    let last = house.get(&address).await;
    let back = last.attributes("section.series:first-of-type nav a[rel=prev]", "href");
    assert!(
        back[0].contains("place=VN-11") && back[0].contains("older=1"),
        "{back:?}"
    );
    let beyond = house.get(&format!("{PAGE}?place=VN-11&older=999")).await;
    assert!(!beyond.attributes("table.results tbody tr", "id").is_empty());
    assert_eq!(
        house.get(&format!("{PAGE}?older=x")).await.status,
        axum::http::StatusCode::BAD_REQUEST
    );
    let all = house.get("/data/indicators/households.total.csv").await.text();
    assert!(132 + 45 <= all.lines().count(), "open data have all");
}
