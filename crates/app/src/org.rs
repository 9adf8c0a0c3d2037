//! Departments, posts and who holds them: as of a day, and changing them.

use std::collections::HashMap;

use exchange::Table;
use exchange::org::{DEPARTMENT_COLUMNS, POST_COLUMNS, Row, read_departments, read_posts};
use plan::org::Reach;
use plan::{Act, Department, Holding, Office, Post, PostId, UserId};
use store::Writing;
use terms::{Date, Diagnostic, Place, RefArea};

use crate::directory::Directory;
use crate::policy::{Action, Role};
use crate::view::Bilingual;
use crate::{Actor, App, Error};

/// The offices of an area on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgView {
    /// The day.
    pub on: Date,
    /// The area.
    pub area: RefArea,
    /// Its name.
    pub name: Bilingual,
    /// The People's Committee first, then its departments.
    pub offices: Vec<OfficeView>,
    /// The areas right below, with how many posts they have and how many of these are held.
    pub below: Vec<BelowView>,
    /// Whether the asker sees the names of all holders; else only those of public posts.
    pub names_all: bool,
}

/// An office with its posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeView {
    /// Which.
    pub office: Office,
    /// What it is called.
    pub name: Bilingual,
    /// Since when, where that is recorded.
    pub since: Option<Date>,
    /// Its last day, where that is known.
    pub until: Option<Date>,
    /// Its posts.
    pub posts: Vec<PostView>,
}

/// A post with its holders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostView {
    /// The post.
    pub post: Post,
    /// Who holds it on the day.
    pub holders: Vec<HolderView>,
}

/// Somebody who holds a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderView {
    /// The number of the person.
    pub user: UserId,
    /// The name; none where the asker may not see it or it was deleted.
    pub name: Option<String>,
    /// Whether the name was deleted.
    pub forgotten: bool,
    /// Made up to show the program.
    pub demo: bool,
    /// Since when.
    pub since: Date,
    /// The last day, where that is known.
    pub until: Option<Date>,
}

/// An area below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BelowView {
    /// Which.
    pub area: RefArea,
    /// Its name.
    pub name: Bilingual,
    /// How many posts it has on the day.
    pub posts: usize,
    /// How many of them somebody holds.
    pub held: usize,
}

/// A department or post as a form sends it: texts by column.
pub type Texts = HashMap<String, String>;

/// A table as it was given: its name and bytes.
pub type Given = (String, Vec<u8>);

impl App {
    /// The offices of an area with their posts and holders on a day. Six statements at most.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such area; [`Error::Store`].
    pub async fn org(&self, actor: &Actor, area: &RefArea, on: Option<Date>) -> Result<OrgView, Error> {
        actor.require(Action::ReadOrg)?;
        let on = on.unwrap_or_else(|| self.today());
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let committee = Office::committee(area.clone());
        if !directory.has(&committee, on) {
            return Err(Error::NotFound { what: "unit" });
        }
        let names_all = actor.may(Action::KeepOrg) || !actor.posts().is_empty();
        let people: HashMap<UserId, (String, bool)> = reading
            .users()
            .await?
            .into_iter()
            .map(|user| (user.id, (user.name, user.demo)))
            .collect();
        let holder = |post: &Post, holding: &Holding| {
            let known = people.get(&holding.user);
            let shown = known.filter(|_| names_all || post.public);
            HolderView {
                user: holding.user,
                name: shown.map(|(name, _)| name.clone()),
                forgotten: known.is_none(),
                demo: known.is_some_and(|(_, demo)| *demo),
                since: holding.since,
                until: holding.until,
            }
        };
        let posts_of = |office: &Office| {
            let posts = directory
                .posts
                .values()
                .filter(|post| post.office == *office && post.is_on(on));
            let mut posts: Vec<PostView> = posts
                .map(|post| PostView {
                    post: post.clone(),
                    holders: directory
                        .holders(&post.id, on)
                        .map(|holding| holder(post, holding))
                        .collect(),
                })
                .collect();
            posts.sort_by_key(|view| (rank(view.post.role), view.post.id.clone()));
            posts
        };
        let mut offices = vec![OfficeView {
            name: directory.name(&committee),
            posts: posts_of(&committee),
            office: committee,
            since: None,
            until: None,
        }];
        for department in directory.departments.values() {
            if department.area == *area && department.is_on(on) {
                let office = department.office();
                offices.push(OfficeView {
                    name: directory.name(&office),
                    posts: posts_of(&office),
                    office,
                    since: Some(department.since),
                    until: department.until,
                });
            }
        }
        let below = directory.below(area).iter().map(|area| {
            let posts = directory
                .posts
                .values()
                .filter(|post| post.office.area == *area && post.is_on(on));
            let (mut count, mut held) = (0, 0);
            for post in posts {
                count += 1;
                held += usize::from(directory.holders(&post.id, on).next().is_some());
            }
            BelowView {
                name: self.unit_name(area).name,
                area: area.clone(),
                posts: count,
                held,
            }
        });
        let below = below.collect();
        Ok(OrgView {
            on,
            area: area.clone(),
            name: self.unit_name(area).name,
            offices,
            below,
            names_all,
        })
    }

    /// One post with everybody who held and holds it, and the name of its office.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn post(&self, actor: &Actor, id: &PostId) -> Result<(PostView, Bilingual), Error> {
        actor.require(Action::KeepOrg)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let post = directory.posts.get(id).ok_or(Error::NotFound { what: "post" })?;
        actor.require_for(Action::KeepOrg, &post.office)?;
        let people: HashMap<UserId, (String, bool)> = reading
            .users()
            .await?
            .into_iter()
            .map(|user| (user.id, (user.name, user.demo)))
            .collect();
        let holders = directory.all_holdings(id).map(|holding| {
            let person = people.get(&holding.user);
            HolderView {
                user: holding.user,
                forgotten: person.is_none(),
                demo: person.is_some_and(|(_, demo)| *demo),
                name: person.map(|(name, _)| name.clone()),
                since: holding.since,
                until: holding.until,
            }
        });
        let holders = holders.collect();
        let view = PostView {
            post: post.clone(),
            holders,
        };
        Ok((view, directory.name(&post.office)))
    }

    /// The posts of today that the asker may fill, with the names of their offices.
    ///
    /// # Errors
    /// [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn posts_to_fill(&self, actor: &Actor) -> Result<Vec<(Post, Bilingual)>, Error> {
        actor.require(Action::KeepOrg)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let posts = directory.posts.values().filter(|post| post.is_on(today));
        let posts = posts.filter(|post| actor.may_for(Action::KeepOrg, &post.office));
        Ok(posts
            .map(|post| (post.clone(), directory.name(&post.office)))
            .collect())
    }

    /// What an office is called; its code where there is none such.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn office_name(&self, actor: &Actor, office: &Office) -> Result<Bilingual, Error> {
        actor.require(Action::ReadOrg)?;
        let mut reading = self.reading().await?;
        Ok(self.directory(&mut reading).await?.name(office))
    }

    /// Every office there is today, the committees first, for lists to choose from.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn offices(&self, actor: &Actor, top: &RefArea) -> Result<Vec<(Office, Bilingual)>, Error> {
        actor.require(Action::ReadOrg)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let mut offices = Vec::new();
        for area in directory.subtree(top) {
            let committee = Office::committee(area.clone());
            offices.push((committee.clone(), directory.name(&committee)));
            for department in directory.departments.values() {
                if department.area == area && department.is_on(today) {
                    let office = department.office();
                    offices.push((office.clone(), directory.name(&office)));
                }
            }
        }
        Ok(offices)
    }

    /// Adds a department as a form tells it (columns of [`DEPARTMENT_COLUMNS`]).
    ///
    /// # Errors
    /// [`Error::Invalid`] names every field; [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn add_department(&self, actor: &Actor, texts: &Texts) -> Result<Office, Error> {
        actor.require(Action::KeepOrg)?;
        let table = one_row(&DEPARTMENT_COLUMNS, texts);
        let (rows, diagnostics) = read_departments(&table);
        let departments = all_or_fields(rows, diagnostics)?;
        let mut writing = self.writing().await?;
        let recorded = self
            .record_departments(actor, &mut writing, &table, &departments)
            .await;
        recorded.map_err(in_fields)?;
        self.commit(writing).await?;
        Ok(departments[0].value.office())
    }

    /// Adds a post as a form tells it (columns of [`POST_COLUMNS`]; an empty `id` is made of office and role).
    ///
    /// # Errors
    /// As [`App::add_department`].
    pub async fn add_post(&self, actor: &Actor, texts: &Texts) -> Result<PostId, Error> {
        actor.require(Action::KeepOrg)?;
        let mut texts = texts.clone();
        let said = |name: &str| texts.get(name).map_or("", |text| text.trim()).to_owned();
        if said("id").is_empty() {
            let id = format!("{}.{}", said("office"), said("role"));
            texts.insert("id".to_owned(), id);
        }
        let table = one_row(&POST_COLUMNS, &texts);
        let (rows, diagnostics) = read_posts(&table);
        let posts = all_or_fields(rows, diagnostics)?;
        let mut writing = self.writing().await?;
        let recorded = self.record_posts(actor, &mut writing, &table, &posts).await;
        recorded.map_err(in_fields)?;
        self.commit(writing).await?;
        Ok(posts[0].value.id.clone())
    }

    /// Loads tables of departments and posts: all of it or nothing. Answers with how many of each.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every cell; [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn import_org(
        &self,
        actor: &Actor,
        departments: Option<&Given>,
        posts: Option<&Given>,
    ) -> Result<(usize, usize), Error> {
        actor.require(Action::KeepOrg)?;
        let mut writing = self.writing().await?;
        let counts = self.load_org(actor, &mut writing, departments, posts).await?;
        self.commit(writing).await?;
        Ok(counts)
    }

    /// Records tables of departments and posts within a transaction.
    pub(crate) async fn load_org(
        &self,
        actor: &Actor,
        writing: &mut Writing,
        departments: Option<&Given>,
        posts: Option<&Given>,
    ) -> Result<(usize, usize), Error> {
        let (mut counts, mut wrong) = ((0, 0), Vec::new());
        if let Some((name, bytes)) = departments {
            let table = Table::read(name, bytes).map_err(Error::Invalid)?;
            let (rows, diagnostics) = read_departments(&table);
            counts.0 = rows.len();
            wrong.extend(diagnostics);
            gather(
                self.record_departments(actor, writing, &table, &rows).await,
                &mut wrong,
            )?;
        }
        if let Some((name, bytes)) = posts {
            let table = Table::read(name, bytes).map_err(Error::Invalid)?;
            let (rows, diagnostics) = read_posts(&table);
            counts.1 = rows.len();
            wrong.extend(diagnostics);
            gather(self.record_posts(actor, writing, &table, &rows).await, &mut wrong)?;
        }
        if wrong.is_empty() {
            Ok(counts)
        } else {
            Err(Error::Invalid(wrong))
        }
    }

    async fn record_departments(
        &self,
        actor: &Actor,
        writing: &mut Writing,
        table: &Table,
        rows: &[Row<Department>],
    ) -> Result<(), Error> {
        let directory = self.directory_within(writing).await?;
        let today = self.today();
        let mut wrong = Vec::new();
        for Row { row, value } in rows {
            let fault = |code, column: &str, found: String| {
                Diagnostic::error(code, table.place.clone().row(*row).column(column)).with("found", found)
            };
            let committee = Office::committee(value.area.clone());
            if !directory.has(&committee, today) {
                wrong.push(fault("unknown-place", "area", value.area.to_string()).with("expected", "VN-11"));
                continue;
            }
            actor.require_for(Action::KeepOrg, &committee)?;
            if directory.departments.get(&value.office()) == Some(value) {
                continue;
            }
            let author = actor.author(Action::KeepOrg, Some(&committee));
            let act = Act::DepartmentAdded {
                department: value.clone(),
            };
            match writing.record(&author, self.now(), &act).await {
                Ok(_) => {}
                Err(store::Error::Exists(_)) => {
                    wrong.push(fault("department-exists", "code", value.office().to_string()));
                    break;
                }
                Err(error) => return Err(error.into()),
            }
        }
        none_wrong(wrong)
    }

    async fn record_posts(
        &self,
        actor: &Actor,
        writing: &mut Writing,
        table: &Table,
        rows: &[Row<Post>],
    ) -> Result<(), Error> {
        // Departments that this transaction added are there too.
        let directory = self.directory_within(writing).await?;
        let mut wrong = Vec::new();
        for Row { row, value } in rows {
            let fault = |code, column: &str, found: String| {
                Diagnostic::error(code, table.place.clone().row(*row).column(column)).with("found", found)
            };
            if !directory.has(&value.office, value.since) {
                wrong.push(fault("unknown-office", "office", value.office.to_string()));
                continue;
            }
            actor.require_for(Action::KeepOrg, &value.office)?;
            if directory.posts.get(&value.id) == Some(value) {
                continue;
            }
            let author = actor.author(Action::KeepOrg, Some(&value.office));
            match writing
                .record(&author, self.now(), &Act::PostAdded { post: value.clone() })
                .await
            {
                Ok(_) => {}
                Err(store::Error::Exists(_)) => {
                    wrong.push(fault("post-exists", "id", value.id.to_string()));
                    break;
                }
                Err(error) => return Err(error.into()),
            }
        }
        none_wrong(wrong)
    }

    /// Ends a department on a day; its posts are ended apart, and nothing may hang on it ([`App::office_ending`]).
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] without a reason, where a post of it is still there after the day, or
    /// where open tasks or reports wait for it; [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn end_department(
        &self,
        actor: &Actor,
        office: &Office,
        until: Date,
        reason: &str,
    ) -> Result<(), Error> {
        actor.require_for(Action::KeepOrg, office)?;
        let mut writing = self.writing().await?;
        let directory = self.directory_within(&mut writing).await?;
        let department = directory
            .departments
            .get(office)
            .ok_or(Error::NotFound { what: "office" })?;
        let mut wrong = said(reason);
        wrong.extend(not_before(department.since, until));
        let open = directory
            .posts
            .values()
            .find(|post| post.office == *office && post.until.is_none_or(|last| until < last));
        if let Some(post) = open {
            let place = Place::default().column("until");
            wrong.push(Diagnostic::error("post-outlives-office", place).with("found", &post.id));
        }
        let ending = crate::org_end::ending(&mut writing, &directory, office).await?;
        wrong.extend(ending.hindrances(&Place::default()));
        none_wrong(wrong)?;
        let act = Act::DepartmentEnded {
            office: office.clone(),
            until,
            reason: reason.trim().to_owned(),
        };
        writing
            .record(&actor.author(Action::KeepOrg, Some(office)), self.now(), &act)
            .await?;
        self.commit(writing).await
    }

    /// Ends a post on a day, and with it whoever holds it.
    ///
    /// # Errors
    /// As [`App::end_department`].
    pub async fn end_post(&self, actor: &Actor, id: &PostId, until: Date, reason: &str) -> Result<(), Error> {
        actor.require(Action::KeepOrg)?;
        let mut writing = self.writing().await?;
        let directory = self.directory_within(&mut writing).await?;
        let post = directory.posts.get(id).ok_or(Error::NotFound { what: "post" })?;
        actor.require_for(Action::KeepOrg, &post.office)?;
        let mut wrong = said(reason);
        wrong.extend(not_before(post.since, until));
        none_wrong(wrong)?;
        let act = Act::PostEnded {
            post: id.clone(),
            until,
            reason: reason.trim().to_owned(),
        };
        let author = actor.author(Action::KeepOrg, Some(&post.office));
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }

    /// Lets a person hold a post from a day on; several may hold one.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] where the post is not there on the day or the person holds it already;
    /// [`Error::Denied`], [`Error::SignIn`], [`Error::Store`].
    pub async fn appoint(
        &self,
        actor: &Actor,
        post: &PostId,
        user: UserId,
        since: Date,
    ) -> Result<(), Error> {
        actor.require(Action::KeepOrg)?;
        let mut writing = self.writing().await?;
        let directory = self.directory_within(&mut writing).await?;
        let place = Place::default();
        self.record_holder(actor, &mut writing, &directory, (post, user, since), &place)
            .await?;
        self.commit(writing).await
    }

    pub(crate) async fn record_holder(
        &self,
        actor: &Actor,
        writing: &mut Writing,
        directory: &Directory,
        (id, user, since): (&PostId, UserId, Date),
        place: &Place,
    ) -> Result<(), Error> {
        let wrong = |code, column: &str| {
            Error::Invalid(vec![
                Diagnostic::error(code, place.clone().column(column)).with("found", id),
            ])
        };
        let post = directory
            .posts
            .get(id)
            .ok_or_else(|| wrong("unknown-post", "post"))?;
        actor.require_for(Action::KeepOrg, &post.office)?;
        let person = writing
            .user(user)
            .await?
            .ok_or(Error::NotFound { what: "user" })?;
        if !post.is_on(since) {
            return Err(wrong("post-not-there", "since"));
        }
        let holds = directory
            .holdings_of(user)
            .any(|holding| holding.post == *id && holding.until.is_none_or(|until| since <= until));
        if holds {
            return Err(wrong("holds-already", "post"));
        }
        let act = Act::HolderAdded {
            holding: Holding {
                post: id.clone(),
                user,
                since,
                until: None,
            },
            person: person.person(),
        };
        let author = actor.author(Action::KeepOrg, Some(&post.office));
        writing.record(&author, self.now(), &act).await?;
        Ok(())
    }

    /// Ends that a person holds a post.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] without a reason or before the first day; [`Error::Denied`],
    /// [`Error::SignIn`], [`Error::Store`].
    pub async fn end_holding(
        &self,
        actor: &Actor,
        id: &PostId,
        user: UserId,
        until: Date,
        reason: &str,
    ) -> Result<(), Error> {
        actor.require(Action::KeepOrg)?;
        let mut writing = self.writing().await?;
        let directory = self.directory_within(&mut writing).await?;
        let post = directory.posts.get(id).ok_or(Error::NotFound { what: "post" })?;
        actor.require_for(Action::KeepOrg, &post.office)?;
        let holding = directory
            .holdings_of(user)
            .find(|holding| holding.post == *id && holding.until.is_none())
            .ok_or(Error::NotFound { what: "holder" })?;
        let mut wrong = said(reason);
        wrong.extend(not_before(holding.since, until));
        none_wrong(wrong)?;
        let act = Act::HolderEnded {
            post: id.clone(),
            user,
            until,
            reason: reason.trim().to_owned(),
        };
        let author = actor.author(Action::KeepOrg, Some(&post.office));
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }

    /// The province's post of a role, added where there is none: what `rorang user add --role` gives.
    pub(crate) async fn provincial_post(
        &self,
        actor: &Actor,
        writing: &mut Writing,
        role: plan::org::Role,
    ) -> Result<PostId, Error> {
        let office = Directory::keeper();
        let id = PostId::new(format!("{office}.{role}")).map_err(|_| Error::Machine("naming a post"))?;
        let directory = self.directory_within(writing).await?;
        if directory
            .posts
            .get(&id)
            .is_some_and(|post| post.is_on(self.today()))
        {
            return Ok(id);
        }
        let word = |language| {
            i18n::message(language, &format!("org-role-{role}"), &[]).unwrap_or_else(|| role.to_string())
        };
        let post = Post {
            id: id.clone(),
            name_vi: word(terms::Language::Vi),
            name_en: word(terms::Language::En),
            role,
            reach: Reach::Subtree,
            public: false,
            since: self.today(),
            until: None,
            office,
        };
        let author = actor.author(Action::KeepOrg, Some(&post.office));
        writing
            .record(&author, self.now(), &Act::PostAdded { post })
            .await?;
        Ok(id)
    }
}

/// In which order the posts of an office are shown.
fn rank(role: plan::org::Role) -> usize {
    use plan::org::Role as R;
    let order = [
        R::Leader,
        R::Inspector,
        R::Planner,
        R::Verifier,
        R::Reporter,
        R::Administrator,
    ];
    order
        .iter()
        .position(|found| *found == role)
        .unwrap_or(order.len())
}

/// The role of posts that a role of policy is, or what is wrong with it.
pub(crate) fn role_of_posts(role: Role) -> Result<plan::org::Role, Error> {
    role.of_posts().ok_or_else(|| {
        Error::Invalid(vec![
            Diagnostic::error("unknown-code", Place::default().column("role"))
                .with("found", role.code())
                .with(
                    "expected",
                    plan::org::Role::ALL.map(plan::org::Role::code).join(", "),
                ),
        ])
    })
}

/// The texts of a form as a table of one row, so that forms and files are read by the same rules.
pub(crate) fn one_row(columns: &[&str], texts: &Texts) -> Table {
    let cell = |column: &&str| texts.get(*column).map_or("", |text| text.trim()).to_owned();
    Table {
        place: Place::default(),
        headings: columns.iter().map(|column| (*column).to_owned()).collect(),
        rows: vec![exchange::table::TableRow {
            number: 1,
            cells: columns.iter().map(cell).collect(),
        }],
    }
}

fn all_or_fields<T>(rows: Vec<Row<T>>, diagnostics: Vec<Diagnostic>) -> Result<Vec<Row<T>>, Error> {
    if diagnostics.is_empty() && !rows.is_empty() {
        Ok(rows)
    } else {
        Err(in_fields(Error::Invalid(diagnostics)))
    }
}

/// The row of a form is the form: what is left of a place is its field.
pub(crate) fn in_fields(error: Error) -> Error {
    match error {
        Error::Invalid(mut diagnostics) => {
            diagnostics
                .iter_mut()
                .for_each(|diagnostic| diagnostic.place.row = None);
            Error::Invalid(diagnostics)
        }
        other => other,
    }
}

/// Goes on past what is wrong with the data, so that all of it is told.
fn gather(done: Result<(), Error>, wrong: &mut Vec<Diagnostic>) -> Result<(), Error> {
    match done {
        Err(Error::Invalid(diagnostics)) => {
            wrong.extend(diagnostics);
            Ok(())
        }
        other => other,
    }
}

pub(crate) fn none_wrong(wrong: Vec<Diagnostic>) -> Result<(), Error> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(wrong))
    }
}

fn said(reason: &str) -> Vec<Diagnostic> {
    if reason.trim().is_empty() {
        let missing = Diagnostic::error("missing-value", Place::default().column("reason"));
        vec![missing.with("found", "").with("expected", "")]
    } else {
        Vec::new()
    }
}

fn not_before(since: Date, until: Date) -> Option<Diagnostic> {
    (until < since).then(|| Diagnostic::error("ends-before-start", Place::default().column("until")))
}
