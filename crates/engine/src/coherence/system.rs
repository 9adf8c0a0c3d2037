//! Unknown numbers, relations between them, claims on them; and the narrowing that loses no solution.
//!
//! Each relation is an expression graph. [`System::narrow`] evaluates it forward over the ranges of its variables and then
//! projects what the relation demands back onto each of them (HC4), until nothing moves or a range becomes empty. With
//! every range goes the set of claims that made it so narrow: an empty range names its claims.

use std::collections::VecDeque;

use crate::Interval;
use crate::coherence::claim::ClaimSet;

/// A node of an expression graph; children stand before their parents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    /// A known number.
    Constant(Interval),
    /// The variable with this index.
    Variable(usize),
    /// Sum of two nodes.
    Plus(usize, usize),
    /// Difference of two nodes.
    Minus(usize, usize),
    /// Product of two nodes.
    Times(usize, usize),
    /// Quotient of two nodes.
    Over(usize, usize),
    /// A node to a whole power.
    Power(usize, u32),
    /// `x + x² + … + xⁿ` of a node.
    Compound(usize, u32),
}

/// `left = right`, or `left <= right`.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The graph of both sides.
    pub nodes: Vec<Node>,
    /// The node that is the left side.
    pub left: usize,
    /// The node that is the right side.
    pub right: usize,
    /// Whether the left side may also be less.
    pub at_most: bool,
    /// The variables in it, each once.
    pub variables: Vec<usize>,
    /// The claim without which it does not hold.
    pub needs: Option<usize>,
    /// Whether it follows from relations that are here too: it narrows better, but a witness need not be checked on it.
    pub derived: bool,
}

/// Variables with their natural ranges, relations, and claims.
#[derive(Debug, Clone, Default)]
pub struct System {
    /// What each variable can be at all.
    pub natural: Vec<Interval>,
    /// What ties them.
    pub relations: Vec<Relation>,
    /// For each claim, the variables it binds and to what.
    pub claims: Vec<Vec<(usize, Interval)>>,
    /// For each variable, the relations that it stands in.
    pub touching: Vec<Vec<usize>>,
}

/// A range for every variable, and the claims that each range rests on.
#[derive(Debug, Clone)]
pub struct State {
    /// The ranges.
    pub ranges: Vec<Interval>,
    /// The claims behind each.
    pub reasons: Vec<ClaimSet>,
}

/// One range made narrower by one relation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Narrowing {
    /// By which relation.
    pub relation: usize,
    /// Which variable.
    pub variable: usize,
    /// Its range after.
    pub after: Interval,
}

/// No choice of numbers is left; the claims that led there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction(pub ClaimSet);

/// A move of an end by less than this part of the range's size does not call the neighbours again.
const WORTH_TELLING: f64 = 1e-7;

/// How often each relation may be asked on average before narrowing stops where it is.
const ROUNDS: usize = 40;

impl System {
    /// Fills in which relations touch which variable; call after the last relation was added.
    pub fn connect(&mut self) {
        self.touching = vec![Vec::new(); self.natural.len()];
        for (index, relation) in self.relations.iter().enumerate() {
            for variable in &relation.variables {
                self.touching[*variable].push(index);
            }
        }
    }

    /// The state in which only natural ranges and the active claims hold, not yet narrowed.
    pub fn start(&self, active: &ClaimSet) -> Result<State, Contradiction> {
        let none = ClaimSet::empty(self.claims.len());
        let mut state = State {
            ranges: self.natural.clone(),
            reasons: vec![none; self.natural.len()],
        };
        for claim in active.iter() {
            for (variable, range) in &self.claims[claim] {
                self.impose(&mut state, claim, *variable, *range)?;
            }
        }
        Ok(state)
    }

    /// The narrowed state of `active`, from that of some of its claims: only what the others touch is asked again.
    ///
    /// # Errors
    /// The claims behind a contradiction.
    pub fn narrowed_further(
        &self,
        of: &ClaimSet,
        mut state: State,
        active: &ClaimSet,
    ) -> Result<State, ClaimSet> {
        let more = active.without(of);
        let mut touched = Vec::new();
        for claim in more.iter() {
            for (variable, range) in &self.claims[claim] {
                self.impose(&mut state, claim, *variable, *range)
                    .map_err(|contradiction| contradiction.0)?;
                touched.push(*variable);
            }
        }
        for relation in &self.relations {
            if relation.needs.is_some_and(|claim| more.contains(claim)) {
                touched.extend(&relation.variables);
            }
        }
        self.narrow_by(active, &mut state, |_| true, Some(&touched), &mut Vec::new())
            .map_err(|contradiction| contradiction.0)?;
        Ok(state)
    }

    /// Lets a claim hold of one of its variables.
    fn impose(
        &self,
        state: &mut State,
        claim: usize,
        variable: usize,
        range: Interval,
    ) -> Result<(), Contradiction> {
        let reasons = &mut state.reasons[variable];
        match state.ranges[variable].intersection(range) {
            Some(both) if both == state.ranges[variable] => {}
            Some(both) => {
                state.ranges[variable] = both;
                if both == range {
                    *reasons = ClaimSet::of(self.claims.len(), [claim]);
                } else {
                    reasons.insert(claim);
                }
            }
            None => {
                let mut blamed = reasons.clone();
                blamed.insert(claim);
                return Err(Contradiction(blamed));
            }
        }
        Ok(())
    }

    /// Narrows every range as far as the relations demand; loses no solution.
    ///
    /// # Errors
    /// [`Contradiction`] where a range becomes empty.
    pub fn narrow(&self, active: &ClaimSet, state: &mut State) -> Result<(), Contradiction> {
        self.narrow_by(active, state, |_| true, None, &mut Vec::new())
    }

    /// As [`System::narrow`], with some relations only, from some variables on, and noting each step.
    pub fn narrow_by(
        &self,
        active: &ClaimSet,
        state: &mut State,
        uses: impl Fn(usize) -> bool,
        from: Option<&[usize]>,
        trace: &mut Vec<Narrowing>,
    ) -> Result<(), Contradiction> {
        let holds = |index: usize| {
            uses(index)
                && self.relations[index]
                    .needs
                    .is_none_or(|claim| active.contains(claim))
        };
        let mut queued = vec![false; self.relations.len()];
        let mut queue = VecDeque::new();
        match from {
            None => queue.extend(0..self.relations.len()),
            Some(variables) => {
                for index in variables.iter().flat_map(|variable| &self.touching[*variable]) {
                    if !std::mem::replace(&mut queued[*index], true) {
                        queue.push_back(*index);
                    }
                }
            }
        }
        for index in &queue {
            queued[*index] = true;
        }
        let mut budget = self.relations.len() * ROUNDS;
        let mut scratch = Vec::new();
        while let Some(index) = queue.pop_front() {
            queued[index] = false;
            if !holds(index) {
                continue;
            }
            if budget == 0 {
                break;
            }
            budget -= 1;
            let relation = &self.relations[index];
            if !relation.demands(&state.ranges, &mut scratch) {
                return Err(Contradiction(self.blame(relation, state)));
            }
            for variable in &relation.variables {
                let before = state.ranges[*variable];
                let mut after = before;
                for (node, demanded) in relation.nodes.iter().zip(&scratch) {
                    if *node == Node::Variable(*variable) {
                        match after.intersection(*demanded) {
                            Some(both) => after = both,
                            None => return Err(Contradiction(self.blame(relation, state))),
                        }
                    }
                }
                if after == before {
                    continue;
                }
                state.ranges[*variable] = after;
                state.reasons[*variable] = self.blame(relation, state);
                trace.push(Narrowing {
                    relation: index,
                    variable: *variable,
                    after,
                });
                if is_worth_telling(before, after) {
                    for neighbour in &self.touching[*variable] {
                        if !queued[*neighbour] {
                            queued[*neighbour] = true;
                            queue.push_back(*neighbour);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn blame(&self, relation: &Relation, state: &State) -> ClaimSet {
        let mut blamed = ClaimSet::empty(self.claims.len());
        relation
            .variables
            .iter()
            .for_each(|variable| blamed.join(&state.reasons[*variable]));
        if let Some(claim) = relation.needs {
            blamed.insert(claim);
        }
        blamed
    }
}

fn is_worth_telling(before: Interval, after: Interval) -> bool {
    let size = after.width().min(f64::MAX);
    let moved = |a: f64, b: f64| a.is_finite() != b.is_finite() || WORTH_TELLING * size < (a - b).abs();
    moved(before.lower(), after.lower()) || moved(before.upper(), after.upper())
}

impl Relation {
    /// Fills `demanded` with what the relation allows at each node; false where nothing is left.
    pub fn demands(&self, ranges: &[Interval], demanded: &mut Vec<Interval>) -> bool {
        demanded.clear();
        for node in &self.nodes {
            let value = match *node {
                Node::Constant(value) => Some(value),
                Node::Variable(index) => Some(ranges[index]),
                Node::Plus(a, b) => Some(demanded[a].plus(demanded[b])),
                Node::Minus(a, b) => Some(demanded[a].minus(demanded[b])),
                Node::Times(a, b) => Some(demanded[a].times(demanded[b])),
                Node::Over(a, b) => demanded[a].over(demanded[b]),
                Node::Power(a, n) => Some(demanded[a].power(n)),
                Node::Compound(a, n) => Some(demanded[a].compound_sum(n)),
            };
            match value {
                Some(value) => demanded.push(value),
                None => return false,
            }
        }
        let (left, right) = (demanded[self.left], demanded[self.right]);
        let met = if self.at_most {
            left.intersection(Interval::at_most(right))
                .zip(right.intersection(Interval::at_least(left)))
        } else {
            left.intersection(right).map(|both| (both, both))
        };
        let Some((left, right)) = met else { return false };
        demanded[self.left] = left;
        demanded[self.right] = right;
        for index in (0..self.nodes.len()).rev() {
            let whole = demanded[index];
            let narrowed = match self.nodes[index] {
                Node::Constant(_) | Node::Variable(_) => continue,
                Node::Plus(a, b) => pair(
                    demanded,
                    a,
                    b,
                    |x, y| whole.minus(y).intersection(x),
                    |x, y| whole.minus(x).intersection(y),
                ),
                Node::Minus(a, b) => pair(
                    demanded,
                    a,
                    b,
                    |x, y| whole.plus(y).intersection(x),
                    |x, y| x.minus(whole).intersection(y),
                ),
                Node::Times(a, b) => pair(
                    demanded,
                    a,
                    b,
                    |x, y| whole.mul_rev(y, x),
                    |x, y| whole.mul_rev(x, y),
                ),
                Node::Over(a, b) => pair(
                    demanded,
                    a,
                    b,
                    |x, y| whole.times(y).intersection(x),
                    |x, y| x.mul_rev(whole, y),
                ),
                Node::Power(a, n) => one(demanded, a, |x| whole.power_rev(n, x)),
                Node::Compound(a, n) => one(demanded, a, |x| whole.compound_sum_rev(n, x)),
            };
            if !narrowed {
                return false;
            }
        }
        true
    }
}

fn one(demanded: &mut [Interval], a: usize, back: impl Fn(Interval) -> Option<Interval>) -> bool {
    back(demanded[a]).map(|range| demanded[a] = range).is_some()
}

fn pair(
    demanded: &mut [Interval],
    a: usize,
    b: usize,
    first: impl Fn(Interval, Interval) -> Option<Interval>,
    second: impl Fn(Interval, Interval) -> Option<Interval>,
) -> bool {
    let (x, y) = (demanded[a], demanded[b]);
    let Some(left) = first(x, y) else { return false };
    let Some(right) = second(left, y) else {
        return false;
    };
    demanded[a] = left;
    demanded[b] = right;
    true
}
