//! Signing in and out.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use jiff::SignedDuration;
use plan::AccountEvent;
use store::{StoredChallenge, StoredUser, Writing};
use terms::Timestamp;

use crate::account_event::By;
use crate::actor::{Factor, Standing};
use crate::directory::Directory;
use crate::policy::Role;
use crate::{Actor, App, Error};

/// How long sessions are good where the configuration says nothing: a working day with its evening, and two hours
/// without a sign of life, so that who goes to a meeting with the page open is not there any more.
const SESSION_S: i64 = 12 * 60 * 60;
const IDLE_S: i64 = 2 * 60 * 60;
/// That a session is used is noted once in such a part of its idle time: a page is not a write.
const SEEN_PARTS: i64 = 24;
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

/// How long sessions are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Seconds from their beginning.
    pub longest_s: i64,
    /// Seconds from their last use.
    pub idle_s: i64,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            longest_s: SESSION_S,
            idle_s: IDLE_S,
        }
    }
}

/// By which ways a session is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opened {
    /// With more than one factor.
    pub(crate) strong: bool,
    /// By the province's directory instead of a password.
    pub(crate) directory: bool,
}

impl Opened {
    const BY_PASSWORD: Self = Self {
        strong: false,
        directory: false,
    };

    fn event(self) -> AccountEvent {
        match (self.directory, self.strong) {
            (false, false) => AccountEvent::SignedIn,
            (false, true) => AccountEvent::SignedInWithCode,
            (true, false) => AccountEvent::SignedInByDirectory,
            (true, true) => AccountEvent::SignedInByDirectoryWithFactor,
        }
    }
}

/// From where somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    /// The address of the browser.
    pub address: IpAddr,
    /// What the browser says of itself; empty where it does not.
    pub device: String,
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

/// What attempts are counted by: a name or an address, and how many are too many.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    key: [u8; 32],
    limit: u32,
}

impl Counted {
    fn name(name: &str) -> Self {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            key: address_of(&format!("name {}", name.to_lowercase())),
            limit: ATTEMPTS_BY_NAME,
        }
    }

    fn address(from: &From) -> Self {
        Self {
            key: address_of(&format!("address {}", from.address)),
            limit: ATTEMPTS_BY_ADDRESS,
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
        let stored = self.reading().await?.user_by_name(name).await?;
        let user = stored.filter(|user| !user.ended && !user.password_hash.is_empty());
        if let Some(wait_s) = self.attempt(name, user.as_ref(), from).await? {
            return Ok(Err(SignInRefused::TooManyAttempts { wait_s }));
        }
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let password = password.to_owned();
        let right = tokio::task::spawn_blocking(move || verify(&password, hash))
            .await
            .map_err(|_| Error::Machine("checking a password"))?;
        let whose = user.as_ref().map(|user| user.id);
        let Some(user) = user.filter(|_| right) else {
            let mut writing = self.writing().await?;
            self.note(&mut writing, whose, AccountEvent::WrongPassword, By::Person(from))
                .await?;
            self.commit(writing).await?;
            return Ok(Err(SignInRefused::WrongNameOrPassword));
        };
        if user.totp.as_ref().is_some_and(|totp| totp.confirmed) {
            // The attempt counts until the code was right: else who knows the password could ask for challenges, and so
            // for tries at codes, without end.
            let challenge = self.challenge(&user, false).await?;
            return Ok(Err(SignInRefused::SecondFactor { challenge }));
        }
        Ok(Ok(self.open_session(user, from, Opened::BY_PASSWORD).await?))
    }

    /// Counts an attempt before anything is looked at, so that attempts at the same moment count too; answers with the
    /// seconds to wait where there were too many.
    pub(crate) async fn attempt(
        &self,
        name: &str,
        user: Option<&StoredUser>,
        from: &From,
    ) -> Result<Option<u64>, Error> {
        let now = self.now();
        let after = now - SignedDuration::from_secs(WINDOW_S);
        let counted = [Counted::name(name), Counted::address(from)];
        let mut writing = self.writing().await?;
        let mut wait_s = None;
        for one in counted {
            let made = writing.attempts(&one.key, after).await?;
            if let Some((_, since)) = made.filter(|(count, _)| one.limit <= *count) {
                let left = WINDOW_S - now.duration_since(since).as_secs();
                wait_s = wait_s.max(Some(u64::try_from(left).unwrap_or_default()));
            }
        }
        if wait_s.is_some() {
            return Ok(wait_s);
        }
        for one in counted {
            // Told once a window, when the last one is used up: trying on must not fill the list.
            if writing.count_attempt(&one.key, now, after).await? == one.limit {
                let whose = user.map(|user| user.id);
                self.note(
                    &mut writing,
                    whose,
                    AccountEvent::TooManyAttempts,
                    By::Person(from),
                )
                .await?;
            }
        }
        self.commit(writing).await?;
        Ok(None)
    }

    /// Remembers that a person owes a code: what it must be sent with.
    pub(crate) async fn challenge(&self, user: &StoredUser, directory: bool) -> Result<String, Error> {
        let (challenge, now) = (chance()?, self.now());
        let open = StoredChallenge {
            user: user.id,
            since: now,
            asked: 0,
            directory,
        };
        let mut writing = self.writing().await?;
        let after = now - SignedDuration::from_secs(CHALLENGE_S);
        writing
            .keep_challenge(&address_of(&challenge), &open, after)
            .await?;
        self.commit(writing).await?;
        Ok(challenge)
    }

    /// Who owes the code of a challenge; each asking counts, and after some the challenge is void.
    pub(crate) async fn ask_challenge(&self, challenge: &str) -> Result<Option<StoredChallenge>, Error> {
        let mut writing = self.writing().await?;
        let open = writing.ask_challenge(&address_of(challenge)).await?;
        self.commit(writing).await?;
        let now = self.now();
        Ok(open.filter(|open| {
            now.duration_since(open.since).as_secs() < CHALLENGE_S && open.asked <= CODES_BY_CHALLENGE
        }))
    }

    /// Forgets the attempts of a person who has come in. The name is clean again; the address gets back only this one
    /// attempt, so that an office behind one address is not locked out by its right sign-ins, nor somebody else's wrong
    /// ones forgotten.
    pub(crate) async fn came_in(
        &self,
        writing: &mut Writing,
        user: &StoredUser,
        from: &From,
    ) -> Result<(), Error> {
        writing
            .forgive_attempts(&Counted::name(&user.name).key, true)
            .await?;
        Ok(writing
            .forgive_attempts(&Counted::address(from).key, false)
            .await?)
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
        from: &From,
        opened: Opened,
    ) -> Result<NewSession, Error> {
        let now = self.now();
        let (token, csrf) = (chance()?, chance()?);
        let longest_s = self.session_limits().longest_s;
        let device = plain_device(&from.device);
        let new = store::NewSession {
            user: user.id,
            token_hash: &address_of(&token),
            csrf: &csrf,
            expires_at: now + SignedDuration::from_secs(longest_s),
            device: &device,
            strong: opened.strong,
            directory: opened.directory,
        };
        let mut writing = self.writing().await?;
        writing.open_session(&new, now).await?;
        self.came_in(&mut writing, &user, from).await?;
        self.note(&mut writing, Some(user.id), opened.event(), By::Person(from))
            .await?;
        let directory = self.directory_within(&mut writing).await?;
        self.commit(writing).await?;
        Ok(NewSession {
            actor: self.acting(user, csrf, opened.strong, directory),
            token,
            max_age_s: longest_s.unsigned_abs(),
        })
    }

    /// Who a session's token belongs to; the public where there is no such session or it ran out, by its age or by
    /// idleness. Two statements, and one more now and then to note that it is used.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn actor(&self, token: &str) -> Result<Actor, Error> {
        if token.len() != 64 {
            return Ok(Actor::public());
        }
        let hash = address_of(token);
        let mut reading = self.reading().await?;
        let (now, limits) = (self.now(), self.session_limits());
        let idle_s = |seen: Timestamp| now.duration_since(seen).as_secs();
        let session = reading.session(&hash).await?;
        let session =
            session.filter(|session| now < session.expires_at && idle_s(session.seen_at) < limits.idle_s);
        let Some(session) = session else {
            return Ok(Actor::public());
        };
        let directory = self.directory(&mut reading).await?;
        drop(reading);
        if limits.idle_s / SEEN_PARTS <= idle_s(session.seen_at) {
            let mut writing = self.writing().await?;
            writing.see_session(&hash, now).await?;
            self.commit(writing).await?;
        }
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

    /// Ends a session; answers whether it was opened by the province's directory.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn sign_out(&self, token: &str) -> Result<bool, Error> {
        let hash = address_of(token);
        let mut writing = self.writing().await?;
        let Some(session) = writing.session(&hash).await? else {
            return Ok(false);
        };
        writing.end_session(&hash).await?;
        let user = Some(session.user.id);
        self.note(&mut writing, user, AccountEvent::SignedOut, By::Nobody)
            .await?;
        self.commit(writing).await?;
        Ok(session.directory)
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

/// What a browser says of itself, as far as it is kept.
pub(crate) fn plain_device(device: &str) -> String {
    device
        .chars()
        .filter(|sign| !sign.is_control())
        .take(200)
        .collect()
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
