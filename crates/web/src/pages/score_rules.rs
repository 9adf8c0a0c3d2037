//! The rules of scores: what holds today, what held and will hold, and the form to set others from a day on.

use app::policy::Action;
use app::score::{RulesTexts, ScoreRulesView, SetRules};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::task::ScoreRules;
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::scores::rounded;
use crate::parts::notice;
use crate::sent::Sent;
use crate::site::Site;

/// Shows them.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let view = site.app.score_rules(&ask.actor).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    let texts = view.today.as_ref().map(RulesTexts::of).unwrap_or_default();
    Ok(page(&ask, &view, &texts, &[]))
}

/// Sets others.
pub(crate) async fn set(State(site): State<Site>, ask: Ask, sent: Sent) -> Answer {
    let seen = sent
        .text("seen")
        .parse()
        .map_err(|_| Failure::misunderstood(&ask))?;
    let text = |name: &str| sent.text(name).to_owned();
    let texts = RulesTexts {
        valid_from: text("valid_from"),
        general: text("general"),
        result: text("result"),
        quantity: text("quantity"),
        quality: text("quality"),
        progress: text("progress"),
        fault_per_cent: text("fault_per_cent"),
        excellent: text("excellent"),
        good: text("good"),
        done: text("done"),
        source: text("source"),
        verified: sent.ticked("verified"),
        reason: text("reason"),
    };
    match site.app.set_score_rules(&ask.actor, seen, &texts).await {
        Ok(()) => {
            let to = ask.href("/scores/rules?done=set");
            let to = HeaderValue::from_str(&to).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(app::Error::Invalid(problems)) => {
            let view = site.app.score_rules(&ask.actor).await;
            let view = view.map_err(|error| Failure::from_app(&ask, error))?;
            let mut page = page(&ask, &view, &texts, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn page(ask: &Ask, view: &ScoreRulesView, texts: &RulesTexts, problems: &[Diagnostic]) -> Response {
    let title = ask.t("score-rules-title");
    let body = html! {
        @if ask.actor.may(Action::ReadScores) {
            nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/scores")) { (ask.t("score-title")) } }
        }
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("score-rules-lead")) }
            @if ask.value("done").is_some() { (notice::done(&ask.t("score-rules-done"))) }
            (notice::diagnostics(ask, problems))
            @match &view.today {
                Some(rules) => section {
                    h2 { (ask.t("score-rules-today")) }
                    (facts(ask, rules))
                    @if !rules.verified { p.notice { (ask.t("score-unverified")) } }
                },
                None => { (notice::empty(&ask.t("score-no-rules"))) },
            }
            (history(ask, view))
            @if view.may_set { (form(ask, view, texts, problems)) }
            @else { p.muted { (ask.t("score-rules-who")) } }
        }
    };
    layout::personal(ask, Section::Tasks, &title, &body)
}

/// Rules in words and numbers.
fn facts(ask: &Ask, rules: &ScoreRules) -> Markup {
    let [excellent, good, done] = rules.grades;
    let sum = rules.quantity + rules.quality + rules.progress;
    html! {
        dl.facts {
            div { dt { (ask.t("score-rules-source")) } dd { (rules.source) } }
            div { dt { (ask.t("score-rules-from")) } dd { (i18n::date::short(ask.language, rules.valid_from)) } }
            div { dt { (ask.t("score-rules-parts")) } dd { (rounded(ask, rules.general)) " + " (rounded(ask, rules.result)) } }
            div { dt { (ask.t("score-rules-shares")) } dd {
                (rounded(ask, rules.quantity)) " : " (rounded(ask, rules.quality)) " : " (rounded(ask, rules.progress))
            } }
            div { dt { (ask.t("score-rules-divisor")) } dd { (rounded(ask, sum)) } }
            div { dt { (ask.t("score-rules-fault")) } dd { (rounded(ask, rules.fault_per_cent)) "%" } }
            div { dt { (ask.t("score-rules-grades")) } dd { (ask.ta("score-rules-grades-are", &[
                ("excellent", rounded(ask, excellent).into()),
                ("good", rounded(ask, good).into()),
                ("done", rounded(ask, done).into()),
            ])) } }
        }
    }
}

fn history(ask: &Ask, view: &ScoreRulesView) -> Markup {
    html! {
        section {
            h2 { (ask.t("score-rules-history")) }
            ol.timeline { @for set in &view.set { li { (one(ask, set)) } } }
        }
    }
}

fn one(ask: &Ask, set: &SetRules) -> Markup {
    let from = i18n::date::short(ask.language, set.rules.valid_from);
    html! {
        p {
            strong { (ask.ta("score-rules-hold-from", &[("day", from.into())])) } " · " (set.rules.source)
            @if set.replaced { " · " span.muted { (ask.t("score-rules-replaced")) } }
        }
        details { summary { (ask.t("score-rules-see")) } (facts(ask, &set.rules)) }
        @match &set.entry {
            Some((entry, who, at, reason)) => {
                blockquote { p { (reason) } }
                p.muted {
                    @if let Some(who) = who { (who) " · " }
                    time datetime=(at.to_string()) { (i18n::date::moment(ask.language, *at)) }
                    " · " a href=(ask.href(&format!("/record?entry={entry}#receipt"))) { (ask.ta("web-act-entry", &[("number", entry.to_string().into())])) }
                }
            },
            None => p.muted { (ask.t("score-rules-built-in")) },
        }
    }
}

fn form(ask: &Ask, view: &ScoreRulesView, texts: &RulesTexts, problems: &[Diagnostic]) -> Markup {
    let wrong = |name: &str| {
        let about = |problem: &Diagnostic| problem.place.column.as_deref() == Some(name);
        problems.iter().any(about).then_some("true")
    };
    let line = |name: &str, value: &str| {
        html! {
            div.field {
                label for=(format!("field-{name}")) { (ask.t(&format!("score-rules-field-{name}"))) }
                input id=(format!("field-{name}")) name=(name) inputmode="decimal" autocomplete="off" required value=(value) aria-invalid=[wrong(name)];
            }
        }
    };
    html! {
        section id="set" {
            h2 { (ask.t("score-rules-set")) }
            p { (ask.ta("score-rules-set-hint", &[("day", i18n::date::short(ask.language, view.earliest).into())])) }
            form method="post" action=(ask.href("/scores/rules")) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="seen" value=(view.seen);
                div.field {
                    label for="field-valid_from" { (ask.t("score-rules-from")) }
                    input id="field-valid_from" name="valid_from" type="date" required value=(texts.valid_from) aria-invalid=[wrong("valid_from")];
                }
                fieldset.field { legend { strong { (ask.t("score-rules-parts")) } } div.pair { (line("general", &texts.general)) (line("result", &texts.result)) } }
                fieldset.field { legend { strong { (ask.t("score-rules-shares")) } }
                    p.hint { (ask.t("score-rules-shares-hint")) }
                    div.pair { (line("quantity", &texts.quantity)) (line("quality", &texts.quality)) (line("progress", &texts.progress)) }
                }
                (line("fault_per_cent", &texts.fault_per_cent))
                fieldset.field { legend { strong { (ask.t("score-rules-grades")) } }
                    div.pair { (line("excellent", &texts.excellent)) (line("good", &texts.good)) (line("done", &texts.done)) }
                }
                div.field {
                    label for="field-source" { (ask.t("score-rules-source")) }
                    input id="field-source" name="source" required maxlength="500" value=(texts.source) aria-invalid=[wrong("source")];
                }
                p.tick { label { input type="checkbox" name="verified" value="1" checked[texts.verified]; " " (ask.t("score-rules-verified")) } }
                div.field {
                    label for="field-reason" { (ask.t("task-reason")) }
                    textarea id="field-reason" name="reason" rows="3" maxlength="5000" required aria-invalid=[wrong("reason")] { (texts.reason) }
                }
                p.actions { button type="submit" { (ask.t("score-rules-do")) } }
            }
        }
    }
}
