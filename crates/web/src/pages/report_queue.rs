//! What waits for the verifier and for who accepts: one report after another, none by the dozen.

use app::report::Waiting;
use axum::extract::State;
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{notice, report, simulated};
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let view = site.app.report_queue(&ask.actor).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("report-queue-title");
    let is_simulated = view
        .to_verify
        .iter()
        .chain(&view.to_accept)
        .any(|waiting| waiting.simulated);
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/reports")) { (ask.t("report-title")) } }
        h1 { (title) }
        p.lead { (ask.t("report-queue-lead")) }
        (simulated::banner(&ask, is_simulated))
        (list(&ask, "report-queue-verify", &view.to_verify))
        (list(&ask, "report-queue-accept", &view.to_accept))
    };
    Ok(layout::personal(&ask, Section::Reports, &title, &body))
}

fn list(ask: &Ask, heading: &str, waiting: &[Waiting]) -> Markup {
    html! {
        section {
            h2 { (ask.t(heading)) " (" (waiting.len()) ")" }
            @if waiting.is_empty() { (notice::empty(&ask.t("report-queue-empty"))) }
            ul.report-list { @for one in waiting { li {
                h3 { a href=(report::href(ask, &one.report, "")) {
                    (report::office(ask, &one.office)) " · " (i18n::date::period(ask.language, one.report.period))
                } }
                p.muted { (one.regime.name.get(ask.language)) }
                p {
                    @if 0 < one.standing_out { strong.wrong { (ask.ta("report-queue-out", &[("count", one.standing_out.into())])) } }
                    @else { (ask.t("report-queue-calm")) }
                    @if let Some(day) = one.submitted_on { " · " (ask.t("report-sent-on")) " " (i18n::date::short(ask.language, day)) }
                    @if one.late { " · " strong.wrong { (ask.t("report-late")) } }
                    @if 0 < one.returns { " · " (ask.ta("report-returns", &[("count", i64::from(one.returns).into())])) }
                }
            } } }
        }
    }
}
