//! One post for who keeps it: its holders, an appointment, its end; and the forms for new posts and departments.

use std::collections::HashMap;

use app::org::{PostView, Texts};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::org::{Reach, Role};
use plan::{Office, PostId, UserId};
use terms::{Date, Diagnostic, RefArea};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::{office_end, org};
use crate::parts::{form, notice};
use crate::posted::Posted;
use crate::site::Site;

const POST_FIELDS: [&str; 8] = [
    "id", "office", "name_vi", "name_en", "role", "reach", "public", "since",
];
const DEPARTMENT_FIELDS: [&str; 5] = ["area", "code", "name_vi", "name_en", "since"];

/// Shows one post.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let id = ask.value("post").and_then(|id| id.parse::<PostId>().ok());
    let id = id.ok_or_else(|| Failure::not_found(&ask))?;
    one(&site, &ask, &id, &[]).await
}

/// Appoints, ends a holding, or ends the post.
pub(crate) async fn change(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    let misunderstood = || Failure::misunderstood(&ask);
    let id: PostId = posted.text("post").parse().map_err(|_| misunderstood())?;
    let day = |name: &str| posted.text(name).parse::<Date>();
    let done = match posted.text("do") {
        "appoint" => {
            let since = day("since").map_err(|_| misunderstood())?;
            match site.app.user_named(&ask.actor, posted.text("name")).await {
                Ok(user) => site.app.appoint(&ask.actor, &id, user, since).await,
                Err(error) => Err(error),
            }
        }
        "end-holding" => {
            let user: UserId = posted.text("user").parse().map_err(|_| misunderstood())?;
            let until = day("until").map_err(|_| misunderstood())?;
            site.app
                .end_holding(&ask.actor, &id, user, until, posted.text("reason"))
                .await
        }
        "end" => {
            let until = day("until").map_err(|_| misunderstood())?;
            site.app
                .end_post(&ask.actor, &id, until, posted.text("reason"))
                .await
        }
        _ => return Err(misunderstood()),
    };
    match done {
        Ok(()) => go(&ask, &format!("/posts?post={}&done=1", encode(id.as_str()))),
        Err(app::Error::Invalid(problems)) => {
            let mut page = one(&site, &ask, &id, &problems).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

async fn one(site: &Site, ask: &Ask, id: &PostId, problems: &[Diagnostic]) -> Answer {
    let found = site.app.post(&ask.actor, id).await;
    let (view, office) = found.map_err(|error| Failure::from_app(ask, error))?;
    let ending = site.app.post_ending(&ask.actor, id).await;
    let ending = ending.map_err(|error| Failure::from_app(ask, error))?;
    let title = org::name(ask, &view.post).to_owned();
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) {
                a href=(ask.href(&format!("/org/{}", encode(view.post.office.area.as_str())))) { (office.get(ask.language)) }
            }
            h1 { (title) }
            @if ask.value("done").is_some() { (notice::done(&ask.t("web-org-done"))) }
            (notice::diagnostics(ask, problems))
            (facts(ask, &view))
            (holders(ask, &view))
            section {
                h2 { (ask.t("web-post-appoint")) }
                form method="post" action=(ask.href("/posts")) {
                    (form::hidden(ask, "appoint"))
                    input type="hidden" name="post" value=(view.post.id);
                    (form::text(ask, "name", "web-person-name", "", Some("web-post-appoint-hint")))
                    (form::day(ask, "since", "web-first-day", &site.app.today().to_string()))
                    p.actions { button type="submit" { (ask.t("web-post-appoint")) } }
                }
            }
            @if view.post.until.is_none() {
                details {
                    summary { (ask.t("web-post-end")) }
                    (office_end::of_post(ask, &ending))
                    form method="post" action=(ask.href("/posts")) {
                        (form::hidden(ask, "end"))
                        input type="hidden" name="post" value=(view.post.id);
                        div.field { label for="end-until" { (ask.t("web-last-day")) } input id="end-until" name="until" type="date" required; }
                        div.field { label for="end-reason" { (ask.t("web-reason")) } input id="end-reason" name="reason" required; }
                        p.actions { button.danger type="submit" { (ask.t("web-post-end")) } }
                    }
                }
            }
        }
    };
    Ok(layout::personal(ask, Section::Units, &title, &body))
}

fn facts(ask: &Ask, view: &PostView) -> Markup {
    let post = &view.post;
    html! {
        dl.facts {
            div { dt { (ask.t("web-post-id")) } dd { code { (post.id) } } }
            div { dt { (ask.t("web-post-role")) } dd { (ask.t(&format!("web-role-{}", post.role))) } }
            div { dt { (ask.t("web-post-reach")) } dd { (ask.t(&format!("web-reach-{}", post.reach))) } }
            div { dt { (ask.t("web-first-day")) } dd { (i18n::date::long(ask.language, post.since)) } }
            @if let Some(until) = post.until {
                div { dt { (ask.t("web-last-day")) } dd { (i18n::date::long(ask.language, until)) } }
            }
        }
    }
}

fn holders(ask: &Ask, view: &PostView) -> Markup {
    html! {
        section {
            h2 { (ask.t("web-post-holders")) }
            @if view.holders.is_empty() { (notice::empty(&ask.t("web-post-vacant"))) }
            ul.history {
                @for holder in &view.holders {
                    li {
                        (org::who(ask, holder))
                        @match holder.until {
                            Some(until) => { " – " (i18n::date::short(ask.language, until)) },
                            None => {
                                @let id = holder.user.to_string();
                                details {
                                    summary { (ask.t("web-holding-end")) }
                                    form method="post" action=(ask.href("/posts")) {
                                        (form::hidden(ask, "end-holding"))
                                        input type="hidden" name="post" value=(view.post.id);
                                        input type="hidden" name="user" value=(id);
                                        div.field { label for=(format!("until-{id}")) { (ask.t("web-last-day")) } input id=(format!("until-{id}")) name="until" type="date" required; }
                                        div.field { label for=(format!("reason-{id}")) { (ask.t("web-reason")) } input id=(format!("reason-{id}")) name="reason" required; }
                                        p.actions { button.plain type="submit" { (ask.t("web-holding-end")) } }
                                    }
                                }
                            },
                        }
                    }
                }
            }
        }
    }
}

/// Shows the form for a new post.
pub(crate) async fn new_post(State(site): State<Site>, ask: Ask) -> Answer {
    let mut texts = Texts::new();
    texts.insert(
        "office".to_owned(),
        ask.value("office").unwrap_or("VN-11").to_owned(),
    );
    texts.insert("since".to_owned(), site.app.today().to_string());
    post_form(&site, &ask, &texts, &[]).await
}

/// Adds a post.
pub(crate) async fn add_post(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    let texts = texts_of(&posted, &POST_FIELDS);
    match site.app.add_post(&ask.actor, &texts).await {
        Ok(id) => go(&ask, &format!("/posts?post={}&done=1", encode(id.as_str()))),
        Err(app::Error::Invalid(problems)) => {
            let mut page = post_form(&site, &ask, &texts, &problems).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

async fn post_form(site: &Site, ask: &Ask, texts: &Texts, problems: &[Diagnostic]) -> Answer {
    let text = |name: &str| texts.get(name).map_or("", String::as_str);
    let offices = office_options(site, ask).await?;
    let roles = Role::ALL.map(|role| (role.to_string(), ask.t(&format!("web-role-{role}"))));
    let reaches = Reach::ALL.map(|reach| (reach.to_string(), ask.t(&format!("web-reach-{reach}"))));
    let publics = ["no", "yes"].map(|word| (word.to_owned(), ask.t(&format!("web-public-{word}"))));
    let title = ask.t("web-post-new");
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("web-post-new-lead")) }
            (notice::diagnostics(ask, problems))
            form method="post" action=(ask.href("/posts/new")) {
                (form::hidden(ask, "add"))
                (form::choice(ask, "office", "web-office", &offices, text("office")))
                (form::text(ask, "name_vi", "web-name-vi", text("name_vi"), None))
                (form::text(ask, "name_en", "web-name-en", text("name_en"), None))
                (form::choice(ask, "role", "web-post-role", &roles, text("role")))
                (form::choice(ask, "reach", "web-post-reach", &reaches, text("reach")))
                (form::choice(ask, "public", "web-post-public", &publics, text("public")))
                (form::day(ask, "since", "web-first-day", text("since")))
                (form::text(ask, "id", "web-post-id", text("id"), Some("web-post-id-hint")))
                p.actions { button type="submit" { (title) } }
            }
        }
    };
    Ok(layout::personal(ask, Section::Units, &title, &body))
}

/// Every office to choose from.
pub(crate) async fn office_options(site: &Site, ask: &Ask) -> Result<Vec<(String, String)>, Failure> {
    let offices = site.app.offices(&ask.actor, &app::register::PROVINCE).await;
    let offices = offices.map_err(|error| Failure::from_app(ask, error))?;
    let option = |(office, name): (Office, app::view::Bilingual)| {
        (
            office.to_string(),
            format!("{} ({office})", name.get(ask.language)),
        )
    };
    Ok(offices.into_iter().map(option).collect())
}

/// Shows the form for a new department.
pub(crate) async fn new_department(State(site): State<Site>, ask: Ask) -> Answer {
    let mut texts = Texts::new();
    texts.insert("area".to_owned(), ask.value("area").unwrap_or("VN-11").to_owned());
    texts.insert("since".to_owned(), site.app.today().to_string());
    Ok(department_form(&ask, &texts, &[]))
}

/// Adds a department.
pub(crate) async fn add_department(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    let texts = texts_of(&posted, &DEPARTMENT_FIELDS);
    match site.app.add_department(&ask.actor, &texts).await {
        Ok(office) => go(&ask, &format!("/org/{}", encode(office.area.as_str()))),
        Err(app::Error::Invalid(problems)) => {
            let mut page = department_form(&ask, &texts, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn department_form(ask: &Ask, texts: &Texts, problems: &[Diagnostic]) -> Response {
    let text = |name: &str| texts.get(name).map_or("", String::as_str);
    let title = ask.t("web-department-new");
    let area = RefArea::new(text("area"));
    let body = html! {
        div.narrow {
            h1 { (title) }
            (notice::diagnostics(ask, problems))
            form method="post" action=(ask.href("/departments/new")) {
                (form::hidden(ask, "add"))
                (form::text(ask, "area", "web-area-code", area.as_str(), Some("web-area-code-hint")))
                (form::text(ask, "code", "web-department-code", text("code"), Some("web-department-code-hint")))
                (form::text(ask, "name_vi", "web-name-vi", text("name_vi"), None))
                (form::text(ask, "name_en", "web-name-en", text("name_en"), None))
                (form::day(ask, "since", "web-first-day", text("since")))
                p.actions { button type="submit" { (title) } }
            }
        }
    };
    layout::personal(ask, Section::Units, &title, &body)
}

fn texts_of(posted: &Posted, fields: &[&str]) -> Texts {
    let text = |field: &&str| ((*field).to_owned(), posted.text(field).to_owned());
    fields.iter().map(text).collect::<HashMap<_, _>>()
}

/// To a page of ours after something was done.
pub(crate) fn go(ask: &Ask, path: &str) -> Answer {
    let to = HeaderValue::from_str(&ask.href(path)).map_err(|_| Failure::misunderstood(ask))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}
