//! What people can ask of Rõ Ràng and do with it: one function per intent, plain views out.
//!
//! Every function names its [`policy::Action`] first and refuses by default. Reading functions answer with structs of
//! public fields in the users' words; recording functions authorise, validate, record and write their entry in one
//! transaction. Nothing here knows HTML, HTTP or command lines.
//!
//! In reading order: [`view`] has the words that all views share; [`scoreboard`], [`indicator`], [`document`],
//! [`unit`], [`catalogue`], [`consistency`] with [`settlement`], [`search`] and [`about`] are the pages; [`review`] is the desk;
//! [`record`] is what anybody can check; [`session`], [`password`], [`single_sign_on`] and [`account`] are signing in, [`secrets`] how their secrets are
//! kept, [`account_event`] what happened to accounts, [`org`], [`org_end`] and [`people`] who
//! answers and who may sign in, [`actor`] who is asking, [`policy`] what they may do.

pub mod about;
pub mod account;
pub mod account_event;
pub mod actor;
mod assess;
pub mod calibration;
pub mod cascade;
pub mod catalogue;
pub mod clause;
pub mod coherence;
pub mod consistency;
mod directory;
pub mod document;
pub mod error;
pub mod example;
pub mod explain;
mod fair_group;
mod held;
pub mod import;
pub mod indicator;
mod intake;
pub mod operation;
pub mod org;
pub mod org_end;
pub mod password;
pub mod people;
pub mod policy;
pub mod ranking;
pub mod rebased;
pub mod record;
mod reference;
pub mod register;
pub mod remind;
pub mod report;
pub mod review;
pub mod score;
pub mod scoreboard;
pub mod search;
pub mod secrets;
pub mod session;
pub mod settlement;
pub mod simulated;
pub mod single_sign_on;
pub mod target;
pub mod task;
pub mod task_act;
pub mod task_board;
pub mod task_import;
pub mod task_rules;
mod totp;
pub mod tree;
mod trouble;
pub mod unit;
pub mod view;

pub use actor::{Actor, Offices, Standing};
pub use error::Error;
pub use import::{Import, Imported};
pub use register::{App, Head};
