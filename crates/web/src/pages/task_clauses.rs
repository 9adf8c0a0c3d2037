//! Tasks from a paper, such as the conclusion of a session: its sentences that ask for something, to be picked many at once.

use app::clause::{ClausesPage, Proposal};
use app::task_act::TaskTexts;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::DocumentId;
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::notice;
use crate::sent::Sent;
use crate::site::Site;

/// A proposal as the form has it.
#[derive(Debug, Clone)]
struct Line {
    picked: bool,
    title: String,
    lead: String,
    due: String,
}

/// What the form holds besides its lines.
#[derive(Debug, Clone, Default)]
struct Kept {
    assigner: String,
    product: String,
    result: String,
    problems: Vec<Diagnostic>,
}

/// Shows the proposals of `/documents/7/tasks`.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(document): Path<String>) -> Answer {
    let document: DocumentId = document.parse().map_err(|_| Failure::not_found(&ask))?;
    let view = clauses(&site, &ask, document).await?;
    let lines: Vec<Line> = view.proposals.iter().map(line).collect();
    Ok(page(&ask, &view, &lines, &Kept::default()))
}

/// Writes the tasks that were picked.
pub(crate) async fn draft(
    State(site): State<Site>,
    ask: Ask,
    Path(document): Path<String>,
    sent: Sent,
) -> Answer {
    let document: DocumentId = document.parse().map_err(|_| Failure::not_found(&ask))?;
    let view = clauses(&site, &ask, document).await?;
    let hand_over = sent.text("then") == "hand-over";
    let picks = sent.all("pick");
    let mut lines = Vec::new();
    let mut picked = Vec::new();
    for (row, proposal) in (1_u32..).zip(&view.proposals) {
        let text = |name: &str| sent.text(&format!("{name}-{row}")).to_owned();
        let line = Line {
            picked: picks.contains(&row.to_string()),
            title: text("title"),
            lead: text("lead"),
            due: text("due"),
        };
        if line.picked {
            // The sentence that was before the person's eyes: another reading of the paper must not slip in.
            if text("quote") != proposal.quote {
                return Err(Failure::from_app(&ask, app::Error::Conflict { what: "document" }));
            }
            picked.push((row, texts(&view, proposal, &line, &sent, hand_over)));
        }
        lines.push(line);
    }
    match site.app.draft_clauses(&ask.actor, &picked).await {
        Ok(ids) => {
            let to = format!("/tasks?document={document}&drafted={}", ids.len());
            let to = HeaderValue::from_str(&ask.href(&to)).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(app::Error::Invalid(problems)) => {
            let kept = Kept {
                assigner: sent.text("assigner").to_owned(),
                product: sent.text("product").to_owned(),
                result: sent.text("result").to_owned(),
                problems,
            };
            let mut page = page(&ask, &view, &lines, &kept);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

async fn clauses(site: &Site, ask: &Ask, document: DocumentId) -> Result<ClausesPage, Failure> {
    let view = site.app.clauses(&ask.actor, document).await;
    view.map_err(|error| Failure::from_app(ask, error))
}

/// A proposal as the form begins: ticked where an office is asked and no task was made from it.
fn line(proposal: &Proposal) -> Line {
    Line {
        picked: proposal.is_plain(),
        title: proposal.title.clone(),
        lead: proposal
            .lead
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        due: proposal.due.map(|day| day.to_string()).unwrap_or_default(),
    }
}

fn texts(view: &ClausesPage, proposal: &Proposal, line: &Line, sent: &Sent, hand_over: bool) -> TaskTexts {
    let supporters = proposal.supporters.iter();
    TaskTexts {
        assigner: sent.text("assigner").to_owned(),
        title: line.title.clone(),
        leads: vec![line.lead.clone()],
        supporters: supporters
            .map(|office| office.office.to_string())
            .filter(|office| *office != line.lead)
            .collect(),
        product: sent.text("product").to_owned(),
        result: sent.text("result").to_owned(),
        start: view.date.map(|day| day.to_string()).unwrap_or_default(),
        due: line.due.clone(),
        standing: proposal.standing && line.due.is_empty(),
        document: view.document.to_string(),
        quote: proposal.quote.clone(),
        hand_over,
        ..TaskTexts::default()
    }
}

fn page(ask: &Ask, view: &ClausesPage, lines: &[Line], kept: &Kept) -> Response {
    let title = ask.t("task-clauses-title");
    let all: Vec<(u32, &Proposal, &Line)> = (1_u32..)
        .zip(view.proposals.iter().zip(lines))
        .map(|(row, (proposal, line))| (row, proposal, line))
        .collect();
    let (plain, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, proposal, line)| proposal.is_plain() || line.picked);
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/documents")) { (ask.t("web-documents-title")) }
            " › " a href=(ask.href(&format!("/documents/{}", view.document))) { (view.title) }
        }
        h1 { (title) }
        p.lead { (ask.t("task-clauses-lead")) }
        (problems(ask, &kept.problems))
        @if view.proposals.is_empty() { (notice::empty(&ask.t("task-clauses-none"))) }
        @else {
            form method="post" action=(ask.href(&format!("/documents/{}/tasks", view.document))) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                (for_all(ask, view, kept))
                h2 { (ask.ta("task-clauses-plain", &[("count", plain.len().into())])) }
                @if plain.is_empty() { p.muted { (ask.t("task-clauses-no-plain")) } }
                (list(ask, view, &plain))
                @if !others.is_empty() {
                    details.step open[plain.is_empty()] {
                        summary { (ask.ta("task-clauses-others", &[("count", others.len().into())])) }
                        (list(ask, view, &others))
                    }
                }
                p.actions {
                    button type="submit" name="then" value="draft" { (ask.t("task-clauses-draft")) }
                    button.plain type="submit" name="then" value="hand-over" { (ask.t("task-clauses-hand-over")) }
                }
            }
        }
    };
    layout::personal(ask, Section::Tasks, &title, &body)
}

/// Each problem with a way to the line that it is about.
fn problems(ask: &Ask, list: &[Diagnostic]) -> Markup {
    html! {
        @if !list.is_empty() {
            section.notice.problem role="alert" aria-labelledby="problems" {
                h2 id="problems" { (ask.ta("web-problems", &[("count", list.len().into())])) }
                ul { @for problem in list {
                    @let told = i18n::explain(ask.language, problem);
                    li {
                        @match problem.place.row {
                            Some(row) => a href=(format!("#clause-{row}")) { (ask.ta("task-clauses-row", &[("row", i64::from(row).into())])) ": " (told.message) },
                            None => (told.message),
                        }
                        @if let Some(help) = told.help { br; span.muted { (help) } }
                    }
                } }
            }
        }
    }
}

/// What all of the tasks share.
fn for_all(ask: &Ask, view: &ClausesPage, kept: &Kept) -> Markup {
    html! {
        div.field {
            label for="field-assigner" { (ask.t("task-field-assigner")) }
            select id="field-assigner" name="assigner" {
                @for office in &view.assigners { option value=(office.office) selected[kept.assigner == office.office.to_string()] { (office.name.get(ask.language)) } }
            }
        }
        @for (name, field, value) in [("product", plan::task::Field::Product, &kept.product), ("result", plan::task::Field::Result, &kept.result)] {
            div.field {
                label for=(format!("field-{name}")) {
                    (ask.t(&format!("task-field-{name}"))) " " small { (ask.t("task-clauses-for-all")) }
                    @if view.required.contains(&field) { " " small.must { (ask.t("task-must")) } }
                }
                input id=(format!("field-{name}")) name=(name) maxlength="500" value=(value);
            }
        }
    }
}

fn list(ask: &Ask, view: &ClausesPage, rows: &[(u32, &Proposal, &Line)]) -> Markup {
    html! {
        ol.tasks.clauses { @for (row, proposal, line) in rows { (one(ask, view, *row, proposal, line)) } }
    }
}

fn one(ask: &Ask, view: &ClausesPage, row: u32, proposal: &Proposal, line: &Line) -> Markup {
    let id = |name: &str| format!("{name}-{row}");
    html! {
        li id=(id("clause")) {
            input type="hidden" name=(id("quote")) value=(proposal.quote);
            p.tick { label {
                input type="checkbox" name="pick" value=(row) checked[line.picked];
                " " strong { (ask.ta("task-clauses-pick", &[("row", i64::from(row).into())])) }
            } }
            blockquote { p { (proposal.quote) } }
            @if proposal.known { p.muted { (ask.t("task-clauses-known")) } }
            div.field {
                label for=(id("title")) { (ask.t("task-field-title")) }
                textarea id=(id("title")) name=(id("title")) rows="2" maxlength="500" { (line.title) }
            }
            div.pair {
                div.field {
                    label for=(id("lead")) { (ask.t("task-field-lead")) }
                    select id=(id("lead")) name=(id("lead")) {
                        option value="" {}
                        @for office in &view.offices { option value=(office.office) selected[line.lead == office.office.to_string()] { (office.name.get(ask.language)) } }
                    }
                }
                div.field {
                    label for=(id("due")) { (ask.t("task-field-due")) }
                    input id=(id("due")) name=(id("due")) type="date" value=(line.due);
                    @if proposal.standing { p.hint { (ask.t("task-clauses-standing")) } }
                }
            }
            @if !proposal.supporters.is_empty() {
                p.muted {
                    (ask.t("task-field-supporters")) ": "
                    @for (at, office) in proposal.supporters.iter().enumerate() { @if 0 < at { ", " } (office.name.get(ask.language)) }
                }
            }
        }
    }
}
