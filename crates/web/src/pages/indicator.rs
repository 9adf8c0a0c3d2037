//! An indicator: definition, one chart and one table for each series, targets, sources that disagree, corrections.

use app::coherence::{CoherenceQuery, CoherenceView};
use app::indicator::{IndicatorQuery, IndicatorView, Series, TargetPath};
use app::scoreboard::ResultView;
use app::task::TaskCard;
use app::view::SourceView;
use axum::extract::{Path, State};
use maud::{Markup, html};
use plan::{Direction, TargetId};
use terms::{IndicatorCode, RefArea};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::indicator_shown::{self, Asked};
use crate::parts::{
    amount, chart, clash, names, notice, result, simulated, source, status, target_table, task, way,
};
use crate::site::Site;

/// Shows an indicator.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(code): Path<String>) -> Answer {
    let Ok(code) = IndicatorCode::new(code) else {
        return Err(Failure::not_found(&ask));
    };
    let known_on = ask.value("known").map(str::parse).transpose();
    let known_on = known_on.map_err(|_| Failure::misunderstood(&ask))?;
    let query = IndicatorQuery {
        code,
        place: ask.value("place").map(RefArea::new),
        known_on,
    };
    let asked = Asked::of(&ask)?;
    let view = site.app.indicator(&ask.actor, &query).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    let title = view.indicator.name.get(ask.language).to_owned();
    // Of pages that show targets: with which others they clash. A page of the past shows what was known then alone.
    let coherence = if query.known_on.is_none() && view.series.iter().any(|series| !series.targets.is_empty())
    {
        let found = site.coherence(&ask.actor, &CoherenceQuery::default()).await;
        Some(found.map_err(|error| Failure::from_app(&ask, error))?)
    } else {
        None
    };
    let tasks = if query.known_on.is_none() {
        let targets = view.series.iter().flat_map(|series| &series.targets);
        let targets = targets.map(|target| target.row.target).collect();
        let tasks = site.app.tasks_serving(&ask.actor, targets).await;
        tasks.map_err(|error| Failure::from_app(&ask, error))?
    } else {
        Vec::new()
    };
    Ok(layout::public(
        &ask,
        Section::Indicators,
        &title,
        &body(&ask, &view, &query, asked, coherence.as_deref(), &tasks),
    ))
}

fn body(
    ask: &Ask,
    view: &IndicatorView,
    query: &IndicatorQuery,
    asked: Asked,
    coherence: Option<&CoherenceView>,
    tasks: &[(TargetId, TaskCard)],
) -> Markup {
    let own = names::indicator_href(ask, &view.indicator);
    let (drawn, listed) = indicator_shown::parted(&view.series, query.place.is_some());
    let (past, past_links) = indicator_shown::past(ask, &own, asked, &view.history);
    let name = view.indicator.name.get(ask.language);
    let serving: Vec<TaskCard> = tasks.iter().map(|(_, card)| card.clone()).collect();
    html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/indicators")) { (ask.t("web-catalogue-title")) }
        }
        h1 { (name) }
        (facts(ask, view))
        @if query.place.is_some() || query.known_on.is_some() {
            p.notice {
                @if let Some(day) = query.known_on {
                    (ask.ta("web-indicator-known", &[("day", i18n::date::long(ask.language, day).into())])) " "
                }
                a href=(names::indicator_href(ask, &view.indicator)) { (ask.t("web-indicator-all")) }
            }
        }
        (simulated::banner(ask, is_simulated(view)))
        @if view.series.is_empty() { (notice::empty(&ask.t("web-indicator-empty"))) }
        @for (index, series) in drawn.iter().enumerate() {
            @let (shown, links) = indicator_shown::newest(ask, &own, asked, series);
            (one_series(ask, view, &shown, index, coherence, &links))
        }
        (indicator_shown::list(ask, &own, asked, listed))
        @if !serving.is_empty() {
            section {
                h2 id="tasks" { (ask.t("task-serving")) }
                (task::list(ask, &serving))
            }
        }
        @if !view.disagreements.is_empty() {
            section {
                h2 id="disagreements" { (ask.t("web-disagreements-here")) }
                @for found in &view.disagreements {
                    p.class { (super::disagreements::class_name(ask, found.class)) }
                    (super::disagreements::one(ask, found))
                }
            }
        }
        @if !view.history.is_empty() {
            section {
                h2 id="past" { (ask.t("web-indicator-history")) }
                p.muted { (ask.t("web-indicator-history-text")) }
                ul.history {
                    @for past in past {
                        li {
                            s { (result::label(ask, &past.result)) }
                            " – " (past.place.name.get(ask.language))
                            br; (names::act(ask, &past.ended))
                        }
                    }
                }
                (past_links)
            }
        }
        @if !view.past_targets.is_empty() {
            section {
                h2 { (ask.t("indicator-past-targets")) }
                p.muted { (ask.t("web-indicator-history-text")) }
                ul.history {
                    @for past in &view.past_targets {
                        li {
                            s { (target_table::capital(&i18n::date::due(ask.language, past.due))) ": " (amount::text(ask, &past.amount)) }
                            " – " (past.place.name.get(ask.language))
                            br; small { (source::short(ask, &past.sources)) }
                            br; (names::act(ask, &past.ended))
                        }
                    }
                }
            }
        }
        form.as-known method="get" action=(names::indicator_href(ask, &view.indicator)) {
            label for="known" { (ask.t("web-indicator-as-known")) }
            input id="known" type="date" name="known" value=[ask.value("known")];
            button type="submit" { (ask.t("web-filter-apply")) }
        }
        @if view.series.iter().any(|series| series.place.level == terms::AreaLevel::Commune) {
            p { a href=(super::rebased::href(ask, Some(&view.indicator.code), None)) { (ask.t("rebased-link")) } }
        }
        p.open-data {
            (ask.t("web-open-data")) " "
            a href=(format!("/data/indicators/{}.csv", view.indicator.code)) { "CSV" } " · "
            a href=(format!("/data/indicators/{}.json", view.indicator.code)) { "JSON" }
        }
    }
}

fn is_simulated(view: &IndicatorView) -> bool {
    let source = |sources: &[SourceView]| sources.iter().any(SourceView::is_simulated);
    view.series.iter().any(|series| {
        series.targets.iter().any(|target| target.row.simulated)
            || series.results.iter().any(|result| source(&result.sources))
    })
}

fn facts(ask: &Ask, view: &IndicatorView) -> Markup {
    let definition = view.definition.get(ask.language);
    let direction = match view.direction {
        Some(Direction::Up) => "direction-up",
        Some(Direction::Down) => "direction-down",
        None => "direction-none",
    };
    html! {
        @if !definition.is_empty() { p.lead { (definition) } }
        dl.facts {
            div { dt { (ask.t("web-unit")) } dd { (i18n::unit_name(ask.language, &view.indicator.unit)) } }
            div { dt { (ask.t("web-direction")) } dd { (ask.t(direction)) } }
            @if let Some(basis) = view.price_basis {
                div { dt { (ask.t("web-prices")) } dd { (amount::price_basis(ask, basis)) } }
            }
            div { dt { (ask.t("web-code")) } dd { code { (view.indicator.code) } } }
        }
    }
}

fn one_series(
    ask: &Ask,
    view: &IndicatorView,
    series: &Series,
    index: usize,
    coherence: Option<&CoherenceView>,
    links: &Markup,
) -> Markup {
    let heading = heading(ask, series);
    let title = format!("{} – {heading}", view.indicator.name.get(ask.language));
    html! {
        section.series {
            h2 id=(format!("series-{index}")) { (heading) }
            (chart::series(ask, &format!("c{index}"), &title, series, None))
            @if !series.targets.is_empty() {
                h3 { (ask.t("web-targets")) }
                ul.target-cards { @for target in &series.targets { (target_card(ask, target, coherence)) } }
            }
            @if series.results.is_empty() {
                (notice::empty(&ask.t("web-series-no-result")))
            } @else {
                h3 { (ask.t("web-results")) }
                (results(ask, &title, &series.results))
                (links)
            }
        }
    }
}

/// Whose series it is, and of what.
pub(super) fn heading(ask: &Ask, series: &Series) -> String {
    let mut parts = vec![series.place.name.get(ask.language).to_owned()];
    parts.extend(names::measure(ask, series.measure));
    parts.extend(series.price_basis.map(|basis| amount::price_basis(ask, basis)));
    parts.extend(
        series
            .scope
            .as_ref()
            .map(|scope| scope.get(ask.language).to_owned()),
    );
    parts.join(" · ")
}

fn target_card(ask: &Ask, target: &TargetPath, coherence: Option<&CoherenceView>) -> Markup {
    let row = &target.row;
    html! {
        li id=(format!("target-{}", row.target)) {
            p {
                strong { (target_table::capital(&i18n::date::due(ask.language, row.due))) ": " (amount::amount(ask, &row.amount)) }
                @if let Some(word) = target_table::basis(ask, row) { " " small { "(" (word) ")" } }
                " " (status::badge(ask, row.status))
                (target_table::chance(ask, row))
                " " (super::disagreements::mark(ask, row.disputed.as_deref()))
            }
            dl.facts {
                @if let Some(baseline) = &target.baseline {
                    div {
                        dt { (ask.t("web-baseline")) }
                        dd {
                            span.num { (i18n::quantity(ask.language, baseline.value, &row.amount.unit)) }
                            " (" (i18n::date::short_period(ask.language, baseline.period)) ")"
                            @if !baseline.stated { br; small { (ask.t("web-baseline-not-stated")) } }
                        }
                    }
                }
                div { dt { (ask.t("web-column-gap")) } dd { (target_table::gap(ask, row)) } }
                @if let Some(pace) = &row.observed_pace {
                    div { dt { (ask.t("web-pace-observed")) } dd { (amount::pace(ask, pace, &row.amount.unit)) } }
                }
                @if row.baseline.is_some() || !row.basis.has_start() {
                    div { dt { (ask.t("target-way")) } dd { (way::told(ask, row, target.within_year.is_some())) } }
                }
                @if let Some(value) = row.expected.today.filter(|_| !row.basis.is_mean()) {
                    div { dt { (ask.t("target-expected-today")) } dd.num { (way::value(ask, value, row)) } }
                }
                div {
                    dt { (ask.t("web-sdg-class")) }
                    dd { (ask.t(&format!("web-sdg-{}", row.sdg_class.code().replace('_', "-")))) }
                }
            }
            @if let Some(units) = &row.units { div.units { (way::units(ask, row, units)) } }
            p.more { a href=(super::target::href(ask, row.target)) { (ask.t("target-page")) } }
            @if let Some(view) = coherence { (clash::of_target(ask, view, row.target)) }
            @for found in &row.sources { (source::full(ask, found)) }
        }
    }
}

fn results(ask: &Ask, caption: &str, results: &[ResultView]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.results role="table" {
                caption.hidden { (caption) }
                thead role="rowgroup" { tr {
                    th role="columnheader" scope="col" { (ask.t("web-period")) }
                    th role="columnheader" scope="col" { (ask.t("web-value")) }
                    th role="columnheader" scope="col" { (ask.t("web-edition")) }
                    th role="columnheader" scope="col" { (ask.t("web-source-sentence")) }
                } }
                tbody role="rowgroup" {
                    @for found in results.iter().rev() {
                        tr role="row" id=(format!("result-{}", found.observation)) {
                            th role="rowheader" scope="row" { (i18n::date::short_period(ask.language, found.period)) }
                            td.number role="cell" {
                                (amount::amount(ask, &found.amount))
                                @if found.disputed.is_some() { br; small { (super::disagreements::mark(ask, found.disputed.as_deref())) } }
                            }
                            td role="cell" { (ask.t(&format!("edition-{}", found.edition.code()))) }
                            td role="cell" { @for each in &found.sources { (source::full(ask, each)) } }
                        }
                    }
                }
            }
        }
    }
}
