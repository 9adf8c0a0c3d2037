//! The targets of the register that lie ahead, as claims; what cannot be asked together with the rest is told.

use std::collections::BTreeMap;

use engine::coherence::{self as coherence, Claim, Identity, Quantity, Role};
use engine::meaning::{Voice, allowed};
use plan::Scope;
use terms::{Bound, Date, Decimal, TimePeriod};

use super::gather::{Gathered, is_own_value, quantity, step_in};
use super::told::quantity_view;
use super::view::{ClaimView, NoteView, QuantityView};
use crate::assess::{Picture, basis_of, unit_of};
use crate::reference::Reference;
use crate::view::{Amount, SourceView};

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
    type Key = (usize, TimePeriod, Decimal, Option<Decimal>, Option<Scope>);
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
                (
                    &other.indicator,
                    other.due,
                    other.measure,
                    other.price_basis,
                    &other.scope,
                ) == (&own.indicator, own.due, own.measure, own.price_basis, &own.scope)
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
        if !is_own_value(indicator, first.measure) || !first.is_value_of_indicator() {
            continue;
        }
        if first.scope.is_some() {
            // Identities speak of what the definition counts, not of a part of it.
            gathered.notes.push(left_out("target-of-a-scope"));
            continue;
        }
        let basis = basis_of(first.price_basis, indicator, first.measure);
        let quantity = match quantity(&first.indicator, first.due, basis, identities) {
            Ok(Some(quantity)) => quantity,
            Ok(None) => continue,
            Err(code) => {
                gathered.notes.push(left_out(code));
                continue;
            }
        };
        if let Some((from, to)) = coherence::identity::years(first.due)
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
        let said = allowed(
            bound,
            first.value,
            first.upper,
            step_in(first.value, &sources),
            Voice::Set,
        );
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
        let id = format!("{}@{}", first.indicator, first.due);
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
            quantity: Some(quantity_view(reference, &quantity)),
            amount: Some(Amount {
                value: first.value,
                upper: first.upper,
                bound,
                unit,
                price_basis: basis,
                scope: None,
            }),
            targets: group.iter().map(|stored| stored.id).collect(),
            every_year: false,
            sources,
        });
    }
}
