//! The heading of a table: what each column holds.

use std::ops::Range;

use crate::lexicon::{mark, unit, word};
use crate::meaning::Line;
use crate::table::{Column, Scale, Table, named, scale};
use terms::Kind;

impl Table {
    pub(super) fn heading(&mut self, line: Line<'_>, cells: &[Range<usize>]) {
        self.columns.clear();
        self.period = None;
        self.active = true;
        for cell in cells {
            let cell = &line.items[cell.clone()];
            let any = |marks: u64| cell.iter().any(|item| item.has(marks));
            let opens = |words: u128| cell.first().is_some_and(|item| line.says(item, words));
            let units = opens(word::UNIT_COLUMN)
                || opens(word::UNIT) && cell.get(1).is_none_or(|item| line.says(item, word::OF));
            // In a heading the unit stands in brackets or alone.
            let bracket = cell.iter().position(|item| item.is_sign(b'('));
            let scale = match bracket {
                Some(at) => scale(line, &cell[at + 1..]),
                None if any(mark::UNIT) => scale(line, cell),
                None => Scale::default(),
            };
            let percent = line.units.is(scale.unit, unit::PERCENT);
            let against = any(mark::COMPARE | mark::AGAINST) && any(mark::PLANWORD)
                || cell.first().is_some_and(|item| item.is_sign(b'%')) && any(mark::PLANWORD);
            let plan_share = against && percent || any(mark::AGAINST);
            let kind = if plan_share {
                None
            } else if any(mark::ESTIMATE) {
                Some(Kind::Estimate)
            } else if any(mark::TARGET | mark::PLANWORD) {
                Some(Kind::Target)
            } else if opens(word::RESULT_COLUMN) || any(mark::ACTUAL) {
                Some(Kind::Actual)
            } else {
                None
            };
            self.columns.push(Column {
                index: opens(word::ROW_NUMBER),
                units,
                scale,
                period: named(line, cell),
                growth: !plan_share && any(mark::UP | mark::DOWN | mark::GROWTH | mark::COMPARE),
                plan_share,
                rate: percent && opens(word::RATE_COLUMN),
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
}
