//! The same figures within other borders: a series as of any day's units.
//!
//! A [`Rebasing`] is worked out once for two days and then applied to as many series as one likes. Going forward, the
//! pieces are the shares of the successions, chained over as many waves as lie between. Going back, a unit that was merged
//! can only be divided by a weight; what was whole all along stays exact. What was reported is never changed.

mod apply;
mod pieces;

pub use apply::Values;
use plan::{OrgTree, UnitNumber};
use terms::{Date, Decimal};

/// How much of a unit went into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portion {
    /// All of it.
    Whole,
    /// A part that the succession names, above 0 and below 1.
    Part(Decimal),
    /// It was divided and nobody says how.
    Unknown,
}

impl Portion {
    /// One portion of another: the product; unknown where either is.
    #[must_use]
    pub fn of(self, other: Portion) -> Portion {
        match (self, other) {
            (Portion::Whole, portion) | (portion, Portion::Whole) => portion,
            (Portion::Part(a), Portion::Part(b)) => a.checked_mul(b).map_or(Portion::Unknown, Portion::Part),
            _ => Portion::Unknown,
        }
    }
}

/// What a unit of one day has in common with a unit of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The unit that the figures are of.
    pub source: UnitNumber,
    /// The unit that they are asked for.
    pub target: UnitNumber,
    /// How much of the older of the two it is.
    pub portion: Portion,
}

/// Which way in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Figures of older units within newer borders.
    Forward,
    /// Figures of newer units within older borders.
    Back,
}

/// How the units of one day make up those of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebasing {
    way: Way,
    pieces: Vec<Piece>,
    targets: Vec<UnitNumber>,
    /// How many targets each piece's source has, beside each piece.
    pieces_of_source: Vec<usize>,
    lost: Vec<UnitNumber>,
}

/// A figure within other borders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebased {
    /// The unit that it is of.
    pub unit: UnitNumber,
    /// The value; none where a part is missing or cannot be apportioned.
    pub value: Option<Decimal>,
    /// Of what is known, the sum (additive figures only); not a value of the unit where `value` is none.
    pub known: Option<Decimal>,
    /// Whether any part was apportioned by a share or a weight: to be marked as estimated.
    pub estimated: bool,
    /// Where the value comes from.
    pub parts: Vec<Part>,
    /// Units without a value.
    pub missing: Vec<UnitNumber>,
    /// Units that cannot be apportioned: divided without a share, or merged without a weight.
    pub not_apportioned: Vec<UnitNumber>,
}

/// What one unit gives to a figure within other borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The unit whose figure it is.
    pub source: UnitNumber,
    /// What it gives.
    pub value: Decimal,
    /// The share of its figure that this is, where it is not all of it.
    pub share: Option<Decimal>,
}

impl Rebasing {
    /// Works out what the units `sources`, which were there on `from`, are in the units of `to`. O(links walked).
    ///
    /// A unit that is there on both days is its own piece. Successions after the earlier day and up to the later are
    /// walked, wave by wave.
    pub fn between(tree: &OrgTree, sources: &[UnitNumber], from: Date, to: Date) -> Self {
        let way = if from <= to { Way::Forward } else { Way::Back };
        let (mut pieces, mut lost) = (Vec::new(), Vec::new());
        for source in sources {
            let before = pieces.len();
            pieces::walk(tree, way, *source, (from, to), &mut pieces);
            if pieces.len() == before {
                lost.push(*source);
            }
        }
        let mut targets: Vec<UnitNumber> = pieces.iter().map(|piece| piece.target).collect();
        targets.sort_unstable();
        targets.dedup();
        pieces.sort_by_key(|piece| (piece.target, piece.source));
        let most = pieces
            .iter()
            .map(|piece| piece.source.index() + 1)
            .max()
            .unwrap_or(0);
        let mut counts = vec![0; most];
        for piece in &pieces {
            counts[piece.source.index()] += 1;
        }
        let pieces_of_source = pieces.iter().map(|piece| counts[piece.source.index()]).collect();
        Self {
            way,
            pieces,
            targets,
            pieces_of_source,
            lost,
        }
    }

    /// Which way in time.
    pub fn way(&self) -> Way {
        self.way
    }

    /// What the units have in common, by target.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The units of the day asked for, of which something is known.
    pub fn targets(&self) -> &[UnitNumber] {
        &self.targets
    }

    /// Units of which nothing is recorded on the day asked for: their figures have no place there.
    pub fn lost(&self) -> &[UnitNumber] {
        &self.lost
    }
}

#[cfg(test)]
mod tests;
