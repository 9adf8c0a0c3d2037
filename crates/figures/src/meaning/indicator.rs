//! Which indicator a number is of, by the names in its clause.

use crate::catalogue::Role;
use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::meaning::counted::Counted;
use crate::meaning::lead::Lead;
use crate::meaning::pick::{How, pick};
use crate::meaning::signs::Signs;
use crate::meaning::subject::Subject;
use crate::meaning::{Context, Line, Site};
use terms::Measure;

/// What a number has been found to be of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) indicator: Option<u16>,
    pub(super) concept: Option<u16>,
    /// The last item that is already spent on the number.
    pub(super) spent: usize,
}

/// All that decides which indicator is chosen.
pub(super) struct Choice<'a, 'b> {
    pub(super) site: &'b Site<'a>,
    pub(super) counted: &'b Counted<'a>,
    pub(super) subject: &'b Subject<'a>,
    pub(super) signs: &'b Signs,
    pub(super) measure: Measure,
    pub(super) how: How,
}

impl<'a> Choice<'a, '_> {
    /// The indicator of a concept that fits the number.
    pub(super) fn fit(&self, concept: u16) -> Option<u16> {
        let Self { site, counted, .. } = self;
        pick(
            site.line,
            concept,
            site.number,
            counted.unit,
            self.measure,
            self.how,
        )
    }

    /// The indicator of the number, by its noun, by the figure before, or by the names around it.
    pub(super) fn find(&self, context: &Context) -> Found {
        let after = self.after().or_else(|| self.beyond());
        if self.counted.elided {
            self.as_before(after, context)
        } else if let Some(at) = self.counted.noun_at {
            self.by_noun(at, context)
        } else {
            self.by_names(after)
        }
    }

    /// The first name after the number that may say what it is of, as an offset into its tail.
    fn after(&self) -> Option<(usize, &'a Item)> {
        let Site {
            line, tail, percent, ..
        } = *self.site;
        tail.iter()
            .enumerate()
            .take(14)
            .take_while(|(_, item)| !matches!(item.what, What::Sign(b',' | b'(' | b')' | b':')))
            .filter(|(_, item)| {
                item.has(mark::ALIAS) && line.catalogue.concept(line.concept(item)).field.is_none()
            })
            .find(|(_, item)| {
                let found = line.concept(item);
                let open = !line.catalogue.concept(found).conditional && (!percent || found == 0);
                open || self.fit(found).is_some()
            })
    }

    /// What follows the bracket that a percentage closes: `73 of 90 communes (81.1%) have met the standards`.
    fn beyond(&self) -> Option<(usize, &'a Item)> {
        let Site {
            line, around, tail, ..
        } = *self.site;
        let closes = self.site.percent
            && tail.first().is_some_and(|item| item.is_sign(b')'))
            && line.items[around.start..around.at]
                .iter()
                .any(|item| item.is_sign(b'('));
        let mut names = tail.iter().enumerate().skip(1).take(10).filter(|_| closes);
        names.find(|(_, item)| item.has(mark::ALIAS) && self.fit(line.concept(item)).is_some())
    }

    /// A part of what the figure before counts: `23 targets, of which 17 were achieved`.
    fn as_before(&self, after: Option<(usize, &Item)>, context: &Context) -> Found {
        let Site { line, tail, .. } = *self.site;
        let mut indicator = after
            .map(|(_, item)| line.concept(item))
            .filter(|concept| *concept != 0)
            .and_then(|concept| self.fit(concept));
        let last = context.last.and_then(|last| last.indicator);
        // The part met is a count of targets too.
        let met = || {
            tail.iter()
                .take(4)
                .any(|item| item.has(mark::ACTUAL | mark::EXCEED) || line.says(item, word::MET))
        };
        if indicator.is_none() && line.catalogue.is(last, Role::PlanTargets) && met() {
            indicator = last;
        }
        if tail.first().is_some_and(|item| line.says(item, word::OTHERS)) {
            indicator = last;
        }
        Found {
            indicator,
            concept: Some(0),
            spent: self.counted.spent,
        }
    }

    /// By the names before and after a number with a unit, or without a noun.
    fn by_names(&self, after: Option<(usize, &'a Item)>) -> Found {
        let Site {
            line,
            around,
            number,
            percent,
            money,
            ..
        } = *self.site;
        let subject = self.subject;
        let mut found = Found {
            indicator: None,
            concept: None,
            spent: self.counted.spent,
        };
        let at = |offset: usize| around.at + 1 + offset;
        self.right_after(after, &mut found);
        if found.concept.is_none() {
            self.before(&mut found);
        }
        if percent && !self.signs.plan {
            self.of_percentage(after, &mut found);
        }
        if let Some((offset, item)) = after
            && found.indicator.is_none()
            && subject.before.is_none()
            && !percent
            && !money
            && number.unit != 0
        {
            self.take(line.concept(item), at(offset), &mut found);
        }
        if found.concept.is_none() && subject.content > 0 {
            if let Some((offset, item)) = after.filter(|_| !percent) {
                found.indicator = None;
                self.take(line.concept(item), at(offset), &mut found);
            }
            found.concept = found.concept.or(Some(0));
        }
        // `10,700 billion VND or so had been disbursed`: what it is of stands after it.
        if found.concept.is_none()
            && money
            && let Some((offset, item)) = after
                .filter(|(offset, _)| *offset <= 8)
                .or_else(|| after_bracket(line, around.at))
        {
            found.indicator = None;
            let spent = at(offset).min(around.to.saturating_sub(1));
            self.take(line.concept(item), spent, &mut found);
        }
        let economy_grows = found.indicator.is_none()
            && percent
            && self.measure == Measure::Growth
            && subject.before.is_none()
            && subject.content == 0
            && found.concept.is_none_or(|concept| concept == 0)
            && !around.follows
            && (self.signs.lead == Lead::Growth || self.signs.growth_after);
        if economy_grows {
            found.indicator = line.catalogue.find(Role::GrdpGrowth);
        }
        found
    }

    /// Takes a concept where one of its indicators fits.
    fn take(&self, concept: u16, spent: usize, found: &mut Found) {
        if let Some(index) = self.fit(concept) {
            *found = Found {
                indicator: Some(index),
                concept: Some(concept),
                spent,
            };
        }
    }

    /// What is measured stands right after: `84 nghìn ha cây ăn quả`, `40,000 hectares of macadamia`.
    fn right_after(&self, after: Option<(usize, &Item)>, found: &mut Found) {
        let Site {
            line,
            around,
            tail,
            percent,
            money,
            ..
        } = *self.site;
        let adjacent =
            after.filter(|(offset, _)| *offset == 0 || (*offset <= 2 && line.says(&tail[0], word::OF)));
        let before = self.subject.concept;
        // `giải ngân được 2.062 tỷ đồng vốn đầu tư công`: of the disbursement that stands before.
        let told = || money && before.is_some_and(|concept| self.fit(concept).is_some());
        // `collecting fines of VND 721 million for the State budget`: what stands before says what it is.
        let direct = adjacent.filter(|(_, item)| {
            !percent && !told() && (before != Some(0) || !line.says(item, word::FOR_WHAT))
        });
        if let Some((offset, item)) = direct {
            let concept = line.concept(item);
            found.indicator = self.fit(concept);
            if found.indicator.is_some() || concept == 0 {
                found.concept = Some(concept);
                found.spent = around.at + 1 + offset;
            }
        }
    }

    /// What it is of stands before, or the figure before was of it.
    fn before(&self, found: &mut Found) {
        let Self {
            site, subject, signs, ..
        } = self;
        if let Some(concept) = subject.concept {
            found.concept = Some(concept);
            found.indicator = self.fit(concept);
            return;
        }
        let of_another = site.percent
            && (signs.of_whole || signs.bare_noun)
            && !signs.plan
            && !signs.economy
            && !(self.how.total && site.around.follows);
        if let Some(concept) = subject.inherited.filter(|_| !of_another) {
            (found.concept, found.indicator) = if subject.part && !site.percent {
                (Some(0), None)
            } else {
                (Some(concept), self.fit(concept))
            };
        }
    }

    /// Of percentages: the part of a field in the economy, and what they are a part of.
    fn of_percentage(&self, after: Option<(usize, &Item)>, found: &mut Found) {
        let Site {
            line, around, tail, ..
        } = *self.site;
        let signs = self.signs;
        if signs.economy || signs.shares {
            found.indicator = share_of_grdp(line, found.concept);
        } else if let Some((offset, item)) = after {
            let concept = line.concept(item);
            // `a further cut of 1 percentage point in the poverty rate`
            let of_rate =
                self.site.points && offset <= 2 && tail.first().is_some_and(|item| line.says(item, word::IN));
            if concept == 0 && self.measure == Measure::Share && offset <= 3 {
                found.indicator = None;
            } else if self.subject.concept.is_none()
                && (found.indicator.is_none() || self.measure == Measure::Share || of_rate)
            {
                *found = Found {
                    indicator: self.fit(concept),
                    concept: Some(concept),
                    spent: around.at + 1 + offset,
                };
            }
        }
        if signs.structure
            && !signs.changes()
            && found
                .indicator
                .is_some_and(|index| line.catalogue.indicator(index).growth)
        {
            found.indicator = share_of_grdp(line, found.concept);
        }
    }
}

/// The part that a field has in the economy.
fn share_of_grdp(line: Line<'_>, concept: Option<u16>) -> Option<u16> {
    let indicators = &line.catalogue.concept(concept?).indicators;
    indicators.iter().copied().find(|index| {
        line.catalogue.indicator(*index).share_of_grdp || line.catalogue.is(Some(*index), Role::ToGrdp)
    })
}

/// What stands after a sum said again in brackets: `1.59 trillion VND (71.4 million USD) for the budget`.
fn after_bracket(line: Line<'_>, at: usize) -> Option<(usize, &Item)> {
    let rest = line.items.get(at + 1..)?;
    if !rest.first()?.is_sign(b'(') {
        return None;
    }
    let close = rest.iter().take(6).position(|item| item.is_sign(b')'))?;
    rest.iter()
        .enumerate()
        .skip(close + 1)
        .take(4)
        .take_while(|(_, item)| item.what == What::Word)
        .find(|(_, item)| item.has(mark::ALIAS))
}
