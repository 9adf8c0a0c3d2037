//! Values of the same thing that differ between sources.

use std::collections::BTreeMap;

use plan::PriceBasis;
use store::{Known, StoredObservation, Which};
use terms::{Measure, TimePeriod};

use crate::assess::{Picture, basis_of};
use crate::policy::Action;
use crate::reference::Reference;
use crate::scoreboard::ResultView;
use crate::view::{IndicatorName, UnitName};
use crate::{Actor, App, Error};

/// Two or more values of one indicator, place, period and measure that cannot all be right as they stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// Of what.
    pub indicator: IndicatorName,
    /// Of whom.
    pub place: UnitName,
    /// Of when.
    pub period: TimePeriod,
    /// Which aspect.
    pub measure: Measure,
    /// The values, each with its sources, the oldest paper first.
    pub values: Vec<ResultView>,
}

impl App {
    /// All disagreements, by the catalogue's order. Four statements.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn disagreements(&self, actor: &Actor) -> Result<Vec<Disagreement>, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let picture = Picture::load(&mut self.reading().await?, Known::NOW, Which::All).await?;
        Ok(picture.disagreements(&lists.reference))
    }
}

/// The disagreements of a picture: same indicator, place, period, measure and price basis, other value.
pub(crate) fn found_in(picture: &Picture, reference: &Reference) -> Vec<Disagreement> {
    let mut groups: BTreeMap<_, Vec<&StoredObservation>> = BTreeMap::new();
    for stored in &picture.observations {
        let observation = &stored.observation;
        let indicator = reference.indicator(&observation.indicator);
        let basis = match basis_of(observation.price_basis, indicator, observation.measure) {
            None => -1,
            Some(PriceBasis::Current) => 0,
            Some(PriceBasis::Constant { base_year }) => base_year,
        };
        let key = (
            reference.rank(&observation.indicator),
            &observation.indicator,
            &observation.ref_area,
            observation.time_period,
            observation.measure,
            basis,
        );
        groups.entry(key).or_default().push(stored);
    }
    groups
        .into_values()
        .filter(|group| {
            let first = &group[0].observation;
            group.iter().any(|stored| {
                (stored.observation.obs_value, stored.observation.upper) != (first.obs_value, first.upper)
            })
        })
        .map(|group| {
            let first = &group[0].observation;
            let mut values: Vec<ResultView> = group
                .iter()
                .map(|stored| picture.result(reference, stored))
                .collect();
            values.sort_by_key(|value| {
                let day = value.sources.first().and_then(|source| source.date);
                (day.is_none(), day, value.observation)
            });
            Disagreement {
                indicator: reference.indicator_name(&first.indicator),
                place: reference.unit_name(&first.ref_area),
                period: first.time_period,
                measure: first.measure,
                values,
            }
        })
        .collect()
}
