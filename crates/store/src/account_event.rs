//! What happened to accounts: outside the record, gone with the person.

use plan::{AccountEvent, UserId};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row};
use terms::Timestamp;

use crate::error::OrDamaged;
use crate::read::{count, count_optional, time};
use crate::record::number;
use crate::{Error, Reading, Writing};

/// How many events of one account, and of names that nobody has, are kept.
const KEPT: i64 = 500;
/// How long they are kept.
const KEPT_DAYS: i64 = 400;

/// Which events are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhichEvents {
    /// Of these accounts only; none: of all, and of names that nobody has.
    pub of: Option<Vec<UserId>>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Until right before this moment.
    pub before: Option<Timestamp>,
    /// Those that came before the one with this number.
    pub older_than: Option<u64>,
}

/// Something that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAccountEvent {
    /// Its number; later ones have higher ones. 0 before it is kept.
    pub id: u64,
    /// When.
    pub at: Timestamp,
    /// Whose account; none where nobody has the name that was tried.
    pub user: Option<UserId>,
    /// Who did it, where that is another person.
    pub by: Option<UserId>,
    /// Whether the operator of the machine did it.
    pub operator: bool,
    /// What.
    pub what: AccountEvent,
    /// From which address, where it came over the net.
    pub address: String,
    /// What the browser says of itself.
    pub device: String,
}

impl Reading {
    /// What happened to a person's account last, the latest first.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn account_events(
        &mut self,
        user: UserId,
        most: u32,
    ) -> Result<Vec<StoredAccountEvent>, Error> {
        sqlx::query("SELECT * FROM account_events WHERE user_id = $1 ORDER BY id DESC LIMIT $2")
            .bind(number(user.0)?)
            .bind(i64::from(most))
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(event)
            .collect()
    }

    /// What happened to all accounts last, the latest first, as far as it is asked for.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn all_account_events(
        &mut self,
        which: &WhichEvents,
        most: u32,
    ) -> Result<Vec<StoredAccountEvent>, Error> {
        let mut statement = QueryBuilder::new("SELECT * FROM account_events WHERE TRUE");
        if let Some(of) = &which.of {
            statement.push(" AND user_id IN (");
            let mut list = statement.separated(", ");
            for user in of {
                list.push_bind(number(user.0)?);
            }
            statement.push(")");
        }
        if let Some(since) = which.since {
            statement.push(" AND at >= ").push_bind(since.as_microsecond());
        }
        if let Some(before) = which.before {
            statement.push(" AND at < ").push_bind(before.as_microsecond());
        }
        if let Some(older) = which.older_than {
            statement.push(" AND id < ").push_bind(number(older)?);
        }
        statement
            .push(" ORDER BY id DESC LIMIT ")
            .push_bind(i64::from(most));
        let rows = statement.build().fetch_all(&mut *self.transaction).await?;
        rows.iter().map(event).collect()
    }
}

impl Writing {
    /// Keeps what happened, and drops what is old or too much. O(log kept).
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn keep_account_event(&mut self, event: &StoredAccountEvent) -> Result<(), Error> {
        let user = event.user.map(|user| number(user.0)).transpose()?;
        sqlx::query(
            "INSERT INTO account_events (at, user_id, by_user, operator, what, address, device) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(event.at.as_microsecond())
        .bind(user)
        .bind(event.by.map(|user| number(user.0)).transpose()?)
        .bind(i64::from(event.operator))
        .bind(event.what.code())
        .bind(&event.address)
        .bind(&event.device)
        .execute(&mut *self.transaction)
        .await?;
        sqlx::query("DELETE FROM account_events WHERE at < $1")
            .bind(event.at.as_microsecond() - KEPT_DAYS * 86_400_000_000)
            .execute(&mut *self.transaction)
            .await?;
        // Of one account: someone who tries without end pushes out old attempts, and nothing of others.
        sqlx::query(
            "DELETE FROM account_events WHERE user_id IS NOT DISTINCT FROM $1 AND id <= \
             (SELECT id FROM account_events WHERE user_id IS NOT DISTINCT FROM $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        )
        .bind(user)
        .bind(KEPT)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}

fn event(row: &SqliteRow) -> Result<StoredAccountEvent, Error> {
    Ok(StoredAccountEvent {
        id: count(row, "id")?,
        at: time(row, "at")?,
        user: count_optional(row, "user_id")?.map(UserId),
        by: count_optional(row, "by_user")?.map(UserId),
        operator: row.get::<i64, _>("operator") != 0,
        what: AccountEvent::of(row.get("what")).or_damaged("what")?,
        address: row.get("address"),
        device: row.get("device"),
    })
}
