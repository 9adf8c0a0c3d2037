//! What happened to accounts, for administrators.

use axum::extract::State;
use maud::html;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::account_events;
use crate::site::Site;

/// Shows the latest.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let events = site.app.account_events(&ask.actor).await;
    let events = events.map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("web-events-title");
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/people")) { (ask.t("web-people-title")) } }
            h1 { (title) }
            p.lead { (ask.t("web-events-lead")) }
            (account_events::list(&ask, &events, true))
        }
    };
    Ok(layout::personal(&ask, Section::None, &title, &body))
}
