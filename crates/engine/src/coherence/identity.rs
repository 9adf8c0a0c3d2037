//! Identities as data, and the relations that they become for the places, years and spans in question.

mod changes;
mod making;
mod model;
mod table;

use terms::{TimePeriod, period::Simple};

use crate::coherence::formula::Formula;

pub use changes::{changes_of, units_within};
pub use model::{Made, Model, Natural};
pub use table::read_identities;

/// Over what an identity is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Once for every year.
    Year,
    /// Once for every span of years that is spoken of.
    Span,
}

/// A tie between indicators, as a row of `data/identities.csv` states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// Its stable name; message `identity-ID` tells it in words.
    pub id: String,
    /// Over what.
    pub over: Over,
    /// Its left side.
    pub left: Formula,
    /// Its right side.
    pub right: Formula,
    /// Whether the left side may also be less.
    pub at_most: bool,
    /// The assumption without which it does not hold.
    pub needs: Option<String>,
    /// Whether it follows from others of the table; it is kept because it narrows better and tells shorter.
    pub derived: bool,
    /// Where it is laid down.
    pub source: String,
}

/// A year, or a span of several.
pub fn span(from: i16, to: i16) -> TimePeriod {
    if from == to {
        TimePeriod::Year(from)
    } else {
        TimePeriod::Span(Simple::Year(from), Simple::Year(to))
    }
}

/// First and last year of a period of whole years.
pub fn years(period: TimePeriod) -> Option<(i16, i16)> {
    match period {
        TimePeriod::Year(year) => Some((year, year)),
        TimePeriod::Span(Simple::Year(from), Simple::Year(to)) => Some((from, to)),
        _ => None,
    }
}

fn years_of_span(period: TimePeriod) -> Option<(i16, i16)> {
    years(period).filter(|(from, to)| from < to)
}
