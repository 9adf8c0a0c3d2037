//! A result: value, period, edition, source.

use app::scoreboard::ResultView;
use maud::{Markup, html};
use plan::Edition;

use crate::ask::Ask;
use crate::pages::disagreements;
use crate::parts::{amount, source};

/// `7,34%` with `năm 2025 · ước tính` and its source below.
pub(crate) fn cell(ask: &Ask, result: &ResultView) -> Markup {
    html! {
        (amount::amount(ask, &result.amount))
        br;
        small {
            (i18n::date::short_period(ask.language, result.period))
            @if let Some(word) = edition(ask, result.edition) { " · " (word) }
            span.by { " · " (source::short(ask, &result.sources)) }
            @if result.disputed.is_some() { " · " (disagreements::mark(ask, result.disputed.as_deref())) }
        }
    }
}

/// The edition in words where it is not the official one.
pub(crate) fn edition(ask: &Ask, edition: Edition) -> Option<String> {
    (edition != Edition::Official).then(|| ask.t(&format!("edition-{}", edition.code())))
}

/// The result in a line of text: `năm 2025: 7,34% (ước tính)`.
pub(crate) fn label(ask: &Ask, result: &ResultView) -> String {
    let mut text = format!(
        "{}: {}",
        i18n::date::period(ask.language, result.period),
        amount::text(ask, &result.amount)
    );
    if let Some(word) = edition(ask, result.edition) {
        text = format!("{text} ({word})");
    }
    text
}
