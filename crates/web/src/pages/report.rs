//! One report: the form for who fills it in, the same lines to judge for who verifies, accepts or corrects.

use std::collections::{BTreeMap, BTreeSet};

use app::policy::Action;
use app::report::{CorrectReport, FormView, JudgeReport, NewEvidence, SaveReport, SavedReport, SubmitReport};
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::report::{Evidence, ReportKey, Stage};
use serde_json::json;
use terms::{Diagnostic, IndicatorCode};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::report_form;
use crate::pages::report_judge::{self, Typed};
use crate::parts::{form_json, names, notice, report, simulated};
use crate::posted::{self, Posted};
use crate::site::Site;

type Key = Path<(String, String, String)>;

fn key_of(
    site: &Site,
    ask: &Ask,
    (regime, period, office): &(String, String, String),
) -> Result<ReportKey, Failure> {
    site.app
        .report_key(regime, period, office)
        .map_err(|error| Failure::from_app(ask, error))
}

/// Shows it.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(key): Key) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    page(&site, &ask, &key, (&[], &Typed::default()), StatusCode::OK).await
}

/// The form as scripts take it.
pub(crate) async fn as_json(State(site): State<Site>, ask: Ask, Path(key): Key) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let view = site.app.report_form(&ask.actor, &key).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(as_answer(StatusCode::OK, &form_json::of(&ask, &view)))
}

/// Keeps what was typed: for a script the new version as JSON, for a form the page again.
pub(crate) async fn save(
    State(site): State<Site>,
    ask: Ask,
    Path(key): Key,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let by_script = headers
        .get(header::ACCEPT)
        .is_some_and(|kinds| kinds.as_bytes().starts_with(b"application/json"));
    let saved = save_posted(&site, &ask, &key, &posted).await;
    if by_script {
        return Ok(match saved {
            Ok(saved) => as_answer(StatusCode::OK, &told(&saved)),
            Err(app::Error::Invalid(problems)) => {
                let texts: Vec<String> = problems
                    .iter()
                    .map(|problem| i18n::explain(ask.language, problem).message)
                    .collect();
                as_answer(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "problems": texts }))
            }
            Err(app::Error::Conflict { .. }) => as_answer(
                StatusCode::CONFLICT,
                &json!({ "problems": [ask.t("report-changed")] }),
            ),
            Err(error) => return Err(Failure::from_app(&ask, error)),
        });
    }
    match saved {
        Ok(_) if posted.text("then") == "submit" => {
            let to = report::href(&ask, &key, "?saved=1#send");
            Ok(see(&ask, &to)?)
        }
        Ok(_) => see(&ask, &report::href(&ask, &key, "?saved=1")),
        Err(app::Error::Invalid(problems)) => {
            let wrong = (problems.as_slice(), &Typed::default());
            page(&site, &ask, &key, wrong, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

/// JSON for a script, of one moment.
fn as_answer(status: StatusCode, body: &serde_json::Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body.to_string()).into_response()
}

fn told(saved: &SavedReport) -> serde_json::Value {
    let conflicts: Vec<&str> = saved.conflicts.iter().map(IndicatorCode::as_str).collect();
    json!({ "version": saved.version, "conflicts": conflicts })
}

async fn save_posted(
    site: &Site,
    ask: &Ask,
    key: &ReportKey,
    posted: &Posted,
) -> Result<SavedReport, app::Error> {
    let report = SaveReport {
        regime: key.regime.clone(),
        period: key.period,
        office: key.office.clone(),
        values: lines(posted, "v."),
        explanations: lines(posted, "e."),
        seen: posted.text("seen").parse().unwrap_or_default(),
        operation: None,
        device: None,
    };
    site.app.save_report(&ask.actor, &report).await
}

/// The fields of lines: `v.poverty.rate` is the value, `e.poverty.rate` its explanation.
fn lines(posted: &Posted, prefix: &str) -> BTreeMap<IndicatorCode, String> {
    let fields = posted.all().into_iter();
    fields
        .filter_map(|(name, text)| Some((name.strip_prefix(prefix)?.parse().ok()?, text)))
        .collect()
}

/// Saves what the form holds, and sends the report.
pub(crate) async fn submit(State(site): State<Site>, ask: Ask, Path(key): Key, posted: Posted) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let sent = async {
        let saved = save_posted(&site, &ask, &key, &posted).await?;
        let submit = SubmitReport {
            report: key.clone(),
            seen: saved.version,
            operation: None,
            device: None,
        };
        site.app.submit_report(&ask.actor, &submit).await
    };
    done(
        &site,
        &ask,
        &key,
        (sent.await.map(|_| ()), Typed::default()),
        "sent",
    )
    .await
}

/// Verifies.
pub(crate) async fn verify(State(site): State<Site>, ask: Ask, Path(key): Key, posted: Posted) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let judged = judged(&key, &posted);
    let looked: BTreeSet<IndicatorCode> = posted
        .all()
        .into_iter()
        .filter_map(|(name, _)| name.strip_prefix("looked.")?.parse().ok())
        .collect();
    let result = if posted.text("verdict") == "return" {
        site.app
            .return_report(&ask.actor, &judged, posted.text("reason"))
            .await
    } else {
        site.app
            .verify_report(&ask.actor, &judged, posted.text("reason"), looked)
            .await
    };
    let word = if posted.text("verdict") == "return" {
        "returned"
    } else {
        "verified"
    };
    done(&site, &ask, &key, (result, Typed::of(&posted)), word).await
}

/// Accepts, or sends back.
pub(crate) async fn accept(State(site): State<Site>, ask: Ask, Path(key): Key, posted: Posted) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let judged = judged(&key, &posted);
    if posted.text("verdict") == "return" {
        let result = site
            .app
            .return_report(&ask.actor, &judged, posted.text("reason"))
            .await;
        return done(&site, &ask, &key, (result, Typed::of(&posted)), "returned").await;
    }
    let result = site.app.accept_report(&ask.actor, &judged).await;
    done(
        &site,
        &ask,
        &key,
        (result.map(|_| ()), Typed::of(&posted)),
        "accepted",
    )
    .await
}

/// Corrects.
pub(crate) async fn correct(State(site): State<Site>, ask: Ask, Path(key): Key, posted: Posted) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let correct = CorrectReport {
        judged: judged(&key, &posted),
        values: lines(&posted, "v."),
        explanations: lines(&posted, "e."),
        reason: posted.text("reason").to_owned(),
    };
    let result = site.app.correct_report(&ask.actor, &correct).await;
    done(
        &site,
        &ask,
        &key,
        (result.map(|_| ()), Typed::of(&posted)),
        "corrected",
    )
    .await
}

fn judged(key: &ReportKey, posted: &Posted) -> JudgeReport {
    JudgeReport {
        report: key.clone(),
        seen: posted.text("seen").parse().unwrap_or_default(),
    }
}

/// Takes a filled workbook.
pub(crate) async fn upload(State(site): State<Site>, ask: Ask, Path(key): Key, form: Multipart) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let parts = Parts::read(&ask, form).await?;
    let seen = parts.text("seen").parse().unwrap_or_default();
    let name = parts.name.clone();
    let result = site
        .app
        .save_report_sheet(&ask.actor, &key, seen, (&name, parts.bytes))
        .await;
    done(&site, &ask, &key, (result.map(|_| ()), Typed::default()), "saved").await
}

/// Shows a file or a page as evidence.
pub(crate) async fn evidence(State(site): State<Site>, ask: Ask, Path(key): Key, form: Multipart) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let parts = Parts::read(&ask, form).await?;
    let evidence = NewEvidence {
        indicator: parts.text("indicator").parse().ok(),
        title: parts.text("title").to_owned(),
        url: parts.text("url").to_owned(),
        name: parts.name.clone(),
        bytes: parts.bytes,
    };
    let result = site.app.show_evidence(&ask.actor, &key, evidence).await;
    done(&site, &ask, &key, (result, Typed::default()), "saved").await
}

/// A form with a file.
struct Parts {
    fields: BTreeMap<String, String>,
    name: String,
    bytes: Vec<u8>,
}

impl Parts {
    async fn read(ask: &Ask, mut form: Multipart) -> Result<Self, Failure> {
        let misunderstood = || Failure::misunderstood(ask);
        let mut parts = Self {
            fields: BTreeMap::new(),
            name: String::new(),
            bytes: Vec::new(),
        };
        while let Some(part) = form.next_field().await.map_err(|_| misunderstood())? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                part.file_name().unwrap_or_default().clone_into(&mut parts.name);
                parts.bytes = part.bytes().await.map_err(|_| misunderstood())?.to_vec();
            } else {
                let text = part.text().await.map_err(|_| misunderstood())?.trim().to_owned();
                parts.fields.insert(name, text);
            }
        }
        if posted::same(parts.text("csrf"), ask.actor.csrf()) {
            Ok(parts)
        } else {
            Err(misunderstood())
        }
    }

    fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// The form as a workbook.
pub(crate) async fn sheet(State(site): State<Site>, ask: Ask, Path(key): Key) -> Answer {
    let key = key_of(&site, &ask, &key)?;
    let made = site.app.report_sheet(&ask.actor, &key, ask.language).await;
    let (name, bytes) = made.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(file(
        &name,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes,
    ))
}

/// A file that was shown as evidence: always to be saved, never opened in the page's place.
pub(crate) async fn evidence_file(
    State(site): State<Site>,
    ask: Ask,
    Path((regime, period, office, entry)): Path<(String, String, String, String)>,
) -> Answer {
    let key = key_of(&site, &ask, &(regime, period, office))?;
    let entry: u64 = entry.parse().map_err(|_| Failure::not_found(&ask))?;
    let found = site.app.evidence_file(&ask.actor, &key, entry).await;
    let (name, bytes) = found.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(file(&name, "application/octet-stream", bytes))
}

fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let plain: String = name
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || ".-_".contains(letter) {
                letter
            } else {
                '_'
            }
        })
        .collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{plain}\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}

fn see(ask: &Ask, to: &str) -> Answer {
    let to = HeaderValue::from_str(to).map_err(|_| Failure::misunderstood(ask))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// After a step: the page again, with what was done or what stands in the way.
async fn done(
    site: &Site,
    ask: &Ask,
    key: &ReportKey,
    (result, typed): (Result<(), app::Error>, Typed),
    word: &str,
) -> Answer {
    match result {
        Ok(()) => see(ask, &report::href(ask, key, &format!("?{word}=1"))),
        Err(app::Error::Invalid(problems)) => {
            let wrong = (problems.as_slice(), &typed);
            page(site, ask, key, wrong, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(Failure::from_app(ask, error)),
    }
}

async fn page(
    site: &Site,
    ask: &Ask,
    key: &ReportKey,
    (problems, typed): (&[Diagnostic], &Typed),
    status: StatusCode,
) -> Answer {
    let view = site.app.report_form(&ask.actor, key).await;
    let view = view.map_err(|error| Failure::from_app(ask, error))?;
    let name = view.regime.name.name.get(ask.language);
    let title = format!("{name} · {}", i18n::date::period(ask.language, key.period));
    let fills = view.may_fill && view.lock.is_none();
    let judges = ask.actor.may(Action::VerifyReport) || ask.actor.may(Action::AcceptReport);
    let done = |word: &str| ask.value(word).is_some() && problems.is_empty();
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/reports")) { (ask.t("report-title")) } " › "
            @if judges { a href=(ask.href("/reports/queue")) { (ask.t("report-queue-title")) } " › " }
            (report::regime(ask, &view.regime.name))
        }
        h1 { (title) }
        p.lead { (report::office(ask, &view.office)) }
        (simulated::banner(ask, view.simulated))
        @for word in ["saved", "sent", "verified", "returned", "accepted", "corrected"] {
            @if done(word) { (notice::done(&ask.t(&format!("report-done-{word}")))) }
        }
        @if done("sent") {
            p { (ask.ta("report-after-sent", &[("office", report::office(ask, &view.regime.receiver).into())])) " " a href=(ask.href("/mine")) { (ask.t("task-mine-title")) } }
        }
        @if judges && (done("verified") || done("returned") || done("accepted")) {
            @let rest = format!("/reports/queue?regime={}&period={}", key.regime, encode(&key.period.to_string()));
            p.actions { a.button href=(ask.href(&rest)) { (ask.t("report-after-judged")) } }
        }
        (notice::diagnostics(ask, problems))
        (state(ask, &view))
        @if fills {
            (report_form::fill(ask, &view))
            (report_form::by_sheet(ask, &view))
        } @else {
            (report_judge::judge(ask, &view, typed))
        }
        (evidence_of(ask, &view))
        (history(ask, &view))
    };
    let mut response = layout::personal(ask, Section::Reports, &title, &body);
    *response.status_mut() = status;
    Ok(response)
}

/// Where it stands, until when, and why it is locked.
fn state(ask: &Ask, view: &FormView) -> Markup {
    let day = |day| i18n::date::short(ask.language, day);
    html! {
        dl.facts {
            // What nobody has typed into is not «being filled in».
            @let begun = (0 < view.version).then_some(view.stage);
            div { dt { (ask.t("report-stage")) } dd { (report::stage(ask, begun, false)) } }
            div { dt { (ask.t("report-receiver")) } dd { (report::office(ask, &view.regime.receiver)) } }
            div { dt { (ask.t("report-window-label")) } dd { (day(view.window.0)) " – " (day(view.window.1)) } }
            div { dt { (ask.t("report-send-by-label")) } dd { (day(view.send_by)) } }
            @if let Some(on) = view.submitted_on { div { dt { (ask.t("report-sent-on")) } dd { (day(on)) } } }
            @if 1 < view.edition { div { dt { (ask.t("report-edition")) } dd { (view.edition) } } }
        }
        @if let Some(lock) = view.lock {
            p.notice { strong { (ask.t("report-locked")) ": " } (report::lock(ask, lock)) " " (ask.t(&format!("report-next-{}", lock.code()))) }
        }
        @if view.stage == Stage::FillingIn {
            @if let Some(last) = view.acts.iter().rev().find(|told| told.act.what == app::view::ActKind::ReportReturned) {
                p.notice.problem { strong { (ask.t("report-was-returned")) ": " } q { (last.act.reason) } }
            }
        }
    }
}

fn evidence_of(ask: &Ask, view: &FormView) -> Markup {
    let fills = ask.actor.may_for(Action::FillReport, &view.report.office);
    let may_show = fills && 0 < view.version;
    html! {
        section {
            h2 { (ask.t("report-evidence")) }
            @if view.evidence.is_empty() {
                (notice::empty(&ask.t(if fills && !may_show { "report-evidence-first" } else { "report-evidence-none" })))
            }
            ul { @for shown in &view.evidence { li {
                @match &shown.evidence {
                    Evidence::File { .. } => { a href=(report::href(ask, &view.report, &format!("/evidence/{}", shown.entry))) download { (shown.title) } },
                    Evidence::Link { url } => { a href=(url) rel="external noopener noreferrer" { (shown.title) } },
                }
                @if let Some(line) = view.lines.iter().find(|line| Some(&line.indicator.code) == shown.indicator.as_ref()) {
                    " · " (line.indicator.name.get(ask.language))
                }
            } } }
            @if may_show {
                details {
                    summary { (ask.t("report-evidence-add")) }
                    form method="post" action=(report::href(ask, &view.report, "/evidence")) enctype="multipart/form-data" {
                        input type="hidden" name="csrf" value=(ask.actor.csrf());
                        div.field {
                            label for="evidence-line" { (ask.t("report-evidence-line")) }
                            select id="evidence-line" name="indicator" {
                                option value="" { (ask.t("report-evidence-all")) }
                                @for line in &view.lines { option value=(line.indicator.code) { (line.indicator.name.get(ask.language)) } }
                            }
                        }
                        div.field { label for="evidence-title" { (ask.t("report-evidence-title")) } input id="evidence-title" name="title" maxlength="300"; }
                        div.field { label for="field-evidence" { (ask.t("report-evidence-file")) } input id="field-evidence" name="file" type="file" accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx"; }
                        div.field { label for="field-url" { (ask.t("report-evidence-url")) } input id="field-url" name="url" type="url" maxlength="1000"; }
                        p.actions { button type="submit" { (ask.t("report-evidence-send")) } }
                    }
                }
            }
        }
    }
}

fn history(ask: &Ask, view: &FormView) -> Markup {
    html! {
        @if !view.acts.is_empty() {
            section {
                h2 { (ask.t("report-history")) }
                details open[view.acts.len() < 8] {
                    summary { (ask.ta("report-history-count", &[("count", view.acts.len().into())])) }
                    ul.history { @for told in &view.acts { li {
                        (names::act(ask, &told.act))
                        @if !told.typed.is_empty() {
                            br; span.muted { @for (at, (code, text)) in told.typed.iter().enumerate() {
                                @if 0 < at { "; " }
                                @let name = view.lines.iter().find(|line| line.indicator.code == *code);
                                (name.map_or(code.as_str(), |line| line.indicator.name.get(ask.language))) ": " (if text.is_empty() { "–" } else { text })
                            } }
                        }
                    } } }
                }
            }
        }
    }
}
