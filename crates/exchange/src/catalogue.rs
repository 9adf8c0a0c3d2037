//! Indicators, units and successions, in the columns of the lists in `/data`.

use plan::{Direction, Indicator, NamedScope, OrgUnit, PriceBasis, Scope, Succession};
use terms::{Date, Decimal, Diagnostic, IndicatorCode, RefArea, UnitMeasure};

use crate::row::Cells;
use crate::table::Table;

/// Reads a catalogue of indicators. Needed: `code`, `name_vi`, `name_en`, `unit`; read where there: `better`,
/// `definition_vi`, `definition_en`, `price_basis` (`current`, `constant:YEAR`), `natural_min`, `natural_max`. Further
/// columns are for others. A code twice is `duplicate-code`.
pub fn read_indicators(table: &Table) -> (Vec<Indicator>, Vec<Diagnostic>) {
    let mut diagnostics = table.missing_headings(&["code", "name_vi", "name_en", "unit"]);
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let code = cells.parsed::<IndicatorCode>("code", "not-an-indicator-code", "poverty.rate");
        let names = cells.required("name_vi").zip(cells.required("name_en"));
        let unit = cells.required("unit");
        let direction = match cells.text("better") {
            "" => None,
            "up" => Some(Direction::Up),
            "down" => Some(Direction::Down),
            _ => {
                cells.fault("unknown-code", "better", "up, down");
                None
            }
        };
        let price_basis = match cells.text("price_basis") {
            "" => None,
            "current" => Some(PriceBasis::Current),
            other => {
                let year = other.strip_prefix("constant:").and_then(|year| year.parse().ok());
                if year.is_none() {
                    cells.fault("unknown-code", "price_basis", "current, constant:2010");
                }
                year.map(|base_year| PriceBasis::Constant { base_year })
            }
        };
        let natural_minimum = cells.optional::<Decimal>("natural_min", "not-a-number", "0");
        let natural_maximum = cells.optional::<Decimal>("natural_max", "not-a-number", "100");
        let (Some(code), Some((name_vi, name_en)), Some(unit)) = (code, names, unit) else {
            continue;
        };
        if !seen.insert(code.clone()) {
            cells.fault("duplicate-code", "code", "");
            continue;
        }
        indicators.push(Indicator {
            code,
            name_vi: name_vi.to_owned(),
            name_en: name_en.to_owned(),
            definition_vi: cells.text("definition_vi").to_owned(),
            definition_en: cells.text("definition_en").to_owned(),
            unit: UnitMeasure::new(unit),
            direction,
            price_basis,
            natural_minimum,
            natural_maximum,
        });
    }
    (indicators, diagnostics)
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

    fn table(text: &str) -> Table {
        Table::read("list.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn the_lists_of_the_repository_read_without_a_doubt() {
        let (indicators, doubts) = read_indicators(&table(include_str!("../../../data/indicators.csv")));
        assert_eq!(doubts, []);
        assert!(
            indicators
                .iter()
                .any(|indicator| indicator.code.as_str() == "poverty.rate")
        );
        let (units, doubts) = read_units(&table(include_str!("../../../data/units.csv")));
        assert_eq!((doubts, units.len()), (vec![], 14_139));
        let (successions, doubts) = read_successions(&table(include_str!("../../../data/successions.csv")));
        assert_eq!((doubts, successions.len()), (vec![], 10_623));
    }

    #[test]
    fn each_wrong_cell_is_named() {
        let (read, doubts) = read_indicators(&table(
            "code,name_vi,name_en,unit,better\npoverty,a,b,%,\npoverty.rate,,b,%,sideways\na.b,a,b,%,\na.b,a,b,%,\n",
        ));
        assert_eq!(read.len(), 1);
        let found: Vec<_> = doubts
            .iter()
            .map(|doubt| {
                (
                    doubt.code,
                    doubt.place.row.unwrap(),
                    doubt.place.column.as_deref().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("not-an-indicator-code", 2, "code"),
                ("missing-value", 3, "name_vi"),
                ("unknown-code", 3, "better"),
                ("duplicate-code", 5, "code"),
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
