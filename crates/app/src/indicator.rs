//! An indicator: its definition, its series by place, its targets, and the sources that disagree.

use std::sync::Arc;

use plan::{Direction, PriceBasis};
use store::Which;
use terms::{Date, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::assess::{Assessed, Picture, WithinYear, basis_of, unit_of};
use crate::consistency::FindingView;
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::known_on;
use crate::scoreboard::{Baseline, ResultView, TargetRow};
use crate::view::{ActView, Amount, Bilingual, IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

/// What to show of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndicatorQuery {
    /// Which.
    pub code: IndicatorCode,
    /// Only this place; none: all that have values.
    pub place: Option<RefArea>,
    /// As known at the end of this day (UTC); none: now.
    pub known_on: Option<Date>,
}

/// An indicator's page.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorView {
    /// Code, name, unit.
    pub indicator: IndicatorName,
    /// What is counted and how; empty where the catalogue has none.
    pub definition: Bilingual,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// In whose prices, where the catalogue settles it.
    pub price_basis: Option<PriceBasis>,
    /// The least and greatest value that can be.
    pub limits: (Option<Decimal>, Option<Decimal>),
    /// One series for each place, measure, price basis and scope that has values or targets.
    pub series: Vec<Series>,
    /// Values of the same thing that differ, side by side.
    pub disagreements: Vec<Arc<FindingView>>,
    /// Values that were corrected, replaced or taken back, with what the record says of each; newest first.
    pub history: Vec<PastValue>,
    /// Targets that were revised or taken back, with the paper that had set them and what ended them; newest first.
    pub past_targets: Vec<PastTarget>,
}

/// A series for one place, measure, price basis and scope: one chart, one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Of whom.
    pub place: UnitName,
    /// Which aspect.
    pub measure: Measure,
    /// In whose prices.
    pub price_basis: Option<PriceBasis>,
    /// What is counted, where its papers say more than the definition.
    pub scope: Option<Bilingual>,
    /// The results, oldest first; several of one period where editions or sources differ.
    pub results: Vec<ResultView>,
    /// The targets of this series.
    pub targets: Vec<TargetPath>,
}

/// A target with the way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetPath {
    /// The target and how it stands.
    pub row: TargetRow,
    /// Where the path begins.
    pub baseline: Option<Baseline>,
    /// The way from baseline to target: a value for each year, lower and upper end.
    pub path: Vec<(TimePeriod, Decimal, Decimal)>,
    /// The course of the year, where months or quarters are gathered against a year's whole.
    pub within_year: Option<WithinYear>,
}

/// A value that no longer holds.
#[derive(Debug, Clone, PartialEq)]
pub struct PastValue {
    /// The value as it was.
    pub result: ResultView,
    /// Of whom.
    pub place: UnitName,
    /// Which aspect.
    pub measure: Measure,
    /// The act that ended it.
    pub ended: ActView,
}

/// A target that no longer holds.
#[derive(Debug, Clone, PartialEq)]
pub struct PastTarget {
    /// Which.
    pub target: plan::TargetId,
    /// Of whom.
    pub place: UnitName,
    /// By when it was due.
    pub due: TimePeriod,
    /// What was due.
    pub amount: Amount,
    /// The papers that had set it.
    pub sources: Vec<SourceView>,
    /// The act that ended it: by which paper it was revised the target that took its place tells.
    pub ended: ActView,
}

impl App {
    /// An indicator's page. Nine statements.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`], [`Error::Denied`].
    pub async fn indicator(&self, actor: &Actor, query: &IndicatorQuery) -> Result<IndicatorView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let reference = &lists.reference;
        let indicator = reference
            .indicator(&query.code)
            .ok_or(Error::NotFound { what: "indicator" })?;
        let mut reading = self.reading().await?;
        let which = Which::Indicator(&query.code);
        let mut picture = Picture::load(&mut reading, known_on(query.known_on), which).await?;
        let found = self.found(&mut reading).await?;
        picture.marks = self.marks(&picture, &mut reading, query.known_on).await?;
        if let Some(place) = &query.place {
            picture
                .observations
                .retain(|stored| stored.observation.ref_area == *place);
            picture.targets.retain(|stored| stored.target.ref_area == *place);
        }
        let (ended, ended_sources) = reading.ended_observations(&query.code).await?;
        let acts = reading.acts_that_ended(&query.code).await?;
        let (ended_targets, target_sources) = reading.ended_targets(&query.code).await?;
        let of_targets = Picture::of_ended(target_sources);
        let past_targets = ended_targets
            .iter()
            .filter(|stored| {
                let place = &stored.target.ref_area;
                query.place.as_ref().is_none_or(|asked| place == asked)
            })
            .filter_map(|stored| {
                let target = &stored.target;
                let act = acts.iter().find(|act| Some(act.entry) == stored.ended_by)?;
                Some(PastTarget {
                    target: stored.id,
                    place: reference.unit_name(&target.ref_area),
                    due: target.due,
                    amount: Amount {
                        value: target.value,
                        upper: target.upper,
                        bound: target.bound,
                        unit: unit_of(Some(indicator), target.measure),
                        price_basis: basis_of(target.price_basis, Some(indicator), target.measure),
                        scope: reference.scope_name(target.scope.as_ref()),
                    },
                    sources: of_targets.sources_of(stored.id.0),
                    ended: ActView::of(act),
                })
            })
            .collect();
        let past = Picture::of_ended(ended_sources);
        let day = query.known_on.unwrap_or_else(|| self.today());
        let history = ended
            .iter()
            .filter(|stored| {
                query
                    .place
                    .as_ref()
                    .is_none_or(|place| stored.observation.ref_area == *place)
            })
            .filter_map(|stored| {
                let act = acts.iter().find(|act| Some(act.entry) == stored.ended_by)?;
                Some(PastValue {
                    result: past.result(reference, stored),
                    place: reference.unit_name(&stored.observation.ref_area),
                    measure: stored.observation.measure,
                    ended: ActView::of(act),
                })
            })
            .collect();
        Ok(IndicatorView {
            indicator: reference.indicator_name(&query.code),
            definition: Bilingual {
                vi: indicator.definition_vi.clone(),
                en: indicator.definition_en.clone(),
            },
            direction: indicator.direction,
            price_basis: indicator.price_basis,
            limits: (indicator.natural_minimum, indicator.natural_maximum),
            series: series(&picture, reference, day),
            disagreements: found
                .findings
                .iter()
                .filter(|finding| {
                    query.known_on.is_none() && finding.settled.is_none() && finding.is_about(query)
                })
                .cloned()
                .collect(),
            history,
            past_targets,
        })
    }
}

/// One series for each place, measure, price basis and scope: places by tier and code, levels first.
fn series(picture: &Picture, reference: &Reference, day: Date) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    let mut observations: Vec<_> = picture.observations.iter().collect();
    observations.sort_by_key(|stored| {
        let period = stored.observation.time_period;
        (
            period.end(),
            period.start(),
            stored.observation.edition,
            stored.id,
        )
    });
    for stored in observations {
        let result = picture.result(reference, stored);
        let (place, measure) = (&stored.observation.ref_area, stored.observation.measure);
        series_for(&mut all, reference, place, measure, &result.amount)
            .results
            .push(result);
    }
    for assessed in picture.assess_all(reference, day) {
        let row = &assessed.row;
        // A change is shown on the series that it changes.
        let measure = if row.basis == plan::Basis::Change {
            Measure::Level
        } else {
            row.measure
        };
        let place = row.place.code.clone();
        series_for(&mut all, reference, &place, measure, &row.amount)
            .targets
            .push(TargetPath::of(assessed));
    }
    all.sort_by(|a, b| {
        let key = |series: &Series| (series.place.level, series.place.code.clone(), series.measure);
        key(a).cmp(&key(b))
    });
    all
}

fn series_for<'a>(
    all: &'a mut Vec<Series>,
    reference: &Reference,
    place: &RefArea,
    measure: Measure,
    amount: &Amount,
) -> &'a mut Series {
    let found = all.iter().position(|series| {
        series.place.code == *place
            && series.measure == measure
            && series.price_basis == amount.price_basis
            && series.scope == amount.scope
    });
    let at = found.unwrap_or_else(|| {
        all.push(Series {
            place: reference.unit_name(place),
            measure,
            price_basis: amount.price_basis,
            scope: amount.scope.clone(),
            results: Vec::new(),
            targets: Vec::new(),
        });
        all.len() - 1
    });
    &mut all[at]
}

impl TargetPath {
    pub(crate) fn of(assessed: Assessed) -> Self {
        Self {
            baseline: assessed.row.baseline.clone(),
            row: assessed.row,
            path: assessed.path,
            within_year: assessed.within_year,
        }
    }
}
