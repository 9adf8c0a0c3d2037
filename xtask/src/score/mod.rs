//! `cargo xtask score [--json]`: how well the reader finds the figures of the annotated texts.
//!
//! Builds the release reader, runs `rorang read` on each set, and counts with the rules of `score.py`, which stands
//! beside the texts: [`counts`] is its port, and a test runs both and compares. Nothing is kept from an earlier run.

mod counts;
mod figure;
mod table;

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde_json::{Map, Value, json};

use crate::paths;
use counts::Counts;

/// The sets of texts, by folder name.
const SETS: [&str; 2] = ["seeds", "dev"];

/// One text and its counts.
struct Scored {
    name: String,
    language: String,
    counts: Counts,
}

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let as_json = match arguments {
        [] => false,
        [only] if only == "--json" => true,
        _ => anyhow::bail!("cargo xtask score [--json]"),
    };
    let reader = build_reader()?;
    let scratch = tempfile::tempdir()?;
    let mut report = Map::new();
    for set in SETS {
        let texts = paths::shared("corpus")?.join(set);
        let out = scratch.path().join(set);
        read_with(&reader, &texts, &out)?;
        let scored = score(&texts, &out)?;
        if as_json {
            report.insert(set.to_owned(), as_value(&scored));
        } else {
            println!("{set}\n{}\n", table::of(&rows(&scored)));
        }
    }
    if as_json {
        println!("{}", serde_json::to_string_pretty(&Value::Object(report))?);
    }
    Ok(())
}

/// Builds the release binary and says where it lies.
pub(crate) fn build_reader() -> anyhow::Result<std::path::PathBuf> {
    let root = paths::root();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--package", "rorang", "--bin", "rorang"])
        .current_dir(&root)
        .status()
        .context("cannot run cargo")?;
    ensure!(built.success(), "the release build of rorang failed");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    Ok(target.join("release").join(format!("rorang{}", std::env::consts::EXE_SUFFIX)))
}

/// Reads every text of a folder into one `NAME.jsonl` each.
fn read_with(reader: &Path, texts: &Path, out: &Path) -> anyhow::Result<()> {
    let read = Command::new(reader)
        .args(["read", "--lang", "en", "--format", "jsonl", "--out"])
        .arg(out)
        .arg(texts)
        .status()
        .with_context(|| format!("cannot run {}", reader.display()))?;
    ensure!(read.success(), "rorang read {} failed", texts.display());
    Ok(())
}

fn score(texts: &Path, predictions: &Path) -> anyhow::Result<Vec<Scored>> {
    let mut names: Vec<String> = std::fs::read_dir(texts)
        .with_context(|| format!("cannot list {}", texts.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".jsonl").map(str::to_owned))
        .collect();
    names.sort_unstable();
    ensure!(!names.is_empty(), "no annotations in {}", texts.display());
    let languages = languages(&texts.join("sources.csv"))?;
    names
        .into_iter()
        .map(|name| {
            let text = std::fs::read_to_string(texts.join(format!("{name}.txt")))?;
            let gold = figure::read(&texts.join(format!("{name}.jsonl")), &text)?;
            let predicted = figure::read(&predictions.join(format!("{name}.jsonl")), &text)?;
            Ok(Scored {
                language: languages.get(&name).cloned().unwrap_or_default(),
                counts: Counts::of(&gold, &predicted),
                name,
            })
        })
        .collect()
}

/// The language of each text, by its name: the fourth column of `sources.csv`.
fn languages(sources: &Path) -> anyhow::Result<std::collections::HashMap<String, String>> {
    let list = std::fs::read_to_string(sources).with_context(|| format!("cannot read {}", sources.display()))?;
    Ok(list
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?.to_owned(), cells.nth(2)?.to_owned()))
        })
        .collect())
}

/// Every text, then the sum of each language, then the total.
fn rows(scored: &[Scored]) -> Vec<(String, Counts)> {
    let mut rows: Vec<_> = scored.iter().map(|one| (one.name.clone(), one.counts)).collect();
    for language in languages_of(scored) {
        rows.push((format!("[{language}]"), sum(scored.iter().filter(|one| one.language == language))));
    }
    rows.push(("total".to_owned(), sum(scored.iter())));
    rows
}

fn languages_of(scored: &[Scored]) -> std::collections::BTreeSet<&str> {
    scored.iter().map(|one| one.language.as_str()).collect()
}

fn sum<'a>(scored: impl Iterator<Item = &'a Scored>) -> Counts {
    scored.map(|one| one.counts).sum()
}

fn as_value(scored: &[Scored]) -> Value {
    let documents: Map<_, _> = scored.iter().map(|one| (one.name.clone(), one.counts.scores())).collect();
    let languages: Map<_, _> = languages_of(scored)
        .into_iter()
        .map(|language| {
            let counts = sum(scored.iter().filter(|one| one.language == language));
            (language.to_owned(), counts.scores())
        })
        .collect();
    json!({ "documents": documents, "languages": languages, "total": sum(scored.iter()).scores() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Predictions that are wrong in every way that the rules know, made from the gold itself.
    fn spoil(gold: &Path, out: &Path) {
        for entry in std::fs::read_dir(gold).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "jsonl") {
                continue;
            }
            let mut lines = Vec::new();
            for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
                let mut figure: Value = serde_json::from_str(line).unwrap();
                match number % 9 {
                    0 => continue,
                    1 => figure["unit"] = json!("parsec"),
                    2 => figure["value"] = json!(-1.5),
                    3 => figure["period"] = Value::Null,
                    4 => (figure["start"], figure["end"]) = (json!(1), json!(2)),
                    5 => lines.push(figure.to_string()),
                    _ => {}
                }
                lines.push(figure.to_string());
            }
            std::fs::write(out.join(path.file_name().unwrap()), lines.join("\n")).unwrap();
        }
    }

    #[test]
    fn counts_agree_with_the_reference_script() {
        let Ok(corpus) = paths::shared("corpus") else {
            eprintln!("../shared/corpus is absent: the port is not compared with score.py in this run");
            return;
        };
        for set in SETS {
            let out = tempfile::tempdir().unwrap();
            spoil(&corpus.join(set), out.path());
            let reference = Command::new("python3")
                .arg(corpus.join("score.py"))
                .arg("--json")
                .args([&corpus.join(set), out.path()])
                .output()
                .expect("python3 runs the reference script");
            assert!(reference.status.success(), "{}", String::from_utf8_lossy(&reference.stderr));
            let reference: Value = serde_json::from_slice(&reference.stdout).unwrap();
            let ours = as_value(&score(&corpus.join(set), out.path()).unwrap());
            assert_eq!(ours["documents"], reference["documents"], "{set}");
            assert_eq!(ours["total"], reference["total"], "{set}");
        }
    }
}
