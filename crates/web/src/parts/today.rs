//! What waits for the one who is signed in, in a few lines at the top of the scoreboard: each leads to where it is done.

use app::Error;
use app::policy::Action;
use app::report::{MyReports, QueueCounts};
use app::task_board::{TaskQuery, Whose};
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::Failure;
use crate::parts::{notice, report};
use crate::site::Site;

/// How many reports sent back are named one by one.
const NAMED: usize = 3;

/// The lines; nothing for who is not signed in or has no post with work in it.
pub(crate) async fn strip(site: &Site, ask: &Ask) -> Result<Markup, Failure> {
    if ask.actor.user().is_none() {
        return Ok(html! {});
    }
    let lines = lines(site, ask)
        .await
        .map_err(|error| Failure::from_app(ask, error))?;
    let works = ask.actor.may(Action::ReadTasks);
    if lines.is_empty() && !works {
        return Ok(html! {});
    }
    Ok(html! {
        section.today aria-labelledby="today" {
            h2 id="today" { (ask.t("web-today-title")) }
            @if lines.is_empty() { (notice::empty(&ask.t("task-mine-nothing"))) }
            @else { ul { @for line in &lines { li { (line) } } } }
            @if works { p { a href=(ask.href("/mine")) { (ask.t("web-today-all")) } } }
        }
    })
}

async fn lines(site: &Site, ask: &Ask) -> Result<Vec<Markup>, Error> {
    let mut lines = Vec::new();
    if ask.actor.may(Action::ReadTasks) {
        let reports = site.app.my_reports(&ask.actor).await?;
        lines.extend(of_reports(ask, &reports));
        let query = TaskQuery {
            whose: Whose::WaitingForMe,
            ..TaskQuery::default()
        };
        let counts = site.app.task_board(&ask.actor, &query).await?.counts;
        if 0 < counts.all {
            let told = [("count", counts.all.into()), ("late", counts.late.into())];
            lines.push(link(
                ask,
                "/tasks?whose=waiting",
                &ask.ta("web-today-tasks", &told),
            ));
        }
    }
    if ask.actor.may(Action::Review) {
        let waiting = site.app.desk(&ask.actor).await?.waiting;
        if 0 < waiting {
            lines.push(link(
                ask,
                "/desk",
                &ask.ta("web-today-desk", &[("count", waiting.into())]),
            ));
        }
    }
    Ok(lines)
}

/// Reports sent back by name, then those to be filled in, verified and accepted by number.
fn of_reports(ask: &Ask, reports: &MyReports) -> Vec<Markup> {
    let mut lines = Vec::new();
    let (back, open): (Vec<_>, Vec<_>) = reports.to_fill.iter().partition(|form| 0 < form.returns);
    for form in back.iter().take(NAMED) {
        lines.push(html! {
            a href=(report::href(ask, &form.report, "")) {
                strong.wrong { (ask.t("report-was-returned")) } ": "
                (form.regime.name.get(ask.language)) " · " (i18n::date::period(ask.language, form.report.period))
            }
        });
    }
    if let Some(first) = open.iter().map(|form| form.send_by).min() {
        let late = open.iter().filter(|form| form.late).count();
        let told = [
            ("count", open.len().into()),
            ("day", i18n::date::short(ask.language, first).into()),
            ("late", late.into()),
        ];
        lines.push(link(ask, "/reports", &ask.ta("web-today-fill", &told)));
    }
    lines.extend(of_queue(ask, reports.queue));
    lines
}

/// Reports to verify and to accept, by number, and how many of them came late.
pub(crate) fn of_queue(ask: &Ask, queue: QueueCounts) -> Vec<Markup> {
    let mut lines = Vec::new();
    for (key, path, waiting) in [
        (
            "web-today-verify",
            "/reports/queue?stage=submitted",
            queue.to_verify,
        ),
        (
            "web-today-accept",
            "/reports/queue?stage=verified",
            queue.to_accept,
        ),
    ] {
        if 0 < waiting {
            lines.push(link(ask, path, &ask.ta(key, &[("count", waiting.into())])));
        }
    }
    if 0 < queue.late {
        let told = ask.ta("web-today-late", &[("count", queue.late.into())]);
        lines.push(link(ask, "/reports/queue?late=yes", &told));
    }
    lines
}

fn link(ask: &Ask, path: &str, text: &str) -> Markup {
    html! { a href=(ask.href(path)) { (text) } }
}
