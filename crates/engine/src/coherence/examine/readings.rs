//! Ambiguous claims read in their other ways, with the verdict on the whole under each.

use super::answer::{Reading, Verdict};
use crate::coherence::claim::{Claim, ClaimSet, Role};
use crate::coherence::search::{Outcome, Prover, tightest};

/// Each reading of each claim, held against the claims in its scope.
pub(super) fn readings(
    prover: &Prover<'_>,
    claims: &[Claim],
    all: &ClaimSet,
    scope: &[ClaimSet],
) -> Vec<Reading> {
    let model = prover.model();
    let mut readings = Vec::new();
    for claim in all.iter() {
        let usable = &scope[claim];
        for (name, bindings) in &claims[claim].readings {
            let mut changed = model.clone();
            changed.rebind(claim, bindings);
            let prover = prover.rebound(&changed, claim);
            let mut without = usable.clone();
            without.remove(claim);
            let possible = prover.narrowed(&without).map_or_else(
                |_| Vec::new(),
                |state| {
                    changed.claims[claim]
                        .iter()
                        .map(|(variable, _)| {
                            (*variable, tightest(&changed.system, &without, &state, *variable))
                        })
                        .collect()
                },
            );
            let (verdict, conflict) = match prover.decide(usable) {
                Outcome::Feasible(_) => (Verdict::Feasible, Vec::new()),
                Outcome::Undecided => (Verdict::Undecided, Vec::new()),
                Outcome::Infeasible(_) => {
                    let is_target = |index: &usize| claims[*index].role == Role::Target;
                    let targets: Vec<usize> = usable.iter().filter(is_target).collect();
                    let hard = usable.without(&ClaimSet::of(claims.len(), targets.iter().copied()));
                    let conflict = prover.shrink(&hard, &targets);
                    (
                        Verdict::Infeasible,
                        conflict.map(|set| set.iter().collect()).unwrap_or_default(),
                    )
                }
            };
            readings.push(Reading {
                claim,
                name: name.clone(),
                verdict,
                possible,
                conflict,
            });
        }
    }
    readings
}
