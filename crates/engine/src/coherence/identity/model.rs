//! The system of a question: unknowns, relations between them, and what is claimed of them.

use std::collections::HashMap;

use terms::{Decimal, IndicatorCode, RefArea, TimePeriod};

use crate::Interval;
use crate::coherence::claim::{Aspect, Quantity};
use crate::coherence::formula::Expression;
use crate::coherence::system::{Node, Relation, System};
use crate::meaning::Allowed;

/// A relation of the system, told apart for people: which identity, for which year or span, of which place.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Index of the identity.
    pub identity: usize,
    /// Of whom.
    pub place: RefArea,
    /// The year or span.
    pub period: TimePeriod,
    /// Left side.
    pub left: Expression,
    /// Right side.
    pub right: Expression,
}

/// The system of a question: unknowns, relations, and how to name both.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The numbers side.
    pub system: System,
    /// For each variable, what it is.
    pub quantities: Vec<Quantity>,
    /// For each relation, where it comes from.
    pub made: Vec<Made>,
    /// For each claim, the variables it binds and exactly what it allows of them.
    pub claims: Vec<Vec<(usize, Allowed)>>,
    index: HashMap<Quantity, usize>,
}

/// What an indicator can be at all: the catalogue's natural limits.
pub type Natural = HashMap<IndicatorCode, (Option<Decimal>, Option<Decimal>)>;

impl Model {
    /// Whether a variable can only be a whole number: a count of units.
    pub fn is_whole(&self, variable: usize) -> bool {
        matches!(self.quantities[variable].aspect, Aspect::UnitsMeeting(_))
    }

    /// The variable of a quantity, where the question has it.
    pub fn variable(&self, quantity: &Quantity) -> Option<usize> {
        self.index.get(quantity).copied()
    }

    pub(super) fn variable_for(&mut self, quantity: Quantity, natural: &Natural) -> usize {
        if let Some(index) = self.index.get(&quantity) {
            return *index;
        }
        // The catalogue's limits are those of the value.
        let limits = natural.get(&quantity.indicator).copied().unwrap_or_default();
        let (lower, upper) = match quantity.aspect {
            Aspect::Value => limits,
            Aspect::Change | Aspect::ChangeAYear | Aspect::Growth => (None, None),
            Aspect::UnitsMeeting(_) => (Some(Decimal::ZERO), None),
        };
        let lower = lower.map_or(f64::NEG_INFINITY, |value| Interval::from_decimal(value).lower());
        let upper = upper.map_or(f64::INFINITY, |value| Interval::from_decimal(value).upper());
        let index = self.quantities.len();
        self.system
            .natural
            .push(Interval::new(lower, upper).unwrap_or(Interval::ENTIRE));
        self.quantities.push(quantity.clone());
        self.index.insert(quantity, index);
        index
    }

    /// Adds a claim; bindings that allow nothing, or of unknown quantities, must have been told before and are skipped.
    pub fn bind(&mut self, bindings: &[(Quantity, Allowed)]) {
        let bound: Vec<(usize, Allowed)> = bindings
            .iter()
            .filter_map(|(quantity, allowed)| Some((self.variable(quantity)?, *allowed)))
            .collect();
        self.system.claims.push(
            bound
                .iter()
                .filter_map(|(variable, allowed)| Some((*variable, allowed.interval()?)))
                .collect(),
        );
        self.claims.push(bound);
    }

    /// Puts other bindings in the place of a claim's own.
    pub fn rebind(&mut self, claim: usize, bindings: &[(Quantity, Allowed)]) {
        self.bind(bindings);
        if let (Some(intervals), Some(exact)) = (self.system.claims.pop(), self.claims.pop()) {
            self.system.claims[claim] = intervals;
            self.claims[claim] = exact;
        }
    }

    /// Adds an unknown; for systems that do not come from identities.
    pub fn add_quantity(&mut self, quantity: Quantity, natural: Interval) -> usize {
        let index = self.variable_for(quantity, &Natural::new());
        self.system.natural[index] = natural;
        index
    }

    /// Adds a relation between unknowns; call [`System::connect`] after the last.
    pub fn add_relation(&mut self, made: Made, at_most: bool, needs: Option<usize>, derived: bool) {
        let mut nodes = Vec::new();
        let (left, right) = (graph(&made.left, &mut nodes), graph(&made.right, &mut nodes));
        let mut variables = Vec::new();
        let mut add = |variable| {
            if !variables.contains(&variable) {
                variables.push(variable);
            }
        };
        made.left.variables(&mut add);
        made.right.variables(&mut add);
        self.system.relations.push(Relation {
            nodes,
            left,
            right,
            at_most,
            variables,
            needs,
            derived,
        });
        self.made.push(made);
    }
}

fn graph(expression: &Expression, nodes: &mut Vec<Node>) -> usize {
    let node = match expression {
        Expression::Number(value) => Node::Constant(Interval::from_decimal(*value)),
        Expression::Variable(index) => Node::Variable(*index),
        Expression::Binary(operator, a, b) => {
            let (a, b) = (graph(a, nodes), graph(b, nodes));
            match operator {
                '+' => Node::Plus(a, b),
                '-' => Node::Minus(a, b),
                '*' => Node::Times(a, b),
                _ => Node::Over(a, b),
            }
        }
        Expression::Power(a, n) => Node::Power(graph(a, nodes), *n),
        Expression::Compound(a, n) => Node::Compound(graph(a, nodes), *n),
        // Roots are written by solving, never in an identity; the power is their relation.
        Expression::Root(a, _) | Expression::CompoundRoot(a, _) => return graph(a, nodes),
    };
    nodes.push(node);
    nodes.len() - 1
}
