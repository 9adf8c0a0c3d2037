//! What can come back instead of a view, by what the caller can do about it.

use terms::Diagnostic;

use crate::policy::{Action, Who};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session ended: sign in and ask again.
    #[error("{action:?} needs a signed-in person")]
    SignIn {
        /// What was asked.
        action: Action,
    },
    /// The person may not do this; `who` may.
    #[error("{action:?} is not allowed")]
    Denied {
        /// What was asked.
        action: Action,
        /// Who may: the role, and the office where it must be that of a certain one.
        who: Vec<Who>,
    },
    /// The act needs a session that was opened with a second factor: set one up, or sign in again with it.
    #[error("{action:?} needs a second factor")]
    SecondFactor {
        /// What was asked.
        action: Action,
    },
    /// There is no such thing, or none that the asker may know of.
    #[error("no such {what}")]
    NotFound {
        /// Which kind of thing: `document`, `indicator`, `unit`, `target`, `figure`.
        what: &'static str,
    },
    /// What was given cannot be recorded; nothing was.
    #[error("{} diagnostics, the first {:?}", .0.len(), .0.first().map(|diagnostic| diagnostic.code))]
    Invalid(Vec<Diagnostic>),
    /// Somebody else was faster: look again, then decide.
    #[error("{what} was changed by somebody else in the meantime")]
    Conflict {
        /// Which kind of thing.
        what: &'static str,
    },
    /// The database failed, or another process keeps it: `Display` is for the log.
    #[error("the register cannot be read or written")]
    Store(#[source] store::Error),
    /// Something of the machine failed: chance, a thread.
    #[error("{0} failed")]
    Machine(&'static str),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Error::Store(error)
    }
}
