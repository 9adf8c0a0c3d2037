//! What words tell of the kind of a number.

use crate::item::{Item, What};
use crate::lexicon::mark;
use crate::meaning::Line;

/// What a word tells of the kind; written `cue NAME:` in the rule files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cue(u16);

impl Cue {
    pub(crate) const AIM: Cue = Cue(1);
    pub(crate) const PLAN: Cue = Cue(1 << 1);
    pub(crate) const WILL: Cue = Cue(1 << 2);
    pub(crate) const MUST: Cue = Cue(1 << 3);
    pub(crate) const GUESS: Cue = Cue(1 << 4);
    pub(crate) const ASK: Cue = Cue(1 << 5);
    pub(crate) const ORDER: Cue = Cue(1 << 6);
    pub(crate) const DONE: Cue = Cue(1 << 7);
    pub(crate) const WAS: Cue = Cue(1 << 8);
    pub(crate) const ACCOUNT: Cue = Cue(1 << 9);
    pub(crate) const GOALS: Cue = Cue(1 << 10);
    pub(crate) const NOW: Cue = Cue(1 << 11);
    pub(crate) const GIVEN: Cue = Cue(1 << 12);

    /// The cue of a rule file's argument.
    pub(crate) fn named(name: &str) -> Option<Cue> {
        Some(match name {
            "aim" => Self::AIM,
            "plan" => Self::PLAN,
            "will" => Self::WILL,
            "must" => Self::MUST,
            "guess" => Self::GUESS,
            "ask" => Self::ASK,
            "order" => Self::ORDER,
            "done" => Self::DONE,
            "was" => Self::WAS,
            "account" => Self::ACCOUNT,
            "goals" => Self::GOALS,
            "now" => Self::NOW,
            "given" => Self::GIVEN,
            _ => return None,
        })
    }

    #[inline]
    pub(crate) fn is(self, cues: Cue) -> bool {
        self.0 & cues.0 != 0
    }

    pub(crate) fn and(self, other: Cue) -> Cue {
        Cue(self.0 | other.0)
    }

    pub(super) fn without(self, other: Cue) -> Cue {
        Cue(self.0 & !other.0)
    }
}

/// What an item tells; a phrase of the general rules that only says «target» or «estimate» counts too.
pub(super) fn cue_of(line: Line<'_>, item: &Item) -> Cue {
    let cue = line.words.entry(item).cue;
    if cue != Cue::default() || item.what != What::Word {
        return cue;
    }
    if item.has(mark::ESTIMATE) {
        Cue::GUESS
    } else if item.has(mark::REQUEST) {
        Cue::ASK
    } else if item.has(mark::TARGET) && !item.has(mark::NOUN | mark::PLANWORD) {
        Cue::AIM
    } else {
        Cue::default()
    }
}
