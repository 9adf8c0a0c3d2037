//! What people do with a task.

use terms::Date;

use crate::{ObservationId, Office, UserId};

/// What shows that something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A file kept by its hash.
    File {
        /// Its name as given.
        name: String,
        /// Its address.
        sha256: terms::Sha256,
    },
    /// A public address.
    Link(String),
    /// A value of the register.
    Observation(ObservationId),
}

/// One thing that somebody does with a task. Each carries its reason or words where it has any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The assigner hands it over.
    Assign,
    /// The lead has received it and takes it on.
    Acknowledge,
    /// The lead says why it cannot be theirs, or not like this.
    Contest {
        /// Why.
        reason: String,
    },
    /// The assigner answers a contest by handing the task over as it is or to somebody else.
    Reassign {
        /// Who leads from now on.
        lead: Office,
        /// The answer.
        reason: String,
    },
    /// The lead tells how far it is.
    Progress {
        /// What was done since.
        words: String,
        /// How much of it, 0 to 100.
        per_cent: u8,
        /// What shows it.
        evidence: Vec<Evidence>,
    },
    /// The lead says what stands in the way.
    Difficulty {
        /// What, and what would help.
        words: String,
    },
    /// The one who can answers the last open difficulty.
    Answer {
        /// What will be done about it.
        words: String,
    },
    /// The lead asks for more time.
    AskExtension {
        /// Until when.
        until: Date,
        /// Why.
        reason: String,
    },
    /// The assigner grants the time asked for.
    GrantExtension {
        /// Why.
        reason: String,
    },
    /// The assigner refuses it.
    RefuseExtension {
        /// Why.
        reason: String,
    },
    /// The lead hands in the product.
    Submit {
        /// What was made.
        product: String,
        /// What shows it.
        evidence: Vec<Evidence>,
    },
    /// The assigner confirms the product: only now the task is done.
    Confirm {
        /// A word of thanks or a condition, may be empty.
        words: String,
    },
    /// The assigner sends the product back: not done.
    Return {
        /// What is wanting.
        reason: String,
    },
    /// The assigner ends a task that is no longer wanted.
    Cancel {
        /// Why.
        reason: String,
    },
}

impl Act {
    /// The stable code, for messages and addresses.
    pub const fn code(&self) -> &'static str {
        match self {
            Act::Assign => "assign",
            Act::Acknowledge => "acknowledge",
            Act::Contest { .. } => "contest",
            Act::Reassign { .. } => "reassign",
            Act::Progress { .. } => "progress",
            Act::Difficulty { .. } => "difficulty",
            Act::Answer { .. } => "answer",
            Act::AskExtension { .. } => "ask-extension",
            Act::GrantExtension { .. } => "grant-extension",
            Act::RefuseExtension { .. } => "refuse-extension",
            Act::Submit { .. } => "submit",
            Act::Confirm { .. } => "confirm",
            Act::Return { .. } => "return",
            Act::Cancel { .. } => "cancel",
        }
    }
}

/// An act, by whom and on which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The day, in the province's time.
    pub on: Date,
    /// Who; none where the register itself acts.
    pub by: Option<UserId>,
    /// What.
    pub act: Act,
}
