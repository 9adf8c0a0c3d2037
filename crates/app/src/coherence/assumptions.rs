//! What is assumed beside targets and results: ranges of the repository, changed or dropped by whoever asks.

use engine::coherence::{self as coherence, Aspect, Basis, Claim, Quantity, Role};
use engine::meaning::Allowed;
use terms::{Bound, Date, Decimal, Diagnostic, IndicatorCode, Measure, Place, TimePeriod};

use super::CoherenceQuery;
use super::gather::Gathered;
use super::told::quantity_view;
use super::view::ClaimView;
use crate::Error;
use crate::assess::unit_of;
use crate::reference::Reference;
use crate::register::PROVINCE;
use crate::view::{Amount, SourceView};

const ASSUMPTIONS: &str = include_str!("../../../../data/assumptions.csv");

/// An assumption as the repository states it, for a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssumptionDefault {
    /// Its stable name; message `assumption-NAME`.
    pub name: &'static str,
    /// Its range; none where it is no number.
    pub range: Option<(Decimal, Decimal)>,
    /// Of what.
    pub indicator: &'static str,
}

/// All assumptions, in the order of the repository.
pub fn assumption_defaults() -> Vec<AssumptionDefault> {
    ASSUMPTIONS
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.splitn(7, ',');
            let (name, indicator, _) = (fields.next()?, fields.next()?, fields.next()?);
            let (lower, upper) = (fields.next()?.parse().ok(), fields.next()?.parse().ok());
            Some(AssumptionDefault {
                name,
                range: lower.zip(upper),
                indicator,
            })
        })
        .collect()
}

/// Gathers the assumptions for the years and spans that are spoken of.
///
/// # Errors
/// [`Error::Invalid`] where one that is asked for is unknown or turned round.
pub(super) fn assumptions(
    query: &CoherenceQuery,
    (day, start): (Date, i16),
    reference: &Reference,
    gathered: &mut Gathered,
) -> Result<(), Error> {
    let mut wrong = Vec::new();
    let mut known = Vec::new();
    let mut spans: Vec<TimePeriod> = gathered
        .claims
        .iter()
        .filter(|claim| claim.role == Role::Target)
        .flat_map(|claim| &claim.bindings)
        .filter_map(|(quantity, _)| {
            matches!(quantity.period, TimePeriod::Span(..)).then_some(quantity.period)
        })
        .collect();
    spans.sort();
    spans.dedup();
    let last = gathered
        .claims
        .iter()
        .flat_map(|claim| &claim.bindings)
        .filter_map(|(quantity, _)| coherence::identity::years(quantity.period))
        .map(|(_, to)| to)
        .max()
        .unwrap_or(day.year());
    let mut periods: Vec<TimePeriod> = (start..=last).map(TimePeriod::Year).collect();
    periods.extend(spans.iter().copied());
    for line in ASSUMPTIONS.lines().skip(1) {
        let fields: Vec<&str> = line.splitn(7, ',').collect();
        let [id, indicator, over, lower, upper, tested, source] = fields[..] else {
            continue;
        };
        known.push(id);
        if query.dropped.iter().any(|dropped| dropped == id) {
            continue;
        }
        let given = query.assumed.iter().find(|(name, ..)| name == id);
        let range = match (given, lower.parse(), upper.parse()) {
            (Some((_, lower, upper)), ..) => Some((*lower, *upper)),
            (None, Ok(lower), Ok(upper)) => Some((lower, upper)),
            _ => None,
        };
        if let Some((lower, upper)) = range
            && upper < lower
        {
            wrong.push(
                Diagnostic::error("assumption-turned-round", Place::default())
                    .with("assumption", id)
                    .with("lower", lower)
                    .with("upper", upper),
            );
            continue;
        }
        let source = SourceView {
            document: None,
            figure: None,
            quote: String::new(),
            title: source.to_owned(),
            publisher: String::new(),
            date: None,
            url: None,
            report: None,
        };
        let mut bindings = Vec::new();
        let mut amount = None;
        let mut view = None;
        if id == "even_growth" {
            // No number of its own: the spans named are those over which it holds.
            let growth = IndicatorCode::new("grdp.nominal_growth").map_err(|_| Error::Machine("a code"))?;
            bindings = spans
                .iter()
                .map(|period| {
                    let quantity = Quantity {
                        aspect: Aspect::Value,
                        indicator: growth.clone(),
                        basis: Basis::Plain,
                        place: PROVINCE,
                        period: *period,
                    };
                    (quantity, Allowed::default())
                })
                .collect();
        }
        if let (Ok(code), Some((lower, upper))) = (IndicatorCode::new(indicator), range) {
            let of: Vec<TimePeriod> = match over.parse::<TimePeriod>() {
                Ok(period) => vec![period],
                Err(_) => periods.clone(),
            };
            // What the register knows needs no assumption.
            let told = gathered.claims.iter().any(|claim| {
                claim.role == Role::Result
                    && claim
                        .bindings
                        .iter()
                        .any(|(quantity, _)| quantity.indicator == code && of == [quantity.period])
            });
            if told && given.is_none() {
                continue;
            }
            for period in of {
                let quantity = Quantity {
                    aspect: Aspect::Value,
                    indicator: code.clone(),
                    basis: Basis::Plain,
                    place: PROVINCE,
                    period,
                };
                view = Some(quantity_view(reference, &quantity));
                bindings.push((quantity, Allowed::between(lower, upper)));
            }
            let bound = if lower == upper { Bound::Eq } else { Bound::Range };
            let unit = unit_of(reference.indicator(&code), Measure::Level);
            amount = Some(Amount {
                value: lower,
                upper: (lower != upper).then_some(upper),
                bound,
                unit,
                price_basis: None,
                scope: None,
            });
        }
        gathered.claims.push(Claim {
            id: id.to_owned(),
            role: Role::Assumption,
            bindings,
            readings: Vec::new(),
            tested: tested == "yes",
        });
        gathered.views.push(ClaimView {
            id: id.to_owned(),
            role: Role::Assumption,
            quantity: view,
            amount,
            sources: vec![source],
            targets: Vec::new(),
            every_year: over == "years",
        });
    }
    for name in query.assumed.iter().map(|(name, ..)| name).chain(&query.dropped) {
        if !known.contains(&name.as_str()) {
            wrong.push(
                Diagnostic::error("unknown-assumption", Place::default())
                    .with("found", name)
                    .with("known", known.join(", ")),
            );
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(wrong))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_states_its_assumptions_for_the_form() {
        let all = assumption_defaults();
        assert!(all.iter().any(|one| one.name == "prices" && one.range.is_some()));
        assert!(
            all.iter()
                .any(|one| one.name == "even_growth" && one.range.is_none())
        );
    }
}
