//! Regimes, reports and what belongs to them in entries; and a report's state as the projection keeps it.

use std::collections::{BTreeMap, BTreeSet};

use ledger::Value;
use plan::report::flow::State;
use plan::report::{
    Corrected, DeviceTime, Edit, Evidence, Item, Line, Move, Regime, RegimeCode, Report, ReportCalendar,
    ReportKey, Saved, Stage, Statement, Texts,
};
use plan::{Act, Office};
use terms::{AreaLevel, IndicatorCode, TimePeriod, UnitMeasure};

use super::{field, list, optional, parsed, parsed_optional, text};
use crate::Error;
use crate::error::OrDamaged;

pub(crate) fn encode_regime(regime: &Statement) -> Value {
    let text = |text: &String| Value::text(text);
    Value::map([
        ("calendar", Value::text(regime.calendar.code())),
        ("code", Value::text(regime.code.as_str())),
        ("content_en", text(&regime.content_en)),
        ("content_vi", text(&regime.content_vi)),
        ("edition", Value::text(regime.edition.code())),
        ("frequency", Value::text(regime.frequency.code())),
        ("from", Value::text(regime.from.to_string())),
        (
            "items",
            Value::List(regime.items.iter().map(encode_item).collect()),
        ),
        ("lock_after_days", Value::Int(regime.lock_after_days.into())),
        ("name_en", text(&regime.name_en)),
        ("name_vi", text(&regime.name_vi)),
        ("outline_en", text(&regime.outline_en)),
        ("outline_vi", text(&regime.outline_vi)),
        ("receiver", Value::text(regime.receiver.to_string())),
        ("reporters", Value::text(tier_code(regime.reporters))),
        ("send_by_days", Value::Int(regime.send_by_days.into())),
        ("way_en", text(&regime.way_en)),
        ("way_vi", text(&regime.way_vi)),
    ])
}

pub(crate) fn decode_regime(body: &Value) -> Result<Regime, Error> {
    let own = |name| text(body, name).map(ToOwned::to_owned);
    let statement = Statement {
        code: parsed(body, "code")?,
        name_vi: own("name_vi")?,
        name_en: own("name_en")?,
        content_vi: own("content_vi")?,
        content_en: own("content_en")?,
        reporters: tier(text(body, "reporters")?).or_damaged("reporters")?,
        receiver: parsed(body, "receiver")?,
        way_vi: own("way_vi")?,
        way_en: own("way_en")?,
        frequency: plan::report::Frequency::of(text(body, "frequency")?).or_damaged("frequency")?,
        calendar: parsed::<ReportCalendar>(body, "calendar")?,
        send_by_days: days(body, "send_by_days")?,
        lock_after_days: days(body, "lock_after_days")?,
        outline_vi: own("outline_vi")?,
        outline_en: own("outline_en")?,
        edition: parsed(body, "edition")?,
        from: parsed(body, "from")?,
        items: list(body, "items")?
            .iter()
            .map(decode_item)
            .collect::<Result<_, _>>()?,
    };
    Regime::new(statement).or_damaged("regime")
}

/// The tiers that report, by the word that entries use for them.
const TIERS: [(AreaLevel, &str); 3] = [
    (AreaLevel::Commune, "commune"),
    (AreaLevel::District, "district"),
    (AreaLevel::Province, "province"),
];

fn tier_code(tier: AreaLevel) -> &'static str {
    // A regime has no other tier.
    TIERS
        .iter()
        .find(|(found, _)| *found == tier)
        .map_or("", |(_, code)| *code)
}

fn tier(code: &str) -> Option<AreaLevel> {
    TIERS
        .iter()
        .find(|(_, found)| *found == code)
        .map(|(tier, _)| *tier)
}

fn days(body: &Value, name: &'static str) -> Result<i32, Error> {
    let days = field(body, name)?.as_int().or_damaged(name)?;
    i32::try_from(days).or_damaged(name)
}

fn encode_item(item: &Item) -> Value {
    Value::map([
        ("edits", Value::List(item.edits.iter().map(encode_edit).collect())),
        ("hint_en", Value::text(&item.hint_en)),
        ("hint_vi", Value::text(&item.hint_vi)),
        ("indicator", Value::text(item.indicator.as_str())),
        ("required", Value::Int(item.required.into())),
        ("unit", Value::text(item.unit.as_str())),
    ])
}

fn decode_item(value: &Value) -> Result<Item, Error> {
    Ok(Item {
        indicator: parsed(value, "indicator")?,
        unit: UnitMeasure::new(text(value, "unit")?),
        required: field(value, "required")?.as_int() == Some(1),
        edits: list(value, "edits")?
            .iter()
            .map(decode_edit)
            .collect::<Result<_, _>>()?,
        hint_vi: text(value, "hint_vi")?.to_owned(),
        hint_en: text(value, "hint_en")?.to_owned(),
    })
}

fn encode_edit(edit: &Edit) -> Value {
    let kind =
        |kind: &str, value: String| Value::map([("kind", Value::text(kind)), ("value", Value::text(value))]);
    match edit {
        Edit::AtLeast(least) => kind("at-least", least.to_string()),
        Edit::AtMost(most) => kind("at-most", most.to_string()),
        Edit::Decimals(digits) => kind("decimals", digits.to_string()),
        Edit::NotMoreThan(whole) => kind("not-more-than", whole.to_string()),
        Edit::PartsNotMoreThan { with, whole } => Value::map([
            ("kind", Value::text("parts-not-more-than")),
            ("value", Value::text(whole.as_str())),
            (
                "with",
                Value::List(with.iter().map(|code| Value::text(code.as_str())).collect()),
            ),
        ]),
        Edit::NearLast(per_cent) => kind("near-last", per_cent.to_string()),
    }
}

fn decode_edit(value: &Value) -> Result<Edit, Error> {
    Ok(match text(value, "kind")? {
        "at-least" => Edit::AtLeast(parsed(value, "value")?),
        "at-most" => Edit::AtMost(parsed(value, "value")?),
        "decimals" => Edit::Decimals(parsed(value, "value")?),
        "not-more-than" => Edit::NotMoreThan(parsed(value, "value")?),
        "parts-not-more-than" => Edit::PartsNotMoreThan {
            with: list(value, "with")?
                .iter()
                .map(|code| code.as_text().or_damaged("with")?.parse().or_damaged("with"))
                .collect::<Result<_, _>>()?,
            whole: parsed(value, "value")?,
        },
        "near-last" => Edit::NearLast(parsed(value, "value")?),
        _ => return Err(Error::Damaged { what: "edit" }),
    })
}

/// The fields that say which report, before what was done with it.
pub(crate) fn keyed<const N: usize>(key: &ReportKey, fields: [(&str, Value); N]) -> Value {
    let mut all = BTreeMap::from([
        ("office".to_owned(), Value::text(key.office.to_string())),
        ("period".to_owned(), Value::text(key.period.to_string())),
        ("regime".to_owned(), Value::text(key.regime.as_str())),
    ]);
    all.extend(fields.map(|(name, value)| (name.to_owned(), value)));
    Value::Map(all)
}

pub(crate) fn decode_key(body: &Value) -> Result<ReportKey, Error> {
    Ok(ReportKey {
        regime: parsed(body, "regime")?,
        period: parsed(body, "period")?,
        office: parsed(body, "office")?,
    })
}

pub(crate) fn encode_move(key: &ReportKey, step: &Move) -> (&'static str, Value) {
    match step {
        Move::Save(saved) => {
            let told = keyed(
                key,
                [
                    ("explanations", texts(&saved.explanations)),
                    ("seen", Value::Int(i64::try_from(saved.seen).unwrap_or(i64::MAX))),
                    ("simulated", Value::Int(saved.simulated.into())),
                    ("values", texts(&saved.values)),
                ],
            );
            ("report-saved", with_device(told, saved.device))
        }
        Move::Submit { simulated_on, device } => {
            let told = keyed(key, [("simulated_on", Value::optional(*simulated_on))]);
            ("report-submitted", with_device(told, *device))
        }
        Move::Verify { words, looked } => {
            let looked = looked.iter().map(|code| Value::text(code.as_str())).collect();
            (
                "report-verified",
                keyed(
                    key,
                    [("looked", Value::List(looked)), ("words", Value::text(words))],
                ),
            )
        }
        Move::Return { reason } => ("report-returned", keyed(key, [("reason", Value::text(reason))])),
        Move::Accept => ("report-accepted", keyed(key, [])),
        Move::Correct(corrected) => (
            "report-corrected",
            keyed(
                key,
                [
                    ("explanations", texts(&corrected.explanations)),
                    ("reason", Value::text(&corrected.reason)),
                    ("values", texts(&corrected.values)),
                ],
            ),
        ),
    }
}

/// A device's clock stands in an entry only where a device told it: entries without one are written as before.
fn with_device(told: Value, device: Option<DeviceTime>) -> Value {
    let (Value::Map(mut fields), Some(device)) = (told.clone(), device) else {
        return told;
    };
    let clock = Value::map([
        ("ahead_s", Value::Int(device.ahead_s)),
        ("at", Value::text(device.at.to_string())),
    ]);
    fields.insert("device".to_owned(), clock);
    Value::Map(fields)
}

fn decode_device(body: &Value) -> Result<Option<DeviceTime>, Error> {
    let Some(device) = body.get("device") else {
        return Ok(None);
    };
    Ok(Some(DeviceTime {
        at: parsed(device, "at")?,
        ahead_s: field(device, "ahead_s")?.as_int().or_damaged("ahead_s")?,
    }))
}

pub(crate) fn decode_move(kind: &str, body: &Value) -> Result<Move, Error> {
    Ok(match kind {
        "report-saved" => Move::Save(Saved {
            values: decode_texts(body, "values")?,
            explanations: decode_texts(body, "explanations")?,
            seen: number(field(body, "seen")?, "seen")?,
            simulated: field(body, "simulated")?.as_int() == Some(1),
            device: decode_device(body)?,
        }),
        "report-submitted" => Move::Submit {
            simulated_on: parsed_optional(body, "simulated_on")?,
            device: decode_device(body)?,
        },
        "report-verified" => Move::Verify {
            words: text(body, "words")?.to_owned(),
            looked: list(body, "looked")?
                .iter()
                .map(|code| code.as_text().or_damaged("looked")?.parse().or_damaged("looked"))
                .collect::<Result<BTreeSet<IndicatorCode>, _>>()?,
        },
        "report-returned" => Move::Return {
            reason: text(body, "reason")?.to_owned(),
        },
        "report-accepted" => Move::Accept,
        "report-corrected" => Move::Correct(Corrected {
            values: decode_texts(body, "values")?,
            explanations: decode_texts(body, "explanations")?,
            reason: text(body, "reason")?.to_owned(),
        }),
        _ => return Err(Error::Damaged { what: "entry kind" }),
    })
}

pub(crate) fn encode_evidence(
    key: &ReportKey,
    indicator: Option<&IndicatorCode>,
    title: &str,
    evidence: &Evidence,
) -> Value {
    let (name, sha256, url) = match evidence {
        Evidence::File { name, sha256 } => (Some(name), Some(sha256), None),
        Evidence::Link { url } => (None, None, Some(url)),
    };
    keyed(
        key,
        [
            ("indicator", Value::optional(indicator)),
            ("name", Value::optional(name)),
            ("sha256", Value::optional(sha256)),
            ("title", Value::text(title)),
            ("url", Value::optional(url)),
        ],
    )
}

pub(crate) fn decode_evidence(body: &Value) -> Result<Act, Error> {
    let evidence = match optional(body, "url")? {
        Some(url) => Evidence::Link { url: url.to_owned() },
        None => Evidence::File {
            name: text(body, "name")?.to_owned(),
            sha256: parsed(body, "sha256")?,
        },
    };
    Ok(Act::EvidenceGiven {
        report: decode_key(body)?,
        indicator: parsed_optional(body, "indicator")?,
        title: text(body, "title")?.to_owned(),
        evidence,
    })
}

pub(crate) fn encode_sample(regime: &RegimeCode, period: TimePeriod, ready: &[Office], size: u64) -> Value {
    Value::map([
        ("period", Value::text(period.to_string())),
        (
            "ready",
            Value::List(
                ready
                    .iter()
                    .map(|office| Value::text(office.to_string()))
                    .collect(),
            ),
        ),
        ("regime", Value::text(regime.as_str())),
        ("size", Value::Int(i64::try_from(size).unwrap_or(i64::MAX))),
    ])
}

pub(crate) fn decode_sample(body: &Value) -> Result<Act, Error> {
    Ok(Act::SampleDrawn {
        regime: parsed(body, "regime")?,
        period: parsed(body, "period")?,
        ready: list(body, "ready")?
            .iter()
            .map(|office| office.as_text().or_damaged("ready")?.parse().or_damaged("ready"))
            .collect::<Result<_, _>>()?,
        size: number(field(body, "size")?, "size")?,
    })
}

pub(crate) fn encode_check(key: &ReportKey, indicator: &IndicatorCode, found: &str, words: &str) -> Value {
    keyed(
        key,
        [
            ("found", Value::text(found)),
            ("indicator", Value::text(indicator.as_str())),
            ("words", Value::text(words)),
        ],
    )
}

pub(crate) fn decode_check(body: &Value) -> Result<Act, Error> {
    Ok(Act::SpotChecked {
        report: decode_key(body)?,
        indicator: parsed(body, "indicator")?,
        found: text(body, "found")?.to_owned(),
        words: text(body, "words")?.to_owned(),
    })
}

/// A report's state, as the projection keeps it.
pub(crate) fn encode_state(report: &Report) -> Vec<u8> {
    let state = report.state();
    let line = |line: &Line| {
        let told = |all: &[(u64, String)]| {
            let pair = |(version, text): &(u64, String)| {
                Value::List(vec![
                    Value::Int(i64::try_from(*version).unwrap_or(i64::MAX)),
                    Value::text(text),
                ])
            };
            Value::List(all.iter().map(pair).collect())
        };
        Value::List(vec![told(&line.kept), told(&line.rivals), told(&line.dropped)])
    };
    let lines = state
        .lines
        .iter()
        .map(|(code, found)| (code.to_string(), line(found)));
    Value::map([
        ("edition", Value::Int(state.edition.into())),
        ("explanations", texts(&state.explanations)),
        ("lines", Value::Map(lines.collect())),
        ("returned_on", Value::optional(state.returned_on)),
        ("returns", Value::Int(state.returns.into())),
        ("simulated", Value::Int(state.simulated.into())),
        ("stage", Value::text(state.stage.code())),
        ("submitted_on", Value::optional(state.submitted_on)),
        (
            "version",
            Value::Int(i64::try_from(state.version).unwrap_or(i64::MAX)),
        ),
    ])
    .encode()
}

pub(crate) fn decode_state(bytes: &[u8]) -> Result<Report, Error> {
    let value = Value::decode(bytes).or_damaged("report")?;
    let told = |value: &Value| -> Result<Vec<(u64, String)>, Error> {
        let pairs = value.as_list().or_damaged("line")?;
        pairs
            .iter()
            .map(|pair| match pair.as_list().or_damaged("line")? {
                [version, Value::Text(text)] => Ok((number(version, "line")?, text.clone())),
                _ => Err(Error::Damaged { what: "line" }),
            })
            .collect()
    };
    let line = |value: &Value| match value.as_list().or_damaged("line")? {
        [kept, rivals, dropped] => Ok(Line {
            kept: told(kept)?,
            rivals: told(rivals)?,
            dropped: told(dropped)?,
        }),
        _ => Err(Error::Damaged { what: "line" }),
    };
    let Value::Map(lines) = field(&value, "lines")? else {
        return Err(Error::Damaged { what: "lines" });
    };
    let small = |name| -> Result<u32, Error> {
        let found = field(&value, name)?.as_int().or_damaged(name)?;
        u32::try_from(found).or_damaged(name)
    };
    Ok(Report::restore(State {
        stage: Stage::of(text(&value, "stage")?).or_damaged("stage")?,
        lines: lines
            .iter()
            .map(|(code, found)| Ok((code.parse().or_damaged("line")?, line(found)?)))
            .collect::<Result<_, Error>>()?,
        explanations: decode_texts(&value, "explanations")?,
        submitted_on: parsed_optional(&value, "submitted_on")?,
        returned_on: parsed_optional(&value, "returned_on")?,
        edition: small("edition")?,
        returns: small("returns")?,
        version: number(field(&value, "version")?, "version")?,
        simulated: field(&value, "simulated")?.as_int() == Some(1),
    }))
}

fn texts(texts: &Texts) -> Value {
    let pairs = texts
        .iter()
        .map(|(code, text)| (code.to_string(), Value::text(text)));
    Value::Map(pairs.collect())
}

fn decode_texts(value: &Value, name: &'static str) -> Result<Texts, Error> {
    let Value::Map(pairs) = field(value, name)? else {
        return Err(Error::Damaged { what: name });
    };
    pairs
        .iter()
        .map(|(code, text)| {
            let text = text.as_text().or_damaged(name)?.to_owned();
            Ok((code.parse().or_damaged(name)?, text))
        })
        .collect()
}

fn number(value: &Value, name: &'static str) -> Result<u64, Error> {
    u64::try_from(value.as_int().or_damaged(name)?).or_damaged(name)
}
