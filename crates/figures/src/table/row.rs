//! A row of a table: the numbers of its cells, by heading, unit column and name.

use std::ops::Range;

use crate::catalogue::Role;
use crate::item::What;
use crate::lexicon::{mark, unit};
use crate::meaning::{Around, Context, How, Line, Meaning, pick};
use crate::number::Number;
use crate::period::Anchor;
use crate::table::{Scale, Table, cells, named, scale};
use terms::{Bound, Kind, Measure, TimePeriod};

impl Table {
    /// The numbers of a row with what they mean.
    pub(crate) fn row(
        &mut self,
        line: Line<'_>,
        context: &mut Context,
        anchor: &Anchor,
        mut found: impl FnMut(Around, &Number, &Meaning),
    ) {
        let cells = cells(line.items);
        let ruled = line.items.iter().all(|item| matches!(item.what, What::Sign(_)));
        if ruled {
            return;
        }
        if line.numbers.is_empty() && !self.active {
            self.heading(line, &cells);
            return;
        }
        self.active = true;
        let column = |at: usize| self.columns.get(at).copied().unwrap_or_default();
        let mut name: Option<Range<usize>> = None;
        let mut row_scale = Scale::default();
        for (at, cell) in cells.iter().enumerate() {
            let items = &line.items[cell.clone()];
            if items.is_empty() || column(at).index {
                continue;
            }
            let numeric = items.iter().any(|item| matches!(item.what, What::Number(_)));
            let words = items
                .iter()
                .any(|item| item.what == What::Word || matches!(item.what, What::Place(_)));
            if column(at).units
                || (name.is_some()
                    && !numeric
                    && items.iter().all(|item| {
                        item.has(mark::UNIT | mark::SCALE | mark::NOUN | mark::PER | mark::PERWORD)
                            || matches!(item.what, What::Sign(_))
                    }))
            {
                row_scale = scale(line, items);
            } else if name.is_none() && words {
                name = Some(cell.clone());
            }
        }
        let name_items = name.clone().map_or(&line.items[..0], |name| &line.items[name]);
        let alias = name_items.iter().find(|item| item.has(mark::ALIAS));
        for item in name_items.iter().filter(|item| item.has(mark::ALIAS)) {
            context.set_field(line, item);
        }
        let concept = alias.map(|item| line.concept(item));
        if row_scale.unit == 0 && row_scale.noun == 0 {
            // `Kim ngạch xuất khẩu (triệu USD)`
            if let Some(at) = name_items.iter().position(|item| item.is_sign(b'(')) {
                row_scale = scale(line, &name_items[at + 1..]);
            }
        }
        let row_period = named(line, name_items);
        let grows = name_items.iter().any(|item| item.has(mark::UP | mark::GROWTH));
        let falls = name_items.iter().any(|item| item.has(mark::DOWN));
        let field = context.field;
        for (at, cell) in cells.iter().enumerate() {
            let head = column(at);
            if head.index || head.units || name.as_ref() == Some(cell) {
                continue;
            }
            for index in cell.clone() {
                let Some(number) = line.number(&line.items[index]) else {
                    continue;
                };
                // `Lượt xem: 1.245`
                if line.items[cell.start..index]
                    .iter()
                    .any(|item| item.has(mark::NOTCOUNT) && item.what == What::Word)
                {
                    continue;
                }
                // The first cell of a table without a heading: the row's number.
                if at == 0 && self.columns.is_empty() && number.unit == 0 {
                    continue;
                }
                let from_head = head.scale.unit != 0 || head.scale.noun != 0 || head.scale.power != 0;
                let scale = if from_head { head.scale } else { row_scale };
                let mut number = *number;
                if number.unit == 0 && !number.scaled {
                    number.low = number.low.times(scale.power);
                    number.high = number.high.map(|high| high.times(scale.power));
                }
                let mut unit = if number.unit == 0 { scale.unit } else { number.unit };
                let percent = line.units.is(unit, unit::PERCENTAGE);
                number.unit = unit;
                let growth_indicator = concept.is_some_and(|concept| line.catalogue.nature(concept).growth);
                let mut measure = if percent && head.plan_share {
                    Measure::Share
                } else if percent && (head.growth || grows || growth_indicator && !falls) {
                    Measure::Growth
                } else if percent && falls {
                    Measure::Change
                } else {
                    Measure::Level
                };
                let how = How {
                    down: falls,
                    plan: head.plan_share,
                    ratio: false,
                    total: false,
                    field,
                };
                let indicator = concept.and_then(|concept| pick(line, concept, &number, unit, measure, how));
                if number.unit == 0 {
                    unit = scale.noun;
                }
                if let Some(chosen) = indicator.map(|index| &line.catalogue.indicators[usize::from(index)]) {
                    if number.unit == 0 {
                        unit = chosen.unit;
                    }
                    if line.catalogue.is(indicator, Role::PovertyReduction) {
                        measure = Measure::Change;
                        unit = line.units.points;
                    } else if chosen.growth && measure == Measure::Level {
                        measure = Measure::Growth;
                    }
                }
                let money = line.units.is(unit, unit::MONEY);
                let mut per = if number.per != 0 { number.per } else { scale.per };
                if let Some(index) = indicator.filter(|_| per == 0 && money && measure == Measure::Level) {
                    per = line.catalogue.indicator(index).per;
                }
                let period = head
                    .period
                    .or(row_period)
                    .or(self.period)
                    .or(context.period)
                    .or(context.account)
                    .or(context.report)
                    .or(anchor.date.map(|date| TimePeriod::Year(date.year())));
                // A plan without a period of its own is of the year.
                let period = match (period, head.kind, head.period.or(row_period)) {
                    (Some(period), Some(Kind::Target), None)
                        if period.start().year() == period.end().year() =>
                    {
                        Some(TimePeriod::Year(period.start().year()))
                    }
                    _ => period,
                };
                let later = period
                    .zip(anchor.date)
                    .is_some_and(|(period, date)| period.start() > date);
                let kind = head.kind.unwrap_or(if later {
                    Kind::Target
                } else if self.columns.iter().any(|column| column.kind.is_some()) {
                    Kind::Actual
                } else {
                    context.telling.guess()
                });
                let before = line.items[cell.start..index]
                    .iter()
                    .rev()
                    .find(|item| item.has(mark::BOUND));
                let bound = match (number.high, before) {
                    (Some(_), _) => Bound::Range,
                    (None, Some(item)) => line.words.entry(item).bound.unwrap_or(Bound::Eq),
                    (None, None) => Bound::Eq,
                };
                let around = Around {
                    at: index,
                    from: cell.start,
                    start: cell.start,
                    sentence: 0,
                    to: cell.end,
                    follows: false,
                };
                let meaning = Meaning {
                    unit,
                    per,
                    bound,
                    measure,
                    indicator,
                    period,
                    place: context.place,
                    kind,
                    negative: false,
                    reduces: false,
                    counted: 0,
                    named: cell.start,
                    spent: index,
                    concept,
                };
                found(around, &number, &meaning);
            }
        }
    }
}
