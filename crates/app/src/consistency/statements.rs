//! Values as statements that can be held against each other.

use std::collections::HashMap;

use engine::consistency::Statement;
use plan::catalogue::OverTime;
use plan::{Edition, ObsStatus};
use store::{StoredObservation, StoredTarget};
use terms::{Date, IndicatorCode, Kind, Measure, RefArea, TimePeriod};

use crate::assess::{Picture, basis_of, unit_of};
use crate::coherence::{is_own_value, step_in};
use crate::reference::Reference;
use crate::view::{Amount, SourceView};

use super::StatementView;

/// A value of either kind.
#[derive(Debug, Clone, Copy)]
pub(super) enum Told<'a> {
    Result(&'a StoredObservation),
    Aim(&'a StoredTarget),
}

impl<'a> Told<'a> {
    /// Every value of a picture that says something, observations first, each by its number.
    pub(super) fn all(picture: &'a Picture) -> impl Iterator<Item = Self> {
        let results = picture.observations.iter();
        results
            .filter(|stored| stored.observation.status != ObsStatus::Missing)
            .map(Told::Result)
            .chain(
                picture
                    .targets
                    .iter()
                    .filter(|stored| stored.target.is_value_of_indicator())
                    .map(Told::Aim),
            )
    }

    pub(super) fn indicator(self) -> &'a IndicatorCode {
        match self {
            Told::Result(stored) => &stored.observation.indicator,
            Told::Aim(stored) => &stored.target.indicator,
        }
    }

    pub(super) fn place(self) -> &'a RefArea {
        match self {
            Told::Result(stored) => &stored.observation.ref_area,
            Told::Aim(stored) => &stored.target.ref_area,
        }
    }

    fn measure(self) -> Measure {
        match self {
            Told::Result(stored) => stored.observation.measure,
            Told::Aim(stored) => stored.target.measure,
        }
    }

    pub(super) fn period(self) -> TimePeriod {
        match self {
            Told::Result(stored) => stored.observation.time_period,
            Told::Aim(stored) => stored.target.due,
        }
    }

    pub(super) fn fact(self) -> u64 {
        match self {
            Told::Result(stored) => stored.id.0,
            Told::Aim(stored) => stored.id.0,
        }
    }

    fn edition(self) -> Option<Edition> {
        match self {
            Told::Result(stored) => Some(stored.observation.edition),
            Told::Aim(_) => None,
        }
    }

    fn amount(self, reference: &Reference) -> Amount {
        let indicator = reference.indicator(self.indicator());
        let (value, upper, bound, basis, scope) = match self {
            Told::Result(stored) => {
                let told = &stored.observation;
                (
                    told.obs_value,
                    told.upper,
                    told.bound,
                    told.price_basis,
                    &told.scope,
                )
            }
            Told::Aim(stored) => {
                let aim = &stored.target;
                (aim.value, aim.upper, aim.bound, aim.price_basis, &aim.scope)
            }
        };
        Amount {
            value,
            upper,
            bound,
            unit: unit_of(indicator, self.measure()),
            price_basis: basis_of(basis, indicator, self.measure()),
            scope: reference.scope_name(scope.as_ref()),
        }
    }

    /// What the engine compares.
    pub(super) fn statement(
        self,
        picture: &Picture,
        reference: &Reference,
        papers: &mut Papers,
    ) -> Statement {
        let indicator = reference.indicator(self.indicator());
        let sources = picture.sources_of(self.fact());
        let amount = self.amount(reference);
        let is_percentage = indicator.is_some_and(|indicator| indicator.unit.is_percentage());
        // The share of an indicator that is a rate is the rate.
        let measure = match self.measure() {
            Measure::Share if is_percentage => Measure::Level,
            other => other,
        };
        let own_value = is_own_value(indicator, measure);
        let (sign, kind, scope) = match self {
            Told::Result(stored) if stored.observation.edition == Edition::Estimate => {
                ('o', Kind::Estimate, &stored.observation.scope)
            }
            Told::Result(stored) => ('o', Kind::Actual, &stored.observation.scope),
            Told::Aim(stored) => ('t', Kind::Target, &stored.target.scope),
        };
        Statement {
            id: format!("{sign}{}", self.fact()),
            indicator: self.indicator().clone(),
            place: self.place().clone(),
            period: state_period(self.period(), reference.over_time(self.indicator())),
            measure,
            kind,
            bound: amount.bound,
            value: amount.value,
            upper: amount.upper,
            step: step_in(amount.value, &sources),
            price_basis: amount.price_basis,
            price_matters: kind != Kind::Target
                && amount.unit.is_money()
                && indicator.is_some_and(|indicator| indicator.price_basis.is_none()),
            own_value,
            edition: self.edition(),
            scope: scope.as_ref().map(ToString::to_string),
            documents: papers.numbers(&sources),
            date: sources.first().and_then(|source| source.date),
        }
    }

    /// What people read of it.
    pub(super) fn view(self, picture: &Picture, reference: &Reference) -> StatementView {
        StatementView {
            fact: self.fact(),
            indicator: reference.indicator_name(self.indicator()),
            place: reference.unit_name(self.place()),
            period: self.period(),
            measure: self.measure(),
            is_target: matches!(self, Told::Aim(_)),
            amount: self.amount(reference),
            edition: self.edition(),
            sources: picture.sources_of(self.fact()),
        }
    }
}

/// What is no sum over time stands at the end of its month as it stands in the month: «by 31 August», «in August».
fn state_period(period: TimePeriod, over_time: OverTime) -> TimePeriod {
    let TimePeriod::Day(day) = period else {
        return period;
    };
    let month = TimePeriod::Month(day.year(), day.month());
    if over_time != OverTime::Sum && month.end() == day {
        month
    } else {
        period
    }
}

/// Which sources are of one paper: two translations of a page have its address, or else its title and day.
#[derive(Debug, Default)]
pub(super) struct Papers(HashMap<(String, Option<Date>), u32>);

impl Papers {
    /// The number of each paper of some sources.
    pub(super) fn numbers(&mut self, sources: &[SourceView]) -> Vec<u32> {
        let mut numbers = Vec::new();
        for source in sources {
            let key = match &source.url {
                Some(url) => (url.clone(), None),
                None => (source.title.clone(), source.date),
            };
            let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            let number = *self.0.entry(key).or_insert(next);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_at_the_end_of_a_month_is_that_of_the_month() {
        for (period, over_time, expected) in [
            ("2025-08-31", OverTime::None, "2025-08"),
            ("2025-08-30", OverTime::None, "2025-08-30"),
            ("2024-02-29", OverTime::Last, "2024-02"),
            // What was collected by a day is not what was collected in the month.
            ("2025-08-31", OverTime::Sum, "2025-08-31"),
            ("2025", OverTime::Last, "2025"),
        ] {
            let found = state_period(period.parse().unwrap(), over_time);
            assert_eq!(found.to_string(), expected, "{period}");
        }
    }
}
