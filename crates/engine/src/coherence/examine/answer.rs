//! What an examination answers with.

use terms::Diagnostic;

use crate::Interval;
use crate::coherence::chain::Chain;
use crate::coherence::claim::ClaimSet;
use crate::coherence::identity::Model;
use crate::coherence::witness::Exact;
use crate::meaning::Allowed;

/// What is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// All can hold; there is a witness.
    Feasible,
    /// They cannot all hold; there are conflicts.
    Infeasible,
    /// Neither was shown within the limits.
    Undecided,
}

impl Verdict {
    /// The stable code: `feasible`, `infeasible`, `undecided`.
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Feasible => "feasible",
            Verdict::Infeasible => "infeasible",
            Verdict::Undecided => "undecided",
        }
    }
}

/// A smallest set of targets that cannot hold together.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The targets, by index into the question's claims; empty where results and assumptions alone contradict each other.
    pub targets: Vec<usize>,
    /// The results and assumptions that the contradiction rests on.
    pub given: Vec<usize>,
    /// The claim that the chain is held against.
    pub against: usize,
    /// How the others lead to a range that this claim is not in; none where no single chain tells it.
    pub chain: Option<Chain>,
}

/// What must be true of a quantity if the rest is.
#[derive(Debug, Clone, PartialEq)]
pub struct Implied {
    /// The variable.
    pub variable: usize,
    /// Its range, by all kept claims but those on itself and those that are only tested.
    pub range: Interval,
    /// The range with all kept claims, those on itself included.
    pub with_all: Interval,
}

/// The smallest change of one claim with which everything can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Mend {
    /// Which claim.
    pub claim: usize,
    /// Which of its quantities.
    pub variable: usize,
    /// What it says now.
    pub now: Allowed,
    /// What the rest leaves it.
    pub possible: Interval,
    /// The nearest number with which a witness was found; none where it must be dropped or no witness was found.
    pub nearest: Option<f64>,
}

/// An ambiguous claim read in another way.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Which claim.
    pub claim: usize,
    /// Name of the reading; message `reading-NAME`.
    pub name: String,
    /// The verdict on the whole under it.
    pub verdict: Verdict,
    /// What the rest leaves the quantities that it then speaks of.
    pub possible: Vec<(usize, Interval)>,
    /// Under a reading that is infeasible, the targets of one conflict.
    pub conflict: Vec<usize>,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What the quantities and relations are.
    pub model: Model,
    /// The verdict on all claims that could be used.
    pub verdict: Verdict,
    /// A point on which everything holds, where there is one: a value per variable.
    pub witness: Option<Vec<Exact>>,
    /// The minimal conflicts.
    pub conflicts: Vec<Conflict>,
    /// Whether these are surely all that can be proved.
    pub all_conflicts: bool,
    /// The claims kept for the implied ranges: all but those of the smallest mend.
    pub kept: ClaimSet,
    /// The implied ranges of all quantities on which anything is known.
    pub implied: Vec<Implied>,
    /// Changes of single claims, each of which mends all.
    pub mends: Vec<Mend>,
    /// Smallest sets of claims that must all change, where no single one will do.
    pub mends_together: Vec<Vec<usize>>,
    /// Other readings.
    pub readings: Vec<Reading>,
    /// Claims that could not be used, or that are impossible alone.
    pub diagnostics: Vec<Diagnostic>,
}
