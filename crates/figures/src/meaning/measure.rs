//! Which aspect of a quantity a number gives: its level, its growth, its change, a share of it.

use crate::item::What;
use crate::lexicon::{mark, unit};
use crate::meaning::counted::Counted;
use crate::meaning::lead::Lead;
use crate::meaning::signs::{Signs, after_count};
use crate::meaning::subject::Subject;
use crate::meaning::{Context, Meaning, Site};
use terms::Measure;

/// The measure of a number, and whether it tells of a fall.
pub(super) fn measure(
    site: &Site<'_>,
    signs: &Signs,
    counted: &Counted<'_>,
    subject: &Subject<'_>,
    context: &Context,
) -> (Measure, bool) {
    let mut measure = if counted.ratio {
        Measure::Growth
    } else if site.percent {
        of_percentage(site, signs, subject, context)
    } else {
        of_amount(site, signs, context)
    };
    if site.number.signed != 0 && site.percent && !signs.plan && measure != Measure::Change {
        measure = Measure::Growth;
    }
    let told = told_once(site, signs, subject, context);
    if let Some(last) = told.filter(|_| measure == Measure::Level) {
        measure = last.measure;
    }
    let fell = told.is_some_and(|last| last.negative || last.reduces);
    let down = signs.lead == Lead::Down || site.number.low.mantissa < 0 || fell;
    (measure, down)
}

fn of_percentage(site: &Site<'_>, signs: &Signs, subject: &Subject<'_>, context: &Context) -> Measure {
    let Site {
        line, around, gap, ..
    } = *site;
    let lead = signs.lead;
    let changes = signs.changes();
    let alone = around.follows && subject.content == 0 && subject.before.is_none();
    if signs.plan && (signs.exceeds || matches!(lead, Lead::Up | Lead::Down | Lead::Exceed)) {
        Measure::Change
    } else if signs.plan {
        Measure::Share
    } else if signs.structure && !changes {
        Measure::Level
    } else if signs.economy || signs.shares {
        Measure::Share
    } else if site.points || changes && signs.rate && lead != Lead::Growth {
        Measure::Change
    } else if changes || lead == Lead::Multiply || signs.growth_after {
        Measure::Growth
    } else if signs.of_whole
        || (signs.bare_noun && lead != Lead::Share)
        || ((lead == Lead::Share || signs.bracket) && around.follows && after_count(line, context))
    {
        Measure::Share
    } else if lead == Lead::Share {
        if signs.rate || gap.iter().rev().take(3).any(|item| item.is_sign(b':')) {
            Measure::Level
        } else {
            Measure::Share
        }
    } else if signs.growth && site.before(mark::SHARE) {
        Measure::Share
    } else if signs.growth || (lead == Lead::Remain && site.back(4).any(|item| item.has(mark::GROWTH))) {
        Measure::Growth
    } else if lead == Lead::Equal && alone {
        Measure::Share
    } else {
        Measure::Level
    }
}

fn of_amount(site: &Site<'_>, signs: &Signs, context: &Context) -> Measure {
    let compared = |what: What| match what {
        What::Period(index) => site.line.periods[index as usize].compared,
        _ => false,
    };
    let changed = matches!(signs.lead, Lead::Up | Lead::Down)
        || site.number.signed != 0
        || (site.money && signs.bracket && context.last.is_some_and(|last| last.measure == Measure::Change))
        || (signs.lead == Lead::Exceed && site.gap.iter().any(|item| compared(item.what)));
    if changed { Measure::Change } else { Measure::Level }
}

/// What was told once for a whole list: `a) Vinh: a cut of 0.02 to 0.04%; b) Thai Hoa: 0.1 to 0.3%`.
fn told_once(site: &Site<'_>, signs: &Signs, subject: &Subject<'_>, context: &Context) -> Option<Meaning> {
    context.last.filter(|last| {
        site.percent
            && signs.lead == Lead::None
            && subject.content == 0
            && subject.before.is_none()
            && !signs.plan
            && !signs.of_whole
            && !signs.bare_noun
            && matches!(last.measure, Measure::Change | Measure::Growth)
            && last.concept.is_some_and(|concept| concept != 0)
            && site.line.units.is(last.unit, unit::PERCENTAGE)
            && (!site.around.follows || site.gap.is_empty())
    })
}
