//! The record's page: a receipt that it gives holds, and one that was changed does not.

use axum::http::StatusCode;

use crate::house::House;

#[tokio::test]
async fn a_receipt_holds_until_one_letter_is_changed() {
    let house = House::open().await;
    let page = house.get("/vi/record?entry=1").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.texts("pre.receipt").iter().any(|text| !text.is_empty()));
    let receipt = house.get("/data/receipts/1").await.text();
    let checked = async |text: &str| {
        let got = house.post("/vi/record", "", &[("receipt", text)]).await;
        assert_eq!(got.status, StatusCode::OK);
        (
            !got.texts(".notice.good").is_empty(),
            !got.texts(".notice.problem").is_empty(),
        )
    };
    assert_eq!(checked(&receipt).await, (true, false));
    let at = receipt.len() / 2;
    let other = if receipt.as_bytes()[at] == b'a' { "b" } else { "a" };
    let changed = format!("{}{other}{}", &receipt[..at], &receipt[at + 1..]);
    assert_eq!(checked(&changed).await, (false, true));
    assert_eq!(checked("biên nhận").await, (false, true));
    assert_eq!(
        house.get("/data/receipts/999999").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        house.get("/vi/record?entry=0").await.status,
        StatusCode::NOT_FOUND
    );
}
