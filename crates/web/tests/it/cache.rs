//! Kept pages, tags, codings, and the weight of a first visit.

use std::io::Read as _;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::house::House;

#[tokio::test]
async fn a_kept_page_is_the_same_and_is_not_sent_twice() {
    let house = House::open().await;
    let first = house.get("/vi").await;
    let second = house.get("/vi").await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(first.body, second.body);
    let tag = first.headers[header::ETAG].clone();
    assert_eq!(second.headers[header::ETAG], tag);
    let asked = Request::get("/vi")
        .header(header::IF_NONE_MATCH, tag)
        .body(Body::empty())
        .unwrap();
    let third = house.send(asked).await;
    assert_eq!((third.status, third.body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn codings_hold_the_same_page() {
    let house = House::open().await;
    let plain = house.get("/en").await.body;
    let in_coding = async |name: &str| {
        house
            .send(
                Request::get("/en")
                    .header(header::ACCEPT_ENCODING, name)
                    .body(Body::empty())
                    .unwrap(),
            )
            .await
    };
    let gzip = in_coding("gzip").await;
    assert_eq!(gzip.headers[header::CONTENT_ENCODING], "gzip");
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&gzip.body[..])
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, plain);
    let brotli = in_coding("gzip, br").await;
    assert_eq!(brotli.headers[header::CONTENT_ENCODING], "br");
    let mut unpacked = Vec::new();
    brotli::Decompressor::new(&brotli.body[..], 4096)
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, plain);
}

#[tokio::test]
async fn a_page_follows_the_register() {
    let house = House::open().await;
    let before = house.get("/vi/documents").await.text();
    let document = app::review::NewDocument {
        name: "moi.txt".to_owned(),
        bytes: "Tỷ lệ hộ nghèo năm 2025 là 17,78%.".into(),
        title: "Văn bản vừa thêm".to_owned(),
        publisher: "Báo thử".to_owned(),
        date: Some("2026-01-31".parse().unwrap()),
        language: None,
        place: "VN-11".to_owned(),
        url: String::new(),
    };
    house
        .app
        .add_document(&app::Actor::operator(), document)
        .await
        .unwrap();
    let after = house.get("/vi/documents").await.text();
    assert!(!before.contains("Văn bản vừa thêm") && after.contains("Văn bản vừa thêm"));
}

/// 60 kB is the goal for a first visit: about a second on a slow phone network.
#[tokio::test]
async fn a_first_visit_weighs_at_most_60_kb_fonts_and_map_aside() {
    let house = House::open().await;
    let size = async |address: &str| {
        let got = house
            .send(
                Request::get(address)
                    .header(header::ACCEPT_ENCODING, "br")
                    .body(Body::empty())
                    .unwrap(),
            )
            .await;
        assert_eq!(got.status, StatusCode::OK, "{address}");
        got.body.len()
    };
    for home in ["/vi", "/en"] {
        let page = house.get(home).await;
        let mut assets = page.attributes("link[rel=stylesheet], link[rel=icon]", "href");
        assets.extend(page.attributes("script", "src"));
        let style = house.get(&assets[0]).await.text();
        let pictures = style
            .split("url(")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        assets.extend(
            pictures
                .filter(|asset| !asset.ends_with(".woff2"))
                .map(str::to_owned),
        );
        assets.sort();
        assets.dedup();
        let mut bytes = size(home).await;
        for asset in &assets {
            bytes += size(asset).await;
        }
        assert!(bytes <= 60_000, "{home}: {bytes} bytes");
    }
}
