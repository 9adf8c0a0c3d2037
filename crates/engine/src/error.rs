//! What can stand in the way of a computation.

use terms::TimePeriod;

/// Why a number could not be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A result would need more than 28 digits: look for a value that was entered in the wrong unit.
    #[error("a result has more digits than can be kept exactly")]
    TooLarge,
    /// Two results of one series speak of days that both contain: choose one of them.
    #[error("the periods {0} and {1} overlap")]
    Overlap(TimePeriod, TimePeriod),
}
