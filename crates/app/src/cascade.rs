//! A target of the province handed down to its communes, in parts that close on the whole or show what is left.

use engine::cascade::{CascadeError, RatioPart, RatioSplit, Split, hand_down, hand_down_rate};
use engine::formula::Formulas;
use plan::catalogue::Aggregation;
use plan::{Direction, TargetId};
use store::{StoredTarget, Which};
use terms::{AreaLevel, Decimal, IndicatorCode, Measure, TimePeriod};

use crate::assess::{Picture, basis_of, unit_of};
use crate::explain::Teller;
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::{PROVINCE, known_on};
use crate::view::{Amount, IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

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
}

impl Way {
    /// The ways of sums.
    pub const OF_SUMS: [Way; 3] = [Way::ByHouseholds, Way::ByArea, Way::Equal];
    /// The ways of rates.
    pub const OF_RATES: [Way; 3] = [Way::ByDistance, Way::SameChange, Way::SameRate];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Way::Equal => "equal",
            Way::ByHouseholds => "households",
            Way::ByArea => "area",
            Way::SameRate => "same-rate",
            Way::SameChange => "same-change",
            Way::ByDistance => "distance",
        }
    }
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
    /// The papers that set it.
    pub sources: Vec<SourceView>,
}

/// A target in parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cascade {
    /// The target.
    pub of: Divisible,
    /// How it is handed down.
    pub way: Way,
    /// The ways that suit it.
    pub ways: Vec<Way>,
    /// The period from which the weights, or numerators and denominators, are.
    pub ground: Option<TimePeriod>,
    /// The parts, in the order of the communes' codes.
    pub parts: Vec<Part>,
    /// The sum of all parts; of a rate, the rate that the communes with figures reach together.
    pub total: Option<Decimal>,
    /// The whole less that.
    pub residual: Option<Decimal>,
    /// The residual of a rate in its numerator (households, people), with its name.
    pub residual_count: Option<(Decimal, IndicatorName)>,
    /// Whether a figure behind it is simulated.
    pub simulated: bool,
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
}

/// The page of cascades.
#[derive(Debug, Clone, PartialEq)]
pub struct CascadeView {
    /// The province's targets that can be handed down.
    pub choices: Vec<Divisible>,
    /// The one that is shown.
    pub shown: Option<Cascade>,
}

impl App {
    /// Hands one of the province's targets down to its communes: nothing is recorded. Four statements.
    ///
    /// # Errors
    /// [`Error::NotFound`] (`target`), [`Error::Invalid`], [`Error::Store`], [`Error::Denied`].
    pub async fn cascade(
        &self,
        actor: &Actor,
        target: Option<TargetId>,
        way: Option<Way>,
    ) -> Result<CascadeView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let reference = &lists.reference;
        let mut reading = self.reading().await?;
        let picture = Picture::load(&mut reading, known_on(None), Which::All).await?;
        drop(reading);
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
        let ground = Ground {
            reference,
            teller: Teller::new(reference, &picture, &formulas),
            picture: &picture,
        };
        let shown = match target {
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
        let shown = shown.map(|choice| ground.hand_down(choice, way)).transpose()?;
        Ok(CascadeView { choices, shown })
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
        sources: picture.sources_of(stored.id.0),
    })
}

struct Ground<'a> {
    reference: &'a Reference,
    teller: Teller<'a>,
    picture: &'a Picture,
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

    fn hand_down(&self, choice: &Divisible, way: Option<Way>) -> Result<Cascade, Error> {
        let ratio = self.ratio(choice);
        let ways = match ratio {
            Some(_) => Way::OF_RATES,
            None => Way::OF_SUMS,
        };
        let newest = self.newest(choice);
        let usual = if ratio.is_none() && newest.is_none() {
            Way::ByArea
        } else {
            ways[0]
        };
        let way = way.filter(|way| ways.contains(way)).unwrap_or(usual);
        let mut cascade = Cascade {
            of: choice.clone(),
            way,
            ways: ways.to_vec(),
            ground: newest.filter(|_| !matches!(way, Way::Equal | Way::ByArea)),
            parts: Vec::new(),
            total: None,
            residual: None,
            residual_count: None,
            simulated: false,
        };
        match ratio {
            Some(ratio) => self.rate(&mut cascade, ratio)?,
            None => self.sum(&mut cascade)?,
        }
        Ok(cascade)
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
        let communes = self.communes(cascade);
        let weights: Vec<Option<Decimal>> = communes
            .iter()
            .map(|unit| match cascade.way {
                Way::ByArea => unit.area_km2,
                Way::Equal => Some(Decimal::ONE),
                _ => self.figure(cascade, &households, unit),
            })
            .collect();
        let handed = match hand_down(cascade.of.amount.value, Split::Proportional(&weights), 0) {
            Ok(handed) => Some(handed),
            Err(error) => none_where_nobody(&error)?,
        };
        let dues = handed
            .as_ref()
            .map_or_else(|| vec![None; communes.len()], |handed| handed.parts.clone());
        for ((unit, weight), due) in communes.into_iter().zip(weights).zip(dues) {
            cascade.parts.push(Part {
                unit: self.reference.unit_name(&unit.code),
                ground: weight.filter(|_| cascade.way != Way::Equal),
                due,
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
        let (mut known, mut at) = (Vec::new(), Vec::new());
        for unit in self.communes(cascade) {
            let above = self.figure(cascade, &numerator, unit);
            let below = self.figure(cascade, &denominator, unit);
            let both = above.zip(below).filter(|(_, below)| Decimal::ZERO < *below);
            let mut part = Part {
                unit: self.reference.unit_name(&unit.code),
                ground: None,
                due: None,
            };
            if let Some((above, below)) = both {
                part.ground = (above / below).checked_mul(factor);
                at.push(cascade.parts.len());
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
            Way::ByDistance if goal != Decimal::MAX => RatioSplit::ByDistance { goal },
            // Without a natural end there is no distance to it.
            Way::ByDistance | Way::SameChange => RatioSplit::SameChange,
            _ => RatioSplit::SameRate,
        };
        match hand_down_rate(cascade.of.amount.value, &known, factor, split, (minimum, maximum)) {
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
