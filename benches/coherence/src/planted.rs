//! 200 quantities, 300 identities, 100 targets, with planted conflicts of sizes 2 to 6.

use std::time::Instant;

use engine::Interval;
use engine::coherence::claim::ClaimSet;
use engine::coherence::formula::Expression;
use engine::coherence::identity::Model;
use engine::coherence::search::{Limits, Prover};
use engine::meaning::Allowed;
use terms::Decimal;

use crate::Chance;
use crate::systems::{relate, unknown};

pub(crate) struct Planted {
    pub(crate) quantities: usize,
    pub(crate) identities: usize,
    pub(crate) targets: usize,
    pub(crate) planted: usize,
    pub(crate) found: usize,
    pub(crate) wrong: usize,
    pub(crate) seconds: f64,
}

struct Network {
    model: Model,
    origin: Vec<Decimal>,
    /// Each quantity as the sum of its parts' coefficients, for identities that follow from others.
    relations: usize,
}

impl Network {
    fn add(&mut self, value: Decimal) -> usize {
        self.origin.push(value);
        unknown(&mut self.model, self.origin.len() - 1, Interval::NON_NEGATIVE)
    }

    fn relate(&mut self, left: Expression, right: Expression) {
        relate(&mut self.model, left, right, false);
        self.relations += 1;
    }

    fn bind(&mut self, variable: usize, lower: Decimal, upper: Decimal) {
        let quantity = self.model.quantities[variable].clone();
        self.model.bind(&[(quantity, Allowed::between(lower, upper))]);
    }
}

fn part(value: Decimal, hundredths: i64) -> Decimal {
    value * Decimal::new(hundredths, 2)
}

pub(crate) fn measure() -> Planted {
    let mut chance = Chance(7);
    let mut network = Network {
        model: Model::default(),
        origin: Vec::new(),
        relations: 0,
    };
    let mut planted: Vec<ClaimSet> = Vec::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    // Each conflict: the parts have targets, their sum (or product) a target just out of reach.
    for size in [2_usize, 3, 4, 5, 6] {
        let mut targets = Vec::new();
        let mut whole = network.add(Decimal::from(20 + chance.below(80)));
        network.bind(
            whole,
            part(network.origin[whole], 95),
            part(network.origin[whole], 105),
        );
        targets.push(network.model.claims.len() - 1);
        let mut parts = vec![whole];
        for _ in 0..size - 2 {
            let next = network.add(Decimal::from(20 + chance.below(80)));
            network.bind(
                next,
                part(network.origin[next], 95),
                part(network.origin[next], 105),
            );
            targets.push(network.model.claims.len() - 1);
            parts.push(next);
            let sum = network.add(network.origin[whole] + network.origin[next]);
            network.relate(
                Expression::Variable(sum),
                Expression::binary('+', Expression::Variable(whole), Expression::Variable(next)),
            );
            whole = sum;
        }
        let double = network.add(network.origin[whole] * Decimal::TWO);
        network.relate(
            Expression::Variable(double),
            Expression::binary('*', Expression::Variable(whole), Expression::whole(2)),
        );
        // Also directly from the parts: an identity that follows.
        let sum = parts
            .iter()
            .skip(1)
            .fold(Expression::Variable(parts[0]), |sum, part| {
                Expression::binary('+', sum, Expression::Variable(*part))
            });
        network.relate(
            Expression::Variable(double),
            Expression::binary('*', sum, Expression::whole(2)),
        );
        let value = network.origin[double];
        network.bind(double, part(value, 106), part(value, 115));
        targets.push(network.model.claims.len() - 1);
        members.push(targets);
        // Loose ends to the rest of the network.
        for part in parts {
            let free = network.add(network.origin[part] + network.origin[0]);
            network.relate(
                Expression::Variable(free),
                Expression::binary('+', Expression::Variable(part), Expression::Variable(0)),
            );
        }
    }
    // The rest: a network around one point, with targets that this point meets.
    let first = network.origin.len();
    while network.origin.len() < 200 {
        let count = network.origin.len();
        if count < first + 30 {
            network.add(Decimal::from(10 + chance.below(90)));
            continue;
        }
        let (a, b) = (first + chance.pick(count - first), first + chance.pick(30));
        let (x, y) = (Expression::Variable(a), Expression::Variable(b));
        let (right, value) = if chance.below(3) == 0 && network.origin[a] < Decimal::from(100) {
            (
                Expression::binary('*', x, y),
                network.origin[a] * network.origin[b],
            )
        } else {
            (
                Expression::binary('+', x, y),
                network.origin[a] + network.origin[b],
            )
        };
        let next = network.add(value);
        network.relate(Expression::Variable(next), right);
    }
    // Identities that follow: a + b from both sides of two sums.
    while network.relations < 300 {
        let made = &network.model.made;
        let sums: Vec<(usize, usize)> = (0..4)
            .map(|_| (chance.pick(made.len()), chance.pick(made.len())))
            .collect();
        for (one, other) in sums {
            let (a, b) = (network.model.made[one].clone(), network.model.made[other].clone());
            if network.relations < 300 {
                network.relate(
                    Expression::binary('+', a.left, b.left),
                    Expression::binary('+', a.right, b.right),
                );
            }
        }
    }
    while network.model.claims.len() < 100 {
        let variable = first + chance.pick(network.origin.len() - first);
        let value = network.origin[variable];
        network.bind(variable, part(value, 80), part(value, 125));
    }
    let targets: Vec<usize> = (0..network.model.claims.len()).collect();
    for of in members {
        planted.push(ClaimSet::of(targets.len(), of));
    }
    network.model.system.connect();
    let start = Instant::now();
    let limits = Limits {
        boxes: 0,
        conflicts: 64,
        tests: 400,
    };
    let none = ClaimSet::empty(targets.len());
    let (found, _) = Prover::new(&network.model, &limits).conflicts(&none, &targets);
    let seconds = start.elapsed().as_secs_f64();
    Planted {
        quantities: network.origin.len(),
        identities: network.relations,
        targets: targets.len(),
        planted: planted.len(),
        found: planted.iter().filter(|conflict| found.contains(conflict)).count(),
        wrong: found
            .iter()
            .filter(|conflict| !planted.contains(conflict))
            .count(),
        seconds,
    }
}
