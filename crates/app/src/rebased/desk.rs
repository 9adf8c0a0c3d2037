//! From reports to figures in other borders.

use std::collections::{BTreeMap, HashMap, HashSet};

use engine::rebase::{Rebased, Rebasing, Values, Way};
use plan::catalogue::Aggregation;
use plan::{PriceBasis, UnitNumber};
use terms::{AreaLevel, Date, Decimal, IndicatorCode, RefArea, TimePeriod};

use super::{Column, Every, Manner, Mark, PartView, RebasedCell, RebasedRow, RebasedSeries, ReportedRow};
use crate::Error;
use crate::assess::Picture;
use crate::explain::Teller;
use crate::reference::Reference;
use crate::register::PROVINCE;
use crate::view::{IndicatorName, UnitName};

/// In which periods communes reported each indicator, and how many of them.
pub(super) type Told = BTreeMap<IndicatorCode, BTreeMap<TimePeriod, usize>>;

pub(super) fn told_periods(picture: &Picture) -> Told {
    let mut told = Told::new();
    for stored in &picture.observations {
        let observation = &stored.observation;
        let place = &observation.ref_area;
        if place.level() == AreaLevel::Commune && place.as_str().starts_with(PROVINCE.as_str()) {
            let periods = told.entry(observation.indicator.clone()).or_default();
            *periods.entry(observation.time_period).or_default() += 1;
        }
    }
    told
}

/// A unit with what it reported.
type Reported = (UnitNumber, Option<Decimal>);

/// What everything is made from.
pub(super) struct Desk<'a> {
    pub(super) reference: &'a Reference,
    pub(super) teller: Teller<'a>,
    pub(super) told: Told,
    pub(super) as_of: Date,
    pub(super) weight: Option<&'a IndicatorCode>,
}

impl Desk<'_> {
    pub(super) fn name(&self, unit: UnitNumber) -> UnitName {
        self.reference.unit_name(&self.reference.tree().unit(unit).code)
    }

    fn aggregation(&self, code: &IndicatorCode) -> Aggregation {
        self.reference
            .catalogue()
            .get(code)
            .map_or(Aggregation::None, |entry| entry.aggregation.clone())
    }

    /// The indicators whose figures must be known for one of another.
    fn needed(&self, code: &IndicatorCode) -> Vec<IndicatorCode> {
        match self.aggregation(code) {
            Aggregation::Ratio {
                numerator,
                denominator,
                ..
            } => vec![numerator, denominator],
            _ => vec![code.clone()],
        }
    }

    /// The periods in which communes reported an indicator, or all that it is made of.
    fn periods(&self, code: &IndicatorCode) -> Vec<TimePeriod> {
        let of = |code: &IndicatorCode| self.told.get(code);
        let mut periods: Vec<TimePeriod> = of(code)
            .into_iter()
            .flat_map(|told| told.keys().copied())
            .collect();
        let needed = self.needed(code);
        if let Some(first) = needed.first().and_then(of) {
            let all = |period: &&TimePeriod| {
                needed
                    .iter()
                    .all(|code| of(code).is_some_and(|told| told.contains_key(period)))
            };
            periods.extend(first.keys().filter(all));
        }
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    pub(super) fn choices(&self) -> Vec<IndicatorName> {
        self.reference
            .indicators
            .iter()
            .filter(|indicator| !self.periods(&indicator.code).is_empty())
            .map(|indicator| self.reference.indicator_name(&indicator.code))
            .collect()
    }

    /// Today, and the eve of every change of borders within the province, the newest first.
    pub(super) fn days(&self, today: Date) -> Vec<Date> {
        let within = |code: &RefArea| code.as_str().starts_with(PROVINCE.as_str());
        let mut days: Vec<Date> = self
            .reference
            .successions()
            .iter()
            .filter(|one| within(&one.successor) && one.successor.level() == AreaLevel::Commune)
            .filter_map(|one| one.date.yesterday().ok())
            .chain([today, self.as_of])
            .collect();
        days.sort_unstable_by(|a, b| b.cmp(a));
        days.dedup();
        days
    }

    pub(super) fn series(
        &self,
        code: &IndicatorCode,
        every: Option<Every>,
        targets: &[UnitNumber],
    ) -> Result<Option<RebasedSeries>, Error> {
        let all = self.periods(code);
        let mut lengths: Vec<Every> = all.iter().map(|period| Every::of(*period)).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let Some(every) = every.filter(|every| lengths.contains(every)).or_else(|| {
            let count = |every: &Every| all.iter().filter(|period| Every::of(**period) == *every).count();
            // The longest of those of which most is known.
            lengths.iter().rev().copied().max_by_key(count)
        }) else {
            return Ok(None);
        };
        let periods: Vec<TimePeriod> = all
            .into_iter()
            .filter(|period| Every::of(*period) == every)
            .collect();
        let basis = self.basis(code, &periods);
        let mut series = RebasedSeries {
            indicator: self.reference.indicator_name(code),
            manner: self.manner(code),
            price_basis: basis,
            lengths,
            every,
            periods: Vec::new(),
            rows: targets
                .iter()
                .map(|unit| RebasedRow {
                    unit: self.name(*unit),
                    cells: Vec::new(),
                })
                .collect(),
            reported: Vec::new(),
            back: false,
            weight: None,
            simulated: false,
        };
        let mut reported: BTreeMap<RefArea, Vec<Option<Decimal>>> = BTreeMap::new();
        for (at, period) in periods.iter().enumerate() {
            let (told, makes) = self.period(&mut series, code, *period, basis, targets)?;
            for (unit, value) in told.into_iter().filter(|(unit, _)| makes.contains(unit)) {
                let code = self.reference.tree().unit(unit).code.clone();
                let row = reported.entry(code).or_default();
                row.resize(at, None);
                row.push(value);
            }
        }
        series.reported = reported
            .into_iter()
            .map(|(code, mut values)| {
                values.resize(periods.len(), None);
                ReportedRow {
                    unit: self.reference.unit_name(&code),
                    values,
                }
            })
            .collect();
        Ok(Some(series))
    }

    fn manner(&self, code: &IndicatorCode) -> Manner {
        let name = |code: &IndicatorCode| self.reference.indicator_name(code);
        match self.aggregation(code) {
            Aggregation::Sum => Manner::Sum,
            Aggregation::Ratio {
                numerator,
                denominator,
                ..
            } => Manner::Ratio {
                numerator: name(&numerator),
                denominator: name(&denominator),
            },
            Aggregation::WeightedMean { weight } => Manner::Mean {
                weight: name(&weight),
            },
            Aggregation::Max => Manner::Greatest,
            Aggregation::CountShare { .. } | Aggregation::Last | Aggregation::None => Manner::Carried,
        }
    }

    /// The prices in which most is known: figures of two kinds of prices are never added.
    fn basis(&self, code: &IndicatorCode, periods: &[TimePeriod]) -> Option<PriceBasis> {
        let needed = self.needed(code);
        let known = |basis: &Option<PriceBasis>| {
            let tree = self.reference.tree();
            periods
                .iter()
                .flat_map(|period| {
                    tree.below(&PROVINCE, AreaLevel::Commune, period.end())
                        .into_iter()
                        .map(move |unit| (unit, period))
                })
                .filter(|(unit, period)| {
                    let place = &tree.unit(*unit).code;
                    needed
                        .iter()
                        .all(|code| self.teller.tell_in(code, place, **period, *basis).value.is_some())
                })
                .count()
        };
        let bases = self.teller.bases(code);
        if bases.len() == 1 || !needed.iter().any(|code| self.is_money(code)) {
            return bases[0];
        }
        // The first of those that are equal.
        bases.into_iter().rev().max_by_key(known).flatten()
    }

    fn is_money(&self, code: &IndicatorCode) -> bool {
        self.reference
            .indicator(code)
            .is_some_and(|indicator| indicator.unit.is_money())
    }

    /// The units that reported in a period, and the day on which they were told apart: those of its last day, or, where none
    /// of these reported, those of its first.
    fn sources(&self, code: &IndicatorCode, period: TimePeriod) -> (Vec<UnitNumber>, Date) {
        let tree = self.reference.tree();
        let on = |day: Date| tree.below(&PROVINCE, AreaLevel::Commune, day);
        let at_end = on(period.end());
        let needed = self.needed(code);
        let told = |unit: &UnitNumber| {
            let place = &tree.unit(*unit).code;
            self.teller.is_reported(code, place, period)
                || needed
                    .iter()
                    .any(|code| self.teller.is_reported(code, place, period))
        };
        if at_end.iter().any(told) {
            return (at_end, period.end());
        }
        let at_start = on(period.start());
        if at_start.iter().any(told) {
            (at_start, period.start())
        } else {
            (at_end, period.end())
        }
    }

    /// Adds a column, and gives what was reported, with the units that make up those asked for.
    fn period(
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
                    .teller
                    .tell_in(&needed, &tree.unit(*unit).code, period, basis);
                series.simulated |= told.is_simulated();
                if let Some(value) = told.value.filter(|_| told.complete) {
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
        let periods = self.told.get(code)?.keys().rev();
        for period in periods.filter(|period| Every::of(**period) == Every::Year) {
            let mut figures = Figures::default();
            for unit in units {
                let told = self.teller.tell_in(code, &tree.unit(*unit).code, *period, None);
                if let Some(value) = told
                    .value
                    .filter(|_| told.complete && told.place.valid_to.is_some())
                {
                    series.simulated |= told.is_simulated();
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
