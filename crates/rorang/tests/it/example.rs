//! The example (`examples/dien-bien`): each number stands, word for word, in the document that it names.

use std::collections::{BTreeMap, BTreeSet};

use documents::{DocumentText, Limits};
use terms::{Bound, Date, Decimal, Measure, TimePeriod};

use crate::table::{Row, root, rows};

const FOLDER: &str = "examples/dien-bien";

fn facts() -> Vec<Row> {
    let mut all = rows(&format!("{FOLDER}/observations.csv"));
    all.extend(rows(&format!("{FOLDER}/targets.csv")));
    all
}

/// The name of a file without its last extension, as `sources.csv` lists it.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn files() -> BTreeSet<String> {
    let folder = root().join(FOLDER).join("documents");
    let names = std::fs::read_dir(folder).expect("the example has documents");
    names
        .map(|entry| {
            entry
                .expect("a folder entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name != "sources.csv")
        .collect()
}

fn read(file: &str) -> DocumentText {
    let path = root().join(FOLDER).join("documents").join(file);
    let (document, diagnostics) =
        documents::read_file(&path, &Limits::STANDARD).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert!(diagnostics.is_empty(), "{file}: {diagnostics:?}");
    document
}

#[test]
fn each_document_has_a_source_with_title_publisher_and_day() {
    let sources: BTreeMap<String, Row> = rows(&format!("{FOLDER}/documents/sources.csv"))
        .into_iter()
        .map(|row| (row["name"].clone(), row))
        .collect();
    let names: BTreeSet<String> = files().iter().map(|file| stem(file).to_owned()).collect();
    assert_eq!(names, sources.keys().cloned().collect());
    for (name, source) in sources {
        assert!(
            !source["title"].is_empty() && !source["publisher"].is_empty(),
            "{name}"
        );
        assert!(
            source["date"].parse::<Date>().is_ok(),
            "{name}: {}",
            source["date"]
        );
    }
}

#[test]
fn every_format_that_is_read_has_a_document() {
    let formats: BTreeSet<String> = files()
        .iter()
        .filter_map(|file| Some(file.rsplit_once('.')?.1.to_owned()))
        .collect();
    assert_eq!(
        formats,
        ["docx", "html", "pdf", "txt", "xlsx"].map(str::to_owned).into()
    );
}

#[test]
fn each_document_says_that_it_is_a_restatement() {
    for file in files() {
        let text = read(&file).text;
        let said =
            text.contains("Thuật lại bằng lời của chúng tôi") || text.contains("Restated in our own words");
        assert!(said, "{file} does not say that it is our own restatement");
    }
}

#[test]
fn each_quote_stands_once_in_its_document_and_the_number_once_in_the_quote() {
    let texts: BTreeMap<String, String> = files()
        .into_iter()
        .map(|file| (file.clone(), read(&file).text))
        .collect();
    let mut wrong = Vec::new();
    for fact in facts() {
        let text = &texts[&fact["document"]];
        if text.matches(&fact["quote"]).count() != 1 {
            wrong.push(format!("{}: “{}”", fact["document"], fact["quote"]));
        }
        if fact["quote"].matches(&fact["surface"]).count() != 1 {
            wrong.push(format!(
                "{}: “{}” in “{}”",
                fact["document"], fact["surface"], fact["quote"]
            ));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn each_fact_is_in_the_words_of_the_register() {
    let indicators: BTreeSet<String> = rows("data/indicators.csv")
        .iter()
        .map(|row| row["code"].clone())
        .collect();
    for fact in facts() {
        let told = format!("{fact:?}");
        let period = fact
            .get("period")
            .or_else(|| fact.get("due"))
            .expect("a fact has a period");
        assert!(indicators.contains(&fact["indicator"]), "{told}");
        assert!(period.parse::<TimePeriod>().is_ok(), "{told}");
        assert!(fact["measure"].parse::<Measure>().is_ok(), "{told}");
        assert!(fact["bound"].parse::<Bound>().is_ok(), "{told}");
        assert!(fact["value"].parse::<Decimal>().is_ok(), "{told}");
        assert_eq!(fact["bound"] == "range", !fact["upper"].is_empty(), "{told}");
    }
}

#[test]
fn the_public_record_keeps_its_contradictions() {
    let values = |indicator: &str, period: &str, measure: &str| -> BTreeSet<String> {
        rows(&format!("{FOLDER}/observations.csv"))
            .into_iter()
            .filter(|row| {
                row["indicator"] == indicator && row["period"] == period && row["measure"] == measure
            })
            .map(|row| row["value"].clone())
            .collect()
    };
    assert_eq!(
        values("poverty.rate", "2025", "level"),
        ["17.66", "17.78"].map(str::to_owned).into()
    );
    assert_eq!(
        values("grdp.growth", "2021/2025", "growth"),
        ["8.02", "8.76", "9"].map(str::to_owned).into()
    );
    assert_eq!(
        values("grdp.per_capita", "2025", "level"),
        ["52830000", "54000000"].map(str::to_owned).into()
    );
    assert_eq!(values("grdp.level", "2025", "level").len(), 3);
}

#[test]
fn the_tables_import_without_a_word() {
    let table = |path: &str| {
        let bytes = std::fs::read(root().join(path)).expect("the example has its tables");
        exchange::Table::read(path, &bytes).unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"))
    };
    let (observations, wrong) = exchange::read_observations(&table(&format!("{FOLDER}/observations.csv")));
    assert!(wrong.is_empty() && !observations.is_empty(), "{wrong:?}");
    let (targets, wrong) = exchange::read_targets(&table(&format!("{FOLDER}/targets.csv")));
    assert!(wrong.is_empty() && !targets.is_empty(), "{wrong:?}");
    let (sources, wrong) = exchange::read_sources(&table(&format!("{FOLDER}/documents/sources.csv")));
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(sources.len(), files().len());
    let breaks = std::fs::read_to_string(root().join("data/breaks.csv")).expect("the list of breaks");
    let catalogue = exchange::read_catalogue(&table("data/indicators.csv"), &breaks);
    assert!(catalogue.is_ok_and(|catalogue| !catalogue.entries().is_empty()));
}

#[test]
fn the_reader_finds_the_numbers_of_the_example() {
    let table = |path: &str| std::fs::read_to_string(root().join(path)).expect("reference data");
    let reader = figures::Reader::new(
        &table("data/indicators.csv"),
        &table("data/indicator_aliases.csv"),
        &table("data/units.csv"),
    )
    .expect("the reference data are good");
    let mut missed = Vec::new();
    for source in rows(&format!("{FOLDER}/documents/sources.csv")) {
        let file = files()
            .into_iter()
            .find(|file| stem(file) == source["name"])
            .expect("a source has its document");
        let document = read(&file);
        let found = reader.read(&figures::Text {
            text: &document.text,
            date: source["date"].parse().ok(),
            place: Some(terms::RefArea::new(source["place"].clone())),
            language: source["language"].parse().ok(),
            title: Some(&source["title"]),
        });
        for fact in facts().iter().filter(|fact| fact["document"] == file) {
            let quote = document
                .text
                .find(&fact["quote"])
                .expect("a quote stands in its document");
            let surface = quote
                + fact["quote"]
                    .find(&fact["surface"])
                    .expect("a number stands in its quote");
            let span = surface..surface + fact["surface"].len();
            let value: Decimal = fact["value"].parse().expect("a value is a number");
            let seen = found.iter().any(|figure| {
                figure.span.start < span.end && span.start < figure.span.end && figure.value == value
            });
            if !seen {
                missed.push(format!("{file}: “{}” in “{}”", fact["surface"], fact["quote"]));
            }
        }
    }
    assert_eq!(missed, [""; 0]);
}
