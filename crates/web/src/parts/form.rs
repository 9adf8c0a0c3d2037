//! Fields of forms: label, control, hint.

use maud::{Markup, html};

use crate::ask::Ask;

/// A line of text.
pub(crate) fn text(ask: &Ask, name: &str, key: &str, value: &str, hint: Option<&str>) -> Markup {
    let id = format!("field-{name}");
    let described = hint.map(|_| format!("hint-{name}"));
    html! {
        div.field {
            label for=(id) { (ask.t(key)) }
            @if let Some(hint) = hint { p.hint id=(format!("hint-{name}")) { (ask.t(hint)) } }
            input id=(id) name=(name) value=(value) aria-describedby=[described];
        }
    }
}

/// A day.
pub(crate) fn day(ask: &Ask, name: &str, key: &str, value: &str) -> Markup {
    let id = format!("field-{name}");
    html! {
        div.field {
            label for=(id) { (ask.t(key)) }
            input id=(id) name=(name) type="date" value=(value);
        }
    }
}

/// A choice of one.
pub(crate) fn choice(ask: &Ask, name: &str, key: &str, options: &[(String, String)], chosen: &str) -> Markup {
    let id = format!("field-{name}");
    html! {
        div.field {
            label for=(id) { (ask.t(key)) }
            select id=(id) name=(name) {
                @for (value, words) in options {
                    option value=(value) selected[value == chosen] { (words) }
                }
            }
        }
    }
}

/// The token of the session, and what the form is to do.
pub(crate) fn hidden(ask: &Ask, act: &str) -> Markup {
    html! {
        input type="hidden" name="csrf" value=(ask.actor.csrf());
        input type="hidden" name="do" value=(act);
    }
}

/// A secret: a password or a code.
pub(crate) fn secret(ask: &Ask, name: &str, key: &str, autocomplete: &str) -> Markup {
    let id = format!("field-{name}");
    html! {
        div.field {
            label for=(id) { (ask.t(key)) }
            input id=(id) name=(name) type="password" autocomplete=(autocomplete) required;
        }
    }
}

/// A code of six digits, or a recovery code.
pub(crate) fn code(ask: &Ask, id: &str, key: &str) -> Markup {
    html! {
        div.field.short {
            label for=(id) { (ask.t(key)) }
            input id=(id) name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="24" required;
        }
    }
}
