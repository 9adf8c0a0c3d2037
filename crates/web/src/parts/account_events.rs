//! What happened to accounts, as a list.

use app::account_event::{Doer, EventView};
use maud::{Markup, html};

use crate::ask::Ask;
use crate::parts::{device, notice};

/// A list of events; with whose account each is, where several are shown.
pub(crate) fn list(ask: &Ask, events: &[EventView], of_many: bool) -> Markup {
    if events.is_empty() {
        return notice::empty(&ask.t("web-events-none"));
    }
    html! {
        ul.history.events {
            @for event in events {
                li.refusal[event.what.is_refusal()] {
                    strong { (ask.t(&format!("account-event-{}", event.what.code()))) }
                    @if of_many { " · " (whose(ask, event)) }
                    br; small {
                        (i18n::date::moment(ask.language, event.at))
                        @match &event.by {
                            Doer::Own => {}
                            Doer::Operator => { " · " (ask.t("web-event-by-operator")) }
                            Doer::Other(name) => {
                                " · " (ask.ta("web-event-by", &[(
                                    "name",
                                    name.clone().unwrap_or_else(|| ask.t("web-event-forgotten")).into(),
                                )]))
                            }
                        }
                        @if !event.address.is_empty() { " · " (event.address) }
                    }
                    @if !event.device.is_empty() { br; small.device title=(event.device) { (device::name(&event.device)) } }
                }
            }
        }
    }
}

fn whose(ask: &Ask, event: &EventView) -> Markup {
    html! {
        @match &event.user {
            Some((id, name)) => { a href=(ask.href(&format!("/people/{id}"))) { (name) } }
            None => { (ask.t("web-event-nobody")) }
        }
    }
}
