//! The order of units by mean attainment.

use std::cmp::Ordering;

use super::share::NONE;

/// The shares of one unit, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Sum of its shares.
    pub sum: i64,
    /// How many there are.
    pub count: i64,
}

impl Tally {
    #[inline]
    pub(super) fn add(&mut self, share: i64) {
        if share != NONE {
            self.sum += share;
            self.count += 1;
        }
    }

    pub(super) fn take(&mut self, share: i64) {
        if share != NONE {
            self.sum -= share;
            self.count -= 1;
        }
    }

    pub(super) fn merge(&mut self, other: Tally) {
        self.sum += other.sum;
        self.count += other.count;
    }

    /// Compares means without dividing: a ÷ b with c ÷ d is a × d with c × b.
    pub(super) fn cmp_mean(&self, other: &Tally) -> Ordering {
        (i128::from(self.sum) * i128::from(other.count))
            .cmp(&(i128::from(other.sum) * i128::from(self.count)))
    }
}

/// A unit in the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// The unit.
    pub unit: u32,
    /// Its rank: 1 for the best; units with the same mean share a rank, and the next rank counts them all.
    pub rank: u32,
    /// Its shares, of which the mean is taken.
    pub tally: Tally,
}

/// Ranks all units that have a share; equal ones stand in order of their numbers. O(n log n), O(n) where little changed.
pub(super) fn rank(tally: &[Tally], into: &mut Vec<Ranked>) {
    let known = tally.iter().filter(|tally| tally.count != 0).count();
    if into.len() == known && into.iter().all(|ranked| tally[ranked.unit as usize].count != 0) {
        for ranked in into.iter_mut() {
            ranked.tally = tally[ranked.unit as usize];
        }
    } else {
        into.clear();
        into.extend(
            (0_u32..)
                .zip(tally)
                .filter(|(_, tally)| tally.count != 0)
                .map(|(unit, tally)| Ranked {
                    unit,
                    rank: 0,
                    tally: *tally,
                }),
        );
    }
    into.sort_by(|a, b| b.tally.cmp_mean(&a.tally).then(a.unit.cmp(&b.unit)));
    let mut before: Option<(Tally, u32)> = None;
    for (ranked, place) in into.iter_mut().zip(1_u32..) {
        ranked.rank = match before {
            Some((tally, rank)) if tally.cmp_mean(&ranked.tally) == Ordering::Equal => rank,
            _ => place,
        };
        before = Some((ranked.tally, ranked.rank));
    }
}
