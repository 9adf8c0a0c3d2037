//! The form for the general part of a score: points, reason, what shows it; correcting and taking back.

use app::score::{GeneralForm, GeneralTexts, GivenView, Whose};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use terms::{Diagnostic, TimePeriod};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::scores::{href, period, result, rounded};
use crate::parts::evidence::FILES;
use crate::parts::notice;
use crate::sent::Sent;
use crate::site::Site;

/// Shows it: `?period=2026-Q3&office=VN-11-03158&post=VN-11-03158.reporter&holder=4`.
pub(crate) async fn form(State(site): State<Site>, ask: Ask) -> Answer {
    let period = period(&ask)?.ok_or_else(|| Failure::not_found(&ask))?;
    let value = |name: &str| ask.value(name).unwrap_or_default().to_owned();
    let whose = whose(&ask, &value("office"), &value("post"), &value("holder"))?;
    let form = site.app.general_form(&ask.actor, &whose, period).await;
    let form = form.map_err(|error| Failure::from_app(&ask, error))?;
    let counting = form.given.first().and_then(|given| given.points);
    let texts = GeneralTexts {
        points: counting.map(|points| rounded(&ask, points)).unwrap_or_default(),
        ..GeneralTexts::default()
    };
    Ok(page(&ask, &form, &whose, &texts, &[]))
}

/// Records it.
pub(crate) async fn give(State(site): State<Site>, ask: Ask, sent: Sent) -> Answer {
    let period: TimePeriod = sent
        .text("period")
        .parse()
        .map_err(|_| Failure::misunderstood(&ask))?;
    let whose = whose(&ask, sent.text("office"), sent.text("post"), sent.text("holder"))?;
    let seen = sent
        .text("seen")
        .parse()
        .map_err(|_| Failure::misunderstood(&ask))?;
    let texts = GeneralTexts {
        points: sent.text("points").to_owned(),
        withdraw: sent.text("then") == "withdraw",
        reason: sent.text("reason").to_owned(),
        links: sent.text("links").to_owned(),
        files: sent.files,
    };
    let mut kept = texts.clone();
    kept.files.clear();
    match site
        .app
        .give_general(&ask.actor, &whose, period, seen, texts)
        .await
    {
        Ok(()) => {
            let to = format!("{}&done=given", href(&ask, &whose.office, period));
            let to = HeaderValue::from_str(&to).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        // What was typed stays in the form, with what is wrong above it; files must be chosen again.
        Err(app::Error::Invalid(problems)) => {
            let form = site.app.general_form(&ask.actor, &whose, period).await;
            let form = form.map_err(|error| Failure::from_app(&ask, error))?;
            let mut page = page(&ask, &form, &whose, &kept, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

/// Whose score an address or a form means.
fn whose(ask: &Ask, office: &str, post: &str, holder: &str) -> Result<Whose, Failure> {
    let missing = || Failure::not_found(ask);
    Ok(Whose {
        office: office.parse().map_err(|_| missing())?,
        post: match post {
            "" => None,
            post => Some(post.parse().map_err(|_| missing())?),
        },
        holder: match holder {
            "" => None,
            holder => Some(holder.parse().map_err(|_| missing())?),
        },
    })
}

fn page(
    ask: &Ask,
    form: &GeneralForm,
    whose: &Whose,
    texts: &GeneralTexts,
    problems: &[Diagnostic],
) -> Response {
    let title = ask.t("score-give-title");
    let office = form.office.name.get(ask.language);
    let most = rounded(ask, form.rules.general);
    let counting = form.given.first().filter(|given| given.counts);
    let wrong = |name: &str| {
        let about = |problem: &Diagnostic| problem.place.column.as_deref() == Some(name);
        problems.iter().any(about).then_some("true")
    };
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href(&format!("/scores?period={}", form.frame.period))) { (ask.t("score-title")) }
            " › " a href=(href(ask, &whose.office, form.frame.period)) { (office) }
        }
        div.narrow {
            h1 { (title) }
            (facts(ask, form))
            (notice::diagnostics(ask, problems))
            @if form.frame.running { p.notice { (ask.t("score-give-running")) } }
            @if let Some(counting) = counting { (standing(ask, counting)) }
            form method="post" action=(ask.href("/scores/give")) enctype="multipart/form-data" {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="seen" value=(form.seen);
                input type="hidden" name="period" value=(form.frame.period);
                input type="hidden" name="office" value=(whose.office);
                @if let Some(post) = &whose.post { input type="hidden" name="post" value=(post); }
                @if let Some(holder) = whose.holder { input type="hidden" name="holder" value=(holder); }
                div.field {
                    label for="field-points" { (ask.ta("score-points-field", &[("most", most.as_str().into())])) }
                    p.hint id="hint-points" { (ask.t("score-points-hint")) }
                    input id="field-points" name="points" inputmode="decimal" autocomplete="off" value=(texts.points)
                        aria-describedby="hint-points" aria-invalid=[wrong("points")];
                }
                div.field {
                    label for="field-reason" { (ask.t("score-reason-field")) }
                    p.hint id="hint-reason" { (ask.t("score-reason-hint")) }
                    textarea id="field-reason" name="reason" rows="4" maxlength="5000" required
                        aria-describedby="hint-reason" aria-invalid=[wrong("reason")] { (texts.reason) }
                }
                div.field {
                    label for="field-files" { (ask.t("task-evidence-files")) " " small { (ask.t("task-optional")) } }
                    input id="field-files" name="files" type="file" multiple accept=(FILES) aria-invalid=[wrong("files")] aria-describedby="hint-files";
                    p.hint id="hint-files" { (ask.t("task-evidence-hint")) }
                }
                div.field {
                    label for="field-links" { (ask.t("task-evidence-links")) " " small { (ask.t("task-optional")) } }
                    textarea id="field-links" name="links" rows="2" aria-invalid=[wrong("links")] { (texts.links) }
                }
                p.actions {
                    button type="submit" name="then" value="give" { (ask.t(if counting.is_some() { "score-correct-do" } else { "score-give-do" })) }
                    @if counting.is_some() { button.danger type="submit" name="then" value="withdraw" { (ask.t("score-withdraw-do")) } }
                    a.button.plain href=(href(ask, &whose.office, form.frame.period)) { (ask.t("score-cancel")) }
                }
            }
        }
    };
    layout::personal(ask, Section::Tasks, &title, &body)
}

/// For whom, in which period, and what the tasks came to.
fn facts(ask: &Ask, form: &GeneralForm) -> Markup {
    html! {
        dl.facts {
            div { dt { (ask.t("task-office")) } dd { (form.office.name.get(ask.language)) } }
            @if let Some((post, holder)) = &form.post {
                div { dt { (ask.t("score-post")) } dd { (post.get(ask.language)) @if let Some(holder) = holder { " · " (holder) } } }
            }
            div { dt { (ask.t("score-period")) } dd { (i18n::date::period(ask.language, form.frame.period)) } }
            div {
                dt { (ask.ta("score-result-of", &[("most", rounded(ask, form.rules.result).into())])) }
                dd { @match &form.score { Some(score) => (result(ask, score)), None => (ask.t("score-grade-no-task")) } }
            }
        }
    }
}

/// What counts now, which a correction takes the place of.
fn standing(ask: &Ask, given: &GivenView) -> Markup {
    let points = given
        .points
        .map(|points| rounded(ask, points))
        .unwrap_or_default();
    html! {
        figure.quote {
            blockquote { p { strong { (ask.ta("score-given-points", &[("points", points.into())])) } } p { (given.reason) } }
            figcaption {
                @if let Some(who) = &given.who { (who) " · " }
                (i18n::date::moment(ask.language, given.at)) " · " (ask.t("score-correct-hint"))
            }
        }
    }
}
