//! The tree of units with its roll-ups, on simulated reports of communes.

use app::Actor;
use axum::http::StatusCode;
use terms::{Decimal, RefArea, TimePeriod};

use crate::house::House;

#[tokio::test]
async fn the_province_is_told_by_its_units_with_coverage_in_units_and_people() {
    let house = House::open().await;
    house.app.simulate(&Actor::operator(), 1).await.unwrap();
    let province = RefArea::from_static("VN-11");
    let view = house
        .app
        .tree(&Actor::public(), &province, Some(TimePeriod::Year(2025)))
        .await
        .unwrap();
    assert_eq!(view.rows.len(), 46);
    let at = view
        .indicators
        .iter()
        .position(|indicator| indicator.code.as_str() == "poverty.households")
        .unwrap();
    let whole = &view.rows[0].cells[at];
    let below: Vec<Decimal> = view.rows[1..]
        .iter()
        .filter_map(|row| row.cells[at].value)
        .collect();
    assert_eq!(
        whole.value,
        Some(below.iter().sum()),
        "exact, to the last household"
    );
    let coverage = whole.coverage.unwrap();
    assert_eq!((coverage.known, coverage.of), (below.len(), 45));
    let share = coverage.population.unwrap();
    assert!(Decimal::new(8, 1) < share && share < Decimal::ONE, "{share}");
    // The share of the population, worked out anew from the column of people.
    let people = view
        .indicators
        .iter()
        .position(|indicator| indicator.code.as_str() == "population.total")
        .unwrap();
    let (mut poor, mut all) = (Decimal::ZERO, Decimal::ZERO);
    for row in &view.rows[1..] {
        let mut told = row.cells[people].value;
        for year in [2024, 2023, 2022] {
            if told.is_none() {
                // Of a year before, its people are those of the communes that it was made of.
                let query = app::explain::ExplainQuery {
                    indicator: view.indicators[people].code.clone(),
                    place: row.unit.code.clone(),
                    period: TimePeriod::Year(year),
                    known_on: None,
                };
                let found = house.app.explain(&Actor::public(), &query).await.unwrap();
                told = found.value.filter(|_| found.complete);
            }
        }
        let told = told.unwrap_or_default();
        all += told;
        if row.cells[at].value.is_some() {
            poor += told;
        }
    }
    assert_eq!(share, poor / all);
    assert!(view.simulated);
}

#[tokio::test]
async fn a_period_can_be_chosen_and_an_empty_one_says_so() {
    let house = House::open().await;
    house.app.simulate(&Actor::operator(), 1).await.unwrap();
    let page = house.get("/vi/tree").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("đơn vị, ") && page.text().contains("dân số"));
    let periods = page.attributes("select#period option", "value");
    assert!(
        periods.contains(&"2024".to_owned()) && periods.contains(&"2026-10".to_owned()),
        "{periods:?}"
    );
    let old = house.get("/vi/tree?period=2024").await;
    assert_eq!(
        old.texts("table.tree tbody tr").len(),
        11,
        "the province and its ten districts of then"
    );
    assert!(
        old.text().contains(" trên 129 xã, phường, "),
        "coverage is told in communes"
    );
    let month = house.get("/vi/tree?period=2026-10").await;
    assert_eq!(
        month.texts("table.tree thead th").len(),
        2,
        "one indicator is reported by month"
    );
    let none = house.get("/en/tree?period=2019").await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(!none.texts(".empty").is_empty());
    assert_eq!(
        house.get("/vi/tree?unit=VN-99").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        house.get("/vi/tree?period=soon").await.status,
        StatusCode::BAD_REQUEST
    );
}
