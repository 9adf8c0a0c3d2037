//! Tasks in lists: what, who, by when, how it stands.

use app::task::{OfficeName, TaskCard};
use maud::{Markup, html};
use plan::task::Stage;

use crate::ask::{Ask, encode};

/// The address of a task's page.
pub(crate) fn href(ask: &Ask, card: &TaskCard) -> String {
    ask.href(&format!("/tasks/{}", card.id))
}

/// An office's name, leading to its board.
pub(crate) fn office(ask: &Ask, of: &OfficeName) -> Markup {
    let board = format!("/tasks?office={}", encode(&of.office.to_string()));
    html! { a href=(ask.href(&board)) { (of.name.get(ask.language)) } }
}

/// The stage as a badge; what is late or stuck says so beside it.
pub(crate) fn badges(ask: &Ask, card: &TaskCard) -> Markup {
    html! {
        span.badges {
            span class=(format!("status task-{}", card.stage.code())) { (stage(ask, card.stage)) }
            @if card.late { " " span.status.task-late { (ask.t(if card.stage.is_over() { "task-was-late" } else { "task-late" })) } }
            @if card.stuck { " " span.status.task-stuck { (ask.t("task-stuck")) } }
            @if card.internal { " " span.status.task-internal { (ask.t("task-internal")) } }
        }
    }
}

/// A stage in words.
pub(crate) fn stage(ask: &Ask, stage: Stage) -> String {
    ask.t(&format!("task-stage-{}", stage.code()))
}

/// The deadline in a sentence: the day, how far it is, what it was first.
pub(crate) fn deadline(ask: &Ask, card: &TaskCard) -> Markup {
    let day = |day| i18n::date::short(ask.language, day);
    html! {
        @if let Some(due) = card.due {
            time datetime=(due.to_string()) { (day(due)) }
            @match card.days_left {
                Some(0) => { " · " strong { (ask.t("task-due-today")) } },
                Some(left) if left < 0 => {
                    " · " strong.wrong { (ask.ta("task-days-over", &[("count", i64::from(-left).into())])) }
                },
                Some(left) => { " · " (ask.ta("task-days-left", &[("count", i64::from(left).into())])) },
                None => {},
            }
        } @else if card.standing { (ask.t("task-standing")) }
        @else { span.muted { (ask.t("task-no-due")) } }
        @if let Some(first) = card.first_due {
            " " small { (ask.ta("task-first-due", &[("day", day(first).into())])) }
        }
    }
}

/// A list of tasks.
pub(crate) fn list(ask: &Ask, cards: &[TaskCard]) -> Markup {
    html! {
        ul.tasks {
            @for card in cards {
                li class=[card.late.then_some("late")] {
                    p.what { a href=(href(ask, card)) { (card.title) } }
                    p.how { (badges(ask, card)) }
                    dl.facts {
                        div { dt { (ask.t("task-field-lead")) } dd {
                            @match &card.lead { Some(lead) => (office(ask, lead)), None => span.muted { (ask.t("task-no-lead")) } }
                        } }
                        div { dt { (ask.t("task-field-due")) } dd { (deadline(ask, card)) } }
                        @if card.stage == Stage::UnderWay { div { dt { (ask.t("task-per-cent")) } dd.num { (card.per_cent) "%" } } }
                    }
                }
            }
        }
    }
}
