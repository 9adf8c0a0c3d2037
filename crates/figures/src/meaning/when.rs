//! Of when a number is: the period of its clause, then of its paragraph, its document, its term.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::meaning::{Context, Site};
use crate::period::Anchor;
use terms::period::Simple;
use terms::{Kind, TimePeriod};

/// What of a number's meaning decides its period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// So much every year: `tăng 8% mỗi năm`.
    pub(super) yearly: bool,
    /// A state, which is of a point in time.
    pub(super) state: bool,
    /// A state, and no doubt about it.
    pub(super) sure_state: bool,
    /// The kind as far as it is known.
    pub(super) guess: Kind,
    /// Counts what a plan consists of.
    pub(super) plan_count: bool,
    /// Done at the event that the text reports on.
    pub(super) event: bool,
    /// Delegates of such an event.
    pub(super) delegates: bool,
}

/// The period of a number; what its clause names is kept for those that follow.
pub(super) fn when(
    site: &Site<'_>,
    context: &mut Context,
    anchor: &Anchor,
    asked: Asked,
) -> Option<TimePeriod> {
    let line = site.line;
    let before = line.items[site.around.start..site.around.at]
        .iter()
        .rev()
        .find_map(|item| line.named(item));
    let after = named_after(site);
    if before.is_some() {
        context.period = before;
    }
    let bare = before.is_none() && after.is_none();
    if let Some(term) = of_congress(site, context, anchor, asked, before, after) {
        return Some(term);
    }
    if bare && !context.teaser && says_now(site) {
        let ahead = |period: &TimePeriod| is_ahead(anchor, *period);
        return context
            .report
            .filter(|report| !ahead(report))
            .or(anchor.date.map(|date| TimePeriod::Year(date.year())));
    }
    if bare && (context.telling.asks() || asked.guess == Kind::Request) {
        return None;
    }
    if asked.event && after.is_none() && is_of_event(site, before, asked.delegates) {
        return anchor.date.map(TimePeriod::Day);
    }
    let spoken = after.or(context.period);
    if after.is_some() {
        context.period = after;
    }
    if spoken.is_none() && context.teaser {
        return None;
    }
    if asked.yearly && !spoken.is_some_and(is_years) {
        if let Some(years) = context
            .years
            .or(context.plan_years.filter(|_| asked.guess == Kind::Target))
        {
            return Some(years);
        }
        if let Some(term) = term(anchor).filter(|_| asked.guess == Kind::Target && spoken.is_none()) {
            return Some(term);
        }
    }
    let period = spoken.or_else(|| by_document(site, context, anchor, asked));
    match period {
        Some(TimePeriod::Span(Simple::Year(from), Simple::Year(to)))
            if asked.state && !is_past_term(context, anchor, asked, from, to) =>
        {
            Some(TimePeriod::Year(to))
        }
        period => period,
    }
}

/// The period that the clause names after its number.
fn named_after(site: &Site<'_>) -> Option<TimePeriod> {
    let line = site.line;
    site.tail
        .iter()
        .take(8)
        .take_while(|item| {
            let sign = matches!(item.what, What::Sign(b',' | b'(' | b')' | b':'));
            let than = item.has(mark::BOUND) && line.says(item, word::THAN);
            !sign && !than && !item.has(mark::AND | mark::ACTUAL | mark::WHOLE | mark::COMPARE)
        })
        .find_map(|item| line.named(item))
}

fn is_ahead(anchor: &Anchor, period: TimePeriod) -> bool {
    anchor
        .date
        .is_some_and(|date| period.start().year() > date.year())
}

fn is_years(period: TimePeriod) -> bool {
    matches!(period, TimePeriod::Span(Simple::Year(_), _))
}

/// The term last named.
fn term(anchor: &Anchor) -> Option<TimePeriod> {
    let (from, to) = anchor.term?;
    TimePeriod::years(from, to).ok()
}

/// The term that a congress opens, by the year in which it met.
fn opened_term(anchor: &Anchor) -> Option<TimePeriod> {
    let year = anchor.date?.year();
    let from = year - year % 5;
    TimePeriod::years(from, from + 5).ok()
}

/// What a document of a congress counts of its own plan is of its term.
fn of_congress(
    site: &Site<'_>,
    context: &Context,
    anchor: &Anchor,
    asked: Asked,
    before: Option<TimePeriod>,
    after: Option<TimePeriod>,
) -> Option<TimePeriod> {
    if !asked.plan_count || !context.congress || after.is_some() {
        return None;
    }
    let line = site.line;
    // `23 targets, of which 17 were achieved`: of the term of the 23.
    let part_of_count = site.around.follows && site.before(mark::WHOLE);
    let to_come = asked.guess != Kind::Actual
        || context.period.is_none() && !line.periods.iter().any(|named| named.term);
    if let Some(term) = context
        .own_term
        .filter(|_| !part_of_count && before.is_none() && to_come)
    {
        return Some(term);
    }
    // `The Congress chose three breakthroughs`: of the term that it opens.
    let sentence = &line.items[site.around.sentence..site.around.at];
    let subject = sentence.iter().any(|item| item.has(mark::CONGRESS))
        && !sentence.iter().any(|item| line.named(item).is_some());
    if subject {
        context.own_term.or_else(|| opened_term(anchor))
    } else {
        None
    }
}

/// Whether the clause speaks of the day of the document: `hiện có`, `at present`.
fn says_now(site: &Site<'_>) -> bool {
    let line = site.line;
    line.items[site.around.start..site.around.at]
        .iter()
        .any(|item| line.says(item, word::NOW))
}

/// Whether an event is named nearer than a period, or only a period that says nothing of it.
fn is_of_event(site: &Site<'_>, before: Option<TimePeriod>, delegates: bool) -> bool {
    let line = site.line;
    let term_or_day = matches!(
        before,
        Some(TimePeriod::Span(Simple::Year(_), _) | TimePeriod::Day(_))
    );
    let nearest = || {
        site.gap
            .iter()
            .rev()
            .find(|item| item.has(mark::EVENT) || line.named(item).is_some())
            .is_some_and(|item| item.has(mark::EVENT))
    };
    before.is_none() || (delegates && term_or_day) || nearest()
}

/// The period that follows from the document, where clause and paragraph name none.
fn by_document(site: &Site<'_>, context: &Context, anchor: &Anchor, asked: Asked) -> Option<TimePeriod> {
    if asked.plan_count
        && context.congress
        && let Some(term) = term(anchor).or_else(|| opened_term(anchor))
    {
        return Some(term);
    }
    // What stands so is of no year to come.
    let stands = || {
        let says = |item: &Item| site.line.says(item, word::STANDS);
        asked.sure_state && site.gap.iter().any(says)
    };
    context
        .account
        .or(context.report)
        .filter(|spoken| !(is_ahead(anchor, *spoken) && stands()))
        .or_else(|| term(anchor).filter(|_| asked.guess == Kind::Target))
        .or_else(|| {
            anchor
                .date
                .filter(|_| asked.sure_state)
                .map(|date| TimePeriod::Year(date.year()))
        })
}

/// «The past five years» stay five where money was given in them.
fn is_past_term(context: &Context, anchor: &Anchor, asked: Asked, from: i16, to: i16) -> bool {
    to - from == 4
        && anchor.date.is_some_and(|date| date.year() == to)
        && asked.guess == Kind::Actual
        && context.past_years
}
