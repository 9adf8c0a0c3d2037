//! What the words before a number in its clause say of its kind, and those after it.

use crate::item::{Item, What};
use crate::kind::Told;
use crate::kind::cue::{Cue, cue_of};
use crate::kind::time::{Time, side};
use crate::lexicon::{mark, word};
use terms::{Kind, Measure};

/// A kind that a word settles.
pub(super) struct Found {
    pub(super) kind: Kind,
    /// It holds for this number alone.
    pub(super) local: bool,
}

const fn settled(kind: Kind) -> Found {
    Found { kind, local: false }
}

/// How many items before a number are looked at.
const REACH: usize = 40;

/// What the nearest telling word before the number says.
pub(super) fn before(told: &Told<'_>, to_come: bool) -> Option<Found> {
    let Told { line, around, .. } = *told;
    let gap = line.gap(around);
    // `45.799 tỷ đồng so với 36.875 tỷ đồng đề ra`
    if told.measure == Measure::Level
        && gap
            .iter()
            .rev()
            .take(3)
            .any(|item| item.has(mark::COMPARE | mark::AGAINST))
        && line
            .tail(around)
            .first()
            .is_some_and(|item| cue_of(line, item).is(Cue::PLAN))
    {
        return Some(Found {
            kind: Kind::Target,
            local: true,
        });
    }
    // A period that is over, nearer than the word for a goal: `hoàn thành nhiệm vụ: giai đoạn 2021 - 2025, GRDP tăng 7%`.
    let mut past = false;
    for (back, item) in gap.iter().rev().take(REACH).enumerate() {
        if let What::Period(index) = item.what {
            let named = line.periods.get(index as usize).filter(|named| !named.compared);
            past |= matches!(
                named.and_then(|named| side(named.period, told.date?)),
                Some(Time::Over)
            );
        }
        let mut cue = cue_of(line, item);
        if past {
            cue = cue.without(Cue::PLAN.and(Cue::AIM).and(Cue::WILL).and(Cue::GIVEN));
        }
        if cue == Cue::default() {
            continue;
        }
        let next = || gap.get(gap.len() - back);
        if cue.is(Cue::GUESS) {
            return Some(settled(Kind::Estimate));
        }
        if cue.is(Cue::PLAN) {
            // Right before the number it is that number: `against a target of 7.5 per cent`. Else it opens the clause,
            // unless the number before is measured against it: `đạt 57% kế hoạch, tăng 1%`.
            let measured = told.around.follows && gap.len() - back <= 5;
            let yardstick = told.measure == Measure::Share
                || told.measure == Measure::Change
                || gap[..gap.len() - back - 1]
                    .iter()
                    .rev()
                    .take(2)
                    .any(|item| item.has(mark::COMPARE | mark::AGAINST | mark::EXCEED | mark::EQUAL));
            let yardstick = yardstick
                || gap[..gap.len() - back - 1]
                    .iter()
                    .rev()
                    .take(2)
                    .any(|item| line.says(item, word::CONTRAST));
            let links = &gap[gap.len() - back..];
            // `equivalent to 27% of this year's estimate and up 8%`
            let part_of_it = links.iter().any(|item| item.has(mark::UP | mark::DOWN))
                && told.last.is_some_and(|last| last.measure == Measure::Share)
                && gap[..gap.len() - back - 1].iter().all(|item| {
                    item.has(mark::FUNC | mark::STOP | mark::SELF)
                        || matches!(item.what, What::Period(_))
                        || line.says(item, word::OF)
                });
            let adjacent = back <= 3 && !part_of_it && links.iter().all(is_link);
            if adjacent && told.measure != Measure::Share && told.measure != Measure::Change {
                return Some(Found {
                    kind: Kind::Target,
                    local: yardstick || links.iter().any(|item| item.is_sign(b'(')),
                });
            }
            // `Nhiều chỉ tiêu vượt xa: …`, `targets were exceeded`
            if next().is_some_and(|item| item.has(mark::EXCEED)) {
                return Some(settled(Kind::Actual));
            }
            if measured || part_of_it || yardstick || cue.is(Cue::GOALS) && item.has(mark::NOUN) && back > 12
            {
                continue;
            }
            return Some(settled(Kind::Target));
        }
        if cue.is(Cue::AIM.and(Cue::WILL)) {
            return Some(settled(Kind::Target));
        }
        if cue.is(Cue::GIVEN) {
            return Some(Found {
                kind: Kind::Target,
                local: true,
            });
        }
        if cue.is(Cue::MUST) {
            if next().is_some_and(|item| item.has(mark::EQUAL | mark::ALIAS | mark::UP | mark::DOWN)) {
                return Some(settled(Kind::Target));
            }
            continue;
        }
        if cue.is(Cue::ASK) {
            return Some(settled(Kind::Request));
        }
        if cue.is(Cue::ORDER) {
            // `asked the Government for 5 billion` asks; `asked localities to reach 95%` orders.
            let rest = &gap[gap.len() - back..];
            let of_those_above = rest
                .iter()
                .take(4)
                .any(|item| !item.capital && line.says(item, word::AUTHORITY));
            let wants = of_those_above || rest.iter().any(|item| line.says(item, word::FOR));
            return Some(settled(if wants { Kind::Request } else { Kind::Target }));
        }
        // `expected to hit`, `to have`, `is thought to have reached`
        let at = gap.len() - back - 1;
        let leads = |at: usize| line.says(&gap[at], word::INFINITIVE);
        let infinitive =
            at > 0 && leads(at - 1) || at > 1 && line.says(&gap[at - 1], word::HAVE) && leads(at - 2);
        if infinitive {
            continue;
        }
        if cue.is(Cue::WAS) && next().is_some_and(|item| line.says(item, word::TO)) {
            return Some(settled(Kind::Target));
        }
        if cue.is(Cue::NOW) || (cue.is(Cue::DONE.and(Cue::WAS)) && !to_come) {
            return Some(settled(Kind::Actual));
        }
    }
    None
}

/// A word that only leads from a noun to its number.
fn is_link(item: &Item) -> bool {
    item.has(mark::BOUND | mark::FUNC | mark::STOP | mark::UNIT)
        || matches!(item.what, What::Sign(b'(' | b':'))
}

/// Where the number is the subject of its clause, what the verb after it says.
pub(super) fn after(told: &Told<'_>, to_come: bool) -> Option<Found> {
    let Told { line, around, .. } = *told;
    let gap = line.gap(around);
    let clause = gap
        .iter()
        .rposition(|item| matches!(item.what, What::Sign(b',' | b';' | b':')))
        .map_or(0, |at| at + 1);
    let subject = gap[clause..].iter().all(|item| {
        item.has(mark::BOUND | mark::FUNC | mark::AND | mark::STOP | mark::SELF) || item.what != What::Word
    }) && gap.len() - clause <= 6;
    if !subject {
        return None;
    }
    let tail = line.tail(around);
    for (at, item) in tail.iter().enumerate().take(16) {
        if matches!(item.what, What::Sign(b',' | b';' | b'(')) {
            return None;
        }
        let cue = cue_of(line, item);
        if cue.is(Cue::AIM.and(Cue::WILL)) && !cue.is(Cue::PLAN) {
            return Some(settled(Kind::Target));
        }
        if cue.is(Cue::GUESS) {
            return Some(settled(Kind::Estimate));
        }
        // `communes that still have poor households are to …`
        let relative = tail[at.saturating_sub(2)..at]
            .iter()
            .any(|item| line.says(item, word::RELATIVE));
        let past = line.says(item, word::PAST_VERB);
        if cue.is(Cue::WAS) && !relative && (past || !to_come) {
            return Some(settled(Kind::Actual));
        }
    }
    None
}
