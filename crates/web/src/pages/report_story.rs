//! Everything about one value of a report on one page.

use app::report::{StoryStep, StoryView};
use axum::extract::{Path, State};
use maud::{Markup, html};
use plan::report::{DeviceTime, Evidence};
use terms::IndicatorCode;

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{names, report, simulated};
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(
    State(site): State<Site>,
    ask: Ask,
    Path((regime, period, office, indicator)): Path<(String, String, String, String)>,
) -> Answer {
    let failed = |error| Failure::from_app(&ask, error);
    let key = site.app.report_key(&regime, &period, &office).map_err(failed)?;
    let indicator: IndicatorCode = indicator.parse().map_err(|_| Failure::not_found(&ask))?;
    let view = site
        .app
        .value_story(&ask.actor, &key, &indicator)
        .await
        .map_err(failed)?;
    let title = format!(
        "{} · {}",
        view.indicator.name.get(ask.language),
        report::office(&ask, &view.office)
    );
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/reports")) { (ask.t("report-title")) } " › " (report::regime(&ask, &view.regime))
            @if view.whole { " › " a href=(report::href(&ask, &view.report, "")) { (report::office(&ask, &view.office)) } }
        }
        h1 { (title) }
        p.lead { (i18n::date::period(ask.language, view.report.period)) " · " (report::stage(&ask, Some(view.stage), false)) }
        (simulated::banner(&ask, view.simulated))
        p.big-value { strong { (shown(&ask, view.text.as_deref().unwrap_or("–"))) } " " (i18n::unit_name(ask.language, &view.indicator.unit)) }
        p.muted { (ask.ta("report-window", &[
            ("from", i18n::date::short(ask.language, view.window.0).into()),
            ("to", i18n::date::short(ask.language, view.window.1).into()),
        ])) }
        section {
            h2 { (ask.t("report-story-steps")) }
            @if !view.whole { p.hint { (ask.t("report-story-public")) } }
            ol.history { @for step in &view.steps { li { (told(&ask, &view, step)) } } }
        }
        section {
            h2 { (ask.t("report-story-goes-into")) }
            ul {
                @for unit in &view.goes_into { li {
                    a href=(ask.href(&format!("/explain?indicator={}&place={}&period={}", view.indicator.code, encode(unit.code.as_str()), encode(&view.period.to_string())))) {
                        (unit.name.get(ask.language))
                    }
                } }
                li { (names::indicator(&ask, &view.indicator)) }
                li { a href=(ask.href(&format!("/units/{}", view.report.office.area))) { (report::office(&ask, &view.office)) } }
            }
        }
    };
    Ok(layout::public(&ask, Section::Reports, &title, &body))
}

fn told(ask: &Ask, view: &StoryView, step: &StoryStep) -> Markup {
    html! {
        (names::act(ask, &step.act))
        @if let Some(device) = step.device { br; (device_clock(ask, device)) }
        @if let Some(typed) = &step.typed { br; (ask.t("report-column-value")) ": " strong { (if typed.is_empty() { "–".to_owned() } else { shown(ask, typed) }) } }
        @if let Some(words) = &step.explained { br; (ask.t("report-explained")) ": " q { (words) } }
        @if let Some((title, evidence)) = &step.shown { br; (ask.t("report-evidence")) ": "
            @match evidence {
                Evidence::File { .. } => { a href=(report::href(ask, &view.report, &format!("/evidence/{}", step.act.entry))) download { (title) } },
                Evidence::Link { url } => { a href=(url) rel="external noopener noreferrer" { (title) } },
            }
        }
    }
}

/// When the device says that it was done, and how wrong its clock was.
fn device_clock(ask: &Ask, device: DeviceTime) -> Markup {
    let at = device.on_our_clock();
    html! {
        span.muted {
            (ask.ta("report-story-device", &[("time", names::moment(ask, at).into())])) " "
            @if device.is_off() {
                @let apart = names::apart(ask, device.ahead_s);
                (ask.ta(
                    if 0 < device.ahead_s { "report-story-device-ahead" } else { "report-story-device-behind" },
                    &[("apart", apart.into()), ("time", names::moment(ask, device.at).into())],
                ))
            }
        }
    }
}

/// A plain decimal with the marks of the language; what was typed otherwise as it was typed.
fn shown(ask: &Ask, text: &str) -> String {
    text.parse()
        .map_or_else(|_| text.to_owned(), |number| i18n::number(ask.language, number))
}
