//! Boxes that say something: what could not be used, what is not known.

use maud::{Markup, html};
use terms::Diagnostic;

use crate::ask::Ask;

/// What could not be used, each with its place and way out; the box takes the focus when the page opens.
pub(crate) fn diagnostics(ask: &Ask, list: &[Diagnostic]) -> Markup {
    html! {
        @if !list.is_empty() {
            section.notice.problem role="alert" aria-labelledby="problems" {
                h2 id="problems" { (ask.ta("web-problems", &[("count", list.len().into())])) }
                ul {
                    @for diagnostic in list {
                        @let told = i18n::explain(ask.language, diagnostic);
                        li {
                            @if let Some(empty) = empty_field(ask, diagnostic) {
                                (empty)
                            } @else if let Some(field) = field(diagnostic) {
                                a href=(format!("#field-{field}")) { (told.message) }
                            } @else {
                                @if !told.place.is_empty() { strong { (told.place) ": " } }
                                (told.message)
                            }
                            @if let Some(help) = told.help.filter(|_| empty_field(ask, diagnostic).is_none()) { br; span.muted { (help) } }
                        }
                    }
                }
            }
        }
    }
}

/// A field of a form that was left empty, in words for a form: those of tables speak of rows.
fn empty_field(ask: &Ask, diagnostic: &Diagnostic) -> Option<Markup> {
    let field = field(diagnostic).filter(|_| diagnostic.code == "missing-value")?;
    let key = format!("web-missing-{}", field.replace('_', "-"));
    let text = i18n::message(ask.language, &key, &[]).unwrap_or_else(|| ask.t("web-missing"));
    Some(html! { a href=(format!("#field-{field}")) { (text) } })
}

/// The form's field that a diagnostic speaks of: its column, where there is no file.
fn field(diagnostic: &Diagnostic) -> Option<&str> {
    let place = &diagnostic.place;
    place
        .column
        .as_deref()
        .filter(|_| place.file.is_none() && place.row.is_none())
}

/// Says honestly that nothing is known.
pub(crate) fn empty(text: &str) -> Markup {
    html! { p.empty { (text) } }
}

/// Says that something went well.
pub(crate) fn done(text: &str) -> Markup {
    html! { p.notice.good role="status" { (text) } }
}
