//! A person hands in a document.

use app::review::NewDocument;
use axum::extract::{Multipart, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::notice;
use crate::posted;
use crate::site::Site;

/// Longest file that a page takes; longer ones go through the command line.
pub(crate) const LONGEST_FILE: usize = 32 << 20;

/// Shows the form.
pub(crate) async fn form(ask: Ask) -> Answer {
    Ok(page(&ask, &nothing(), &[]))
}

/// Reads and records what was handed in.
pub(crate) async fn add(State(site): State<Site>, ask: Ask, form: Multipart) -> Answer {
    let (document, csrf) = read(&ask, form).await?;
    if !posted::same(&csrf, ask.actor.csrf()) {
        return Err(Failure::misunderstood(&ask));
    }
    match site.app.add_document(&ask.actor, document.clone()).await {
        Ok(added) => {
            let to = ask.href(&format!("/documents/{}", added.document));
            let to = HeaderValue::from_str(&to).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(app::Error::Invalid(problems)) => {
            let mut page = page(&ask, &document, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

/// A form that nobody has filled in yet.
fn nothing() -> NewDocument {
    NewDocument {
        name: String::new(),
        bytes: Vec::new(),
        title: String::new(),
        publisher: String::new(),
        date: None,
        language: None,
        place: String::new(),
        url: String::new(),
    }
}

async fn read(ask: &Ask, mut form: Multipart) -> Result<(NewDocument, String), Failure> {
    let misunderstood = || Failure::misunderstood(ask);
    let mut document = nothing();
    let mut csrf = String::new();
    while let Some(part) = form.next_field().await.map_err(|_| misunderstood())? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            part.file_name()
                .unwrap_or_default()
                .clone_into(&mut document.name);
            document.bytes = part.bytes().await.map_err(|_| misunderstood())?.to_vec();
            continue;
        }
        let text = part.text().await.map_err(|_| misunderstood())?.trim().to_owned();
        match name.as_str() {
            "csrf" => csrf = text,
            "title" => document.title = text,
            "publisher" => document.publisher = text,
            "place" => document.place = text,
            "url" => document.url = text,
            "date" if !text.is_empty() => document.date = Some(text.parse().map_err(|_| misunderstood())?),
            _ => {}
        }
    }
    Ok((document, csrf))
}

fn page(ask: &Ask, document: &NewDocument, problems: &[Diagnostic]) -> Response {
    let title = ask.t("web-add-title");
    let text = |name: &str, key: &str, value: &str| {
        let id = format!("field-{name}");
        html! { div.field { label for=(id) { (ask.t(key)) } input id=(id) name=(name) value=(value); } }
    };
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("web-add-lead")) }
            (notice::diagnostics(ask, problems))
            form method="post" action=(ask.href("/documents/new")) enctype="multipart/form-data" {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                div.field {
                    label for="field-file" { (ask.t("web-add-file")) }
                    input id="field-file" name="file" type="file" required accept=".txt,.html,.htm,.docx,.pdf,.xlsx";
                }
                (text("title", "web-add-name", &document.title))
                (text("publisher", "web-publisher", &document.publisher))
                div.field {
                    label for="field-date" { (ask.t("web-document-date")) }
                    input id="field-date" name="date" type="date" value=[document.date.map(|date| date.to_string())];
                }
                (text("place", "web-add-place", &document.place))
                (text("url", "web-add-url", &document.url))
                p.actions { button type="submit" { (ask.t("web-add-button")) } }
            }
        }
    };
    layout::personal(ask, Section::Documents, &title, &body)
}
