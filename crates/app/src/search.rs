//! One box that finds indicators, units, documents and sentences; with or without tone marks.

use plan::{DocumentId, FigureId};
use terms::Date;

use crate::view::{IndicatorName, UnitName};

/// What was found, best first within each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What was looked for, as given.
    pub text: String,
    /// Indicators whose name, definition or code holds the words.
    pub indicators: Vec<IndicatorName>,
    /// Units whose name holds the words, those that ended too.
    pub units: Vec<UnitName>,
    /// Documents whose title or text holds the words.
    pub documents: Vec<FoundDocument>,
    /// Whether more was found than is listed (50 of each kind).
    pub more: bool,
}

/// A document with the words in it.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDocument {
    /// Which.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its day.
    pub date: Option<Date>,
    /// The sentence with the words, as it stands; empty where only the title has them.
    pub snippet: String,
    /// The first figure in that sentence, if any.
    pub figure: Option<FigureId>,
}
