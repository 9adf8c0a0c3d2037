//! The annotated texts as a regression: how many figures are found, and found right in every field.

use std::path::{Path, PathBuf};

use figures::Text;

use super::properties::READER;

struct Gold {
    start: usize,
    end: usize,
    value: f64,
    upper: Option<f64>,
    fields: [Option<String>; 7],
}

/// A string, number or null of one line of JSON, as the annotations are written: one flat object, known keys.
fn field(line: &str, key: &str) -> Option<String> {
    let from = line.find(&format!("\"{key}\": "))? + key.len() + 4;
    let rest = &line[from..];
    if let Some(text) = rest.strip_prefix('"') {
        let mut value = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => return Some(value),
                '\\' => value.push(chars.next()?),
                c => value.push(c),
            }
        }
        return None;
    }
    let end = rest.find([',', '}'])?;
    Some(rest[..end].trim().to_owned()).filter(|value| value != "null")
}

fn gold(text: &str, line: &str) -> Gold {
    let quote = field(line, "quote").expect("a quote");
    let surface = field(line, "surface").expect("a surface");
    let at = text.find(&quote).expect("the quote stands in the text")
        + quote.find(&surface).expect("in the quote");
    let number = |key| field(line, key).and_then(|value| value.parse::<f64>().ok());
    Gold {
        start: at,
        end: at + surface.len(),
        value: number("value").expect("a value"),
        upper: number("upper"),
        fields: ["unit", "bound", "measure", "indicator", "period", "place", "kind"]
            .map(|key| field(line, key)),
    }
}

fn sources(folder: &Path) -> Vec<Vec<String>> {
    let csv = std::fs::read_to_string(folder.join("sources.csv")).unwrap_or_default();
    csv.lines()
        .map(|row| {
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
        })
        .collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// Gold figures, predictions, matches, and matches with every field right.
fn score(folder: &Path) -> [usize; 4] {
    let sources = sources(folder);
    let mut sums = [0; 4];
    let files = std::fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path());
    for path in files.filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let row = sources
            .iter()
            .find(|row| row[0] == name)
            .expect("a row in sources.csv");
        let annotations = std::fs::read_to_string(path.with_extension("jsonl")).expect("annotations");
        let gold: Vec<Gold> = annotations.lines().map(|line| gold(&text, line)).collect();
        let header = text.lines().next().and_then(|line| line.strip_prefix("# "));
        let place = header
            .and_then(|line| line.split(" | ").nth(1))
            .unwrap_or(&row[2]);
        let title = header
            .and_then(|line| line.split(" | ").nth(2))
            .unwrap_or(&row[4]);
        let figures = READER.read(&Text {
            text: &text,
            date: row[1].parse().ok(),
            place: Some(terms::RefArea::new(place)),
            language: row[3].parse().ok(),
            title: Some(title),
        });
        sums[0] += gold.len();
        sums[1] += figures.len();
        let mut taken = vec![false; gold.len()];
        for figure in &figures {
            let value: f64 = figure.value.to_string().parse().expect("a number");
            let upper = figure
                .upper
                .map(|upper| upper.to_string().parse::<f64>().expect("a number"));
            let found = gold.iter().enumerate().position(|(index, gold)| {
                !taken[index]
                    && gold.start < figure.span.end
                    && figure.span.start < gold.end
                    && near(gold.value, value)
                    && gold.upper.is_some() == upper.is_some()
                    && gold.upper.zip(upper).is_none_or(|(a, b)| near(a, b))
            });
            if let Some(index) = found {
                taken[index] = true;
                sums[2] += 1;
                let fields = [
                    Some(figure.unit.to_string()),
                    Some(figure.bound.to_string()),
                    Some(figure.measure.to_string()),
                    figure.indicator.as_ref().map(ToString::to_string),
                    figure.period.map(|period| period.to_string()),
                    figure.place.as_ref().map(ToString::to_string),
                    Some(figure.kind.to_string()),
                ];
                sums[3] += usize::from(fields == gold[index].fields);
            }
        }
    }
    sums
}

#[test]
fn the_annotated_texts_keep_their_scores() {
    let corpus = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    if !corpus.is_dir() {
        eprintln!("skipped: no annotated texts at {}", corpus.display());
        return;
    }
    for (name, numbers, all) in [("seeds", 0.97, 0.88), ("dev", 0.97, 0.85)] {
        let [gold, predicted, matched, right] = score(&corpus.join(name));
        #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
        let f1 = |hits: usize| 2.0 * hits as f64 / (gold + predicted) as f64;
        assert!(f1(matched) >= numbers, "{name}: F1 of numbers {:.3}", f1(matched));
        assert!(f1(right) >= all, "{name}: all nine fields {:.3}", f1(right));
    }
}

/// The same letters composed or apart are the same text: every figure is found again, in its place.
#[test]
fn a_text_with_its_marks_apart_reads_as_the_composed_one() {
    use unicode_normalization::UnicodeNormalization as _;
    let text = "Điện Biên: năm 2025, tỷ lệ hộ nghèo đa chiều giảm 3,51 điểm phần trăm, còn 17,78%; tỉnh đón hơn 1,45 \
                triệu lượt khách. Phấn đấu đến năm 2030 thu ngân sách trên địa bàn đạt trên 5.000 tỷ đồng.";
    let apart: String = text.nfd().collect();
    let ask = |text: &'static str| figures::Text {
        text,
        date: "2026-01-31".parse().ok(),
        place: Some(terms::RefArea::from_static("VN-11")),
        language: None,
        title: None,
    };
    let composed = crate::properties::READER.read(&ask(text));
    let found = crate::properties::READER.read(&ask(Box::leak(apart.clone().into_boxed_str())));
    assert_eq!(composed.len(), 4);
    assert_eq!(found.len(), composed.len());
    for (found, expected) in found.iter().zip(&composed) {
        assert_eq!(
            apart[found.span.clone()].nfc().collect::<String>(),
            text[expected.span.clone()]
        );
        assert_eq!(
            apart[found.quote.clone()].nfc().collect::<String>(),
            text[expected.quote.clone()]
        );
        let same = figures::Figure {
            span: expected.span.clone(),
            quote: expected.quote.clone(),
            ..found.clone()
        };
        assert_eq!(same, *expected);
    }
}
