//! A target of the province handed down to its communes or departments, in parts that close on the whole or show what is
//! left. Nothing is recorded until somebody adopts the parts as targets, by a paper ([`App::adopt_cascade`]).

mod adopt;
mod ground;

use std::collections::BTreeMap;

use plan::catalogue::Aggregation;
use plan::{DocumentId, TargetId};
use store::{Reading, StoredTarget, Which};
use terms::{Date, Decimal, Diagnostic, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::assess::{Picture, basis_of, unit_of};
use crate::held::{Held, Wanted};
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::{PROVINCE, known_on};
use crate::view::{Amount, IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

use ground::Ground;

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
    /// Hands one of the province's targets down: nothing is recorded. The province's targets with their papers are read, those of
    /// the same indicator, and the list of documents; figures come from the kept cube.
    ///
    /// # Errors
    /// [`Error::NotFound`] (`target`), [`Error::Invalid`], [`Error::Store`], [`Error::Denied`].
    pub async fn cascade(&self, actor: &Actor, query: &CascadeQuery) -> Result<CascadeView, Error> {
        actor.require(Action::ReadRegister)?;
        let mut reading = self.reading().await?;
        let handed = self.to_hand_down(&mut reading).await?;
        // One connection at a time: the cube brings its own.
        drop(reading);
        let (held, mut reading) = self.held(Wanted::These(&handed.grounds)).await?;
        let asked = handed.asked_for(&held, query)?;
        let given = handed.given(&mut reading, asked).await?;
        let mut view = handed.down(&held, query, asked, given)?;
        drop(held);
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

    /// What the province may hand down, and to which departments, as a snapshot knows it.
    async fn to_hand_down(&self, reading: &mut Reading) -> Result<ToHandDown, Error> {
        let lists = self.lists();
        let reference = &lists.reference;
        let picture = Picture::of_targets(reading, known_on(None), Which::Place(&PROVINCE)).await?;
        let directory = self.directory(reading).await?;
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
        let entries = choices
            .iter()
            .filter_map(|choice| reference.catalogue().get(&choice.indicator.code));
        let needs = entries.flat_map(|entry| entry.aggregation.needs()).cloned();
        Ok(ToHandDown {
            grounds: needs.chain([ground::households()]).collect(),
            choices,
            departments,
        })
    }
}

/// What can be handed down, to whom, and by what.
struct ToHandDown {
    choices: Vec<Divisible>,
    departments: Vec<RefArea>,
    /// The indicators by which any of it is handed down.
    grounds: Vec<IndicatorCode>,
}

impl ToHandDown {
    /// The one that a query asks for, by its place in the list; none where there is nothing to hand down.
    fn asked_for(&self, held: &Held, query: &CascadeQuery) -> Result<Option<usize>, Error> {
        let ground = self.ground(held, query, Vec::new());
        let position = |of: &dyn Fn(&Divisible) -> bool| self.choices.iter().position(of);
        if let Some(target) = query.target {
            let found = position(&|choice| choice.target == target);
            return found.map(Some).ok_or(Error::NotFound { what: "target" });
        }
        // Rates first: they show most.
        let shows = |choice: &Divisible| ground.is_rate(choice) && ground.newest(choice).is_some();
        Ok(position(&shows).or((!self.choices.is_empty()).then_some(0)))
    }

    /// The targets of everybody of the indicator of one in the list. One statement.
    async fn given(&self, reading: &mut Reading, asked: Option<usize>) -> Result<Vec<StoredTarget>, Error> {
        let Some(choice) = asked.and_then(|asked| self.choices.get(asked)) else {
            return Ok(Vec::new());
        };
        let of = Which::Indicator(&choice.indicator.code);
        Ok(reading.targets(known_on(None), of).await?)
    }

    /// Hands it down by the figures of the cube; `given` are the targets of its indicator.
    fn down(
        self,
        held: &Held,
        query: &CascadeQuery,
        asked: Option<usize>,
        given: Vec<StoredTarget>,
    ) -> Result<CascadeView, Error> {
        let ground = self.ground(held, query, given);
        let choice = asked.and_then(|asked| self.choices.get(asked));
        let shown = choice.map(|choice| ground.hand_down(choice)).transpose()?;
        drop(ground);
        Ok(CascadeView {
            choices: self.choices,
            shown,
            documents: Vec::new(),
        })
    }

    fn ground<'a>(&'a self, held: &'a Held, query: &'a CascadeQuery, given: Vec<StoredTarget>) -> Ground<'a> {
        Ground {
            reference: held.reference(),
            held,
            given,
            departments: &self.departments,
            query,
        }
    }
}

/// The target as one that can be handed down: a level of the province that is a sum or a ratio of sums.
fn divisible(reference: &Reference, picture: &Picture, stored: &StoredTarget) -> Option<Divisible> {
    let target = &stored.target;
    let entry = reference.catalogue().get(&target.indicator)?;
    let suits = matches!(entry.aggregation, Aggregation::Sum | Aggregation::Ratio { .. });
    if target.ref_area != PROVINCE
        || target.measure != Measure::Level
        || !suits
        || !target.is_value_of_indicator()
    {
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
