//! The words that all crates share.
//!
//! A type lives here when two crates hand it to each other and `docs/glossary.md` names it; this is no drawer for
//! helpers. Nothing here knows text, storage or the clock.
//!
//! In reading order: [`period`] says when, [`area`] says of whom, [`unit`] in what, [`bound`] and [`kind`] how a number
//! is meant, [`ids`] which thing, [`block`] where in a document, [`diagnostic`] what could not be used and what to do about it.

pub mod area;
pub mod block;
pub mod bound;
mod code;
pub mod diagnostic;
pub mod ids;
pub mod kind;
pub mod language;
pub mod period;
pub mod unit;

pub use area::{AreaLevel, RefArea};
pub use block::{Anchor, BlockKind};
pub use bound::Bound;
pub use diagnostic::{Diagnostic, Place, Severity};
pub use ids::{IndicatorCode, Sha256};
pub use jiff::Timestamp;
pub use jiff::civil::Date;
pub use kind::{Kind, Measure};
pub use language::Language;
pub use period::TimePeriod;
pub use rust_decimal::{Decimal, RoundingStrategy};
pub use unit::UnitMeasure;
