//! The form of a task: a new one, from a clause, a finding, a whole or by hand; or a draft that is written anew.

use app::task_act::{TaskForm, TaskTexts};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::TaskId;
use plan::task::Field;
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::notice;
use crate::sent::Sent;
use crate::site::Site;

/// What the form is for.
enum For {
    /// A new task.
    New,
    /// A draft, and what was seen of it.
    Draft(TaskId, u64),
}

/// Shows the form for a new task.
pub(crate) async fn form(State(site): State<Site>, ask: Ask) -> Answer {
    let mut texts = TaskTexts {
        document: ask.value("document").unwrap_or_default().to_owned(),
        finding: ask.value("finding").unwrap_or_default().to_owned(),
        serves: ask.value("target").unwrap_or_default().to_owned(),
        parent: ask.value("parent").unwrap_or_default().to_owned(),
        ..TaskTexts::default()
    };
    let form = options(&site, &ask, &texts, ask.value("block")).await?;
    if let Some((_, _, sentences)) = &form.clause {
        // One sentence is the clause; of several, the person chooses.
        texts.quote = sentences.first().cloned().unwrap_or_default();
    }
    if let Some((_, _, lead)) = &form.parent {
        texts.assigner = lead.to_string();
    }
    Ok(page(&ask, &form, &texts, ask.value("block"), &For::New, &[]))
}

/// Writes tasks down.
pub(crate) async fn draft(State(site): State<Site>, ask: Ask, sent: Sent) -> Answer {
    let texts = texts(&sent);
    match site.app.draft_task(&ask.actor, &texts).await {
        Ok(ids) => {
            let to = match (ids.as_slice(), texts.parent.as_str()) {
                ([only], _) => format!(
                    "/tasks/{only}?done={}",
                    if texts.hand_over { "assign" } else { "draft" }
                ),
                (_, "") => "/tasks".to_owned(),
                (_, whole) => format!("/tasks/{whole}"),
            };
            redirect(&ask, &to)
        }
        Err(app::Error::Invalid(problems)) => {
            let block = sent.text("block").to_owned();
            let form = options(&site, &ask, &texts, Some(&block)).await?;
            let mut page = page(&ask, &form, &texts, Some(&block), &For::New, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

/// Shows a draft in the form.
pub(crate) async fn rewrite_form(State(site): State<Site>, ask: Ask, Path(id): Path<String>) -> Answer {
    let id: TaskId = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let view = site.app.task(&ask.actor, id).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    if !view.open.iter().any(|open| open.act == "rewrite") {
        return Err(Failure::not_found(&ask));
    }
    let brief = &view.brief;
    let day = |day: Option<terms::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let texts = TaskTexts {
        assigner: view.card.assigner.office.to_string(),
        title: brief.title.clone(),
        leads: brief.lead.iter().map(ToString::to_string).collect(),
        supporters: brief.supporters.iter().map(ToString::to_string).collect(),
        product: brief.product.clone(),
        power: brief.power.clone(),
        start: day(brief.start),
        due: day(brief.due),
        standing: brief.standing,
        result: brief.result.clone(),
        serves: brief.serves.map(|target| target.to_string()).unwrap_or_default(),
        weight: brief.weight.map(|weight| weight.to_string()).unwrap_or_default(),
        internal: brief.internal,
        ..TaskTexts::default()
    };
    let form = options(&site, &ask, &texts, None).await?;
    Ok(page(&ask, &form, &texts, None, &For::Draft(id, view.seen), &[]))
}

/// Writes a draft anew.
pub(crate) async fn rewrite(
    State(site): State<Site>,
    ask: Ask,
    Path(id): Path<String>,
    sent: Sent,
) -> Answer {
    let id: TaskId = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let seen = sent
        .text("seen")
        .parse()
        .map_err(|_| Failure::misunderstood(&ask))?;
    let texts = texts(&sent);
    match site.app.rewrite_task(&ask.actor, id, seen, &texts).await {
        Ok(()) => redirect(&ask, &format!("/tasks/{id}?done=rewrite")),
        Err(app::Error::Invalid(problems)) => {
            let form = options(&site, &ask, &texts, None).await?;
            let mut page = page(&ask, &form, &texts, None, &For::Draft(id, seen), &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn redirect(ask: &Ask, to: &str) -> Answer {
    let to = HeaderValue::from_str(&ask.href(to)).map_err(|_| Failure::misunderstood(ask))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// What the form can offer for what it is made from.
async fn options(
    site: &Site,
    ask: &Ask,
    texts: &TaskTexts,
    block: Option<&str>,
) -> Result<TaskForm, Failure> {
    let misunderstood = || Failure::misunderstood(ask);
    let document = match texts.document.as_str() {
        "" => None,
        number => Some((
            number.parse().map_err(|_| Failure::not_found(ask))?,
            block
                .filter(|block| !block.is_empty())
                .unwrap_or("0")
                .parse()
                .map_err(|_| misunderstood())?,
        )),
    };
    let parent = match texts.parent.as_str() {
        "" => None,
        number => Some(number.parse().map_err(|_| Failure::not_found(ask))?),
    };
    let form = site.app.task_form(&ask.actor, document, parent).await;
    form.map_err(|error| Failure::from_app(ask, error))
}

fn texts(sent: &Sent) -> TaskTexts {
    let text = |name: &str| sent.text(name).to_owned();
    TaskTexts {
        assigner: text("assigner"),
        title: text("title"),
        leads: sent.all("lead"),
        supporters: sent.all("supporters"),
        product: text("product"),
        power: text("power"),
        start: text("start"),
        due: text("due"),
        standing: sent.ticked("standing"),
        result: text("result"),
        serves: text("serves"),
        document: text("document"),
        quote: text("quote"),
        finding: text("finding"),
        weight: text("weight"),
        internal: sent.ticked("internal"),
        parent: text("parent"),
        hand_over: sent.text("then") == "hand-over",
    }
}

fn page(
    ask: &Ask,
    form: &TaskForm,
    texts: &TaskTexts,
    block: Option<&str>,
    what: &For,
    problems: &[Diagnostic],
) -> Response {
    let (key, action) = match what {
        For::New if form.parent.is_some() => ("task-divide", ask.href("/tasks/new")),
        For::New => ("task-new", ask.href("/tasks/new")),
        For::Draft(id, _) => ("task-do-rewrite", ask.href(&format!("/tasks/{id}/rewrite"))),
    };
    let title = ask.t(key);
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/tasks")) { (ask.t("task-board-title")) }
            @if let Some((id, whole, _)) = &form.parent { " › " a href=(ask.href(&format!("/tasks/{id}"))) { (whole) } }
        }
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("task-new-intro")) }
            (notice::diagnostics(ask, problems))
            form method="post" action=(action) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                @if let For::Draft(_, seen) = what { input type="hidden" name="seen" value=(seen); }
                @if !texts.finding.is_empty() { input type="hidden" name="finding" value=(texts.finding); }
                @if form.parent.is_some() { input type="hidden" name="parent" value=(texts.parent); }
                @if let Some(block) = block { input type="hidden" name="block" value=(block); }
                (clause(ask, form, texts))
                (fields(ask, form, texts, what, problems))
                p.actions {
                    @match what {
                        For::New => {
                            button type="submit" name="then" value="hand-over" { (ask.t("task-hand-over")) }
                            button.plain type="submit" name="then" value="draft" { (ask.t("task-save-draft")) }
                        },
                        For::Draft(..) => { button type="submit" { (ask.t("task-save-draft")) } },
                    }
                }
            }
        }
    };
    layout::personal(ask, Section::Tasks, &title, &body)
}

/// The clause that the task is made from: the part of the document, or one of its sentences.
fn clause(ask: &Ask, form: &TaskForm, texts: &TaskTexts) -> Markup {
    let Some((document, paper, sentences)) = &form.clause else {
        return html! {};
    };
    html! {
        input type="hidden" name="document" value=(document);
        fieldset.field id="field-quote" {
            legend { strong { (ask.t("task-field-clause")) } " · " a href=(ask.href(&format!("/documents/{document}"))) { (paper) } }
            @for (at, sentence) in sentences.iter().enumerate() {
                p.tick { label {
                    input type="radio" name="quote" value=(sentence) checked[texts.quote == *sentence];
                    @if at == 0 && 1 < sentences.len() { " " em { (ask.t("task-whole-part")) } }
                    @else { " " q { (sentence) } }
                } }
            }
        }
    }
}

/// Offices to tick, departments apart from communes.
fn ticks(ask: &Ask, form: &TaskForm, name: &str, ticked: &[String]) -> Markup {
    let province = form.offices.first().map(|office| office.office.area.clone());
    let groups = [("task-offices-province", true), ("task-offices-communes", false)];
    html! {
        @for (key, of_province) in groups {
            fieldset {
                legend { strong { (ask.t(key)) } }
                div.columns { @for office in form.offices.iter().filter(|office| (Some(&office.office.area) == province.as_ref()) == of_province) {
                    p.tick { label {
                        input type="checkbox" name=(name) value=(office.office) checked[ticked.contains(&office.office.to_string())];
                        " " (office.name.get(ask.language))
                    } }
                } }
            }
        }
    }
}

fn fields(ask: &Ask, form: &TaskForm, texts: &TaskTexts, what: &For, problems: &[Diagnostic]) -> Markup {
    let wrong = |name: &str| {
        let about = |problem: &Diagnostic| problem.place.column.as_deref() == Some(name);
        problems.iter().any(about).then_some("true")
    };
    let must = |field: Field| form.required.contains(&field);
    let label = |name: &str, field: Option<Field>| {
        html! {
            label for=(format!("field-{name}")) {
                (ask.t(&format!("task-field-{name}")))
                @if field.is_some_and(must) { " " small.must { (ask.t("task-must")) } }
            }
        }
    };
    let line = |name: &str, field: Option<Field>, kind: &str, value: &str| {
        html! { div.field { (label(name, field)) input id=(format!("field-{name}")) name=(name) type=(kind) value=(value) maxlength="500" aria-invalid=[wrong(name)]; } }
    };
    let area = |name: &str, field: Option<Field>, value: &str| {
        html! { div.field { (label(name, field)) textarea id=(format!("field-{name}")) name=(name) rows="2" maxlength="5000" aria-invalid=[wrong(name)] { (value) } } }
    };
    let several = form.parent.is_some();
    html! {
        @if form.parent.is_some() || matches!(what, For::Draft(..)) { input type="hidden" name="assigner" value=(texts.assigner); }
        @else {
            div.field {
                (label("assigner", None))
                select id="field-assigner" name="assigner" aria-invalid=[wrong("assigner")] {
                    @for office in &form.assigners { option value=(office.office) selected[texts.assigner == office.office.to_string()] { (office.name.get(ask.language)) } }
                }
            }
        }
        (line("title", Some(Field::Title), "text", &texts.title))
        div.field {
            (label("lead", Some(Field::Lead)))
            select id="field-lead" name="lead" aria-invalid=[wrong("lead")] {
                option value="" {}
                @for office in &form.offices { option value=(office.office) selected[texts.leads.contains(&office.office.to_string())] { (office.name.get(ask.language)) } }
            }
        }
        @if several {
            details.offices open[1 < texts.leads.len()] {
                summary { (ask.t("task-several-leads")) }
                (ticks(ask, form, "lead", if 1 < texts.leads.len() { &texts.leads } else { &[] }))
            }
        }
        div.pair {
            (line("due", Some(Field::Due), "date", &texts.due))
            (line("start", None, "date", &texts.start))
        }
        p.tick { label { input type="checkbox" name="standing" value="1" checked[texts.standing]; " " (ask.t("task-standing-tick")) } }
        (area("product", Some(Field::Product), &texts.product))
        (area("result", Some(Field::Result), &texts.result))
        (area("power", Some(Field::Power), &texts.power))
        div.field {
            (label("serves", Some(Field::Serves)))
            select id="field-serves" name="serves" aria-invalid=[wrong("serves")] {
                option value="" { (ask.t("task-no-target")) }
                @for (target, indicator, place, due) in &form.targets {
                    option value=(target) selected[texts.serves == target.to_string()] {
                        (indicator.name.get(ask.language)) ", " (place.name.get(ask.language)) ", " (i18n::date::due(ask.language, *due))
                    }
                }
            }
        }
        details.offices id="field-supporters" open[!texts.supporters.is_empty() || wrong("supporters").is_some()] {
            summary { (ask.t("task-field-supporters")) @if must(Field::Supporters) { " " small.must { (ask.t("task-must")) } } }
            (ticks(ask, form, "supporters", &texts.supporters))
        }
        (line("weight", None, "number", &texts.weight))
        p.tick { label { input type="checkbox" name="internal" value="1" checked[texts.internal]; " " (ask.t("task-internal-tick")) } }
    }
}
