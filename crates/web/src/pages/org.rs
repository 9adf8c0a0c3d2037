//! Offices and posts: who answers where, as of a day.

use app::org::{HolderView, OfficeView, OrgView, PostView};
use app::policy::Action;
use axum::extract::{Path, State};
use maud::{Markup, html};
use terms::{Date, RefArea};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::notice;
use crate::site::Site;

/// Shows the province's offices.
pub(crate) async fn province(State(site): State<Site>, ask: Ask) -> Answer {
    page(&site, &ask, &app::register::PROVINCE).await
}

/// Shows the offices of an area.
pub(crate) async fn area(State(site): State<Site>, ask: Ask, Path(area): Path<String>) -> Answer {
    page(&site, &ask, &RefArea::new(area)).await
}

async fn page(site: &Site, ask: &Ask, area: &RefArea) -> Answer {
    let on = match ask.value("on") {
        None => None,
        Some(day) => Some(day.parse::<Date>().map_err(|_| Failure::misunderstood(ask))?),
    };
    let view = site.app.org(&ask.actor, area, on).await;
    let view = view.map_err(|error| Failure::from_app(ask, error))?;
    let title = ask.ta("web-org-title", &[("area", view.name.get(ask.language).into())]);
    // Names are not of the record: a page with names is not kept.
    Ok(layout::personal(
        ask,
        Section::Units,
        &title,
        &body(ask, &title, &view),
    ))
}

fn body(ask: &Ask, title: &str, view: &OrgView) -> Markup {
    let path = address(&view.area);
    html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            @if view.area != app::register::PROVINCE {
                a href=(ask.href("/org")) { (ask.t("web-org-province")) } " › "
            }
            a href=(ask.href(&format!("/units/{}", encode(view.area.as_str())))) { (view.name.get(ask.language)) }
        }
        h1 { (title) }
        p.lead { (ask.t("web-org-lead")) }
        form.as-of method="get" action=(ask.href(&path)) {
            label for="on" { (ask.t("web-org-on")) }
            input id="on" type="date" name="on" value=(view.on);
            button.plain type="submit" { (ask.t("web-org-show")) }
        }
        @if ask.actor.may(Action::KeepOrg) || ask.actor.may(Action::KeepUsers) {
            p.actions {
                a.button.plain href=(ask.href(&format!("/posts/new?office={}", encode(view.area.as_str())))) { (ask.t("web-post-new")) }
                a.button.plain href=(ask.href(&format!("/departments/new?area={}", encode(view.area.as_str())))) { (ask.t("web-department-new")) }
                a.button.plain href=(ask.href("/people")) { (ask.t("web-people-title")) }
            }
        }
        div.offices {
            @for office in &view.offices { (office_card(ask, office)) }
        }
        @if !view.names_all { p.muted { (ask.t("web-org-names")) } }
        @if !view.below.is_empty() {
            section {
                h2 { (ask.ta("web-org-below", &[("count", view.below.len().into())])) }
                ul.columns {
                    @for below in &view.below {
                        li {
                            a href=(ask.href(&address(&below.area))) { (below.name.get(ask.language)) }
                            " " small { (ask.ta("web-org-held", &[("held", below.held.into()), ("posts", below.posts.into())])) }
                        }
                    }
                }
            }
        }
    }
}

fn address(area: &RefArea) -> String {
    if *area == app::register::PROVINCE {
        "/org".to_owned()
    } else {
        format!("/org/{}", encode(area.as_str()))
    }
}

fn office_card(ask: &Ask, office: &OfficeView) -> Markup {
    html! {
        section.office {
            h2 { (office.name.get(ask.language)) }
            @if let Some(since) = office.since {
                p.muted { (ask.ta("web-since", &[("day", i18n::date::long(ask.language, since).into())])) }
            }
            @if office.posts.is_empty() { (notice::empty(&ask.t("web-org-no-posts"))) }
            ul.posts {
                @for view in &office.posts { (post(ask, view)) }
            }
            @if let Some(until) = office.until {
                p.muted { (ask.ta("web-office-until", &[("day", i18n::date::long(ask.language, until).into())])) }
            } @else if office.office.department.is_some() && ask.actor.may_for(Action::KeepOrg, &office.office) {
                p.actions {
                    a.manage href=(ask.href(&format!("/departments/end?office={}", encode(&office.office.to_string())))) {
                        (ask.t("web-office-end")) span.hidden { ": " (office.name.get(ask.language)) }
                    }
                }
            }
        }
    }
}

fn post(ask: &Ask, view: &PostView) -> Markup {
    let post = &view.post;
    html! {
        li {
            span.post-name { (name(ask, post)) }
            span.post-role { (ask.t(&format!("web-role-{}", post.role))) " · " (ask.t(&format!("web-reach-{}", post.reach))) }
            span.holders {
                @for (at, holder) in view.holders.iter().enumerate() {
                    @if 0 < at { ", " }
                    (who(ask, holder))
                }
                @if view.holders.is_empty() { span.vacant { (ask.t("web-post-vacant")) } }
            }
            @if ask.actor.may_for(Action::KeepOrg, &post.office) {
                a.manage href=(ask.href(&format!("/posts?post={}", encode(post.id.as_str())))) {
                    (ask.t("web-post-manage")) span.hidden { ": " (post.id) }
                }
            }
        }
    }
}

/// What a post is called in the page's language.
pub(crate) fn name<'a>(ask: &Ask, post: &'a plan::Post) -> &'a str {
    match ask.language {
        terms::Language::Vi => &post.name_vi,
        terms::Language::En => &post.name_en,
    }
}

/// A holder in a word: the name, or why there is none.
pub(crate) fn who(ask: &Ask, holder: &HolderView) -> Markup {
    let since = i18n::date::short(ask.language, holder.since);
    html! {
        @match &holder.name {
            Some(name) => (name),
            None if holder.forgotten => (ask.t("web-holder-forgotten")),
            None => (ask.t("web-holder-not-told")),
        }
        @if holder.demo { " " em.demo { (ask.t("web-demo")) } }
        " " small { (ask.ta("web-since", &[("day", since.into())])) }
    }
}
