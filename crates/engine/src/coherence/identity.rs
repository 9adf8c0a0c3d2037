//! Identities as data, and the relations that they become for the places, years and spans in question.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use terms::{Decimal, Diagnostic, IndicatorCode, Place, RefArea, TimePeriod, period::Simple};

use crate::Interval;
use crate::coherence::claim::{Basis, Claim, Quantity};
use crate::coherence::formula::{At, Expression, Formula, Prices, Reference, relation};
use crate::coherence::system::{Node, Relation, System};
use crate::meaning::Allowed;

/// Over what an identity is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Once for every year.
    Year,
    /// Once for every span of years that is spoken of.
    Span,
}

/// A tie between indicators, as a row of `data/identities.csv` states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// Its stable name; message `identity-ID` tells it in words.
    pub id: String,
    /// Over what.
    pub over: Over,
    /// Its left side.
    pub left: Formula,
    /// Its right side.
    pub right: Formula,
    /// Whether the left side may also be less.
    pub at_most: bool,
    /// The assumption without which it does not hold.
    pub needs: Option<String>,
    /// Whether it follows from others of the table; it is kept because it narrows better and tells shorter.
    pub derived: bool,
    /// Where it is laid down.
    pub source: String,
}

/// Reads the table `id,over,relation,needs,derived,source` (no quoting; the source is all that is left of a line).
///
/// Rows that cannot be read are told and left out; the rest goes on.
pub fn read_identities(csv: &str, file: &str) -> (Vec<Identity>, Vec<Diagnostic>) {
    let mut identities: Vec<Identity> = Vec::new();
    let mut diagnostics = Vec::new();
    for (row, line) in (1..)
        .zip(csv.lines())
        .skip(1)
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let place = Place::file(file).row(row);
        let fields: Vec<&str> = line.splitn(6, ',').map(str::trim).collect();
        let [id, over, text, needs, derived, source] = fields[..] else {
            diagnostics.push(
                Diagnostic::error("identity-columns", place)
                    .with("expected", 6)
                    .with("found", fields.len()),
            );
            continue;
        };
        let over = match over {
            "year" => Over::Year,
            "span" => Over::Span,
            other => {
                diagnostics
                    .push(Diagnostic::error("identity-over", place.column("over")).with("found", other));
                continue;
            }
        };
        if identities.iter().any(|known| known.id == id) {
            diagnostics.push(Diagnostic::error("identity-twice", place.column("id")).with("found", id));
            continue;
        }
        match relation(text) {
            Ok((left, right, at_most)) => identities.push(Identity {
                id: id.to_owned(),
                over,
                left,
                right,
                at_most,
                needs: (!needs.is_empty()).then(|| needs.to_owned()),
                derived: derived == "yes",
                source: source.to_owned(),
            }),
            Err(unreadable) => diagnostics.push(
                Diagnostic::error("identity-unreadable", place.column("relation"))
                    .with("expected", unreadable.expected)
                    .with("found", unreadable.found),
            ),
        }
    }
    diagnostics.extend(derived_in_a_circle(&identities, file));
    (identities, diagnostics)
}

/// An identity that says an indicator is made from itself in the same year, as `a.b = a.b * 2`, defines nothing.
fn derived_in_a_circle(identities: &[Identity], file: &str) -> Vec<Diagnostic> {
    let alone = |formula: &Formula| match formula {
        Formula::Reference(reference) => Some(reference.clone()),
        _ => None,
    };
    let mut defined: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let name =
        |reference: &Reference| format!("{}{:?}{:?}", reference.indicator, reference.prices, reference.at);
    let mut found = Vec::new();
    for identity in identities.iter().filter(|identity| !identity.at_most) {
        let Some(whole) = alone(&identity.left) else {
            continue;
        };
        let mut parts = BTreeSet::new();
        identity.right.references(&mut |reference| {
            parts.insert(name(reference));
        });
        let whole_name = name(&whole);
        // Walk down from the parts; meeting the whole again closes a circle.
        let mut open: Vec<String> = parts.iter().cloned().collect();
        let mut seen = BTreeSet::new();
        while let Some(part) = open.pop() {
            if part == whole_name {
                found.push(
                    Diagnostic::warning("identity-circle", Place::file(file).column("relation"))
                        .with("identity", &identity.id)
                        .with("indicator", &whole.indicator),
                );
                break;
            }
            if seen.insert(part.clone()) {
                open.extend(defined.get(&part).into_iter().flatten().cloned());
            }
        }
        defined.entry(whole_name).or_default().extend(parts);
    }
    found
}

/// A relation of the system, told apart for people: which identity, for which year or span, of which place.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Index of the identity.
    pub identity: usize,
    /// Of whom.
    pub place: RefArea,
    /// The year or span.
    pub period: TimePeriod,
    /// Left side.
    pub left: Expression,
    /// Right side.
    pub right: Expression,
}

/// The system of a question: unknowns, relations, and how to name both.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The numbers side.
    pub system: System,
    /// For each variable, what it is.
    pub quantities: Vec<Quantity>,
    /// For each relation, where it comes from.
    pub made: Vec<Made>,
    /// For each claim, the variables it binds and exactly what it allows of them.
    pub claims: Vec<Vec<(usize, Allowed)>>,
    index: HashMap<Quantity, usize>,
}

/// What an indicator can be at all: the catalogue's natural limits.
pub type Natural = HashMap<IndicatorCode, (Option<Decimal>, Option<Decimal>)>;

impl Model {
    /// The variable of a quantity, where the question has it.
    pub fn variable(&self, quantity: &Quantity) -> Option<usize> {
        self.index.get(quantity).copied()
    }

    fn variable_for(&mut self, quantity: Quantity, natural: &Natural) -> usize {
        if let Some(index) = self.index.get(&quantity) {
            return *index;
        }
        let (lower, upper) = natural.get(&quantity.indicator).copied().unwrap_or_default();
        let lower = lower.map_or(f64::NEG_INFINITY, |value| Interval::from_decimal(value).lower());
        let upper = upper.map_or(f64::INFINITY, |value| Interval::from_decimal(value).upper());
        let index = self.quantities.len();
        self.system
            .natural
            .push(Interval::new(lower, upper).unwrap_or(Interval::ENTIRE));
        self.quantities.push(quantity.clone());
        self.index.insert(quantity, index);
        index
    }

    /// Makes the relations that tie the claimed quantities, for every place and every year and span spoken of.
    ///
    /// An identity is made only where all but one of its indicators are claimed or tied already: with two unknowns that
    /// nothing else speaks of it can always be met.
    pub fn new(identities: &[Identity], claims: &[Claim], natural: &Natural) -> Self {
        let mut model = Self::default();
        let mut places: BTreeMap<RefArea, Vec<&Quantity>> = BTreeMap::new();
        for (quantity, _) in claims.iter().flat_map(|claim| {
            claim
                .bindings
                .iter()
                .chain(claim.readings.iter().flat_map(|(_, bindings)| bindings))
        }) {
            places.entry(quantity.place.clone()).or_default().push(quantity);
            model.variable_for(quantity.clone(), natural);
        }
        for (place, quantities) in places {
            let mut alive: BTreeSet<&IndicatorCode> =
                quantities.iter().map(|quantity| &quantity.indicator).collect();
            let mut used = vec![false; identities.len()];
            loop {
                let before = (alive.len(), used.iter().filter(|used| **used).count());
                for (identity, used) in identities.iter().zip(&mut used) {
                    let mut of = BTreeSet::new();
                    identity.left.references(&mut |reference| {
                        of.insert(&reference.indicator);
                    });
                    identity.right.references(&mut |reference| {
                        of.insert(&reference.indicator);
                    });
                    let unknown = of.iter().filter(|indicator| !alive.contains(**indicator)).count();
                    if unknown <= 1 && unknown < of.len() {
                        *used = true;
                        alive.extend(of);
                    }
                }
                if before == (alive.len(), used.iter().filter(|used| **used).count()) {
                    break;
                }
            }
            let years: BTreeSet<i16> = quantities
                .iter()
                .filter_map(|quantity| years(quantity.period))
                .flat_map(|(a, b)| if a == b { a..=b } else { a - 1..=b })
                .collect();
            let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
                continue;
            };
            let spans: BTreeSet<(i16, i16)> = quantities
                .iter()
                .filter_map(|quantity| years_of_span(quantity.period))
                .collect();
            let bases: BTreeSet<i16> = quantities
                .iter()
                .filter_map(|quantity| match quantity.basis {
                    Basis::Constant(year) => Some(year),
                    _ => None,
                })
                .collect();
            for (index, identity) in identities.iter().enumerate().filter(|(index, _)| used[*index]) {
                let needs = match &identity.needs {
                    None => None,
                    Some(id) => match claims.iter().position(|claim| claim.id == *id) {
                        Some(claim) => Some(claim),
                        None => continue,
                    },
                };
                let mut constant = false;
                let mut look = |reference: &Reference| constant |= reference.prices == Prices::Constant;
                identity.left.references(&mut look);
                identity.right.references(&mut look);
                let bases: Vec<i16> = if constant {
                    bases.iter().copied().collect()
                } else {
                    vec![0]
                };
                let scopes: Vec<(i16, i16)> = match identity.over {
                    Over::Year => (first..=last).map(|year| (year, year)).collect(),
                    Over::Span => spans.iter().copied().collect(),
                };
                // An assumption that names quantities holds for their years and spans only.
                let only: Option<BTreeSet<TimePeriod>> = needs
                    .map(|claim| {
                        claims[claim]
                            .bindings
                            .iter()
                            .map(|(quantity, _)| quantity.period)
                            .collect()
                    })
                    .filter(|periods: &BTreeSet<TimePeriod>| !periods.is_empty());
                for base in bases {
                    for (from, to) in &scopes {
                        if only
                            .as_ref()
                            .is_some_and(|only| !only.contains(&span(*from, *to)))
                        {
                            continue;
                        }
                        model.make(
                            identity,
                            index,
                            needs,
                            &Scope {
                                place: &place,
                                from: *from,
                                to: *to,
                                first,
                                last,
                                base,
                                each: None,
                            },
                            natural,
                        );
                    }
                }
            }
        }
        for claim in claims {
            model.bind(&claim.bindings);
        }
        model.system.connect();
        model
    }

    /// Adds a claim; bindings that allow nothing, or of unknown quantities, must have been told before and are skipped.
    pub fn bind(&mut self, bindings: &[(Quantity, Allowed)]) {
        let bound: Vec<(usize, Allowed)> = bindings
            .iter()
            .filter_map(|(quantity, allowed)| Some((self.variable(quantity)?, *allowed)))
            .collect();
        self.system.claims.push(
            bound
                .iter()
                .filter_map(|(variable, allowed)| Some((*variable, allowed.interval()?)))
                .collect(),
        );
        self.claims.push(bound);
    }

    /// Puts other bindings in the place of a claim's own.
    pub fn rebind(&mut self, claim: usize, bindings: &[(Quantity, Allowed)]) {
        self.bind(bindings);
        if let (Some(intervals), Some(exact)) = (self.system.claims.pop(), self.claims.pop()) {
            self.system.claims[claim] = intervals;
            self.claims[claim] = exact;
        }
    }

    /// Adds an unknown; for systems that do not come from identities.
    pub fn add_quantity(&mut self, quantity: Quantity, natural: Interval) -> usize {
        let index = self.variable_for(quantity, &Natural::new());
        self.system.natural[index] = natural;
        index
    }

    /// Adds a relation between unknowns; call [`System::connect`] after the last.
    pub fn add_relation(&mut self, made: Made, at_most: bool, needs: Option<usize>, derived: bool) {
        let mut nodes = Vec::new();
        let (left, right) = (graph(&made.left, &mut nodes), graph(&made.right, &mut nodes));
        let mut variables = Vec::new();
        let mut add = |variable| {
            if !variables.contains(&variable) {
                variables.push(variable);
            }
        };
        made.left.variables(&mut add);
        made.right.variables(&mut add);
        self.system.relations.push(Relation {
            nodes,
            left,
            right,
            at_most,
            variables,
            needs,
            derived,
        });
        self.made.push(made);
    }

    fn make(
        &mut self,
        identity: &Identity,
        index: usize,
        needs: Option<usize>,
        scope: &Scope<'_>,
        natural: &Natural,
    ) {
        let mut each_outside = false;
        let mut outside = |formula: &Formula| each_outside |= mentions_each(formula);
        outside(&identity.left);
        outside(&identity.right);
        let scopes: Vec<Scope<'_>> = if each_outside {
            (scope.from..=scope.to)
                .map(|year| Scope {
                    each: Some(year),
                    ..*scope
                })
                .collect()
        } else {
            vec![*scope]
        };
        for scope in scopes {
            let Some(left) = self.expression(&identity.left, &scope, natural) else {
                continue;
            };
            let Some(right) = self.expression(&identity.right, &scope, natural) else {
                continue;
            };
            let period = if let Some(year) = scope.each {
                TimePeriod::Year(year)
            } else {
                span(scope.from, scope.to)
            };
            let made = Made {
                identity: index,
                place: scope.place.clone(),
                period,
                left,
                right,
            };
            self.add_relation(made, identity.at_most, needs, identity.derived);
        }
    }

    fn expression(&mut self, formula: &Formula, scope: &Scope<'_>, natural: &Natural) -> Option<Expression> {
        let years = scope.to - scope.from + 1;
        let length = u32::try_from(years).ok()?;
        Some(match formula {
            Formula::Number(value) => Expression::Number(*value),
            Formula::Years => Expression::whole(years.into()),
            Formula::Reference(reference) => {
                let period = match reference.at {
                    At::Own => span(scope.from, scope.to),
                    At::Offset(years) => TimePeriod::Year(scope.from + years),
                    At::First => TimePeriod::Year(scope.from),
                    At::Last => TimePeriod::Year(scope.to),
                    At::Before => TimePeriod::Year(scope.from - 1),
                    At::Each => TimePeriod::Year(scope.each?),
                };
                if let TimePeriod::Year(year) = period
                    && !(scope.first..=scope.last).contains(&year)
                {
                    return None;
                }
                let basis = match reference.prices {
                    Prices::Plain => Basis::Plain,
                    Prices::Current => Basis::Current,
                    Prices::Constant => Basis::Constant(scope.base),
                };
                let quantity = Quantity {
                    indicator: reference.indicator.clone(),
                    basis,
                    place: scope.place.clone(),
                    period,
                };
                Expression::Variable(self.variable_for(quantity, natural))
            }
            Formula::Binary(operator, a, b) => Expression::binary(
                *operator,
                self.expression(a, scope, natural)?,
                self.expression(b, scope, natural)?,
            ),
            Formula::Power(a, exponent) => Expression::Power(
                Box::new(self.expression(a, scope, natural)?),
                exponent.unwrap_or(length),
            ),
            Formula::Compound(a) => {
                Expression::Compound(Box::new(self.expression(a, scope, natural)?), length)
            }
            Formula::Sum(a) | Formula::Product(a) => {
                let operator = if matches!(formula, Formula::Sum(_)) {
                    '+'
                } else {
                    '*'
                };
                let mut whole = None;
                for year in scope.from..=scope.to {
                    let part = self.expression(
                        a,
                        &Scope {
                            each: Some(year),
                            ..*scope
                        },
                        natural,
                    )?;
                    whole = Some(match whole {
                        None => part,
                        Some(sum) => Expression::binary(operator, sum, part),
                    });
                }
                whole?
            }
        })
    }
}

#[derive(Clone, Copy)]
struct Scope<'a> {
    place: &'a RefArea,
    from: i16,
    to: i16,
    first: i16,
    last: i16,
    base: i16,
    each: Option<i16>,
}

/// Whether `[each]` stands outside `sum(…)` and `product(…)`: then the identity is made once for each year.
fn mentions_each(formula: &Formula) -> bool {
    match formula {
        Formula::Reference(reference) => reference.at == At::Each,
        Formula::Binary(_, a, b) => mentions_each(a) || mentions_each(b),
        Formula::Power(a, _) | Formula::Compound(a) => mentions_each(a),
        Formula::Number(_) | Formula::Years | Formula::Sum(_) | Formula::Product(_) => false,
    }
}

fn graph(expression: &Expression, nodes: &mut Vec<Node>) -> usize {
    let node = match expression {
        Expression::Number(value) => Node::Constant(Interval::from_decimal(*value)),
        Expression::Variable(index) => Node::Variable(*index),
        Expression::Binary(operator, a, b) => {
            let (a, b) = (graph(a, nodes), graph(b, nodes));
            match operator {
                '+' => Node::Plus(a, b),
                '-' => Node::Minus(a, b),
                '*' => Node::Times(a, b),
                _ => Node::Over(a, b),
            }
        }
        Expression::Power(a, n) => Node::Power(graph(a, nodes), *n),
        Expression::Compound(a, n) => Node::Compound(graph(a, nodes), *n),
        // Roots are written by solving, never in an identity; the power is their relation.
        Expression::Root(a, _) | Expression::CompoundRoot(a, _) => return graph(a, nodes),
    };
    nodes.push(node);
    nodes.len() - 1
}

/// A year, or a span of several.
pub fn span(from: i16, to: i16) -> TimePeriod {
    if from == to {
        TimePeriod::Year(from)
    } else {
        TimePeriod::Span(Simple::Year(from), Simple::Year(to))
    }
}

/// First and last year of a period of whole years.
pub fn years(period: TimePeriod) -> Option<(i16, i16)> {
    match period {
        TimePeriod::Year(year) => Some((year, year)),
        TimePeriod::Span(Simple::Year(from), Simple::Year(to)) => Some((from, to)),
        _ => None,
    }
}

fn years_of_span(period: TimePeriod) -> Option<(i16, i16)> {
    years(period).filter(|(from, to)| from < to)
}
