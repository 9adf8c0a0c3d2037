//! Browsers that are away at the province's directory, and the links of accounts to it.

use plan::UserId;
use sqlx::Row;
use terms::Timestamp;

use crate::error::OrDamaged;
use crate::read::{count_optional, time};
use crate::record::number;
use crate::user::{StoredUser, user};
use crate::{Error, Reading, Writing};

/// How many may be away at once: more is somebody's game, and the oldest is forgotten.
const AWAY: i64 = 2_000;

/// A browser that is away.
#[derive(Clone, PartialEq, Eq)]
pub struct DirectoryRequest {
    /// SHA-256 of the state that it brings back.
    pub state_hash: [u8; 32],
    /// SHA-256 of the cookie that it carries.
    pub browser_hash: [u8; 32],
    /// What the token must carry.
    pub nonce: String,
    /// What the token is fetched with.
    pub verifier: String,
    /// Who wants to link the account; none for signing in.
    pub user: Option<UserId>,
    /// The language of the page that it left.
    pub language: String,
    /// Where it wants to go afterwards.
    pub next: String,
    /// Until when it may come back.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for DirectoryRequest {
    /// Without what is secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DirectoryRequest")
            .field("user", &self.user)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Reading {
    /// The person whom somebody of the directory is linked to, let go or not.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn linked_user(&mut self, issuer: &str, subject: &str) -> Result<Option<StoredUser>, Error> {
        sqlx::query("SELECT * FROM users WHERE oidc_issuer = $1 AND oidc_subject = $2")
            .bind(issuer)
            .bind(subject)
            .fetch_optional(&mut *self.transaction)
            .await?
            .as_ref()
            .map(user)
            .transpose()
    }
}

impl Writing {
    /// Remembers a browser that goes away, and forgets those that did not come back in time.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn keep_directory_request(
        &mut self,
        request: &DirectoryRequest,
        now: Timestamp,
    ) -> Result<(), Error> {
        sqlx::query(
            "DELETE FROM directory_requests WHERE expires_at <= $1 OR state_hash IN \
             (SELECT state_hash FROM directory_requests ORDER BY expires_at DESC LIMIT 1000000 OFFSET $2)",
        )
        .bind(now.as_microsecond())
        .bind(AWAY - 1)
        .execute(&mut *self.transaction)
        .await?;
        sqlx::query(
            "INSERT INTO directory_requests \
             (state_hash, browser_hash, nonce, verifier, user_id, language, next, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(request.state_hash.as_slice())
        .bind(request.browser_hash.as_slice())
        .bind(&request.nonce)
        .bind(&request.verifier)
        .bind(request.user.map(|user| number(user.0)).transpose()?)
        .bind(&request.language)
        .bind(&request.next)
        .bind(request.expires_at.as_microsecond())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// The browser that comes back with a state: it is forgotten by that, so that nobody comes back twice.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn take_directory_request(
        &mut self,
        state_hash: &[u8; 32],
    ) -> Result<Option<DirectoryRequest>, Error> {
        let row = sqlx::query("DELETE FROM directory_requests WHERE state_hash = $1 RETURNING *")
            .bind(state_hash.as_slice())
            .fetch_optional(&mut *self.transaction)
            .await?;
        row.as_ref()
            .map(|row| {
                Ok(DirectoryRequest {
                    state_hash: *state_hash,
                    browser_hash: row
                        .get::<&[u8], _>("browser_hash")
                        .try_into()
                        .or_damaged("browser_hash")?,
                    nonce: row.get("nonce"),
                    verifier: row.get("verifier"),
                    user: count_optional(row, "user_id")?.map(UserId),
                    language: row.get("language"),
                    next: row.get("next"),
                    expires_at: time(row, "expires_at")?,
                })
            })
            .transpose()
    }

    /// Links an account to a person of the directory.
    ///
    /// # Errors
    /// [`Error::Exists`] where that person is linked to another account.
    pub async fn link_user(
        &mut self,
        user: UserId,
        (issuer, subject, label): (&str, &str, &str),
        at: Timestamp,
    ) -> Result<(), Error> {
        sqlx::query(
            "UPDATE users SET oidc_issuer = $2, oidc_subject = $3, oidc_label = $4, oidc_linked_at = $5, \
             version = version + 1 WHERE id = $1",
        )
        .bind(number(user.0)?)
        .bind(issuer)
        .bind(subject)
        .bind(label)
        .bind(at.as_microsecond())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Links an account to nobody any more.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn unlink_user(&mut self, user: UserId) -> Result<(), Error> {
        sqlx::query(
            "UPDATE users SET oidc_issuer = NULL, oidc_subject = NULL, oidc_label = '', oidc_linked_at = NULL, \
             version = version + 1 WHERE id = $1",
        )
        .bind(number(user.0)?)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}
