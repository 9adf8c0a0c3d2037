//! Signing in and out, and the people who may.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use jiff::SignedDuration;
use plan::UserId;
use terms::{Diagnostic, Place, Timestamp};

use crate::actor::Standing;
use crate::directory::Directory;
use crate::policy::{Action, Role};
use crate::{Actor, App, Error};

/// How long a session is good: a working day with its evening.
const SESSION_S: i64 = 12 * 60 * 60;
/// So many wrong attempts …
const ATTEMPTS_BY_NAME: u32 = 5;
/// … or so many from one address (an office may share one) …
const ATTEMPTS_BY_ADDRESS: u32 = 30;
/// … within so many seconds, and one must wait.
const WINDOW_S: i64 = 15 * 60;
/// The shortest password (NIST SP 800-63B asks for 8 at least, and for no rules of composition).
const PASSWORD_LENGTH: usize = 10;

/// A session that was just opened: set `token` as the cookie; it is not kept anywhere in this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// 256 bits by chance, as 64 hexadecimal digits.
    pub token: String,
    /// For how many seconds it is good.
    pub max_age_s: u64,
    /// Who signed in.
    pub actor: Actor,
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefused {
    /// Name or password is wrong; which of the two is not told.
    WrongNameOrPassword,
    /// Too many attempts: try again after so many seconds.
    TooManyAttempts {
        /// Seconds to wait.
        wait_s: u64,
    },
}

/// Wrong attempts by name and by address: how many, since when.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, (u32, Timestamp)>>);

impl Attempts {
    /// Seconds to wait, where too many attempts were made.
    fn wait_s(&self, keys: &[(String, u32)], now: Timestamp) -> Option<u64> {
        let attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.iter()
            .filter_map(|(key, limit)| {
                let (count, since) = attempts.get(key)?;
                let left = WINDOW_S - now.duration_since(*since).as_secs();
                (*limit <= *count && 0 < left).then(|| u64::try_from(left).unwrap_or_default())
            })
            .max()
    }

    fn failed(&self, keys: &[(String, u32)], now: Timestamp) {
        let mut attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.retain(|_, (_, since)| now.duration_since(*since).as_secs() < WINDOW_S);
        for (key, _) in keys {
            attempts.entry(key.clone()).or_insert((0, now)).0 += 1;
        }
    }

    /// The name is clean again; the address gets back only this one attempt, so that an office behind one address is not
    /// locked out by its right sign-ins, nor somebody else's wrong ones forgotten.
    fn succeeded(&self, name: &str, address: &str) {
        let mut attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.remove(name);
        if let Some((count, _)) = attempts.get_mut(address) {
            *count = count.saturating_sub(1);
        }
    }
}

impl App {
    /// Signs in. A wrong name costs the same time as a wrong password, so that names cannot be found out.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Machine`].
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        from: IpAddr,
    ) -> Result<Result<NewSession, SignInRefused>, Error> {
        let now = self.now();
        let by_name = format!("name {}", name.trim().to_lowercase());
        let keys = [
            (by_name.clone(), ATTEMPTS_BY_NAME),
            (format!("address {from}"), ATTEMPTS_BY_ADDRESS),
        ];
        if let Some(wait_s) = self.inner.attempts.wait_s(&keys, now) {
            return Ok(Err(SignInRefused::TooManyAttempts { wait_s }));
        }
        // Counted before the password is looked at: attempts at the same moment count too.
        self.inner.attempts.failed(&keys, now);
        let stored = self.reading().await?.user_by_name(name).await?;
        let user = stored.filter(|user| !user.ended && !user.password_hash.is_empty());
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let password = password.to_owned();
        let right = tokio::task::spawn_blocking(move || verify(&password, hash))
            .await
            .map_err(|_| Error::Machine("checking a password"))?;
        let Some(user) = user.filter(|_| right) else {
            return Ok(Err(SignInRefused::WrongNameOrPassword));
        };
        self.inner.attempts.succeeded(&by_name, &keys[1].0);
        let (token, csrf) = (chance()?, chance()?);
        let expires_at = now + SignedDuration::from_secs(SESSION_S);
        let mut writing = self.writing().await?;
        writing
            .open_session(user.id, &address_of(&token), &csrf, now, expires_at)
            .await?;
        let directory = self.directory(&mut writing).await?;
        self.commit(writing).await?;
        let actor = self.acting(user, csrf, directory);
        Ok(Ok(NewSession {
            token,
            max_age_s: SESSION_S.unsigned_abs(),
            actor,
        }))
    }

    /// Who a session's token belongs to; the public where there is no such session or it ran out. Two statements.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn actor(&self, token: &str) -> Result<Actor, Error> {
        if token.len() != 64 {
            return Ok(Actor::public());
        }
        let mut reading = self.reading().await?;
        let session = reading.session(&address_of(token)).await?;
        let now = self.now();
        let Some(session) = session.filter(|session| now < session.expires_at) else {
            return Ok(Actor::public());
        };
        let directory = self.directory(&mut reading).await?;
        Ok(self.acting(session.user, session.csrf, directory))
    }

    /// A person with the posts of today.
    fn acting(&self, user: store::StoredUser, csrf: String, directory: Arc<Directory>) -> Actor {
        let mut posts: Vec<Standing> = directory
            .posts_of(user.id, self.today())
            .map(|post| Standing {
                post: Some(post.id.clone()),
                role: post.role.into(),
                office: post.office.clone(),
                reach: post.reach,
            })
            .collect();
        // A role that was given without a post is one of the province.
        if let Some(role) = Role::of(&user.role).filter(|role| *role != Role::Public) {
            posts.push(Standing {
                post: None,
                role,
                office: Directory::keeper(),
                reach: plan::org::Reach::Subtree,
            });
        }
        Actor::person(user.id, user.name, posts, csrf, directory)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn sign_out(&self, token: &str) -> Result<(), Error> {
        let mut writing = self.writing().await?;
        writing.end_session(&address_of(token)).await?;
        self.commit(writing).await
    }

    /// Adds a person.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the name is empty or taken or the password too short; [`Error::Denied`],
    /// [`Error::SignIn`], [`Error::Store`].
    pub async fn add_user(
        &self,
        actor: &Actor,
        name: &str,
        role: Role,
        password: &str,
    ) -> Result<UserId, Error> {
        actor.require(Action::KeepUsers)?;
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || 200 < name.len() || name.chars().any(char::is_control) || role == Role::Public {
            let place = Place::default().column("name");
            return Err(Error::Invalid(vec![
                Diagnostic::error("user-name-unusable", place).with("found", name),
            ]));
        }
        let hash = hash_of(password).await?;
        let mut writing = self.writing().await?;
        match writing.add_user(&name, role.code(), &hash, self.now()).await {
            Ok(user) => {
                self.commit(writing).await?;
                Ok(user)
            }
            Err(store::Error::Exists(_)) => {
                let place = Place::default().column("name");
                Err(Error::Invalid(vec![
                    Diagnostic::error("user-name-taken", place).with("found", name),
                ]))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Gives a person another password, and ends all of the person's sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`], and as [`App::add_user`].
    pub async fn set_password(&self, actor: &Actor, name: &str, password: &str) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let hash = hash_of(password).await?;
        let mut writing = self.writing().await?;
        let user = writing
            .user_by_name(name)
            .await?
            .ok_or(Error::NotFound { what: "user" })?;
        writing.set_password(user.id, &hash).await?;
        self.commit(writing).await
    }

    /// Lets a person go: no more signing in, all sessions end, the acts stay.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn end_user(&self, actor: &Actor, name: &str) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let mut writing = self.writing().await?;
        let user = writing
            .user_by_name(name)
            .await?
            .ok_or(Error::NotFound { what: "user" })?;
        writing.end_user(user.id, self.now()).await?;
        self.commit(writing).await
    }

    /// The operator acting in the name of a person: what is recorded is recorded as that person's.
    ///
    /// # Errors
    /// [`Error::NotFound`] where nobody has the name or the person was let go; [`Error::Store`].
    pub async fn operator_as(&self, name: &str) -> Result<Actor, Error> {
        let user = self.reading().await?.user_by_name(name).await?;
        let user = user
            .filter(|user| !user.ended)
            .ok_or(Error::NotFound { what: "user" })?;
        Ok(Actor::operator_named(user.id, &user.name))
    }

    /// Everybody: name, role, whether the person was let go. One statement.
    ///
    /// # Errors
    /// [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn users(&self, actor: &Actor) -> Result<Vec<(String, Role, bool)>, Error> {
        actor.require(Action::KeepUsers)?;
        let users = self.reading().await?.users().await?;
        let shown = |user: store::StoredUser| Role::of(&user.role).map(|role| (user.name, role, user.ended));
        Ok(users.into_iter().filter_map(shown).collect())
    }
}

/// A password by chance, for a person to be told once: 20 letters and digits without those that look alike.
///
/// # Errors
/// [`Error::Machine`] where the machine gives no chance.
pub fn new_password() -> Result<String, Error> {
    // 32 signs of 5 bits each: 100 bits.
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).map_err(|_| Error::Machine("chance"))?;
    Ok(bytes
        .iter()
        .map(|byte| char::from(SIGNS[usize::from(byte % 32)]))
        .collect())
}

/// 256 bits by chance, as 64 hexadecimal digits.
fn chance() -> Result<String, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::Machine("chance"))?;
    Ok(terms::Sha256(bytes).to_string())
}

/// What the database keeps of a token: it cannot be turned back.
fn address_of(token: &str) -> [u8; 32] {
    ledger::entry::address(token.as_bytes())
}

async fn hash_of(password: &str) -> Result<String, Error> {
    let length = password.chars().count();
    if !(PASSWORD_LENGTH..=1000).contains(&length) {
        let place = Place::default().column("password");
        let short = Diagnostic::error("password-too-short", place).with("expected", PASSWORD_LENGTH);
        return Err(Error::Invalid(vec![short]));
    }
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string())
            .map_err(|_| Error::Machine("hashing a password"))
    })
    .await
    .map_err(|_| Error::Machine("hashing a password"))?
}

/// Whether a password is the one of a hash; where there is none, as much work for nothing.
fn verify(password: &str, hash: Option<String>) -> bool {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let nobody = || {
        let hash = Argon2::default().hash_password(b"nobody has this password");
        hash.map(|hash| hash.to_string()).unwrap_or_default()
    };
    let (text, somebody) = match hash {
        Some(hash) => (hash, true),
        None => (NOBODY.get_or_init(nobody).clone(), false),
    };
    let parsed = PasswordHash::new(&text);
    let right = parsed.is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    });
    right && somebody
}
