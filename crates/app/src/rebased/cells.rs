//! One cell of a re-based series: summed, made anew from above and below, or said not to be apportionable.

use std::collections::{HashMap, HashSet};

use engine::rebase::{Rebased, Rebasing, Values, Way};
use plan::catalogue::Aggregation;
use plan::{PriceBasis, UnitNumber};
use terms::{Decimal, IndicatorCode, TimePeriod};

use super::desk::{Desk, Reported};
use super::{Column, Every, Manner, Mark, PartView, RebasedCell, RebasedSeries};
use crate::Error;

impl Desk<'_> {
    /// Adds a column, and gives what was reported, with the units that make up those asked for.
    pub(super) fn period(
        &self,
        series: &mut RebasedSeries,
        code: &IndicatorCode,
        period: TimePeriod,
        basis: Option<PriceBasis>,
        targets: &[UnitNumber],
    ) -> Result<(Vec<Reported>, HashSet<UnitNumber>), Error> {
        let tree = self.reference.tree();
        let (sources, borders) = self.sources(code, period);
        let rebasing = Rebasing::between(tree, &sources, borders, self.as_of);
        let mut figures = Figures::default();
        for needed in
            std::iter::once(code.clone())
                .chain(self.needed(code))
                .chain(match self.aggregation(code) {
                    Aggregation::WeightedMean { weight } => Some(weight),
                    _ => None,
                })
        {
            for unit in &sources {
                let told = self
                    .held
                    .figure_in(&needed, &tree.unit(*unit).code, period, basis);
                series.simulated |= told.is_marked;
                if let Some(value) = told.value.filter(|_| told.is_complete) {
                    figures.0.insert((needed.clone(), *unit), value);
                }
            }
        }
        let weights = (rebasing.way() == Way::Back)
            .then(|| self.weights(series, rebasing.targets()))
            .flatten();
        series.back |=
            rebasing.way() == Way::Back && rebasing.pieces().iter().any(|piece| piece.source != piece.target);
        let own = figures.of(code);
        let made = self.made(code, &rebasing, &figures, weights.as_ref())?;
        let below = self.denominators(code, &rebasing, &figures, weights.as_ref())?;
        let totals = matches!(series.manner, Manner::Sum).then(|| {
            let all = sources.iter().filter_map(|unit| own(*unit)).sum();
            (all, made.iter().filter_map(|one| one.known).sum())
        });
        for (row, target) in series.rows.iter_mut().zip(targets) {
            let found = made.iter().find(|one| one.unit == *target);
            let under = below.iter().find(|one| one.unit == *target);
            row.cells.push(self.cell(code, found, under, &own));
        }
        let reported: Vec<_> = sources.iter().map(|unit| (*unit, own(*unit))).collect();
        series.periods.push(Column {
            period,
            borders,
            known: (
                reported.iter().filter(|(_, value)| value.is_some()).count(),
                reported.len(),
            ),
            totals,
            lost: rebasing.lost().iter().map(|unit| self.name(*unit)).collect(),
        });
        let makes = rebasing
            .pieces()
            .iter()
            .filter(|piece| targets.contains(&piece.target))
            .map(|piece| piece.source)
            .collect();
        Ok((reported, makes))
    }

    fn made(
        &self,
        code: &IndicatorCode,
        rebasing: &Rebasing,
        figures: &Figures,
        weights: Option<&Figures>,
    ) -> Result<Vec<Rebased>, Error> {
        let weight = weights.and_then(|weights| Some(weights.of(self.weight?)));
        let weight: Option<Values<'_>> = weight.as_ref().map(|weight| weight as Values<'_>);
        let own = figures.of(code);
        let made = match self.aggregation(code) {
            Aggregation::Sum => rebasing.additive(&own, weight),
            Aggregation::Ratio {
                numerator,
                denominator,
                factor,
            } => rebasing
                .ratio(&figures.of(&numerator), &figures.of(&denominator), factor, weight)
                // A unit that went on as it was keeps the rate that it reported, also where it told no numerator.
                .map(|ratios| {
                    ratios
                        .into_iter()
                        .zip(rebasing.carried(&own))
                        .map(|(ratio, carried)| {
                            if ratio.value.is_none() && carried.value.is_some() {
                                carried
                            } else {
                                ratio
                            }
                        })
                        .collect()
                }),
            Aggregation::WeightedMean { weight } => rebasing.mean(&own, &figures.of(&weight)),
            Aggregation::Max => rebasing.greatest(&own),
            Aggregation::CountShare { .. } | Aggregation::Last | Aggregation::None => {
                Ok(rebasing.carried(&own))
            }
        };
        made.map_err(|_| Error::Machine("bringing figures into other borders"))
    }

    fn denominators(
        &self,
        code: &IndicatorCode,
        rebasing: &Rebasing,
        figures: &Figures,
        weights: Option<&Figures>,
    ) -> Result<Vec<Rebased>, Error> {
        match self.aggregation(code) {
            Aggregation::Ratio { denominator, .. } => {
                let weight = weights.and_then(|weights| Some(weights.of(self.weight?)));
                let weight: Option<Values<'_>> = weight.as_ref().map(|weight| weight as Values<'_>);
                rebasing
                    .additive(&figures.of(&denominator), weight)
                    .map_err(|_| Error::Machine("bringing figures into other borders"))
            }
            _ => Ok(Vec::new()),
        }
    }

    /// What the older units weigh, of the newest year that they reported it.
    fn weights(&self, series: &mut RebasedSeries, units: &[UnitNumber]) -> Option<Figures> {
        let code = self.weight?;
        let tree = self.reference.tree();
        let periods = self.told.get(code)?.iter().rev();
        for period in periods.filter(|period| Every::of(**period) == Every::Year) {
            let mut figures = Figures::default();
            for unit in units {
                let told = self.held.figure_in(code, &tree.unit(*unit).code, *period, None);
                let is_past = self.name(*unit).valid_to.is_some();
                if let Some(value) = told.value.filter(|_| told.is_complete && is_past) {
                    series.simulated |= told.is_marked;
                    figures.0.insert((code.clone(), *unit), value);
                }
            }
            if !figures.0.is_empty() {
                series.weight = Some((self.reference.indicator_name(code), *period));
                return Some(figures);
            }
        }
        None
    }

    fn cell(
        &self,
        code: &IndicatorCode,
        made: Option<&Rebased>,
        below: Option<&Rebased>,
        reported: &dyn Fn(UnitNumber) -> Option<Decimal>,
    ) -> RebasedCell {
        let Some(made) = made else {
            return RebasedCell {
                value: None,
                known: None,
                mark: Mark::Missing,
                quotient: None,
                parts: Vec::new(),
                missing: Vec::new(),
                not_apportioned: Vec::new(),
            };
        };
        let names = |units: &[UnitNumber]| units.iter().map(|unit| self.name(*unit)).collect();
        let itself = made.parts.len() == 1 && made.parts[0].source == made.unit;
        let mark = match made.value {
            Some(_) if made.estimated => Mark::Estimated,
            Some(_) if itself => Mark::Reported,
            Some(_) => Mark::Whole,
            None if !made.not_apportioned.is_empty() => Mark::NotApportioned,
            None => Mark::Missing,
        };
        RebasedCell {
            value: made.value,
            known: made.known,
            mark,
            quotient: self.quotient(code, made, below),
            parts: made
                .parts
                .iter()
                .map(|part| PartView {
                    unit: self.name(part.source),
                    value: part.value,
                    reported: reported(part.source),
                    share: part.share,
                })
                .collect(),
            missing: names(&made.missing),
            not_apportioned: names(&made.not_apportioned),
        }
    }

    /// What stands above and below a rate; none where it was carried and not made of them.
    fn quotient(
        &self,
        code: &IndicatorCode,
        made: &Rebased,
        below: Option<&Rebased>,
    ) -> Option<(Decimal, Decimal)> {
        let Aggregation::Ratio { factor, .. } = self.aggregation(code) else {
            return None;
        };
        let over: Decimal = made.parts.iter().map(|part| part.value).sum();
        let under = below?.value?;
        let rate = over.checked_div(under)?.checked_mul(factor)?;
        (made.value == Some(rate)).then_some((over, under))
    }
}

/// Figures of units, by indicator.
#[derive(Default)]
struct Figures(HashMap<(IndicatorCode, UnitNumber), Decimal>);

impl Figures {
    fn of(&self, code: &IndicatorCode) -> impl Fn(UnitNumber) -> Option<Decimal> + use<'_> {
        let code = code.clone();
        move |unit| self.0.get(&(code.clone(), unit)).copied()
    }
}
