//! What happens to an account, outside the record: who came in, who was refused, what was changed.

/// Something that happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountEvent {
    /// Signed in with the password.
    SignedIn,
    /// Signed in with the password and a code.
    SignedInWithCode,
    /// Signed in by the province's directory.
    SignedInByDirectory,
    /// Signed in by the directory, which asked for more than one factor, or with a code of ours.
    SignedInByDirectoryWithFactor,
    /// A wrong password; of nobody's account where nobody has the name.
    WrongPassword,
    /// A wrong code after a right password or directory.
    WrongCode,
    /// Not even looked at: too many attempts.
    TooManyAttempts,
    /// The directory was asked and nobody came in.
    RefusedByDirectory,
    /// The directory knows the person, and no account here is that person's.
    NotLinked,
    /// Signed out.
    SignedOut,
    /// A session was ended from another one.
    SessionEnded,
    /// The password was changed or given anew.
    PasswordChanged,
    /// The second factor was set up.
    FactorSetUp,
    /// The second factor was taken away.
    FactorTakenAway,
    /// Linked to a person of the directory.
    Linked,
    /// Linked no more.
    Unlinked,
    /// The account was made.
    Added,
    /// The person was let go.
    Ended,
}

impl AccountEvent {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::SignedIn,
        Self::SignedInWithCode,
        Self::SignedInByDirectory,
        Self::SignedInByDirectoryWithFactor,
        Self::WrongPassword,
        Self::WrongCode,
        Self::TooManyAttempts,
        Self::RefusedByDirectory,
        Self::NotLinked,
        Self::SignedOut,
        Self::SessionEnded,
        Self::PasswordChanged,
        Self::FactorSetUp,
        Self::FactorTakenAway,
        Self::Linked,
        Self::Unlinked,
        Self::Added,
        Self::Ended,
    ];

    /// Its code in the database and in message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedInWithCode => "signed-in-with-code",
            Self::SignedInByDirectory => "signed-in-by-directory",
            Self::SignedInByDirectoryWithFactor => "signed-in-by-directory-with-factor",
            Self::WrongPassword => "wrong-password",
            Self::WrongCode => "wrong-code",
            Self::TooManyAttempts => "too-many-attempts",
            Self::RefusedByDirectory => "refused-by-directory",
            Self::NotLinked => "not-linked",
            Self::SignedOut => "signed-out",
            Self::SessionEnded => "session-ended",
            Self::PasswordChanged => "password-changed",
            Self::FactorSetUp => "factor-set-up",
            Self::FactorTakenAway => "factor-taken-away",
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
            Self::Added => "added",
            Self::Ended => "ended",
        }
    }

    /// The one with a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.code() == code)
    }

    /// Whether nobody came in by it: what a person should look at.
    pub fn is_refusal(self) -> bool {
        matches!(
            self,
            Self::WrongPassword
                | Self::WrongCode
                | Self::TooManyAttempts
                | Self::RefusedByDirectory
                | Self::NotLinked
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for event in AccountEvent::ALL {
            assert_eq!(AccountEvent::of(event.code()), Some(event));
        }
        assert_eq!(AccountEvent::of("slept"), None);
    }
}
