//! Plans and what is measured against them, disbursement above all.

use crate::catalogue::{Field, Role};
use crate::item::Item;
use crate::lexicon::{mark, unit, word};
use crate::meaning::amend::Sense;
use crate::meaning::indicator::Choice;
use crate::meaning::{Context, Line};
use terms::Measure;

impl Choice<'_, '_> {
    /// A plan named beside what is measured against it.
    pub(super) fn of_plan(&self, sense: &mut Sense, context: &Context) {
        let Self {
            site, subject, signs, ..
        } = self;
        let line = site.line;
        let planned = || {
            site.before(mark::PLANWORD)
                && site
                    .back(6)
                    .any(|item| item.has(mark::PLANWORD) && !item.has(mark::ESTIMATE))
        };
        let Some(last) = context
            .last
            .filter(|_| site.around.follows && subject.before.is_none_or(|item| item.has(mark::PLANWORD)))
            .filter(|_| planned())
        else {
            return;
        };
        if site.money && line.catalogue.is(last.indicator, Role::DisbursementRate) {
            // `46.1% of a plan of more than VND 12,000 billion`
            sense.becomes(line, Role::PublicPlan);
            sense.of_plan = true;
        } else if site.percent
            && !signs.plan
            && subject.content == 0
            && sense.measure != Measure::Change
            && line.units.is(last.unit, unit::PERCENTAGE)
            && site.before(mark::COMPARE)
        {
            // `7.62 per cent against a target of 7.5 per cent`
            sense.indicator = last.indicator;
            sense.measure = last.measure;
        }
    }

    /// What the figure before was of, where nothing else is named.
    pub(super) fn of_last(&self, sense: &mut Sense, context: &Context) {
        let Self {
            site,
            subject,
            signs,
            counted,
            ..
        } = self;
        let line = site.line;
        let Some(last) = context
            .last
            .filter(|_| site.around.follows && sense.indicator.is_none())
        else {
            return;
        };
        let was = |role: Role| line.catalogue.is(last.indicator, role);
        if site.percent
            && signs.of_whole
            && was(Role::PoorHouseholds)
            && site.tail.iter().take(4).any(|item| item.has(mark::NOUN))
        {
            // `poor households numbered 31,280, 8.11% of all households`
            sense.becomes(line, Role::PovertyRate);
        } else if site.percent
            && subject.before.is_none()
            && matches!(sense.measure, Measure::Share | Measure::Change)
            && site.before(mark::PLANWORD | mark::AGAINST)
        {
            // `thu 3.017,5 tỷ đồng; so với dự toán giao đạt 48,3%`
            sense.indicator = last.indicator;
        } else if counted.elided
            && !subject.part
            && sense.measure == Measure::Level
            && line.units.is(sense.unit, unit::VISITOR)
        {
            // `3.6 million visitors so as to welcome 15 million in the whole year`
            sense.indicator = last.indicator;
        } else if line.units.is(sense.unit, unit::POINT) && line.units.is(last.unit, unit::PERCENTAGE) {
            // `62.3 per cent had gone out, 8.1 points more than at the same time in 2024`
            sense.indicator = last.indicator;
            sense.unit = line.units.points;
            sense.measure = Measure::Change;
        } else if site.number.unit == 0
            && counted.noun_at.is_none()
            && was(Role::PlanTargets)
            && site.back(3).any(|item| line.says(item, word::MET))
        {
            // `of the 21 targets, the province met or exceeded 15`
            sense.indicator = last.indicator;
        }
    }

    /// Disbursement, place by place: `Hai Phong's rate rose to 73.4%`, `Lai Chau (23.8%)`.
    pub(super) fn of_disbursement(&self, sense: &mut Sense, context: &mut Context) {
        let Self {
            site, subject, signs, ..
        } = self;
        let line = site.line;
        let disburses = |concept: u16| line.catalogue.nature(concept).disbursement;
        let speaks = site
            .gap
            .iter()
            .chain(site.tail.iter().take(8))
            .any(|item| item.has(mark::ALIAS) && disburses(line.concept(item)));
        if speaks {
            context.disbursing = true;
        } else if sense.indicator.is_some() && !line.catalogue.is_of(sense.indicator, Field::Investment)
            || subject.concept.is_some_and(|concept| !disburses(concept))
        {
            context.disbursing = false;
        }
        if context.disbursing
            && !speaks
            && site.percent
            && sense.indicator.is_none()
            && subject.before.is_none()
            && !signs.of_whole
            && !signs.bare_noun
            && sense.measure == Measure::Level
        {
            sense.becomes(line, Role::DisbursementRate);
        }
        // `giải ngân tối thiểu 45%` is a part of the plan; `tỷ lệ giải ngân 45%` is a level.
        if site.percent
            && sense.measure == Measure::Level
            && speaks
            && sense.is(line, Role::DisbursementRate)
            && !line.items[site.around.sentence..site.around.to]
                .iter()
                .any(|item| line.says(item, word::RATE))
        {
            sense.measure = Measure::Share;
        }
        // `đối chiếu với kế hoạch HĐND tỉnh giao (9.477,5 tỷ đồng)`, `TP. Hồ Chí Minh được giao 79.263 tỷ đồng`
        if context.disbursing
            && site.money
            && sense.indicator.is_none()
            && subject.before.is_none()
            && sense.measure == Measure::Level
            && site.back(8).any(|item| line.says(item, word::ASSIGNED))
        {
            sense.becomes(line, Role::PublicPlan);
        }
    }

    /// `Of 5,000 billion VND, …` in a text on disbursement.
    pub(super) fn of_disbursed_plan(&self, sense: &mut Sense, context: &Context) {
        let opens = |item: &Item| item.capital && self.site.line.says(item, word::OF);
        if sense.indicator.is_none()
            && self.site.money
            && context.disbursing
            && self.site.gap.first().is_some_and(opens)
        {
            sense.becomes(self.site.line, Role::PublicPlan);
        }
    }
}

/// Whether a unit is one that a plan is counted in.
pub(super) fn is_of_plan(line: Line<'_>, counted: u16, indicator: Option<u16>) -> bool {
    line.units.is(counted, unit::OF_PLAN) || line.catalogue.is_of(indicator, Field::Plan)
}
