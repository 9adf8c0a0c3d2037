//! What stands on the pages, in both languages.

use app::Actor;
use app::indicator::IndicatorQuery;
use app::scoreboard::ScoreboardFilter;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use terms::Language;

use crate::house::House;

/// Pages that anybody can reach, without their language.
async fn addresses(house: &House) -> Vec<String> {
    let public = Actor::public();
    let mut all: Vec<String> = [
        "",
        "/indicators",
        "/documents",
        "/map",
        "/disagreements",
        "/coherence",
        "/coherence?prices-from=1&prices-to=7&without=even_growth",
        "/search?q=ngheo",
        "/about",
        "/sign-in",
        "/analysis",
        "/explain",
        "/ranking",
        "/cascade",
        "/calibration",
        "/rebased",
        "/tree",
        "/tree?unit=VN",
        "/record",
        "/units/VN",
        "/units/VN-11",
    ]
    .map(str::to_owned)
    .to_vec();
    for row in house
        .app
        .scoreboard(&public, &ScoreboardFilter::default())
        .await
        .unwrap()
        .rows
        .iter()
        .take(4)
    {
        all.push(format!("/indicators/{}", row.indicator.code));
        all.push(format!("/targets/{}", row.target));
    }
    for row in house.app.documents(&public).await.unwrap().iter().take(3) {
        all.push(format!("/documents/{}", row.document));
        all.push(format!("/documents/{0}?figure={0}.1", row.document));
    }
    let province = house
        .app
        .unit(&public, &terms::RefArea::from_static("VN-11"))
        .await
        .unwrap();
    all.extend(
        province
            .children
            .iter()
            .take(2)
            .map(|child| format!("/units/{}", child.unit.code)),
    );
    all
}

#[tokio::test]
async fn every_page_stands_in_both_languages_and_the_switch_keeps_it() {
    let house = House::open().await;
    for path in addresses(&house).await {
        for language in Language::ALL {
            let address = format!("/{language}{path}");
            let got = house.get(&address).await;
            assert_eq!(got.status, StatusCode::OK, "{address}: {}", got.text());
            assert_eq!(got.attributes("html", "lang"), [language.code()], "{address}");
            assert_eq!(got.texts("h1").len(), 1, "{address}");
            assert!(
                !got.text().contains('«') || got.text().contains("« ") || !got.text().contains("«web-"),
                "{address}: a message is missing"
            );
            let other = if language == Language::Vi { "en" } else { "vi" };
            let switch = got.attributes("a.language", "href");
            assert_eq!(
                switch,
                [format!("/{other}{}", path.split('#').next().unwrap())],
                "{address}"
            );
            assert_eq!(got.attributes("a.language", "hreflang"), [other]);
            assert_eq!(got.attributes("a.skip", "href"), ["#main"]);
        }
    }
}

#[tokio::test]
async fn links_within_the_site_lead_somewhere() {
    let house = House::open().await;
    let mut seen = std::collections::BTreeSet::new();
    for path in addresses(&house).await {
        let got = house.get(&format!("/vi{path}")).await;
        for link in got.attributes("a[href]", "href") {
            let address = link.split('#').next().unwrap_or_default().to_owned();
            if address.starts_with('/') && seen.insert(address.clone()) && seen.len() < 250 {
                let status = house.get(&address).await.status;
                assert_eq!(status, StatusCode::OK, "{address}, linked from /vi{path}");
            }
        }
        for id in got.attributes("[id]", "id") {
            let text = got.text();
            assert_eq!(
                text.matches(&format!(" id=\"{id}\"")).count(),
                1,
                "/vi{path}: the id {id} stands twice"
            );
        }
    }
    assert!(20 < seen.len(), "{seen:?}");
}

#[tokio::test]
async fn the_scoreboard_shows_every_target_and_filters_them() {
    let house = House::open().await;
    let board = house
        .app
        .scoreboard(&Actor::public(), &ScoreboardFilter::default())
        .await
        .unwrap();
    let all = house.get("/vi").await;
    assert_eq!(all.texts("table.targets tbody tr[id]").len(), board.rows.len());
    assert!(!board.rows.is_empty());
    let (status, count) = *board.counts.iter().find(|(_, count)| 0 < *count).unwrap();
    let some = house.get(&format!("/vi?status={}", status.code())).await;
    assert_eq!(some.texts("table.targets tbody tr[id]").len(), count);
    assert_eq!(
        house.get("/vi?status=wonderful").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(house.get("/vi?due=soon").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_point_of_a_chart_opens_its_sentence() {
    let house = House::open().await;
    let public = Actor::public();
    let board = house
        .app
        .scoreboard(&public, &ScoreboardFilter::default())
        .await
        .unwrap();
    let mut checked = 0;
    for row in board.rows.iter().filter(|row| row.latest.is_some()).take(5) {
        let query = IndicatorQuery {
            code: row.indicator.code.clone(),
            place: None,
            known_on: None,
        };
        let view = house.app.indicator(&public, &query).await.unwrap();
        let sources = view
            .series
            .iter()
            .flat_map(|series| &series.results)
            .flat_map(|result| &result.sources);
        let Some(source) = sources.clone().find(|source| source.figure.is_some()) else {
            continue;
        };
        let figure = source.figure.unwrap();
        let page = house.get(&format!("/vi/indicators/{}", row.indicator.code)).await;
        let wanted = format!(
            "/vi/documents/{}?figure={figure}#f{}",
            figure.document, figure.ordinal
        );
        assert!(page.attributes("svg a", "href").contains(&wanted), "{wanted}");
        let document = house.get(&wanted).await;
        assert_eq!(
            document.attributes(".paper a[aria-current]", "id"),
            [format!("f{}", figure.ordinal)]
        );
        assert!(
            document
                .texts(".desk blockquote")
                .iter()
                .any(|quote| !quote.is_empty())
        );
        checked += 1;
    }
    assert!(0 < checked);
}

#[tokio::test]
async fn the_map_has_every_commune_and_a_commune_says_what_is_not_known() {
    let house = House::open().await;
    let map = house.get("/vi/map").await;
    assert_eq!(map.attributes("svg.map a", "href").len(), 45);
    let names = map.texts(".units li a");
    assert_eq!(names.len(), 45);
    let commune = house.get("/vi/units/VN-11-03158").await;
    assert_eq!(commune.texts("h1"), ["Xã Sín Thầu"]);
    assert_eq!(
        commune.texts(".locator svg title").len(),
        2,
        "the map and the commune have a title"
    );
    assert!(!commune.texts(".empty").is_empty());
    assert_eq!(commune.texts(".chips li").len(), 3, "made of three");
}

#[tokio::test]
async fn the_first_address_sends_to_the_readers_language() {
    let house = House::open().await;
    let to = async |wish: Option<&str>| {
        let mut request = Request::get("/");
        if let Some(wish) = wish {
            request = request.header(header::ACCEPT_LANGUAGE, wish);
        }
        let got = house.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(got.status, StatusCode::FOUND);
        got.headers[header::LOCATION].to_str().unwrap().to_owned()
    };
    assert_eq!(to(None).await, "/vi");
    assert_eq!(to(Some("en-US,en;q=0.9")).await, "/en");
    assert_eq!(house.get("/vi/").await.headers[header::LOCATION], "/vi");
}

#[tokio::test]
async fn open_data_holds_what_the_scoreboard_shows() {
    let house = House::open().await;
    let board = house
        .app
        .scoreboard(&Actor::public(), &ScoreboardFilter::default())
        .await
        .unwrap();
    let json: serde_json::Value =
        serde_json::from_slice(&house.get("/data/scoreboard.json").await.body).unwrap();
    assert_eq!(json.as_array().unwrap().len(), board.rows.len());
    let csv = house.get("/data/scoreboard.csv").await;
    assert!(csv.text().starts_with("\u{feff}target,indicator,"));
    let code = &board.rows[0].indicator.code;
    let values: serde_json::Value =
        serde_json::from_slice(&house.get(&format!("/data/indicators/{code}.json")).await.body).unwrap();
    assert!(
        values
            .as_array()
            .unwrap()
            .iter()
            .any(|line| line["kind"] == "target")
    );
    assert_eq!(
        house.get("/data/indicators/no.such.csv").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_error_page_says_what_to_do_next() {
    let house = House::open().await;
    for (address, status) in [
        ("/vi/nowhere", StatusCode::NOT_FOUND),
        ("/en/indicators/no.such", StatusCode::NOT_FOUND),
        ("/en/indicators/nonsense", StatusCode::NOT_FOUND),
        ("/vi/documents/999999", StatusCode::NOT_FOUND),
        ("/vi/documents/x", StatusCode::NOT_FOUND),
        ("/vi/units/VN-99", StatusCode::NOT_FOUND),
        ("/en?known=yesterday", StatusCode::BAD_REQUEST),
    ] {
        let got = house.get(address).await;
        assert_eq!(got.status, status, "{address}");
        assert!(!got.texts("main .actions a").is_empty(), "{address}");
        assert_eq!(got.attributes("html", "lang"), [&address[1..3]]);
    }
}

#[tokio::test]
async fn assumptions_that_cannot_be_used_are_told_beside_their_field() {
    let house = House::open().await;
    let got = house
        .get("/vi/coherence?prices-from=6&prices-to=2&population_growth-from=abc&day=h%C3%B4m%20qua")
        .await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = String::from_utf8(got.body).unwrap();
    for said in [
        "Khoảng bị ngược: từ 6 đến 2",
        "“abc” không phải là số",
        "“hôm qua” không phải là ngày",
    ] {
        assert!(text.contains(said), "{said}");
    }
    // What was typed stays in the form.
    assert!(text.contains(r#"value="abc""#));
    let fine = house.get("/en/coherence?prices-from=1%2C5&prices-to=7").await;
    assert_eq!(fine.status, StatusCode::OK);
}
