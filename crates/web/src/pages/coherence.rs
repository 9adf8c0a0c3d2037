//! «Can it all hold?»: verdict, what clashes and why, what would mend it, what must be true, and under which assumptions.

mod form;
mod ranges;
mod remedies;

use app::coherence::{ClaimRole as Role, CoherenceVerdict as Verdict, CoherenceView, ConflictKind};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{amount, clash, notice, source};
use crate::site::Site;
use form::Form;

/// Answers the question under the assumptions of the address.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let title = ask.t("web-coherence-title");
    let form = Form::read(&ask);
    if form.is_wrong() {
        let body = html! {
            h1 { (title) }
            p.notice.problem role="alert" { a href="#assumptions" { (ask.t("web-coherence-bad")) } }
            (form.show(&ask))
        };
        let mut response = layout::public(&ask, Section::Analysis, &title, &body).into_response();
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let view = site.coherence(&ask.actor, &form.query).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    let body = html! {
        h1 { (title) }
        (verdict(&ask, &view))
        (clashes(&ask, &view))
        (remedies::mends(&ask, &view))
        (remedies::readings(&ask, &view))
        (ranges::implied(&ask, &view))
        (path(&ask, &view))
        (form.show(&ask))
        (notes(&ask, &view))
    };
    Ok(layout::public(&ask, Section::Analysis, &title, &body))
}

fn verdict(ask: &Ask, view: &CoherenceView) -> Markup {
    let day = i18n::date::long(ask.language, view.day);
    let targets = view
        .conflicts
        .iter()
        .filter(|one| between_targets(one.kind))
        .count();
    let others = view.conflicts.len() - targets;
    let asked = view.claims.iter().any(|claim| claim.role == Role::Target);
    html! {
        @if !asked { (notice::empty(&ask.t("web-coherence-none"))) }
        div.hero {
            p.lead { strong {
                (ask.ta(&format!("coherence-verdict-{}", view.verdict.code()), &[("day", day.into())]))
            } }
            @if !view.conflicts.is_empty() {
                p {
                    (ask.ta("web-coherence-count", &[("targets", targets.into()), ("others", others.into())]))
                    @if !view.all_conflicts { " " (ask.t("coherence-more-conflicts")) }
                }
                p { a href=(if view.readings.is_empty() { "#mends" } else { "#readings" }) { (ask.t("web-coherence-todo")) } }
            }
        }
    }
}

fn between_targets(kind: ConflictKind) -> bool {
    matches!(kind, ConflictKind::Targets | ConflictKind::Alone)
}

fn clashes(ask: &Ask, view: &CoherenceView) -> Markup {
    let part = |between: bool| {
        let all = view.conflicts.iter().enumerate();
        all.filter(move |(_, one)| between_targets(one.kind) == between)
    };
    html! {
        @if !view.conflicts.is_empty() { p.muted { (ask.t("web-coherence-how")) } }
        @if part(true).next().is_some() {
            section {
                h2 id="clashes" { (ask.t("web-coherence-clashes")) }
                @for (at, one) in part(true) { (clash::article(ask, view, at, one)) }
            }
        }
        @if part(false).next().is_some() {
            section {
                h2 id="against" { (ask.t("web-coherence-against")) }
                p { (ask.t("web-coherence-against-text")) }
                @for (at, one) in part(false) { (clash::article(ask, view, at, one)) }
            }
        }
    }
}

fn path(ask: &Ask, view: &CoherenceView) -> Markup {
    html! {
        @if view.verdict == Verdict::Feasible && !view.path.is_empty() {
            section {
                h2 id="path" { (ask.t("web-coherence-path")) }
                p { (ask.t("web-coherence-path-text")) }
                div.scroll tabindex="0" role="region" aria-label=(ask.t("web-coherence-path")) {
                    table.results role="table" {
                        caption.hidden { (ask.t("web-coherence-path")) }
                        thead role="rowgroup" { tr role="row" {
                            th role="columnheader" scope="col" { (ask.t("web-coherence-quantity")) }
                            th role="columnheader" scope="col" { (ask.t("web-coherence-value")) }
                        } }
                        tbody role="rowgroup" {
                            @for (of, range) in &view.path {
                                tr role="row" {
                                    th role="rowheader" scope="row" { (clash::quantity(ask, of)) }
                                    td.number role="cell" { (clash::range(ask, *range, &of.unit)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn notes(ask: &Ask, view: &CoherenceView) -> Markup {
    html! {
        @if !view.notes.is_empty() || !view.diagnostics.is_empty() {
            section {
                h2 id="notes" { (ask.t("web-coherence-notes")) }
                ul.mends {
                    @for note in &view.notes {
                        @let what = match (note.claim, &note.quantity) {
                            (Some(of), _) => clash::claim(ask, &view.claims[of]),
                            (None, Some(of)) => match &note.amount {
                                Some(said) => format!("{}: {}", clash::quantity(ask, of), amount::text(ask, said)),
                                None => clash::quantity(ask, of),
                            },
                            (None, None) => String::new(),
                        };
                        li {
                            (ask.ta("coherence-note", &[
                                ("what", what.into()),
                                ("why", ask.t(&format!("coherence-note-{}", note.code)).into()),
                            ]))
                            " " small { (source::short(ask, &note.sources)) }
                        }
                    }
                    @for told in &view.diagnostics { li { (i18n::explain(ask.language, told).message) } }
                }
            }
        }
    }
}
