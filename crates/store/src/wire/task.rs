//! Tasks, what is done with them, and which fields they must have, in entries.

use ledger::Value;
use plan::task::{Act, Brief, Clause, Evidence, Field, Party, ReminderRules, RequiredFields, TaskRules};

use super::{field, list, optional, parsed, parsed_optional, text};
use crate::Error;
use crate::error::OrDamaged;

pub(crate) fn encode_brief(brief: &Brief) -> Value {
    Value::map([
        (
            "clause",
            brief.clause.as_ref().map_or(Value::Null, |clause| {
                Value::map([
                    ("document", Value::text(clause.document.to_string())),
                    ("quote", Value::text(&clause.quote)),
                ])
            }),
        ),
        ("due", Value::optional(brief.due)),
        ("finding", Value::optional(brief.finding.as_ref())),
        ("internal", Value::Bool(brief.internal)),
        ("lead", Value::optional(brief.lead.as_ref())),
        ("power", Value::text(&brief.power)),
        ("product", Value::text(&brief.product)),
        ("result", Value::text(&brief.result)),
        ("serves", Value::optional(brief.serves)),
        ("standing", Value::Bool(brief.standing)),
        ("start", Value::optional(brief.start)),
        (
            "supporters",
            Value::List(
                brief
                    .supporters
                    .iter()
                    .map(|office| Value::text(office.to_string()))
                    .collect(),
            ),
        ),
        ("title", Value::text(&brief.title)),
        (
            "weight",
            brief
                .weight
                .map_or(Value::Null, |weight| Value::Int(weight.into())),
        ),
    ])
}

pub(crate) fn decode_brief(value: &Value) -> Result<Brief, Error> {
    let words = |name| text(value, name).map(ToOwned::to_owned);
    Ok(Brief {
        title: words("title")?,
        lead: parsed_optional(value, "lead")?,
        supporters: list(value, "supporters")?
            .iter()
            .map(|office| {
                office
                    .as_text()
                    .and_then(|office| office.parse().ok())
                    .or_damaged("supporters")
            })
            .collect::<Result<_, _>>()?,
        product: words("product")?,
        power: words("power")?,
        start: parsed_optional(value, "start")?,
        due: parsed_optional(value, "due")?,
        standing: truth(value, "standing")?,
        result: words("result")?,
        serves: parsed_optional(value, "serves")?,
        clause: match field(value, "clause")? {
            Value::Null => None,
            clause => Some(Clause {
                document: parsed(clause, "document")?,
                quote: text(clause, "quote")?.to_owned(),
            }),
        },
        finding: optional(value, "finding")?.map(ToOwned::to_owned),
        weight: match field(value, "weight")? {
            Value::Null => None,
            weight => Some(whole(weight, "weight")?),
        },
        internal: truth(value, "internal")?,
    })
}

/// The form of an act: its code under `act`, and its own fields beside it.
pub(crate) fn encode_act(act: &Act) -> Value {
    let code = ("act", Value::text(act.code()));
    let reason =
        |reason: &String| Value::map([("act", Value::text(act.code())), ("reason", Value::text(reason))]);
    match act {
        Act::Rewrite { brief } => Value::map([code, ("brief", encode_brief(brief))]),
        Act::Assign | Act::Acknowledge => Value::map([code]),
        Act::Contest { reason: why }
        | Act::GrantExtension { reason: why }
        | Act::RefuseExtension { reason: why }
        | Act::Cancel { reason: why } => reason(why),
        Act::Reassign { lead, reason } => Value::map([
            code,
            ("lead", Value::text(lead.to_string())),
            ("reason", Value::text(reason)),
        ]),
        Act::Appoint { post } => Value::map([code, ("post", Value::text(post.as_str()))]),
        Act::Progress {
            words,
            per_cent,
            evidence,
        } => Value::map([
            code,
            ("evidence", encode_evidence(evidence)),
            ("per_cent", Value::Int((*per_cent).into())),
            ("words", Value::text(words)),
        ]),
        Act::Difficulty { words, asks } => Value::map([
            code,
            ("asks", Value::optional(asks.as_ref())),
            ("words", Value::text(words)),
        ]),
        Act::Refer { to, words } => Value::map([
            code,
            ("to", Value::text(to.to_string())),
            ("words", Value::text(words)),
        ]),
        Act::Answer { words } => Value::map([code, ("words", Value::text(words))]),
        Act::AskExtension { until, reason } => Value::map([
            code,
            ("reason", Value::text(reason)),
            ("until", Value::text(until.to_string())),
        ]),
        Act::Submit { product, evidence } => Value::map([
            code,
            ("evidence", encode_evidence(evidence)),
            ("product", Value::text(product)),
        ]),
        Act::Confirm { words, excused } => Value::map([
            code,
            ("excused", Value::Bool(*excused)),
            ("words", Value::text(words)),
        ]),
        Act::Return { reason, grave } => Value::map([
            code,
            ("grave", Value::Bool(*grave)),
            ("reason", Value::text(reason)),
        ]),
    }
}

pub(crate) fn decode_act(value: &Value) -> Result<Act, Error> {
    let words = |name| text(value, name).map(ToOwned::to_owned);
    Ok(match text(value, "act")? {
        "rewrite" => Act::Rewrite {
            brief: Box::new(decode_brief(field(value, "brief")?)?),
        },
        "assign" => Act::Assign,
        "acknowledge" => Act::Acknowledge,
        "contest" => Act::Contest {
            reason: words("reason")?,
        },
        "reassign" => Act::Reassign {
            lead: parsed(value, "lead")?,
            reason: words("reason")?,
        },
        "appoint" => Act::Appoint {
            post: parsed(value, "post")?,
        },
        "progress" => Act::Progress {
            words: words("words")?,
            per_cent: whole(field(value, "per_cent")?, "per_cent")?,
            evidence: decode_evidence(value)?,
        },
        "difficulty" => Act::Difficulty {
            words: words("words")?,
            asks: parsed_optional(value, "asks")?,
        },
        "refer" => Act::Refer {
            to: parsed(value, "to")?,
            words: words("words")?,
        },
        "answer" => Act::Answer {
            words: words("words")?,
        },
        "ask-extension" => Act::AskExtension {
            until: parsed(value, "until")?,
            reason: words("reason")?,
        },
        "grant-extension" => Act::GrantExtension {
            reason: words("reason")?,
        },
        "refuse-extension" => Act::RefuseExtension {
            reason: words("reason")?,
        },
        "submit" => Act::Submit {
            product: words("product")?,
            evidence: decode_evidence(value)?,
        },
        "confirm" => Act::Confirm {
            words: words("words")?,
            excused: truth(value, "excused")?,
        },
        "return" => Act::Return {
            reason: words("reason")?,
            grave: truth(value, "grave")?,
        },
        "cancel" => Act::Cancel {
            reason: words("reason")?,
        },
        _ => return Err(Error::Damaged { what: "task act" }),
    })
}

pub(super) fn encode_evidence(evidence: &[Evidence]) -> Value {
    let one = |evidence: &Evidence| match evidence {
        Evidence::File {
            name,
            sha256,
            size_bytes,
        } => Value::map([
            ("file", Value::text(sha256.to_string())),
            ("name", Value::text(name)),
            (
                "size_bytes",
                Value::Int(i64::try_from(*size_bytes).unwrap_or(i64::MAX)),
            ),
        ]),
        Evidence::Link(address) => Value::map([("link", Value::text(address))]),
        Evidence::Observation(id) => Value::map([("observation", Value::text(id.to_string()))]),
    };
    Value::List(evidence.iter().map(one).collect())
}

pub(super) fn decode_evidence(value: &Value) -> Result<Vec<Evidence>, Error> {
    let one = |value: &Value| {
        Ok(if value.get("file").is_some() {
            Evidence::File {
                name: text(value, "name")?.to_owned(),
                sha256: parsed(value, "file")?,
                size_bytes: whole(field(value, "size_bytes")?, "size_bytes")?,
            }
        } else if value.get("link").is_some() {
            Evidence::Link(text(value, "link")?.to_owned())
        } else {
            Evidence::Observation(parsed(value, "observation")?)
        })
    };
    list(value, "evidence")?.iter().map(one).collect()
}

/// The party of a code.
pub(crate) fn party(value: &Value) -> Result<Party, Error> {
    let code = text(value, "party")?;
    Party::ALL
        .into_iter()
        .find(|party| party.code() == code)
        .or_damaged("party")
}

pub(crate) fn encode_rules(rules: &TaskRules) -> Value {
    let days = |days: i32| Value::Int(days.into());
    let reminders = &rules.reminders;
    Value::map([
        (
            "before_due_days",
            Value::List(reminders.before_due_days.iter().copied().map(days).collect()),
        ),
        ("escalate_every_days", days(reminders.escalate_every_days)),
        (
            "required",
            Value::List(
                rules
                    .required
                    .fields()
                    .map(|field| Value::text(field.code()))
                    .collect(),
            ),
        ),
        ("silent_days", days(reminders.silent_days)),
        ("unanswered_days", days(reminders.unanswered_days)),
        ("unreceived_days", days(reminders.unreceived_days)),
    ])
}

pub(crate) fn decode_rules(value: &Value) -> Result<TaskRules, Error> {
    let days = |name| whole(field(value, name)?, name);
    let fields: Vec<Field> = list(value, "required")?
        .iter()
        .map(|code| {
            code.as_text()
                .and_then(|code| code.parse().ok())
                .or_damaged("required")
        })
        .collect::<Result<_, _>>()?;
    Ok(TaskRules {
        required: RequiredFields::new(fields),
        reminders: ReminderRules {
            before_due_days: list(value, "before_due_days")?
                .iter()
                .map(|days| whole(days, "before_due_days"))
                .collect::<Result<_, _>>()?,
            unreceived_days: days("unreceived_days")?,
            silent_days: days("silent_days")?,
            unanswered_days: days("unanswered_days")?,
            escalate_every_days: days("escalate_every_days")?,
        },
    })
}

pub(super) fn truth(value: &Value, name: &'static str) -> Result<bool, Error> {
    match field(value, name)? {
        Value::Bool(truth) => Ok(*truth),
        _ => Err(Error::Damaged { what: name }),
    }
}

fn whole<T: TryFrom<i64>>(value: &Value, name: &'static str) -> Result<T, Error> {
    value
        .as_int()
        .and_then(|number| number.try_into().ok())
        .or_damaged(name)
}
