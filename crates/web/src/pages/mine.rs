//! My work: what waits for me, of tasks and reports, on one page.

use app::policy::Action;
use app::task_board::{TaskQuery, Whose};
use axum::extract::State;
use maud::html;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::scores;
use crate::parts::{notice, report, task, today};
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let failed = |error| Failure::from_app(&ask, error);
    let query = TaskQuery {
        whose: Whose::WaitingForMe,
        ..TaskQuery::default()
    };
    let board = site.app.task_board(&ask.actor, &query).await.map_err(failed)?;
    let reports = site.app.my_reports(&ask.actor).await.map_err(failed)?;
    let judged = reports.queue.all();
    let to_fill: Vec<_> = reports.to_fill.iter().collect();
    let title = ask.t("task-mine-title");
    let nothing = board.cards.is_empty() && reports.to_fill.is_empty() && judged == 0;
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("task-mine-lead")) }
        @if nothing { (notice::empty(&ask.t("task-mine-nothing"))) }
        @if 0 < judged {
            section {
                h2 { (ask.t("report-queue-title")) }
                ul { @for line in today::of_queue(&ask, reports.queue) { li { (line) } } }
            }
        }
        @if !board.cards.is_empty() {
            section { h2 { (ask.t("task-board-waiting")) } (task::list(&ask, &board.cards)) }
        }
        @if !reports.to_fill.is_empty() {
            section { h2 { (ask.t("task-mine-reports")) } (report::forms(&ask, &to_fill)) }
        }
        p.actions {
            @if board.may_draft { a.button href=(ask.href("/tasks/new")) { (ask.t("task-new")) } }
            a.button.plain href=(ask.href("/tasks?whose=mine")) { (ask.t("task-board-mine")) }
            @if ask.actor.may(Action::ReadDesk) { a.button.plain href=(ask.href("/desk")) { (ask.t("task-mine-desk")) } }
            a.button.plain href=(ask.href("/tasks/reminders")) { (ask.t("task-reminders-title")) }
        }
        p { (scores::link(&ask)) }
    };
    Ok(layout::personal(&ask, Section::Tasks, &title, &body))
}
