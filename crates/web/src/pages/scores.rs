//! Scores: those of the offices that one may know of; each leads to its own page, [`super::score_office`].

use app::policy::Action;
use app::score::{ScoreBoard, ScoreFrame};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use maud::{Markup, html};
use plan::Office;
use plan::task::score::Score;
use plan::task::{Grade, ScoreRules};
use terms::{Decimal, TimePeriod};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::{data, score_office};
use crate::parts::notice;
use crate::site::Site;

/// Shows `?office=VN-11/finance&period=2026-Q3`; without an office: all that one may know of.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let period = period(&ask)?;
    if let Some(office) = ask.value("office") {
        let office: Office = office.parse().map_err(|_| Failure::misunderstood(&ask))?;
        return score_office::show(&site, &ask, &office, period).await;
    }
    let board = site.app.scores(&ask.actor, period).await;
    let mut board = board.map_err(|error| Failure::from_app(&ask, error))?;
    i18n::sort::by_name(ask.language, &mut board.offices, |(office, _)| {
        office.name.get(ask.language)
    });
    let body = all(&ask, &board);
    Ok(layout::personal(
        &ask,
        Section::Tasks,
        &ask.t("score-title"),
        &body,
    ))
}

/// The scores of `/data/scores.csv?period=2026-Q3`, for a spreadsheet.
pub(crate) async fn as_csv(State(site): State<Site>, ask: Ask) -> Answer {
    let board = site.app.scores(&ask.actor, period(&ask)?).await;
    let board = board.map_err(|error| Failure::from_app(&ask, error))?;
    let mut text = format!("\u{feff}{}\r\n", app::score::COLUMNS.join(","));
    for line in board.lines() {
        text.push_str(&line.map(|text| data::cell(&text)).join(","));
        text.push_str("\r\n");
    }
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=scores.csv"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, text).into_response())
}

/// The period of an address.
pub(crate) fn period(ask: &Ask) -> Result<Option<TimePeriod>, Failure> {
    let period = ask.value("period").map(str::parse::<TimePeriod>).transpose();
    period.map_err(|_| Failure::misunderstood(ask))
}

/// The address of an office's score.
pub(crate) fn href(ask: &Ask, office: &Office, period: TimePeriod) -> String {
    ask.href(&format!(
        "/scores?office={}&period={period}",
        encode(&office.to_string())
    ))
}

/// A number that we computed.
pub(crate) fn rounded(ask: &Ask, value: Decimal) -> String {
    i18n::number::rounded(ask.language, value, 2)
}

/// The grade, a span of grades, or why there is none yet.
pub(crate) fn grade(ask: &Ask, score: &Score) -> String {
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

/// Result points: those of today, and while they can change, those that can still be reached.
pub(crate) fn result(ask: &Ask, score: &Score) -> Markup {
    html! {
        (rounded(ask, score.result))
        @if score.provisional && score.result != score.reachable {
            br; small.muted { (ask.ta("score-reachable", &[("most", rounded(ask, score.reachable).into())])) }
        }
    }
}

/// The general part, or that nobody gave it.
pub(crate) fn general(ask: &Ask, score: &Score) -> Markup {
    html! {
        @match score.general {
            Some(points) => { (rounded(ask, points)) },
            None => span.muted { (ask.t("score-not-given")) },
        }
    }
}

/// The period to choose.
pub(crate) fn choice(ask: &Ask, frame: &ScoreFrame, office: Option<&Office>) -> Markup {
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
pub(crate) fn basis(ask: &Ask, frame: &ScoreFrame) -> Markup {
    html! {
        @match &frame.rules {
            None => { (notice::empty(&ask.t("score-no-rules"))) },
            Some(rules) => {
                p.muted {
                    (ask.ta("score-by", &[
                        ("source", rules.source.as_str().into()),
                        ("day", i18n::date::short(ask.language, rules.valid_from).into()),
                    ]))
                    " " a href=(ask.href("/scores/rules")) { (ask.t("score-rules-see")) }
                }
                @if !rules.verified { p.notice { (ask.t("score-unverified")) } }
            },
        }
    }
}

/// That the period goes on, and what this means for every number below.
pub(crate) fn running(ask: &Ask, frame: &ScoreFrame, provisional: bool) -> Markup {
    html! {
        @if frame.running {
            p.notice { (ask.ta("score-running", &[("day", i18n::date::short(ask.language, frame.period.end()).into())])) }
        } @else if provisional { p.notice { (ask.t("score-provisional")) } }
    }
}

fn all(ask: &Ask, board: &ScoreBoard) -> Markup {
    let frame = &board.frame;
    let waiting = board.offices.iter().any(|(_, score)| score.provisional);
    html! {
        h1 { (ask.t("score-title")) }
        p.lead { (ask.t("score-lead")) }
        (choice(ask, frame, None))
        h2 { (i18n::date::period(ask.language, frame.period)) }
        (basis(ask, frame))
        @if let Some(rules) = &frame.rules {
            @if board.offices.is_empty() { (notice::empty(&ask.t("score-none"))) }
            @else {
                (running(ask, frame, waiting))
                (table(ask, board, rules))
                p { a href=(format!("/data/scores.csv?period={}", frame.period)) download { (ask.t("score-csv")) } }
            }
        }
    }
}

fn table(ask: &Ask, board: &ScoreBoard, rules: &ScoreRules) -> Markup {
    html! {
        table.computed.stack {
            caption.hidden { (ask.t("score-title")) }
            thead { tr {
                th scope="col" { (ask.t("task-office")) }
                th.num scope="col" { (ask.t("score-tasks")) }
                th.num scope="col" { (ask.ta("score-result-of", &[("most", rounded(ask, rules.result).into())])) }
                th.num scope="col" { (ask.ta("score-general-of", &[("most", rounded(ask, rules.general).into())])) }
                th.num scope="col" { (ask.t("score-points")) }
                th scope="col" { (ask.t("score-grade")) }
            } }
            tbody { @for (office, score) in &board.offices { tr {
                th scope="row" { a href=(href(ask, &office.office, board.frame.period)) { (office.name.get(ask.language)) } }
                td.num data-label=(ask.t("score-tasks")) { (score.items.len()) }
                td.num data-label=(ask.t("score-result")) { span { (result(ask, score)) } }
                td.num data-label=(ask.t("score-general")) { (general(ask, score)) }
                td.num data-label=(ask.t("score-points")) { @match score.points().filter(|_| !score.provisional) { Some(points) => strong { (rounded(ask, points)) }, None => "–" } }
                td data-label=(ask.t("score-grade")) { (grade(ask, score)) }
            } } }
        }
    }
}

/// A way to the scores, for who may see any.
pub(crate) fn link(ask: &Ask) -> Markup {
    html! {
        @if ask.actor.may(Action::ReadScores) { a href=(ask.href("/scores")) { (ask.t("score-title")) } }
    }
}
