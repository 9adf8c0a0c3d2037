//! A part of a whole: `8/11 chỉ tiêu`, `17 of the 23 targets`.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
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
        let is =
            |index: usize, words: u128| items.get(index).is_some_and(|item| self.words.says(item, words));
        let next = items.get(at + 1)?;
        let second = if next.is_sign(b'/') {
            at + 2
        } else if is(at + 1, word::OF | word::AMONG) && is(at + 2, word::THE | word::ITS | word::SUM) {
            at + 3
        } else if is(at + 1, word::OUT) && is(at + 2, word::OF) {
            at + if is(at + 3, word::THE | word::ITS) { 4 } else { 3 }
        } else if is(at + 1, word::OF | word::OUT_OF) {
            at + 2
        } else {
            return None;
        };
        let part = self.digits(&items[at])?;
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
