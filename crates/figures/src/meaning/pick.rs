//! Which of the indicators that a phrase may name fits a number.

use crate::catalogue::{Class, Concept, Role};
use crate::lexicon::unit;
use crate::meaning::Line;
use crate::number::Number;
use terms::Measure;

/// What else decides which of a concept's indicators fits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    /// It fell.
    pub(crate) down: bool,
    /// Measured against a plan.
    pub(crate) plan: bool,
    /// A multiple: `gấp 2 lần`.
    pub(crate) ratio: bool,
    /// A part of a total that the text names as one: `tổng số đảng viên`.
    pub(crate) total: bool,
    /// Of what the text speaks.
    pub(crate) field: Option<u8>,
}

/// How well a set of indicators fits a number: the indicator, if any.
pub(crate) fn pick(
    line: Line<'_>,
    concept: u16,
    number: &Number,
    stated: u16,
    measure: Measure,
    how: How,
) -> Option<u16> {
    let catalogue = line.catalogue;
    let concept = catalogue.concept(concept);
    if concept.conditional && !speaks_of(line, concept, how.field) {
        return None;
    }
    let percent = line.units.is(stated, unit::PERCENTAGE);
    let money = line.units.is(stated, unit::CASH);
    let mut best: Option<(u8, u16)> = None;
    for index in &concept.indicators {
        let indicator = &catalogue.indicators[usize::from(*index)];
        let is = |role: Role| catalogue.is(Some(*index), role);
        if concept.conditional && Some(indicator.field) != how.field {
            continue;
        }
        let score = if percent || how.ratio {
            match (indicator.class, measure) {
                (Class::Percent, _) if how.plan && is(Role::DisbursementRate) => 9,
                (Class::Money | Class::Count | Class::Measure, _) if how.plan => 8,
                (Class::Percent, Measure::Share) if is(Role::DisbursementRate) => 3,
                (Class::Percent, Measure::Share) if is(Role::PovertyRate) => 0,
                (Class::Percent, _) if is(Role::PovertyReduction) && concept.indicators.len() == 1 => 5,
                (Class::Percent, Measure::Growth) if indicator.growth => 9,
                (Class::Percent, Measure::Change) if is(Role::PovertyReduction) && how.down => 9,
                (Class::Percent, Measure::Change) if !indicator.growth => 6,
                (Class::Percent, Measure::Level | Measure::Share)
                    if !indicator.growth && !is(Role::PovertyReduction) =>
                {
                    7
                }
                (Class::Percent, _) if indicator.growth => 3,
                (Class::Percent, Measure::Growth) => 2,
                (Class::Money | Class::Count | Class::Measure, Measure::Growth | Measure::Change) => 5,
                (Class::Money | Class::Count | Class::Measure, Measure::Share) if how.total => 4,
                _ => 0,
            }
        } else if money {
            match indicator.class {
                Class::Money => 8,
                _ => 0,
            }
        } else {
            let own = indicator.unit == stated;
            match indicator.class {
                Class::Measure if own => 8,
                Class::Count if number.unit == 0 || own => 8,
                _ => 0,
            }
        };
        if score > 0 && best.is_none_or(|(found, _)| score > found) {
            best = Some((score, *index));
        }
    }
    best.map(|(_, index)| index)
}

/// Whether a word that means an indicator only in its own field does so here.
pub(crate) fn speaks_of(line: Line<'_>, concept: &Concept, field: Option<u8>) -> bool {
    concept
        .indicators
        .iter()
        .any(|code| Some(line.catalogue.indicators[usize::from(*code)].field) == field)
}
