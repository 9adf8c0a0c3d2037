//! A report regime: what it states, its form, who owes what of a period; and issuing or ending one.

use app::policy::Action;
use app::report::{OwedRegime, RegimePage};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::report::ReportCalendar;
use terms::{Diagnostic, TimePeriod};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::reports::rates;
use crate::parts::{names, notice, report, simulated};
use crate::posted::Posted;
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(code): Path<String>) -> Answer {
    let period = match ask.value("period") {
        Some(text) => Some(
            text.parse::<TimePeriod>()
                .map_err(|_| Failure::misunderstood(&ask))?,
        ),
        None => None,
    };
    let view = site.app.regime(&ask.actor, &code, period).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(page(&ask, &view, &[]))
}

/// Ends it.
pub(crate) async fn end(
    State(site): State<Site>,
    ask: Ask,
    Path(code): Path<String>,
    posted: Posted,
) -> Answer {
    match site
        .app
        .end_regime(&ask.actor, &code, posted.text("reason"))
        .await
    {
        Ok(()) => see(&ask, "/reports"),
        Err(app::Error::Invalid(problems)) => {
            let view = site.app.regime(&ask.actor, &code, None).await;
            let view = view.map_err(|error| Failure::from_app(&ask, error))?;
            let mut page = page(&ask, &view, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn see(ask: &Ask, path: &str) -> Answer {
    let to = HeaderValue::from_str(&ask.href(path)).map_err(|_| Failure::misunderstood(ask))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

fn page(ask: &Ask, view: &RegimePage, problems: &[Diagnostic]) -> Response {
    let regime = &view.regime;
    let title = regime.name.name.get(ask.language).to_owned();
    let fact = |key: &str, text: &str| html! { div { dt { (ask.t(key)) } dd { (text) } } };
    let days = |count: i32| ask.ta("report-regime-days", &[("days", i64::from(count).into())]);
    let tier = match regime.reporters {
        terms::AreaLevel::Province => "report-tier-province",
        terms::AreaLevel::District => "report-tier-district",
        _ => "report-tier-commune",
    };
    let calendar = match regime.calendar {
        ReportCalendar::Calendar => "report-calendar-calendar",
        ReportCalendar::Statutory => "report-calendar-statutory",
    };
    let is_simulated = view
        .owed
        .iter()
        .any(|owed| owed.offices.iter().any(|office| office.simulated));
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/reports")) { (ask.t("report-title")) } }
        h1 { (title) }
        (notice::diagnostics(ask, problems))
        p.lead { (regime.content.get(ask.language)) }
        dl.facts.stacked {
            (fact("report-regime-who", &ask.t(tier)))
            (fact("report-regime-receiver", regime.receiver.name.get(ask.language)))
            (fact("report-regime-way", regime.way.get(ask.language)))
            (fact("report-regime-frequency", &report::frequency(ask, regime.frequency)))
            (fact("report-regime-cut-off", &ask.t(calendar)))
            (fact("report-regime-send-by", &days(regime.send_by_days)))
            (fact("report-regime-lock", &days(regime.lock_after_days)))
            (fact("report-regime-outline", regime.outline.get(ask.language)))
            (fact("report-regime-from", &i18n::date::short(ask.language, regime.from)))
        }
        p.muted { (ask.t("report-regime-source")) " "
            a href=(ask.href(&format!("/record?entry={}#receipt", view.entry))) { (ask.ta("web-act-entry", &[("number", view.entry.to_string().into())])) } }
        section {
            h2 { (ask.t("report-regime-lines")) }
            ol { @for (indicator, required, _) in &view.items { li {
                (names::indicator(ask, indicator)) " (" (i18n::unit_name(ask.language, &indicator.unit)) ")"
                @if !required { " " span.muted { (ask.t("report-optional")) } }
            } } }
        }
        @if let Some(owed) = &view.owed {
            section {
                h2 { (ask.t("report-owed-title")) " · " (i18n::date::period(ask.language, owed.period)) }
                (simulated::banner(ask, is_simulated))
                nav.jump aria-label=(ask.t("report-periods")) { ul { @for period in &view.periods { li {
                    a href=(ask.href(&format!("/reports/regimes/{}?period={period}", regime.name.code)))
                        aria-current=[(*period == owed.period).then_some("page")] { (i18n::date::short_period(ask.language, *period)) }
                } } } }
                (owed_table(ask, owed))
            }
        }
        @if ask.actor.may_for(Action::KeepRegimes, &regime.receiver.office) {
            details {
                summary { (ask.t("report-regime-end")) }
                form method="post" action=(ask.href(&format!("/reports/regimes/{}", regime.name.code))) {
                    input type="hidden" name="csrf" value=(ask.actor.csrf());
                    div.field {
                        label for="field-reason" { (ask.t("web-field-reason")) }
                        textarea id="field-reason" name="reason" rows="2" maxlength="2000" {}
                    }
                    p.actions { button.danger type="submit" { (ask.t("report-regime-end-button")) } }
                }
            }
        }
    };
    layout::public(ask, Section::Reports, &title, &body)
}

fn owed_table(ask: &Ask, owed: &OwedRegime) -> Markup {
    html! {
        p { (ask.ta("report-window", &[
            ("from", i18n::date::short(ask.language, owed.window.0).into()),
            ("to", i18n::date::short(ask.language, owed.window.1).into()),
        ])) " · " (ask.ta("report-send-by", &[("day", i18n::date::short(ask.language, owed.send_by).into())])) " · "
            (ask.ta("report-locks-after", &[("day", i18n::date::short(ask.language, owed.locks_after).into())])) }
        (rates(ask, &owed.rates))
        @if ask.actor.may(Action::VerifyReport) {
            p.actions { a.button.plain href=(ask.href(&format!("/reports/{}/{}/sample", owed.regime.code, owed.period))) { (ask.t("report-sample-title")) } }
        }
        div.scroll tabindex="0" role="region" aria-label=(ask.t("report-owed-title")) {
            table.report-table {
                caption.hidden { (ask.t("report-owed-title")) }
                thead { tr {
                    th scope="col" { (ask.t("report-unit")) }
                    th scope="col" { (ask.t("report-stage")) }
                    th scope="col" { (ask.t("report-sent-on")) }
                } }
                tbody { @for office in &owed.offices { tr {
                    th scope="row" {
                        @if ask.actor.may_for(Action::ReadReports, &office.office.office) {
                            a href=(report::href(ask, &office.report, "")) { (report::office(ask, &office.office)) }
                        } @else { (report::office(ask, &office.office)) }
                    }
                    td { (report::stage(ask, office.stage, office.late)) }
                    td { @match office.submitted_on {
                        Some(day) => { (i18n::date::short(ask.language, day)) @if office.late { " · " strong.wrong { (ask.t("report-late")) } } },
                        None => { @if office.late { strong.wrong { (ask.t("report-late")) } } @else { "–" } },
                    } }
                } } }
            }
        }
    }
}

/// The form for issuing one.
pub(crate) async fn form(ask: Ask) -> Answer {
    Ok(new_page(&ask, &Posted::default(), &[]))
}

const STATEMENT: [&str; 17] = [
    "code",
    "name_vi",
    "name_en",
    "content_vi",
    "content_en",
    "reporters",
    "receiver",
    "way_vi",
    "way_en",
    "frequency",
    "calendar",
    "send_by_days",
    "lock_after_days",
    "outline_vi",
    "outline_en",
    "edition",
    "from",
];

/// Issues what the form says: the same tables as a file, written by the form.
pub(crate) async fn issue(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let row: Vec<String> = STATEMENT.iter().map(|name| cell(posted.text(name))).collect();
    let statements = format!("{}\n{}\n", STATEMENT.join(","), row.join(","));
    let lines = posted.text("lines").replace("\r\n", "\n");
    let issued = site
        .app
        .issue_regimes(
            &ask.actor,
            ("regime.csv", statements.as_bytes()),
            ("lines.csv", lines.as_bytes()),
        )
        .await;
    match issued {
        Ok(_) => see(&ask, &format!("/reports/regimes/{}", posted.text("code"))),
        Err(app::Error::Invalid(problems)) => {
            let mut page = new_page(&ask, &posted, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn new_page(ask: &Ask, posted: &Posted, problems: &[Diagnostic]) -> Response {
    const LINES: &str =
        "regime,indicator,required,decimals,min,max,not_more_than,parts_with,near_last,hint_vi,hint_en\n";
    let title = ask.t("report-regime-new");
    let text = |name: &str| {
        let id = format!("field-{name}");
        html! { div.field { label for=(id) { (ask.t(&format!("report-new-{name}"))) } input id=(id) name=(name) value=(posted.text(name)) maxlength="1000"; } }
    };
    let area = |name: &str, value: &str, rows: u8| {
        let id = format!("field-{name}");
        html! { div.field { label for=(id) { (ask.t(&format!("report-new-{name}"))) } textarea id=(id) name=(name) rows=(rows) maxlength="20000" { (value) } } }
    };
    let choice = |name: &str, codes: &[(&str, &str)]| {
        let id = format!("field-{name}");
        html! { div.field {
            label for=(id) { (ask.t(&format!("report-new-{name}"))) }
            select id=(id) name=(name) { @for (code, key) in codes { option value=(code) selected[posted.text(name) == *code] { (ask.t(key)) } } }
        } }
    };
    let lines = if posted.text("lines").is_empty() {
        LINES
    } else {
        posted.text("lines")
    };
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/reports")) { (ask.t("report-title")) } }
        h1 { (title) }
        p.lead { (ask.t("report-new-lead")) }
        (notice::diagnostics(ask, problems))
        form.narrow method="post" action=(ask.href("/reports/regimes/new")) {
            input type="hidden" name="csrf" value=(ask.actor.csrf());
            (text("code")) (text("name_vi")) (text("name_en"))
            (area("content_vi", posted.text("content_vi"), 2)) (area("content_en", posted.text("content_en"), 2))
            (choice("reporters", &[("commune", "report-tier-commune"), ("province", "report-tier-province")]))
            (text("receiver"))
            (area("way_vi", posted.text("way_vi"), 2)) (area("way_en", posted.text("way_en"), 2))
            (choice("frequency", &[("M", "report-frequency-M"), ("Q", "report-frequency-Q"), ("S", "report-frequency-S"), ("A", "report-frequency-A")]))
            (choice("calendar", &[("statutory", "report-calendar-statutory"), ("calendar", "report-calendar-calendar")]))
            (text("send_by_days")) (text("lock_after_days"))
            (area("outline_vi", posted.text("outline_vi"), 3)) (area("outline_en", posted.text("outline_en"), 3))
            (choice("edition", &[("preliminary", "report-edition-preliminary"), ("official", "report-edition-official"), ("estimate", "report-edition-estimate")]))
            (text("from"))
            (area("lines", lines, 8))
            p.hint { (ask.t("report-new-lines-hint")) }
            p.actions { button type="submit" { (ask.t("report-regime-issue")) } }
        }
    };
    layout::personal(ask, Section::Reports, &title, &body)
}
