//! The signs around a number that tell how it measures: shares, wholes, plans, growth.

use crate::item::{Item, What};
use crate::lexicon::{mark, unit, word};
use crate::meaning::against::against_plan;
use crate::meaning::counted::Counted;
use crate::meaning::lead::Lead;
use crate::meaning::subject::Subject;
use crate::meaning::{Context, Line, Site};
use terms::{Bound, Measure};

/// What stands around a number and decides its measure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signs {
    /// The word that leads to it.
    pub(super) lead: Lead,
    /// It is measured against a plan.
    pub(super) plan: bool,
    /// A part of what was counted before: `88 per cent of whom`.
    pub(super) of_those: bool,
    /// A part of what stands after it: `88 per cent of the communes`.
    pub(super) of_whole: bool,
    /// The sentence speaks of the structure of the economy.
    pub(super) structure: bool,
    /// A part of the economy: `29% of GRDP`.
    pub(super) economy: bool,
    /// Goes on with parts of the economy: `agriculture making up 29.7% of GRDP, industry 28.7%`.
    pub(super) shares: bool,
    /// What it is a part of stands right after it: `80% số xã`.
    pub(super) bare_noun: bool,
    /// It is called growth after it: `an 8% growth`.
    pub(super) growth_after: bool,
    /// A plan is exceeded.
    pub(super) exceeds: bool,
    /// It opens a bracket.
    pub(super) bracket: bool,
    /// What it is of is a rate, and neither grows by its nature nor is a sum.
    pub(super) rate: bool,
    /// What it is of grows by its nature.
    pub(super) growth: bool,
    /// A name that the catalogue does not have calls it a rate.
    pub(super) named_rate: bool,
}

impl Signs {
    /// Whether the word that leads to it tells of a change.
    pub(super) fn changes(&self) -> bool {
        matches!(self.lead, Lead::Up | Lead::Down | Lead::Growth)
    }
}

/// The signs around the number of a site, to which `lead` leads.
pub(super) fn signs(
    site: &Site<'_>,
    lead: Lead,
    counted: &Counted<'_>,
    subject: &Subject<'_>,
    context: &Context,
) -> Signs {
    let Site {
        line,
        around,
        gap,
        tail,
        ..
    } = *site;
    let first = tail.first();
    let follow = first
        .filter(|item| item.has(mark::UP | mark::DOWN | mark::EXCEED) && !item.has(mark::TO | mark::NOUN));
    let nature = subject.named().map(|concept| line.catalogue.nature(concept));
    let named_rate = subject
        .before
        .is_some_and(|item| line.concept(item) == 0 && line.says(item, word::RATE | word::POVERTY));
    let exceeds = site.before(mark::EXCEED)
        && site
            .back(6)
            .any(|item| item.has(mark::EXCEED) && !item.has(mark::REMAIN))
        || follow.is_some_and(|item| item.has(mark::EXCEED));
    let mut signs = Signs {
        lead,
        plan: false,
        of_those: false,
        of_whole: false,
        structure: false,
        economy: false,
        shares: false,
        bare_noun: false,
        growth_after: false,
        exceeds,
        bracket: gap.is_empty() && around.from > 0 && line.items[around.from - 1].is_sign(b'('),
        rate: nature.is_some_and(|nature| nature.rate && !nature.growth && !nature.amount) || named_rate,
        growth: nature.is_some_and(|nature| nature.growth),
        named_rate,
    };
    if !site.percent || counted.ratio {
        return signs;
    }
    signs.plan = against_plan(line, around);
    signs.of_those = first.is_some_and(|item| line.says(item, word::OF_THOSE));
    signs.of_whole = first.is_some_and(|item| line.says(item, word::OF)) || signs.of_those;
    signs.structure = line.items[around.sentence.max(around.at.saturating_sub(40))..around.at]
        .iter()
        .any(|item| is_structure(line, item));
    signs.economy = tail
        .iter()
        .take(4)
        .find(|item| !item.has(mark::STOP | mark::FUNC) || is_economy(line, item))
        .is_some_and(|item| is_economy(line, item));
    signs.bare_noun = first.is_some_and(|item| is_bare_noun(line, item));
    if matches!(lead, Lead::None | Lead::Equal | Lead::Share | Lead::Remain) {
        signs.lead = told_after(line, tail, follow, signs.plan).unwrap_or(lead);
    }
    signs.growth_after = site.clause(5).any(|item| {
        item.has(mark::GROWTH)
            || (item.has(mark::ALIAS)
                && line.catalogue.nature(line.concept(item)).growth
                && line.says(item, word::GROWTH))
    });
    signs.shares = around.follows
        && signs.lead == Lead::None
        && context.last.is_some_and(|last| {
            last.measure == Measure::Share
                && last
                    .indicator
                    .is_some_and(|index| line.catalogue.indicator(index).share_of_grdp)
        });
    signs
}

/// The lead word that stands after its number: `20 per cent more than in 2023`, `9.4% more year on year`, `8% tăng thêm`.
fn told_after(line: Line<'_>, tail: &[Item], follow: Option<&Item>, plan: bool) -> Option<Lead> {
    if let Some(item) = follow {
        return Some(if plan && item.has(mark::EXCEED) {
            Lead::Exceed
        } else if item.has(mark::DOWN) {
            Lead::Down
        } else {
            Lead::Up
        });
    }
    let first = tail.first()?;
    if tail.get(1).is_some_and(|item| item.has(mark::COMPARE)) {
        if line.says(first, word::MORE) {
            return Some(Lead::Up);
        }
        if line.says(first, word::LESS) {
            return Some(Lead::Down);
        }
    }
    if first.has(mark::BOUND) && line.says(first, word::THAN) {
        return match line.words.entry(first).bound {
            Some(Bound::Gt) => Some(Lead::Up),
            Some(Bound::Lt) => Some(Lead::Down),
            _ => None,
        };
    }
    None
}

fn is_structure(line: Line<'_>, item: &Item) -> bool {
    item.has(mark::SHARE) && line.says(item, word::STRUCTURE)
}

/// The economy as a whole, of which something is a part: `of GRDP`, `cơ cấu kinh tế`.
fn is_economy(line: Line<'_>, item: &Item) -> bool {
    (item.has(mark::ALIAS) && line.says(item, word::GRDP)) || is_structure(line, item)
}

/// Whether what stands right after a percentage is what it is a part of.
fn is_bare_noun(line: Line<'_>, item: &Item) -> bool {
    item.what == What::Word
        && (item.has(mark::NOUN | mark::ALIAS) || item.is_unknown() || line.says(item, word::SUM))
        && !item.has(
            mark::AFTER
                | mark::COMPARE
                | mark::PLANWORD
                | mark::AGAINST
                | mark::WHOLE
                | mark::UP
                | mark::DOWN
                | mark::AND,
        )
}

/// Whether the figure before counts things or people.
pub(super) fn after_count(line: Line<'_>, context: &Context) -> bool {
    context.last.is_some_and(|last| {
        let no_count = unit::MONEY | unit::PERCENTAGE | unit::MEASURED | unit::MW;
        last.measure == Measure::Level && !line.units.is(last.unit, no_count)
    })
}
