//! Kinds that follow from what is counted: targets of a plan, delegates of an event.

use crate::item::Item;
use crate::kind::Told;
use crate::kind::cue::{Cue, cue_of};
use crate::lexicon::mark;
use terms::{Kind, Measure};

/// Kinds that follow from what is counted.
pub(super) fn by_nature(told: &Told<'_>) -> Option<Kind> {
    let Told {
        line, around, number, ..
    } = *told;
    let tail = line.tail(around);
    let gap = line.gap(around);
    let counted = told.indicator.is_some_and(|code| code.starts_with("plan."));
    if counted || is_part_of_a_plan(told.unit) {
        if tail.iter().take(6).any(|item| cue_of(line, item).is(Cue::GUESS)) {
            return Some(Kind::Estimate);
        }
        let met = tail.iter().take(8).any(|item| {
            cue_of(line, item).is(Cue::WAS.and(Cue::DONE))
                || item.has(mark::EXCEED)
                || matches!(
                    line.text(item),
                    "met" | "hoàn thành" | "achieved" | "fulfilled" | "đạt"
                )
        });
        let reaching = |item: &Item| {
            item.has(mark::EXCEED)
                || matches!(
                    line.text(item),
                    "met" | "achieved" | "đạt" | "hoàn thành" | "fulfilled"
                )
        };
        let reached = gap.iter().rev().take(3).any(reaching);
        let of_all = tail
            .first()
            .is_some_and(|item| matches!(line.text(item), "of" | "out of" | "out"));
        let part = around.follows && (told.part || gap.iter().any(|item| item.has(mark::WHOLE)));
        let had = gap.last().is_some_and(|item| line.text(item) == "có");
        return Some(match number.fraction {
            1 => Kind::Actual,
            2 => Kind::Target,
            _ if (counted || told.unit == "target") && (of_all || reached || ((part || had) && met)) => {
                Kind::Actual
            }
            _ => Kind::Target,
        });
    }
    if told.unit == "proposal" {
        return Some(Kind::Request);
    }
    let aimed = |item: &Item| cue_of(line, item).is(Cue::AIM.and(Cue::WILL));
    if told.indicator == Some("governance.party_members") && !gap.iter().any(aimed) {
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
        .any(|item| matches!(line.text(item), "giải ngân" | "giải ngân được" | "disbursed"));
    if told.indicator == Some("investment.public_plan") && told.measure != Measure::Growth && !paid {
        return Some(Kind::Target);
    }
    if told.unit == "delegate" {
        return Some(Kind::Actual);
    }
    if told.event {
        return Some(Kind::Actual);
    }
    None
}

/// Whether a plan consists of such things: its targets, tasks, perspectives.
fn is_part_of_a_plan(unit: &str) -> bool {
    matches!(
        unit,
        "target"
            | "task"
            | "breakthrough"
            | "solution"
            | "perspective"
            | "direction"
            | "pillar"
            | "objective"
            | "scheme"
    )
}
