//! The people who may sign in: added, changed, let go, forgotten; by form, table and command.

use exchange::Table;
use exchange::org::{PersonRow, Row, read_people};
use plan::{AccountEvent, Act, Office, PostId, UserId};
use store::{NewUser, StoredUser, Writing};
use terms::{Date, Diagnostic, Place};

use crate::account_event::{By, EventView};
use crate::directory::Directory;
use crate::org::{none_wrong, role_of_posts};
use crate::password::{hash_of, new_password};
use crate::policy::{Action, Role};
use crate::view::Bilingual;
use crate::{Actor, App, Error};

/// A person, as administrators see one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserView {
    /// The number by which entries know the person.
    pub id: UserId,
    /// The name.
    pub name: String,
    /// Whether the person was let go.
    pub ended: bool,
    /// Made up to show the program.
    pub demo: bool,
    /// The office that keeps the person, and its name.
    pub office: (Office, Bilingual),
    /// What the person holds and held: post, its name and office, first and last day.
    pub holdings: Vec<HoldingView>,
    /// How often the person was changed: what a form has seen.
    pub version: u64,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// Whom of the province's directory the account is linked to: issuer, subject, and what it is called there.
    pub link: Option<(String, String, String)>,
}

/// A post that somebody holds or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingView {
    /// The post.
    pub post: PostId,
    /// What it is called.
    pub name: Bilingual,
    /// Its role.
    pub role: Role,
    /// The name of its office.
    pub office: Bilingual,
    /// First day.
    pub since: Date,
    /// Last day, where that is known.
    pub until: Option<Date>,
}

/// What was changed about a user by two people: what the second one wanted stays with the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What stands now, by the first one.
    pub now: UserView,
}

/// A person who was added, with the password where it was made up: shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The number.
    pub user: UserId,
    /// The name.
    pub name: String,
    /// The password, where it was made up.
    pub password: Option<String>,
    /// The post.
    pub post: Option<PostId>,
}

/// What is to be hashed and recorded of one person.
struct Draft {
    name: String,
    password: String,
    made_up: bool,
    hash: String,
    post: Option<PostId>,
    since: Date,
    demo: bool,
    place: Place,
}

impl App {
    /// Adds a person with a role in the province: who holds the province's post of that role from today.
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
        actor.require_for(Action::KeepUsers, &Directory::keeper())?;
        let role = role_of_posts(role)?;
        let name = plain_name(name, &Place::default())?;
        let hash = hash_of(password, &name).await?;
        let mut writing = self.writing().await?;
        let post = self.provincial_post(actor, &mut writing, role).await?;
        let draft = Draft {
            name,
            password: String::new(),
            made_up: false,
            hash,
            post: Some(post),
            since: self.today(),
            demo: false,
            place: Place::default(),
        };
        let directory = self.directory_within(&mut writing).await?;
        let user = self.enter(actor, &mut writing, &directory, &draft).await?;
        self.commit(writing).await?;
        Ok(user)
    }

    /// Adds the first administrator, where nobody may keep users yet.
    ///
    /// # Errors
    /// [`Error::Conflict`] where there is an administrator; as [`App::add_user`].
    pub async fn add_first_administrator(&self, name: &str, password: &str) -> Result<UserId, Error> {
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        for user in reading.users().await? {
            let by_post = directory
                .posts_of(user.id, today)
                .any(|post| post.role == plan::org::Role::Administrator);
            if !user.ended && (by_post || user.role == Role::Administrator.code()) {
                return Err(Error::Conflict {
                    what: "administrator",
                });
            }
        }
        drop(reading);
        self.add_user(&Actor::operator(), name, Role::Administrator, password)
            .await
    }

    /// Adds a person to a post, as a form tells it; without a password one is made up.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every field; [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn add_person(&self, actor: &Actor, texts: &crate::org::Texts) -> Result<Added, Error> {
        actor.require(Action::KeepUsers)?;
        let table = crate::org::one_row(&exchange::org::PERSON_COLUMNS, texts);
        let (rows, diagnostics) = read_people(&table);
        let added = match none_wrong(diagnostics) {
            Ok(()) => self.add_people(actor, &table, rows, false).await,
            Err(error) => Err(error),
        };
        let mut added = added.map_err(crate::org::in_fields)?;
        added.pop().ok_or(Error::NotFound { what: "user" })
    }

    /// Adds the people of a table (columns `name`, `password`, `post`, `since`): all of them or nobody.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every cell; [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn import_users(&self, actor: &Actor, name: &str, bytes: &[u8]) -> Result<Vec<Added>, Error> {
        actor.require(Action::KeepUsers)?;
        let table = Table::read(name, bytes).map_err(Error::Invalid)?;
        let (rows, diagnostics) = read_people(&table);
        none_wrong(diagnostics)?;
        self.add_people(actor, &table, rows, false).await
    }

    /// Makes up people to show the program with: `each` for every post of today, marked wherever they show.
    ///
    /// # Errors
    /// As [`App::import_users`].
    pub async fn add_demo_users(&self, actor: &Actor, each: u32) -> Result<Vec<Added>, Error> {
        actor.require(Action::KeepUsers)?;
        let today = self.today();
        let directory = {
            let mut reading = self.reading().await?;
            self.directory(&mut reading).await?
        };
        let mut rows = Vec::new();
        for post in directory.posts.values().filter(|post| post.is_on(today)) {
            for number in 1..=each {
                let value = PersonRow {
                    name: format!("demo {} {number}", post.id),
                    password: None,
                    post: Some(post.id.clone()),
                    since: Some(today),
                };
                rows.push(Row { row: number, value });
            }
        }
        let table = Table {
            place: Place::default(),
            headings: Vec::new(),
            rows: Vec::new(),
        };
        self.add_people(actor, &table, rows, true).await
    }

    async fn add_people(
        &self,
        actor: &Actor,
        table: &Table,
        rows: Vec<Row<PersonRow>>,
        demo: bool,
    ) -> Result<Vec<Added>, Error> {
        let (mut drafts, mut wrong) = (Vec::new(), Vec::new());
        for Row { row, value } in rows {
            let place = table.place.clone().row(row);
            let name = match plain_name(&value.name, &place) {
                Ok(name) => name,
                Err(Error::Invalid(diagnostics)) => {
                    wrong.extend(diagnostics);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let made_up = value.password.is_none();
            drafts.push(Draft {
                name,
                password: value.password.map_or_else(new_password, Ok)?,
                made_up,
                hash: String::new(),
                post: value.post,
                since: value.since.unwrap_or_else(|| self.today()),
                demo,
                place,
            });
        }
        none_wrong(wrong)?;
        let drafts = hash_all(drafts).await?;
        let mut writing = self.writing().await?;
        let directory = self.directory_within(&mut writing).await?;
        let (mut added, mut wrong) = (Vec::new(), Vec::new());
        for draft in drafts {
            match self.enter(actor, &mut writing, &directory, &draft).await {
                Ok(user) => added.push(Added {
                    user,
                    name: draft.name,
                    password: draft.made_up.then_some(draft.password),
                    post: draft.post,
                }),
                Err(Error::Invalid(diagnostics)) => wrong.extend(diagnostics),
                Err(error) => return Err(error),
            }
        }
        none_wrong(wrong)?;
        self.commit(writing).await?;
        Ok(added)
    }

    /// Writes a person's row, and that the person holds the post.
    async fn enter(
        &self,
        actor: &Actor,
        writing: &mut Writing,
        directory: &Directory,
        draft: &Draft,
    ) -> Result<UserId, Error> {
        let post = draft.post.as_ref().and_then(|id| directory.posts.get(id));
        let office = post.map_or_else(Directory::keeper, |post| post.office.clone());
        actor.require_for(Action::KeepUsers, &office)?;
        let taken = || {
            let place = draft.place.clone().column("name");
            Error::Invalid(vec![
                Diagnostic::error("user-name-taken", place).with("found", &draft.name),
            ])
        };
        if writing.user_by_name(&draft.name).await?.is_some() {
            return Err(taken());
        }
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| Error::Machine("chance"))?;
        let new = NewUser {
            name: &draft.name,
            password_hash: &draft.hash,
            salt,
            office: &office,
            demo: draft.demo,
        };
        let user = writing.add_user(&new, self.now()).await?;
        self.note(writing, Some(user), AccountEvent::Added, By::Actor(actor))
            .await?;
        if let Some(post) = &draft.post {
            self.record_holder(actor, writing, directory, (post, user, draft.since), &draft.place)
                .await?;
        }
        Ok(user)
    }

    /// The account of a name that nobody can sign in by, made where it is not there: for what is loaded or made up.
    pub(crate) async fn account_of_nobody(&self, writing: &mut Writing, name: &str) -> Result<UserId, Error> {
        if let Some(user) = writing.user_by_name(name).await? {
            return Ok(user.id);
        }
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| Error::Machine("chance"))?;
        let new = NewUser {
            name,
            password_hash: "",
            salt,
            office: &Directory::keeper(),
            demo: true,
        };
        Ok(writing.add_user(&new, self.now()).await?)
    }

    /// Everybody whom the asker keeps, in the order in which they were added. Six statements at most.
    ///
    /// # Errors
    /// [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn users(&self, actor: &Actor) -> Result<Vec<UserView>, Error> {
        actor.require(Action::KeepUsers)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let users = reading.users().await?.into_iter();
        let kept = users.filter(|user| actor.may_for(Action::KeepUsers, &user.office));
        Ok(kept.map(|user| view(&directory, user)).collect())
    }

    /// One person.
    ///
    /// # Errors
    /// [`Error::NotFound`], also where the asker does not keep the person; [`Error::Denied`], [`Error::SignIn`],
    /// [`Error::Store`].
    pub async fn user(&self, actor: &Actor, id: UserId) -> Result<UserView, Error> {
        actor.require(Action::KeepUsers)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let user = reading.user(id).await?;
        kept(actor, user).map(|user| view(&directory, user))
    }

    /// What happened to a person's account last, the latest first.
    ///
    /// # Errors
    /// As [`App::user`].
    pub async fn events_of_user(&self, actor: &Actor, id: UserId) -> Result<Vec<EventView>, Error> {
        actor.require(Action::KeepUsers)?;
        let mut reading = self.reading().await?;
        kept(actor, reading.user(id).await?)?;
        self.events_of(&mut reading, id).await
    }

    /// The number of a person by name.
    ///
    /// # Errors
    /// [`Error::Invalid`] where nobody whom the asker keeps has the name; [`Error::Denied`], [`Error::SignIn`],
    /// [`Error::Store`].
    pub async fn user_named(&self, actor: &Actor, name: &str) -> Result<UserId, Error> {
        actor.require(Action::KeepUsers)?;
        match kept(actor, self.reading().await?.user_by_name(name).await?) {
            Ok(user) => Ok(user.id),
            Err(Error::NotFound { .. }) => Err(Error::Invalid(vec![Diagnostic::error(
                "user-not-found",
                Place::default().column("name"),
            )])),
            Err(error) => Err(error),
        }
    }

    /// Gives a person another name and office. `seen` is [`UserView::version`] of the form.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Invalid`], [`Error::Denied`], [`Error::SignIn`], [`Error::Store`]; the inner error
    /// where somebody else changed the person since: then nothing was changed, and both values are there to choose.
    pub async fn change_user(
        &self,
        actor: &Actor,
        id: UserId,
        seen: u64,
        name: &str,
        office: &str,
    ) -> Result<Result<(), Changed>, Error> {
        actor.require(Action::KeepUsers)?;
        let name = plain_name(name, &Place::default())?;
        let mut writing = self.writing().await?;
        let directory = self.directory_within(&mut writing).await?;
        let user = kept(actor, writing.user(id).await?)?;
        let to = office.trim().parse::<Office>().ok();
        let to = to
            .filter(|office| directory.has(office, self.today()))
            .ok_or_else(|| {
                Error::Invalid(vec![
                    Diagnostic::error("unknown-office", Place::default().column("office"))
                        .with("found", office),
                ])
            })?;
        actor.require_for(Action::KeepUsers, &to)?;
        if user.version != seen {
            return Ok(Err(Changed {
                now: view(&directory, user),
            }));
        }
        match writing.change_user(id, seen, &name, &to).await {
            Ok(_) => {}
            Err(store::Error::Exists(_)) => {
                return Err(Error::Invalid(vec![
                    Diagnostic::error("user-name-taken", Place::default().column("name")).with("found", name),
                ]));
            }
            Err(error) => return Err(error.into()),
        }
        self.commit(writing).await?;
        Ok(Ok(()))
    }

    /// Gives a person another password, and ends all of the person's sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`], and as [`App::add_user`].
    pub async fn set_password(&self, actor: &Actor, name: &str, password: &str) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let hash = hash_of(password, name).await?;
        let mut writing = self.writing().await?;
        let user = kept(actor, writing.user_by_name(name).await?)?;
        writing.set_password(user.id, &hash).await?;
        self.note(
            &mut writing,
            Some(user.id),
            AccountEvent::PasswordChanged,
            By::Actor(actor),
        )
        .await?;
        self.commit(writing).await
    }

    /// Lets a person go: no more signing in, all sessions end, the posts end today, the acts stay.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn end_user(&self, actor: &Actor, name: &str) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let mut writing = self.writing().await?;
        let user = kept(actor, writing.user_by_name(name).await?)?;
        self.end_holdings(actor, &mut writing, user.id).await?;
        writing.end_user(user.id, self.now()).await?;
        self.note(&mut writing, Some(user.id), AccountEvent::Ended, By::Actor(actor))
            .await?;
        self.commit(writing).await
    }

    /// Deletes everything that is kept of a person outside the record: name, salt, secrets, sessions; the posts end
    /// today. The entries stay, with a number that tells nothing any more, and still verify.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn forget_user(&self, actor: &Actor, id: UserId) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let mut writing = self.writing().await?;
        let user = kept(actor, writing.user(id).await?)?;
        self.end_holdings(actor, &mut writing, user.id).await?;
        writing.forget_user(user.id, self.now()).await?;
        self.commit(writing).await?;
        self.fold().await
    }

    /// As [`App::forget_user`], by name: for the command line.
    ///
    /// # Errors
    /// As [`App::forget_user`].
    pub async fn forget_user_named(&self, actor: &Actor, name: &str) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let user = kept(actor, self.reading().await?.user_by_name(name).await?)?;
        self.forget_user(actor, user.id).await
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn end_sessions_of(&self, actor: &Actor, id: UserId) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let mut writing = self.writing().await?;
        let user = kept(actor, writing.user(id).await?)?;
        writing.end_sessions(user.id).await?;
        self.note(
            &mut writing,
            Some(user.id),
            AccountEvent::SessionEnded,
            By::Actor(actor),
        )
        .await?;
        self.commit(writing).await
    }

    async fn end_holdings(&self, actor: &Actor, writing: &mut Writing, user: UserId) -> Result<(), Error> {
        let directory = self.directory_within(writing).await?;
        let today = self.today();
        for holding in directory
            .holdings_of(user)
            .filter(|holding| holding.until.is_none())
        {
            let office = directory.posts.get(&holding.post).map(|post| &post.office);
            let act = Act::HolderEnded {
                post: holding.post.clone(),
                user,
                // One who was to begin later ends on the first day.
                until: today.max(holding.since),
                reason: "thôi làm việc · let go".to_owned(),
            };
            let author = actor.author(Action::KeepUsers, office);
            writing.record(&author, self.now(), &act).await?;
        }
        Ok(())
    }
}

/// A person whom the asker keeps; one whom another office keeps is as unknown as nobody.
pub(crate) fn kept(actor: &Actor, user: Option<StoredUser>) -> Result<StoredUser, Error> {
    let user = user.ok_or(Error::NotFound { what: "user" })?;
    if !actor.may_for(Action::KeepUsers, &user.office) {
        return Err(Error::NotFound { what: "user" });
    }
    actor.require_for(Action::KeepUsers, &user.office)?;
    Ok(user)
}

fn view(directory: &Directory, user: StoredUser) -> UserView {
    let holdings = directory.holdings_of(user.id).filter_map(|holding| {
        let post = directory.posts.get(&holding.post)?;
        Some(HoldingView {
            post: post.id.clone(),
            name: Bilingual {
                vi: post.name_vi.clone(),
                en: post.name_en.clone(),
            },
            role: post.role.into(),
            office: directory.name(&post.office),
            since: holding.since,
            until: holding.until,
        })
    });
    UserView {
        id: user.id,
        holdings: holdings.collect(),
        office: (user.office.clone(), directory.name(&user.office)),
        ended: user.ended,
        demo: user.demo,
        version: user.version,
        second_factor: user.totp.as_ref().is_some_and(|totp| totp.confirmed),
        link: user.link.map(|link| (link.issuer, link.subject, link.label)),
        name: user.name,
    }
}

/// A name without spaces at its ends, or what is wrong with it.
pub(crate) fn plain_name(name: &str, place: &Place) -> Result<String, Error> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || 200 < name.len() || name.chars().any(char::is_control) {
        let place = place.clone().column("name");
        return Err(Error::Invalid(vec![
            Diagnostic::error("user-name-unusable", place).with("found", name),
        ]));
    }
    Ok(name)
}

/// Hashes all passwords, on every processor; a password that cannot be used is told with its row.
async fn hash_all(drafts: Vec<Draft>) -> Result<Vec<Draft>, Error> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let each = drafts.len().div_ceil(threads).max(1);
    let (mut done, mut wrong, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
    let mut drafts = drafts.into_iter().peekable();
    while drafts.peek().is_some() {
        let chunk: Vec<Draft> = drafts.by_ref().take(each).collect();
        tasks.push(tokio::task::spawn(async move {
            let mut hashed = Vec::new();
            for mut draft in chunk {
                let hash = hash_of(&draft.password, &draft.name).await;
                if let Ok(hash) = &hash {
                    draft.hash.clone_from(hash);
                }
                hashed.push((draft, hash.map(drop)));
            }
            hashed
        }));
    }
    for task in tasks {
        for (draft, hash) in task.await.map_err(|_| Error::Machine("hashing passwords"))? {
            match hash {
                Ok(()) => done.push(draft),
                Err(Error::Invalid(mut diagnostics)) => {
                    for diagnostic in &mut diagnostics {
                        diagnostic.place = draft.place.clone().column("password");
                    }
                    wrong.extend(diagnostics);
                }
                Err(error) => return Err(error),
            }
        }
    }
    none_wrong(wrong)?;
    Ok(done)
}
