//! Values of the same thing that differ between sources, side by side.

use app::disagreements::Disagreement;
use axum::extract::State;
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{amount, names, notice, result, source};
use crate::site::Site;

/// Shows all of them.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let found = site
        .app
        .disagreements(&ask.actor)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("web-disagreements-title");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.ta("web-disagreements-lead", &[("count", found.len().into())])) }
        @if found.is_empty() { (notice::empty(&ask.t("web-disagreements-none"))) }
        @for each in &found { (one(&ask, each, true)) }
    };
    Ok(layout::public(&ask, Section::Analysis, &title, &body))
}

/// One of them, as a card with its values beside each other.
pub(crate) fn one(ask: &Ask, found: &Disagreement, with_name: bool) -> Markup {
    html! {
        article.disagreement {
            // A page of its own has them right under its title, an indicator's page under a heading.
            @if with_name { h2 { (names::indicator(ask, &found.indicator)) " – " (whose(ask, found)) } }
            @else { h3 { (whose(ask, found)) } }
            ul.sides {
                @for value in &found.values {
                    li {
                        p.big { (amount::amount(ask, &value.amount)) }
                        @if let Some(word) = result::edition(ask, value.edition) { p.muted { (word) } }
                        @for each in &value.sources { (source::full(ask, each)) }
                    }
                }
            }
        }
    }
}

/// Of whom, of when, and which measure.
fn whose(ask: &Ask, found: &Disagreement) -> Markup {
    html! {
        (found.place.name.get(ask.language)) ", " (i18n::date::period(ask.language, found.period))
        @if let Some(measure) = names::measure(ask, found.measure) { " · " (measure) }
    }
}
