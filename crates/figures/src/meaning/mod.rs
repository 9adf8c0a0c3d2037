//! What each number of a line means: unit, measure, indicator, period, place, kind.
//!
//! Everything is decided from the words of the number's own clause first, then from what its sentence, its paragraph
//! and its document said before: an account in three nested contexts, of which the inner wins. The steps of [`resolve`]
//! are files: what is counted, what it is of (`subject`), the signs around it and the measure that follows from them,
//! the indicator, what that and the figure before change (`amend`, `plan`, `particular`), when, and how told.

mod against;
mod amend;
mod context;
mod counted;
mod indicator;
mod lead;
mod line;
mod measure;
mod noun;
mod particular;
mod pick;
mod plan;
mod settle;
mod signs;
mod subject;
mod when;

use crate::item::{Item, What};
use crate::lexicon::{mark, unit, word};
use crate::number::Number;
use crate::period::Anchor;
use terms::{Bound, Kind, Measure, TimePeriod};

pub(crate) use context::{Context, HOME};
pub(crate) use counted::elided;
pub(crate) use line::{Around, Line, around};
pub(crate) use pick::{How, pick};

use amend::Sense;
use counted::counted;
use indicator::Choice;
use lead::{Lead, lead};
use measure::measure;
use settle::settle;
use signs::signs;
use subject::subject;

/// What a number has been found to mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning {
    pub(crate) unit: u16,
    pub(crate) per: u16,
    pub(crate) bound: Bound,
    pub(crate) measure: Measure,
    pub(crate) indicator: Option<u16>,
    pub(crate) period: Option<TimePeriod>,
    pub(crate) place: Option<u16>,
    pub(crate) kind: Kind,
    pub(crate) negative: bool,
    /// What was counted last in the sentence, for «of which 10 are …».
    pub(crate) counted: u16,
    /// A reduction that is positive where it falls (of poverty).
    pub(crate) reduces: bool,
    /// The first item of the words that name what it is of.
    pub(crate) named: usize,
    /// The last item that is already spent on this number: its noun, or the words that named its indicator.
    pub(crate) spent: usize,
    /// The concept whose quantity this is: what a following «tăng 5%» is of.
    pub(crate) concept: Option<u16>,
}
/// A number in its clause, as every rule looks at it.
#[derive(Clone, Copy)]
struct Site<'a> {
    line: Line<'a>,
    around: Around,
    number: &'a Number,
    /// The items between the number before (or the clause's start) and this one.
    gap: &'a [Item],
    /// The items after it up to the next one or the end of its clause.
    tail: &'a [Item],
    /// The marks of all items of the gap together.
    marks: u64,
    /// Per cent or percentage points.
    percent: bool,
    /// Percentage points.
    points: bool,
    money: bool,
}

impl<'a> Site<'a> {
    fn new(line: Line<'a>, around: Around, number: &'a Number) -> Self {
        let gap = line.gap(around);
        Self {
            line,
            around,
            number,
            gap,
            tail: line.tail(around),
            marks: gap.iter().fold(0, |marks, item| marks | item.marks),
            percent: line.units.is(number.unit, unit::PERCENTAGE),
            points: line.units.is(number.unit, unit::POINTS),
            money: line.units.is(number.unit, unit::MONEY),
        }
    }

    /// Whether an item of the gap carries one of these marks.
    fn before(&self, marks: u64) -> bool {
        self.marks & marks != 0
    }

    /// The last items of the gap, the nearest first.
    fn back(&self, count: usize) -> impl Iterator<Item = &'a Item> {
        self.gap.iter().rev().take(count)
    }

    /// The first items after the number, up to a sign.
    fn clause(&self, count: usize) -> impl Iterator<Item = &'a Item> {
        let tail = self.tail.iter().take(count);
        tail.take_while(|item| !matches!(item.what, What::Sign(_)))
    }
}

/// What a number means, with the context brought up to date.
pub(crate) fn resolve(
    line: Line<'_>,
    around: Around,
    number: &Number,
    context: &mut Context,
    anchor: &Anchor,
) -> Meaning {
    let site = Site::new(line, around, number);
    let leads = lead(line, around);
    let counted = counted(&site, leads, context.last.as_ref());
    let subject = subject(&site, &counted, context);
    let signs = signs(&site, leads, &counted, &subject, context);
    let (measure, down) = measure(&site, &signs, &counted, &subject, context);
    let how = How {
        down,
        plan: signs.plan,
        ratio: counted.ratio,
        total: site.percent && signs.lead != Lead::Share && names_total(&site),
        field: context.field,
    };
    let choice = Choice {
        site: &site,
        counted: &counted,
        subject: &subject,
        signs: &signs,
        measure,
        how,
    };
    let found = choice.find(context);
    // What is counted tells of what the text speaks: `237 dự án FDI`.
    let spent = (found.spent + 1).min(line.items.len());
    for item in line.items[around.at + 1..spent]
        .iter()
        .filter(|item| item.has(mark::ALIAS))
    {
        context.set_field(line, item);
    }
    let mut sense = Sense {
        unit: counted.unit,
        measure,
        indicator: found.indicator,
        concept: found.concept,
        spent: found.spent,
        of_plan: false,
    };
    choice.go_on(&mut sense, context);
    choice.agree(&mut sense, context);
    choice.of_plan(&mut sense, context);
    if signs.of_those {
        (sense.indicator, sense.concept) = (None, Some(0));
    }
    choice.of_projects(&mut sense, context);
    choice.of_last(&mut sense, context);
    choice.of_disbursed_plan(&mut sense, context);
    choice.of_enterprises(&mut sense);
    choice.of_disbursement(&mut sense, context);
    choice.foreign_capital(&mut sense, context);
    choice.of_index(&mut sense, context);
    let per = choice.per(&sense, context);
    choice.came_in(&mut sense);
    settle(&choice, &sense, per, context, anchor)
}

/// Whether a percentage is of a total that is named as one: `tổng số đảng viên`.
fn names_total(site: &Site<'_>) -> bool {
    site.tail
        .iter()
        .take(5)
        .any(|item| item.has(mark::NATION) || site.line.says(item, word::TOTAL))
}
