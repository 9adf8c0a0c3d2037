//! The form of acts in entries. What was written once must be readable for ever: fields are only ever added, and a new
//! field has a meaning where an old entry lacks it.

mod document;
mod fact;
mod org;
pub(crate) mod report;
pub(crate) mod score;
pub(crate) mod task;
mod way;

pub(crate) use document::{decode_blocks, encode_blocks};
pub(crate) use fact::{price_basis, price_basis_code};
pub(crate) use task::{decode_act, decode_brief, decode_rules, encode_act, encode_brief, encode_rules};
pub(crate) use way::milestones;

use ledger::Value;
use plan::{Act, CatalogueList, FactId, FigureId, ObservationId, Outcome, TargetId, Verdict};

use crate::Error;
use crate::error::OrDamaged;

/// The kind and body of an act's entry.
pub(crate) fn encode(act: &Act) -> (&'static str, Value) {
    match act {
        Act::DocumentAdded { document, figures } => (
            "document-added",
            Value::map([
                ("document", document::encode(document)),
                (
                    "figures",
                    Value::List(figures.iter().map(document::encode_figure).collect()),
                ),
            ]),
        ),
        Act::FigureMarked { figure, found } => (
            "figure-marked",
            Value::map([
                ("figure", Value::text(figure.to_string())),
                ("found", document::encode_figure(found)),
            ]),
        ),
        Act::FigureReviewed {
            figure,
            verdict,
            reason,
        } => (
            "figure-reviewed",
            Value::map([
                ("figure", Value::text(figure.to_string())),
                ("reason", Value::text(reason)),
                ("verdict", encode_verdict(verdict)),
            ]),
        ),
        Act::FactRecorded {
            fact,
            source,
            replaces,
            reason,
        } => (
            "fact-recorded",
            Value::map([
                ("fact", fact::encode(fact)),
                ("reason", Value::text(reason)),
                ("replaces", replaces.map_or(Value::Null, encode_fact_id)),
                ("source", fact::encode_source(source)),
            ]),
        ),
        Act::FactSourced { fact, source, reason } => (
            "fact-sourced",
            Value::map([
                ("fact", encode_fact_id(*fact)),
                ("reason", Value::text(reason)),
                ("source", fact::encode_source(source)),
            ]),
        ),
        Act::FactWithdrawn { fact, reason } => (
            "fact-withdrawn",
            Value::map([("fact", encode_fact_id(*fact)), ("reason", Value::text(reason))]),
        ),
        Act::TargetPlanned {
            target,
            way,
            source,
            reason,
        } => (
            "target-planned",
            Value::map([
                ("reason", Value::text(reason)),
                ("source", fact::encode_source(source)),
                ("target", Value::text(target.to_string())),
                ("way", way::encode(way)),
            ]),
        ),
        Act::FindingSettled {
            finding,
            class,
            decision,
            source,
            reason,
        } => (
            "finding-settled",
            Value::map([
                ("class", Value::text(class)),
                ("decision", Value::text(decision)),
                ("finding", Value::text(finding)),
                ("reason", Value::text(reason)),
                ("source", fact::encode_source(source)),
            ]),
        ),
        Act::FindingReopened { finding, reason } => (
            "finding-reopened",
            Value::map([("finding", Value::text(finding)), ("reason", Value::text(reason))]),
        ),
        Act::TaskDrafted {
            brief,
            assigner,
            parent,
        } => (
            "task-drafted",
            Value::map([
                ("assigner", Value::text(assigner.to_string())),
                ("brief", task::encode_brief(brief)),
                ("parent", Value::optional(*parent)),
            ]),
        ),
        Act::TaskStepped {
            task: id,
            party,
            step,
        } => (
            "task-stepped",
            Value::map([
                ("party", Value::text(party.code())),
                ("step", task::encode_act(step)),
                ("task", Value::text(id.to_string())),
            ]),
        ),
        Act::TaskRulesSet { rules, reason } => (
            "task-rules-set",
            Value::map([
                ("reason", Value::text(reason)),
                ("rules", task::encode_rules(rules)),
            ]),
        ),
        Act::ScoreRulesSet { rules, reason } => (
            "score-rules-set",
            Value::map([
                ("reason", Value::text(reason)),
                ("rules", score::encode_rules(rules)),
            ]),
        ),
        Act::GeneralScoreGiven { .. } => ("general-score-given", score::encode_given(act)),
        Act::RegimeIssued { regime } => ("regime-issued", report::encode_regime(regime.states())),
        Act::RegimeEnded { regime, reason } => (
            "regime-ended",
            Value::map([
                ("reason", Value::text(reason)),
                ("regime", Value::text(regime.as_str())),
            ]),
        ),
        Act::ReportMoved { report, step } => report::encode_move(report, step),
        Act::ReportCounted {
            report,
            observation,
            source,
            replaces,
            reason,
        } => (
            "report-value-counted",
            report::keyed(
                report,
                [
                    (
                        "fact",
                        fact::encode(&plan::Fact::Observation((**observation).clone())),
                    ),
                    ("reason", Value::text(reason)),
                    ("replaces", Value::optional(*replaces)),
                    ("source", fact::encode_source(source)),
                ],
            ),
        ),
        Act::EvidenceGiven {
            report,
            indicator,
            title,
            evidence,
        } => (
            "report-evidence-given",
            report::encode_evidence(report, indicator.as_ref(), title, evidence),
        ),
        Act::SampleDrawn {
            regime,
            period,
            ready,
            size,
        } => (
            "report-sample-drawn",
            report::encode_sample(regime, *period, ready, *size),
        ),
        Act::SpotChecked {
            report,
            indicator,
            found,
            words,
        } => (
            "report-spot-checked",
            report::encode_check(report, indicator, found, words),
        ),
        Act::CatalogueLoaded { list, name, sha256 } => (
            "catalogue-loaded",
            Value::map([
                ("list", Value::text(list.code())),
                ("name", Value::text(name)),
                ("sha256", Value::text(sha256.to_string())),
            ]),
        ),
        Act::DepartmentAdded { department } => (
            "department-added",
            Value::map([("department", org::encode_department(department))]),
        ),
        Act::DepartmentEnded {
            office,
            until,
            reason,
        } => (
            "department-ended",
            Value::map([
                ("office", Value::text(office.to_string())),
                ("reason", Value::text(reason)),
                ("until", Value::text(until.to_string())),
            ]),
        ),
        Act::PostAdded { post } => ("post-added", Value::map([("post", org::encode_post(post))])),
        Act::PostEnded { post, until, reason } => (
            "post-ended",
            Value::map([
                ("post", Value::text(post.as_str())),
                ("reason", Value::text(reason)),
                ("until", Value::text(until.to_string())),
            ]),
        ),
        Act::HolderAdded { holding, person } => (
            "holder-added",
            Value::map([
                ("holding", org::encode_holding(holding)),
                ("person", Value::text(person.to_string())),
            ]),
        ),
        Act::HolderEnded {
            post,
            user,
            until,
            reason,
        } => (
            "holder-ended",
            Value::map([
                ("post", Value::text(post.as_str())),
                ("reason", Value::text(reason)),
                ("until", Value::text(until.to_string())),
                ("user", org::encode_user(*user)),
            ]),
        ),
    }
}

/// The act that an entry's kind and body tell.
pub(crate) fn decode(kind: &str, body: &Value) -> Result<Act, Error> {
    let reason = || text(body, "reason").map(ToOwned::to_owned);
    Ok(match kind {
        "document-added" => Act::DocumentAdded {
            document: document::decode(field(body, "document")?)?,
            figures: list(body, "figures")?
                .iter()
                .map(document::decode_figure)
                .collect::<Result<_, _>>()?,
        },
        "figure-marked" => Act::FigureMarked {
            figure: parsed(body, "figure")?,
            found: document::decode_figure(field(body, "found")?)?,
        },
        "figure-reviewed" => Act::FigureReviewed {
            figure: parsed(body, "figure")?,
            verdict: decode_verdict(field(body, "verdict")?)?,
            reason: reason()?,
        },
        "fact-recorded" => Act::FactRecorded {
            fact: fact::decode(field(body, "fact")?)?,
            source: fact::decode_source(field(body, "source")?)?,
            replaces: match field(body, "replaces")? {
                Value::Null => None,
                id => Some(decode_fact_id(id)?),
            },
            reason: reason()?,
        },
        "fact-sourced" => Act::FactSourced {
            fact: decode_fact_id(field(body, "fact")?)?,
            source: fact::decode_source(field(body, "source")?)?,
            reason: reason()?,
        },
        "fact-withdrawn" => Act::FactWithdrawn {
            fact: decode_fact_id(field(body, "fact")?)?,
            reason: reason()?,
        },
        "target-planned" => Act::TargetPlanned {
            target: parsed(body, "target")?,
            way: Box::new(way::decode(field(body, "way")?)?),
            source: fact::decode_source(field(body, "source")?)?,
            reason: reason()?,
        },
        "finding-settled" => Act::FindingSettled {
            finding: text(body, "finding")?.to_owned(),
            class: text(body, "class")?.to_owned(),
            decision: text(body, "decision")?.to_owned(),
            source: fact::decode_source(field(body, "source")?)?,
            reason: reason()?,
        },
        "finding-reopened" => Act::FindingReopened {
            finding: text(body, "finding")?.to_owned(),
            reason: reason()?,
        },
        "task-drafted" => Act::TaskDrafted {
            brief: Box::new(task::decode_brief(field(body, "brief")?)?),
            assigner: parsed(body, "assigner")?,
            parent: parsed_optional(body, "parent")?,
        },
        "task-stepped" => Act::TaskStepped {
            task: parsed(body, "task")?,
            party: task::party(body)?,
            step: task::decode_act(field(body, "step")?)?,
        },
        "task-rules-set" => Act::TaskRulesSet {
            rules: task::decode_rules(field(body, "rules")?)?,
            reason: reason()?,
        },
        "score-rules-set" => Act::ScoreRulesSet {
            rules: score::decode_rules(field(body, "rules")?)?,
            reason: reason()?,
        },
        "general-score-given" => score::decode_given(body)?,
        "regime-issued" => Act::RegimeIssued {
            regime: Box::new(report::decode_regime(body)?),
        },
        "regime-ended" => Act::RegimeEnded {
            regime: parsed(body, "regime")?,
            reason: reason()?,
        },
        "report-saved" | "report-submitted" | "report-verified" | "report-returned" | "report-accepted"
        | "report-corrected" => Act::ReportMoved {
            report: report::decode_key(body)?,
            step: Box::new(report::decode_move(kind, body)?),
        },
        "report-value-counted" => Act::ReportCounted {
            report: report::decode_key(body)?,
            observation: match fact::decode(field(body, "fact")?)? {
                plan::Fact::Observation(observation) => Box::new(observation),
                plan::Fact::Target(_) => return Err(Error::Damaged { what: "fact" }),
            },
            source: fact::decode_source(field(body, "source")?)?,
            replaces: parsed_optional(body, "replaces")?,
            reason: reason()?,
        },
        "report-evidence-given" => report::decode_evidence(body)?,
        "report-sample-drawn" => report::decode_sample(body)?,
        "report-spot-checked" => report::decode_check(body)?,
        "catalogue-loaded" => {
            let code = text(body, "list")?;
            let list = CatalogueList::ALL.into_iter().find(|list| list.code() == code);
            Act::CatalogueLoaded {
                list: list.or_damaged("catalogue list")?,
                name: text(body, "name")?.to_owned(),
                sha256: parsed(body, "sha256")?,
            }
        }
        other => org::decode(other, body)?.or_damaged("entry kind")?,
    })
}

fn encode_verdict(verdict: &Verdict) -> Value {
    let outcome = |word, outcome: &Outcome| match outcome {
        Outcome::New(fact) => Value::map([("fact", fact::encode(fact)), ("verdict", Value::text(word))]),
        Outcome::Joins(id) => Value::map([("joins", encode_fact_id(*id)), ("verdict", Value::text(word))]),
    };
    match verdict {
        Verdict::Accept(accepted) => outcome("accept", accepted),
        Verdict::Correct(corrected) => outcome("correct", corrected),
        Verdict::Merge { with, joins } => Value::map([
            ("joins", encode_fact_id(*joins)),
            ("verdict", Value::text("merge")),
            ("with", Value::text(with.to_string())),
        ]),
        Verdict::Reject => Value::map([("verdict", Value::text("reject"))]),
    }
}

fn decode_verdict(value: &Value) -> Result<Verdict, Error> {
    let joins = || field(value, "joins").and_then(decode_fact_id);
    let outcome = || match value.get("fact") {
        Some(fact) => fact::decode(fact).map(Outcome::New),
        None => joins().map(Outcome::Joins),
    };
    Ok(match text(value, "verdict")? {
        "accept" => Verdict::Accept(outcome()?),
        "correct" => Verdict::Correct(outcome()?),
        "merge" => Verdict::Merge {
            with: parsed::<FigureId>(value, "with")?,
            joins: joins()?,
        },
        "reject" => Verdict::Reject,
        _ => return Err(Error::Damaged { what: "verdict" }),
    })
}

fn encode_fact_id(id: FactId) -> Value {
    match id {
        FactId::Observation(id) => Value::text(format!("observation {id}")),
        FactId::Target(id) => Value::text(format!("target {id}")),
    }
}

fn decode_fact_id(value: &Value) -> Result<FactId, Error> {
    let (kind, number) = value
        .as_text()
        .and_then(|text| text.split_once(' '))
        .or_damaged("fact")?;
    match kind {
        "observation" => number
            .parse::<ObservationId>()
            .map(FactId::Observation)
            .or_damaged("fact"),
        "target" => number.parse::<TargetId>().map(FactId::Target).or_damaged("fact"),
        _ => Err(Error::Damaged { what: "fact" }),
    }
}

/// The value of a field that must be there.
fn field<'a>(value: &'a Value, name: &'static str) -> Result<&'a Value, Error> {
    value.get(name).or_damaged(name)
}

/// The text of a field that must be there.
fn text<'a>(value: &'a Value, name: &'static str) -> Result<&'a str, Error> {
    field(value, name)?.as_text().or_damaged(name)
}

/// The text of a field, or none where it is null.
fn optional<'a>(value: &'a Value, name: &'static str) -> Result<Option<&'a str>, Error> {
    match field(value, name)? {
        Value::Null => Ok(None),
        Value::Text(text) => Ok(Some(text)),
        _ => Err(Error::Damaged { what: name }),
    }
}

/// The values of a list.
fn list<'a>(value: &'a Value, name: &'static str) -> Result<&'a [Value], Error> {
    field(value, name)?.as_list().or_damaged(name)
}

/// What the text of a field spells.
fn parsed<T: std::str::FromStr>(value: &Value, name: &'static str) -> Result<T, Error> {
    text(value, name)?.parse().or_damaged(name)
}

/// What the text of a field spells, or none where it is null.
fn parsed_optional<T: std::str::FromStr>(value: &Value, name: &'static str) -> Result<Option<T>, Error> {
    optional(value, name)?
        .map(|text| text.parse().or_damaged(name))
        .transpose()
}

/// Two places in a text.
fn span(value: &Value, name: &'static str) -> Result<(usize, usize), Error> {
    match list(value, name)? {
        [Value::Int(from), Value::Int(to)] => Ok((
            usize::try_from(*from).or_damaged(name)?,
            usize::try_from(*to).or_damaged(name)?,
        )),
        _ => Err(Error::Damaged { what: name }),
    }
}

/// Two places in a text, as a list. No text that fits in memory is longer than an `i64` counts.
fn encode_span((from, to): (usize, usize)) -> Value {
    let place = |at| Value::Int(i64::try_from(at).unwrap_or(i64::MAX));
    Value::List(vec![place(from), place(to)])
}
