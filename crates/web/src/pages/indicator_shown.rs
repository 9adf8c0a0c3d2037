//! What of an indicator's series one page shows: the newest results of a few series drawn, the others in a list, a page of
//! it at a time. The open data have all of them.

use app::indicator::Series;
use maud::{Markup, html};
use terms::RefArea;

use crate::ask::{Ask, encode};
use crate::failure::Failure;
use crate::parts::{amount, simulated, status, target_table};

/// So many series are drawn; where there are more, those of the upper tiers are, and the others stand in the list.
const MOST_DRAWN: usize = 12;
/// So many results of a series stand in its table and drawing.
const MOST_RESULTS: usize = 60;
/// So many rows of the list, and so many changed values.
const MOST_ROWS: usize = 100;

/// Which part of a page is asked for, each counted from 0.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    older: usize,
    units: usize,
    past: usize,
}

impl Asked {
    pub(super) fn of(ask: &Ask) -> Result<Self, Failure> {
        let number = |name| {
            let number = ask.value(name).map(str::parse::<u16>).transpose();
            number.map_or_else(
                |_| Err(Failure::misunderstood(ask)),
                |number| Ok(number.map_or(0, usize::from)),
            )
        };
        Ok(Self {
            older: number("older")?,
            units: number("units")?,
            past: number("past")?,
        })
    }
}

/// The series that are drawn, and those that stand in the list. Of one place all are drawn.
pub(super) fn parted(all: &[Series], of_one_place: bool) -> (&[Series], &[Series]) {
    if of_one_place || all.len() <= MOST_DRAWN {
        return (all, &[]);
    }
    // By whole tiers: a province's districts are all drawn or none.
    let tiers = all.chunk_by(|one, next| one.place.level == next.place.level);
    let mut drawn = 0;
    for tier in tiers {
        if MOST_DRAWN < drawn + tier.len() {
            break;
        }
        drawn += tier.len();
    }
    all.split_at(drawn)
}

/// The results of a series that are shown, and links to those before and after.
pub(super) fn newest(ask: &Ask, of: &str, asked: Asked, series: &Series) -> (Series, Markup) {
    let all = series.results.len();
    let last = all.saturating_sub(1) / MOST_RESULTS;
    let page = asked.older.min(last);
    let to = all - (page * MOST_RESULTS).min(all);
    let from = to.saturating_sub(MOST_RESULTS);
    let shown = Series {
        place: series.place.clone(),
        measure: series.measure,
        price_basis: series.price_basis,
        scope: series.scope.clone(),
        results: series.results[from..to].to_vec(),
        targets: series.targets.clone(),
    };
    let href = |page: usize| href(ask, of, Some(&series.place.code), &[("older", page)]);
    let counts = [("shown", (to - from).into()), ("all", all.into())];
    let links = html! {
        @if last != 0 {
            nav.actions aria-label=(ask.ta("indicator-results-pages", &[("series", super::indicator::heading(ask, series).into())])) {
                span { (ask.ta(if page == 0 { "indicator-results-newest" } else { "indicator-results-some" }, &counts)) }
                @if 0 < page { a.button.plain rel="prev" href=(href(page - 1)) { (ask.t("indicator-results-newer")) } }
                @if page < last { a.button.plain rel="next" href=(href(page + 1)) { (ask.t("indicator-results-older")) } }
            }
        }
    };
    (shown, links)
}

/// The series that are not drawn: the latest result and the next target of each, a link to all of the unit.
pub(super) fn list(ask: &Ask, of: &str, asked: Asked, series: &[Series]) -> Markup {
    if series.is_empty() {
        return html! {};
    }
    let (shown, links) = paged(ask, of, "units", asked.units, series);
    html! {
        section {
            h2 id="units" { (ask.t("indicator-units")) }
            p.muted { (ask.ta("indicator-units-text", &[("count", series.len().into())])) }
            div.scroll tabindex="0" role="region" aria-label=(ask.t("indicator-units")) {
                table.results role="table" {
                    caption.hidden { (ask.t("indicator-units")) }
                    thead role="rowgroup" { tr role="row" {
                        th role="columnheader" scope="col" { (ask.t("indicator-unit")) }
                        th role="columnheader" scope="col" { (ask.t("indicator-latest")) }
                        th role="columnheader" scope="col" { (ask.t("indicator-next-target")) }
                        th role="columnheader" scope="col" { (ask.t("indicator-values")) }
                    } }
                    tbody role="rowgroup" { @for one in shown { (row(ask, of, one)) } }
                }
            }
            (links)
        }
    }
}

fn row(ask: &Ask, of: &str, series: &Series) -> Markup {
    html! {
        tr role="row" {
            th role="rowheader" scope="row" { a href=(href(ask, of, Some(&series.place.code), &[])) { (super::indicator::heading(ask, series)) } }
            td.number role="cell" {
                @if let Some(latest) = series.results.last() {
                    (amount::amount(ask, &latest.amount)) " "
                    small { "(" (i18n::date::short_period(ask.language, latest.period)) ")" }
                    (simulated::badge(ask, &latest.sources))
                } @else { (ask.t("indicator-no-value")) }
            }
            td role="cell" {
                @if let Some(target) = series.targets.last() {
                    (target_table::capital(&i18n::date::due(ask.language, target.row.due))) ": "
                    (amount::amount(ask, &target.row.amount)) " " (status::badge(ask, target.row.status))
                } @else { (ask.t("indicator-no-target")) }
            }
            td.number role="cell" { (series.results.len()) }
        }
    }
}

/// Of changed values the page that is asked for, with links to the others.
pub(super) fn past<'a, T>(ask: &Ask, of: &str, asked: Asked, all: &'a [T]) -> (&'a [T], Markup) {
    paged(ask, of, "past", asked.past, all)
}

fn paged<'a, T>(ask: &Ask, of: &str, name: &str, page: usize, all: &'a [T]) -> (&'a [T], Markup) {
    let last = all.len().saturating_sub(1) / MOST_ROWS;
    let page = page.min(last);
    let from = page * MOST_ROWS;
    let to = all.len().min(from + MOST_ROWS);
    let link = |page: usize| {
        let place = ask.value("place").map(RefArea::new);
        href(ask, of, place.as_ref(), &[(name, page)]) + if name == "units" { "#units" } else { "#past" }
    };
    let counts = [
        ("from", (from + 1).into()),
        ("to", to.into()),
        ("all", all.len().into()),
    ];
    let links = html! {
        @if last != 0 {
            nav.actions aria-label=(ask.t(if name == "units" { "indicator-units-pages" } else { "indicator-past-pages" })) {
                span { (ask.ta("indicator-rows", &counts)) }
                @if 0 < page { a.button.plain rel="prev" href=(link(page - 1)) { (ask.t("indicator-rows-before")) } }
                @if page < last { a.button.plain rel="next" href=(link(page + 1)) { (ask.t("indicator-rows-next")) } }
            }
        }
    };
    (&all[from..to], links)
}

/// The address of a part of an indicator's page, as known on the same day.
fn href(ask: &Ask, of: &str, place: Option<&RefArea>, parts: &[(&str, usize)]) -> String {
    let mut pairs: Vec<String> = Vec::new();
    pairs.extend(place.map(|place| format!("place={}", encode(place.as_str()))));
    pairs.extend(ask.value("known").map(|day| format!("known={}", encode(day))));
    let asked = parts.iter().filter(|(_, page)| *page != 0);
    pairs.extend(asked.map(|(name, page)| format!("{name}={page}")));
    if pairs.is_empty() {
        of.to_owned()
    } else {
        format!("{of}?{}", pairs.join("&"))
    }
}
