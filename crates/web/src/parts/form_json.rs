//! A report's form as scripts and devices take it: what is asked, what was typed, what was told last, why it is locked.

use app::report::{FormLine, FormView};
use plan::report::Edit;
use plan::report::Lock;
use serde_json::{Map, Value, json};

use crate::ask::Ask;

/// The form in the language of the page.
pub(crate) fn of(ask: &Ask, form: &FormView) -> Value {
    let language = ask.language;
    let by_line = |told: &dyn Fn(&FormLine) -> Option<String>| -> Map<String, Value> {
        form.lines
            .iter()
            .filter_map(|line| Some((line.indicator.code.to_string(), told(line)?.into())))
            .collect()
    };
    let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let conflicts: Vec<Value> = form
        .lines
        .iter()
        .filter(|line| !line.rivals.is_empty())
        .map(|line| {
            let rivals: Vec<Value> = line
                .rivals
                .iter()
                .map(|rival| json!({ "text": rival.text, "who": rival.who }))
                .collect();
            json!({ "indicator": line.indicator.code.as_str(), "text": line.text, "rivals": rivals })
        })
        .collect();
    json!({
        "regime": form.report.regime.as_str(),
        "period": form.report.period.to_string(),
        "office": form.report.office.to_string(),
        "title": form.regime.name.name.get(language),
        "period_name": i18n::date::period(language, form.report.period),
        "office_name": form.office.name.get(language),
        "due": form.send_by.to_string(),
        "due_text": i18n::date::long(language, form.send_by),
        "version": form.version,
        "stage": form.stage.code(),
        "simulated": form.simulated,
        "lock": form.lock.map(|lock| json!({ "code": lock.code(), "text": lock_text(ask, lock) })),
        "items": form.lines.iter().map(|line| item(ask, line)).collect::<Vec<_>>(),
        "values": by_line(&|line| filled(&line.text)),
        "explanations": by_line(&|line| filled(&line.explanation)),
        "last": by_line(&|line| line.last.map(|last| last.normalize().to_string())),
        "conflicts": conflicts,
    })
}

fn item(ask: &Ask, line: &FormLine) -> Value {
    json!({
        "indicator": line.indicator.code.as_str(),
        "name": line.indicator.name.get(ask.language),
        "unit": i18n::quantity::unit_name(ask.language, &line.unit),
        "hint": line.hint.get(ask.language),
        "required": line.required,
        "edits": line.edits.iter().map(edit).collect::<Vec<_>>(),
    })
}

/// A rule in the words of `assets/edits.mjs`.
fn edit(edit: &Edit) -> Value {
    match edit {
        Edit::AtLeast(least) => json!({ "kind": "at-least", "value": least.to_string() }),
        Edit::AtMost(most) => json!({ "kind": "at-most", "value": most.to_string() }),
        Edit::Decimals(digits) => json!({ "kind": "decimals", "value": digits }),
        Edit::NotMoreThan(whole) => json!({ "kind": "not-more-than", "whole": whole.as_str() }),
        Edit::PartsNotMoreThan { with, whole } => {
            let with: Vec<&str> = with.iter().map(terms::IndicatorCode::as_str).collect();
            json!({ "kind": "parts-not-more-than", "with": with, "whole": whole.as_str() })
        }
        Edit::NearLast(per_cent) => json!({ "kind": "near-last", "value": per_cent.to_string() }),
    }
}

/// Why a form is locked, in a sentence.
fn lock_text(ask: &Ask, lock: Lock) -> String {
    let day = |day| i18n::date::long(ask.language, day);
    let key = format!("offline-lock-{}", lock.code());
    match lock {
        Lock::NotYet { opens } => ask.ta(&key, &[("day", day(opens).into())]),
        Lock::Closed { since } => ask.ta(&key, &[("day", day(since).into())]),
        Lock::NotAsked | Lock::Sent(_) | Lock::Accepted => ask.t(&key),
    }
}
