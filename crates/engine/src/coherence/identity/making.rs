//! Making the relations of a question from identities: for every place, year and span that is spoken of.

use std::collections::{BTreeMap, BTreeSet};

use terms::{IndicatorCode, RefArea, TimePeriod};

use super::model::{Made, Model, Natural};
use super::{Identity, Over, span, years, years_of_span};
use crate::coherence::claim::{Aspect, Basis, Claim, Quantity};
use crate::coherence::formula::{At, Expression, Formula, Prices, Reference};

impl Model {
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
            let used = tied(identities, &quantities);
            let years: BTreeSet<i16> = quantities
                .iter()
                .filter_map(|quantity| Some((quantity.aspect, years(quantity.period)?)))
                .flat_map(|(aspect, (a, b))| {
                    if a == b && aspect == Aspect::Value {
                        a..=b
                    } else {
                        a - 1..=b
                    }
                })
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
                    aspect: reference.aspect,
                    basis,
                    place: scope.place.clone(),
                    period,
                };
                // A change that nobody speaks of ties nothing.
                if reference.aspect != Aspect::Value && self.variable(&quantity).is_none() {
                    return None;
                }
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

/// Which identities tie what is spoken of: those of which all indicators but one are spoken of or tied already.
fn tied(identities: &[Identity], quantities: &[&Quantity]) -> Vec<bool> {
    let mut alive: BTreeSet<&IndicatorCode> = quantities.iter().map(|quantity| &quantity.indicator).collect();
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
    used
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
