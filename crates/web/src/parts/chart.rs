//! The chart of a series: drawn wide and narrow, the style sheet shows one.

use app::indicator::Series;
use app::scoreboard::{TargetRow, WithinYear};
use charts::{DayMark, LineChart, Milestone, PathPoint, Point, Size, TargetMark};
use maud::{Markup, PreEscaped, html};
use plan::{Basis, Edition, ObsStatus};
use terms::{Date, TimePeriod, UnitMeasure};

use crate::ask::Ask;
use crate::parts::{amount, result, source};

/// Draws a series with its targets, or nothing where there is nothing to draw.
pub(crate) fn series(ask: &Ask, id: &str, title: &str, series: &Series, today: Option<Date>) -> Markup {
    draw(ask, id, title, series, today, &[])
}

/// As [`series`], with days marked on it.
pub(crate) fn series_with_days(
    ask: &Ask,
    id: &str,
    title: &str,
    series: &Series,
    days: &[DayMark],
) -> Markup {
    draw(ask, id, title, series, None, days)
}

fn draw(ask: &Ask, id: &str, title: &str, series: &Series, today: Option<Date>, days: &[DayMark]) -> Markup {
    let Some(unit) = unit(series) else {
        return html! {};
    };
    let points: Vec<Point> = series
        .results
        .iter()
        .map(|found| Point {
            period: found.period,
            value: found.amount.value,
            upper: found.amount.upper,
            estimated: found.edition == Edition::Estimate
                || matches!(found.status, ObsStatus::Estimated | ObsStatus::Forecast),
            disputed: found.disputed.is_some(),
            label: result::label(ask, found),
            href: found.sources.first().and_then(|first| source::href(ask, first)),
        })
        .collect();
    let targets: Vec<TargetMark> = series
        .targets
        .iter()
        // A sum over years or a change is no level of the series: it stands in the list, not in the drawing.
        .filter(|target| target.row.basis == Basis::AtDue || target.row.basis.is_mean())
        .map(|target| TargetMark {
            due: target.row.due,
            low: target.row.amount.value,
            high: target.row.amount.upper,
            label: format!(
                "{}: {} {}",
                ask.t("web-target"),
                amount::text(ask, &target.row.amount),
                i18n::date::due(ask.language, target.row.due)
            ),
            href: Some(format!("#target-{}", target.row.target)),
            path: target
                .path
                .iter()
                .map(|(period, low, high)| PathPoint {
                    period: *period,
                    low: *low,
                    high: *high,
                })
                .collect(),
            milestones: milestones(ask, &target.row),
        })
        .collect();
    if points.is_empty() && targets.is_empty() {
        return html! {};
    }
    let description = description(ask, series);
    let one = |size: Size, id: &str| {
        let chart = LineChart {
            id,
            title,
            description: &description,
            language: ask.language,
            unit: &unit,
            points: &points,
            targets: &targets,
            today,
            days,
            size,
        };
        PreEscaped(chart.draw())
    };
    html! {
        figure.chart-frame {
            (one(Size::Wide, &format!("{id}w")))
            (one(Size::Narrow, &format!("{id}n")))
            figcaption { ul.legend {
                li.k-result { (ask.t("web-legend-result")) }
                @if points.iter().any(|point| point.estimated) { li.k-estimate { (ask.t("web-legend-estimate")) } }
                @if points.iter().any(|point| point.disputed) { li.k-disputed { (ask.t("web-legend-disputed")) } }
                @if !targets.is_empty() { li.k-target { (ask.t("web-legend-target")) } }
                @if targets.iter().any(|target| 1 < target.path.len()) { li.k-path { (ask.t("web-legend-path")) } }
                @if targets.iter().any(|target| !target.milestones.is_empty()) { li.k-milestone { (ask.t("target-legend-milestone")) } }
            } }
        }
    }
}

/// The milestones on the way; those of a sum are no values of the series.
fn milestones(ask: &Ask, row: &TargetRow) -> Vec<Milestone> {
    let stops = row.way.path.milestones().iter();
    stops
        .filter(|_| row.basis.has_start())
        .map(|(period, value)| Milestone {
            period: *period,
            value: *value,
            label: ask.ta(
                "target-milestone",
                &[
                    ("period", i18n::date::short_period(ask.language, *period).into()),
                    (
                        "value",
                        i18n::quantity(ask.language, *value, &row.amount.unit).into(),
                    ),
                ],
            ),
        })
        .collect()
}

/// What is gathered within a year against what its way expects by the end of each month.
pub(crate) fn within_year(
    ask: &Ask,
    title: &str,
    row: &TargetRow,
    within: &WithinYear,
    today: Date,
) -> Markup {
    let unit = &row.amount.unit;
    let points: Vec<Point> = within
        .gathered
        .iter()
        .map(|(day, sum)| Point {
            period: TimePeriod::Day(*day),
            value: *sum,
            upper: None,
            estimated: false,
            disputed: false,
            label: format!(
                "{}: {}",
                i18n::date::short(ask.language, *day),
                i18n::quantity(ask.language, *sum, unit)
            ),
            href: None,
        })
        .collect();
    let target = TargetMark {
        due: TimePeriod::Day(row.due.end()),
        low: row.amount.value,
        high: row.amount.upper,
        label: amount::text(ask, &row.amount),
        href: None,
        path: within
            .expected
            .iter()
            .map(|(day, value)| PathPoint {
                period: TimePeriod::Day(*day),
                low: *value,
                high: *value,
            })
            .collect(),
        milestones: Vec::new(),
    };
    let description = ask.t("target-year-chart-text");
    let one = |size: Size, id: &str| {
        let chart = LineChart {
            id,
            title,
            description: &description,
            language: ask.language,
            unit,
            points: &points,
            targets: std::slice::from_ref(&target),
            today: Some(today),
            days: &[],
            size,
        };
        PreEscaped(chart.draw())
    };
    html! {
        figure.chart-frame {
            (one(Size::Wide, "yw"))
            (one(Size::Narrow, "yn"))
            figcaption { (description) }
        }
    }
}

fn unit(series: &Series) -> Option<UnitMeasure> {
    let result = series.results.first().map(|result| &result.amount.unit);
    result
        .or_else(|| series.targets.first().map(|target| &target.row.amount.unit))
        .cloned()
}

fn description(ask: &Ask, series: &Series) -> String {
    let first = series.results.first().map(|found| result::label(ask, found));
    let last = series.results.last().map(|found| result::label(ask, found));
    match (first, last) {
        (Some(first), Some(last)) if first != last => ask.ta(
            "web-chart-from-to",
            &[("first", first.into()), ("last", last.into())],
        ),
        (Some(only), _) => ask.ta("web-chart-one", &[("only", only.into())]),
        _ => ask.t("web-chart-none"),
    }
}
