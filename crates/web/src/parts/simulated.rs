//! What says that a value is simulated: a badge beside its source, a banner over a page.

use app::view::SourceView;
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::Failure;
use crate::site::Site;

/// A badge where a source is a simulation.
pub(crate) fn badge(ask: &Ask, sources: &[SourceView]) -> Markup {
    html! {
        @if sources.iter().any(SourceView::is_simulated) { " " span.simulated { (ask.t("engine-simulated")) } }
    }
}

/// A note on a page that counts or lists what is in the register, some of which is simulated.
pub(crate) async fn note(site: &Site, ask: &Ask) -> Result<Markup, Failure> {
    let holds = site.app.holds_simulated(&ask.actor).await;
    let holds = holds.map_err(|error| Failure::from_app(ask, error))?;
    Ok(html! {
        @if holds { p.notice.simulated-page { strong { (ask.t("engine-simulated")) } ". " (ask.t("simulated-note")) } }
    })
}

/// A banner where a page rests on simulated values.
pub(crate) fn banner(ask: &Ask, is: bool) -> Markup {
    html! {
        @if is { p.notice.simulated-page { strong { (ask.t("engine-simulated")) } ". " (ask.t("engine-simulated-lead")) } }
    }
}
