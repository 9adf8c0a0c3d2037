//! My reminders: where my mail goes, and the address of my calendar.

use app::remind::{Calendar, FeedView};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::notice;
use crate::posted::Posted;
use crate::site::Site;

/// Shows them.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let own = site.app.own_reminders(&ask.actor).await;
    let (address, feed) = own.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(page(&ask, &address, &feed, None, &[]))
}

/// Sets the mail address, gives the calendar a new address, or revokes it.
pub(crate) async fn change(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    let failed = |error| Failure::from_app(&ask, error);
    let mut token = None;
    let done = match posted.text("do") {
        "address" => site.app.set_own_address(&ask.actor, posted.text("address")).await,
        "new-calendar" => {
            token = Some(site.app.new_calendar_address(&ask.actor).await.map_err(failed)?);
            Ok(())
        }
        "end-calendar" => site.app.end_calendar_address(&ask.actor).await,
        _ => return Err(Failure::misunderstood(&ask)),
    };
    let (address, feed) = site.app.own_reminders(&ask.actor).await.map_err(failed)?;
    match done {
        // The secret is shown on this one answer and kept nowhere.
        Ok(()) if token.is_some() => Ok(page(&ask, &address, &feed, token.as_deref(), &[])),
        Ok(()) => {
            let to = HeaderValue::from_str(&ask.href("/tasks/reminders?done=1"));
            let to = to.map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(app::Error::Invalid(problems)) => {
            let mut page = page(&ask, posted.text("address"), &feed, None, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(failed(error)),
    }
}

/// The calendar behind a secret address.
pub(crate) async fn personal(State(site): State<Site>, ask: Ask, Path(file): Path<String>) -> Answer {
    let token = file
        .strip_suffix(".ics")
        .ok_or_else(|| Failure::not_found(&ask))?;
    let calendar = site.app.personal_calendar(&ask.actor, token).await;
    let calendar = calendar.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(file_of(&calendar, "private, no-store"))
}

/// The calendar of an office.
pub(crate) async fn of_office(State(site): State<Site>, ask: Ask, Path(office): Path<String>) -> Answer {
    let office = office.parse().map_err(|_| Failure::not_found(&ask))?;
    let calendar = site.app.office_calendar(&ask.actor, &office).await;
    let calendar = calendar.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(file_of(&calendar, "private, max-age=300"))
}

fn file_of(calendar: &Calendar, cache: &'static str) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/calendar; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"tasks.ics\""),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
    ];
    (headers, calendar.write()).into_response()
}

fn page(ask: &Ask, address: &str, feed: &FeedView, token: Option<&str>, problems: &[Diagnostic]) -> Response {
    let title = ask.t("task-reminders-title");
    let form = |what: &str, key: &str, class: Option<&str>| {
        html! {
            form method="post" action=(ask.href("/tasks/reminders")) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="do" value=(what);
                p.actions { button class=[class] type="submit" { (ask.t(key)) } }
            }
        }
    };
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/tasks")) { (ask.t("task-board-title")) } }
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("task-reminders-lead")) }
            @if ask.value("done").is_some() { (notice::done(&ask.t("task-reminders-done"))) }
            (notice::diagnostics(ask, problems))
            form method="post" action=(ask.href("/tasks/reminders")) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="do" value="address";
                div.field {
                    label for="field-address" { (ask.t("task-reminders-address")) }
                    input id="field-address" name="address" type="email" maxlength="254" autocomplete="email" value=(address);
                }
                p.actions { button type="submit" { (ask.t("task-reminders-save")) } }
            }
            h2 { (ask.t("task-calendar-title")) }
            p { (ask.t("task-calendar-lead")) }
            @if let Some(token) = token {
                p.notice.good { (ask.t("task-calendar-once")) br; code { "/data/calendar/" (token) ".ics" } }
            }
            @if feed.since.is_some() {
                (form("new-calendar", "task-calendar-renew", Some("plain")))
                (form("end-calendar", "task-calendar-end", Some("danger")))
            } @else { (form("new-calendar", "task-calendar-new", None)) }
        }
    };
    layout::personal(ask, Section::Tasks, &title, &body)
}
