//! What comes out of a document: one running text, and blocks over it.

use std::ops::Range;

use terms::{Anchor, BlockKind};

use crate::{Format, Header};

/// A document as text.
///
/// `text` holds every character that a reader of the document sees, in reading order. Of a plain text file it is the
/// decoded file itself, newlines untouched, so that offsets into it are offsets into the file. Of the other formats it
/// is built here: blocks parted by an empty line, cells of a table row by ` | `.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentText {
    /// The running text.
    pub text: String,
    /// What each stretch of it is, in order, without overlap; stretches between blocks are blank.
    pub blocks: Vec<Block>,
    /// The title that the file itself carries (HTML `title`, document properties, date line).
    pub title: Option<String>,
    /// The date line, where the text begins with one.
    pub header: Option<Header>,
    /// What kind of file it was.
    pub format: Format,
}

/// One stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes from and to in [`DocumentText::text`].
    pub span: Range<usize>,
    /// Where it stands in the original.
    pub anchor: Anchor,
    /// Of a row of a sheet, each filled cell: bytes from and to in the text, and its column letters. Else empty.
    pub cells: Vec<(Range<usize>, String)>,
}

impl DocumentText {
    /// The block that holds a byte offset.
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.start <= offset);
        self.blocks[..after]
            .last()
            .filter(|block| offset < block.span.end)
    }
}
