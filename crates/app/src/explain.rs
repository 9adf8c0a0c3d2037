//! How a number came about: down to the reports and the sentences that told them; and all that can be computed of a unit.

use std::collections::{BTreeSet, HashMap};

use engine::explain::{Explained, How};
use engine::formula::{Formulas, Stop};
use plan::PriceBasis;
use store::StoredObservation;
use terms::{Date, Decimal, IndicatorCode, RefArea, TimePeriod};

use crate::assess::Picture;
use crate::held::{Held, People, Wanted};
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::known_on;
use crate::scoreboard::ResultView;
use crate::tree::Coverage;
use crate::view::{IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

pub use engine::over_time::Way;
pub use engine::rollup::Made;

/// What is to be explained.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExplainQuery {
    /// Of what.
    pub indicator: IndicatorCode,
    /// Of whom.
    pub place: RefArea,
    /// When.
    pub period: TimePeriod,
    /// As known at the end of this day (UTC); none: now.
    pub known_on: Option<Date>,
}

/// A value with how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Of what.
    pub indicator: IndicatorName,
    /// Of whom.
    pub place: UnitName,
    /// When.
    pub period: TimePeriod,
    /// The value; none where it is not known.
    pub value: Option<Decimal>,
    /// Whether every unit that it rests on is known.
    pub complete: bool,
    /// In whose prices the money in it is.
    pub price_basis: Option<PriceBasis>,
    /// How it came about.
    pub how: CameAbout,
}

/// How a value came about.
#[derive(Debug, Clone, PartialEq)]
pub enum CameAbout {
    /// It was reported so, with its sentences.
    Reported(Box<ResultView>),
    /// A formula made it of these.
    Made {
        /// The values that the formula names.
        inputs: Vec<Explanation>,
        /// The formula's text.
        formula: String,
        /// Whether something is divided by zero.
        divides_by_zero: bool,
    },
    /// The units that became this one come to it.
    Rebased {
        /// What each brings.
        parts: Vec<Explanation>,
        /// Whether a part was apportioned.
        estimated: bool,
    },
    /// Its own shorter periods come to it.
    OverTime {
        /// Those that count, in order of time.
        parts: Vec<Explanation>,
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
        /// Those that are known; where it is a mean, each weight follows its value.
        parts: Vec<Explanation>,
        /// How many units are known.
        known: usize,
        /// Of how many.
        of: usize,
        /// The weight, where it is a mean.
        weight: Option<IndicatorName>,
    },
    /// Nothing is known.
    Unknown,
}

impl Explanation {
    /// Whether anything that it rests on is simulated.
    pub fn is_simulated(&self) -> bool {
        match &self.how {
            CameAbout::Reported(result) => result.sources.iter().any(SourceView::is_simulated),
            CameAbout::Made { inputs: parts, .. }
            | CameAbout::Rebased { parts, .. }
            | CameAbout::OverTime { parts, .. }
            | CameAbout::RolledUp { parts, .. } => parts.iter().any(Explanation::is_simulated),
            CameAbout::Unknown => false,
        }
    }
}

/// What is to be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComputeQuery {
    /// Of whom.
    pub place: RefArea,
    /// When.
    pub period: TimePeriod,
    /// As known at the end of this day (UTC+7); none: now.
    pub known_on: Option<Date>,
    /// Only these; empty: every indicator of the catalogue.
    pub indicators: Vec<IndicatorCode>,
    /// Of the units right below it too.
    pub below: bool,
    /// What was reported for the unit itself too, not only what follows from others.
    pub reported: bool,
}

impl ComputeQuery {
    /// All that follows for a unit in a period, as known now.
    pub fn new(place: RefArea, period: TimePeriod) -> Self {
        Self {
            place,
            period,
            known_on: None,
            indicators: Vec::new(),
            below: false,
            reported: false,
        }
    }
}

/// What the register comes to of an indicator, a unit and a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// Of what.
    pub indicator: IndicatorName,
    /// Of whom.
    pub place: UnitName,
    /// When.
    pub period: TimePeriod,
    /// The value, exact.
    pub value: Decimal,
    /// In whose prices the money in it is.
    pub price_basis: Option<PriceBasis>,
    /// How it came about.
    pub made: Made,
    /// Whether everything that it rests on is known.
    pub is_complete: bool,
    /// Where units below came to it: how much of the ground they are.
    pub coverage: Option<Coverage>,
    /// Where shorter periods came to it or to a part of it: the months that are covered, of how many, in the scarcest part.
    pub months: Option<(u32, u32)>,
    /// Whether anything that it rests on is simulated.
    pub is_simulated: bool,
}

/// All that a unit comes to in a period, and the periods that can be asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitComputed {
    /// Of when: as asked, else the newest year that comes to anything.
    pub period: TimePeriod,
    /// What it comes to.
    pub found: Vec<Computed>,
    /// Every period of which anything is told of the unit or of units below it, and the years around shorter ones; newest first.
    pub periods: Vec<TimePeriod>,
}

/// How many years back a page that names no period looks for one that comes to anything.
const YEARS_LOOKED_AT: usize = 4;

impl App {
    /// All that the register comes to of a unit ([`App::compute`]), with the periods of which anything is told.
    ///
    /// # Errors
    /// As [`App::compute`].
    pub async fn compute_unit(
        &self,
        actor: &Actor,
        place: &RefArea,
        period: Option<TimePeriod>,
    ) -> Result<UnitComputed, Error> {
        actor.require(Action::ReadRegister)?;
        if self.lists().reference.unit(place).is_none() {
            return Err(Error::NotFound { what: "unit" });
        }
        let last_year = TimePeriod::Year(self.today().year() - 1);
        let (held, _) = self.held(Wanted::All).await?;
        let mut periods: BTreeSet<TimePeriod> = held.told_by(place).into_keys().collect();
        let years: Vec<TimePeriod> = periods
            .iter()
            .filter(|period| period.start().year() == period.end().year())
            .map(|period| TimePeriod::Year(period.end().year()))
            .collect();
        periods.extend(years);
        let mut periods: Vec<TimePeriod> = periods.into_iter().collect();
        periods.sort_by_key(|period| std::cmp::Reverse((period.end(), period.days())));
        let of = |period: TimePeriod| computed(&held, &ComputeQuery::new(place.clone(), period));
        let is_year = |period: &&TimePeriod| matches!(period, TimePeriod::Year(_));
        let (period, found) = match period {
            Some(period) => (period, of(period)),
            None => periods
                .iter()
                .filter(is_year)
                .take(YEARS_LOOKED_AT)
                .map(|year| (*year, of(*year)))
                .find(|(_, found)| !found.is_empty())
                .unwrap_or((last_year, Vec::new())),
        };
        Ok(UnitComputed {
            period,
            found,
            periods,
        })
    }

    /// How a number came about, from the kept cube: the reports that it rests on are read by their numbers, and no others.
    ///
    /// # Errors
    /// [`Error::NotFound`] (`indicator`), [`Error::Invalid`] where the catalogue's formulas have a fault, [`Error::Store`],
    /// [`Error::Denied`].
    pub async fn explain(&self, actor: &Actor, query: &ExplainQuery) -> Result<Explanation, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        if lists.reference.indicator(&query.indicator).is_none() {
            return Err(Error::NotFound { what: "indicator" });
        }
        let known = known_on(query.known_on);
        let explained = |held: &Held| {
            let (explained, basis) = held.explained(&query.indicator, &query.place, query.period);
            (explained, basis)
        };
        let ((explained, basis), mut reading) = if query.known_on.is_some() {
            let (held, reading) = self.held_as_known(known).await?;
            (explained(&held), reading)
        } else {
            let wanted = [query.indicator.clone()];
            let (held, reading) = self.held(Wanted::These(&wanted)).await?;
            (explained(&held), reading)
        };
        let picture = Picture::of_values(&mut reading, known, &explained.reports()).await?;
        let formulas = Formulas::of(lists.reference.catalogue()).map_err(Error::Invalid)?;
        let showing = Showing {
            reference: &lists.reference,
            picture: &picture,
            formulas: &formulas,
            by_id: by_id(&picture),
        };
        Ok(showing.view(&explained, basis))
    }

    /// All that the register comes to of a unit in a period beyond what was reported for it: what formulas make, what the
    /// units below or before it and shorter periods come to. Unit by unit, by the catalogue's order; what has no value is
    /// left out. From the kept cube.
    ///
    /// # Errors
    /// [`Error::NotFound`] (`unit`, `indicator`), [`Error::Invalid`], [`Error::Store`], [`Error::Denied`].
    pub async fn compute(&self, actor: &Actor, query: &ComputeQuery) -> Result<Vec<Computed>, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let reference = &lists.reference;
        if reference.unit(&query.place).is_none() {
            return Err(Error::NotFound { what: "unit" });
        }
        if query
            .indicators
            .iter()
            .any(|code| reference.indicator(code).is_none())
        {
            return Err(Error::NotFound { what: "indicator" });
        }
        if query.known_on.is_some() {
            let (held, _) = self.held_as_known(known_on(query.known_on)).await?;
            return Ok(computed(&held, query));
        }
        let mut wanted = query.indicators.clone();
        wanted.push(People::indicator());
        let wanted = if query.indicators.is_empty() {
            Wanted::All
        } else {
            Wanted::These(&wanted)
        };
        let (held, _) = self.held(wanted).await?;
        Ok(computed(&held, query))
    }
}

fn computed(held: &Held, query: &ComputeQuery) -> Vec<Computed> {
    let reference = held.reference();
    let tree = reference.tree();
    let day = query.period.end();
    let mut places = vec![query.place.clone()];
    if query.below {
        let below = tree.children(&query.place, day).into_iter();
        let mut below: Vec<RefArea> = below.map(|number| tree.unit(number).code.clone()).collect();
        below.sort();
        places.extend(below);
    }
    let people = People::of(held, &held.leaves(&query.place, day), query.period);
    let mut found = Vec::new();
    for place in &places {
        let all = held.leaves(place, day);
        for indicator in &reference.indicators {
            if !query.indicators.is_empty() && !query.indicators.contains(&indicator.code) {
                continue;
            }
            let (figure, basis) = held.figure(&indicator.code, place, query.period);
            let Some(value) = figure.value else { continue };
            if matches!(figure.made, Made::Reported(_)) && !query.reported {
                continue;
            }
            found.push(Computed {
                indicator: reference.indicator_name(&indicator.code),
                place: reference.unit_name(place),
                period: query.period,
                value,
                price_basis: basis.filter(|_| indicator.unit.is_money()),
                made: figure.made,
                is_complete: figure.is_complete,
                coverage: people.coverage(&figure, &all),
                months: figure.months,
                is_simulated: figure.is_marked,
            });
        }
    }
    found
}

fn by_id(picture: &Picture) -> HashMap<u64, &StoredObservation> {
    picture
        .observations
        .iter()
        .map(|stored| (stored.id.0, stored))
        .collect()
}

/// What is needed to show an explanation: names, and the reports with their sources.
struct Showing<'a> {
    reference: &'a Reference,
    picture: &'a Picture,
    formulas: &'a Formulas,
    by_id: HashMap<u64, &'a StoredObservation>,
}

impl Showing<'_> {
    fn view(&self, explained: &Explained, basis: Option<PriceBasis>) -> Explanation {
        let all = |parts: &[Explained]| parts.iter().map(|part| self.view(part, basis)).collect();
        let indicator = self.reference.indicator_name(&explained.indicator);
        let how = match &explained.how {
            How::Reported { key } => self.by_id.get(key).map_or(CameAbout::Unknown, |stored| {
                CameAbout::Reported(Box::new(self.picture.result(self.reference, stored)))
            }),
            How::Made { inputs, stop } => CameAbout::Made {
                inputs: all(inputs),
                formula: self
                    .formulas
                    .text(&explained.indicator)
                    .unwrap_or_default()
                    .to_owned(),
                divides_by_zero: *stop == Some(Stop::DivisionByZero),
            },
            How::Rebased { parts, estimated } => CameAbout::Rebased {
                parts: all(parts),
                estimated: *estimated,
            },
            How::OverTime {
                parts,
                way,
                known,
                of,
                in_years,
                broken,
            } => CameAbout::OverTime {
                parts: all(parts),
                way: *way,
                known: *known,
                of: *of,
                in_years: *in_years,
                broken: *broken,
            },
            How::RolledUp {
                parts,
                known,
                of,
                weight,
            } => CameAbout::RolledUp {
                parts: all(parts),
                known: *known,
                of: *of,
                weight: weight
                    .as_ref()
                    .map(|weight| self.reference.indicator_name(weight)),
            },
            How::Unknown => CameAbout::Unknown,
        };
        Explanation {
            price_basis: basis.filter(|_| indicator.unit.is_money()),
            indicator,
            place: self.reference.unit_name(&explained.unit),
            period: explained.period,
            value: explained.value,
            complete: explained.is_complete(),
            how,
        }
    }
}
