//! Periods that are only what something is compared with: `so với năm 2024`, `than in 2023`.

use crate::item::{Item, What, Words};
use crate::lexicon::{mark, word};
use crate::period::Reading;
use terms::TimePeriod;

/// Whether a year is only that of the plan that something is measured against: `27% of this year's estimate`.
pub(crate) fn is_yardstick(out: &[Item], year: &Item, next: Option<&Item>) -> bool {
    year.has(mark::THISYEAR | mark::LASTYEAR)
        && next.is_some_and(|next| next.has(mark::PLANWORD))
        && out
            .iter()
            .rev()
            .take(4)
            .any(|item| matches!(item.what, What::Number(_)))
}

/// Whether the period that starts after `out` is only what something is compared with.
pub(crate) fn is_compared(words: Words<'_>, out: &[Item], period: &Reading) -> bool {
    let mut back = out.iter().rev();
    let Some(last) = back.next() else { return false };
    let years = matches!(period.period, TimePeriod::Year(_) | TimePeriod::Span(..));
    if last.has(mark::COMPARE | mark::EXCEED) && !last.has(mark::UP)
        || last.has(mark::COMPARE)
        || (last.has(mark::UP | mark::DOWN) && !last.has(mark::TARGET) && !last.has(mark::REMAIN))
    {
        return true;
    }
    // `theo giá so sánh 2010`, `giá cố định năm 2010`, `at constant 2010 prices`
    let price = if last.has(mark::YEAR) && out.len() > 1 {
        &out[out.len() - 2]
    } else {
        last
    };
    if matches!(period.period, TimePeriod::Year(_)) && words.says(price, word::CONSTANT_PRICES) {
        return true;
    }
    // `bằng 2,3 lần quý 1 năm trước`, `gấp 1,8 lần năm 2025`
    let times = out.len() > 2 && last.has(mark::YEAR) && out[out.len() - 2].has(mark::TIMES);
    if times && matches!(out[out.len() - 3].what, What::Number(_)) {
        return true;
    }
    if last.has(mark::TIMES) && out.len() > 1 && matches!(out[out.len() - 2].what, What::Number(_)) {
        return true;
    }
    // `đạt 89,7% kế hoạch năm 2025`, `104.1% of the estimate assigned for the year`
    let recent = &out[out.len().saturating_sub(7)..];
    if let Some(at) = recent
        .iter()
        .rposition(|item| item.has(mark::PLANWORD | mark::AGAINST))
    {
        let counted = recent[..at]
            .iter()
            .any(|item| matches!(item.what, What::Number(_)));
        let close = recent[at + 1..].iter().all(|item| item.what == What::Word);
        if counted && close && years {
            return true;
        }
    }
    let second = back.next();
    if let Some(second) = second {
        // `nhiều hơn cuối năm trước`
        if second.has(mark::UP | mark::DOWN)
            && last.what == What::Word
            && last.end - last.start <= 8
            && !last.has(mark::TO)
            && (second.has(mark::COMPARE) || words.says(second, word::MORE_THAN))
        {
            return true;
        }
        let small = last.has(mark::FUNC | mark::YEAR | mark::PAST5 | mark::HALF)
            || last.what == What::Word && last.end - last.start <= 5;
        if small && second.has(mark::COMPARE) {
            return true;
        }
        // `20 per cent more than in 2023`
        if small && second.has(mark::BOUND) && second.what == What::Word {
            return true;
        }
        if small && last.has(mark::YEAR) && second.has(mark::UP | mark::DOWN) {
            return true;
        }
        // `up 261.2 percent from January`
        if matches!(period.period, TimePeriod::Month(..) | TimePeriod::Quarter(..))
            && matches!(second.what, What::Number(_))
            && words.says(last, word::SINCE)
            && out
                .iter()
                .rev()
                .skip(2)
                .take(3)
                .any(|item| item.has(mark::UP | mark::DOWN))
        {
            return true;
        }
        // `up 5% from 2023`, `a rise of 38 per cent on last year`
        if years
            && matches!(second.what, What::Number(_))
            && last.what == What::Word
            && last.has(mark::FROM | mark::APART | mark::BOUND | mark::COMPARE)
            && !last.has(mark::TO)
        {
            return true;
        }
        if let Some(third) = back.next()
            && third.has(mark::COMPARE)
            && small
            && second.has(mark::FUNC | mark::YEAR | mark::COMPARE)
        {
            return true;
        }
    }
    false
}
