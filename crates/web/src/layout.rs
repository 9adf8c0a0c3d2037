//! The frame of every page: header, main, footer.

use app::policy::Action;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use terms::Language;

use crate::ask::Ask;
use crate::assets;
use crate::server::Page;

/// Which entry of the menu a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// The scoreboard.
    Home,
    /// The catalogue and its indicators.
    Indicators,
    /// The documents and the desk.
    Documents,
    /// The map and the units.
    Units,
    /// Who does what by when.
    Tasks,
    /// What follows from the numbers: differences between sources, and what can be computed.
    Analysis,
    /// Reports: what is owed, and the forms.
    Reports,
    /// About the data.
    About,
    /// None of these.
    None,
}

const MENU: [(Section, &str, &str); 8] = [
    (Section::Home, "", "web-menu-home"),
    (Section::Indicators, "/indicators", "web-menu-indicators"),
    (Section::Documents, "/documents", "web-menu-documents"),
    (Section::Units, "/map", "web-menu-units"),
    (Section::Tasks, "/tasks", "task-board-title"),
    (Section::Analysis, "/analysis", "web-menu-analysis"),
    (Section::Reports, "/reports", "web-menu-reports"),
    (Section::About, "/about", "web-menu-about"),
];

/// A page that anybody may see, the same for all who are not signed in.
pub(crate) fn public(ask: &Ask, section: Section, title: &str, body: &Markup) -> Response {
    let mut response = page(ask, section, title, body).into_response();
    let kind = if ask.actor.user().is_some() {
        Page::Personal
    } else {
        Page::Public
    };
    response.extensions_mut().insert(kind);
    response
}

/// A page for one person.
pub(crate) fn personal(ask: &Ask, section: Section, title: &str, body: &Markup) -> Response {
    let mut response = page(ask, section, title, body).into_response();
    response.extensions_mut().insert(Page::Personal);
    response
}

/// The whole page as text.
pub(crate) fn page(ask: &Ask, section: Section, title: &str, body: &Markup) -> Html<String> {
    let other = match ask.language {
        Language::Vi => Language::En,
        Language::En => Language::Vi,
    };
    let whole = html! {
        (DOCTYPE)
        html lang=(ask.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) @if section != Section::Home { " – Rõ Ràng" } }
                meta name="description" content=(ask.t("web-description"));
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(assets::path("site.css"));
                link rel="icon" href=(assets::path("icon.svg")) type="image/svg+xml";
                link rel="manifest" href=(ask.href("/manifest.webmanifest"));
                link rel="alternate" hreflang=(other.code()) href=(ask.elsewhere(other));
                script src=(assets::path("desk.js")) defer {}
                @if ask.actor.may(Action::FillReport) {
                    script type="module" src=(assets::path("start.mjs")) {}
                }
            }
            body {
                a.skip href="#main" { (ask.t("web-skip")) }
                (header(ask, section, other))
                main id="main" tabindex="-1" { (body) }
                (footer(ask))
            }
        }
    };
    Html(whole.into_string())
}

fn header(ask: &Ask, section: Section, other: Language) -> Markup {
    html! {
        header.site-header {
            div.bar {
                a.brand href=(ask.href("")) {
                    span.brand-mark aria-hidden="true" {}
                    span.brand-name { "Rõ Ràng" }
                    span.brand-place { (ask.t("web-province")) }
                }
                button.menu-button type="button" popovertarget="menu" { (ask.t("web-menu")) }
                nav.menu id="menu" popover aria-label=(ask.t("web-menu-label")) {
                    ul {
                        @for (of, path, key) in MENU {
                            li {
                                a href=(ask.href(path)) aria-current=[(of == section).then_some("page")] { (ask.t(key)) }
                            }
                        }
                        li.only-small { a href=(ask.href("/search")) { (ask.t("web-search-title")) } }
                        @if ask.actor.user().is_none() {
                            li.only-small { a href=(ask.href("/sign-in")) { (ask.t("web-sign-in")) } }
                        }
                        @if ask.actor.may(Action::FillReport) {
                            li { a href=(ask.href("/offline")) { (ask.t("offline-menu")) } }
                        }
                        @if ask.actor.user().is_some() {
                            li.only-small { a href=(ask.href("/account")) { (ask.t("web-account-title")) } }
                        }
                        @if ask.actor.may(Action::KeepUsers) {
                            li { a href=(ask.href("/people")) { (ask.t("web-people-title")) } }
                        }
                        @if ask.actor.may(Action::ReadTasks) {
                            li { a href=(ask.href("/mine")) { (ask.t("task-mine-title")) } }
                        }
                        @if ask.actor.may(Action::ReadDesk) {
                            li { a href=(ask.href("/desk")) { (ask.t("web-menu-desk")) } }
                        }
                    }
                }
                form.find role="search" action=(ask.href("/search")) method="get" {
                    label.hidden for="find" { (ask.t("web-search-label")) }
                    input id="find" type="search" name="q" placeholder=(ask.t("web-search-placeholder")) maxlength="200";
                    button type="submit" { (ask.t("web-search-button")) }
                }
                div.who {
                    a.language href=(ask.elsewhere(other)) hreflang=(other.code()) lang=(other.code()) rel="alternate" {
                        (match other { Language::Vi => "Tiếng Việt", Language::En => "English" })
                    }
                    @if ask.actor.user().is_some() {
                        a.enter href=(ask.href("/account")) title=(ask.t("web-account-title")) { (ask.actor.name()) }
                        form method="post" action=(ask.href("/sign-out")) {
                            input type="hidden" name="csrf" value=(ask.actor.csrf());
                            button.quiet type="submit" title=(ask.actor.name()) { (ask.t("web-sign-out")) }
                        }
                    } @else {
                        a.enter href=(ask.href("/sign-in")) { (ask.t("web-sign-in")) }
                    }
                }
            }
            div.weave aria-hidden="true" {}
        }
    }
}

fn footer(ask: &Ask) -> Markup {
    html! {
        footer.site-footer {
            div.bar {
                p { (ask.t("web-footer-promise")) }
                ul.links {
                    li { a href=(ask.href("/about")) { (ask.t("web-about-title")) } }
                    li { a href=(ask.href("/about#open-data")) { (ask.t("web-footer-data")) } }
                    li { a href=(ask.href("/org")) { (ask.t("web-org-province")) } }
                    li { a href=(ask.href("/record")) { (ask.t("web-record-title")) } }
                }
            }
        }
    }
}
