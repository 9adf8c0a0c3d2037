//! Attempts to sign in, and challenges that wait for a code.

use plan::UserId;
use sqlx::Row;
use terms::Timestamp;

use crate::read::{count, time};
use crate::record::number;
use crate::{Error, Writing};

/// Somebody who has shown the first factor and still owes the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredChallenge {
    /// Who.
    pub user: UserId,
    /// Since when.
    pub since: Timestamp,
    /// How often it was answered, this time with.
    pub asked: u32,
    /// Whether the first factor was the province's directory.
    pub directory: bool,
}

impl Writing {
    /// How many attempts were made under a key, and since when; only those that began after `after` count.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn attempts(
        &mut self,
        key: &[u8; 32],
        after: Timestamp,
    ) -> Result<Option<(u32, Timestamp)>, Error> {
        let row = sqlx::query("SELECT count, since FROM sign_in_attempts WHERE key = $1 AND since > $2")
            .bind(key.as_slice())
            .bind(after.as_microsecond())
            .fetch_optional(&mut *self.transaction)
            .await?;
        row.as_ref()
            .map(|row| Ok((count(row, "count")?, time(row, "since")?)))
            .transpose()
    }

    /// Counts an attempt under a key, and drops what began before `after`; answers how many there are now.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn count_attempt(
        &mut self,
        key: &[u8; 32],
        now: Timestamp,
        after: Timestamp,
    ) -> Result<u32, Error> {
        sqlx::query("DELETE FROM sign_in_attempts WHERE since <= $1")
            .bind(after.as_microsecond())
            .execute(&mut *self.transaction)
            .await?;
        let row = sqlx::query(
            "INSERT INTO sign_in_attempts (key, count, since) VALUES ($1, 1, $2) \
             ON CONFLICT (key) DO UPDATE SET count = sign_in_attempts.count + 1 RETURNING count",
        )
        .bind(key.as_slice())
        .bind(now.as_microsecond())
        .fetch_one(&mut *self.transaction)
        .await?;
        count(&row, "count")
    }

    /// Takes attempts back: all of a key, or one.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn forgive_attempts(&mut self, key: &[u8; 32], all: bool) -> Result<(), Error> {
        let statement = if all {
            "DELETE FROM sign_in_attempts WHERE key = $1"
        } else {
            "UPDATE sign_in_attempts SET count = count - 1 WHERE key = $1 AND 0 < count"
        };
        sqlx::query(statement)
            .bind(key.as_slice())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Remembers that a person owes a code, and drops challenges that began before `after`.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn keep_challenge(
        &mut self,
        hash: &[u8; 32],
        challenge: &StoredChallenge,
        after: Timestamp,
    ) -> Result<(), Error> {
        sqlx::query("DELETE FROM sign_in_challenges WHERE since <= $1")
            .bind(after.as_microsecond())
            .execute(&mut *self.transaction)
            .await?;
        sqlx::query(
            "INSERT INTO sign_in_challenges (hash, user_id, since, asked, directory) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(hash.as_slice())
        .bind(number(challenge.user.0)?)
        .bind(challenge.since.as_microsecond())
        .bind(i64::from(challenge.asked))
        .bind(i64::from(challenge.directory))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// A challenge that is being answered: the asking is counted.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn ask_challenge(&mut self, hash: &[u8; 32]) -> Result<Option<StoredChallenge>, Error> {
        let row = sqlx::query(
            "UPDATE sign_in_challenges SET asked = asked + 1 WHERE hash = $1 \
             RETURNING user_id, since, asked, directory",
        )
        .bind(hash.as_slice())
        .fetch_optional(&mut *self.transaction)
        .await?;
        row.as_ref()
            .map(|row| {
                Ok(StoredChallenge {
                    user: UserId(count(row, "user_id")?),
                    since: time(row, "since")?,
                    asked: count(row, "asked")?,
                    directory: row.get::<i64, _>("directory") != 0,
                })
            })
            .transpose()
    }

    /// A challenge was answered rightly: it is gone. Answers whether it was there.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn take_challenge(&mut self, hash: &[u8; 32]) -> Result<bool, Error> {
        let done = sqlx::query("DELETE FROM sign_in_challenges WHERE hash = $1")
            .bind(hash.as_slice())
            .execute(&mut *self.transaction)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}
