//! A paper in the register: its bytes by their address, its text, and the figures that were found in it.

use std::fmt;
use std::str::FromStr;

use terms::kind::UnknownCode;
use terms::{Bound, Date, Decimal, IndicatorCode, Kind, Language, Measure, RefArea, Sha256, TimePeriod};
use terms::{Diagnostic, Place, UnitMeasure};

/// A document as it came in. Bytes and text are kept elsewhere, by their addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The address of the bytes.
    pub sha256: Sha256,
    /// How many bytes.
    pub size_bytes: u64,
    /// The address of the decoded text (UTF-8).
    pub text_sha256: Sha256,
    /// What the parts of the text are, in order, without overlap.
    pub blocks: Vec<Block>,
    /// The file's name as it came.
    pub name: String,
    /// `txt`, `html`, `docx`, `pdf`, `xlsx`.
    pub format: String,
    /// Its title; empty where it has none.
    pub title: String,
    /// Who published it; empty where nobody says.
    pub publisher: String,
    /// Its day.
    pub date: Option<Date>,
    /// The place that it speaks of where it names none.
    pub place: Option<RefArea>,
    /// The language of its text.
    pub language: Language,
    /// Where else it can be found.
    pub url: Option<String>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes from and to in the text.
    pub span: (usize, usize),
    /// Where it stood in the file.
    pub anchor: Anchor,
}

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
    /// A row of a table.
    TableRow,
    /// A note at the foot of a page or the end.
    Footnote,
    /// What a page has besides its article: menus, forms, page numbers.
    Furniture,
    /// A line about another article.
    Teaser,
}

/// Where a part of a text stood in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The line of a plain text, from 1.
    Line(u32),
    /// The paragraph, from 1.
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

/// A number that stands in a text, and what it was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundFigure {
    /// Bytes from and to of the number in the text.
    pub span: (usize, usize),
    /// Bytes from and to of the sentence in the text.
    pub quote: (usize, usize),
    /// What it was taken for.
    pub candidate: Candidate,
}

/// The fields of a figure, before anybody vouches for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The number in base units.
    pub value: Decimal,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// The unit.
    pub unit: UnitMeasure,
    /// How the text limits it.
    pub bound: Bound,
    /// Which aspect of the indicator.
    pub measure: Measure,
    /// Of what.
    pub indicator: Option<IndicatorCode>,
    /// Of when.
    pub period: Option<TimePeriod>,
    /// Of whom.
    pub place: Option<RefArea>,
    /// Result, estimate, target, request, other.
    pub kind: Kind,
}

impl FoundFigure {
    /// What is wrong with the places: both must lie in the text on character boundaries, the number within the quote.
    ///
    /// The diagnostic is `figure-outside-text`; none where all is well.
    pub fn misplaced(&self, text: &str) -> Option<Diagnostic> {
        let ((from, to), (quote_from, quote_to)) = (self.span, self.quote);
        let ordered = quote_from <= from && from < to && to <= quote_to && quote_to <= text.len();
        let whole = [from, to, quote_from, quote_to]
            .into_iter()
            .all(|at| text.is_char_boundary(at));
        if ordered && whole {
            None
        } else {
            let place = Place {
                span: Some(self.span),
                ..Place::default()
            };
            Some(Diagnostic::error("figure-outside-text", place).with("length", text.len()))
        }
    }
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

    #[test]
    fn a_figure_must_lie_in_its_quote_and_on_whole_characters() {
        let text = "giảm xuống 17,66% năm nay";
        let figure = |span, quote| FoundFigure {
            span,
            quote,
            candidate: Candidate {
                value: Decimal::new(1766, 2),
                upper: None,
                unit: UnitMeasure::PERCENT,
                bound: Bound::Eq,
                measure: Measure::Level,
                indicator: None,
                period: None,
                place: None,
                kind: Kind::Actual,
            },
        };
        let at = text.find("17").unwrap();
        assert_eq!(figure((at, at + 6), (0, text.len())).misplaced(text), None);
        for (span, quote) in [
            ((at, at + 6), (at + 1, text.len())),
            ((at, at), (0, text.len())),
            ((at, 99), (0, 99)),
            ((3, at), (0, text.len())),
        ] {
            assert!(
                figure(span, quote).misplaced(text).is_some(),
                "{span:?} {quote:?}"
            );
        }
    }
}
