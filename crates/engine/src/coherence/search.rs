//! Feasible, infeasible or undecided; all minimal conflicts; the tightest range of a quantity.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet, VecDeque};

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

/// In how many parts of a box a point is looked for, and after how many cuts each.
const LOOKS: usize = 24;
const CUTS_BETWEEN: usize = 3;

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

/// Proofs on one model. What was shown of one set of claims is kept and used for the next: a point of a set is a point of
/// each of its parts, a contradiction of a set is one of every set around it, and ranges narrowed by the claims that all
/// sets share are narrowed once.
pub struct Prover<'a> {
    model: &'a Model,
    limits: Limits,
    lemmas: RefCell<Lemmas>,
}

#[derive(Clone, Default)]
struct Lemmas {
    /// Sets with a point on which they hold.
    feasible: Vec<(ClaimSet, Vec<Exact>)>,
    /// Sets that cannot hold.
    infeasible: Vec<ClaimSet>,
    /// Sets that cutting did not show to be impossible.
    uncut: HashSet<ClaimSet>,
    /// Sets of which neither was shown within the limits.
    undecided: HashSet<ClaimSet>,
    /// Narrowed states to start from, of sets that many others have as their part.
    bases: Vec<(ClaimSet, State)>,
}

impl Lemmas {
    fn contradiction(&self, active: &ClaimSet) -> Option<&ClaimSet> {
        self.infeasible.iter().find(|known| known.is_within(active))
    }

    fn point(&self, active: &ClaimSet) -> Option<&Vec<Exact>> {
        let mut known = self.feasible.iter();
        known.find(|(of, _)| active.is_within(of)).map(|(_, point)| point)
    }
}

impl<'a> Prover<'a> {
    /// Nothing is known yet.
    pub fn new(model: &'a Model, limits: &Limits) -> Self {
        Self {
            model,
            limits: *limits,
            lemmas: RefCell::default(),
        }
    }

    /// Of a model that differs in one claim only; what was shown without that claim still holds.
    #[must_use]
    pub fn rebound<'b>(&self, model: &'b Model, claim: usize) -> Prover<'b> {
        let known = self.lemmas.borrow();
        let lemmas = Lemmas {
            feasible: known
                .feasible
                .iter()
                .filter(|(of, point)| !of.contains(claim) && point.len() == model.quantities.len())
                .cloned()
                .collect(),
            infeasible: known
                .infeasible
                .iter()
                .filter(|of| !of.contains(claim))
                .cloned()
                .collect(),
            uncut: HashSet::new(),
            undecided: HashSet::new(),
            bases: known
                .bases
                .iter()
                .filter(|(of, state)| !of.contains(claim) && state.ranges.len() == model.system.natural.len())
                .cloned()
                .collect(),
        };
        Prover {
            model,
            limits: self.limits,
            lemmas: RefCell::new(lemmas),
        }
    }

    /// The model that is asked about.
    pub fn model(&self) -> &'a Model {
        self.model
    }

    /// Remembers the narrowed ranges of a set that the next ones all have as their part.
    pub fn start_from(&self, shared: &ClaimSet) {
        let known = self.lemmas.borrow().bases.iter().any(|(of, _)| of == shared);
        if !known && let Ok(state) = self.narrowed(shared) {
            self.lemmas.borrow_mut().bases.push((shared.clone(), state));
        }
    }

    /// Decides whether all active claims can hold.
    pub fn decide(&self, active: &ClaimSet) -> Outcome {
        if let Some(blamed) = self.lemmas.borrow().contradiction(active) {
            return Outcome::Infeasible(blamed.clone());
        }
        if let Some(point) = self.lemmas.borrow().point(active) {
            return Outcome::Feasible(point.clone());
        }
        let state = match self.narrowed(active) {
            Ok(state) => state,
            Err(blamed) => return Outcome::Infeasible(blamed),
        };
        if self.lemmas.borrow().undecided.contains(active) {
            return Outcome::Undecided;
        }
        if let Some(point) = witness(self.model, active, &state) {
            let mut lemmas = self.lemmas.borrow_mut();
            lemmas.feasible.push((active.clone(), point.clone()));
            return Outcome::Feasible(point);
        }
        if let Some(blamed) = self.refuted(active, &state) {
            return Outcome::Infeasible(blamed);
        }
        if let Some(point) = self.hunted(active, state) {
            let mut lemmas = self.lemmas.borrow_mut();
            lemmas.feasible.push((active.clone(), point.clone()));
            return Outcome::Feasible(point);
        }
        self.lemmas.borrow_mut().undecided.insert(active.clone());
        Outcome::Undecided
    }

    /// A point in a part of the narrowed box: the parts that do not contradict themselves are cut again and again, and
    /// after every few cuts a point is looked for in what is left.
    fn hunted(&self, active: &ClaimSet, state: State) -> Option<Vec<Exact>> {
        let system = &self.model.system;
        let mut open = VecDeque::from([(state, 0_usize)]);
        let mut looks = LOOKS.min(self.limits.boxes);
        while let Some((state, depth)) = open.pop_front() {
            if 0 < depth && depth.is_multiple_of(CUTS_BETWEEN) {
                if looks == 0 {
                    return None;
                }
                looks -= 1;
                if let Some(point) = witness(self.model, active, &state) {
                    return Some(point);
                }
            }
            let Some(variable) = widest(system, &state, 0) else {
                continue;
            };
            let (low, high) = state.ranges[variable].halves();
            for half in [low, high] {
                let mut part = state.clone();
                part.ranges[variable] = half;
                let narrowed =
                    system.narrow_by(active, &mut part, |_| true, Some(&[variable]), &mut Vec::new());
                if narrowed.is_ok() && open.len() < self.limits.boxes {
                    open.push_back((part, depth + 1));
                }
            }
        }
        None
    }

    /// A proof by cutting the narrowed box.
    fn refuted(&self, active: &ClaimSet, state: &State) -> Option<ClaimSet> {
        if self.lemmas.borrow().uncut.contains(active) {
            return None;
        }
        let mut boxes = self.limits.boxes;
        let refuted = refuted(&self.model.system, active, state, &mut boxes);
        let mut lemmas = self.lemmas.borrow_mut();
        match &refuted {
            Some(blamed) => lemmas.infeasible.push(blamed.clone()),
            None => {
                lemmas.uncut.insert(active.clone());
            }
        }
        refuted
    }

    /// The narrowed state, or the claims behind a contradiction.
    pub fn narrowed(&self, active: &ClaimSet) -> Result<State, ClaimSet> {
        if let Some(blamed) = self.lemmas.borrow().contradiction(active) {
            return Err(blamed.clone());
        }
        let base = {
            let lemmas = self.lemmas.borrow();
            let within = lemmas.bases.iter().filter(|(of, _)| of.is_within(active));
            within.max_by_key(|(of, _)| of.len()).cloned()
        };
        let narrowed = match base {
            Some((of, state)) => self.model.system.narrowed_further(&of, state, active),
            None => narrowed(&self.model.system, active),
        };
        if let Err(blamed) = &narrowed {
            self.lemmas.borrow_mut().infeasible.push(blamed.clone());
        }
        narrowed
    }

    /// The claims behind a proof that the active ones cannot all hold; none where no proof was found.
    ///
    /// A point is not looked for: that costs fifty times what narrowing and cutting do.
    pub fn infeasible(&self, active: &ClaimSet) -> Option<ClaimSet> {
        if self.lemmas.borrow().point(active).is_some() {
            return None;
        }
        match self.narrowed(active) {
            Err(blamed) => Some(blamed),
            Ok(_) if self.limits.boxes == 0 => None,
            Ok(state) => self.refuted(active, &state),
        }
    }

    /// Takes one claim after the other out of an infeasible set, and keeps it out where the rest still cannot hold.
    ///
    /// `soft` are the claims that may be taken out, those to be rid of first standing first; `hard` always stays. The
    /// result is the part of `soft` that is left: infeasible with `hard`, and not shown infeasible without any one of it.
    pub fn shrink(&self, hard: &ClaimSet, soft: &[usize]) -> Option<ClaimSet> {
        let count = self.model.system.claims.len();
        let with = |kept: &ClaimSet| {
            let mut active = hard.clone();
            active.join(kept);
            active
        };
        let soft_set = ClaimSet::of(count, soft.iter().copied());
        let mut kept = self.infeasible(&with(&soft_set))?.common(&soft_set);
        for claim in soft {
            if !kept.contains(*claim) {
                continue;
            }
            let mut tried = kept.clone();
            tried.remove(*claim);
            if let Some(blamed) = self.infeasible(&with(&tried)) {
                kept = blamed.common(&tried);
            }
        }
        Some(kept)
    }

    /// The minimal sets of `targets` that cannot hold beside `hard`, and whether these are surely all that can be proved.
    ///
    /// First disjoint ones, by taking each conflict that was found out as a whole; then the tree of all ways to break the
    /// conflicts known (Reiter), where every leaf that is still infeasible gives a new one.
    pub fn conflicts(&self, hard: &ClaimSet, targets: &[usize]) -> (Vec<ClaimSet>, bool) {
        self.start_from(hard);
        let count = self.model.system.claims.len();
        let mut found: Vec<ClaimSet> = Vec::new();
        let mut removed = ClaimSet::empty(count);
        let rest = |removed: &ClaimSet| -> Vec<usize> {
            targets
                .iter()
                .copied()
                .filter(|index| !removed.contains(*index))
                .collect()
        };
        while found.len() < self.limits.conflicts {
            let Some(conflict) = self.shrink(hard, &rest(&removed)) else {
                break;
            };
            if conflict.is_empty() {
                return (vec![conflict], true);
            }
            removed.join(&conflict);
            found.push(conflict);
        }
        if found.len() >= self.limits.conflicts {
            return (found, false);
        }
        // Conflicts that share claims with known ones: break one known conflict, all others being out as a whole, then two.
        let mut tests = self.limits.tests;
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
                    if tests == 0 || self.limits.conflicts <= found.len() {
                        return (found, false);
                    }
                    tests -= 1;
                    match self.shrink(hard, &rest(&removed)) {
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
}

/// Decides whether all active claims can hold.
pub fn decide(model: &Model, active: &ClaimSet, limits: &Limits) -> Outcome {
    Prover::new(model, limits).decide(active)
}

/// The narrowed state, or the claims behind a contradiction.
pub fn narrowed(system: &System, active: &ClaimSet) -> Result<State, ClaimSet> {
    let mut state = system.start(active).map_err(|contradiction| contradiction.0)?;
    system
        .narrow(active, &mut state)
        .map_err(|contradiction| contradiction.0)?;
    Ok(state)
}

/// Cuts the box in two, again and again, until each part contradicts itself; none where a part does not within the limit.
fn refuted(system: &System, active: &ClaimSet, state: &State, boxes: &mut usize) -> Option<ClaimSet> {
    if *boxes == 0 {
        return None;
    }
    *boxes -= 1;
    let variable = widest(system, state, 1)?;
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

/// The bounded variable with the widest range for its size, among those in more than `relations` relations.
fn widest(system: &System, state: &State, relations: usize) -> Option<usize> {
    let size = |index: usize| {
        let range = state.ranges[index];
        range.width() / range.lower().abs().max(range.upper().abs()).max(1e-9)
    };
    (0..state.ranges.len())
        .filter(|index| {
            let range = state.ranges[*index];
            range.is_bounded()
                && relations < system.touching[*index].len()
                && range.lower() < range.middle()
                && range.middle() < range.upper()
        })
        .max_by(|a, b| size(*a).total_cmp(&size(*b)))
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
