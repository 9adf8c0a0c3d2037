//! What devices ask: the open forms, and to take in what was done without the net.

use std::sync::atomic::{AtomicI64, Ordering};

use app::Actor;
use app::policy::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use terms::Timestamp;

use crate::house::{Got, House, PASSWORD};

const STATEMENTS: &str = "code,name_vi,name_en,reporters,receiver,frequency,calendar,send_by_days,lock_after_days,edition,from\n\
    tinh-nam,Báo cáo năm,Yearly report,province,VN-11,A,calendar,400,800,preliminary,2024-01-01\n";
const LINES: &str =
    "regime,indicator,decimals,min\ntinh-nam,poverty.rate,2,0\ntinh-nam,forest.coverage,2,0\n";

/// A house with a form that is open for years, and somebody who fills it in: the cookie.
async fn house() -> (House, String) {
    with_form(House::open().await).await
}

async fn with_form(house: House) -> (House, String) {
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

/// Noon in Việt Nam on 22 November 2026, in seconds.
const NOON: i64 = 1_795_323_600;
const DAY: i64 = 86_400;

/// A clock that the test of a closed period moves on; no other test asks it.
static CLOCK: AtomicI64 = AtomicI64::new(NOON);

fn moving_clock() -> Timestamp {
    Timestamp::from_second(CLOCK.load(Ordering::SeqCst)).unwrap()
}

const MONTH: &str = "code,name_vi,name_en,reporters,receiver,frequency,calendar,send_by_days,lock_after_days,edition,from\n\
    thang,Báo cáo tháng,Monthly report,commune,VN-11,M,calendar,2,5,preliminary,2026-01-01\n";
const MONTH_LINES: &str =
    "regime,indicator,decimals,min\nthang,governance.dossiers,0,0\nthang,traffic.accidents,0,0\n";

async fn issue(house: &House, statements: &str, lines: &str) {
    let (statements, lines) = (("r.csv", statements.as_bytes()), ("l.csv", lines.as_bytes()));
    house
        .app
        .issue_regimes(&Actor::operator(), statements, lines)
        .await
        .unwrap();
}

/// Somebody of a commune, signed in: the cookie.
async fn reporter(house: &House, name: &str, post: &str) -> String {
    let table = format!("name,password,post,since\n{name},{PASSWORD},{post},2026-01-01\n");
    house
        .app
        .import_users(&Actor::operator(), "users.csv", table.as_bytes())
        .await
        .unwrap();
    sign_in(house, name).await
}

async fn sign_in(house: &House, name: &str) -> String {
    let session = house.app.sign_in(name, PASSWORD, [127, 0, 0, 1].into()).await;
    format!("rorang={}", session.unwrap().unwrap().token)
}

fn of_regime<'a>(told: &'a Value, regime: &str) -> &'a Value {
    let forms = told["forms"].as_array().unwrap();
    forms.iter().find(|form| form["regime"] == regime).unwrap()
}

fn typed(form: &Value, name: u8, line: &str, text: &str) -> Value {
    let mut save = save(form, name, text);
    save["line"] = json!(line);
    save
}

#[tokio::test]
async fn what_comes_after_the_period_closed_is_refused_with_the_day_whatever_the_device_says() {
    let (house, _) = with_form(House::with_clock(moving_clock).await).await;
    issue(&house, MONTH, MONTH_LINES).await;
    let cookie = reporter(&house, "An", "VN-11-03158.reporter").await;
    let told = forms(&house, &cookie).await;
    let form = of_regime(&told, "thang").clone();
    assert_eq!(form["period"], "2026-11");
    // The phone is without the net for four weeks: the session ends, and the form closes on 5 December.
    CLOCK.store(NOON + 28 * DAY, Ordering::SeqCst);
    let mut late = typed(&form, 21, "governance.dossiers", "12");
    late["typed_at"] = json!("2026-11-25T01:00:00Z");
    let token = told["csrf"].as_str().unwrap();
    let ended = send(&house, &cookie, token, json!([late])).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    let cookie = sign_in(&house, "An").await;
    let told = forms(&house, &cookie).await;
    let token = told["csrf"].as_str().unwrap();
    let head = house.app.head();
    let body = json!({ "language": "vi", "sent_at": "2026-11-25T01:05:00Z", "operations": [late] });
    let request = Request::post("/sync/operations")
        .header(header::COOKIE, &cookie)
        .header("x-rorang-token", token)
        .body(Body::from(body.to_string()))
        .unwrap();
    let got = house.send(request).await;
    let answer: Value = serde_json::from_slice(&got.body).unwrap();
    let answer = &answer["answers"][0];
    assert_eq!(answer["state"], "refused", "{answer}");
    assert_eq!(answer["code"], "report-closed");
    assert!(answer["reason"].as_str().unwrap().contains("2026"), "{answer}");
    assert!(!answer["way"].as_str().unwrap().is_empty());
    assert_eq!(house.app.head(), head);
    // Once more is refused once more: the name is not used up by a refusal.
    let again = send(&house, &cookie, token, json!([late])).await;
    assert!(again.text().contains("report-closed"), "{}", again.text());
}

#[tokio::test]
async fn a_line_that_the_regime_asks_no_more_is_refused_and_the_others_go_in() {
    let house = House::still().await;
    issue(&house, MONTH, MONTH_LINES).await;
    let cookie = reporter(&house, "An", "VN-11-03158.reporter").await;
    let told = forms(&house, &cookie).await;
    let form = of_regime(&told, "thang").clone();
    // Issued anew while the phone is without the net: one line is gone, one is new.
    let lines = "regime,indicator,decimals,min\nthang,governance.dossiers,0,0\nthang,tourism.visitors,0,0\n";
    issue(&house, MONTH, lines).await;
    let token = told["csrf"].as_str().unwrap();
    let submit = json!({
        "operation": "e3".repeat(16), "kind": "submit", "regime": form["regime"], "period": form["period"],
        "office": form["office"], "seen": form["version"],
    });
    let operations = json!([
        typed(&form, 31, "traffic.accidents", "3"),
        typed(&form, 32, "governance.dossiers", "40"),
        submit
    ]);
    let got = send(&house, &cookie, token, operations).await;
    let answers: Value = serde_json::from_slice(&got.body).unwrap();
    let states: Vec<&str> = (0..3)
        .map(|at| answers["answers"][at]["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["refused", "done", "refused"], "{answers}");
    assert_eq!(answers["answers"][0]["code"], "report-line");
    let told = forms(&house, &cookie).await;
    let form = of_regime(&told, "thang");
    assert_eq!(form["values"], json!({ "governance.dossiers": "40" }));
    let lines: Vec<&str> = form["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["indicator"].as_str().unwrap())
        .collect();
    assert_eq!(lines, ["governance.dossiers", "tourism.visitors"]);
}

#[tokio::test]
async fn a_wrong_clock_of_a_device_stands_in_the_story_and_moves_no_day() {
    let house = House::still().await;
    issue(&house, MONTH, MONTH_LINES).await;
    let cookie = reporter(&house, "An", "VN-11-03158.reporter").await;
    let told = forms(&house, &cookie).await;
    let form = of_regime(&told, "thang").clone();
    // Two days ahead; typed four hours before it was sent.
    let mut first = typed(&form, 41, "governance.dossiers", "12");
    first["typed_at"] = json!("2026-11-24T01:00:00Z");
    let mut second = typed(&form, 42, "traffic.accidents", "0");
    second["typed_at"] = json!("hôm qua");
    let body = |operations: Value| json!({ "language": "vi", "sent_at": "2026-11-24T05:00:00.250Z", "operations": operations });
    let post = async |body: Value| {
        let request = Request::post("/sync/operations")
            .header(header::COOKIE, &cookie)
            .header("x-rorang-token", told["csrf"].as_str().unwrap())
            .body(Body::from(body.to_string()))
            .unwrap();
        let got = house.send(request).await;
        serde_json::from_slice::<Value>(&got.body).unwrap()
    };
    let answers = post(body(json!([first, second]))).await;
    assert_eq!(answers["answers"][0]["state"], "done", "{answers}");
    assert_eq!(answers["answers"][1]["state"], "done", "{answers}");
    let mut submit = json!({
        "operation": "e4".repeat(16), "kind": "submit", "regime": form["regime"], "period": form["period"],
        "office": form["office"], "seen": answers["answers"][1]["version"],
    });
    submit["typed_at"] = json!("2026-11-24T01:10:00Z");
    let answers = post(body(json!([submit]))).await;
    assert_eq!(answers["answers"][0]["state"], "done", "{answers}");
    let key = house.app.report_key("thang", "2026-11", "VN-11-03158").unwrap();
    let view = house.app.report_form(&Actor::operator(), &key).await.unwrap();
    assert_eq!(view.submitted_on.unwrap().to_string(), "2026-11-22");
    let story = "/en/reports/thang/2026-11/VN-11-03158/value/governance.dossiers";
    let own = house.get_as(story, &cookie).await.text();
    assert!(own.contains("Done on the device at 08:00 22 Nov 2026"), "{own}");
    assert!(
        own.contains("was 2 days ahead: it showed 08:00 24 Nov 2026"),
        "{own}"
    );
    let other = house
        .get_as(
            &story.replace("governance.dossiers", "traffic.accidents"),
            &cookie,
        )
        .await
        .text();
    // Of the line whose moment could not be read only the sending is told.
    assert_eq!(other.matches("it showed").count(), 1, "{other}");
}
