//! From what the store holds to how it stands: values with their sources, targets with their results.

use std::collections::HashMap;

mod followed;
pub(crate) mod units;

use engine::{Aim, Attainment, Course, Outcome, Pursuit, SdgClass, Status, season};
use plan::{Basis, Direction, Edition, Indicator, PriceBasis, TargetPath};
use store::{Known, Reading, StoredObservation, StoredSource, StoredTarget, Which};
use terms::{Date, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::Error;
use crate::consistency::Marks;
use crate::reference::Reference;
use crate::scoreboard::{Baseline, Expected, ResultView, TargetRow};
use crate::view::{Amount, SourceView};
use followed::Followed;

/// Values and sources of one snapshot.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) observations: Vec<StoredObservation>,
    pub(crate) targets: Vec<StoredTarget>,
    /// Of all places, where a target asks how many units meet a condition.
    below: Vec<StoredObservation>,
    sources: HashMap<u64, Vec<StoredSource>>,
    /// Which values a finding marks; empty where the picture is not for pages.
    pub(crate) marks: Marks,
}

/// How one target stands, and the way to it.
pub(crate) struct Assessed {
    pub(crate) row: TargetRow,
    pub(crate) path: Vec<(TimePeriod, Decimal, Decimal)>,
    pub(crate) within_year: Option<WithinYear>,
}

/// The course of one year: what is gathered by which day, and what its way expects by the end of each month.
#[derive(Debug, Clone, PartialEq)]
pub struct WithinYear {
    /// What was gathered, by the days up to which it is known without a gap.
    pub gathered: Vec<(Date, Decimal)>,
    /// What the way expects.
    pub expected: Vec<(Date, Decimal)>,
}

impl Picture {
    /// Four statements: observations, targets, and the sources of each; two more where a target counts units.
    pub(crate) async fn load(reading: &mut Reading, known: Known, which: Which<'_>) -> Result<Self, Error> {
        let mut picture = Self {
            observations: reading.observations(known, which).await?,
            targets: reading.targets(known, which).await?,
            ..Self::default()
        };
        picture.add_sources(reading.observation_sources(known, which).await?);
        picture.add_sources(reading.target_sources(known, which).await?);
        let counts =
            |stored: &StoredTarget| stored.target.way.units.is_some_and(|units| units.meets.is_some());
        if picture.targets.iter().any(counts) {
            picture.below = reading.observations(known, Which::Counted).await?;
            let sources = reading.observation_sources(known, Which::Counted).await?;
            let own: std::collections::HashSet<u64> =
                picture.observations.iter().map(|stored| stored.id.0).collect();
            picture.add_sources(
                sources
                    .into_iter()
                    .filter(|source| !own.contains(&source.fact))
                    .collect(),
            );
        }
        Ok(picture)
    }

    /// Targets with their sources, and no observation. Two statements.
    pub(crate) async fn of_targets(
        reading: &mut Reading,
        known: Known,
        which: Which<'_>,
    ) -> Result<Self, Error> {
        let mut picture = Self {
            targets: reading.targets(known, which).await?,
            ..Self::default()
        };
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
        let of_units = target.way.units.is_some_and(|units| units.meets.is_some());
        let indicator = reference.indicator(&target.indicator).filter(|_| !of_units);
        let price_basis = basis_of(target.price_basis, indicator, target.measure);
        let breaks = reference.breaks(&target.indicator);
        let followed = self.followed(reference, stored, results);
        let Followed {
            basis,
            best,
            outcomes,
            ..
        } = &followed;
        let basis = *basis;
        let sources = self.sources_of(stored.id.0);
        let decided = sources.iter().filter_map(|source| source.date).min();
        let baseline = if basis.has_start() {
            baseline(target, outcomes, decided)
        } else {
            None
        };
        let underway = outcomes.is_empty() && !best.is_empty() && today <= target.due.end();
        let (path, profile_years) = season::path_of(
            &target.way.path,
            &followed.parts,
            followed.within_year,
            target.due.start().year(),
        )
        .unwrap_or_default();
        let limits = |of: fn(&Indicator) -> Option<Decimal>| indicator.and_then(of);
        let pursuit = Pursuit {
            aim: Aim {
                value: target.value,
                upper: target.upper,
                bound: target.bound,
            },
            basis,
            due: target.due,
            direction: if of_units {
                Some(Direction::Up)
            } else {
                indicator.and_then(|indicator| indicator.direction)
            },
            minimum: limits(|indicator| indicator.natural_minimum).or(of_units.then_some(Decimal::ZERO)),
            maximum: limits(|indicator| indicator.natural_maximum)
                .or((of_units && target.measure == Measure::Share).then_some(Decimal::ONE_HUNDRED)),
            path: &path,
            baseline: baseline.as_ref().map(|start| Outcome {
                period: start.period,
                value: start.value,
            }),
            results: outcomes,
            breaks: &breaks,
            today,
        };
        let progress = engine::progress(&pursuit).ok();
        let open = matches!(
            progress.as_ref().map(|progress| progress.status),
            Some(Status::OnTrack | Status::Behind | Status::OffTrack | Status::TooEarly)
        );
        let chance = match (open, followed.within_year) {
            (false, _) => None,
            (true, true) => engine::forecast::chance_within_year(&pursuit, &followed.parts)
                .ok()
                .flatten(),
            (true, false) => engine::forecast::chance(&pursuit).ok().flatten(),
        };
        // What came after the due period is not its result.
        let in_time = |stored: &&&StoredObservation| stored.observation.time_period.end() <= target.due.end();
        let latest = best
            .iter()
            .rfind(in_time)
            .map(|stored| self.result(reference, stored));
        let course = progress.as_ref().map(|progress| progress.course);
        let row = TargetRow {
            target: stored.id,
            indicator: reference.indicator_name(&target.indicator),
            place: reference.unit_name(&target.ref_area),
            measure: target.measure,
            amount: Amount {
                value: target.value,
                upper: target.upper,
                bound: target.bound,
                unit: if of_units {
                    units::unit(target.measure)
                } else {
                    unit_of(indicator, target.measure)
                },
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
            way: target.way.clone(),
            expected: Expected {
                at_latest: progress.as_ref().and_then(|progress| progress.expected_at_latest),
                today: progress.as_ref().and_then(|progress| progress.expected_today),
                so_far: course.and_then(|course| course.now),
                on_path: progress.as_ref().and_then(|progress| progress.on_path),
                profile_years,
            },
            points: if of_units {
                outcomes.iter().map(|told| (told.period, told.value)).collect()
            } else {
                best.iter()
                    .map(|stored| (stored.observation.time_period, stored.observation.obs_value))
                    .collect()
            },
            chance,
            disputed: self.disputed(stored.id.0, best),
            simulated: std::iter::once(stored.id.0)
                .chain(best.iter().map(|stored| stored.id.0))
                .any(|fact| self.is_simulated(fact))
                || (of_units && self.units_are_simulated(target)),
            units: units::view(reference, target, followed.counted.clone()),
        };
        let within_year = followed
            .within_year
            .then(|| within_year(&followed, &path, course, target));
        Assessed {
            path: course.map_or_else(Vec::new, |course| way(&course, &path, basis)),
            row,
            within_year: within_year.flatten(),
        }
    }

    /// Whether a value of a unit that is counted for a target comes from a simulation.
    fn units_are_simulated(&self, target: &plan::Target) -> bool {
        self.below
            .iter()
            .filter(|stored| stored.observation.indicator == target.indicator)
            .any(|stored| self.is_simulated(stored.id.0))
    }

    /// The finding that marks a target: its own, that of its latest result, or of any other on its way.
    fn disputed(&self, target: u64, results: &[&StoredObservation]) -> Option<String> {
        let results = results.iter().rev().map(|stored| stored.id.0);
        let mut facts = std::iter::once(target).chain(results);
        facts.find_map(|fact| self.marks.get(&fact)).cloned()
    }

    /// The day of the youngest paper that tells a value: of two tellings of one edition, the later one counts.
    pub(crate) fn latest_paper(&self, stored: &StoredObservation) -> Option<Date> {
        self.latest_paper_of(stored.id.0)
    }

    /// The day of the newest paper that tells a value.
    pub(crate) fn latest_paper_of(&self, fact: u64) -> Option<Date> {
        self.sources
            .get(&fact)?
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

/// Which of two editions of a value counts: the greater.
pub(crate) fn edition_rank(edition: Edition) -> u8 {
    match edition {
        Edition::Estimate => 0,
        Edition::Preliminary => 1,
        Edition::Official => 2,
    }
}

/// One value a period, by period: official before preliminary before estimate, then the later paper, then the later entry.
pub(crate) fn best_of_each_period<'a>(
    series: &[&'a StoredObservation],
    paper: impl Fn(&StoredObservation) -> Option<Date>,
) -> Vec<&'a StoredObservation> {
    let edition = |stored: &StoredObservation| edition_rank(stored.observation.edition);
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

/// The way as it is drawn: a value for each year from the baseline's to the due one, lower and upper end. None for means
/// and sums: they are no values of the series.
fn way(course: &Course, path: &TargetPath, basis: Basis) -> Vec<(TimePeriod, Decimal, Decimal)> {
    let Some(start) = course.start.filter(|_| basis.has_start()) else {
        return Vec::new();
    };
    let (first, last) = (start.0.year(), course.due.year());
    let at = |goal: Decimal, year: i16| {
        let day = TimePeriod::Year(year).end().max(start.0).min(course.due);
        let value = engine::path::expected_on(path, start, (course.due, goal), day).ok()?;
        Some(value.round_dp(6).normalize())
    };
    if last <= first {
        return Vec::new();
    }
    (first..=last)
        .filter_map(|year| {
            Some((
                TimePeriod::Year(year),
                at(course.low, year)?,
                at(course.high, year)?,
            ))
        })
        .collect()
}

/// What was gathered within the year and what its way expects, by day.
fn within_year(
    followed: &Followed<'_>,
    path: &TargetPath,
    course: Option<Course>,
    target: &plan::Target,
) -> Option<WithinYear> {
    let course = course?;
    let start = course.start?;
    let gathered = season::gathered_by_day(&followed.parts, target.due).ok()?;
    Some(WithinYear {
        gathered: gathered.into_iter().map(|(day, (sum, _))| (day, sum)).collect(),
        expected: season::by_month(path, start, (course.due, course.goal())).ok()?,
    })
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
        report: source.report.clone(),
    }
}
