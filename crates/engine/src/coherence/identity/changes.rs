//! What ties a target that is no value of its indicator to the values: a change, growth, a count of units.

use terms::IndicatorCode;

use super::{Identity, Over};
use crate::coherence::claim::Aspect;
use crate::coherence::formula::{At, Formula, Prices, Reference, relation};

/// The definitions of the change, the yearly change and the growth of an indicator. Only those that a claim speaks of become
/// relations.
pub fn changes_of(indicator: &IndicatorCode, prices: Prices) -> Vec<Identity> {
    let basis = match prices {
        Prices::Plain => "",
        Prices::Current => "@current",
        Prices::Constant => "@constant",
    };
    let x = format!("{indicator}{basis}");
    [
        ("change_year", Over::Year, format!("{x} = {x}[-1] + {x}@change")),
        (
            "change_span",
            Over::Span,
            format!("{x}[last] = {x}[before] + {x}@change"),
        ),
        (
            "change_mean_year",
            Over::Year,
            format!("{x} = {x}[-1] + {x}@change_a_year"),
        ),
        (
            "change_mean",
            Over::Span,
            format!("{x}[last] = {x}[before] + years * {x}@change_a_year"),
        ),
        (
            "growth_year",
            Over::Year,
            format!("{x} = {x}[-1] * (1 + {x}@growth / 100)"),
        ),
        (
            "growth_mean",
            Over::Span,
            format!("{x}[last] = {x}[before] * (1 + {x}@growth / 100) ^ years"),
        ),
    ]
    .into_iter()
    .filter_map(|(id, over, text)| {
        let (left, right, at_most) = relation(&text).ok()?;
        Some(Identity {
            id: id.to_owned(),
            over,
            left,
            right,
            at_most,
            needs: None,
            derived: false,
            source: "Definition".to_owned(),
        })
    })
    .collect()
}

/// Every unit that meets the narrower condition meets the wider one: their count is at most the other's.
pub fn units_within(indicator: &IndicatorCode, narrower: u16, wider: u16) -> Identity {
    let count = |condition| {
        Formula::Reference(Reference {
            indicator: indicator.clone(),
            prices: Prices::Plain,
            aspect: Aspect::UnitsMeeting(condition),
            at: At::Own,
        })
    };
    Identity {
        id: "units_within".to_owned(),
        over: Over::Year,
        left: count(narrower),
        right: count(wider),
        at_most: true,
        needs: None,
        derived: false,
        source: "Whoever is under 8 is under 10".to_owned(),
    }
}
