//! The text of the repository's own files, for tests that ask whether something is said in them.

use std::path::{Path, PathBuf};

use crate::paths;

const SKIPPED: &[&str] = &["target", "node_modules", ".git", "test_data"];

/// Every file below a folder of the repository with one of these endings, in the order of their paths.
pub(super) fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    gather(&paths::root().join(folder), endings, &mut found);
    found.sort();
    found
}

/// The text of all of them, one after the other.
pub(super) fn text(folders: &[&str], endings: &[&str]) -> String {
    let files = folders.iter().flat_map(|folder| files(folder, endings));
    files.map(|file| std::fs::read_to_string(file).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn gather(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if !SKIPPED.iter().any(|skipped| name == *skipped) {
                gather(&path, endings, found);
            }
        } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            found.push(path);
        }
    }
}
