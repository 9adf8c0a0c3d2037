//! What must be true of each quantity, if the rest is.

use std::collections::HashMap;

use super::answer::Implied;
use crate::coherence::claim::{Claim, ClaimSet};
use crate::coherence::search::Prover;
use crate::coherence::system::State;

/// The range of every quantity on which anything is known, by the kept claims but those on itself.
pub(super) fn implied(prover: &Prover<'_>, claims: &[Claim], kept: &ClaimSet) -> Vec<Implied> {
    let model = prover.model();
    let Ok(with_all) = prover.narrowed(kept) else {
        return Vec::new();
    };
    let tested: Vec<usize> = kept.iter().filter(|index| claims[*index].tested).collect();
    let mut untested = kept.clone();
    for index in &tested {
        untested.remove(*index);
    }
    let Ok(base) = prover.narrowed(&untested) else {
        return Vec::new();
    };
    // A claim on every year stands behind many quantities: what is left without it is asked once.
    let mut without: HashMap<ClaimSet, Option<State>> = HashMap::new();
    (0..model.quantities.len())
        .filter_map(|variable| {
            // Without the claims on itself; the others narrow it as they will.
            let own: Vec<usize> = untested
                .iter()
                .filter(|claim| model.claims[*claim].iter().any(|(index, _)| *index == variable))
                .collect();
            let (range, natural) = if own.is_empty() {
                (base.ranges[variable], model.system.natural[variable])
            } else {
                let mut others = untested.clone();
                for claim in &own {
                    others.remove(*claim);
                }
                let state = without
                    .entry(others)
                    .or_insert_with_key(|others| prover.narrowed(others).ok());
                let state = state.as_ref()?;
                (state.ranges[variable], model.system.natural[variable])
            };
            let all = with_all.ranges[variable];
            (range != natural || all != natural).then_some(Implied {
                variable,
                range,
                with_all: all,
            })
        })
        .collect()
}
