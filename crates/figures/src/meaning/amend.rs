//! What a chosen indicator asks of unit and measure, and what the figure before says of the one that goes on with it.

use crate::catalogue::{Class, Field, Role};
use crate::item::Item;
use crate::lexicon::{mark, unit, word};
use crate::meaning::indicator::Choice;
use crate::meaning::lead::Lead;
use crate::meaning::{Context, Line};
use terms::Measure;

/// What has been found of a number, while rules still change it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    pub(super) unit: u16,
    pub(super) measure: Measure,
    pub(super) indicator: Option<u16>,
    pub(super) concept: Option<u16>,
    pub(super) spent: usize,
    /// The plan itself, named beside what is measured against it.
    pub(super) of_plan: bool,
}

impl Sense {
    /// Whether the number is of the indicator that rules name so.
    pub(super) fn is(&self, line: Line<'_>, role: Role) -> bool {
        line.catalogue.is(self.indicator, role)
    }

    pub(super) fn becomes(&mut self, line: Line<'_>, role: Role) {
        self.indicator = line.catalogue.find(role);
    }
}

impl Choice<'_, '_> {
    /// Growth and shares of what the figure before was of; growth of the economy, where nothing else is named.
    pub(super) fn go_on(&self, sense: &mut Sense, context: &Context) {
        let Self { site, subject, .. } = self;
        let line = site.line;
        if !site.percent || subject.before.is_some() {
            return;
        }
        // «giá trị sản xuất … 31.931 tỷ đồng, tăng 2,6%» is of the value; «GRDP … 114.792 tỷ đồng, tăng 8%» is growth.
        if let Some(last) = context
            .last
            .filter(|_| site.around.follows && subject.content == 0 && sense.measure == Measure::Growth)
            .filter(|last| last.concept.is_some() && last.concept == sense.concept)
        {
            let of_amount = last
                .indicator
                .is_some_and(|index| line.catalogue.indicator(index).class == Class::Money)
                && !line.catalogue.is_of(last.indicator, Field::Grdp);
            if of_amount {
                sense.indicator = last.indicator;
            } else if line.catalogue.is(last.indicator, Role::DisbursementRate) {
                sense.indicator = last.indicator;
                sense.measure = Measure::Change;
            }
        }
        // `growth of 8% or more`, `tăng trưởng 8%`
        let says_growth = |item: &Item| item.has(mark::GROWTH) && line.says(item, word::BARE_GROWTH);
        if (sense.indicator.is_none() || !site.around.follows)
            && sense.measure == Measure::Growth
            && site.before(mark::GROWTH)
            && site.back(8).any(says_growth)
            && (sense
                .concept
                .is_none_or(|concept| concept == 0 || subject.content > 0)
                || !site.around.follows)
        {
            sense.becomes(line, Role::GrdpGrowth);
        }
    }

    /// What the chosen indicator asks of unit and measure.
    pub(super) fn agree(&self, sense: &mut Sense, context: &mut Context) {
        let Self {
            site,
            subject,
            signs,
            counted,
            ..
        } = self;
        let line = site.line;
        let percent = line.units.is(site.number.unit, unit::PERCENT);
        if let Some(index) = sense.indicator {
            let chosen = line.catalogue.indicator(index);
            if site.number.unit == 0 && !counted.ratio && chosen.class == Class::Count {
                sense.unit = chosen.unit;
            }
            let is_rate = chosen.class == Class::Percent && !chosen.growth;
            if sense.is(line, Role::PovertyReduction) {
                sense.measure = Measure::Change;
                sense.unit = line.units.points;
            } else if is_rate && sense.measure == Measure::Growth && !counted.ratio {
                sense.measure = Measure::Change;
            }
            if is_rate && sense.measure == Measure::Change && percent && !signs.plan {
                sense.unit = line.units.points;
            }
            if chosen.growth && site.percent && sense.measure == Measure::Level {
                sense.measure = Measure::Growth;
            }
            if is_rate && sense.measure == Measure::Share && self.is_level() {
                sense.measure = Measure::Level;
            }
            context.field = Some(chosen.field);
        } else if signs.named_rate && percent && sense.measure == Measure::Change && !signs.plan {
            sense.unit = line.units.points;
        }
        // A part of a share: `80% of communes, of which 30% at advanced level`.
        if subject.part
            && site.percent
            && subject.before.is_none()
            && subject.content == 0
            && matches!(signs.lead, Lead::None | Lead::Remain)
            && !signs.plan
            && counted.noun_at.is_none()
            && site.around.follows
        {
            sense.indicator = None;
            sense.measure = context
                .last
                .filter(|last| matches!(last.measure, Measure::Level | Measure::Share))
                .map_or(sense.measure, |last| last.measure);
        }
    }

    /// Whether the share that a rate is read as is the rate itself.
    fn is_level(&self) -> bool {
        let Self {
            site, subject, signs, ..
        } = self;
        let goes_on =
            matches!(signs.lead, Lead::Equal | Lead::None) && site.around.follows && subject.before.is_none();
        let of_something = signs.of_whole || signs.bare_noun || signs.plan || signs.shares || signs.economy;
        let share = signs.lead == Lead::Share || goes_on || of_something;
        // `39% urbanization rate`: the rate itself.
        let rate_itself = signs.bare_noun
            && site.line.words.lexicon.english
            && site
                .tail
                .first()
                .is_some_and(|item| item.has(mark::ALIAS) && !item.has(mark::NOUN));
        !share || rate_itself
    }
}
