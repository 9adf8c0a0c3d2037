//! The documents: the list, and one with its text, its figures and what was decided about each.

pub use plan::{Block, Candidate};
use plan::{DocumentId, FactId, FigureId, ObservationId, TargetId};
use store::{FigureState, StoredAct, StoredDocument, StoredFigure};
pub use terms::{Anchor, BlockKind};
use terms::{Date, Language, Sha256};

use crate::policy::Action;
use crate::reference::Reference;
use crate::view::{ActView, IndicatorName, UnitName};
use crate::{Actor, App, Error};

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
    /// How many decisions there were: what [`crate::review::Decision::seen`] must bring back.
    pub decisions: usize,
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

impl App {
    /// All documents, the latest day first. One statement.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn documents(&self, actor: &Actor) -> Result<Vec<DocumentRow>, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let documents = self.reading().await?.documents().await?;
        Ok(documents
            .iter()
            .map(|stored| DocumentRow::of(stored, &lists.reference))
            .collect())
    }

    /// A document's page. Five statements.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`], [`Error::Denied`].
    pub async fn document(&self, actor: &Actor, id: DocumentId) -> Result<DocumentView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let stored = reading
            .document(id)
            .await?
            .ok_or(Error::NotFound { what: "document" })?;
        let text = reading.text(&stored.document).await?;
        let figures = reading.figures(id).await?;
        let alike = reading.figures_alike_in(id).await?;
        let acts = reading.acts_of_document(id).await?;
        let added = acts
            .iter()
            .find(|act| act.entry == id.0)
            .ok_or(Error::NotFound { what: "document" })?;
        Ok(DocumentView {
            row: DocumentRow::of(&stored, &lists.reference),
            url: stored.document.url.clone(),
            sha256: stored.document.sha256,
            bytes: stored.document.size_bytes,
            added: ActView::of(added),
            text,
            figures: figures
                .iter()
                .map(|figure| FigureView::of(figure, &acts, figures.iter().chain(&alike), &lists.reference))
                .collect(),
            blocks: stored.document.blocks,
        })
    }

    /// The bytes of a document as it came, with its file name. Two statements.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`], [`Error::Denied`].
    pub async fn document_bytes(&self, actor: &Actor, id: DocumentId) -> Result<(String, Vec<u8>), Error> {
        actor.require(Action::ReadRegister)?;
        let mut reading = self.reading().await?;
        let missing = || Error::NotFound { what: "document" };
        let stored = reading.document(id).await?.ok_or_else(missing)?;
        let bytes = reading.bytes(stored.document.sha256).await?.ok_or_else(missing)?;
        Ok((stored.document.name, bytes))
    }
}

impl DocumentRow {
    pub(crate) fn of(stored: &StoredDocument, reference: &Reference) -> Self {
        let document = &stored.document;
        let title = if document.title.is_empty() {
            &document.name
        } else {
            &document.title
        };
        Self {
            document: stored.id,
            title: title.clone(),
            name: document.name.clone(),
            publisher: document.publisher.clone(),
            date: document.date,
            place: document.place.as_ref().map(|place| reference.unit_name(place)),
            language: document.language,
            format: document.format.clone(),
            figures: stored.counts.figures,
            waiting: stored.counts.waiting,
        }
    }
}

impl FigureView {
    /// A figure with its acts, and those of `others` that were taken for the same and have the same value.
    pub(crate) fn of<'a>(
        stored: &StoredFigure,
        acts: &[StoredAct],
        others: impl Iterator<Item = &'a StoredFigure>,
        reference: &Reference,
    ) -> Self {
        let candidate = &stored.found.candidate;
        let same = |other: &&StoredFigure| {
            let of = &other.found.candidate;
            other.id != stored.id
                && candidate.indicator.is_some()
                && (&of.indicator, &of.place, of.period, of.measure)
                    == (
                        &candidate.indicator,
                        &candidate.place,
                        candidate.period,
                        candidate.measure,
                    )
                && (of.value, of.upper) == (candidate.value, candidate.upper)
        };
        Self {
            figure: stored.id,
            span: stored.found.span,
            quote: stored.found.quote,
            surface: stored.surface.clone(),
            indicator: candidate
                .indicator
                .as_ref()
                .map(|code| reference.indicator_name(code)),
            place: candidate.place.as_ref().map(|place| reference.unit_name(place)),
            candidate: candidate.clone(),
            review: match stored.state {
                FigureState::Waiting => ReviewState::Waiting,
                FigureState::Is(FactId::Observation(id)) => ReviewState::Observation(id),
                FigureState::Is(FactId::Target(id)) => ReviewState::Target(id),
                FigureState::Merged(with, _) => ReviewState::Merged(with),
                FigureState::Rejected => ReviewState::Rejected,
            },
            decisions: stored.acts,
            history: acts
                .iter()
                .filter(|act| act.figure == Some(stored.id))
                .map(ActView::of)
                .collect(),
            same_as: others.filter(same).map(|other| other.id).collect(),
        }
    }
}
