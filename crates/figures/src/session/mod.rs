//! One document from its first line to its last.

mod figure;
mod header;
mod language;
mod line;
mod place;
mod scan;

use crate::item::{Item, Words};
use crate::meaning::{Around, Context, HOME, Line, Meaning};
use crate::number::{Notation, Number};
use crate::period::{Anchor, Named};
use crate::quote::Quotes;
use crate::table::{Table, is_row};
use crate::token::{Token, tokenize};
use crate::{Figure, Reader, Text};
use terms::{Language, TimePeriod};

use figure::figure;
use header::header;
use language::{guess_language, has_marks};

/// Buffers of one document, used again for the next.
#[derive(Debug, Default)]
pub(crate) struct Room {
    tokens: Vec<Token>,
    raw: Vec<Item>,
    /// Where in `raw` something may be joined or read.
    stops: Vec<u32>,
    /// The marks of all items together.
    marks: u64,
    items: Vec<Item>,
    numbers: Vec<Number>,
    periods: Vec<Named>,
    quotes: Quotes,
}

/// The reading of one document.
pub(crate) struct Session<'a> {
    reader: &'a Reader,
    text: &'a Text<'a>,
    words: Words<'a>,
    notation: Notation,
    anchor: Anchor,
    context: Context,
    table: Table,
    /// The code of the document's province, for telling namesakes apart.
    province: Option<&'a str>,
    lines_seen: u32,
    /// What a figure is of where nothing else is named: the document's place, or a region in its heading.
    home: u16,
    /// Something was read since the paragraph began.
    read_on: bool,
    /// The line before ended with a colon, or was a heading: its paragraph goes on.
    open: bool,
    figures: &'a mut Vec<Figure>,
}

impl<'a> Session<'a> {
    pub(crate) fn new(reader: &'a Reader, text: &'a Text<'a>, figures: &'a mut Vec<Figure>) -> Self {
        let language = text.language.unwrap_or_else(|| guess_language(text.text));
        let lexicon = match language {
            Language::En => &reader.en,
            Language::Vi if has_marks(text.text) => &reader.vi,
            Language::Vi => &reader.plain,
        };
        let notation = match language {
            Language::En => Notation::Point,
            Language::Vi => Notation::Comma,
        };
        Self {
            reader,
            text,
            words: Words {
                lexicon,
                text: text.text,
            },
            notation,
            anchor: Anchor {
                date: text.date,
                ..Anchor::default()
            },
            table: Table::default(),
            context: Context {
                place: Some(HOME),
                ..Context::default()
            },
            province: text.place.as_ref().and_then(|place| place.as_str().get(..5)),
            lines_seen: 0,
            home: HOME,
            open: false,
            read_on: false,
            figures,
        }
    }

    pub(crate) fn run(mut self, room: &mut Room) {
        let text = self.text.text;
        let body = header(text);
        room.quotes.start(text, body);
        // A text that begins with its own heading says its title there.
        if let Some(title) = self.text.title.filter(|_| body == 0) {
            self.heading(title, 0, title.len(), room);
        }
        if body > 0 {
            self.heading(text, 0, body, room);
        }
        let mut start = body;
        while start < text.len() && start < u32::MAX as usize {
            let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
            self.line(start, end, room);
            start = end + 1;
        }
        room.quotes.settle(text, self.figures);
    }

    fn line(&mut self, start: usize, end: usize, room: &mut Room) {
        let text = self.text.text;
        let own = text[start..end].trim();
        if own.is_empty() {
            if !self.open {
                self.paragraph();
            }
            return;
        }
        self.lines_seen += 1;
        self.tokenize(start, end, room);
        let long = self.lines_seen > 8 && end - start > 160;
        if long && !self.may_count(&text[start..end], &room.tokens) {
            if !self.open {
                self.paragraph();
            }
            self.open = false;
            return;
        }
        room.quotes.note(&room.tokens, text.len());
        let row = is_row(own);
        self.scan(row, room);
        if room.items.is_empty() {
            return;
        }
        if row {
            self.read_row(room);
            return;
        }
        self.table.end();
        self.read_line(room, own, end - start);
    }

    /// Reads the tokens of a line.
    fn tokenize(&self, start: usize, end: usize, room: &mut Room) {
        let lexicon = self.words.lexicon;
        tokenize(
            &self.reader.folding,
            lexicon.marks,
            &lexicon.stops,
            self.words.text,
            start,
            end,
            &mut room.tokens,
        );
    }

    /// Whether a line has a digit or a number word: without one, it has no figure.
    fn may_count(&self, line: &str, tokens: &[Token]) -> bool {
        let lexicon = self.words.lexicon;
        has_digit(line.as_bytes()) || tokens.iter().any(|token| lexicon.is_number_word(token.key))
    }

    /// The figures of a table's row.
    fn read_row(&mut self, room: &Room) {
        let line = line_of(self.reader, self.words, room);
        let (reader, text, figures) = (self.reader, self.text, &mut *self.figures);
        let found = |around: Around, number: &Number, meaning: &Meaning| {
            figures.extend(figure(reader, text, line, around, number, meaning));
        };
        self.table.row(line, &mut self.context, &self.anchor, found);
    }

    /// A new paragraph forgets what only the one before said.
    fn paragraph(&mut self) {
        // Disbursement is told place by place, of one day.
        let day = self
            .context
            .period
            .filter(|period| self.context.disbursing && matches!(period, TimePeriod::Day(_)))
            .filter(|_| self.anchor.report.is_none());
        self.context.period = day;
        self.context.disbursing |= self.context.on_disbursement;
        self.context.years = None;
        self.context.telling.paragraph();
        // Twice in a row: a blank line, then a line that opens a paragraph by its length.
        if self.read_on {
            if !self.context.persists {
                self.context.place = Some(self.home);
            }
            self.context.persisted = self.context.persists;
            self.context.persists = false;
            self.read_on = false;
        }
        self.context.past_years = false;
    }
}

/// Whether a digit stands among these bytes; 32 at a time, so that the compiler compares them together.
fn has_digit(bytes: &[u8]) -> bool {
    bytes.chunks(32).any(|chunk| {
        chunk
            .iter()
            .fold(false, |found, byte| found | byte.is_ascii_digit())
    })
}

fn line_of<'b>(reader: &'b Reader, words: Words<'b>, room: &'b Room) -> Line<'b> {
    Line {
        words,
        units: &reader.units,
        catalogue: &reader.catalogue,
        items: &room.items,
        numbers: &room.numbers,
        periods: &room.periods,
    }
}
