//! A point on which everything holds, found by choosing and solving, and checked with exact rationals.
//!
//! Free variables get short decimals well inside their narrowed range, the others follow from the relations one by one;
//! every relation that did not serve to compute a number is checked to hold exactly. Only a root may be irrational: it is
//! then enclosed between two rationals, exists because roots do, and counts only where no other relation needs it exactly.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use terms::Decimal;

use crate::Interval;
use crate::coherence::claim::ClaimSet;
use crate::coherence::formula::{Expression, solved_for};
use crate::coherence::identity::Model;
use crate::coherence::system::State;
use crate::meaning::Allowed;

/// A real number known exactly, or between two rationals.
#[derive(Debug, Clone, PartialEq)]
pub struct Exact {
    /// Not above the number.
    pub lower: BigRational,
    /// Not below the number.
    pub upper: BigRational,
}

impl Exact {
    /// A rational number.
    pub fn point(value: BigRational) -> Self {
        Self {
            lower: value.clone(),
            upper: value,
        }
    }

    /// A decimal.
    pub fn decimal(value: Decimal) -> Self {
        Self::point(rational(value))
    }

    fn is_point(&self) -> bool {
        self.lower == self.upper
    }

    /// The smallest floating-point interval around it.
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(below(&self.lower), -below(&-self.upper.clone()))
    }

    fn from_interval(interval: Interval) -> Option<Self> {
        Some(Self {
            lower: BigRational::from_float(interval.lower())?,
            upper: BigRational::from_float(interval.upper())?,
        })
    }

    fn binary(&self, operator: char, other: &Self) -> Option<Self> {
        if self.is_point() && other.is_point() {
            let (a, b) = (&self.lower, &other.lower);
            return Some(Self::point(match operator {
                '+' => a + b,
                '-' => a - b,
                '*' => a * b,
                _ if b.is_zero() => return None,
                _ => a / b,
            }));
        }
        match operator {
            '+' => Some(Self {
                lower: &self.lower + &other.lower,
                upper: &self.upper + &other.upper,
            }),
            '-' => Some(Self {
                lower: &self.lower - &other.upper,
                upper: &self.upper - &other.lower,
            }),
            _ => {
                if operator == '/' && !other.lower.is_positive() && !other.upper.is_negative() {
                    return None;
                }
                let apply = |a: &BigRational, b: &BigRational| if operator == '*' { a * b } else { a / b };
                let corners = [
                    apply(&self.lower, &other.lower),
                    apply(&self.lower, &other.upper),
                    apply(&self.upper, &other.lower),
                    apply(&self.upper, &other.upper),
                ];
                Some(Self {
                    lower: corners.iter().min()?.clone(),
                    upper: corners.iter().max()?.clone(),
                })
            }
        }
    }

    fn power(&self, exponent: u32) -> Option<Self> {
        if !self.is_point() && self.lower.is_negative() {
            return None;
        }
        let raise = |base: &BigRational| (0..exponent).fold(BigRational::one(), |power, _| power * base);
        Some(Self {
            lower: raise(&self.lower),
            upper: raise(&self.upper),
        })
    }

    fn compound(&self, terms: u32) -> Option<Self> {
        if !self.is_point() && self.lower.is_negative() {
            return None;
        }
        let sum =
            |x: &BigRational| (0..terms).fold(BigRational::zero(), |sum, _| x * (BigRational::one() + sum));
        Some(Self {
            lower: sum(&self.lower),
            upper: sum(&self.upper),
        })
    }

    fn is_in(&self, allowed: Allowed) -> bool {
        let above = allowed.lower.is_none_or(|end| {
            let value = rational(end.value);
            if end.included {
                value <= self.lower
            } else {
                value < self.lower
            }
        });
        let under = allowed.upper.is_none_or(|end| {
            let value = rational(end.value);
            if end.included {
                self.upper <= value
            } else {
                self.upper < value
            }
        });
        above && under
    }
}

/// The rational of a decimal.
pub fn rational(value: Decimal) -> BigRational {
    BigRational::new(value.mantissa().into(), BigInt::from(10_u8).pow(value.scale()))
}

/// The greatest `f64` found not above a rational.
fn below(value: &BigRational) -> f64 {
    let mut near = value.to_f64().unwrap_or(f64::NEG_INFINITY);
    if near == f64::INFINITY {
        near = f64::MAX;
    }
    while BigRational::from_float(near).is_some_and(|near| *value < near) {
        near = near.next_down();
    }
    near
}

/// The value of an expression; none where a variable has none, or where a division by zero stands.
pub fn evaluate(expression: &Expression, values: &[Option<Exact>]) -> Option<Exact> {
    match expression {
        Expression::Number(value) => Some(Exact::decimal(*value)),
        Expression::Variable(index) => values[*index].clone(),
        Expression::Binary(operator, a, b) => evaluate(a, values)?.binary(*operator, &evaluate(b, values)?),
        Expression::Power(a, n) => evaluate(a, values)?.power(*n),
        Expression::Compound(a, n) => evaluate(a, values)?.compound(*n),
        Expression::Root(a, n) => Exact::from_interval(evaluate(a, values)?.interval()?.root(*n)?),
        Expression::CompoundRoot(a, n) => {
            let whole = Interval::new(0.0, f64::MAX)?;
            Exact::from_interval(evaluate(a, values)?.interval()?.compound_sum_rev(*n, whole)?)
        }
    }
}

/// How many choices may be tried before the search gives up.
const CHOICES: usize = 120;

/// A value for every variable on which all active claims, natural limits and relations hold; none where none was found,
/// which proves nothing.
///
/// `state` is the narrowed state of the same active claims.
pub fn witness(model: &Model, active: &ClaimSet, state: &State) -> Option<Vec<Exact>> {
    let mut allowed = vec![Allowed::default(); model.quantities.len()];
    for claim in active.iter() {
        for (variable, of_claim) in &model.claims[claim] {
            allowed[*variable] = allowed[*variable].and(*of_claim);
        }
    }
    let relations: Vec<usize> = (0..model.made.len())
        .filter(|index| {
            model.system.relations[*index]
                .needs
                .is_none_or(|claim| active.contains(claim))
        })
        .collect();
    let mut degree = vec![0_usize; model.quantities.len()];
    for index in relations
        .iter()
        .filter(|index| !model.system.relations[**index].derived)
    {
        model.system.relations[*index]
            .variables
            .iter()
            .for_each(|variable| degree[*variable] += 1);
    }
    // What stands alone on one side of a relation follows from the other side without a root or a division.
    let mut follows = vec![false; model.quantities.len()];
    for index in &relations {
        let made = &model.made[*index];
        if model.system.relations[*index].derived || model.system.relations[*index].at_most {
            continue;
        }
        for (one, other) in [(&made.left, &made.right), (&made.right, &made.left)] {
            if let Expression::Variable(variable) = one {
                let mut stands_in_both = false;
                other.variables(&mut |inner| stands_in_both |= inner == *variable);
                follows[*variable] |= !stands_in_both;
            }
        }
    }
    [Order::Degree, Order::Width, Order::Ground]
        .into_iter()
        .find_map(|order| {
            let mut search = Search {
                model,
                active,
                allowed: &allowed,
                relations: &relations,
                degree: &degree,
                follows: &follows,
                order,
                budget: CHOICES,
            };
            let start = Point {
                values: vec![None; model.quantities.len()],
                used: vec![false; model.made.len()],
            };
            search.extend(start, state.clone())?.values.into_iter().collect()
        })
}

#[derive(Clone)]
struct Point {
    values: Vec<Option<Exact>>,
    /// Relations that gave a value, or were found to hold.
    used: Vec<bool>,
}

/// Which unknown number is chosen next; each order finds points that the others miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// The one that stands in most relations.
    Degree,
    /// The one known best.
    Width,
    /// One that nothing gives, before those that follow from others.
    Ground,
}

struct Search<'a> {
    model: &'a Model,
    active: &'a ClaimSet,
    allowed: &'a [Allowed],
    relations: &'a [usize],
    degree: &'a [usize],
    follows: &'a [bool],
    order: Order,
    budget: usize,
}

impl Search<'_> {
    fn extend(&mut self, mut point: Point, mut state: State) -> Option<Point> {
        let mut assigned = Vec::new();
        loop {
            if !self.follow(&mut point, &mut state, &mut assigned, false) {
                return None;
            }
            if !assigned.is_empty() {
                self.model
                    .system
                    .narrow_by(
                        self.active,
                        &mut state,
                        |_| true,
                        Some(&assigned),
                        &mut Vec::new(),
                    )
                    .ok()?;
                assigned.clear();
            }
            let next = self.next(&point, &state);
            if let Some(variable) = next {
                return self.choices(variable, &state).into_iter().find_map(|value| {
                    if self.budget == 0 {
                        return None;
                    }
                    self.budget -= 1;
                    let (mut point, mut state) = (point.clone(), state.clone());
                    let mut assigned = Vec::new();
                    if !self.assign(
                        variable,
                        Exact::point(value),
                        &mut point,
                        &mut state,
                        &mut assigned,
                    ) {
                        return None;
                    }
                    self.model
                        .system
                        .narrow_by(
                            self.active,
                            &mut state,
                            |_| true,
                            Some(&assigned),
                            &mut Vec::new(),
                        )
                        .ok()?;
                    self.extend(point, state)
                });
            }
            // Only what derived relations speak of is left: they give it, since they follow from the rest.
            if !self.follow(&mut point, &mut state, &mut assigned, true) {
                return None;
            }
            if assigned.is_empty() {
                let rest = point.values.iter().position(Option::is_none);
                let Some(variable) = rest else { return Some(point) };
                let value = self.choices(variable, &state).into_iter().next()?;
                if !self.assign(
                    variable,
                    Exact::point(value),
                    &mut point,
                    &mut state,
                    &mut assigned,
                ) {
                    return None;
                }
            }
        }
    }

    /// Computes what follows, and checks what is complete; false where a relation, claim or limit is broken.
    fn follow(&self, point: &mut Point, state: &mut State, assigned: &mut Vec<usize>, derived: bool) -> bool {
        loop {
            let before = assigned.len();
            for index in self.relations {
                let relation = &self.model.system.relations[*index];
                if point.used[*index] || relation.derived != derived {
                    continue;
                }
                let made = &self.model.made[*index];
                let mut open = relation
                    .variables
                    .iter()
                    .filter(|variable| point.values[**variable].is_none());
                match (open.next().copied(), open.next()) {
                    (None, _) => {
                        point.used[*index] = true;
                        if derived {
                            continue;
                        }
                        let sides =
                            evaluate(&made.left, &point.values).zip(evaluate(&made.right, &point.values));
                        let Some((left, right)) = sides else { return false };
                        let holds = if relation.at_most {
                            left.upper <= right.lower
                        } else {
                            left.is_point() && left == right
                        };
                        if !holds {
                            return false;
                        }
                    }
                    (Some(variable), None) if !relation.at_most => {
                        let value = solved_for(variable, &made.left, &made.right)
                            .and_then(|expression| evaluate(&expression, &point.values));
                        let Some(value) = value else {
                            if derived {
                                continue;
                            }
                            return false;
                        };
                        point.used[*index] = true;
                        if !self.assign(variable, value, point, state, assigned) {
                            return false;
                        }
                    }
                    _ => {}
                }
            }
            if before == assigned.len() {
                return true;
            }
        }
    }

    fn assign(
        &self,
        variable: usize,
        value: Exact,
        point: &mut Point,
        state: &mut State,
        assigned: &mut Vec<usize>,
    ) -> bool {
        let natural = self.model.system.natural[variable];
        let within = |end: f64, ok: &dyn Fn(&BigRational) -> bool| {
            BigRational::from_float(end).is_none_or(|end| ok(&end))
        };
        let whole = value.is_point() && value.lower.is_integer();
        let ok = (whole || !self.model.is_whole(variable))
            && value.is_in(self.allowed[variable])
            && within(natural.lower(), &|end| *end <= value.lower)
            && within(natural.upper(), &|end| value.upper <= *end);
        let range = value
            .interval()
            .and_then(|range| range.intersection(state.ranges[variable]));
        let (true, Some(range)) = (ok, range) else {
            return false;
        };
        state.ranges[variable] = range;
        point.values[variable] = Some(value);
        assigned.push(variable);
        true
    }

    fn next(&self, point: &Point, state: &State) -> Option<usize> {
        let open =
            (0..point.values.len()).filter(|index| point.values[*index].is_none() && 0 < self.degree[*index]);
        open.min_by(|a, b| {
            let key = |index: usize| {
                let range = state.ranges[index];
                let fixed = matches!((self.allowed[index].lower, self.allowed[index].upper), (Some(a), Some(b)) if a == b);
                let rank = match self.order {
                    Order::Degree => usize::MAX - self.degree[index],
                    Order::Width => 0,
                    Order::Ground => usize::from(self.follows[index]),
                };
                (!fixed, self.order != Order::Ground && !range.is_bounded(), rank, range.width() / range.middle().abs().max(1e-9))
            };
            key(*a).partial_cmp(&key(*b)).unwrap_or(std::cmp::Ordering::Equal)
        })
    }

    /// Numbers to try: the claim's own where it is one, else short decimals in the middle and towards both ends.
    fn choices(&self, variable: usize, state: &State) -> Vec<BigRational> {
        if let (Some(lower), Some(upper)) = (self.allowed[variable].lower, self.allowed[variable].upper)
            && lower == upper
        {
            return vec![rational(lower.value)];
        }
        let range = state.ranges[variable];
        let (low, high) = match (range.lower().is_finite(), range.upper().is_finite()) {
            (true, true) => (range.lower(), range.upper()),
            (true, false) => (range.lower(), range.lower() + range.lower().abs().max(1.0)),
            (false, true) => (range.upper() - range.upper().abs().max(1.0), range.upper()),
            (false, false) => (-1.0, 1.0),
        };
        let (Some(low), Some(high)) = (BigRational::from_float(low), BigRational::from_float(high)) else {
            return Vec::new();
        };
        let width = &high - &low;
        let at = |parts: i64| &low + &width * BigRational::new(parts.into(), 16.into());
        let mut values: Vec<BigRational> = [8, 3, 13, 1, 15].map(|parts| short(&at(parts), &width)).into();
        values.extend([low, high]);
        if self.model.is_whole(variable) {
            let (least, most) = (values[5].ceil(), values[6].floor());
            values.iter_mut().for_each(|value| *value = value.round());
            values.retain(|value| least <= *value && *value <= most);
            values.extend(
                [least.clone(), most.clone()]
                    .into_iter()
                    .filter(|_| least <= most),
            );
        }
        values.dedup();
        values
    }
}

/// The number rounded to a power of ten that is at most a sixty-fourth of the width.
fn short(value: &BigRational, width: &BigRational) -> BigRational {
    if !width.is_positive() {
        return value.clone();
    }
    let (ten, fine) = (
        BigRational::from_integer(10.into()),
        width / BigRational::from_integer(64.into()),
    );
    let mut step = BigRational::one();
    while step > fine {
        step /= &ten;
    }
    while &step * &ten <= fine {
        step *= &ten;
    }
    (value / &step).round() * step
}
