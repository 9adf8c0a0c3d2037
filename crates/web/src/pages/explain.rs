//! How a number came about, down to the reports and their sentences; and what the units below a unit come to.

use app::explain::{CameAbout, Computed, ExplainQuery, Explanation, Made, UnitComputed};
use app::view::UnitName;
use axum::extract::State;
use maud::{Markup, html};
use terms::{IndicatorCode, RefArea, TimePeriod};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::tree;
use crate::parts::{amount, names, notice, simulated, source};
use crate::site::Site;

/// The address of an explanation.
pub(crate) fn href(ask: &Ask, indicator: &IndicatorCode, unit: &RefArea, period: TimePeriod) -> String {
    ask.href(&format!(
        "/explain?indicator={}&unit={}&period={}",
        encode(indicator.as_str()),
        encode(unit.as_str()),
        encode(&period.to_string()),
    ))
}

/// Explains `?indicator=…&unit=…&period=…`; without an indicator, all that the unit comes to in the period.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let misunderstood = || Failure::misunderstood(&ask);
    let place = RefArea::new(ask.value("unit").unwrap_or("VN-11"));
    let period = ask.value("period").map(str::parse::<TimePeriod>).transpose();
    let period = period.map_err(|_| misunderstood())?;
    let Some(code) = ask.value("indicator") else {
        let found = site.app.compute_unit(&ask.actor, &place, period).await;
        let found = found.map_err(|error| Failure::from_app(&ask, error))?;
        let title = ask.t("engine-rollup-title");
        let body = roll_ups(&ask, &site.app.unit_name(&place), &found);
        return Ok(layout::public(&ask, Section::Analysis, &title, &body));
    };
    let period = period.unwrap_or_else(|| TimePeriod::Year(site.app.today().year() - 1));
    let query = ExplainQuery {
        indicator: code.parse().map_err(|_| misunderstood())?,
        place,
        period,
        known_on: None,
    };
    let told = site
        .app
        .explain(&ask.actor, &query)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("engine-explain-title");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("engine-explain-lead")) }
        (simulated::banner(&ask, told.is_simulated()))
        h2 { (names::indicator(&ask, &told.indicator)) }
        div.explained { (one(&ask, &told, 0)) }
        p { a href=(all_href(&ask, &told.place.code, told.period)) { (ask.t("engine-rollup-link")) } }
    };
    Ok(layout::public(&ask, Section::Analysis, &title, &body))
}

/// The address of all that a unit comes to in a period.
pub(crate) fn all_href(ask: &Ask, unit: &RefArea, period: TimePeriod) -> String {
    ask.href(&format!(
        "/explain?unit={}&period={}",
        encode(unit.as_str()),
        encode(&period.to_string())
    ))
}

/// A value, and below it what it rests on; deep parts are folded.
fn one(ask: &Ask, told: &Explanation, depth: usize) -> Markup {
    html! {
        p.explained-value {
            @if 0 < depth { (told.indicator.name.get(ask.language)) " · " }
            (names::unit(ask, &told.place)) ", " (i18n::date::period(ask.language, told.period)) ": "
            strong.num { (value(ask, told)) }
            @if let Some(basis) = told.price_basis { " " small.basis { (amount::price_basis(ask, basis)) } }
            @if told.value.is_some() && !told.complete { " " small { "(" (ask.t("engine-explain-in-part")) ")" } }
        }
        @match &told.how {
            CameAbout::Reported(result) => {
                p.muted { (ask.t("engine-explain-reported")) }
                @for each in &result.sources { (source::full(ask, each)) }
            },
            CameAbout::Made { inputs, formula, divides_by_zero } => {
                p.muted { (ask.t("engine-explain-formula")) " " code { (formula) } }
                @if *divides_by_zero { p { (ask.t("engine-explain-by-zero")) } }
                (below(ask, inputs, depth))
            },
            CameAbout::Rebased { parts, estimated } => {
                p.muted { (ask.t(if *estimated { "engine-explain-rebased-estimated" } else { "engine-explain-rebased" })) }
                (below(ask, parts, depth))
            },
            CameAbout::OverTime { parts, way, known, of, in_years, broken } => {
                p.muted {
                    @match broken {
                        Some(day) => { (ask.ta("rollup-broken", &[("day", i18n::date::short(ask.language, *day).into())])) },
                        None => {
                            (ask.ta(&format!("rollup-over-{}{}", way.code(), if *in_years { "-years" } else { "" }),
                                &[("known", i64::from(*known).into()), ("of", i64::from(*of).into())]))
                        },
                    }
                }
                (below(ask, parts, depth))
            },
            CameAbout::RolledUp { parts, known, of, weight } => {
                p.muted { (rolled_up(ask, *known, *of, weight.as_ref().map(|weight| weight.name.get(ask.language)))) }
                (below(ask, parts, depth))
            },
            CameAbout::Unknown => {},
        }
    }
}

fn rolled_up(ask: &Ask, known: usize, of: usize, weight: Option<&str>) -> String {
    let counts = [("known", known.into()), ("of", of.into())];
    match weight {
        None => ask.ta("engine-explain-sum", &counts),
        Some(weight) => {
            let [known, of] = counts;
            ask.ta("engine-explain-mean", &[known, of, ("weight", weight.into())])
        }
    }
}

fn below(ask: &Ask, parts: &[Explanation], depth: usize) -> Markup {
    let list = html! { ul.explained-parts { @for part in parts { li { (one(ask, part, depth + 1)) } } } };
    html! {
        @if 3 < parts.len() {
            details open[depth == 0] {
                summary { (ask.ta("engine-explain-parts", &[("count", parts.len().into())])) }
                (list)
            }
        } @else { (list) }
    }
}

fn value(ask: &Ask, told: &Explanation) -> String {
    told.value.map_or_else(
        || ask.t("engine-explain-unknown"),
        |value| amount::computed(ask, value, &told.indicator.unit),
    )
}

fn roll_ups(ask: &Ask, unit: &UnitName, of: &UnitComputed) -> Markup {
    let (place, period, found) = (&unit.code, of.period, &of.found);
    let shown = i18n::date::period(ask.language, period);
    html! {
        h1 { (ask.t("engine-rollup-title")) " " span.sub { (unit.name.get(ask.language)) } }
        p.lead { (ask.ta("engine-rollup-lead", &[("period", shown.into())])) }
        (simulated::banner(ask, found.iter().any(|one| one.is_simulated)))
        @if !of.periods.is_empty() {
            form.computed-choice method="get" action=(ask.href("/explain")) {
                input type="hidden" name="unit" value=(place.as_str());
                (tree::period_choice(ask, &of.periods, period))
                p.actions { button type="submit" { (ask.t("engine-show")) } }
            }
        }
        @if found.is_empty() { (notice::empty(&ask.t("engine-rollup-none"))) }
        @else {
            table.computed {
                caption.hidden { (ask.t("engine-rollup-title")) }
                thead { tr {
                    th scope="col" { (ask.t("engine-indicator")) }
                    th scope="col" { (ask.t("engine-value")) }
                    th scope="col" { (ask.t("engine-rollup-coverage")) }
                } }
                tbody { @for each in found { tr {
                    th scope="row" {
                        (names::indicator(ask, &each.indicator))
                        @if each.is_simulated { " " span.simulated { (ask.t("engine-simulated")) } }
                    }
                    td.num { a href=(href(ask, &each.indicator.code, place, period)) { (amount::computed(ask, each.value, &each.indicator.unit)) } }
                    td { small { (coverage(ask, each)) } }
                } } }
            }
        }
    }
}

/// On what it stands: communes with their part of the people, months or years; or how it was made.
fn coverage(ask: &Ask, found: &Computed) -> Markup {
    let counts = |known: u32, of: u32| [("known", i64::from(known).into()), ("of", i64::from(of).into())];
    html! {
        @if let Some(coverage) = &found.coverage { (tree::covered(ask, coverage)) }
        @else {
            @match found.made {
                Made::OverTime { known, of, in_years: true, .. } => { (ask.ta("rollup-years", &counts(known, of))) },
                Made::OverTime { .. } => {},
                Made::Rebased { estimated } => { (ask.t(if estimated { "rollup-former-estimated" } else { "rollup-former" })) },
                _ => { (ask.t("engine-rollup-made")) },
            }
        }
        @if let Some((known, of)) = found.months {
            @if found.coverage.is_some() { br; }
            (ask.ta("rollup-months", &counts(known, of)))
        }
    }
}
