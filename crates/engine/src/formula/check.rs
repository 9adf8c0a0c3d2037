//! Whether the formulas of a catalogue hold together: names, units, cycles.

use std::collections::HashMap;
use std::ops::Range;

use plan::catalogue::{Catalogue, Entry};
use plan::{Aggregation, OverTime};
use terms::{Diagnostic, IndicatorCode, Place};

use super::dimension::Dimension;
use super::{Expression, ExpressionKind, Operator, parse};

/// The checked formulas of a catalogue.
#[derive(Debug, Clone, Default)]
pub struct Formulas {
    by_code: HashMap<IndicatorCode, Expression>,
    texts: HashMap<IndicatorCode, String>,
    /// Each after all that it is made from.
    order: Vec<IndicatorCode>,
}

impl Formulas {
    /// Takes the formulas of a catalogue: those that it writes, and for each ratio its numerator over its denominator.
    ///
    /// # Errors
    /// Every fault, with the row of `indicators.csv`, the column `formula` and the place in the formula:
    /// `formula-syntax`, `formula-unknown-name`, `formula-units`, `formula-cycle`, `formula-sum-of-stock`. Nothing is used
    /// where there is one.
    pub fn of(catalogue: &Catalogue) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let mut formulas = Self::default();
        for entry in catalogue.entries() {
            let Some(text) = text(entry) else { continue };
            match parse(&text) {
                Err(error) => faults.push(
                    fault("formula-syntax", entry, &error.span)
                        .with("formula", &text)
                        .with("expected", error.expected),
                ),
                Ok(expression) => {
                    names(&expression, catalogue, entry, &mut faults);
                    formulas.texts.insert(entry.indicator.code.clone(), text);
                    formulas.by_code.insert(entry.indicator.code.clone(), expression);
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        for entry in catalogue.entries() {
            let Some(expression) = formulas.by_code.get(&entry.indicator.code) else {
                continue;
            };
            let declared = Dimension::of(&entry.indicator.unit);
            match dimension(expression, catalogue) {
                Err(wrong) => faults.push(
                    fault("formula-units", entry, &wrong.span)
                        .with("left", wrong.left)
                        .with("right", wrong.right),
                ),
                // People of people is a plain number, whatever the catalogue calls it.
                Ok(found) if found.is_plain() || found == declared => {}
                Ok(found)
                    if entry.indicator.unit.as_str().starts_with("per ") && found.is_count_per_count() => {}
                Ok(found) => faults.push(
                    fault("formula-units", entry, &expression.span)
                        .with("left", found)
                        .with("right", declared),
                ),
            }
        }
        formulas.put_in_order(catalogue, &mut faults);
        if faults.is_empty() {
            Ok(formulas)
        } else {
            Err(faults)
        }
    }

    /// The formula of an indicator, where it has one.
    pub fn get(&self, code: &IndicatorCode) -> Option<&Expression> {
        self.by_code.get(code)
    }

    /// The text of an indicator's formula.
    pub fn text(&self, code: &IndicatorCode) -> Option<&str> {
        self.texts.get(code).map(String::as_str)
    }

    /// Derived indicators, each after all that it is made from.
    pub fn order(&self) -> &[IndicatorCode] {
        &self.order
    }

    /// Depth first over the names; a name that is still open is a cycle.
    fn put_in_order(&mut self, catalogue: &Catalogue, faults: &mut Vec<Diagnostic>) {
        let mut done: HashMap<IndicatorCode, bool> = HashMap::new();
        for entry in catalogue.entries() {
            let code = &entry.indicator.code;
            if self.by_code.contains_key(code) && !done.contains_key(code) {
                let mut path = Vec::new();
                self.visit(code, catalogue, &mut done, &mut path, faults);
            }
        }
    }

    fn visit(
        &mut self,
        code: &IndicatorCode,
        catalogue: &Catalogue,
        done: &mut HashMap<IndicatorCode, bool>,
        path: &mut Vec<IndicatorCode>,
        faults: &mut Vec<Diagnostic>,
    ) {
        let Some(expression) = self.by_code.get(code).cloned() else {
            return;
        };
        done.insert(code.clone(), false);
        path.push(code.clone());
        let mut named: Vec<(IndicatorCode, Range<usize>, bool)> = Vec::new();
        lagged(&expression, false, &mut named);
        for (name, span, earlier) in named {
            match done.get(&name) {
                // Last year's value of itself is no cycle.
                _ if earlier && name == *code => {}
                Some(false) => {
                    if let Some(entry) = catalogue.get(code) {
                        let chain: Vec<&str> = path.iter().map(IndicatorCode::as_str).collect();
                        faults.push(
                            fault("formula-cycle", entry, &span)
                                .with("chain", chain.join(" → "))
                                .with("name", &name),
                        );
                    }
                }
                Some(true) => {}
                None => self.visit(&name, catalogue, done, path, faults),
            }
        }
        path.pop();
        done.insert(code.clone(), true);
        self.order.push(code.clone());
    }
}

fn lagged(expression: &Expression, earlier: bool, named: &mut Vec<(IndicatorCode, Range<usize>, bool)>) {
    match &expression.kind {
        ExpressionKind::Number(_) => {}
        ExpressionKind::Lag(code, _) => named.push((code.clone(), expression.span.clone(), true)),
        ExpressionKind::Value(code) | ExpressionKind::Sum(code, _) => {
            named.push((code.clone(), expression.span.clone(), earlier));
        }
        ExpressionKind::Minus(inner) => lagged(inner, earlier, named),
        ExpressionKind::Binary(_, left, right) => {
            lagged(left, earlier, named);
            lagged(right, earlier, named);
        }
    }
}

/// The formula that an entry writes, or that its aggregation is.
fn text(entry: &Entry) -> Option<String> {
    match (&entry.formula, &entry.aggregation) {
        (Some(formula), _) => Some(formula.clone()),
        (
            None,
            Aggregation::Ratio {
                numerator,
                denominator,
                factor,
            }
            | Aggregation::CountShare {
                numerator,
                denominator,
                factor,
            },
        ) => Some(format!("{numerator} / {denominator} * {factor}")),
        _ => None,
    }
}

fn fault(code: &'static str, entry: &Entry, span: &Range<usize>) -> Diagnostic {
    let mut place = Place::file("indicators.csv").row(entry.row).column("formula");
    place.span = Some((span.start, span.end));
    Diagnostic::error(code, place).with("indicator", &entry.indicator.code)
}

fn names(expression: &Expression, catalogue: &Catalogue, entry: &Entry, faults: &mut Vec<Diagnostic>) {
    expression.each_code(&mut |code, span| {
        if catalogue.get(code).is_none() {
            faults.push(fault("formula-unknown-name", entry, span).with("name", code));
        }
    });
    sums(expression, &mut |code, span| {
        if catalogue
            .get(code)
            .is_some_and(|named| named.over_time == OverTime::Last)
        {
            faults.push(fault("formula-sum-of-stock", entry, span).with("name", code));
        }
    });
}

fn sums<'a>(expression: &'a Expression, visit: &mut impl FnMut(&'a IndicatorCode, &Range<usize>)) {
    match &expression.kind {
        ExpressionKind::Sum(code, _) => visit(code, &expression.span),
        ExpressionKind::Minus(inner) => sums(inner, visit),
        ExpressionKind::Binary(_, left, right) => {
            sums(left, visit);
            sums(right, visit);
        }
        _ => {}
    }
}

struct Mismatch {
    span: Range<usize>,
    left: Dimension,
    right: Dimension,
}

fn dimension(expression: &Expression, catalogue: &Catalogue) -> Result<Dimension, Mismatch> {
    match &expression.kind {
        ExpressionKind::Number(_) => Ok(Dimension::default()),
        ExpressionKind::Value(code) | ExpressionKind::Lag(code, _) | ExpressionKind::Sum(code, _) => {
            Ok(catalogue
                .get(code)
                .map(|entry| Dimension::of(&entry.indicator.unit))
                .unwrap_or_default())
        }
        ExpressionKind::Minus(inner) => dimension(inner, catalogue),
        ExpressionKind::Binary(operator, left, right) => {
            let (one, other) = (dimension(left, catalogue)?, dimension(right, catalogue)?);
            match operator {
                Operator::Multiply => Ok(one.times(other)),
                Operator::Divide => Ok(one.divided_by(other)),
                Operator::Add | Operator::Subtract if one == other => Ok(one),
                Operator::Add | Operator::Subtract => Err(Mismatch {
                    span: expression.span.clone(),
                    left: one,
                    right: other,
                }),
            }
        }
    }
}
