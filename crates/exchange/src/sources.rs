//! The list `sources.csv` beside a folder of documents: what each file is.

use terms::{Date, Diagnostic, Language, Place, RefArea};

use crate::row::Cells;
use crate::table::Table;

/// What the list says of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The row.
    pub at: Place,
    /// The file's name, with or without its extension.
    pub name: String,
    /// Its day.
    pub date: Option<Date>,
    /// The place that it speaks of.
    pub place: Option<RefArea>,
    /// Its language.
    pub language: Option<Language>,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where else it can be found.
    pub url: Option<String>,
}

impl SourceRow {
    /// Whether this row speaks of a file.
    pub fn is_of(&self, file: &str) -> bool {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        self.name == file || self.name == stem
    }
}

/// Reads the list. Columns: `name`, `date`, `place`, `language`, `title`, `publisher`, and `url`, which may be left out.
pub fn read_sources(table: &Table) -> (Vec<SourceRow>, Vec<Diagnostic>) {
    let mut diagnostics = table.missing_headings(&["name"]);
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let Some(name) = cells.required("name") else {
            continue;
        };
        let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let place = cells.text("place");
        rows.push(SourceRow {
            at: cells.place(),
            name: name.to_owned(),
            date: cells.optional("date", "not-a-date", "2025-07-27"),
            place: (!place.is_empty()).then(|| RefArea::new(place)),
            language: cells.optional("language", "unknown-code", "vi, en"),
            title: cells.text("title").to_owned(),
            publisher: cells.text("publisher").to_owned(),
            url: optional(cells.text("url")),
        });
    }
    (rows, diagnostics)
}
