//! One task: what it asks, its timeline, what I may do now and who can do the rest, and whether its target moved.

use app::indicator::Series;
use app::scoreboard::ResultView;
use app::task::{StepView, TaskPage};
use app::task_act::StepTexts;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::TaskId;
use plan::task::Party;
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::task_step;
use crate::parts::{amount, chart, evidence, names, notice, task};
use crate::sent::Sent;
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(id): Path<String>) -> Answer {
    let id: TaskId = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let view = site.app.task(&ask.actor, id).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(page(&ask, &view, &StepTexts::default(), &[]))
}

/// Takes a step with it.
pub(crate) async fn step(State(site): State<Site>, ask: Ask, Path(id): Path<String>, sent: Sent) -> Answer {
    let id: TaskId = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let seen = sent
        .text("seen")
        .parse()
        .map_err(|_| Failure::misunderstood(&ask))?;
    let texts = StepTexts {
        act: sent.text("act").to_owned(),
        words: sent.text("words").to_owned(),
        per_cent: sent.text("per_cent").to_owned(),
        office: sent.text("office").to_owned(),
        until: sent.text("until").to_owned(),
        post: sent.text("post").to_owned(),
        marked: sent.ticked("marked"),
        links: sent.text("links").to_owned(),
        observations: sent.text("observations").to_owned(),
        files: sent.files,
    };
    let mut kept = texts.clone();
    kept.files.clear();
    match site.app.step_task(&ask.actor, id, seen, texts).await {
        Ok(()) => {
            let to = ask.href(&format!("/tasks/{id}?done={}", kept.act));
            let to = HeaderValue::from_str(&to).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        // What was typed stays in the form, with what is wrong above it; files must be chosen again.
        Err(app::Error::Invalid(problems)) => {
            let view = site.app.task(&ask.actor, id).await;
            let view = view.map_err(|error| Failure::from_app(&ask, error))?;
            let mut page = page(&ask, &view, &kept, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn page(ask: &Ask, view: &TaskPage, sent: &StepTexts, problems: &[Diagnostic]) -> Response {
    let title = view.card.title.clone();
    let done = ask
        .value("done")
        .filter(|act| *act == "draft" || plan::task::Act::CODES.contains(act));
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/tasks")) { (ask.t("task-board-title")) }
            @if let Some(whole) = &view.parent { " › " a href=(task::href(ask, whole)) { (whole.title) } }
        }
        h1 { (title) }
        p { (task::badges(ask, &view.card)) }
        @if let Some(act) = done { (notice::done(&ask.t(&format!("task-done-{act}")))) }
        (notice::diagnostics(ask, problems))
        div.task-page {
            // On a phone what can be done comes right behind what is asked.
            div.task-asks { (asks(ask, view)) }
            aside.doing aria-label=(ask.t("task-now")) { (task_step::now(ask, view, sent, problems)) }
            div.task-rest { (parts(ask, view)) (series(ask, view)) }
        }
        (timeline(ask, view))
    };
    layout::public(ask, Section::Tasks, &title, &body)
}

/// What it asks: every field that says something, the clause with its paper.
fn asks(ask: &Ask, view: &TaskPage) -> Markup {
    let brief = &view.brief;
    let words = |key: &str, text: &str| {
        html! { @if !text.is_empty() { div { dt { (ask.t(key)) } dd { (text) } } } }
    };
    html! {
        dl.facts.brief {
            div { dt { (ask.t("task-field-lead")) } dd {
                @match &view.card.lead { Some(lead) => (task::office(ask, lead)), None => span.muted { (ask.t("task-no-lead")) } }
                @if let Some(post) = &view.post { br; small { (ask.ta("task-done-by-post", &[("post", post.get(ask.language).into())])) } }
            } }
            div { dt { (ask.t("task-field-due")) } dd { (task::deadline(ask, &view.card)) } }
            div { dt { (ask.t("task-field-assigner")) } dd { (task::office(ask, &view.card.assigner)) } }
            @if !view.supporters.is_empty() {
                div { dt { (ask.t("task-field-supporters")) } dd {
                    @for (at, office) in view.supporters.iter().enumerate() { @if 0 < at { ", " } (task::office(ask, office)) }
                } }
            }
            (words("task-field-product", &brief.product))
            (words("task-field-result", &brief.result))
            (words("task-field-power", &brief.power))
            @if let Some(start) = brief.start { div { dt { (ask.t("task-field-start")) } dd { (i18n::date::short(ask.language, start)) } } }
            @if let Some(weight) = brief.weight { div { dt { (ask.t("task-field-weight")) } dd.num { (weight) } } }
            @if 0 < view.card.per_cent { div { dt { (ask.t("task-per-cent")) } dd.num { (view.card.per_cent) "%" } } }
        }
        @if !view.missing.is_empty() && view.card.stage == plan::task::Stage::Drafted {
            section.notice {
                h2 { (ask.t("task-not-clear-yet")) }
                ul { @for field in &view.missing { li { (ask.t(&format!("task-field-{field}"))) } } }
            }
        }
        @if let (Some(clause), Some(paper)) = (&brief.clause, &view.document) {
            figure.quote {
                blockquote { p { (clause.quote) } }
                figcaption { a href=(ask.href(&format!("/documents/{}", clause.document))) { (paper) } }
            }
        }
        @if let Some(finding) = &brief.finding {
            p { a href=(ask.href(&format!("/disagreements/{}", crate::ask::encode(finding)))) { (ask.t("task-from-finding")) } }
        }
    }
}

fn parts(ask: &Ask, view: &TaskPage) -> Markup {
    let done = view
        .parts
        .iter()
        .filter(|part| part.stage == plan::task::Stage::Done)
        .count();
    html! {
        @if !view.parts.is_empty() || view.may_divide {
            section {
                h2 { (ask.t("task-parts")) }
                @if !view.parts.is_empty() {
                    p { (ask.ta("task-parts-done", &[("done", done.into()), ("count", view.parts.len().into())])) }
                    (task::list(ask, &view.parts))
                }
                @if view.may_divide {
                    p.actions { a.button.plain href=(ask.href(&format!("/tasks/new?parent={}", view.card.id))) { (ask.t("task-divide")) } }
                }
            }
        }
    }
}

/// The series of its target with the task's days on it. What moved beside it need not have moved by it: the words say so.
fn series(ask: &Ask, view: &TaskPage) -> Markup {
    let Some((target, series, indicator)) = &view.target else {
        return html! {};
    };
    let name = indicator.name.get(ask.language);
    let days = days(ask, view);
    html! {
        section.series {
            h2 { (ask.t("task-target")) }
            p { a href=(format!("{}#target-{target}", names::indicator_href(ask, indicator))) { (name) } " · " (names::unit(ask, &series.place)) }
            (before_and_after(ask, view, series))
            (chart::series_with_days(ask, "task", name, series, &days))
            @if !days.is_empty() {
                ul.legend { @for day in &days { li.k-day { (day.label) } } }
            }
            p.muted { (ask.t("task-moved-caution")) }
        }
    }
}

/// The last value of before the task, and those since; where there is none, that is said. No difference is computed: what
/// moved beside a task need not have moved by it.
fn before_and_after(ask: &Ask, view: &TaskPage, series: &Series) -> Markup {
    let Some(began) = handed_over(view) else {
        return html! {};
    };
    let before = series
        .results
        .iter()
        .filter(|result| result.period.end() < began)
        .max_by_key(|result| (result.period.end(), result.edition));
    let since = |day: terms::Date| {
        series
            .results
            .iter()
            .filter(move |result| day <= result.period.end())
            .max_by_key(|result| (result.period.end(), result.edition))
    };
    let value = |result: Option<&ResultView>, missing: &str| {
        html! {
            @match result {
                Some(result) => {
                    strong { (amount::amount(ask, &result.amount)) } br;
                    small { (i18n::date::period(ask.language, result.period)) }
                },
                None => span.muted { (ask.t(missing)) },
            }
        }
    };
    html! {
        dl.facts.before-after {
            div { dt { (ask.ta("task-value-before", &[("day", i18n::date::short(ask.language, began).into())])) } dd { (value(before, "task-value-none-before")) } }
            div { dt { (ask.t("task-value-since")) } dd { (value(since(began), "task-value-none-since")) } }
            @if let Some(done) = view.card.done_on {
                div { dt { (ask.ta("task-value-after", &[("day", i18n::date::short(ask.language, done).into())])) } dd { (value(since(done), "task-value-none-after")) } }
            }
            @for target in series.targets.iter().filter(|target| Some(target.row.target) == view.brief.serves) {
                div { dt { (ask.t("task-value-target")) } dd { strong { (amount::amount(ask, &target.row.amount)) } br; small { (i18n::date::due(ask.language, target.row.due)) } } }
            }
        }
    }
}

/// The day on which it was handed over; of an old plan, the plan's own day.
fn handed_over(view: &TaskPage) -> Option<terms::Date> {
    let step = view.timeline.iter().find(|step| step.act == "assign")?;
    let day = names::day(step.at);
    Some(view.brief.start.map_or(day, |start| start.min(day)))
}

/// The days of the task that its target's chart shows: handed over, first and present deadline, confirmed.
fn days(ask: &Ask, view: &TaskPage) -> Vec<charts::DayMark> {
    let mut days = Vec::new();
    let mut put = |day: Option<terms::Date>, key: &str| {
        let Some(day) = day else { return };
        let label = ask.ta(key, &[("day", i18n::date::short(ask.language, day).into())]);
        days.push(charts::DayMark { day, label });
    };
    put(handed_over(view), "task-day-handed-over");
    put(view.card.first_due, "task-day-first-due");
    put(view.card.due, "task-day-due");
    put(view.card.done_on, "task-day-done");
    days
}

fn timeline(ask: &Ask, view: &TaskPage) -> Markup {
    html! {
        section {
            h2 { (ask.t("task-timeline")) }
            @if view.timeline.is_empty() { p.muted { (ask.t("task-timeline-empty")) } }
            ol.timeline { @for step in &view.timeline { (entry(ask, view, step)) } }
            @if !view.inside { p.muted { (ask.t("task-public-note")) } }
        }
    }
}

fn entry(ask: &Ask, view: &TaskPage, step: &StepView) -> Markup {
    let (id, inside) = (view.card.id, view.inside);
    let office = step.office.as_ref().map_or_else(
        || ask.t(&format!("task-party-{}", step.party.code())),
        |office| office.name.get(ask.language).to_owned(),
    );
    html! {
        li id=(format!("step-{}", step.entry)) class=(format!("act-{}", step.act)) {
            p {
                strong { (ask.t(&format!("task-act-{}", step.act))) }
                @if step.marked { " · " strong.wrong { (ask.t(if step.act == "return" { "task-grave" } else { "task-excused" })) } }
                @if let Some(share) = step.per_cent { " · " span.num { (share) "%" } }
                @if let Some(until) = step.until { " · " (ask.ta("task-until", &[("day", i18n::date::short(ask.language, until).into())])) }
                @if let Some(to) = &step.to { " → " (to.name.get(ask.language)) }
                @if let Some(post) = &step.post { " → " (post.get(ask.language)) }
            }
            @if !step.words.is_empty() { blockquote { p { (step.words) } } }
            (evidence::list(ask, &step.evidence, |sha256| format!("/data/tasks/{id}/files/{sha256}")))
            p.muted {
                (office)
                @if let Some(who) = &step.who { " · " (who) }
                " · " time datetime=(step.at.to_string()) { (i18n::date::moment(ask.language, step.at)) }
                @if inside { " · " a href=(ask.href(&format!("/record?entry={0}#receipt", step.entry))) { (ask.ta("web-act-entry", &[("number", step.entry.to_string().into())])) } }
            }
        }
    }
}

/// A party in words.
pub(crate) fn party(ask: &Ask, party: Party) -> String {
    ask.t(&format!("task-party-{}", party.code()))
}
