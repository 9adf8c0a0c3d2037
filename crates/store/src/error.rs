//! What can go wrong with the database, by what the caller can do about it.

/// Why nothing was read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened, made or brought up to date: another path, rights, or a newer version made it.
    #[error("the database cannot be opened")]
    Open(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Another process is writing: try again.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    /// A value that must be there once is there already.
    #[error("it is there already")]
    Exists(#[source] sqlx::Error),
    /// The database failed: disk full, damaged, cut off.
    #[error("the database failed")]
    Failed(#[source] sqlx::Error),
    /// What is stored is not what this program stores: `what` names the field.
    #[error("the stored {what} cannot be read")]
    Damaged {
        /// Which field.
        what: &'static str,
    },
    /// A secret cannot be sealed or read: its key lies in a file, and something is wrong with that.
    #[error("the key of secrets cannot be had from {}: {}", file.display(), why.diagnostic())]
    KeyFile {
        /// The file.
        file: std::path::PathBuf,
        /// What is wrong with it.
        why: crate::secrets::KeyTrouble,
    },
    /// The act does not fit the register: `what` names what it speaks of and the register does not have.
    #[error("the act names a {what} that the register does not have")]
    Unfit {
        /// Which kind of thing.
        what: &'static str,
    },
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let database = error.as_database_error();
        if database.is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
            return Error::Exists(error);
        }
        // SQLITE_BUSY and its extended codes have 5 as their lowest byte.
        let code = database
            .and_then(sqlx::error::DatabaseError::code)
            .and_then(|code| code.parse::<i32>().ok());
        if code.is_some_and(|code| code & 0xff == 5) {
            Error::Busy(error)
        } else {
            Error::Failed(error)
        }
    }
}

/// Says which field is damaged where a stored text does not parse.
pub(crate) trait OrDamaged<T> {
    /// The value, or [`Error::Damaged`] with the field's name.
    fn or_damaged(self, what: &'static str) -> Result<T, Error>;
}

impl<T, E> OrDamaged<T> for Result<T, E> {
    fn or_damaged(self, what: &'static str) -> Result<T, Error> {
        self.map_err(|_| Error::Damaged { what })
    }
}

impl<T> OrDamaged<T> for Option<T> {
    fn or_damaged(self, what: &'static str) -> Result<T, Error> {
        self.ok_or(Error::Damaged { what })
    }
}
