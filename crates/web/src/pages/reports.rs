//! Reports: my forms, what is owed by regime and by unit, how punctual and complete it was.

use app::policy::Action;
use app::report::{OpenForm, OwedRegime, OwedView, Rates};
use axum::extract::State;
use maud::{Markup, html};
use terms::Decimal;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{notice, report, simulated};
use crate::site::Site;

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

/// The forms of this person.
fn own(ask: &Ask, forms: &[OpenForm]) -> Markup {
    html! {
        section.my-forms {
            h2 { (ask.t("report-mine-title")) }
            @if forms.is_empty() { (notice::empty(&ask.t("report-mine-none"))) }
            ul.report-list {
                @for form in forms {
                    li {
                        h3 { a href=(report::href(ask, &form.report, "")) {
                            (form.regime.name.get(ask.language)) " · " (i18n::date::period(ask.language, form.report.period))
                        } }
                        p {
                            (report::stage(ask, Some(form.stage), form.late)) " "
                            (ask.ta("report-filled", &[("filled", form.filled.into()), ("lines", form.lines.into())])) " · "
                            (ask.ta("report-send-by", &[("day", i18n::date::short(ask.language, form.send_by).into())]))
                        }
                        p.muted {
                            (report::office(ask, &form.office))
                            @if 0 < form.returns && form.lock.is_none() { " · " strong { (ask.t("report-was-returned")) } }
                            @if let Some(lock) = form.lock { " · " (report::lock(ask, lock)) }
                        }
                    }
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
                                th scope="row" { a href=(ask.href(&format!("/units/{}", office.office.area))) { (report::office(ask, office)) } }
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
