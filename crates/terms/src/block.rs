//! What a part of a document's text is, and where it stood in the file.

use std::fmt;
use std::str::FromStr;

use crate::kind::UnknownCode;

/// What a part of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The date line `# DATE | PLACE | title`.
    DateLine,
    /// A heading, 1 the highest.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A row of a table that names its columns.
    TableHeader,
    /// A row of a table; cells are parted by ` | `.
    TableRow,
    /// A note at the foot of a page or the end.
    Footnote,
    /// What a page has besides its article: menus, forms, page numbers, «You have 500/500 characters left».
    Furniture,
    /// A line about another article.
    Teaser,
}

/// Where a part of a text stood in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The line of a plain text, from 1.
    Line(u32),
    /// The paragraph, from 1, table rows counted too.
    Paragraph(u32),
    /// The page, from 1.
    Page(u32),
    /// The row of a sheet, from 1.
    Row {
        /// The sheet's name.
        sheet: String,
        /// The row, from 1.
        row: u32,
    },
}

impl fmt::Display for BlockKind {
    /// `paragraph`, `heading-2`, …: the stable code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BlockKind::DateLine => f.write_str("date-line"),
            BlockKind::Heading(level) => write!(f, "heading-{level}"),
            BlockKind::Paragraph => f.write_str("paragraph"),
            BlockKind::ListItem => f.write_str("list-item"),
            BlockKind::TableHeader => f.write_str("table-header"),
            BlockKind::TableRow => f.write_str("table-row"),
            BlockKind::Footnote => f.write_str("footnote"),
            BlockKind::Furniture => f.write_str("furniture"),
            BlockKind::Teaser => f.write_str("teaser"),
        }
    }
}

impl FromStr for BlockKind {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownCode {
            list: "block_kind",
            code: text.to_owned(),
        };
        Ok(match text {
            "date-line" => BlockKind::DateLine,
            "paragraph" => BlockKind::Paragraph,
            "list-item" => BlockKind::ListItem,
            "table-header" => BlockKind::TableHeader,
            "table-row" => BlockKind::TableRow,
            "footnote" => BlockKind::Footnote,
            "furniture" => BlockKind::Furniture,
            "teaser" => BlockKind::Teaser,
            _ => {
                let level = text.strip_prefix("heading-").ok_or_else(unknown)?;
                BlockKind::Heading(level.parse().map_err(|_| unknown())?)
            }
        })
    }
}

impl fmt::Display for Anchor {
    /// `line 3`, `paragraph 3`, `page 3`, `row 7 Biểu 1`: the stable form; people read the message files' wording.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Anchor::Line(number) => write!(f, "line {number}"),
            Anchor::Paragraph(number) => write!(f, "paragraph {number}"),
            Anchor::Page(number) => write!(f, "page {number}"),
            Anchor::Row { sheet, row } => write!(f, "row {row} {sheet}"),
        }
    }
}

impl FromStr for Anchor {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownCode {
            list: "anchor",
            code: text.to_owned(),
        };
        let (word, rest) = text.split_once(' ').ok_or_else(unknown)?;
        let number = |digits: &str| digits.parse().map_err(|_| unknown());
        match word {
            "line" => number(rest).map(Anchor::Line),
            "paragraph" => number(rest).map(Anchor::Paragraph),
            "page" => number(rest).map(Anchor::Page),
            "row" => {
                let (row, sheet) = rest.split_once(' ').ok_or_else(unknown)?;
                Ok(Anchor::Row {
                    sheet: sheet.to_owned(),
                    row: number(row)?,
                })
            }
            _ => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_anchors_read_back_as_written() {
        for kind in [
            BlockKind::Heading(3),
            BlockKind::DateLine,
            BlockKind::ListItem,
            BlockKind::Teaser,
        ] {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        let sheet = "Biểu 1 (2)".to_owned();
        for anchor in [
            Anchor::Line(3),
            Anchor::Paragraph(1),
            Anchor::Page(12),
            Anchor::Row { sheet, row: 7 },
        ] {
            assert_eq!(anchor.to_string().parse(), Ok(anchor));
        }
        assert!("heading-x".parse::<BlockKind>().is_err());
        assert!("page".parse::<Anchor>().is_err());
    }
}
