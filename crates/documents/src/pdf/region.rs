//! Which stretches of a page are running text, which are columns of it, which are tables; in reading order.
//!
//! Tables with drawn lines are cut out first. Of the rest, the tallest vertical strip without any letter parts two
//! columns where both sides are prose (long, well-filled lines); each side is then looked at by itself. What is left is
//! lines, of which those that are cut at the same places in several rows are a table.

use super::glyphs::{Page, Word};
use super::table::{self, Grid};

/// A stretch of a page, in reading order.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    /// Lines of running text.
    Prose(Vec<Line>),
    /// Rows of a table, each with as many cells.
    Table(Vec<Vec<String>>),
}

/// A stretch of a line without a wide gap.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) text: String,
}

/// A line of text, cut where a gap is too wide to be a space.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) segments: Vec<Segment>,
}

impl Line {
    pub(super) fn left(&self) -> f64 {
        self.segments.first().map_or(0.0, |segment| segment.left)
    }

    pub(super) fn right(&self) -> f64 {
        self.segments.last().map_or(0.0, |segment| segment.right)
    }

    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> = self
            .segments
            .iter()
            .map(|segment| segment.text.as_str())
            .collect();
        texts.join(" ")
    }
}

/// A gap wider than this many letter sizes is no space between words, even in a justified line.
const WIDE_GAP: f64 = 1.3;
/// Columns within columns within columns: nobody prints more.
const DEPTH: usize = 6;

/// The parts of a page in reading order.
pub(super) fn parts(page: Page) -> Vec<Part> {
    let Page {
        mut words,
        horizontal,
        vertical,
    } = page;
    let mut parts = Vec::new();
    for grid in table::grids(&horizontal, &vertical) {
        let (inside, outside): (Vec<Word>, Vec<Word>) =
            words.iter().cloned().partition(|word| grid.holds(word));
        let beside = outside
            .iter()
            .filter(|word| grid.top < word.middle() && word.middle() < grid.bottom)
            .count();
        if inside.is_empty() || inside.len() < 4 * beside {
            // A box in one of several columns: its words are read with the column.
            continue;
        }
        let (above, below) = outside.into_iter().partition(|word| word.middle() < grid.top);
        split(above, 0, &mut parts);
        parts.push(framed(&grid, inside));
        words = below;
    }
    split(words, 0, &mut parts);
    parts
}

fn framed(grid: &Grid, words: Vec<Word>) -> Part {
    if grid.columns.len() < 3 {
        return Part::Prose(lines(words));
    }
    Part::Table(grid.rows(words))
}

/// Reads columns one after the other, where there are any.
fn split(words: Vec<Word>, depth: usize, parts: &mut Vec<Part>) {
    let Some(gutter) = (depth < DEPTH).then(|| gutter(&words)).flatten() else {
        table::rows_and_prose(&lines(words), parts);
        return;
    };
    let (mut above, mut left, mut right, mut below) = (vec![], vec![], vec![], vec![]);
    for word in words {
        let side = if word.base <= gutter.from {
            &mut above
        } else if gutter.to <= word.base {
            &mut below
        } else if word.right <= gutter.at {
            &mut left
        } else {
            &mut right
        };
        side.push(word);
    }
    for side in [above, left, right, below] {
        split(side, depth + 1, parts);
    }
}

/// A strip without letters between two columns of prose.
struct Gutter {
    at: f64,
    /// The last line above that crosses it, and the first below.
    from: f64,
    to: f64,
    /// How many words stand beside it, on the side that has fewer.
    beside: usize,
}

/// The stretch without a crossing word that has most words on both sides; words come from top to bottom.
fn best_band(at: f64, half: f64, by_base: &[&Word]) -> Gutter {
    let mut best = Gutter {
        at,
        from: f64::NEG_INFINITY,
        to: f64::NEG_INFINITY,
        beside: 0,
    };
    let (mut from, mut left, mut right) = (f64::NEG_INFINITY, 0, 0);
    let mut end = |from: f64, to: f64, left: usize, right: usize| {
        if best.beside < left.min(right) {
            best = Gutter {
                at,
                from,
                to,
                beside: left.min(right),
            };
        }
    };
    for word in by_base {
        if word.right <= at - half {
            left += 1;
        } else if at + half <= word.left {
            right += 1;
        } else {
            end(from, word.base, left, right);
            (from, left, right) = (word.base, 0, 0);
        }
    }
    end(from, f64::INFINITY, left, right);
    best
}

fn gutter(words: &[Word]) -> Option<Gutter> {
    if words.len() < 30 {
        return None;
    }
    let left = words.iter().map(|word| word.left).fold(f64::INFINITY, f64::min);
    let right = words
        .iter()
        .map(|word| word.right)
        .fold(f64::NEG_INFINITY, f64::max);
    let width = right - left;
    let mut by_base: Vec<&Word> = words.iter().collect();
    by_base.sort_by(|a, b| a.base.total_cmp(&b.base));
    let size = by_base[by_base.len() / 2].size;
    let half = (0.4 * size).max(3.0);
    let mut candidates: Vec<Gutter> = (0..=100_u32)
        .map(|step| best_band(left + width * (0.15 + 0.007 * f64::from(step)), half, &by_base))
        .collect();
    let central = |gutter: &Gutter| (gutter.at - f64::midpoint(left, right)).abs();
    candidates.sort_by(|a, b| b.beside.cmp(&a.beside).then(central(a).total_cmp(&central(b))));
    candidates.into_iter().take(25).find(|gutter| {
        let side = |is_left: bool| -> Vec<Word> {
            words
                .iter()
                .filter(|word| gutter.from < word.base && word.base < gutter.to)
                .filter(|word| (word.right <= gutter.at) == is_left)
                .cloned()
                .collect()
        };
        is_prose(side(true)) && is_prose(side(false))
    })
}

/// Whether these words are lines of running text: at least four, most of them filled, more letters than digits.
fn is_prose(words: Vec<Word>) -> bool {
    let left = words.iter().map(|word| word.left).fold(f64::INFINITY, f64::min);
    let right = words
        .iter()
        .map(|word| word.right)
        .fold(f64::NEG_INFINITY, f64::max);
    let lines = lines(words);
    if lines.len() < 4 {
        return false;
    }
    let (mut letters, mut digits, mut filled) = (0, 0, 0);
    for line in &lines {
        for character in line.segments.iter().flat_map(|segment| segment.text.chars()) {
            letters += usize::from(character.is_alphabetic());
            digits += usize::from(character.is_ascii_digit());
        }
        filled += usize::from(0.7 * (right - left) <= line.right() - line.left());
    }
    12 * lines.len() <= letters && 2 * digits <= letters && lines.len() <= 2 * filled
}

/// Words put into lines, from top to bottom, each from left to right.
pub(super) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Vec<Word>> = Vec::new();
    for word in words {
        let fits = rows.last().and_then(|row| row.first()).is_some_and(|first| {
            word.base - first.base < 0.5 * word.size.min(first.size).max(0.6 * word.size.max(first.size))
        });
        match rows.last_mut() {
            Some(row) if fits => row.push(word),
            _ => rows.push(vec![word]),
        }
    }
    rows.into_iter().map(line).collect()
}

fn line(mut row: Vec<Word>) -> Line {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let size = row.iter().map(|word| word.size).fold(0.0, f64::max);
    let base = row
        .iter()
        .find(|word| word.size >= size)
        .map_or(0.0, |word| word.base);
    let mut segments: Vec<Segment> = Vec::new();
    for word in row {
        match segments.last_mut() {
            Some(last) if word.left - last.right < WIDE_GAP * size => {
                if 0.12 * size < word.left - last.right {
                    last.text.push(' ');
                }
                last.text.push_str(&word.text);
                last.right = last.right.max(word.right);
            }
            _ => segments.push(Segment {
                left: word.left,
                right: word.right,
                text: word.text,
            }),
        }
    }
    Line { base, size, segments }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of ten-point text, six points a letter.
    fn words(x: f64, y: f64, text: &str) -> Vec<Word> {
        let mut left = x;
        text.split(' ')
            .map(|word| {
                let width = 5.0 * f64::from(u32::try_from(word.chars().count()).unwrap());
                let placed = Word {
                    left,
                    right: left + width,
                    base: y,
                    size: 10.0,
                    text: word.to_owned(),
                };
                left += width + 3.0;
                placed
            })
            .collect()
    }

    fn prose(part: &Part) -> String {
        match part {
            Part::Prose(lines) => lines.iter().map(Line::text).collect::<Vec<_>>().join("/"),
            Part::Table(rows) => format!("{rows:?}"),
        }
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let mut page = Page::default();
        page.words.extend(words(
            50.0,
            40.0,
            "Báo cáo tình hình kinh tế xã hội của tỉnh trong chín tháng đầu năm và nhiệm vụ",
        ));
        for row in 0..8 {
            let y = 60.0 + 12.0 * f64::from(row);
            page.words.extend(words(
                50.0,
                y,
                &format!("trái{row} tổng sản phẩm trên địa bàn tăng"),
            ));
            page.words.extend(words(
                300.0,
                y + 4.0,
                &format!("phải{row} tỷ lệ hộ nghèo giảm còn thấp"),
            ));
        }
        let parts = parts(page);
        assert_eq!(parts.len(), 3, "{parts:?}");
        assert!(prose(&parts[0]).starts_with("Báo cáo"));
        assert!(prose(&parts[1]).starts_with("trái0") && prose(&parts[1]).contains("/trái7"));
        assert!(prose(&parts[2]).starts_with("phải0") && prose(&parts[2]).contains("/phải7"));
    }

    #[test]
    fn a_table_without_lines_is_read_row_by_row() {
        let mut page = Page::default();
        for (row, (name, value)) in [
            ("Tốc độ tăng trưởng", "10,5"),
            ("Tỷ lệ hộ nghèo", "17,66"),
            ("Thu ngân sách", "1.779,5"),
        ]
        .into_iter()
        .enumerate()
        {
            let y = 60.0 + 14.0 * f64::from(u32::try_from(row).unwrap());
            page.words.extend(words(50.0, y, name));
            page.words.extend(words(250.0, y, "%"));
            page.words.extend(words(300.0, y, value));
        }
        let parts = parts(page);
        let Part::Table(rows) = &parts[0] else {
            panic!("{parts:?}")
        };
        assert_eq!(rows[1], ["Tỷ lệ hộ nghèo", "%", "17,66"]);
        assert_eq!(rows.len(), 3);
    }
}
