//! Who may do what: one table, refusing by default.

/// What a person is to the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Anybody, not signed in.
    Public,
    /// Decides about figures, adds documents and values.
    Reviewer,
    /// Does what a reviewer does, loads catalogues, and keeps the users.
    Administrator,
}

impl Role {
    /// Every role, the one that may least first.
    pub const ALL: [Role; 3] = [Role::Public, Role::Reviewer, Role::Administrator];

    /// The role of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Public => "public",
            Role::Reviewer => "reviewer",
            Role::Administrator => "administrator",
        }
    }
}

/// What can be asked or done; every function of this crate names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Read any public page: scoreboard, indicators, documents, units, disagreements, search, about.
    ReadRegister,
    /// See the review desk.
    ReadDesk,
    /// Accept, correct, merge or reject a figure.
    Review,
    /// Say what holds where statements do not agree, or open it again.
    SettleFindings,
    /// Add a document.
    AddDocument,
    /// Load observations and targets from tables.
    ImportValues,
    /// Load catalogues and units.
    ImportCatalogue,
    /// Take the whole record out as a file.
    ExportRecord,
    /// Add users, change their roles, end their sessions.
    KeepUsers,
}

impl Action {
    /// Every action.
    pub const ALL: [Action; 9] = [
        Action::ReadRegister,
        Action::ReadDesk,
        Action::Review,
        Action::SettleFindings,
        Action::AddDocument,
        Action::ImportValues,
        Action::ImportCatalogue,
        Action::ExportRecord,
        Action::KeepUsers,
    ];

    /// The roles that may; nobody else.
    pub const fn allowed(self) -> &'static [Role] {
        match self {
            Action::ReadRegister => &Role::ALL,
            Action::ReadDesk
            | Action::Review
            | Action::SettleFindings
            | Action::AddDocument
            | Action::ImportValues => &[Role::Reviewer, Role::Administrator],
            Action::ImportCatalogue | Action::ExportRecord | Action::KeepUsers => &[Role::Administrator],
        }
    }
}
