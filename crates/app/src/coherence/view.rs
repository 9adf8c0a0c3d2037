//! The answer in the words of its readers: claims, chains, ranges, mends.

use engine::coherence::{Role, Verdict};
use plan::{PriceBasis, TargetId};
use terms::{Date, Decimal, Diagnostic, TimePeriod, UnitMeasure};

use crate::view::{Amount, IndicatorName, SourceView};

/// A range as people read it: rounded outward, in the quantity's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RangeView {
    /// Not above it; none: without bound.
    pub lower: Option<Decimal>,
    /// Not below it; none: without bound.
    pub upper: Option<Decimal>,
}

/// A quantity as people name it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityView {
    /// Of what.
    pub indicator: IndicatorName,
    /// In whose prices, where that must be said.
    pub basis: Option<PriceBasis>,
    /// What of the indicator it is, where it is not its value: `change`, `change_a_year`, `growth`, `units`; the name says it.
    pub aspect: Option<&'static str>,
    /// When.
    pub period: TimePeriod,
    /// The unit of its numbers.
    pub unit: UnitMeasure,
}

/// A target, result or assumption of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimView {
    /// Stable name: `INDICATOR@PERIOD` for values, the assumption's own name else.
    pub id: String,
    /// Which part it plays.
    pub role: Role,
    /// What it speaks of; none for an assumption that is no number (even growth).
    pub quantity: Option<QuantityView>,
    /// What is said.
    pub amount: Option<Amount>,
    /// Where.
    pub sources: Vec<SourceView>,
    /// The targets of the register that say so; none for results and assumptions.
    pub targets: Vec<TargetId>,
    /// Whether it is an assumption that holds for every year ahead: then its quantity names only the last of them.
    pub every_year: bool,
}

/// What could not be asked together with the rest, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteView {
    /// Message `coherence-note-CODE`.
    pub code: &'static str,
    /// Of what, where it is no claim of the question.
    pub quantity: Option<QuantityView>,
    /// The value left out.
    pub amount: Option<Amount>,
    /// The claim of the question that it speaks of.
    pub claim: Option<usize>,
    /// Where it stands.
    pub sources: Vec<SourceView>,
}

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A quantity and what is known of it at this step.
    Quantity(QuantityView, RangeView),
    /// A number of the identity.
    Number(Decimal),
    /// An operator or bracket.
    Sign(char),
    /// To this power.
    Power(u32),
    /// The root of this degree of the bracket before.
    Root(u32),
    /// x + x² + … + xⁿ of the bracket before.
    Compound(u32),
    /// The rate of which the bracket before is the compound sum.
    CompoundRoot(u32),
}

/// One step of a chain: this quantity is this formula, so it lies in this range.
#[derive(Debug, Clone, PartialEq)]
pub struct StepView {
    /// The identity used; message `identity-ID`.
    pub identity: String,
    /// What is derived.
    pub quantity: QuantityView,
    /// The identity solved for it.
    pub formula: Vec<Piece>,
    /// What it gives.
    pub gives: RangeView,
}

/// A smallest set of targets that cannot hold together.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictView {
    /// The targets, by index into the claims.
    pub targets: Vec<usize>,
    /// The results and assumptions it rests on.
    pub given: Vec<usize>,
    /// The claim that the last step contradicts.
    pub against: usize,
    /// The steps.
    pub steps: Vec<StepView>,
    /// What clashes with what.
    pub kind: ConflictKind,
}

/// What clashes with what, in the order in which people should look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// Targets clash with each other.
    Targets,
    /// One target is impossible by itself, such as a share over 100 %.
    Alone,
    /// One target is at odds with results alone.
    Result,
    /// One target is at odds with what is assumed.
    Assumption,
    /// Results and assumptions contradict each other without any target.
    Given,
}

impl ConflictKind {
    /// The stable code: `targets`, `alone`, `result`, `assumption`, `given`.
    pub const fn code(self) -> &'static str {
        match self {
            ConflictKind::Targets => "targets",
            ConflictKind::Alone => "alone",
            ConflictKind::Result => "result",
            ConflictKind::Assumption => "assumption",
            ConflictKind::Given => "given",
        }
    }
}

/// What must be true of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpliedView {
    /// Of what.
    pub quantity: QuantityView,
    /// What everything else demands of it.
    pub range: RangeView,
    /// What an assumption supposes of it, where one does.
    pub assumed: Option<(usize, RangeView)>,
    /// Whether it is itself a target, a result or an assumption.
    pub claimed: bool,
}

/// The smallest change of one claim with which all can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct MendView {
    /// Which claim.
    pub claim: usize,
    /// Its quantity.
    pub quantity: QuantityView,
    /// What the others leave it.
    pub possible: RangeView,
    /// The nearest number, shown to be possible by a witness.
    pub nearest: Option<Decimal>,
    /// For an assumption: the range widened, in few digits, until it holds the nearest number.
    pub widened: Option<RangeView>,
}

/// An ambiguous target read otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingView {
    /// Which claim.
    pub claim: usize,
    /// Message `reading-NAME`.
    pub name: String,
    /// The verdict then.
    pub verdict: Verdict,
    /// What the others leave the quantity that it would speak of.
    pub possible: Vec<(QuantityView, RangeView)>,
}

/// The answer, for a page.
#[derive(Debug, Clone, PartialEq)]
pub struct CoherenceView {
    /// As of which day.
    pub day: Date,
    /// The verdict.
    pub verdict: Verdict,
    /// Everything that was asked together.
    pub claims: Vec<ClaimView>,
    /// Why not.
    pub conflicts: Vec<ConflictView>,
    /// Whether these are surely all that can be proved.
    pub all_conflicts: bool,
    /// What must be true, if the first mend is made.
    pub implied: Vec<ImpliedView>,
    /// What would mend it, each by itself.
    pub mends: Vec<MendView>,
    /// What would have to change together, where no single change mends it.
    pub mends_together: Vec<Vec<usize>>,
    /// Other readings.
    pub readings: Vec<ReadingView>,
    /// A path on which all targets hold, where there is one.
    pub path: Vec<(QuantityView, RangeView)>,
    /// What was left out of the question, and why.
    pub notes: Vec<NoteView>,
    /// What of the identities could not be used.
    pub diagnostics: Vec<Diagnostic>,
}
