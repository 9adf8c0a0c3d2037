//! The record: every act is an entry, and each entry is chained to the one before it.
//!
//! In reading order: [`canonical`] is the one way in which data become bytes, [`entry`] an act with its author and time
//! and its hash, [`chain`] the check that anybody can run over an exported record, without a database.
//!
//! Leaf bytes are fixed and position-independent, so a Merkle tree over the same entries (RFC 6962: leaf hash over
//! `0x00 ‖ bytes`) and signed tree heads can be laid beside the chain without touching an entry.

pub mod canonical;
pub mod chain;
pub mod entry;

pub use canonical::Value;
pub use chain::{BrokenAt, Fault, Head, verify};
pub use entry::{Entry, Sealed};
