//! The desk: what waits for a person.

use app::policy::Action;
use axum::extract::State;
use maud::html;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::documents;
use crate::parts::notice;
use crate::site::Site;

/// Shows the documents with figures that wait.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let desk = site
        .app
        .desk(&ask.actor)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("web-menu-desk");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.ta("web-desk-lead", &[("waiting", desk.waiting.into()), ("decided", desk.decided.into())])) }
        @if ask.actor.may(Action::AddDocument) {
            p.actions { a.button href=(ask.href("/documents/new")) { (ask.t("web-add-title")) } }
        }
        @if desk.documents.is_empty() { (notice::empty(&ask.t("web-desk-empty"))) }
        @else { (documents::list(&ask, &desk.documents)) }
    };
    Ok(layout::personal(&ask, Section::Documents, &title, &body))
}
