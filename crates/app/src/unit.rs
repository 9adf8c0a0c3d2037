//! A unit: the country, the province, a commune; what it is made of and what is known of it.

use std::collections::BTreeMap;

use store::{Known, StoredObservation, Which};
use terms::{Date, Decimal, Measure, RefArea};

use crate::assess::Picture;
use crate::policy::Action;
use crate::reference::{Reference, lives};
use crate::scoreboard::told_once;
use crate::scoreboard::{ResultView, TargetRow};
use crate::view::{IndicatorName, UnitName};
use crate::{Actor, App, Error};

/// A unit's page.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitView {
    /// Code, name, tier, last day.
    pub unit: UnitName,
    /// Xã, phường, tỉnh, … as in the list of units.
    pub type_vi: String,
    /// First day; none where it lies before 1 July 2025 and is not recorded.
    pub valid_from: Option<Date>,
    /// Published natural area, in km².
    pub area_km2: Option<Decimal>,
    /// The units above, the highest first.
    pub parents: Vec<UnitName>,
    /// The units right below that are valid today, in the language-neutral order of their codes.
    pub children: Vec<ChildUnit>,
    /// What it was made of.
    pub predecessors: Vec<SuccessionView>,
    /// What became of it, where it ended.
    pub successors: Vec<SuccessionView>,
    /// The latest result of each indicator and measure that is known of it.
    pub known: Vec<KnownResult>,
    /// Its targets.
    pub targets: Vec<TargetRow>,
    /// How many indicators the catalogue has, to tell how much is not known.
    pub catalogue_size: usize,
}

/// A unit below another.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildUnit {
    /// Which.
    pub unit: UnitName,
    /// Published natural area, in km².
    pub area_km2: Option<Decimal>,
    /// How many results are known of it.
    pub results: usize,
}

/// What came before or after.
#[derive(Debug, Clone, PartialEq)]
pub struct SuccessionView {
    /// The other unit.
    pub unit: UnitName,
    /// The first day of the successor.
    pub date: Date,
    /// The part of the predecessor that went over, 0 to 1; none where nobody says.
    pub share: Option<Decimal>,
}

/// The latest that is known of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownResult {
    /// Of what.
    pub indicator: IndicatorName,
    /// Which aspect.
    pub measure: Measure,
    /// The result.
    pub result: ResultView,
}

impl App {
    /// A unit's page. Five statements.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`], [`Error::Denied`].
    pub async fn unit(&self, actor: &Actor, code: &RefArea) -> Result<UnitView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let reference = &lists.reference;
        let unit = reference.unit(code).ok_or(Error::NotFound { what: "unit" })?;
        let mut reading = self.reading().await?;
        let mut picture = Picture::load(&mut reading, Known::NOW, Which::Place(code)).await?;
        picture.marks = self.marks(&picture, &mut reading, None).await?;
        let by_place = reading.observations_by_place().await?;
        let today = self.today();
        let mut parents = Vec::new();
        let mut above = unit.parent.as_ref();
        while let Some(parent) = above.filter(|_| parents.len() < 8) {
            parents.push(reference.unit_name(parent));
            above = reference.unit(parent).and_then(|unit| unit.parent.as_ref());
        }
        parents.reverse();
        let mut children: Vec<ChildUnit> = reference
            .children(code)
            .filter(|child| lives(child, today))
            .map(|child| ChildUnit {
                unit: reference.unit_name(&child.code),
                area_km2: child.area_km2,
                results: by_place.get(&child.code).copied().unwrap_or_default(),
            })
            .collect();
        children.sort_by(|a, b| a.unit.code.cmp(&b.unit.code));
        let link = |other: &RefArea, date, share| SuccessionView {
            unit: reference.unit_name(other),
            date,
            share,
        };
        let successions = reference.successions().iter();
        let predecessors = successions
            .clone()
            .filter(|succession| succession.successor == *code);
        let successors = successions.filter(|succession| succession.predecessor == *code);
        Ok(UnitView {
            unit: reference.unit_name(code),
            type_vi: unit.type_vi.clone(),
            valid_from: unit.valid_from,
            area_km2: unit.area_km2,
            parents,
            children,
            predecessors: predecessors
                .map(|one| link(&one.predecessor, one.date, one.share))
                .collect(),
            successors: successors
                .map(|one| link(&one.successor, one.date, one.share))
                .collect(),
            known: known(&picture, reference),
            targets: told_once(
                picture
                    .assess_all(reference, today)
                    .into_iter()
                    .map(|assessed| assessed.row),
            ),
            catalogue_size: reference.indicators.len(),
        })
    }
}

/// The latest result of each indicator and measure, in the catalogue's order.
fn known(picture: &Picture, reference: &Reference) -> Vec<KnownResult> {
    let mut latest: BTreeMap<_, &StoredObservation> = BTreeMap::new();
    for stored in &picture.observations {
        let observation = &stored.observation;
        let key = (
            reference.rank(&observation.indicator),
            &observation.indicator,
            observation.measure,
        );
        let age = |stored: &StoredObservation| {
            let period = stored.observation.time_period;
            (
                period.end(),
                std::cmp::Reverse(period.start()),
                stored.observation.edition,
                stored.id,
            )
        };
        let entry = latest.entry(key).or_insert(stored);
        if age(entry) < age(stored) {
            *entry = stored;
        }
    }
    latest
        .into_iter()
        .map(|((_, code, measure), stored)| KnownResult {
            indicator: reference.indicator_name(code),
            measure,
            result: picture.result(reference, stored),
        })
        .collect()
}
