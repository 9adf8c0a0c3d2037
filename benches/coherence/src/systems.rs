//! Generated polynomial systems around a point that is known, and the check of every answer on them.

use engine::Interval;
use engine::coherence::claim::ClaimSet;
use engine::coherence::formula::Expression;
use engine::coherence::identity::{Made, Model};
use engine::coherence::search::{Limits, Outcome, decide};
use engine::coherence::witness::Exact;
use engine::coherence::{Aspect, Basis, Quantity};
use engine::meaning::Allowed;
use num_bigint::BigInt;
use num_rational::BigRational;
use terms::{Decimal, IndicatorCode, RefArea, TimePeriod};

use crate::Chance;

/// A system, and whether the point that it was made from satisfies every claim.
pub(crate) struct Generated {
    pub(crate) model: Model,
    pub(crate) claims: usize,
    pub(crate) holds_at_origin: bool,
}

pub(crate) fn unknown(model: &mut Model, index: usize, natural: Interval) -> usize {
    let quantity = Quantity {
        aspect: Aspect::Value,
        indicator: IndicatorCode::new(format!("unknown.q{index}")).expect("a code"),
        basis: Basis::Plain,
        place: RefArea::COUNTRY,
        period: TimePeriod::Year(2030),
    };
    model.add_quantity(quantity, natural)
}

pub(crate) fn relate(model: &mut Model, left: Expression, right: Expression, derived: bool) {
    let made = Made {
        identity: 0,
        place: RefArea::COUNTRY,
        period: TimePeriod::Year(2030),
        left,
        right,
    };
    model.add_relation(made, false, None, derived);
}

/// A system of 3 to 9 unknowns.
pub(crate) fn generate(chance: &mut Chance) -> Generated {
    let mut model = Model::default();
    let bases = 2 + chance.pick(3);
    let mut origin: Vec<Decimal> = (0..bases)
        .map(|_| Decimal::new(5 + chance.below(200) as i64, 1))
        .collect();
    for index in 0..bases {
        unknown(&mut model, index, Interval::NON_NEGATIVE);
    }
    for _ in 0..1 + chance.pick(5) {
        let (a, b) = (chance.pick(origin.len()), chance.pick(origin.len()));
        let (x, y) = (Expression::Variable(a), Expression::Variable(b));
        let (right, value) = match chance.below(5) {
            0 | 1 => (Expression::binary('+', x, y), origin[a] + origin[b]),
            2 => (Expression::binary('*', x, y), origin[a] * origin[b]),
            3 => (
                Expression::binary('*', x.clone(), Expression::binary('+', Expression::whole(1), y)),
                origin[a] * (Decimal::ONE + origin[b]),
            ),
            _ => (
                Expression::Power(Box::new(Expression::binary('+', x, Expression::whole(1))), 2),
                (origin[a] + Decimal::ONE) * (origin[a] + Decimal::ONE),
            ),
        };
        if Decimal::from(1_000_000) < value || 8 < value.scale() {
            continue;
        }
        let variable = unknown(&mut model, origin.len(), Interval::NON_NEGATIVE);
        relate(&mut model, Expression::Variable(variable), right, false);
        origin.push(value);
    }
    let mut holds_at_origin = true;
    let mut claims = 0;
    for (index, value) in origin.iter().enumerate() {
        if chance.below(10) < 7 {
            let width = value * Decimal::new(1 + chance.below(20) as i64, 2);
            let shift = if chance.below(10) < 2 {
                value * Decimal::new(15 + chance.below(30) as i64, 2)
            } else {
                Decimal::ZERO
            };
            let allowed = Allowed::between(value + shift - width, value + shift + width);
            holds_at_origin &= shift <= width;
            let quantity = model.quantities[index].clone();
            model.bind(&[(quantity, allowed)]);
            claims += 1;
        }
    }
    model.system.connect();
    Generated {
        model,
        claims,
        holds_at_origin,
    }
}

#[derive(Default)]
pub(crate) struct Soundness {
    pub(crate) systems: usize,
    pub(crate) feasible: usize,
    pub(crate) infeasible: usize,
    pub(crate) undecided: usize,
    pub(crate) wrong: usize,
}

pub(crate) fn soundness(systems: usize) -> Soundness {
    let mut chance = Chance(2_026);
    let mut counts = Soundness {
        systems,
        ..Soundness::default()
    };
    for _ in 0..systems {
        let generated = generate(&mut chance);
        match decide(
            &generated.model,
            &ClaimSet::full(generated.claims),
            &Limits::STANDARD,
        ) {
            Outcome::Feasible(point) => {
                counts.feasible += 1;
                counts.wrong += usize::from(!satisfies(&generated.model, &point));
            }
            Outcome::Infeasible(_) => {
                counts.infeasible += 1;
                counts.wrong += usize::from(generated.holds_at_origin);
            }
            Outcome::Undecided => counts.undecided += 1,
        }
    }
    counts
}

fn rational(value: Decimal) -> BigRational {
    BigRational::new(value.mantissa().into(), BigInt::from(10_u8).pow(value.scale()))
}

fn value(expression: &Expression, point: &[BigRational]) -> BigRational {
    match expression {
        Expression::Number(number) => rational(*number),
        Expression::Variable(index) => point[*index].clone(),
        Expression::Binary('+', a, b) => value(a, point) + value(b, point),
        Expression::Binary('-', a, b) => value(a, point) - value(b, point),
        Expression::Binary('*', a, b) => value(a, point) * value(b, point),
        Expression::Binary(_, a, b) => value(a, point) / value(b, point),
        Expression::Power(a, n) => value(a, point).pow(*n as i32),
        other => unreachable!("not generated: {other:?}"),
    }
}

/// The bench's own check of a witness: every relation and claim, in rationals. An irrational root (two ends) is checked to
/// change the sign of no relation by more than its own enclosure: both ends must lie within 1e-12 of satisfying it.
fn satisfies(model: &Model, point: &[Exact]) -> bool {
    let lower: Vec<BigRational> = point.iter().map(|exact| exact.lower.clone()).collect();
    let exact = point.iter().all(|value| value.lower == value.upper);
    let tiny = BigRational::new(1.into(), BigInt::from(10_u8).pow(10));
    let relations = model.made.iter().all(|made| {
        let (left, right) = (value(&made.left, &lower), value(&made.right, &lower));
        let size = if left > right { left.clone() } else { right.clone() };
        let difference = if left > right {
            &left - &right
        } else {
            &right - &left
        };
        if exact {
            difference == BigRational::from_integer(0.into())
        } else {
            difference <= size * &tiny
        }
    });
    let claims = model.claims.iter().flatten().all(|(variable, allowed)| {
        allowed
            .lower
            .is_none_or(|end| rational(end.value) <= point[*variable].lower)
            && allowed
                .upper
                .is_none_or(|end| point[*variable].upper <= rational(end.value))
    });
    relations && claims
}
