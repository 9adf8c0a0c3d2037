//! How the parts of a target are worked out: what the communes have, and what each way of handing down gives them.

use engine::cascade::{CascadeError, RatioPart, RatioSplit, Split, hand_down, hand_down_rate};
use plan::Direction;
use plan::catalogue::Aggregation;
use plan::report::number::{self, Unreadable};
use store::StoredTarget;
use terms::{AreaLevel, Decimal, Diagnostic, IndicatorCode, Measure, Place, RefArea, TimePeriod};

use super::{Cascade, CascadeQuery, Divisible, Part, Receivers, Way};
use crate::Error;
use crate::held::Held;
use crate::reference::Reference;
use crate::register::PROVINCE;

/// What a target is handed down from: figures, departments, and what was asked.
pub(super) struct Ground<'a> {
    pub(super) reference: &'a Reference,
    pub(super) held: &'a Held,
    /// The targets of the indicator that is handed down, of everybody.
    pub(super) given: Vec<StoredTarget>,
    pub(super) departments: &'a [RefArea],
    pub(super) query: &'a CascadeQuery,
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

    pub(super) fn is_rate(&self, choice: &Divisible) -> bool {
        self.ratio(choice).is_some()
    }

    /// The newest year in which communes reported what is needed.
    pub(super) fn newest(&self, choice: &Divisible) -> Option<TimePeriod> {
        let needed = match self.ratio(choice) {
            Some((numerator, ..)) => numerator,
            None => households(),
        };
        let is_commune = |place: &RefArea| {
            let unit = self.reference.unit(place);
            unit.is_some_and(|unit| unit.parent == Some(PROVINCE) && unit.valid_to.is_none())
        };
        let told = self.held.rollups().told_of(&needed, is_commune).into_iter();
        told.filter(|period| matches!(period, TimePeriod::Year(_))).max()
    }

    pub(super) fn hand_down(&self, choice: &Divisible) -> Result<Cascade, Error> {
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
        let given = self.given.iter().find(|stored| {
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
        let (figure, _) = self.held.figure(code, &unit.code, cascade.ground?);
        cascade.simulated |= figure.is_marked;
        figure.value.filter(|_| figure.is_complete)
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
pub(super) fn households() -> IndicatorCode {
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
