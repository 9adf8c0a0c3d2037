//! Old figures within new borders, on simulated reports of communes.

use app::Actor;
use app::rebased::{Mark, RebasedQuery};
use axum::http::StatusCode;

use crate::house::House;

async fn simulated() -> House {
    let house = House::open().await;
    house.app.simulate(&Actor::operator(), 1).await.unwrap();
    house
}

#[tokio::test]
async fn sums_lose_nothing_between_129_and_45_units() {
    let house = simulated().await;
    let query = RebasedQuery {
        indicator: Some("poverty.households".parse().unwrap()),
        as_of: Some("2026-11-22".parse().unwrap()),
        ..RebasedQuery::default()
    };
    let series = house
        .app
        .rebased(&Actor::public(), &query)
        .await
        .unwrap()
        .shown
        .unwrap();
    assert_eq!(series.rows.len(), 45);
    assert_eq!(series.periods[0].known.1, 129);
    for column in &series.periods {
        let (reported, made) = column.totals.unwrap();
        assert_eq!(reported, made, "{}", column.period);
        assert!(column.lost.is_empty());
    }
    // Each whole value is, to the last digit, what its parts reported.
    let whole = series
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.mark == Mark::Whole);
    let mut count = 0;
    for cell in whole {
        assert_eq!(
            cell.value,
            Some(cell.parts.iter().map(|part| part.reported.unwrap()).sum())
        );
        count += 1;
    }
    assert!(50 < count, "{count}");
    assert!(series.simulated);
}

#[tokio::test]
async fn a_rate_is_made_of_households_and_not_of_rates() {
    let house = simulated().await;
    let query = RebasedQuery {
        indicator: Some("poverty.rate".parse().unwrap()),
        as_of: Some("2026-11-22".parse().unwrap()),
        unit: Some(terms::RefArea::new("VN-11-03127")),
        ..RebasedQuery::default()
    };
    let series = house
        .app
        .rebased(&Actor::public(), &query)
        .await
        .unwrap()
        .shown
        .unwrap();
    let cell = &series.rows[0].cells[0];
    let (over, under) = cell.quotient.unwrap();
    assert_eq!(cell.value, Some(over / under * terms::Decimal::ONE_HUNDRED));
    assert_eq!(cell.parts.len(), 6, "Điện Biên Phủ was made of six");
    assert_eq!(series.reported.len(), 7, "these six and the ward itself");
}

#[tokio::test]
async fn the_way_back_needs_a_weight_and_says_that_it_estimates() {
    let house = simulated().await;
    let mut query = RebasedQuery {
        indicator: Some("population.total".parse().unwrap()),
        as_of: Some("2025-06-30".parse().unwrap()),
        ..RebasedQuery::default()
    };
    let marks = async |query: &RebasedQuery| {
        let series = house
            .app
            .rebased(&Actor::public(), query)
            .await
            .unwrap()
            .shown
            .unwrap();
        let last = series.periods.len() - 1;
        let marks: Vec<Mark> = series.rows.iter().map(|row| row.cells[last].mark).collect();
        (marks, series.periods[last].totals.unwrap())
    };
    let (without, _) = marks(&query).await;
    assert_eq!(without.len(), 129);
    assert!(
        without
            .iter()
            .all(|mark| matches!(mark, Mark::NotApportioned | Mark::Missing))
    );
    query.weight = Some("population.total".parse().unwrap());
    let (with, (reported, made)) = marks(&query).await;
    assert!(with.contains(&Mark::Estimated));
    assert!(
        made <= reported,
        "what cannot be divided is left out, nothing is made up"
    );
}

#[tokio::test]
async fn the_page_shows_marks_and_its_table_can_be_taken_along() {
    let house = simulated().await;
    let page = house.get("/vi/rebased?indicator=poverty.households").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Số liệu mô phỏng"));
    assert_eq!(page.texts("main table.wide").len(), 2);
    assert!(page.text().contains("cộng theo địa giới mới cũng là"));
    let link = page.attributes("p.open-data a", "href").remove(0);
    let csv = house.get(&link).await;
    assert_eq!(csv.status, StatusCode::OK);
    let text = csv.text();
    assert!(text.lines().filter(|line| line.starts_with("rebased,")).count() >= 45 * 4);
    assert!(text.lines().filter(|line| line.starts_with("reported,")).count() > 300);
    for (address, status) in [
        ("/vi/rebased?indicator=no.such", StatusCode::NOT_FOUND),
        ("/vi/rebased?unit=VN-99", StatusCode::NOT_FOUND),
        ("/vi/rebased?as-of=yesterday", StatusCode::BAD_REQUEST),
        ("/vi/rebased?every=blue", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(house.get(address).await.status, status, "{address}");
    }
}
