//! The scores as a table for people.

use super::counts::{Column, Counts};

/// One line a row, columns aligned: names to the left, numbers to the right.
pub(crate) fn of(rows: &[(String, Counts)]) -> String {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let heading = Counts::default().columns();
    lines.push(std::iter::once("text").chain(heading.iter().map(|(name, _)| *name)).map(str::to_owned).collect());
    for (name, counts) in rows {
        let cells = counts.columns().into_iter().map(|(_, column)| match column {
            Column::Count(count) => count.to_string(),
            Column::Ratio(None) => "-".to_owned(),
            Column::Ratio(Some(ratio)) => format!("{ratio:.3}"),
        });
        lines.push(std::iter::once(name.clone()).chain(cells).collect());
    }
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..=heading.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, &width))| if at == 0 { format!("{cell:width$}") } else { format!("{cell:>width$}") })
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text.pop();
    text
}
