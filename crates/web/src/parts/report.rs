//! Reports in words: findings, locks, stages, and the addresses of their pages.

use app::report::view::{OfficeName, RegimeName};
use app::report::{FormView, OpenForm};
use maud::{Markup, html};
use plan::report::{Finding, Frequency, Lock, Problem, ReportKey, Stage};
use terms::{Decimal, IndicatorCode};

use crate::ask::{Ask, encode};

/// The address of a report's page, and of what lies below it.
pub(crate) fn href(ask: &Ask, key: &ReportKey, below: &str) -> String {
    ask.href(&path(key, below))
}

/// The same without the language.
pub(crate) fn path(key: &ReportKey, below: &str) -> String {
    format!(
        "/reports/{}/{}/{}{below}",
        key.regime,
        encode(&key.period.to_string()),
        encode(&key.office.to_string())
    )
}

/// A link to a regime's page.
pub(crate) fn regime(ask: &Ask, of: &RegimeName) -> Markup {
    html! { a href=(ask.href(&format!("/reports/regimes/{}", of.code))) { (of.name.get(ask.language)) } }
}

/// The short name of an office: its unit's, where it is the People's Committee.
pub(crate) fn office<'a>(ask: &Ask, of: &'a OfficeName) -> &'a str {
    of.name.get(ask.language)
}

/// Where a report stands, as a badge.
pub(crate) fn stage(ask: &Ask, stage: Option<Stage>, late: bool) -> Markup {
    let (code, tone) = match stage {
        None if late => ("missing", "s-missed"),
        None => ("not-begun", "s-no-data"),
        Some(Stage::FillingIn) if late => ("filling-in", "s-missed"),
        Some(Stage::FillingIn) => ("filling-in", "s-too-early"),
        Some(Stage::Submitted) => ("submitted", "s-behind"),
        Some(Stage::Verified) => ("verified", "s-on-track"),
        Some(Stage::Accepted) => ("accepted", "s-achieved"),
    };
    html! { span class=(format!("status {tone}")) { (ask.t(&format!("report-stage-{code}"))) } }
}

/// Forms as cards: which, until when, how far, and why it is locked if it is.
pub(crate) fn forms(ask: &Ask, forms: &[&OpenForm]) -> Markup {
    html! {
        ul.report-list {
            @for form in forms {
                li {
                    h3 { a href=(href(ask, &form.report, "")) {
                        (form.regime.name.get(ask.language)) " · " (i18n::date::period(ask.language, form.report.period))
                    } }
                    p {
                        // What nobody has typed into is not «being filled in».
                        @let begun = (0 < form.filled || form.stage != Stage::FillingIn).then_some(form.stage);
                        (stage(ask, begun, form.late)) " "
                        @if form.lock.is_none() { (ask.ta("report-filled", &[("filled", form.filled.into()), ("lines", form.lines.into())])) " · " }
                        (ask.ta("report-send-by", &[("day", i18n::date::short(ask.language, form.send_by).into())]))
                    }
                    p.muted {
                        (office(ask, &form.office))
                        @if 0 < form.returns && form.lock.is_none() { " · " strong.wrong { (ask.t("report-was-returned")) } }
                        @if let Some(of) = form.lock { " · " (lock(ask, of)) }
                    }
                }
            }
        }
    }
}

/// How often, in words.
pub(crate) fn frequency(ask: &Ask, of: Frequency) -> String {
    ask.t(&format!("report-frequency-{}", of.code()))
}

/// Why a form is locked.
pub(crate) fn lock(ask: &Ask, of: Lock) -> String {
    let day = |day| i18n::date::short(ask.language, day);
    let key = format!("report-lock-{}", of.code());
    match of {
        Lock::NotYet { opens: on } | Lock::Closed { since: on } => ask.ta(&key, &[("day", day(on).into())]),
        Lock::NotAsked | Lock::Sent(_) | Lock::Accepted => ask.t(&key),
    }
}

/// What is wrong with a value, in a sentence.
pub(crate) fn finding(ask: &Ask, view: &FormView, of: &Finding) -> String {
    let shown = |(name, text): (&'static str, String)| {
        let told = match name {
            "whole" if !matches!(of.problem, Problem::Ambiguous { .. }) => line_name(ask, view, &text),
            "text" | "values" => text,
            _ => text
                .parse::<Decimal>()
                .map_or(text, |number| i18n::number(ask.language, number)),
        };
        (name, told)
    };
    let args: Vec<(&str, String)> = of.problem.args().into_iter().map(shown).collect();
    let args: Vec<(&str, i18n::Arg<'_>)> = args
        .iter()
        .map(|(name, text)| (*name, text.as_str().into()))
        .collect();
    ask.ta(&format!("report-finding-{}", of.problem.code()), &args)
}

fn line_name(ask: &Ask, view: &FormView, code: &str) -> String {
    view.lines
        .iter()
        .find(|line| line.indicator.code.as_str() == code)
        .map_or_else(
            || code.to_owned(),
            |line| line.indicator.name.get(ask.language).to_owned(),
        )
}

/// The findings in words, with `{name}` where the script puts its own arguments.
pub(crate) fn finding_templates(ask: &Ask) -> serde_json::Value {
    let template = |code: &str, names: &[&str]| {
        let braces: Vec<(String, String)> = names
            .iter()
            .map(|name| ((*name).to_owned(), format!("{{{name}}}")))
            .collect();
        let args: Vec<(&str, i18n::Arg<'_>)> = braces
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str().into()))
            .collect();
        (
            code.to_owned(),
            ask.ta(&format!("report-finding-{code}"), &args).into(),
        )
    };
    let all: serde_json::Map<String, serde_json::Value> = [
        template("missing", &[]),
        template("not-asked", &[]),
        template("below", &["least"]),
        template("above", &["most"]),
        template("too-precise", &["digits"]),
        template("more-than", &["whole", "limit"]),
        template("parts-more-than", &["sum", "whole", "limit"]),
        template("not-a-number", &["text"]),
        template("ambiguous", &["whole", "fraction"]),
        template("far-from-last", &["last", "per_cent"]),
    ]
    .into_iter()
    .collect();
    all.into()
}

/// The id of a line's field: what diagnostics lead to.
pub(crate) fn field(code: &IndicatorCode) -> String {
    format!("field-{code}")
}
