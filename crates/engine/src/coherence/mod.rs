//! Can all targets hold at once?
//!
//! Indicators are tied by identities (GRDP per head × population = GRDP at current prices). Given what is claimed of them
//! (targets, results, assumptions, each a range by the table of [`crate::meaning`]), [`examine()`] says what is certain:
//! a point on which all hold, or smallest sets of targets that cannot, each with a chain of steps to follow by hand; what
//! must be true of every quantity; what would mend it. Where neither is shown within the limits it says «undecided».
//!
//! In reading order: [`claim`] is what is stated, [`formula`] the little language of identities, [`identity`] makes
//! relations from them, [`system`] narrows ranges and loses no solution, [`witness`] finds a point and checks it exactly,
//! [`search`] decides and finds the conflicts, [`chain`] tells how, [`mod@examine`] puts it together.

pub mod chain;
pub mod claim;
pub mod examine;
pub mod formula;
pub mod identity;
pub mod search;
pub mod system;
pub mod witness;

pub use chain::{Chain, Step, Token};
pub use claim::{Aspect, Basis, Claim, ClaimSet, Quantity, Role};
pub use examine::{Answer, Conflict, Implied, Mend, Reading, Verdict, examine};
pub use identity::{Identity, Model, Natural, changes_of, read_identities, units_within};
pub use search::Limits;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_changes;
