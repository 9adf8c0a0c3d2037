//! How earlier forecasts did, by backtests over the series at hand.

use std::collections::BTreeMap;

use engine::Outcome;
use engine::forecast::calibrate;
pub use engine::forecast::{Calibration, Group, Model};
use store::Which;
use terms::{Date, TimePeriod};

use crate::assess::{Picture, basis_of, best_of_each_period};
use crate::policy::Action;
use crate::register::known_on;
use crate::{Actor, App, Error};

/// So many points ahead at most: years, or parts of a year.
const FURTHEST: usize = 4;

/// How far chances can be trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationView {
    /// How many series of years, halves, quarters and months there are at all.
    pub all_series: usize,
    /// How many have enough points to be tested.
    pub tested: Option<Calibration>,
    /// Series that were left out since they are simulated.
    pub simulated: usize,
}

impl App {
    /// Forecasts every series of years or of parts of years from each of its points and compares with what came; simulated ones are left out.
    /// Four statements.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn calibration(&self, actor: &Actor) -> Result<CalibrationView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let reference = &lists.reference;
        let mut reading = self.reading().await?;
        let picture = Picture::load(&mut reading, known_on(None), Which::All).await?;
        drop(reading);
        let mut by_series: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for stored in &picture.observations {
            let told = &stored.observation;
            // Years, halves, quarters and months, each a series of its own.
            let parts = match told.time_period {
                TimePeriod::Year(_) => 1,
                TimePeriod::Half(..) => 2,
                TimePeriod::Quarter(..) => 4,
                TimePeriod::Month(..) => 12,
                TimePeriod::Day(_) | TimePeriod::Span(..) => continue,
            };
            let indicator = reference.indicator(&told.indicator);
            let basis = basis_of(told.price_basis, indicator, told.measure);
            let key = (
                told.indicator.clone(),
                told.ref_area.clone(),
                told.measure,
                basis.map(|basis| format!("{basis:?}")),
                told.scope.clone(),
                parts,
            );
            by_series.entry(key).or_default().push(stored);
        }
        let mut simulated = 0;
        let mut series: Vec<(Vec<Outcome>, Vec<Date>)> = Vec::new();
        for ((code, ..), observations) in &by_series {
            let is_simulated = observations.iter().any(|stored| {
                let sources = picture.sources_of(stored.id.0);
                sources.iter().any(crate::view::SourceView::is_simulated)
            });
            if is_simulated {
                simulated += 1;
                continue;
            }
            let best = best_of_each_period(observations, |stored| picture.latest_paper(stored));
            let outcomes = best
                .iter()
                .map(|stored| Outcome {
                    period: stored.observation.time_period,
                    value: stored.observation.obs_value,
                })
                .collect();
            series.push((outcomes, reference.breaks(code)));
        }
        let tested = calibrate(
            series
                .iter()
                .map(|(outcomes, breaks)| (outcomes.as_slice(), breaks.as_slice())),
            FURTHEST,
        );
        Ok(CalibrationView {
            all_series: series.len(),
            tested,
            simulated,
        })
    }
}
