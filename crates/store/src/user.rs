//! People who may sign in, and their sessions. Outside the record: names can be changed and deleted.

use plan::UserId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::Timestamp;

use crate::read::{count, time};
use crate::record::number;
use crate::{Error, Reading, Writing};

/// A person who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredUser {
    /// The number by which entries know the person.
    pub id: UserId,
    /// The name, as it is shown and signed in with.
    pub name: String,
    /// The code of the role.
    pub role: String,
    /// The password's hash in PHC form; empty where nobody can sign in by this name.
    pub password_hash: String,
    /// Whether the person was let go.
    pub ended: bool,
}

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Whose.
    pub user: StoredUser,
    /// The token that the session's forms carry.
    pub csrf: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl Reading {
    /// The person with a name, whatever its case.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn user_by_name(&mut self, name: &str) -> Result<Option<StoredUser>, Error> {
        sqlx::query("SELECT * FROM users WHERE name_key = $1")
            .bind(name_key(name))
            .fetch_optional(&mut *self.transaction)
            .await?
            .as_ref()
            .map(user)
            .transpose()
    }

    /// Everybody, in the order in which they were added.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn users(&mut self) -> Result<Vec<StoredUser>, Error> {
        sqlx::query("SELECT * FROM users ORDER BY id")
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(user)
            .collect()
    }

    /// The session of a token, by the token's hash, whether still good or not; none of a person who was let go.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn session(&mut self, token_hash: &[u8; 32]) -> Result<Option<StoredSession>, Error> {
        sqlx::query(
            "SELECT u.*, s.csrf, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id \
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
            })
        })
        .transpose()
    }
}

impl Writing {
    /// Adds a person.
    ///
    /// # Errors
    /// [`Error::Exists`] where the name is taken.
    pub async fn add_user(
        &mut self,
        name: &str,
        role: &str,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<UserId, Error> {
        let row = sqlx::query(
            "INSERT INTO users (name, name_key, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5) \
             RETURNING id",
        )
        .bind(name)
        .bind(name_key(name))
        .bind(role)
        .bind(password_hash)
        .bind(at.as_microsecond())
        .fetch_one(&mut *self.transaction)
        .await?;
        Ok(UserId(count(&row, "id")?))
    }

    /// Gives a person another password, and ends all sessions of before.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn set_password(&mut self, user: UserId, password_hash: &str) -> Result<(), Error> {
        sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1")
            .bind(number(user.0)?)
            .bind(password_hash)
            .execute(&mut *self.transaction)
            .await?;
        self.end_sessions(user).await
    }

    /// Lets a person go: no more signing in, and all sessions end. The acts stay.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn end_user(&mut self, user: UserId, at: Timestamp) -> Result<(), Error> {
        sqlx::query("UPDATE users SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
            .bind(number(user.0)?)
            .bind(at.as_microsecond())
            .execute(&mut *self.transaction)
            .await?;
        self.end_sessions(user).await
    }

    /// Opens a session, and drops those that ran out.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn open_session(
        &mut self,
        user: UserId,
        token_hash: &[u8; 32],
        csrf: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
            .bind(now.as_microsecond())
            .execute(&mut *self.transaction)
            .await?;
        sqlx::query(
            "INSERT INTO sessions (token_hash, user_id, csrf, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(token_hash.as_slice())
        .bind(number(user.0)?)
        .bind(csrf)
        .bind(now.as_microsecond())
        .bind(expires_at.as_microsecond())
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
}

/// The form in which names are told apart: case and width of spaces do not matter, tone marks do.
fn name_key(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn user(row: &SqliteRow) -> Result<StoredUser, Error> {
    Ok(StoredUser {
        id: UserId(count(row, "id")?),
        name: row.get("name"),
        role: row.get("role"),
        password_hash: row.get("password_hash"),
        ended: row.get::<Option<i64>, _>("ended_at").is_some(),
    })
}
