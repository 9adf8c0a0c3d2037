//! What devices ask: the open forms, and to take in what was done without the net.

use app::Actor;
use app::policy::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::house::{Got, House};

const STATEMENTS: &str = "code,name_vi,name_en,reporters,receiver,frequency,calendar,send_by_days,lock_after_days,edition,from\n\
    tinh-nam,Báo cáo năm,Yearly report,province,VN-11,A,calendar,400,800,preliminary,2024-01-01\n";
const LINES: &str =
    "regime,indicator,decimals,min\ntinh-nam,poverty.rate,2,0\ntinh-nam,forest.coverage,2,0\n";

/// A house with a form that is open for years, and somebody who fills it in: the cookie.
async fn house() -> (House, String) {
    let house = House::open().await;
    let tables = (
        ("regimes.csv", STATEMENTS.as_bytes()),
        ("lines.csv", LINES.as_bytes()),
    );
    house
        .app
        .issue_regimes(&Actor::operator(), tables.0, tables.1)
        .await
        .unwrap();
    let cookie = house.sign_in(Role::Reporter).await;
    (house, cookie)
}

async fn forms(house: &House, cookie: &str) -> Value {
    let got = house.get_as("/sync/forms?lang=en", cookie).await;
    assert_eq!(got.status, StatusCode::OK, "{}", got.text());
    assert_eq!(got.headers[header::CACHE_CONTROL], "private, no-store");
    serde_json::from_str(&got.text()).unwrap()
}

async fn send(house: &House, cookie: &str, token: &str, operations: Value) -> Got {
    let body = json!({ "language": "en", "operations": operations }).to_string();
    let request = Request::post("/sync/operations")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, cookie)
        .header("x-rorang-token", token)
        .body(Body::from(body))
        .unwrap();
    house.send(request).await
}

/// A save of the yearly report that is open.
fn save(form: &Value, name: u8, text: &str) -> Value {
    json!({
        "operation": format!("{name:02x}").repeat(16), "kind": "save", "regime": form["regime"],
        "period": form["period"], "office": form["office"], "line": "poverty.rate", "text": text,
        "seen": form["version"],
    })
}

#[tokio::test]
async fn what_is_sent_again_is_answered_alike_and_recorded_once() {
    let (house, cookie) = house().await;
    let told = forms(&house, &cookie).await;
    let form = &told["forms"][0];
    assert_eq!(form["items"][0]["indicator"], "poverty.rate");
    let token = told["csrf"].as_str().unwrap();
    let before = house.app.head().number;
    let mut answers = Vec::new();
    for _ in 0..3 {
        let got = send(&house, &cookie, token, json!([save(form, 1, "17,78")])).await;
        assert_eq!(got.status, StatusCode::OK, "{}", got.text());
        answers.push(got.text());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert!(answers[0].contains("\"done\""), "{answers:?}");
    assert_eq!(house.app.head().number, before + 1);
    assert_eq!(
        forms(&house, &cookie).await["forms"][0]["values"]["poverty.rate"],
        "17,78"
    );
}

#[tokio::test]
async fn each_act_of_a_request_has_its_own_answer_with_the_reason() {
    let (house, cookie) = house().await;
    let told = forms(&house, &cookie).await;
    let form = &told["forms"][0];
    let token = told["csrf"].as_str().unwrap();
    let mut elsewhere = save(form, 2, "1");
    elsewhere["office"] = json!("VN-11-03158");
    let mut unknown = save(form, 3, "1");
    unknown["line"] = json!("coffee.area");
    let mut nonsense = save(form, 4, "1");
    nonsense["kind"] = json!("erase");
    let got = send(
        &house,
        &cookie,
        token,
        json!([elsewhere, unknown, nonsense, save(form, 5, "2")]),
    )
    .await;
    let answers: Value = serde_json::from_str(&got.text()).unwrap();
    let states: Vec<&str> = (0..4)
        .map(|at| answers["answers"][at]["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["refused", "refused", "refused", "done"], "{answers}");
    for at in 0..3 {
        let reason = answers["answers"][at]["reason"].as_str().unwrap();
        assert!(
            10 < reason.len() && !reason.contains("offline-refused"),
            "{answers}"
        );
    }
}

#[tokio::test]
async fn forged_and_ended_sessions_get_nothing_in() {
    let (house, cookie) = house().await;
    let told = forms(&house, &cookie).await;
    let form = &told["forms"][0];
    let head = house.app.head();
    let forged = send(&house, &cookie, &"0".repeat(64), json!([save(form, 1, "1")])).await;
    assert_eq!(forged.status, StatusCode::BAD_REQUEST);
    let ended = send(&house, "rorang=ffff", "", json!([save(form, 1, "1")])).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    let token = told["csrf"].as_str().unwrap();
    let elsewhere = Request::post("/sync/operations")
        .header(header::COOKIE, &cookie)
        .header("x-rorang-token", token)
        .header("sec-fetch-site", "cross-site")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(house.send(elsewhere).await.status, StatusCode::BAD_REQUEST);
    let many: Vec<Value> = (0..51).map(|number| save(form, number, "1")).collect();
    assert_eq!(
        send(&house, &cookie, token, json!(many)).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(house.app.head(), head);
    // A planner reports for nobody.
    let planner = house.sign_in(Role::Planner).await;
    let head = house.app.head();
    assert_eq!(
        house.get_as("/sync/forms", &planner).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(house.app.head(), head);
}
