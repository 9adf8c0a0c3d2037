//! What can be done to the register. Each act is one entry of the record; all that pages show follows from the acts.

use terms::{Date, Decimal, IndicatorCode, Sha256, TimePeriod};

use crate::report::{Evidence, Move, Regime, RegimeCode, ReportKey};
use crate::task::{Brief, Party, ScoreRules, TaskRules};
use crate::{
    Department, Document, FigureId, FoundFigure, Holding, Observation, ObservationId, Office, Post, PostId,
    Source, Target, TargetId, TaskId, UserId,
};

/// Something that was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// A document came in, with what the reader found in it. Figure `n` of the list has ordinal `n + 1`.
    DocumentAdded {
        /// The document.
        document: Document,
        /// Its figures, in the order of the text.
        figures: Vec<FoundFigure>,
    },
    /// A person marked a number that the reader had not found.
    FigureMarked {
        /// The figure; its ordinal follows the last one of its document.
        figure: FigureId,
        /// Where it stands, and what it is.
        found: FoundFigure,
    },
    /// A person decided about a figure. A later decision takes the place of an earlier one; both stay readable.
    FigureReviewed {
        /// About which.
        figure: FigureId,
        /// What was decided.
        verdict: Verdict,
        /// Why.
        reason: String,
    },
    /// A value was recorded without a figure of a document in the register.
    FactRecorded {
        /// The value.
        fact: Fact,
        /// Where it comes from.
        source: Source,
        /// The value that it takes the place of.
        replaces: Option<FactId>,
        /// Why.
        reason: String,
    },
    /// A further source tells a value that is there.
    FactSourced {
        /// The value.
        fact: FactId,
        /// The source.
        source: Source,
        /// Why.
        reason: String,
    },
    /// A value was taken back.
    FactWithdrawn {
        /// The value.
        fact: FactId,
        /// Why.
        reason: String,
    },
    /// A person said how a target is read and which way leads to it. The target stays; a later saying takes the place of
    /// an earlier one.
    TargetPlanned {
        /// Which target.
        target: TargetId,
        /// The way.
        way: Box<crate::Way>,
        /// The paper that decides it.
        source: Source,
        /// Why.
        reason: String,
    },
    /// A person said what holds where statements do not agree. The statements stay as they are; a later settlement takes
    /// the place of an earlier one.
    FindingSettled {
        /// The stable key of the finding.
        finding: String,
        /// The code of its class when it was settled.
        class: String,
        /// What was decided, in the person's words.
        decision: String,
        /// The paper that settles it.
        source: Source,
        /// Why.
        reason: String,
    },
    /// A settled finding is open again.
    FindingReopened {
        /// The stable key of the finding.
        finding: String,
        /// Why.
        reason: String,
    },
    /// A task was written down; it is handed over by a step of its own.
    TaskDrafted {
        /// What it asks.
        brief: Box<Brief>,
        /// The office that hands it over, answers, confirms.
        assigner: Office,
        /// The task of which it is a part.
        parent: Option<TaskId>,
    },
    /// Somebody did something with a task.
    TaskStepped {
        /// Which.
        task: TaskId,
        /// As what.
        party: Party,
        /// What.
        step: crate::task::Act,
    },
    /// What holds for tasks from now on.
    TaskRulesSet {
        /// The rules.
        rules: TaskRules,
        /// Why.
        reason: String,
    },
    /// How work is scored from a day on.
    ScoreRulesSet {
        /// The rules.
        rules: ScoreRules,
        /// Why.
        reason: String,
    },
    /// The general part of a score for a period, which a person gives; a later one takes its place, and none of its
    /// points takes it back.
    GeneralScoreGiven {
        /// The office, or that of the post.
        office: Office,
        /// The post within it; none: the office as a whole.
        post: Option<PostId>,
        /// Who held the post, where several did in the period.
        holder: Option<UserId>,
        /// A month or a quarter.
        period: TimePeriod,
        /// How many points; none: what was given no longer counts.
        points: Option<Decimal>,
        /// Why.
        reason: String,
        /// What shows it.
        evidence: Vec<crate::task::Evidence>,
    },
    /// A report regime was issued; one of the same code takes the place of what was issued before.
    RegimeIssued {
        /// What it states.
        regime: Box<Regime>,
    },
    /// A report regime asks for nothing more.
    RegimeEnded {
        /// Which.
        regime: RegimeCode,
        /// Why.
        reason: String,
    },
    /// Somebody filled in, sent, verified, returned, accepted or corrected a report.
    ReportMoved {
        /// Which report.
        report: ReportKey,
        /// What was done.
        step: Box<Move>,
    },
    /// A value of an accepted report counts in the register from now on.
    ReportCounted {
        /// Of which report.
        report: ReportKey,
        /// The value.
        observation: Box<Observation>,
        /// The report as a source.
        source: Source,
        /// The value of an earlier edition of the report that it takes the place of.
        replaces: Option<ObservationId>,
        /// Why: of a correction.
        reason: String,
    },
    /// Somebody showed what supports a value of a report.
    EvidenceGiven {
        /// Of which report.
        report: ReportKey,
        /// Of which line; none: of all.
        indicator: Option<IndicatorCode>,
        /// What it shows.
        title: String,
        /// The file or page.
        evidence: Evidence,
    },
    /// Reports were drawn by chance for a check on the spot: by the chain hash of the entry before this one, so that
    /// anybody can draw again and nobody can choose.
    SampleDrawn {
        /// Of which regime.
        regime: RegimeCode,
        /// On which period.
        period: TimePeriod,
        /// The offices whose reports stood ready to be drawn, in order.
        ready: Vec<Office>,
        /// How many were drawn.
        size: u64,
    },
    /// Somebody looked on the spot and tells what was found.
    SpotChecked {
        /// Which report.
        report: ReportKey,
        /// Which line.
        indicator: IndicatorCode,
        /// The value that was found, as typed.
        found: String,
        /// What was looked at, and how.
        words: String,
    },
    /// A catalogue took the place of the one before.
    CatalogueLoaded {
        /// Which list.
        list: CatalogueList,
        /// The file's name.
        name: String,
        /// The address of its bytes.
        sha256: Sha256,
    },
    /// A department of a People's Committee is there.
    DepartmentAdded {
        /// The department.
        department: Department,
    },
    /// A department ends.
    DepartmentEnded {
        /// Which.
        office: Office,
        /// Its last day.
        until: Date,
        /// Why: the decision by which it ended.
        reason: String,
    },
    /// A post is there.
    PostAdded {
        /// The post.
        post: Post,
    },
    /// A post ends, and with it whoever holds it.
    PostEnded {
        /// Which.
        post: PostId,
        /// Its last day.
        until: Date,
        /// Why.
        reason: String,
    },
    /// A person holds a post from a day on.
    HolderAdded {
        /// Who holds what, since when.
        holding: Holding,
        /// SHA-256 of the person's salt and name as they were: the name stands outside the record and can be deleted
        /// with its salt; whoever has both can prove that they belong to this entry.
        person: Sha256,
    },
    /// A person no longer holds a post.
    HolderEnded {
        /// Which post.
        post: PostId,
        /// Who held it.
        user: UserId,
        /// The last day.
        until: Date,
        /// Why.
        reason: String,
    },
}

/// What a person decided about a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is what it was taken for.
    Accept(Outcome),
    /// It is this instead.
    Correct(Outcome),
    /// It tells what another figure tells, and becomes one more source of that value.
    Merge {
        /// The other figure.
        with: FigureId,
        /// The value that both tell.
        joins: FactId,
    },
    /// It is no value of the register.
    Reject,
}

/// What an accepted figure becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A new value.
    New(Fact),
    /// One more source of a value that is there.
    Joins(FactId),
}

/// A value of the register.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A value that was observed.
    Observation(Observation),
    /// A value that is due.
    Target(Target),
}

/// Which value of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactId {
    /// An observation.
    Observation(ObservationId),
    /// A target.
    Target(TargetId),
}

impl FactId {
    /// The number of the entry that recorded it.
    pub fn number(self) -> u64 {
        match self {
            FactId::Observation(id) => id.0,
            FactId::Target(id) => id.0,
        }
    }
}

/// A list that the register works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CatalogueList {
    /// The indicators.
    Indicators,
    /// The units.
    Units,
    /// What became of units.
    Successions,
}

impl CatalogueList {
    /// Every list.
    pub const ALL: [CatalogueList; 3] = [
        CatalogueList::Indicators,
        CatalogueList::Units,
        CatalogueList::Successions,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            CatalogueList::Indicators => "indicators",
            CatalogueList::Units => "units",
            CatalogueList::Successions => "successions",
        }
    }
}
