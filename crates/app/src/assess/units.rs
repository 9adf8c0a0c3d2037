//! «60% of communes»: of which communes, how many that is, and how many meet it.

use std::collections::BTreeMap;

use engine::Outcome;
use plan::catalogue::Aggregation;
use plan::{Among, OrgUnit, Target, Units};
use terms::{AreaLevel, Bound, Date, Decimal, Measure, RefArea, TimePeriod, UnitMeasure};

use super::{Picture, basis_of, best_of_each_period};
use crate::reference::Reference;

/// How many units met a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Of when.
    pub period: TimePeriod,
    /// How many are known to meet it.
    pub meeting: usize,
    /// Of how many anything is known.
    pub known: usize,
    /// Of how many it is asked: the denominator, as of the last day of the period.
    pub of: usize,
}

impl Counted {
    /// As the engine takes it: the count, or the share of all that are asked. A unit that tells nothing is not counted as
    /// meeting it.
    pub(super) fn outcome(&self, measure: Measure) -> Option<Outcome> {
        let meeting = Decimal::from(self.meeting);
        let value = match measure {
            Measure::Share => (meeting * Decimal::ONE_HUNDRED).checked_div(Decimal::from(self.of))?,
            Measure::Level | Measure::Growth | Measure::Change => meeting,
        };
        Some(Outcome {
            period: self.period,
            value,
        })
    }
}

/// A denominator with what the target comes to in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Denominator {
    /// Which units.
    pub among: Among,
    /// How many there are on the due day, as far as it is known today.
    pub units: usize,
    /// What the target comes to in units: 25.2 of 42. None where it is a count already.
    pub needed: Option<Decimal>,
    /// The fewest whole units that meet it (from above: the most): 26.
    pub whole: Option<Decimal>,
}

/// What a count or share of units means.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitsView {
    /// The denominators that the target can have: one where somebody says which, else each that fits.
    pub denominators: Vec<Denominator>,
    /// When a unit counts; none where the indicator is itself told as a count or share.
    pub meets: Option<(Bound, Decimal)>,
    /// What was counted, oldest first.
    pub counted: Vec<Counted>,
}

/// In what such a target is counted: per cent, or communes.
pub(crate) fn unit(measure: Measure) -> UnitMeasure {
    match measure {
        Measure::Share => UnitMeasure::PERCENT,
        Measure::Level | Measure::Growth | Measure::Change => UnitMeasure::from_static("commune"),
    }
}

/// The units that are asked, on a day.
fn asked<'a>(reference: &'a Reference, place: &RefArea, among: Among, on: Date) -> Vec<&'a OrgUnit> {
    let tree = reference.tree();
    tree.below(place, AreaLevel::Commune, on)
        .into_iter()
        .map(|number| tree.unit(number))
        .filter(|unit| among.has(unit))
        .collect()
}

/// Counts the units that meet a target's condition in every period of which any of them tells. O(observations of the
/// indicator).
pub(super) fn counted(picture: &Picture, reference: &Reference, target: &Target) -> Vec<Counted> {
    let Some(units) = target.way.units else {
        return Vec::new();
    };
    let indicator = reference.indicator(&target.indicator);
    let basis = basis_of(target.price_basis, indicator, Measure::Level);
    let mut by_period: BTreeMap<TimePeriod, Vec<&store::StoredObservation>> = BTreeMap::new();
    for stored in &picture.below {
        let told = &stored.observation;
        let is_of_it = told.indicator == target.indicator
            && told.ref_area != target.ref_area
            && told.scope == target.scope
            && matches!(told.measure, Measure::Level | Measure::Share)
            && basis_of(told.price_basis, indicator, Measure::Level) == basis;
        if is_of_it {
            by_period.entry(told.time_period).or_default().push(stored);
        }
    }
    let count = |(period, told): (TimePeriod, Vec<&store::StoredObservation>)| {
        let asked = asked(reference, &target.ref_area, units.among, period.end());
        let mut found = Counted {
            period,
            meeting: 0,
            known: 0,
            of: asked.len(),
        };
        for unit in asked {
            let own: Vec<_> = told
                .iter()
                .filter(|stored| stored.observation.ref_area == unit.code)
                .copied()
                .collect();
            let best = best_of_each_period(&own, |stored| picture.latest_paper(stored));
            if let Some(stored) = best.last() {
                found.known += 1;
                found.meeting += usize::from(units.counts(stored.observation.obs_value));
            }
        }
        found
    };
    let mut counted: Vec<Counted> = by_period.into_iter().map(count).collect();
    counted.retain(|counted| 0 < counted.known);
    counted.sort_by_key(|counted| (counted.period.end(), counted.period.start()));
    counted
}

/// What a target means in units; none where it counts none.
pub(crate) fn view(reference: &Reference, target: &Target, counted: Vec<Counted>) -> Option<UnitsView> {
    let entry = reference.catalogue().get(&target.indicator);
    let share_of_units = target.measure != Measure::Growth
        && entry.is_some_and(|entry| matches!(entry.aggregation, Aggregation::CountShare { .. }));
    let among = match target.way.units {
        Some(Units { among, .. }) => vec![among],
        // Nobody says of which: both readings are told.
        None if share_of_units => vec![Among::All, Among::Communes],
        None => return None,
    };
    let on = target.due.end();
    let is_share = share_of_units || target.measure == Measure::Share;
    let denominators = among
        .into_iter()
        .map(|among| {
            let units = asked(reference, &target.ref_area, among, on).len();
            let needed = (target.value * Decimal::from(units) / Decimal::ONE_HUNDRED).normalize();
            let needed = Some(needed).filter(|_| is_share);
            let whole = needed.map(|needed| match target.bound {
                Bound::Lt => (needed - Decimal::ONE).ceil(),
                Bound::Le => needed.floor(),
                Bound::Gt => (needed + Decimal::ONE).floor(),
                Bound::Eq | Bound::Ge | Bound::Approx | Bound::Range => needed.ceil(),
            });
            Denominator {
                among,
                units,
                needed,
                whole,
            }
        })
        .filter(|denominator| denominator.units != 0)
        .collect();
    Some(UnitsView {
        denominators,
        meets: target.way.units.and_then(|units| units.meets),
        counted,
    })
}
