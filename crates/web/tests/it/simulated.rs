//! No simulated value is shown without its mark: whatever differs once simulated reports are loaded must carry it.

use app::Actor;
use axum::http::StatusCode;

use crate::house::House;

/// Addresses of every page and file that anybody can reach, so many of each kind.
async fn addresses(house: &House) -> Vec<String> {
    let public = Actor::public();
    let mut all: Vec<String> = web::routes::ROUTES
        .iter()
        .filter(|route| route.method == "get" && !route.path.contains('{'))
        .filter(|route| route.action.is_none_or(|action| Actor::public().may(action)))
        .map(|route| {
            if route.in_languages {
                format!("/vi{}", route.path)
            } else {
                route.path.to_owned()
            }
        })
        .collect();
    let named = [
        "/vi/explain?unit=VN-11&period=2025",
        "/vi/explain?indicator=poverty.households&unit=VN-11&period=2025",
        "/vi/explain?indicator=poverty.rate&unit=VN-11-03158&period=2025",
        "/vi/ranking?by=population.total@2025",
        "/vi/tree?period=2024",
        "/vi/rebased?indicator=poverty.rate",
        "/vi/search?q=ngheo",
        "/vi/search?q=Sín Thầu",
        "/vi/units/VN",
        "/vi/units/VN-11",
        "/vi/units/VN-11-03158",
        "/vi/units/VN-11-094-03127",
        "/data/rebased.csv?indicator=poverty.rate",
    ];
    all.extend(named.map(|address| address.replace(' ', "%20")));
    for code in house.app.indicator_names() {
        let told = [
            "poverty.",
            "households.",
            "population.",
            "health.insured",
            "housing.solidarity",
            "forest.area",
        ];
        if told.iter().any(|start| code.code.as_str().starts_with(start)) {
            all.push(format!("/vi/indicators/{}", code.code));
            all.push(format!("/vi/indicators/{}?place=VN-11-03158", code.code));
            all.push(format!("/data/indicators/{}.csv", code.code));
            all.push(format!("/data/indicators/{}.json", code.code));
        }
    }
    for row in house.app.documents(&public).await.unwrap().iter().take(2) {
        all.push(format!("/vi/documents/{}", row.document));
    }
    all
}

/// What a page shows of values: its main part, without what tells the state of the record (its head and how many entries).
fn shown(got: &crate::house::Got) -> String {
    let text = got.text();
    match (text.find("<main"), text.find("</main>")) {
        (Some(from), Some(to)) => text[from..to].to_owned(),
        _ => text,
    }
}

#[tokio::test]
async fn what_differs_by_simulated_reports_carries_the_mark() {
    let real = House::open().await;
    let simulated = House::open().await;
    let operator = Actor::operator();
    simulated.app.simulate(&operator, 1).await.unwrap();
    // Targets that rest on simulated figures show too.
    let query = app::cascade::CascadeQuery::default();
    let found = simulated
        .app
        .cascade(&operator, &query)
        .await
        .unwrap()
        .shown
        .unwrap();
    let mut texts = app::cascade::AdoptTexts {
        seen: found.seen(),
        ..app::cascade::AdoptTexts::default()
    };
    texts.query.target = Some(found.of.target);
    "Quyết định thử".clone_into(&mut texts.paper.title);
    "Dùng thử".clone_into(&mut texts.paper.reason);
    simulated.app.adopt_cascade(&operator, &texts).await.unwrap();
    // Thousands of acts are looked at for findings in the background; the page would say that it is under way.
    simulated.app.keep_findings().await.unwrap();
    let (mut differ, mut unmarked) = (0, Vec::new());
    for address in addresses(&simulated).await {
        // The record tells entries and no values; the answer to «are you well» neither.
        if address.starts_with("/vi/record") || address == "/healthz" {
            continue;
        }
        let (before, after) = (real.get(&address).await, simulated.get(&address).await);
        if after.status != StatusCode::OK || shown(&before) == shown(&after) {
            continue;
        }
        differ += 1;
        let marked = if address.starts_with("/data/") {
            let text = after.text();
            text.contains("simulated") && (text.contains(",true") || text.contains("\"simulated\": true"))
        } else {
            !after.texts(".simulated, .simulated-page").is_empty()
        };
        if !marked {
            unmarked.push(address);
        }
    }
    assert!(30 < differ, "{differ}");
    assert!(unmarked.is_empty(), "{unmarked:#?}");
}
