//! The targets of the register that lie ahead, as claims; what cannot be asked together with the rest is told.

use std::collections::BTreeMap;

use engine::coherence::{self as coherence, Aspect, Basis, Claim, Identity, Quantity, Role};
use engine::meaning::{Voice, allowed};
use plan::{Scope, Target};
use terms::{Bound, Date, Decimal, Measure, TimePeriod};

use super::aspects::{self, Asked, asked, met_by_whole_units};
use super::gather::{Gathered, quantity, step_in};
use super::told::aspect_view;
use super::view::{ClaimView, NoteView, QuantityView};
use crate::assess::{Picture, basis_of, unit_of, units};
use crate::reference::Reference;
use crate::register::PROVINCE;
use crate::view::{Amount, SourceView};

/// How a target's number is read, for telling targets apart: its measure, a basis that is said, the units that are counted.
type Kind = (&'static str, Option<&'static str>, Option<String>);

fn kind(target: &Target) -> Kind {
    let way = &target.way;
    let changes = way
        .basis
        .filter(|basis| matches!(basis, plan::Basis::Change | plan::Basis::ChangePerYear));
    let counts = way.units.filter(|units| units.meets.is_some());
    (
        target.measure.code(),
        changes.map(plan::Basis::code),
        counts.map(|units| units.to_string()),
    )
}

/// Gathers the targets not due by the day. The same number told by several papers is one claim, and of papers that set
/// different ones the latest counts.
pub(super) fn targets(
    picture: &Picture,
    reference: &Reference,
    identities: &[Identity],
    (day, start): (Date, i16),
    gathered: &mut Gathered,
) {
    // The same number told by several papers is one target; «over», «at least» and the bare number of it are too.
    type Key = (usize, TimePeriod, Decimal, Option<Decimal>, Option<Scope>, Kind);
    let mut groups: BTreeMap<Key, Vec<&store::StoredTarget>> = BTreeMap::new();
    for stored in &picture.targets {
        let target = &stored.target;
        let decided = picture
            .sources_of(stored.id.0)
            .iter()
            .filter_map(|source| source.date)
            .min();
        if day <= target.due.end() && decided.is_none_or(|decided| decided <= day) {
            let key = (
                reference.rank(&target.indicator),
                target.due,
                target.value,
                target.upper,
                target.scope.clone(),
                kind(target),
            );
            groups.entry(key).or_default().push(stored);
        }
    }
    // Of papers that set different values for one quantity, the latest counts.
    let latest = |group: &[&store::StoredTarget]| {
        group
            .iter()
            .flat_map(|stored| picture.sources_of(stored.id.0))
            .filter_map(|source| source.date)
            .max()
    };
    let newest = |group: &[&store::StoredTarget]| {
        let own = &group[0].target;
        groups
            .values()
            .filter(|other| {
                let other = &other[0].target;
                let of = |target: &Target| (target.due, target.price_basis, kind(target));
                (&other.indicator, &other.scope, of(other)) == (&own.indicator, &own.scope, of(own))
            })
            .filter_map(|other| latest(other))
            .max()
    };
    for group in groups.values() {
        let first = &group[0].target;
        let indicator = reference.indicator(&first.indicator);
        let unit = unit_of(indicator, first.measure);
        let sources: Vec<SourceView> = group
            .iter()
            .flat_map(|stored| picture.sources_of(stored.id.0))
            .collect();
        let left_out = |code: &'static str| NoteView {
            code,
            quantity: Some(QuantityView {
                indicator: reference.indicator_name(&first.indicator),
                basis: first.price_basis,
                aspect: None,
                period: first.due,
                unit: unit.clone(),
            }),
            amount: Some(Amount {
                value: first.value,
                upper: first.upper,
                bound: first.bound,
                unit: unit.clone(),
                price_basis: first.price_basis,
                scope: reference.scope_name(first.scope.as_ref()),
            }),
            claim: None,
            sources: sources.clone(),
        };
        if latest(group) < newest(group) {
            gathered.notes.push(left_out("target-superseded"));
            continue;
        }
        let asked = asked(picture, reference, &gathered.conditions, first);
        match asked {
            Asked::Nothing => continue,
            Asked::LeftOut(code) => {
                gathered.notes.push(left_out(code));
                continue;
            }
            Asked::Value | Asked::Of(..) | Asked::Count(..) => {}
        }
        if first.scope.is_some() {
            // Identities speak of what the definition counts, not of a part of it.
            gathered.notes.push(left_out("target-of-a-scope"));
            continue;
        }
        let measure = if asked == Asked::Value {
            first.measure
        } else {
            Measure::Level
        };
        let basis = basis_of(first.price_basis, indicator, measure);
        let value = match asked {
            // Counts are tied by their conditions, whatever identities say of the values.
            Asked::Count(..) => Ok(Some(Quantity {
                indicator: first.indicator.clone(),
                aspect: Aspect::Value,
                basis: Basis::Plain,
                place: PROVINCE,
                period: first.due,
            })),
            _ => quantity(&first.indicator, first.due, basis, identities),
        };
        let value = match value {
            Ok(Some(quantity)) => quantity,
            Ok(None) => continue,
            Err(code) => {
                gathered.notes.push(left_out(code));
                continue;
            }
        };
        let quantity = match asked {
            Asked::Of(aspect, period) => aspects::quantity(&value, aspect, period),
            Asked::Count(aspect, _) => aspects::quantity(&value, aspect, first.due),
            _ => value,
        };
        if asked == Asked::Value
            && let Some((from, to)) = coherence::identity::years(first.due)
            && from < start
            && from < to
        {
            gathered.notes.push(left_out("target-partly-past"));
            continue;
        }
        let open = group
            .iter()
            .map(|stored| stored.target.bound)
            .find(|bound| matches!(bound, Bound::Gt | Bound::Ge | Bound::Lt | Bound::Le));
        let bound = open.unwrap_or(first.bound);
        let said = if let Asked::Count(_, whole) = asked {
            whole
        } else {
            let step = step_in(first.value, &sources);
            let said = allowed(bound, first.value, first.upper, step, Voice::Set);
            met_by_whole_units(reference, first, said)
        };
        let mut readings = Vec::new();
        if let Some((from, to)) = coherence::identity::years(first.due)
            && from < to
            && first.indicator.as_str() == "investment.to_grdp"
        {
            let last = Quantity {
                period: TimePeriod::Year(to),
                ..quantity.clone()
            };
            readings.push(("last_year".to_owned(), vec![(last, said)]));
            readings.push(("other_definition".to_owned(), Vec::new()));
        }
        let view = aspect_view(reference, &gathered.conditions, &quantity);
        let id = match view.aspect {
            None => format!("{}@{}", first.indicator, first.due),
            Some(aspect) => format!("{}@{aspect}@{}", first.indicator, first.due),
        };
        let twin = gathered
            .views
            .iter()
            .filter(|view| view.id.starts_with(&id))
            .count();
        let id = if twin == 0 {
            id
        } else {
            format!("{id}#{}", twin + 1)
        };
        gathered.claims.push(Claim {
            id: id.clone(),
            role: Role::Target,
            bindings: vec![(quantity.clone(), said)],
            readings,
            tested: false,
        });
        gathered.views.push(ClaimView {
            id,
            role: Role::Target,
            quantity: Some(view),
            amount: Some(Amount {
                value: first.value,
                upper: first.upper,
                bound,
                unit: match asked {
                    Asked::Count(..) => units::unit(first.measure),
                    _ => unit,
                },
                price_basis: basis,
                scope: None,
            }),
            targets: group.iter().map(|stored| stored.id).collect(),
            every_year: false,
            sources,
        });
    }
}
