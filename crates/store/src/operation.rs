//! What devices sent under a name of their own, and what they were answered.

use plan::{OperationId, UserId};
use sqlx::Row;
use terms::Timestamp;

use crate::error::OrDamaged;
use crate::read::{count_optional, time};
use crate::record::number;
use crate::{Error, Reading, Writing};

/// An act that came under a device's name and was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOperation {
    /// Who sent it.
    pub user: Option<UserId>,
    /// SHA-256 of what was sent.
    pub digest: [u8; 32],
    /// What was answered.
    pub answer: String,
    /// When it was recorded.
    pub kept_at: Timestamp,
}

impl Reading {
    /// What came under a name, if it is still kept.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn operation(&mut self, id: OperationId) -> Result<Option<StoredOperation>, Error> {
        let row = sqlx::query("SELECT user_id, digest, answer, kept_at FROM operations WHERE operation = $1")
            .bind(id.0.as_slice())
            .fetch_optional(&mut *self.transaction)
            .await?;
        row.as_ref()
            .map(|row| {
                Ok(StoredOperation {
                    user: count_optional(row, "user_id")?.map(UserId),
                    digest: row.get::<&[u8], _>("digest").try_into().or_damaged("digest")?,
                    answer: row.get("answer"),
                    kept_at: time(row, "kept_at")?,
                })
            })
            .transpose()
    }
}

impl Writing {
    /// Keeps the answer to what came under a name, in the transaction that records it.
    ///
    /// # Errors
    /// [`Error::Exists`] where something came under it before, [`Error::Failed`].
    pub async fn keep_operation(&mut self, id: OperationId, kept: &StoredOperation) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO operations (operation, user_id, digest, answer, kept_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id.0.as_slice())
        .bind(kept.user.map(|user| number(user.0)).transpose()?)
        .bind(kept.digest.as_slice())
        .bind(&kept.answer)
        .bind(kept.kept_at.as_microsecond())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Drops what was kept before a moment. O(dropped).
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn drop_operations_before(&mut self, moment: Timestamp) -> Result<(), Error> {
        sqlx::query("DELETE FROM operations WHERE kept_at < $1")
            .bind(moment.as_microsecond())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}
