//! Where a task stands, and what somebody is to it.

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Written, not handed over.
    Drafted,
    /// Handed over, not yet received.
    HandedOver,
    /// The lead says why not.
    Contested,
    /// Received and being done.
    UnderWay,
    /// The product is with the assigner.
    HandedIn,
    /// Confirmed.
    Done,
    /// No longer wanted.
    Cancelled,
}

impl Stage {
    /// Every stage, in the order of a task's life.
    pub const ALL: [Stage; 7] = [
        Stage::Drafted,
        Stage::HandedOver,
        Stage::Contested,
        Stage::UnderWay,
        Stage::HandedIn,
        Stage::Done,
        Stage::Cancelled,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::Drafted => "drafted",
            Stage::HandedOver => "handed-over",
            Stage::Contested => "contested",
            Stage::UnderWay => "under-way",
            Stage::HandedIn => "handed-in",
            Stage::Done => "done",
            Stage::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more can happen.
    pub const fn is_over(self) -> bool {
        matches!(self, Stage::Done | Stage::Cancelled)
    }
}

/// What somebody is to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// Hands it over, answers, confirms or returns.
    Assigner,
    /// Answers for it.
    Lead,
    /// Helps.
    Supporter,
    /// Was asked to answer the open difficulty.
    Asked,
}

impl Party {
    /// Every party.
    pub const ALL: [Party; 4] = [Party::Assigner, Party::Lead, Party::Supporter, Party::Asked];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Party::Assigner => "assigner",
            Party::Lead => "lead",
            Party::Supporter => "supporter",
            Party::Asked => "asked",
        }
    }
}
