//! The board: tasks of everybody, of me, of an office, of a document, of a target; and how they stand.

use app::policy::Action;
use app::task_board::{Order, PAGE, Standing, TaskBoard, TaskQuery, Whose};
use axum::extract::State;
use maud::{Markup, html};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::scores;
use crate::parts::{notice, task};
use crate::site::Site;

/// Shows a board.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let query = query(&ask)?;
    let board = site.app.task_board(&ask.actor, &query).await;
    let mut board = board.map_err(|error| Failure::from_app(&ask, error))?;
    i18n::sort::by_name(ask.language, &mut board.offices, |office| {
        office.name.get(ask.language)
    });
    let title = match (&query.whose, &board.office) {
        (Whose::Mine, _) => ask.t("task-board-mine"),
        (Whose::WaitingForMe, _) => ask.t("task-board-waiting"),
        (_, Some(office)) => ask.ta(
            "task-board-office",
            &[("office", office.name.get(ask.language).into())],
        ),
        _ => ask.t("task-board-title"),
    };
    let body = body(&ask, &query, &board, &title);
    Ok(layout::public(&ask, Section::Tasks, &title, &body))
}

/// The board of an address.
fn query(ask: &Ask) -> Result<TaskQuery, Failure> {
    let misunderstood = |_| Failure::misunderstood(ask);
    let whose = if let Some(office) = ask.value("office") {
        Whose::Office(office.parse().map_err(|_| Failure::misunderstood(ask))?)
    } else if let Some(document) = ask.value("document") {
        Whose::Document(document.parse().map_err(misunderstood)?)
    } else if let Some(target) = ask.value("target") {
        Whose::Target(target.parse().map_err(misunderstood)?)
    } else {
        match ask.value("whose") {
            None => Whose::All,
            Some("mine") => Whose::Mine,
            Some("waiting") => Whose::WaitingForMe,
            Some(_) => return Err(Failure::misunderstood(ask)),
        }
    };
    let standing = ask.value("standing").map(|code| {
        Standing::ALL
            .into_iter()
            .find(|standing| standing.code() == code)
            .ok_or_else(|| Failure::misunderstood(ask))
    });
    let order = ask.value("order").map(|code| {
        Order::ALL
            .into_iter()
            .find(|order| order.code() == code)
            .ok_or_else(|| Failure::misunderstood(ask))
    });
    Ok(TaskQuery {
        whose,
        standing: standing.transpose()?,
        words: ask
            .value("q")
            .unwrap_or_default()
            .trim()
            .chars()
            .take(200)
            .collect(),
        order: order.transpose()?.unwrap_or_default(),
        page: ask.parsed("page")?.unwrap_or_default(),
    })
}

/// What an address says of a board, in order.
fn pairs(query: &TaskQuery) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    match &query.whose {
        Whose::All | Whose::Area(_) => {}
        Whose::Mine => pairs.push(("whose", "mine".to_owned())),
        Whose::WaitingForMe => pairs.push(("whose", "waiting".to_owned())),
        Whose::Office(office) => pairs.push(("office", office.to_string())),
        Whose::Document(document) => pairs.push(("document", document.to_string())),
        Whose::Target(target) => pairs.push(("target", target.to_string())),
    }
    pairs.extend(
        query
            .standing
            .map(|standing| ("standing", standing.code().to_owned())),
    );
    if !query.words.is_empty() {
        pairs.push(("q", query.words.clone()));
    }
    if query.order != Order::default() {
        pairs.push(("order", query.order.code().to_owned()));
    }
    if 0 < query.page {
        pairs.push(("page", query.page.to_string()));
    }
    pairs
}

/// The address of a board.
fn href(ask: &Ask, query: &TaskQuery) -> String {
    let pairs = pairs(query);
    let told: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let mark = if told.is_empty() { "" } else { "?" };
    ask.href(&format!("/tasks{mark}{}", told.join("&")))
}

/// Words to look for and the order: a form that says all of it in its address.
fn finder(ask: &Ask, query: &TaskQuery, board: &TaskBoard) -> Markup {
    let cleared = TaskQuery {
        whose: match &query.whose {
            Whose::Office(_) => Whose::All,
            whose => whose.clone(),
        },
        standing: query.standing,
        ..TaskQuery::default()
    };
    let is_asked = !query.words.is_empty() || query.order != Order::default() || board.office.is_some();
    html! {
        details.filters open[is_asked] {
            summary { (ask.t("task-find")) }
            form method="get" action=(ask.href("/tasks")) {
                @for (name, value) in pairs(&cleared) { input type="hidden" name=(name) value=(value); }
                div.field {
                    label for="board-words" { (ask.t("task-find-words")) }
                    input id="board-words" type="search" name="q" value=(query.words) maxlength="200" autocomplete="off";
                }
                @if 1 < board.offices.len() {
                    div.field {
                        label for="field-office" { (ask.t("task-office")) }
                        select id="field-office" name="office" {
                            option value="" { (ask.t("web-filter-any")) }
                            @for office in &board.offices {
                                option value=(office.office) selected[board.office.as_ref() == Some(office)] { (office.name.get(ask.language)) }
                            }
                        }
                    }
                }
                div.field {
                    label for="board-order" { (ask.t("task-order")) }
                    select id="board-order" name="order" {
                        @for order in Order::ALL {
                            option value=(if order == Order::default() { "" } else { order.code() }) selected[query.order == order] { (ask.t(&format!("task-order-{}", order.code()))) }
                        }
                    }
                }
                p.actions {
                    button type="submit" { (ask.t("task-show")) }
                    @if is_asked { a.button.plain href=(href(ask, &cleared)) { (ask.t("web-filter-clear")) } }
                }
            }
        }
    }
}

fn body(ask: &Ask, query: &TaskQuery, board: &TaskBoard, title: &str) -> Markup {
    let counts = &board.counts;
    let tab = |whose: Whose, key: &str, count: Option<u64>| {
        // Another person's board begins without the words and the standing of this one.
        let to = TaskQuery {
            whose: whose.clone(),
            order: query.order,
            ..TaskQuery::default()
        };
        html! {
            li { a href=(href(ask, &to)) aria-current=[(query.whose == whose).then_some("true")] {
                (ask.t(key)) @if let Some(count) = count { " " strong.num { (count) } }
            } }
        }
    };
    let count = |standing: Option<Standing>, key: &str, count: u64| {
        let to = TaskQuery {
            standing,
            page: 0,
            ..query.clone()
        };
        html! {
            li { a href=(href(ask, &to)) aria-current=[(query.standing == standing).then_some("true")] {
                (ask.t(key)) " " strong.num { (count) }
            } }
        }
    };
    let to_page = |page| {
        href(
            ask,
            &TaskQuery {
                page,
                ..query.clone()
            },
        )
    };
    html! {
        h1 { (title) }
        @if let Some(count) = ask.value("imported") {
            (notice::done(&ask.ta("task-import-done", &[("count", count.into()), ("known", ask.value("known").unwrap_or("0").into())])))
        }
        @if let Some(count) = ask.value("drafted") { (notice::done(&ask.ta("task-clauses-done", &[("count", count.into())]))) }
        p.lead { (ask.ta("task-board-lead", &[
            ("count", i64::try_from(counts.all).unwrap_or(i64::MAX).into()),
            ("late", i64::try_from(counts.late).unwrap_or(i64::MAX).into()),
            ("done", i64::try_from(counts.done).unwrap_or(i64::MAX).into()),
        ])) }
        @if ask.actor.may(Action::ReadTasks) {
            nav aria-label=(ask.t("task-whose")) { ul.counts {
                (tab(Whose::WaitingForMe, "task-board-waiting", board.waiting))
                (tab(Whose::Mine, "task-board-mine", None))
                (tab(Whose::All, "task-board-all", None))
            } }
        }
        nav aria-label=(ask.t("task-how-they-stand")) { ul.counts {
            (count(None, "task-standing-all", counts.all))
            (count(Some(Standing::Open), "task-standing-open", counts.open))
            (count(Some(Standing::Late), "task-standing-late", counts.late))
            (count(Some(Standing::Soon), "task-standing-soon", counts.due_soon))
            (count(Some(Standing::Stuck), "task-standing-stuck", counts.stuck))
            (count(Some(Standing::Done), "task-standing-done", counts.done))
        } }
        @if board.may_draft {
            p.actions {
                a.button href=(ask.href("/tasks/new")) { (ask.t("task-new")) }
                a.button.plain href=(ask.href("/tasks/import")) { (ask.t("task-import-title")) }
            }
        }
        @if let Some(office) = &board.office {
            p { a href=(format!("/data/offices/{}/tasks.ics", encode(&office.office.to_string()))) { (ask.t("task-calendar-office")) } }
        }
        @if ask.actor.may(Action::ReadTasks) { p { a href=(ask.href("/tasks/reminders")) { (ask.t("task-reminders-title")) } " · " (scores::link(ask)) } }
        @if ask.actor.may(Action::KeepTaskRules) { p {
            a href=(ask.href("/tasks/rules")) { (ask.t("task-rules-title")) } " · " a href=(ask.href("/scores/rules")) { (ask.t("score-rules-title")) }
        } }
        @if !board.cards.is_empty() || !query.words.is_empty() || 0 < counts.all { (finder(ask, query, board)) }
        @if board.cards.is_empty() {
            (notice::empty(&ask.t(match query.whose {
                _ if !query.words.is_empty() => "task-find-none",
                Whose::WaitingForMe => "task-board-empty-waiting",
                _ if ask.actor.user().is_none() => "task-board-empty-public",
                _ => "task-board-empty",
            })))
        }
        @else { (task::list(ask, &board.cards)) }
        @if 0 < query.page || board.more {
            nav.actions aria-label=(ask.t("task-pages")) {
                @if 0 < query.page { a.button.plain rel="prev" href=(to_page(query.page - 1)) { (ask.ta("task-page-before", &[("count", i64::from(PAGE).into())])) } }
                @if board.more { a.button.plain rel="next" href=(to_page(query.page + 1)) { (ask.ta("task-page-next", &[("count", i64::from(PAGE).into())])) } }
            }
        }
    }
}
