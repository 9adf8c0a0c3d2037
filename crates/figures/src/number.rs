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

use crate::item::{Item, What, Words};
use crate::lexicon::mark;
use terms::Decimal;

/// Which sign parts the whole from the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// `1.234,5`
    Comma,
    /// `1,234.5`
    Point,
}

/// An exact number: mantissa × 10^exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numeral {
    pub(crate) mantissa: i64,
    pub(crate) exponent: i8,
    /// Thousands are parted (`22,300`): then it cannot be a year or a label.
    pub(crate) grouped: bool,
}

impl Numeral {
    pub(crate) fn times(self, exponent: i8) -> Self {
        Self {
            exponent: self.exponent.saturating_add(exponent),
            ..self
        }
    }

    pub(crate) fn negated(self) -> Self {
        Self {
            mantissa: -self.mantissa,
            ..self
        }
    }

    /// The number as a decimal; `None` where it is beyond what a decimal holds.
    pub(crate) fn decimal(self) -> Option<Decimal> {
        if self.exponent >= 0 {
            let power = 10i128.checked_pow(u32::from(self.exponent.unsigned_abs()))?;
            Decimal::try_from_i128_with_scale(i128::from(self.mantissa).checked_mul(power)?, 0).ok()
        } else {
            let value = Decimal::try_from_i128_with_scale(
                i128::from(self.mantissa),
                u32::from(self.exponent.unsigned_abs()),
            )
            .ok()?;
            Some(value)
        }
    }

    fn less(self, other: Self) -> bool {
        self.decimal() < other.decimal()
    }
}

/// Reads a digit run with its separators; `None` where they stand in no order that a number has.
pub(crate) fn numeral(digits: &str, notation: Notation) -> Option<Numeral> {
    let bytes = digits.as_bytes();
    let (mut points, mut commas) = (0u32, 0u32);
    for byte in bytes {
        points += u32::from(*byte == b'.');
        commas += u32::from(*byte == b',');
    }
    let (decimal, group) = match (points, commas) {
        (0, 0) => (0u8, 0u8),
        (1.., 1..) => {
            let last = *bytes.iter().rev().find(|byte| !byte.is_ascii_digit())?;
            (last, if last == b'.' { b',' } else { b'.' })
        }
        _ => {
            let sign = if points > 0 { b'.' } else { b',' };
            let is_group = |sign: u8| {
                let mut parts = digits.split(sign as char);
                let head = parts.next().unwrap_or_default();
                !head.is_empty() && head.len() <= 3 && parts.all(|part| part.len() == 3)
            };
            let several = points + commas > 1;
            let decimal_sign = if notation == Notation::Comma { b',' } else { b'.' };
            let leading_zero = bytes[0] == b'0';
            if several {
                if !is_group(sign) {
                    return None;
                }
                (0, sign)
            } else if sign == decimal_sign || leading_zero || !is_group(sign) {
                (sign, 0)
            } else {
                (0, sign)
            }
        }
    };
    let marks = if decimal == b'.' { points } else { commas };
    if decimal != 0 && marks > 1 {
        return None;
    }
    let (whole, fraction) = match digits.bytes().rposition(|byte| decimal != 0 && byte == decimal) {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, ""),
    };
    if group != 0 && whole.contains(group as char) {
        let mut parts = whole.split(group as char);
        let head = parts.next().unwrap_or_default();
        if head.is_empty() || head.len() > 3 || !parts.all(|part| part.len() == 3) {
            return None;
        }
    }
    let mut mantissa = 0i64;
    for byte in whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit) {
        mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
    }
    Some(Numeral {
        mantissa,
        exponent: -i8::try_from(fraction.len()).ok()?,
        grouped: group != 0 && whole.contains(group as char),
    })
}

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
    fn digits(&self, item: &Item) -> Option<Numeral> {
        if item.what != What::Digits {
            return None;
        }
        let text = item.text(self.words.text);
        if text.len() > 18 {
            return None;
        }
        numeral(text, self.notation)
    }

    /// Scale words from `at`: their power of ten and the index after them.
    fn scale(&self, items: &[Item], mut at: usize) -> (i8, usize) {
        let mut power = 0;
        while let Some(item) = items.get(at) {
            if !item.has(mark::SCALE) || (item.end - item.start <= 2 && item.has(mark::UNIT) && power != 0) {
                break;
            }
            power += self.words.entry(item).scale;
            at += 1;
        }
        (power, at)
    }

    /// Digits parted by spaces: `1 234 567`.
    fn spaced(&self, items: &[Item], at: usize) -> Option<(Numeral, usize)> {
        let text = self.words.text;
        let head = items[at].text(text);
        if head.len() > 3 || !head.bytes().all(|byte| byte.is_ascii_digit()) || head.starts_with('0') {
            return None;
        }
        let mut mantissa: i64 = head.parse().ok()?;
        let mut next = at + 1;
        let mut exponent = 0;
        let mut narrow = false;
        while let Some(item) = items
            .get(next)
            .filter(|item| item.what == What::Digits && !item.glued)
        {
            let part = item.text(text);
            let gap = &text[items[next - 1].end as usize..item.start as usize];
            narrow |= gap.chars().all(|c| c != ' ');
            let sign = if self.notation == Notation::Comma {
                ','
            } else {
                '.'
            };
            let (whole, fraction) = part.split_once(sign).unwrap_or((part, ""));
            if whole.len() != 3
                || gap.chars().count() != 1
                || !whole.bytes().all(|byte| byte.is_ascii_digit())
            {
                break;
            }
            mantissa = mantissa.checked_mul(1000)?.checked_add(whole.parse().ok()?)?;
            next += 1;
            if !fraction.is_empty() {
                for byte in fraction.bytes() {
                    mantissa = mantissa
                        .checked_mul(10)?
                        .checked_add(i64::from(byte.checked_sub(b'0')?))?;
                }
                exponent = -i8::try_from(fraction.len()).ok()?;
                break;
            }
        }
        let unit_follows = items
            .get(next)
            .is_some_and(|item| item.has(mark::UNIT | mark::NOUN | mark::SCALE));
        (next > at + 1 && (narrow || unit_follows)).then_some((
            Numeral {
                mantissa,
                exponent,
                grouped: true,
            },
            next,
        ))
    }

    /// One number with its scale words, `5 tỷ 508 triệu` too.
    fn scaled(&self, items: &[Item], at: usize) -> Option<(Numeral, bool, usize)> {
        let (base, after) = match self.spaced(items, at) {
            Some(found) => found,
            None => (self.digits(&items[at])?, at + 1),
        };
        let (mut power, mut next) = self.scale(items, after);
        if next == after {
            return Some((base, false, next));
        }
        let mut value = base.times(power);
        // «5 tỷ 508 triệu»: a smaller scale goes on with the number.
        while let Some(more) = items.get(next).and_then(|item| self.digits(item)) {
            let (smaller, then) = self.scale(items, next + 1);
            if then == next + 1 || smaller >= power || more.grouped || more.exponent < 0 {
                break;
            }
            let (Some(big), Some(small)) = (shifted(value, smaller), Some(more.mantissa)) else {
                break;
            };
            value = Numeral {
                mantissa: big + small,
                exponent: smaller,
                grouped: true,
            };
            power = smaller;
            next = then;
        }
        Some((value, true, next))
    }

    /// The unit from `at`: unit, per, yearly, and the index after what belongs to the surface.
    fn unit(&self, items: &[Item], at: usize, prefixed: bool) -> (u16, u16, bool, usize) {
        let mut next = at;
        let mut unit = 0;
        if let Some(item) = items.get(next).filter(|item| item.has(mark::UNIT)) {
            let entry = self.words.entry(item);
            // A single letter is a unit only where it stands at its number («5m», «300 m»), never a capital.
            let letter = item.end - item.start == 1 && item.capital;
            if !letter {
                unit = entry.unit;
                next += 1;
            }
        }
        let (mut per, mut yearly) = (0, false);
        while let (Some(sign), Some(what)) = (items.get(next), items.get(next + 1)) {
            if !sign.has(mark::PERWORD) {
                break;
            }
            let word = sign.what == What::Word;
            if what.has(mark::YEARLY | mark::MONTHLY) && (!what.has(mark::PER) || !word) {
                yearly |= what.has(mark::YEARLY);
                if items.get(next + 2).is_some_and(|item| item.is_sign(b'/')) && per == 0 {
                    // `/năm/người` is rare; leave what follows.
                }
                break;
            }
            if per != 0 || !what.has(mark::PER) || (unit == 0 && !prefixed) {
                break;
            }
            per = self.words.entry(what).per;
            next += 2;
        }
        (unit, per, yearly, next)
    }

    /// Whether the digits at `at` belong to a document number, a date, a time, a name.
    fn is_label(&self, items: &[Item], out: &[Item], at: usize) -> bool {
        let text = self.words.text;
        let bytes = text.as_bytes();
        let item = &items[at];
        let before = item.start.checked_sub(1).map(|at| bytes[at as usize]);
        let after = bytes.get(item.end as usize).copied();
        if before.is_some_and(|byte| matches!(byte, b'/' | b':' | b'_' | b'#' | b'@' | b'=' | b'\\' | b'&'))
            && item.glued
        {
            return true;
        }
        if item.glued {
            // `No.176`, `COVID-19`, `QL.12`, `CT-03`
            if let (Some(sign), Some(word)) = (
                at.checked_sub(1).map(|i| items[i]),
                at.checked_sub(2).map(|i| items[i]),
            ) {
                let joins = matches!(sign.what, What::Sign(b'-' | b'.'));
                if joins && sign.glued && word.what == What::Word && !word.has(mark::UNIT | mark::BOUND) {
                    return true;
                }
            }
            if at > 0 && items[at - 1].what == What::Word && !items[at - 1].has(mark::UNIT) {
                return true;
            }
        }
        let next = items.get(at + 1);
        let then = items.get(at + 2);
        if let Some(next) = next.filter(|next| next.glued) {
            match next.what {
                What::Word => {
                    let known =
                        next.has(mark::UNIT | mark::SCALE) && !(next.capital && next.end - next.start == 1);
                    if !known && !next.has(mark::NOUN) {
                        return true;
                    }
                    // `60m Road`: a name.
                    if next.end - next.start == 1
                        && then.is_some_and(|then| then.what == What::Word && then.capital)
                    {
                        return true;
                    }
                    if !known && next.has(mark::NOTCOUNT) {
                        return true;
                    }
                }
                What::Sign(b'/' | b'-') => {
                    if let Some(then) = then.filter(|then| then.glued && then.what == What::Word) {
                        let lower = !then.capital || then.has(mark::PER | mark::UNIT);
                        if !lower || (next.is_sign(b'-') && !then.has(mark::NOUN | mark::UNIT)) {
                            return true;
                        }
                    }
                }
                What::Sign(b':' | b'_' | b'@' | b'+')
                    if then.is_some_and(|then| then.glued && then.what == What::Digits) =>
                {
                    return true;
                }
                _ => {}
            }
        }
        let digits = item.text(text);
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        // Phone numbers: a zero, another digit, and more.
        let zero_led = digits.starts_with('0') && digits.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        if zero_led && digits.len() > 2 {
            return true;
        }
        // A temperature, a hall, a version: `31.7 C`.
        if next.is_some_and(|next| next.entry == 0 && next.capital && next.end - next.start == 1) {
            return true;
        }
        if plain && digits.len() > 6 && after != Some(b'%') {
            let unit = next.is_some_and(|next| next.has(mark::UNIT | mark::NOUN | mark::SCALE));
            if !unit {
                return true;
            }
        }
        // A label before: `Điều 5`, `Resolution 68`, `No. 11`.
        let mut back = out.len();
        while back > 0
            && matches!(out[back - 1].what, What::Sign(b'.' | b'\'' | b'"'))
            && out[back - 1].end + 2 >= item.start
        {
            back -= 1;
        }
        if let Some(label) = back.checked_sub(1).map(|i| out[i]) {
            let counted = next.is_some_and(|next| {
                next.has(mark::UNIT | mark::SCALE)
                    || next.is_sign(b'%')
                    || (next.has(mark::NOUN) && !next.capital)
            });
            if label.has(mark::LABEL) && !label.has(mark::UNIT) {
                // «Đề án 1 triệu ha» is a name, «nhóm 5 hộ» is not.
                let named = label.capital
                    && back > 1
                    && !matches!(out[back - 2].what, What::Sign(b'.' | b':' | b'"'));
                let soft = label.has(mark::NOUN | mark::FUNC) && !named;
                if !(soft && counted) {
                    return true;
                }
            }
            if label.has(mark::WEAKLABEL) && !counted {
                return true;
            }
        }
        false
    }

    /// `1.`, `a)`, `1.2` at the start of a line, `(2)` in it.
    fn is_list_number(&self, items: &[Item], at: usize) -> bool {
        let digits = items[at].text(self.words.text);
        let short = digits.len() <= 5 && digits.bytes().filter(u8::is_ascii_digit).count() <= 3;
        let opens = items[..at]
            .iter()
            .all(|item| matches!(item.what, What::Sign(b'*' | b'-' | b'(' | b'+' | b'#')));
        let Some(next) = items.get(at + 1) else {
            return false;
        };
        if short && opens && at <= 2 {
            let closes = matches!(next.what, What::Sign(b'.' | b')' | b'/' | b'|' | b'\t' | b':'))
                && next.glued
                || next.is_sign(b'|');
            if closes && !digits.contains(',') {
                return true;
            }
            let title =
                digits.contains('.') && next.what == What::Word && next.capital && !next.has(mark::UNIT);
            if title {
                return true;
            }
        }

        at > 0
            && matches!(items[at - 1].what, What::Sign(b'(' | b'['))
            && items[at].glued
            && matches!(next.what, What::Sign(b')' | b']'))
            && digits.len() <= 2
    }

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

    /// `8/11 chỉ tiêu`, `17 of the 23 targets`, `5,120 out of 6,431 households`: the part and the whole, and the index
    /// after them.
    pub(crate) fn fraction(
        &self,
        items: &[Item],
        out: &[Item],
        at: usize,
    ) -> Option<(Number, Number, usize)> {
        let part = self.digits(&items[at])?;
        let text = self.words.text;
        let is = |index: usize, words: &[&str]| {
            items
                .get(index)
                .is_some_and(|item| words.contains(&item.text(text)))
        };
        let second = if items.get(at + 1).is_some_and(|sign| sign.is_sign(b'/')) {
            at + 2
        } else if is(at + 1, &["of", "trong", "trên"]) && is(at + 2, &["the", "its", "tổng số", "số", "tổng"])
        {
            at + 3
        } else if is(at + 1, &["out"]) && is(at + 2, &["of"]) {
            if is(at + 3, &["the", "its"]) {
                at + 4
            } else {
                at + 3
            }
        } else if is(at + 1, &["of", "out of"]) {
            at + 2
        } else {
            return None;
        };
        let whole = items.get(second).and_then(|item| self.digits(item))?;
        let counted = items[second + 1..]
            .iter()
            .take(4)
            .find(|item| item.has(mark::NOUN | mark::STOP) || item.what != What::Word)?;
        let slash = second == at + 2 && items[at + 1].is_sign(b'/');
        let direct = items
            .get(second + 1)
            .is_some_and(|item| item.has(mark::NOUN) && !item.has(mark::NOTCOUNT));
        if !counted.has(mark::NOUN)
            || (slash && !direct)
            || whole.less(part)
            || whole.exponent < 0
            || part.exponent < 0
        {
            return None;
        }
        if self.is_label(items, out, at) && !slash {
            return None;
        }
        let number = |item: &Item, low: Numeral, fraction: u8| Number {
            low,
            high: None,
            start: item.start,
            end: item.end,
            unit: 0,
            per: 0,
            yearly: false,
            word: false,
            scaled: false,
            signed: 0,
            fraction,
        };
        Some((
            number(&items[at], part, 1),
            number(&items[second], whole, 2),
            second + 1,
        ))
    }

    /// A number word that counts things of a plan: `three strategic breakthroughs`, `ba đột phá`.
    pub(crate) fn read_word(&self, items: &[Item], out: &[Item], at: usize) -> Option<Reading> {
        let item = &items[at];
        let value = self.words.entry(item).number;
        let joined = |item: &Item| item.is_sign(b'-') && item.glued;
        if value < 2 || items.get(at + 1).is_some_and(joined) || out.last().is_some_and(joined) {
            return None;
        }
        if out.last().is_some_and(|before| {
            before.has(mark::LABEL | mark::QUARTER | mark::MONTH | mark::NUMWORD | mark::SCALE)
                || before.what == What::Digits
                || before.is_sign(b'"')
        }) {
            return None;
        }
        // `Tỉnh đặt mục tiêu cuối năm giải ngân hết 100%`
        let of_the_year = |item: &Item| {
            let text = item.text(self.words.text);
            ["cuối", "đầu", "giữa", "hết", "Cuối", "Đầu", "Giữa", "Hết"]
                .iter()
                .any(|word| text.ends_with(word))
        };
        if item.has(mark::YEAR) && out.last().is_some_and(of_the_year) {
            return None;
        }
        // `three million visitors`
        if let Some(scale) = items
            .get(at + 1)
            .filter(|next| next.has(mark::SCALE) && !item.has(mark::YEAR))
        {
            let counted = items
                .get(at + 2)
                .is_some_and(|next| next.has(mark::NOUN | mark::UNIT));
            if counted {
                let (unit, per, yearly, after) = self.unit(items, at + 2, false);
                let low = Numeral {
                    mantissa: i64::from(value),
                    exponent: self.words.entry(scale).scale,
                    grouped: false,
                };
                let end = items[after - 1].end;
                return Some(Reading {
                    number: Number {
                        low,
                        high: None,
                        start: item.start,
                        end,
                        unit,
                        per,
                        yearly,
                        word: true,
                        scaled: true,
                        signed: 0,
                        fraction: 0,
                    },
                    next: after,
                    back: 0,
                });
            }
        }
        // «Năm Du lịch quốc gia»: a name.
        if item.capital
            && out
                .last()
                .is_some_and(|before| !matches!(before.what, What::Sign(b'.' | b':' | b'-' | b'*' | b'+')))
        {
            return None;
        }
        let reach = if item.has(mark::YEAR) || item.has(mark::AND) {
            1
        } else {
            7
        };
        let first = items.get(at + 1);
        for next in items[at + 1..].iter().take(reach) {
            // `two of the province's four projects`
            let of_whole = next.has(mark::STOP)
                && first.is_some_and(|first| first.start == next.start)
                && next.text(self.words.text) == "of";
            if of_whole && !next.has(mark::SCALE) {
                continue;
            }
            let possessive = next.is_sign(b'\'') || next.is_sign(b'"');
            if possessive {
                continue;
            }
            if next.has(mark::NOTCOUNT | mark::STOP | mark::SCALE)
                || next.what != What::Word
                || next.has(mark::COMPARE)
                || (next.capital && next.end - next.start == 1)
            {
                return None;
            }
            if next.has(mark::NUMWORD) {
                continue;
            }
            if next.has(mark::NOUN | mark::ALIAS) && (next.has(mark::ALIAS) || !next.has(mark::FUNC)) {
                return Some(Reading {
                    number: Number {
                        low: Numeral {
                            mantissa: i64::from(value),
                            exponent: 0,
                            grouped: false,
                        },
                        high: None,
                        start: item.start,
                        end: item.end,
                        unit: 0,
                        per: 0,
                        yearly: false,
                        word: true,
                        scaled: false,
                        signed: 0,
                        fraction: 0,
                    },
                    next: at + 1,
                    back: 0,
                });
            }
        }
        None
    }

    fn looks_like_year(&self, item: &Item) -> bool {
        let digits = item.text(self.words.text);
        digits.len() == 4 && matches!(digits.parse::<u16>(), Ok(1900..=2100))
    }
}

/// Whether the digits at `at` start a date: `15/8`.
fn followed_by_date(items: &[Item], at: usize) -> bool {
    items
        .get(at + 1)
        .is_some_and(|next| next.is_sign(b'/') && next.glued)
        && items
            .get(at + 2)
            .is_some_and(|then| then.glued && then.what == What::Digits)
}

#[derive(PartialEq, Eq)]
pub(crate) enum Code {
    Money,
    Other,
    None,
}

/// Whether an item is a currency.
pub(crate) fn unit_code(item: &Item, words: &Words<'_>) -> Code {
    if !item.has(mark::UNIT) {
        return Code::None;
    }
    if words.entry(item).money {
        Code::Money
    } else {
        Code::Other
    }
}

/// A value in units of 10^power, where it is whole.
fn shifted(value: Numeral, power: i8) -> Option<i64> {
    let shift = value.exponent.checked_sub(power)?;
    let factor = 10i64.checked_pow(u32::try_from(shift).ok()?)?;
    value.mantissa.checked_mul(factor)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn value(digits: &str, notation: Notation) -> Option<String> {
        numeral(digits, notation)?
            .decimal()
            .map(|value| value.to_string())
    }

    #[test]
    fn both_notations_are_read_and_an_unambiguous_form_wins_over_the_language() {
        for (digits, comma, point) in [
            ("17.970", "17970", "17.970"),
            ("17,970", "17.970", "17970"),
            ("8,02", "8.02", "8.02"),
            ("8.02", "8.02", "8.02"),
            ("15.292,791", "15292.791", "15292.791"),
            ("15,292.791", "15292.791", "15292.791"),
            ("1.234.567", "1234567", "1234567"),
            ("0.125", "0.125", "0.125"),
            ("5000", "5000", "5000"),
        ] {
            assert_eq!(value(digits, Notation::Comma).as_deref(), Some(comma), "{digits}");
            assert_eq!(value(digits, Notation::Point).as_deref(), Some(point), "{digits}");
        }
    }

    #[test]
    fn a_run_that_is_no_number_is_none() {
        for digits in ["30.8.2013", "1.2.3", "1,23,456", "1.23.45,6"] {
            assert_eq!(value(digits, Notation::Comma), None, "{digits}");
        }
    }

    #[test]
    fn a_scale_moves_the_exponent_only() {
        let value = numeral("15,292.791", Notation::Point).unwrap().times(9);
        assert_eq!(value.decimal().unwrap().to_string(), "15292791000000");
    }
}
