//! The annex of a plan: sent, looked at row by row, then recorded whole or not at all.

use app::task_act::TaskForm;
use app::task_import::{TaskImport, TaskPreview};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{notice, task};
use crate::sent::Sent;
use crate::site::Site;

/// Longest annex that a page takes: it travels twice, since nothing is kept before it is recorded. Longer ones go
/// through the command line.
const LONGEST_ANNEX: usize = 2 << 20;

/// Shows the form.
pub(crate) async fn form(State(site): State<Site>, ask: Ask) -> Answer {
    let (form, documents) = options(&site, &ask).await?;
    Ok(page(&ask, &form, &documents, &TaskImport::default(), None, &[]))
}

/// Looks at an annex, or records it.
pub(crate) async fn take(State(site): State<Site>, ask: Ask, sent: Sent) -> Answer {
    let misunderstood = || Failure::misunderstood(&ask);
    let document = sent.text("document");
    let (name, bytes) = match sent.files.first() {
        Some((name, bytes)) => (name.clone(), bytes.clone()),
        None => (
            sent.text("name").to_owned(),
            unhex(sent.text("annex")).ok_or_else(misunderstood)?,
        ),
    };
    let import = TaskImport {
        name,
        bytes,
        assigner: sent.text("assigner").to_owned(),
        document: match document {
            "" => None,
            number => Some(number.parse().map_err(|_| misunderstood())?),
        },
        hand_over: sent.text("then") == "hand-over",
        ..TaskImport::default()
    };
    let (form, documents) = options(&site, &ask).await?;
    let problem = |code| {
        let problem = Diagnostic::error(code, terms::Place::default().column("file"));
        problem
            .with("found", "")
            .with("expected", "")
            .with("limit", LONGEST_ANNEX >> 20)
    };
    if import.bytes.is_empty() || LONGEST_ANNEX < import.bytes.len() {
        let code = if import.bytes.is_empty() {
            "missing-value"
        } else {
            "table-too-large"
        };
        let mut page = page(
            &ask,
            &form,
            &documents,
            &TaskImport::default(),
            None,
            &[problem(code)],
        );
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page);
    }
    if sent.text("then") == "look" {
        let preview = site.app.preview_tasks(&ask.actor, &import).await;
        let preview = preview.map_err(|error| Failure::from_app(&ask, error))?;
        let mut page = page(
            &ask,
            &form,
            &documents,
            &import,
            Some(&preview),
            &preview.problems,
        );
        if !preview.problems.is_empty() {
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        }
        return Ok(page);
    }
    match site.app.import_tasks(&ask.actor, &import).await {
        Ok(imported) => {
            let to = format!(
                "/tasks?imported={}&known={}",
                imported.tasks.len(),
                imported.known
            );
            let to = HeaderValue::from_str(&ask.href(&to)).map_err(|_| misunderstood())?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(app::Error::Invalid(problems)) => {
            let preview = site.app.preview_tasks(&ask.actor, &import).await;
            let preview = preview.map_err(|error| Failure::from_app(&ask, error))?;
            let mut page = page(&ask, &form, &documents, &import, Some(&preview), &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

type Documents = Vec<(plan::DocumentId, String)>;

async fn options(site: &Site, ask: &Ask) -> Result<(TaskForm, Documents), Failure> {
    let form = site.app.task_form(&ask.actor, None, None).await;
    let form = form.map_err(|error| Failure::from_app(ask, error))?;
    let documents = site.app.documents(&ask.actor).await;
    let documents = documents.map_err(|error| Failure::from_app(ask, error))?;
    Ok((
        form,
        documents
            .into_iter()
            .map(|row| (row.document, row.title))
            .collect(),
    ))
}

fn page(
    ask: &Ask,
    form: &TaskForm,
    documents: &Documents,
    import: &TaskImport,
    preview: Option<&TaskPreview>,
    problems: &[Diagnostic],
) -> Response {
    let title = ask.t("task-import-title");
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/tasks")) { (ask.t("task-board-title")) } }
        h1 { (title) }
        p.lead { (ask.t("task-import-lead")) }
        (notice::diagnostics(ask, problems))
        @if let Some(preview) = preview { (shown(ask, import, preview)) }
        form.narrow method="post" action=(ask.href("/tasks/import")) enctype="multipart/form-data" {
            input type="hidden" name="csrf" value=(ask.actor.csrf());
            div.field {
                label for="field-file" { (ask.t("task-import-file")) }
                input id="field-file" name="file" type="file" required accept=".docx,.xlsx,.csv";
            }
            div.field {
                label for="field-assigner" { (ask.t("task-field-assigner")) }
                select id="field-assigner" name="assigner" {
                    @for office in &form.assigners { option value=(office.office) selected[import.assigner == office.office.to_string()] { (office.name.get(ask.language)) } }
                }
            }
            div.field {
                label for="field-document" { (ask.t("task-import-document")) }
                select id="field-document" name="document" {
                    option value="" { (ask.t("task-import-no-document")) }
                    @for (id, title) in documents { option value=(id) selected[import.document == Some(*id)] { (title) } }
                }
            }
            p.actions { button type="submit" name="then" value="look" { (ask.t("task-import-look")) } }
        }
    };
    layout::personal(ask, Section::Tasks, &title, &body)
}

/// The rows as they would be recorded, and the buttons that record them where nothing stands in the way.
fn shown(ask: &Ask, import: &TaskImport, preview: &TaskPreview) -> Markup {
    html! {
        h2 { (ask.ta("task-import-rows", &[("count", preview.rows.len().into())])) }
        div.scroll tabindex="0" role="region" aria-label=(ask.t("task-import-title")) {
            table.results {
                caption.hidden { (ask.t("task-import-title")) }
                thead { tr {
                    th scope="col" { (ask.t("task-row")) }
                    th scope="col" { (ask.t("task-field-title")) }
                    th scope="col" { (ask.t("task-field-lead")) }
                    th scope="col" { (ask.t("task-field-due")) }
                    th scope="col" { (ask.t("task-field-product")) }
                } }
                tbody { @for row in &preview.rows { tr {
                    th scope="row" { (row.at.row.map(|row| row.to_string()).unwrap_or_default()) }
                    td { (row.brief.title) @if row.known { br; small { (ask.t("task-import-known")) } } }
                    td {
                        @match &row.lead { Some(lead) => (task::office(ask, lead)), None => strong.wrong { "?" } }
                        @if !row.supporters.is_empty() { br; small { "+ " @for (at, office) in row.supporters.iter().take(4).enumerate() {
                            @if 0 < at { ", " } (office.name.get(ask.language))
                        } @if 4 < row.supporters.len() { " +" (row.supporters.len() - 4) } } }
                    }
                    td {
                        @if let Some(due) = row.brief.due { (i18n::date::short(ask.language, due)) }
                        @else if row.brief.standing { (ask.t("task-standing")) } @else { strong.wrong { "?" } }
                    }
                    td { (row.brief.product) }
                } } }
            }
        }
        @if preview.problems.is_empty() && preview.rows.iter().any(|row| !row.known) {
            form method="post" action=(ask.href("/tasks/import")) enctype="multipart/form-data" {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="name" value=(import.name);
                input type="hidden" name="assigner" value=(import.assigner);
                input type="hidden" name="document" value=(import.document.map(|id| id.to_string()).unwrap_or_default());
                input type="hidden" name="annex" value=(hex(&import.bytes));
                p.actions {
                    button type="submit" name="then" value="record" { (ask.t("task-import-record")) }
                    button.plain type="submit" name="then" value="hand-over" { (ask.t("task-import-hand-over")) }
                }
            }
        } @else { p { strong { (ask.t("task-import-nothing")) } } }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_as_it_went() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        assert!(unhex("0").is_none() && unhex("zz").is_none() && unhex("é0").is_none());
    }
}
