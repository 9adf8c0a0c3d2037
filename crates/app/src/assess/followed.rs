//! Which values a target is held against, and how its number is read.

use engine::{Outcome, season};
use plan::catalogue::OverTime;
use plan::{Basis, Indicator, Target};
use store::{StoredObservation, StoredTarget};
use terms::{Measure, TimePeriod};

use super::units::{self, Counted};
use super::{Picture, basis_of, best_of_each_period};
use crate::reference::Reference;

/// The values that a target is held against.
pub(super) struct Followed<'a> {
    /// How its number is read.
    pub(super) basis: Basis,
    /// The best value of each period that can be compared, oldest first.
    pub(super) best: Vec<&'a StoredObservation>,
    /// The values that count for it, as the engine takes them.
    pub(super) outcomes: Vec<Outcome>,
    /// Of counts and shares of units: what was counted, oldest first.
    pub(super) counted: Vec<Counted>,
    /// Every value of its kind whatever its period: how earlier years went from month to month.
    pub(super) parts: Vec<Outcome>,
    /// Whether values of parts of its one year are gathered against the whole.
    pub(super) within_year: bool,
}

impl Picture {
    /// The values for a target; `results` are all observations of its indicator at its place.
    pub(super) fn followed<'a>(
        &'a self,
        reference: &Reference,
        stored: &StoredTarget,
        results: &[&'a StoredObservation],
    ) -> Followed<'a> {
        let target = &stored.target;
        if target.way.units.is_some_and(|units| units.meets.is_some()) {
            return self.of_units(reference, target);
        }
        let indicator = reference.indicator(&target.indicator);
        let like = |measure: Measure| like(target, indicator, results, measure);
        let mut series = like(target.measure);
        let over_time = reference.over_time(&target.indicator);
        let (mut basis, state) = reading(target, over_time, !series.is_empty());
        let of_changes = matches!(basis, Basis::Change | Basis::ChangePerYear);
        if of_changes && target.measure == Measure::Change {
            series = like(Measure::Level);
        }
        let told = |series: &[&'a StoredObservation]| -> Vec<Outcome> {
            let best = best_of_each_period(series, |stored| self.latest_paper(stored));
            best.iter().map(|stored| outcome(stored)).collect()
        };
        let parts = told(&series);
        let whole = series
            .iter()
            .any(|stored| stored.observation.time_period == target.due);
        // Months and quarters of a flow are gathered against the whole year, where nobody has told the whole yet.
        let flow = basis == Basis::Sum
            || (basis == Basis::AtDue
                && target.way.basis.is_none()
                && over_time == OverTime::Sum
                && target.measure == Measure::Level);
        if let (TimePeriod::Year(_), true, false) = (target.due, flow, whole)
            && let Ok(Some(so_far)) = season::so_far(&parts, target.due)
        {
            series.retain(|stored| {
                let period = stored.observation.time_period;
                target.due.contains(period) || matches!(period, TimePeriod::Year(_))
            });
            return Followed {
                basis: Basis::Sum,
                best: best_of_each_period(&series, |stored| self.latest_paper(stored)),
                outcomes: vec![so_far],
                counted: Vec::new(),
                parts,
                within_year: true,
            };
        }
        // A paper that tells the value of the very span answers the target directly.
        if !basis.has_start() && whole {
            basis = Basis::AtDue;
            series.retain(|stored| stored.observation.time_period == target.due);
        } else {
            series.retain(|stored| comparable(stored.observation.time_period, target.due, state));
        }
        let best = best_of_each_period(&series, |stored| self.latest_paper(stored));
        // A rate of one period is met or missed in that period: those of other periods are no steps on the way to it.
        let rate = matches!(target.measure, Measure::Growth | Measure::Change) && !of_changes;
        let of_due = |period: TimePeriod| !(rate && basis == Basis::AtDue) || period == target.due;
        Followed {
            basis,
            outcomes: best
                .iter()
                .map(|stored| outcome(stored))
                .filter(|outcome| of_due(outcome.period))
                .collect(),
            best,
            counted: Vec::new(),
            parts,
            within_year: false,
        }
    }

    /// Units that meet the target's condition, counted in every period of which any unit tells.
    fn of_units<'a>(&'a self, reference: &Reference, target: &Target) -> Followed<'a> {
        let counted = units::counted(self, reference, target);
        let outcomes: Vec<Outcome> = counted
            .iter()
            .filter_map(|counted| counted.outcome(target.measure))
            .collect();
        Followed {
            basis: target.way.basis.unwrap_or(Basis::AtDue),
            best: Vec::new(),
            parts: outcomes.clone(),
            outcomes,
            counted,
            within_year: false,
        }
    }
}

/// How the number of a target is read, and whether its indicator tells a state: as the paper says, else as is usual.
fn reading(target: &Target, over_time: OverTime, series_is_of_changes: bool) -> (Basis, bool) {
    let usual = Basis::usual(
        target.measure,
        target.due,
        over_time == OverTime::Sum,
        series_is_of_changes,
    );
    let basis = target.way.basis.unwrap_or(usual);
    let changes = matches!(basis, Basis::Change | Basis::ChangePerYear);
    let rate = matches!(target.measure, Measure::Growth | Measure::Change) && !changes;
    let state = !rate && matches!(over_time, OverTime::Last | OverTime::None);
    if target.way.basis.is_some() {
        return (basis, state);
    }
    let basis = match basis {
        // «22 targets in 2025–2030» is no mean of years: a state is due by the end of the span.
        Basis::Average if state => Basis::AtDue,
        // Growth multiplies from year to year: 8 and 12 are 9.98 a year.
        Basis::Average if over_time == OverTime::Compound || target.measure == Measure::Growth => {
            Basis::Compound
        }
        other => other,
    };
    (basis, state)
}

/// The observations of a measure with the target's prices and scope.
fn like<'a>(
    target: &Target,
    indicator: Option<&Indicator>,
    results: &[&'a StoredObservation],
    measure: Measure,
) -> Vec<&'a StoredObservation> {
    let price_basis = basis_of(target.price_basis, indicator, target.measure);
    results
        .iter()
        .filter(|stored| {
            let observation = &stored.observation;
            observation.measure == measure
                && basis_of(observation.price_basis, indicator, measure) == price_basis
                && observation.scope == target.scope
        })
        .copied()
        .collect()
}

fn outcome(stored: &StoredObservation) -> Outcome {
    Outcome {
        period: stored.observation.time_period,
        value: stored.observation.obs_value,
    }
}

/// Whether a result can be held against a target: a half year's flow or ratio says nothing of a year's, and the mean of
/// years nothing of one; a state of any day, month or year does.
fn comparable(result: TimePeriod, due: TimePeriod, state: bool) -> bool {
    let in_years = |period: TimePeriod| match period {
        TimePeriod::Year(_) => true,
        TimePeriod::Span(..) => 366 < period.days(),
        _ => false,
    };
    if result == due {
        return true;
    }
    if state {
        return result.days() <= 366;
    }
    if in_years(due) {
        return matches!(result, TimePeriod::Year(_));
    }
    (result.days() - due.days()).abs() <= 3
}
