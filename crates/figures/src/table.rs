//! Rows of a table: cells between `|` or tabs, with units and periods in the headings or in a column of their own.
//!
//! ```text
//! STT | Chỉ tiêu | Đơn vị tính | Ước thực hiện 2024 | Kế hoạch 2025
//! 3   | Kim ngạch xuất khẩu | triệu USD | 1.740,5 | 1.800
//! ```
//!
//! gives exports of 1 740 500 000 USD in 2024, an estimate, and of 1 800 000 000 USD in 2025, a target.

use std::ops::Range;

use crate::item::{Item, What};
use crate::lexicon::mark;
use crate::meaning::{Around, How, Line, Meaning, pick};
use crate::number::Number;
use crate::period::Anchor;
use crate::resolve::{Context, set_field};
use terms::{Bound, Kind, Measure, TimePeriod};

/// What a heading says of the cells below it, or a unit cell of those beside it.
#[derive(Debug, Clone, Copy, Default)]
struct Scale {
    power: i8,
    unit: u16,
    noun: u16,
    per: u16,
}

/// A column by its heading.
#[derive(Debug, Clone, Copy, Default)]
struct Column {
    index: bool,
    units: bool,
    scale: Scale,
    period: Option<TimePeriod>,
    growth: bool,
    plan_share: bool,
    /// `Tỷ lệ (%)`
    rate: bool,
    kind: Option<Kind>,
}

/// The table that is being read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    columns: Vec<Column>,
    /// What the heading of the whole table names.
    period: Option<TimePeriod>,
    active: bool,
}

/// Whether a line is a row: two or more bars or tabs.
pub(crate) fn is_row(line: &str) -> bool {
    let mut bars = memchr::memchr2_iter(b'|', b'\t', line.as_bytes());
    let Some(first) = bars.next() else {
        return false;
    };
    let sign = line.as_bytes()[first];
    bars.any(|at| line.as_bytes()[at] == sign)
}

fn cells(items: &[Item]) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, item) in items.iter().enumerate() {
        if matches!(item.what, What::Sign(b'|' | b'\t')) {
            if at > 0 {
                cells.push(start..at);
            }
            start = at + 1;
        }
    }
    cells.push(start..items.len());
    cells
}

fn scale(line: Line<'_>, cell: &[Item]) -> Scale {
    let mut scale = Scale::default();
    let mut denominator = false;
    for item in cell {
        let entry = line.words.entry(item);
        if item.has(mark::SCALE) {
            scale.power += entry.scale;
        } else if item.has(mark::PERWORD) && (scale.unit != 0 || scale.noun != 0) {
            denominator = true;
        } else if denominator && item.has(mark::PER) {
            scale.per = entry.per;
        } else if item.has(mark::UNIT) && scale.unit == 0 && !denominator {
            scale.unit = entry.unit;
        } else if item.has(mark::NOUN) && scale.noun == 0 && !denominator {
            scale.noun = entry.noun;
        }
    }
    scale
}

fn named(line: Line<'_>, cell: &[Item]) -> Option<TimePeriod> {
    let periods = cell.iter().rev().filter_map(|item| match item.what {
        What::Period(index) => line.periods.get(index as usize),
        _ => None,
    });
    periods
        .filter(|named| !named.compared)
        .map(|named| named.period)
        .next()
}

impl Table {
    /// The table is over.
    pub(crate) fn end(&mut self) {
        self.active = false;
    }

    fn heading(&mut self, line: Line<'_>, cells: &[Range<usize>]) {
        self.columns.clear();
        self.period = None;
        self.active = true;
        for cell in cells {
            let cell = &line.items[cell.clone()];
            let any = |marks: u64| cell.iter().any(|item| item.has(marks));
            let first = cell
                .first()
                .map(|item| line.text(item).to_lowercase())
                .unwrap_or_default();
            let text = cell
                .first()
                .zip(cell.last())
                .map(|(first, last)| line.words.text[first.start as usize..last.end as usize].to_lowercase())
                .unwrap_or_default();
            let units = text.starts_with("đơn vị")
                || text.starts_with("đvt")
                || text == "unit"
                || text.starts_with("unit of")
                || text.starts_with("don vi");
            // In a heading the unit stands in brackets or alone.
            let bracket = cell.iter().position(|item| item.is_sign(b'('));
            let scale = match bracket {
                Some(at) => scale(line, &cell[at + 1..]),
                None if any(mark::UNIT) => scale(line, cell),
                None => Scale::default(),
            };
            let percent = line.units.get(scale.unit).as_str() == "%";
            let against = any(mark::COMPARE | mark::AGAINST) && any(mark::PLANWORD)
                || text.starts_with('%') && any(mark::PLANWORD);
            let plan_share = against && percent || any(mark::AGAINST);
            let kind = if plan_share {
                None
            } else if any(mark::ESTIMATE) {
                Some(Kind::Estimate)
            } else if any(mark::TARGET | mark::PLANWORD)
                || text.starts_with("kế hoạch")
                || text.starts_with("plan")
            {
                Some(Kind::Target)
            } else if text.starts_with("thực hiện") || any(mark::ACTUAL) {
                Some(Kind::Actual)
            } else {
                None
            };
            self.columns.push(Column {
                index: matches!(first.as_str(), "stt" | "tt" | "no" | "#" | "số") || text == "no.",
                units,
                scale,
                period: named(line, cell),
                growth: !plan_share && any(mark::UP | mark::DOWN | mark::GROWTH | mark::COMPARE),
                plan_share,
                rate: percent && (text.starts_with("tỷ lệ") || text.starts_with("rate")),
                kind: kind.filter(|_| !units),
            });
        }
        // «Chỉ tiêu năm 2024 | Giá trị»: the heading of the names dates the whole table.
        if self
            .columns
            .iter()
            .filter(|column| column.period.is_some())
            .count()
            == 1
        {
            self.period = self.columns.iter().take(2).find_map(|column| column.period);
        }
        // What is counted in the column of names («Chỉ tiêu») is no plan; a rate beside a plan is the part of it.
        let names = self
            .columns
            .iter()
            .position(|column| !column.index && !column.units);
        if let Some(column) = names
            .and_then(|at| self.columns.get_mut(at))
            .filter(|column| column.period.is_none())
        {
            column.kind = None;
        }
        // The growth of what is estimated is an estimate: «Ước 6 tháng | So với cùng kỳ (%)».
        for at in 1..self.columns.len() {
            if self.columns[at].growth && self.columns[at].kind.is_none() {
                self.columns[at].kind = self.columns[at - 1].kind.filter(|&kind| kind == Kind::Estimate);
            }
        }
        let planned = self
            .columns
            .iter()
            .any(|column| column.kind == Some(Kind::Target));
        for column in self.columns.iter_mut().filter(|column| column.rate && planned) {
            column.plan_share = true;
            column.kind = None;
        }
    }

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
            set_field(line, item, context);
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
                let percent = line.units.get(unit).is_percentage();
                number.unit = unit;
                let growth_indicator = concept.is_some_and(|concept| {
                    line.catalogue
                        .concept(concept)
                        .indicators
                        .iter()
                        .any(|code| line.catalogue.indicators[usize::from(*code)].growth)
                });
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
                    if chosen.code.as_str() == "poverty.reduction" {
                        measure = Measure::Change;
                        unit = line.units.find("pp");
                    } else if chosen.growth && measure == Measure::Level {
                        measure = Measure::Growth;
                    }
                }
                let money = line.units.get(unit).is_money();
                let mut per = if number.per != 0 { number.per } else { scale.per };
                if let Some(index) = indicator.filter(|_| per == 0 && money && measure == Measure::Level) {
                    let own = line
                        .units
                        .get(line.catalogue.indicators[usize::from(index)].unit)
                        .as_str();
                    per = own
                        .split_once('/')
                        .map_or(0, |(_, denominator)| line.units.find(denominator));
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
