//! The largest memory of `rorang read`: over more and more documents, and over one large one.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::corpus::{Corpus, root};

/// Peak resident memory in MB.
pub(crate) struct Memory {
    /// Copies of all texts, documents, peak.
    copies: Vec<(usize, usize, f64)>,
    /// Size of the large document in MB, peak.
    large: (f64, f64),
}

const COPIES: [usize; 3] = [1, 10, 100];
/// The large document: every text over and over, up to this many bytes.
const LARGE: usize = 20_000_000;

pub(crate) fn measure(corpus: &Corpus) -> Result<Memory> {
    let reader = build()?;
    let scratch = tempfile::tempdir()?;
    let mut copies = Vec::new();
    for count in COPIES {
        let folder = scratch.path().join(count.to_string());
        std::fs::create_dir(&folder)?;
        corpus.write(&folder, count)?;
        copies.push((count, count * corpus.texts.len(), peak(&reader, &folder)?));
    }
    let folder = scratch.path().join("large");
    std::fs::create_dir(&folder)?;
    let mut large = String::with_capacity(LARGE + 100_000);
    for document in corpus.texts.iter().cycle() {
        large.push_str(&document.text);
        large.push('\n');
        if LARGE < large.len() {
            break;
        }
    }
    std::fs::write(folder.join("large.txt"), &large)?;
    Ok(Memory {
        copies,
        large: (large.len() as f64 / 1e6, peak(&reader, &folder)?),
    })
}

fn build() -> Result<PathBuf> {
    let manifest = root().join("Cargo.toml");
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "build",
            "--release",
            "--quiet",
            "--package",
            "rorang",
            "--manifest-path",
        ])
        .arg(&manifest)
        .status()?;
    ensure!(built.success(), "the release build of rorang failed");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release/rorang"))
}

/// Reads a folder and gives the peak resident memory in MB, which the kernel keeps for a finished child.
fn peak(reader: &Path, folder: &Path) -> Result<f64> {
    const WATCH: &str = "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]); \
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)";
    let done = Command::new("python3")
        .args(["-c", WATCH])
        .arg(reader)
        .args(["read", "--lang", "en", "--format", "jsonl", "--out"])
        .arg(folder.join("out"))
        .arg(folder)
        .output()
        .context("python3 did not start")?;
    ensure!(
        done.status.success(),
        "rorang read failed: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    let kilobytes: f64 = String::from_utf8_lossy(&done.stdout)
        .trim()
        .parse()
        .context("no peak was told")?;
    Ok(kilobytes * 1024.0 / 1e6)
}

impl Memory {
    /// What one more byte of the large document costs, the program's own memory taken off.
    fn per_byte(&self) -> f64 {
        (self.large.1 - self.copies[0].2) / self.large.0
    }

    pub(crate) fn as_value(&self) -> Value {
        let copies: Vec<Value> = self
            .copies
            .iter()
            .map(|(_, documents, peak)| json!({ "documents": documents, "peak_mb": peak }))
            .collect();
        json!({
            "documents": copies,
            "large": { "mb": self.large.0, "peak_mb": self.large.1, "peak_per_mb": self.large.1 / self.large.0,
                       "growth_per_mb": self.per_byte() },
        })
    }

    pub(crate) fn as_text(&self) -> String {
        let mut text = String::from("memory of `rorang read`, peak resident\n");
        for (_, documents, peak) in &self.copies {
            text.push_str(&format!("{documents:>7} documents {peak:>10.1} MB\n"));
        }
        text.push_str(&format!(
            "one document of {:.1} MB {:.1} MB: {:.1} times its size ({:.1} without the program's own)",
            self.large.0,
            self.large.1,
            self.large.1 / self.large.0,
            self.per_byte()
        ));
        text
    }
}
