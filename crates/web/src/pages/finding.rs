//! One finding: what differs, why, what would settle it; for planners the form that settles it.

use std::collections::BTreeMap;

use app::policy::Action;
use app::settlement::{FindingPage, SettlementTexts};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::disagreements as list;
use crate::parts::{names, notice, paper};
use crate::posted::Posted;
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(key): Path<String>) -> Answer {
    let view = site.app.finding(&ask.actor, &key).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(page(&ask, &view, &SettlementTexts::default(), &[]))
}

/// Records what holds, or opens it again.
pub(crate) async fn decide(
    State(site): State<Site>,
    ask: Ask,
    Path(key): Path<String>,
    posted: Posted,
) -> Answer {
    let failed = |error| Failure::from_app(&ask, error);
    let texts = SettlementTexts {
        finding: key.clone(),
        seen: posted
            .text("seen")
            .parse()
            .map_err(|_| Failure::misunderstood(&ask))?,
        decision: posted.text("decision").to_owned(),
        ..paper::sent(&posted)
    };
    let done = match posted.text("verdict") {
        "settle" => site.app.settle_finding(&ask.actor, &texts).await,
        "reopen" => {
            site.app
                .reopen_finding(&ask.actor, &key, texts.seen, &texts.reason)
                .await
        }
        _ => return Err(Failure::misunderstood(&ask)),
    };
    match done {
        Ok(()) => {
            let to = format!("{}?done=1", list::href(&ask, &key));
            let to = HeaderValue::from_str(&to).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        // What was typed stays in the form, with what is wrong above it.
        Err(app::Error::Invalid(problems)) => {
            let view = site.app.finding(&ask.actor, &key).await.map_err(failed)?;
            let mut page = page(&ask, &view, &texts, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(failed(error)),
    }
}

fn page(ask: &Ask, view: &FindingPage, sent: &SettlementTexts, problems: &[Diagnostic]) -> Response {
    let finding = &view.finding;
    let title = list::about(ask, finding);
    let code = finding.class.code();
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/disagreements")) { (ask.t("web-disagreements-title")) } " › "
            a href=(ask.href(&format!("/disagreements?class={code}"))) { (list::class_name(ask, finding.class)) }
        }
        h1 { (title) }
        @if ask.value("done").is_some() { (notice::done(&ask.t("web-finding-done"))) }
        (notice::diagnostics(ask, problems))
        p.lead { (list::class_name(ask, finding.class)) }
        @if finding.settled.is_none() {
            p { strong { (ask.t("finding-settle")) ": " } (list::settle(ask, finding)) }
        }
        div.disagreement { (list::sides(ask, finding)) }
        @if let Some(settled) = &finding.settled {
            section {
                h2 { (ask.t("web-finding-settled")) }
                p.muted { (ask.t("web-finding-both-stay")) }
                (list::settlement(ask, settled))
            }
        }
        @if ask.actor.may(Action::DraftTask) && finding.settled.is_none() {
            p { a.button.plain href=(ask.href(&format!("/tasks/new?finding={}", crate::ask::encode(&finding.key)))) { (ask.t("task-from-finding-here")) } }
        }
        @if ask.actor.may(Action::SettleFindings) { (form(ask, view, sent, problems)) }
        @if !view.past.is_empty() {
            section {
                h2 { (ask.t("web-finding-past")) }
                ul.history { @for past in &view.past { li { (list::settlement(ask, past)) } } }
            }
        }
        section {
            h2 { (ask.t("web-finding-indicators")) }
            @let shown: BTreeMap<_, _> = finding.statements.iter().map(|statement| (&statement.indicator.code, &statement.indicator)).collect();
            ul.chips { @for indicator in shown.into_values() { li { (names::indicator(ask, indicator)) } } }
        }
    };
    layout::public(ask, Section::Analysis, &title, &body)
}

fn form(ask: &Ask, view: &FindingPage, sent: &SettlementTexts, problems: &[Diagnostic]) -> Markup {
    let wrong = |name: &str| {
        problems
            .iter()
            .any(|problem| problem.place.column.as_deref() == Some(name))
    };
    let settled = view.finding.settled.is_some();
    html! {
        section.settle {
            h2 { (ask.t(if settled { "web-finding-reopen" } else { "web-finding-settle" })) }
            form method="post" action=(list::href(ask, &view.finding.key)) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="seen" value=(view.seen);
                @if settled {
                    (paper::reason(ask, &sent.reason, &wrong))
                    p.actions { button.quiet type="submit" name="verdict" value="reopen" { (ask.t("web-finding-reopen-button")) } }
                } @else {
                    (paper::area(ask, "decision", "web-finding-field-decision", &sent.decision, &wrong))
                    (paper::fields(ask, "web-finding-field-document", &view.documents, sent, &wrong))
                    p.hint { (ask.t("web-finding-both-stay")) }
                    p.actions { button type="submit" name="verdict" value="settle" { (ask.t("web-finding-settle-button")) } }
                }
            }
        }
    }
}
