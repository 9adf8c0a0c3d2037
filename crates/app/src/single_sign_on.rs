//! Signing in by the province's own directory: who a person of the directory is here, and by what that is known.
//!
//! An account is linked to one person of the directory: by the person, signed in here already; by an administrator; or,
//! where the configuration says so, by a claim that names the account. No account comes about by itself unless the
//! configuration says so, and none ever gets a post by it.

use jiff::SignedDuration;
use oidc::{Expected, Given, Provider};
use plan::{AccountEvent, UserId};
use store::{DirectoryRequest, NewUser, StoredUser, Writing};
use terms::{Diagnostic, Place};

use crate::account_event::By;
use crate::directory::Directory;
use crate::people::{kept, plain_name};
use crate::policy::Action;
use crate::session::{From, NewSession, Opened, address_of, chance};
use crate::view::Bilingual;
use crate::{Actor, App, Error};

/// How long a browser may be away: signing in there with a forgotten password takes a while.
const AWAY_S: i64 = 10 * 60;
/// The longest name of the directory for a person that is kept.
const LABEL: usize = 200;

/// The province's directory, and what is trusted of it.
#[derive(Debug)]
pub struct SingleSignOn {
    /// The line to it.
    pub provider: Provider,
    /// What it is called on pages.
    pub name: Bilingual,
    /// By what somebody who is not linked yet is found.
    pub find_by: FindBy,
    /// Whether an account is made, without a post, for whom nobody has one. Its name is the claim that finds.
    pub make: bool,
    /// What counts as a second factor given there; nothing where empty.
    pub strong: Vec<Strong>,
}

/// By what an account is found for somebody of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FindBy {
    /// Only by a link that was made here.
    #[default]
    Link,
    /// Also by the address of mail, where the directory says that it has checked it: the account's name is that address.
    Email,
    /// Also by the name that the person signs in with there: the account has the same name.
    Username,
}

/// What counts as a second factor given at the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strong {
    /// A way by which the person showed who they are (`amr`): `mfa`, `otp`, `hwk`.
    Method(String),
    /// A rule by which (`acr`).
    Context(String),
}

/// A browser on its way to the directory.
#[derive(Clone, PartialEq, Eq)]
pub struct Away {
    /// Where it goes.
    pub address: String,
    /// What it must carry when it comes back: a cookie that no script can read.
    pub browser: String,
    /// For how many seconds.
    pub max_age_s: u64,
}

impl std::fmt::Debug for Away {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Away").finish_non_exhaustive()
    }
}

/// What a browser brings back.
#[derive(Debug, Clone, Copy, Default)]
pub struct Back<'a> {
    /// The state that it took along.
    pub state: &'a str,
    /// The cookie that it carries.
    pub browser: &'a str,
    /// The code, where the directory gave one.
    pub code: Option<&'a str>,
    /// Who says that it answers.
    pub issuer: Option<&'a str>,
}

/// A browser that is back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The language of the page that it left, and where it wants to go; none where nobody knows it.
    pub from: Option<(String, String)>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody signed in.
    SignedIn(Box<NewSession>),
    /// The directory knows the person; now the code of the telephone is asked for, as after a password.
    SecondFactor {
        /// What the code must be sent with.
        challenge: String,
    },
    /// The account is linked now.
    Linked,
    /// Nobody came in and nothing was linked.
    Refused(Refusal),
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody left with this state and this browser, or too long ago, or came back already: begin again.
    Stale,
    /// The person or the directory said no.
    Declined,
    /// The directory gives no answer.
    Down,
    /// What the directory answered does not hold; the log says what.
    Untrusted(oidc::Flaw),
    /// The directory knows the person, and no account is linked to them; what they are called there.
    NotLinked {
        /// May be empty.
        label: String,
    },
    /// The person of the directory is linked to another account.
    LinkedElsewhere,
    /// Too many attempts: try again after so many seconds.
    TooManyAttempts {
        /// Seconds to wait.
        wait_s: u64,
    },
}

impl std::convert::From<oidc::Error> for Refusal {
    fn from(error: oidc::Error) -> Self {
        match error {
            oidc::Error::Down(_) => Self::Down,
            oidc::Error::Refused(_) => Self::Declined,
            oidc::Error::Untrusted(flaw) => Self::Untrusted(flaw),
        }
    }
}

impl App {
    /// The name of the province's directory, where people may sign in by one.
    pub fn directory_name(&self) -> Option<Bilingual> {
        Some(self.single_sign_on()?.name.clone())
    }

    /// The issuer of the province's directory, by which accounts are linked.
    pub fn directory_issuer(&self) -> Option<String> {
        Some(self.single_sign_on()?.provider.issuer().to_owned())
    }

    /// Sends a browser to the directory, to sign in.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no directory; [`Error::Store`], [`Error::Machine`]. The inner one where the
    /// directory cannot be asked.
    pub async fn leave_for_directory(
        &self,
        language: &str,
        next: &str,
    ) -> Result<Result<Away, Refusal>, Error> {
        self.leave(None, language, next).await
    }

    /// Sends a browser to the directory, to link the account of who is signed in. The password is asked once more, where
    /// there is one: who finds an open session must not be able to make it their own for good.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the password is wrong; [`Error::Conflict`] where the account is linked already; and as
    /// [`App::leave_for_directory`].
    pub async fn leave_to_link(
        &self,
        actor: &Actor,
        password: &str,
        language: &str,
        from: &From,
    ) -> Result<Result<Away, Refusal>, Error> {
        actor.require(Action::KeepOwnAccount)?;
        let id = actor.user().ok_or(Error::NotFound { what: "user" })?;
        let user = self.reading().await?.user(id).await?;
        let user = user.ok_or(Error::NotFound { what: "user" })?;
        if user.link.is_some() {
            return Err(Error::Conflict { what: "link" });
        }
        if let Err(refused) = self.shown_again(&user, password, from).await? {
            return Ok(Err(refused));
        }
        self.leave(Some(id), language, "").await
    }

    /// Whether somebody who is signed in knows the password; right where the account has none. Attempts are counted as
    /// at the door.
    async fn shown_again(
        &self,
        user: &StoredUser,
        password: &str,
        from: &From,
    ) -> Result<Result<(), Refusal>, Error> {
        if user.password_hash.is_empty() {
            return Ok(Ok(()));
        }
        if let Some(wait_s) = self.attempt(&user.name, Some(user), from).await? {
            return Ok(Err(Refusal::TooManyAttempts { wait_s }));
        }
        let right = self.is_password_of(user, password).await?;
        let mut writing = self.writing().await?;
        if right {
            self.came_in(&mut writing, user, from).await?;
        } else {
            self.note(
                &mut writing,
                Some(user.id),
                AccountEvent::WrongPassword,
                By::Person(from),
            )
            .await?;
        }
        self.commit(writing).await?;
        if right {
            return Ok(Ok(()));
        }
        let place = Place::default().column("password");
        Err(Error::Invalid(vec![Diagnostic::error("password-wrong", place)]))
    }

    async fn leave(
        &self,
        user: Option<UserId>,
        language: &str,
        next: &str,
    ) -> Result<Result<Away, Refusal>, Error> {
        let directory = self
            .single_sign_on()
            .ok_or(Error::NotFound { what: "directory" })?;
        let now = self.now();
        let begun = match directory.provider.begin(now).await {
            Ok(begun) => begun,
            Err(error) => return Ok(Err(error.into())),
        };
        let browser = chance()?;
        let request = DirectoryRequest {
            state_hash: address_of(&begun.state),
            browser_hash: address_of(&browser),
            nonce: begun.expected.nonce,
            verifier: begun.expected.verifier,
            user,
            language: language.to_owned(),
            next: next.chars().take(2000).collect(),
            expires_at: now + SignedDuration::from_secs(AWAY_S),
        };
        let mut writing = self.writing().await?;
        writing.keep_directory_request(&request, now).await?;
        self.commit(writing).await?;
        Ok(Ok(Away {
            address: begun.address,
            browser,
            max_age_s: AWAY_S.unsigned_abs(),
        }))
    }

    /// Takes a browser back: signs somebody in, or links the account of who is signed in. Its state is good once,
    /// whatever comes of it.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Machine`].
    pub async fn return_from_directory(
        &self,
        asking: Option<UserId>,
        back: Back<'_>,
        from: &From,
    ) -> Result<Returned, Error> {
        let refused = |from, refusal| {
            Ok(Returned {
                from,
                outcome: Outcome::Refused(refusal),
            })
        };
        let Some(directory) = self.single_sign_on() else {
            return refused(None, Refusal::Stale);
        };
        let mut writing = self.writing().await?;
        let request = writing.take_directory_request(&address_of(back.state)).await?;
        self.commit(writing).await?;
        // Another browser's state is nobody's: not even the language is told.
        let Some(request) = request.filter(|request| request.browser_hash == address_of(back.browser)) else {
            return refused(None, Refusal::Stale);
        };
        let way = Some((request.language.clone(), request.next.clone()));
        if request.expires_at <= self.now() || (request.user.is_some() && request.user != asking) {
            return refused(way, Refusal::Stale);
        }
        let told = match back.code {
            None => Err(oidc::Error::Refused(String::new())),
            Some(code) => {
                let given = Given {
                    code,
                    issuer: back.issuer,
                };
                let expected = Expected {
                    nonce: request.nonce.clone(),
                    verifier: request.verifier.clone(),
                };
                let claims = true;
                directory
                    .provider
                    .finish(given, &expected, claims, self.now())
                    .await
            }
        };
        let person = match told {
            Ok(person) => person,
            Err(error) => {
                if !matches!(error, oidc::Error::Down(_)) {
                    self.note_refusal(request.user, AccountEvent::RefusedByDirectory, from)
                        .await?;
                }
                return refused(way, error.into());
            }
        };
        let outcome = match request.user {
            Some(user) => self.link_self(user, &person, from).await?,
            None => self.come_in_by(&directory, &person, from).await?,
        };
        Ok(Returned { from: way, outcome })
    }

    async fn link_self(&self, user: UserId, person: &oidc::Person, from: &From) -> Result<Outcome, Error> {
        let mut writing = self.writing().await?;
        match link(&mut writing, user, person, self.now()).await {
            Ok(()) => {}
            Err(store::Error::Exists(_)) => return Ok(Outcome::Refused(Refusal::LinkedElsewhere)),
            Err(error) => return Err(error.into()),
        }
        self.note(&mut writing, Some(user), AccountEvent::Linked, By::Person(from))
            .await?;
        self.commit(writing).await?;
        Ok(Outcome::Linked)
    }

    async fn come_in_by(
        &self,
        directory: &SingleSignOn,
        person: &oidc::Person,
        from: &From,
    ) -> Result<Outcome, Error> {
        let linked = self
            .reading()
            .await?
            .linked_user(&person.issuer, &person.subject)
            .await?;
        let user = match linked {
            Some(user) => Some(user),
            None => self.found_or_made(directory, person, from).await?,
        };
        let Some(user) = user.filter(|user| !user.ended) else {
            self.note_refusal(None, AccountEvent::NotLinked, from).await?;
            return Ok(Outcome::Refused(Refusal::NotLinked { label: label(person) }));
        };
        let strong = directory.strong.iter().any(|way| match way {
            Strong::Method(method) => person.methods.contains(method),
            Strong::Context(context) => person.context.as_ref() == Some(context),
        });
        if !strong && user.totp.as_ref().is_some_and(|totp| totp.confirmed) {
            // As after a password: it counts until the code was right.
            if let Some(wait_s) = self.attempt(&user.name, Some(&user), from).await? {
                return Ok(Outcome::Refused(Refusal::TooManyAttempts { wait_s }));
            }
            let challenge = self.challenge(&user, true).await?;
            return Ok(Outcome::SecondFactor { challenge });
        }
        let opened = Opened {
            strong,
            directory: true,
        };
        let session = self.open_session(user, from, opened).await?;
        Ok(Outcome::SignedIn(Box::new(session)))
    }

    /// The account of somebody who is not linked yet, where the configuration lets a claim find or make it; then it is
    /// linked, and the claim is never asked again.
    async fn found_or_made(
        &self,
        directory: &SingleSignOn,
        person: &oidc::Person,
        from: &From,
    ) -> Result<Option<StoredUser>, Error> {
        let claim = match directory.find_by {
            FindBy::Link => None,
            FindBy::Email => person.email.as_deref(),
            FindBy::Username => person.username.as_deref(),
        };
        let Some(name) = claim.and_then(|claim| plain_name(claim, &Place::default()).ok()) else {
            return Ok(None);
        };
        let mut writing = self.writing().await?;
        let id = match writing.user_by_name(&name).await? {
            // Accounts that nobody can sign in by are nobody's.
            Some(user) if user.link.is_none() && !user.ended && !user.demo => user.id,
            None if directory.make => {
                let mut salt = [0; 16];
                getrandom::fill(&mut salt).map_err(|_| Error::Machine("chance"))?;
                let new = NewUser {
                    name: &name,
                    password_hash: "",
                    salt,
                    office: &Directory::keeper(),
                    demo: false,
                };
                let id = writing.add_user(&new, self.now()).await?;
                self.note(&mut writing, Some(id), AccountEvent::Added, By::Person(from))
                    .await?;
                id
            }
            Some(_) | None => return Ok(None),
        };
        link(&mut writing, id, person, self.now()).await?;
        self.note(&mut writing, Some(id), AccountEvent::Linked, By::Person(from))
            .await?;
        let user = writing.user(id).await?;
        self.commit(writing).await?;
        Ok(user)
    }

    async fn note_refusal(&self, user: Option<UserId>, what: AccountEvent, from: &From) -> Result<(), Error> {
        let mut writing = self.writing().await?;
        self.note(&mut writing, user, what, By::Person(from)).await?;
        self.commit(writing).await
    }

    /// Where the browser may sign out at the directory too, where the directory has such a place.
    pub async fn directory_sign_out(&self) -> Option<String> {
        let directory = self.single_sign_on()?;
        directory.provider.sign_out(self.now()).await
    }

    /// Unlinks one's own account from the directory. The sessions that it opened end.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no password: nobody could come in any more; [`Error::SignIn`],
    /// [`Error::Store`].
    pub async fn unlink_self(&self, actor: &Actor) -> Result<(), Error> {
        actor.require(Action::KeepOwnAccount)?;
        let id = actor.user().ok_or(Error::NotFound { what: "user" })?;
        let mut writing = self.writing().await?;
        let user = writing.user(id).await?.ok_or(Error::NotFound { what: "user" })?;
        if user.password_hash.is_empty() {
            return Err(Error::Invalid(vec![Diagnostic::error(
                "link-is-the-only-way",
                Place::default(),
            )]));
        }
        self.unlink(actor, writing, &user).await
    }

    /// Links a person's account to somebody of a directory, by the name that the directory has for them.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the subject cannot be one, or is linked to another account; [`Error::NotFound`],
    /// [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn link_user(
        &self,
        actor: &Actor,
        id: UserId,
        issuer: &str,
        subject: &str,
    ) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let mut writing = self.writing().await?;
        let user = kept(actor, writing.user(id).await?)?;
        let invalid = |code: &'static str| {
            let place = Place::default().column("subject");
            Error::Invalid(vec![Diagnostic::error(code, place).with("found", subject)])
        };
        let plain = |text: &str| !text.is_empty() && text.len() <= 255 && !text.chars().any(char::is_control);
        if !plain(subject) || !plain(issuer) {
            return Err(invalid("subject-unusable"));
        }
        match writing
            .link_user(user.id, (issuer, subject, ""), self.now())
            .await
        {
            Ok(()) => {}
            Err(store::Error::Exists(_)) => return Err(invalid("subject-taken")),
            Err(error) => return Err(error.into()),
        }
        // Whoever came in by another link before is out.
        writing.end_sessions(user.id).await?;
        self.note(
            &mut writing,
            Some(user.id),
            AccountEvent::Linked,
            By::Actor(actor),
        )
        .await?;
        self.commit(writing).await
    }

    /// Unlinks a person's account from the directory; all sessions of the person end.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn unlink_user(&self, actor: &Actor, id: UserId) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let mut writing = self.writing().await?;
        let user = kept(actor, writing.user(id).await?)?;
        writing.end_sessions(user.id).await?;
        self.unlink(actor, writing, &user).await
    }

    async fn unlink(&self, actor: &Actor, mut writing: Writing, user: &StoredUser) -> Result<(), Error> {
        if user.link.is_none() {
            return Err(Error::NotFound { what: "link" });
        }
        writing.unlink_user(user.id).await?;
        writing.end_directory_sessions(user.id).await?;
        self.note(
            &mut writing,
            Some(user.id),
            AccountEvent::Unlinked,
            By::Actor(actor),
        )
        .await?;
        self.commit(writing).await
    }
}

async fn link(
    writing: &mut Writing,
    user: UserId,
    person: &oidc::Person,
    now: terms::Timestamp,
) -> Result<(), store::Error> {
    let label = label(person);
    writing
        .link_user(user, (&person.issuer, &person.subject, &label), now)
        .await
}

/// What the directory calls somebody.
fn label(person: &oidc::Person) -> String {
    let name = person.username.as_deref().or(person.email.as_deref());
    name.unwrap_or_default()
        .chars()
        .filter(|sign| !sign.is_control())
        .take(LABEL)
        .collect()
}
