//! How the words around a number limit it.
//!
//! Before it: `hơn 5.000`, `over 5,000`, `không dưới 10%`; after it: `11%/năm trở lên`, `10.5% or more`.

use crate::item::{Item, What, Words};
use crate::lexicon::mark;
use terms::Bound;

/// The bound of the number at `items[at]`.
pub(crate) fn bound(words: Words<'_>, items: &[Item], at: usize, range: bool) -> Bound {
    if range {
        return Bound::Range;
    }
    // After: within a few words, past the counted noun and «/năm».
    let mut passed = 0;
    for item in &items[at + 1..] {
        if item.has(mark::AFTER) {
            return words.entry(item).after.unwrap_or(Bound::Eq);
        }
        passed += 1;
        let stops = matches!(
            item.what,
            What::Number(_) | What::Sign(b'.' | b',' | b';' | b'(' | b'|' | b':')
        );
        if stops || passed > 4 {
            break;
        }
    }
    // Before: right at it, but for a currency or a word that only leads to it.
    for (back, item) in items[..at].iter().rev().take(2).enumerate() {
        if item.has(mark::BOUND) {
            return words.entry(item).bound.unwrap_or(Bound::Eq);
        }
        let leads =
            back == 0 && item.what == What::Word && item.has(mark::FUNC) && item.end - item.start <= 6;
        if !leads {
            break;
        }
    }
    Bound::Eq
}
