//! Digits that are no number of something: document numbers, times, names, numbers of a list.

use crate::item::{Item, What};
use crate::lexicon::mark;
use crate::number::NumberReader;

impl NumberReader<'_> {
    /// Whether the digits at `at` belong to a document number, a date, a time, a name.
    pub(super) fn is_label(&self, items: &[Item], out: &[Item], at: usize) -> bool {
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
        if next.is_some_and(|next| next.is_unknown() && next.capital && next.end - next.start == 1) {
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
    pub(super) fn is_list_number(&self, items: &[Item], at: usize) -> bool {
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

    pub(super) fn looks_like_year(&self, item: &Item) -> bool {
        let digits = item.text(self.words.text);
        digits.len() == 4 && matches!(digits.parse::<u16>(), Ok(1900..=2100))
    }
}

/// Whether the digits at `at` start a date: `15/8`.
pub(super) fn followed_by_date(items: &[Item], at: usize) -> bool {
    items
        .get(at + 1)
        .is_some_and(|next| next.is_sign(b'/') && next.glued)
        && items
            .get(at + 2)
            .is_some_and(|then| then.glued && then.what == What::Digits)
}
