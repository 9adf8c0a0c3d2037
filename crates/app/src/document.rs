//! The documents: the list, and one with its text, its figures and what was decided about each.

pub use plan::{Anchor, Block, BlockKind, Candidate};
use plan::{DocumentId, FigureId, ObservationId, TargetId};
use terms::{Date, Language, Sha256};

use crate::view::{ActView, IndicatorName, UnitName};

/// A document as the list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRow {
    /// Its number, the last part of its page's address.
    pub document: DocumentId,
    /// Its title, or its file name where it has none.
    pub title: String,
    /// The file's name as it came.
    pub name: String,
    /// Who published it.
    pub publisher: String,
    /// Its day.
    pub date: Option<Date>,
    /// The place that it speaks of where it names none.
    pub place: Option<UnitName>,
    /// The language of its text.
    pub language: Language,
    /// `txt`, `html`, `docx`, `pdf`, `xlsx`.
    pub format: String,
    /// How many figures were found or marked by hand.
    pub figures: usize,
    /// How many of them wait for a person.
    pub waiting: usize,
}

/// A document's page.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentView {
    /// What the list shows of it.
    pub row: DocumentRow,
    /// Where else it can be found.
    pub url: Option<String>,
    /// The address of its bytes.
    pub sha256: Sha256,
    /// How many bytes.
    pub bytes: u64,
    /// When and by whom it was added.
    pub added: ActView,
    /// The text, as decoded; escape it wherever it is shown.
    pub text: String,
    /// Its parts, in order, without overlap.
    pub blocks: Vec<Block>,
    /// Its figures, in the order of the text.
    pub figures: Vec<FigureView>,
}

/// A figure in a document: what the reader made of it, and what a person decided.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureView {
    /// Which.
    pub figure: FigureId,
    /// Bytes from and to of the number in the text.
    pub span: (usize, usize),
    /// Bytes from and to of the sentence in the text.
    pub quote: (usize, usize),
    /// The number as written.
    pub surface: String,
    /// What the reader made of it; for a figure marked by hand, what the person made of it.
    pub candidate: Candidate,
    /// The indicator's name, where the candidate has one.
    pub indicator: Option<IndicatorName>,
    /// The place's name, where the candidate has one.
    pub place: Option<UnitName>,
    /// What was decided, and what it became.
    pub review: ReviewState,
    /// Every act on it, oldest first.
    pub history: Vec<ActView>,
    /// Other figures, of any document, that seem to tell the same: offered for merging.
    pub same_as: Vec<FigureId>,
}

/// What a person decided about a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum ReviewState {
    /// Nothing yet.
    Waiting,
    /// It is this observation.
    Observation(ObservationId),
    /// It is this target.
    Target(TargetId),
    /// It tells what this other figure tells.
    Merged(FigureId),
    /// It is no value of the register.
    Rejected,
}
