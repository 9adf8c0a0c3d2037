//! What somebody states of quantities, and sets of such claims.

use terms::{IndicatorCode, RefArea, TimePeriod};

use crate::meaning::Allowed;

/// In whose prices a quantity of money is counted, as identities tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// No money, or an indicator of which only one basis is in use.
    Plain,
    /// Prices of the period itself.
    Current,
    /// Prices of this base year.
    Constant(i16),
}

/// What of an indicator a quantity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Aspect {
    /// Its value.
    #[default]
    Value,
    /// How much the value of the period's last year is above that of the year before the period.
    Change,
    /// The same for each year of the period: the plain mean of the yearly changes.
    ChangeAYear,
    /// By how many per cent the value grows a year: over several the geometric mean.
    Growth,
    /// How many units meet a condition on their own value; the asker numbers the conditions. A whole number.
    UnitsMeeting(u16),
}

/// One unknown number: an indicator, of a place, in a year or over several.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quantity {
    /// Of what.
    pub indicator: IndicatorCode,
    /// What of it.
    pub aspect: Aspect,
    /// In whose prices.
    pub basis: Basis,
    /// Of whom.
    pub place: RefArea,
    /// When: a year, or a span of years.
    pub period: TimePeriod,
}

/// Which part a claim plays in the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Something that is to be reached.
    Target,
    /// Something that was observed.
    Result,
    /// Something that is supposed, named and editable.
    Assumption,
}

impl Role {
    /// The stable code: `target`, `result`, `assumption`.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Target => "target",
            Role::Result => "result",
            Role::Assumption => "assumption",
        }
    }
}

/// A statement about one or several quantities (an assumption may hold for every year).
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The caller's own name of it, shown back in every answer: unique in a question.
    pub id: String,
    /// Which part it plays.
    pub role: Role,
    /// The quantities and what is allowed of each.
    pub bindings: Vec<(Quantity, Allowed)>,
    /// Other ways to read an ambiguous claim: the name of the reading and what it would bind instead.
    pub readings: Vec<(String, Vec<(Quantity, Allowed)>)>,
    /// Whether implied ranges are computed without it, so that it can be tested by them (the assumption on prices).
    pub tested: bool,
}

/// A set of claims, by index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct ClaimSet(Vec<u64>);

impl ClaimSet {
    /// No claim, with room for `count`.
    pub fn empty(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    /// Every claim of `count`.
    pub fn full(count: usize) -> Self {
        let mut set = Self::empty(count);
        (0..count).for_each(|index| set.insert(index));
        set
    }

    /// The claims of an iterator, with room for `count`.
    pub fn of(count: usize, members: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::empty(count);
        members.into_iter().for_each(|index| set.insert(index));
        set
    }

    /// Whether the claim is in the set.
    pub fn contains(&self, index: usize) -> bool {
        self.0
            .get(index / 64)
            .is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Puts a claim in.
    pub fn insert(&mut self, index: usize) {
        self.0[index / 64] |= 1 << (index % 64);
    }

    /// Takes a claim out.
    pub fn remove(&mut self, index: usize) {
        self.0[index / 64] &= !(1 << (index % 64));
    }

    /// Puts all of `other` in.
    pub fn join(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// The claims of this set that are not in `other`.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self(
            self.0
                .iter()
                .zip(&other.0)
                .map(|(mine, theirs)| mine & !theirs)
                .collect(),
        )
    }

    /// The claims of both.
    #[must_use]
    pub fn common(&self, other: &Self) -> Self {
        Self(
            self.0
                .iter()
                .zip(&other.0)
                .map(|(mine, theirs)| mine & theirs)
                .collect(),
        )
    }

    /// Whether every claim of this set is in `other`.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .all(|(mine, theirs)| mine & !theirs == 0)
    }

    /// Whether no claim is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many claims.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The claims in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|index| self.contains(*index))
    }
}
