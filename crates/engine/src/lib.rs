//! What follows from the register: numbers in, numbers out.
//!
//! Nothing here reads a file, a clock or a language: dates, catalogues and values come in as arguments, and the same
//! arguments give the same answer, bit for bit. Reported values are exact decimals or scaled integers all the way up;
//! `f64` lives in compound rates (in one fixed order), `coherence` and `forecast`.
//!
//! In reading order: [`series`] takes the best edition of each value, [`formula`] makes indicators from others, [`period`]
//! says what may be compared, [`rebase`] brings figures into other borders, [`mod@explain`] tells how a number
//! came about, with [`over_time`] for periods made of shorter ones; [`rollup`] keeps what all of that comes to. [`pursuit`] is one target and what is known of
//! the way to it, [`path`] what is expected on each day, [`season`] how years go from month to month, [`mod@attainment`] how much has been reached, [`pace`] how fast,
//! [`status`] what to call it, [`forecast`] what is likely to come. [`cascade`] hands targets down, [`ranking`] tells places
//! among equals. [`cube`] computes totals, attainment and ranks of all units at once.

pub mod attainment;
pub mod cascade;
pub mod cube;
mod error;
mod exact;
pub mod explain;
pub mod forecast;
pub mod formula;
pub mod outlier;
pub mod over_time;
pub mod pace;
pub mod path;
pub mod period;
pub mod pursuit;
pub mod ranking;
pub mod rebase;
pub mod rollup;
pub mod season;
pub mod series;
pub mod status;

pub use attainment::{Attainment, attainment};
pub use error::Error;
pub use exact::years_between;
pub use pace::Pace;
pub use pursuit::{Aim, Course, Outcome, Pursuit, Side};
pub use status::{Progress, SdgClass, Status, progress};

pub mod interval;

pub use interval::Interval;
pub mod coherence;
pub mod consistency;
pub mod meaning;
