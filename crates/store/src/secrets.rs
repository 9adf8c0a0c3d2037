//! Secrets that must be read again, sealed by a key in a file of its own: a copy of the database tells none of them.
//!
//! The file lies beside the database (its path with `.secrets` behind it) unless it is said to lie elsewhere. It is made
//! when the first secret is kept, readable by the owner only, and holds keys as lines of 64 hexadecimal digits, the one
//! of today first. Each secret is sealed by XChaCha20-Poly1305 with a nonce by chance, bound to whose it is, so that no
//! two can be exchanged.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use plan::UserId;

use crate::error::OrDamaged;
use crate::record::number;
use crate::user::StoredTotp;
use crate::{Error, Store, Writing, keeper};

/// Bytes of a nonce, which stand before what is sealed.
const NONCE: usize = 24;

/// What is wrong with the file of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyTrouble {
    /// It is not there.
    Missing,
    /// It cannot be read or written.
    Unusable,
    /// It does not hold keys.
    Damaged,
    /// It holds keys, but not the one that sealed the secrets.
    Another,
}

impl KeyTrouble {
    /// The code of the diagnostic that tells it.
    pub const fn diagnostic(self) -> &'static str {
        match self {
            KeyTrouble::Missing => "secrets-key-missing",
            KeyTrouble::Unusable => "secrets-key-unusable",
            KeyTrouble::Damaged => "secrets-key-damaged",
            KeyTrouble::Another => "secrets-key-another",
        }
    }
}

/// One key. Shows only its name.
#[derive(Clone, PartialEq, Eq)]
struct Key([u8; 32]);

impl Key {
    fn by_chance() -> Result<Self, Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| Error::Open(error.to_string().into()))?;
        Ok(Self(bytes))
    }

    /// What the key is known by: of a hash that nothing else is made of, so that it tells nothing of the key.
    fn id(&self) -> String {
        let hash = ledger::entry::address(&[b"rorang key of secrets ".as_slice(), &self.0].concat());
        terms::Sha256(hash).to_string()[..16].to_owned()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&self.0).into())
    }

    fn line(&self) -> String {
        format!("{}\n", terms::Sha256(self.0))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id())
    }
}

/// The file of keys, and what it held when it was last read.
#[derive(Debug)]
pub(crate) struct Secrets {
    path: RwLock<PathBuf>,
    keys: RwLock<Vec<Key>>,
}

/// What a person's secret is sealed with: whose it is and what for.
fn bound_to(user: UserId) -> Vec<u8> {
    format!("second factor of {user}").into_bytes()
}

impl Secrets {
    /// Those of a database: beside it, until something else is said.
    pub(crate) fn beside(database: &Path) -> Self {
        let mut path = database.as_os_str().to_owned();
        path.push(".secrets");
        Self {
            path: RwLock::new(path.into()),
            keys: RwLock::default(),
        }
    }

    fn path(&self) -> PathBuf {
        self.path.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn held(&self) -> Vec<Key> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, keys: Vec<Key>) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
    }

    fn trouble(&self, why: KeyTrouble) -> Error {
        Error::KeyFile {
            file: self.path(),
            why,
        }
    }

    /// Reads the file; no keys where it is not there.
    fn read(&self) -> Result<Vec<Key>, Error> {
        let text = match std::fs::read_to_string(self.path()) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Err(self.trouble(KeyTrouble::Damaged));
            }
            Err(_) => return Err(self.trouble(KeyTrouble::Unusable)),
        };
        let keys = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys: Option<Vec<Key>> = keys
            .map(|line| Some(Key(line.parse::<terms::Sha256>().ok()?.0)))
            .collect();
        let keys = keys.filter(|keys| !keys.is_empty());
        let keys = keys.ok_or_else(|| self.trouble(KeyTrouble::Damaged))?;
        self.hold(keys.clone());
        Ok(keys)
    }

    /// The key with a name, from the file where it is not held.
    fn key(&self, id: &str) -> Result<Key, Error> {
        let named = |keys: Vec<Key>| keys.into_iter().find(|key| key.id() == id);
        if let Some(key) = named(self.held()) {
            return Ok(key);
        }
        let keys = self.read()?;
        let why = if keys.is_empty() {
            KeyTrouble::Missing
        } else {
            KeyTrouble::Another
        };
        named(keys).ok_or_else(|| self.trouble(why))
    }

    /// The first key of the file; where there is no file, one is made by chance.
    fn first(&self) -> Result<Key, Error> {
        if let Some(first) = self.read()?.first() {
            return Ok(first.clone());
        }
        let fresh = Key::by_chance()?;
        match keeper::keep(&self.path(), fresh.line().as_bytes()) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(_) => return Err(self.trouble(KeyTrouble::Unusable)),
        }
        // Of two programs that begin at once, one finds the other's key.
        let keys = self.read()?;
        keys.first()
            .cloned()
            .ok_or_else(|| self.trouble(KeyTrouble::Missing))
    }

    /// Writes the keys in place of those of before: the file is whole at any moment.
    fn replace(&self, keys: &[Key]) -> Result<(), Error> {
        let text: String = keys.iter().map(Key::line).collect();
        keeper::replace(&self.path(), text.as_bytes()).map_err(|_| self.trouble(KeyTrouble::Unusable))?;
        self.hold(keys.to_vec());
        Ok(())
    }

    /// Gives a file that holds no keys another name, so that a good one can be made and nothing is thrown away.
    fn lay_aside(&self) -> Result<(), Error> {
        let mut aside = self.path().into_os_string();
        aside.push(".damaged");
        std::fs::rename(self.path(), aside).map_err(|_| self.trouble(KeyTrouble::Unusable))
    }

    fn open(&self, user: UserId, totp: &StoredTotp) -> Result<Vec<u8>, Error> {
        let Some(id) = &totp.key else {
            return Ok(totp.kept.clone());
        };
        let key = self.key(id)?;
        let (nonce, sealed) = totp.kept.split_at_checked(NONCE).or_damaged("second factor")?;
        let payload = Payload {
            msg: sealed,
            aad: &bound_to(user),
        };
        let nonce = XNonce::try_from(nonce).or_damaged("second factor")?;
        key.cipher().decrypt(&nonce, payload).or_damaged("second factor")
    }
}

fn seal(key: &Key, user: UserId, plain: &[u8]) -> Result<Vec<u8>, Error> {
    let mut sealed = vec![0; NONCE];
    getrandom::fill(&mut sealed).map_err(|error| Error::Open(error.to_string().into()))?;
    let nonce = XNonce::try_from(sealed.as_slice()).or_damaged("nonce")?;
    let payload = Payload {
        msg: plain,
        aad: &bound_to(user),
    };
    sealed.extend(
        key.cipher()
            .encrypt(&nonce, payload)
            .or_damaged("second factor")?,
    );
    Ok(sealed)
}

impl Store {
    /// From now on the keys of secrets lie in another file than the one beside the database.
    pub fn keep_secrets_in(&self, file: &Path) {
        let path = self.secrets.path.write();
        file.clone_into(&mut path.unwrap_or_else(PoisonError::into_inner));
        self.secrets.hold(Vec::new());
    }

    /// The file in which the keys of secrets lie.
    pub fn secrets_file(&self) -> PathBuf {
        self.secrets.path()
    }

    /// The secret of a person's second factor.
    ///
    /// # Errors
    /// [`Error::KeyFile`] where the key cannot be had; [`Error::Damaged`] where the secret was changed or is another
    /// person's.
    pub fn reveal(&self, user: UserId, totp: &StoredTotp) -> Result<Vec<u8>, Error> {
        self.secrets.open(user, totp)
    }

    /// Seals the secrets that are plain, in one transaction, and looks whether the keys of all others are there.
    /// Answers with how many were sealed.
    ///
    /// # Errors
    /// [`Error::KeyFile`] where a key is not there; then nothing was changed.
    pub async fn guard_secrets(&self) -> Result<u64, Error> {
        let mut reading = self.read().await?;
        let kept: Vec<Option<String>> =
            sqlx::query_scalar("SELECT DISTINCT totp_key FROM users WHERE totp_secret IS NOT NULL")
                .fetch_all(&mut *reading.transaction)
                .await?;
        drop(reading);
        for id in kept.iter().flatten() {
            self.secrets.key(id)?;
        }
        if kept.iter().all(Option::is_some) {
            return Ok(0);
        }
        let mut writing = self.write().await?;
        let key = writing.secret_key().await?;
        let sealed = writing.seal_all(&key, true).await?;
        writing.commit().await?;
        // What stood there plain is in no file any more.
        self.fold().await?;
        Ok(sealed)
    }

    /// Seals every secret by a fresh key and forgets the one of before. Answers with how many there are.
    ///
    /// The file holds both keys until the database speaks of the new one only, so that a fall in between loses nothing.
    ///
    /// # Errors
    /// [`Error::KeyFile`] where the file cannot be written or a key of before is not there; then nothing was changed.
    pub async fn rotate_secrets(&self) -> Result<u64, Error> {
        let mut writing = self.write().await?;
        let before = writing.secret_key().await?;
        let fresh = Key::by_chance()?;
        let mut keys = vec![fresh.clone(), before];
        let others = self.secrets.read()?;
        keys.extend(
            others
                .into_iter()
                .filter(|key| key.id() != keys[1].id())
                .collect::<Vec<_>>(),
        );
        self.secrets.replace(&keys)?;
        let sealed = writing.seal_all(&fresh, false).await?;
        sqlx::query("UPDATE secret_key SET id = $1")
            .bind(fresh.id())
            .execute(&mut *writing.transaction)
            .await?;
        writing.commit().await?;
        self.secrets.replace(&[fresh])?;
        self.fold().await?;
        Ok(sealed)
    }
}

impl Writing {
    /// The key by which secrets are sealed now; made, with its file, where there is none.
    async fn secret_key(&mut self) -> Result<Key, Error> {
        let id: Option<String> = sqlx::query_scalar("SELECT id FROM secret_key")
            .fetch_optional(&mut *self.transaction)
            .await?;
        if let Some(id) = id {
            let key = self.secrets.key(&id);
            let lost = matches!(
                key,
                Err(Error::KeyFile {
                    why: KeyTrouble::Missing | KeyTrouble::Another,
                    ..
                })
            );
            // A key that is lost and that nothing was sealed by is missed by nobody.
            if !(lost && self.nothing_is_sealed().await?) {
                return key;
            }
        }
        let key = self.secrets.first()?;
        sqlx::query(
            "INSERT INTO secret_key (one, id) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET id = $1",
        )
        .bind(key.id())
        .execute(&mut *self.transaction)
        .await?;
        Ok(key)
    }

    async fn nothing_is_sealed(&mut self) -> Result<bool, Error> {
        let sealed = "SELECT NOT EXISTS (SELECT 1 FROM users WHERE totp_key IS NOT NULL)";
        Ok(sqlx::query_scalar(sealed)
            .fetch_one(&mut *self.transaction)
            .await?)
    }

    /// Seals a person's secret by the key of now: what is kept of it, and the key's name.
    pub(crate) async fn seal(&mut self, user: UserId, plain: &[u8]) -> Result<(Vec<u8>, String), Error> {
        let key = self.secret_key().await?;
        Ok((seal(&key, user, plain)?, key.id()))
    }

    /// Seals secrets anew; `plain`: only those that are not sealed.
    async fn seal_all(&mut self, key: &Key, plain: bool) -> Result<u64, Error> {
        let mut sealed = 0;
        for person in self.users().await? {
            let Some(totp) = person.totp.filter(|totp| !plain || totp.key.is_none()) else {
                continue;
            };
            let secret = self.secrets.open(person.id, &totp)?;
            sqlx::query("UPDATE users SET totp_secret = $2, totp_key = $3 WHERE id = $1")
                .bind(number(person.id.0)?)
                .bind(seal(key, person.id, &secret)?)
                .bind(key.id())
                .execute(&mut *self.transaction)
                .await?;
            sealed += 1;
        }
        Ok(sealed)
    }

    /// Takes away the second factors whose secrets nobody can read any more, and ends the sessions of who had them.
    /// Answers with whose they were.
    ///
    /// # Errors
    /// [`Error::KeyFile`] where the file is there and cannot be read: that is to be mended first; [`Error::Failed`].
    pub async fn give_up_lost_secrets(&mut self) -> Result<Vec<UserId>, Error> {
        let there = match self.secrets.read() {
            Err(Error::KeyFile {
                why: KeyTrouble::Damaged,
                ..
            }) => {
                self.secrets.lay_aside()?;
                Vec::new()
            }
            read => read?,
        };
        let there: Vec<String> = there.iter().map(Key::id).collect();
        let mut lost = Vec::new();
        for person in self.users().await? {
            let key = person.totp.and_then(|totp| totp.key);
            if key.is_some_and(|key| !there.contains(&key)) {
                self.set_totp(person.id, None).await?;
                self.end_sessions(person.id).await?;
                lost.push(person.id);
            }
        }
        Ok(lost)
    }
}
