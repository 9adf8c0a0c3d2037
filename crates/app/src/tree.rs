//! The tree of units with what the units below come to, and how much of the ground that covers.

use std::collections::BTreeSet;

use engine::formula::Formulas;
use engine::rollup::Made;
use terms::{Decimal, IndicatorCode, RefArea, TimePeriod};

use crate::held::{Held, People, Wanted};
use crate::policy::Action;
use crate::reference::Reference;
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
    /// Where shorter periods came to it or to a part of it: the months that are covered, of how many, in the scarcest part.
    pub months: Option<(u32, u32)>,
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
    /// The tree from a unit down one step, from the kept cube.
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
        if self.lists().reference.unit(code).is_none() {
            return Err(Error::NotFound { what: "unit" });
        }
        let last_year = TimePeriod::Year(self.today().year() - 1);
        let (held, _) = self.held(Wanted::All).await?;
        Ok(view(&held, code, period, last_year))
    }
}

fn view(held: &Held, code: &RefArea, period: Option<TimePeriod>, last_year: TimePeriod) -> TreeView {
    let reference = held.reference();
    let told = held.told_below(code);
    let mut periods: Vec<TimePeriod> = told.keys().copied().collect();
    periods.sort_unstable_by_key(|period| std::cmp::Reverse((period.end(), period.days())));
    let year = |period: &&TimePeriod| matches!(period, TimePeriod::Year(_));
    let period = period
        .or_else(|| periods.iter().find(year).or(periods.first()).copied())
        .unwrap_or(last_year);
    let tree = reference.tree();
    let mut children: Vec<RefArea> = tree
        .children(code, period.end())
        .into_iter()
        .map(|number| tree.unit(number).code.clone())
        .collect();
    children.sort();
    // Also what was told of shorter periods, where these add up.
    let of_period = told.iter().filter(|(when, _)| period.contains(**when));
    let mut known = BTreeSet::new();
    for (when, codes) in of_period {
        let counts = |code: &&IndicatorCode| *when == period || reference.over_time(code).adds_periods();
        known.extend(codes.iter().filter(counts).cloned());
    }
    let codes = shown(reference, held.formulas(), &known);
    let all = held.leaves(code, period.end());
    let people = People::of(held, &all, period);
    let mut simulated = false;
    let mut rows = Vec::with_capacity(children.len() + 1);
    for place in std::iter::once(code).chain(&children) {
        let leaves = held.leaves(place, period.end());
        let mut cells = Vec::with_capacity(codes.len());
        for indicator in &codes {
            let (figure, _) = held.figure(indicator, place, period);
            simulated |= figure.is_marked;
            cells.push(TreeCell {
                value: figure.value,
                reported: matches!(figure.made, Made::Reported(_)),
                coverage: people.coverage(&figure, &leaves),
                months: figure.months,
            });
        }
        rows.push(TreeRow {
            unit: reference.unit_name(place),
            has_children: !tree.children(place, period.end()).is_empty(),
            cells,
        });
    }
    simulated |= people.is_simulated && rows[0].cells.iter().any(|cell| cell.coverage.is_some());
    let mut parents = Vec::new();
    let mut above = reference.unit(code).and_then(|unit| unit.parent.as_ref());
    while let Some(parent) = above.filter(|_| parents.len() < 8) {
        parents.push(reference.unit_name(parent));
        above = reference.unit(parent).and_then(|unit| unit.parent.as_ref());
    }
    parents.reverse();
    TreeView {
        parents,
        unit: reference.unit_name(code),
        periods,
        period,
        indicators: codes.iter().map(|code| reference.indicator_name(code)).collect(),
        rows,
        population: Population {
            years: people.years.iter().copied().collect(),
            known: people.known(),
            of: all.len(),
        },
        simulated,
    }
}

/// The indicators that units below reported, and those that a formula makes of nothing but these.
fn shown(reference: &Reference, formulas: &Formulas, told: &BTreeSet<IndicatorCode>) -> Vec<IndicatorCode> {
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
