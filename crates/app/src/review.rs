//! The desk: a person accepts, corrects, merges or rejects what was found, and says why.

use plan::{DocumentId, FigureId, ObservationId, TargetId};
use terms::Date;

use crate::document::{DocumentRow, FigureView};

/// What waits for a person, newest documents first.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// Documents with figures that wait.
    pub documents: Vec<DocumentRow>,
    /// How many figures wait in all.
    pub waiting: usize,
    /// How many were decided.
    pub decided: usize,
}

/// A person's decision about one figure.
///
/// The fields of a form come in as text and are read here, so that every wrong one is named at once, with its place
/// (`column` = the field's name) and way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// About which figure.
    pub figure: FigureId,
    /// What the person saw last of the figure's history: its number of acts. Another act in between is a conflict.
    pub seen: usize,
    /// What is decided.
    pub verdict: Verdict,
    /// Why; may be empty for accepting, must not be for the others.
    pub reason: String,
}

/// What is decided about a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As found.
    Accept,
    /// With these fields instead.
    Correct(Box<FieldTexts>),
    /// It tells what this other, accepted figure tells.
    Merge(FigureId),
    /// No value of the register.
    Reject,
}

/// The fields of a figure as a form gives them; an empty one is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldTexts {
    /// `actual`, `estimate` become an observation, `target` a target.
    pub kind: String,
    /// A code of the catalogue.
    pub indicator: String,
    /// A code of a unit.
    pub place: String,
    /// `2025`, `2025-07`, `2021/2025`, …
    pub period: String,
    /// `level`, `growth`, `change`, `share`.
    pub measure: String,
    /// A number, as written in the page's language.
    pub value: String,
    /// The upper end.
    pub upper: String,
    /// `eq`, `gt`, …
    pub bound: String,
    /// `estimate`, `preliminary`, `official`; empty: by the kind.
    pub edition: String,
    /// `current` or `constant`.
    pub price_basis: String,
    /// The base year of constant prices.
    pub base_year: String,
}

/// What came of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The figure as it is now.
    pub figure: FigureView,
    /// The observation that was recorded or joined.
    pub observation: Option<ObservationId>,
    /// The target that was recorded or joined.
    pub target: Option<TargetId>,
    /// The next figure of the document that waits.
    pub next: Option<FigureId>,
}

/// A document that a person hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its title; empty: as the file says.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its day; none: as the file says.
    pub date: Option<Date>,
    /// The place that it speaks of where it names none (a unit's code); empty: as the file says.
    pub place: String,
    /// Where else it can be found.
    pub url: String,
}

/// What came of adding a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The document; the one that was there before where the same bytes came again.
    pub document: DocumentId,
    /// Whether the same bytes were there before; then nothing was recorded.
    pub known: bool,
    /// How many figures were found.
    pub figures: usize,
    /// What the reader could not use.
    pub diagnostics: Vec<terms::Diagnostic>,
}
