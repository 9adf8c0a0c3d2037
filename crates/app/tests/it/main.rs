//! The behaviour of the register as pages and commands see it.

#![expect(
    clippy::unwrap_used,
    reason = "a test may fail by panic; helpers of tests are not marked as tests"
)]

mod at_once;
mod bad_input;
mod clauses;
mod coherence;
#[path = "../../../oidc/tests/it/enemy.rs"]
mod enemy;
mod exactly_once;
mod example;
mod explain;
mod held;
mod import;
mod judged;
mod kept;
mod messages;
mod people;
mod policy;
mod report;
mod report_queue;
mod review;
mod scores;
mod session;
mod settlement;
mod simulated;
mod single_sign_on;
mod statements;
mod target_kinds;
mod tasks;
mod test_app;
