//! About the data: what the register holds, where it comes from, and how far its record can be checked.

use terms::Date;

use crate::view::ActView;

/// What the register holds.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Documents.
    pub documents: usize,
    /// Figures found or marked.
    pub figures: usize,
    /// Figures that wait for a person.
    pub waiting: usize,
    /// Observations that hold.
    pub observations: usize,
    /// Targets that hold.
    pub targets: usize,
    /// Indicators of the catalogue.
    pub indicators: usize,
    /// Units valid today.
    pub units: usize,
    /// Publishers of the documents and sources, with how many values come from each.
    pub publishers: Vec<(String, usize)>,
    /// First and last day of the documents.
    pub span: Option<(Date, Date)>,
    /// How many entries the record has.
    pub entries: u64,
    /// The hash of the last entry, 64 hexadecimal digits.
    pub head_hash: String,
    /// The latest acts, newest first.
    pub latest: Vec<ActView>,
}
