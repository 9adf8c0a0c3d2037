//! The end of a department: what hangs on it is said first, and what must be settled; also what ends with a post.

use app::org_end::{OfficeEnding, PostEnding, Tasks};
use axum::extract::State;
use axum::http::StatusCode;
use maud::{Markup, html};
use plan::Office;
use terms::{Date, Diagnostic};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::{org, post};
use crate::parts::{form, notice};
use crate::posted::Posted;
use crate::site::Site;

/// Shows what hangs on a department, and the form that ends it where nothing does.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let office = ask
        .value("office")
        .and_then(|office| office.parse::<Office>().ok());
    let office = office.ok_or_else(|| Failure::not_found(&ask))?;
    page(&site, &ask, &office, &[]).await
}

/// Ends a department.
pub(crate) async fn end(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    let misunderstood = || Failure::misunderstood(&ask);
    let office: Office = posted.text("office").parse().map_err(|_| misunderstood())?;
    let until: Date = posted.text("until").parse().map_err(|_| misunderstood())?;
    let done = site
        .app
        .end_department(&ask.actor, &office, until, posted.text("reason"))
        .await;
    match done {
        Ok(()) => post::go(
            &ask,
            &format!("/departments/end?office={}&done=1", encode(&office.to_string())),
        ),
        Err(app::Error::Invalid(problems)) => {
            let mut page = page(&site, &ask, &office, &problems).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

async fn page(site: &Site, ask: &Ask, office: &Office, problems: &[Diagnostic]) -> Answer {
    let ending = site.app.office_ending(&ask.actor, office).await;
    let ending = ending.map_err(|error| Failure::from_app(ask, error))?;
    let name = ending.name.get(ask.language);
    let title = ask.ta("web-office-end-title", &[("office", name.into())]);
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) {
                a href=(ask.href(&format!("/org/{}", encode(office.area.as_str())))) { (ask.t("web-office-end-org")) }
            }
            h1 { (title) }
            @if ask.value("done").is_some() { (notice::done(&ask.t("web-org-done"))) }
            (notice::diagnostics(ask, problems))
            @match ending.until {
                Some(until) => p.lead { (ask.ta("web-office-until", &[("day", i18n::date::long(ask.language, until).into())])) },
                None => (what_ends(ask, &ending)),
            }
        }
    };
    Ok(layout::personal(ask, Section::Units, &title, &body))
}

fn what_ends(ask: &Ask, ending: &OfficeEnding) -> Markup {
    let above = ending
        .above
        .as_ref()
        .map(|above| above.get(ask.language))
        .unwrap_or_default();
    html! {
        p.lead { (ask.t("web-office-end-lead")) }
        section {
            h2 { (ask.t("web-office-end-first")) }
            @if ending.is_free() { (notice::empty(&ask.t("web-office-end-free"))) }
            @if !ending.posts.is_empty() {
                h3 { (ask.ta("web-office-end-posts", &[("count", ending.posts.len().into())])) }
                ul {
                    @for post in &ending.posts {
                        li { a href=(ask.href(&format!("/posts?post={}", encode(post.id.as_str())))) { (org::name(ask, post)) " (" (post.id) ")" } }
                    }
                }
            }
            (tasks(ask, &ending.led, "web-office-end-led"))
            (tasks(ask, &ending.assigned, "web-office-end-assigned"))
            (tasks(ask, &ending.asked, "web-office-end-asked"))
            @if !ending.regimes.is_empty() {
                h3 { (ask.ta("web-office-end-regimes", &[("count", ending.regimes.len().into())])) }
                ul { @for regime in &ending.regimes { li { (regime.get(ask.language)) } } }
            }
        }
        section {
            h2 { (ask.t("web-office-end-then")) }
            ul {
                @if 0 < ending.people {
                    li { (ask.ta("web-office-end-people", &[("count", ending.people.into()), ("above", above.into())])) }
                }
                @if 0 < ending.supported.count {
                    li { (ask.ta("web-office-end-supported", &[("count", ending.supported.count.into())])) }
                }
                li { (ask.ta("web-office-end-kept", &[("above", above.into())])) }
            }
        }
        @if ending.is_free() {
            form method="post" action=(ask.href("/departments/end")) {
                (form::hidden(ask, "end"))
                input type="hidden" name="office" value=(ending.office);
                div.field { label for="end-until" { (ask.t("web-last-day")) } input id="end-until" name="until" type="date" required; }
                div.field { label for="end-reason" { (ask.t("web-reason")) } input id="end-reason" name="reason" required; }
                p.actions { button.danger type="submit" { (ask.t("web-office-end")) } }
            }
        }
    }
}

/// Tasks that hang on an office or a post; nothing where there are none.
fn tasks(ask: &Ask, tasks: &Tasks, key: &str) -> Markup {
    let others = tasks.count - tasks.shown.len();
    html! {
        @if 0 < tasks.count {
            h3 { (ask.ta(key, &[("count", tasks.count.into())])) }
            ul {
                @for (id, title) in &tasks.shown {
                    li { a href=(ask.href(&format!("/tasks/{id}"))) { (title) } }
                }
                @if 0 < others { li.muted { (ask.ta("web-ending-more-tasks", &[("count", others.into())])) } }
            }
        }
    }
}

/// What ends with a post.
pub(crate) fn of_post(ask: &Ask, ending: &PostEnding) -> Markup {
    html! {
        p { (ask.ta("web-post-end-holders", &[("count", ending.holders.into())])) }
        (tasks(ask, &ending.tasks, "web-post-end-tasks"))
        p {
            (ask.t("web-post-end-duty")) " " (ask.t(&format!("policy-{}", ending.duty.name())))
        }
        @if ending.heirs.is_empty() {
            p.notice.problem { (ask.t("web-post-end-nobody")) }
        } @else {
            p { (ask.t("web-post-end-heirs")) }
            ul {
                @for heir in ending.heirs.iter().take(8) {
                    li {
                        (heir.name.get(ask.language)) ", " (heir.office.get(ask.language))
                        @if !heir.held { " " em { "(" (ask.t("web-post-vacant")) ")" } }
                    }
                }
            }
            @if ending.heirs.iter().all(|heir| !heir.held) { p.notice.problem { (ask.t("web-post-end-vacant")) } }
        }
    }
}
