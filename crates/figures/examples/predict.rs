//! Reads every text of a folder and writes its figures as JSON lines: `predict DIR OUT`, or `predict DIR --bench`.
//! `predict DIR --rounds=N` reads them N times, for a count of instructions that the machine's load cannot blur.
//!
//! A folder may hold a `sources.csv` (name,date,place,language,title,…); a text may begin with `# DATE | PLACE | title`.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use figures::{Buffers, Figure, Reader, Text};

struct Document {
    name: String,
    text: String,
    date: Option<terms::Date>,
    place: Option<terms::RefArea>,
    language: Option<terms::Language>,
    title: Option<String>,
}

fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in row.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("never empty").push(c),
        }
    }
    cells
}

fn documents(folder: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    let sources = std::fs::read_to_string(folder.join("sources.csv")).unwrap_or_default();
    let sources: Vec<Vec<String>> = sources.lines().map(cells).collect();
    let column = |name: &str| sources.first()?.iter().position(|cell| cell == name);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path)?;
        let row = sources.iter().find(|row| row.first() == Some(&name));
        let cell = |name: &str| row?.get(column(name)?).filter(|cell| !cell.is_empty()).cloned();
        let head = text.lines().next().and_then(|line| line.strip_prefix("# "));
        let head: Vec<&str> = head
            .map(|head| head.split('|').map(str::trim).collect())
            .unwrap_or_default();
        let part = |at: usize| head.get(at).map(|part| (*part).to_owned());
        found.push(Document {
            date: part(0)
                .or_else(|| cell("date"))
                .and_then(|date| date.parse().ok()),
            place: part(1).or_else(|| cell("place")).map(terms::RefArea::new),
            language: cell("language").and_then(|code| code.parse().ok()),
            title: part(2).or_else(|| cell("title")),
            name,
            text,
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn line(text: &str, figure: &Figure) -> String {
    let points = |at: usize| text[..at].chars().count();
    let optional = |value: Option<String>| value.map_or("null".to_owned(), |value| quoted(&value));
    format!(
        "{{\"quote\": {}, \"surface\": {}, \"value\": {}, \"upper\": {}, \"unit\": {}, \"bound\": \"{}\", \"measure\": \"{}\", \
         \"indicator\": {}, \"period\": {}, \"place\": {}, \"kind\": \"{}\", \"start\": {}, \"end\": {}}}\n",
        quoted(&text[figure.quote.clone()]),
        quoted(&text[figure.span.clone()]),
        figure.value.normalize(),
        figure
            .upper
            .map_or("null".to_owned(), |upper| upper.normalize().to_string()),
        quoted(figure.unit.as_str()),
        figure.bound,
        figure.measure,
        optional(figure.indicator.as_ref().map(ToString::to_string)),
        optional(figure.period.map(|period| period.to_string())),
        optional(figure.place.as_ref().map(ToString::to_string)),
        figure.kind,
        points(figure.span.start),
        points(figure.span.end),
    )
}

fn input(document: &Document) -> Text<'_> {
    Text {
        text: &document.text,
        date: document.date,
        place: document.place.clone(),
        language: document.language,
        title: document.title.as_deref(),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = arguments.as_slice() else {
        return Err("usage: predict DIR OUT | predict DIR --bench".into());
    };
    let start = Instant::now();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data");
    let read = |name: &str| std::fs::read_to_string(format!("{data}/{name}"));
    let reader = Reader::new(
        &read("indicators.csv")?,
        &read("indicator_aliases.csv")?,
        &read("units.csv")?,
    )?
    .with_former_communes(&read("units.csv")?, &read("successions.csv")?)?;
    let made = start.elapsed();
    let documents = documents(Path::new(folder))?;
    if out == "--bench" {
        let (mut buffers, mut figures) = (Buffers::default(), Vec::new());
        let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
        for round in 0..5 {
            let (start, mut count, mut rounds) = (Instant::now(), 0, 0);
            while start.elapsed().as_millis() < 800 {
                for document in &documents {
                    reader.read_into(&input(document), &mut buffers, &mut figures);
                    count += figures.len();
                }
                rounds += 1;
            }
            let seconds = start.elapsed().as_secs_f64();
            #[expect(clippy::cast_precision_loss, reason = "a report to people")]
            let (size, figures) = ((bytes * rounds) as f64, count as f64);
            println!(
                "round {round}: {:.1} MB/s, {:.0} figures/s, {:.2} figures/KB (reader made in {made:?})",
                size / seconds / 1e6,
                figures / seconds,
                figures * 1000.0 / size
            );
        }
        return Ok(());
    }
    if let Some(rounds) = out.strip_prefix("--rounds=") {
        let (mut buffers, mut figures, mut count) = (Buffers::default(), Vec::new(), 0);
        let rounds: usize = rounds.parse()?;
        for document in documents.iter().cycle().take(rounds * documents.len()) {
            reader.read_into(&input(document), &mut buffers, &mut figures);
            count += figures.len();
        }
        let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
        println!("{} bytes, {count} figures", bytes * rounds);
        return Ok(());
    }
    std::fs::create_dir_all(out)?;
    for document in &documents {
        let lines: String = reader
            .read(&input(document))
            .iter()
            .map(|figure| line(&document.text, figure))
            .collect();
        std::fs::write(Path::new(out).join(format!("{}.jsonl", document.name)), lines)?;
    }
    Ok(())
}
