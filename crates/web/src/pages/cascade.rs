//! A target of the province handed down to its communes.

use app::cascade::{Cascade, CascadeView, Divisible, Part, Way};
use axum::extract::State;
use maud::{Markup, html};
use plan::TargetId;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{amount, names, notice, simulated, source};
use crate::site::Site;

/// Shows `?target=…&way=…`.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let misunderstood = || Failure::misunderstood(&ask);
    let target = match ask.value("target") {
        None => None,
        Some(text) => Some(TargetId(text.parse().map_err(|_| misunderstood())?)),
    };
    // A way that does not suit the target (a form sent after choosing another) gives way to the usual one.
    let mut ways = Way::OF_SUMS.into_iter().chain(Way::OF_RATES);
    let way = ask
        .value("way")
        .and_then(|code| ways.find(|way| way.code() == code));
    let view = site
        .app
        .cascade(&ask.actor, target, way)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("engine-cascade-title");
    Ok(layout::public(
        &ask,
        Section::Analysis,
        &title,
        &body(&ask, &view),
    ))
}

fn body(ask: &Ask, view: &CascadeView) -> Markup {
    html! {
        h1 { (ask.t("engine-cascade-title")) }
        p.lead { (ask.t("engine-cascade-lead")) }
        @match &view.shown {
            None => { (notice::empty(&ask.t("engine-cascade-none"))) },
            Some(shown) => {
                (simulated::banner(ask, shown.simulated))
                (form(ask, view, shown))
                h2 { (names::indicator(ask, &shown.of.indicator)) }
                (facts(ask, shown))
                (table(ask, shown))
            },
        }
    }
}

fn label(ask: &Ask, choice: &Divisible) -> String {
    format!(
        "{}: {}, {}",
        choice.indicator.name.get(ask.language),
        amount::text(ask, &choice.amount),
        i18n::date::due(ask.language, choice.due),
    )
}

fn form(ask: &Ask, view: &CascadeView, shown: &Cascade) -> Markup {
    html! {
        form.computed-choice method="get" action=(ask.href("/cascade")) {
            div.field {
                label for="target" { (ask.t("engine-cascade-target")) }
                select id="target" name="target" {
                    @for choice in &view.choices {
                        option value=(choice.target) selected[choice.target == shown.of.target] { (label(ask, choice)) }
                    }
                }
            }
            div.field {
                label for="way" { (ask.t("engine-cascade-way")) }
                select id="way" name="way" {
                    @for way in &shown.ways {
                        option value=(way.code()) selected[*way == shown.way] { (ask.t(&format!("engine-way-{}", way.code()))) }
                    }
                }
            }
            p.actions { button type="submit" { (ask.t("engine-show")) } }
        }
    }
}

fn facts(ask: &Ask, shown: &Cascade) -> Markup {
    let unit = &shown.of.amount.unit;
    let rate = Way::OF_RATES.contains(&shown.way);
    let without: Vec<&str> = shown
        .parts
        .iter()
        .filter(|part| part.due.is_none())
        .map(|part| part.unit.name.get(ask.language))
        .collect();
    let known = shown.parts.len() - without.len();
    html! {
        dl.facts {
            div {
                dt { (ask.t("engine-cascade-target")) }
                dd { (amount::amount(ask, &shown.of.amount)) ", " (i18n::date::due(ask.language, shown.of.due)) " " small { (source::short(ask, &shown.of.sources)) } }
            }
            @if let Some(total) = shown.total {
                div {
                    dt { (ask.t(if rate { "engine-cascade-reached" } else { "engine-cascade-total" })) }
                    dd.num { (amount::computed(ask, total, unit)) }
                }
            }
            @if let Some(residual) = shown.residual {
                div {
                    dt { (ask.t(if rate { "engine-cascade-residual-rate" } else { "engine-cascade-residual" })) }
                    dd.num { (residual_text(ask, shown, residual, rate)) }
                }
            }
        }
        @if let Some(period) = shown.ground {
            @let period = i18n::date::period(ask.language, period);
            p { (ask.ta("engine-cascade-ground", &[("period", period.into()), ("known", known.into()), ("of", shown.parts.len().into())])) }
        }
        @if !without.is_empty() {
            p.notice { (ask.ta("engine-cascade-without", &[("count", without.len().into()), ("names", without.join(", ").into())])) }
        }
    }
}

fn residual_text(ask: &Ask, shown: &Cascade, residual: terms::Decimal, rate: bool) -> String {
    if residual.round_dp(6).is_zero() {
        return ask.t("engine-cascade-closed");
    }
    let unit = if rate {
        amount::of_difference(&shown.of.amount.unit)
    } else {
        shown.of.amount.unit.clone()
    };
    let mut text = amount::computed(ask, residual, &unit);
    if let Some((count, indicator)) = &shown.residual_count {
        text = format!("{text} ({})", amount::computed(ask, *count, &indicator.unit));
    }
    text
}

fn table(ask: &Ask, shown: &Cascade) -> Markup {
    let ground = match shown.way {
        Way::Equal => None,
        Way::ByHouseholds => Some("engine-cascade-weight"),
        Way::ByArea => Some("engine-cascade-area"),
        _ => Some("engine-cascade-now"),
    };
    let mut parts: Vec<&Part> = shown.parts.iter().collect();
    i18n::sort::by_name(ask.language, &mut parts, |part| part.unit.name.get(ask.language));
    let unit = &shown.of.amount.unit;
    let rate = Way::OF_RATES.contains(&shown.way);
    html! {
        table.computed {
            caption.hidden { (ask.t("engine-cascade-title")) }
            thead { tr {
                th scope="col" { (ask.t("engine-unit")) }
                @if let Some(key) = ground { th.num scope="col" { (ask.t(key)) } }
                th.num scope="col" { (ask.t("engine-cascade-due")) }
            } }
            tbody { @for part in parts { tr {
                th scope="row" { (names::unit(ask, &part.unit)) }
                @if ground.is_some() {
                    td.num {
                        @match part.ground {
                            Some(now) if rate => { (amount::computed(ask, now, unit)) },
                            Some(weight) => { (i18n::number(ask.language, weight)) },
                            None => { span.muted { (ask.t("engine-explain-unknown")) } },
                        }
                    }
                }
                td.num {
                    @match part.due {
                        Some(due) => { (amount::computed(ask, due, unit)) },
                        None => { span.muted { "–" } },
                    }
                }
            } } }
        }
    }
}
