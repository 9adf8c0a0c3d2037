//! Lines of running text joined into paragraphs, headings and list items.

use super::glyphs::Frame;
use super::region::Line;
use crate::BlockKind;

/// The blocks that these lines make, in order.
pub(super) fn blocks(lines: &[Line], frame: &Frame) -> Vec<(BlockKind, String)> {
    let left = lines.iter().map(Line::left).fold(f64::INFINITY, f64::min);
    let right = lines.iter().map(Line::right).fold(f64::NEG_INFINITY, f64::max);
    let leading = leading(lines);
    let mut blocks: Vec<(BlockKind, String)> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let text = line.text();
        let kind = kind(line, &text, frame);
        let goes_on = before.is_some_and(|before| {
            let same = blocks.last().is_some_and(|(last, _)| {
                *last == kind || *last == BlockKind::ListItem && kind == BlockKind::Paragraph
            });
            same && kind != BlockKind::ListItem && follows(before, line, left, right, leading)
        });
        match blocks.last_mut() {
            Some((_, block)) if goes_on => join(block, &text),
            _ => blocks.push((kind, text)),
        }
        before = Some(line);
    }
    blocks
}

/// The usual distance between lines.
fn leading(lines: &[Line]) -> f64 {
    let mut gaps: Vec<f64> = lines.windows(2).map(|pair| pair[1].base - pair[0].base).collect();
    gaps.sort_by(f64::total_cmp);
    // The lower quartile: paragraphs stand wider apart than lines, and short texts have many paragraphs.
    gaps.get(gaps.len() / 4).copied().unwrap_or(f64::INFINITY)
}

/// Whether a line goes on with the paragraph of the line before.
fn follows(before: &Line, line: &Line, left: f64, right: f64, leading: f64) -> bool {
    let size = before.size.max(line.size);
    let gap = line.base - before.base;
    if 1.35 * leading.max(size) < gap || 0.15 * size < (before.size - line.size).abs() {
        return false;
    }
    let indented = left + 0.8 * size < line.left() && line.left() - before.left() > 0.8 * size;
    // A line was broken where its next word did not fit; one that had room for it ends its paragraph.
    let text = line.text();
    let first_word = text.split(' ').next().map_or(0, |word| word.chars().count());
    let needed = size * (0.25 + 0.45 * f64::from(u32::try_from(first_word).unwrap_or(u32::MAX)));
    let had_no_room = right - before.right() < needed;
    let ended = before.text().ends_with(['.', ';', ':', '!', '?', '”', '»']);
    had_no_room && !(indented && ended) || !ended && !indented && starts_small(&text)
}

fn starts_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

fn kind(line: &Line, text: &str, frame: &Frame) -> BlockKind {
    if is_page_number(line, text, frame) {
        BlockKind::Furniture
    } else if 1.4 * frame.size < line.size {
        BlockKind::Heading(1)
    } else if 1.15 * frame.size < line.size {
        BlockKind::Heading(2)
    } else if starts_item(text) {
        BlockKind::ListItem
    } else {
        BlockKind::Paragraph
    }
}

/// The first or last line of a page with nothing but its number: `3`, `- 3 -`, `Trang 3/12`.
fn is_page_number(line: &Line, text: &str, frame: &Frame) -> bool {
    let at_edge = line.base <= frame.top + 1.0 || frame.bottom - 1.0 <= line.base;
    let lower = text.to_lowercase();
    let rest = ["trang", "page"].iter().fold(lower.as_str(), |rest, word| {
        rest.strip_prefix(word).unwrap_or(rest)
    });
    let bare = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | '/' | '|' | '.');
    at_edge
        && frame.top + 1.0 < frame.bottom
        && rest.chars().all(bare)
        && rest.chars().filter(char::is_ascii_digit).count() <= 6
        && rest.chars().any(|c| c.is_ascii_digit())
}

/// Whether a line begins with the mark of a list: a dash or bullet, `1.`, `a)`.
fn starts_item(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some('-' | '–' | '+' | '•' | '*' | '▪' | '●') => characters.next() == Some(' '),
        Some(first) if first.is_alphanumeric() => {
            let mark: String = text.chars().take_while(|c| !c.is_whitespace()).collect();
            let number = mark.trim_end_matches(['.', ')']);
            number.len() < mark.len()
                && mark.chars().count() <= 4
                && (number.chars().all(|c| c.is_ascii_digit()) || number.chars().count() == 1)
        }
        _ => false,
    }
}

/// Adds a line to a paragraph: words that were cut at the line's end become whole, a range of numbers stays one.
pub(super) fn join(paragraph: &mut String, line: &str) {
    if paragraph.is_empty() || line.is_empty() {
        paragraph.push_str(line);
        return;
    }
    let next = line.chars().next().unwrap_or(' ');
    if let Some(head) = paragraph.strip_suffix('\u{ad}') {
        paragraph.truncate(head.len());
    } else if let Some(head) = paragraph.strip_suffix(['-', '\u{2010}']) {
        let last = head.chars().next_back().unwrap_or(' ');
        if last.is_lowercase() && next.is_lowercase() && !keeps_hyphen(head) {
            paragraph.truncate(head.len());
        } else if !last.is_alphanumeric() {
            paragraph.push(' ');
        }
    } else {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// Whether the hyphen after this belongs to the word: `socio-economic`, `two-tier`.
fn keeps_hyphen(head: &str) -> bool {
    let word = head
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    [
        "socio", "two", "three", "multi", "non", "self", "public", "high", "low", "long", "short", "medium",
        "small", "near", "mid", "well", "one", "co", "cross", "inter", "agro", "eco", "so",
    ]
    .contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_as_they_were_written() {
        for (head, line, whole) in [
            ("giai đoạn 2021-", "2025", "giai đoạn 2021-2025"),
            ("develop-", "ment", "development"),
            ("socio-", "economic", "socio-economic"),
            ("kinh tế -", "xã hội", "kinh tế - xã hội"),
            ("thu ngân", "sách", "thu ngân sách"),
            ("ASEAN-", "Trung Quốc", "ASEAN-Trung Quốc"),
        ] {
            let mut paragraph = head.to_owned();
            join(&mut paragraph, line);
            assert_eq!(paragraph, whole);
        }
    }

    #[test]
    fn marks_of_lists_are_known() {
        for item in ["- Tốc độ", "1. Mục tiêu", "a) Về kinh tế", "• Point", "12) x"] {
            assert!(starts_item(item), "{item}");
        }
        for other in ["-2,72", "17.970 tỷ", "2025", "Về kinh tế.", "1.779,5 tỷ đồng"] {
            assert!(!starts_item(other), "{other}");
        }
    }
}
