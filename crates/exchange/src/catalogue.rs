//! Indicators, units and successions, in the columns of the lists in `/data`.

use plan::catalogue::CatalogueTables;
use plan::org_tree::Tables;
use plan::{Catalogue, NamedScope, OrgTree, OrgUnit, Scope, Succession};
use terms::{Date, Decimal, Diagnostic, RefArea};

use crate::row::Cells;
use crate::table::Table;

/// Reads a catalogue of indicators, by the rules of [`CatalogueTables::read`]; `breaks` is the text of `breaks.csv`.
///
/// # Errors
/// Every fault, with the table's own name and rows.
pub fn read_catalogue(table: &Table, breaks: &str) -> Result<Catalogue, Vec<Diagnostic>> {
    let indicators = plain(table);
    let tables = CatalogueTables {
        indicators: &indicators,
        breaks,
    };
    tables
        .read()
        .map_err(|faults| in_tables(faults, &[("indicators.csv", table)]))
}

/// Says what a catalogue's formulas have of faults where its table stands: in the table's own name and rows.
pub fn placed_in(table: &Table, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    in_tables(faults, &[("indicators.csv", table)])
}

/// Reads units and what became of them, by the rules of [`Tables::read`]: no ring, no two parents, no share above one, no
/// two lives at once. `changes` is the text of `changes.csv`.
///
/// # Errors
/// Every fault, with the tables' own names and rows.
pub fn read_tree(units: &Table, successions: &Table, changes: &str) -> Result<OrgTree, Vec<Diagnostic>> {
    let (units_text, successions_text) = (plain(units), plain(successions));
    let tables = Tables {
        units: &units_text,
        successions: &successions_text,
        changes,
    };
    let named = [("units.csv", units), ("successions.csv", successions)];
    tables.read().map_err(|faults| in_tables(faults, &named))
}

/// A table as plain CSV with one line a row, so that lines can be led back to rows.
fn plain(table: &Table) -> String {
    let one_line = |cell: &String| cell.replace(['\n', '\r'], " ");
    let mut flat = table.clone();
    for row in &mut flat.rows {
        row.cells = row.cells.iter().map(one_line).collect();
    }
    flat.to_csv()
}

/// Leads faults back to the tables from which they come: their file, sheet and row.
fn in_tables(mut faults: Vec<Diagnostic>, tables: &[(&str, &Table)]) -> Vec<Diagnostic> {
    for fault in &mut faults {
        let named = fault.place.file.clone().unwrap_or_default();
        let Some((_, table)) = tables.iter().find(|(name, _)| *name == named) else {
            continue;
        };
        fault.place.file.clone_from(&table.place.file);
        fault.place.sheet.clone_from(&table.place.sheet);
        // Row 1 is the heading.
        let row = fault.place.row.and_then(|row| usize::try_from(row).ok());
        if let Some(row) = row.and_then(|row| table.rows.get(row.checked_sub(2)?)) {
            fault.place.row = Some(row.number);
        }
    }
    faults
}

/// Reads a list of units. Needed: `code`, `parent`, `name_vi`, `name_en`, `type`, `valid_from`, `valid_to`; read where
/// there: `area_km2`. A code twice is `duplicate-code`, a parent that the list does not have `unknown-place`.
pub fn read_units(table: &Table) -> (Vec<OrgUnit>, Vec<Diagnostic>) {
    const NEEDED: [&str; 7] = [
        "code",
        "parent",
        "name_vi",
        "name_en",
        "type",
        "valid_from",
        "valid_to",
    ];
    let mut diagnostics = table.missing_headings(&NEEDED);
    let mut units = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let codes = table.headings.iter().position(|heading| heading == "code");
    let known: std::collections::HashSet<&str> = codes
        .map(|index| table.rows.iter().map(|row| row.cells[index].as_str()).collect())
        .unwrap_or_default();
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let code = cells.required("code");
        let names = cells.required("name_vi").zip(cells.required("name_en"));
        let valid_from: Option<Date> = cells.optional("valid_from", "not-a-date", "2025-07-01");
        let valid_to: Option<Date> = cells.optional("valid_to", "not-a-date", "2025-06-30");
        if valid_from.zip(valid_to).is_some_and(|(from, to)| to < from) {
            cells.fault("ends-before-start", "valid_to", "");
        }
        let parent = cells.text("parent");
        if !parent.is_empty() && !known.contains(parent) {
            cells.fault("unknown-place", "parent", "");
        }
        let (Some(code), Some((name_vi, name_en))) = (code, names) else {
            continue;
        };
        if !seen.insert(code) {
            cells.fault("duplicate-code", "code", "");
            continue;
        }
        units.push(OrgUnit {
            code: RefArea::new(code),
            parent: (!parent.is_empty()).then(|| RefArea::new(parent)),
            name_vi: name_vi.to_owned(),
            name_en: name_en.to_owned(),
            type_vi: cells.text("type").to_owned(),
            valid_from,
            valid_to,
            area_km2: cells.optional("area_km2", "not-a-number", "95.4"),
        });
    }
    (units, diagnostics)
}

/// Reads what became of units. Columns: `predecessor`, `successor`, `date`, `share` (0 to 1, empty where nobody says).
pub fn read_successions(table: &Table) -> (Vec<Succession>, Vec<Diagnostic>) {
    let mut diagnostics = table.check_headings(
        &["predecessor", "successor", "date", "share"],
        &["predecessor", "successor", "date", "share"],
    );
    let mut successions = Vec::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let units = cells.required("predecessor").zip(cells.required("successor"));
        let date = cells.parsed::<Date>("date", "not-a-date", "2025-07-01");
        let share: Option<Decimal> = cells.optional("share", "not-a-number", "0.25");
        if share.is_some_and(|share| share < Decimal::ZERO || Decimal::ONE < share) {
            cells.fault("share-outside-0-1", "share", "0–1");
        }
        let (Some((predecessor, successor)), Some(date)) = (units, date) else {
            continue;
        };
        successions.push(Succession {
            predecessor: RefArea::new(predecessor),
            successor: RefArea::new(successor),
            date,
            share,
        });
    }
    (successions, diagnostics)
}

/// Reads the scopes that many papers use: `code`, `name_vi`, `name_en`; `note` is for whoever edits the list.
pub fn read_scopes(table: &Table) -> (Vec<NamedScope>, Vec<Diagnostic>) {
    let needed = ["code", "name_vi", "name_en"];
    let mut diagnostics = table.check_headings(&["code", "name_vi", "name_en", "note"], &needed);
    let mut scopes = Vec::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let code = cells.parsed::<Scope>("code", "not-a-scope", "1–120");
        let names = cells.required("name_vi").zip(cells.required("name_en"));
        if let (Some(code), Some((vi, en))) = (code, names) {
            scopes.push(NamedScope {
                code,
                name_vi: vi.to_owned(),
                name_en: en.to_owned(),
            });
        }
    }
    (scopes, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BREAKS: &str = "indicator,date,old_vi,new_vi,old_en,new_en,source\n";

    fn table(text: &str) -> Table {
        Table::read("list.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn the_lists_of_the_repository_read_without_a_doubt() {
        let catalogue = read_catalogue(
            &table(include_str!("../../../data/indicators.csv")),
            include_str!("../../../data/breaks.csv"),
        )
        .unwrap();
        assert!(catalogue.get(&"poverty.rate".parse().unwrap()).is_some());
        let (units, doubts) = read_units(&table(include_str!("../../../data/units.csv")));
        assert_eq!((doubts, units.len()), (vec![], 14_139));
        let (successions, doubts) = read_successions(&table(include_str!("../../../data/successions.csv")));
        assert_eq!((doubts, successions.len()), (vec![], 10_623));
    }

    #[test]
    fn each_wrong_cell_is_named() {
        let text = "code;name_vi;name_en;unit;better\n\npoverty;a;b;%;\n\"poverty.rate\";\"hai\ndòng\";b;%;sideways\na.b;a;b;%;\na.b;a;b;%;\n";
        let faults = read_catalogue(&table(text), BREAKS).unwrap_err();
        let found: Vec<_> = faults
            .iter()
            .map(|fault| {
                let place = &fault.place;
                (
                    fault.code,
                    place.file.as_deref().unwrap(),
                    place.row.unwrap(),
                    place.column.as_deref().unwrap(),
                )
            })
            .collect();
        // An empty line and a cell of two lines do not shift the rows.
        assert_eq!(
            found,
            [
                ("not-an-indicator-code", "list.csv", 3, "code"),
                ("not-a-direction", "list.csv", 4, "better"),
                ("indicator-twice", "list.csv", 7, "code"),
            ]
        );
    }

    #[test]
    fn units_must_hang_together() {
        let heading = "code,parent,name_vi,name_en,type,valid_from,valid_to";
        let (_, doubts) = read_units(&table(&format!(
            "{heading}\nVN,,a,b,quốc gia,,\nVN-99,VX,a,b,tỉnh,2025-07-01,2025-06-30\nVN-98,VN,a,b,tỉnh,2025-02-30,\n"
        )));
        let found: Vec<_> = doubts
            .iter()
            .map(|doubt| (doubt.code, doubt.place.row.unwrap()))
            .collect();
        assert_eq!(
            found,
            [("ends-before-start", 3), ("unknown-place", 3), ("not-a-date", 4)]
        );
    }
}
