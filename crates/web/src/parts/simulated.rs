//! What says that a value is simulated: a badge beside its source, a banner over a page.

use app::view::SourceView;
use maud::{Markup, html};

use crate::ask::Ask;

/// A badge where a source is a simulation.
pub(crate) fn badge(ask: &Ask, sources: &[SourceView]) -> Markup {
    html! {
        @if sources.iter().any(SourceView::is_simulated) { " " span.simulated { (ask.t("engine-simulated")) } }
    }
}

/// A banner where a page rests on simulated values.
pub(crate) fn banner(ask: &Ask, is: bool) -> Markup {
    html! {
        @if is { p.notice.simulated-page { strong { (ask.t("engine-simulated")) } ". " (ask.t("engine-simulated-lead")) } }
    }
}
