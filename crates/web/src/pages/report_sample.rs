//! Reports drawn by chance for checks on the spot, and what was found there.

use app::report::SampleView;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use terms::{Diagnostic, TimePeriod};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{notice, report};
use crate::posted::Posted;
use crate::site::Site;

type Which = Path<(String, String)>;

/// Shows the draw.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(which): Which) -> Answer {
    page(&site, &ask, &which, &[]).await
}

/// Draws, or tells what was found.
pub(crate) async fn act(State(site): State<Site>, ask: Ask, Path(which): Which, posted: Posted) -> Answer {
    let period = period_of(&ask, &which.1)?;
    let done = if posted.text("verdict") == "draw" {
        site.app.draw_sample(&ask.actor, &which.0, period).await
    } else {
        let key = site.app.report_key(&which.0, &which.1, posted.text("office"));
        let key = key.map_err(|error| Failure::from_app(&ask, error))?;
        let line = posted
            .text("indicator")
            .parse()
            .map_err(|_| Failure::misunderstood(&ask))?;
        let (found, words) = (posted.text("found"), posted.text("words"));
        site.app
            .tell_spot_check(&ask.actor, &key, &line, found, words)
            .await
    };
    match done {
        Ok(()) => {
            let to = ask.href(&format!("/reports/{}/{}/sample", which.0, which.1));
            let to = HeaderValue::from_str(&to).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(app::Error::Invalid(problems)) => {
            let mut page = page(&site, &ask, &which, &problems).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn period_of(ask: &Ask, text: &str) -> Result<TimePeriod, Failure> {
    text.parse().map_err(|_| Failure::not_found(ask))
}

async fn page(
    site: &Site,
    ask: &Ask,
    (code, period): &(String, String),
    problems: &[Diagnostic],
) -> Result<Response, Failure> {
    let period = period_of(ask, period)?;
    let view = site.app.report_sample(&ask.actor, code, period).await;
    let view = view.map_err(|error| Failure::from_app(ask, error))?;
    let title = ask.t("report-sample-title");
    let action = ask.href(&format!("/reports/{code}/{period}/sample"));
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/reports")) { (ask.t("report-title")) } " › " (report::regime(ask, &view.regime))
        }
        h1 { (title) }
        p.lead { (view.regime.name.get(ask.language)) " · " (i18n::date::period(ask.language, period)) }
        (notice::diagnostics(ask, problems))
        p { (ask.ta("report-sample-rule", &[("ready", view.ready.into()), ("size", i64::try_from(view.size).unwrap_or(i64::MAX).into())])) }
        @if let (Some(entry), Some(seed)) = (view.entry, &view.seed) {
            p { (ask.t("report-sample-seed")) " " code.hash { (seed) } " · "
                a href=(ask.href(&format!("/record?entry={entry}#receipt"))) { (ask.ta("web-act-entry", &[("number", entry.to_string().into())])) } }
            (drawn(ask, &view, &action))
        } @else if view.may_draw {
            form method="post" action=(action) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                p.actions { button type="submit" name="verdict" value="draw" { (ask.t("report-sample-draw")) } }
            }
        }
    };
    Ok(layout::personal(ask, Section::Reports, &title, &body))
}

fn drawn(ask: &Ask, view: &SampleView, action: &str) -> Markup {
    html! {
        ol.report-list { @for (at, one) in view.drawn.iter().enumerate() { li {
            h3 { a href=(report::href(ask, &one.report, "")) { (report::office(ask, &one.office)) } }
            ul { @for (line, found, words, _) in &one.found { li {
                (line.name.get(ask.language)) ": " strong { (found) } " – " q { (words) }
            } } }
            @if view.may_draw {
                details {
                    summary { (ask.t("report-sample-tell")) }
                    form method="post" action=(action) {
                        input type="hidden" name="csrf" value=(ask.actor.csrf());
                        input type="hidden" name="office" value=(one.report.office);
                        div.field { label for=(format!("line-{at}")) { (ask.t("report-column-line")) }
                            select id=(format!("line-{at}")) name="indicator" { @for line in &view.lines { option value=(line.code) { (line.name.get(ask.language)) } } } }
                        div.field { label for=(format!("found-{at}")) { (ask.t("report-sample-found")) } input id=(format!("found-{at}")) name="found" maxlength="64"; }
                        div.field { label for=(format!("words-{at}")) { (ask.t("report-sample-words")) } textarea id=(format!("words-{at}")) name="words" rows="2" maxlength="2000" {} }
                        p.actions { button type="submit" name="verdict" value="tell" { (ask.t("report-sample-tell-button")) } }
                    }
                }
            }
        } } }
    }
}
