//! Indicators that are made from others: `investment.public_disbursed / investment.public_plan * 100`.
//!
//! A formula is a text with `+ − × ÷` (also `- * /`), parentheses, decimal numbers, indicator codes, `lag(CODE, YEARS)`, the
//! value so many years before, and `sum(CODE, YEARS)`, the sum over so many years up to and with the one asked for. It is
//! [`parse()`]d with the place of every part, [`check`]ed against the catalogue once, and [`evaluate()`]d with exact decimals;
//! what is missing is named, never taken for zero.

pub mod check;
mod dimension;
mod evaluate;
mod parse;

use std::ops::Range;

use terms::{Decimal, IndicatorCode};

pub use check::Formulas;
pub use evaluate::{Evaluated, Input, Lookup, Stop, evaluate};
pub use parse::{SyntaxError, parse};

/// A part of a formula, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Bytes from and to in the formula's text.
    pub span: Range<usize>,
}

/// What a part of a formula is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionKind {
    /// A number.
    Number(Decimal),
    /// The value of an indicator in the period asked for.
    Value(IndicatorCode),
    /// The value so many years before.
    Lag(IndicatorCode, u8),
    /// The sum over so many years, the one asked for included.
    Sum(IndicatorCode, u8),
    /// The opposite.
    Minus(Box<Expression>),
    /// Two parts joined.
    Binary(Operator, Box<Expression>, Box<Expression>),
}

/// What joins two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Plus.
    Add,
    /// Minus.
    Subtract,
    /// Times.
    Multiply,
    /// Divided by.
    Divide,
}

impl Expression {
    /// Calls `visit` with every indicator that is named, and its place.
    pub fn each_code<'a>(&'a self, visit: &mut impl FnMut(&'a IndicatorCode, &Range<usize>)) {
        match &self.kind {
            ExpressionKind::Number(_) => {}
            ExpressionKind::Value(code) | ExpressionKind::Lag(code, _) | ExpressionKind::Sum(code, _) => {
                visit(code, &self.span);
            }
            ExpressionKind::Minus(inner) => inner.each_code(visit),
            ExpressionKind::Binary(_, left, right) => {
                left.each_code(visit);
                right.each_code(visit);
            }
        }
    }
}

#[cfg(test)]
mod tests;
