//! The register's cube: values that hold, by indicator, period and unit, and what follows from them, kept from act to act.
//!
//! [`crate::explain`] says how one number came about and holds nothing; this holds the same numbers for everybody who
//! adds up many. A [`Slice`](slice::Slice) has the values of an indicator, period by period, units in order; all
//! tellings of a cell lie beside one another (editions, price bases, statements of another scope), so that a value that
//! ends gives way to the next best. What a cell comes to is a [`Figure`]: its value, how it was made, which communes it
//! stands on. Figures are computed when they are asked for and kept; a value that comes or goes drops just those that can
//! rest on it: of the unit and all above and after it, of the indicator and all that are made of it.
//!
//! Values are exact decimals and are added in the order of [`crate::explain`], so that a figure is equal to the
//! explanation of the same cell, bit for bit, whatever came before it.

mod figure;
mod place;
mod slice;

use std::cell::RefCell;
use std::sync::Arc;

use plan::catalogue::Catalogue;
use plan::{Edition, ObsStatus, OrgTree, PriceBasis};
use rustc_hash::{FxHashMap, FxHashSet};
use terms::{Date, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::formula::Formulas;
use crate::over_time::Grid;

pub use figure::{Figure, Made};
use place::{PlaceNumber, PlaceSet, Places};
use slice::Slice;

/// The rules by which figures are made.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// Indicators and how they add up.
    pub catalogue: &'a Catalogue,
    /// Their checked formulas.
    pub formulas: &'a Formulas,
    /// Units through time.
    pub tree: &'a OrgTree,
}

/// A value that holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// Its number: of two tellings of one edition the later counts.
    pub id: u64,
    /// Which aspect of the indicator.
    pub measure: Measure,
    /// Which telling.
    pub edition: Edition,
    /// How far to rely on it.
    pub status: ObsStatus,
    /// The value.
    pub value: Decimal,
    /// In whose prices.
    pub price_basis: Option<PriceBasis>,
    /// Whether its paper counts something else than the indicator's definition: such values are kept and add up to nothing.
    pub is_scoped: bool,
}

/// An indicator by its number here: its row in the catalogue, and behind them those that only values name.
type Row = usize;

/// What was computed of an indicator and place.
type Kept = FxHashMap<(Row, PlaceNumber), FxHashMap<(TimePeriod, Option<PriceBasis>), Figure>>;

/// Values and figures.
#[derive(Debug)]
pub struct Rollups {
    places: Places,
    rows: FxHashMap<IndicatorCode, Row>,
    /// One for each row.
    slices: Vec<Slice>,
    /// Which values are marked (as simulated).
    marked: FxHashSet<u64>,
    /// How many values each price basis has.
    bases: FxHashMap<PriceBasis, usize>,
    /// What is made of an indicator of the catalogue, itself first.
    dependents: Vec<Vec<Row>>,
    /// Where a value of an indicator of the catalogue was ever put.
    told: Vec<PlaceSet>,
    /// Where a figure of it can rest on any value; none where a formula makes it, which may need no value. Elsewhere nothing
    /// is known, without looking.
    can_be_known: Vec<Option<PlaceSet>>,
    kept: RefCell<Kept>,
    grids: RefCell<FxHashMap<TimePeriod, Option<Arc<Grid>>>>,
}

/// Where values of one indicator and place are put, before anything is asked.
#[derive(Debug)]
pub struct Filling<'a> {
    slice: &'a mut Slice,
    bases: &'a mut FxHashMap<PriceBasis, usize>,
    place: PlaceNumber,
}

impl Filling<'_> {
    /// Puts a value in.
    pub fn put(&mut self, period: TimePeriod, value: Value) {
        if let Some(basis) = value.price_basis {
            *self.bases.entry(basis).or_default() += 1;
        }
        self.slice.put(period, self.place, value);
    }
}

impl Rollups {
    /// No value yet. O(units + indicators).
    pub fn new(rules: Rules<'_>) -> Self {
        let rows = rows(rules.catalogue);
        let mut slices = Vec::new();
        slices.resize_with(rows.len(), Slice::default);
        let entries = rules.catalogue.entries().iter();
        let formulas = entries.map(|entry| rules.formulas.get(&entry.indicator.code));
        Self {
            told: formulas.clone().map(|_| PlaceSet::default()).collect(),
            can_be_known: formulas
                .map(|formula| formula.is_none().then(PlaceSet::default))
                .collect(),
            places: Places::of(rules.tree),
            rows,
            slices,
            marked: FxHashSet::default(),
            bases: FxHashMap::default(),
            dependents: dependents(rules),
            kept: RefCell::default(),
            grids: RefCell::default(),
        }
    }

    /// A place by the number that figures use for it.
    pub fn place(&self, number: u32) -> &RefArea {
        self.places.code(number)
    }

    /// Adds a value without looking at figures: to fill an empty cube, before anything is asked.
    pub fn fill(
        &mut self,
        rules: Rules<'_>,
        indicator: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
        value: Value,
    ) {
        self.filling(rules, indicator, place).put(period, value);
    }

    /// Where the values of an indicator and place go: to fill an empty cube, before anything is asked.
    pub fn filling(&mut self, rules: Rules<'_>, indicator: &IndicatorCode, place: &RefArea) -> Filling<'_> {
        let row = self.rows.get(indicator).copied().unwrap_or_else(|| {
            self.rows.insert(indicator.clone(), self.slices.len());
            self.slices.push(Slice::default());
            self.slices.len() - 1
        });
        let place = self.places.number_or_new(place);
        if self.told.get_mut(row).is_some_and(|told| told.add(place)) {
            let reached = self.places.reached(rules.tree, place);
            for made in &self.dependents[row] {
                if let Some(known) = &mut self.can_be_known[*made] {
                    reached.iter().for_each(|place| _ = known.add(*place));
                }
            }
        }
        Filling {
            slice: &mut self.slices[row],
            bases: &mut self.bases,
            place,
        }
    }

    /// Adds a value; figures that can rest on it are computed anew when they are asked for.
    pub fn put(
        &mut self,
        rules: Rules<'_>,
        indicator: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
        value: Value,
    ) {
        self.fill(rules, indicator, place, period, value);
        self.forget(rules, indicator, place);
    }

    /// Takes a value out; answers whether it was there.
    pub fn take(
        &mut self,
        rules: Rules<'_>,
        indicator: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
        id: u64,
    ) -> bool {
        let cell = self.rows.get(indicator).zip(self.places.number(place));
        let Some(value) = cell.and_then(|(row, place)| self.slices[*row].take(period, place, id)) else {
            return false;
        };
        if let Some(count) = value.price_basis.and_then(|basis| self.bases.get_mut(&basis)) {
            *count -= 1;
        }
        self.marked.remove(&id);
        self.forget(rules, indicator, place);
        true
    }

    /// Marks a value (as simulated), or takes the mark away.
    pub fn mark(
        &mut self,
        rules: Rules<'_>,
        indicator: &IndicatorCode,
        place: &RefArea,
        id: u64,
        is_marked: bool,
    ) {
        let changed = if is_marked {
            self.marked.insert(id)
        } else {
            self.marked.remove(&id)
        };
        if changed {
            self.forget(rules, indicator, place);
        }
    }

    /// Marks values before anything is asked.
    pub fn fill_marks(&mut self, ids: impl IntoIterator<Item = u64>) {
        self.marked.extend(ids);
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.slices.iter().map(Slice::len).sum()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.slices.iter().all(|slice| slice.len() == 0)
    }

    /// Bytes that values and figures take, without what the allocator adds.
    pub fn bytes(&self) -> usize {
        let figures: usize = self.kept.borrow().values().map(FxHashMap::len).sum();
        self.len() * size_of::<(PlaceNumber, Value)>() + figures * size_of::<Figure>()
    }

    /// The price bases that any value names: current prices first, then base years, the latest first.
    pub fn bases(&self) -> Vec<PriceBasis> {
        let told = self.bases.iter().filter(|(_, count)| **count != 0);
        let mut bases: Vec<PriceBasis> = told.map(|(basis, _)| *basis).collect();
        sort_bases(&mut bases);
        bases
    }

    /// Periods and indicators of which values are there for a place that the asker wants, each once. O(values) at worst, and
    /// O(indicators × periods) where most places are wanted.
    pub fn told(&self, mut wanted: impl FnMut(&RefArea) -> bool) -> Vec<(TimePeriod, IndicatorCode)> {
        let mut known: FxHashMap<PlaceNumber, bool> = FxHashMap::default();
        let mut found = Vec::new();
        for (indicator, row) in &self.rows {
            for (period, values) in self.slices[*row].periods() {
                let is_wanted = |(place, _): &(PlaceNumber, Value)| {
                    *known
                        .entry(*place)
                        .or_insert_with(|| wanted(self.places.code(*place)))
                };
                if values.iter().any(is_wanted) {
                    found.push((*period, indicator.clone()));
                }
            }
        }
        found.sort();
        found
    }

    /// The periods of which values of an indicator are there for a place that the asker wants, oldest first. O(values of the
    /// indicator) at worst.
    pub fn told_of(&self, indicator: &IndicatorCode, wanted: impl Fn(&RefArea) -> bool) -> Vec<TimePeriod> {
        let slice = self.rows.get(indicator).map(|row| &self.slices[*row]);
        let is_wanted = |(place, _): &(PlaceNumber, Value)| wanted(self.places.code(*place));
        let told = slice.into_iter().flat_map(Slice::periods);
        let told = told.filter(|(_, values)| values.iter().any(is_wanted));
        let mut periods: Vec<TimePeriod> = told.map(|(period, _)| *period).collect();
        periods.sort_unstable();
        periods
    }

    /// The indicators of which values are there, in no order that means anything.
    pub fn indicators(&self) -> impl Iterator<Item = &IndicatorCode> {
        let of = self.rows.iter();
        of.filter(|(_, row)| self.slices[**row].len() != 0)
            .map(|(code, _)| code)
    }

    /// The values of an indicator: the number of the place, the period, the value; in no order that means anything.
    pub fn values(&self, indicator: &IndicatorCode) -> impl Iterator<Item = (u32, TimePeriod, &Value)> {
        let slice = self.rows.get(indicator).map(|row| &self.slices[*row]);
        let periods = slice.into_iter().flat_map(Slice::periods);
        periods.flat_map(|(period, values)| values.iter().map(|(place, value)| (*place, *period, value)))
    }

    /// Whether a value is marked (as simulated).
    pub fn is_marked(&self, id: u64) -> bool {
        self.marked.contains(&id)
    }

    /// How many places that the asker wants told an indicator in a period, and whether any of these values is marked.
    pub fn count(
        &self,
        indicator: &IndicatorCode,
        period: TimePeriod,
        wanted: impl Fn(&RefArea) -> bool,
    ) -> (usize, bool) {
        let row = self.rows.get(indicator);
        let values = row.map_or(&[][..], |row| self.slices[*row].at(period));
        let wanted = values
            .iter()
            .filter(|(place, _)| wanted(self.places.code(*place)));
        wanted.fold((0, false), |(count, marked), (_, value)| {
            (count + 1, marked || self.marked.contains(&value.id))
        })
    }

    /// Whether any value tells the cell, whatever it counts.
    pub fn is_told(&self, indicator: &IndicatorCode, place: &RefArea, period: TimePeriod) -> bool {
        let cell = self.rows.get(indicator).zip(self.places.number(place));
        cell.is_some_and(|(row, place)| !self.slices[*row].cell(period, place).is_empty())
    }

    /// The telling of a cell that counts: of a level first, then of a share or growth where the indicator is a rate; the last
    /// edition; of money only in the basis asked for (or in one that nobody says).
    pub fn best(
        &self,
        catalogue: &Catalogue,
        indicator: &IndicatorCode,
        place: &RefArea,
        period: TimePeriod,
        basis: Option<PriceBasis>,
    ) -> Option<Value> {
        let row = self.rows.get(indicator)?;
        self.best_at(catalogue, *row, self.places.number(place)?, period, basis)
    }

    fn best_at(
        &self,
        catalogue: &Catalogue,
        row: Row,
        place: PlaceNumber,
        period: TimePeriod,
        basis: Option<PriceBasis>,
    ) -> Option<Value> {
        best_of(catalogue, row, self.slices[row].cell(period, place), basis)
    }

    /// The units of the lowest tier that a place consists of on a day; a commune consists of itself.
    pub fn leaves(&self, rules: Rules<'_>, place: &RefArea, day: Date) -> Arc<[u32]> {
        let number = self.places.number(place);
        number.map_or_else(
            || Arc::from([]),
            |number| self.places.leaves(rules.tree, number, day),
        )
    }

    /// Drops the figures that can rest on a value of an indicator and place: of what is made of the indicator, of the place
    /// itself, of the units above it on any day, and of those that it became part of. O(these).
    fn forget(&mut self, rules: Rules<'_>, indicator: &IndicatorCode, place: &RefArea) {
        let made = self.rows.get(indicator).and_then(|row| self.dependents.get(*row));
        let Some((made, place)) = made.zip(self.places.number(place)) else {
            return;
        };
        let kept = self.kept.get_mut();
        for place in &*self.places.reached(rules.tree, place) {
            for row in made {
                // Emptied, not taken away: most are asked for again.
                if let Some(figures) = kept.get_mut(&(*row, *place)) {
                    figures.clear();
                }
            }
        }
    }
}

/// The telling of a cell that counts.
fn best_of(
    catalogue: &Catalogue,
    row: Row,
    tellings: &[(PlaceNumber, Value)],
    basis: Option<PriceBasis>,
) -> Option<Value> {
    if tellings.is_empty() {
        return None;
    }
    let unit = &catalogue.entries().get(row)?.indicator.unit;
    let measures: &[Measure] = if unit.is_percentage() {
        &[Measure::Level, Measure::Share, Measure::Growth]
    } else {
        &[Measure::Level]
    };
    let is_money = unit.is_money();
    measures.iter().find_map(|measure| {
        tellings
            .iter()
            .map(|(_, value)| *value)
            .filter(|value| {
                value.measure == *measure
                    && value.status != ObsStatus::Missing
                    && !value.is_scoped
                    && (!is_money || value.price_basis == basis)
            })
            .max_by_key(|value| (value.edition, value.id))
    })
}

/// Current prices first, then base years, the latest first: an order that does not hang on who told first.
pub fn sort_bases(bases: &mut [PriceBasis]) {
    bases.sort_by_key(|basis| match basis {
        PriceBasis::Current => i32::MIN,
        PriceBasis::Constant { base_year } => -i32::from(*base_year),
    });
}

fn rows(catalogue: &Catalogue) -> FxHashMap<IndicatorCode, Row> {
    let entries = catalogue.entries().iter().zip(0..);
    entries
        .map(|(entry, row)| (entry.indicator.code.clone(), row))
        .collect()
}

/// For each indicator itself and all that are made of it, through any number of formulas and weights.
fn dependents(rules: Rules<'_>) -> Vec<Vec<Row>> {
    let rows = rows(rules.catalogue);
    let mut direct: Vec<Vec<Row>> = vec![Vec::new(); rows.len()];
    for (row, entry) in rules.catalogue.entries().iter().enumerate() {
        let mut needs: Vec<Row> = Vec::new();
        if let Some(formula) = rules.formulas.get(&entry.indicator.code) {
            formula.each_code(&mut |code, _| needs.extend(rows.get(code)));
        }
        let of_rule = entry.aggregation.needs();
        needs.extend(of_rule.into_iter().filter_map(|code| rows.get(code)));
        for need in needs {
            direct[need].push(row);
        }
    }
    (0..rows.len())
        .map(|row| {
            let (mut found, mut at) = (vec![row], 0);
            while let Some(next) = found.get(at).copied() {
                for made in &direct[next] {
                    if !found.contains(made) {
                        found.push(*made);
                    }
                }
                at += 1;
            }
            found
        })
        .collect()
}

/// What an indicator is made of, itself first, through any number of formulas and weights: the slices that must be loaded
/// before a figure of it is asked for.
pub fn needed(rules: Rules<'_>, indicator: &IndicatorCode) -> Vec<IndicatorCode> {
    let (mut found, mut at) = (vec![indicator.clone()], 0);
    while let Some(next) = found.get(at).cloned() {
        let mut needs: Vec<IndicatorCode> = Vec::new();
        if let Some(formula) = rules.formulas.get(&next) {
            formula.each_code(&mut |code, _| needs.push(code.clone()));
        }
        if let Some(entry) = rules.catalogue.get(&next) {
            needs.extend(entry.aggregation.needs().into_iter().cloned());
        }
        for need in needs {
            if !found.contains(&need) {
                found.push(need);
            }
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests;
