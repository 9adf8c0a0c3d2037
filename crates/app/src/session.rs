//! Signing in and out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use jiff::SignedDuration;
use plan::UserId;
use store::StoredUser;
use terms::{Diagnostic, Place, Timestamp};

use crate::actor::{Factor, Standing};
use crate::directory::Directory;
use crate::policy::Role;
use crate::{Actor, App, Error};

/// How long a session is good: a working day with its evening.
const SESSION_S: i64 = 12 * 60 * 60;
/// So many wrong attempts …
const ATTEMPTS_BY_NAME: u32 = 5;
/// … or so many from one address (an office may share one) …
const ATTEMPTS_BY_ADDRESS: u32 = 30;
/// … within so many seconds, and one must wait.
const WINDOW_S: i64 = 15 * 60;
/// How long one may take to read the code from the telephone …
const CHALLENGE_S: i64 = 5 * 60;
/// … and how often it may be wrong.
const CODES_BY_CHALLENGE: u32 = 5;
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

/// From where somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    /// The address of the browser.
    pub address: IpAddr,
    /// What the browser says of itself; empty where it does not.
    pub device: String,
}

impl From {
    fn key(&self) -> (String, u32) {
        (format!("address {}", self.address), ATTEMPTS_BY_ADDRESS)
    }
}

/// Why nobody was signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInRefused {
    /// Name or password is wrong; which of the two is not told.
    WrongNameOrPassword,
    /// The password is right; now the code of the telephone is asked for, by [`App::answer_challenge`].
    SecondFactor {
        /// What the code must be sent with, within five minutes.
        challenge: String,
    },
    /// The code is wrong, was used already, or came too late.
    WrongCode,
    /// Too many attempts: try again after so many seconds.
    TooManyAttempts {
        /// Seconds to wait.
        wait_s: u64,
    },
}

/// Wrong attempts by name and by address: how many, since when.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, (u32, Timestamp)>>);

/// People whose password was right and who still owe the code, by the hash of what they were given.
#[derive(Debug, Default)]
pub(crate) struct Challenges(Mutex<HashMap<[u8; 32], (UserId, Timestamp, u32)>>);

impl Challenges {
    /// Remembers that a person owes a code.
    pub(crate) fn put(&self, user: UserId, now: Timestamp) -> Result<String, Error> {
        let challenge = chance()?;
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, (_, since, _)| now.duration_since(*since).as_secs() < CHALLENGE_S);
        open.insert(address_of(&challenge), (user, now, 0));
        Ok(challenge)
    }

    /// Who owes the code of a challenge; each asking counts, and after some the challenge is void.
    pub(crate) fn ask(&self, challenge: &str, now: Timestamp) -> Option<UserId> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (user, since, asked) = open.get_mut(&address_of(challenge))?;
        *asked += 1;
        let good = now.duration_since(*since).as_secs() < CHALLENGE_S && *asked <= CODES_BY_CHALLENGE;
        good.then_some(*user)
    }

    /// The code was right.
    pub(crate) fn take(&self, challenge: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&address_of(challenge));
    }
}

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
        self.sign_in_from(
            name,
            password,
            &From {
                address: from,
                device: String::new(),
            },
        )
        .await
    }

    /// As [`App::sign_in`], keeping what the browser says of itself for the person's list of sessions.
    ///
    /// # Errors
    /// As [`App::sign_in`].
    pub async fn sign_in_from(
        &self,
        name: &str,
        password: &str,
        from: &From,
    ) -> Result<Result<NewSession, SignInRefused>, Error> {
        let now = self.now();
        let by_name = format!("name {}", name.trim().to_lowercase());
        let keys = [(by_name.clone(), ATTEMPTS_BY_NAME), from.key()];
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
        if user.totp.as_ref().is_some_and(|totp| totp.confirmed) {
            // The attempt counts until the code was right: else who knows the password could ask for challenges, and so
            // for tries at codes, without end.
            let challenge = self.inner.challenges.put(user.id, now)?;
            return Ok(Err(SignInRefused::SecondFactor { challenge }));
        }
        self.inner.attempts.succeeded(&by_name, &keys[1].0);
        Ok(Ok(self.open_session(user, &from.device, false).await?))
    }

    /// Forgets the attempts of a person who has come in.
    pub(crate) fn came_in(&self, user: &StoredUser, from: &From) {
        let by_name = format!("name {}", user.name.to_lowercase());
        self.inner.attempts.succeeded(&by_name, &from.key().0);
    }

    /// Whether a password is a person's.
    pub(crate) async fn is_password_of(&self, user: &StoredUser, password: &str) -> Result<bool, Error> {
        let hash = Some(user.password_hash.clone()).filter(|hash| !hash.is_empty());
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || verify(&password, hash))
            .await
            .map_err(|_| Error::Machine("checking a password"))
    }

    /// Opens a session for a person who has shown who they are.
    pub(crate) async fn open_session(
        &self,
        user: StoredUser,
        device: &str,
        strong: bool,
    ) -> Result<NewSession, Error> {
        let now = self.now();
        let (token, csrf) = (chance()?, chance()?);
        let device: String = device
            .chars()
            .filter(|sign| !sign.is_control())
            .take(200)
            .collect();
        let new = store::NewSession {
            user: user.id,
            token_hash: &address_of(&token),
            csrf: &csrf,
            expires_at: now + SignedDuration::from_secs(SESSION_S),
            device: &device,
            strong,
        };
        let mut writing = self.writing().await?;
        writing.open_session(&new, now).await?;
        let directory = self.directory_within(&mut writing).await?;
        self.commit(writing).await?;
        Ok(NewSession {
            actor: self.acting(user, csrf, strong, directory),
            token,
            max_age_s: SESSION_S.unsigned_abs(),
        })
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
        Ok(self.acting(session.user, session.csrf, session.strong, directory))
    }

    /// A person with the posts of today.
    fn acting(&self, user: StoredUser, csrf: String, strong: bool, directory: Arc<Directory>) -> Actor {
        let mut posts: Vec<Standing> = directory
            .posts_of(user.id, self.today())
            .map(|post| Standing {
                post: Some(post.id.clone()),
                role: post.role.into(),
                office: post.office.clone(),
                reach: post.reach,
            })
            .collect();
        // A role that was given without a post, before posts were kept, is one of the province.
        if let Some(role) = Role::of(&user.role).filter(|role| *role != Role::Public) {
            posts.push(Standing {
                post: None,
                role,
                office: Directory::keeper(),
                reach: plan::org::Reach::Subtree,
            });
        }
        let factor = Factor {
            given: strong,
            required: self.requires_second_factor(),
        };
        Actor::person(user.id, user.name, posts, (csrf, factor), directory)
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
pub(crate) fn chance() -> Result<String, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::Machine("chance"))?;
    Ok(terms::Sha256(bytes).to_string())
}

/// What the database keeps of a token: it cannot be turned back.
pub(crate) fn address_of(token: &str) -> [u8; 32] {
    ledger::entry::address(token.as_bytes())
}

pub(crate) async fn hash_of(password: &str) -> Result<String, Error> {
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
