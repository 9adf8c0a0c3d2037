//! From reports to figures in other borders.

use std::collections::{BTreeMap, BTreeSet};

use plan::catalogue::Aggregation;
use plan::{PriceBasis, UnitNumber};
use terms::{AreaLevel, Date, Decimal, IndicatorCode, RefArea, TimePeriod};

use super::{Every, Manner, RebasedRow, RebasedSeries, ReportedRow};
use crate::Error;
use crate::held::Held;
use crate::reference::Reference;
use crate::register::PROVINCE;
use crate::view::{IndicatorName, UnitName};

/// In which periods communes reported each indicator.
pub(super) type Told = BTreeMap<IndicatorCode, BTreeSet<TimePeriod>>;

pub(super) fn told_periods(held: &Held) -> Told {
    let is_commune = |place: &RefArea| {
        place.level() == AreaLevel::Commune && place.as_str().starts_with(PROVINCE.as_str())
    };
    let mut told = Told::new();
    for (period, code) in held.rollups().told(is_commune) {
        told.entry(code).or_default().insert(period);
    }
    told
}

/// A unit with what it reported.
pub(super) type Reported = (UnitNumber, Option<Decimal>);

/// What everything is made from.
pub(super) struct Desk<'a> {
    pub(super) reference: &'a Reference,
    pub(super) held: &'a Held,
    pub(super) told: Told,
    pub(super) as_of: Date,
    pub(super) weight: Option<&'a IndicatorCode>,
}

impl Desk<'_> {
    pub(super) fn name(&self, unit: UnitNumber) -> UnitName {
        self.reference.unit_name(&self.reference.tree().unit(unit).code)
    }

    pub(super) fn aggregation(&self, code: &IndicatorCode) -> Aggregation {
        self.reference
            .catalogue()
            .get(code)
            .map_or(Aggregation::None, |entry| entry.aggregation.clone())
    }

    /// The indicators whose figures must be known for one of another.
    pub(super) fn needed(&self, code: &IndicatorCode) -> Vec<IndicatorCode> {
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
        let mut periods: Vec<TimePeriod> = of(code).into_iter().flatten().copied().collect();
        let needed = self.needed(code);
        if let Some(first) = needed.first().and_then(of) {
            let all = |period: &&TimePeriod| {
                needed
                    .iter()
                    .all(|code| of(code).is_some_and(|told| told.contains(period)))
            };
            periods.extend(first.iter().filter(all));
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
    pub(super) fn basis(&self, code: &IndicatorCode, periods: &[TimePeriod]) -> Option<PriceBasis> {
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
                        .all(|code| self.held.figure_in(code, place, **period, *basis).value.is_some())
                })
                .count()
        };
        let bases = self.held.bases(code);
        if bases.len() == 1 || !needed.iter().any(|code| self.is_money(code)) {
            return bases[0];
        }
        // The first of those that are equal.
        bases.into_iter().rev().max_by_key(known).flatten()
    }

    pub(super) fn is_money(&self, code: &IndicatorCode) -> bool {
        self.reference
            .indicator(code)
            .is_some_and(|indicator| indicator.unit.is_money())
    }

    /// The units that reported in a period, and the day on which they were told apart: those of its last day, or, where none
    /// of these reported, those of its first.
    pub(super) fn sources(&self, code: &IndicatorCode, period: TimePeriod) -> (Vec<UnitNumber>, Date) {
        let tree = self.reference.tree();
        let on = |day: Date| tree.below(&PROVINCE, AreaLevel::Commune, day);
        let at_end = on(period.end());
        let needed = self.needed(code);
        let told = |unit: &UnitNumber| {
            let place = &tree.unit(*unit).code;
            let is_told = |code| self.held.rollups().is_told(code, place, period);
            is_told(code) || needed.iter().any(is_told)
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
}
