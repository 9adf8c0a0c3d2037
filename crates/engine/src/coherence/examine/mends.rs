//! The smallest changes with which everything can hold: of one claim, or of several together.

use super::answer::Mend;
use crate::Interval;
use crate::coherence::claim::{Claim, ClaimSet, Quantity, Role};
use crate::coherence::search::{Outcome, Prover, tightest};
use crate::meaning::{Allowed, End};

/// Changes of single claims of some conflicts and their supports; where none will do, the smallest sets that must change.
pub(super) fn mends(
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

/// Conflicts joined where they share a target, by index.
pub(super) fn clusters(clashing: &[ClaimSet]) -> Vec<Vec<usize>> {
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
