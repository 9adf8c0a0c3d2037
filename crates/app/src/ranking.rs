//! Which communes stand where, among those with which a comparison is fair.

use engine::formula::Formulas;
use engine::ranking::{Candidate, Standing, rank_within_groups};
use plan::Direction;
use store::Which;
use terms::{AreaLevel, Decimal, IndicatorCode, TimePeriod};

use crate::assess::Picture;
use crate::explain::Teller;
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::{PROVINCE, known_on};
use crate::view::{IndicatorName, UnitName};
use crate::{Actor, App, Error};

/// Communes larger than this, in km², are compared with each other: about half of the province's.
pub const LARGE_FROM_KM2: i64 = 200;

/// Among whom a commune is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FairGroup {
    /// Wards.
    Wards,
    /// Communes below [`LARGE_FROM_KM2`].
    SmallCommunes,
    /// Communes of [`LARGE_FROM_KM2`] and more.
    LargeCommunes,
}

impl FairGroup {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            FairGroup::Wards => "wards",
            FairGroup::SmallCommunes => "small",
            FairGroup::LargeCommunes => "large",
        }
    }
}

/// An indicator and a period in which something is known of communes.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Of what.
    pub indicator: IndicatorName,
    /// When.
    pub period: TimePeriod,
    /// Whether anything of it is simulated.
    pub simulated: bool,
}

/// Everybody's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// What can be asked for; the newest period of each indicator first.
    pub choices: Vec<Choice>,
    /// What is shown; none where nothing is known of any commune.
    pub shown: Option<Choice>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// The groups with their members, the best first, those without a value last.
    pub groups: Vec<(FairGroup, Vec<Place>)>,
    /// How many communes have a value.
    pub known: usize,
    /// Of how many.
    pub of: usize,
}

/// Where a commune stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Which.
    pub unit: UnitName,
    /// The value; none where it is not known.
    pub value: Option<Decimal>,
    /// The ranks within the group.
    pub standing: Standing,
    /// How many of the indicators reported by any commune in the period are reported by this one.
    pub given: u32,
    /// Of how many.
    pub asked: u32,
}

impl App {
    /// Ranks the communes by an indicator in a period; without one, by the first of the catalogue that can be ranked, in
    /// its newest period. An indicator of which no way is better is not ranked. Four statements.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::Store`], [`Error::Denied`].
    pub async fn ranking(
        &self,
        actor: &Actor,
        asked: Option<&(IndicatorCode, TimePeriod)>,
    ) -> Result<Ranking, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let reference = &lists.reference;
        let mut reading = self.reading().await?;
        let picture = Picture::load(&mut reading, known_on(None), Which::All).await?;
        drop(reading);
        let formulas = Formulas::of(reference.catalogue()).map_err(Error::Invalid)?;
        let choices = choices(reference, &picture, &formulas);
        let shown = choices
            .iter()
            .find(|choice| {
                asked.is_none_or(|(code, period)| choice.indicator.code == *code && choice.period == *period)
            })
            .cloned();
        let Some(choice) = &shown else {
            return Ok(Ranking {
                choices,
                shown,
                direction: None,
                groups: Vec::new(),
                known: 0,
                of: 0,
            });
        };
        let direction = reference
            .indicator(&choice.indicator.code)
            .and_then(|indicator| indicator.direction);
        let teller = Teller::new(reference, &picture, &formulas);
        let reported = reported_in(&picture, reference, choice.period);
        let asked_count = u32::try_from(reported.len()).unwrap_or(u32::MAX);
        let tree = reference.tree();
        let mut places = Vec::new();
        for number in tree.below(&PROVINCE, AreaLevel::Commune, choice.period.end()) {
            let unit = tree.unit(number);
            let value = teller.tell(&choice.indicator.code, &unit.code, choice.period);
            let given = reported
                .iter()
                .filter(|code| teller.is_reported(code, &unit.code, choice.period))
                .count();
            let large = unit
                .area_km2
                .is_some_and(|area| Decimal::from(LARGE_FROM_KM2) <= area);
            let group = match unit.type_vi.as_str() {
                "phường" | "thị trấn" => FairGroup::Wards,
                _ if large => FairGroup::LargeCommunes,
                _ => FairGroup::SmallCommunes,
            };
            let given = u32::try_from(given).unwrap_or(u32::MAX);
            places.push((
                group,
                reference.unit_name(&unit.code),
                value.value.filter(|_| value.complete),
                given,
            ));
        }
        let candidates: Vec<_> = places
            .iter()
            .map(|(group, _, value, given)| Candidate {
                group: *group,
                // What is shown is what is compared: values that read the same are ties.
                score: value.map(|value| match direction {
                    Some(Direction::Down) => -value.round_dp(2),
                    _ => value.round_dp(2),
                }),
                given: *given,
                asked: asked_count,
            })
            .collect();
        let standings = rank_within_groups(&candidates);
        let known = candidates
            .iter()
            .filter(|candidate| candidate.score.is_some())
            .count();
        let of = places.len();
        let mut groups: Vec<(FairGroup, Vec<Place>)> = Vec::new();
        for ((group, unit, value, given), standing) in places.into_iter().zip(standings) {
            let place = Place {
                unit,
                value,
                standing,
                given,
                asked: asked_count,
            };
            match groups.iter_mut().find(|(found, _)| *found == group) {
                Some((_, members)) => members.push(place),
                None => groups.push((group, vec![place])),
            }
        }
        groups.sort_by_key(|(group, _)| *group);
        for (_, members) in &mut groups {
            members.sort_by_key(|place| {
                let rank = place.standing.by_score;
                (rank.is_none(), rank, place.unit.code.clone())
            });
        }
        Ok(Ranking {
            choices,
            shown,
            direction,
            groups,
            known,
            of,
        })
    }
}

/// The indicators that any commune of the province reported in a period.
fn reported_in(picture: &Picture, reference: &Reference, period: TimePeriod) -> Vec<IndicatorCode> {
    let mut codes: Vec<IndicatorCode> = Vec::new();
    for stored in &picture.observations {
        let told = &stored.observation;
        if told.time_period == period && is_commune(&told.ref_area) && !codes.contains(&told.indicator) {
            codes.push(told.indicator.clone());
        }
    }
    codes.sort_by_key(|code| reference.rank(code));
    codes
}

fn is_commune(area: &terms::RefArea) -> bool {
    area.level() == AreaLevel::Commune && area.as_str().starts_with(PROVINCE.as_str())
}

/// What communes reported and what formulas make of that, where one way is better: by the catalogue's order, the newest
/// period first; a value of one commune alone ranks nobody.
fn choices(reference: &Reference, picture: &Picture, formulas: &Formulas) -> Vec<Choice> {
    let mut told: std::collections::BTreeMap<(TimePeriod, &IndicatorCode), (usize, bool)> =
        std::collections::BTreeMap::new();
    for stored in &picture.observations {
        let observation = &stored.observation;
        if is_commune(&observation.ref_area) {
            let entry = told
                .entry((observation.time_period, &observation.indicator))
                .or_default();
            entry.0 += 1;
            entry.1 |= picture.is_simulated(stored.id.0);
        }
    }
    let mut found = Vec::new();
    let mut periods: Vec<TimePeriod> = told.keys().map(|(period, _)| *period).collect();
    periods.dedup();
    for indicator in reference.indicators.iter().filter(|one| one.direction.is_some()) {
        for period in periods.iter().rev() {
            let own = told.get(&(*period, &indicator.code)).filter(|own| 1 < own.0);
            let simulated = match own {
                Some(own) => Some(own.1),
                None => formulas.get(&indicator.code).and_then(|_| {
                    let needs = reference.catalogue().get(&indicator.code)?.aggregation.needs();
                    let of_needs: Vec<_> = needs
                        .iter()
                        .filter_map(|code| told.get(&(*period, *code)).filter(|own| 1 < own.0))
                        .collect();
                    (!needs.is_empty() && of_needs.len() == needs.len())
                        .then(|| of_needs.iter().any(|own| own.1))
                }),
            };
            if let Some(simulated) = simulated {
                found.push(Choice {
                    indicator: reference.indicator_name(&indicator.code),
                    period: *period,
                    simulated,
                });
            }
        }
    }
    found
}
