//! A part of a whole: `8/11 chỉ tiêu`, `17 of the 23 targets`.

use crate::item::{Item, What};
use crate::lexicon::mark;
use crate::number::{Number, NumberReader, Numeral};

impl NumberReader<'_> {
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
}
