//! Sessions that are forged, fixed, ended or another's; where one is led after signing in; what the log keeps.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use app::Actor;
use app::org::Texts;
use app::policy::Role;
use axum::http::{StatusCode, header};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::house::{House, PASSWORD};

fn texts(fields: &[(&str, &str)]) -> Texts {
    fields
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

/// Signs somebody in by the form, with a cookie of before; the new cookie.
async fn sign_in(house: &House, name: &str, before: &str) -> String {
    let fields = [("name", name), ("password", PASSWORD), ("next", "")];
    let got = house.post("/vi/sign-in", before, &fields).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text());
    let cookie = got.headers[header::SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_forged_or_ended_session_is_nobodys() {
    let house = House::open().await;
    let cookie = house.sign_in(Role::Planner).await;
    assert_eq!(house.get_as("/vi/account", &cookie).await.status, StatusCode::OK);
    let token = cookie.trim_start_matches("rorang=");
    let last = if token.ends_with('0') { "1" } else { "0" };
    let changed = format!("rorang={}{last}", &token[..63]);
    for forged in [
        changed.as_str(),
        "rorang=",
        "rorang=1",
        &format!("rorang={}", "f".repeat(64)),
    ] {
        let got = house.get_as("/vi/account", forged).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{forged}");
    }
    let csrf = house
        .get_as("/vi/account", &cookie)
        .await
        .attributes("input[name=csrf]", "value");
    let out = house.post("/vi/sign-out", &cookie, &[("csrf", &csrf[0])]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(
        house.get_as("/vi/account", &cookie).await.status,
        StatusCode::SEE_OTHER
    );
}

/// A cookie that somebody else put there before is not the session that signing in opens.
#[tokio::test]
async fn signing_in_never_adopts_a_token_of_before() {
    let house = House::open().await;
    house
        .app
        .add_user(&Actor::operator(), "Mai", Role::Planner, PASSWORD)
        .await
        .unwrap();
    let planted = format!("rorang={}", "a".repeat(64));
    let cookie = sign_in(&house, "Mai", &planted).await;
    assert_ne!(cookie, planted);
    assert_eq!(
        house.get_as("/vi/account", &planted).await.status,
        StatusCode::SEE_OTHER
    );
    let second = sign_in(&house, "Mai", "").await;
    assert_ne!(second, cookie, "each sign-in has a token of its own");
}

#[tokio::test]
async fn after_signing_in_nobody_is_led_out_of_the_house() {
    let house = House::open().await;
    house
        .app
        .add_user(&Actor::operator(), "Mai", Role::Planner, PASSWORD)
        .await
        .unwrap();
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/vi\r\nX: y",
        "javascript:alert(1)",
    ] {
        let fields = [("name", "Mai"), ("password", PASSWORD), ("next", next)];
        let got = house.post("/vi/sign-in", "", &fields).await;
        let to = got.headers[header::LOCATION].to_str().unwrap();
        assert!(to.starts_with("/vi/") && !to.contains("evil"), "{next} → {to}");
    }
}

/// Numbers of people of another office are as unknown as numbers of nobody; who keeps no people is told who does.
#[tokio::test]
async fn guessing_numbers_of_another_office_finds_nothing() {
    let house = House::open().await;
    let operator = Actor::operator();
    let post = [
        ("id", "x.administrator"),
        ("office", "VN-11-03158"),
        ("name_vi", "Quản trị xã"),
        ("name_en", "Commune administrator"),
        ("role", "administrator"),
        ("reach", "own"),
        ("since", "2025-07-01"),
    ];
    house.app.add_post(&operator, &texts(&post)).await.unwrap();
    let person = [
        ("name", "Quản trị xã"),
        ("password", PASSWORD),
        ("post", "x.administrator"),
    ];
    house.app.add_person(&operator, &texts(&person)).await.unwrap();
    let own = house
        .app
        .add_person(
            &operator,
            &texts(&[("name", "Lan"), ("post", "VN-11-03158.reporter")]),
        )
        .await;
    let other = house
        .app
        .add_person(
            &operator,
            &texts(&[("name", "Mai"), ("post", "VN-11-03160.reporter")]),
        )
        .await;
    let (own, other) = (own.unwrap().user, other.unwrap().user);
    let cookie = sign_in(&house, "Quản trị xã", "").await;
    let got = house.get_as(&format!("/vi/people/{own}"), &cookie).await;
    assert_eq!(got.status, StatusCode::OK);
    for unknown in [
        other.to_string(),
        "999999".to_owned(),
        "0".to_owned(),
        "x".to_owned(),
    ] {
        let got = house.get_as(&format!("/vi/people/{unknown}"), &cookie).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{unknown}");
        assert!(!got.text().contains("Mai"), "{unknown}");
    }
    let planner = house.sign_in(Role::Planner).await;
    let refused = house.get_as("/en/people", &planner).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text().contains("Administrator"), "who may is told");
}

#[tokio::test]
async fn the_public_sees_posts_and_names_of_public_posts_only() {
    let house = House::open().await;
    let operator = Actor::operator();
    for (name, post) in [
        ("Lò Lãnh Đạo", "VN-11-03158.leader"),
        ("Lò Báo Cáo", "VN-11-03158.reporter"),
    ] {
        house
            .app
            .add_person(&operator, &texts(&[("name", name), ("post", post)]))
            .await
            .unwrap();
    }
    let page = house.get("/vi/org/VN-11-03158").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Lò Lãnh Đạo") && !page.text().contains("Lò Báo Cáo"));
    assert_eq!(page.headers[header::CACHE_CONTROL], "private, no-store");
    let planner = house.sign_in(Role::Planner).await;
    assert!(
        house
            .get_as("/vi/org/VN-11-03158", &planner)
            .await
            .text()
            .contains("Lò Báo Cáo")
    );
}

/// Everything that is logged, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!("{field}={value:?} "));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut Line(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn the_log_keeps_no_password_no_token_and_no_name() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    tracing::info!(works = true, "the log is listened to");
    let house = House::open().await;
    let name = "Quàng Thị Nhật Ký";
    house
        .app
        .add_user(&Actor::operator(), name, Role::Planner, PASSWORD)
        .await
        .unwrap();
    let wrong = [("name", name), ("password", "sai-mat-khau-2026"), ("next", "")];
    house.post("/vi/sign-in", "", &wrong).await;
    let cookie = sign_in(&house, name, "").await;
    let token = cookie.trim_start_matches("rorang=").to_owned();
    let page = house.get_as("/vi/account", &cookie).await;
    let csrf = page.attributes("input[name=csrf]", "value")[0].clone();
    let begun = house
        .post("/vi/account", &cookie, &[("csrf", &csrf), ("do", "begin")])
        .await;
    let secret = begun.texts("code.secret")[0].clone();
    house.get_as("/vi/people/1", &cookie).await;
    house.get("/vi/nowhere").await;
    let kept = log.0.lock().unwrap().clone();
    assert!(kept.contains("works=true"), "the log is listened to: {kept}");
    for hidden in [
        name,
        PASSWORD,
        "sai-mat-khau-2026",
        &token,
        &csrf,
        &secret,
        &secret.replace(' ', ""),
    ] {
        assert!(!kept.contains(hidden), "{hidden} is logged");
    }
}
