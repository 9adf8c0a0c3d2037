//! The door, tried with a provider that means harm.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod enemy;
mod flow;
