//! Home: is the province on track? Every target with its latest result, gap, pace and status.

use plan::{DocumentId, Edition, ObsStatus, ObservationId, TargetId};
use terms::{Date, Decimal, Measure, RefArea, TimePeriod};

use crate::view::{Amount, IndicatorName, SourceView, UnitName};

/// How a target stands. The words are Open SDG's, with three for what they leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// The latest result meets it.
    Achieved,
    /// At least 95% of the pace required.
    OnTrack,
    /// 60% to 95% of the pace required.
    Accelerate,
    /// 0% to 60% of the pace required.
    Limited,
    /// It moves away.
    Deterioration,
    /// The due period is over, its result is known, and it was not met.
    Missed,
    /// There are results, but no baseline, or another measure or price basis: nothing can be said of pace.
    Unclear,
    /// No result is known yet.
    NoResult,
}

impl Status {
    /// Every status, in the order in which they are shown.
    pub const ALL: [Status; 8] = [
        Status::Achieved,
        Status::OnTrack,
        Status::Accelerate,
        Status::Limited,
        Status::Deterioration,
        Status::Missed,
        Status::Unclear,
        Status::NoResult,
    ];

    /// The stable code, which is also the value of the filter in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Status::Achieved => "achieved",
            Status::OnTrack => "on-track",
            Status::Accelerate => "accelerate",
            Status::Limited => "limited",
            Status::Deterioration => "deterioration",
            Status::Missed => "missed",
            Status::Unclear => "unclear",
            Status::NoResult => "no-result",
        }
    }
}

/// What to show; an empty filter shows all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ScoreboardFilter {
    /// Only this status.
    pub status: Option<Status>,
    /// Only targets due by the end of this year.
    pub due_year: Option<i16>,
    /// Only targets that this document sets.
    pub set_by: Option<DocumentId>,
    /// Only targets of this place.
    pub place: Option<RefArea>,
    /// Only targets whose indicator's code begins with this word (`grdp`, `poverty`).
    pub field: Option<String>,
    /// As the register was known at the end of this day (UTC); none: now.
    pub known_on: Option<Date>,
}

/// The scoreboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoreboard {
    /// Whose it is.
    pub province: UnitName,
    /// The day against which pace and status are told: today, or [`ScoreboardFilter::known_on`].
    pub day: Date,
    /// The targets that pass the filter: by due period, then by the catalogue's order.
    pub rows: Vec<TargetRow>,
    /// How many targets have each status, of those that pass the filter but for its status.
    pub counts: Vec<(Status, usize)>,
    /// How many targets there are without any filter.
    pub total: usize,
    /// What the filters can be set to.
    pub choices: FilterChoices,
}

/// The values of the filters that select something.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FilterChoices {
    /// Years by which targets are due.
    pub due_years: Vec<i16>,
    /// Documents that set targets, with their titles.
    pub documents: Vec<(DocumentId, String)>,
    /// Places that have targets.
    pub places: Vec<UnitName>,
    /// First words of the indicators' codes (`grdp`, `poverty`).
    pub fields: Vec<String>,
}

/// One target and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetRow {
    /// Which target.
    pub target: TargetId,
    /// Of what.
    pub indicator: IndicatorName,
    /// Of whom.
    pub place: UnitName,
    /// Which aspect of the indicator is due.
    pub measure: Measure,
    /// The value or range due.
    pub amount: Amount,
    /// By when, or over which span.
    pub due: TimePeriod,
    /// The paper that sets it, first; further papers that tell it.
    pub sources: Vec<SourceView>,
    /// Where it started, if anybody says.
    pub baseline: Option<Baseline>,
    /// The latest result of the same indicator, place and measure.
    pub latest: Option<ResultView>,
    /// What is still missing, in the amount's unit: positive while the target is not met; 0 when it is.
    pub gap: Option<Decimal>,
    /// Share of the way from baseline to target, 1 at the target.
    pub attainment: Option<Decimal>,
    /// What is needed from the latest result on, each year until due.
    pub required_pace: Option<Pace>,
    /// How it stands.
    pub status: Status,
    /// The results, oldest first, for the sparkline.
    pub points: Vec<(TimePeriod, Decimal)>,
    /// Whether sources disagree about this indicator, place and measure in any period.
    pub disputed: bool,
}

/// Where a target starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// The period of the start.
    pub period: TimePeriod,
    /// The value then.
    pub value: Decimal,
    /// Whether the paper itself states it (else it is the last result before the target was set).
    pub stated: bool,
}

/// What is needed each year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// So much more (or, negative, less) each year, in the amount's unit.
    PerYear(Decimal),
    /// So many per cent each year, compound.
    PercentPerYear(Decimal),
    /// This value in every year left: for targets that are an average over a span.
    EachYear(Decimal),
}

/// A result as other pages show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultView {
    /// Which observation.
    pub observation: ObservationId,
    /// Of when.
    pub period: TimePeriod,
    /// The value.
    pub amount: Amount,
    /// Which telling of it.
    pub edition: Edition,
    /// How far to rely on it.
    pub status: ObsStatus,
    /// The paper that tells it first; further papers that tell the same.
    pub sources: Vec<SourceView>,
}
