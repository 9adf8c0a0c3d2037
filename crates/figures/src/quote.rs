//! The words in which a figure stands: its sentence, widened until it stands once in the text.
//!
//! A quote occurs again only where its digits occur again. So the digit runs of a text are looked at together: those
//! whose surroundings of 8, 24, 64, … bytes are like no other's need a quote that holds those surroundings, and only
//! the rest is looked at with wider ones. The work stays linear in the text, but for the sorting of its digit runs.

use std::ops::Range;

use crate::Figure;
use crate::token::{Shape, Token};

/// How many bytes before the digits must stand in the quote, from narrow to wide.
const WIDTHS: [usize; 6] = [0, 12, 40, 120, 360, 1080];

/// How long a text may be for a clause to be looked for in all of it.
const SEARCHED: usize = 32 * 1024;

/// The occurrences of digit runs in a text, each with the width that tells it from all others.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    /// Start and end of each digit run with its neighbours, in order.
    runs: Vec<(u32, u32)>,
    /// The index into `WIDTHS` that makes the run unique, or `WIDTHS.len()`.
    widths: Vec<u8>,
    /// Runs that no width has told apart yet.
    open: Vec<u32>,
    /// Those runs with the hashes of their surroundings.
    keyed: Vec<(u64, u32)>,
}

fn hash(bytes: &[u8], seed: u64) -> u64 {
    let mut hash = seed ^ 0x9e37_79b9_7f4a_7c15;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
        hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    for byte in chunks.remainder() {
        hash = (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    hash ^ hash >> 29
}

fn snapped_back(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn snapped_on(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}

/// Whether a clause stands in a text more than once.
fn stands_again(text: &str, clause: &str) -> bool {
    let finder = memchr::memmem::Finder::new(clause);
    let first = finder.find(text.as_bytes());
    first.is_some_and(|first| finder.find(&text.as_bytes()[first + 1..]).is_some())
}

/// The start of the word in which `at` stands, not further back than a few words' length.
fn word_start(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let floor = at.saturating_sub(48);
    let mut start = at;
    while start > floor && !matches!(bytes[start - 1], b' ' | b'\n' | b'\t') {
        start -= 1;
    }
    snapped_back(text, start)
}

impl Quotes {
    /// Forgets the document before; `head` is what stands before the first line that is read.
    pub(crate) fn start(&mut self, text: &str, head: usize) {
        self.runs.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < head {
            let start = at;
            while at < head
                && (bytes[at].is_ascii_digit()
                    || (at > start
                        && matches!(bytes[at], b'.' | b',')
                        && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
            {
                at += 1;
            }
            if at > start {
                self.run(start, at, bytes.len());
            } else {
                at += 1;
            }
        }
    }

    /// Takes note of the digit runs of a line.
    pub(crate) fn note(&mut self, tokens: &[Token], length: usize) {
        for token in tokens.iter().filter(|token| token.shape == Shape::Digits) {
            self.run(token.start as usize, token.end as usize, length);
        }
    }

    /// With one byte on either side, so that `5 tấn` is not found inside `45 tấn`.
    fn run(&mut self, start: usize, end: usize, length: usize) {
        self.runs
            .push((start.saturating_sub(1) as u32, (end + 1).min(length) as u32));
    }

    /// What tells each digit run from the others.
    fn index(&mut self, text: &str) {
        self.widths.clear();
        let bytes = text.as_bytes();
        self.widths.resize(self.runs.len(), WIDTHS.len() as u8);
        self.open.clear();
        self.open.extend(0..self.runs.len() as u32);
        for (width, before) in WIDTHS.iter().enumerate() {
            self.keyed.clear();
            self.keyed.extend(self.open.iter().map(|index| {
                let run = self.runs[*index as usize];
                let from = (run.0 as usize).saturating_sub(*before);
                let key = hash(&bytes[from..run.1 as usize], u64::from(run.1 - run.0));
                (key, *index)
            }));
            self.keyed.sort_unstable();
            self.open.clear();
            for alike in self.keyed.chunk_by(|one, other| one.0 == other.0) {
                if let [(_, index)] = alike {
                    self.widths[*index as usize] = width as u8;
                } else {
                    self.open.extend(alike.iter().map(|(_, index)| *index));
                }
            }
            if self.open.is_empty() {
                break;
            }
        }
    }

    /// Gives every figure its quote; `clause` is what was found around it while its line was read.
    pub(crate) fn settle(&mut self, text: &str, figures: &mut [Figure]) {
        if figures.is_empty() {
            return;
        }
        self.index(text);
        let mut run = 0;
        for figure in figures {
            let mut quote: Range<usize> = figure.quote.clone();
            while run < self.runs.len() && (self.runs[run].1 as usize) <= figure.span.start + 1 {
                run += 1;
            }
            let within = self
                .runs
                .get(run)
                .filter(|(start, _)| (*start as usize) < figure.span.end);
            if let Some((start, end)) = within {
                let width = usize::from(self.widths[run]);
                let before = WIDTHS.get(width).copied().unwrap_or(WIDTHS[WIDTHS.len() - 1]);
                let needed = (*start as usize).saturating_sub(before);
                if needed < quote.start {
                    quote.start = word_start(text, snapped_back(text, needed));
                }
                quote.end = quote.end.max(snapped_on(text, *end as usize));
            } else {
                // A number word: its clause, or its line where the clause stands elsewhere too. In a long text the
                // line is taken unasked, so that the work stays linear.
                let clause = &text[quote.clone()];
                let long = text.len() > SEARCHED;
                if long || stands_again(text, clause) {
                    let floor = snapped_back(text, quote.start.saturating_sub(400));
                    let line = text[floor..quote.start]
                        .rfind('\n')
                        .map_or(floor, |at| floor + at + 1);
                    quote.start = line;
                }
            }
            let trimmed = text[quote.clone()].trim_start_matches(['\n', '\r', ' ', '\t']);
            quote.start = (quote.end - trimmed.len()).min(figure.span.start);
            figure.quote = quote;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::reader;
    use crate::{Figure, Text};

    fn read(text: &str) -> Vec<Figure> {
        reader().read(&Text {
            text,
            ..Text::default()
        })
    }

    #[test]
    fn a_quote_holds_its_number_and_stands_once() {
        let text = "Thu ngân sách năm 2024 đạt 1.885 tỷ đồng. Thu ngân sách năm 2025 đạt 1.885 tỷ đồng; có 5 tấn, \
                    sau đó 45 tấn và 5 tấn nữa.";
        let figures = read(text);
        assert_eq!(figures.len(), 5);
        for figure in figures {
            let quote = &text[figure.quote.clone()];
            assert!(figure.quote.start <= figure.span.start && figure.span.end <= figure.quote.end);
            assert_eq!(text.matches(quote).count(), 1, "{quote}");
        }
    }

    #[test]
    fn the_same_sentence_again_and_again_is_quoted_in_linear_time() {
        let text = "GRDP tăng 8,5%. ".repeat(20_000);
        assert_eq!(read(&text).len(), 20_000);
    }
}
