//! A series within the borders of another day, and what was reported within its own.

use app::rebased::{Every, Manner, Mark, RebasedCell, RebasedQuery, RebasedSeries, RebasedView};
use app::view::UnitName;
use axum::extract::State;
use charts::{LineChart, Point, Size};
use maud::{Markup, PreEscaped, html};
use terms::{Decimal, IndicatorCode, RefArea, UnitMeasure};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{amount, names, notice, simulated};
use crate::site::Site;

/// By what merged units can be divided when the way goes back.
const WEIGHTS: [&str; 2] = ["population.total", "households.total"];

/// Shows `?indicator=…&as-of=…&unit=…&every=…&weight=…`; each may be left out.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let view = found(&site, &ask).await?;
    let title = ask.t("rebased-title");
    Ok(layout::public(
        &ask,
        Section::Analysis,
        &title,
        &body(&ask, &view),
    ))
}

/// What the address asks for.
pub(crate) async fn found(site: &Site, ask: &Ask) -> Result<RebasedView, Failure> {
    let misunderstood = || Failure::misunderstood(ask);
    let code = |name: &str| -> Result<Option<IndicatorCode>, Failure> {
        ask.value(name)
            .map(str::parse)
            .transpose()
            .map_err(|_| misunderstood())
    };
    let every = |text: &str| {
        Every::ALL
            .into_iter()
            .find(|every| every.code() == text)
            .ok_or_else(misunderstood)
    };
    let query = RebasedQuery {
        indicator: code("indicator")?,
        as_of: ask
            .value("as-of")
            .map(str::parse)
            .transpose()
            .map_err(|_| misunderstood())?,
        unit: ask.value("unit").map(RefArea::new),
        every: ask.value("every").map(every).transpose()?,
        weight: code("weight")?,
    };
    let view = site.app.rebased(&ask.actor, &query).await;
    view.map_err(|error| Failure::from_app(ask, error))
}

/// The address of a series within the borders of today, or of the last day of a unit that ended.
pub(crate) fn href(ask: &Ask, indicator: Option<&IndicatorCode>, unit: Option<&UnitName>) -> String {
    let mut pairs = Vec::new();
    if let Some(indicator) = indicator {
        pairs.push(format!("indicator={indicator}"));
    }
    if let Some(unit) = unit {
        pairs.push(format!("unit={}", encode(unit.code.as_str())));
        if let Some(last) = unit.valid_to {
            pairs.push(format!("as-of={last}"));
        }
    }
    ask.href(&format!("/rebased?{}", pairs.join("&")))
}

fn body(ask: &Ask, view: &RebasedView) -> Markup {
    html! {
        h1 { (ask.t("rebased-title")) }
        p.lead { (ask.t("rebased-lead")) }
        @match &view.shown {
            None => {
                (notice::empty(&ask.t("rebased-none")))
                @if !view.choices.is_empty() { (form(ask, view, None)) }
            },
            Some(series) => {
                (simulated::banner(ask, series.simulated))
                (form(ask, view, Some(series)))
                h2 {
                    (names::indicator(ask, &series.indicator))
                    @if let Some(unit) = &view.unit { " – " (names::unit(ask, unit)) }
                }
                p {
                    (ask.ta("rebased-borders", &[("day", i18n::date::long(ask.language, view.as_of).into()), ("count", view.units.len().into())])) " "
                    (manner(ask, &series.manner))
                    @if let Some(basis) = series.price_basis { " " small.basis { (amount::price_basis(ask, basis)) } }
                }
                @if series.back { (back(ask, series)) }
                @match series.rows.as_slice() {
                    [row] if view.unit.is_some() => {
                        (chart(ask, view, series, &row.cells))
                        (of_one(ask, series, &row.cells))
                    },
                    _ => { (of_all(ask, view, series)) },
                }
                (totals(ask, series))
                (legend(ask))
                (reported(ask, series))
                p.open-data {
                    (ask.t("web-open-data")) " "
                    a href=(data_href(view, series)) { "CSV" }
                }
            },
        }
    }
}

fn data_href(view: &RebasedView, series: &RebasedSeries) -> String {
    let mut address = format!(
        "/data/rebased.csv?indicator={}&as-of={}&every={}",
        series.indicator.code,
        view.as_of,
        series.every.code()
    );
    if let Some(unit) = &view.unit {
        address = format!("{address}&unit={}", encode(unit.code.as_str()));
    }
    if let Some((weight, _)) = &series.weight {
        address = format!("{address}&weight={}", weight.code);
    }
    address
}

fn manner(ask: &Ask, manner: &Manner) -> String {
    match manner {
        Manner::Sum => ask.t("rebased-manner-sum"),
        Manner::Ratio {
            numerator,
            denominator,
        } => ask.ta(
            "rebased-manner-ratio",
            &[
                ("numerator", numerator.name.get(ask.language).into()),
                ("denominator", denominator.name.get(ask.language).into()),
            ],
        ),
        Manner::Mean { weight } => ask.ta(
            "rebased-manner-mean",
            &[("weight", weight.name.get(ask.language).into())],
        ),
        Manner::Greatest => ask.t("rebased-manner-greatest"),
        Manner::Carried => ask.t("rebased-manner-carried"),
    }
}

fn back(ask: &Ask, series: &RebasedSeries) -> Markup {
    html! {
        p.notice {
            @match &series.weight {
                Some((weight, period)) => {
                    (ask.ta("rebased-back-by", &[
                        ("weight", weight.name.get(ask.language).into()),
                        ("period", i18n::date::period(ask.language, *period).into()),
                    ]))
                },
                None => { (ask.t("rebased-back-not")) },
            }
        }
    }
}

fn form(ask: &Ask, view: &RebasedView, series: Option<&RebasedSeries>) -> Markup {
    html! {
        form.computed-choice method="get" action=(ask.href("/rebased")) {
            div.field {
                label for="indicator" { (ask.t("engine-indicator")) }
                select id="indicator" name="indicator" {
                    @for choice in &view.choices {
                        option value=(choice.code) selected[series.is_some_and(|series| series.indicator.code == choice.code)] {
                            (choice.name.get(ask.language))
                        }
                    }
                }
            }
            div.field {
                label for="as-of" { (ask.t("rebased-as-of")) }
                select id="as-of" name="as-of" {
                    @for day in &view.days {
                        option value=(day) selected[*day == view.as_of] { (i18n::date::long(ask.language, *day)) }
                    }
                }
            }
            div.field {
                label for="unit" { (ask.t("engine-unit")) }
                select id="unit" name="unit" {
                    option value="" { (ask.ta("rebased-all-units", &[("count", view.units.len().into())])) }
                    @for unit in sorted(ask, &view.units) {
                        option value=(unit.code) selected[view.unit.as_ref().is_some_and(|one| one.code == unit.code)] { (unit.name.get(ask.language)) }
                    }
                }
            }
            @if let Some(series) = series {
                @if 1 < series.lengths.len() {
                    div.field {
                        label for="every" { (ask.t("engine-period")) }
                        select id="every" name="every" {
                            @for every in &series.lengths {
                                option value=(every.code()) selected[*every == series.every] { (ask.t(&format!("rebased-every-{}", every.code()))) }
                            }
                        }
                    }
                }
                @if series.back {
                    div.field {
                        label for="weight" { (ask.t("rebased-weight")) }
                        select id="weight" name="weight" {
                            option value="" { (ask.t("rebased-weight-none")) }
                            @for weight in WEIGHTS {
                                option value=(weight) selected[ask.value("weight") == Some(weight)] { (ask.t(&format!("rebased-weight-{}", weight.replace('.', "-")))) }
                            }
                        }
                    }
                }
            }
            p.actions { button type="submit" { (ask.t("engine-show")) } }
        }
    }
}

fn sorted<'a>(ask: &Ask, units: &'a [UnitName]) -> Vec<&'a UnitName> {
    let mut units: Vec<&UnitName> = units.iter().collect();
    i18n::sort::by_name(ask.language, &mut units, |unit| unit.name.get(ask.language));
    units
}

/// The value of a cell with its mark in words, where it has one.
fn cell(ask: &Ask, cell: &RebasedCell, unit: &UnitMeasure) -> Markup {
    let value = |value: Decimal| amount::computed(ask, value, unit);
    let missing = [("count", cell.missing.len().into())];
    html! {
        @match (cell.mark, cell.value) {
            (Mark::Estimated, Some(known)) => { span.mark-estimated title=(ask.t("rebased-mark-estimated")) { "≈ " (value(known)) } },
            (_, Some(known)) => { (value(known)) },
            (Mark::NotApportioned, None) => { span.muted { (ask.t("rebased-cell-not-apportioned")) } },
            (_, None) if cell.parts.is_empty() => { span.muted { (ask.t("rebased-cell-none")) } },
            (_, None) => { span.muted { (ask.ta("rebased-cell-missing", &missing)) } },
        }
    }
}

/// One unit: each period with what it comes to and from whom.
fn of_one(ask: &Ask, series: &RebasedSeries, cells: &[RebasedCell]) -> Markup {
    let unit = &series.indicator.unit;
    html! {
        table.computed {
            caption.hidden { (series.indicator.name.get(ask.language)) }
            thead { tr {
                th scope="col" { (ask.t("engine-period")) }
                th.num scope="col" { (ask.t("rebased-value")) }
                th scope="col" { (ask.t("rebased-from")) }
            } }
            tbody { @for (column, each) in series.periods.iter().zip(cells).rev() { tr {
                th scope="row" { (i18n::date::short_period(ask.language, column.period)) }
                td.num {
                    (cell(ask, each, unit))
                    @if let (Some((over, under)), Manner::Ratio { .. }) = (each.quotient, &series.manner) {
                        br; small { (i18n::number(ask.language, over.normalize())) " / " (i18n::number(ask.language, under.normalize())) }
                    }
                }
                td { (parts(ask, series, each)) }
            } } }
        }
    }
}

fn parts(ask: &Ask, series: &RebasedSeries, each: &RebasedCell) -> Markup {
    let list = |units: &[UnitName]| {
        let names: Vec<&str> = units.iter().map(|unit| unit.name.get(ask.language)).collect();
        names.join(", ")
    };
    html! {
        @if each.mark == Mark::Reported { span.muted { (ask.t("rebased-mark-reported")) } }
        @else if !each.parts.is_empty() {
            ul.parts {
                @for part in each.parts.iter().filter(|part| !each.missing.iter().any(|unit| unit.code == part.unit.code)) {
                    li {
                        (names::unit(ask, &part.unit)) ": "
                        // Of a mean and a rate the reported value says more than what it brings to the sum.
                        (match part.reported {
                            Some(reported) => amount::computed(ask, reported, &series.indicator.unit),
                            None => i18n::number(ask.language, part.value.normalize()),
                        })
                        @if let Some(share) = part.share {
                            " " small { (ask.ta("rebased-share", &[("share", i18n::quantity(ask.language, (share * Decimal::ONE_HUNDRED).round_dp(2).normalize(), &UnitMeasure::PERCENT).into())])) }
                        }
                    }
                }
            }
        }
        @if !each.missing.is_empty() { p.muted { (ask.ta("rebased-missing", &[("names", list(&each.missing).into())])) } }
        @if !each.not_apportioned.is_empty() { p.muted { (ask.ta("rebased-not-apportioned", &[("names", list(&each.not_apportioned).into())])) } }
    }
}

/// All units, a column for each period.
fn of_all(ask: &Ask, view: &RebasedView, series: &RebasedSeries) -> Markup {
    let unit = &series.indicator.unit;
    let title = series.indicator.name.get(ask.language);
    let mut rows: Vec<_> = series.rows.iter().collect();
    i18n::sort::by_name(ask.language, &mut rows, |row| row.unit.name.get(ask.language));
    html! {
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table.computed.wide {
                caption.hidden { (title) }
                thead { tr {
                    th scope="col" { (ask.t("engine-unit")) }
                    @for column in &series.periods {
                        th.num scope="col" {
                            (i18n::date::short_period(ask.language, column.period))
                            br; small { (ask.ta("rebased-column", &[("known", column.known.0.into()), ("of", column.known.1.into())])) }
                        }
                    }
                } }
                tbody { @for row in rows { tr {
                    th scope="row" { a href=(one_href(ask, view, series, &row.unit)) { (row.unit.name.get(ask.language)) } }
                    @for each in &row.cells { td.num { (cell(ask, each, unit)) } }
                } } }
            }
        }
    }
}

fn one_href(ask: &Ask, view: &RebasedView, series: &RebasedSeries, unit: &UnitName) -> String {
    let mut address = format!(
        "/rebased?indicator={}&as-of={}&unit={}&every={}",
        series.indicator.code,
        view.as_of,
        encode(unit.code.as_str()),
        series.every.code()
    );
    if let Some((weight, _)) = &series.weight {
        address = format!("{address}&weight={}", weight.code);
    }
    ask.href(&address)
}

/// Of figures that add up: whether anything was lost on the way.
fn totals(ask: &Ask, series: &RebasedSeries) -> Markup {
    let unit = &series.indicator.unit;
    let value = |value: Decimal| i18n::quantity(ask.language, value.normalize(), unit);
    let some = series.periods.iter().any(|column| column.totals.is_some());
    html! {
        @if some && 1 < series.rows.len() {
            h3 { (ask.t("rebased-totals")) }
            ul.totals {
                @for column in &series.periods {
                    @if let Some((reported, made)) = column.totals {
                        li {
                            (i18n::date::short_period(ask.language, column.period)) ": "
                            @let arguments = [("reported", value(reported).into()), ("made", value(made).into()), ("lost", value(reported - made).into())];
                            @if reported == made { (ask.ta("rebased-totals-equal", &arguments)) }
                            @else { (ask.ta("rebased-totals-lost", &arguments)) }
                        }
                    }
                }
            }
        }
        @for column in &series.periods {
            @if !column.lost.is_empty() {
                @let lost: Vec<&str> = column.lost.iter().map(|unit| unit.name.get(ask.language)).collect();
                p.notice { (ask.ta("rebased-lost", &[("period", i18n::date::period(ask.language, column.period).into()), ("names", lost.join(", ").into())])) }
            }
        }
    }
}

fn legend(ask: &Ask) -> Markup {
    html! {
        ul.muted {
            li { (ask.t("rebased-mark-whole")) }
            li { "≈ – " (ask.t("rebased-mark-estimated")) }
            li { (ask.t("rebased-mark-missing")) }
            li { (ask.t("rebased-mark-not-apportioned")) }
        }
    }
}

/// What was reported, within the borders of its own day.
fn reported(ask: &Ask, series: &RebasedSeries) -> Markup {
    let unit = &series.indicator.unit;
    let title = ask.t("rebased-reported");
    let mut rows: Vec<_> = series.reported.iter().collect();
    i18n::sort::by_name(ask.language, &mut rows, |row| row.unit.name.get(ask.language));
    html! {
        details {
            summary { (ask.ta("rebased-reported-count", &[("count", rows.len().into())])) }
            p.muted { (ask.t("rebased-reported-means")) }
            div.scroll tabindex="0" role="region" aria-label=(title) {
                table.computed.wide {
                    caption.hidden { (title) }
                    thead { tr {
                        th scope="col" { (ask.t("engine-unit")) }
                        @for column in &series.periods { th.num scope="col" { (i18n::date::short_period(ask.language, column.period)) } }
                    } }
                    tbody { @for row in rows { tr {
                        th scope="row" { (names::unit(ask, &row.unit)) }
                        @for value in &row.values {
                            td.num {
                                @match value {
                                    Some(value) => { (amount::computed(ask, *value, unit)) },
                                    None => { span.muted { "–" } },
                                }
                            }
                        }
                    } } }
                }
            }
        }
    }
}

fn chart(ask: &Ask, view: &RebasedView, series: &RebasedSeries, cells: &[RebasedCell]) -> Markup {
    let unit = &series.indicator.unit;
    let points: Vec<Point> = series
        .periods
        .iter()
        .zip(cells)
        .filter_map(|(column, cell)| {
            let value = cell.value?;
            let estimated = cell.mark == Mark::Estimated;
            let words = format!(
                "{}: {}{}",
                i18n::date::period(ask.language, column.period),
                if estimated { "≈ " } else { "" },
                amount::computed(ask, value, unit)
            );
            Some(Point {
                period: column.period,
                value,
                upper: None,
                estimated,
                disputed: false,
                label: words,
                href: None,
            })
        })
        .collect();
    if points.len() < 2 {
        return html! {};
    }
    let title = format!(
        "{} – {}",
        series.indicator.name.get(ask.language),
        view.unit
            .as_ref()
            .map(|unit| unit.name.get(ask.language))
            .unwrap_or_default()
    );
    let description = ask.ta(
        "web-chart-from-to",
        &[
            ("first", points[0].label.clone().into()),
            ("last", points[points.len() - 1].label.clone().into()),
        ],
    );
    let draw = |size: Size, id: &str| {
        let chart = LineChart {
            id,
            title: &title,
            description: &description,
            language: ask.language,
            unit,
            points: &points,
            targets: &[],
            today: None,
            days: &[],
            size,
        };
        PreEscaped(chart.draw())
    };
    html! {
        figure.chart-frame {
            (draw(Size::Wide, "rebased-w"))
            (draw(Size::Narrow, "rebased-n"))
            figcaption { ul.legend {
                li.k-result { (ask.t("rebased-value")) }
                @if points.iter().any(|point| point.estimated) { li.k-estimate { (ask.t("rebased-mark-estimated")) } }
            } }
        }
    }
}
