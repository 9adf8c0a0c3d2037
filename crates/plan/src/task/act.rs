//! What people do with a task.

use terms::Date;

use super::brief::Brief;
use crate::{ObservationId, Office, PostId, UserId};

/// What shows that something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A file kept by its hash.
    File {
        /// Its name as given.
        name: String,
        /// Its address.
        sha256: terms::Sha256,
        /// How many bytes.
        size_bytes: u64,
    },
    /// A public address.
    Link(String),
    /// A value of the register.
    Observation(ObservationId),
}

/// One thing that somebody does with a task. Each carries its reason or words where it has any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The assigner writes the draft anew.
    Rewrite {
        /// What it asks from now on.
        brief: Box<Brief>,
    },
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
    /// The lead names the post within its office that does it; the duty stays with the post when its holder changes.
    Appoint {
        /// Which post.
        post: PostId,
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
        /// Who can help; none: the assigner.
        asks: Option<Office>,
    },
    /// The assigner passes the open difficulty on to the office that can answer it.
    Refer {
        /// Who can.
        to: Office,
        /// What is asked of it.
        words: String,
    },
    /// The one who can answers the open difficulty.
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
        /// Whether a delay had causes outside the lead's power (nguyên nhân khách quan); it then costs no points.
        excused: bool,
    },
    /// The assigner sends the product back: not done.
    Return {
        /// What is wanting.
        reason: String,
        /// Whether it is a grave error, which costs points.
        grave: bool,
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
            Act::Rewrite { .. } => "rewrite",
            Act::Assign => "assign",
            Act::Acknowledge => "acknowledge",
            Act::Contest { .. } => "contest",
            Act::Reassign { .. } => "reassign",
            Act::Appoint { .. } => "appoint",
            Act::Progress { .. } => "progress",
            Act::Difficulty { .. } => "difficulty",
            Act::Refer { .. } => "refer",
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

impl Act {
    /// Every code, in the order of a task's life.
    pub const CODES: [&'static str; 17] = [
        "rewrite",
        "assign",
        "acknowledge",
        "contest",
        "reassign",
        "appoint",
        "progress",
        "difficulty",
        "refer",
        "answer",
        "ask-extension",
        "grant-extension",
        "refuse-extension",
        "submit",
        "confirm",
        "return",
        "cancel",
    ];

    /// What shows it, where the act brings evidence.
    pub fn evidence(&self) -> &[Evidence] {
        match self {
            Act::Progress { evidence, .. } | Act::Submit { evidence, .. } => evidence,
            _ => &[],
        }
    }

    /// The words, reason or product that it carries; empty where it has none.
    pub fn words(&self) -> &str {
        match self {
            Act::Rewrite { .. } | Act::Assign | Act::Acknowledge | Act::Appoint { .. } => "",
            Act::Contest { reason }
            | Act::Reassign { reason, .. }
            | Act::AskExtension { reason, .. }
            | Act::GrantExtension { reason }
            | Act::RefuseExtension { reason }
            | Act::Return { reason, .. }
            | Act::Cancel { reason } => reason,
            Act::Progress { words, .. }
            | Act::Difficulty { words, .. }
            | Act::Refer { words, .. }
            | Act::Answer { words }
            | Act::Confirm { words, .. } => words,
            Act::Submit { product, .. } => product,
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
