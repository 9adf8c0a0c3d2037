//! How a target stands: a word and a shape, never a colour alone.

use app::scoreboard::Status;
use maud::{Markup, html};

use crate::ask::Ask;

/// The status as a badge.
pub(crate) fn badge(ask: &Ask, status: Status) -> Markup {
    html! { span class=(format!("status {}", class(status))) { (word(ask, status)) } }
}

/// The status in words.
pub(crate) fn word(ask: &Ask, status: Status) -> String {
    ask.t(&format!("web-status-{}", status.code()))
}

/// What the status means, in a sentence.
pub(crate) fn meaning(ask: &Ask, status: Status) -> String {
    ask.t(&format!("web-status-{}-means", status.code()))
}

/// The class for the style sheet.
pub(crate) fn class(status: Status) -> String {
    format!("s-{}", status.code().replace('_', "-"))
}
