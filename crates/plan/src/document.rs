//! A paper in the register: its bytes by their address, its text, and the figures that were found in it.

use terms::{
    Anchor, BlockKind, Bound, Date, Decimal, IndicatorCode, Kind, Language, Measure, RefArea, Sha256,
    TimePeriod,
};
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

#[cfg(test)]
mod tests {
    use super::*;

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
