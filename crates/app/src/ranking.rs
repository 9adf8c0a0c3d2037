//! Which communes stand where, among those with which a comparison is fair.

use engine::ranking::{Candidate, Standing, rank_within_groups};
use plan::Direction;
use store::Which;
use terms::{AreaLevel, Date, Decimal, IndicatorCode, TimePeriod};

use crate::assess::Picture;
use crate::held::{Held, Wanted};
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::{PROVINCE, known_on};
use crate::scoreboard::{Attainment, TargetRow};
use crate::view::{IndicatorName, UnitName};
use crate::{Actor, App, Error};

pub use crate::fair_group::{FairGroup, Grouping, HardshipList, LARGE_FROM_KM2};

/// By what communes are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RankBy {
    /// By the value itself.
    #[default]
    Value,
    /// By how much of their own target they have reached.
    Attainment,
    /// By how much of what was asked they have reported.
    Completeness,
}

impl RankBy {
    /// Every one.
    pub const ALL: [RankBy; 3] = [RankBy::Value, RankBy::Attainment, RankBy::Completeness];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            RankBy::Value => "value",
            RankBy::Attainment => "attainment",
            RankBy::Completeness => "completeness",
        }
    }
}

/// What is to be ranked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RankingQuery {
    /// By which indicator in which period (of targets: when they are due); none: the first that can be ranked.
    pub asked: Option<(IndicatorCode, TimePeriod)>,
    /// By what.
    pub by: RankBy,
    /// Among whom.
    pub grouping: Grouping,
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
    /// By what.
    pub by: RankBy,
    /// Among whom.
    pub grouping: Grouping,
    /// Where the classes of hardship come from.
    pub hardship: HardshipList,
    /// The period whose reports are counted for completeness.
    pub reported_in: Option<TimePeriod>,
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
    /// The value, or the part of the own target that was reached (1 is all); none where it is not known.
    pub value: Option<Decimal>,
    /// The ranks within the group.
    pub standing: Standing,
    /// How many of the indicators reported by any commune in the period are reported by this one.
    pub given: u32,
    /// Of how many.
    pub asked: u32,
}

impl App {
    /// Ranks the communes within fair groups; without an indicator, by the first of the catalogue that can be ranked, in its
    /// newest period. An indicator of which no way is better is not ranked. From the kept cube; by attainment four statements more.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::Store`], [`Error::Denied`].
    pub async fn ranking(&self, actor: &Actor, query: &RankingQuery) -> Result<Ranking, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let hardship = HardshipList::embedded().map_err(Error::Invalid)?;
        let aimed: Vec<TargetRow> = if query.by == RankBy::Attainment {
            // Targets are judged by all of their results, in all editions and with their papers.
            let mut reading = self.reading().await?;
            let picture = Picture::load(&mut reading, known_on(None), Which::Pursued).await?;
            let assessed = picture.assess_all(&lists.reference, self.today()).into_iter();
            assessed
                .map(|assessed| assessed.row)
                .filter(|row| is_commune(&row.place.code))
                .collect()
        } else {
            Vec::new()
        };
        let today = self.today();
        let (held, _) = self.held(Wanted::All).await?;
        Ok(ranked(&held, query, hardship, &aimed, today))
    }
}

fn ranked(
    held: &Held,
    query: &RankingQuery,
    hardship: HardshipList,
    aimed: &[TargetRow],
    today: Date,
) -> Ranking {
    let reference = held.reference();
    let choices = match query.by {
        RankBy::Attainment => choices_of_targets(reference, aimed),
        RankBy::Value | RankBy::Completeness => choices(held),
    };
    let shown = choices
        .iter()
        .find(|choice| {
            let is = |(code, period): &(IndicatorCode, TimePeriod)| {
                choice.indicator.code == *code && choice.period == *period
            };
            query.asked.as_ref().is_none_or(is)
        })
        .cloned();
    let mut ranking = Ranking {
        by: query.by,
        grouping: query.grouping,
        hardship,
        reported_in: None,
        choices,
        shown,
        direction: None,
        groups: Vec::new(),
        known: 0,
        of: 0,
    };
    let Some(choice) = ranking.shown.clone() else {
        return ranking;
    };
    let indicator = reference.indicator(&choice.indicator.code);
    ranking.direction = indicator.and_then(|indicator| indicator.direction);
    // Of targets: the newest year of which communes reported anything.
    let reports = match query.by {
        RankBy::Attainment => newest_year(held).unwrap_or(choice.period),
        RankBy::Value | RankBy::Completeness => choice.period,
    };
    let reported = reported_in(held, reports);
    let asked = u32::try_from(reported.len()).unwrap_or(u32::MAX);
    ranking.reported_in = Some(reports);
    let tree = reference.tree();
    let day = match query.by {
        RankBy::Attainment => today,
        RankBy::Value | RankBy::Completeness => choice.period.end(),
    };
    let (mut candidates, mut places) = (Vec::new(), Vec::new());
    for number in tree.below(&PROVINCE, AreaLevel::Commune, day) {
        let unit = tree.unit(number);
        let value = if query.by == RankBy::Attainment {
            reached(aimed, &unit.code, &choice)
        } else {
            let (figure, _) = held.figure(&choice.indicator.code, &unit.code, choice.period);
            figure.value.filter(|_| figure.is_complete)
        };
        let of_it = |code: &&IndicatorCode| held.rollups().is_told(code, &unit.code, reports);
        let given = u32::try_from(reported.iter().filter(of_it).count()).unwrap_or(u32::MAX);
        candidates.push(Candidate {
            group: ranking.hardship.group(query.grouping, unit),
            // What is shown is what is compared: values that read the same are ties.
            score: value.map(|value| match (query.by, ranking.direction) {
                (RankBy::Attainment, _) => value.round_dp(4),
                (_, Some(Direction::Down)) => -value.round_dp(2),
                _ => value.round_dp(2),
            }),
            given,
            asked,
        });
        places.push((reference.unit_name(&unit.code), value, given));
    }
    let standings = rank_within_groups(&candidates);
    let scored = |candidate: &&Candidate<FairGroup>| candidate.score.is_some();
    ranking.known = candidates.iter().filter(scored).count();
    ranking.of = candidates.len();
    for ((candidate, (unit, value, given)), standing) in candidates.iter().zip(places).zip(standings) {
        let place = Place {
            unit,
            value,
            standing,
            given,
            asked,
        };
        let group = candidate.group;
        match ranking.groups.iter_mut().find(|(found, _)| *found == group) {
            Some((_, members)) => members.push(place),
            None => ranking.groups.push((group, vec![place])),
        }
    }
    ranking.groups.sort_by_key(|(group, _)| *group);
    for (_, members) in &mut ranking.groups {
        members.sort_by_key(|place| {
            let rank = match query.by {
                RankBy::Completeness => place.standing.by_completeness,
                RankBy::Value | RankBy::Attainment => place.standing.by_score,
            };
            (rank.is_none(), rank, place.unit.code.clone())
        });
    }
    ranking
}

/// The indicators and due periods of which more than one commune has a target.
fn choices_of_targets(reference: &Reference, aimed: &[TargetRow]) -> Vec<Choice> {
    let mut found: Vec<(Choice, usize)> = Vec::new();
    for row in aimed {
        let same = found
            .iter_mut()
            .find(|(choice, _)| choice.indicator.code == row.indicator.code && choice.period == row.due);
        match same {
            Some((choice, count)) => {
                choice.simulated |= row.simulated;
                *count += 1;
            }
            None => found.push((
                Choice {
                    indicator: row.indicator.clone(),
                    period: row.due,
                    simulated: row.simulated,
                },
                1,
            )),
        }
    }
    found.retain(|(_, count)| 1 < *count);
    found.sort_by_key(|(choice, _)| (reference.rank(&choice.indicator.code), choice.period));
    found.into_iter().map(|(choice, _)| choice).collect()
}

/// How much of its own target a commune has reached.
fn reached(aimed: &[TargetRow], place: &terms::RefArea, choice: &Choice) -> Option<Decimal> {
    let row = aimed.iter().find(|row| {
        row.place.code == *place && row.indicator.code == choice.indicator.code && row.due == choice.period
    })?;
    match row.attainment {
        Attainment::OfWay(share) | Attainment::OfLevel(share) => Some(share),
        Attainment::Kept(is) | Attainment::Reached(is) => Some(Decimal::from(u8::from(is))),
        Attainment::Unknown => None,
    }
}

/// The newest year of which a commune of the province reported anything.
fn newest_year(held: &Held) -> Option<TimePeriod> {
    let told = held.rollups().told(is_commune).into_iter();
    told.map(|(period, _)| period)
        .filter(|period| matches!(period, TimePeriod::Year(_)))
        .max()
}

/// The indicators that any commune of the province reported in a period.
fn reported_in(held: &Held, period: TimePeriod) -> Vec<IndicatorCode> {
    let told = held.rollups().told(is_commune).into_iter();
    let mut codes: Vec<IndicatorCode> = told
        .filter(|(when, _)| *when == period)
        .map(|(_, code)| code)
        .collect();
    codes.sort_by_key(|code| held.reference().rank(code));
    codes
}

fn is_commune(area: &terms::RefArea) -> bool {
    area.level() == AreaLevel::Commune && area.as_str().starts_with(PROVINCE.as_str())
}

/// What communes reported and what formulas make of that, where one way is better: by the catalogue's order, the newest
/// period first; a value of one commune alone ranks nobody.
fn choices(held: &Held) -> Vec<Choice> {
    let reference = held.reference();
    let told: std::collections::BTreeMap<(TimePeriod, IndicatorCode), (usize, bool)> = held
        .rollups()
        .told(is_commune)
        .into_iter()
        .map(|(period, code)| {
            let count = held.rollups().count(&code, period, is_commune);
            ((period, code), count)
        })
        .collect();
    let mut periods: Vec<TimePeriod> = told.keys().map(|(period, _)| *period).collect();
    periods.dedup();
    let mut found = Vec::new();
    for indicator in reference.indicators.iter().filter(|one| one.direction.is_some()) {
        for period in periods.iter().rev() {
            let known = |code: &IndicatorCode| told.get(&(*period, code.clone())).filter(|own| 1 < own.0);
            let simulated = match known(&indicator.code) {
                Some(own) => Some(own.1),
                None => held.formulas().get(&indicator.code).and_then(|_| {
                    let needs = reference.catalogue().get(&indicator.code)?.aggregation.needs();
                    let of_needs: Vec<_> = needs.iter().filter_map(|code| known(code)).collect();
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
