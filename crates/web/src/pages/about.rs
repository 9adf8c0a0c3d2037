//! About the data: what the register holds, how to check it, how to take it along.

use app::about::About;
use axum::extract::State;
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{names, simulated};
use crate::site::Site;

/// Shows the page.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let about = site
        .app
        .about(&ask.actor)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    Ok(layout::public(
        &ask,
        Section::About,
        &ask.t("web-about-title"),
        &body(&ask, &about, &simulated::note(&site, &ask).await?),
    ))
}

fn body(ask: &Ask, about: &About, note: &Markup) -> Markup {
    let count = |key: &str, count: usize| {
        let digits = i18n::number(ask.language, terms::Decimal::from(count));
        html! { div { dt { (ask.t(key)) } dd.num { (digits) } } }
    };
    html! {
        h1 { (ask.t("web-about-title")) }
        p.lead { (ask.t("web-about-lead")) }
        (note)
        dl.facts.big {
            (count("web-documents-title", about.documents))
            (count("web-figures", about.figures))
            (count("web-about-waiting", about.waiting))
            (count("web-results", about.observations))
            (count("web-targets", about.targets))
            (count("web-about-indicators", about.indicators))
        }
        @if let Some((first, last)) = about.span {
            p { (ask.ta("web-about-span", &[("first", i18n::date::long(ask.language, first).into()), ("last", i18n::date::long(ask.language, last).into())])) }
        }
        section {
            h2 { (ask.t("web-about-how")) }
            ol.steps-list {
                @for key in ["web-about-how-1", "web-about-how-2", "web-about-how-3", "web-about-how-4"] { li { (ask.t(key)) } }
            }
        }
        section {
            h2 { (ask.t("web-about-publishers")) }
            ul.publishers { @for (name, values) in &about.publishers { li { (name) " " small { (ask.ta("web-count-values", &[("count", (*values).into())])) } } } }
        }
        section {
            h2 id="open-data" { (ask.t("web-about-open")) }
            p { (ask.t("web-about-open-text")) }
            ul {
                li { a href="/data/scoreboard.csv" { (ask.t("web-about-open-scoreboard")) " – CSV" } " · " a href="/data/scoreboard.json" { "JSON" } }
                li { (ask.t("web-about-open-indicator")) " " code { "/data/indicators/poverty.rate.csv" } }
            }
        }
        section {
            h2 { (ask.t("web-about-record")) }
            p { (ask.ta("web-about-record-text", &[("entries", i18n::number(ask.language, about.entries.into()).into())])) }
            p { code.hash { (about.head_hash) } }
            p { a href=(ask.href("/record")) { (ask.t("web-record-title")) } }
            @if !about.latest.is_empty() {
                h3 { (ask.t("web-about-latest")) }
                ul.history { @for act in &about.latest { li { (names::act(ask, act)) } } }
            }
        }
    }
}
