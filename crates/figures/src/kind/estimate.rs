//! How far an estimate reaches over what follows it in its sentence.

use crate::item::What;
use crate::kind::Told;
use crate::lexicon::{mark, word};
use terms::{Kind, Measure};

/// `ước tăng 11,2%; riêng quý II tăng 11,93%`
fn names_another_time(told: &Told<'_>) -> bool {
    let Told { line, around, .. } = *told;
    line.gap(around).iter().any(|item| match item.what {
        What::Period(index) => line
            .periods
            .get(index as usize)
            .is_some_and(|named| !named.compared),
        _ => false,
    })
}

/// Whether an estimate before in the sentence covers this number too: its growth, its share of the plan, the same sum
/// in another currency, a part of it; in an account of what is to come, whatever follows.
pub(super) fn still_estimated(told: &Told<'_>, otherwise: Kind) -> bool {
    let Told { line, around, .. } = *told;
    if otherwise == Kind::Target {
        return true;
    }
    let gap = line.gap(around);
    let other_time = (names_another_time(told) || gap.iter().any(|item| item.is_sign(b';')))
        && !gap.iter().any(|item| item.has(mark::EXCEED | mark::COMPARE));
    if other_time {
        return false;
    }
    // `GRDP growth was estimated at 6.76%, and total social investment at over VND 13,700 billion`
    if gap.len() <= 10
        && gap.iter().any(|item| item.has(mark::AND))
        && gap.iter().any(|item| line.says(item, word::AT))
    {
        return true;
    }
    let same = told.concept == told.last.and_then(|last| last.concept) || !told.own;
    let names_another = gap.iter().any(|item| item.has(mark::ALIAS));
    match told.measure {
        Measure::Growth | Measure::Share | Measure::Change => same,
        Measure::Level => {
            let verb = gap.iter().any(|item| item.has(mark::UP | mark::DOWN));
            !(names_another || told.own && verb)
        }
    }
}
