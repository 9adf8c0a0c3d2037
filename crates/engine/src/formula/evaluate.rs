//! From parts and values to a value, with what it was made from.

use terms::{Decimal, IndicatorCode, TimePeriod};

use super::{Expression, ExpressionKind, Operator};
use crate::Error;
use crate::exact::{add, div, mul, sub};
use crate::period::years_earlier;

/// Gives the value of an indicator in a period, of whatever place is being computed.
pub type Lookup<'a> = &'a dyn Fn(&IndicatorCode, TimePeriod) -> Option<Decimal>;

/// A value that a formula used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Of which indicator.
    pub indicator: IndicatorCode,
    /// Of which period.
    pub period: TimePeriod,
    /// The value.
    pub value: Decimal,
}

/// A value made by a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluated {
    /// The value.
    pub value: Decimal,
    /// What it was made from, in the order of the formula.
    pub inputs: Vec<Input>,
}

/// Why a formula gives no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// Values that are not known.
    #[error("{0:?} are not known")]
    Missing(Vec<(IndicatorCode, TimePeriod)>),
    /// Something is divided by zero.
    #[error("a part of the formula is zero and another is divided by it")]
    DivisionByZero,
    /// The period has no years before it (a span that is no whole years).
    #[error("there is no such period so many years before {0}")]
    NoSuchPeriod(TimePeriod),
    /// Too many digits.
    #[error(transparent)]
    Digits(#[from] Error),
}

/// Evaluates a formula for one period. O(parts and years summed).
///
/// # Errors
/// [`Stop`]: every value that is missing is named at once.
pub fn evaluate(expression: &Expression, period: TimePeriod, lookup: Lookup<'_>) -> Result<Evaluated, Stop> {
    let (mut inputs, mut missing) = (Vec::new(), Vec::new());
    gather(expression, period, lookup, &mut inputs, &mut missing)?;
    if !missing.is_empty() {
        return Err(Stop::Missing(missing));
    }
    let mut next = inputs.iter();
    let value = compute(expression, &mut next)?;
    Ok(Evaluated { value, inputs })
}

/// Looks up all values, left to right.
fn gather(
    expression: &Expression,
    period: TimePeriod,
    lookup: Lookup<'_>,
    inputs: &mut Vec<Input>,
    missing: &mut Vec<(IndicatorCode, TimePeriod)>,
) -> Result<(), Stop> {
    let mut take = |code: &IndicatorCode, years: i16| {
        let period = years_earlier(period, years).ok_or(Stop::NoSuchPeriod(period))?;
        match lookup(code, period) {
            Some(value) => inputs.push(Input {
                indicator: code.clone(),
                period,
                value,
            }),
            None => missing.push((code.clone(), period)),
        }
        Ok(())
    };
    match &expression.kind {
        ExpressionKind::Number(_) => Ok(()),
        ExpressionKind::Value(code) => take(code, 0),
        ExpressionKind::Lag(code, years) => take(code, i16::from(*years)),
        ExpressionKind::Sum(code, years) => (0..i16::from(*years))
            .rev()
            .try_for_each(|years| take(code, years)),
        ExpressionKind::Minus(inner) => gather(inner, period, lookup, inputs, missing),
        ExpressionKind::Binary(_, left, right) => {
            gather(left, period, lookup, inputs, missing)?;
            gather(right, period, lookup, inputs, missing)
        }
    }
}

fn compute(expression: &Expression, inputs: &mut std::slice::Iter<'_, Input>) -> Result<Decimal, Stop> {
    let mut next = || inputs.next().map_or(Decimal::ZERO, |input| input.value);
    match &expression.kind {
        ExpressionKind::Number(number) => Ok(*number),
        ExpressionKind::Value(_) | ExpressionKind::Lag(..) => Ok(next()),
        ExpressionKind::Sum(_, years) => (0..*years)
            .try_fold(Decimal::ZERO, |sum, _| add(sum, next()))
            .map_err(Stop::from),
        ExpressionKind::Minus(inner) => Ok(-compute(inner, inputs)?),
        ExpressionKind::Binary(operator, left, right) => {
            let (left, right) = (compute(left, inputs)?, compute(right, inputs)?);
            Ok(match operator {
                Operator::Add => add(left, right)?,
                Operator::Subtract => sub(left, right)?,
                Operator::Multiply => mul(left, right)?,
                Operator::Divide if right.is_zero() => return Err(Stop::DivisionByZero),
                Operator::Divide => div(left, right)?,
            })
        }
    }
}
