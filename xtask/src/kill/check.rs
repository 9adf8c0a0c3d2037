//! What a killed server left: the record verified by the small program, every derived table computed again, and each act
//! looked for in the entries.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;

use super::Tally;
use super::load::{ROWS, Told, marker_of_row};
use crate::program;

/// Looks at everything and adds what is wrong to the tally.
///
/// # Errors
/// Where the check itself cannot be made.
pub(super) fn all(program: &Path, here: &Path, round: u64, told: &Told, tally: &mut Tally) -> anyhow::Result<()> {
    let database = here.join("register.db");
    let database = database.to_str().context("the temporary folder has no plain name")?;
    let record = here.join("record.txt");
    let file = record.to_str().context("the temporary folder has no plain name")?;
    if let Err(error) = program::run(program, &["ledger", "audit", "--database", database], "") {
        eprintln!("round {round}: {error:#}");
        tally.torn += 1;
    }
    let _ = fs::remove_file(&record);
    let exported = program::run(program, &["ledger", "export", file, "--database", database], "");
    let verified = exported.and_then(|_| program::run(program, &["ledger", "verify", file], ""));
    if let Err(error) = verified {
        eprintln!("round {round}: {error:#}");
        tally.unsound += 1;
    }
    let entries = fs::read_to_string(&record)?;
    let found = markers(&entries);
    let times = |marker: &String| found.get(marker.as_str()).copied().unwrap_or(0);
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let lost: Vec<_> = told.acknowledged.iter().filter(|marker| times(marker) == 0).collect();
    let doubled = found.values().filter(|times| **times > 1).count();
    if !lost.is_empty() || doubled > 0 {
        eprintln!("round {round}: lost {lost:?}, {doubled} doubled");
    }
    tally.lost += count(lost.len());
    tally.doubled += count(doubled);
    for (round, done) in &told.imports {
        let there = (1..=ROWS).filter(|row| times(&marker_of_row(*round, *row)) > 0).count();
        let whole = usize::try_from(ROWS).unwrap_or(usize::MAX);
        if there != whole && (*done || there != 0) {
            eprintln!("round {round}: {there} of {whole} rows of an import are there (ended well: {done})");
            tally.torn += 1;
        }
    }
    Ok(())
}

/// In how many entries each mark stands.
fn markers(record: &str) -> BTreeMap<&str, u32> {
    let mut found = BTreeMap::new();
    for entry in record.lines() {
        let mut here: Vec<&str> = entry
            .match_indices("dau-")
            .filter_map(|(at, _)| Some(&entry[at..=at + entry[at..].find('.')?]))
            .collect();
        here.sort_unstable();
        here.dedup();
        for marker in here {
            *found.entry(marker).or_default() += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_counts_once_an_entry() {
        let found = markers("1 dau-0-1-2. dau-0-1-2.txt\n2 dau-0-1-2. dau-0-1-3.\n");
        assert_eq!(found, BTreeMap::from([("dau-0-1-2.", 2), ("dau-0-1-3.", 1)]));
    }
}
