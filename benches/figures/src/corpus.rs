//! The texts: those of the annotated sets, with what their date lines and `sources.csv` say.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use figures::Text;
use terms::{Date, Language, RefArea};

/// A text in memory.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
    date: Option<Date>,
    place: Option<RefArea>,
    language: Option<Language>,
}

impl Document {
    pub(crate) fn as_input(&self) -> Text<'_> {
        Text {
            text: &self.text,
            date: self.date,
            place: self.place.clone(),
            language: self.language,
            title: None,
        }
    }
}

/// All texts.
pub(crate) struct Corpus {
    pub(crate) texts: Vec<Document>,
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A path under `../shared`.
pub(crate) fn shared(path: &str) -> Result<PathBuf> {
    let full = root().join("../shared").join(path);
    full.canonicalize()
        .with_context(|| format!("{} is absent: this bench needs it", full.display()))
}

/// The folder of what this bench installs: `$XDG_CACHE_HOME` or `~/.cache`, then `rorang/bench/text-peers`.
pub(crate) fn cache() -> Result<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME is set")?;
    let folder = base.join("rorang/bench/text-peers");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl Corpus {
    pub(crate) fn load() -> Result<Self> {
        let mut texts = Vec::new();
        for set in ["seeds", "dev"] {
            let folder = shared("corpus")?.join(set);
            let sources = std::fs::read_to_string(folder.join("sources.csv"))?;
            let rows: HashMap<&str, Vec<&str>> = sources
                .lines()
                .map(|line| line.split(',').collect::<Vec<_>>())
                .filter_map(|cells| Some((*cells.first()?, cells)))
                .collect();
            let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)?
                .filter_map(|entry| Some(entry.ok()?.path()))
                .collect();
            paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
            paths.sort();
            for path in paths {
                let name = path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let cell = |at: usize| rows.get(name.as_str()).and_then(|row| row.get(at).copied());
                texts.push(Document {
                    date: cell(1).and_then(|date| date.parse().ok()),
                    place: cell(2).map(RefArea::new),
                    language: cell(3).and_then(|language| language.parse().ok()),
                    text: std::fs::read_to_string(&path)?,
                    name,
                });
            }
        }
        ensure!(!texts.is_empty(), "no texts in ../shared/corpus");
        Ok(Self { texts })
    }

    pub(crate) fn bytes(&self) -> usize {
        self.texts.iter().map(|text| text.text.len()).sum()
    }

    /// Writes every text into a folder, `copies` times under different names.
    pub(crate) fn write(&self, folder: &Path, copies: usize) -> Result<()> {
        for copy in 0..copies {
            for document in &self.texts {
                std::fs::write(
                    folder.join(format!("{}-{copy}.txt", document.name)),
                    &document.text,
                )?;
            }
        }
        Ok(())
    }
}
