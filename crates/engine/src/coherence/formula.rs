//! The little language in which identities are written, and the expressions made from it.
//!
//! ```text
//! grdp.per_capita * population.total = grdp.level@current
//! grdp.level@current = grdp.level@current[before] * (1 + grdp.growth / 100) ^ years
//! ```
//!
//! An indicator's code stands for its quantity in the year, or over the span, for which the identity is made. In square
//! brackets: `[-1]` the year before (in an identity of a year); `[first]`, `[last]`, `[before]` the span's first and last
//! year and the one before it; `[each]` every year of the span in turn, inside `sum(…)` or `product(…)`, or, outside
//! them, one relation a year. `@current` and `@constant` tell money's price basis; `@change`, `@change_a_year` and `@growth` how
//! much the value is above that of the year before the period, in all, a year, and in per cent a year. `years` is the span's length,
//! `compound(x)` is `x + x² + … ` with as many terms as years.

use rust_decimal::prelude::FromPrimitive;
use terms::{Decimal, IndicatorCode};

use super::claim::Aspect;

/// Which year of the identity's year or span a reference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The year or span itself.
    Own,
    /// This many years later (negative: earlier).
    Offset(i16),
    /// The span's first year.
    First,
    /// The span's last year.
    Last,
    /// The year before the span.
    Before,
    /// Each year of the span.
    Each,
}

/// The price basis that a reference asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prices {
    /// None.
    Plain,
    /// `@current`.
    Current,
    /// `@constant`: each base year that is in use, in turn.
    Constant,
}

/// An indicator in a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its code.
    pub indicator: IndicatorCode,
    /// In which prices.
    pub prices: Prices,
    /// What of it.
    pub aspect: Aspect,
    /// When.
    pub at: At,
}

/// One side of an identity.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number.
    Number(Decimal),
    /// The span's length in years.
    Years,
    /// An indicator.
    Reference(Reference),
    /// `+`, `-`, `*`, `/`.
    Binary(char, Box<Formula>, Box<Formula>),
    /// `^ n`; none is `^ years`.
    Power(Box<Formula>, Option<u32>),
    /// `sum(…)` over the years of the span.
    Sum(Box<Formula>),
    /// `product(…)` over the years of the span.
    Product(Box<Formula>),
    /// `compound(…)` with as many terms as years.
    Compound(Box<Formula>),
}

impl Formula {
    /// Calls `visit` with every reference.
    pub fn references<'a>(&'a self, visit: &mut impl FnMut(&'a Reference)) {
        match self {
            Formula::Number(_) | Formula::Years => {}
            Formula::Reference(reference) => visit(reference),
            Formula::Binary(_, a, b) => {
                a.references(visit);
                b.references(visit);
            }
            Formula::Power(a, _) | Formula::Sum(a) | Formula::Product(a) | Formula::Compound(a) => {
                a.references(visit);
            }
        }
    }
}

/// A formula and what was wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What was expected.
    pub expected: &'static str,
    /// The text from there on.
    pub found: String,
}

/// Reads `left = right` or `left <= right`; true where it is `<=`.
pub fn relation(text: &str) -> Result<(Formula, Formula, bool), Unreadable> {
    let mut reader = Reader { rest: text };
    let left = reader.sum()?;
    let at_most = match (reader.take("<="), reader.take("=")) {
        (true, _) => true,
        (false, true) => false,
        (false, false) => return Err(reader.wrong("= or <=")),
    };
    let right = reader.sum()?;
    if reader.rest.trim().is_empty() {
        Ok((left, right, at_most))
    } else {
        Err(reader.wrong("the end"))
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(token) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn wrong(&self, expected: &'static str) -> Unreadable {
        Unreadable {
            expected,
            found: self.rest.trim().to_owned(),
        }
    }

    fn word(&mut self, of: impl Fn(char) -> bool) -> &str {
        let rest = self.rest.trim_start();
        let end = rest.find(|c| !of(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        self.rest = after;
        word
    }

    fn sum(&mut self) -> Result<Formula, Unreadable> {
        let mut left = self.term()?;
        loop {
            let operator = if self.take("+") {
                '+'
            } else if self.take("-") {
                '-'
            } else {
                return Ok(left);
            };
            left = Formula::Binary(operator, Box::new(left), Box::new(self.term()?));
        }
    }

    fn term(&mut self) -> Result<Formula, Unreadable> {
        let mut left = self.factor()?;
        loop {
            let operator = if self.take("*") {
                '*'
            } else if self.take("/") {
                '/'
            } else {
                return Ok(left);
            };
            left = Formula::Binary(operator, Box::new(left), Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Result<Formula, Unreadable> {
        let base = self.atom()?;
        if !self.take("^") {
            return Ok(base);
        }
        if self.take("years") {
            return Ok(Formula::Power(Box::new(base), None));
        }
        let exponent = self
            .word(|c| c.is_ascii_digit())
            .parse()
            .ok()
            .filter(|n| (1..=100).contains(n));
        exponent.map_or_else(
            || Err(self.wrong("a power from 1 to 100, or years")),
            |n| Ok(Formula::Power(Box::new(base), Some(n))),
        )
    }

    fn atom(&mut self) -> Result<Formula, Unreadable> {
        if self.take("(") {
            let inner = self.sum()?;
            return if self.take(")") {
                Ok(inner)
            } else {
                Err(self.wrong(")"))
            };
        }
        if self.rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            let number = self.word(|c| c.is_ascii_digit() || c == '.').parse().ok();
            return number.map(Formula::Number).ok_or_else(|| self.wrong("a number"));
        }
        let before = self.rest;
        let word = self
            .word(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
            .to_owned();
        let inside = |reader: &mut Self| -> Result<Box<Formula>, Unreadable> {
            if !reader.take("(") {
                return Err(reader.wrong("("));
            }
            let inner = reader.sum()?;
            if reader.take(")") {
                Ok(Box::new(inner))
            } else {
                Err(reader.wrong(")"))
            }
        };
        match word.as_str() {
            "years" => return Ok(Formula::Years),
            "sum" => return Ok(Formula::Sum(inside(self)?)),
            "product" => return Ok(Formula::Product(inside(self)?)),
            "compound" => return Ok(Formula::Compound(inside(self)?)),
            _ => {}
        }
        let Ok(indicator) = IndicatorCode::new(word) else {
            self.rest = before;
            return Err(self.wrong("an indicator, a number, sum, product, compound or years"));
        };
        let prices = if self.take("@current") {
            Prices::Current
        } else if self.take("@constant") {
            Prices::Constant
        } else {
            Prices::Plain
        };
        let aspect = if self.take("@change_a_year") {
            Aspect::ChangeAYear
        } else if self.take("@change") {
            Aspect::Change
        } else if self.take("@growth") {
            Aspect::Growth
        } else {
            Aspect::Value
        };
        let at = if self.take("[") {
            let word = self.word(|c| c != ']').to_owned();
            let at = match word.as_str() {
                "first" => At::First,
                "last" => At::Last,
                "before" => At::Before,
                "each" => At::Each,
                offset => At::Offset(
                    offset
                        .parse()
                        .map_err(|_| self.wrong("first, last, before, each or a number of years"))?,
                ),
            };
            if !self.take("]") {
                return Err(self.wrong("]"));
            }
            at
        } else {
            At::Own
        };
        Ok(Formula::Reference(Reference {
            indicator,
            prices,
            aspect,
            at,
        }))
    }
}

/// An expression over variables (by index), as it stands in one relation.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number.
    Number(Decimal),
    /// A variable.
    Variable(usize),
    /// `+`, `-`, `*`, `/`.
    Binary(char, Box<Expression>, Box<Expression>),
    /// To a whole power.
    Power(Box<Expression>, u32),
    /// The root of this degree.
    Root(Box<Expression>, u32),
    /// `x + x² + … + xⁿ`.
    Compound(Box<Expression>, u32),
    /// The `x` of which the argument is the compound sum.
    CompoundRoot(Box<Expression>, u32),
}

impl Expression {
    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Expression::Number(Decimal::from_i64(value).unwrap_or_default())
    }

    /// Two expressions joined by an operator.
    pub fn binary(operator: char, left: Expression, right: Expression) -> Self {
        Expression::Binary(operator, Box::new(left), Box::new(right))
    }

    /// How often the variable stands in it.
    pub fn count(&self, variable: usize) -> usize {
        match self {
            Expression::Number(_) => 0,
            Expression::Variable(index) => usize::from(*index == variable),
            Expression::Binary(_, a, b) => a.count(variable) + b.count(variable),
            Expression::Power(a, _)
            | Expression::Root(a, _)
            | Expression::Compound(a, _)
            | Expression::CompoundRoot(a, _) => a.count(variable),
        }
    }

    /// Calls `visit` with every variable, in the order in which they stand.
    pub fn variables(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Expression::Number(_) => {}
            Expression::Variable(index) => visit(*index),
            Expression::Binary(_, a, b) => {
                a.variables(visit);
                b.variables(visit);
            }
            Expression::Power(a, _)
            | Expression::Root(a, _)
            | Expression::Compound(a, _)
            | Expression::CompoundRoot(a, _) => a.variables(visit),
        }
    }
}

/// `left = right` solved for a variable that stands in it once; none where it stands there more often or not at all.
///
/// An even power is taken to have a root that is not negative, as growth factors have.
pub fn solved_for(variable: usize, left: &Expression, right: &Expression) -> Option<Expression> {
    match (left.count(variable), right.count(variable)) {
        (1, 0) => unwind(variable, left, right.clone()),
        (0, 1) => unwind(variable, right, left.clone()),
        _ => None,
    }
}

fn unwind(variable: usize, holder: &Expression, value: Expression) -> Option<Expression> {
    match holder {
        Expression::Variable(index) => (*index == variable).then_some(value),
        Expression::Number(_) => None,
        Expression::Binary(operator, a, b) => {
            let in_left = a.count(variable) == 1;
            let (holder, other) = if in_left { (a, b) } else { (b, a) };
            let other = (**other).clone();
            let value = match (operator, in_left) {
                ('+', _) => Expression::binary('-', value, other),
                ('-', true) => Expression::binary('+', value, other),
                ('*', _) => Expression::binary('/', value, other),
                ('/', true) => Expression::binary('*', value, other),
                ('-' | '/', false) => Expression::Binary(*operator, Box::new(other), Box::new(value)),
                _ => return None,
            };
            unwind(variable, holder, value)
        }
        Expression::Power(a, n) => unwind(variable, a, Expression::Root(Box::new(value), *n)),
        Expression::Root(a, n) => unwind(variable, a, Expression::Power(Box::new(value), *n)),
        Expression::Compound(a, n) => unwind(variable, a, Expression::CompoundRoot(Box::new(value), *n)),
        Expression::CompoundRoot(a, n) => unwind(variable, a, Expression::Compound(Box::new(value), *n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_read_as_they_are_written() {
        let (left, right, at_most) = relation(
            "grdp.level@current[last] = grdp.level@current[before] * (1 + grdp.growth / 100) ^ years",
        )
        .unwrap();
        assert!(!at_most);
        let mut seen = Vec::new();
        left.references(&mut |reference| seen.push(reference.at));
        right.references(&mut |reference| seen.push(reference.at));
        assert_eq!(seen, [At::Last, At::Before, At::Own]);
        assert!(
            matches!(right, Formula::Binary('*', _, ref power) if matches!(**power, Formula::Power(_, None)))
        );
        assert!(relation("a.b + a.c[-1] * 2 <= sum(a.d[each])").unwrap().2);
    }

    #[test]
    fn a_wrong_formula_says_what_was_expected_and_where() {
        for (text, expected) in [
            ("a.b", "= or <="),
            (
                "a.b = ",
                "an indicator, a number, sum, product, compound or years",
            ),
            ("(a.b = 1", ")"),
            ("a.b = a.c ^ x", "a power from 1 to 100, or years"),
            ("a.b[soon] = 1", "first, last, before, each or a number of years"),
            ("a.b = 1 1", "the end"),
        ] {
            assert_eq!(relation(text).unwrap_err().expected, expected, "{text}");
        }
    }

    #[test]
    fn an_equation_is_solved_for_what_stands_in_it_once() {
        // v0 = v1 * (1 + v2 / 100) ^ 5, for v2: ((v0 / v1) root 5 - 1) * 100
        let variable = |index| Expression::Variable(index);
        let factor = Expression::binary(
            '+',
            Expression::whole(1),
            Expression::binary('/', variable(2), Expression::whole(100)),
        );
        let right = Expression::binary('*', variable(1), Expression::Power(Box::new(factor), 5));
        let solved = solved_for(2, &variable(0), &right).unwrap();
        let root = Expression::Root(Box::new(Expression::binary('/', variable(0), variable(1))), 5);
        let expected = Expression::binary(
            '*',
            Expression::binary('-', root, Expression::whole(1)),
            Expression::whole(100),
        );
        assert_eq!(solved, expected);
        assert_eq!(solved_for(3, &variable(0), &right), None);
    }
}
