//! Who may do what: role, action and where the post stands to the office concerned. The answer is in the policies of
//! `policy/rorang.cedar`, which refuse by default; here are the words that they are asked in.

mod decide;

use plan::org::Reach;
use plan::{Office, org};

use decide::Case;

use crate::view::Bilingual;

/// What a person is to the register: one of the roles of posts, or nobody known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Anybody, not signed in.
    Public,
    /// [`org::Role::Reporter`].
    Reporter,
    /// [`org::Role::Verifier`].
    Verifier,
    /// [`org::Role::Planner`].
    Planner,
    /// [`org::Role::Leader`].
    Leader,
    /// [`org::Role::Inspector`].
    Inspector,
    /// [`org::Role::Administrator`].
    Administrator,
}

impl Role {
    /// Every role, the public first.
    pub const ALL: [Role; 7] = [
        Role::Public,
        Role::Reporter,
        Role::Verifier,
        Role::Planner,
        Role::Leader,
        Role::Inspector,
        Role::Administrator,
    ];

    /// The role of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Public => "public",
            Role::Reporter => org::Role::Reporter.code(),
            Role::Verifier => org::Role::Verifier.code(),
            Role::Planner => org::Role::Planner.code(),
            Role::Leader => org::Role::Leader.code(),
            Role::Inspector => org::Role::Inspector.code(),
            Role::Administrator => org::Role::Administrator.code(),
        }
    }

    /// The role of posts that it is; none for the public.
    pub const fn of_posts(self) -> Option<org::Role> {
        Some(match self {
            Role::Public => return None,
            Role::Reporter => org::Role::Reporter,
            Role::Verifier => org::Role::Verifier,
            Role::Planner => org::Role::Planner,
            Role::Leader => org::Role::Leader,
            Role::Inspector => org::Role::Inspector,
            Role::Administrator => org::Role::Administrator,
        })
    }
}

impl From<org::Role> for Role {
    fn from(role: org::Role) -> Self {
        match role {
            org::Role::Reporter => Role::Reporter,
            org::Role::Verifier => Role::Verifier,
            org::Role::Planner => Role::Planner,
            org::Role::Leader => Role::Leader,
            org::Role::Inspector => Role::Inspector,
            org::Role::Administrator => Role::Administrator,
        }
    }
}

macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $action:ident $scope:ident;)+) => {
        /// What can be asked or done; every function of this crate names one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[doc = $doc])+ $action,)+ }

        impl Action {
            /// Every action.
            pub const ALL: &[Action] = &[$(Action::$action,)+];

            /// Of what it is asked.
            pub const fn scope(self) -> Scope {
                match self { $(Action::$action => Scope::$scope,)+ }
            }

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Action::$action => stringify!($action),)+ }
            }
        }
    };
}

/// Of what an action is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Of the register as a whole, which the province keeps: by a post of the province's own offices.
    Register,
    /// Of what one office answers for: by a post there or above.
    Office,
}

actions! {
    /// Read any public page: scoreboard, indicators, documents, units, disagreements, search, about.
    ReadRegister Register;
    /// See the review desk.
    ReadDesk Register;
    /// Accept, correct, merge or reject a figure.
    Review Register;
    /// Say what holds where statements do not agree, or open it again.
    SettleFindings Register;
    /// Add a document.
    AddDocument Register;
    /// Load observations and targets from tables.
    ImportValues Register;
    /// Load catalogues and units.
    ImportCatalogue Register;
    /// Take the whole record out as a file.
    ExportRecord Register;
    /// See one's own account: sessions, second factor, password.
    KeepOwnAccount Register;
    /// See departments and posts.
    ReadOrg Register;
    /// Add and end departments and posts, and say who holds them.
    KeepOrg Office;
    /// Add users, let them go, end their sessions.
    KeepUsers Office;
    /// See the tasks of an office.
    ReadTasks Office;
    /// Write a task or take tasks from a table.
    DraftTask Office;
    /// Hand a task over, answer, grant time, confirm, return, cancel: what the assigner does.
    DirectTask Office;
    /// Receive a task, tell its progress, raise difficulties, hand in: what the lead does.
    WorkOnTask Office;
    /// See the scores of an office and its people.
    ReadScores Office;
    /// Set how scores are made, correct them with a reason.
    KeepScores Office;
    /// Settle which fields a task must have before it is handed over.
    KeepTaskRules Register;
    /// See the reports of an office.
    ReadReports Office;
    /// Fill in a report.
    FillReport Office;
    /// Hand a report in.
    SubmitReport Office;
    /// Check a report that was handed in, or send it back.
    VerifyReport Office;
    /// Accept a verified report, which locks it.
    AcceptReport Office;
    /// Correct a value of an accepted report, with a reason.
    CorrectReport Office;
    /// Say who reports what to whom, for which period, by when.
    KeepRegimes Office;
}

/// Where a post stands to the office that an action concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// It is the post's own office; of the register: the post is of the province.
    Own,
    /// It lies below, and the post reaches there.
    Below,
    /// Anywhere else.
    Elsewhere,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Relation; 3] = [Relation::Own, Relation::Below, Relation::Elsewhere];
}

/// Somebody who may do what was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The role.
    pub role: Role,
    /// The office and its name, where it must be that one.
    pub office: Option<(Office, Bilingual)>,
}

impl Action {
    /// Whether a role may, from where its post stands, where the post reaches the offices below too.
    pub fn allows(self, role: Role, relation: Relation) -> bool {
        self.allows_with(role, Reach::Subtree, relation, false)
    }

    /// Whether a post's role and reach allow it; `lacks_factor` where a second factor is wanted and missing.
    pub(crate) fn allows_with(
        self,
        role: Role,
        reach: Reach,
        relation: Relation,
        lacks_factor: bool,
    ) -> bool {
        decide::allows(Case {
            role,
            reach,
            action: self,
            relation,
            lacks_factor,
            other_field: false,
        })
    }

    /// Whether a post's role and reach allow it of a report; `other_field` where the report goes to another department
    /// than the post's.
    pub fn allows_of_report(self, role: Role, reach: Reach, relation: Relation, other_field: bool) -> bool {
        decide::allows(Case {
            role,
            reach,
            action: self,
            relation,
            lacks_factor: false,
            other_field,
        })
    }

    /// The roles that may somewhere.
    pub fn allowed(self) -> Vec<Role> {
        Role::ALL
            .into_iter()
            .filter(|role| {
                Relation::ALL
                    .into_iter()
                    .any(|relation| self.allows(*role, relation))
            })
            .collect()
    }

    /// Whether it approves or administrates, so that a second factor can be required for it.
    pub fn approves(self) -> bool {
        Role::ALL.into_iter().any(|role| {
            Relation::ALL.into_iter().any(|relation| {
                self.allows(role, relation) && !self.allows_with(role, Reach::Subtree, relation, true)
            })
        })
    }

    /// What one must be allowed to know of that there is anything to do.
    pub const fn sight(self) -> Option<Action> {
        match self {
            Action::DraftTask | Action::DirectTask | Action::WorkOnTask => Some(Action::ReadTasks),
            Action::KeepScores => Some(Action::ReadScores),
            Action::FillReport
            | Action::SubmitReport
            | Action::VerifyReport
            | Action::AcceptReport
            | Action::CorrectReport => Some(Action::ReadReports),
            Action::ReadTasks | Action::ReadScores | Action::ReadReports => Some(self),
            _ => None,
        }
    }
}
