//! What stands right at the digits: scale words, further digits, currency and unit.

use crate::item::{Item, What, Words};
use crate::lexicon::mark;
use crate::number::NumberReader;
use crate::number::numeral::{Notation, Numeral, numeral, shifted};

impl NumberReader<'_> {
    pub(super) fn digits(&self, item: &Item) -> Option<Numeral> {
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
    pub(super) fn scale(&self, items: &[Item], mut at: usize) -> (i8, usize) {
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
    pub(super) fn spaced(&self, items: &[Item], at: usize) -> Option<(Numeral, usize)> {
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
    pub(super) fn scaled(&self, items: &[Item], at: usize) -> Option<(Numeral, bool, usize)> {
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
    pub(super) fn unit(&self, items: &[Item], at: usize, prefixed: bool) -> (u16, u16, bool, usize) {
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
}

#[derive(PartialEq, Eq)]
pub(super) enum Code {
    Money,
    Other,
    None,
}

/// Whether an item is a currency.
pub(super) fn unit_code(item: &Item, words: &Words<'_>) -> Code {
    if !item.has(mark::UNIT) {
        return Code::None;
    }
    if words.entry(item).money {
        Code::Money
    } else {
        Code::Other
    }
}
