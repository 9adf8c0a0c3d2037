//! A broken identity worked out: what the numbers beside it come to, so that a reader with a calculator can follow.

use std::collections::BTreeMap;

use super::Statement;
use super::arithmetic::quantity;
use crate::Interval;
use crate::coherence::chain::{Token, tokens};
use crate::coherence::claim::{Claim, Quantity, Role};
use crate::coherence::formula::{Expression, solved_for};
use crate::coherence::identity::{Identity, Model, Natural, span, years};
use crate::coherence::system::{Node, Relation};
use crate::meaning::Allowed;

/// One calculation.
#[derive(Debug, Clone, PartialEq)]
pub struct Worked {
    /// What is calculated.
    pub quantity: Quantity,
    /// How, in the numbers as they are written: each quantity with its statement.
    pub formula: Vec<(Token, Option<(usize, Quantity)>)>,
    /// What it comes to, with the numbers as they are written.
    pub gives: Interval,
    /// What it can come to, with every number anywhere where its words and its rounding allow.
    pub can_give: Interval,
    /// The statement of the same quantity that says otherwise; none where it is another calculation that does.
    pub stated: Option<usize>,
    /// Whether the statement may also be less.
    pub at_most: bool,
}

/// The calculations of a finding of broken arithmetic: one beside the number that it should be, or two that should be the
/// same. Empty where the identity does not tell (it speaks of more unknown numbers).
pub fn worked(
    statements: &[Statement],
    identity: &Identity,
    identities: &[Identity],
    natural: &Natural,
) -> Vec<Worked> {
    let of: Vec<Quantity> = statements
        .iter()
        .filter_map(|one| quantity(one, identities))
        .collect();
    if of.len() != statements.len() {
        return Vec::new();
    }
    let model = Model::new(std::slice::from_ref(identity), &[with_neighbours(&of)], natural);
    let mut stated: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, quantity) in of.iter().enumerate() {
        if let Some(variable) = model.variable(quantity) {
            stated.entry(variable).or_default().push(index);
        }
    }
    let open_of = |relation: &Relation| -> Vec<usize> {
        let all = relation.variables.iter().copied();
        all.filter(|variable| !stated.contains_key(variable)).collect()
    };
    let speaks_of_all = |relation: &Relation| {
        stated
            .keys()
            .all(|variable| relation.variables.contains(variable))
    };
    let best = (0..model.made.len())
        .filter(|index| speaks_of_all(&model.system.relations[*index]))
        .min_by_key(|index| open_of(&model.system.relations[*index]).len());
    let Some(relation) = best else {
        return Vec::new();
    };
    let calculation = Calculation {
        statements,
        model: &model,
        relation,
    };
    match open_of(&model.system.relations[relation])[..] {
        [] => calculation.against_a_statement(&stated).into_iter().collect(),
        [open] => calculation.twice(open, &stated),
        _ => Vec::new(),
    }
}

/// Every quantity, with the same in the years beside: an identity may speak of one that nobody states.
fn with_neighbours(of: &[Quantity]) -> Claim {
    let beside = of
        .iter()
        .filter_map(|quantity| Some((quantity, years(quantity.period)?)));
    let neighbours = beside.flat_map(|(quantity, (from, to))| {
        [from - 1, to + 1].map(|year| Quantity {
            period: span(year, year),
            ..quantity.clone()
        })
    });
    Claim {
        id: String::new(),
        role: Role::Result,
        bindings: of
            .iter()
            .cloned()
            .chain(neighbours)
            .map(|quantity| (quantity, Allowed::default()))
            .collect(),
        readings: Vec::new(),
        tested: false,
    }
}

struct Calculation<'a> {
    statements: &'a [Statement],
    model: &'a Model,
    relation: usize,
}

impl Calculation<'_> {
    /// All numbers are stated: the one that stands alone is calculated from the others.
    fn against_a_statement(&self, stated: &BTreeMap<usize, Vec<usize>>) -> Option<Worked> {
        let made = &self.model.made[self.relation];
        let relation = &self.model.system.relations[self.relation];
        let chosen: BTreeMap<usize, usize> = stated.iter().map(|(variable, of)| (*variable, of[0])).collect();
        if relation.at_most {
            // «Disbursed is at most the plan»: the smaller side is the statement, the greater one the bound.
            let Expression::Variable(less) = made.left else {
                return None;
            };
            let mut worked = self.solved(less, &made.right, &chosen)?;
            worked.gives = Interval::point(worked.gives.upper())?;
            worked.can_give = Interval::point(worked.can_give.upper())?;
            worked.stated = chosen.get(&less).copied();
            worked.at_most = true;
            return Some(worked);
        }
        let alone = [&made.left, &made.right].into_iter().find_map(|side| match side {
            Expression::Variable(variable) => Some(*variable),
            _ => None,
        });
        let variable = alone.or_else(|| relation.variables.last().copied())?;
        let formula = solved_for(variable, &made.left, &made.right)?;
        let mut worked = self.solved(variable, &formula, &chosen)?;
        worked.stated = chosen.get(&variable).copied();
        Some(worked)
    }

    /// One number is nowhere stated: two sets of the others give two values of it.
    fn twice(&self, open: usize, stated: &BTreeMap<usize, Vec<usize>>) -> Vec<Worked> {
        let made = &self.model.made[self.relation];
        let Some(formula) = solved_for(open, &made.left, &made.right) else {
            return Vec::new();
        };
        let mut choices: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new()];
        for (variable, candidates) in stated {
            let more = choices.iter().flat_map(|choice| {
                candidates.iter().map(|candidate| {
                    let mut choice = choice.clone();
                    choice.insert(*variable, *candidate);
                    choice
                })
            });
            choices = more.take(64).collect();
        }
        // Numbers of one paper belong together.
        let is_of_one_paper = |choice: &BTreeMap<usize, usize>| {
            let mut of = choice.values().map(|index| &self.statements[*index]);
            of.next().is_none_or(|first| {
                let papers = &first.documents;
                papers
                    .iter()
                    .any(|paper| of.clone().all(|other| other.is_in(*paper)))
            })
        };
        choices.sort_by_key(|choice| !is_of_one_paper(choice));
        let all: Vec<Worked> = choices
            .iter()
            .filter_map(|choice| self.solved(open, &formula, choice))
            .collect();
        for (at, one) in all.iter().enumerate() {
            for other in &all[at + 1..] {
                if one.can_give.intersection(other.can_give).is_none() {
                    return vec![one.clone(), other.clone()];
                }
            }
        }
        Vec::new()
    }

    fn solved(
        &self,
        variable: usize,
        formula: &Expression,
        chosen: &BTreeMap<usize, usize>,
    ) -> Option<Worked> {
        let relation = &self.model.system.relations[self.relation];
        let node = relation
            .nodes
            .iter()
            .position(|node| *node == Node::Variable(variable))?;
        let run = |range: &dyn Fn(&Statement) -> Option<Interval>| -> Option<Interval> {
            let mut ranges = vec![Interval::ENTIRE; self.model.quantities.len()];
            for (of, index) in chosen {
                ranges[*of] = range(&self.statements[*index])?;
            }
            ranges[variable] = self.model.system.natural[variable];
            let mut scratch = Vec::new();
            relation.demands(&ranges, &mut scratch).then(|| scratch[node])
        };
        let mut written = Vec::new();
        tokens(
            formula,
            &|of| {
                chosen.get(&of).map_or(Interval::ENTIRE, |index| {
                    Interval::from_decimal(self.statements[*index].value)
                })
            },
            &mut written,
        );
        let with_statement = |token: Token| {
            let of = match token {
                Token::Quantity(of, _) => {
                    let quantity = self.model.quantities[of].clone();
                    chosen.get(&of).map(|index| (*index, quantity))
                }
                _ => None,
            };
            (token, of)
        };
        Some(Worked {
            quantity: self.model.quantities[variable].clone(),
            formula: written.into_iter().map(with_statement).collect(),
            gives: run(&|statement| Some(Interval::from_decimal(statement.value)))?,
            can_give: run(&|statement| statement.allowed().interval())?,
            stated: None,
            at_most: false,
        })
    }
}
