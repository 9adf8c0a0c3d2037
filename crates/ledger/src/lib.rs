//! The record: every act is an entry, and each entry is chained to the one before it.
//!
//! In reading order: [`canonical`] is the one way in which data become bytes, [`entry`] an act with its author and time
//! and its hash, [`chain`] the check that anybody can run over an exported record, without a database.
//! [`tree`] gives short proofs over it (RFC 6962), [`signed`] the head that the keeper signs, [`export`] the file and the
//! receipt that anybody can check.

pub mod canonical;
pub mod chain;
pub mod entry;
pub mod export;
pub mod signed;
pub mod tree;

pub use canonical::Value;
pub use chain::{BrokenAt, Fault, Head, verify};
pub use entry::{Entry, Sealed};
