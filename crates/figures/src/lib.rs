//! Text to figures, in Vietnamese and English.
//!
//! A *figure* is one number that a text states about the world or about a plan, with what is needed to use it: unit,
//! bound, measure, indicator, period, place and kind, and the words in which it stands. [`Reader::read`] finds them.
//!
//! The reader is a lexicon and rules in one pass, no grammar of the language and no learned model
//! (`docs/decisions/0010`). A line goes through these steps, each a file of its own:
//!
//! 1. `fold`, `token`: letters without case, composition and tone place; words, digit runs, signs.
//! 2. `lexicon`, `item`: the longest phrases that the rule files (`rules/vi.txt`, `rules/en.txt`, the catalogue's
//!    aliases, the names of places) know.
//! 3. `period`, `number`, `place`: what is a date, what is a number of something, what is a label; of whom.
//! 4. `session`, `meaning`: what each number means, from the words of its clause and from what its sentence, paragraph and
//!    document have said before; `bound` and `kind` for how it is limited and told, `catalogue` for the indicators
//!    that a phrase may name, `table` for rows.
//! 5. `quote`: the sentence that shows it, standing once in the text.
//!
//! Nothing here reads a file, a clock or the network: the catalogue, the aliases and the units come in as text, the
//! document's date and place with the document.

#![allow(
    clippy::cast_possible_truncation,
    reason = "offsets are kept in 32 bits: texts are read up to 4 GB, and no index is larger than its text"
)]
#![allow(
    clippy::struct_excessive_bools,
    reason = "signs that stand beside each other, not states of one thing"
)]

mod bound;
mod catalogue;
mod compose;
mod fold;
mod item;
mod kind;
mod lexicon;
mod meaning;
mod number;
mod period;
mod place;
mod quote;
mod session;
mod table;
mod token;

#[cfg(test)]
mod testing;

use std::ops::Range;

use fold::{Folding, Marks};
use lexicon::{Lexicon, Units};
use terms::{Bound, Date, Decimal, IndicatorCode, Kind, Language, Measure, RefArea, TimePeriod, UnitMeasure};

/// A document's text and what is known of it from outside.
#[derive(Debug, Clone, Default)]
pub struct Text<'a> {
    /// The text as it is to be quoted: all offsets are into this. NFC or NFD.
    pub text: &'a str,
    /// The day of the document, by which «last year» is resolved.
    pub date: Option<Date>,
    /// Of whom the document speaks where it names nobody.
    pub place: Option<RefArea>,
    /// Its language; told from the text where not given.
    pub language: Option<Language>,
    /// Its title, where it is not part of the text.
    pub title: Option<&'a str>,
}

/// One number that a document states, with everything needed to use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Bytes of the surface: the number with its scale word and unit, without the comparator.
    pub span: Range<usize>,
    /// Bytes of the shortest clause that a reader needs; stands once in the text wherever the text allows it.
    pub quote: Range<usize>,
    /// The number in base units.
    pub value: Decimal,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// What it is counted or measured in.
    pub unit: UnitMeasure,
    /// How the text limits it.
    pub bound: Bound,
    /// Which aspect of the indicator it gives.
    pub measure: Measure,
    /// What it measures; `None` where no indicator of the catalogue fits.
    pub indicator: Option<IndicatorCode>,
    /// When; `None` where text and date do not settle it.
    pub period: Option<TimePeriod>,
    /// Of whom.
    pub place: Option<RefArea>,
    /// A result, an estimate, a target, a request.
    pub kind: Kind,
}

/// Reference data that a [`Reader`] cannot use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A line of a rule file has an unknown mark or argument.
    #[error("{file}, line {line}: not a rule")]
    Rule {
        /// The rule file.
        file: &'static str,
        /// The line, from 1.
        line: usize,
    },
    /// A table of reference data lacks a column or has a row that does not fit its heading.
    #[error("{table}, line {line}: expected the columns {expected}")]
    Table {
        /// Which table.
        table: &'static str,
        /// The line, from 1.
        line: usize,
        /// The columns that are needed.
        expected: &'static str,
    },
    /// An alias names an indicator that the catalogue does not have.
    #[error("aliases, line {line}: the catalogue has no indicator {code}")]
    UnknownIndicator {
        /// The line, from 1.
        line: usize,
        /// What was named.
        code: String,
    },
}

/// Reads figures out of texts; made once, used for many documents and threads.
#[derive(Debug)]
pub struct Reader {
    folding: Folding,
    units: Units,
    catalogue: catalogue::Catalogue,
    gazetteer: place::Gazetteer,
    vi: Lexicon,
    /// Vietnamese typed without marks.
    plain: Lexicon,
    en: Lexicon,
}

/// Room that reading needs, kept from document to document.
#[derive(Debug, Default)]
pub struct Buffers(session::Room);

impl Reader {
    /// A reader of a catalogue: `indicators` (columns `code`, `unit`), `aliases` (`code,language,alias`) and `units`
    /// (`code,parent,level,name_vi,name_en,type,valid_from,valid_to`), all as CSV text.
    ///
    /// # Errors
    /// [`Error`] with table and line where one of them does not have the form that it should.
    pub fn new(indicators: &str, aliases: &str, units: &str) -> Result<Self, Error> {
        let folding = Folding::new();
        let mut measures = Units::new();
        let mut catalogue = catalogue::Catalogue::new(indicators, &mut measures)?;
        let mut vi = Lexicon::new(&folding, Marks::Kept);
        let mut plain = Lexicon::new(&folding, Marks::Dropped);
        let mut en = Lexicon::new(&folding, Marks::Kept);
        en.english = true;
        for lexicon in [&mut vi, &mut plain] {
            for (file, rules) in [
                ("rules/vi.txt", include_str!("../rules/vi.txt")),
                ("rules/kind_vi.txt", include_str!("../rules/kind_vi.txt")),
            ] {
                lexicon.add_rules(&folding, &mut measures, file, rules)?;
            }
        }
        for (file, rules) in [
            ("rules/en.txt", include_str!("../rules/en.txt")),
            ("rules/kind_en.txt", include_str!("../rules/kind_en.txt")),
        ] {
            en.add_rules(&folding, &mut measures, file, rules)?;
        }
        catalogue.add_aliases(aliases, &folding, [&mut vi, &mut plain], &mut en)?;
        let gazetteer = place::Gazetteer::new(units, &folding, [&mut vi, &mut plain, &mut en])?;
        for lexicon in [&mut vi, &mut plain, &mut en] {
            lexicon.close();
        }
        Ok(Self {
            folding,
            units: measures,
            catalogue,
            gazetteer,
            vi,
            plain,
            en,
        })
    }

    /// Lets the reader know the communes that are over by the names that they bore: `units` as for [`Reader::new`], and
    /// `successions` (`predecessor,successor,date,share`), as CSV text. Such a name is read as the commune that holds all
    /// of its ground today, in texts on its province; one whose ground was divided stays unknown.
    ///
    /// # Errors
    /// [`Error::Table`] where a table does not have its columns.
    pub fn with_former_communes(mut self, units: &str, successions: &str) -> Result<Self, Error> {
        self.gazetteer.add_former(units, successions, &self.folding)?;
        Ok(self)
    }

    /// The figures of a text, in the order in which they stand; they do not overlap.
    pub fn read(&self, text: &Text<'_>) -> Vec<Figure> {
        let mut figures = Vec::new();
        self.read_into(text, &mut Buffers::default(), &mut figures);
        figures
    }

    /// Like [`Reader::read`], into `figures` (emptied first) and with room that is used again.
    pub fn read_into(&self, text: &Text<'_>, buffers: &mut Buffers, figures: &mut Vec<Figure>) {
        figures.clear();
        let Some(composed) = compose::compose(text.text) else {
            return session::Session::new(self, text, figures).run(&mut buffers.0);
        };
        let title = text
            .title
            .map(|title| compose::compose(title).map_or_else(|| title.to_owned(), |it| it.text));
        let whole = Text {
            text: &composed.text,
            title: title.as_deref(),
            place: text.place.clone(),
            ..*text
        };
        session::Session::new(self, &whole, figures).run(&mut buffers.0);
        for figure in figures {
            figure.span = composed.given(&figure.span);
            figure.quote = composed.given(&figure.quote);
        }
    }
}

impl std::fmt::Debug for Folding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Folding")
    }
}
