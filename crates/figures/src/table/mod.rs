//! Rows of a table: cells between `|` or tabs, with units and periods in the headings or in a column of their own.
//!
//! ```text
//! STT | Chỉ tiêu | Đơn vị tính | Ước thực hiện 2024 | Kế hoạch 2025
//! 3   | Kim ngạch xuất khẩu | triệu USD | 1.740,5 | 1.800
//! ```
//!
//! gives exports of 1 740 500 000 USD in 2024, an estimate, and of 1 800 000 000 USD in 2025, a target.

mod heading;
mod row;

use std::ops::Range;

use crate::item::{Item, What};
use crate::lexicon::mark;
use crate::meaning::Line;
use terms::{Kind, TimePeriod};

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

impl Table {
    /// The table is over.
    pub(crate) fn end(&mut self) {
        self.active = false;
    }
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
