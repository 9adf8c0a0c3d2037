//! What devices ask: the open forms of the person, and to take in what was done without the net, each thing once.
//!
//! JSON only. Who is not signed in gets 401 and keeps everything; what is refused is told with the reason in the
//! person's language and kept on the device; what failed for a moment (`later`) is sent again under the same name.

use app::report::{DeviceClock, SaveReport, SavedReport, SubmitReport};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use plan::OperationId;
use serde::Deserialize;
use serde_json::{Value, json};
use terms::{Diagnostic, Language};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::parts::form_json;
use crate::posted;
use crate::site::Site;

/// So many acts are taken in one request.
const TOGETHER: usize = 50;

/// What a device sends.
#[derive(Debug, Deserialize)]
struct Sent {
    /// The language in which refusals are told.
    language: String,
    /// The device's clock when it sent this.
    #[serde(rename = "sent_at")]
    clock: Option<String>,
    operations: Vec<Operation>,
}

/// One act, under the name that the device gave it.
#[derive(Debug, Deserialize)]
struct Operation {
    #[serde(rename = "operation")]
    id: String,
    /// `save` or `submit`.
    kind: String,
    regime: String,
    period: String,
    office: String,
    /// The line of a save.
    line: Option<String>,
    /// What was typed there.
    text: Option<String>,
    /// Why it is so.
    explanation: Option<String>,
    /// The version that the person had before the eyes.
    seen: u64,
    /// When it was done, by the device's clock.
    typed_at: Option<String>,
}

/// Who is signed in, and the forms that are open.
pub(crate) async fn forms(State(site): State<Site>, ask: Ask) -> Answer {
    let ask = in_language(ask, None);
    let failed = |error| Failure::from_app(&ask, error);
    let forms = site.app.device_forms(&ask.actor).await.map_err(failed)?;
    let forms: Vec<Value> = forms.iter().map(|form| form_json::of(&ask, form)).collect();
    Ok(answer(&json!({
        "user": ask.actor.user().map(|user| user.0),
        "person": ask.actor.name(),
        "csrf": ask.actor.csrf(),
        "now": terms::Timestamp::now().to_string(),
        "forms": forms,
    })))
}

/// Takes in what a device sends, each thing in a transaction of its own.
pub(crate) async fn take(State(site): State<Site>, ask: Ask, headers: HeaderMap, body: Bytes) -> Answer {
    let token = headers
        .get("x-rorang-token")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !posted::same(token, ask.actor.csrf()) {
        return Err(Failure::misunderstood(&ask));
    }
    let sent: Sent = serde_json::from_slice(&body).map_err(|_| Failure::misunderstood(&ask))?;
    if TOGETHER < sent.operations.len() {
        return Err(Failure::misunderstood(&ask));
    }
    let ask = in_language(ask, Some(&sent.language));
    let mut answers = Vec::new();
    for operation in &sent.operations {
        let done = match one(&site, &ask, operation, sent.clock.as_deref()).await {
            Ok(saved) => json!({
                "state": "done",
                "version": saved.version,
                "conflicts": saved.conflicts.iter().map(terms::IndicatorCode::as_str).collect::<Vec<_>>(),
            }),
            Err(error) => refused(&ask, error),
        };
        let mut told = json!({ "operation": operation.id });
        if let (Value::Object(told), Value::Object(done)) = (&mut told, done) {
            told.extend(done);
        }
        answers.push(told);
    }
    Ok(answer(&json!({ "answers": answers })))
}

async fn one(
    site: &Site,
    ask: &Ask,
    sent: &Operation,
    sent_at: Option<&str>,
) -> Result<SavedReport, app::Error> {
    let misunderstood = |field: &str| {
        let place = terms::Place::default().column(field);
        app::Error::Invalid(vec![Diagnostic::error("operation-misunderstood", place)])
    };
    let operation: OperationId = sent.id.parse().map_err(|_| misunderstood("operation"))?;
    let report = site.app.report_key(&sent.regime, &sent.period, &sent.office)?;
    // A clock that cannot be read is none: what was typed counts, not when the device thinks that it was.
    let moment = |text: Option<&str>| text?.parse().ok();
    let clocks = (moment(sent.typed_at.as_deref()), moment(sent_at));
    let device = match clocks {
        (Some(at), Some(sent_at)) => Some(DeviceClock { at, sent_at }),
        _ => None,
    };
    match (sent.kind.as_str(), &sent.line) {
        ("submit", None) => {
            let submit = SubmitReport {
                report,
                seen: sent.seen,
                operation: Some(operation),
                device,
            };
            site.app.submit_report(&ask.actor, &submit).await
        }
        ("save", Some(line)) => {
            let line: terms::IndicatorCode = line.parse().map_err(|_| misunderstood("line"))?;
            let of_line =
                |text: &Option<String>| text.iter().map(|text| (line.clone(), text.clone())).collect();
            let save = SaveReport {
                values: of_line(&sent.text),
                explanations: of_line(&sent.explanation),
                regime: report.regime,
                period: report.period,
                office: report.office,
                seen: sent.seen,
                operation: Some(operation),
                device,
            };
            site.app.save_report(&ask.actor, &save).await
        }
        _ => Err(misunderstood("kind")),
    }
}

/// Why something was not taken, for the person; what failed for the moment comes again by itself.
fn refused(ask: &Ask, error: app::Error) -> Value {
    let told = |code: &str| {
        json!({
            "state": "refused",
            "code": code,
            "reason": ask.t(&format!("offline-refused-{code}")),
            "way": ask.t(&format!("offline-refused-{code}-way")),
        })
    };
    match error {
        app::Error::Invalid(diagnostics) => {
            let explained: Vec<_> = diagnostics
                .iter()
                .map(|diagnostic| i18n::explain(ask.language, diagnostic))
                .collect();
            let joined = |texts: Vec<&str>| texts.join(" ");
            json!({
                "state": "refused",
                "code": diagnostics.first().map_or("invalid", |diagnostic| diagnostic.code),
                "reason": joined(explained.iter().map(|told| told.message.as_str()).collect()),
                "way": joined(explained.iter().filter_map(|told| told.help.as_deref()).take(1).collect()),
            })
        }
        app::Error::Conflict { .. } => told("conflict"),
        app::Error::Denied { .. } => told("denied"),
        app::Error::NotFound { .. } => told("not-found"),
        fault => {
            tracing::error!(
                error = &fault as &dyn std::error::Error,
                "what a device sent was not taken"
            );
            json!({ "state": "later" })
        }
    }
}

/// The asker's language: as the device says, or after `?lang=`.
fn in_language(ask: Ask, told: Option<&str>) -> Ask {
    let language = told
        .or(ask.value("lang"))
        .and_then(|code| code.parse::<Language>().ok());
    Ask {
        language: language.unwrap_or(ask.language),
        ..ask
    }
}

fn answer(told: &Value) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json; charset=utf-8"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
    ];
    (StatusCode::OK, headers, told.to_string()).into_response()
}
