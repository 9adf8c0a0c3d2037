//! A report's pages without a script: the form saves and tells what is wrong, others' forms are not there.

use app::Actor;
use axum::http::{StatusCode, header};

use crate::house::{House, PASSWORD};

/// Signs somebody in who holds a post of the example: the cookie and the token of forms.
async fn in_post(house: &House, name: &str, post: &str) -> (String, String) {
    let table = format!("name,password,post,since\n{name},{PASSWORD},{post},2026-01-01\n");
    house
        .app
        .import_users(&Actor::operator(), "users.csv", table.as_bytes())
        .await
        .unwrap();
    let fields = [("name", name), ("password", PASSWORD), ("next", "/vi/reports")];
    let got = house.post("/vi/sign-in", "", &fields).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text());
    let cookie = got.headers[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let page = house.get_as("/vi/reports", &cookie).await;
    let csrf = page.attributes("input[name=csrf]", "value").remove(0);
    (cookie, csrf)
}

#[tokio::test]
async fn a_form_is_filled_in_without_a_script_and_is_nobody_elses() {
    let house = House::open().await;
    let (cookie, csrf) = in_post(&house, "An", "VN-11-03158.reporter").await;
    let mine = house.get_as("/vi/reports", &cookie).await;
    let forms = mine.attributes(".my-forms h3 a", "href");
    let form = forms
        .iter()
        .find(|address| address.contains("/xa-thang/"))
        .unwrap()
        .clone();
    for address in [form.clone(), form.replacen("/vi/", "/en/", 1)] {
        let page = house.get_as(&address, &cookie).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.attributes(".lines input", "name").len(), 9);
        assert_eq!(
            page.attributes(".lines label", "for"),
            page.attributes(".lines input", "id")
        );
        assert_eq!(
            page.attributes("#report-form script", "src"),
            Vec::<String>::new()
        );
    }
    let fields = [
        ("csrf", csrf.as_str()),
        ("seen", "0"),
        ("v.governance.dossiers", "12"),
        ("v.governance.dossiers_on_time", "13"),
    ];
    let saved = house.post(&format!("{form}/save"), &cookie, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = house.get_as(&form, &cookie).await;
    assert_eq!(
        page.attributes("[aria-invalid]", "name"),
        ["v.governance.dossiers_on_time"]
    );
    let sent = house.post(&format!("{form}/submit"), &cookie, &fields).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let leads_to = sent.attributes(".notice.problem a", "href");
    assert!(
        leads_to.contains(&"#field-governance.dossiers_on_time".to_owned()),
        "{leads_to:?}"
    );
    // Without the token of one's own page nothing is taken.
    let forged = house.post(&format!("{form}/save"), &cookie, &fields[1..]).await;
    assert_eq!(forged.status, StatusCode::BAD_REQUEST);

    let (other, token) = in_post(&house, "Bình", "VN-11-03160.reporter").await;
    assert_eq!(house.get_as(&form, &other).await.status, StatusCode::NOT_FOUND);
    let fields = [
        ("csrf", token.as_str()),
        ("seen", "0"),
        ("v.traffic.accidents", "9"),
    ];
    let taken = house.post(&format!("{form}/save"), &other, &fields).await;
    assert_eq!(taken.status, StatusCode::NOT_FOUND);
    assert_eq!(
        house.get(&form).await.status,
        StatusCode::SEE_OTHER,
        "the public signs in first"
    );
    let story = house.get(&format!("{form}/value/governance.dossiers")).await;
    assert_eq!(
        story.status,
        StatusCode::NOT_FOUND,
        "nothing is public before it is accepted"
    );
}

#[tokio::test]
async fn regimes_are_issued_by_a_form_and_faults_keep_what_was_typed() {
    let house = House::open().await;
    let (cookie, _) = in_post(&house, "Mai", "VN-11.planner").await;
    let page = house.get_as("/vi/reports/regimes/new", &cookie).await;
    let csrf = page.attributes("form.narrow input[name=csrf]", "value").remove(0);
    let lines = "regime,indicator,decimals,min\nxa-nam,culture.families,0,0\n";
    let mut fields = vec![
        ("csrf", csrf.as_str()),
        ("code", "xa-nam"),
        ("name_vi", "Báo cáo năm về gia đình văn hóa"),
        ("name_en", "Yearly report on cultural families"),
        ("reporters", "commune"),
        ("receiver", "VN-11"),
        ("frequency", "A"),
        ("calendar", "calendar"),
        ("send_by_days", "ten"),
        ("lock_after_days", "30"),
        ("edition", "official"),
        ("from", "2026-01-01"),
        ("lines", lines),
    ];
    let wrong = house.post("/vi/reports/regimes/new", &cookie, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        wrong.attributes("#field-name_vi", "value"),
        ["Báo cáo năm về gia đình văn hóa"]
    );
    fields[8] = ("send_by_days", "10");
    let issued = house.post("/vi/reports/regimes/new", &cookie, &fields).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.text());
    let page = house.get("/en/reports/regimes/xa-nam").await;
    assert_eq!(page.texts("h1"), ["Yearly report on cultural families"]);
}
