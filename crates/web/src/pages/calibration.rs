//! How earlier forecasts did.

use app::calibration::{Calibration, CalibrationView};
use axum::extract::State;
use maud::{Markup, html};
use terms::{Decimal, UnitMeasure};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{amount, notice};
use crate::site::Site;

/// Shows the backtests.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let view = site
        .app
        .calibration(&ask.actor)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("engine-calibration-title");
    Ok(layout::public(
        &ask,
        Section::Analysis,
        &title,
        &body(&ask, &view),
    ))
}

fn body(ask: &Ask, view: &CalibrationView) -> Markup {
    html! {
        h1 { (ask.t("engine-calibration-title")) }
        p.lead { (ask.t("engine-calibration-lead")) }
        @match &view.tested {
            None => { (notice::empty(&ask.t("engine-calibration-none"))) },
            Some(tested) => { (results(ask, view, tested)) },
        }
        @if view.simulated != 0 { p.muted { span.simulated { (ask.t("engine-simulated")) } " " (ask.ta("engine-calibration-simulated", &[("count", view.simulated.into())])) } }
    }
}

fn results(ask: &Ask, view: &CalibrationView, tested: &Calibration) -> Markup {
    let better = tested.brier < tested.brier_of_base_rate;
    let counts = [("tested", tested.series.into()), ("all", view.all_series.into())];
    html! {
        p { (ask.t(if better { "engine-calibration-better" } else { "engine-calibration-worse" })) }
        dl.facts.big {
            div { dt { (ask.t("engine-calibration-series")) } dd.num { (ask.ta("engine-calibration-series-of", &counts)) } }
            div { dt { (ask.t("engine-calibration-forecasts")) } dd.num { (tested.forecasts) } }
            div { dt { (ask.t("engine-calibration-brier")) } dd.num { (score(ask, tested.brier)) } }
            div { dt { (ask.t("engine-calibration-base")) } dd.num { (score(ask, tested.brier_of_base_rate)) } }
            div { dt { (ask.t("engine-calibration-coverage")) } dd.num { (percent(ask, tested.coverage)) } }
        }
        p.muted { (ask.t("engine-calibration-brier-means")) }
        h2 { (ask.t("engine-calibration-bins")) }
        table.computed {
            caption.hidden { (ask.t("engine-calibration-bins")) }
            thead { tr {
                th scope="col" { (ask.t("engine-calibration-chance")) }
                th scope="col" { (ask.t("engine-calibration-came")) }
                th scope="col" { (ask.t("engine-calibration-count")) }
            } }
            tbody { @for bin in tested.bins.iter().filter(|bin| bin.count != 0) { tr {
                th.num scope="row" { (percent(ask, bin.forecast)) }
                td.num { (percent(ask, bin.came)) }
                td.num { (bin.count) }
            } } }
        }
        h2 { (ask.t("engine-calibration-groups")) }
        p.muted { (ask.t("engine-calibration-groups-text")) }
        div.scroll tabindex="0" role="region" aria-label=(ask.t("engine-calibration-groups")) {
            table.computed.wide {
                caption.hidden { (ask.t("engine-calibration-groups")) }
                thead { tr {
                    th scope="col" { (ask.t("engine-calibration-model")) }
                    th scope="col" { (ask.t("engine-calibration-ahead")) }
                    th scope="col" { (ask.t("engine-calibration-count")) }
                    th scope="col" { (ask.t("engine-calibration-brier-short")) }
                    th scope="col" { (ask.t("engine-calibration-coverage-short")) }
                } }
                tbody { @for group in &tested.groups { tr {
                    th scope="row" { (ask.t(&format!("engine-model-{}", group.model.code()))) }
                    td { (ask.ta(&format!("engine-calibration-ahead-{}", group.parts), &[("count", group.ahead.into())])) }
                    td.num { (group.forecasts) }
                    td.num { (score(ask, group.brier)) }
                    td.num { (percent(ask, group.coverage)) }
                } } }
            }
        }
    }
}

fn percent(ask: &Ask, share: f64) -> String {
    let share = Decimal::try_from(share * 100.0).unwrap_or_default();
    amount::computed(ask, share.round_dp(0), &UnitMeasure::PERCENT)
}

fn score(ask: &Ask, score: f64) -> String {
    i18n::number(
        ask.language,
        Decimal::try_from(score).unwrap_or_default().round_dp(3),
    )
}
