//! People who may sign in. Outside the record: names can be changed and deleted.

use plan::{Office, UserId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::{Sha256, Timestamp};

use crate::error::OrDamaged;
use crate::read::{count, parsed};
use crate::record::number;
use crate::{Error, Reading, Writing};

/// A person who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredUser {
    /// The number by which entries know the person.
    pub id: UserId,
    /// The name, as it is shown and signed in with.
    pub name: String,
    /// The code of a role that was given without a post, as registers of before posts were kept have it; else empty.
    pub role: String,
    /// The password's hash in PHC form; empty where nobody can sign in by this name and a password.
    pub password_hash: String,
    /// Whether the person was let go.
    pub ended: bool,
    /// What the record's hash of the name is salted with.
    pub salt: Vec<u8>,
    /// How often the person was changed, from 1.
    pub version: u64,
    /// The office that keeps the person.
    pub office: Office,
    /// Made up to show the program.
    pub demo: bool,
    /// The second factor.
    pub totp: Option<StoredTotp>,
    /// The person of the province's directory whom the account is linked to.
    pub link: Option<StoredLink>,
}

/// Who somebody is in the province's directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLink {
    /// The directory.
    pub issuer: String,
    /// Its own name for the person.
    pub subject: String,
    /// What it calls the person, to be recognised by; may be empty.
    pub label: String,
}

/// The secret of a second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredTotp {
    /// What is kept of the shared secret: sealed, or plain as registers of before have it. [`crate::Store::reveal`].
    pub(crate) kept: Vec<u8>,
    /// The name of the key that it is sealed by.
    pub(crate) key: Option<String>,
    /// Whether the person has shown that the telephone has it.
    pub confirmed: bool,
    /// The last step of time whose code was used: it and those before are used up.
    pub step: u64,
}

impl std::fmt::Debug for StoredTotp {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredTotp")
            .field("key", &self.key)
            .field("confirmed", &self.confirmed)
            .finish_non_exhaustive()
    }
}

/// A person to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewUser<'a> {
    /// The name to sign in with.
    pub name: &'a str,
    /// In PHC form; empty for nobody.
    pub password_hash: &'a str,
    /// By chance, 16 bytes.
    pub salt: [u8; 16],
    /// The office that keeps the person.
    pub office: &'a Office,
    /// Made up to show the program.
    pub demo: bool,
}

impl StoredUser {
    /// What the record keeps of the name: SHA-256 of the salt and the name.
    pub fn person(&self) -> Sha256 {
        person(&self.salt, &self.name)
    }
}

/// SHA-256 of a salt of 16 bytes and a name.
pub fn person(salt: &[u8], name: &str) -> Sha256 {
    Sha256(ledger::entry::address(&[salt, name.as_bytes()].concat()))
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

    /// The person with a number.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn user(&mut self, id: UserId) -> Result<Option<StoredUser>, Error> {
        sqlx::query("SELECT * FROM users WHERE id = $1")
            .bind(number(id.0)?)
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

    /// How many recovery codes a person has left.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn recovery_codes(&mut self, user: UserId) -> Result<u64, Error> {
        let row = sqlx::query("SELECT COUNT(*) AS count FROM recovery_codes WHERE user_id = $1")
            .bind(number(user.0)?)
            .fetch_one(&mut *self.transaction)
            .await?;
        count(&row, "count")
    }
}

impl Writing {
    /// Adds a person. A number is never given twice, not even that of somebody who was forgotten.
    ///
    /// # Errors
    /// [`Error::Exists`] where the name is taken.
    pub async fn add_user(&mut self, new: &NewUser<'_>, at: Timestamp) -> Result<UserId, Error> {
        let row = sqlx::query(
            "INSERT INTO users (id, name, name_key, role, password_hash, created_at, salt, office, demo) \
             SELECT 1 + COALESCE(MAX(id), 0), $1, $2, '', $3, $4, $5, $6, $7 \
             FROM (SELECT MAX(id) AS id FROM users UNION ALL SELECT MAX(user_id) FROM forgotten) AS given \
             RETURNING id",
        )
        .bind(new.name)
        .bind(name_key(new.name))
        .bind(new.password_hash)
        .bind(at.as_microsecond())
        .bind(new.salt.as_slice())
        .bind(new.office.to_string())
        .bind(i64::from(new.demo))
        .fetch_one(&mut *self.transaction)
        .await?;
        Ok(UserId(count(&row, "id")?))
    }

    /// Gives a person another name and office, where nobody changed the person since `version`; answers whether it was
    /// done.
    ///
    /// # Errors
    /// [`Error::Exists`] where the name is taken.
    pub async fn change_user(
        &mut self,
        user: UserId,
        version: u64,
        name: &str,
        office: &Office,
    ) -> Result<bool, Error> {
        let done = sqlx::query(
            "UPDATE users SET name = $3, name_key = $4, office = $5, version = version + 1 \
             WHERE id = $1 AND version = $2",
        )
        .bind(number(user.0)?)
        .bind(number(version)?)
        .bind(name)
        .bind(name_key(name))
        .bind(office.to_string())
        .execute(&mut *self.transaction)
        .await?;
        Ok(done.rows_affected() == 1)
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
        sqlx::query(
            "UPDATE users SET ended_at = $2, version = version + 1 WHERE id = $1 AND ended_at IS NULL",
        )
        .bind(number(user.0)?)
        .bind(at.as_microsecond())
        .execute(&mut *self.transaction)
        .await?;
        self.end_sessions(user).await
    }

    /// Deletes everything that is kept of a person outside the record: name, salt, secrets, sessions. The number stays
    /// in the entries and tells nothing any more.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn forget_user(&mut self, user: UserId, at: Timestamp) -> Result<(), Error> {
        self.end_sessions(user).await?;
        sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1")
            .bind(number(user.0)?)
            .execute(&mut *self.transaction)
            .await?;
        sqlx::query("INSERT INTO forgotten (user_id, forgotten_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(number(user.0)?)
            .bind(at.as_microsecond())
            .execute(&mut *self.transaction)
            .await?;
        sqlx::query("DELETE FROM users WHERE id = $1")
            .bind(number(user.0)?)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Keeps the secret of a second factor, sealed; it counts once confirmed. None: it is taken away, and its recovery
    /// codes.
    ///
    /// # Errors
    /// [`Error::KeyFile`] where there is no key to seal it by; [`Error::Failed`].
    pub async fn set_totp(&mut self, user: UserId, secret: Option<&[u8]>) -> Result<(), Error> {
        let (kept, key) = match secret {
            Some(secret) => {
                let (kept, key) = self.seal(user, secret).await?;
                (Some(kept), Some(key))
            }
            None => (None, None),
        };
        sqlx::query(
            "UPDATE users SET totp_secret = $2, totp_key = $3, totp_confirmed = 0, totp_step = 0 WHERE id = $1",
        )
            .bind(number(user.0)?)
            .bind(kept)
            .bind(key)
            .execute(&mut *self.transaction)
            .await?;
        sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1")
            .bind(number(user.0)?)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Confirms a second factor, with the hashes of its recovery codes.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn confirm_totp(&mut self, user: UserId, codes: &[[u8; 32]]) -> Result<(), Error> {
        sqlx::query("UPDATE users SET totp_confirmed = 1 WHERE id = $1 AND totp_secret IS NOT NULL")
            .bind(number(user.0)?)
            .execute(&mut *self.transaction)
            .await?;
        for hash in codes {
            sqlx::query("INSERT INTO recovery_codes (user_id, hash) VALUES ($1, $2)")
                .bind(number(user.0)?)
                .bind(hash.as_slice())
                .execute(&mut *self.transaction)
                .await?;
        }
        Ok(())
    }

    /// Uses the code of a step of time up; answers no where it or a later one was used already.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn use_totp_step(&mut self, user: UserId, step: u64) -> Result<bool, Error> {
        let done = sqlx::query("UPDATE users SET totp_step = $2 WHERE id = $1 AND totp_step < $2")
            .bind(number(user.0)?)
            .bind(number(step)?)
            .execute(&mut *self.transaction)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Uses a recovery code up; answers no where there is none like it.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn use_recovery_code(&mut self, user: UserId, hash: &[u8; 32]) -> Result<bool, Error> {
        let done = sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1 AND hash = $2")
            .bind(number(user.0)?)
            .bind(hash.as_slice())
            .execute(&mut *self.transaction)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

/// The form in which names are told apart: case and width of spaces do not matter, tone marks do.
fn name_key(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn link(row: &SqliteRow) -> Option<StoredLink> {
    Some(StoredLink {
        issuer: row.get::<Option<String>, _>("oidc_issuer")?,
        subject: row.get::<Option<String>, _>("oidc_subject")?,
        label: row.get("oidc_label"),
    })
}

pub(crate) fn user(row: &SqliteRow) -> Result<StoredUser, Error> {
    let secret: Option<Vec<u8>> = row.get("totp_secret");
    let step = count(row, "totp_step")?;
    let salt: Option<Vec<u8>> = row.get("salt");
    Ok(StoredUser {
        id: UserId(count(row, "id")?),
        name: row.get("name"),
        role: row.get("role"),
        password_hash: row.get("password_hash"),
        ended: row.get::<Option<i64>, _>("ended_at").is_some(),
        salt: salt.or_damaged("salt")?,
        version: count(row, "version")?,
        office: parsed(row, "office")?,
        demo: row.get::<i64, _>("demo") != 0,
        link: link(row),
        totp: secret.map(|kept| StoredTotp {
            kept,
            key: row.get("totp_key"),
            confirmed: row.get::<i64, _>("totp_confirmed") != 0,
            step,
        }),
    })
}
