//! Where a value comes from.

use terms::{Date, Sha256};

/// The paper, and the place in it, that states a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document in the register, where its bytes are kept.
    pub document: Option<Sha256>,
    /// Bytes from and to of the number in the document's text.
    pub span: Option<(usize, usize)>,
    /// The sentence, exactly as it stands.
    pub quote: String,
    /// Title of the document or publication.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The day of the document.
    pub date: Option<Date>,
    /// Where it can be found, if anywhere.
    pub url: Option<String>,
}
