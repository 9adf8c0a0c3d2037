//! Reports: who reports what to whom, for which period, by when; and a report's way from a draft to a locked result.
//!
//! In reading order: [`calendar`] cuts periods as the law does, [`regime`] says who owes which report, [`form`] what a
//! form holds and which edits its values must pass, [`number`] how typed numbers are read, [`flow`] how a report is submitted, verified, accepted, returned
//! and corrected.

pub mod calendar;
pub mod device;
pub mod flow;
pub mod form;
pub mod number;
pub mod regime;

pub use calendar::{ReportCalendar, window};
pub use device::DeviceTime;
pub use flow::{Corrected, Line, Lock, Move, Refusal, Report, Saved, Stage};
pub use form::{Edit, Finding, Form, Item, Problem, Texts, Values};
use terms::TimePeriod;

use crate::Office;

pub use regime::{Frequency, Openness, Regime, RegimeCode, RegimeError, Statement};

/// Which report: of whom, by which regime, on which period.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReportKey {
    /// By which regime.
    pub regime: RegimeCode,
    /// On which period.
    pub period: TimePeriod,
    /// Of whom.
    pub office: Office,
}

/// What supports a value of a report, or the whole report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A file whose bytes are kept.
    File {
        /// Its name.
        name: String,
        /// The address of its bytes.
        sha256: terms::Sha256,
    },
    /// A page elsewhere.
    Link {
        /// Its address.
        url: String,
    },
}
