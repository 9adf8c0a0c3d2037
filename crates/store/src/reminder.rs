//! What reminders need and the record must not hold: addresses of people, secret addresses of calendars, what was sent.

use plan::UserId;
use sqlx::Row;
use terms::{Date, Timestamp};

use crate::read::{count, time};
use crate::record::number;
use crate::{Error, Reading, Writing};

/// Whose calendar a secret address shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedOf {
    /// Whose.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// Since when the address is good.
    pub created_at: Timestamp,
}

/// How far the digest of a person and a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestState {
    /// Its mail was about to go out: whether it did is not known.
    Sending,
    /// The server took its mail.
    Sent,
}

/// One person's digest of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Whose.
    pub user: UserId,
    /// Of which day.
    pub day: Date,
    /// The id of its mail: the same for every attempt, so that a mailbox can tell a second copy.
    pub message_id: String,
    /// How far it is.
    pub state: DigestState,
    /// How often it was tried.
    pub attempts: u32,
}

impl Reading {
    /// Where mail to people goes.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn mail_addresses(&mut self) -> Result<Vec<(UserId, String)>, Error> {
        let rows = sqlx::query(
            "SELECT m.user_id, m.address FROM mail_addresses m JOIN users u ON u.id = m.user_id \
             WHERE u.ended_at IS NULL ORDER BY m.user_id",
        )
        .fetch_all(&mut *self.transaction)
        .await?;
        rows.iter()
            .map(|row| Ok((UserId(count(row, "user_id")?), row.get("address"))))
            .collect()
    }

    /// Whose calendar the address with this hash shows; none where it was revoked or the person was let go.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn calendar_feed(&mut self, token_hash: &[u8; 32]) -> Result<Option<FeedOf>, Error> {
        sqlx::query(
            "SELECT f.user_id, f.created_at, u.name FROM calendar_feeds f JOIN users u ON u.id = f.user_id \
             WHERE f.token_hash = $1 AND u.ended_at IS NULL",
        )
        .bind(token_hash.as_slice())
        .fetch_optional(&mut *self.transaction)
        .await?
        .map(|row| {
            Ok(FeedOf {
                user: UserId(count(&row, "user_id")?),
                name: row.get("name"),
                created_at: time(&row, "created_at")?,
            })
        })
        .transpose()
    }

    /// Since when a person's calendar has an address; none where it has none.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn calendar_feed_since(&mut self, user: UserId) -> Result<Option<Timestamp>, Error> {
        sqlx::query("SELECT created_at FROM calendar_feeds WHERE user_id = $1")
            .bind(number(user.0)?)
            .fetch_optional(&mut *self.transaction)
            .await?
            .map(|row| time(&row, "created_at"))
            .transpose()
    }

    /// A person's digest of a day, where one was begun.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn digest(&mut self, user: UserId, day: Date) -> Result<Option<Digest>, Error> {
        sqlx::query("SELECT message_id, state, attempts FROM digests WHERE user_id = $1 AND day = $2")
            .bind(number(user.0)?)
            .bind(day.to_string())
            .fetch_optional(&mut *self.transaction)
            .await?
            .map(|row| {
                Ok(Digest {
                    user,
                    day,
                    message_id: row.get("message_id"),
                    state: match row.get::<&str, _>("state") {
                        "sending" => DigestState::Sending,
                        "sent" => DigestState::Sent,
                        _ => return Err(Error::Damaged { what: "digest" }),
                    },
                    attempts: count(&row, "attempts")?,
                })
            })
            .transpose()
    }
}

impl Writing {
    /// Sets where mail to a person goes; empty: nowhere any more.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn set_mail_address(&mut self, user: UserId, address: &str) -> Result<(), Error> {
        let statement = if address.is_empty() {
            "DELETE FROM mail_addresses WHERE user_id = $1 AND $2 = ''"
        } else {
            "INSERT INTO mail_addresses (user_id, address) VALUES ($1, $2) \
             ON CONFLICT (user_id) DO UPDATE SET address = excluded.address"
        };
        sqlx::query(statement)
            .bind(number(user.0)?)
            .bind(address)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Gives a person's calendar a new address; the one before shows nothing any more.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn set_calendar_feed(
        &mut self,
        user: UserId,
        token_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO calendar_feeds (user_id, token_hash, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at",
        )
        .bind(number(user.0)?)
        .bind(token_hash.as_slice())
        .bind(at.as_microsecond())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Revokes the address of a person's calendar.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn end_calendar_feed(&mut self, user: UserId) -> Result<(), Error> {
        sqlx::query("DELETE FROM calendar_feeds WHERE user_id = $1")
            .bind(number(user.0)?)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Forgets that a digest was begun, since it certainly did not go out.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn drop_digest(&mut self, user: UserId, day: Date) -> Result<(), Error> {
        sqlx::query("DELETE FROM digests WHERE user_id = $1 AND day = $2")
            .bind(number(user.0)?)
            .bind(day.to_string())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Notes that a digest is about to be sent, or was.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn keep_digest(&mut self, digest: &Digest, at: Timestamp) -> Result<(), Error> {
        let state = match digest.state {
            DigestState::Sending => "sending",
            DigestState::Sent => "sent",
        };
        sqlx::query(
            "INSERT INTO digests (user_id, day, message_id, state, attempts, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (user_id, day) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, \
             changed_at = excluded.changed_at",
        )
        .bind(number(digest.user.0)?)
        .bind(digest.day.to_string())
        .bind(&digest.message_id)
        .bind(state)
        .bind(i64::from(digest.attempts))
        .bind(at.as_microsecond())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}
