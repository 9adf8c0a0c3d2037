//! Indicators that single words decide: a project and its cost, capital from abroad, an index in points.

use crate::catalogue::{Field, Role};
use crate::item::{Item, What};
use crate::lexicon::{mark, unit, word};
use crate::meaning::Context;
use crate::meaning::amend::Sense;
use crate::meaning::indicator::Choice;
use terms::Measure;

impl Choice<'_, '_> {
    /// Projects, and what is taken for one but is not.
    pub(super) fn of_projects(&self, sense: &mut Sense, context: &Context) {
        let site = self.site;
        let line = site.line;
        // `a 2.97 trillion dong project`
        if site.money
            && sense.indicator.is_none()
            && site
                .tail
                .first()
                .is_some_and(|item| line.says(item, word::PROJECT))
            && site.back(3).any(|item| line.says(item, word::A | word::THE))
        {
            sense.becomes(line, Role::ProjectCost);
        }
        // `1,350 homes were built at a cost of VND67.5 billion`
        let of_homes = || {
            context
                .last
                .is_some_and(|last| site.around.follows && line.units.is(last.unit, unit::HOUSE))
        };
        // `60 poor households have escaped poverty`
        let escaped = || {
            site.tail.iter().take(6).any(|item| {
                item.has(mark::ALIAS) && line.concept(item) == 0 && line.says(item, word::POVERTY)
            })
        };
        if sense.is(line, Role::ProjectCost) && of_homes()
            || sense.is(line, Role::PoorHouseholds) && escaped()
        {
            sense.indicator = None;
        }
    }

    /// `200 livelihood models were set up`: no enterprises.
    pub(super) fn of_enterprises(&self, sense: &mut Sense) {
        let line = self.site.line;
        let other = self.counted.noun_at.is_some_and(|at| {
            let noun = line.words.entry(&line.items[at]).noun;
            !line.units.is(noun, unit::BUSINESS)
        });
        if other && sense.is(line, Role::NewEnterprises) {
            sense.indicator = None;
        }
    }

    /// What is attracted from abroad: `Thu hút đầu tư nước ngoài: …, vốn đăng ký 166 triệu USD`.
    pub(super) fn foreign_capital(&self, sense: &mut Sense, context: &Context) {
        let site = self.site;
        let line = site.line;
        if !line.units.is(site.number.unit, unit::USD) || !sense.is(line, Role::Attracted) {
            return;
        }
        let goes_on =
            site.around.follows && context.last.is_some_and(|last| last.indicator == sense.indicator);
        let Some(foreign) = line.catalogue.find(Role::FdiRegistered).filter(|_| !goes_on) else {
            return;
        };
        let abroad = |item: &Item| {
            item.has(mark::ALIAS)
                && line
                    .catalogue
                    .concept(line.concept(item))
                    .indicators
                    .contains(&foreign)
        };
        let close = site
            .tail
            .iter()
            .take_while(|item| !matches!(item.what, What::Sign(_)));
        if line.items[site.around.sentence..site.around.at]
            .iter()
            .chain(close)
            .any(abroad)
        {
            sense.indicator = Some(foreign);
        }
    }

    /// Points of an index, in a text on government.
    pub(super) fn of_index(&self, sense: &mut Sense, context: &Context) {
        let site = self.site;
        if site.number.unit == 0
            && sense.indicator.is_none()
            && self.subject.before.is_none()
            && site.line.units.is(sense.unit, unit::POINT)
            && site.line.catalogue.is_field(context.field, Field::Governance)
        {
            sense.becomes(site.line, Role::Pci);
        }
    }

    /// What the number is per: a person, a hectare.
    pub(super) fn per(&self, sense: &Sense, context: &Context) -> u16 {
        let site = self.site;
        let line = site.line;
        let mut per = site.number.per;
        if per == 0 && site.money {
            match sense.indicator {
                Some(index) if matches!(sense.measure, Measure::Level | Measure::Change) => {
                    per = line.catalogue.indicator(index).per;
                }
                None if sense.measure == Measure::Level
                    && self
                        .subject
                        .before
                        .is_some_and(|item| line.says(item, word::PER_HEAD)) =>
                {
                    per = line.units.person;
                }
                _ => {}
            }
        }
        let went_on = context
            .last
            .filter(|last| site.around.follows && last.per != 0 && last.unit == site.number.unit);
        match went_on {
            Some(last) if per == 0 && !site.money => last.per,
            _ => per,
        }
    }

    /// Money that came in is a level even where the text says that it was added: `tăng thêm 2,5 tỷ USD`.
    pub(super) fn came_in(&self, sense: &mut Sense) {
        let site = self.site;
        if sense.measure == Measure::Change
            && site.money
            && site.number.signed == 0
            && !self.how.down
            && (sense.is(site.line, Role::FdiRegistered) || sense.is(site.line, Role::Attracted))
        {
            sense.measure = Measure::Level;
        }
    }
}
