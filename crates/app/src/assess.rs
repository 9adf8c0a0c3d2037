//! From what the store holds to how it stands: values with their sources, targets with their results.

use std::collections::HashMap;

use engine::{Aim, Attainment, Outcome, Pursuit, SdgClass, Status};
use plan::catalogue::OverTime;
use plan::{Basis, Edition, Indicator, PriceBasis, TargetPath};
use store::{Known, Reading, StoredObservation, StoredSource, StoredTarget, Which};
use terms::{Date, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::Error;
use crate::consistency::Marks;
use crate::reference::Reference;
use crate::scoreboard::{Baseline, ResultView, TargetRow};
use crate::view::{Amount, SourceView};

/// Values and sources of one snapshot.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) observations: Vec<StoredObservation>,
    pub(crate) targets: Vec<StoredTarget>,
    sources: HashMap<u64, Vec<StoredSource>>,
    /// Which values a finding marks; empty where the picture is not for pages.
    pub(crate) marks: Marks,
}

/// How one target stands, and the way to it.
pub(crate) struct Assessed {
    pub(crate) row: TargetRow,
    pub(crate) path: Vec<(TimePeriod, Decimal, Decimal)>,
}

impl Picture {
    /// Four statements: observations, targets, and the sources of each.
    pub(crate) async fn load(reading: &mut Reading, known: Known, which: Which<'_>) -> Result<Self, Error> {
        let mut picture = Self {
            observations: reading.observations(known, which).await?,
            targets: reading.targets(known, which).await?,
            sources: HashMap::new(),
            marks: Marks::default(),
        };
        picture.add_sources(reading.observation_sources(known, which).await?);
        picture.add_sources(reading.target_sources(known, which).await?);
        Ok(picture)
    }

    /// The observations with these numbers, and their sources as known at a time. Two statements for each thousand.
    pub(crate) async fn of_values(reading: &mut Reading, known: Known, ids: &[u64]) -> Result<Self, Error> {
        let (observations, sources) = reading.observations_numbered(known, ids).await?;
        let mut picture = Self {
            observations,
            ..Self::default()
        };
        picture.add_sources(sources);
        Ok(picture)
    }

    /// Only sources: to show values that no longer hold.
    pub(crate) fn of_ended(sources: Vec<StoredSource>) -> Self {
        let mut picture = Self::default();
        picture.add_sources(sources);
        picture
    }

    /// Adds the values and sources of another picture, which has none of this one's.
    pub(crate) fn extend(&mut self, other: Self) {
        self.observations.extend(other.observations);
        self.observations.sort_by_key(|stored| stored.id);
        self.targets.extend(other.targets);
        self.targets.sort_by_key(|stored| stored.id);
        self.sources.extend(other.sources);
    }

    fn add_sources(&mut self, sources: Vec<StoredSource>) {
        for source in sources {
            self.sources.entry(source.fact).or_default().push(source);
        }
    }

    /// The sources of a value, the oldest paper first; those without a day last.
    pub(crate) fn sources_of(&self, fact: u64) -> Vec<SourceView> {
        let mut sources: Vec<_> = self.sources.get(&fact).into_iter().flatten().collect();
        sources.sort_by_key(|source| (source.date.is_none(), source.date, source.entry));
        sources.into_iter().map(source_view).collect()
    }

    /// Whether a value comes from a simulation.
    pub(crate) fn is_simulated(&self, fact: u64) -> bool {
        let mut sources = self.sources.get(&fact).into_iter().flatten();
        sources.any(|source| source.publisher == crate::simulated::PUBLISHER)
    }

    /// An observation as pages show it.
    pub(crate) fn result(&self, reference: &Reference, stored: &StoredObservation) -> ResultView {
        let observation = &stored.observation;
        let indicator = reference.indicator(&observation.indicator);
        ResultView {
            observation: stored.id,
            period: observation.time_period,
            amount: Amount {
                value: observation.obs_value,
                upper: observation.upper,
                bound: observation.bound,
                unit: unit_of(indicator, observation.measure),
                price_basis: basis_of(observation.price_basis, indicator, observation.measure),
                scope: reference.scope_name(observation.scope.as_ref()),
            },
            edition: observation.edition,
            status: observation.status,
            sources: self.sources_of(stored.id.0),
            disputed: self.marks.get(&stored.id.0).cloned(),
        }
    }

    /// Every target with how it stands on a day: by due period, then by the catalogue's order.
    pub(crate) fn assess_all(&self, reference: &Reference, today: Date) -> Vec<Assessed> {
        let mut series: HashMap<(&IndicatorCode, &RefArea), Vec<&StoredObservation>> = HashMap::new();
        for stored in &self.observations {
            let observation = &stored.observation;
            series
                .entry((&observation.indicator, &observation.ref_area))
                .or_default()
                .push(stored);
        }
        let mut targets: Vec<&StoredTarget> = self.targets.iter().collect();
        targets.sort_by_key(|stored| {
            let target = &stored.target;
            (
                target.due.end(),
                target.due.start(),
                reference.rank(&target.indicator),
                stored.id,
            )
        });
        targets
            .into_iter()
            .map(|stored| {
                let key = (&stored.target.indicator, &stored.target.ref_area);
                let results = series.get(&key).map_or(&[][..], Vec::as_slice);
                self.assess(reference, stored, results, today)
            })
            .collect()
    }

    /// How one target stands; `results` are all observations of its indicator and place.
    fn assess(
        &self,
        reference: &Reference,
        stored: &StoredTarget,
        results: &[&StoredObservation],
        today: Date,
    ) -> Assessed {
        let target = &stored.target;
        let indicator = reference.indicator(&target.indicator);
        let price_basis = basis_of(target.price_basis, indicator, target.measure);
        let over_time = reference.over_time(&target.indicator);
        let breaks = reference.breaks(&target.indicator);
        let like = |measure: Measure| -> Vec<&StoredObservation> {
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
        };
        let mut series = like(target.measure);
        let of_changes = !series.is_empty();
        let mut basis = Basis::usual(target.measure, target.due, over_time == OverTime::Sum, of_changes);
        let rate = matches!(target.measure, Measure::Growth | Measure::Change) && basis != Basis::Change;
        let state = !rate && matches!(over_time, OverTime::Last | OverTime::None);
        if state && basis == Basis::Average {
            // «22 targets in 2025–2030» is no mean of years: a state is due by the end of the span.
            basis = Basis::AtDue;
        }
        // Growth multiplies from year to year: 8 and 12 are 9.98 a year.
        if basis == Basis::Average && (over_time == OverTime::Compound || target.measure == Measure::Growth) {
            basis = Basis::Compound;
        }
        if basis == Basis::Change {
            series = like(Measure::Level);
        }
        // A paper that tells the value of the very span answers the target directly.
        if !basis.has_start()
            && series
                .iter()
                .any(|stored| stored.observation.time_period == target.due)
        {
            basis = Basis::AtDue;
            series.retain(|stored| stored.observation.time_period == target.due);
        } else {
            series.retain(|stored| comparable(stored.observation.time_period, target.due, state));
        }
        let best = best_of_each_period(&series, |stored| self.latest_paper(stored));

        let sources = self.sources_of(stored.id.0);
        let decided = sources.iter().filter_map(|source| source.date).min();
        // A rate of one period is met or missed in that period: those of other periods are no steps on the way to it.
        let of_due = |period: TimePeriod| !(rate && basis == Basis::AtDue) || period == target.due;
        let outcomes: Vec<Outcome> = best
            .iter()
            .filter(|stored| of_due(stored.observation.time_period))
            .map(|stored| Outcome {
                period: stored.observation.time_period,
                value: stored.observation.obs_value,
            })
            .collect();
        let baseline = if basis.has_start() {
            baseline(target, &outcomes, decided)
        } else {
            None
        };
        let underway = outcomes.is_empty() && !best.is_empty() && today <= target.due.end();
        let path = TargetPath::Straight;
        let pursuit = Pursuit {
            aim: Aim {
                value: target.value,
                upper: target.upper,
                bound: target.bound,
            },
            basis,
            due: target.due,
            direction: indicator.and_then(|indicator| indicator.direction),
            minimum: indicator.and_then(|indicator| indicator.natural_minimum),
            maximum: indicator.and_then(|indicator| indicator.natural_maximum),
            path: &path,
            baseline: baseline.as_ref().map(|start| Outcome {
                period: start.period,
                value: start.value,
            }),
            results: &outcomes,
            breaks: &breaks,
            today,
        };
        let progress = engine::progress(&pursuit).ok();
        let open = matches!(
            progress.as_ref().map(|progress| progress.status),
            Some(Status::OnTrack | Status::Behind | Status::OffTrack | Status::TooEarly)
        );
        let chance = if open {
            engine::forecast::chance(&pursuit).ok().flatten()
        } else {
            None
        };
        // What came after the due period is not its result.
        let in_time = |stored: &&&StoredObservation| stored.observation.time_period.end() <= target.due.end();
        let latest = best
            .iter()
            .rfind(in_time)
            .map(|stored| self.result(reference, stored));
        let row = TargetRow {
            target: stored.id,
            indicator: reference.indicator_name(&target.indicator),
            place: reference.unit_name(&target.ref_area),
            measure: target.measure,
            amount: Amount {
                value: target.value,
                upper: target.upper,
                bound: target.bound,
                unit: unit_of(indicator, target.measure),
                price_basis,
                scope: reference.scope_name(target.scope.as_ref()),
            },
            due: target.due,
            sources,
            baseline: baseline.clone(),
            latest,
            gap: progress.as_ref().and_then(|progress| progress.gap),
            attainment: progress
                .as_ref()
                .map_or(Attainment::Unknown, |progress| progress.attainment),
            observed_pace: progress.as_ref().and_then(|progress| progress.observed_pace),
            required_pace: progress.as_ref().and_then(|progress| progress.required_pace),
            status: match &progress {
                None => Status::NotComparable,
                Some(progress) if underway && progress.status == Status::NoData => Status::TooEarly,
                Some(progress) => progress.status,
            },
            sdg_class: progress
                .as_ref()
                .map_or(SdgClass::NotAvailable, |progress| progress.sdg_class),
            basis,
            points: best
                .iter()
                .map(|stored| (stored.observation.time_period, stored.observation.obs_value))
                .collect(),
            chance,
            disputed: self.disputed(stored.id.0, &best),
            simulated: std::iter::once(stored.id.0)
                .chain(best.iter().map(|stored| stored.id.0))
                .any(|fact| self.is_simulated(fact)),
        };
        let path = baseline.map_or_else(Vec::new, |start| way(&start, target, basis));
        Assessed { row, path }
    }

    /// The finding that marks a target: its own, that of its latest result, or of any other on its way.
    fn disputed(&self, target: u64, results: &[&StoredObservation]) -> Option<String> {
        let results = results.iter().rev().map(|stored| stored.id.0);
        let mut facts = std::iter::once(target).chain(results);
        facts.find_map(|fact| self.marks.get(&fact)).cloned()
    }

    /// The day of the youngest paper that tells a value: of two tellings of one edition, the later one counts.
    pub(crate) fn latest_paper(&self, stored: &StoredObservation) -> Option<Date> {
        self.sources
            .get(&stored.id.0)?
            .iter()
            .filter_map(|source| source.date)
            .max()
    }
}

/// The price basis by which values are told apart: of a level its own, else the catalogue's; of growth only current prices.
pub(crate) fn basis_of(
    own: Option<PriceBasis>,
    indicator: Option<&Indicator>,
    measure: Measure,
) -> Option<PriceBasis> {
    match measure {
        Measure::Level => own.or(indicator.and_then(|indicator| indicator.price_basis)),
        // Growth is real unless somebody says that it is not; the base year does not change it much.
        Measure::Growth | Measure::Change | Measure::Share => own.filter(|own| *own == PriceBasis::Current),
    }
}

pub(crate) fn unit_of(indicator: Option<&Indicator>, measure: Measure) -> terms::UnitMeasure {
    indicator.map_or(terms::UnitMeasure::new(""), |indicator| {
        indicator.unit_of(measure)
    })
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

/// One value a period, by period: official before preliminary before estimate, then the later paper, then the later entry.
pub(crate) fn best_of_each_period<'a>(
    series: &[&'a StoredObservation],
    paper: impl Fn(&StoredObservation) -> Option<Date>,
) -> Vec<&'a StoredObservation> {
    let edition = |stored: &StoredObservation| match stored.observation.edition {
        Edition::Estimate => 0,
        Edition::Preliminary => 1,
        Edition::Official => 2,
    };
    let mut sorted = series.to_vec();
    sorted.sort_by_key(|stored| {
        let period = stored.observation.time_period;
        (
            period.end(),
            period.start(),
            edition(stored),
            paper(stored),
            stored.id,
        )
    });
    let mut best: Vec<&StoredObservation> = Vec::new();
    for stored in sorted {
        match best.last_mut() {
            Some(last) if last.observation.time_period == stored.observation.time_period => *last = stored,
            _ => best.push(stored),
        }
    }
    best
}

/// Where a target starts: as its paper says, else at the last result before its span and its paper.
fn baseline(target: &plan::Target, outcomes: &[Outcome], decided: Option<Date>) -> Option<Baseline> {
    if let Some((period, value)) = target.baseline {
        return Some(Baseline {
            period,
            value,
            stated: true,
        });
    }
    let before = decided.map_or(target.due.start(), |day| day.min(target.due.start()));
    let last = outcomes.iter().rfind(|outcome| outcome.period.end() < before)?;
    Some(Baseline {
        period: last.period,
        value: last.value,
        stated: false,
    })
}

/// The straight way: a value for each year from the baseline's to the due one, lower and upper end.
fn way(start: &Baseline, target: &plan::Target, basis: Basis) -> Vec<(TimePeriod, Decimal, Decimal)> {
    let (first, last) = (start.period.end().year(), target.due.end().year());
    let years = Decimal::from(last - first);
    if years <= Decimal::ZERO {
        return Vec::new();
    }
    let end = |aim: Decimal| match basis {
        Basis::Change => start.value.checked_add(aim),
        Basis::ChangePerYear => aim
            .checked_mul(years)
            .and_then(|change| start.value.checked_add(change)),
        Basis::AtDue | Basis::Average | Basis::Compound | Basis::Sum => Some(aim),
    };
    let (Some(low), Some(high)) = (end(target.value), end(target.upper.unwrap_or(target.value))) else {
        return Vec::new();
    };
    let at = |goal: Decimal, year: i16| {
        let way = goal
            .checked_sub(start.value)?
            .checked_mul(Decimal::from(year - first))?
            .checked_div(years)?;
        start
            .value
            .checked_add(way)
            .map(|value| value.round_dp(6).normalize())
    };
    (first..=last)
        .filter_map(|year| Some((TimePeriod::Year(year), at(low, year)?, at(high, year)?)))
        .collect()
}

pub(crate) fn source_view(source: &StoredSource) -> SourceView {
    SourceView {
        document: source.document,
        figure: source.figure,
        quote: source.quote.clone(),
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        date: source.date,
        url: source.url.clone(),
    }
}
