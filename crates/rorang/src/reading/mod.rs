//! From files to figures: which documents, what is known of each, and what they state.

pub(crate) mod documents_of;
pub(crate) mod sources;
pub(crate) mod table;
pub(crate) mod wire;

use std::path::Path;

use documents::{BlockKind, DocumentText, Limits};
use figures::{Buffers, Figure, Reader, Text};
use terms::{Date, Diagnostic, Language, Place, RefArea};

use crate::reference::{ALIASES, INDICATORS, Places, SUCCESSIONS, UNITS};
use sources::Source;

/// What every document is read with.
pub(crate) struct Desk {
    pub(crate) places: Places,
    reader: Reader,
    buffers: Buffers,
    limits: Limits,
}

/// One document and what it states.
pub(crate) struct Reading {
    pub(crate) name: String,
    pub(crate) document: DocumentText,
    pub(crate) date: Option<Date>,
    pub(crate) place: Option<RefArea>,
    pub(crate) language: Option<Language>,
    pub(crate) title: Option<String>,
    pub(crate) figures: Vec<Figure>,
}

impl Desk {
    /// A desk with the reference data that the program carries.
    ///
    /// # Errors
    /// Where those data are not as they should be.
    pub(crate) fn new() -> anyhow::Result<Self> {
        Ok(Self {
            places: Places::load()?,
            reader: Reader::new(INDICATORS, ALIASES, UNITS)?.with_former_communes(UNITS, SUCCESSIONS)?,
            buffers: Buffers::default(),
            limits: Limits::STANDARD,
        })
    }

    /// Reads one document. What `told` says comes before its date line, and that before `source`.
    ///
    /// # Errors
    /// Diagnostics where it cannot be read, or names a day or place that does not exist.
    pub(crate) fn read(
        &mut self,
        path: &Path,
        name: &str,
        told: &Source,
        source: &Source,
        doubts: &mut Vec<Diagnostic>,
    ) -> Result<Reading, Box<Diagnostic>> {
        let (document, found) = documents::read_file(path, &self.limits).map_err(|error| error.diagnostic)?;
        doubts.extend(found);
        let header = document.header.as_ref();
        let place_of_line = Place::file(path.display().to_string()).row(line_of(&document));
        let mut date = told.date;
        if date.is_none() {
            let written = header.and_then(|header| header.date.as_deref());
            date = match written {
                Some(written) => Some(sources::date(written, &place_of_line)?),
                None => source.date,
            };
        }
        let mut place = told.place.clone();
        if place.is_none() {
            let written = header.and_then(|header| header.place.as_deref());
            place = match written {
                Some(written) => Some(self.places.find(written, &place_of_line)?),
                None => source.place.clone(),
            };
        }
        let title = source.title.clone().or_else(|| document.title.clone());
        let mut figures = Vec::new();
        let text = Text {
            text: &document.text,
            date,
            place: place.clone(),
            language: source.language,
            title: title.as_deref(),
        };
        self.reader.read_into(&text, &mut self.buffers, &mut figures);
        // A menu, a form or a page number states nothing.
        figures.retain(|figure| {
            let block = document.block_at(figure.span.start);
            block.is_none_or(|block| block.kind != BlockKind::Furniture)
        });
        Ok(Reading {
            name: name.to_owned(),
            date,
            place,
            language: source.language,
            title,
            figures,
            document,
        })
    }
}

/// The line, from 1, on which the date line stands.
fn line_of(document: &DocumentText) -> u32 {
    let before = document.header.as_ref().map_or(0, |header| header.span.0);
    let newlines = document.text[..before].matches('\n').count();
    u32::try_from(newlines).unwrap_or(u32::MAX - 1) + 1
}
