//! What is known of each document of a folder: its `sources.csv`.

use std::collections::HashMap;
use std::path::Path;

use terms::{Date, Diagnostic, Language, Place, RefArea};

use crate::reference::Places;

/// The file's name in its folder.
pub(crate) const FILE: &str = "sources.csv";
const COLUMNS: [&str; 7] = ["name", "date", "place", "language", "title", "publisher", "url"];

/// What is known of a document from outside; empty where it is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) date: Option<Date>,
    pub(crate) place: Option<RefArea>,
    pub(crate) language: Option<Language>,
    pub(crate) title: Option<String>,
}

/// The sources of a folder by the document's name, and all that is wrong with the table.
///
/// A name may have its extension or not. A row with anything wrong is left out, so its document is read as if it had
/// no row: the caller decides whether to go on.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    by_name: HashMap<String, (u32, Source)>,
}

impl Sources {
    /// Reads `sources.csv` of a folder; without one nothing is known.
    pub(crate) fn of_folder(folder: &Path, places: &Places) -> (Self, Vec<Diagnostic>) {
        let path = folder.join(FILE);
        let name = path.display().to_string();
        match std::fs::read_to_string(&path) {
            Ok(table) => Self::read(&name, &table, places),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => (Self::default(), Vec::new()),
            Err(cause) => {
                let code = match cause.kind() {
                    std::io::ErrorKind::InvalidData => "sources-not-text",
                    std::io::ErrorKind::PermissionDenied => "file-not-permitted",
                    _ => "file-unreadable",
                };
                (Self::default(), vec![Diagnostic::error(code, Place::file(name))])
            }
        }
    }

    fn read(file: &str, table: &str, places: &Places) -> (Self, Vec<Diagnostic>) {
        let (mut sources, mut wrong) = (Self::default(), Vec::new());
        let mut rows = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let Ok(headers) = rows.headers().cloned() else {
            wrong.push(Diagnostic::error("sources-not-text", Place::file(file)));
            return (sources, wrong);
        };
        for header in headers.iter().filter(|header| !COLUMNS.contains(header)) {
            let place = Place::file(file).row(1).column(header);
            let known = COLUMNS.join(", ");
            wrong.push(
                Diagnostic::error("sources-unknown-column", place)
                    .with("found", header)
                    .with("expected", known),
            );
        }
        if !headers.iter().any(|header| header == "name") {
            let place = Place::file(file).row(1);
            wrong.push(Diagnostic::error("sources-missing-column", place).with("expected", "name"));
            return (sources, wrong);
        }
        for (row, number) in rows.records().zip(2_u32..) {
            let at = Place::file(file).row(number);
            let Ok(row) = row else {
                wrong.push(Diagnostic::error("sources-not-text", at));
                continue;
            };
            if row.len() != headers.len() {
                wrong.push(
                    Diagnostic::error("sources-wrong-row", at)
                        .with("found", row.len())
                        .with("expected", headers.len()),
                );
                continue;
            }
            let cell = |column: &str| {
                let position = headers.iter().position(|header| header == column)?;
                row.get(position).filter(|cell| !cell.is_empty())
            };
            let Some(name) = cell("name") else { continue };
            if let Some((first, _)) = sources.by_name.get(name) {
                let twice = Diagnostic::error("sources-twice", at.column("name"));
                wrong.push(twice.with("found", name).with("first", first));
                continue;
            }
            match source(cell, &at, places) {
                Ok(source) => {
                    sources.by_name.insert(name.to_owned(), (number, source));
                }
                Err(diagnostic) => wrong.push(*diagnostic),
            }
        }
        (sources, wrong)
    }

    /// What is known of a document, by its file name or by that without the extension.
    pub(crate) fn of(&self, file_name: &str) -> Option<&Source> {
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        self.by_name
            .get(file_name)
            .or_else(|| self.by_name.get(stem))
            .map(|(_, source)| source)
    }

    /// A warning for each row that names none of these files.
    pub(crate) fn without_file(&self, folder: &Path, file_names: &[String]) -> Vec<Diagnostic> {
        let mut missing: Vec<(u32, &String)> = self
            .by_name
            .iter()
            .filter(|(name, _)| {
                !file_names.iter().any(|file| {
                    file == *name
                        || file
                            .rsplit_once('.')
                            .is_some_and(|(stem, _)| stem == name.as_str())
                })
            })
            .map(|(name, (row, _))| (*row, name))
            .collect();
        missing.sort_unstable();
        let file = folder.join(FILE).display().to_string();
        missing
            .into_iter()
            .map(|(row, name)| {
                Diagnostic::warning("sources-without-file", Place::file(&file).row(row)).with("found", name)
            })
            .collect()
    }
}

fn source<'a>(
    cell: impl Fn(&str) -> Option<&'a str>,
    at: &Place,
    places: &Places,
) -> Result<Source, Box<Diagnostic>> {
    let in_column = |column: &str| at.clone().column(column);
    Ok(Source {
        date: cell("date")
            .map(|text| date(text, &in_column("date")))
            .transpose()?,
        place: cell("place")
            .map(|text| places.find(text, &in_column("place")))
            .transpose()?,
        language: cell("language")
            .map(|text| {
                text.parse().map_err(|_| {
                    Box::new(Diagnostic::error("language-unknown", in_column("language")).with("found", text))
                })
            })
            .transpose()?,
        title: cell("title").map(str::to_owned),
    })
}

/// A day as people write it: `2025-07-01` or `1/7/2025`, the day first.
///
/// # Errors
/// A diagnostic at `place` where there is no such day.
pub(crate) fn date(text: &str, place: &Place) -> Result<Date, Box<Diagnostic>> {
    let text = text.trim();
    let day_first = || {
        let mut parts = text.split(['/', '.']).map(|part| part.trim().parse::<i16>().ok());
        let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() || year < 1000 {
            return None;
        }
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let iso = || {
        let digits = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        digits.then(|| text.parse().ok()).flatten()
    };
    iso()
        .or_else(day_first)
        .ok_or_else(|| Box::new(Diagnostic::error("no-such-date", place.clone()).with("found", text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> (Sources, Vec<(String, &'static str)>) {
        let (sources, wrong) = Sources::read("sources.csv", table, &Places::load().unwrap());
        (
            sources,
            wrong
                .into_iter()
                .map(|wrong| (wrong.place.to_string(), wrong.code))
                .collect(),
        )
    }

    #[test]
    fn a_row_is_found_with_and_without_the_extension() {
        let (sources, wrong) = read(
            "\u{feff}name,date,place,language,title,publisher,url\na,2025-09-30,VN-15,vi,\"T, t\",P,https://x\nb.pdf,30/9/2025,Lào Cai,,,,\n",
        );
        assert_eq!(wrong, []);
        let a = sources.of("a.txt").unwrap();
        assert_eq!(a.title.as_deref(), Some("T, t"));
        assert_eq!(a.language, Some(Language::Vi));
        let b = sources.of("b.pdf").unwrap();
        assert_eq!((b.date, &b.place), (a.date, &a.place));
        assert!(sources.of("c.txt").is_none());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_row_and_column() {
        let (_, wrong) = read(
            "name,date,place,language,titel\na,2025-02-30,VN-11,vi,t\nb,2025-01-01,Paris,vi,t\nc,,,fr,t\nd,,\na2,,,,\na2,,,,\n",
        );
        let at = |row: &str| format!("sources.csv, {row}");
        assert_eq!(
            wrong,
            [
                (at("row 1, column “titel”"), "sources-unknown-column"),
                (at("row 2, column “date”"), "no-such-date"),
                (at("row 3, column “place”"), "place-unknown"),
                (at("row 4, column “language”"), "language-unknown"),
                (at("row 5"), "sources-wrong-row"),
                (at("row 7, column “name”"), "sources-twice"),
            ]
        );
        assert_eq!(
            read("file,date\n").1.last().map(|wrong| wrong.1),
            Some("sources-missing-column")
        );
    }
}
