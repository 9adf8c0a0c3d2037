//! How a range follows, told step by step: each step an identity solved for one quantity, with the numbers put in.

use terms::Decimal;

use crate::Interval;
use crate::coherence::claim::ClaimSet;
use crate::coherence::formula::{Expression, solved_for};
use crate::coherence::identity::Model;
use crate::coherence::system::{Narrowing, State};

/// A piece of a formula, in reading order, in no language.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A number of the identity itself (1, 100).
    Number(Decimal),
    /// A quantity (by variable) and what is known of it here.
    Quantity(usize, Interval),
    /// `+`, `−`, `×`, `÷`.
    Operator(char),
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// To this power.
    Power(u32),
    /// The root of this degree of the bracket that closed before.
    Root(u32),
    /// The bracket that closed before, summed with its powers up to this one: x + x² + … + xⁿ.
    Compound(u32),
    /// The x of which the bracket that closed before is the sum x + x² + … + xⁿ.
    CompoundRoot(u32),
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Index of the relation.
    pub relation: usize,
    /// The variable that is derived.
    pub variable: usize,
    /// The identity solved for it; empty where it stands in it more than once or as a bound only.
    pub formula: Vec<Token>,
    /// What the step gives for it, by the formula alone.
    pub gives: Interval,
}

/// From claims to a range: the steps, the claims that they use, the range at the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// In the order in which they can be followed.
    pub steps: Vec<Step>,
    /// The variable that the chain ends at.
    pub variable: usize,
    /// What follows for it.
    pub range: Interval,
    /// The claims used: their ranges are what the steps start from.
    pub claims: ClaimSet,
}

/// The shortest chain found from the active claims to a range of `variable` that satisfies `enough`.
///
/// `enough` is asked of the range that the relations give, never of the claims on the variable themselves, which must
/// not be active. None where the relations do not give such a range.
pub fn chain(
    model: &Model,
    active: &ClaimSet,
    variable: usize,
    enough: impl Fn(Interval) -> bool,
) -> Option<Chain> {
    let system = &model.system;
    let start = system.start(active).ok()?;
    let run = |uses: &[bool]| -> Option<Vec<Narrowing>> {
        let mut state = start.clone();
        let mut trace = Vec::new();
        system
            .narrow_by(active, &mut state, |index| uses[index], None, &mut trace)
            .ok()?;
        enough(state.ranges[variable]).then_some(trace)
    };
    let mut uses = vec![true; system.relations.len()];
    run(&uses)?;
    // Yearly relations go first, so that a span is told at once where it can be.
    let mut order: Vec<usize> = (0..uses.len()).collect();
    order.sort_by_key(|index| {
        let of_a_year = matches!(model.made[*index].period, terms::TimePeriod::Year(_));
        let many = 4 < system.relations[*index].variables.len();
        (!of_a_year, !many, system.relations[*index].derived)
    });
    let mut chunk = order.len().div_ceil(2);
    while 0 < chunk {
        for part in order.chunks(chunk) {
            let kept: Vec<bool> = uses.clone();
            for index in part {
                uses[*index] = false;
            }
            if kept == uses || run(&uses).is_none() {
                uses = kept;
            }
        }
        chunk = if chunk == 1 { 0 } else { chunk.div_ceil(2) };
    }
    let trace = run(&uses)?;
    let replay = |moves: &[Narrowing]| -> Option<(State, Vec<Interval>)> {
        let mut state = start.clone();
        let mut gives = Vec::new();
        let mut scratch = Vec::new();
        for step in moves {
            let relation = &system.relations[step.relation];
            // What the relation says by itself, had nothing been known of the variable.
            let mut ranges = state.ranges.clone();
            ranges[step.variable] = system.natural[step.variable];
            let given = if relation.demands(&ranges, &mut scratch) {
                let at = relation
                    .nodes
                    .iter()
                    .position(|node| *node == crate::coherence::system::Node::Variable(step.variable))?;
                scratch[at]
            } else {
                return None;
            };
            gives.push(given);
            state.ranges[step.variable] = state.ranges[step.variable].intersection(given)?;
        }
        enough(state.ranges[variable]).then_some((state, gives))
    };
    // Each pair of relation and variable once, as late as it was last useful; then drop what is not needed.
    let mut moves: Vec<Narrowing> = Vec::new();
    for step in &trace {
        moves.retain(|known| (known.relation, known.variable) != (step.relation, step.variable));
        moves.push(*step);
    }
    if replay(&moves).is_none() {
        moves = trace;
    }
    let mut index = moves.len();
    while 0 < index {
        index -= 1;
        let step = moves.remove(index);
        if replay(&moves).is_none() {
            moves.insert(index, step);
        }
    }
    let (state, gives) = replay(&moves)?;
    let mut claims = ClaimSet::empty(system.claims.len());
    let mut known = start.clone();
    let mut steps = Vec::new();
    let mut derived = vec![false; model.quantities.len()];
    for (step, given) in moves.iter().zip(gives) {
        let relation = &system.relations[step.relation];
        for input in relation
            .variables
            .iter()
            .filter(|input| **input != step.variable && !derived[**input])
        {
            claims.join(&start.reasons[*input]);
        }
        if let Some(needed) = relation.needs {
            claims.insert(needed);
        }
        let made = &model.made[step.relation];
        let mut formula = Vec::new();
        if !relation.at_most
            && let Some(solved) = solved_for(step.variable, &made.left, &made.right)
        {
            tokens(&solved, &|index| known.ranges[index], &mut formula);
        }
        steps.push(Step {
            relation: step.relation,
            variable: step.variable,
            formula,
            gives: given,
        });
        if let Some(both) = known.ranges[step.variable].intersection(given) {
            known.ranges[step.variable] = both;
        }
        derived[step.variable] = true;
    }
    Some(Chain {
        steps,
        variable,
        range: state.ranges[variable],
        claims,
    })
}

/// A formula in reading order, each quantity with what is known of it.
pub fn tokens(expression: &Expression, known: &dyn Fn(usize) -> Interval, tokens: &mut Vec<Token>) {
    write(expression, known, 0, tokens);
}

fn write(expression: &Expression, known: &dyn Fn(usize) -> Interval, above: u8, tokens: &mut Vec<Token>) {
    let bracket = |inner: &Expression, tokens: &mut Vec<Token>| {
        tokens.push(Token::Open);
        write(inner, known, 0, tokens);
        tokens.push(Token::Close);
    };
    match expression {
        Expression::Number(value) => tokens.push(Token::Number(*value)),
        Expression::Variable(index) => tokens.push(Token::Quantity(*index, known(*index))),
        Expression::Binary(operator, a, b) => {
            let level = if matches!(operator, '+' | '-') { 1 } else { 2 };
            let open = level < above;
            if open {
                tokens.push(Token::Open);
            }
            write(a, known, level, tokens);
            tokens.push(Token::Operator(match operator {
                '-' => '−',
                '*' => '×',
                '/' => '÷',
                other => *other,
            }));
            // What is subtracted or divided by needs its bracket also on its own level.
            write(
                b,
                known,
                if matches!(operator, '-' | '/') {
                    level + 1
                } else {
                    level
                },
                tokens,
            );
            if open {
                tokens.push(Token::Close);
            }
        }
        Expression::Power(a, n) => {
            bracket(a, tokens);
            tokens.push(Token::Power(*n));
        }
        Expression::Root(a, n) => {
            bracket(a, tokens);
            tokens.push(Token::Root(*n));
        }
        Expression::Compound(a, n) => {
            bracket(a, tokens);
            tokens.push(Token::Compound(*n));
        }
        Expression::CompoundRoot(a, n) => {
            bracket(a, tokens);
            tokens.push(Token::CompoundRoot(*n));
        }
    }
}
