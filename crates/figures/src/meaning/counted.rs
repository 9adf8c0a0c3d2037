//! What a number without a unit counts: the noun after it, the noun before it, or what was counted before.

use crate::item::{Item, What};
use crate::lexicon::{mark, unit, word};
use crate::meaning::{Around, Lead, Line, Meaning, Site};

/// What is counted or measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted<'a> {
    pub(super) unit: u16,
    /// A multiple: `gấp 2 lần`.
    pub(super) ratio: bool,
    /// Where the noun stands after the number.
    pub(super) noun_at: Option<usize>,
    /// The noun that stands before it: `số chi nhánh là 297`.
    pub(super) noun_before: Option<&'a Item>,
    /// The noun is that of the figure before.
    pub(super) elided: bool,
    /// The last item that is already spent on the number.
    pub(super) spent: usize,
}

/// What the number of a site counts; `lead` is the word that leads to it.
pub(super) fn counted<'a>(site: &Site<'a>, lead: Lead, last: Option<&Meaning>) -> Counted<'a> {
    let Site {
        line, around, number, ..
    } = *site;
    let mut counted = Counted {
        unit: number.unit,
        ratio: false,
        noun_at: None,
        noun_before: None,
        elided: false,
        spent: around.at,
    };
    if number.unit != 0 {
        return counted;
    }
    counted.ratio = site.tail.first().is_some_and(|item| item.has(mark::TIMES))
        && (lead != Lead::None
            || !site.tail[0].has(mark::NOUN)
            || site.tail.get(1).is_some_and(|item| item.has(mark::COMPARE)));
    if counted.ratio {
        counted.unit = line.units.times;
        return counted;
    }
    counted.noun_at = if number.fraction == 1 {
        let whole = Around {
            at: around.at + 1,
            to: (around.at + 10).min(line.items.len()),
            ..around
        };
        noun(line, whole).map(|offset| around.at + 2 + offset)
    } else {
        noun(line, around).map(|offset| around.at + 1 + offset)
    };
    if let Some(at) = counted.noun_at {
        counted.unit = line.words.entry(&line.items[at]).noun;
        if line.units.is(counted.unit, unit::HEAD) {
            counted.unit = animal(site).unwrap_or(counted.unit);
        }
        if number.fraction != 1 {
            counted.spent = at;
        }
        return counted;
    }
    counted.elided = elided(line, around, last);
    if counted.elided {
        counted.unit = last.map_or(0, |last| last.counted);
        return counted;
    }
    counted.noun_before = site
        .gap
        .iter()
        .rev()
        .find(|item| item.has(mark::NOUN) && !item.has(mark::PLANWORD | mark::SELF | mark::UNITTYPE));
    if let Some(item) = counted.noun_before {
        counted.unit = line.words.entry(item).noun;
    } else if around.follows {
        counted.unit = last
            .filter(|last| !line.units.is(last.unit, unit::MONEY | unit::PERCENTAGE))
            .map_or(0, |last| last.unit);
    }
    counted
}

/// The animals that heads are of: `đàn lợn 1,43 triệu con`.
fn animal(site: &Site<'_>) -> Option<u16> {
    let nouns = site.gap.iter().rev().filter(|item| item.has(mark::NOUN));
    nouns
        .map(|item| site.line.words.entry(item).noun)
        .find(|noun| site.line.units.is(*noun, unit::ANIMAL))
}

/// Where the counted noun stands after the number, as an offset into its tail.
fn noun(line: Line<'_>, around: Around) -> Option<usize> {
    let tail = line.tail(around);
    for (offset, item) in tail.iter().take(6).enumerate() {
        match item.what {
            What::Sign(b'"' | b'-' | b'\'') => continue,
            What::Number(_) | What::Period(_) | What::Sign(_) => return None,
            _ => {}
        }
        if item.has(mark::NOUN) && !(item.has(mark::FUNC) && offset > 0) {
            // English: the head of `job sessions` is the last noun.
            let head = line.words.lexicon.english
                && tail.get(offset + 1).is_some_and(|next| {
                    next.has(mark::NOUN) && !next.has(mark::FUNC | mark::STOP | mark::NOTCOUNT)
                });
            return Some(offset + usize::from(head));
        }
        if item.has(mark::ALIAS) && offset == 0 {
            return Some(offset);
        }
        if item.has(mark::STOP | mark::COMPARE | mark::WHOLE) && !(offset == 0 && line.says(item, word::OF)) {
            return None;
        }
    }
    None
}

/// A count whose noun is that of the figure before: `33 targets, of which 10 are economic`, `15 more`.
pub(crate) fn elided(line: Line<'_>, around: Around, last: Option<&Meaning>) -> bool {
    let Some(last) = last.filter(|_| around.follows) else {
        return false;
    };
    let plain = last.counted != 0
        && !line.units.is(
            last.counted,
            unit::MONEY | unit::PERCENTAGE | unit::TIME | unit::MEASURED,
        );
    plain
        && line
            .tail(around)
            .first()
            .is_some_and(|next| line.says(next, word::ELIDING))
}
