//! What a person gave us and we could not use, with the place and the way out.
//!
//! A diagnostic carries a code and data, never a sentence: the Vietnamese and English text come from the message files
//! (message `diagnostic-CODE`, with the data as its arguments; the way out is `diagnostic-CODE-help`).

use std::fmt;

/// How much a diagnostic stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; everything was used.
    Info,
    /// Something was left out or read in one of several ways.
    Warning,
    /// Nothing was recorded.
    Error,
}

/// Where in what a person gave us.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file's name as the person gave it.
    pub file: Option<String>,
    /// The page of a PDF, from 1.
    pub page: Option<u32>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line of a text or the row of a table, from 1, its heading included.
    pub row: Option<u32>,
    /// The column's heading, or its letter.
    pub column: Option<String>,
    /// Bytes from and to, in the decoded text.
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// A whole file.
    pub fn file(name: impl Into<String>) -> Self {
        Self {
            file: Some(name.into()),
            ..Self::default()
        }
    }

    /// The same place, at a row (from 1).
    #[must_use]
    pub fn row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// The same place, at a column.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// The same place, at a page (from 1).
    #[must_use]
    pub fn page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }
}

impl fmt::Display for Place {
    /// `file.xlsx, sheet “Biểu 1”, row 7, column “period”`: for logs; people read the message files' wording.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.file.clone());
        parts.extend(self.page.map(|page| format!("page {page}")));
        parts.extend(self.sheet.as_ref().map(|sheet| format!("sheet “{sheet}”")));
        parts.extend(self.row.map(|row| format!("row {row}")));
        parts.extend(self.column.as_ref().map(|column| format!("column “{column}”")));
        f.write_str(&parts.join(", "))
    }
}

/// One thing that could not be used, or was used with a doubt.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Stable, kebab-case: `pdf-encrypted`, `unknown-indicator`, `no-such-date`.
    pub code: &'static str,
    /// How much it stands in the way.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What the message needs to be exact: found, expected, limit, …
    pub data: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// An error with this code at this place.
    pub fn error(code: &'static str, place: Place) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place,
            data: Vec::new(),
        }
    }

    /// A warning with this code at this place.
    pub fn warning(code: &'static str, place: Place) -> Self {
        Self {
            code,
            severity: Severity::Warning,
            place,
            data: Vec::new(),
        }
    }

    /// A note with this code at this place.
    pub fn info(code: &'static str, place: Place) -> Self {
        Self {
            code,
            severity: Severity::Info,
            place,
            data: Vec::new(),
        }
    }

    /// The same diagnostic, with one more piece of data for its message.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl fmt::Display) -> Self {
        self.data.push((key, value.to_string()));
        self
    }
}
