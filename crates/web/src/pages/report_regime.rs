//! A report regime: what it states, its form, who owes what of a period; and ending one.

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
use crate::parts::target_table::capital;
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
                            a href=(report::href(ask, &office.report, "")) { (capital(report::office(ask, &office.office))) }
                        } @else { (capital(report::office(ask, &office.office))) }
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
