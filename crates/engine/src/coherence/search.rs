//! Feasible, infeasible or undecided; all minimal conflicts; the tightest range of a quantity.

use std::collections::{BTreeSet, VecDeque};

use crate::Interval;
use crate::coherence::claim::ClaimSet;
use crate::coherence::identity::Model;
use crate::coherence::system::{State, System};
use crate::coherence::witness::{Exact, witness};

/// How much may be spent before an answer is «undecided».
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many boxes a proof of infeasibility may cut the ranges into.
    pub boxes: usize,
    /// How many minimal conflicts are looked for.
    pub conflicts: usize,
    /// How many sets of claims are tested while looking for them.
    pub tests: usize,
}

impl Limits {
    /// Enough for a province's plan in milliseconds.
    pub const STANDARD: Limits = Limits {
        boxes: 64,
        conflicts: 32,
        tests: 600,
    };
}

/// What is certain about a set of claims.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// No numbers satisfy them; these claims are to blame (not yet the fewest).
    Infeasible(ClaimSet),
    /// These numbers satisfy them, checked exactly.
    Feasible(Vec<Exact>),
    /// Neither was shown within the limits.
    Undecided,
}

/// Decides whether all active claims can hold.
pub fn decide(model: &Model, active: &ClaimSet, limits: &Limits) -> Outcome {
    let state = match narrowed(&model.system, active) {
        Ok(state) => state,
        Err(blamed) => return Outcome::Infeasible(blamed),
    };
    if let Some(point) = witness(model, active, &state) {
        return Outcome::Feasible(point);
    }
    let mut boxes = limits.boxes;
    refuted(&model.system, active, &state, &mut boxes).map_or(Outcome::Undecided, Outcome::Infeasible)
}

/// The narrowed state, or the claims behind a contradiction.
pub fn narrowed(system: &System, active: &ClaimSet) -> Result<State, ClaimSet> {
    let mut state = system.start(active).map_err(|contradiction| contradiction.0)?;
    system
        .narrow(active, &mut state)
        .map_err(|contradiction| contradiction.0)?;
    Ok(state)
}

/// The claims behind a proof that the active ones cannot all hold; none where no proof was found.
pub fn infeasible(system: &System, active: &ClaimSet, boxes: usize) -> Option<ClaimSet> {
    match narrowed(system, active) {
        Err(blamed) => Some(blamed),
        Ok(_) if boxes == 0 => None,
        Ok(state) => refuted(system, active, &state, &mut { boxes }),
    }
}

/// Cuts the box in two, again and again, until each part contradicts itself; none where a part does not within the limit.
fn refuted(system: &System, active: &ClaimSet, state: &State, boxes: &mut usize) -> Option<ClaimSet> {
    if *boxes == 0 {
        return None;
    }
    *boxes -= 1;
    let variable = widest(system, state)?;
    let (low, high) = state.ranges[variable].halves();
    let mut blamed = ClaimSet::empty(system.claims.len());
    for half in [low, high] {
        let mut part = state.clone();
        part.ranges[variable] = half;
        if let Err(contradiction) =
            system.narrow_by(active, &mut part, |_| true, Some(&[variable]), &mut Vec::new())
        {
            blamed.join(&contradiction.0);
        } else {
            // A part that hardly moved will not contradict itself soon either.
            if *boxes < 2 {
                return None;
            }
            blamed.join(&refuted(system, active, &part, boxes)?);
        }
    }
    // The cut itself rests on the claims that made the range what it was.
    blamed.join(&state.reasons[variable]);
    Some(blamed)
}

/// The bounded variable with the widest range for its size, among those in at least two relations.
fn widest(system: &System, state: &State) -> Option<usize> {
    let size = |index: usize| {
        let range = state.ranges[index];
        range.width() / range.lower().abs().max(range.upper().abs()).max(1e-9)
    };
    (0..state.ranges.len())
        .filter(|index| {
            let range = state.ranges[*index];
            range.is_bounded()
                && 1 < system.touching[*index].len()
                && range.lower() < range.middle()
                && range.middle() < range.upper()
        })
        .max_by(|a, b| size(*a).total_cmp(&size(*b)))
}

/// Takes one claim after the other out of an infeasible set, and keeps it out where the rest still cannot hold.
///
/// `soft` are the claims that may be taken out, those to be rid of first standing first; `hard` always stays. The result
/// is the part of `soft` that is left: infeasible with `hard`, and not shown infeasible without any one of it.
pub fn shrink(system: &System, hard: &ClaimSet, soft: &[usize], boxes: usize) -> Option<ClaimSet> {
    let count = system.claims.len();
    let with = |kept: &ClaimSet| {
        let mut active = hard.clone();
        active.join(kept);
        active
    };
    let soft_set = ClaimSet::of(count, soft.iter().copied());
    let mut kept = infeasible(system, &with(&soft_set), boxes)?.common(&soft_set);
    // What is blamed is infeasible by itself only together with `hard`; make sure before relying on it.
    match infeasible(system, &with(&kept), boxes) {
        Some(blamed) => kept = blamed.common(&kept),
        None => kept = soft_set,
    }
    for claim in soft {
        if !kept.contains(*claim) {
            continue;
        }
        let mut tried = kept.clone();
        tried.remove(*claim);
        if let Some(blamed) = infeasible(system, &with(&tried), boxes) {
            kept = tried;
            let fewer = blamed.common(&kept);
            if fewer != kept && infeasible(system, &with(&fewer), boxes).is_some() {
                kept = fewer;
            }
        }
    }
    Some(kept)
}

/// The minimal sets of `targets` that cannot hold beside `hard`, and whether these are surely all that can be proved.
///
/// First disjoint ones, by taking each conflict that was found out as a whole; then the tree of all ways to break the
/// conflicts known (Reiter), where every leaf that is still infeasible gives a new one.
pub fn conflicts(
    system: &System,
    hard: &ClaimSet,
    targets: &[usize],
    limits: &Limits,
) -> (Vec<ClaimSet>, bool) {
    let count = system.claims.len();
    let mut found: Vec<ClaimSet> = Vec::new();
    let mut removed = ClaimSet::empty(count);
    let rest = |removed: &ClaimSet| -> Vec<usize> {
        targets
            .iter()
            .copied()
            .filter(|index| !removed.contains(*index))
            .collect()
    };
    while found.len() < limits.conflicts {
        let Some(conflict) = shrink(system, hard, &rest(&removed), limits.boxes) else {
            break;
        };
        if conflict.is_empty() {
            return (vec![conflict], true);
        }
        removed.join(&conflict);
        found.push(conflict);
    }
    if found.len() >= limits.conflicts {
        return (found, false);
    }
    // Conflicts that share claims with known ones: break one known conflict, all others being out as a whole, then two.
    let mut tests = limits.tests;
    let clusters = found.clone();
    let mut complete = true;
    let groups: Vec<Vec<usize>> = if clusters.len() <= 2 {
        vec![(0..clusters.len()).collect()]
    } else {
        let ones = (0..clusters.len()).map(|one| vec![one]);
        let twos = (0..clusters.len()).flat_map(|a| (a + 1..clusters.len()).map(move |b| vec![a, b]));
        complete = false;
        ones.chain(twos).collect()
    };
    for group in groups {
        let mut base = ClaimSet::empty(count);
        for (index, cluster) in clusters.iter().enumerate() {
            if !group.contains(&index) {
                base.join(cluster);
            }
        }
        let mut seen = BTreeSet::new();
        let mut open = VecDeque::from([base]);
        while let Some(removed) = open.pop_front() {
            if !seen.insert(removed.clone()) {
                continue;
            }
            let known = found
                .iter()
                .find(|conflict| conflict.common(&removed).is_empty())
                .cloned();
            let conflict = if let Some(conflict) = known {
                conflict
            } else {
                if tests == 0 || limits.conflicts <= found.len() {
                    return (found, false);
                }
                tests -= 1;
                match shrink(system, hard, &rest(&removed), limits.boxes) {
                    None => continue,
                    Some(conflict) => {
                        found.push(conflict.clone());
                        conflict
                    }
                }
            };
            for claim in conflict.iter() {
                let mut more = removed.clone();
                more.insert(claim);
                open.push_back(more);
            }
        }
    }
    (found, complete)
}

/// The tightest range found for a variable: narrowed, then slices at both ends cut off while they contradict themselves.
pub fn tightest(system: &System, active: &ClaimSet, state: &State, variable: usize) -> Interval {
    let mut range = state.ranges[variable];
    for upper_end in [false, true] {
        let mut part = 4.0;
        for _ in 0..10 {
            if !range.is_bounded() || range.is_point() {
                break;
            }
            let cut = (range.upper() - range.lower()) / part;
            let at = if upper_end {
                range.upper() - cut
            } else {
                range.lower() + cut
            };
            let slice = if upper_end {
                Interval::new(at, range.upper())
            } else {
                Interval::new(range.lower(), at)
            };
            let kept = if upper_end {
                Interval::new(range.lower(), at)
            } else {
                Interval::new(at, range.upper())
            };
            let (Some(slice), Some(kept)) = (slice, kept) else {
                break;
            };
            let mut tried = state.clone();
            tried.ranges[variable] = slice;
            if system
                .narrow_by(active, &mut tried, |_| true, Some(&[variable]), &mut Vec::new())
                .is_err()
            {
                range = kept;
            } else {
                // What the slice narrows to at its inner side is of no use; its outer end is.
                let inner = tried.ranges[variable];
                let outer = if upper_end {
                    Interval::new(range.lower(), inner.upper())
                } else {
                    Interval::new(inner.lower(), range.upper())
                };
                range = outer.unwrap_or(range);
                part *= 4.0;
            }
        }
    }
    range
}
