//! Who is asking: signing in and out, and the actor that every function is given.

use plan::UserId;

use crate::Error;
use crate::policy::{Action, Role};

/// Who asks. Made by this crate only, from a session or for the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    user: Option<UserId>,
    name: String,
    role: Role,
    csrf: String,
}

impl Actor {
    /// Anybody.
    pub fn public() -> Self {
        Self {
            user: None,
            name: String::new(),
            role: Role::Public,
            csrf: String::new(),
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

    /// The role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The token that every form of this session carries and every post must bring back; empty for the public.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// Whether this actor may do `action`: to decide what a page offers.
    pub fn may(&self, action: Action) -> bool {
        action.allowed().contains(&self.role)
    }

    /// Goes on only where this actor may do `action`.
    ///
    /// # Errors
    /// [`Error::SignIn`] for the public, [`Error::Denied`] for others.
    pub fn require(&self, action: Action) -> Result<(), Error> {
        if self.may(action) {
            Ok(())
        } else if self.user.is_none() {
            Err(Error::SignIn { action })
        } else {
            Err(Error::Denied {
                action,
                role: self.role,
                who: action.allowed().to_vec(),
            })
        }
    }
}

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

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefused {
    /// Name or password is wrong; which of the two is not told.
    WrongNameOrPassword,
    /// Too many attempts: try again after so many seconds.
    TooManyAttempts {
        /// Seconds to wait.
        wait_s: u64,
    },
}
