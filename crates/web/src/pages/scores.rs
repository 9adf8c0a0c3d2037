//! Scores: those of the offices that one may know of, and one office's with its formula and the tasks behind each point.

use app::policy::Action;
use app::score::{ScoreBoard, ScoreFrame, ScorePage};
use axum::extract::State;
use maud::{Markup, html};
use plan::Office;
use plan::task::score::{Item, Score};
use plan::task::{Grade, ScoreRules};
use terms::{Decimal, TimePeriod};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{notice, task};
use crate::site::Site;

/// Shows `?office=VN-11/finance&period=2026-Q3`; without an office: all that one may know of.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let period = ask.value("period").map(str::parse::<TimePeriod>).transpose();
    let period = period.map_err(|_| Failure::misunderstood(&ask))?;
    let failed = |error| Failure::from_app(&ask, error);
    let (title, body) = if let Some(office) = ask.value("office") {
        let office: Office = office.parse().map_err(|_| Failure::misunderstood(&ask))?;
        let page = site.app.score_of(&ask.actor, &office, period).await;
        let page = page.map_err(failed)?;
        let name = page.office.name.get(ask.language);
        let title = ask.ta("score-of", &[("office", name.into())]);
        let body = one(&ask, &page, &title);
        (title, body)
    } else {
        let board = site.app.scores(&ask.actor, period).await.map_err(failed)?;
        (ask.t("score-title"), all(&ask, &board))
    };
    Ok(layout::personal(&ask, Section::Tasks, &title, &body))
}

/// The address of an office's score.
fn href(ask: &Ask, office: &Office, period: TimePeriod) -> String {
    ask.href(&format!(
        "/scores?office={}&period={period}",
        encode(&office.to_string())
    ))
}

/// A number that we computed.
fn rounded(ask: &Ask, value: Decimal) -> String {
    i18n::number::rounded(ask.language, value, 2)
}

fn grade(ask: &Ask, score: &Score) -> String {
    let Some((least, most)) = score.grades else {
        return ask.t("score-grade-not-yet");
    };
    let name = |grade: Grade| ask.t(&format!("score-grade-{}", grade.code()));
    if least == most {
        name(least)
    } else {
        ask.ta(
            "score-grade-span",
            &[("least", name(least).into()), ("most", name(most).into())],
        )
    }
}

fn choice(ask: &Ask, frame: &ScoreFrame, office: Option<&Office>) -> Markup {
    html! {
        form.computed-choice method="get" action=(ask.href("/scores")) {
            @if let Some(office) = office { input type="hidden" name="office" value=(office); }
            div.field {
                label for="period" { (ask.t("score-period")) }
                select id="period" name="period" {
                    @if !frame.periods.contains(&frame.period) {
                        option value=(frame.period) selected { (i18n::date::period(ask.language, frame.period)) }
                    }
                    @for period in &frame.periods {
                        option value=(period) selected[*period == frame.period] { (i18n::date::period(ask.language, *period)) }
                    }
                }
            }
            p.actions { button type="submit" { (ask.t("task-show")) } }
        }
    }
}

/// By which rules, and what of them nobody compared with the law.
fn basis(ask: &Ask, rules: Option<&ScoreRules>) -> Markup {
    html! {
        @match rules {
            None => { (notice::empty(&ask.t("score-no-rules"))) },
            Some(rules) => {
                p.muted { (ask.ta("score-by", &[
                    ("source", rules.source.as_str().into()),
                    ("day", i18n::date::short(ask.language, rules.valid_from).into()),
                ])) }
                @if !rules.verified { p.notice { (ask.t("score-unverified")) } }
            },
        }
    }
}

fn all(ask: &Ask, board: &ScoreBoard) -> Markup {
    let period = board.frame.period;
    html! {
        h1 { (ask.t("score-title")) }
        p.lead { (ask.t("score-lead")) }
        (choice(ask, &board.frame, None))
        h2 { (i18n::date::period(ask.language, period)) }
        (basis(ask, board.frame.rules.as_ref()))
        @if let Some(rules) = &board.frame.rules {
            @if board.offices.is_empty() { (notice::empty(&ask.t("score-none"))) }
            @else {
                table.computed {
                    caption.hidden { (ask.t("score-title")) }
                    thead { tr {
                        th scope="col" { (ask.t("task-office")) }
                        th.num scope="col" { (ask.t("score-tasks")) }
                        th.num scope="col" { (ask.ta("score-result-of", &[("most", rounded(ask, rules.result).into())])) }
                        th.num scope="col" { (ask.ta("score-general-of", &[("most", rounded(ask, rules.general).into())])) }
                        th scope="col" { (ask.t("score-grade")) }
                    } }
                    tbody { @for (office, score) in &board.offices { tr {
                        th scope="row" { a href=(href(ask, &office.office, period)) { (office.name.get(ask.language)) } }
                        td.num { (score.items.len()) }
                        td.num { (rounded(ask, score.result)) }
                        td.num { (general(ask, score)) }
                        td { (grade(ask, score)) }
                    } } }
                }
            }
        }
    }
}

fn general(ask: &Ask, score: &Score) -> Markup {
    html! {
        @match score.general {
            Some(points) => { (rounded(ask, points)) },
            None => span.muted { (ask.t("score-not-given")) },
        }
    }
}

fn one(ask: &Ask, page: &ScorePage, title: &str) -> Markup {
    let frame = &page.frame;
    html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href(&format!("/scores?period={}", frame.period))) { (ask.t("score-title")) }
        }
        h1 { (title) }
        p.lead { (i18n::date::period(ask.language, frame.period)) " · " (task::office(ask, &page.office)) }
        (choice(ask, frame, Some(&page.office.office)))
        (basis(ask, frame.rules.as_ref()))
        @match (&page.score, &frame.rules) {
            (Some(score), Some(rules)) => {
                @if score.provisional { p.notice { (ask.t("score-provisional")) } }
                (formula(ask, page, score, rules))
                (items(ask, page, score))
                (posts(ask, page))
                section {
                    h2 { (ask.t("score-how")) }
                    ul {
                        li { (ask.t("score-how-belongs")) }
                        li { (ask.ta("score-how-fault", &[("share", rounded(ask, rules.fault_per_cent).into())])) }
                        li { (ask.t("score-how-divisor")) }
                        li { (ask.t("score-how-leaders")) }
                        li { (ask.t("score-how-excellent")) }
                    }
                }
            },
            (None, Some(_)) => { (notice::empty(&ask.t("score-none"))) },
            _ => {},
        }
    }
}

/// The formula with its numbers put in, line by line.
fn formula(ask: &Ask, page: &ScorePage, score: &Score, rules: &ScoreRules) -> Markup {
    let terms = [
        ("quantity", score.quantity, rules.quantity),
        ("quality", score.quality, rules.quality),
        ("progress", score.progress, rules.progress),
    ];
    let per_cent = |sum| rounded(ask, score.per_cent(sum));
    let alike = rules.quantity == rules.quality && rules.quality == rules.progress;
    let mean = if alike {
        let parts: Vec<String> = terms
            .iter()
            .map(|(_, sum, _)| format!("{}%", per_cent(*sum)))
            .collect();
        format!("({}) ÷ 3", parts.join(" + "))
    } else {
        let parts: Vec<String> = terms
            .iter()
            .map(|(_, sum, share)| format!("{} × {}%", rounded(ask, *share), per_cent(*sum)))
            .collect();
        let shares: Decimal = terms.iter().map(|(_, _, share)| *share).sum();
        format!("({}) ÷ {}", parts.join(" + "), rounded(ask, shares))
    };
    html! {
        section {
            h2 { (ask.t("score-formula")) }
            dl.facts {
                @for (code, sum, _) in terms {
                    div {
                        dt { (ask.t(&format!("score-term-{code}"))) }
                        dd { (rounded(ask, sum)) " ÷ " (rounded(ask, score.assigned)) " = " strong { (per_cent(sum)) "%" } }
                    }
                }
                div {
                    dt { (ask.t("score-result")) }
                    dd { (mean) " × " (rounded(ask, rules.result)) " = " strong { (rounded(ask, score.result)) } }
                }
                div {
                    dt { (ask.ta("score-general-of", &[("most", rounded(ask, rules.general).into())])) }
                    dd {
                        (general(ask, score))
                        @if let Some((reason, entry)) = &page.general { " · " (reason) " · " small.muted { (ask.ta("score-entry", &[("entry", entry.to_string().into())])) } }
                    }
                }
                div {
                    dt { (ask.t("score-points")) }
                    dd { @match score.points() {
                        Some(points) => strong { (rounded(ask, points)) },
                        None => { (ask.ta("score-points-span", &[
                            ("least", rounded(ask, score.result).into()),
                            ("most", rounded(ask, score.result + rules.general).into()),
                        ])) },
                    } }
                }
                div { dt { (ask.t("score-grade")) } dd { strong { (grade(ask, score)) } } }
            }
        }
    }
}

fn items(ask: &Ask, page: &ScorePage, score: &Score) -> Markup {
    html! {
        section {
            h2 { (ask.t("score-tasks-behind")) }
            table.computed {
                caption.hidden { (ask.t("score-tasks-behind")) }
                thead { tr {
                    th scope="col" { (ask.t("score-task")) }
                    th.num scope="col" { (ask.t("score-weight")) }
                    th.num scope="col" { (ask.t("score-term-quantity")) }
                    th.num scope="col" { (ask.t("score-term-quality")) }
                    th.num scope="col" { (ask.t("score-term-progress")) }
                } }
                tbody { @for item in &score.items { (line(ask, page, item)) } }
                tfoot { tr {
                    th scope="row" { (ask.t("score-sum")) }
                    td.num { (rounded(ask, score.assigned)) }
                    td.num { (rounded(ask, score.quantity)) }
                    td.num { (rounded(ask, score.quality)) }
                    td.num { (rounded(ask, score.progress)) }
                } }
            }
        }
    }
}

fn line(ask: &Ask, page: &ScorePage, item: &Item) -> Markup {
    html! {
        tr {
            th scope="row" {
                @if let Some(card) = page.tasks.get(&item.task) { a href=(task::href(ask, card)) { (card.title) } }
                br; small {
                    (ask.t(&format!("score-outcome-{}", item.outcome.code())))
                    @if let Some(due) = page.tasks.get(&item.task).and_then(|card| card.due) {
                        " · " (ask.t("task-field-due")) " " (i18n::date::short(ask.language, due))
                    }
                    @if 0 < item.grave_errors { " · " strong.wrong { (ask.ta("score-grave", &[("count", i64::from(item.grave_errors).into())])) } }
                }
            }
            td.num { (item.weight) }
            td.num { (rounded(ask, item.quantity)) }
            td.num { (rounded(ask, item.quality)) }
            td.num { (rounded(ask, item.progress)) }
        }
    }
}

/// What each post of the office comes to.
fn posts(ask: &Ask, page: &ScorePage) -> Markup {
    html! {
        section {
            h2 { (ask.t("score-posts")) }
            @if page.posts.is_empty() { p.muted { (ask.t("score-posts-none")) } }
            @else {
                p.muted { (ask.t("score-posts-lead")) }
                table.computed {
                    caption.hidden { (ask.t("score-posts")) }
                    thead { tr {
                        th scope="col" { (ask.t("score-post")) }
                        th.num scope="col" { (ask.t("score-tasks")) }
                        th.num scope="col" { (ask.t("score-term-quantity")) }
                        th.num scope="col" { (ask.t("score-term-quality")) }
                        th.num scope="col" { (ask.t("score-term-progress")) }
                        th.num scope="col" { (ask.t("score-result")) }
                    } }
                    tbody { @for (post, score) in &page.posts { tr {
                        th scope="row" { (post.get(ask.language)) }
                        td.num { (score.items.len()) }
                        @for sum in [score.quantity, score.quality, score.progress] { td.num { (rounded(ask, score.per_cent(sum))) "%" } }
                        td.num { (rounded(ask, score.result)) }
                    } } }
                }
            }
        }
    }
}

/// A way to the scores, for who may see any.
pub(crate) fn link(ask: &Ask) -> Markup {
    html! {
        @if ask.actor.may(Action::ReadScores) { a href=(ask.href("/scores")) { (ask.t("score-title")) } }
    }
}
