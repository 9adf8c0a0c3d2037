//! One row while it is read: cells by column, diagnostics with their place.

use std::str::FromStr;

use terms::{Diagnostic, Place};

use crate::table::{Table, TableRow};

pub(crate) struct Cells<'a, 'd> {
    table: &'a Table,
    row: &'a TableRow,
    pub(crate) diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a, 'd> Cells<'a, 'd> {
    pub(crate) fn new(table: &'a Table, row: &'a TableRow, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self {
            table,
            row,
            diagnostics,
        }
    }

    /// The place of the row.
    pub(crate) fn place(&self) -> Place {
        self.table.place.clone().row(self.row.number)
    }

    /// The text of a column; empty where the table does not have it.
    pub(crate) fn text(&self, column: &str) -> &'a str {
        let index = self.table.headings.iter().position(|heading| heading == column);
        index
            .and_then(|index| self.row.cells.get(index))
            .map_or("", String::as_str)
    }

    /// Notes what is wrong with a cell.
    pub(crate) fn fault(&mut self, code: &'static str, column: &str, expected: &str) {
        let place = self.place().column(column);
        let found = self.text(column);
        self.diagnostics.push(
            Diagnostic::error(code, place)
                .with("found", found)
                .with("expected", expected),
        );
    }

    /// The text of a column that must not be empty.
    pub(crate) fn required(&mut self, column: &str) -> Option<&'a str> {
        let text = self.text(column);
        if text.is_empty() {
            self.fault("missing-value", column, "");
            return None;
        }
        Some(text)
    }

    /// What a cell spells, or none where it is empty; `code` and `expected` tell what is wrong with it.
    pub(crate) fn optional<T: FromStr>(
        &mut self,
        column: &str,
        code: &'static str,
        expected: &str,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.fault(code, column, expected);
        }
        value
    }

    /// What a cell that must not be empty spells.
    pub(crate) fn parsed<T: FromStr>(
        &mut self,
        column: &str,
        code: &'static str,
        expected: &str,
    ) -> Option<T> {
        self.required(column)?;
        self.optional(column, code, expected)
    }

    /// The code that a cell spells, or the usual one where it is empty; `all` are told where it spells none of them.
    pub(crate) fn code_or<T: FromStr + Copy>(
        &mut self,
        column: &str,
        usual: T,
        all: &[T],
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        if self.text(column).is_empty() {
            return Some(usual);
        }
        let codes: Vec<&str> = all.iter().map(|one| code(*one)).collect();
        self.optional(column, "unknown-code", &codes.join(", "))
    }
}
