//! One box that finds indicators, units, documents and sentences.

use app::search::Found;
use axum::extract::State;
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{names, notice, source};
use crate::site::Site;

/// Shows what was found, or the box alone.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let text = ask.value("q").unwrap_or_default().trim().to_owned();
    let found = match text.as_str() {
        "" => None,
        text => Some(
            site.app
                .search(&ask.actor, text)
                .await
                .map_err(|error| Failure::from_app(&ask, error))?,
        ),
    };
    let title = ask.t("web-search-title");
    let body = html! {
        h1 { (title) }
        form.search-page method="get" action=(ask.href("/search")) role="search" aria-label=(title) {
            label for="q" { (ask.t("web-search-label")) }
            div.row {
                input id="q" type="search" name="q" value=(text) maxlength="200";
                button type="submit" { (ask.t("web-search-button")) }
            }
            p.hint { (ask.t("web-search-hint")) }
        }
        @if let Some(found) = &found { (results(&ask, found)) }
    };
    Ok(layout::public(&ask, Section::None, &title, &body))
}

fn results(ask: &Ask, found: &Found) -> Markup {
    let count = found.indicators.len() + found.units.len() + found.documents.len();
    html! {
        p.lead role="status" { (ask.ta("web-search-count", &[("count", count.into()), ("text", found.text.as_str().into())])) }
        @if count == 0 {
            (notice::empty(&ask.t("web-search-none")))
            p { a href=(ask.href("/indicators")) { (ask.t("web-catalogue-title")) } " · " a href=(ask.href("/map")) { (ask.t("web-menu-units")) } }
        }
        @if !found.indicators.is_empty() {
            section { h2 { (ask.t("web-menu-indicators")) }
                ul.found { @for each in &found.indicators { li { (names::indicator(ask, each)) } } } }
        }
        @if !found.units.is_empty() {
            section { h2 { (ask.t("web-menu-units")) }
                ul.found { @for each in &found.units { li {
                    (names::unit(ask, each))
                    @if let Some(last) = each.valid_to { " " small { (ask.ta("web-unit-ended", &[("day", i18n::date::long(ask.language, last).into())])) } }
                } } } }
        }
        @if !found.documents.is_empty() {
            section { h2 { (ask.t("web-documents-title")) }
                ul.found { @for each in &found.documents { li {
                    @let path = match each.figure {
                        Some(figure) => format!("/documents/{}?figure={figure}#f{}", each.document, figure.ordinal),
                        None => format!("/documents/{}", each.document),
                    };
                    a href=(ask.href(&path)) lang=[source::other_language(ask, &each.title)] { (each.title) }
                    @if let Some(date) = each.date { " " small { (i18n::date::short(ask.language, date)) } }
                    @if !each.snippet.is_empty() { br; q { (each.snippet) } }
                } } } }
        }
        @if found.more { p.muted { (ask.t("web-search-more")) } }
    }
}
