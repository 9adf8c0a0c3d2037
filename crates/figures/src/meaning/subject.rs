//! What a number is of, before its indicator is chosen: the name that stands before it, or what the figure before was of.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::meaning::counted::Counted;
use crate::meaning::pick::speaks_of;
use crate::meaning::{Context, Line, Site};

/// What stands before a number and tells what it is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    /// The nearest alias before it.
    pub(super) before: Option<&'a Item>,
    /// The concept of that alias.
    pub(super) concept: Option<u16>,
    /// The concept of the figure before, where this number goes on with it.
    pub(super) inherited: Option<u16>,
    /// How many words that no rule knows stand between that alias and the number.
    pub(super) content: usize,
    /// A part of what the number before counts: `trong đó`, `of which`.
    pub(super) part: bool,
}

impl Subject<'_> {
    /// The concept that the number is taken to be of.
    pub(super) fn named(&self) -> Option<u16> {
        self.concept.or(self.inherited)
    }
}

/// What stands before the number of a site; the field of which the text speaks is brought up to date.
pub(super) fn subject<'a>(site: &Site<'a>, counted: &Counted<'_>, context: &mut Context) -> Subject<'a> {
    let Site {
        line, around, gap, ..
    } = *site;
    if site.before(mark::ALIAS) {
        for item in gap.iter().filter(|item| item.has(mark::ALIAS)) {
            context.set_field(line, item);
        }
    }
    let field = context.field;
    let before = gap
        .iter()
        .rev()
        .find(|item| item.has(mark::ALIAS) && usable(line, item, field));
    let noun_before = counted.noun_before;
    let content = gap
        .iter()
        .rev()
        .take_while(|item| before.is_none_or(|alias| alias.start != item.start))
        .filter(|item| {
            let foreign = item.has(mark::ALIAS)
                && line.catalogue.concept(line.concept(item)).conditional
                && !usable(line, item, field);
            (foreign || is_content(item)) && noun_before.is_none_or(|noun| noun.start != item.start)
        })
        .count();
    let goes_on = || {
        let bare_change = site.percent
            && before.is_none()
            && site.before(mark::UP | mark::DOWN)
            && site
                .back(4)
                .any(|item| item.has(mark::UP | mark::DOWN) && !item.has(mark::TO))
            && gap
                .iter()
                .any(|item| line.says(item, word::THE | word::A | word::EXTENT));
        (content == 0 || bare_change)
            && noun_before.is_none_or(|noun| noun.has(mark::ALIAS))
            // A sum that opens a sentence says itself what it is of, unless a place stands before it in a list of places.
            && (around.follows || site.percent || counted.ratio || stands_in_list(site))
    };
    let last = context.last.and_then(|last| last.concept);
    Subject {
        before,
        concept: before.map(|item| line.concept(item)),
        inherited: last.filter(|_| goes_on()),
        content,
        part: site.before(mark::WHOLE),
    }
}

/// Whether a number stands after a place in a list of places, or in an item of a list.
fn stands_in_list(site: &Site<'_>) -> bool {
    let place = |item: &Item| matches!(item.what, What::Place(_)) || (item.is_unknown() && item.capital);
    site.gap.iter().any(place)
        || site.line.items[..site.around.at]
            .iter()
            .take(3)
            .any(|item| matches!(item.what, What::Sign(b'-' | b'+' | b'*' | b')')))
}

/// An alias that can be the subject: no mere field word, and not one of another field.
fn usable(line: Line<'_>, item: &Item, field: Option<u8>) -> bool {
    let concept = line.catalogue.concept(line.concept(item));
    concept.field.is_none() && (!concept.conditional || speaks_of(line, concept, field))
}

/// Whether an item says what a number is of: a content word that no rule knows.
fn is_content(item: &Item) -> bool {
    if item.what != What::Word {
        return false;
    }
    if item.is_unknown() {
        return !item.capital && item.end - item.start > 1;
    }
    item.has(mark::NOUN)
        && !item.has(
            mark::FUNC
                | mark::ALIAS
                | mark::PLACE
                | mark::UNITTYPE
                | mark::SELF
                | mark::PLANWORD
                | mark::EQUAL
                | mark::TIMES,
        )
}
