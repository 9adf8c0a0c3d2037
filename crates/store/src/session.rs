//! Sessions: who is signed in, since when, from what.

use plan::UserId;
use sqlx::Row;
use terms::Timestamp;

use crate::error::OrDamaged;
use crate::read::time;
use crate::record::number;
use crate::user::{StoredUser, user};
use crate::{Error, Reading, Writing};

/// An open session with its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Whose.
    pub user: StoredUser,
    /// The token that the session's forms carry.
    pub csrf: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was last used, give or take a minute.
    pub seen_at: Timestamp,
    /// Whether a second factor was given.
    pub strong: bool,
    /// Whether it was opened by the province's directory.
    pub directory: bool,
}

/// A session to be opened.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// Whose.
    pub user: UserId,
    /// SHA-256 of its token.
    pub token_hash: &'a [u8; 32],
    /// The token that its forms carry.
    pub csrf: &'a str,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// What the browser says of itself.
    pub device: &'a str,
    /// Whether a second factor was given.
    pub strong: bool,
    /// Whether it was opened by the province's directory.
    pub directory: bool,
}

/// A session in a person's list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSession {
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, give or take a minute.
    pub seen_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// What the browser says of itself.
    pub device: String,
    /// Whether a second factor was given.
    pub strong: bool,
    /// Whether it was opened by the province's directory.
    pub directory: bool,
}

impl Reading {
    /// The session of a token, by the token's hash, whether still good or not; none of a person who was let go.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn session(&mut self, token_hash: &[u8; 32]) -> Result<Option<StoredSession>, Error> {
        sqlx::query(
            "SELECT u.*, s.csrf, s.expires_at, s.seen_at, s.strong, s.directory FROM sessions s JOIN users u ON u.id = s.user_id \
             WHERE s.token_hash = $1 AND u.ended_at IS NULL",
        )
        .bind(token_hash.as_slice())
        .fetch_optional(&mut *self.transaction)
        .await?
        .as_ref()
        .map(|row| {
            Ok(StoredSession {
                user: user(row)?,
                csrf: row.get("csrf"),
                expires_at: time(row, "expires_at")?,
                seen_at: time(row, "seen_at")?,
                strong: row.get::<i64, _>("strong") != 0,
                    directory: row.get::<i64, _>("directory") != 0,
            })
        })
        .transpose()
    }

    /// A person's sessions that are good at `now`, the latest first.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn sessions(&mut self, user: UserId, now: Timestamp) -> Result<Vec<ListedSession>, Error> {
        let rows = sqlx::query(
            "SELECT * FROM sessions WHERE user_id = $1 AND expires_at > $2 ORDER BY created_at DESC, token_hash",
        )
        .bind(number(user.0)?)
        .bind(now.as_microsecond())
        .fetch_all(&mut *self.transaction)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(ListedSession {
                    token_hash: row
                        .get::<&[u8], _>("token_hash")
                        .try_into()
                        .or_damaged("token_hash")?,
                    created_at: time(row, "created_at")?,
                    seen_at: time(row, "seen_at")?,
                    expires_at: time(row, "expires_at")?,
                    device: row.get("device"),
                    strong: row.get::<i64, _>("strong") != 0,
                    directory: row.get::<i64, _>("directory") != 0,
                })
            })
            .collect()
    }
}

impl Writing {
    /// Opens a session, and drops those that ran out.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn open_session(&mut self, new: &NewSession<'_>, now: Timestamp) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
            .bind(now.as_microsecond())
            .execute(&mut *self.transaction)
            .await?;
        sqlx::query(
            "INSERT INTO sessions (token_hash, user_id, csrf, created_at, expires_at, device, strong, directory, seen_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $4)",
        )
        .bind(new.token_hash.as_slice())
        .bind(number(new.user.0)?)
        .bind(new.csrf)
        .bind(now.as_microsecond())
        .bind(new.expires_at.as_microsecond())
        .bind(new.device)
        .bind(i64::from(new.strong))
        .bind(i64::from(new.directory))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Notes that a session is used.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn see_session(&mut self, token_hash: &[u8; 32], now: Timestamp) -> Result<(), Error> {
        sqlx::query("UPDATE sessions SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2")
            .bind(token_hash.as_slice())
            .bind(now.as_microsecond())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Ends one session.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn end_session(&mut self, token_hash: &[u8; 32]) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash.as_slice())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn end_sessions(&mut self, user: UserId) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE user_id = $1")
            .bind(number(user.0)?)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
    /// Ends the sessions of a person that the province's directory opened.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn end_directory_sessions(&mut self, user: UserId) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND directory = 1")
            .bind(number(user.0)?)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}
