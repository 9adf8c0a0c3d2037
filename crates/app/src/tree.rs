//! The tree of units with what the units below come to, and how much of the ground that covers.

use std::collections::{BTreeMap, BTreeSet};

use engine::formula::Formulas;
use store::Which;
use terms::{AreaLevel, Decimal, IndicatorCode, RefArea, TimePeriod};

use crate::assess::Picture;
use crate::explain::{CameAbout, Explanation, Teller};
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::known_on;
use crate::view::{IndicatorName, UnitName};
use crate::{Actor, App, Error};

/// A unit with those right below it, and their figures of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeView {
    /// The units above, the highest first.
    pub parents: Vec<UnitName>,
    /// The unit itself.
    pub unit: UnitName,
    /// The periods of which units below reported something, the newest first.
    pub periods: Vec<TimePeriod>,
    /// The one that is shown.
    pub period: TimePeriod,
    /// The indicators of which something is known below, in the catalogue's order.
    pub indicators: Vec<IndicatorName>,
    /// The unit first, then those right below it by code; one cell an indicator.
    pub rows: Vec<TreeRow>,
    /// From what the share of the population is told.
    pub population: Population,
    /// Whether any report behind it is simulated.
    pub simulated: bool,
}

/// What is known of the population by which coverage is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// The years from which it is, the oldest first; empty where no unit told it.
    pub years: Vec<TimePeriod>,
    /// Of how many communes and wards it is known.
    pub known: usize,
    /// Of how many.
    pub of: usize,
}

/// A unit and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeRow {
    /// Which.
    pub unit: UnitName,
    /// Whether it has units below it.
    pub has_children: bool,
    /// One an indicator.
    pub cells: Vec<TreeCell>,
}

/// A figure of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeCell {
    /// The value; none where it is not known.
    pub value: Option<Decimal>,
    /// Where it was put together from units below: how much of the ground they are.
    pub coverage: Option<Coverage>,
    /// Whether it was reported for the unit itself.
    pub reported: bool,
}

/// How much of its ground an aggregate stands on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Communes and wards that are known.
    pub known: usize,
    /// Of how many.
    pub of: usize,
    /// The part of the population that lives in them, 0 to 1, among those whose population is known.
    pub population: Option<Decimal>,
}

impl App {
    /// The tree from a unit down one step. Four statements.
    ///
    /// # Errors
    /// [`Error::NotFound`] (`unit`), [`Error::Invalid`], [`Error::Store`], [`Error::Denied`].
    pub async fn tree(
        &self,
        actor: &Actor,
        code: &RefArea,
        period: Option<TimePeriod>,
    ) -> Result<TreeView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let reference = &lists.reference;
        let unit = reference.unit(code).ok_or(Error::NotFound { what: "unit" })?;
        let mut reading = self.reading().await?;
        let picture = Picture::load(&mut reading, known_on(None), Which::All).await?;
        drop(reading);
        let formulas = Formulas::of(reference.catalogue()).map_err(Error::Invalid)?;
        let teller = Teller::new(reference, &picture, &formulas);
        let told = told_below(reference, &picture, code);
        let mut periods: Vec<TimePeriod> = told.keys().copied().collect();
        periods.sort_unstable_by_key(|period| std::cmp::Reverse((period.end(), period.days())));
        let year = |period: &&TimePeriod| matches!(period, TimePeriod::Year(_));
        let period = period
            .or_else(|| periods.iter().find(year).or(periods.first()).copied())
            .unwrap_or(TimePeriod::Year(self.today().year() - 1));
        let tree = reference.tree();
        let mut children: Vec<RefArea> = tree
            .children(code, period.end())
            .into_iter()
            .map(|number| tree.unit(number).code.clone())
            .collect();
        children.sort();
        let codes = shown(reference, &formulas, told.get(&period));
        let leaves = |place: &RefArea| -> BTreeSet<RefArea> {
            let communes = tree.below(place, AreaLevel::Commune, period.end());
            communes
                .into_iter()
                .map(|number| tree.unit(number).code.clone())
                .collect()
        };
        let people = People::of(&teller, &told, &leaves(code), period);
        let mut simulated = false;
        let mut rows = Vec::with_capacity(children.len() + 1);
        for place in std::iter::once(code).chain(&children) {
            let mut cells = Vec::with_capacity(codes.len());
            for indicator in &codes {
                let explained = teller.tell(indicator, place, period);
                simulated |= explained.is_simulated();
                cells.push(TreeCell {
                    value: explained.value,
                    reported: matches!(explained.how, CameAbout::Reported(_)),
                    coverage: below(&explained, &leaves).map(|known| Coverage {
                        known: known.len(),
                        of: leaves(place).len(),
                        population: people.share(&known, &leaves(place)),
                    }),
                });
            }
            rows.push(TreeRow {
                unit: reference.unit_name(place),
                has_children: !tree.children(place, period.end()).is_empty(),
                cells,
            });
        }
        simulated |= people.simulated && rows[0].cells.iter().any(|cell| cell.coverage.is_some());
        let mut parents = Vec::new();
        let mut above = unit.parent.as_ref();
        while let Some(parent) = above.filter(|_| parents.len() < 8) {
            parents.push(reference.unit_name(parent));
            above = reference.unit(parent).and_then(|unit| unit.parent.as_ref());
        }
        parents.reverse();
        Ok(TreeView {
            parents,
            unit: reference.unit_name(code),
            periods,
            period,
            indicators: codes.iter().map(|code| reference.indicator_name(code)).collect(),
            rows,
            population: Population {
                years: people.years.iter().copied().collect(),
                known: people.by_unit.len(),
                of: leaves(code).len(),
            },
            simulated,
        })
    }
}

/// What units anywhere below one reported, by period.
fn told_below(
    reference: &Reference,
    picture: &Picture,
    code: &RefArea,
) -> BTreeMap<TimePeriod, BTreeSet<IndicatorCode>> {
    let mut told: BTreeMap<TimePeriod, BTreeSet<IndicatorCode>> = BTreeMap::new();
    for stored in &picture.observations {
        let observation = &stored.observation;
        let place = &observation.ref_area;
        if place.level() != AreaLevel::Named && is_below(reference, place, code) {
            told.entry(observation.time_period)
                .or_default()
                .insert(observation.indicator.clone());
        }
    }
    told
}

fn is_below(reference: &Reference, place: &RefArea, code: &RefArea) -> bool {
    let mut above = reference.unit(place).and_then(|unit| unit.parent.as_ref());
    for _ in 0..8 {
        match above {
            None => return false,
            Some(parent) if parent == code => return true,
            Some(parent) => above = reference.unit(parent).and_then(|unit| unit.parent.as_ref()),
        }
    }
    false
}

/// The indicators that units below reported, and those that a formula makes of nothing but these.
fn shown(
    reference: &Reference,
    formulas: &Formulas,
    told: Option<&BTreeSet<IndicatorCode>>,
) -> Vec<IndicatorCode> {
    let Some(told) = told else { return Vec::new() };
    let known = |code: &IndicatorCode| {
        let needs = || {
            let needs = reference.catalogue().get(code)?.aggregation.needs();
            let all = !needs.is_empty() && needs.iter().all(|need| told.contains(*need));
            (formulas.get(code).is_some() && all).then_some(())
        };
        told.contains(code) || needs().is_some()
    };
    reference
        .indicators
        .iter()
        .map(|indicator| &indicator.code)
        .filter(|code| known(code))
        .cloned()
        .collect()
}

/// The communes that an aggregate stands on: of a formula those that all of its parts have, of a mean those of which value
/// and weight are known; a unit that was reported as a whole has all of its communes. None where nothing was put together.
fn below(
    explained: &Explanation,
    leaves: &impl Fn(&RefArea) -> BTreeSet<RefArea>,
) -> Option<BTreeSet<RefArea>> {
    match &explained.how {
        CameAbout::RolledUp { parts, .. } => {
            let mut of_places: BTreeMap<&RefArea, BTreeSet<RefArea>> = BTreeMap::new();
            for part in parts {
                let place = &part.place.code;
                let known = below(part, leaves).unwrap_or_else(|| match place.level() {
                    AreaLevel::Commune => BTreeSet::from([place.clone()]),
                    _ => leaves(place),
                });
                of_places
                    .entry(place)
                    .and_modify(|both| *both = &*both & &known)
                    .or_insert(known);
            }
            Some(of_places.into_values().flatten().collect())
        }
        CameAbout::Made { inputs, .. } => inputs
            .iter()
            .filter_map(|input| below(input, leaves))
            .reduce(|one, other| &one & &other),
        _ => None,
    }
}

/// How many people live in the units below, each by the newest year that is told up to the period, else the newest of all.
struct People {
    by_unit: BTreeMap<RefArea, Decimal>,
    years: BTreeSet<TimePeriod>,
    simulated: bool,
}

impl People {
    fn of(
        teller: &Teller<'_>,
        told: &BTreeMap<TimePeriod, BTreeSet<IndicatorCode>>,
        units: &BTreeSet<RefArea>,
        period: TimePeriod,
    ) -> Self {
        let code = IndicatorCode::new("population.total").expect("a constant of the right form");
        let mut years: Vec<TimePeriod> = told
            .iter()
            .filter(|(year, codes)| matches!(year, TimePeriod::Year(_)) && codes.contains(&code))
            .map(|(year, _)| *year)
            .collect();
        // Those up to the period first, the newest first; then later ones, the nearest first.
        years.sort_unstable_by_key(|year| {
            let later = period.end() < year.start();
            let (year, asked) = (year.end().year(), period.end().year());
            (later, (asked - year).abs())
        });
        let mut people = Self {
            by_unit: BTreeMap::new(),
            years: BTreeSet::new(),
            simulated: false,
        };
        for unit in units {
            for year in &years {
                let told = teller.tell(&code, unit, *year);
                if let Some(count) = told.value.filter(|_| told.complete) {
                    people.simulated |= told.is_simulated();
                    people.by_unit.insert(unit.clone(), count);
                    people.years.insert(*year);
                    break;
                }
            }
        }
        people
    }

    /// The part of the people of `all` that lives in some of them; none where nothing is told.
    fn share(&self, some: &BTreeSet<RefArea>, all: &BTreeSet<RefArea>) -> Option<Decimal> {
        let count = |units: &BTreeSet<RefArea>| -> Decimal {
            units.iter().filter_map(|unit| self.by_unit.get(unit)).sum()
        };
        count(some).checked_div(count(all))
    }
}
