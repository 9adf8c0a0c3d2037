//! From what the engine answers to what people read: names, ranges rounded outward, steps, the order of mends.

use std::collections::HashMap;

use engine::Interval;
use engine::coherence::system::Node;
use engine::coherence::{Answer, Aspect, Basis, Claim, Identity, Quantity, Role, Step, Token};
use engine::meaning::{Allowed, End};
use plan::PriceBasis;
use terms::{Decimal, Measure, TimePeriod};

use super::aspects::{self, Condition};
use super::view::{
    ConflictKind, ConflictView, ImpliedView, MendView, Piece, QuantityView, RangeView, ReadingView, StepView,
};
use crate::assess::unit_of;
use crate::reference::Reference;

/// Puts an answer into the words of its readers.
pub(super) struct Teller<'a> {
    pub(super) reference: &'a Reference,
    pub(super) identities: &'a [Identity],
    pub(super) answer: &'a Answer,
    pub(super) claims: &'a [Claim],
    pub(super) conditions: &'a [Condition],
}

impl Teller<'_> {
    /// What clashes: targets with each other first.
    pub(super) fn conflicts(&self) -> Vec<ConflictView> {
        let told = self.answer.conflicts.iter().map(|conflict| ConflictView {
            kind: self.kind(&conflict.targets, &conflict.given),
            targets: conflict.targets.clone(),
            given: conflict.given.clone(),
            against: conflict.against,
            steps: conflict
                .chain
                .iter()
                .flat_map(|chain| self.steps(&chain.steps, conflict.against))
                .collect(),
        });
        let mut conflicts: Vec<ConflictView> = told.collect();
        conflicts.sort_by_key(|conflict| conflict.kind);
        conflicts
    }

    /// What must be true: spans first, then the last years, as a plan is about them before the way there.
    pub(super) fn implied(&self) -> Vec<ImpliedView> {
        let model = &self.answer.model;
        let is_of =
            |claim: usize, variable: usize| model.claims[claim].iter().any(|(index, _)| *index == variable);
        let assumed = |variable: usize| {
            let claim = (0..self.claims.len())
                .find(|claim| self.claims[*claim].role == Role::Assumption && is_of(*claim, variable))?;
            let (_, allowed) = model.claims[claim].iter().find(|(index, _)| *index == variable)?;
            allowed.lower.or(allowed.upper)?;
            Some((claim, outward(allowed.interval()?)))
        };
        let mut implied: Vec<ImpliedView> = self
            .answer
            .implied
            .iter()
            // What everything allows is no demand.
            .filter(|implied| {
                implied.range.is_bounded() && implied.range != model.system.natural[implied.variable]
            })
            .map(|implied| ImpliedView {
                quantity: self.quantity(implied.variable),
                range: outward(implied.range),
                assumed: assumed(implied.variable),
                claimed: (0..model.claims.len()).any(|claim| is_of(claim, implied.variable)),
            })
            .collect();
        implied.sort_by_key(|implied| {
            (
                !matches!(implied.quantity.period, TimePeriod::Span(..)),
                std::cmp::Reverse(implied.quantity.period.end()),
                self.reference.rank(&implied.quantity.indicator.code),
            )
        });
        implied
    }

    /// The mends, those of clashes between targets first; where a target is at odds with what is assumed, the
    /// assumption first, since whoever asks can change it at once.
    pub(super) fn mends(&self, conflicts: &[ConflictView]) -> Vec<MendView> {
        let first = |claim: usize| {
            conflicts
                .iter()
                .filter(|conflict| conflict.targets.contains(&claim) || conflict.given.contains(&claim))
                .map(|conflict| conflict.kind)
                .min()
                .unwrap_or(ConflictKind::Given)
        };
        let is_assumed = |claim: usize| self.claims[claim].role == Role::Assumption;
        let told = self.answer.mends.iter().map(|mend| {
            let nearest = mend.nearest.and_then(|value| Decimal::try_from(value).ok());
            MendView {
                claim: mend.claim,
                quantity: self.quantity(mend.variable),
                possible: outward(mend.possible),
                nearest: nearest.map(|value| value.normalize()),
                widened: nearest
                    .filter(|_| is_assumed(mend.claim))
                    .and_then(|value| widened(range_of(mend.now), value)),
            }
        });
        let mut mends: Vec<MendView> = told.collect();
        mends.sort_by_key(|mend| {
            let kind = first(mend.claim);
            (kind, is_assumed(mend.claim) != (kind == ConflictKind::Assumption))
        });
        mends
    }

    /// What an ambiguous target could mean besides.
    pub(super) fn readings(&self) -> Vec<ReadingView> {
        let told = self.answer.readings.iter().map(|reading| ReadingView {
            claim: reading.claim,
            name: reading.name.clone(),
            verdict: reading.verdict,
            possible: reading
                .possible
                .iter()
                .map(|(variable, range)| (self.quantity(*variable), outward(*range)))
                .collect(),
        });
        told.collect()
    }

    /// The path of the witness.
    pub(super) fn path(&self) -> Vec<(QuantityView, RangeView)> {
        let values = self.answer.witness.iter().flatten().enumerate();
        values
            .filter_map(|(variable, value)| Some((self.quantity(variable), outward(value.interval()?))))
            .collect()
    }

    fn kind(&self, targets: &[usize], given: &[usize]) -> ConflictKind {
        let assumed = || {
            given
                .iter()
                .any(|claim| self.claims[*claim].role == Role::Assumption)
        };
        match targets {
            [] => ConflictKind::Given,
            [_] if given.is_empty() => ConflictKind::Alone,
            [_] if assumed() => ConflictKind::Assumption,
            [_] => ConflictKind::Result,
            _ => ConflictKind::Targets,
        }
    }

    fn quantity(&self, variable: usize) -> QuantityView {
        aspect_view(
            self.reference,
            self.conditions,
            &self.answer.model.quantities[variable],
        )
    }

    /// The steps with numbers that follow from those printed before them, as coarse as the contradiction bears.
    fn steps(&self, steps: &[Step], against: usize) -> Vec<StepView> {
        let told = [20.0, 200.0, 2000.0]
            .into_iter()
            .find_map(|parts| self.followed(steps, against, parts));
        told.unwrap_or_else(|| {
            steps
                .iter()
                .map(|step| self.step(step, outward, step.gives))
                .collect()
        })
    }

    /// The steps, each reckoned from the rounded numbers of its formula; none where they no longer contradict the claim.
    fn followed(&self, steps: &[Step], against: usize, parts: f64) -> Option<Vec<StepView>> {
        let system = &self.answer.model.system;
        // What a step truly gives, and what is printed of it.
        let mut printed: HashMap<usize, (Interval, Interval)> = HashMap::new();
        let mut told = Vec::new();
        for step in steps {
            let relation = &system.relations[step.relation];
            let shown = |variable: usize, known: Interval| match printed.get(&variable) {
                Some((truly, printed)) if *truly == known => *printed,
                _ => interval(rounded_outward(known, parts)),
            };
            let mut ranges = system.natural.clone();
            for token in &step.formula {
                if let Token::Quantity(variable, known) = token {
                    ranges[*variable] = shown(*variable, *known);
                }
            }
            let mut gives = step.gives;
            if !step.formula.is_empty() {
                let mut scratch = Vec::new();
                let node = relation
                    .nodes
                    .iter()
                    .position(|node| *node == Node::Variable(step.variable))?;
                ranges[step.variable] = system.natural[step.variable];
                gives = relation.demands(&ranges, &mut scratch).then(|| scratch[node])?;
            }
            let gives = interval(rounded_outward(gives, parts));
            let pieces = |variable: usize, known: Interval| exactly(shown(variable, known));
            told.push(StepView {
                identity: self.identity(step),
                quantity: self.quantity(step.variable),
                formula: step
                    .formula
                    .iter()
                    .map(|token| self.piece(token, &pieces))
                    .collect(),
                gives: exactly(gives),
            });
            printed.insert(step.variable, (step.gives, gives));
        }
        let last = steps.last()?;
        let (_, gives) = printed.get(&last.variable)?;
        let mut claimed = system.claims[against]
            .iter()
            .filter(|(variable, _)| *variable == last.variable);
        claimed
            .all(|(_, range)| range.intersection(*gives).is_none())
            .then_some(told)
    }

    fn identity(&self, step: &Step) -> String {
        self.identities[self.answer.model.made[step.relation].identity]
            .id
            .clone()
    }

    fn step(&self, step: &Step, shown: impl Fn(Interval) -> RangeView, gives: Interval) -> StepView {
        let shown_of = |_, known| shown(known);
        StepView {
            identity: self.identity(step),
            quantity: self.quantity(step.variable),
            formula: step
                .formula
                .iter()
                .map(|token| self.piece(token, &shown_of))
                .collect(),
            gives: shown(gives),
        }
    }

    fn piece(&self, token: &Token, shown: &dyn Fn(usize, Interval) -> RangeView) -> Piece {
        match token {
            Token::Number(value) => Piece::Number(*value),
            Token::Quantity(variable, range) => {
                Piece::Quantity(self.quantity(*variable), shown(*variable, *range))
            }
            Token::Operator(operator) => Piece::Sign(*operator),
            Token::Open => Piece::Sign('('),
            Token::Close => Piece::Sign(')'),
            Token::Power(n) => Piece::Power(*n),
            Token::Root(n) => Piece::Root(*n),
            Token::Compound(n) => Piece::Compound(*n),
            Token::CompoundRoot(n) => Piece::CompoundRoot(*n),
        }
    }
}

/// A range drawn out to a value, its new end rounded away from the old one to three counting digits.
fn widened(range: RangeView, value: Decimal) -> Option<RangeView> {
    let (lower, upper) = (range.lower?, range.upper?);
    let mut step = Decimal::ONE;
    let size = value.abs();
    if size.is_zero() {
        return None;
    }
    while size < step * Decimal::ONE_HUNDRED {
        step /= Decimal::TEN;
    }
    while step * Decimal::ONE_THOUSAND <= size {
        step *= Decimal::TEN;
    }
    let steps = value / step;
    if upper < value {
        let upper = Some((steps.ceil() * step).normalize());
        return Some(RangeView { upper, ..range });
    }
    (value < lower).then(|| RangeView {
        lower: Some((steps.floor() * step).normalize()),
        ..range
    })
}

/// A value by its names.
pub(crate) fn quantity_view(reference: &Reference, quantity: &Quantity) -> QuantityView {
    aspect_view(reference, &[], quantity)
}

/// A quantity by its names: a value, or what is asked of it else.
pub(super) fn aspect_view(
    reference: &Reference,
    conditions: &[Condition],
    quantity: &Quantity,
) -> QuantityView {
    let indicator = aspects::named(reference, conditions, quantity);
    QuantityView {
        unit: match quantity.aspect {
            Aspect::Value => unit_of(reference.indicator(&quantity.indicator), Measure::Level),
            _ => indicator.unit.clone(),
        },
        aspect: match quantity.aspect {
            Aspect::Value => None,
            Aspect::Change => Some("change"),
            Aspect::ChangeAYear => Some("change_a_year"),
            Aspect::Growth => Some("growth"),
            Aspect::UnitsMeeting(_) => Some("units"),
        },
        indicator,
        basis: match quantity.basis {
            Basis::Plain => None,
            Basis::Current => Some(PriceBasis::Current),
            Basis::Constant(base_year) => Some(PriceBasis::Constant { base_year }),
        },
        period: quantity.period,
    }
}

/// The numbers between two printed ends.
fn interval(of: RangeView) -> Interval {
    let lower = of
        .lower
        .map_or(f64::NEG_INFINITY, |value| Interval::from_decimal(value).lower());
    let upper = of
        .upper
        .map_or(f64::INFINITY, |value| Interval::from_decimal(value).upper());
    Interval::new(lower, upper).unwrap_or(Interval::ENTIRE)
}

/// Printed ends read back.
fn exactly(of: Interval) -> RangeView {
    let end = |value: f64| {
        let exact = value.is_finite().then(|| Decimal::try_from(value).ok()).flatten();
        exact.map(|value| value.normalize())
    };
    RangeView {
        lower: end(of.lower()),
        upper: end(of.upper()),
    }
}

/// A range rounded outward as people read it, to at most a twentieth of its width.
pub(crate) fn outward(range: Interval) -> RangeView {
    rounded_outward(range, 20.0)
}

/// A range rounded outward to a step of at most one of so many parts of its width, or to seven digits where it is narrow.
fn rounded_outward(range: Interval, parts: f64) -> RangeView {
    let size = range.lower().abs().max(range.upper().abs());
    let width = if range.is_bounded() {
        range.upper() - range.lower()
    } else {
        size
    };
    let fine = (width / parts).max(if size.is_finite() { size * 1e-7 } else { 0.0 });
    let end = |value: f64, up: bool| {
        let exact = value
            .is_finite()
            .then(|| Decimal::try_from(value).ok())
            .flatten()?;
        let mut step = Decimal::ONE;
        if fine <= 0.0 || !fine.is_finite() {
            return Some(exact.normalize());
        }
        let fine = Decimal::try_from(fine).ok()?;
        if fine.is_zero() {
            return Some(exact.normalize());
        }
        while fine < step {
            step /= Decimal::TEN;
        }
        while step * Decimal::TEN <= fine {
            step *= Decimal::TEN;
        }
        // The decimal of a float may lie a hair off a round number: that hair is not told.
        let hair = step / Decimal::from(1000);
        let steps = if up {
            ((exact - hair) / step).ceil()
        } else {
            ((exact + hair) / step).floor()
        };
        Some((steps * step).normalize())
    };
    RangeView {
        lower: end(range.lower(), false),
        upper: end(range.upper(), true),
    }
}

/// What a claim allows, as a range for people.
pub fn range_of(allowed: Allowed) -> RangeView {
    let value = |end: End| end.value.normalize();
    RangeView {
        lower: allowed.lower.map(value),
        upper: allowed.upper.map(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(lower: &str, upper: &str) -> RangeView {
        RangeView {
            lower: lower.parse().ok(),
            upper: upper.parse().ok(),
        }
    }

    #[test]
    fn an_assumption_is_widened_to_few_digits_that_still_hold_the_number() {
        let check = |from: (&str, &str), value: &str, to: (&str, &str)| {
            let widened = widened(range(from.0, from.1), value.parse().unwrap());
            assert_eq!(widened, Some(range(to.0, to.1)), "{value}");
        };
        check(("0", "1.5"), "3.980866", ("0", "3.99"));
        check(("2", "6"), "1.2345", ("1.23", "6"));
        check(("0", "1.5"), "-0.98765", ("-0.988", "1.5"));
        check(("660000", "660000"), "743812.4", ("660000", "744000"));
        assert_eq!(widened(range("0", "1.5"), Decimal::ONE), None);
        assert_eq!(widened(range("2", "6"), Decimal::ZERO), None);
    }
}
