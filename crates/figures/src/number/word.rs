//! Numbers in words: `three strategic breakthroughs`, `ba đột phá`.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::number::{Number, NumberReader, Numeral, Reading};

impl NumberReader<'_> {
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
        let of_the_year = |item: &Item| self.words.says(item, word::YEAR_PART);
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
                && self.words.says(next, word::OF);
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
}
