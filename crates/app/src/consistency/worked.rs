//! The calculations of a finding, as people read them.

use engine::Interval;
use engine::coherence::{Identity, Natural, Quantity, Token};
use engine::consistency::{Statement, Worked, worked as work_out};
use terms::{Decimal, Kind, Measure};

use super::StatementView;
use super::statements::Papers;
use crate::coherence::{Piece, QuantityView, RangeView, is_own_value, outward, quantity_view, step_in};
use crate::reference::Reference;

/// One calculation with the numbers of the papers.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkedView {
    /// What is calculated.
    pub quantity: QuantityView,
    /// How; each quantity with its number alone.
    pub formula: Vec<Piece>,
    /// What it comes to, as precise as the numbers beside it.
    pub gives: Decimal,
    /// What it can come to, within the rounding and the words («nearly», «over») of the papers.
    pub can_give: RangeView,
    /// The number that the calculation is held against, by index into the finding's statements; none where a second
    /// calculation of the same quantity is.
    pub stated: Option<usize>,
    /// Whether that number may also be less.
    pub at_most: bool,
}

/// The calculations of a broken identity.
pub(super) fn worked(
    told: &[StatementView],
    identity: &Identity,
    (identities, natural): (&[Identity], &Natural),
    reference: &Reference,
) -> Vec<WorkedView> {
    let mut papers = Papers::default();
    let statements: Vec<Statement> = told
        .iter()
        .map(|told| statement(told, reference, &mut papers))
        .collect();
    let calculations = work_out(&statements, identity, identities, natural);
    calculations
        .into_iter()
        .filter_map(|worked| view(worked, &statements, reference))
        .collect()
}

fn view(worked: Worked, statements: &[Statement], reference: &Reference) -> Option<WorkedView> {
    let piece = |(token, of): (Token, Option<(usize, Quantity)>)| {
        Some(match token {
            Token::Number(value) => Piece::Number(value),
            Token::Quantity(..) => {
                let (index, quantity) = of?;
                let value = Some(statements[index].value);
                let range = RangeView {
                    lower: value,
                    upper: value,
                };
                Piece::Quantity(quantity_view(reference, &quantity), range)
            }
            Token::Operator(operator) => Piece::Sign(operator),
            Token::Open => Piece::Sign('('),
            Token::Close => Piece::Sign(')'),
            Token::Power(n) => Piece::Power(n),
            Token::Root(n) => Piece::Root(n),
            Token::Compound(n) => Piece::Compound(n),
            Token::CompoundRoot(n) => Piece::CompoundRoot(n),
        })
    };
    Some(WorkedView {
        quantity: quantity_view(reference, &worked.quantity),
        formula: worked.formula.into_iter().map(piece).collect::<Option<_>>()?,
        gives: rounded(worked.gives, worked.stated.map(|index| statements[index].step))?,
        can_give: outward(worked.can_give),
        stated: worked.stated,
        at_most: worked.at_most,
    })
}

/// A statement of an identity's finding, as the engine reads it.
fn statement(told: &StatementView, reference: &Reference, papers: &mut Papers) -> Statement {
    let indicator = reference.indicator(&told.indicator.code);
    let is_percentage = indicator.is_some_and(|indicator| indicator.unit.is_percentage());
    let measure = match told.measure {
        Measure::Share if is_percentage => Measure::Level,
        other => other,
    };
    Statement {
        id: told.fact.to_string(),
        indicator: told.indicator.code.clone(),
        place: told.place.code.clone(),
        period: told.period,
        measure,
        kind: if told.is_target {
            Kind::Target
        } else {
            Kind::Actual
        },
        bound: told.amount.bound,
        value: told.amount.value,
        upper: told.amount.upper,
        step: step_in(told.amount.value, &told.sources),
        price_basis: told.amount.price_basis,
        price_matters: false,
        own_value: is_own_value(indicator, measure),
        edition: told.edition,
        // Of a part no identity speaks.
        scope: None,
        documents: papers.numbers(&told.sources),
        date: told.sources.first().and_then(|source| source.date),
    }
}

/// A result to the last digit of the number that it stands beside; else to five counting digits.
fn rounded(of: Interval, step: Option<Decimal>) -> Option<Decimal> {
    let value = Decimal::try_from(of.middle()).ok()?;
    let step = step
        .filter(|step| !step.is_zero() && *step <= value.abs())
        .unwrap_or_else(|| {
            let mut step = Decimal::ONE;
            while Decimal::from(100_000) <= value.abs() / step {
                step *= Decimal::TEN;
            }
            while value.abs() / step < Decimal::from(10_000) && Decimal::new(1, 6) < step {
                step /= Decimal::TEN;
            }
            step
        });
    Some(((value / step).round() * step).normalize())
}
