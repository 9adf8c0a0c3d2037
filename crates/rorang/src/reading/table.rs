//! Figures as a table for people: as wide as the terminal, numbers and names in their language.

use std::io::{self, Write};

use terms::{Bound, Language};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::Reading;
use crate::reference::{IndicatorNames, Places};

/// The width of the terminal, or of a page where there is none.
pub(crate) fn width() -> usize {
    let asked = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let shown = || terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| usize::from(width));
    asked.or_else(shown).unwrap_or(120).clamp(40, 400)
}

/// One document: its name, day and place, then a line for each figure.
pub(crate) fn print(
    reading: &Reading,
    language: Language,
    places: &Places,
    indicators: &IndicatorNames,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let word = |key: &str| i18n::message(language, key, &[]).unwrap_or_default();
    let title = reading.title.as_deref().unwrap_or(&reading.name);
    writeln!(out, "{}", cut(title, width))?;
    let date = reading.date.map_or_else(
        || word("read-date-unknown"),
        |date| i18n::date::long(language, date),
    );
    let mut about = vec![reading.name.clone(), date];
    about.extend(reading.place.as_ref().map(|place| places.name(place, language)));
    writeln!(out, "{}", cut(&about.join(" · "), width))?;
    if reading.figures.is_empty() {
        return writeln!(out, "  {}\n", word("read-none"));
    }
    let heading = [
        "read-value",
        "read-indicator",
        "read-period",
        "read-place",
        "read-kind",
        "read-quote",
    ]
    .map(word);
    let text = &reading.document.text;
    let mut rows = vec![heading];
    for figure in &reading.figures {
        let bound = if figure.upper.is_some() {
            Bound::Range
        } else {
            figure.bound
        };
        rows.push([
            i18n::amount(language, figure.value, figure.upper, bound, &figure.unit),
            figure.indicator.as_ref().map_or_else(
                || "–".to_owned(),
                |code| indicators.get(code, language).to_owned(),
            ),
            figure.period.map_or_else(
                || "–".to_owned(),
                |period| i18n::date::short_period(language, period),
            ),
            figure
                .place
                .as_ref()
                .map_or_else(|| "–".to_owned(), |place| places.name(place, language)),
            word(&format!("kind-{}", figure.kind.code())),
            text[figure.quote.clone()]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        ]);
    }
    for line in laid_out(&rows, width) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

/// The rows in columns; the last one takes what is left, and goes to a line of its own where that is little.
fn laid_out(rows: &[[String; 6]], width: usize) -> Vec<String> {
    const MOST: [usize; 5] = [30, 34, 16, 20, 10];
    let widest = |column: usize| {
        rows.iter()
            .map(|row| row[column].width())
            .max()
            .unwrap_or_default()
    };
    let mut widths: [usize; 5] = std::array::from_fn(|column| widest(column).min(MOST[column]));
    // On a narrow screen the longest column gives way first.
    while width < widths.iter().sum::<usize>() + 12 {
        let Some(longest) = widths
            .iter_mut()
            .max_by_key(|width| **width)
            .filter(|width| 6 < **width)
        else {
            break;
        };
        *longest -= 1;
    }
    let used = 2 + widths.iter().map(|width| width + 2).sum::<usize>();
    let left = width.saturating_sub(used);
    let own_line = left < 30;
    let mut lines = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::from("  ");
        for (column, width) in widths.iter().enumerate() {
            let cell = cut(&row[column], *width);
            let pad = " ".repeat(width.saturating_sub(cell.width()) + 2);
            if column == 0 && number > 0 {
                line.push_str(&pad[2..]);
                line.push_str(&cell);
                line.push_str("  ");
            } else {
                line.push_str(&cell);
                line.push_str(&pad);
            }
        }
        if own_line {
            lines.push(line.trim_end().to_owned());
            if number > 0 {
                lines.push(format!("      “{}”", cut(&row[5], width.saturating_sub(8))));
            }
        } else {
            line.push_str(&cut(&row[5], left));
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

/// At most so many columns of the terminal, with an ellipsis where something was cut off.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (mut kept, mut used) = (String::new(), 0);
    for character in text.chars() {
        used += character.width().unwrap_or_default();
        if width <= used {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_screen() {
        let row = |value: &str| {
            [
                value,
                "Tổng sản phẩm trên địa bàn (GRDP)",
                "2025",
                "Điện Biên",
                "ước tính",
                "GRDP năm 2025 ước đạt 17.970 tỷ đồng, tăng",
            ]
            .map(str::to_owned)
        };
        let rows = [row("Số liệu"), row("17.970 tỷ đồng"), row("8%")];
        for width in [40, 80, 120, 200] {
            for line in laid_out(&rows, width) {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn marks_take_no_room() {
        assert_eq!(cut("Đie\u{302}\u{323}n Biên", 9), "Đie\u{302}\u{323}n Biên");
        assert_eq!(cut("Điện Biên Phủ", 6), "Điện …");
    }
}
