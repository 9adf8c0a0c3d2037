//! The register's cube: every value that roll-ups need, with what follows from it, kept from act to act.
//!
//! One cube for the process behind one lock. Whoever asks names the indicators that are wanted; the slices of these and of
//! what they are made of are read from the packed series, each in one ordered scan, the first time; after that only what
//! acts have changed since is read, by index, and only the figures that can rest on a change are computed anew
//! ([`engine::rollup`]). What was asked as known on an earlier day is computed from that day's observations and not kept.
//!
//! Editions lie beside one another in a cell, the last counts; price bases are asked one at a time, so that two never meet
//! in a sum; values of another scope are kept and add up to nothing; a changed standard is not summed across; a value that a
//! simulation told is marked, and so is every figure on it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::formula::Formulas;
use engine::rollup::{Figure, Rollups, Rules, Value, needed};
use plan::PriceBasis;
use store::series::{Telling, Tellings};
use store::{Known, Reading, Which};
use terms::{Date, Decimal, IndicatorCode, RefArea, TimePeriod};
use tokio::sync::{MappedMutexGuard, MutexGuard};

use crate::reference::Reference;
use crate::register::Lists;
use crate::simulated::PUBLISHER;
use crate::tree::Coverage;
use crate::{App, Error};

/// How many values are kept: about 300 MB. Where an answer brings in more, what it does not need is let go.
const MOST_VALUES: usize = 4_000_000;

/// Which slices an answer needs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted<'a> {
    /// Those of every indicator.
    All,
    /// Those of these, and of what they are made of.
    These(&'a [IndicatorCode]),
}

/// The cube as of an entry of the record.
#[derive(Debug)]
pub(crate) struct Held {
    entry: u64,
    lists: Arc<Lists>,
    formulas: Formulas,
    rollups: Rollups,
    /// The indicators whose slices are there; none where all are.
    loaded: Option<BTreeSet<IndicatorCode>>,
}

impl App {
    /// The cube, brought up to the last act, with the slices that are wanted; and the snapshot that it is of.
    pub(crate) async fn held(
        &self,
        wanted: Wanted<'_>,
    ) -> Result<(MappedMutexGuard<'_, Held>, Reading), Error> {
        // First the lock, then the snapshot: so the cube is never ahead of it.
        let mut kept = self.inner.held.lock().await;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let entry = reading.head().await?.number;
        let before = kept
            .take()
            .filter(|held| Arc::ptr_eq(&held.lists, &lists) && held.entry <= entry);
        let mut held = match before {
            Some(held) => held,
            None => Held::empty(lists, entry)?,
        };
        held.bring_up(&mut reading, entry).await?;
        held.load(&mut reading, wanted).await?;
        *kept = Some(held);
        let held =
            MutexGuard::try_map(kept, Option::as_mut).map_err(|_| Error::Machine("keeping the cube"))?;
        Ok((held, reading))
    }

    /// A cube of its own, as known on an earlier day. Two statements, O(observations of that day).
    pub(crate) async fn held_as_known(&self, known: Known) -> Result<(Held, Reading), Error> {
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let mut held = Held::empty(lists, 0)?;
        for stored in reading.observations(known, Which::All).await? {
            let told = &stored.observation;
            let value = value_of(&Telling::of(stored.id, told));
            let rules = Rules {
                catalogue: held.lists.reference.catalogue(),
                formulas: &held.formulas,
                tree: held.lists.reference.tree(),
            };
            held.rollups
                .fill(rules, &told.indicator, &told.ref_area, told.time_period, value);
        }
        let sources = reading.observation_sources(known, Which::All).await?;
        let simulated = sources.iter().filter(|source| source.publisher == PUBLISHER);
        held.rollups.fill_marks(simulated.map(|source| source.fact));
        held.loaded = None;
        Ok((held, reading))
    }
}

impl Held {
    fn empty(lists: Arc<Lists>, entry: u64) -> Result<Self, Error> {
        let formulas = Formulas::of(lists.reference.catalogue()).map_err(Error::Invalid)?;
        let rules = Rules {
            catalogue: lists.reference.catalogue(),
            formulas: &formulas,
            tree: lists.reference.tree(),
        };
        Ok(Self {
            entry,
            rollups: Rollups::new(rules),
            formulas,
            lists,
            loaded: Some(BTreeSet::new()),
        })
    }

    /// What acts have changed since. Three statements, each by index; O(changes).
    async fn bring_up(&mut self, reading: &mut Reading, entry: u64) -> Result<(), Error> {
        if self.entry == entry {
            return Ok(());
        }
        let changes = reading.series_changes(self.entry, PUBLISHER).await?;
        self.entry = entry;
        let is_here = |code: &IndicatorCode| self.loaded.as_ref().is_none_or(|loaded| loaded.contains(code));
        let rules = Rules {
            catalogue: self.lists.reference.catalogue(),
            formulas: &self.formulas,
            tree: self.lists.reference.tree(),
        };
        let rollups = &mut self.rollups;
        for (code, place, ended) in changes.ended.iter().filter(|(code, ..)| is_here(code)) {
            rollups.take(rules, code, place, ended.period, ended.id.0);
        }
        for (code, place, began) in changes.began.iter().filter(|(code, ..)| is_here(code)) {
            rollups.put(rules, code, place, began.period, value_of(began));
        }
        for (code, place, id, is_simulated) in &changes.marked {
            // Also of slices that are not there: they are read without their marks.
            rollups.mark(rules, code, place, id.0, *is_simulated);
        }
        Ok(())
    }

    /// Reads the slices that are wanted and not there: one ordered scan each, or one for all.
    async fn load(&mut self, reading: &mut Reading, wanted: Wanted<'_>) -> Result<(), Error> {
        let Some(loaded) = &self.loaded else { return Ok(()) };
        let mut wanted: Vec<IndicatorCode> = match wanted {
            Wanted::All => {
                if !loaded.is_empty() {
                    *self = Self::empty(Arc::clone(&self.lists), self.entry)?;
                }
                self.scan(reading, None).await?;
                self.loaded = None;
                return Ok(());
            }
            Wanted::These(codes) => codes.iter().flat_map(|code| needed(self.rules(), code)).collect(),
        };
        wanted.sort();
        wanted.dedup();
        if MOST_VALUES < self.rollups.len() && !wanted.iter().all(|code| loaded.contains(code)) {
            *self = Self::empty(Arc::clone(&self.lists), self.entry)?;
        }
        for code in wanted {
            let is_new = self
                .loaded
                .as_mut()
                .is_some_and(|loaded| loaded.insert(code.clone()));
            if is_new {
                self.scan(reading, Some(&code)).await?;
            }
        }
        Ok(())
    }

    async fn scan(&mut self, reading: &mut Reading, of: Option<&IndicatorCode>) -> Result<(), Error> {
        let is_first = self.rollups.is_empty();
        let rules = Rules {
            catalogue: self.lists.reference.catalogue(),
            formulas: &self.formulas,
            tree: self.lists.reference.tree(),
        };
        let rollups = &mut self.rollups;
        let mut indicator: Option<IndicatorCode> = None;
        let mut damaged = false;
        reading
            .series(of, |code: &str, place: &str, tellings: Tellings<'_>| {
                if indicator.as_ref().is_none_or(|before| before.as_str() != code) {
                    indicator = code.parse().ok();
                }
                let Some(code) = &indicator else {
                    damaged = true;
                    return Ok(());
                };
                let mut filling = rollups.filling(rules, code, &RefArea::new(place));
                for telling in tellings {
                    let telling = telling?;
                    filling.put(telling.period, value_of(&telling));
                }
                Ok(())
            })
            .await?;
        if damaged {
            return Err(Error::Machine("reading packed series"));
        }
        if is_first {
            let simulated = reading.facts_of_publisher(PUBLISHER).await?;
            self.rollups.fill_marks(simulated.into_iter().map(|id| id.0));
        }
        Ok(())
    }

    fn rules(&self) -> Rules<'_> {
        Rules {
            catalogue: self.lists.reference.catalogue(),
            formulas: &self.formulas,
            tree: self.lists.reference.tree(),
        }
    }

    /// The lists that the cube was made with.
    pub(crate) fn reference(&self) -> &Reference {
        &self.lists.reference
    }

    pub(crate) fn formulas(&self) -> &Formulas {
        &self.formulas
    }

    pub(crate) fn rollups(&self) -> &Rollups {
        &self.rollups
    }

    /// The units of the lowest tier that a place consists of on a day, by number.
    pub(crate) fn leaves(&self, place: &RefArea, day: Date) -> Arc<[u32]> {
        self.rollups.leaves(self.rules(), place, day)
    }

    /// What a cell comes to in one price basis: that of the catalogue, else the first in which it is known, so that current
    /// and constant prices never meet in one quotient.
    pub(crate) fn figure(
        &self,
        code: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
    ) -> (Figure, Option<PriceBasis>) {
        let mut first = None;
        for basis in self.bases(code) {
            let figure = self.rollups.figure(self.rules(), code, place, period, basis);
            if figure.value.is_some() {
                return (figure, basis);
            }
            first.get_or_insert((figure, basis));
        }
        first.expect("there is at least one basis")
    }

    /// What a cell comes to in these prices and no others.
    pub(crate) fn figure_in(
        &self,
        code: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
        basis: Option<PriceBasis>,
    ) -> Figure {
        self.rollups.figure(self.rules(), code, place, period, basis)
    }

    /// How a cell came about, in the same basis as [`Held::figure`]; the key of each report is its number.
    pub(crate) fn explained(
        &self,
        code: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
    ) -> (engine::explain::Explained, Option<PriceBasis>) {
        let (_, basis) = self.figure(code, place, period);
        let catalogue = self.lists.reference.catalogue();
        let reports = |code: &IndicatorCode, unit: &RefArea, period: TimePeriod| {
            let best = self.rollups.best(catalogue, code, unit, period, basis)?;
            Some((best.value, best.id))
        };
        let ground = engine::explain::Ground {
            catalogue,
            formulas: &self.formulas,
            tree: self.lists.reference.tree(),
            reports: &reports,
        };
        (engine::explain::explain(ground, code, place, period), basis)
    }

    /// In which prices a figure may stand: those of the catalogue, else none and then each that the register names.
    pub(crate) fn bases(&self, code: &IndicatorCode) -> Vec<Option<PriceBasis>> {
        let own = self.lists.reference.indicator(code);
        match own.and_then(|indicator| indicator.price_basis) {
            Some(own) => vec![Some(own)],
            None => std::iter::once(None)
                .chain(self.rollups.bases().into_iter().map(Some))
                .collect(),
        }
    }

    /// The periods of which anything was told of a place or of units below it, with the indicators, oldest first.
    pub(crate) fn told_by(&self, place: &RefArea) -> BTreeMap<TimePeriod, BTreeSet<IndicatorCode>> {
        let mut told = self.told_below(place);
        for (period, code) in self.rollups.told(|unit| unit == place) {
            told.entry(period).or_default().insert(code);
        }
        told
    }

    /// The periods of which anything was told of units below a place, with the indicators, oldest first.
    pub(crate) fn told_below(&self, place: &RefArea) -> BTreeMap<TimePeriod, BTreeSet<IndicatorCode>> {
        let reference = self.reference();
        let is_below = |unit: &RefArea| {
            let mut above = reference.unit(unit).and_then(|unit| unit.parent.as_ref());
            for _ in 0..8 {
                match above {
                    None => return false,
                    Some(parent) if parent == place => return true,
                    Some(parent) => above = reference.unit(parent).and_then(|unit| unit.parent.as_ref()),
                }
            }
            false
        };
        let mut told: BTreeMap<TimePeriod, BTreeSet<IndicatorCode>> = BTreeMap::new();
        for (period, code) in self.rollups.told(is_below) {
            told.entry(period).or_default().insert(code);
        }
        told
    }
}

/// What a packed value is to the cube.
fn value_of(telling: &Telling) -> Value {
    Value {
        id: telling.id.0,
        measure: telling.measure,
        edition: telling.edition,
        status: telling.status,
        value: telling.value,
        price_basis: telling.price_basis,
        is_scoped: telling.is_scoped,
    }
}

/// How many people live in units, each by the newest year that is told up to a period, else the nearest later one.
pub(crate) struct People {
    by_unit: BTreeMap<u32, Decimal>,
    /// From which years they are.
    pub(crate) years: BTreeSet<TimePeriod>,
    /// Whether any of them is simulated.
    pub(crate) is_simulated: bool,
}

impl People {
    /// The indicator that counts them.
    pub(crate) fn indicator() -> IndicatorCode {
        IndicatorCode::new("population.total").expect("a constant of the right form")
    }

    /// The people of each of these units.
    pub(crate) fn of(held: &Held, units: &[u32], period: TimePeriod) -> Self {
        let code = Self::indicator();
        let told = held.rollups.told(|_| true).into_iter();
        let mut years: Vec<TimePeriod> = told
            .filter(|(year, of)| matches!(year, TimePeriod::Year(_)) && *of == code)
            .map(|(year, _)| year)
            .collect();
        // Those up to the period first, the newest first; then later ones, the nearest first.
        years.sort_unstable_by_key(|year| {
            let later = period.end() < year.start();
            (later, (period.end().year() - year.end().year()).abs())
        });
        let mut people = Self {
            by_unit: BTreeMap::new(),
            years: BTreeSet::new(),
            is_simulated: false,
        };
        for unit in units {
            let place = held.rollups.place(*unit);
            for year in &years {
                let (figure, _) = held.figure(&code, place, *year);
                if let Some(count) = figure.value.filter(|_| figure.is_complete) {
                    people.is_simulated |= figure.is_marked;
                    people.by_unit.insert(*unit, count);
                    people.years.insert(*year);
                    break;
                }
            }
        }
        people
    }

    /// Of how many units it is known.
    pub(crate) fn known(&self) -> usize {
        self.by_unit.len()
    }

    /// How much of its ground a figure stands on; none where nothing was put together.
    pub(crate) fn coverage(&self, figure: &Figure, all: &[u32]) -> Option<Coverage> {
        let known = figure.communes.as_deref()?;
        let count =
            |units: &[u32]| -> Decimal { units.iter().filter_map(|unit| self.by_unit.get(unit)).sum() };
        Some(Coverage {
            known: known.len(),
            of: all.len(),
            population: count(known).checked_div(count(all)),
        })
    }
}
