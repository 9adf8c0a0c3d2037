//! The door to a province's own directory: signing in by OpenID Connect.
//!
//! Authorization code with PKCE: [`Provider::begin`] says where the browser goes, [`Provider::finish`] takes what it
//! brings back, asks the provider for the ID token and answers who that is, once everything about the token is right.
//! Nothing of ours is known here: no register, no users, no pages. What the provider sends is never more than data.
//!
//! In reading order: [`settings`] says which provider and what we trust of it, [`provider`] is the flow, [`door`] the
//! line to the provider, [`error`] what can come back instead.

pub mod door;
pub mod error;
pub mod provider;
pub mod settings;

pub use door::{Door, Internet, Unreachable};
pub use error::{Error, Flaw};
pub use provider::{Begun, Expected, Given, Person, Provider};
pub use settings::{Secret, Settings, SettingsError};
