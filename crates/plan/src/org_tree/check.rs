//! Whether units and successions hold together.

use std::collections::HashMap;

use terms::{Date, Decimal, Diagnostic, Place, RefArea};

use super::read::Row;
use super::{Change, OrgTree, UnitNumber};
use crate::{OrgUnit, Succession};

fn at(file: &str, row: u32, column: &str) -> Place {
    Place::file(file).row(row).column(column)
}

/// Parents known and without a cycle; validity in order; no code with two lives, or two parents, at once.
pub(super) fn units(units: &[Row<OrgUnit>], faults: &mut Vec<Diagnostic>) {
    let fault = |code, row: &Row<OrgUnit>, column| {
        Diagnostic::error(code, at("units.csv", row.row, column)).with("unit", &row.value.code)
    };
    let mut by_code: HashMap<&RefArea, Vec<&Row<OrgUnit>>> = HashMap::new();
    for row in units {
        by_code.entry(&row.value.code).or_default().push(row);
    }
    for row in units {
        let unit = &row.value;
        if unit
            .valid_to
            .zip(unit.valid_from)
            .is_some_and(|(to, from)| to < from)
        {
            faults.push(fault("unit-ends-before-it-starts", row, "valid_to"));
        }
        for other in by_code[&unit.code].iter().filter(|other| other.row < row.row) {
            if unit.overlaps(&other.value) {
                let code = if unit.parent == other.value.parent {
                    "unit-validity-overlaps"
                } else {
                    "unit-two-parents"
                };
                faults.push(fault(code, row, "valid_from").with("other_row", other.row));
            }
        }
        let Some(parent) = &unit.parent else { continue };
        if !by_code.contains_key(parent) {
            faults.push(fault("unit-parent-unknown", row, "parent").with("parent", parent));
            continue;
        }
        // A chain longer than there are tiers comes back to itself.
        let mut seen = vec![&unit.code];
        let mut above = Some(parent);
        while let Some(code) = above {
            if code == &unit.code {
                faults.push(fault("unit-cycle", row, "parent").with("parent", parent));
                break;
            }
            if seen.contains(&code) {
                break;
            }
            seen.push(code);
            above = by_code.get(code).and_then(|rows| rows[0].value.parent.as_ref());
        }
    }
}

/// Every change speaks of a unit that was there on that day.
pub(super) fn changes(changes: &[Row<Change>], units: &[Row<OrgUnit>], faults: &mut Vec<Diagnostic>) {
    for row in changes {
        let known = units
            .iter()
            .any(|unit| unit.value.code == row.value.code && unit.value.is_valid_on(row.value.date));
        if !known {
            faults.push(
                Diagnostic::error("change-unit-unknown", at("changes.csv", row.row, "code"))
                    .with("unit", &row.value.code)
                    .with("date", row.value.date),
            );
        }
    }
}

/// Both ends known on their days; no link twice; shares of one unit on one day add up to no more than one; no cycle.
pub(super) fn successions(rows: &[Row<Succession>], tree: &OrgTree, faults: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<(&RefArea, &RefArea, Date), u32> = HashMap::new();
    let mut sums: HashMap<(&RefArea, Date), (Decimal, u32)> = HashMap::new();
    for row in rows {
        let succession = &row.value;
        let Ok(eve) = succession.date.yesterday() else {
            continue;
        };
        for (code, on, column) in [
            (&succession.predecessor, eve, "predecessor"),
            (&succession.successor, succession.date, "successor"),
        ] {
            if tree.find(code, on).is_none() {
                faults.push(
                    Diagnostic::error("succession-unit-unknown", at("successions.csv", row.row, column))
                        .with("unit", code)
                        .with("date", on),
                );
            }
        }
        let key = (&succession.predecessor, &succession.successor, succession.date);
        if let Some(first) = seen.insert(key, row.row) {
            faults.push(
                Diagnostic::error("succession-twice", at("successions.csv", row.row, "successor"))
                    .with("unit", &succession.predecessor)
                    .with("other_row", first),
            );
        }
        let sum = sums
            .entry((&succession.predecessor, succession.date))
            .or_insert((Decimal::ZERO, row.row));
        sum.0 += succession.share.unwrap_or_default();
        sum.1 = row.row;
    }
    let mut over: Vec<_> = sums
        .into_iter()
        .filter(|(_, (sum, _))| Decimal::ONE < *sum)
        .collect();
    over.sort_by_key(|(_, (_, row))| *row);
    for ((unit, _), (sum, row)) in over {
        faults.push(
            Diagnostic::error("succession-share-sum", at("successions.csv", row, "share"))
                .with("unit", unit)
                .with("sum", sum),
        );
    }
    cycles(rows, tree, faults);
}

/// A unit that comes, by way of its successors, out of itself. Depth first, each link once.
fn cycles(rows: &[Row<Succession>], tree: &OrgTree, faults: &mut Vec<Diagnostic>) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; tree.units.len()];
    for start in 0..tree.units.len() {
        if marks[start] != Mark::New {
            continue;
        }
        let mut stack = vec![(start, 0)];
        marks[start] = Mark::Open;
        while let Some((unit, next)) = stack.pop() {
            let Some(link) = tree.later[unit].get(next) else {
                marks[unit] = Mark::Done;
                continue;
            };
            stack.push((unit, next + 1));
            let to = link.unit.0 as usize;
            match marks[to] {
                Mark::New => {
                    marks[to] = Mark::Open;
                    stack.push((to, 0));
                }
                Mark::Open => {
                    let code = |unit: usize| &tree.unit(UnitNumber(u32::try_from(unit).unwrap_or(0))).code;
                    let row = rows
                        .iter()
                        .find(|row| {
                            row.value.predecessor == *code(unit)
                                && row.value.successor == *code(to)
                                && row.value.date == link.date
                        })
                        .map_or(1, |row| row.row);
                    faults.push(
                        Diagnostic::error("succession-cycle", at("successions.csv", row, "successor"))
                            .with("unit", code(to)),
                    );
                }
                Mark::Done => {}
            }
        }
    }
}
