//! Which fields a task must have before it is handed over: what holds, what another set would mean, and setting it.

use app::task_rules::{RulesPreview, RulesView};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::task::{Field, RequiredFields};
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::notice;
use crate::sent::Sent;
use crate::site::Site;

/// What the form shows beside what holds.
#[derive(Default)]
struct Shown {
    chosen: Vec<Field>,
    reason: String,
    preview: Option<RulesPreview>,
    problems: Vec<Diagnostic>,
}

/// Shows what holds; `?set=six` ticks the six «rõ».
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let view = view(&site, &ask).await?;
    let preset = ask
        .value("set")
        .and_then(|name| presets().into_iter().find(|(of, _)| *of == name));
    let mut shown = Shown {
        chosen: view.required.clone(),
        ..Shown::default()
    };
    if let Some((_, set)) = preset {
        shown.chosen = set.fields().collect();
        let codes: Vec<String> = shown.chosen.iter().map(ToString::to_string).collect();
        let preview = site.app.preview_required_fields(&ask.actor, &codes).await;
        shown.preview = Some(preview.map_err(|error| Failure::from_app(&ask, error))?);
    }
    Ok(page(&ask, &view, &shown))
}

/// Shows what a set would mean, or settles it.
pub(crate) async fn set(State(site): State<Site>, ask: Ask, sent: Sent) -> Answer {
    let codes = sent.all("required");
    let failed = |error| Failure::from_app(&ask, error);
    let mut shown = Shown {
        chosen: codes.iter().filter_map(|code| code.parse().ok()).collect(),
        reason: sent.text("reason").to_owned(),
        ..Shown::default()
    };
    let mut status = StatusCode::OK;
    if sent.text("then") == "set" {
        match site
            .app
            .set_required_fields(&ask.actor, &codes, sent.text("reason"))
            .await
        {
            Ok(changed) => {
                let to = ask.href(&format!(
                    "/tasks/rules?done={}",
                    if changed { "set" } else { "same" }
                ));
                let to = HeaderValue::from_str(&to).map_err(|_| Failure::misunderstood(&ask))?;
                return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
            }
            Err(app::Error::Invalid(problems)) => {
                shown.problems = problems;
                status = StatusCode::UNPROCESSABLE_ENTITY;
            }
            Err(error) => return Err(failed(error)),
        }
    }
    match site.app.preview_required_fields(&ask.actor, &codes).await {
        Ok(preview) => shown.preview = Some(preview),
        Err(app::Error::Invalid(problems)) => {
            shown.problems = problems;
            status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Err(error) => return Err(failed(error)),
    }
    let view = view(&site, &ask).await?;
    let mut page = page(&ask, &view, &shown);
    *page.status_mut() = status;
    Ok(page)
}

async fn view(site: &Site, ask: &Ask) -> Result<RulesView, Failure> {
    let view = site.app.task_rules(&ask.actor).await;
    view.map_err(|error| Failure::from_app(ask, error))
}

/// The sets that papers speak of.
fn presets() -> [(&'static str, RequiredFields); 3] {
    [
        ("four", RequiredFields::four()),
        ("five", RequiredFields::five()),
        ("six", RequiredFields::six()),
    ]
}

fn page(ask: &Ask, view: &RulesView, shown: &Shown) -> Response {
    let title = ask.t("task-rules-title");
    let done = ask.value("done").filter(|done| matches!(*done, "set" | "same"));
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/tasks")) { (ask.t("task-board-title")) } }
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("task-rules-lead")) }
            @if let Some(done) = done { (notice::done(&ask.t(&format!("task-rules-{done}")))) }
            (notice::diagnostics(ask, &shown.problems))
            p {
                (ask.t("task-rules-now")) " "
                strong { (names(ask, &view.required)) } ". "
                @match view.entry {
                    Some(entry) => a href=(ask.href(&format!("/record?entry={entry}#receipt"))) { (ask.ta("web-act-entry", &[("number", entry.to_string().into())])) },
                    None => span.muted { (ask.t("task-rules-nobody")) },
                }
            }
            p { (ask.t("task-rules-presets")) }
            ul.counts { @for (name, set) in presets() {
                @let fields: Vec<Field> = set.fields().collect();
                li { a href=(ask.href(&format!("/tasks/rules?set={name}"))) aria-current=[(fields == shown.chosen).then_some("true")] { (ask.t(&format!("task-rules-{name}"))) } }
            } }
            form method="post" action=(ask.href("/tasks/rules")) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                fieldset.field id="field-required" {
                    legend { strong { (ask.t("task-rules-must")) } }
                    @for field in Field::ALL {
                        @let always = field == Field::Title;
                        p.tick { label {
                            input type="checkbox" name="required" value=(field) checked[always || shown.chosen.contains(&field)] disabled[always];
                            " " (ask.t(&format!("task-field-{field}")))
                            @if always { " " small.muted { (ask.t("task-rules-always")) } }
                        } }
                    }
                }
                @if let Some(preview) = &shown.preview { (lacking(ask, preview)) }
                div.field {
                    label for="field-reason" { (ask.t("task-reason")) }
                    p.hint id="hint-reason" { (ask.t("task-rules-reason-hint")) }
                    textarea id="field-reason" name="reason" rows="2" maxlength="5000" aria-describedby="hint-reason"
                        aria-invalid=[shown.problems.iter().any(|problem| problem.place.column.as_deref() == Some("reason")).then_some("true")] { (shown.reason) }
                }
                p.actions {
                    button.plain type="submit" name="then" value="look" { (ask.t("task-rules-look")) }
                    button type="submit" name="then" value="set" { (ask.t("task-rules-do")) }
                }
            }
        }
    };
    layout::personal(ask, Section::Tasks, &title, &body)
}

fn names(ask: &Ask, fields: &[Field]) -> String {
    let names: Vec<String> = fields
        .iter()
        .map(|field| ask.t(&format!("task-field-{field}")))
        .collect();
    names.join(", ")
}

/// The drafts that would lack something.
fn lacking(ask: &Ask, preview: &RulesPreview) -> Markup {
    html! {
        section.notice role="status" id="preview" {
            h2 { (ask.ta("task-rules-lacking", &[("count", preview.lacking.len().into()), ("drafts", preview.drafts.into())])) }
            @if preview.lacking.is_empty() { p { (ask.t("task-rules-none-lacking")) } }
            @else {
                ul { @for one in &preview.lacking { li {
                    (one.office.name.get(ask.language)) ": "
                    @match &one.task {
                        Some((id, title)) => a href=(ask.href(&format!("/tasks/{id}"))) { (title) },
                        None => span.muted { (ask.t("task-rules-a-draft")) },
                    }
                    " – " (ask.ta("task-rules-lacks", &[("fields", names(ask, &one.missing).into())]))
                } } }
            }
        }
    }
}
