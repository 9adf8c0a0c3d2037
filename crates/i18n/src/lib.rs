//! The two languages of texts and pages: messages, numbers, dates, periods, units, sorting.
//!
//! In reading order: [`messages`] finds a message by its key, [`number`] writes exact decimals, [`quantity`] a value with
//! its scale, unit and bound, [`formula`] a formula, [`date`] days and periods, [`sort`] compares and folds names, [`mod@language`] tells which language a title is in, [`explain`] tells a
//! [`terms::Diagnostic`] to a person. Vietnamese comes first everywhere; every key exists in both languages with the
//! same arguments, which a test holds.
//!
//! What this crate prints, `figures` reads back. It knows nothing of HTTP, HTML or storage.

pub mod date;
pub mod explain;
pub mod formula;
pub mod language;
pub mod messages;
pub mod number;
pub mod quantity;
pub mod sort;

pub use explain::{Explanation, explain};
pub use formula::{Written, open_range};
pub use language::language_of;
pub use messages::{Arg, Messages, keys, message};
pub use number::number;
pub use quantity::{amount, quantity, range, short_quantity, unit_name};
