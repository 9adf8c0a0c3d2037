//! Signing in by the province's directory, as a browser sees it.

use app::Actor;
use app::policy::Role;
use app::single_sign_on::{FindBy, SingleSignOn};
use app::view::Bilingual;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use crate::enemy::{Enemy, ISSUER};
use crate::house::{Got, House, PASSWORD};

/// The enemy's tokens are of this machine's now: pages know no other clock.
async fn house() -> (House, Enemy) {
    let (house, enemy) = (House::open().await, Enemy::default());
    let now = jiff::Timestamp::now().as_second();
    enemy.claim("iat", json!(now));
    enemy.claim("exp", json!(now + 300));
    enemy.claim("preferred_username", json!("lan"));
    house.app.sign_on_by(SingleSignOn {
        provider: enemy.provider(),
        name: Bilingual {
            vi: "Thư mục tỉnh".to_owned(),
            en: "Province directory".to_owned(),
        },
        find_by: FindBy::Username,
        make: false,
        strong: Vec::new(),
    });
    let operator = Actor::operator();
    house
        .app
        .add_user(&operator, "lan", Role::Planner, PASSWORD)
        .await
        .unwrap();
    (house, enemy)
}

fn cookies(got: &Got) -> Vec<String> {
    let set = got.headers.get_all(header::SET_COOKIE).iter();
    set.map(|line| line.to_str().unwrap().to_owned()).collect()
}

fn to(got: &Got) -> &str {
    got.headers[header::LOCATION].to_str().unwrap()
}

#[tokio::test]
async fn the_browser_goes_by_a_link_and_comes_back_signed_in() {
    let (house, enemy) = house().await;
    let door = house.get("/en/sign-in?next=/en/documents").await;
    assert_eq!(
        door.attributes("main a.button", "href"),
        ["/en/sign-in/directory?next=%2Fen%2Fdocuments"]
    );
    assert!(door.text().contains("Province directory"));
    let left = house.get("/en/sign-in/directory?next=/en/documents").await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    assert!(to(&left).starts_with(&format!("{ISSUER}/auth?")));
    assert_eq!(left.headers[header::CACHE_CONTROL], "private, no-store");
    let set = cookies(&left);
    assert!(
        set[0].starts_with("rorang-away=") && set[0].contains("HttpOnly") && set[0].contains("SameSite=Lax")
    );
    let away = set[0].split(';').next().unwrap().to_owned();
    let (code, state) = enemy.authorise(to(&left));
    let address = format!("/sign-in/directory/back?code={code}&state={state}");

    let stranger = house.get(&address.replace(&state, "guessed")).await;
    assert_eq!(stranger.status, StatusCode::BAD_REQUEST);
    assert!(stranger.texts("[role=alert]").len() == 1 && stranger.text().contains("type=\"password\""));
    let back = house.get_as(&address, &away).await;
    assert_eq!((back.status, to(&back)), (StatusCode::SEE_OTHER, "/en/documents"));
    let set = cookies(&back);
    assert!(
        set.iter()
            .any(|line| line.starts_with("rorang-away=; ") && line.contains("Max-Age=0"))
    );
    let session = set.iter().find(|line| line.starts_with("rorang=")).unwrap();
    let session = session.split(';').next().unwrap();
    let account = house.get_as("/vi/account", session).await;
    assert_eq!(account.status, StatusCode::OK);
    let csrf = account.attributes("input[name=csrf]", "value");
    let out = house.post("/vi/sign-out", session, &[("csrf", &csrf[0])]).await;
    assert_eq!(to(&out), "/vi/signed-out?directory=1");
    let replayed = house.get_as(&address, &away).await;
    assert_eq!(replayed.status, StatusCode::BAD_REQUEST);
    assert!(!cookies(&replayed).iter().any(|line| line.starts_with("rorang=")));
}

/// Neither where one is led, nor what a name of the directory says, leads out of the house.
#[tokio::test]
async fn nothing_of_the_directory_becomes_markup_or_an_address() {
    let (house, enemy) = house().await;
    enemy.claim("preferred_username", json!("<script>alert(1)</script>"));
    let left = house.get("/vi/sign-in/directory?next=//evil.test").await;
    let away = cookies(&left)[0].split(';').next().unwrap().to_owned();
    let (code, state) = enemy.authorise(to(&left));
    let address = format!("/sign-in/directory/back?code={code}&state={state}");
    let refused = house.get_as(&address, &away).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text().contains("&lt;script&gt;") && !refused.text().contains("<script>alert"));
    assert_eq!(
        refused.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .matches("form-action 'self'")
            .count(),
        1
    );
    enemy.claim("preferred_username", json!("lan"));
    let left = house.get("/vi/sign-in/directory?next=//evil.test").await;
    let away = cookies(&left)[0].split(';').next().unwrap().to_owned();
    let (code, state) = enemy.authorise(to(&left));
    let back = house
        .get_as(
            &format!("/sign-in/directory/back?code={code}&state={state}"),
            &away,
        )
        .await;
    assert_eq!(to(&back), "/vi/desk");
}

#[tokio::test]
async fn another_sites_page_begins_no_sign_in() {
    let (house, enemy) = house().await;
    let request = Request::get("/vi/sign-in/directory?next=/vi/desk")
        .header("sec-fetch-site", "cross-site")
        .body(Body::empty())
        .unwrap();
    let shown = house.send(request).await;
    assert_eq!(to(&shown), "/vi/sign-in?next=%2Fvi%2Fdesk");
    assert!(cookies(&shown).is_empty() && enemy.manner().asked.is_empty());
}

#[tokio::test]
async fn without_a_directory_there_is_no_way_to_it() {
    let house = House::open().await;
    assert_eq!(
        house.get("/vi/sign-in/directory").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        house.get("/sign-in/directory/back?code=1&state=2").await.status,
        StatusCode::BAD_REQUEST
    );
    assert!(
        !house
            .get("/vi/sign-in")
            .await
            .text()
            .contains("/sign-in/directory")
    );
}
