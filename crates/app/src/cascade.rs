//! A target of the province handed down to its communes or departments, in parts that close on the whole or show what is
//! left. Nothing is recorded until somebody adopts the parts as targets, by a paper ([`App::adopt_cascade`]).

mod adopt;

use std::collections::BTreeMap;

use engine::cascade::{CascadeError, RatioPart, RatioSplit, Split, hand_down, hand_down_rate};
use engine::formula::Formulas;
use plan::catalogue::Aggregation;
use plan::report::number::{self, Unreadable};
use plan::{Direction, DocumentId, TargetId};
use store::{Reading, StoredTarget, Which};
use terms::{AreaLevel, Date, Decimal, Diagnostic, IndicatorCode, Measure, Place, RefArea, TimePeriod};

use crate::assess::{Picture, basis_of, unit_of};
use crate::explain::Teller;
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::{PROVINCE, known_on};
use crate::view::{Amount, IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

pub use adopt::{AdoptTexts, Adopted};

/// How a target is handed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// A sum, the same to each.
    Equal,
    /// A sum, by households.
    ByHouseholds,
    /// A sum, by natural area.
    ByArea,
    /// A rate, the same to each.
    SameRate,
    /// A rate, by the same change in points.
    SameChange,
    /// A rate, the farther from the goal the more.
    ByDistance,
    /// As somebody decides, part by part.
    ByHand,
}

impl Way {
    /// The ways of sums.
    pub const OF_SUMS: [Way; 4] = [Way::ByHouseholds, Way::ByArea, Way::Equal, Way::ByHand];
    /// The ways of rates.
    pub const OF_RATES: [Way; 4] = [Way::ByDistance, Way::SameChange, Way::SameRate, Way::ByHand];
    /// The ways of sums among departments, which have neither households nor land.
    pub const AMONG_DEPARTMENTS: [Way; 2] = [Way::Equal, Way::ByHand];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Way::Equal => "equal",
            Way::ByHouseholds => "households",
            Way::ByArea => "area",
            Way::SameRate => "same-rate",
            Way::SameChange => "same-change",
            Way::ByDistance => "distance",
            Way::ByHand => "hand",
        }
    }

    /// The way of a code.
    pub fn of(code: &str) -> Option<Self> {
        let mut all = Self::OF_SUMS.into_iter().chain(Self::OF_RATES);
        all.find(|way| way.code() == code)
    }
}

/// To whom a target is handed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Receivers {
    /// The communes and wards.
    #[default]
    Communes,
    /// The departments of the province's People's Committee; sums only, since a rate has no parts among them.
    Departments,
}

impl Receivers {
    /// Both.
    pub const ALL: [Receivers; 2] = [Receivers::Communes, Receivers::Departments];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Receivers::Communes => "communes",
            Receivers::Departments => "departments",
        }
    }
}

/// What is to be handed down, to whom, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CascadeQuery {
    /// Which target; none: one that shows most.
    pub target: Option<TargetId>,
    /// To whom.
    pub to: Receivers,
    /// How; none, or one that does not suit: the usual way.
    pub way: Option<Way>,
    /// By hand: what was typed for each; an empty text is an open part.
    pub hand: BTreeMap<RefArea, String>,
}

/// A target that can be handed down.
#[derive(Debug, Clone, PartialEq)]
pub struct Divisible {
    /// Which.
    pub target: TargetId,
    /// Of what.
    pub indicator: IndicatorName,
    /// What is due.
    pub amount: Amount,
    /// By when.
    pub due: TimePeriod,
    /// What is counted, where the paper says more than the indicator's definition.
    pub scope: Option<plan::Scope>,
    /// The papers that set it.
    pub sources: Vec<SourceView>,
}

/// A target in parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cascade {
    /// The target.
    pub of: Divisible,
    /// To whom.
    pub to: Receivers,
    /// To whom it can be handed down.
    pub receivers: Vec<Receivers>,
    /// How it is handed down.
    pub way: Way,
    /// The ways that suit it.
    pub ways: Vec<Way>,
    /// The period from which the weights, or numerators and denominators, are.
    pub ground: Option<TimePeriod>,
    /// The parts, in the order of the codes.
    pub parts: Vec<Part>,
    /// The sum of all parts; of a rate, the rate that the communes with figures reach together.
    pub total: Option<Decimal>,
    /// The whole less that.
    pub residual: Option<Decimal>,
    /// The residual of a rate in its numerator (households, people), with its name.
    pub residual_count: Option<(Decimal, IndicatorName)>,
    /// Whether a figure behind it is simulated.
    pub simulated: bool,
    /// What was typed by hand and is no number.
    pub problems: Vec<Diagnostic>,
}

impl Cascade {
    /// Whether it is a rate, whose parts do not add up.
    pub fn is_rate(&self) -> bool {
        self.ways.contains(&Way::SameRate)
    }

    /// Whether the parts close on the whole: a sum exactly, a rate to half of the last digit shown.
    pub fn closes(&self) -> bool {
        self.residual.is_some_and(|residual| {
            if self.is_rate() {
                residual.abs() < Decimal::new(5, 3)
            } else {
                residual.is_zero()
            }
        })
    }

    /// A number that differs once anybody was given another part: what a form has seen.
    pub fn seen(&self) -> u64 {
        self.parts
            .iter()
            .filter_map(|part| part.given)
            .fold(0, |sum, (target, _)| sum.wrapping_add(target.0))
    }
}

/// What a commune is to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which.
    pub unit: UnitName,
    /// Of a sum, what it weighs; of a rate, where it stands now. None where it is not known.
    pub ground: Option<Decimal>,
    /// What it is to reach; none where nothing can be handed down to it.
    pub due: Option<Decimal>,
    /// By hand: what was typed.
    pub typed: String,
    /// The target that it was given before, and its value.
    pub given: Option<(TargetId, Decimal)>,
}

/// The page of cascades.
#[derive(Debug, Clone, PartialEq)]
pub struct CascadeView {
    /// The province's targets that can be handed down.
    pub choices: Vec<Divisible>,
    /// The one that is shown.
    pub shown: Option<Cascade>,
    /// Documents that can be named as the paper that decides; empty for who may not adopt.
    pub documents: Vec<(DocumentId, String, Option<Date>)>,
}

impl App {
    /// Hands one of the province's targets down: nothing is recorded. Six statements.
    ///
    /// # Errors
    /// [`Error::NotFound`] (`target`), [`Error::Invalid`], [`Error::Store`], [`Error::Denied`].
    pub async fn cascade(&self, actor: &Actor, query: &CascadeQuery) -> Result<CascadeView, Error> {
        actor.require(Action::ReadRegister)?;
        let mut reading = self.reading().await?;
        let mut view = self.handed_down(&mut reading, query).await?;
        if actor.may(Action::ImportValues) {
            view.documents = reading
                .documents()
                .await?
                .into_iter()
                .map(|stored| (stored.id, stored.document.title, stored.document.date))
                .collect();
        }
        Ok(view)
    }

    /// What a query comes to, as a snapshot knows it.
    async fn handed_down(&self, reading: &mut Reading, query: &CascadeQuery) -> Result<CascadeView, Error> {
        let lists = self.lists();
        let reference = &lists.reference;
        let picture = Picture::load(reading, known_on(None), Which::All).await?;
        let directory = self.directory(reading).await?;
        let formulas = Formulas::of(reference.catalogue()).map_err(Error::Invalid)?;
        let today = self.today();
        let mut choices: Vec<Divisible> = picture
            .targets
            .iter()
            .filter(|stored| today <= stored.target.due.end())
            .filter_map(|stored| divisible(reference, &picture, stored))
            .collect();
        choices.sort_by_key(|choice| {
            (
                reference.rank(&choice.indicator.code),
                choice.due.end(),
                choice.target,
            )
        });
        let departments = directory
            .departments
            .values()
            .filter(|department| department.area == PROVINCE && department.is_on(today))
            .map(|department| RefArea::new(department.office().to_string()))
            .collect();
        let ground = Ground {
            reference,
            teller: Teller::new(reference, &picture, &formulas),
            picture: &picture,
            departments,
            query,
        };
        let shown = match query.target {
            Some(target) => Some(
                choices
                    .iter()
                    .find(|choice| choice.target == target)
                    .ok_or(Error::NotFound { what: "target" })?,
            ),
            // Rates first: they show most.
            None => choices
                .iter()
                .find(|choice| ground.is_rate(choice) && ground.newest(choice).is_some())
                .or(choices.first()),
        };
        let shown = shown.map(|choice| ground.hand_down(choice)).transpose()?;
        Ok(CascadeView {
            choices,
            shown,
            documents: Vec::new(),
        })
    }
}

/// The target as one that can be handed down: a level of the province that is a sum or a ratio of sums.
fn divisible(reference: &Reference, picture: &Picture, stored: &StoredTarget) -> Option<Divisible> {
    let target = &stored.target;
    let entry = reference.catalogue().get(&target.indicator)?;
    let suits = matches!(entry.aggregation, Aggregation::Sum | Aggregation::Ratio { .. });
    if target.ref_area != PROVINCE || target.measure != Measure::Level || !suits {
        return None;
    }
    let indicator = reference.indicator(&target.indicator);
    Some(Divisible {
        target: stored.id,
        indicator: reference.indicator_name(&target.indicator),
        amount: Amount {
            value: target.value,
            upper: target.upper,
            bound: target.bound,
            unit: unit_of(indicator, target.measure),
            price_basis: basis_of(target.price_basis, indicator, target.measure),
            scope: reference.scope_name(target.scope.as_ref()),
        },
        due: target.due,
        scope: target.scope.clone(),
        sources: picture.sources_of(stored.id.0),
    })
}

struct Ground<'a> {
    reference: &'a Reference,
    teller: Teller<'a>,
    picture: &'a Picture,
    departments: Vec<RefArea>,
    query: &'a CascadeQuery,
}

impl Ground<'_> {
    fn ratio(&self, choice: &Divisible) -> Option<(IndicatorCode, IndicatorCode, Decimal)> {
        match &self
            .reference
            .catalogue()
            .get(&choice.indicator.code)?
            .aggregation
        {
            Aggregation::Ratio {
                numerator,
                denominator,
                factor,
            } => Some((numerator.clone(), denominator.clone(), *factor)),
            _ => None,
        }
    }

    fn is_rate(&self, choice: &Divisible) -> bool {
        self.ratio(choice).is_some()
    }

    /// The newest year in which communes reported what is needed.
    fn newest(&self, choice: &Divisible) -> Option<TimePeriod> {
        let needed = match self.ratio(choice) {
            Some((numerator, ..)) => numerator,
            None => households(),
        };
        self.picture
            .observations
            .iter()
            .map(|stored| &stored.observation)
            .filter(|told| told.indicator == needed && matches!(told.time_period, TimePeriod::Year(_)))
            .filter(|told| {
                self.reference
                    .unit(&told.ref_area)
                    .is_some_and(|unit| unit.parent == Some(PROVINCE) && unit.valid_to.is_none())
            })
            .map(|told| told.time_period)
            .max()
    }

    fn hand_down(&self, choice: &Divisible) -> Result<Cascade, Error> {
        let ratio = self.ratio(choice);
        let mut receivers = vec![Receivers::Communes];
        if ratio.is_none() && !self.departments.is_empty() {
            receivers.push(Receivers::Departments);
        }
        let to = if receivers.contains(&self.query.to) {
            self.query.to
        } else {
            Receivers::Communes
        };
        let ways = match (&ratio, to) {
            (_, Receivers::Departments) => Way::AMONG_DEPARTMENTS.to_vec(),
            (Some(_), _) => Way::OF_RATES.to_vec(),
            (None, _) => Way::OF_SUMS.to_vec(),
        };
        let newest = self.newest(choice);
        let usual = if ratio.is_none() && newest.is_none() && to == Receivers::Communes {
            Way::ByArea
        } else {
            ways[0]
        };
        let way = self.query.way.filter(|way| ways.contains(way)).unwrap_or(usual);
        let no_ground = matches!(way, Way::Equal | Way::ByArea) || (way == Way::ByHand && ratio.is_none());
        let mut cascade = Cascade {
            of: choice.clone(),
            to,
            receivers,
            way,
            ways,
            ground: newest.filter(|_| !no_ground),
            parts: Vec::new(),
            total: None,
            residual: None,
            residual_count: None,
            simulated: false,
            problems: Vec::new(),
        };
        match ratio {
            Some(ratio) => self.rate(&mut cascade, ratio)?,
            None => self.sum(&mut cascade)?,
        }
        Ok(cascade)
    }

    /// A part with what was typed for it, and what it was given before.
    fn part(&self, cascade: &Cascade, place: &RefArea) -> Part {
        let given = self.picture.targets.iter().find(|stored| {
            let target = &stored.target;
            (&target.indicator, &target.ref_area, target.due, target.measure)
                == (&cascade.of.indicator.code, place, cascade.of.due, Measure::Level)
        });
        Part {
            unit: self.reference.unit_name(place),
            ground: None,
            due: None,
            typed: self.query.hand.get(place).cloned().unwrap_or_default(),
            given: given.map(|stored| (stored.id, stored.target.value)),
        }
    }

    /// What was typed for a part; an empty text is an open part, one that is no number is named.
    fn by_hand(&self, cascade: &mut Cascade, place: &RefArea) -> Option<Decimal> {
        let typed = self.query.hand.get(place).map(|typed| typed.trim())?;
        if typed.is_empty() {
            return None;
        }
        let decimals = if cascade.is_rate() { 2 } else { 0 };
        match number::read(typed, decimals) {
            Ok(value) => Some(value),
            // Two digits at most: what stands before three is thousands.
            Err(Unreadable::Ambiguous { whole, .. }) => Some(whole),
            Err(Unreadable::NotANumber) => {
                let place = Place::default().column(format!("part-{place}"));
                let problem = Diagnostic::error("not-a-number", place).with("found", typed);
                cascade.problems.push(problem);
                None
            }
        }
    }

    fn communes(&self, cascade: &Cascade) -> Vec<&plan::OrgUnit> {
        let tree = self.reference.tree();
        let day = cascade
            .ground
            .map_or(cascade.of.due.start(), terms::TimePeriod::end);
        tree.below(&PROVINCE, AreaLevel::Commune, day)
            .into_iter()
            .map(|number| tree.unit(number))
            .collect()
    }

    /// A commune's figure, if all that it rests on is known.
    fn figure(&self, cascade: &mut Cascade, code: &IndicatorCode, unit: &plan::OrgUnit) -> Option<Decimal> {
        let told = self.teller.tell(code, &unit.code, cascade.ground?);
        cascade.simulated |= told.is_simulated();
        told.value.filter(|_| told.complete)
    }

    fn sum(&self, cascade: &mut Cascade) -> Result<(), Error> {
        let households = households();
        let units: Vec<(RefArea, Option<Decimal>)> = match cascade.to {
            Receivers::Departments => self
                .departments
                .iter()
                .map(|place| (place.clone(), None))
                .collect(),
            Receivers::Communes => self
                .communes(cascade)
                .into_iter()
                .map(|unit| {
                    let weight = match cascade.way {
                        Way::ByArea => unit.area_km2,
                        Way::ByHouseholds => self.figure(cascade, &households, unit),
                        _ => None,
                    };
                    (unit.code.clone(), weight)
                })
                .collect(),
        };
        let figures: Vec<Option<Decimal>> = units
            .iter()
            .map(|(place, weight)| match cascade.way {
                Way::Equal => Some(Decimal::ONE),
                Way::ByHand => self.by_hand(cascade, place),
                _ => *weight,
            })
            .collect();
        let split = match cascade.way {
            Way::ByHand => Split::ByHand(&figures),
            _ => Split::Proportional(&figures),
        };
        let handed = match hand_down(cascade.of.amount.value, split, 0) {
            Ok(handed) => Some(handed),
            Err(error) => none_where_nobody(&error)?,
        };
        let dues = handed
            .as_ref()
            .map_or_else(|| vec![None; units.len()], |handed| handed.parts.clone());
        for ((place, weight), due) in units.into_iter().zip(dues) {
            let part = self.part(cascade, &place);
            cascade.parts.push(Part {
                ground: weight,
                due,
                ..part
            });
        }
        if let Some(handed) = handed {
            cascade.total = cascade.of.amount.value.checked_sub(handed.residual);
            cascade.residual = Some(handed.residual);
        }
        Ok(())
    }

    fn rate(
        &self,
        cascade: &mut Cascade,
        (numerator, denominator, factor): (IndicatorCode, IndicatorCode, Decimal),
    ) -> Result<(), Error> {
        let (mut known, mut at, mut typed) = (Vec::new(), Vec::new(), Vec::new());
        for unit in self.communes(cascade) {
            let above = self.figure(cascade, &numerator, unit);
            let below = self.figure(cascade, &denominator, unit);
            let both = above.zip(below).filter(|(_, below)| Decimal::ZERO < *below);
            let mut part = self.part(cascade, &unit.code);
            if cascade.way == Way::ByHand {
                part.due = self.by_hand(cascade, &unit.code);
            }
            if let Some((above, below)) = both {
                part.ground = (above / below).checked_mul(factor);
                at.push(cascade.parts.len());
                typed.push(part.due);
                known.push(RatioPart {
                    numerator: above,
                    denominator: below,
                });
            }
            cascade.parts.push(part);
        }
        let indicator = self.reference.indicator(&cascade.of.indicator.code);
        let minimum = indicator
            .and_then(|indicator| indicator.natural_minimum)
            .unwrap_or_default();
        let maximum = indicator
            .and_then(|indicator| indicator.natural_maximum)
            .unwrap_or(Decimal::MAX);
        let down = indicator.and_then(|indicator| indicator.direction) == Some(Direction::Down);
        let goal = if down { minimum } else { maximum };
        let split = match cascade.way {
            Way::ByHand => RatioSplit::ByHand(&typed),
            Way::ByDistance if goal != Decimal::MAX => RatioSplit::ByDistance { goal },
            // Without a natural end there is no distance to it.
            Way::ByDistance | Way::SameChange => RatioSplit::SameChange,
            _ => RatioSplit::SameRate,
        };
        let (due, limits) = (cascade.of.amount.value, (minimum, maximum));
        // What is shown is what is adopted: rates in two decimals, and the residual of just these.
        let handed = hand_down_rate(due, &known, factor, split, limits).and_then(|exact| {
            let rounded: Vec<_> = exact
                .rates
                .iter()
                .map(|rate| rate.map(|rate| rate.round_dp(2)))
                .collect();
            hand_down_rate(due, &known, factor, RatioSplit::ByHand(&rounded), limits)
        });
        match handed {
            Ok(handed) => {
                for (at, rate) in at.into_iter().zip(handed.rates) {
                    cascade.parts[at].due = rate;
                }
                cascade.total = Some(handed.whole);
                cascade.residual = Some(handed.residual);
                cascade.residual_count = Some((
                    handed.residual_numerator,
                    self.reference.indicator_name(&numerator),
                ));
            }
            Err(error) => {
                none_where_nobody::<()>(&error)?;
            }
        }
        Ok(())
    }
}

/// The weight that suits most sums.
fn households() -> IndicatorCode {
    IndicatorCode::new("households.total").expect("a constant of the right form")
}

/// Nobody to hand down to is an answer; too many digits are not.
fn none_where_nobody<T>(error: &CascadeError) -> Result<Option<T>, Error> {
    match error {
        CascadeError::NoParts | CascadeError::NoDenominator(_) => Ok(None),
        CascadeError::NegativeWeight(_) | CascadeError::Digits(_) => {
            Err(Error::Machine("handing a target down"))
        }
    }
}
