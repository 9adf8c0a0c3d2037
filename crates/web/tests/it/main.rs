//! The pages over a real register with the example in it, asked without a network.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test may stop where anything is amiss, and the names of our own assets are lower case"
)]

mod cache;
mod cascade;
mod directory;
#[path = "../../../oidc/tests/it/enemy.rs"]
mod enemy;
mod findings;
mod house;
mod indicator;
mod messages;
mod pages;
mod policy;
mod reads_back;
mod rebased;
mod record;
mod reports;
mod review;
mod safety;
mod scores;
mod security;
mod simulated;
mod sync;
mod target;
mod tree;
