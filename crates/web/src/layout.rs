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
    let mut own = own_pages(ask);
    let first = (!own.is_empty() && own[0].0 != ACCOUNT).then(|| own.remove(0));
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
                        @if let Some((path, key)) = first {
                            li { a href=(ask.href(path)) aria-current=[(ask.path == path).then_some("page")] { (ask.t(key)) } }
                        }
                        @for (of, path, key) in MENU {
                            // Who is signed in has their own work there; the page stays in the footer.
                            li.only-small[of == Section::About && first.is_some()] {
                                a href=(ask.href(path)) aria-current=[(of == section).then_some("page")] { (ask.t(key)) }
                            }
                        }
                        li.only-small { a href=(ask.href("/search")) { (ask.t("web-search-title")) } }
                        @if ask.actor.user().is_none() {
                            li.only-small { a href=(ask.href("/sign-in")) { (ask.t("web-sign-in")) } }
                        } @else {
                            @for (path, key) in &own { li.only-small { a href=(ask.href(path)) { (ask.t(key)) } } }
                            li.only-small { (sign_out(ask)) }
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
                        button.enter.me-button type="button" popovertarget="me" { (ask.t("web-me")) }
                        nav.me id="me" popover aria-label=(ask.ta("web-me-label", &[("name", ask.actor.name().into())])) {
                            p { (ask.actor.name()) }
                            ul {
                                @for (path, key) in &own { li { a href=(ask.href(path)) { (ask.t(key)) } } }
                                li { (sign_out(ask)) }
                            }
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

const ACCOUNT: &str = "/account";

/// The pages of the one who is signed in: what they do most first, their account last; none for the public.
fn own_pages(ask: &Ask) -> Vec<(&'static str, &'static str)> {
    let may = |action| ask.actor.may(action);
    let pages = [
        (may(Action::ReadTasks), "/mine", "task-mine-title"),
        (may(Action::KeepUsers), "/people", "web-people-title"),
        (may(Action::ReadDesk), "/desk", "web-menu-desk"),
        (may(Action::FillReport), "/offline", "offline-menu"),
        (ask.actor.user().is_some(), ACCOUNT, "web-account-title"),
    ];
    pages
        .into_iter()
        .filter_map(|(shown, path, key)| shown.then_some((path, key)))
        .collect()
}

fn sign_out(ask: &Ask) -> Markup {
    html! {
        form method="post" action=(ask.href("/sign-out")) {
            input type="hidden" name="csrf" value=(ask.actor.csrf());
            button.quiet type="submit" { (ask.t("web-sign-out")) }
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
