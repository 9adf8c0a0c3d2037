//! What happened to accounts, for administrators: page by page, by person and by day.

use app::account_event::{EventPage, EventQuery};
use axum::extract::State;
use maud::{Markup, html};
use terms::Date;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{account_events, form, notice};
use crate::site::Site;

/// Shows a page of them.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let query = query(&ask)?;
    let page = site.app.account_events(&ask.actor, &query).await;
    let page = page.map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("web-events-title");
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/people")) { (ask.t("web-people-title")) } }
            h1 { (title) }
            p.lead { (ask.t("web-events-lead")) }
            (choose(&ask, &query, &page))
            @if page.events.is_empty() && query != EventQuery::default() {
                (notice::empty(&ask.t("web-events-none-such")))
            } @else {
                (account_events::list(&ask, &page.events, true))
            }
            @if page.older.is_some() || query.older_than.is_some() {
                nav.actions aria-label=(ask.t("web-events-pages")) {
                    @if query.older_than.is_some() { a rel="prev" href=(href(&ask, &query, None)) { (ask.t("web-events-newest")) } " " }
                    @if let Some(older) = page.older { a rel="next" href=(href(&ask, &query, Some(older))) { (ask.t("web-events-older")) } }
                }
            }
        }
    };
    Ok(layout::personal(&ask, Section::None, &title, &body))
}

/// Which events the address asks for.
fn query(ask: &Ask) -> Result<EventQuery, Failure> {
    let misunderstood = || Failure::misunderstood(ask);
    let day = |name| {
        let day = ask.value(name).map(str::parse::<Date>).transpose();
        day.map_err(|_| misunderstood())
    };
    let person = ask.value("person").map(str::parse).transpose();
    let older = ask.value("older").map(str::parse).transpose();
    Ok(EventQuery {
        person: person.map_err(|_| misunderstood())?,
        from: day("from")?,
        until: day("until")?,
        older_than: older.map_err(|_| misunderstood())?,
    })
}

/// The address of a page of the same events.
fn href(ask: &Ask, query: &EventQuery, older: Option<u64>) -> String {
    let said = [
        ("person", query.person.map(|id| id.to_string())),
        ("from", query.from.map(|day| day.to_string())),
        ("until", query.until.map(|day| day.to_string())),
        ("older", older.map(|id| id.to_string())),
    ];
    let pairs: Vec<String> = said
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    ask.href(&format!("/people/events{mark}{}", pairs.join("&")))
}

fn choose(ask: &Ask, query: &EventQuery, page: &EventPage) -> Markup {
    let mut people = vec![(String::new(), ask.t("web-events-everybody"))];
    people.extend(
        page.people
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone())),
    );
    let person = query.person.map(|id| id.to_string()).unwrap_or_default();
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let chosen = query.person.is_some() || query.from.is_some() || query.until.is_some();
    html! {
        details open[chosen] {
            summary { (ask.t("web-events-choose")) }
            form method="get" action=(ask.href("/people/events")) {
                (form::choice(ask, "person", "web-events-person", &people, &person))
                (form::day(ask, "from", "web-events-from", &day(query.from)))
                (form::day(ask, "until", "web-events-until", &day(query.until)))
                div.actions {
                    button type="submit" { (ask.t("web-events-show")) }
                    @if chosen { " " a href=(ask.href("/people/events")) { (ask.t("web-events-all")) } }
                }
            }
        }
    }
}
