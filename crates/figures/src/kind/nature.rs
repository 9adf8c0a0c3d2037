//! Kinds that follow from what is counted: targets of a plan, delegates of an event.

use crate::catalogue::{Field, Role};
use crate::item::Item;
use crate::kind::Told;
use crate::kind::cue::{Cue, cue_of};
use crate::lexicon::{mark, unit, word};
use terms::{Kind, Measure};

/// Kinds that follow from what is counted.
pub(super) fn by_nature(told: &Told<'_>) -> Option<Kind> {
    let Told {
        line, around, number, ..
    } = *told;
    let tail = line.tail(around);
    let gap = line.gap(around);
    let counted = line.catalogue.is_of(told.indicator, Field::Plan);
    let unit_is = |which: u32| line.units.is(told.unit, which);
    if counted || unit_is(unit::PART_OF_PLAN) {
        if tail.iter().take(6).any(|item| cue_of(line, item).is(Cue::GUESS)) {
            return Some(Kind::Estimate);
        }
        let met = tail.iter().take(8).any(|item| {
            cue_of(line, item).is(Cue::WAS.and(Cue::DONE))
                || item.has(mark::EXCEED)
                || line.says(item, word::MET)
        });
        let reaching = |item: &Item| item.has(mark::EXCEED) || line.says(item, word::MET);
        let reached = gap.iter().rev().take(3).any(reaching);
        let of_all = tail
            .first()
            .is_some_and(|item| line.says(item, word::OF | word::OUT | word::OUT_OF));
        let part = around.follows && (told.part || gap.iter().any(|item| item.has(mark::WHOLE)));
        let had = gap.last().is_some_and(|item| line.says(item, word::HAVING));
        return Some(match number.fraction {
            1 => Kind::Actual,
            2 => Kind::Target,
            _ if (counted || unit_is(unit::TARGET)) && (of_all || reached || ((part || had) && met)) => {
                Kind::Actual
            }
            _ => Kind::Target,
        });
    }
    if unit_is(unit::PROPOSAL) {
        return Some(Kind::Request);
    }
    let aimed = |item: &Item| cue_of(line, item).is(Cue::AIM.and(Cue::WILL));
    if told.is(Role::PartyMembers) && !gap.iter().any(aimed) {
        return Some(Kind::Actual);
    }
    let guessed = gap
        .iter()
        .rev()
        .take(8)
        .any(|item| cue_of(line, item).is(Cue::GUESS));
    if guessed {
        return None;
    }
    let paid = gap
        .iter()
        .rev()
        .take(3)
        .any(|item| line.says(item, word::DISBURSED));
    if told.is(Role::PublicPlan) && told.measure != Measure::Growth && !paid {
        return Some(Kind::Target);
    }
    if unit_is(unit::DELEGATE) {
        return Some(Kind::Actual);
    }
    if told.event {
        return Some(Kind::Actual);
    }
    None
}
