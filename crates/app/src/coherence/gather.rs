//! What a question is made of: the quantities that identities know, and what is claimed of them.

use engine::coherence::{self as coherence, Aspect, Basis, Claim, Identity, Quantity};
use engine::meaning::step;
use plan::PriceBasis;
use terms::{Date, Decimal, Diagnostic, IndicatorCode, Measure, Place, TimePeriod};

use super::aspects::Condition;
use super::view::{ClaimView, NoteView};
use crate::reference::Reference;
use crate::register::PROVINCE;
use crate::view::SourceView;

/// The claims of a question, each with its view, and what was left out.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) claims: Vec<Claim>,
    pub(super) views: Vec<ClaimView>,
    pub(super) notes: Vec<NoteView>,
    /// By which conditions targets count units.
    pub(super) conditions: Vec<Condition>,
}

impl Gathered {
    /// What lies ahead begins with the first year of which no result of the economy is known.
    pub(super) fn first_year_ahead(&self, day: Date) -> i16 {
        self.claims
            .iter()
            .flat_map(|claim| &claim.bindings)
            .filter(|(quantity, _)| quantity.indicator.as_str().starts_with("grdp."))
            .filter_map(|(quantity, _)| coherence::identity::years(quantity.period))
            .map(|(_, to)| to + 1)
            .max()
            .unwrap_or(day.year())
    }

    /// What the engine says of claims, as notes on them; the rest as it is.
    pub(super) fn set_aside(&self, told: &[Diagnostic]) -> (Vec<NoteView>, Vec<Diagnostic>) {
        let (mut notes, mut others) = (Vec::new(), Vec::new());
        for diagnostic in told {
            let claim = diagnostic
                .data
                .iter()
                .find(|(name, _)| *name == "claim")
                .and_then(|(_, id)| self.claims.iter().position(|claim| claim.id == *id));
            match claim {
                Some(claim) => notes.push(NoteView {
                    code: diagnostic.code,
                    quantity: None,
                    amount: None,
                    claim: Some(claim),
                    sources: self.views[claim].sources.clone(),
                }),
                None => others.push(diagnostic.clone()),
            }
        }
        (notes, others)
    }
}

/// Indicators that identities speak of and the catalogue does not know: such an identity never ties anything.
pub(super) fn unknown_indicators(identities: &[Identity], reference: &Reference) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for identity in identities {
        let mut look = |named: &coherence::formula::Reference| {
            let known = reference
                .indicators
                .iter()
                .any(|known| known.code == named.indicator);
            let diagnostic = Diagnostic::warning(
                "identity-indicator-unknown",
                Place::file("identities.csv").column("relation"),
            )
            .with("identity", &identity.id)
            .with("indicator", &named.indicator);
            if !known && !found.contains(&diagnostic) {
                found.push(diagnostic);
            }
        };
        identity.left.references(&mut look);
        identity.right.references(&mut look);
    }
    found
}

/// The worth of the last digit with which a quote writes a value.
pub(crate) fn step_in(value: Decimal, sources: &[SourceView]) -> Decimal {
    let plain = step(value, None);
    for source in sources {
        for word in source
            .quote
            .split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        {
            let word = word.trim_matches(['.', ',']);
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            let same = !digits.is_empty()
                && digits.trim_start_matches('0').trim_end_matches('0')
                    == value.abs().mantissa().to_string().trim_end_matches('0');
            if same {
                return step(value, Some(word));
            }
        }
    }
    plain
}

/// Whether a value is one of the indicator's own, of which identities speak: a level, or a rate of an indicator that is a
/// rate. The growth of a count and a share of a sum are not.
pub(crate) fn is_own_value(indicator: Option<&plan::Indicator>, measure: Measure) -> bool {
    match measure {
        Measure::Level => true,
        Measure::Growth | Measure::Share => indicator.is_some_and(|indicator| indicator.unit.is_percentage()),
        Measure::Change => indicator.is_some_and(|indicator| indicator.code.as_str() == "poverty.reduction"),
    }
}

/// The quantity that identities know; none where none speaks of it.
pub(super) fn quantity(
    code: &IndicatorCode,
    period: TimePeriod,
    basis: Option<PriceBasis>,
    identities: &[Identity],
) -> Result<Option<Quantity>, &'static str> {
    use coherence::formula::{Prices, Reference};
    if coherence::identity::years(period).is_none() {
        return Ok(None);
    }
    let (mut plain, mut priced) = (false, false);
    for identity in identities {
        let mut look = |reference: &Reference| {
            if reference.indicator == *code {
                *(if reference.prices == Prices::Plain {
                    &mut plain
                } else {
                    &mut priced
                }) = true;
            }
        };
        identity.left.references(&mut look);
        identity.right.references(&mut look);
    }
    let basis = match (plain, priced, basis) {
        (false, false, _) => return Ok(None),
        (_, true, Some(PriceBasis::Current)) => Basis::Current,
        (_, true, Some(PriceBasis::Constant { base_year })) => Basis::Constant(base_year),
        (_, true, None) => return Err("price-basis-unsaid"),
        (true, false, Some(PriceBasis::Constant { .. })) => return Err("price-basis-mismatch"),
        (true, false, _) => Basis::Plain,
    };
    Ok(Some(Quantity {
        aspect: Aspect::Value,
        indicator: code.clone(),
        basis,
        place: PROVINCE,
        period,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coherence::IDENTITIES;

    #[test]
    fn an_identity_of_an_indicator_that_no_catalogue_has_is_told() {
        let (identities, told) = coherence::read_identities(
            "id,over,relation,needs,derived,source\nmoon,year,grdp.growth = moon.cheese * 2,,,test\n",
            "identities.csv",
        );
        assert_eq!(told, []);
        let reference = Reference::new(crate::reference::Texts::embedded()).unwrap();
        let found = unknown_indicators(&identities, &reference);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code, "identity-indicator-unknown");
        assert!(found[0].data.iter().any(|(_, value)| value == "moon.cheese"));
        let (own, _) = coherence::read_identities(IDENTITIES, "identities.csv");
        let own = unknown_indicators(&own, &reference);
        assert_eq!(own, []);
    }
}
