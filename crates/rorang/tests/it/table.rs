//! Tables of the repository as rows of named cells.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One row: column name to cell.
pub(crate) type Row = BTreeMap<String, String>;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every row of a CSV file of the repository.
pub(crate) fn rows(path: &str) -> Vec<Row> {
    let full = root().join(path);
    let mut reader = csv::Reader::from_path(&full).unwrap_or_else(|error| panic!("{path}: {error}"));
    reader
        .deserialize()
        .map(|row| row.unwrap_or_else(|error| panic!("{path}: {error}")))
        .collect()
}
