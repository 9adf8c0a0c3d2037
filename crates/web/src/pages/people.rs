//! The people who may sign in, for administrators: list, one person, a new one, many from a table.

use app::people::{Added, HoldingView, UserView};
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use plan::UserId;
use terms::Diagnostic;

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::post::{go, office_options};
use crate::parts::{account_events, form, notice};
use crate::posted::{self, Posted};
use crate::site::Site;

/// Shows everybody whom the asker keeps.
pub(crate) async fn list(State(site): State<Site>, ask: Ask) -> Answer {
    let users = site.app.users(&ask.actor).await;
    let users = users.map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("web-people-title");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("web-people-lead")) }
        p.actions {
            a.button href=(ask.href("/people/new")) { (ask.t("web-person-new")) }
            a.button.plain href=(ask.href("/people/import")) { (ask.t("web-people-import")) }
            a.button.plain href=(ask.href("/people/events")) { (ask.t("web-events-title")) }
            a.button.plain href=(ask.href("/org")) { (ask.t("web-org-province")) }
        }
        @if ask.value("forgotten").is_some() { (notice::done(&ask.t("web-person-forgotten"))) }
        div.scroll {
            table.plain-table {
                caption.hidden { (title) }
                thead {
                    tr {
                        th scope="col" { (ask.t("web-person-name")) }
                        th scope="col" { (ask.t("web-person-posts")) }
                        th scope="col" { (ask.t("web-person-second-factor")) }
                        th scope="col" { (ask.t("web-person-state")) }
                    }
                }
                tbody {
                    @for user in &users {
                        tr {
                            th scope="row" {
                                a href=(ask.href(&format!("/people/{}", user.id))) { (user.name) }
                                @if user.demo { " " em.demo { (ask.t("web-demo")) } }
                            }
                            td {
                                @for held in current(&site, user) { (held.name.get(ask.language)) small { " · " (held.office.get(ask.language)) } br; }
                            }
                            td { (ask.t(if user.second_factor { "web-yes" } else { "web-no" })) }
                            td { (ask.t(if user.ended { "web-person-ended" } else { "web-person-active" })) }
                        }
                    }
                }
            }
        }
    };
    Ok(layout::personal(&ask, Section::None, &title, &body))
}

fn current<'a>(site: &Site, user: &'a UserView) -> impl Iterator<Item = &'a HoldingView> {
    let today = site.app.today();
    let holds =
        move |held: &&HoldingView| held.since <= today && held.until.is_none_or(|until| today <= until);
    user.holdings.iter().filter(holds)
}

/// Shows one person.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(id): Path<String>) -> Answer {
    let id: UserId = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let user = site.app.user(&ask.actor, id).await;
    let user = user.map_err(|error| Failure::from_app(&ask, error))?;
    one(&site, &ask, &user, &Shown::default()).await
}

/// What a person's page says beside the person.
#[derive(Default)]
struct Shown {
    problems: Vec<Diagnostic>,
    /// The new password, shown once.
    password: Option<String>,
    /// What the form wanted, where somebody else was faster: name and office.
    wanted: Option<(String, String)>,
}

/// Changes a person.
pub(crate) async fn change(
    State(site): State<Site>,
    ask: Ask,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id: UserId = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let fail = |error| Failure::from_app(&ask, error);
    let user = site.app.user(&ask.actor, id).await.map_err(fail)?;
    let (app, actor) = (&site.app, &ask.actor);
    let mut shown = Shown::default();
    let done = match posted.text("do") {
        "change" => {
            let seen: u64 = posted
                .text("seen")
                .parse()
                .map_err(|_| Failure::misunderstood(&ask))?;
            let (name, office) = (posted.text("name"), posted.text("office"));
            match app.change_user(actor, id, seen, name, office).await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(changed)) => {
                    shown.wanted = Some((name.to_owned(), office.to_owned()));
                    let mut page = one(&site, &ask, &changed.now, &shown).await?;
                    *page.status_mut() = StatusCode::CONFLICT;
                    return Ok(page);
                }
                Err(error) => Err(error),
            }
        }
        "end-sessions" => app.end_sessions_of(actor, id).await,
        "reset-second-factor" => app.reset_second_factor(actor, id).await,
        "password" => {
            let password = app::password::new_password().map_err(fail)?;
            let done = app.set_password(actor, &user.name, &password).await;
            shown.password = Some(password);
            done
        }
        "link" => match app.directory_issuer() {
            Some(issuer) => app.link_user(actor, id, &issuer, posted.text("subject")).await,
            None => return Err(Failure::misunderstood(&ask)),
        },
        "unlink" => app.unlink_user(actor, id).await,
        "end" => app.end_user(actor, &user.name).await,
        "forget" if posted.text("sure") == "yes" => match app.forget_user(actor, id).await {
            Ok(()) => return go(&ask, "/people?forgotten=1"),
            Err(error) => Err(error),
        },
        _ => return Err(Failure::misunderstood(&ask)),
    };
    match done {
        Ok(()) if shown.password.is_some() => {
            let user = site.app.user(&ask.actor, id).await.map_err(fail)?;
            one(&site, &ask, &user, &shown).await
        }
        Ok(()) => go(&ask, &format!("/people/{id}?done=1")),
        Err(app::Error::Invalid(problems)) => {
            shown.problems = problems;
            let mut page = one(&site, &ask, &user, &shown).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(fail(error)),
    }
}

async fn one(site: &Site, ask: &Ask, user: &UserView, shown: &Shown) -> Answer {
    let offices = office_options(site, ask).await?;
    let events = site.app.events_of_user(&ask.actor, user.id).await;
    let events = events.map_err(|error| Failure::from_app(ask, error))?;
    let path = ask.href(&format!("/people/{}", user.id));
    let (name, office) = match &shown.wanted {
        Some((name, office)) => (name.clone(), office.clone()),
        None => (user.name.clone(), user.office.0.to_string()),
    };
    let button = |act: &str, key: &str, class: &str| {
        html! {
            form method="post" action=(path) { (form::hidden(ask, act)) button class=(class) type="submit" { (ask.t(key)) } }
        }
    };
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/people")) { (ask.t("web-people-title")) } }
            h1 { (user.name) @if user.demo { " " em.demo { (ask.t("web-demo")) } } }
            @if ask.value("done").is_some() { (notice::done(&ask.t("web-org-done"))) }
            (notice::diagnostics(ask, &shown.problems))
            @if let Some(password) = &shown.password { (once(ask, &user.name, password)) }
            @if shown.wanted.is_some() { (conflict(ask, user, &name, &office)) }
            dl.facts {
                div { dt { (ask.t("web-person-state")) } dd { (ask.t(if user.ended { "web-person-ended" } else { "web-person-active" })) } }
                div { dt { (ask.t("web-person-second-factor")) } dd { (ask.t(if user.second_factor { "web-yes" } else { "web-no" })) } }
                div { dt { (ask.t("web-person-number")) } dd.num { (user.id) } }
            }
            section {
                h2 { (ask.t("web-person-posts")) }
                @if user.holdings.is_empty() { (notice::empty(&ask.t("web-person-no-posts"))) }
                ul.history {
                    @for held in &user.holdings {
                        li {
                            a href=(ask.href(&format!("/posts?post={}", encode(held.post.as_str())))) { (held.name.get(ask.language)) }
                            " · " (held.office.get(ask.language))
                            " " small {
                                (i18n::date::short(ask.language, held.since)) " – "
                                @if let Some(until) = held.until { (i18n::date::short(ask.language, until)) }
                            }
                        }
                    }
                }
            }
            section {
                h2 { (ask.t("web-person-change")) }
                form method="post" action=(path) {
                    (form::hidden(ask, "change"))
                    input type="hidden" name="seen" value=(user.version);
                    (form::text(ask, "name", "web-person-name", &name, None))
                    (form::choice(ask, "office", "web-person-office", &offices, &office))
                    p.actions { button type="submit" { (ask.t("web-save")) } }
                }
            }
            section {
                h2 { (ask.t("web-person-access")) }
                div.actions {
                    (button("password", "web-person-password", "plain"))
                    (button("end-sessions", "web-person-end-sessions", "plain"))
                    @if user.second_factor { (button("reset-second-factor", "web-person-reset-factor", "plain")) }
                    @if !user.ended { (button("end", "web-person-end", "danger")) }
                }
            }
            (link(site, ask, user, &path))
            section {
                h2 { (ask.t("web-events-title")) }
                (account_events::list(ask, &events, false))
            }
            details {
                summary { (ask.t("web-person-forget")) }
                p { (ask.t("web-person-forget-text")) }
                form method="post" action=(path) {
                    (form::hidden(ask, "forget"))
                    p { label.check { input type="checkbox" name="sure" value="yes" required; " " (ask.t("web-person-forget-sure")) } }
                    p.actions { button.danger type="submit" { (ask.t("web-person-forget")) } }
                }
            }
        }
    };
    Ok(layout::personal(ask, Section::None, &user.name, &body))
}

/// Whom of the province's directory the account is linked to.
fn link(site: &Site, ask: &Ask, user: &UserView, path: &str) -> Markup {
    let directory = site.app.directory_name();
    if directory.is_none() && user.link.is_none() {
        return html! {};
    }
    html! {
        section {
            h2 { (ask.t("web-link-title")) }
            @if let Some((issuer, subject, label)) = &user.link {
                dl.facts {
                    div { dt { (ask.t("web-link-issuer")) } dd { (issuer) } }
                    div { dt { (ask.t("web-link-subject")) } dd { code { (subject) } } }
                    @if !label.is_empty() { div { dt { (ask.t("web-link-label")) } dd { (label) } } }
                }
                form method="post" action=(path) {
                    (form::hidden(ask, "unlink"))
                    p.actions { button.plain type="submit" { (ask.t("web-link-end")) } }
                }
            } @else {
                form method="post" action=(path) {
                    (form::hidden(ask, "link"))
                    (form::text(ask, "subject", "web-link-subject", "", Some("web-link-subject-hint")))
                    p.actions { button.plain type="submit" { (ask.t("web-link-by-hand")) } }
                }
            }
        }
    }
}

/// Both values, where two people changed one person.
fn conflict(ask: &Ask, now: &UserView, name: &str, office: &str) -> Markup {
    html! {
        section.notice.problem role="alert" aria-labelledby="conflict" {
            h2 id="conflict" { (ask.t("web-person-conflict")) }
            p { (ask.t("web-person-conflict-text")) }
            table.plain-table {
                caption.hidden { (ask.t("web-person-conflict")) }
                thead { tr { td {} th scope="col" { (ask.t("web-conflict-now")) } th scope="col" { (ask.t("web-conflict-yours")) } } }
                tbody {
                    tr { th scope="row" { (ask.t("web-person-name")) } td { (now.name) } td { (name) } }
                    tr { th scope="row" { (ask.t("web-person-office")) } td { (now.office.0) } td { (office) } }
                }
            }
        }
    }
}

fn once(ask: &Ask, name: &str, password: &str) -> Markup {
    html! {
        div.notice.good role="status" {
            p { (ask.ta("web-password-once", &[("name", name.into())])) }
            p { code.secret { (password) } }
        }
    }
}

/// Shows the form for a new person.
pub(crate) async fn new(State(site): State<Site>, ask: Ask) -> Answer {
    new_form(&site, &ask, &app::org::Texts::new(), &[]).await
}

/// Adds a person.
pub(crate) async fn add(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    let texts: app::org::Texts = ["name", "post", "since"]
        .into_iter()
        .map(|field| (field.to_owned(), posted.text(field).to_owned()))
        .collect();
    match site.app.add_person(&ask.actor, &texts).await {
        Ok(added) => Ok(added_page(&ask, &[added])),
        Err(app::Error::Invalid(problems)) => {
            let mut page = new_form(&site, &ask, &texts, &problems).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

async fn new_form(site: &Site, ask: &Ask, texts: &app::org::Texts, problems: &[Diagnostic]) -> Answer {
    let text = |name: &str| texts.get(name).map_or("", String::as_str);
    let posts = site.app.posts_to_fill(&ask.actor).await;
    let posts = posts.map_err(|error| Failure::from_app(ask, error))?;
    let mut options = vec![(String::new(), ask.t("web-person-no-post"))];
    options.extend(posts.into_iter().map(|(post, office)| {
        let words = format!(
            "{} · {}",
            crate::pages::org::name(ask, &post),
            office.get(ask.language)
        );
        (post.id.to_string(), words)
    }));
    let title = ask.t("web-person-new");
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/people")) { (ask.t("web-people-title")) } }
            h1 { (title) }
            p.lead { (ask.t("web-person-new-lead")) }
            (notice::diagnostics(ask, problems))
            form method="post" action=(ask.href("/people/new")) {
                (form::hidden(ask, "add"))
                (form::text(ask, "name", "web-person-name", text("name"), None))
                (form::choice(ask, "post", "web-person-post", &options, text("post")))
                (form::day(ask, "since", "web-first-day", text("since")))
                p.actions { button type="submit" { (title) } }
            }
        }
    };
    Ok(layout::personal(ask, Section::None, &title, &body))
}

/// The people who were added, with the passwords that are shown once.
fn added_page(ask: &Ask, added: &[Added]) -> Response {
    let title = ask.ta("web-people-added", &[("count", added.len().into())]);
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("web-people-added-lead")) }
            div.scroll {
                table.plain-table {
                    caption.hidden { (title) }
                    thead {
                        tr {
                            th scope="col" { (ask.t("web-person-name")) }
                            th scope="col" { (ask.t("web-sign-in-password")) }
                            th scope="col" { (ask.t("web-person-post")) }
                        }
                    }
                    tbody {
                        @for person in added {
                            tr {
                                th scope="row" { a href=(ask.href(&format!("/people/{}", person.user))) { (person.name) } }
                                td { @if let Some(password) = &person.password { code.secret { (password) } } @else { (ask.t("web-password-given")) } }
                                td { @if let Some(post) = &person.post { code { (post) } } }
                            }
                        }
                    }
                }
            }
            p.actions { a.button.plain href=(ask.href("/people")) { (ask.t("web-people-title")) } }
        }
    };
    layout::personal(ask, Section::None, &title, &body)
}

/// Shows the form for a table of people.
pub(crate) async fn import_form(ask: Ask) -> Answer {
    Ok(import_page(&ask, &[]))
}

/// Adds the people of a table.
pub(crate) async fn import(State(site): State<Site>, ask: Ask, mut form: Multipart) -> Answer {
    let misunderstood = || Failure::misunderstood(&ask);
    let (mut csrf, mut file) = (String::new(), None);
    while let Some(part) = form.next_field().await.map_err(|_| misunderstood())? {
        match part.name() {
            Some("csrf") => csrf = part.text().await.map_err(|_| misunderstood())?,
            Some("file") => {
                let name = part.file_name().unwrap_or_default().to_owned();
                file = Some((name, part.bytes().await.map_err(|_| misunderstood())?));
            }
            _ => {}
        }
    }
    if !posted::same(&csrf, ask.actor.csrf()) {
        return Err(misunderstood());
    }
    let (name, bytes) = file.ok_or_else(misunderstood)?;
    match site.app.import_users(&ask.actor, &name, &bytes).await {
        Ok(added) => Ok(added_page(&ask, &added)),
        Err(app::Error::Invalid(problems)) => {
            let mut page = import_page(&ask, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn import_page(ask: &Ask, problems: &[Diagnostic]) -> Response {
    let title = ask.t("web-people-import");
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/people")) { (ask.t("web-people-title")) } }
            h1 { (title) }
            p.lead { (ask.t("web-people-import-lead")) }
            (notice::diagnostics(ask, problems))
            form method="post" action=(ask.href("/people/import")) enctype="multipart/form-data" {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                div.field {
                    label for="field-file" { (ask.t("web-people-file")) }
                    input id="field-file" name="file" type="file" required accept=".csv,.xlsx";
                }
                p.actions { button type="submit" { (title) } }
            }
            h2 { (ask.t("web-people-columns")) }
            pre.sample { "name,password,post,since\nLò Thị Mai,,VN-11-03158.reporter,2025-07-01\n" }
        }
    };
    layout::personal(ask, Section::None, &title, &body)
}
