//! What waits for the verifier and for who accepts: by regime and period, one report after another, none by the dozen.

use app::report::view::OfficeName;
use app::report::{QueueGroup, QueueHead, QueueQuery, QueueView, Waiting};
use axum::extract::State;
use maud::{Markup, html};
use plan::report::Stage;
use terms::RefArea;

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::target_table::capital;
use crate::parts::{notice, report, simulated};
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let query = query(&ask)?;
    let view = site.app.report_queue(&ask.actor, &query).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("report-queue-title");
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/reports")) { (ask.t("report-title")) } }
        h1 { (title) }
        p.lead { (ask.t("report-queue-lead")) }
        (simulated::banner(&ask, view.simulated))
        (body(&ask, &query, &view))
    };
    Ok(layout::personal(&ask, Section::Reports, &title, &body))
}

/// The address' question.
fn query(ask: &Ask) -> Result<QueueQuery, Failure> {
    let misunderstood = || Failure::misunderstood(ask);
    let stage = match ask.value("stage") {
        None => None,
        Some("submitted") => Some(Stage::Submitted),
        Some("verified") => Some(Stage::Verified),
        Some(_) => return Err(misunderstood()),
    };
    Ok(QueueQuery {
        regime: ask.parsed("regime")?,
        period: ask.parsed("period")?,
        unit: ask.value("unit").map(RefArea::new),
        stage,
        late: match ask.value("late") {
            None => false,
            Some("yes") => true,
            Some(_) => return Err(misunderstood()),
        },
        page: ask.parsed("page")?.unwrap_or_default(),
    })
}

/// The address of a question.
fn href(ask: &Ask, query: &QueueQuery) -> String {
    let mut pairs = Vec::new();
    let mut say = |name: &str, value: Option<String>| {
        pairs.extend(value.map(|value| format!("{name}={}", encode(&value))));
    };
    say("regime", query.regime.as_ref().map(ToString::to_string));
    say("period", query.period.map(|period| period.to_string()));
    say("unit", query.unit.as_ref().map(|unit| unit.as_str().to_owned()));
    say("stage", query.stage.map(|stage| stage.code().to_owned()));
    say("late", query.late.then(|| "yes".to_owned()));
    say("page", (0 < query.page).then(|| query.page.to_string()));
    let mark = if pairs.is_empty() { "" } else { "?" };
    ask.href(&format!("/reports/queue{mark}{}", pairs.join("&")))
}

fn body(ask: &Ask, query: &QueueQuery, view: &QueueView) -> Markup {
    let is_filtered = QueueQuery {
        page: 0,
        ..query.clone()
    } != QueueQuery::default();
    html! {
        @if view.all.all() == 0 {
            (notice::empty(&ask.t("report-queue-empty")))
            p { a href=(ask.href("/reports")) { (ask.t("report-queue-back")) } }
        } @else {
            (standings(ask, query, view))
            (filters(ask, query, view, is_filtered))
            @if 1 < view.heads.len() { (overview(ask, query, view)) }
            @if view.groups.is_empty() {
                (notice::empty(&ask.t("report-queue-none-match")))
                p { a.button.plain href=(ask.href("/reports/queue")) { (ask.t("web-filter-clear")) } }
            }
            @let both = 0 < view.all.to_verify && 0 < view.all.to_accept;
            @for group in &view.groups { (section(ask, group, both)) }
            (pages(ask, query, view))
        }
    }
}

/// By stage and lateness, with how many stand so.
fn standings(ask: &Ask, query: &QueueQuery, view: &QueueView) -> Markup {
    let asked = view.asked;
    let tab = |key: &str, count: usize, stage: Option<Stage>, late: bool| {
        let to = QueueQuery {
            stage,
            late,
            page: 0,
            ..query.clone()
        };
        let is_this = query.stage == stage && query.late == late;
        html! {
            li { a href=(href(ask, &to)) aria-current=[is_this.then_some("true")] { (ask.t(key)) " " strong.num { (count) } } }
        }
    };
    html! {
        nav aria-label=(ask.t("report-queue-stands")) { ul.counts {
            (tab("report-queue-all", asked.all(), None, false))
            @if 0 < view.all.to_verify && 0 < view.all.to_accept {
                (tab("report-queue-verify", asked.to_verify, Some(Stage::Submitted), false))
                (tab("report-queue-accept", asked.to_accept, Some(Stage::Verified), false))
            }
            (tab("report-queue-late", asked.late, None, true))
        } }
    }
}

/// By regime and unit.
fn filters(ask: &Ask, query: &QueueQuery, view: &QueueView, is_filtered: bool) -> Markup {
    html! {
        @if 1 < view.units.len() || is_filtered {
            details.filters open[query.unit.is_some() || query.regime.is_some()] {
                summary { (ask.t("report-queue-filter")) }
                form method="get" action=(ask.href("/reports/queue")) {
                    @if let Some(stage) = query.stage { input type="hidden" name="stage" value=(stage.code()); }
                    @if query.late { input type="hidden" name="late" value="yes"; }
                    div.field {
                        label for="queue-unit" { (ask.t("report-unit")) }
                        select id="queue-unit" name="unit" {
                            option value="" { (ask.t("web-filter-any")) }
                            @for office in units(ask, view) {
                                option value=(office.office.area) selected[query.unit.as_ref() == Some(&office.office.area)] { (capital(report::office(ask, office))) }
                            }
                        }
                    }
                    @if 1 < view.regimes.len() {
                        div.field {
                            label for="queue-regime" { (ask.t("report-queue-regime")) }
                            select id="queue-regime" name="regime" {
                                option value="" { (ask.t("web-filter-any")) }
                                @for regime in &view.regimes {
                                    option value=(regime.code) selected[query.regime.as_ref() == Some(&regime.code)] { (regime.name.get(ask.language)) }
                                }
                            }
                        }
                    }
                    p.actions {
                        button type="submit" { (ask.t("web-filter-apply")) }
                        @if is_filtered { a.button.plain href=(ask.href("/reports/queue")) { (ask.t("web-filter-clear")) } }
                    }
                }
            }
        }
    }
}

/// The units in the order of their names in the page's language.
fn units<'a>(ask: &Ask, view: &'a QueueView) -> Vec<&'a OfficeName> {
    let mut units: Vec<_> = view.units.iter().collect();
    i18n::sort::by_name(ask.language, &mut units, |office| office.name.get(ask.language));
    units
}

/// Every period of every regime that waits, each one click away on whatever page it stands.
fn overview(ask: &Ask, query: &QueueQuery, view: &QueueView) -> Markup {
    html! {
        details.filters {
            summary { (ask.ta("report-queue-periods", &[("count", view.heads.len().into())])) }
            ul.plain-list { @for head in &view.heads { li {
                @let to = QueueQuery { regime: Some(head.regime.code.clone()), period: Some(head.period), page: 0, ..query.clone() };
                a href=(href(ask, &to)) { (i18n::date::period(ask.language, head.period)) " · " (head.regime.name.get(ask.language)) }
                " " span.muted { (told(ask, head)) }
            } } }
        }
    }
}

/// How many wait of a period, and how many of them came late.
fn told(ask: &Ask, head: &QueueHead) -> String {
    ask.ta(
        "report-queue-of-period",
        &[
            ("verify", head.counts.to_verify.into()),
            ("accept", head.counts.to_accept.into()),
            ("late", head.counts.late.into()),
        ],
    )
}

/// `both`: reports at both stages wait for this person, so each says at which it stands.
fn section(ask: &Ask, group: &QueueGroup, both: bool) -> Markup {
    let head = &group.head;
    html! {
        section.queue {
            h2 { (head.regime.name.get(ask.language)) br; small { (i18n::date::period(ask.language, head.period)) } }
            p.muted { (told(ask, head)) " · " (ask.ta("report-send-by", &[("day", i18n::date::short(ask.language, head.send_by).into())])) }
            ul { @for one in &group.reports { (line(ask, one, both)) } }
        }
    }
}

fn line(ask: &Ask, one: &Waiting, both: bool) -> Markup {
    html! {
        li {
            a href=(report::href(ask, &one.report, "")) { (capital(report::office(ask, &one.office))) }
            @if both { " " span.badges { (report::stage(ask, Some(one.stage), false)) } }
            " " span.told {
                @if let Some(day) = one.submitted_on { (ask.t("report-sent-on")) " " (i18n::date::short(ask.language, day)) }
                @if 0 < one.standing_out { " · " strong.wrong { (ask.ta("report-queue-out", &[("count", one.standing_out.into())])) } }
                @if one.late { " · " strong.wrong { (ask.t("report-late")) } }
                @if 0 < one.returns { " · " (ask.ta("report-returns", &[("count", i64::from(one.returns).into())])) }
            }
        }
    }
}

fn pages(ask: &Ask, query: &QueueQuery, view: &QueueView) -> Markup {
    let to = |page: usize| {
        let other = QueueQuery {
            page,
            ..query.clone()
        };
        href(ask, &other)
    };
    html! {
        @if 1 < view.pages {
            nav.actions aria-label=(ask.t("report-queue-pages")) {
                @if 0 < view.page { a.button.plain rel="prev" href=(to(view.page - 1)) { (ask.t("report-queue-before")) } }
                span { (ask.ta("report-queue-page", &[("page", (view.page + 1).into()), ("pages", view.pages.into())])) }
                @if view.page + 1 < view.pages { a.button.plain rel="next" href=(to(view.page + 1)) { (ask.t("report-queue-next")) } }
            }
        }
    }
}
