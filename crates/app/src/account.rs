//! One's own account: sessions, password, second factor; and coming in by a code.

use plan::AccountEvent;
use store::ListedSession;
use terms::{Diagnostic, Place, Timestamp};

use crate::account_event::{By, EventView};
use crate::password::hash_of;
use crate::policy::Action;
use crate::session::{From, NewSession, Opened, SignInRefused, address_of};
use crate::view::Bilingual;
use crate::{Actor, App, Error, totp};

/// How many recovery codes one is given.
const RECOVERY_CODES: usize = 10;

/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// The sessions that are open, the latest first.
    pub sessions: Vec<SessionView>,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// How many recovery codes are left.
    pub recovery_codes: u64,
    /// Whether acts that approve need a second factor here.
    pub required: bool,
    /// Whether there is a password that could be changed.
    pub password: bool,
    /// What the province's directory calls the person whom the account is linked to; empty where it gave no name.
    pub link: Option<String>,
    /// The name of the province's directory, where there is one.
    pub directory: Option<Bilingual>,
    /// What happened to the account last, the latest first.
    pub events: Vec<EventView>,
}

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// What it is ended by.
    pub id: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used, give or take some minutes.
    pub seen: Timestamp,
    /// Until when it is good.
    pub until: Timestamp,
    /// What the browser says of itself.
    pub device: String,
    /// Whether a second factor was given.
    pub strong: bool,
    /// Whether it was opened by the province's directory.
    pub directory: bool,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// A second factor that is to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret, in groups of four, to type where the picture cannot be read.
    pub secret: String,
    /// The address that a QR code tells to the app.
    pub address: String,
}

impl App {
    /// The account of who asks. `token` is that of the asking session.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Store`].
    pub async fn account(&self, actor: &Actor, token: &str) -> Result<AccountView, Error> {
        actor.require(Action::KeepOwnAccount)?;
        let id = actor.user().ok_or(Error::NotFound { what: "user" })?;
        let here = address_of(token);
        let mut reading = self.reading().await?;
        let user = reading.user(id).await?.ok_or(Error::NotFound { what: "user" })?;
        let (now, idle_s) = (self.now(), self.session_limits().idle_s);
        let mut sessions = reading.sessions(id, now).await?;
        sessions.retain(|session| now.duration_since(session.seen_at).as_secs() < idle_s);
        let events = self.events_of(&mut reading, id).await?;
        Ok(AccountView {
            sessions: sessions.into_iter().map(|session| view(session, &here)).collect(),
            second_factor: user.totp.as_ref().is_some_and(|totp| totp.confirmed),
            recovery_codes: reading.recovery_codes(id).await?,
            required: self.requires_second_factor(),
            password: !user.password_hash.is_empty(),
            link: user.link.map(|link| link.label),
            directory: self.directory_name(),
            events,
        })
    }

    /// Ends one of one's own sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it is none of one's own; [`Error::SignIn`], [`Error::Store`].
    pub async fn end_own_session(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        actor.require(Action::KeepOwnAccount)?;
        let user = actor.user().ok_or(Error::NotFound { what: "user" })?;
        let mut writing = self.writing().await?;
        let sessions = writing.sessions(user, self.now()).await?;
        let session = sessions
            .iter()
            .find(|session| session_id(session) == id)
            .ok_or(Error::NotFound { what: "session" })?;
        writing.end_session(&session.token_hash).await?;
        self.note(
            &mut writing,
            Some(user),
            AccountEvent::SessionEnded,
            By::Actor(actor),
        )
        .await?;
        self.commit(writing).await
    }

    /// Gives oneself another password; all sessions end, the asking one too.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the old one is wrong or the new one too short; [`Error::SignIn`], [`Error::Store`].
    pub async fn change_own_password(&self, actor: &Actor, old: &str, new: &str) -> Result<(), Error> {
        actor.require(Action::KeepOwnAccount)?;
        let id = actor.user().ok_or(Error::NotFound { what: "user" })?;
        let hash = hash_of(new, actor.name()).await?;
        let user = self
            .reading()
            .await?
            .user(id)
            .await?
            .ok_or(Error::NotFound { what: "user" })?;
        if !self.is_password_of(&user, old).await? {
            let place = Place::default().column("old");
            return Err(Error::Invalid(vec![Diagnostic::error("password-wrong", place)]));
        }
        let mut writing = self.writing().await?;
        writing.set_password(id, &hash).await?;
        self.note(
            &mut writing,
            Some(id),
            AccountEvent::PasswordChanged,
            By::Actor(actor),
        )
        .await?;
        self.commit(writing).await
    }

    /// Begins to set up a second factor: a fresh secret, good once confirmed. One that is set up stays until it is
    /// taken away with its own code.
    ///
    /// # Errors
    /// [`Error::Conflict`] where one is set up; [`Error::SignIn`], [`Error::Store`], [`Error::Machine`].
    pub async fn begin_second_factor(&self, actor: &Actor) -> Result<Enrolment, Error> {
        actor.require(Action::KeepOwnAccount)?;
        let id = actor.user().ok_or(Error::NotFound { what: "user" })?;
        let mut secret = [0; 20];
        getrandom::fill(&mut secret).map_err(|_| Error::Machine("chance"))?;
        let mut writing = self.writing().await?;
        let user = writing.user(id).await?.ok_or(Error::NotFound { what: "user" })?;
        if user.totp.is_some_and(|totp| totp.confirmed) {
            return Err(Error::Conflict {
                what: "second factor",
            });
        }
        writing.set_totp(id, Some(&secret)).await?;
        self.commit(writing).await?;
        Ok(enrolment(&secret, actor.name()))
    }

    /// The second factor that waits to be confirmed, to show it again.
    ///
    /// # Errors
    /// [`Error::NotFound`] where none waits; [`Error::SignIn`], [`Error::Store`].
    pub async fn waiting_second_factor(&self, actor: &Actor) -> Result<Enrolment, Error> {
        actor.require(Action::KeepOwnAccount)?;
        let id = actor.user().ok_or(Error::NotFound { what: "user" })?;
        let user = self
            .reading()
            .await?
            .user(id)
            .await?
            .ok_or(Error::NotFound { what: "user" })?;
        let waiting = user.totp.filter(|totp| !totp.confirmed);
        let totp = waiting.ok_or(Error::NotFound {
            what: "second factor",
        })?;
        Ok(enrolment(&self.secret_of(id, &totp)?, actor.name()))
    }

    /// Confirms the second factor by a first code; answers with the recovery codes, which are shown once. All sessions
    /// end, so that whoever else has one open is out; sign in again with the code.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the code is wrong; [`Error::NotFound`], [`Error::SignIn`], [`Error::Store`].
    pub async fn confirm_second_factor(&self, actor: &Actor, code: &str) -> Result<Vec<String>, Error> {
        actor.require(Action::KeepOwnAccount)?;
        let id = actor.user().ok_or(Error::NotFound { what: "user" })?;
        let mut writing = self.writing().await?;
        let user = writing.user(id).await?.ok_or(Error::NotFound { what: "user" })?;
        let waiting = user.totp.filter(|totp| !totp.confirmed);
        let totp = waiting.ok_or(Error::NotFound {
            what: "second factor",
        })?;
        let step = totp::matching_step(&self.secret_of(id, &totp)?, code, self.second());
        let right = match step {
            Some(step) => writing.use_totp_step(id, step).await?,
            None => false,
        };
        if !right {
            return Err(wrong_code());
        }
        let mut codes = Vec::new();
        for _ in 0..RECOVERY_CODES {
            codes.push(recovery_code()?);
        }
        let hashes: Vec<[u8; 32]> = codes.iter().map(|code| recovery_hash(code)).collect();
        writing.confirm_totp(id, &hashes).await?;
        self.note(
            &mut writing,
            Some(id),
            AccountEvent::FactorSetUp,
            By::Actor(actor),
        )
        .await?;
        writing.end_sessions(id).await?;
        self.commit(writing).await?;
        Ok(codes)
    }

    /// Takes one's second factor away, with a code of it or a recovery code.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the code is wrong; [`Error::SignIn`], [`Error::Store`].
    pub async fn end_second_factor(&self, actor: &Actor, code: &str) -> Result<(), Error> {
        actor.require(Action::KeepOwnAccount)?;
        let id = actor.user().ok_or(Error::NotFound { what: "user" })?;
        if !self.use_code(id, code).await? {
            return Err(wrong_code());
        }
        let mut writing = self.writing().await?;
        writing.set_totp(id, None).await?;
        self.note(
            &mut writing,
            Some(id),
            AccountEvent::FactorTakenAway,
            By::Actor(actor),
        )
        .await?;
        self.commit(writing).await
    }

    /// Takes a person's second factor away: for who lost the telephone and the recovery codes.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn reset_second_factor(&self, actor: &Actor, id: plan::UserId) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        // Whom the asker does not keep is not found.
        self.user(actor, id).await?;
        let mut writing = self.writing().await?;
        writing.set_totp(id, None).await?;
        self.note(
            &mut writing,
            Some(id),
            AccountEvent::FactorTakenAway,
            By::Actor(actor),
        )
        .await?;
        writing.end_sessions(id).await?;
        self.commit(writing).await
    }

    /// Answers the challenge of [`App::sign_in_from`] with the code of the telephone or a recovery code.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Machine`].
    pub async fn answer_challenge(
        &self,
        challenge: &str,
        code: &str,
        from: &From,
    ) -> Result<Result<NewSession, SignInRefused>, Error> {
        let Some(open) = self.ask_challenge(challenge).await? else {
            return Ok(Err(SignInRefused::WrongCode));
        };
        let user = self.reading().await?.user(open.user).await?;
        let Some(user) = user.filter(|user| !user.ended) else {
            return Ok(Err(SignInRefused::WrongCode));
        };
        let right = self.use_code(user.id, code).await?;
        let mut writing = self.writing().await?;
        // Of two right answers at the same moment one comes in.
        if !(right && writing.take_challenge(&address_of(challenge)).await?) {
            self.note(
                &mut writing,
                Some(user.id),
                AccountEvent::WrongCode,
                By::Person(from),
            )
            .await?;
            self.commit(writing).await?;
            return Ok(Err(SignInRefused::WrongCode));
        }
        self.commit(writing).await?;
        let opened = Opened {
            strong: true,
            directory: open.directory,
        };
        Ok(Ok(self.open_session(user, from, opened).await?))
    }

    /// Uses a code of the telephone or a recovery code up; a code that was used is as wrong as any other.
    async fn use_code(&self, id: plan::UserId, code: &str) -> Result<bool, Error> {
        let mut writing = self.writing().await?;
        let user = writing.user(id).await?;
        let confirmed = user.and_then(|user| user.totp).filter(|totp| totp.confirmed);
        let Some(totp) = confirmed else { return Ok(false) };
        // A recovery code comes in even where the secret cannot be read any more.
        let right = if writing.use_recovery_code(id, &recovery_hash(code)).await? {
            true
        } else if let Some(step) = totp::matching_step(&self.secret_of(id, &totp)?, code, self.second()) {
            writing.use_totp_step(id, step).await?
        } else {
            false
        };
        self.commit(writing).await?;
        Ok(right)
    }

    fn second(&self) -> u64 {
        u64::try_from(self.now().as_second()).unwrap_or_default()
    }
}

fn view(session: ListedSession, here: &[u8; 32]) -> SessionView {
    SessionView {
        id: session_id(&session),
        since: session.created_at,
        seen: session.seen_at,
        directory: session.directory,
        until: session.expires_at,
        here: session.token_hash == *here,
        device: session.device,
        strong: session.strong,
    }
}

/// What a session is known by on pages: a part of the hash of its token's hash.
fn session_id(session: &ListedSession) -> String {
    let again = terms::Sha256(ledger::entry::address(&session.token_hash)).to_string();
    again[..16].to_owned()
}

fn enrolment(secret: &[u8], name: &str) -> Enrolment {
    let plain = totp::base32(secret);
    let groups: Vec<&str> = (0..plain.len())
        .step_by(4)
        .map(|at| &plain[at..plain.len().min(at + 4)])
        .collect();
    Enrolment {
        secret: groups.join(" "),
        address: totp::address(secret, name),
    }
}

fn wrong_code() -> Error {
    let place = Place::default().column("code");
    Error::Invalid(vec![Diagnostic::error("code-wrong", place)])
}

/// 80 bits by chance, as `xxxx-xxxx-xxxx-xxxx`.
fn recovery_code() -> Result<String, Error> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(|_| Error::Machine("chance"))?;
    let plain = totp::base32(&bytes).to_lowercase();
    Ok([&plain[..4], &plain[4..8], &plain[8..12], &plain[12..]].join("-"))
}

/// What is kept of a recovery code. Its 80 bits are by chance, so that a plain hash suffices.
fn recovery_hash(code: &str) -> [u8; 32] {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    ledger::entry::address(plain.to_lowercase().as_bytes())
}
