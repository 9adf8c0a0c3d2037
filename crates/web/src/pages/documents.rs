//! The list of documents.

use app::document::DocumentRow;
use app::policy::Action;
use axum::extract::State;
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{notice, source};
use crate::site::Site;

/// Shows the list.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let rows = site
        .app
        .documents(&ask.actor)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("web-documents-title");
    let figures: usize = rows.iter().map(|row| row.figures).sum();
    let body = html! {
        h1 { (title) }
        p.lead { (ask.ta("web-documents-lead", &[("count", rows.len().into()), ("figures", figures.into())])) }
        @if ask.actor.may(Action::AddDocument) {
            p.actions { a.button href=(ask.href("/documents/new")) { (ask.t("web-add-title")) } }
        }
        @if rows.is_empty() { (notice::empty(&ask.t("web-documents-none"))) } @else { (list(&ask, &rows)) }
    };
    Ok(layout::public(&ask, Section::Documents, &title, &body))
}

/// Documents, one a line.
pub(crate) fn list(ask: &Ask, rows: &[DocumentRow]) -> Markup {
    html! {
        ul.documents {
            @for row in rows {
                li {
                    div.name {
                        a href=(ask.href(&format!("/documents/{}", row.document))) lang=[source::other_language(ask, &row.title)] { (row.title) }
                        br;
                        small {
                            @if let Some(date) = row.date { (i18n::date::short(ask.language, date)) " · " }
                            @if !row.publisher.is_empty() { (row.publisher) " · " }
                            (row.format.to_uppercase())
                        }
                    }
                    div.facts {
                        span { (ask.ta("count-figures", &[("count", row.figures.into())])) }
                        @if 0 < row.waiting {
                            span.waiting { (ask.ta("web-count-waiting", &[("count", row.waiting.into())])) }
                        }
                    }
                }
            }
        }
    }
}
