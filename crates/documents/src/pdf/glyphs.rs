//! The characters of a page and the lines drawn on it, gathered into words.

use pdf_extract::{ColorSpace, MediaBox, OutputDev, OutputError, Path, PathOp, Transform};

/// A word (or a stretch of one) on a page; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) left: f64,
    pub(super) right: f64,
    /// The baseline.
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

impl Word {
    /// The middle of the letters' height, where rules are compared with.
    pub(super) fn middle(&self) -> f64 {
        self.base - 0.3 * self.size
    }
}

/// A straight horizontal or vertical line drawn on a page: of a table, or under a heading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// Where it lies across its direction.
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// What is on a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) words: Vec<Word>,
    pub(super) horizontal: Vec<Rule>,
    pub(super) vertical: Vec<Rule>,
}

/// The extent of a page's text and its usual letter size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) size: f64,
}

impl Page {
    pub(super) fn frame(&self) -> Frame {
        let mut sizes: Vec<f64> = self.words.iter().map(|word| word.size).collect();
        sizes.sort_by(f64::total_cmp);
        Frame {
            top: self
                .words
                .iter()
                .map(|word| word.base)
                .fold(f64::INFINITY, f64::min),
            bottom: self
                .words
                .iter()
                .map(|word| word.base)
                .fold(f64::NEG_INFINITY, f64::max),
            size: sizes.get(sizes.len() / 2).copied().unwrap_or(10.0),
        }
    }
}

/// A character and its place, with the direction in which its text runs: 0 to the right, 1 up, 2 to the left, 3 down.
struct Glyph {
    x: f64,
    y: f64,
    width: f64,
    size: f64,
    direction: usize,
    text: String,
}

/// Receives pages from the decoder and hands each on when it is complete.
pub(super) struct Collector<F: FnMut(u32, Page)> {
    take: F,
    number: u32,
    glyphs: Vec<Glyph>,
    rules: Vec<[f64; 4]>,
}

/// A page with more lines than this is a drawing.
const MOST_RULES: usize = 20_000;

impl<F: FnMut(u32, Page)> Collector<F> {
    pub(super) fn new(take: F) -> Self {
        Self {
            take,
            number: 0,
            glyphs: Vec::new(),
            rules: Vec::new(),
        }
    }

    fn draw(&mut self, transform: &Transform, path: &Path) {
        let place = |x: f64, y: f64| {
            (
                x * transform.m11 + y * transform.m21 + transform.m31,
                x * transform.m12 + y * transform.m22 + transform.m32,
            )
        };
        let mut last = (0.0, 0.0);
        for operation in &path.ops {
            if MOST_RULES <= self.rules.len() {
                return;
            }
            match *operation {
                PathOp::MoveTo(x, y) | PathOp::CurveTo(.., x, y) => last = place(x, y),
                PathOp::LineTo(x, y) => {
                    let next = place(x, y);
                    self.rules.push([last.0, last.1, next.0, next.1]);
                    last = next;
                }
                PathOp::Rect(x, y, width, height) => {
                    let (a, b) = (place(x, y), place(x + width, y + height));
                    if (b.1 - a.1).abs() < 3.0 || (b.0 - a.0).abs() < 3.0 {
                        // A thin box is a line.
                        let (across, up) = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
                        let flat = (b.1 - a.1).abs() < (b.0 - a.0).abs();
                        self.rules.push(if flat {
                            [a.0, up, b.0, up]
                        } else {
                            [across, a.1, across, b.1]
                        });
                    } else {
                        self.rules.extend([
                            [a.0, a.1, b.0, a.1],
                            [a.0, b.1, b.0, b.1],
                            [a.0, a.1, a.0, b.1],
                            [b.0, a.1, b.0, b.1],
                        ]);
                    }
                }
                PathOp::Close => {}
            }
        }
    }

    /// The page as gathered so far; text that runs in another direction than most comes last.
    fn page(&mut self) -> Page {
        let glyphs = std::mem::take(&mut self.glyphs);
        let mut count = [0_usize; 4];
        for glyph in &glyphs {
            count[glyph.direction] += 1;
        }
        let main = (0..4)
            .max_by_key(|direction| (count[*direction], 4 - direction))
            .unwrap_or_default();
        let mut page = Page::default();
        let main_glyphs: Vec<&Glyph> = glyphs.iter().filter(|glyph| glyph.direction == main).collect();
        page.words = words(&main_glyphs);
        for rule in std::mem::take(&mut self.rules) {
            let (x1, y1) = turned(main, rule[0], rule[1]);
            let (x2, y2) = turned(main, rule[2], rule[3]);
            let (width, height) = ((x2 - x1).abs(), (y2 - y1).abs());
            if height < 1.0 && 10.0 < width {
                page.horizontal.push(Rule {
                    at: f64::midpoint(y1, y2),
                    from: x1.min(x2),
                    to: x1.max(x2),
                });
            } else if width < 1.0 && 5.0 < height {
                page.vertical.push(Rule {
                    at: f64::midpoint(x1, x2),
                    from: y1.min(y2),
                    to: y1.max(y2),
                });
            }
        }
        let below = page.words.iter().map(|word| word.base).fold(0.0, f64::max) + 1000.0;
        for direction in (0..4).filter(|direction| *direction != main) {
            let others: Vec<&Glyph> = glyphs
                .iter()
                .filter(|glyph| glyph.direction == direction)
                .collect();
            let mut others = words(&others);
            let top = others.iter().map(|word| word.base).fold(f64::INFINITY, f64::min);
            for word in &mut others {
                word.base += below - top;
            }
            page.words.append(&mut others);
        }
        page
    }
}

/// A point in the frame in which text of this direction runs to the right and y grows downwards.
fn turned(direction: usize, x: f64, y: f64) -> (f64, f64) {
    match direction {
        0 => (x, -y),
        1 => (y, x),
        2 => (-x, y),
        _ => (-y, -x),
    }
}

/// Joins characters that follow each other without a gap, in the order in which they were drawn.
fn words(glyphs: &[&Glyph]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for glyph in glyphs {
        if glyph.text.chars().all(char::is_whitespace) && !glyph.text.contains('\u{a0}') {
            open = false;
            continue;
        }
        let (left, base) = turned(glyph.direction, glyph.x, glyph.y);
        let right = left + glyph.width;
        let joined = words.last_mut().filter(|word| {
            let gap = left - word.right;
            let size = word.size.max(glyph.size);
            open && (base - word.base).abs() < 0.45 * size && -0.6 * size < gap && gap < 0.16 * size
        });
        if let Some(word) = joined {
            push_text(&mut word.text, &glyph.text);
            word.right = word.right.max(right);
            if word.size < glyph.size {
                // A raised or small character does not set the line.
                (word.size, word.base) = (glyph.size, base);
            }
        } else {
            let mut text = String::new();
            push_text(&mut text, &glyph.text);
            words.push(Word {
                left,
                right,
                base,
                size: glyph.size,
                text,
            });
        }
        open = true;
    }
    words.retain(|word| !word.text.is_empty());
    words
}

/// Adds a character as it is meant: ligatures as their letters, what has no meaning left out.
fn push_text(text: &mut String, glyph: &str) {
    for character in glyph.chars() {
        match character {
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            '\u{f0b7}' | '\u{f0a7}' => text.push('•'),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
}

impl<F: FnMut(u32, Page)> OutputDev for Collector<F> {
    fn begin_page(
        &mut self,
        number: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.number = number;
        self.glyphs.clear();
        self.rules.clear();
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        let page = self.page();
        (self.take)(self.number, page);
        Ok(())
    }

    fn output_character(
        &mut self,
        transform: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let (along, up) = (
            transform.m11.hypot(transform.m12),
            transform.m21.hypot(transform.m22),
        );
        let size = font_size.abs() * up;
        let advance = width * font_size.abs() * along;
        let place_known = [transform.m31, transform.m32, size, advance]
            .iter()
            .all(|number| number.is_finite());
        if place_known && 0.1 < size {
            let direction = match (transform.m11, transform.m12) {
                (x, y) if y.abs() <= x.abs() => {
                    if x < 0.0 {
                        2
                    } else {
                        0
                    }
                }
                (_, y) => {
                    if y < 0.0 {
                        3
                    } else {
                        1
                    }
                }
            };
            let (x, y) = (transform.m31, transform.m32);
            self.glyphs.push(Glyph {
                x,
                y,
                width: advance,
                size,
                direction,
                text: text.to_owned(),
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(
        &mut self,
        transform: &Transform,
        _: &ColorSpace,
        _: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        self.draw(transform, path);
        Ok(())
    }

    fn fill(
        &mut self,
        transform: &Transform,
        _: &ColorSpace,
        _: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        self.draw(transform, path);
        Ok(())
    }
}
