//! Tables that come in: what they say, and what is wrong with them before the register is asked.

use std::collections::HashMap;

use exchange::{Citation, Table, ValueRow};
use plan::{CatalogueList, Fact};
use terms::{Diagnostic, Place};

use crate::org::Given;
use crate::reference::{Reference, Texts, faults_of};

/// Regimes and the lines of their forms; a table that was not given has headings only.
pub(super) fn regimes_of(
    reference: &Reference,
    statements: Option<&Given>,
    lines: Option<&Given>,
) -> (Vec<plan::report::Regime>, Vec<Diagnostic>) {
    let mut wrong = Vec::new();
    let mut given = |file: Option<&Given>, name: &str, columns: &[&str]| match file {
        None => Some(Table::empty(name, columns)),
        Some((name, bytes)) => Table::read(name, bytes)
            .map_err(|faults| wrong.extend(faults))
            .ok(),
    };
    let statements = given(statements, "regimes.csv", &exchange::regimes::STATEMENT);
    let lines = given(lines, "regime_lines.csv", &exchange::regimes::LINE);
    match statements.zip(lines) {
        Some((statements, lines)) => crate::report::regimes::read(reference, &statements, &lines),
        None => (Vec::new(), wrong),
    }
}

/// Reads a table, and keeps what is wrong with it; none where it is no table at all.
pub(super) fn table<T>(
    wrong: &mut Vec<Diagnostic>,
    name: &str,
    bytes: &[u8],
    read: impl FnOnce(&Table) -> (Vec<T>, Vec<Diagnostic>),
) -> Option<Vec<T>> {
    match Table::read(name, bytes) {
        Ok(table) => {
            let (rows, diagnostics) = read(&table);
            wrong.extend(diagnostics);
            Some(rows)
        }
        Err(diagnostics) => {
            wrong.extend(diagnostics);
            None
        }
    }
}

/// What is wrong with lists: as tables of their kind, and as they hang together. A row that both find fault with is told by
/// what says more, how it hangs together.
pub(super) fn catalogue_faults(
    loaded: &[(CatalogueList, String, Vec<u8>)],
    texts: &Texts,
) -> Vec<Diagnostic> {
    let mut wrong = faults_of(loaded, texts);
    let told: Vec<Place> = wrong.iter().map(|fault| fault.place.clone()).collect();
    let mut more = Vec::new();
    for (list, name, bytes) in loaded {
        match list {
            CatalogueList::Indicators => {}
            CatalogueList::Units => drop(table(&mut more, name, bytes, exchange::read_units)),
            CatalogueList::Successions => drop(table(&mut more, name, bytes, exchange::read_successions)),
        }
    }
    more.retain(|fault| {
        !told
            .iter()
            .any(|place| (&place.file, place.row) == (&fault.place.file, fault.place.row))
    });
    wrong.extend(more);
    wrong
}

/// Two values of one cell and edition by one and the same paper, in one table: whoever wrote it must say which holds. (Two
/// papers that differ are no fault but a finding, and both are kept.)
pub(super) fn two_values(rows: &[ValueRow], reference: &Reference) -> Vec<Diagnostic> {
    let paper = |row: &ValueRow| match &row.citation {
        Citation::Document { name, .. } => name.clone(),
        Citation::Outside(source) => format!("{}|{}|{:?}", source.title, source.publisher, source.date),
    };
    let mut papers: HashMap<(String, String), Vec<engine::series::Row<'_>>> = HashMap::new();
    for row in rows {
        if let Fact::Observation(observation) = &row.fact {
            let file = row.at.file.clone().unwrap_or_default();
            let at = engine::series::Row {
                row: row.at.row.unwrap_or_default(),
                observation,
            };
            papers.entry((file, paper(row))).or_default().push(at);
        }
    }
    let mut wrong: Vec<Diagnostic> = papers
        .iter()
        .flat_map(|((file, _), rows)| engine::series::check(file, rows, reference.tree()))
        // Units are held against their days by the rules of values.
        .filter(|fault| fault.code == "value-twice")
        .collect();
    wrong.sort_by(|a, b| (&a.place.file, a.place.row).cmp(&(&b.place.file, b.place.row)));
    wrong
}
