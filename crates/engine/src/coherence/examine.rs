//! The whole question, answered: verdict, conflicts, implied ranges, mends, readings.

mod answer;
mod implied;
mod mends;
mod readings;

use terms::{Diagnostic, Place};

use crate::coherence::chain::{Chain, chain};
use crate::coherence::claim::{Claim, ClaimSet, Role};
use crate::coherence::identity::{Identity, Model, Natural};
use crate::coherence::search::{Limits, Outcome, Prover};
use implied::implied;
use mends::{clusters, mends};
use readings::readings;

pub use answer::{Answer, Conflict, Implied, Mend, Reading, Verdict};

/// Answers whether all claims can hold, and what follows.
pub fn examine(identities: &[Identity], claims: &[Claim], natural: &Natural, limits: &Limits) -> Answer {
    let mut diagnostics = Vec::new();
    let model = Model::new(identities, claims, natural);
    let prover = Prover::new(&model, limits);
    let count = claims.len();
    let mut usable = ClaimSet::empty(count);
    let mut alone = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        if let Some((_, allowed)) = claim.bindings.iter().find(|(_, allowed)| allowed.is_empty()) {
            diagnostics.push(
                Diagnostic::error("claim-turned-round", Place::default())
                    .with("claim", &claim.id)
                    .with(
                        "lower",
                        allowed.lower.map(|end| end.value.to_string()).unwrap_or_default(),
                    )
                    .with(
                        "upper",
                        allowed.upper.map(|end| end.value.to_string()).unwrap_or_default(),
                    ),
            );
        } else if prover.narrowed(&ClaimSet::of(count, [index])).is_err() {
            diagnostics
                .push(Diagnostic::error("claim-impossible-alone", Place::default()).with("claim", &claim.id));
            alone.push(index);
        } else {
            usable.insert(index);
        }
    }
    let role = |index: usize| claims[index].role;
    let mut found = Vec::new();
    for index in alone {
        if role(index) == Role::Target {
            found.push(Conflict {
                targets: vec![index],
                given: Vec::new(),
                against: index,
                chain: None,
            });
        }
    }

    // Results and assumptions first: what contradicts itself without any target is set aside, weakest first.
    let mut given: Vec<usize> = usable
        .iter()
        .filter(|index| role(*index) != Role::Target)
        .collect();
    given.sort_by_key(|index| std::cmp::Reverse(role(*index)));
    let none = ClaimSet::empty(count);
    while let Some(conflict) = prover
        .shrink(&none, &given)
        .filter(|conflict| !conflict.is_empty())
    {
        let members: Vec<usize> = conflict.iter().collect();
        let Some(dropped) = members.iter().copied().max_by_key(|index| (role(*index), *index)) else {
            break;
        };
        let told = tell(&model, &conflict, dropped);
        found.push(Conflict {
            targets: Vec::new(),
            given: members,
            against: dropped,
            chain: told,
        });
        diagnostics.push(
            Diagnostic::warning("claim-set-aside", Place::default()).with("claim", &claims[dropped].id),
        );
        usable.remove(dropped);
        given.retain(|index| *index != dropped);
    }

    let hard = ClaimSet::of(count, given.iter().copied());
    let targets: Vec<usize> = usable
        .iter()
        .filter(|index| role(*index) == Role::Target)
        .collect();
    let outcome = prover.decide(&usable);
    let (mut verdict, mut witness, mut all_conflicts) = (Verdict::Undecided, None, true);
    let mut clashing: Vec<ClaimSet> = Vec::new();
    match outcome {
        Outcome::Feasible(point) => {
            verdict = Verdict::Feasible;
            witness = Some(point);
        }
        Outcome::Infeasible(_) => {
            verdict = Verdict::Infeasible;
            (clashing, all_conflicts) = prover.conflicts(&hard, &targets);
        }
        Outcome::Undecided => {}
    }
    if !found.is_empty() {
        verdict = Verdict::Infeasible;
        witness = None;
    }
    clashing.sort_by_key(|conflict| (conflict.len(), conflict.iter().collect::<Vec<_>>()));
    let mut supports = Vec::new();
    for conflict in &clashing {
        let support = prover.shrink(conflict, &given).unwrap_or_else(|| hard.clone());
        let against = against(claims, conflict);
        let mut all = conflict.clone();
        all.join(&support);
        let told = tell(&model, &all, against);
        found.push(Conflict {
            targets: conflict.iter().collect(),
            given: support.iter().collect(),
            against,
            chain: told,
        });
        supports.push(support);
    }

    // Conflicts that share no target are mended each for itself, the targets of the others being out.
    let clusters = clusters(&clashing);
    let mut kept = usable.clone();
    let (mut found_mends, mut mends_together) = (Vec::new(), Vec::new());
    let mut scope = vec![usable.clone(); count];
    for cluster in &clusters {
        let mut others = ClaimSet::empty(count);
        for conflict in clusters.iter().filter(|other| *other != cluster).flatten() {
            others.join(&clashing[*conflict]);
        }
        let within = usable.without(&others);
        let of: Vec<ClaimSet> = cluster.iter().map(|index| clashing[*index].clone()).collect();
        let given: Vec<ClaimSet> = cluster.iter().map(|index| supports[*index].clone()).collect();
        let (single, together) = mends(&prover, claims, &within, &of, &given);
        if let Some(first) = single.first() {
            kept.remove(first.claim);
        } else if let Some(first) = together.first() {
            for claim in first {
                kept.remove(*claim);
            }
        }
        for claim in of.iter().flat_map(ClaimSet::iter) {
            scope[claim] = within.clone();
        }
        found_mends.extend(single);
        mends_together.extend(together.into_iter().take(4));
    }
    let mends = found_mends;
    if verdict == Verdict::Infeasible && clashing.is_empty() {
        // The rest goes on without what was set aside: its own verdict is in the witness's place.
        witness = match prover.decide(&usable) {
            Outcome::Feasible(point) => Some(point),
            _ => None,
        };
    }
    let implied = implied(&prover, claims, &kept);
    let readings = readings(&prover, claims, &usable, &scope);
    drop(prover);
    Answer {
        model,
        verdict,
        witness,
        conflicts: found,
        all_conflicts,
        kept,
        implied,
        mends,
        mends_together,
        readings,
        diagnostics,
    }
}

/// The claim of a conflict that a chain is best held against: an ambiguous one, else the last.
fn against(claims: &[Claim], conflict: &ClaimSet) -> usize {
    let members: Vec<usize> = conflict.iter().collect();
    let ambiguous = members
        .iter()
        .copied()
        .find(|index| !claims[*index].readings.is_empty());
    ambiguous.or(members.last().copied()).unwrap_or_default()
}

/// The chain from all other claims of a conflict to a range that `against` is not in.
fn tell(model: &Model, conflict: &ClaimSet, against: usize) -> Option<Chain> {
    let mut others = conflict.clone();
    others.remove(against);
    model.system.claims[against].iter().find_map(|(variable, range)| {
        chain(model, &others, *variable, |derived| {
            derived.intersection(*range).is_none()
        })
    })
}
