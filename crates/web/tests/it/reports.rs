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
    assert_eq!(
        wrong.attributes(".notice.problem a", "href"),
        ["#field-send_by_days"]
    );
    fields[8] = ("send_by_days", "10");
    let issued = house.post("/vi/reports/regimes/new", &cookie, &fields).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.text());
    let page = house.get("/en/reports/regimes/xa-nam").await;
    assert_eq!(page.texts("h1"), ["Yearly report on cultural families"]);

    // By rows: an indicator by its name, a wrong one named at its field, what was typed stands there again.
    fields[1] = ("code", "xa-nam-hai");
    fields.retain(|(name, _)| *name != "lines");
    fields.push(("line.0.indicator", "số gia đình văn hóa nào đó"));
    fields.push(("line.2.indicator", "SỐ VIỆC LÀM MỚI"));
    fields.push(("line.2.hint_vi", "Người có việc làm, kể cả ngoài xã"));
    let wrong = house.post("/vi/reports/regimes/new", &cookie, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        wrong.attributes(".notice.problem a", "href"),
        ["#field-line.0.indicator"]
    );
    assert_eq!(
        wrong.attributes("[name='line.2.indicator']", "value"),
        ["SỐ VIỆC LÀM MỚI"]
    );
    let at = fields
        .iter()
        .position(|(name, _)| *name == "line.0.indicator")
        .unwrap();
    fields.remove(at);
    let mut more = fields.clone();
    more.push(("then", "more"));
    let more = house.post("/vi/reports/regimes/new", &cookie, &more).await;
    assert_eq!(more.status, StatusCode::OK);
    assert!(5 < more.attributes(".regime-line input[list]", "name").len());
    let issued = house.post("/vi/reports/regimes/new", &cookie, &fields).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.text());
    let page = house.get("/vi/reports/regimes/xa-nam-hai").await;
    assert!(
        page.text().contains("/indicators/labour.jobs_created"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_long_queue_is_grouped_filtered_and_paged_in_pages_that_an_old_phone_can_load() {
    let house = House::still().await;
    house.app.simulate_queue(&Actor::operator(), 2, 12).await.unwrap();
    let (verifier, _) = in_post(&house, "Chi", "VN-11/finance.verifier").await;
    for language in ["vi", "en"] {
        let mut next = Some(format!("/{language}/reports/queue"));
        let mut seen = Vec::new();
        while let Some(address) = next {
            let page = house.get_as(&address, &verifier).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            assert!(page.body.len() < 200_000, "{address}: {} bytes", page.body.len());
            seen.extend(page.attributes(".queue li > a", "href"));
            next = page.attributes("a[rel=next]", "href").pop();
        }
        let all = seen.len();
        assert!(150 < all, "{all}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all, "each report stands on one page");
    }
    let unit = house
        .get_as("/vi/reports/queue?unit=VN-11-03158&stage=submitted", &verifier)
        .await;
    let shown = unit.attributes(".queue li > a", "href");
    assert!(!shown.is_empty() && shown.iter().all(|address| address.contains("VN-11-03158")));
    for nonsense in ["stage=accepted", "late=1", "page=-1", "period=x"] {
        let page = house
            .get_as(&format!("/vi/reports/queue?{nonsense}"), &verifier)
            .await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{nonsense}");
    }
    let nothing = house.get_as("/vi/reports/queue?regime=khong-co", &verifier).await;
    assert_eq!(nothing.status, StatusCode::OK);
    assert!(nothing.attributes(".queue li > a", "href").is_empty());
}
