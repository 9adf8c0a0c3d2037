//! What a document has said so far, by which the next number is understood.

use crate::catalogue::Field;
use crate::item::Item;
use crate::kind::Telling;
use crate::meaning::{Line, Meaning};
use terms::TimePeriod;

/// The document's own place.
pub(crate) const HOME: u16 = u16::MAX;

/// What the document has said so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// What has been told of the kind of what follows.
    pub(crate) telling: Telling,
    /// What the document reports on, where its title or heading says so.
    pub(crate) report: Option<TimePeriod>,
    /// A period that a paragraph opened with, and that goes on.
    pub(crate) account: Option<TimePeriod>,
    /// Inside the «Recent news» of a page.
    pub(crate) teaser: bool,
    /// The period last named in the paragraph.
    pub(crate) period: Option<TimePeriod>,
    /// Several years that the paragraph names.
    pub(crate) years: Option<TimePeriod>,
    /// The term that the title names.
    pub(crate) own_term: Option<TimePeriod>,
    /// The text goes through disbursement, place by place.
    pub(crate) disbursing: bool,
    /// The title is of disbursement: each paragraph is, until it speaks of something else.
    pub(crate) on_disbursement: bool,
    /// Several years that the document named last.
    pub(crate) plan_years: Option<TimePeriod>,
    /// The field of which the text speaks (`tourism`).
    pub(crate) field: Option<u8>,
    /// The paragraph speaks of «the past five years».
    pub(crate) past_years: bool,
    /// The document is of a congress: what it counts of its own plan is of its term.
    pub(crate) congress: bool,
    pub(crate) place: Option<u16>,
    /// The place was named as what the paragraph is about, and goes on into the next one.
    pub(crate) persists: bool,
    /// So had the paragraph before.
    pub(crate) persisted: bool,
    /// The figure before, with its concept, for «…, tăng 5%».
    pub(crate) last: Option<Meaning>,
}

impl Context {
    /// Takes the field of which the text speaks from an alias.
    pub(crate) fn set_field(&mut self, line: Line<'_>, alias: &Item) {
        let concept = line.catalogue.concept(line.concept(alias));
        if concept.conditional {
            return;
        }
        let field = match (concept.field, concept.indicators.first()) {
            (Some(field), _) => field,
            (None, Some(index)) => line.catalogue.indicator(*index).field,
            (None, None) => return,
        };
        // «Đầu tư» goes on with investment from abroad where the text speaks of that.
        let goes_on = concept.field.is_some()
            && line.catalogue.is_field(Some(field), Field::Investment)
            && line.catalogue.is_field(self.field, Field::Fdi);
        if !goes_on {
            self.field = Some(field);
        }
    }
}
