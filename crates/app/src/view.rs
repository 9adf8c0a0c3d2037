//! The words that all views share.

use plan::{DocumentId, FigureId, PriceBasis};
pub use store::ActKind;
use terms::{AreaLevel, Bound, Date, Decimal, IndicatorCode, Language, RefArea, UnitMeasure};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bilingual {
    /// Tiếng Việt.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }
}

/// An indicator as other pages name it.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorName {
    /// Its code, which is the last part of its page's address.
    pub code: IndicatorCode,
    /// Its short name.
    pub name: Bilingual,
    /// The unit of its level.
    pub unit: UnitMeasure,
}

/// A unit of the administrative tree as other pages name it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitName {
    /// Its code, which is the last part of its page's address; a plain name where the place has no code.
    pub code: RefArea,
    /// Its full name: type and name («Xã Sín Thầu», “Sin Thau commune”).
    pub name: Bilingual,
    /// Which tier.
    pub level: AreaLevel,
    /// Last day of the unit, where it has ended.
    pub valid_to: Option<Date>,
}

/// A value as people read it: number or range, limit, unit, prices.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The value, in `unit`.
    pub value: Decimal,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// How it is limited («over», «about»).
    pub bound: Bound,
    /// The unit that fits the measure: `%` for growth, `pp` for a change of a rate, else the indicator's.
    pub unit: UnitMeasure,
    /// In whose prices, where it is money and somebody says so.
    pub price_basis: Option<PriceBasis>,
    /// What is counted, where the paper says more than the indicator's definition.
    pub scope: Option<Bilingual>,
}

/// Where a value comes from: the paper and the sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceView {
    /// The document of the register, where it is one: its page can show the sentence.
    pub document: Option<DocumentId>,
    /// The figure in that document, marked there.
    pub figure: Option<FigureId>,
    /// The sentence, exactly as it stands.
    pub quote: String,
    /// Title of the document or publication.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The day of the document.
    pub date: Option<Date>,
    /// Where else it can be found.
    pub url: Option<String>,
    /// The line of the report that told it, where one did: its page has the value's whole story.
    pub report: Option<(plan::report::ReportKey, terms::IndicatorCode)>,
}

/// A person's act, as the record tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct ActView {
    /// The number of its entry.
    pub entry: u64,
    /// What the person is called; none where the program did it by itself or the name was deleted.
    pub who: Option<String>,
    /// When it was recorded.
    pub when: terms::Timestamp,
    /// What was done.
    pub what: ActKind,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// The figure that it is about.
    pub figure: Option<FigureId>,
}

impl ActView {
    pub(crate) fn of(act: &store::StoredAct) -> Self {
        Self {
            entry: act.entry,
            who: act.who.clone(),
            when: act.recorded_at,
            what: act.kind,
            reason: act.reason.clone(),
            figure: act.figure,
        }
    }
}
