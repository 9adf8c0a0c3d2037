//! Reports: my forms, what is owed by regime and by unit, how punctual and complete it was.

use app::policy::Action;
use app::report::{OpenForm, OwedRegime, OwedView, Rates};
use axum::extract::State;
use maud::{Markup, html};
use terms::Decimal;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::target_table::capital;
use crate::parts::{notice, report, simulated};
use crate::site::Site;

/// So many units are shown without being asked for.
const FEW: usize = 8;

/// Shows them.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let failed = |error| Failure::from_app(&ask, error);
    let owed = site.app.owed_reports(&ask.actor).await.map_err(failed)?;
    let forms = if ask.actor.may(Action::FillReport) {
        Some(site.app.open_forms(&ask.actor).await.map_err(failed)?)
    } else {
        None
    };
    let title = ask.t("report-title");
    let judges = ask.actor.may(Action::VerifyReport) || ask.actor.may(Action::AcceptReport);
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("report-lead")) }
        (simulated::banner(&ask, owed.simulated))
        p.actions {
            @if judges { a.button href=(ask.href("/reports/queue")) { (ask.t("report-queue-title")) } }
            @if ask.actor.may(Action::KeepRegimes) {
                a.button.plain href=(ask.href("/reports/regimes/new")) { (ask.t("report-regime-new")) }
            }
        }
        @if let Some(forms) = &forms { (own(&ask, forms)) }
        section {
            h2 { (ask.t("report-owed-title")) }
            p.muted { (ask.t("report-owed-lead")) }
            @if owed.regimes.is_empty() { (notice::empty(&ask.t("report-no-regime"))) }
            @for regime in &owed.regimes { (card(&ask, regime)) }
        }
        @if !owed.offices.is_empty() { (by_unit(&ask, &owed)) }
    };
    Ok(layout::public(&ask, Section::Reports, &title, &body))
}

/// The forms of this person: those to be filled in, and those that are locked folded below.
fn own(ask: &Ask, forms: &[OpenForm]) -> Markup {
    let (open, locked): (Vec<_>, Vec<_>) = forms.iter().partition(|form| form.lock.is_none());
    html! {
        section.my-forms {
            h2 { (ask.t("report-mine-title")) }
            @if open.is_empty() { (notice::empty(&ask.t("report-mine-none"))) }
            @else { (report::forms(ask, &open)) }
            @if !locked.is_empty() {
                details {
                    summary { (ask.ta("report-mine-locked", &[("count", locked.len().into())])) }
                    (report::forms(ask, &locked))
                }
            }
        }
    }
}

/// A regime with its latest period.
pub(crate) fn card(ask: &Ask, owed: &OwedRegime) -> Markup {
    html! {
        article.report-card {
            h3 { (report::regime(ask, &owed.regime)) }
            p { (i18n::date::period(ask.language, owed.period)) " · "
                (ask.ta("report-window", &[
                    ("from", i18n::date::short(ask.language, owed.window.0).into()),
                    ("to", i18n::date::short(ask.language, owed.window.1).into()),
                ])) " · "
                (ask.ta("report-send-by", &[("day", i18n::date::short(ask.language, owed.send_by).into())])) }
            (rates(ask, &owed.rates))
        }
    }
}

/// The rates as facts.
pub(crate) fn rates(ask: &Ask, rates: &Rates) -> Markup {
    html! {
        dl.facts {
            div { dt { (ask.t("report-rate-sent")) } dd { (rates.sent) " / " (rates.owed) } }
            div { dt { (ask.t("report-rate-on-time")) } dd { (percent(ask, rates.on_time_rate())) } }
            div { dt { (ask.t("report-rate-complete")) } dd { (percent(ask, rates.complete_rate())) } }
            div { dt { (ask.t("report-rate-accepted")) } dd { (rates.accepted) } }
        }
    }
}

/// `66,67 %`, or that there is nothing to count.
pub(crate) fn percent(ask: &Ask, rate: Option<Decimal>) -> String {
    rate.map_or_else(
        || ask.t("report-rate-none"),
        |rate| i18n::quantity(ask.language, rate.normalize(), &terms::UnitMeasure::PERCENT),
    )
}

fn by_unit(ask: &Ask, owed: &OwedView) -> Markup {
    html! {
        section {
            h2 { (ask.t("report-by-unit")) }
            p.muted { (ask.t("report-by-unit-lead")) }
            details open[owed.offices.len() <= FEW] {
            summary { (ask.ta("report-by-unit-all", &[("count", owed.offices.len().into())])) }
            div.scroll tabindex="0" role="region" aria-label=(ask.t("report-by-unit")) {
                table.report-table {
                    caption.hidden { (ask.t("report-by-unit")) }
                    thead { tr {
                        th scope="col" { (ask.t("report-unit")) }
                        th scope="col" { (ask.t("report-rate-sent")) }
                        th scope="col" { (ask.t("report-rate-on-time")) }
                        th scope="col" { (ask.t("report-rate-complete")) }
                    } }
                    tbody {
                        @for (office, rates) in &owed.offices {
                            tr {
                                th scope="row" { a href=(ask.href(&format!("/units/{}", office.office.area))) { (capital(report::office(ask, office))) } }
                                td data-label=(ask.t("report-rate-sent")) { (rates.sent) " / " (rates.owed) }
                                td data-label=(ask.t("report-rate-on-time")) { (percent(ask, rates.on_time_rate())) }
                                td data-label=(ask.t("report-rate-complete")) { (percent(ask, rates.complete_rate())) }
                            }
                        }
                    }
                }
            }
        }
        }
    }
}
