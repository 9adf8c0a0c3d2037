//! Links with names: indicators, units, documents; and the words for codes.

use app::view::{ActView, IndicatorName, UnitName};
use maud::{Markup, html};
use terms::{AreaLevel, Measure};

use crate::ask::{Ask, encode};

/// An indicator's name as a link to its page.
pub(crate) fn indicator(ask: &Ask, of: &IndicatorName) -> Markup {
    html! { a href=(indicator_href(ask, of)) { (of.name.get(ask.language)) } }
}

/// The address of an indicator's page.
pub(crate) fn indicator_href(ask: &Ask, of: &IndicatorName) -> String {
    ask.href(&format!("/indicators/{}", of.code))
}

/// A unit's name as a link to its page; a place without a code is a name alone.
pub(crate) fn unit(ask: &Ask, of: &UnitName) -> Markup {
    if of.level == AreaLevel::Named {
        return html! { (of.name.get(ask.language)) };
    }
    html! { a href=(unit_href(ask, of)) { (of.name.get(ask.language)) } }
}

/// The address of a unit's page.
pub(crate) fn unit_href(ask: &Ask, of: &UnitName) -> String {
    ask.href(&format!("/units/{}", encode(of.code.as_str())))
}

/// A measure in words where it is not the quantity itself: « · tốc độ tăng».
pub(crate) fn measure(ask: &Ask, of: Measure) -> Option<String> {
    (of != Measure::Level).then(|| ask.t(&format!("measure-{}", of.code())))
}

/// The group of a catalogue's codes in words; a group without a word is shown by its code.
pub(crate) fn field(ask: &Ask, code: &str) -> String {
    i18n::message(ask.language, &format!("web-group-{code}"), &[]).unwrap_or_else(|| code.to_owned())
}

/// An act in a sentence: who, when, what, why.
pub(crate) fn act(ask: &Ask, act: &ActView) -> Markup {
    let day = i18n::date::short(ask.language, act.when.to_zoned(zone()).date());
    let who = act.who.clone().unwrap_or_else(|| ask.t("web-act-nobody"));
    html! {
        span.act {
            strong { (ask.t(&format!("web-act-{}", act_code(act)))) }
            " · " (who) " · " time datetime=(act.when.to_string()) { (day) }
            " · " a href=(ask.href(&format!("/record?entry={0}#receipt", act.entry))) { (ask.ta("web-act-entry", &[("number", act.entry.to_string().into())])) }
            @if !act.reason.is_empty() { br; q { (act.reason) } }
        }
    }
}

/// The day on which something happened.
pub(crate) fn day(at: terms::Timestamp) -> terms::Date {
    at.to_zoned(zone()).date()
}

/// A moment by Việt Nam's clock: hour and minute, then the day.
pub(crate) fn moment(ask: &Ask, at: terms::Timestamp) -> String {
    let at = at.to_zoned(zone());
    format!(
        "{:02}:{:02} {}",
        at.hour(),
        at.minute(),
        i18n::date::short(ask.language, at.date())
    )
}

/// How far two clocks are apart, in the two largest units.
pub(crate) fn apart(ask: &Ask, seconds: i64) -> String {
    let minutes = seconds.saturating_abs() / 60;
    let parts = [
        ("day", minutes / 1_440),
        ("hour", minutes / 60 % 24),
        ("minute", minutes % 60),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(_, count)| 0 < *count)
        .take(2)
        .map(|(unit, count)| ask.ta(&format!("report-apart-{unit}"), &[("count", count.into())]))
        .collect();
    told.join(" ")
}

/// Việt Nam's clock, seven hours ahead of UTC all year: days on pages are days there.
fn zone() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::fixed(jiff::tz::offset(7))
}

fn act_code(act: &ActView) -> &'static str {
    use app::view::ActKind;
    match act.what {
        ActKind::Added => "added",
        ActKind::Accepted => "accepted",
        ActKind::Corrected => "corrected",
        ActKind::Merged => "merged",
        ActKind::Rejected => "rejected",
        ActKind::Recorded => "recorded",
        ActKind::Replaced => "replaced",
        ActKind::Withdrawn => "withdrawn",
        ActKind::Marked => "marked",
        ActKind::Sourced => "sourced",
        ActKind::Planned => "planned",
        ActKind::Settled => "settled",
        ActKind::Reopened => "reopened",
        ActKind::TaskDrafted => "task-drafted",
        ActKind::TaskStepped => "task-stepped",
        ActKind::RulesSet => "rules-set",
        ActKind::Scored => "scored",
        ActKind::Catalogue => "catalogue",
        ActKind::Org => "org",
        ActKind::Regime => "regime",
        ActKind::RegimeEnded => "regime-ended",
        ActKind::ReportSaved => "report-saved",
        ActKind::ReportSubmitted => "report-submitted",
        ActKind::ReportVerified => "report-verified",
        ActKind::ReportReturned => "report-returned",
        ActKind::ReportAccepted => "report-accepted",
        ActKind::ReportCorrected => "report-corrected",
        ActKind::ReportCounted => "report-counted",
        ActKind::ReportRecounted => "report-recounted",
        ActKind::ReportEvidence => "report-evidence",
        ActKind::ReportSample => "report-sample",
        ActKind::ReportSpotChecked => "report-spot-checked",
    }
}
