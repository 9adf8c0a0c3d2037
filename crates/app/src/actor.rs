//! Who asks, by which posts, and what follows from them.

use std::sync::Arc;

use plan::org::Reach;
use plan::{Office, PostId, UserId};
use store::Author;
use terms::RefArea;

use crate::Error;
use crate::directory::Directory;
use crate::policy::{Action, Relation, Role, Scope, Who};
use crate::register::PROVINCE;

/// Who asks. Made by this crate only, from a session or for the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    user: Option<UserId>,
    name: String,
    operator: bool,
    posts: Vec<Standing>,
    csrf: String,
    factor: Factor,
    directory: Arc<Directory>,
}

/// Whether a second factor was given, and whether acts that approve need one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Factor {
    pub(crate) given: bool,
    pub(crate) required: bool,
}

/// What a person acts by: a post held today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The post; none for a role that was given without one.
    pub post: Option<PostId>,
    /// What its holder is there for.
    pub role: Role,
    /// Where it is.
    pub office: Office,
    /// How far it reaches.
    pub reach: Reach,
}

/// The offices for which something may be done.
#[derive(Debug, Clone)]
pub struct Offices {
    everywhere: bool,
    own: Vec<Office>,
    below: Vec<Office>,
    directory: Arc<Directory>,
}

impl Offices {
    /// Whether it may be done everywhere.
    pub fn is_everywhere(&self) -> bool {
        self.everywhere
    }

    /// Whether it may be done nowhere.
    pub fn is_nowhere(&self) -> bool {
        !self.everywhere && self.own.is_empty() && self.below.is_empty()
    }

    /// Whether it may be done for an office.
    pub fn contains(&self, office: &Office) -> bool {
        self.everywhere
            || self.own.contains(office)
            || self
                .below
                .iter()
                .any(|from| self.directory.relation(from, office) == Relation::Below)
    }

    /// The areas in which such offices lie, to narrow a query before [`Offices::contains`] decides; none: everywhere.
    pub fn areas(&self) -> Option<Vec<RefArea>> {
        if self.everywhere {
            return None;
        }
        let mut areas: Vec<RefArea> = self.own.iter().map(|office| office.area.clone()).collect();
        areas.extend(
            self.below
                .iter()
                .flat_map(|office| self.directory.subtree(&office.area)),
        );
        areas.sort();
        areas.dedup();
        Some(areas)
    }

    /// The areas of which every office is among them, to ask a database by.
    pub fn areas_below(&self) -> Vec<RefArea> {
        let mut areas: Vec<RefArea> = self
            .below
            .iter()
            .flat_map(|office| {
                let beside = office.department.as_ref().map(|_| office.area.clone());
                let areas = self.directory.subtree(&office.area);
                areas
                    .into_iter()
                    .filter(move |area| Some(area) != beside.as_ref())
            })
            .collect();
        areas.sort();
        areas.dedup();
        areas
    }

    /// The posts' own offices among them.
    pub fn own(&self) -> &[Office] {
        &self.own
    }
}

impl Actor {
    /// Anybody.
    pub fn public() -> Self {
        Self {
            user: None,
            name: String::new(),
            operator: false,
            posts: Vec::new(),
            csrf: String::new(),
            factor: Factor::default(),
            directory: Arc::default(),
        }
    }

    /// Whoever runs the program on the machine that keeps the register: may do everything, has no name of its own.
    pub fn operator() -> Self {
        Self {
            operator: true,
            ..Self::public()
        }
    }

    /// The operator under the name of an account: its acts are recorded as that account's.
    pub(crate) fn operator_named(user: UserId, name: &str) -> Self {
        Self {
            user: Some(user),
            name: name.to_owned(),
            ..Self::operator()
        }
    }

    /// A person who is signed in.
    pub(crate) fn person(
        user: UserId,
        name: String,
        posts: Vec<Standing>,
        (csrf, factor): (String, Factor),
        directory: Arc<Directory>,
    ) -> Self {
        Self {
            user: Some(user),
            name,
            operator: false,
            posts,
            csrf,
            factor,
            directory,
        }
    }

    /// The user, if signed in.
    pub fn user(&self) -> Option<UserId> {
        self.user
    }

    /// The name to greet; empty for the public.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The token that every form of this session carries and every post must bring back; empty for the public.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// What the person acts by today; empty for the public and for the operator.
    pub fn posts(&self) -> &[Standing] {
        &self.posts
    }

    fn is_public(&self) -> bool {
        self.user.is_none() && !self.operator
    }

    /// Whether this actor may do `action` somewhere: to decide what a page offers.
    pub fn may(&self, action: Action) -> bool {
        self.operator
            || action.allows(Role::Public, Relation::Elsewhere)
            || self.posts.iter().any(|post| match action.scope() {
                Scope::Register => may_by(post, action, register_relation(post)),
                Scope::Office => may_by(post, action, Relation::Own) || may_by(post, action, Relation::Below),
            })
            // What every signed-in person may, whoever has no post today too.
            || (self.user.is_some() && action == Action::KeepOwnAccount)
    }

    /// Whether this actor may do `action` for an office.
    pub fn may_for(&self, action: Action, office: &Office) -> bool {
        match action.scope() {
            Scope::Register => self.may(action),
            Scope::Office => self.operator || self.standing(action, office).is_some(),
        }
    }

    /// Whether this actor may do `action` for an office by a post that stands above it, not in it.
    pub fn may_from_above(&self, action: Action, office: &Office) -> bool {
        let above = |post: &Standing| self.directory.relation(&post.office, office) == Relation::Below;
        self.operator
            || self
                .posts
                .iter()
                .any(|post| above(post) && may_by(post, action, Relation::Below))
    }

    /// Goes on only where this actor may do `action` somewhere. Whatever concerns one office asks
    /// [`Actor::require_for`] too.
    ///
    /// # Errors
    /// [`Error::SignIn`] for the public, [`Error::Denied`] for others.
    pub fn require(&self, action: Action) -> Result<(), Error> {
        if self.may(action) {
            self.factor_for(action)
        } else if self.is_public() {
            Err(Error::SignIn { action })
        } else {
            let office = match action.scope() {
                Scope::Register => Some(Directory::keeper()),
                Scope::Office => None,
            };
            let who = action.allowed().into_iter().map(|role| Who {
                role,
                office: office.clone().map(|office| {
                    let name = self.directory.name(&office);
                    (office, name)
                }),
            });
            Err(Error::Denied {
                action,
                who: who.collect(),
            })
        }
    }

    /// Goes on only where this actor may do `action` for an office.
    ///
    /// # Errors
    /// [`Error::SignIn`] for the public; [`Error::NotFound`] where the actor may not even know of the office's things;
    /// else [`Error::Denied`], naming who may.
    pub fn require_for(&self, action: Action, office: &Office) -> Result<(), Error> {
        if self.may_for(action, office) {
            return self.factor_for(action);
        }
        if self.is_public() {
            return Err(Error::SignIn { action });
        }
        if action.sight().is_some_and(|sight| !self.may_for(sight, office)) {
            return Err(Error::NotFound { what: "office" });
        }
        let mut who = Vec::new();
        let mut allowed = |relation, office: &Office| {
            for role in Role::ALL
                .into_iter()
                .filter(|role| action.allows(*role, relation))
            {
                who.push(Who {
                    role,
                    office: Some((office.clone(), self.directory.name(office))),
                });
            }
        };
        allowed(Relation::Own, office);
        if let Some(above) = self.directory.above(office) {
            allowed(Relation::Below, &above);
        }
        Err(Error::Denied { action, who })
    }

    /// Whether this actor may do `action` about an office's report that goes to `receiver`.
    pub fn may_judge(&self, action: Action, office: &Office, receiver: &Office) -> bool {
        self.operator || self.standing_of_report(action, office, receiver).is_some()
    }

    /// Goes on only where this actor may do `action` about an office's report that goes to `receiver`.
    ///
    /// # Errors
    /// As [`Actor::require_for`]; a post of another department is told that the receiver's may.
    pub fn require_judge(&self, action: Action, office: &Office, receiver: &Office) -> Result<(), Error> {
        self.require_for(action, office)?;
        if self.may_judge(action, office, receiver) {
            return Ok(());
        }
        let who = Role::ALL
            .into_iter()
            .filter(|role| action.allows(*role, Relation::Below))
            .map(|role| Who {
                role,
                office: Some((receiver.clone(), self.directory.name(receiver))),
            });
        Err(Error::Denied {
            action,
            who: who.collect(),
        })
    }

    /// In whose name a report is judged; ask [`Actor::require_judge`] first.
    pub fn judge(&self, action: Action, office: &Office, receiver: &Office) -> Author {
        let standing = self.standing_of_report(action, office, receiver);
        Author {
            user: self.user,
            post: standing.and_then(|standing| standing.post.clone()),
            unit: standing.map(|standing| standing.office.area.clone()),
        }
    }

    fn standing_of_report(&self, action: Action, office: &Office, receiver: &Office) -> Option<&Standing> {
        self.posts.iter().find(|post| {
            let relation = self.directory.relation(&post.office, office);
            let (own, to) = (&post.office.department, &receiver.department);
            let other_field = own.is_some() && to.is_some() && post.office != *receiver;
            action.allows_of_report(post.role, post.reach, relation, other_field)
        })
    }

    /// Whether the session was opened with a second factor.
    pub fn gave_second_factor(&self) -> bool {
        self.factor.given
    }

    fn factor_for(&self, action: Action) -> Result<(), Error> {
        if action.approves() && self.factor.required && !self.factor.given && !self.operator {
            return Err(Error::SecondFactor { action });
        }
        Ok(())
    }

    /// The offices for which this actor may do `action`.
    pub fn offices_for(&self, action: Action) -> Offices {
        let of = |relation, post: &&Standing| may_by(post, action, relation);
        let offices = |relation| {
            let posts = self.posts.iter().filter(|post| of(relation, post));
            posts.map(|post| post.office.clone()).collect()
        };
        Offices {
            everywhere: self.operator,
            own: offices(Relation::Own),
            below: offices(Relation::Below),
            directory: Arc::clone(&self.directory),
        }
    }

    /// In whose name, by which post and for which unit `action` is recorded; ask [`Actor::require`] or
    /// [`Actor::require_for`] first.
    pub fn author(&self, action: Action, office: Option<&Office>) -> Author {
        let standing = match office {
            Some(office) if action.scope() == Scope::Office => self.standing(action, office),
            _ => self.posts.iter().find(|post| match action.scope() {
                Scope::Register => may_by(post, action, register_relation(post)),
                Scope::Office => may_by(post, action, Relation::Own) || may_by(post, action, Relation::Below),
            }),
        };
        Author {
            user: self.user,
            post: standing.and_then(|standing| standing.post.clone()),
            unit: standing.map(|standing| standing.office.area.clone()),
        }
    }

    /// The first post by which this actor may do `action` for an office.
    fn standing(&self, action: Action, office: &Office) -> Option<&Standing> {
        self.posts
            .iter()
            .find(|post| may_by(post, action, self.directory.relation(&post.office, office)))
    }
}

/// Whether a post allows an action from a relation.
fn may_by(post: &Standing, action: Action, relation: Relation) -> bool {
    action.allows_with(post.role, post.reach, relation, false)
}

/// How a post stands to the register, which the province keeps.
fn register_relation(post: &Standing) -> Relation {
    if post.office.area == PROVINCE {
        Relation::Own
    } else {
        Relation::Elsewhere
    }
}
