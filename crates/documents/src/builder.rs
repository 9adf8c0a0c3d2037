//! Builds the running text of a document whose file is not text itself: blocks, parted by blank lines.

use std::ops::Range;

use crate::txt::tcvn3;
use crate::{Anchor, Block, BlockKind, DocumentText, Format};

/// Text and blocks so far.
#[derive(Default)]
pub(crate) struct Builder {
    text: String,
    blocks: Vec<Block>,
    paragraphs: u32,
}

impl Builder {
    /// Adds a block, whitespace trimmed and runs of spaces joined; nothing where no character is left.
    ///
    /// Without an anchor it is the next paragraph.
    pub(crate) fn push(&mut self, kind: BlockKind, content: &str, anchor: Option<Anchor>) {
        let content = tidy(content);
        let content = tcvn3::of_font(&content).unwrap_or(content);
        if !content.is_empty() {
            let start = self.part(kind);
            self.text.push_str(&content);
            self.end(kind, start, anchor);
        }
    }

    /// Adds a row of a table: cells parted by ` | `, an empty one by `|` alone. A row without any content is left out.
    ///
    /// Gives the bytes from and to of each cell; nothing where the row was left out.
    pub(crate) fn push_row<S: AsRef<str>>(
        &mut self,
        kind: BlockKind,
        cells: &[S],
        anchor: Option<Anchor>,
    ) -> Vec<Range<usize>> {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| tidy(cell.as_ref()).replace('\n', " "))
            .collect();
        // One cell has too few words to tell an old font by; the row has more.
        let old_font = tcvn3::of_font(&cells.join(" ")).is_some();
        if cells.iter().all(String::is_empty) {
            return Vec::new();
        }
        let start = self.part(kind);
        let mut spans = Vec::with_capacity(cells.len());
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                self.text
                    .push_str(if self.text.len() == start { "|" } else { " |" });
            }
            if number > 0 && !cell.is_empty() {
                self.text.push(' ');
            }
            let from = self.text.len();
            if old_font {
                self.text.push_str(&tcvn3::of_bytes(cell));
            } else {
                self.text.push_str(cell);
            }
            spans.push(from..self.text.len());
        }
        self.end(kind, start, anchor);
        spans
    }

    /// Says where the cells of the last block stand: bytes in the text, column letters.
    pub(crate) fn place_cells(&mut self, cells: Vec<(Range<usize>, String)>) {
        if let Some(row) = self.blocks.last_mut() {
            row.cells = cells;
        }
    }

    /// Whether nothing has been added.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The document.
    pub(crate) fn finish(mut self, format: Format, title: Option<String>) -> DocumentText {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        DocumentText {
            text: self.text,
            blocks: self.blocks,
            title: title.map(|title| tidy(&title)).filter(|title| !title.is_empty()),
            header: None,
            format,
        }
    }

    /// Parts the coming block from the last one: rows and items stand close, the rest apart.
    fn part(&mut self, kind: BlockKind) -> usize {
        if let Some(last) = self.blocks.last() {
            let table = |kind| matches!(kind, BlockKind::TableRow | BlockKind::TableHeader);
            let close = table(kind) && table(last.kind) || kind == BlockKind::ListItem && last.kind == kind;
            self.text.push_str(if close { "\n" } else { "\n\n" });
        }
        self.text.len()
    }

    fn end(&mut self, kind: BlockKind, start: usize, anchor: Option<Anchor>) {
        self.paragraphs += 1;
        self.blocks.push(Block {
            kind,
            span: start..self.text.len(),
            anchor: anchor.unwrap_or(Anchor::Paragraph(self.paragraphs)),
            cells: Vec::new(),
        });
    }
}

/// Joins runs of spaces and tabs, trims every line, and drops blank lines. A no-break space stays: it may group digits.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']) {
        let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty()).peekable();
        if words.peek().is_some_and(|word| words_left(word)) && !tidy.is_empty() {
            tidy.push('\n');
        }
        let mut first = true;
        for word in words {
            if !first {
                tidy.push(' ');
            }
            // Soft hyphens and zero-width spaces only say where a line may break.
            tidy.extend(
                word.chars()
                    .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{0}')),
            );
            first = false;
        }
    }
    tidy.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .to_owned()
}

/// Whether a word is more than characters that [`tidy`] drops.
fn words_left(word: &str) -> bool {
    word.chars()
        .any(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{0}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_joined_and_digits_stay_grouped() {
        assert_eq!(
            tidy("  17\u{a0}970 \t tỷ\n\n   đồng\u{200b} "),
            "17\u{a0}970 tỷ\nđồng"
        );
    }

    #[test]
    fn an_empty_cell_leaves_its_bar() {
        let mut builder = Builder::default();
        builder.push_row(BlockKind::TableRow, &["1", "", "", " +8,79"], None);
        let spans = builder.push_row(BlockKind::TableRow, &["", "56", ""], None);
        assert_eq!(spans.len(), 3);
        assert_eq!(builder.push_row(BlockKind::TableRow, &["", " "], None), []);
        let document = builder.finish(Format::Docx, None);
        assert_eq!(document.text, "1 | | | +8,79\n| 56 |\n");
        assert_eq!(&document.text[document.blocks[1].span.clone()], "| 56 |");
    }

    #[test]
    fn spans_hold_their_cells() {
        let mut builder = Builder::default();
        builder.push(BlockKind::Paragraph, "Biểu 1", None);
        let spans = builder.push_row(BlockKind::TableRow, &["GRDP", "", "17.970"], None);
        let text = builder.finish(Format::Docx, None).text;
        let cells: Vec<&str> = spans.into_iter().map(|span| &text[span]).collect();
        assert_eq!(cells, ["GRDP", "", "17.970"]);
    }
}
