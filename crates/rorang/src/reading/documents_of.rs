//! Which documents are meant: files, or the readable files of a folder with what its `sources.csv` says.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use documents::Format;
use terms::{Diagnostic, Place};

use super::sources::{Source, Sources};
use crate::reference::Places;

/// A document to be read.
pub(crate) struct Named {
    pub(crate) path: PathBuf,
    /// The file's name without its extension; with it, where two documents would share a name.
    pub(crate) name: String,
    pub(crate) source: Source,
}

/// The documents that these paths mean, in order, and what is wrong with the folders.
pub(crate) fn documents_of(paths: &[PathBuf], places: &Places) -> (Vec<Named>, Vec<Diagnostic>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            folder(path, places, &mut found, &mut wrong);
        } else {
            found.push(Named {
                path: path.clone(),
                name: part(path.file_stem()),
                source: Source::default(),
            });
        }
    }
    let mut count: HashMap<String, usize> = HashMap::new();
    for document in &found {
        *count.entry(document.name.clone()).or_default() += 1;
    }
    for document in &mut found {
        if count.get(&document.name).is_some_and(|count| 1 < *count) {
            document.name = part(document.path.file_name());
        }
    }
    (found, wrong)
}

fn part(name: Option<&std::ffi::OsStr>) -> String {
    name.unwrap_or_default().to_string_lossy().into_owned()
}

fn folder(folder: &Path, places: &Places, found: &mut Vec<Named>, wrong: &mut Vec<Diagnostic>) {
    let place = || Place::file(folder.display().to_string());
    let Ok(entries) = std::fs::read_dir(folder) else {
        return wrong.push(Diagnostic::error("file-not-permitted", place()));
    };
    let mut files: Vec<String> = entries
        .filter_map(|entry| {
            entry
                .ok()
                .filter(|entry| entry.path().is_file())?
                .file_name()
                .into_string()
                .ok()
        })
        .filter(|name| !name.starts_with(['.', '~']))
        .collect();
    files.sort_unstable();
    let (names, others): (Vec<String>, Vec<String>) = files
        .into_iter()
        .partition(|name| Format::of_name(name).is_some());
    for name in others.iter().filter(|name| is_document(name)) {
        wrong.push(Diagnostic::warning(
            "file-skipped",
            Place::file(folder.join(name).display().to_string()),
        ));
    }
    let (sources, mut diagnostics) = Sources::of_folder(folder, places);
    wrong.append(&mut diagnostics);
    if names.is_empty() {
        return wrong.push(Diagnostic::error("folder-empty", place()));
    }
    wrong.extend(sources.without_file(folder, &names));
    found.extend(names.into_iter().map(|name| {
        let path = folder.join(&name);
        Named {
            name: part(path.file_stem()),
            source: sources.of(&name).cloned().unwrap_or_default(),
            path,
        }
    }));
}

/// Whether a file that cannot be read is one that a person would expect to be: an older or other kind of document, or a
/// picture of one. Tables, annotations and notes may lie beside documents without a word.
fn is_document(name: &str) -> bool {
    const OTHERS: [&str; 14] = [
        "doc", "xls", "rtf", "odt", "ods", "ppt", "pptx", "jpg", "jpeg", "png", "tif", "tiff", "zip", "rar",
    ];
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| OTHERS.contains(&extension.to_lowercase().as_str()))
}
