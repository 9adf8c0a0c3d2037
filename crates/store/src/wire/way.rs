//! Ways to targets in entries.

use ledger::Value;
use plan::{PathRule, Way};

use super::{optional, parsed_optional, text};
use crate::Error;
use crate::error::OrDamaged;

pub(crate) fn encode(way: &Way) -> Value {
    Value::map([
        ("basis", Value::optional(way.basis)),
        ("milestones", Value::optional(milestones(&way.path))),
        ("path", Value::text(way.path.code())),
        ("units", Value::optional(way.units)),
    ])
}

pub(crate) fn decode(value: &Value) -> Result<Way, Error> {
    let stops = optional(value, "milestones")?.unwrap_or_default();
    Ok(Way {
        basis: parsed_optional(value, "basis")?,
        path: PathRule::read(text(value, "path")?, stops)
            .ok()
            .or_damaged("path")?,
        units: parsed_optional(value, "units")?,
    })
}

/// The milestones in their one form; none on other ways.
pub(crate) fn milestones(path: &PathRule) -> Option<String> {
    match path {
        PathRule::Milestones(stops) => Some(stops.to_string()),
        PathRule::Straight | PathRule::Compound | PathRule::Seasonal => None,
    }
}

#[cfg(test)]
mod tests {
    use plan::Basis;

    use super::*;

    #[test]
    fn what_is_written_of_a_way_is_read_back() {
        for way in [
            Way::default(),
            Way {
                basis: Some(Basis::ChangePerYear),
                path: PathRule::read("", "2028=9.5; 2027=12").unwrap(),
                units: "communes:lt=10".parse().ok(),
            },
            Way {
                path: PathRule::Seasonal,
                ..Way::default()
            },
        ] {
            assert_eq!(decode(&encode(&way)).unwrap(), way);
        }
    }

    #[test]
    fn a_damaged_way_is_no_way() {
        for (field, text) in [("path", "winding"), ("milestones", "2027"), ("units", "villages")] {
            let mut value = encode(&Way::default());
            if let Value::Map(fields) = &mut value {
                fields.insert(field.to_owned(), Value::text(text));
            }
            assert!(decode(&value).is_err(), "{field}");
        }
    }
}
