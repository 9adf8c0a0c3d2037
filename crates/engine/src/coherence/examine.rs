//! The whole question, answered: verdict, conflicts, implied ranges, mends, readings.

use std::collections::HashMap;

use terms::{Diagnostic, Place};

use crate::Interval;
use crate::coherence::chain::{Chain, chain};
use crate::coherence::claim::{Claim, ClaimSet, Quantity, Role};
use crate::coherence::identity::{Identity, Model, Natural};
use crate::coherence::search::{Limits, Outcome, Prover, tightest};
use crate::coherence::system::State;
use crate::coherence::witness::Exact;
use crate::meaning::{Allowed, End};

/// What is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// All can hold; there is a witness.
    Feasible,
    /// They cannot all hold; there are conflicts.
    Infeasible,
    /// Neither was shown within the limits.
    Undecided,
}

impl Verdict {
    /// The stable code: `feasible`, `infeasible`, `undecided`.
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Feasible => "feasible",
            Verdict::Infeasible => "infeasible",
            Verdict::Undecided => "undecided",
        }
    }
}

/// A smallest set of targets that cannot hold together.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The targets, by index into the question's claims; empty where results and assumptions alone contradict each other.
    pub targets: Vec<usize>,
    /// The results and assumptions that the contradiction rests on.
    pub given: Vec<usize>,
    /// The claim that the chain is held against.
    pub against: usize,
    /// How the others lead to a range that this claim is not in; none where no single chain tells it.
    pub chain: Option<Chain>,
}

/// What must be true of a quantity if the rest is.
#[derive(Debug, Clone, PartialEq)]
pub struct Implied {
    /// The variable.
    pub variable: usize,
    /// Its range, by all kept claims but those on itself and those that are only tested.
    pub range: Interval,
    /// The range with all kept claims, those on itself included.
    pub with_all: Interval,
}

/// The smallest change of one claim with which everything can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Mend {
    /// Which claim.
    pub claim: usize,
    /// Which of its quantities.
    pub variable: usize,
    /// What it says now.
    pub now: Allowed,
    /// What the rest leaves it.
    pub possible: Interval,
    /// The nearest number with which a witness was found; none where it must be dropped or no witness was found.
    pub nearest: Option<f64>,
}

/// An ambiguous claim read in another way.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Which claim.
    pub claim: usize,
    /// Name of the reading; message `reading-NAME`.
    pub name: String,
    /// The verdict on the whole under it.
    pub verdict: Verdict,
    /// What the rest leaves the quantities that it then speaks of.
    pub possible: Vec<(usize, Interval)>,
    /// Under a reading that is infeasible, the targets of one conflict.
    pub conflict: Vec<usize>,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What the quantities and relations are.
    pub model: Model,
    /// The verdict on all claims that could be used.
    pub verdict: Verdict,
    /// A point on which everything holds, where there is one: a value per variable.
    pub witness: Option<Vec<Exact>>,
    /// The minimal conflicts.
    pub conflicts: Vec<Conflict>,
    /// Whether these are surely all that can be proved.
    pub all_conflicts: bool,
    /// The claims kept for the implied ranges: all but those of the smallest mend.
    pub kept: ClaimSet,
    /// The implied ranges of all quantities on which anything is known.
    pub implied: Vec<Implied>,
    /// Changes of single claims, each of which mends all.
    pub mends: Vec<Mend>,
    /// Smallest sets of claims that must all change, where no single one will do.
    pub mends_together: Vec<Vec<usize>>,
    /// Other readings.
    pub readings: Vec<Reading>,
    /// Claims that could not be used, or that are impossible alone.
    pub diagnostics: Vec<Diagnostic>,
}

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

fn mends(
    prover: &Prover<'_>,
    claims: &[Claim],
    usable: &ClaimSet,
    clashing: &[ClaimSet],
    supports: &[ClaimSet],
) -> (Vec<Mend>, Vec<Vec<usize>>) {
    let model = prover.model();
    let count = claims.len();
    let mut candidates = ClaimSet::empty(count);
    for conflict in clashing {
        candidates.join(conflict);
    }
    for support in supports {
        support
            .iter()
            .filter(|index| claims[*index].role == Role::Assumption)
            .for_each(|index| candidates.insert(index));
    }
    let mut mends = Vec::new();
    for claim in candidates.iter() {
        let mut without = usable.clone();
        without.remove(claim);
        let Ok(state) = prover.narrowed(&without) else {
            continue;
        };
        if prover.infeasible(&without).is_some() {
            continue;
        }
        // What sets no bound (an even path) can only be dropped, which changes the question rather than a number.
        if model.claims[claim]
            .iter()
            .all(|(_, allowed)| *allowed == Allowed::default())
        {
            continue;
        }
        let Some((variable, now)) = model.claims[claim]
            .iter()
            .copied()
            .find(|(variable, now)| {
                now.interval()
                    .is_some_and(|range| range.intersection(state.ranges[*variable]).is_none())
            })
            .or_else(|| model.claims[claim].first().copied())
        else {
            continue;
        };
        let possible = tightest(&model.system, &without, &state, variable);
        let nearest = nearest(prover, claim, variable, now, possible, usable);
        // Of a claim on many years no single range tells the change; without a witness nothing is offered.
        if nearest.is_none() && 1 < model.claims[claim].len() {
            continue;
        }
        mends.push(Mend {
            claim,
            variable,
            now,
            possible,
            nearest,
        });
    }
    // Targets before assumptions, ambiguous ones first, then the smallest change for its size.
    mends.sort_by(|a, b| {
        let key = |mend: &Mend| {
            let claim = &claims[mend.claim];
            let from = mend.now.interval().map_or(0.0, Interval::middle);
            let change = mend
                .nearest
                .map_or(f64::INFINITY, |to| ((to - from) / from.abs().max(1e-9)).abs());
            (
                mend.nearest.is_none(),
                claim.role,
                claim.readings.is_empty(),
                change,
            )
        };
        key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut together = Vec::new();
    if mends.is_empty() && !clashing.is_empty() {
        together = breaking_sets(prover, usable, clashing);
    }
    (mends, together)
}

/// The number nearest to the claim, inside what is possible, with which a witness is found.
fn nearest(
    prover: &Prover<'_>,
    claim: usize,
    variable: usize,
    now: Allowed,
    possible: Interval,
    usable: &ClaimSet,
) -> Option<f64> {
    let model = prover.model();
    let range = now.interval()?;
    let upward = range.upper() < possible.lower();
    let near = if upward {
        possible.lower()
    } else {
        possible.upper()
    };
    if !near.is_finite() || !possible.is_bounded() {
        return None;
    }
    let mut inward = 0.0;
    for attempt in 0..6 {
        let width = possible.upper() - possible.lower();
        let at = if upward {
            near + inward * width
        } else {
            near - inward * width
        };
        let (value, step) = tidy(at, width, upward);
        if possible.contains(value)
            && let (Ok(exact), Ok(step)) = (terms::Decimal::try_from(value), terms::Decimal::try_from(step))
        {
            let mut changed = model.clone();
            // As such a number would be written: known to its last digit.
            let end = |value| {
                Some(End {
                    value,
                    included: true,
                })
            };
            let (least, most) = (
                end(exact - step / terms::Decimal::TWO),
                end(exact + step / terms::Decimal::TWO),
            );
            let mut bindings = model.claims[claim].clone();
            for (index, allowed) in &mut bindings {
                if *index == variable {
                    *allowed = Allowed {
                        lower: least,
                        upper: most,
                    };
                } else if upward {
                    *allowed = Allowed {
                        lower: allowed.lower,
                        upper: most,
                    };
                } else {
                    *allowed = Allowed {
                        lower: least,
                        upper: allowed.upper,
                    };
                }
            }
            let bindings: Vec<(Quantity, Allowed)> = bindings
                .into_iter()
                .map(|(index, allowed)| (model.quantities[index].clone(), allowed))
                .collect();
            changed.rebind(claim, &bindings);
            if matches!(
                prover.rebound(&changed, claim).decide(usable),
                Outcome::Feasible(_)
            ) {
                return Some(value);
            }
        }
        inward = if attempt == 0 { 0.02 } else { inward * 2.0 };
    }
    None
}

/// A short number beside `value`, towards the inside, and its step: a power of ten at most a twentieth of the width.
fn tidy(value: f64, width: f64, upward: bool) -> (f64, f64) {
    let (mut step, mut digits) = (1.0_f64, 0);
    while width / 20.0 < step && digits < 8 {
        step /= 10.0;
        digits += 1;
    }
    while step * 10.0 <= width / 20.0 {
        step *= 10.0;
    }
    let steps = if upward {
        (value / step).ceil()
    } else {
        (value / step).floor()
    };
    if 0 < digits {
        // Whole steps over a whole power of ten: the nearest f64 to the decimal.
        let scale = (0..digits).fold(1.0, |scale, _| scale * 10.0);
        return (steps / scale, step);
    }
    (steps * step, step)
}

/// Smallest sets with at least one claim of each conflict, without which no conflict can be proved.
fn breaking_sets(prover: &Prover<'_>, usable: &ClaimSet, clashing: &[ClaimSet]) -> Vec<Vec<usize>> {
    let count = prover.model().system.claims.len();
    let mut sets = vec![ClaimSet::empty(count)];
    for conflict in clashing {
        let mut next: Vec<ClaimSet> = Vec::new();
        for set in &sets {
            if set.common(conflict).is_empty() {
                for claim in conflict.iter() {
                    let mut more = set.clone();
                    more.insert(claim);
                    next.push(more);
                }
            } else {
                next.push(set.clone());
            }
        }
        next.sort_by_key(ClaimSet::len);
        next.dedup();
        next.truncate(64);
        sets = next;
    }
    let Some(least) = sets.first().map(ClaimSet::len) else {
        return Vec::new();
    };
    sets.retain(|set| set.len() <= least && prover.infeasible(&usable.without(set)).is_none());
    sets.iter().map(|set| set.iter().collect()).collect()
}

fn implied(prover: &Prover<'_>, claims: &[Claim], kept: &ClaimSet) -> Vec<Implied> {
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

/// Conflicts joined where they share a target, by index.
fn clusters(clashing: &[ClaimSet]) -> Vec<Vec<usize>> {
    let mut clusters: Vec<(ClaimSet, Vec<usize>)> = Vec::new();
    for (index, conflict) in clashing.iter().enumerate() {
        let (touching, apart): (Vec<_>, Vec<_>) = clusters
            .into_iter()
            .partition(|(members, _)| !members.common(conflict).is_empty());
        let (mut members, mut indices) = (conflict.clone(), vec![index]);
        for (more, others) in touching {
            members.join(&more);
            indices.extend(others);
        }
        clusters = apart;
        clusters.push((members, indices));
    }
    clusters.into_iter().map(|(_, indices)| indices).collect()
}

fn readings(prover: &Prover<'_>, claims: &[Claim], all: &ClaimSet, scope: &[ClaimSet]) -> Vec<Reading> {
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
