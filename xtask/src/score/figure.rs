//! One figure of a `.jsonl` file, and where its surface stands in the text.

use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

/// The fields that are compared where two figures match, in the order of the table.
pub(crate) const FIELDS: [&str; 7] = ["unit", "bound", "measure", "indicator", "period", "place", "kind"];

/// A figure, as far as it is scored.
pub(crate) struct Figure {
    /// Code points from and to in the text; both 0 where the offsets do not hold the surface.
    pub(crate) span: (usize, usize),
    pub(crate) value: Option<f64>,
    pub(crate) upper: Option<f64>,
    /// In the order of [`FIELDS`].
    pub(crate) fields: [Value; 7],
}

/// The figures of one file; a file that is absent has none.
pub(crate) fn read(path: &Path, text: &str) -> anyhow::Result<Vec<Figure>> {
    if !path.is_file() {
        eprintln!("{}: no predictions", path.display());
        return Ok(Vec::new());
    }
    let characters: Vec<char> = text.chars().collect();
    std::fs::read_to_string(path)?
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, number)| {
            let place = || format!("{}:{number}", path.display());
            let figure: Value = serde_json::from_str(line).with_context(place)?;
            let found = span(&figure, text, &characters);
            if found.is_none() {
                eprintln!("{}: the offsets do not hold {}", place(), figure["surface"]);
            }
            Ok(Figure {
                span: found.unwrap_or_default(),
                value: figure["value"].as_f64(),
                upper: figure["upper"].as_f64(),
                fields: FIELDS.map(|field| figure[field].clone()),
            })
        })
        .collect()
}

/// Where the surface stands: at the figure's offsets, or else first in its quote.
fn span(figure: &Value, text: &str, characters: &[char]) -> Option<(usize, usize)> {
    let surface = figure["surface"].as_str()?;
    let length = surface.chars().count();
    let (start, end) = if let Some(start) = figure["start"].as_u64() {
        (usize::try_from(start).ok()?, usize::try_from(figure["end"].as_u64()?).ok()?)
    } else {
        let quote = figure["quote"].as_str()?;
        let at = text.find(quote)? + quote.find(surface)?;
        let start = text[..at].chars().count();
        (start, start + length)
    };
    let held = characters.get(start..end)?;
    (start < end && held.iter().copied().eq(surface.chars())).then_some((start, end))
}
