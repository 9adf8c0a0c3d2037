//! Documents: the list, one, and those that hold some words.

use plan::{Document, DocumentId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::{RefArea, Sha256, Timestamp};

use super::{count, parsed, parsed_optional, time};
use crate::error::OrDamaged;
use crate::record::number;
use crate::wire::decode_blocks;
use crate::{Error, Reading};

/// A document with its life in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDocument {
    /// Its number.
    pub id: DocumentId,
    /// The document.
    pub document: Document,
    /// When it was added.
    pub recorded_at: Timestamp,
    /// What was found in it and what waits.
    pub counts: DocumentCounts,
}

/// How many figures a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentCounts {
    /// Found or marked.
    pub figures: usize,
    /// Waiting for a person.
    pub waiting: usize,
}

macro_rules! select {
    ($blocks:literal, $rest:literal) => {
        concat!(
            "SELECT d.document, d.sha256, d.size_bytes, d.text_sha256, ", $blocks, " AS blocks, d.name, d.format, \
             d.title, d.publisher, d.date, d.place, d.language, d.url, d.recorded_at, \
             (SELECT COUNT(*) FROM figures f WHERE f.document = d.document) AS figures, \
             (SELECT COUNT(*) FROM figures f WHERE f.state = 'waiting' AND f.document = d.document) AS waiting \
             FROM documents d ", $rest
        )
    };
}

impl Reading {
    /// All documents, the latest day first; those without a day last. Their blocks are left out.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn documents(&mut self) -> Result<Vec<StoredDocument>, Error> {
        sqlx::query(select!(
            "'[]'",
            "ORDER BY COALESCE(d.date, '') DESC, d.document DESC"
        ))
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(document)
        .collect()
    }

    /// One document.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn document(&mut self, id: DocumentId) -> Result<Option<StoredDocument>, Error> {
        sqlx::query(select!("d.blocks", "WHERE d.document = $1"))
            .bind(number(id.0)?)
            .fetch_optional(&mut *self.transaction)
            .await?
            .as_ref()
            .map(document)
            .transpose()
    }

    /// The document with these bytes.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn document_by_address(&mut self, sha256: Sha256) -> Result<Option<StoredDocument>, Error> {
        sqlx::query(select!("d.blocks", "WHERE d.sha256 = $1"))
            .bind(sha256.0.as_slice())
            .fetch_optional(&mut *self.transaction)
            .await?
            .as_ref()
            .map(document)
            .transpose()
    }

    /// The text of a document.
    ///
    /// # Errors
    /// [`Error::Failed`]; [`Error::Damaged`] where it is not there or not UTF-8.
    pub async fn text(&mut self, document: &Document) -> Result<String, Error> {
        let bytes = self.bytes(document.text_sha256).await?.or_damaged("text")?;
        String::from_utf8(bytes).or_damaged("text")
    }

    /// Documents whose title or text holds `folded` (bare lower-case letters), the latest day first.
    ///
    /// Walks the texts: O(bytes of all texts).
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn documents_with(&mut self, folded: &str, limit: u32) -> Result<Vec<StoredDocument>, Error> {
        let pattern: String = folded
            .chars()
            .flat_map(|letter| {
                let escape = matches!(letter, '%' | '_' | '\\').then_some('\\');
                escape.into_iter().chain([letter])
            })
            .collect();
        sqlx::query(select!(
            "'[]'",
            "WHERE d.search_text LIKE '%' || $1 || '%' ESCAPE '\\' \
             ORDER BY COALESCE(d.date, '') DESC, d.document DESC LIMIT $2"
        ))
        .bind(pattern)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.transaction)
        .await?
        .iter()
        .map(document)
        .collect()
    }
}

fn document(row: &SqliteRow) -> Result<StoredDocument, Error> {
    let address = |column: &'static str| {
        row.get::<&[u8], _>(column)
            .try_into()
            .map(Sha256)
            .or_damaged(column)
    };
    let blocks = ledger::Value::decode(row.get::<&str, _>("blocks").as_bytes()).or_damaged("blocks")?;
    Ok(StoredDocument {
        id: DocumentId(count(row, "document")?),
        document: Document {
            sha256: address("sha256")?,
            size_bytes: count(row, "size_bytes")?,
            text_sha256: address("text_sha256")?,
            blocks: decode_blocks(&blocks)?,
            name: row.get("name"),
            format: row.get("format"),
            title: row.get("title"),
            publisher: row.get("publisher"),
            date: parsed_optional(row, "date")?,
            place: row.get::<Option<String>, _>("place").map(RefArea::new),
            language: parsed(row, "language")?,
            url: row.get("url"),
        },
        recorded_at: time(row, "recorded_at")?,
        counts: DocumentCounts {
            figures: count(row, "figures")?,
            waiting: count(row, "waiting")?,
        },
    })
}
