//! What a cell comes to: the same rules as [`crate::explain`], with what is worth keeping of the answer.

use std::sync::Arc;

use plan::catalogue::{Aggregation, OverTime};
use plan::{PriceBasis, UnitNumber};
use terms::{Date, Decimal, IndicatorCode, RefArea, TimePeriod};

use super::{PlaceNumber, Rollups, Row, Rules, Value, best_of, slice};
use crate::exact::{add, div, mul};
use crate::explain::DEEPEST;
use crate::formula::{Stop, evaluate};
use crate::over_time::{Grid, Way, compose, grid, taken_from};
use crate::rebase::Rebasing;

/// How a figure came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// It was reported so, under this number.
    Reported(u64),
    /// A formula made it.
    Formula {
        /// Whether something is divided by zero, or has too many digits.
        is_stopped: bool,
    },
    /// The units that became this one come to it.
    Rebased {
        /// Whether a part was apportioned.
        estimated: bool,
    },
    /// Its own shorter periods come to it.
    OverTime {
        /// How they became one.
        way: Way,
        /// Months (or years) that are covered.
        known: u32,
        /// Of how many.
        of: u32,
        /// Whether these are years.
        in_years: bool,
        /// The first day of a changed standard across which nothing is put together.
        broken: Option<Date>,
    },
    /// The units below come to it.
    RolledUp {
        /// How many units are known.
        known: usize,
        /// Of how many.
        of: usize,
    },
    /// Nothing is known.
    Unknown,
}

/// What a cell comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The value; none where it is not known.
    pub value: Option<Decimal>,
    /// How it came about.
    pub made: Made,
    /// Whether everything that it rests on is known.
    pub is_complete: bool,
    /// Whether anything that it rests on is marked (as simulated).
    pub is_marked: bool,
    /// The communes that it stands on, by number, in order, where it was put together from units below: of a formula those
    /// that all of its parts have, of a mean those of which value and weight are known.
    pub communes: Option<Arc<[u32]>>,
    /// Of its own months and of those of its parts, the scarcest: covered and of how many.
    pub months: Option<(u32, u32)>,
    /// The last report that it rests on.
    pub(super) newest: Option<u64>,
    /// How many steps below it lead to the deepest report.
    height: usize,
    /// Whether a step was too deep to be taken.
    is_cut: bool,
}

impl Figure {
    fn unknown() -> Self {
        Self {
            value: None,
            made: Made::Unknown,
            is_complete: false,
            is_marked: false,
            communes: None,
            months: None,
            newest: None,
            height: 0,
            is_cut: false,
        }
    }

    /// A figure on top of others.
    fn over(value: Option<Decimal>, made: Made, is_complete: bool, parts: &[Figure]) -> Self {
        let mut below = Below::default();
        parts.iter().for_each(|part| below.part(part));
        below.figure(value, made, is_complete)
    }

    /// Takes over how deep others lie that were looked at in vain.
    fn beside(mut self, others: &[&Figure]) -> Self {
        for other in others {
            self.height = self.height.max(other.height);
            self.is_cut |= other.is_cut;
        }
        self
    }
}

/// What is to be known of the parts of a figure, gathered one by one.
#[derive(Default)]
struct Below {
    is_part_missing: bool,
    is_marked: bool,
    months: Option<(u32, u32)>,
    newest: Option<u64>,
    height: usize,
    is_cut: bool,
}

impl Below {
    fn part(&mut self, part: &Figure) {
        self.is_part_missing |= !part.is_complete;
        self.is_marked |= part.is_marked;
        self.months = scarcest(self.months.into_iter().chain(part.months));
        self.newest = self.newest.max(part.newest);
        self.height = self.height.max(part.height + 1);
        self.is_cut |= part.is_cut;
    }

    fn reported(&mut self, id: u64, is_marked: bool) {
        self.is_marked |= is_marked;
        self.newest = self.newest.max(Some(id));
        self.height = self.height.max(1);
    }

    /// One that was looked at in vain.
    fn in_vain(&mut self, other: &Figure) {
        self.height = self.height.max(other.height);
        self.is_cut |= other.is_cut;
    }

    fn figure(self, value: Option<Decimal>, made: Made, is_complete: bool) -> Figure {
        Figure {
            value,
            made,
            is_complete: is_complete && !self.is_part_missing,
            is_marked: self.is_marked,
            communes: None,
            months: self.months,
            newest: self.newest,
            height: self.height,
            is_cut: self.is_cut,
        }
    }
}

/// The least share of months.
fn scarcest(months: impl Iterator<Item = (u32, u32)>) -> Option<(u32, u32)> {
    months.min_by_key(|(known, of)| (u64::from(*known) << 32) / u64::from((*of).max(1)))
}

/// What two figures both stand on.
fn common(one: &[PlaceNumber], other: &[PlaceNumber]) -> Arc<[PlaceNumber]> {
    let both = one.iter().filter(|place| other.binary_search(place).is_ok());
    both.copied().collect()
}

/// Where a question is asked.
#[derive(Clone, Copy)]
struct At<'a> {
    rules: Rules<'a>,
    basis: Option<PriceBasis>,
    depth: usize,
}

impl At<'_> {
    fn below(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

impl Rollups {
    /// What a cell comes to in these prices. O(1) where it is kept; else O(what it rests on that is not kept).
    pub fn figure(
        &self,
        rules: Rules<'_>,
        indicator: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
        basis: Option<PriceBasis>,
    ) -> Figure {
        let at = At {
            rules,
            basis,
            depth: 0,
        };
        let cell = self.rows.get(indicator).zip(self.places.number(place));
        cell.map_or_else(Figure::unknown, |(row, place)| self.at(at, *row, place, period))
    }

    fn at(&self, at: At<'_>, row: Row, place: PlaceNumber, period: TimePeriod) -> Figure {
        self.reported(at, row, place, period)
            .unwrap_or_else(|| self.unreported(at, row, place, period))
    }

    /// What a cell comes to that no report tells.
    fn unreported(&self, at: At<'_>, row: Row, place: PlaceNumber, period: TimePeriod) -> Figure {
        if DEEPEST <= at.depth {
            return Figure {
                is_cut: true,
                ..Figure::unknown()
            };
        }
        match self.can_be_known.get(row) {
            // Not in the catalogue: only reports could tell of it.
            None => return Figure::unknown(),
            Some(Some(places)) if !places.has(place) => return Figure::unknown(),
            Some(_) => {}
        }
        let (key, when) = ((row, place), (period, at.basis));
        // A kept figure is what would be found here as long as nothing of it lies too deep.
        if let Some(kept) = self.kept.borrow().get(&key).and_then(|of| of.get(&when))
            && at.depth + kept.height < DEEPEST
        {
            return kept.clone();
        }
        let figure = self.computed(at, row, place, period);
        if !figure.is_cut {
            self.kept
                .borrow_mut()
                .entry(key)
                .or_default()
                .insert(when, figure.clone());
        }
        figure
    }

    fn reported(&self, at: At<'_>, row: Row, place: PlaceNumber, period: TimePeriod) -> Option<Figure> {
        let best = self.best_at(at.rules.catalogue, row, place, period, at.basis)?;
        Some(Figure {
            value: Some(best.value),
            made: Made::Reported(best.id),
            is_complete: true,
            is_marked: self.marked.contains(&best.id),
            newest: Some(best.id),
            ..Figure::unknown()
        })
    }

    fn computed(&self, at: At<'_>, row: Row, place: PlaceNumber, period: TimePeriod) -> Figure {
        let made = self.made(at, row, place, period);
        if let Some(made) = made.clone().filter(|made| made.value.is_some()) {
            return made;
        }
        let own = self.over_time(at, row, place, period);
        let seen: Vec<&Figure> = made.iter().collect();
        if let Some(own) = own.clone().filter(|own| own.value.is_some())
            && let Made::OverTime {
                known, of, in_years, ..
            } = own.made
            && (known == of || in_years)
        {
            return own.beside(&seen);
        }
        let others = self
            .rebased(at, row, place, period)
            .or_else(|| self.rolled_up(at, row, place, period));
        let mut found: Vec<Figure> = [others, own, made].into_iter().flatten().collect();
        if found.is_empty() {
            return Figure::unknown();
        }
        let with_value = found.iter().position(|figure| figure.value.is_some());
        let told = || found.iter().position(|figure| figure.made != Made::Unknown);
        let first = with_value.or_else(told).unwrap_or(0);
        let figure = found.swap_remove(first);
        let others: Vec<&Figure> = found.iter().collect();
        figure.beside(&others)
    }

    fn made(&self, at: At<'_>, row: Row, place: PlaceNumber, period: TimePeriod) -> Option<Figure> {
        let own = &at.rules.catalogue.entries().get(row)?.indicator.code;
        let expression = at.rules.formulas.get(own)?;
        let inputs = std::cell::RefCell::new(Vec::new());
        let lookup = |code: &IndicatorCode, period: TimePeriod| {
            let row = self.rows.get(code);
            let input = row.map_or_else(Figure::unknown, |row| self.at(at.below(), *row, place, period));
            let value = input.value.filter(|_| input.is_complete);
            inputs.borrow_mut().push(input);
            value
        };
        let result = evaluate(expression, period, &lookup);
        let inputs = inputs.into_inner();
        let (value, is_stopped) = match result {
            Ok(evaluated) => (Some(evaluated.value), false),
            Err(Stop::Missing(_)) => (None, false),
            Err(_) => (None, true),
        };
        let mut figure = Figure::over(value, Made::Formula { is_stopped }, !is_stopped, &inputs);
        let communes = inputs.iter().filter_map(|input| input.communes.clone());
        figure.communes = communes.reduce(|one, other| common(&one, &other));
        let is_known = inputs.iter().any(|input| input.made != Made::Unknown);
        // What was looked at in vain may have been too deep: then the figure is told, so that it is not kept.
        (is_known || figure.is_cut).then_some(if is_known {
            figure
        } else {
            Figure {
                made: Made::Unknown,
                ..figure
            }
        })
    }

    fn over_time(&self, at: At<'_>, row: Row, place: PlaceNumber, period: TimePeriod) -> Option<Figure> {
        let entry = at.rules.catalogue.entries().get(row)?;
        if !entry.over_time.adds_periods() {
            return None;
        }
        let grid = self.grid(period)?;
        let steps = self.steps(at, row, place, &grid);
        let values: Vec<Option<Decimal>> = steps.iter().map(Step::value).collect();
        let breaks: Vec<Date> = entry.breaks.iter().map(|day| day.date).collect();
        let composed = compose(entry.over_time, period, &grid, &values, &breaks);
        let is_whole = composed
            .as_ref()
            .is_some_and(|composed| composed.known == composed.of);
        if entry.over_time == OverTime::Sum
            && !is_whole
            && let Some(both) = grid.difference
            && let Some(one) = self.reported(at, row, place, both.0)
            && let Some(other) = self.reported(at, row, place, both.1)
            && let Some(value) = taken_from(one.value?, other.value?, both, &breaks)
        {
            let made = Made::OverTime {
                way: Way::Difference,
                known: grid.of,
                of: grid.of,
                in_years: false,
                broken: None,
            };
            return Some(Figure::over(Some(value), made, true, &[one, other]));
        }
        let mut below = Below::default();
        let mut communes: Option<Arc<[PlaceNumber]>> = None;
        for part in composed.iter().flat_map(|composed| &composed.parts) {
            match &steps[*part] {
                Step::Told(told) => below.reported(told.id, self.marked.contains(&told.id)),
                Step::Found(found) => {
                    below.part(found);
                    communes = match (communes, &found.communes) {
                        (Some(one), Some(other)) => Some(common(&one, other)),
                        (one, other) => one.or_else(|| other.clone()),
                    };
                }
                Step::Unknown => {}
            }
        }
        // Years that told nothing are looked at all the same.
        for step in &steps {
            if let Step::Found(found) = step
                && found.value.is_none()
            {
                below.in_vain(found);
            }
        }
        let Some(composed) = composed else {
            return below.is_cut.then(|| Figure {
                is_cut: true,
                ..Figure::unknown()
            });
        };
        let made = Made::OverTime {
            way: composed.way,
            known: composed.known,
            of: composed.of,
            in_years: composed.in_years,
            broken: composed.broken,
        };
        let is_whole = composed.known == composed.of && composed.broken.is_none();
        let mut figure = below.figure(composed.value, made, is_whole);
        figure.communes = communes;
        if !composed.in_years {
            figure.months = Some((composed.known, composed.of));
        }
        Some(figure)
    }

    /// What is known of each step: years may be put together from others, months and quarters are reported.
    fn steps(&self, at: At<'_>, row: Row, place: PlaceNumber, grid: &Grid) -> Vec<Step> {
        let of = |period: TimePeriod| {
            let told = self.best_at(at.rules.catalogue, row, place, period, at.basis);
            match told {
                Some(told) => Step::Told(told),
                None if grid.in_years => {
                    Step::Found(Box::new(self.unreported(at.below(), row, place, period)))
                }
                None => Step::Unknown,
            }
        };
        grid.steps.iter().map(|step| of(step.period)).collect()
    }

    fn grid(&self, period: TimePeriod) -> Option<Arc<Grid>> {
        let mut grids = self.grids.borrow_mut();
        grids
            .entry(period)
            .or_insert_with(|| grid(period).map(Arc::new))
            .clone()
    }

    fn rebased(&self, at: At<'_>, row: Row, place: PlaceNumber, period: TimePeriod) -> Option<Figure> {
        let tree = at.rules.tree;
        let entry = at.rules.catalogue.entries().get(row)?;
        let (units, end) = (self.places.units(place), period.end());
        let is_there = |number: &UnitNumber| tree.unit(*number).is_valid_on(end);
        if entry.aggregation != Aggregation::Sum || units.iter().any(is_there) {
            return None;
        }
        let later = units.iter().copied().find(|number| {
            let from = tree.unit(*number).valid_from;
            from.is_some_and(|from| end < from)
        })?;
        let sources: Vec<UnitNumber> = tree.earlier(later).iter().map(|link| link.unit).collect();
        let to = tree.unit(later).valid_from?;
        let parts: Vec<Figure> = sources
            .iter()
            .map(|source| {
                let place = self.places.number(&tree.unit(*source).code);
                place.map_or_else(Figure::unknown, |place| self.at(at.below(), row, place, period))
            })
            .collect();
        if parts.iter().all(|part| part.value.is_none()) {
            return None;
        }
        let value_of = |number: UnitNumber| {
            let part = sources.iter().position(|source| *source == number)?;
            parts[part].value
        };
        let rebasing = Rebasing::between(tree, &sources, end, to);
        let rebased = rebasing.additive(&value_of, None).ok()?;
        let own = rebased.into_iter().find(|rebased| rebased.unit == later)?;
        let made = Made::Rebased {
            estimated: own.estimated,
        };
        Some(Figure::over(own.value, made, true, &parts))
    }

    fn rolled_up(&self, at: At<'_>, row: Row, place: PlaceNumber, period: TimePeriod) -> Option<Figure> {
        let aggregation = &at.rules.catalogue.entries().get(row)?.aggregation;
        let weight = match aggregation {
            Aggregation::Sum | Aggregation::Max | Aggregation::Last => None,
            Aggregation::WeightedMean { weight } => Some(self.rows.get(weight).copied()),
            _ => return None,
        };
        let day = period.end();
        let below = self.places.children(at.rules.tree, place, day);
        let (mut of, mut communes) = (Below::default(), Vec::new());
        let (mut sum, mut weights, mut known, mut newest) = (Decimal::ZERO, Decimal::ZERO, 0, None);
        let told = self.slices[row].at(period);
        let mut from = 0;
        for unit in &*below {
            let unit = *unit;
            let (cell, next) = slice::cell(told, from, unit);
            from = next;
            let best = best_of(at.rules.catalogue, row, cell, at.basis);
            let part = match best {
                Some(best) => Part::Told(best),
                None => Part::Found(self.unreported(at.below(), row, unit, period)),
            };
            let Some(value) = part.value() else {
                part.beside(&mut of);
                continue;
            };
            match weight {
                None if *aggregation == Aggregation::Max => {
                    sum = if known == 0 { value } else { sum.max(value) };
                }
                None if *aggregation == Aggregation::Last => {
                    if newest <= part.newest() {
                        (sum, newest) = (value, part.newest());
                    }
                }
                None => sum = add(sum, value).ok()?,
                Some(by) => {
                    let by = by.map_or_else(Figure::unknown, |by| self.at(at.below(), by, unit, period));
                    let Some(weighs) = by.value.filter(|weighs| !weighs.is_sign_negative()) else {
                        of.in_vain(&by);
                        continue;
                    };
                    sum = add(sum, mul(value, weighs).ok()?).ok()?;
                    weights = add(weights, weighs).ok()?;
                    let both = [
                        self.ground(at, part.communes(), unit, day),
                        self.ground(at, by.communes.as_ref(), unit, day),
                    ];
                    communes.extend_from_slice(&common(both[0].places(), both[1].places()));
                    known += 1;
                    part.below(&mut of, self);
                    of.part(&by);
                    continue;
                }
            }
            communes.extend_from_slice(self.ground(at, part.communes(), unit, day).places());
            known += 1;
            part.below(&mut of, self);
        }
        let value = match weight {
            _ if known == 0 => {
                return of.is_cut.then(|| Figure {
                    is_cut: true,
                    ..Figure::unknown()
                });
            }
            None => Some(sum),
            Some(_) if weights.is_zero() => None,
            Some(_) => div(sum, weights).ok(),
        };
        let made = Made::RolledUp {
            known,
            of: below.len(),
        };
        communes.sort_unstable();
        communes.dedup();
        Some(Figure {
            communes: Some(communes.into()),
            ..of.figure(value, made, known == below.len())
        })
    }

    /// The communes that a part stands on: its own, or all of the unit's where it was told as a whole.
    fn ground(
        &self,
        at: At<'_>,
        communes: Option<&Arc<[PlaceNumber]>>,
        place: PlaceNumber,
        day: Date,
    ) -> Stands {
        match communes {
            Some(communes) => Stands::OnMany(Arc::clone(communes)),
            None if self.places.is_commune(place) => Stands::OnOne([place]),
            None => Stands::OnMany(self.places.leaves(at.rules.tree, place, day)),
        }
    }
}

/// What a part of a sum stands on.
enum Stands {
    OnOne([PlaceNumber; 1]),
    OnMany(Arc<[PlaceNumber]>),
}

impl Stands {
    fn places(&self) -> &[PlaceNumber] {
        match self {
            Stands::OnOne(place) => place,
            Stands::OnMany(places) => places,
        }
    }
}

/// A step of a longer period.
enum Step {
    Told(Value),
    Found(Box<Figure>),
    Unknown,
}

impl Step {
    fn value(&self) -> Option<Decimal> {
        match self {
            Step::Told(told) => Some(told.value),
            Step::Found(found) => found.value,
            Step::Unknown => None,
        }
    }
}

/// A unit of a roll-up.
enum Part {
    Told(Value),
    Found(Figure),
}

impl Part {
    fn value(&self) -> Option<Decimal> {
        match self {
            Part::Told(told) => Some(told.value),
            Part::Found(found) => found.value,
        }
    }

    fn newest(&self) -> Option<u64> {
        match self {
            Part::Told(told) => Some(told.id),
            Part::Found(found) => found.newest,
        }
    }

    fn communes(&self) -> Option<&Arc<[PlaceNumber]>> {
        match self {
            Part::Told(_) => None,
            Part::Found(found) => found.communes.as_ref(),
        }
    }

    /// Adds it to what a figure rests on.
    fn below(&self, of: &mut Below, rollups: &Rollups) {
        match self {
            Part::Told(told) => of.reported(told.id, rollups.marked.contains(&told.id)),
            Part::Found(found) => of.part(found),
        }
    }

    /// It has no value, and was looked at.
    fn beside(&self, of: &mut Below) {
        if let Part::Found(found) = self {
            of.in_vain(found);
        }
    }
}
