//! Tables of a page: by their drawn lines, or by gaps that stand at the same place in several rows.

use std::collections::BTreeMap;

use super::glyphs::{Rule, Word};
use super::region::{Line, Part, Segment, lines};

/// A table with drawn lines.
#[derive(Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Where its horizontal lines lie, from top to bottom.
    pub(super) edges: Vec<f64>,
    /// Where its vertical lines lie, from left to right.
    pub(super) columns: Vec<f64>,
}

/// Lines closer than this are one line, drawn cell by cell.
const NEAR: f64 = 2.5;
/// With more lines than this a page is a drawing, not a table.
const MOST_RULES: usize = 3_000;

impl Grid {
    /// Whether a word stands inside.
    pub(super) fn holds(&self, word: &Word) -> bool {
        let (left, right) = (self.columns[0], self.columns[self.columns.len() - 1]);
        let (across, down) = (f64::midpoint(word.left, word.right), word.middle());
        left < across && across < right && self.top < down && down < self.bottom
    }

    /// The cells of each row, each cell's lines joined; rows and columns without any text are left out.
    pub(super) fn rows(&self, words: Vec<Word>) -> Vec<Vec<String>> {
        let between = |edges: &[f64], at: f64| edges.partition_point(|edge| *edge <= at).saturating_sub(1);
        let (height, width) = (self.edges.len(), self.columns.len());
        let mut cells: Vec<Vec<Vec<Word>>> = vec![vec![Vec::new(); width]; height];
        for word in words {
            let row = between(&self.edges, word.middle());
            let column = between(&self.columns, f64::midpoint(word.left, word.right));
            cells[row.min(height - 1)][column.min(width - 1)].push(word);
        }
        let used: Vec<usize> = (0..width)
            .filter(|column| cells.iter().any(|row| !row[*column].is_empty()))
            .collect();
        cells
            .into_iter()
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .map(|mut row| {
                used.iter()
                    .map(|column| cell_text(std::mem::take(&mut row[*column])))
                    .collect()
            })
            .collect()
    }
}

fn cell_text(words: Vec<Word>) -> String {
    let mut text = String::new();
    for line in lines(words) {
        super::prose::join(&mut text, &line.text());
    }
    text
}

/// The tables that the lines of a page draw, from top to bottom, none inside another.
pub(super) fn grids(horizontal: &[Rule], vertical: &[Rule]) -> Vec<Grid> {
    if MOST_RULES < horizontal.len() + vertical.len() {
        return Vec::new();
    }
    // Lines that touch belong together: a group of horizontal and vertical ones is a table.
    let mut group: Vec<usize> = (0..horizontal.len() + vertical.len()).collect();
    for (h, flat) in horizontal.iter().enumerate() {
        for (v, upright) in vertical.iter().enumerate() {
            let meets = flat.from - NEAR <= upright.at
                && upright.at <= flat.to + NEAR
                && upright.from - NEAR <= flat.at
                && flat.at <= upright.to + NEAR;
            if meets {
                let (a, b) = (leader(&mut group, h), leader(&mut group, horizontal.len() + v));
                group[a] = b;
            }
        }
    }
    let leaders: Vec<usize> = (0..group.len())
        .map(|member| leader(&mut group, member))
        .collect();
    let mut groups: BTreeMap<usize, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for (member, leader) in leaders.into_iter().enumerate() {
        let (edges, columns) = groups.entry(leader).or_default();
        match horizontal.get(member) {
            Some(flat) => edges.push(flat.at),
            None => columns.push(vertical[member - horizontal.len()].at),
        }
    }
    let mut grids: Vec<Grid> = groups
        .into_values()
        .map(|(edges, columns)| (distinct(edges), distinct(columns)))
        .filter(|(edges, columns)| 2 <= edges.len() && 2 <= columns.len())
        .map(|(edges, columns)| Grid {
            top: edges[0],
            bottom: edges[edges.len() - 1],
            edges,
            columns,
        })
        .collect();
    grids.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut bottom = f64::NEG_INFINITY;
    grids.retain(|grid| {
        let free = bottom - NEAR <= grid.top;
        bottom = if free { grid.bottom } else { bottom };
        free
    });
    grids
}

/// The member that stands for a member's group.
fn leader(group: &mut [usize], mut member: usize) -> usize {
    while group[member] != member {
        group[member] = group[group[member]];
        member = group[member];
    }
    member
}

fn distinct(mut places: Vec<f64>) -> Vec<f64> {
    places.sort_by(f64::total_cmp);
    places.dedup_by(|next, kept| *next - *kept < NEAR);
    places
}

/// Parts lines into tables (rows that are cut at the same places) and the running text between them.
pub(super) fn rows_and_prose(lines: &[Line], parts: &mut Vec<Part>) {
    let mut prose: Vec<Line> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let run = run_length(&lines[at..]);
        let table = (0 < run).then(|| table(&lines[at..at + run])).flatten();
        if let Some(rows) = table {
            if !prose.is_empty() {
                parts.push(Part::Prose(std::mem::take(&mut prose)));
            }
            parts.push(Part::Table(rows));
            at += run;
        } else {
            prose.push(lines[at].clone());
            at += 1;
        }
    }
    if !prose.is_empty() {
        parts.push(Part::Prose(prose));
    }
}

/// How many lines from the first on may be rows of one table: cut lines, and uncut ones that fit into a column between.
fn run_length(lines: &[Line]) -> usize {
    if lines[0].segments.len() < 2 {
        return 0;
    }
    let (mut run, mut cut) = (1, 1);
    for (number, line) in lines.iter().enumerate().skip(1) {
        let before = &lines[number - 1];
        if 3.5 * before.size.max(line.size) < line.base - before.base {
            break;
        }
        if 2 <= line.segments.len() {
            run = number + 1;
            cut += 1;
        } else if number - run >= 2 || spans_columns(line, &lines[..run]) {
            break;
        }
    }
    if cut < 2 { 0 } else { run }
}

/// Whether a line without a gap lies across the gaps of the rows above.
fn spans_columns(line: &Line, rows: &[Line]) -> bool {
    let columns = columns(rows);
    columns
        .iter()
        .filter(|(left, right)| line.left() < *right && *left < line.right())
        .count()
        > 1
}

/// The columns that the cut lines leave: merged extents of their segments.
fn columns(rows: &[Line]) -> Vec<(f64, f64)> {
    // A heading over several columns would merge them: the rows with most cells tell.
    let most = rows
        .iter()
        .map(|row| row.segments.len())
        .max()
        .unwrap_or_default();
    let mut extents: Vec<(f64, f64)> = rows
        .iter()
        .filter(|row| row.segments.len() == most)
        .flat_map(|row| row.segments.iter().map(|segment| (segment.left, segment.right)))
        .collect();
    extents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for (left, right) in extents {
        match columns.last_mut() {
            Some(column) if left < column.1 + 1.0 => column.1 = column.1.max(right),
            _ => columns.push((left, right)),
        }
    }
    columns
}

/// The cells of each row; none where the gaps do not stand one below the other.
fn table(lines: &[Line]) -> Option<Vec<Vec<String>>> {
    let columns = columns(lines);
    if columns.len() < 2 {
        return None;
    }
    let mut pitches: Vec<f64> = lines.windows(2).map(|pair| pair[1].base - pair[0].base).collect();
    pitches.sort_by(f64::total_cmp);
    let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or_default();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last_base = f64::NEG_INFINITY;
    for line in lines {
        let continues = line.segments.len() == 1 && line.base - last_base < 0.9 * pitch && !rows.is_empty();
        last_base = line.base;
        if !continues {
            rows.push(vec![String::new(); columns.len()]);
        }
        let row = rows.last_mut()?;
        for segment in &line.segments {
            super::prose::join(&mut row[column_of(segment, &columns)], &segment.text);
        }
    }
    Some(rows)
}

/// The column that a segment shares most with, or stands nearest to.
fn column_of(segment: &Segment, columns: &[(f64, f64)]) -> usize {
    let shared = |column: &(f64, f64)| segment.right.min(column.1) - segment.left.max(column.0);
    (0..columns.len())
        .max_by(|a, b| shared(&columns[*a]).total_cmp(&shared(&columns[*b])))
        .unwrap_or_default()
}
