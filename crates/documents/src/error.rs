//! Why a document could not be read.

use terms::Diagnostic;

/// A document that could not be read at all: the diagnostic for the person, and the cause for the log.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", diagnostic.place, diagnostic.code)]
pub struct Error {
    /// Code, place and data; its message tells the way out.
    pub diagnostic: Box<Diagnostic>,
    /// What the library below said, where one did.
    #[source]
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error that is fully told by its diagnostic.
    pub fn new(diagnostic: impl Into<Box<Diagnostic>>) -> Self {
        Self {
            diagnostic: diagnostic.into(),
            cause: None,
        }
    }

    /// The same error, with what the library below said.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

/// Every code that this crate gives; the message files have each of them and its way out, in both languages.
pub const CODES: &[&str] = &[
    "cell-formula",
    "document-unreadable",
    "docx-damaged",
    "docx-empty",
    "encoding-guessed",
    "file-empty",
    "file-not-found",
    "file-not-permitted",
    "file-too-large",
    "file-unreadable",
    "html-empty",
    "legacy-office",
    "no-resources",
    "not-a-table-file",
    "office-encrypted",
    "pdf-damaged",
    "pdf-encrypted",
    "pdf-page-unreadable",
    "pdf-page-without-text",
    "pdf-scanned",
    "too-many-cells",
    "too-many-pages",
    "sheet-hidden",
    "took-too-long",
    "unknown-encoding",
    "unknown-format",
    "xlsx-damaged",
    "xlsx-empty",
    "zip-bomb",
    "zip-damaged",
];

#[cfg(test)]
mod tests {
    use terms::{Diagnostic, Language, Place};

    #[test]
    fn every_code_is_told_with_its_way_out_in_both_languages() {
        for language in Language::ALL {
            for code in super::CODES {
                let told = i18n::explain(language, &Diagnostic::error(code, Place::default()));
                assert!(
                    !told.message.contains(code),
                    "{language}: diagnostic-{code} is missing"
                );
                assert!(
                    told.help.is_some(),
                    "{language}: diagnostic-{code}-help is missing"
                );
            }
        }
    }
}
