//! The paper that a decision rests on, as fields of a form: one of the register or one outside it, its sentence, the
//! reason.

use app::settlement::SettlementTexts;
use maud::{Markup, html};
use plan::DocumentId;
use terms::Date;

use crate::ask::Ask;
use crate::posted::Posted;

/// What was typed into [`fields`].
pub(crate) fn sent(posted: &Posted) -> SettlementTexts {
    let text = |name: &str| posted.text(name).to_owned();
    SettlementTexts {
        document: text("document"),
        title: text("title"),
        publisher: text("publisher"),
        date: text("date"),
        url: text("url"),
        quote: text("quote"),
        reason: text("reason"),
        ..SettlementTexts::default()
    }
}

/// The fields, with what was typed before. `label` asks for the paper; `wrong` says whether something is wrong in a field.
pub(crate) fn fields(
    ask: &Ask,
    label: &str,
    documents: &[(DocumentId, String, Option<Date>)],
    sent: &SettlementTexts,
    wrong: &dyn Fn(&str) -> bool,
) -> Markup {
    html! {
        div.field {
            label for="field-document" { (ask.t(label)) }
            select id="field-document" name="document" aria-invalid=[wrong("document").then_some("true")] {
                option value="" { (ask.t("web-finding-outside")) }
                @for (id, title, date) in documents {
                    option value=(id) selected[sent.document == id.to_string()] {
                        (title) @if let Some(date) = date { " · " (i18n::date::short(ask.language, *date)) }
                    }
                }
            }
        }
        details open[!sent.title.is_empty()] {
            summary { (ask.t("web-finding-outside-fields")) }
            (line(ask, "title", "text", "web-add-name", &sent.title, wrong))
            (line(ask, "publisher", "text", "web-publisher", &sent.publisher, wrong))
            (line(ask, "date", "date", "web-document-date", &sent.date, wrong))
            (line(ask, "url", "url", "web-add-url", &sent.url, wrong))
        }
        (area(ask, "quote", "web-finding-field-quote", &sent.quote, wrong))
        (reason(ask, &sent.reason, wrong))
    }
}

/// Why.
pub(crate) fn reason(ask: &Ask, value: &str, wrong: &dyn Fn(&str) -> bool) -> Markup {
    area(ask, "reason", "web-field-reason", value, wrong)
}

/// A line of text, a day or an address.
pub(crate) fn line(
    ask: &Ask,
    name: &str,
    kind: &str,
    key: &str,
    value: &str,
    wrong: &dyn Fn(&str) -> bool,
) -> Markup {
    let id = format!("field-{name}");
    html! {
        div.field {
            label for=(id) { (ask.t(key)) }
            input id=(id) name=(name) type=(kind) value=(value) maxlength="1000" aria-invalid=[wrong(name).then_some("true")];
        }
    }
}

/// A few lines of text.
pub(crate) fn area(ask: &Ask, name: &str, key: &str, value: &str, wrong: &dyn Fn(&str) -> bool) -> Markup {
    let id = format!("field-{name}");
    html! {
        div.field {
            label for=(id) { (ask.t(key)) }
            textarea id=(id) name=(name) rows="2" maxlength="2000" aria-invalid=[wrong(name).then_some("true")] { (value) }
        }
    }
}
