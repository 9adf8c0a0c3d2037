//! The tree of units: a unit with those below it, what they come to, and how much of the ground that covers.

use app::tree::{Coverage, TreeCell, TreeRow, TreeView};
use axum::extract::State;
use maud::{Markup, html};
use terms::{AreaLevel, Decimal, RefArea, TimePeriod, UnitMeasure};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::explain;
use crate::parts::{amount, names, notice, simulated};
use crate::site::Site;

/// Shows `?unit=…&period=…`; without them the province in the newest year.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let unit = RefArea::new(ask.value("unit").unwrap_or("VN-11"));
    if unit.level() == AreaLevel::Named {
        return Err(Failure::not_found(&ask));
    }
    let period = ask.value("period").map(str::parse).transpose();
    let period = period.map_err(|_| Failure::misunderstood(&ask))?;
    let view = site.app.tree(&ask.actor, &unit, period).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("tree-title");
    Ok(layout::public(&ask, Section::Units, &title, &body(&ask, &view)))
}

/// The address of a unit's tree.
pub(crate) fn href(ask: &Ask, unit: &RefArea, period: Option<TimePeriod>) -> String {
    let mut address = format!("/tree?unit={}", encode(unit.as_str()));
    if let Some(period) = period {
        address = format!("{address}&period={}", encode(&period.to_string()));
    }
    ask.href(&address)
}

fn body(ask: &Ask, view: &TreeView) -> Markup {
    let name = view.unit.name.get(ask.language);
    html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            @for (index, parent) in view.parents.iter().enumerate() {
                @if 0 < index { " › " }
                a href=(href(ask, &parent.code, Some(view.period))) { (parent.name.get(ask.language)) }
            }
            @if view.parents.is_empty() { a href=(ask.href("/map")) { (ask.t("web-menu-units")) } }
        }
        h1 { (ask.t("tree-title")) " – " (name) }
        p.lead { (ask.t("tree-lead")) }
        (simulated::banner(ask, view.simulated))
        (form(ask, view))
        p {
            (ask.ta("tree-units", &[("count", (view.rows.len() - 1).into()), ("period", i18n::date::period(ask.language, view.period).into())]))
            @if view.population.known != 0 { " " (population(ask, view)) }
        }
        @if view.indicators.is_empty() { (notice::empty(&ask.t("tree-none"))) }
        (table(ask, view))
    }
}

fn population(ask: &Ask, view: &TreeView) -> String {
    let years: Vec<String> = view
        .population
        .years
        .iter()
        .map(|year| i18n::date::short_period(ask.language, *year))
        .collect();
    ask.ta(
        "tree-population",
        &[
            ("years", years.join(", ").into()),
            ("known", view.population.known.into()),
            ("of", view.population.of.into()),
        ],
    )
}

/// The periods to choose from, with the one that is shown chosen.
pub(crate) fn period_choice(ask: &Ask, periods: &[TimePeriod], shown: TimePeriod) -> Markup {
    html! {
        div.field {
            label for="period" { (ask.t("engine-period")) }
            select id="period" name="period" {
                @if !periods.contains(&shown) {
                    option value=(shown) selected { (i18n::date::period(ask.language, shown)) }
                }
                @for period in periods {
                    option value=(period) selected[*period == shown] { (i18n::date::period(ask.language, *period)) }
                }
            }
        }
    }
}

fn form(ask: &Ask, view: &TreeView) -> Markup {
    html! {
        @if !view.periods.is_empty() {
            form.computed-choice method="get" action=(ask.href("/tree")) {
                input type="hidden" name="unit" value=(view.unit.code);
                (period_choice(ask, &view.periods, view.period))
                p.actions { button type="submit" { (ask.t("engine-show")) } }
            }
        }
    }
}

fn table(ask: &Ask, view: &TreeView) -> Markup {
    let mut below: Vec<&TreeRow> = view.rows.iter().skip(1).collect();
    i18n::sort::by_name(ask.language, &mut below, |row| row.unit.name.get(ask.language));
    let title = ask.t("tree-title");
    html! {
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table.computed.wide.tree {
                caption.hidden { (title) }
                thead { tr {
                    th scope="col" { (ask.t("engine-unit")) }
                    @for indicator in &view.indicators { th.num scope="col" { (names::indicator(ask, indicator)) } }
                } }
                tbody {
                    @if let Some(first) = view.rows.first() {
                        tr.whole {
                            th scope="row" { strong { (names::unit(ask, &first.unit)) } }
                            @for (cell, indicator) in first.cells.iter().zip(&view.indicators) {
                                td.num {
                                    (value(ask, view, first, cell, indicator))
                                    @if let Some(coverage) = &cell.coverage { br; small { (covered(ask, coverage)) } }
                                    @else if cell.reported { br; small { (ask.t("tree-reported")) } }
                                    (months(ask, cell))
                                }
                            }
                        }
                    }
                    @for row in below {
                        tr {
                            th.below scope="row" {
                                @if row.has_children { a href=(href(ask, &row.unit.code, Some(view.period))) { (row.unit.name.get(ask.language)) } }
                                @else { (names::unit(ask, &row.unit)) }
                            }
                            @for (cell, indicator) in row.cells.iter().zip(&view.indicators) {
                                td.num {
                                    (value(ask, view, row, cell, indicator))
                                    @if let Some(coverage) = cell.coverage.filter(|coverage| 1 < coverage.of) { br; small { (covered(ask, &coverage)) } }
                                    (months(ask, cell))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// «10 trên 12 tháng», where shorter periods came to it.
fn months(ask: &Ask, cell: &TreeCell) -> Markup {
    html! {
        @if let Some((known, of)) = cell.months {
            br; small { (ask.ta("rollup-months", &[("known", i64::from(known).into()), ("of", i64::from(of).into())])) }
        }
    }
}

fn value(
    ask: &Ask,
    view: &TreeView,
    row: &TreeRow,
    cell: &TreeCell,
    indicator: &app::view::IndicatorName,
) -> Markup {
    html! {
        @match cell.value {
            Some(known) => {
                a href=(explain::href(ask, &indicator.code, &row.unit.code, view.period)) { (amount::computed(ask, known, &indicator.unit)) }
            },
            None => { span.muted { "–" } },
        }
    }
}

/// «38 trên 45 đơn vị, 91% dân số».
pub(crate) fn covered(ask: &Ask, coverage: &Coverage) -> String {
    let counts = [("known", coverage.known.into()), ("of", coverage.of.into())];
    match coverage.population {
        None => ask.ta("tree-coverage-units", &counts),
        Some(share) => {
            let percent = amount::computed(
                ask,
                // «100%» is said only of all.
                percent_of(share),
                &UnitMeasure::PERCENT,
            );
            let [known, of] = counts;
            ask.ta("tree-coverage", &[known, of, ("population", percent.into())])
        }
    }
}

/// In whole per cent, but 99 for anything short of all and 1 for anything above none.
fn percent_of(share: Decimal) -> Decimal {
    let percent = (share * Decimal::ONE_HUNDRED).round_dp(0);
    if share == Decimal::ONE || share.is_zero() {
        percent
    } else {
        percent.clamp(Decimal::ONE, Decimal::from(99))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_the_population_is_said_only_of_all() {
        for (share, percent) in [
            ("1", "100"),
            ("0.9999", "99"),
            ("0.914", "91"),
            ("0.0001", "1"),
            ("0", "0"),
        ] {
            let share: Decimal = share.parse().unwrap();
            assert_eq!(percent_of(share), percent.parse().unwrap(), "{share}");
        }
    }
}
