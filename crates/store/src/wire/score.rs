//! Rules of scores and the general parts that people give, in entries.

use ledger::Value;
use plan::Act;
use plan::task::{Evidence, ScoreRules};
use terms::Decimal;

use super::org::{decode_user, encode_user};
use super::task::{decode_evidence, encode_evidence, truth};
use super::{list, parsed, parsed_optional, text};
use crate::Error;
use crate::error::OrDamaged;

pub(crate) fn encode_rules(rules: &ScoreRules) -> Value {
    let number = |number: Decimal| Value::text(number.to_string());
    Value::map([
        ("fault_per_cent", number(rules.fault_per_cent)),
        ("general", number(rules.general)),
        (
            "grades",
            Value::List(rules.grades.into_iter().map(number).collect()),
        ),
        ("progress", number(rules.progress)),
        ("quality", number(rules.quality)),
        ("quantity", number(rules.quantity)),
        ("result", number(rules.result)),
        ("source", Value::text(&rules.source)),
        ("valid_from", Value::text(rules.valid_from.to_string())),
        ("verified", Value::Bool(rules.verified)),
    ])
}

pub(crate) fn decode_rules(value: &Value) -> Result<ScoreRules, Error> {
    let grades: Vec<Decimal> = list(value, "grades")?
        .iter()
        .map(|grade| {
            grade
                .as_text()
                .and_then(|grade| grade.parse().ok())
                .or_damaged("grades")
        })
        .collect::<Result<_, _>>()?;
    Ok(ScoreRules {
        valid_from: parsed(value, "valid_from")?,
        general: parsed(value, "general")?,
        result: parsed(value, "result")?,
        quantity: parsed(value, "quantity")?,
        quality: parsed(value, "quality")?,
        progress: parsed(value, "progress")?,
        fault_per_cent: parsed(value, "fault_per_cent")?,
        grades: grades.try_into().or_damaged("grades")?,
        source: text(value, "source")?.to_owned(),
        verified: truth(value, "verified")?,
    })
}

/// The body of a general part that was given; of any other act, nothing.
pub(super) fn encode_given(act: &Act) -> Value {
    let Act::GeneralScoreGiven {
        office,
        post,
        holder,
        period,
        points,
        reason,
        evidence,
    } = act
    else {
        return Value::Null;
    };
    Value::map([
        ("evidence", encode_evidence(evidence)),
        ("office", Value::text(office.to_string())),
        ("period", Value::text(period.to_string())),
        ("points", Value::optional(*points)),
        ("post", Value::optional(post.as_ref())),
        ("reason", Value::text(reason)),
        ("user", holder.map_or(Value::Null, encode_user)),
    ])
}

/// The general part of an entry; the first ones knew neither posts nor evidence.
pub(super) fn decode_given(body: &Value) -> Result<Act, Error> {
    let has = |name: &str| body.get(name).is_some_and(|value| *value != Value::Null);
    Ok(Act::GeneralScoreGiven {
        office: parsed(body, "office")?,
        post: if has("post") {
            Some(parsed(body, "post")?)
        } else {
            None
        },
        holder: if has("user") {
            Some(decode_user(body)?)
        } else {
            None
        },
        period: parsed(body, "period")?,
        points: parsed_optional(body, "points")?,
        reason: text(body, "reason")?.to_owned(),
        evidence: if has("evidence") {
            decode_evidence(body)?
        } else {
            Vec::new()
        },
    })
}

/// Evidence as a table keeps it.
pub(crate) fn encode_list(evidence: &[Evidence]) -> Value {
    Value::map([("evidence", encode_evidence(evidence))])
}

/// Evidence of a table.
pub(crate) fn decode_list(value: &Value) -> Result<Vec<Evidence>, Error> {
    decode_evidence(value)
}
