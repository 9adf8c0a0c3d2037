//! Numbers that are measured against a plan.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::meaning::{Around, Line};

/// Whether the number is measured against a plan: `bằng 97% dự toán`, `equal to 20.77% of the yearly estimate`.
pub(crate) fn against_plan(line: Line<'_>, around: Around) -> bool {
    let tail = line.tail(around);
    let clause = tail
        .iter()
        .take_while(|item| !matches!(item.what, What::Sign(b',' | b';' | b'(' | b')' | b'.')));
    let plan = |item: &Item| item.has(mark::PLANWORD | mark::AGAINST);
    // `7.62 per cent against a target of 7.5 per cent`: the target is told, nothing is measured against it.
    let told = matches!(
        line.items.get(around.to).map(|item| item.what),
        Some(What::Number(_))
    ) && tail.iter().rev().take(3).any(|item| item.has(mark::PLANWORD))
        && tail.first().is_some_and(|item| item.has(mark::COMPARE));
    if told {
        return false;
    }
    let mut near = clause
        .clone()
        .take(7)
        .skip_while(|item| item.has(mark::STOP | mark::FUNC | mark::COMPARE) && !plan(item));
    if near.next().is_some_and(plan) || clause.clone().take(5).any(|item| item.has(mark::AGAINST)) {
        return true;
    }
    let of = tail
        .first()
        .is_some_and(|item| line.says(item, word::OF | word::SO));
    if of && clause.clone().take(8).any(|item| item.has(mark::PLANWORD)) {
        return true;
    }
    // Before: `so với dự toán Trung ương giao đạt 48,3%`, `vượt kế hoạch 1,74%`, `beat its estimate by 22.5%`.
    let gap = line.gap(around);
    let gap = match gap
        .iter()
        .rposition(|item| matches!(item.what, What::Sign(b',' | b'(' | b';')))
    {
        Some(at) => &gap[at + 1..],
        // Cut off at its comma already.
        None if around.follows && around.from == around.start => return false,
        None => gap,
    };
    gap.iter().rev().take(7).any(plan)
        && gap
            .iter()
            .rev()
            .take(9)
            .any(|item| item.has(mark::AGAINST | mark::EXCEED | mark::COMPARE))
}
