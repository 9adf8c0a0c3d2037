//! Reading the three tables, each row with its place.

use terms::{Date, Decimal, Diagnostic, Place, RefArea};

use super::{Change, OrgTree, check};
use crate::{OrgUnit, Succession};

/// The texts of the three tables, with the names by which a diagnostic speaks of them.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// `units.csv`: `code,parent,level,name_vi,name_en,type,valid_from,valid_to,area_km2,…`.
    pub units: &'a str,
    /// `successions.csv`: `predecessor,successor,date,share`.
    pub successions: &'a str,
    /// `changes.csv`: `code,date,field,old,new`.
    pub changes: &'a str,
}

/// Something read, with the row that it stood in.
pub(super) struct Row<T> {
    pub(super) row: u32,
    pub(super) value: T,
}

impl Tables<'_> {
    /// Reads and checks all three tables. Nothing is used where anything is wrong.
    ///
    /// # Errors
    /// Every fault that was found, each with file, row and column: `column-missing`, `not-a-date`, `not-a-share`,
    /// `unit-ends-before-it-starts`, `unit-parent-unknown`, `unit-cycle`, `unit-two-parents`, `unit-validity-overlaps`,
    /// `succession-unit-unknown`, `succession-twice`, `succession-share-sum`, `succession-cycle`, `change-unit-unknown`.
    pub fn read(&self) -> Result<OrgTree, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let units = rows("units.csv", self.units, &UNITS, &mut faults, unit);
        let successions = rows(
            "successions.csv",
            self.successions,
            &SUCCESSIONS,
            &mut faults,
            succession,
        );
        let changes = rows("changes.csv", self.changes, &CHANGES, &mut faults, change);
        if !faults.is_empty() {
            return Err(faults);
        }
        check::units(&units, &mut faults);
        check::changes(&changes, &units, &mut faults);
        let units = units.into_iter().map(|row| row.value).collect();
        let bare: Vec<Succession> = successions.iter().map(|row| row.value.clone()).collect();
        let tree = OrgTree::assemble(units, &bare, changes.into_iter().map(|row| row.value).collect());
        check::successions(&successions, &tree, &mut faults);
        if faults.is_empty() { Ok(tree) } else { Err(faults) }
    }
}

const UNITS: [&str; 9] = [
    "code",
    "parent",
    "name_vi",
    "name_en",
    "type",
    "valid_from",
    "valid_to",
    "area_km2",
    "level",
];
const SUCCESSIONS: [&str; 4] = ["predecessor", "successor", "date", "share"];
const CHANGES: [&str; 5] = ["code", "date", "field", "old", "new"];

/// Reads one table; `make` gets the columns in the order in which they were asked for.
fn rows<T, const N: usize>(
    file: &str,
    text: &str,
    columns: &[&'static str; N],
    faults: &mut Vec<Diagnostic>,
    make: impl Fn(&[&str; N], &Place, &mut Vec<Diagnostic>) -> Option<T>,
) -> Vec<Row<T>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let mut at = [usize::MAX; N];
    for (index, name) in columns.iter().enumerate() {
        match header.iter().position(|found| found == *name) {
            Some(position) => at[index] = position,
            None => faults
                .push(Diagnostic::error("column-missing", Place::file(file).row(1)).with("column", name)),
        }
    }
    let mut rows = Vec::new();
    if at.contains(&usize::MAX) {
        return rows;
    }
    let mut record = csv::StringRecord::new();
    let mut line = 1;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return rows,
            Ok(true) => {}
            Err(_) => {
                faults.push(Diagnostic::error(
                    "row-unreadable",
                    Place::file(file).row(line + 1),
                ));
                return rows;
            }
        }
        line = record.position().map_or(line + 1, |position| {
            u32::try_from(position.line()).unwrap_or(u32::MAX)
        });
        let place = Place::file(file).row(line);
        let cells = at.map(|position| record.get(position).unwrap_or_default().trim());
        if let Some(value) = make(&cells, &place, faults) {
            rows.push(Row { row: line, value });
        }
    }
}

/// A cell that could not be read; the fault has been noted.
struct Unread;

fn date(
    text: &str,
    column: &str,
    place: &Place,
    faults: &mut Vec<Diagnostic>,
) -> Result<Option<Date>, Unread> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(date) = text.parse() {
        return Ok(Some(date));
    }
    faults.push(Diagnostic::error("not-a-date", place.clone().column(column)).with("found", text));
    Err(Unread)
}

fn unit(cells: &[&str; 9], place: &Place, faults: &mut Vec<Diagnostic>) -> Option<OrgUnit> {
    let [code, parent, name_vi, name_en, kind, from, to, area, _level] = *cells;
    if code.is_empty() {
        faults.push(Diagnostic::error("cell-empty", place.clone().column("code")));
        return None;
    }
    let valid_from = date(from, "valid_from", place, faults).ok()?;
    let valid_to = date(to, "valid_to", place, faults).ok()?;
    let area_km2 = match area {
        "" => None,
        text => match text.parse::<Decimal>() {
            Ok(area) if !area.is_sign_negative() => Some(area),
            _ => {
                faults.push(
                    Diagnostic::error("not-a-number", place.clone().column("area_km2")).with("found", text),
                );
                return None;
            }
        },
    };
    Some(OrgUnit {
        code: RefArea::new(code),
        parent: (!parent.is_empty()).then(|| RefArea::new(parent)),
        name_vi: name_vi.to_owned(),
        name_en: name_en.to_owned(),
        type_vi: kind.to_owned(),
        valid_from,
        valid_to,
        area_km2,
    })
}

fn succession(cells: &[&str; 4], place: &Place, faults: &mut Vec<Diagnostic>) -> Option<Succession> {
    let [predecessor, successor, day, share] = *cells;
    let date = date(day, "date", place, faults).ok()?.or_else(|| {
        faults.push(Diagnostic::error("cell-empty", place.clone().column("date")));
        None
    })?;
    let share = match share {
        "" => None,
        text => match text.parse::<Decimal>() {
            Ok(share) if Decimal::ZERO < share && share <= Decimal::ONE => Some(share),
            _ => {
                faults.push(
                    Diagnostic::error("not-a-share", place.clone().column("share")).with("found", text),
                );
                return None;
            }
        },
    };
    Some(Succession {
        predecessor: RefArea::new(predecessor),
        successor: RefArea::new(successor),
        date,
        share,
    })
}

fn change(cells: &[&str; 5], place: &Place, faults: &mut Vec<Diagnostic>) -> Option<Change> {
    let [code, day, field, old, new] = *cells;
    let date = date(day, "date", place, faults).ok()?.or_else(|| {
        faults.push(Diagnostic::error("cell-empty", place.clone().column("date")));
        None
    })?;
    Some(Change {
        code: RefArea::new(code),
        date,
        field: field.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
    })
}
