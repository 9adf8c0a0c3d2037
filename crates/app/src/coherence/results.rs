//! The last known results, as claims: where the plan starts from.

use std::collections::BTreeMap;

use engine::coherence::{Basis, Claim, Identity, Quantity, Role};
use engine::meaning::{Voice, allowed};
use plan::ObsStatus;
use terms::{Bound, Date, TimePeriod};

use super::gather::{Gathered, is_own_value, quantity, step_in};
use super::told::quantity_view;
use super::view::ClaimView;
use crate::assess::{Picture, basis_of, unit_of};
use crate::reference::Reference;
use crate::view::Amount;

/// How many years before the question's day a result may be of, to count as where the plan starts from.
const YEARS_BACK: i16 = 1;

/// Gathers the results of whole years, one for each quantity.
pub(super) fn results(
    picture: &Picture,
    reference: &Reference,
    identities: &[Identity],
    day: Date,
    gathered: &mut Gathered,
) {
    // Of several tellings of one quantity the latest edition and paper counts; that they differ is told elsewhere.
    let mut best: BTreeMap<Quantity, (plan::Edition, Option<Date>, &store::StoredObservation)> =
        BTreeMap::new();
    for stored in &picture.observations {
        let observation = &stored.observation;
        let indicator = reference.indicator(&observation.indicator);
        let paper = picture
            .sources_of(stored.id.0)
            .iter()
            .filter_map(|source| source.date)
            .max();
        let TimePeriod::Year(year) = observation.time_period else {
            continue;
        };
        if observation.status == ObsStatus::Missing
            || observation.scope.is_some()
            || year < day.year() - YEARS_BACK
            || paper.is_some_and(|paper| day < paper)
            || !is_own_value(indicator, observation.measure)
        {
            continue;
        }
        let basis = basis_of(observation.price_basis, indicator, observation.measure);
        let Ok(Some(quantity)) = quantity(&observation.indicator, observation.time_period, basis, identities)
        else {
            continue;
        };
        let rank = (observation.edition, paper);
        match best.get(&quantity) {
            Some((edition, date, _)) if rank <= (*edition, *date) => {}
            _ => {
                best.insert(quantity, (observation.edition, paper, stored));
            }
        }
    }
    let mut chosen: Vec<_> = best.into_iter().collect();
    // The best known first: where results contradict each other the last is set aside.
    chosen.sort_by_key(|(_, (edition, paper, _))| std::cmp::Reverse((*edition, *paper)));
    for (quantity, (_, _, stored)) in chosen {
        let observation = &stored.observation;
        let sources = picture.sources_of(stored.id.0);
        let step = step_in(observation.obs_value, &sources);
        let mut said = allowed(
            observation.bound,
            observation.obs_value,
            observation.upper,
            step,
            Voice::Told,
        );
        // «Over» of a result sets no upper end for arithmetic.
        if matches!(observation.bound, Bound::Gt | Bound::Ge) {
            said.upper = None;
        }
        let indicator = reference.indicator(&observation.indicator);
        let id = format!("{}@{}", observation.indicator, observation.time_period);
        let id = match quantity.basis {
            Basis::Constant(year) => format!("{id}@constant{year}"),
            _ => id,
        };
        gathered.views.push(ClaimView {
            id: format!("result:{id}"),
            role: Role::Result,
            quantity: Some(quantity_view(reference, &quantity)),
            amount: Some(Amount {
                value: observation.obs_value,
                upper: observation.upper,
                bound: observation.bound,
                unit: unit_of(indicator, observation.measure),
                price_basis: basis_of(observation.price_basis, indicator, observation.measure),
                scope: None,
            }),
            sources,
            targets: Vec::new(),
            every_year: false,
        });
        gathered.claims.push(Claim {
            id: format!("result:{id}"),
            role: Role::Result,
            bindings: vec![(quantity, said)],
            readings: Vec::new(),
            tested: false,
        });
    }
}
