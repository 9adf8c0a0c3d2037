//! Observations, targets and their sources in entries.

use ledger::Value;
use plan::{Fact, Observation, PriceBasis, Scope, Source, Target, Way};
use terms::RefArea;

use super::{field, optional, parsed, parsed_optional, span, text};
use crate::Error;
use crate::error::OrDamaged;

pub(crate) fn encode(fact: &Fact) -> Value {
    match fact {
        Fact::Observation(observation) => with_scope(
            observation.scope.as_ref(),
            Value::map([
                ("bound", Value::text(observation.bound.code())),
                ("edition", Value::text(observation.edition.code())),
                ("indicator", Value::text(observation.indicator.as_str())),
                ("is", Value::text("observation")),
                ("measure", Value::text(observation.measure.code())),
                ("period", Value::text(observation.time_period.to_string())),
                ("place", Value::text(observation.ref_area.as_str())),
                (
                    "price_basis",
                    Value::text(price_basis_code(observation.price_basis)),
                ),
                ("status", Value::text(observation.status.code())),
                ("upper", Value::optional(observation.upper)),
                ("value", Value::text(observation.obs_value.to_string())),
            ]),
        ),
        Fact::Target(target) => with_way(
            &target.way,
            with_scope(
                target.scope.as_ref(),
                Value::map([
                    (
                        "baseline_period",
                        Value::optional(target.baseline.map(|(period, _)| period)),
                    ),
                    (
                        "baseline_value",
                        Value::optional(target.baseline.map(|(_, value)| value)),
                    ),
                    ("bound", Value::text(target.bound.code())),
                    ("due", Value::text(target.due.to_string())),
                    ("indicator", Value::text(target.indicator.as_str())),
                    ("is", Value::text("target")),
                    ("measure", Value::text(target.measure.code())),
                    ("place", Value::text(target.ref_area.as_str())),
                    ("price_basis", Value::text(price_basis_code(target.price_basis))),
                    ("upper", Value::optional(target.upper)),
                    ("value", Value::text(target.value.to_string())),
                ]),
            ),
        ),
    }
}

/// Adds the way where anything is said of it, as with scopes.
fn with_way(way: &Way, mut fact: Value) -> Value {
    if let (false, Value::Map(fields)) = (way.is_usual(), &mut fact) {
        fields.insert("way".to_owned(), super::way::encode(way));
    }
    fact
}

fn way_of(value: &Value) -> Result<Way, Error> {
    value
        .get("way")
        .map_or_else(|| Ok(Way::default()), super::way::decode)
}

/// Adds the scope where there is one: entries from before scopes were told have no such field, and keep their bytes.
fn with_scope(scope: Option<&Scope>, mut fact: Value) -> Value {
    if let (Some(scope), Value::Map(fields)) = (scope, &mut fact) {
        fields.insert("scope".to_owned(), Value::text(scope.as_str()));
    }
    fact
}

fn scope_of(value: &Value) -> Result<Option<Scope>, Error> {
    match value.get("scope") {
        None => Ok(None),
        Some(_) => parsed(value, "scope").map(Some),
    }
}

pub(crate) fn decode(value: &Value) -> Result<Fact, Error> {
    let indicator = parsed(value, "indicator")?;
    let ref_area = RefArea::new(text(value, "place")?);
    let measure = parsed(value, "measure")?;
    let upper = parsed_optional(value, "upper")?;
    let bound = parsed(value, "bound")?;
    let price_basis = price_basis(text(value, "price_basis")?)?;
    match text(value, "is")? {
        "observation" => Ok(Fact::Observation(Observation {
            indicator,
            ref_area,
            time_period: parsed(value, "period")?,
            measure,
            edition: parsed(value, "edition")?,
            status: parsed(value, "status")?,
            obs_value: parsed(value, "value")?,
            upper,
            bound,
            price_basis,
            scope: scope_of(value)?,
        })),
        "target" => Ok(Fact::Target(Target {
            indicator,
            ref_area,
            due: parsed(value, "due")?,
            measure,
            value: parsed(value, "value")?,
            upper,
            bound,
            price_basis,
            scope: scope_of(value)?,
            baseline: parsed_optional(value, "baseline_period")?
                .zip(parsed_optional(value, "baseline_value")?),
            way: way_of(value)?,
        })),
        _ => Err(Error::Damaged { what: "fact" }),
    }
}

/// `current`, `constant-2010`, or nothing where nobody says.
pub(crate) fn price_basis_code(basis: Option<PriceBasis>) -> String {
    match basis {
        None => String::new(),
        Some(PriceBasis::Current) => "current".to_owned(),
        Some(PriceBasis::Constant { base_year }) => format!("constant-{base_year}"),
    }
}

/// The price basis that a code tells.
pub(crate) fn price_basis(code: &str) -> Result<Option<PriceBasis>, Error> {
    Ok(match code {
        "" => None,
        "current" => Some(PriceBasis::Current),
        _ => {
            let year = code.strip_prefix("constant-").or_damaged("price_basis")?;
            Some(PriceBasis::Constant {
                base_year: year.parse().or_damaged("price_basis")?,
            })
        }
    })
}

pub(crate) fn encode_source(source: &Source) -> Value {
    Value::map([
        ("date", Value::optional(source.date)),
        ("document", Value::optional(source.document)),
        ("publisher", Value::text(&source.publisher)),
        ("quote", Value::text(&source.quote)),
        ("span", source.span.map_or(Value::Null, super::encode_span)),
        ("title", Value::text(&source.title)),
        ("url", Value::optional(source.url.as_ref())),
    ])
}

pub(crate) fn decode_source(value: &Value) -> Result<Source, Error> {
    Ok(Source {
        document: parsed_optional(value, "document")?,
        span: match field(value, "span")? {
            Value::Null => None,
            _ => Some(span(value, "span")?),
        },
        quote: text(value, "quote")?.to_owned(),
        title: text(value, "title")?.to_owned(),
        publisher: text(value, "publisher")?.to_owned(),
        date: parsed_optional(value, "date")?,
        url: optional(value, "url")?.map(ToOwned::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use plan::{Edition, ObsStatus};
    use terms::{Bound, Decimal, Measure, TimePeriod};

    use super::*;

    fn homes(scope: Option<&str>) -> Fact {
        Fact::Observation(Observation {
            indicator: "housing.solidarity_homes".parse().unwrap(),
            ref_area: RefArea::from_static("VN-11"),
            time_period: TimePeriod::Year(2025),
            measure: Measure::Level,
            edition: Edition::Official,
            status: ObsStatus::Normal,
            obs_value: Decimal::from(7365),
            upper: None,
            bound: Bound::Eq,
            price_basis: None,
            scope: scope.map(|scope| Scope::new(scope).unwrap()),
        })
    }

    #[test]
    fn a_scope_is_kept_and_a_value_without_one_has_the_bytes_it_always_had() {
        for fact in [homes(None), homes(Some("makeshift-homes-removed"))] {
            assert_eq!(decode(&encode(&fact)).unwrap(), fact);
        }
        let Value::Map(fields) = encode(&homes(None)) else {
            panic!("a map")
        };
        assert!(!fields.contains_key("scope"));
    }

    #[test]
    fn a_damaged_scope_is_no_scope() {
        let mut value = encode(&homes(Some("a")));
        if let Value::Map(fields) = &mut value {
            fields.insert("scope".to_owned(), Value::text("  "));
        }
        assert!(decode(&value).is_err());
    }
}
