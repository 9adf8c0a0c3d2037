//! The cases of `tests/cases/*.md`: what is read from each text must be what its table says, figure by figure.
//!
//! `tests/cases/README.md` tells how a case is written. A failure names file and line, what was expected and what came.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use figures::{Figure, Text};
use terms::{Date, Language, RefArea};

use super::properties::READER;

/// One case: a text of a document, and what must be read from it.
struct Case {
    file: String,
    line: usize,
    title: String,
    language: Language,
    date: Date,
    place: RefArea,
    document_title: Option<String>,
    text: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The cell of a table for one field of a figure, as the tables write it.
fn cell(figure: &Figure, column: &str, text: &str) -> String {
    match column {
        "surface" => text[figure.span.clone()].to_owned(),
        "value" => figure.value.normalize().to_string(),
        "upper" => figure
            .upper
            .map(|upper| upper.normalize().to_string())
            .unwrap_or_default(),
        "unit" => figure.unit.to_string(),
        "bound" => figure.bound.to_string(),
        "measure" => figure.measure.to_string(),
        "indicator" => figure
            .indicator
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        "period" => figure
            .period
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        "place" => figure.place.as_ref().map(ToString::to_string).unwrap_or_default(),
        "kind" => figure.kind.to_string(),
        other => panic!("a table has no column {other:?}"),
    }
}

fn split_row(line: &str) -> Vec<String> {
    line.trim()
        .trim_matches('|')
        .split('|')
        .map(|part| part.trim().to_owned())
        .collect()
}

/// The cases of one file, in its order.
fn parse(path: &Path) -> Vec<Case> {
    let file = path
        .file_name()
        .expect("a case file has a name")
        .to_string_lossy()
        .into_owned();
    let content = std::fs::read_to_string(path).expect("a case file can be read");
    let mut cases = Vec::<Case>::new();
    let mut complete = true;
    for (index, line) in content.lines().enumerate() {
        let at = format!("{file}:{}", index + 1);
        if let Some(title) = line.strip_prefix("## ") {
            assert!(
                complete,
                "{at}: the case before has neither a table nor «No figure.»"
            );
            complete = false;
            cases.push(Case {
                file: file.clone(),
                line: index + 1,
                title: title.to_owned(),
                language: Language::Vi,
                date: Date::MIN,
                place: RefArea::COUNTRY,
                document_title: None,
                text: String::new(),
                columns: Vec::new(),
                rows: Vec::new(),
            });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(quoted) = line.strip_prefix('>') {
            if !case.text.is_empty() {
                case.text.push('\n');
            }
            case.text.push_str(quoted.strip_prefix(' ').unwrap_or(quoted));
        } else if line == "No figure." {
            complete = true;
        } else if line.starts_with('|') && !line.starts_with("|---") {
            if case.columns.is_empty() {
                case.columns = split_row(line);
            } else {
                complete = true;
                case.rows.push(split_row(line));
            }
        } else if case.date == Date::MIN && line.contains(" · ") {
            let mut parts = line.split(" · ");
            case.language = match parts.next() {
                Some("vi") => Language::Vi,
                Some("en") => Language::En,
                other => panic!("{at}: language {other:?}"),
            };
            let date = parts.next().unwrap_or_default();
            case.date = date.parse().unwrap_or_else(|_| panic!("{at}: date {date:?}"));
            let place = parts.next().unwrap_or_default();
            case.place = RefArea::new(place);
            case.document_title = parts.next().map(str::to_owned);
        }
    }
    assert!(
        complete,
        "{file}: the last case has neither a table nor «No figure.»"
    );
    cases
}

/// Why the case fails, or nothing.
fn fault(case: &Case) -> Option<String> {
    let figures = READER.read(&Text {
        text: &case.text,
        date: Some(case.date),
        place: Some(case.place.clone()),
        language: Some(case.language),
        title: case.document_title.as_deref(),
    });
    let shown = if case.columns.is_empty() {
        vec!["surface".to_owned()]
    } else {
        case.columns.clone()
    };
    let read: Vec<Vec<String>> = figures
        .iter()
        .map(|figure| {
            shown
                .iter()
                .map(|column| cell(figure, column, &case.text))
                .collect()
        })
        .collect();
    if read == case.rows {
        return None;
    }
    let mut message = format!("{}:{}: {}\n", case.file, case.line, case.title);
    for row in &case.rows {
        let sign = if read.contains(row) { ' ' } else { '-' };
        let _ = writeln!(message, "  {sign} expected | {}", row.join(" | "));
    }
    for row in &read {
        let sign = if case.rows.contains(row) { ' ' } else { '+' };
        let _ = writeln!(message, "  {sign} read     | {}", row.join(" | "));
    }
    Some(message)
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of cases stands in the repository")
        .map(|entry| entry.expect("an entry of the folder can be read").path())
        .filter(|path| {
            path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("README.md")
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_case_reads_as_its_table_says() {
    let cases: Vec<Case> = case_files().iter().flat_map(|path| parse(path)).collect();
    assert!(cases.len() >= 120, "only {} cases were found", cases.len());
    let faults: Vec<String> = cases.iter().filter_map(fault).collect();
    assert!(
        faults.is_empty(),
        "{} of {} cases\n\n{}",
        faults.len(),
        cases.len(),
        faults.join("\n")
    );
}
