//! Workbooks from outside, cell by cell: one far out costs no more than a near one, and nothing unpacks to more than a bound.
//!
//! The library's own ranges hold every cell between the first and the last, so two cells at the corners of a sheet of a few
//! kilobytes would ask for hundreds of gigabytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, DataRef, Reader as _, Xlsx};

/// A workbook in memory.
pub(crate) struct Book<'a>(Xlsx<Cursor<&'a [u8]>>);

/// The filled cells of a sheet by row and column, both from 0, in the order in which people read them.
pub(crate) type Cells<T = Data> = BTreeMap<(u32, u32), T>;

/// Why a workbook is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is none, or damaged.
    Unreadable,
    /// It unpacks to more than the bound.
    TooLarge,
    /// It has more cells than the bound.
    TooManyCells,
}

impl<'a> Book<'a> {
    /// Opens a workbook that unpacks to at most so many bytes; with the names of its parts, in small letters.
    pub(crate) fn open(bytes: &'a [u8], most_unpacked: u64) -> Result<(Self, Vec<String>), Fault> {
        let unreadable = |_| Fault::Unreadable;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
        let (mut left, mut names) = (most_unpacked, Vec::new());
        for number in 0..archive.len() {
            let part = archive.by_index(number).map_err(unreadable)?;
            names.push(part.name().map_err(unreadable)?.to_ascii_lowercase());
            // The declared size can lie: count what comes out.
            let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
            let size = size.map_err(|_| Fault::Unreadable)?;
            left = left.checked_sub(size).ok_or(Fault::TooLarge)?;
        }
        let book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Fault::Unreadable)?;
        Ok((Self(book), names))
    }

    /// The names of its sheets.
    pub(crate) fn sheets(&self) -> Vec<String> {
        self.0.sheet_names()
    }

    /// The filled cells of a sheet, at most so many.
    pub(crate) fn cells(&mut self, sheet: &str, most: usize) -> Result<Cells, Fault> {
        let mut reader = self
            .0
            .worksheet_cells_reader(sheet)
            .map_err(|_| Fault::Unreadable)?;
        let mut cells = Cells::new();
        while let Some(cell) = reader.next_cell().map_err(|_| Fault::Unreadable)? {
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            if cells.len() == most {
                return Err(Fault::TooManyCells);
            }
            cells.insert(cell.get_position(), cell.get_value().clone().into());
        }
        Ok(cells)
    }

    /// The formulas of a sheet, at most so many.
    pub(crate) fn formulas(&mut self, sheet: &str, most: usize) -> Result<Cells<String>, Fault> {
        let mut reader = self
            .0
            .worksheet_cells_reader(sheet)
            .map_err(|_| Fault::Unreadable)?;
        let mut formulas = Cells::new();
        while let Some(cell) = reader.next_formula().map_err(|_| Fault::Unreadable)? {
            if cell.get_value().is_empty() {
                continue;
            }
            if formulas.len() == most {
                return Err(Fault::TooManyCells);
            }
            formulas.insert(cell.get_position(), cell.get_value().clone());
        }
        Ok(formulas)
    }
}
