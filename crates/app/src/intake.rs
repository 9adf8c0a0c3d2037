//! Documents come in: bytes are kept, text and figures are read, all in one entry.

use documents::{DocumentText, Limits};
use plan::{Act, Block, Document, DocumentId};
use store::Writing;
use terms::{Date, Diagnostic, Language, Place, RefArea};

use crate::policy::Action;
use crate::register::Lists;
use crate::review::{Added, NewDocument};
use crate::{Actor, App, Error};

/// A document that was read and waits to be recorded.
pub(crate) struct Read {
    bytes: Vec<u8>,
    text: String,
    /// All but the addresses.
    document: Document,
    figures: Vec<plan::FoundFigure>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl App {
    /// Adds a document, with the figures that are found in it. Bytes that are there already are not added again.
    ///
    /// # Errors
    /// [`Error::Invalid`] says why it cannot be read; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn add_document(&self, actor: &Actor, new: NewDocument) -> Result<Added, Error> {
        actor.require(Action::AddDocument)?;
        let lists = self.lists();
        // Reading takes long for large files: not on the thread that serves pages.
        let read = tokio::task::spawn_blocking(move || read(&lists, new))
            .await
            .map_err(|_| Error::Machine("reading a document"))??;
        let mut writing = self.writing().await?;
        let diagnostics = read.diagnostics.clone();
        let (document, known, figures) = record(self, actor, &mut writing, read).await?;
        self.commit(writing).await?;
        Ok(Added {
            document,
            known,
            figures,
            diagnostics,
        })
    }
}

/// Records a document that was read, unless its bytes are there: answers with its number, whether it was there, and how
/// many figures it has.
pub(crate) async fn record(
    app: &App,
    actor: &Actor,
    writing: &mut Writing,
    read: Read,
) -> Result<(DocumentId, bool, usize), Error> {
    let Read {
        bytes,
        text,
        mut document,
        figures,
        ..
    } = read;
    document.sha256 = writing.keep_bytes(&bytes).await?;
    if let Some(stored) = writing.document_by_address(document.sha256).await? {
        return Ok((stored.id, true, stored.counts.figures));
    }
    document.text_sha256 = writing.keep_bytes(text.as_bytes()).await?;
    let found = figures.len();
    let act = Act::DocumentAdded { document, figures };
    let entry = writing
        .record(&actor.author(Action::AddDocument, None), app.now(), &act)
        .await?;
    Ok((DocumentId(entry), false, found))
}

/// Reads bytes to text and figures. What the person says of the document goes before what the file says.
pub(crate) fn read(lists: &Lists, new: NewDocument) -> Result<Read, Error> {
    let (text, diagnostics) = documents::read(&new.name, &new.bytes, &Limits::STANDARD)
        .map_err(|error| Error::Invalid(vec![*error.diagnostic]))?;
    let header = text.header.as_ref();
    let at = |column: &str| Place::file(&new.name).column(column);
    let date = match (new.date, header.and_then(|header| header.date.as_deref())) {
        (Some(date), _) => Some(date),
        (None, written) => written.and_then(|written| written.parse::<Date>().ok()),
    };
    let place = match new.place.trim() {
        "" => header.and_then(|header| header.place.clone()).map(RefArea::new),
        place => Some(RefArea::new(place)),
    };
    if let Some(place) = &place
        && lists.reference.unit(place).is_none()
        && !new.place.trim().is_empty()
    {
        return Err(Error::Invalid(vec![
            Diagnostic::error("unknown-place", at("place"))
                .with("found", place)
                .with("expected", "VN-11, VN-11-03158"),
        ]));
    }
    let place = place.filter(|place| lists.reference.unit(place).is_some());
    let title = match new.title.trim() {
        "" => text.title.clone().unwrap_or_default(),
        title => title.to_owned(),
    };
    let language = new.language.unwrap_or_else(|| language_of(&text.text));
    let figures = lists.figures(&figures::Text {
        text: &text.text,
        date,
        place: place.clone(),
        language: Some(language),
        title: Some(&title),
    })?;
    let wrong: Vec<Diagnostic> = figures
        .iter()
        .filter_map(|figure| figure.misplaced(&text.text))
        .collect();
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let document = Document {
        sha256: terms::Sha256([0; 32]),
        size_bytes: new.bytes.len() as u64,
        text_sha256: terms::Sha256([0; 32]),
        blocks: blocks(&text),
        name: new.name,
        format: text.format.code().to_owned(),
        title,
        publisher: new.publisher.trim().to_owned(),
        date,
        place,
        language,
        url: Some(new.url.trim().to_owned()).filter(|url| !url.is_empty()),
    };
    Ok(Read {
        bytes: new.bytes,
        text: text.text,
        document,
        figures,
        diagnostics,
    })
}

/// The blocks as the register keeps them.
fn blocks(text: &DocumentText) -> Vec<Block> {
    let kept = text.blocks.iter().map(|block| Block {
        kind: block.kind,
        span: (block.span.start, block.span.end),
        anchor: block.anchor.clone(),
    });
    kept.collect()
}

/// Vietnamese where letters stand that English does not have, at least one in eight; else English.
fn language_of(text: &str) -> Language {
    let (mut letters, mut vietnamese) = (0_usize, 0_usize);
    for letter in text
        .chars()
        .take(20_000)
        .filter(|letter| letter.is_alphabetic() || !letter.is_ascii())
    {
        letters += 1;
        let own = matches!(
            letter,
            'ă' | 'â' | 'đ' | 'ê' | 'ô' | 'ơ' | 'ư' | 'Đ' | '\u{0300}'..='\u{0323}'
        ) || ('\u{1ea0}'..='\u{1ef9}').contains(&letter);
        vietnamese += usize::from(own);
    }
    if letters <= vietnamese * 8 {
        Language::Vi
    } else {
        Language::En
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_told_by_letters() {
        assert_eq!(language_of("Tỷ lệ hộ nghèo giảm còn 17,78%"), Language::Vi);
        assert_eq!(
            language_of("The poverty rate of Điện Biên fell to 17.78 per cent last year"),
            Language::En
        );
    }
}
