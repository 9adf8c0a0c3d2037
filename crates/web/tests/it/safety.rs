//! Policy, headers, forms from elsewhere, texts that would like to be code.

use app::Actor;
use app::policy::{Action, Role};
use app::review::NewDocument;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use web::routes::ROUTES;

use crate::house::House;

/// The routes and their policy, as people read them: a change shows in review.
#[test]
fn every_route_names_what_one_must_be_allowed_to_do() {
    let table: Vec<String> = ROUTES
        .iter()
        .map(|route| {
            let place = if route.in_languages { "/{vi,en}" } else { "" };
            let action = route
                .action
                .map_or("-".to_owned(), |action| format!("{action:?}"));
            format!("{:4} {place}{} {action}", route.method, route.path)
        })
        .collect();
    insta::assert_snapshot!(table.join("\n"));
}

#[tokio::test]
async fn what_needs_a_role_is_refused_to_the_public() {
    let house = House::open().await;
    for route in ROUTES {
        let Some(action) = route
            .action
            .filter(|action| !action.allowed().contains(&Role::Public))
        else {
            continue;
        };
        let place = if route.in_languages { "/vi" } else { "" };
        let address = format!("{place}{}", route.path.replace("{document}", "1"));
        let got = match route.method {
            "get" => house.get(&address).await,
            _ => house.post(&address, "", &[("figure", "1.1")]).await,
        };
        // A device is told so, and does not follow to a page.
        if address.starts_with("/sync/") {
            assert_eq!(got.status, StatusCode::UNAUTHORIZED, "{action:?} {address}");
            continue;
        }
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{action:?} {address}");
        let to = got.headers[header::LOCATION].to_str().unwrap();
        assert!(to.starts_with("/vi/sign-in?next="), "{to}");
    }
}

#[tokio::test]
async fn every_answer_says_what_the_browser_may_trust() {
    let house = House::open().await;
    for address in [
        "/",
        "/vi",
        "/en/nowhere",
        "/healthz",
        "/robots.txt",
        "/data/scoreboard.csv",
        "/assets/none.css",
    ] {
        let got = house.get(address).await;
        let policy = got.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{address}: {policy}"
        );
        assert_eq!(
            got.headers[header::X_CONTENT_TYPE_OPTIONS],
            "nosniff",
            "{address}"
        );
        assert_eq!(got.headers[header::X_FRAME_OPTIONS], "DENY", "{address}");
    }
    let page = house.get("/vi").await.text();
    assert!(
        !page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick"),
        "inline style or script"
    );
}

#[tokio::test]
async fn a_form_from_another_site_does_nothing() {
    let house = House::open().await;
    let send = async |name: &str, value: &str| {
        let request = Request::post("/vi/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, "rorang.test")
            .header(name, value)
            .body(Body::from("name=a&password=b"))
            .unwrap();
        house.send(request).await.status
    };
    assert_eq!(
        send("origin", "https://evil.example").await,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        send("sec-fetch-site", "cross-site").await,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        send("origin", "http://rorang.test").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_form_without_the_sessions_token_does_nothing() {
    let house = House::open().await;
    let cookie = house.sign_in(Role::Planner).await;
    let head = house.app.head();
    for token in ["", "00", "wrong"] {
        let got = house
            .post(
                "/vi/documents/1",
                &cookie,
                &[("figure", "1.1"), ("csrf", token), ("verdict", "reject")],
            )
            .await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(house.app.head(), head);
}

#[tokio::test]
async fn the_text_of_a_document_is_shown_and_never_run() {
    let house = House::open().await;
    let wicked =
        "</p><script>alert(1)</script> <img src=x onerror=alert(2)> GRDP đạt 17.970 tỷ đồng năm 2025.";
    let document = NewDocument {
        name: "<b>x</b>\".txt".to_owned(),
        bytes: wicked.into(),
        title: "<script>alert(3)</script>".to_owned(),
        publisher: "\"><script>alert(4)</script>".to_owned(),
        date: None,
        language: None,
        place: String::new(),
        url: "javascript:alert(5)".to_owned(),
    };
    let Ok(added) = house.app.add_document(&Actor::operator(), document).await else {
        return; // Refusing it outright is as safe.
    };
    for address in [
        format!("/vi/documents/{}", added.document),
        "/vi/documents".to_owned(),
        "/vi/search?q=alert".to_owned(),
    ] {
        let got = house.get(&address).await;
        assert_eq!(got.status, StatusCode::OK);
        let scripts = got.attributes("script", "src");
        assert!(
            got.texts("script").iter().all(String::is_empty) && scripts.len() == 1,
            "{address}"
        );
        assert!(got.attributes("img", "src").is_empty(), "{address}");
        assert!(
            got.attributes("a", "href")
                .iter()
                .all(|href| !href.starts_with("javascript")),
            "{address}"
        );
    }
}

#[tokio::test]
async fn a_planner_may_review_and_nobody_else() {
    let house = House::open().await;
    assert_eq!(house.get("/vi/desk").await.status, StatusCode::SEE_OTHER);
    let cookie = house.sign_in(Role::Planner).await;
    assert!(Action::ReadDesk.allowed().contains(&Role::Planner));
    let desk = house.get_as("/vi/desk", &cookie).await;
    assert_eq!(desk.status, StatusCode::OK);
    assert_eq!(desk.headers[header::CACHE_CONTROL], "private, no-store");
    assert_eq!(
        house.get_as("/vi/desk", "rorang=00112233").await.status,
        StatusCode::SEE_OTHER
    );
}
