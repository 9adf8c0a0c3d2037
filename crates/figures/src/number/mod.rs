//! Digits and number words as numbers: both notations, scale words, ranges, currencies and units.
//!
//! | text | language | value |
//! |---|---|---|
//! | `17.970 tỷ đồng` | vi | 17 970 000 000 000 VND |
//! | `VND 17,970 billion` | en | 17 970 000 000 000 VND |
//! | `5 tỷ 508 triệu USD` | vi | 5 508 000 000 USD |
//! | `8,02%`, `8.02%` | either | 8.02 % |
//! | `từ 10 đến 11%`, `10-11%` | either | 10 to 11 % |
//! | `8/11 chỉ tiêu` | either | 8, and 11 |

mod fraction;
mod label;
mod numeral;
mod surface;
mod word;

use crate::item::{Item, What, Words};
use crate::lexicon::mark;

use label::followed_by_date;
pub(crate) use numeral::{Notation, Numeral};
use surface::{Code, unit_code};

/// A number of a line, with what stands right at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number {
    pub(crate) low: Numeral,
    pub(crate) high: Option<Numeral>,
    /// Bytes of the surface: number, scale words, unit.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The measure or currency in the surface, 0 for none.
    pub(crate) unit: u16,
    /// What stands after «/» or «per».
    pub(crate) per: u16,
    /// `/năm`, `a year` right after it.
    pub(crate) yearly: bool,
    /// Written as a word.
    pub(crate) word: bool,
    pub(crate) scaled: bool,
    /// A minus sign stands before it, and belongs to the surface; or a plus, which does not.
    pub(crate) signed: i8,
    /// The part (1) or the whole (2) of `8/11`, `17 of the 23`.
    pub(crate) fraction: u8,
}

/// A number read from `items[at..]`: it, and the index after its last item.
pub(crate) struct Reading {
    pub(crate) number: Number,
    pub(crate) next: usize,
    /// A currency before the digits: how many items before `at` belong to the surface.
    pub(crate) back: usize,
}

/// Reads numbers out of one line's items.
pub(crate) struct NumberReader<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) notation: Notation,
}

impl NumberReader<'_> {
    /// Reads a number at `items[at]`; `out` holds the items before it, already read.
    pub(crate) fn read(&self, items: &[Item], out: &[Item], at: usize, table: bool) -> Option<Reading> {
        let item = &items[at];
        if item.what != What::Digits {
            return None;
        }
        if self.is_label(items, out, at) || (!table && self.is_list_number(items, at)) {
            return None;
        }
        let prefixed = out.last().is_some_and(|before| {
            before.what == What::Word
                && before.end + 1 >= item.start
                && unit_code(before, &self.words) == Code::Money
        });
        let (low, mut scaled, mut next) = self.scaled(items, at)?;
        let (mut unit, mut per, mut yearly, after_unit) = self.unit(items, next, prefixed);
        let first_end = items[after_unit - 1].end;
        let mut end = first_end;
        let mut high = None;
        let mut low = low;

        // A currency before: `VND 17,970 billion`, `US$2.5 billion`, `$994.9 million`.
        let mut back = 0;
        let mut start = item.start;
        let mut signed = 0i8;
        if let Some(before) = out.last() {
            let money = before.has(mark::UNIT)
                && before.what != What::Digits
                && matches!(unit_code(before, &self.words), Code::Money);
            let near = before.end + 1 >= item.start;
            if money
                && near
                && (unit == 0
                    || !items
                        .get(next)
                        .is_some_and(|i| unit_code(i, &self.words) == Code::Money))
            {
                unit = self.words.entry(before).unit;
                start = before.start;
                back = 1;
            }
        }

        // A range: `10-11%`, `từ 10 đến 11%`, `between 3.5 and 6.7%`, `800 triệu - 1 tỷ đồng`.
        let mut to = after_unit;
        if yearly {
            to = after_unit; // `10%/năm - 11%/năm` is not read as a range.
        }
        if let (Some(join), Some(second)) = (items.get(to), items.get(to + 1)) {
            let dash = join.is_sign(b'-') || join.is_sign(b'~');
            let word = join.has(mark::TO) && join.what == What::Word;
            let between = join.has(mark::AND) && behind(out, mark::BETWEEN);
            let mut at_second = to + 1;
            if second.has(mark::UNIT)
                && unit_code(second, &self.words) == Code::Money
                && second.what != What::Digits
            {
                at_second += 1;
            }
            let from = behind(out, mark::FROM);
            let moved = from && before_mark(out, mark::FROM, mark::UP | mark::DOWN | mark::REMAIN);
            let allowed = dash || between || (word && !moved && (from || unit == 0 || start != item.start));
            if allowed
                && items.get(at_second).is_some_and(|item| item.what == What::Digits)
                && !followed_by_date(items, at_second)
                && let Some((second, second_scaled, second_next)) = self.scaled(items, at_second)
            {
                let (second_unit, second_per, second_yearly, second_end) =
                    self.unit(items, second_next, false);
                let same = unit == 0 || second_unit == 0 || unit == second_unit;
                let first = if !scaled && second_scaled {
                    let (power, _) = self.scale(items, at_second + 1);
                    low.times(power)
                } else {
                    low
                };
                let plain = unit == 0
                    && second_unit == 0
                    && !scaled
                    && !second_scaled
                    && self.looks_like_year(item)
                    && self.looks_like_year(&items[at_second]);
                if same && first.less(second) && !plain {
                    low = first;
                    high = Some(second);
                    scaled |= second_scaled;
                    unit = if second_unit == 0 { unit } else { second_unit };
                    per = second_per;
                    yearly |= second_yearly;
                    next = second_next;
                    end = items[second_end - 1].end;
                    to = second_end;
                }
            }
        }
        let _ = next;

        // A sign before: `-59 ha`, `(+443 ha)`.
        if let Some(before) = out.last().filter(|_| back == 0) {
            let opens = out.len() == 1
                || matches!(
                    out[out.len() - 2].what,
                    What::Sign(b'(' | b'|' | b'\t' | b':' | b',' | b';')
                )
                || !before.glued;
            if before.is_sign(b'-') && item.glued && opens && out.len() > 1 {
                signed = -1;
                start = before.start;
                back = 1;
                low = low.negated();
            } else if before.is_sign(b'+') && item.glued {
                signed = 1;
            }
        }
        Some(Reading {
            number: Number {
                low,
                high,
                start,
                end,
                unit,
                per,
                yearly,
                word: false,
                scaled,
                signed,
                fraction: 0,
            },
            next: to,
            back,
        })
    }
}

/// Whether one of the two items before carries the mark.
fn behind(out: &[Item], marks: u64) -> bool {
    out.iter().rev().take(2).any(|item| item.has(marks))
}

/// Whether what stands right before the nearest item with `marks` carries `wanted`.
fn before_mark(out: &[Item], marks: u64, wanted: u64) -> bool {
    let Some(at) = out.iter().rposition(|item| item.has(marks)) else {
        return false;
    };
    at > 0 && out[at - 1].has(wanted)
}
