//! One target: where it stands on its way, what the way expects, what «60% of communes» means; for planners the form that
//! settles the way.

use app::coherence::CoherenceQuery;
use app::indicator::TargetPath;
use app::policy::Action;
use app::target::{PlanTexts, TargetPage, WaySaid};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use maud::{Markup, html};
use plan::TargetId;
use terms::{Decimal, Diagnostic, TimePeriod, UnitMeasure};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{
    amount, chart, clash, names, notice, paper, simulated, source, status, target_table, way,
};
use crate::posted::Posted;
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(id): Path<String>) -> Answer {
    let id = number(&ask, &id)?;
    let view = site.app.target_page(&ask.actor, id).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    let sent = PlanTexts {
        way: way::written(ask.language, &view.target.row.way),
        ..PlanTexts::default()
    };
    page(&site, &ask, &view, (&sent, &[])).await
}

/// Records which way leads to it.
pub(crate) async fn plan(
    State(site): State<Site>,
    ask: Ask,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id = number(&ask, &id)?;
    let failed = |error| Failure::from_app(&ask, error);
    let texts = PlanTexts {
        way: way::sent(|name| posted.text(name).to_owned()),
        seen: posted
            .text("seen")
            .parse()
            .map_err(|_| Failure::misunderstood(&ask))?,
        paper: paper::sent(&posted),
    };
    let recorded = PlanTexts {
        way: way::plain(ask.language, &texts.way),
        ..texts.clone()
    };
    match site.app.plan_target(&ask.actor, id, &recorded).await {
        Ok(()) => {
            let to = HeaderValue::from_str(&format!("{}?done=1", href(&ask, id)));
            let to = to.map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        // What was typed stays in the form, with what is wrong above it.
        Err(app::Error::Invalid(problems)) => {
            let view = site.app.target_page(&ask.actor, id).await.map_err(failed)?;
            let mut page = page(&site, &ask, &view, (&texts, &problems)).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(failed(error)),
    }
}

fn number(ask: &Ask, text: &str) -> Result<TargetId, Failure> {
    text.parse().map(TargetId).map_err(|_| Failure::not_found(ask))
}

/// The address of a target's page.
pub(crate) fn href(ask: &Ask, id: TargetId) -> String {
    ask.href(&format!("/targets/{id}"))
}

async fn page(
    site: &Site,
    ask: &Ask,
    view: &TargetPage,
    (sent, problems): (&PlanTexts, &[Diagnostic]),
) -> Answer {
    let row = &view.target.row;
    let coherence = site.coherence(&ask.actor, &CoherenceQuery::default()).await;
    let coherence = coherence.map_err(|error| Failure::from_app(ask, error))?;
    let name = row.indicator.name.get(ask.language);
    let title = ask.ta(
        "target-title",
        &[
            ("indicator", name.into()),
            ("amount", amount::text(ask, &row.amount).into()),
        ],
    );
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/indicators")) { (ask.t("web-catalogue-title")) } " › "
            (names::indicator(ask, &row.indicator))
        }
        h1 { (title) }
        @if ask.value("done").is_some() { (notice::done(&ask.t("target-plan-done"))) }
        (notice::diagnostics(ask, problems))
        (simulated::banner(ask, row.simulated))
        p.lead {
            (target_table::capital(&i18n::date::due(ask.language, row.due))) " · " (names::unit(ask, &row.place)) " "
            (status::badge(ask, row.status)) (target_table::chance(ask, row))
        }
        @if 1 < view.others.len() {
            p.muted {
                (ask.t("target-others")) ": "
                @for (index, other) in view.others.iter().filter(|other| other.target != row.target).enumerate() {
                    @if index != 0 { "; " }
                    a href=(href(ask, other.target)) { (amount::text(ask, &other.amount)) " " (i18n::date::due(ask.language, other.due)) }
                }
            }
        }
        h2 { (ask.t("target-where")) }
        (facts(ask, &view.target))
        (clash::of_target(ask, &coherence, row.target))
        @if let Some(units) = &row.units {
            h2 { (ask.t("target-units")) }
            (way::units(ask, row, units))
        }
        @if let Some(within) = &view.target.within_year {
            h2 { (ask.t("target-year-chart")) }
            (chart::within_year(ask, &title, row, within, site.app.today()))
        }
        (chart::series(ask, "t", &title, &view.series, Some(site.app.today())))
        (by_year(ask, &view.target))
        @if !row.sources.is_empty() {
            h2 { (ask.t("target-papers")) }
            @for found in &row.sources { (source::full(ask, found)) }
        }
        @if !view.ways.is_empty() {
            h2 { (ask.t("target-ways-said")) }
            ul.history { @for said in view.ways.iter().rev() { li { (one_way(ask, &view.target, said)) } } }
        }
        @if ask.actor.may(Action::Review) { (form(ask, view, sent, problems)) }
        p { a href=(names::indicator_href(ask, &row.indicator)) { (ask.t("target-all")) } }
    };
    Ok(layout::public(ask, Section::Indicators, &title, &body))
}

fn facts(ask: &Ask, target: &TargetPath) -> Markup {
    let row = &target.row;
    let expected = &row.expected;
    let percent = |share: Decimal| {
        amount::computed(
            ask,
            (share * Decimal::ONE_HUNDRED).round_dp(0),
            &UnitMeasure::PERCENT,
        )
    };
    let over = expected.today.is_some() && !row.basis.is_mean();
    html! {
        dl.facts {
            div { dt { (ask.t("web-column-target")) } dd { (amount::amount(ask, &row.amount)) } }
            div { dt { (ask.t("target-basis")) } dd { (way::basis(ask, row.basis)) } }
            @if let Some(baseline) = &row.baseline {
                div {
                    dt { (ask.t("web-baseline")) }
                    dd {
                        span.num { (i18n::quantity(ask.language, baseline.value, &row.amount.unit)) }
                        " (" (i18n::date::short_period(ask.language, baseline.period)) ")"
                        @if !baseline.stated { br; small { (ask.t("web-baseline-not-stated")) } }
                    }
                }
            }
            @if let Some((day, value)) = expected.so_far {
                div {
                    dt { (ask.ta("target-so-far", &[("day", i18n::date::short(ask.language, day).into())])) }
                    dd.num { (way::value(ask, value, row)) }
                }
            }
            div {
                dt { (ask.t("target-way")) }
                dd {
                    @if row.basis.has_start() && row.baseline.is_none() { (ask.t("target-way-no-start")) }
                    @else { (way::told(ask, row, target.within_year.is_some())) }
                }
            }
            @if let Some(value) = expected.at_latest.filter(|_| !row.basis.is_mean()) {
                div { dt { (ask.t("target-expected-at-latest")) } dd.num { (way::value(ask, value, row)) } }
            }
            @if let Some(value) = expected.today.filter(|_| over) {
                div { dt { (ask.t("target-expected-today")) } dd.num { (way::value(ask, value, row)) } }
            }
            @if let Some(share) = expected.on_path {
                div {
                    dt { (ask.t("target-on-path")) }
                    dd { span.num { (ask.ta("target-on-path-share", &[("share", percent(share).into())])) } br; small { (ask.t("target-on-path-means")) } }
                }
            }
            div { dt { (ask.t("web-column-gap")) } dd { (target_table::gap(ask, row)) } }
            @if let Some(pace) = &row.observed_pace {
                div { dt { (ask.t("web-pace-observed")) } dd { (amount::pace(ask, pace, &row.amount.unit)) } }
            }
            div {
                dt { (ask.t("web-sdg-class")) }
                dd { (ask.t(&format!("web-sdg-{}", row.sdg_class.code().replace('_', "-")))) }
            }
        }
    }
}

/// What the way asks for in each year, beside what was reached.
fn by_year(ask: &Ask, target: &TargetPath) -> Markup {
    let row = &target.row;
    let reached = |period: TimePeriod| {
        let of_year = row.points.iter().rfind(|(told, _)| told.end() == period.end());
        of_year.map(|(_, value)| i18n::quantity(ask.language, *value, &row.amount.unit))
    };
    html! {
        @if 1 < target.path.len() {
            h2 { (ask.t("target-by-year")) }
            table.computed {
                caption.hidden { (ask.t("target-by-year")) }
                thead { tr {
                    th scope="col" { (ask.t("web-period")) }
                    th.num scope="col" { (ask.t("target-by-year-expected")) }
                    th.num scope="col" { (ask.t("target-by-year-reached")) }
                } }
                tbody { @for (period, low, high) in &target.path { tr {
                    th scope="row" { (i18n::date::short_period(ask.language, *period)) }
                    td.num {
                        (way::value(ask, *low, row))
                        @if low != high { " – " (way::value(ask, *high, row)) }
                    }
                    td.num { (reached(*period).unwrap_or_else(|| "–".to_owned())) }
                } } }
            }
        }
    }
}

fn one_way(ask: &Ask, target: &TargetPath, said: &WaySaid) -> Markup {
    let mut row = target.row.clone();
    row.way = said.way.clone();
    if let Some(basis) = said.way.basis {
        row.basis = basis;
    }
    html! {
        @if !said.holds { span.muted { (ask.t("target-ways-past")) ": " } }
        (way::words(ask, &row))
        @if let Some(basis) = said.way.basis { " " (way::basis(ask, basis)) "." }
        br; (names::act(ask, &said.act))
        @match &said.source {
            Some(found) => { (source::full(ask, found)) },
            None => { br; small { (ask.t("target-ways-with")) } },
        }
    }
}

fn form(ask: &Ask, view: &TargetPage, sent: &PlanTexts, problems: &[Diagnostic]) -> Markup {
    let wrong = |name: &str| {
        problems
            .iter()
            .any(|problem| problem.place.column.as_deref() == Some(name))
    };
    html! {
        section.settle {
            h2 id="plan" { (ask.t("target-plan")) }
            p.hint { (ask.t("target-plan-hint")) }
            form method="post" action=(href(ask, view.target.row.target)) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="seen" value=(view.seen);
                (way::fields(ask, &sent.way, &wrong))
                (paper::fields(ask, "web-finding-field-document", &view.documents, &sent.paper, &wrong))
                p.actions { button type="submit" { (ask.t("target-plan-button")) } }
            }
        }
    }
}
