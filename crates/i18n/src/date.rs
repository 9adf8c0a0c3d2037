//! Days and periods, as official texts write them.

use terms::period::Simple;
use terms::{Date, Language, TimePeriod};

use crate::messages::Messages;

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
const SMALL_NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// A day in full: `ngày 27 tháng 7 năm 2025`, `27 July 2025`.
pub fn long(language: Language, date: Date) -> String {
    match language {
        Language::Vi => format!("ngày {} tháng {} năm {}", date.day(), date.month(), date.year()),
        Language::En => format!("{} {} {}", date.day(), month_name(date.month()), date.year()),
    }
}

/// A day for tables: `27/7/2025`, `27 Jul 2025`.
pub fn short(language: Language, date: Date) -> String {
    match language {
        Language::Vi => format!("{}/{}/{}", date.day(), date.month(), date.year()),
        Language::En => format!(
            "{} {} {}",
            date.day(),
            &month_name(date.month())[..3],
            date.year()
        ),
    }
}

/// A moment in the country's time, to the minute: `16 giờ 30 phút, ngày 27 tháng 7 năm 2025`, `27 July 2025, 16:30`.
///
/// Việt Nam keeps UTC+7 the whole year (Decision 134/2002/QĐ-TTg).
pub fn moment(language: Language, at: terms::Timestamp) -> String {
    let local = jiff::tz::Offset::constant(7).to_datetime(at);
    let (day, hour, minute) = (long(language, local.date()), local.hour(), local.minute());
    match language {
        Language::Vi => format!("{hour} giờ {minute:02} phút, {day}"),
        Language::En => format!("{day}, {hour}:{minute:02}"),
    }
}

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|index| ENGLISH_MONTHS.get(index))
        .copied()
        .unwrap_or("January")
}

fn nth<'a>(names: &[&'a str], number: i8) -> &'a str {
    usize::try_from(number - 1)
        .ok()
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or(names[0])
}

/// A period in words: `năm 2025`, `6 tháng đầu năm 2025`, `quý III năm 2025`, `tháng 7 năm 2025`,
/// `giai đoạn 2026–2030`, `9 tháng đầu năm 2025`; `2025`, `first half of 2025`, `third quarter of 2025`, `July 2025`,
/// `2026–2030`, `first nine months of 2025`; a statutory one with its days: `tháng 11 năm 2026 (15/10–14/11)`,
/// `November 2026 (15 Oct–14 Nov)`.
pub fn period(language: Language, period: TimePeriod) -> String {
    if let Some((named, days)) = statutory(language, period) {
        return format!("{} ({days})", self::period(language, named));
    }
    match language {
        Language::Vi => match period {
            TimePeriod::Year(year) => format!("năm {year}"),
            TimePeriod::Half(year, half) => {
                format!("6 tháng {} năm {year}", if half == 1 { "đầu" } else { "cuối" })
            }
            TimePeriod::Quarter(year, quarter) => format!("quý {} năm {year}", nth(&ROMAN, quarter)),
            TimePeriod::Month(year, month) => format!("tháng {month} năm {year}"),
            TimePeriod::Day(date) => long(language, date),
            TimePeriod::Span(Simple::Year(from), Simple::Year(to)) => format!("giai đoạn {from}–{to}"),
            TimePeriod::Span(from, to) => match first_months(from, to) {
                Some((months, year)) => format!("{months} tháng đầu năm {year}"),
                None => from_to(language, from, to),
            },
        },
        Language::En => match period {
            TimePeriod::Year(year) => year.to_string(),
            TimePeriod::Half(year, half) => {
                format!("{} half of {year}", if half == 1 { "first" } else { "second" })
            }
            TimePeriod::Quarter(year, quarter) => format!("{} quarter of {year}", nth(&ORDINALS, quarter)),
            TimePeriod::Month(year, month) => format!("{} {year}", month_name(month)),
            TimePeriod::Day(date) => long(language, date),
            TimePeriod::Span(Simple::Year(from), Simple::Year(to)) => format!("{from}–{to}"),
            TimePeriod::Span(from, to) => match first_months(from, to) {
                Some((months, year)) => {
                    let count = usize::try_from(months)
                        .ok()
                        .and_then(|index| SMALL_NUMBERS.get(index));
                    format!("first {} months of {year}", count.copied().unwrap_or("twelve"))
                }
                None => from_to(language, from, to),
            },
        },
    }
}

/// A period for axes and cells: `2025`, `6T đầu 2025`, `Q.III/2025`, `7/2025`, `27/7/2025`, `2026–2030`.
pub fn short_period(language: Language, period: TimePeriod) -> String {
    if let Some((named, days)) = statutory(language, period) {
        return format!("{} ({days})", short_period(language, named));
    }
    match (language, period) {
        (_, TimePeriod::Year(year)) => year.to_string(),
        (Language::Vi, TimePeriod::Half(year, half)) => {
            format!("6T {} {year}", if half == 1 { "đầu" } else { "cuối" })
        }
        (Language::En, TimePeriod::Half(year, half)) => format!("H{half} {year}"),
        (Language::Vi, TimePeriod::Quarter(year, quarter)) => format!("Q.{}/{year}", nth(&ROMAN, quarter)),
        (Language::En, TimePeriod::Quarter(year, quarter)) => format!("Q{quarter} {year}"),
        (Language::Vi, TimePeriod::Month(year, month)) => format!("{month}/{year}"),
        (Language::En, TimePeriod::Month(year, month)) => format!("{} {year}", &month_name(month)[..3]),
        (_, TimePeriod::Day(date)) => short(language, date),
        (_, TimePeriod::Span(Simple::Year(from), Simple::Year(to))) => format!("{from}–{to}"),
        (Language::Vi, TimePeriod::Span(from, to)) => match first_months(from, to) {
            Some((months, year)) => format!("{months}T đầu {year}"),
            None => dash(language, from, to),
        },
        (Language::En, TimePeriod::Span(from, to)) => dash(language, from, to),
    }
}

/// When a target falls due: `đến năm 2030`, `giai đoạn 2026–2030`; `by 2030`, `over 2026–2030`.
pub fn due(language: Language, when: TimePeriod) -> String {
    let words = period(language, when);
    match (language, when) {
        (Language::Vi, TimePeriod::Span(..)) => words,
        (Language::Vi, _) => format!("đến {words}"),
        (Language::En, TimePeriod::Span(..)) => format!("over {words}"),
        (Language::En, _) => format!("by {words}"),
    }
}

/// The month, quarter, half or year whose statutory reporting period these days are, and the days themselves, so that it is
/// never read as the calendar's: from the 15th of the month before to the 14th of its last month.
///
/// Source: Decree 09/2019/ND-CP, article 12.
fn statutory(language: Language, period: TimePeriod) -> Option<(TimePeriod, String)> {
    let TimePeriod::Span(Simple::Day(from), Simple::Day(to)) = period else {
        return None;
    };
    if (from.day(), to.day()) != (15, 14) {
        return None;
    }
    let months = i32::from(to.year() - from.year()) * 12 + i32::from(to.month() - from.month());
    let (year, month) = (to.year(), to.month());
    let named = match (months, month) {
        (1, _) => TimePeriod::Month(year, month),
        (3, 3 | 6 | 9 | 12) => TimePeriod::Quarter(year, month / 3),
        (6, 6 | 12) => TimePeriod::Half(year, month / 6),
        (12, 12) => TimePeriod::Year(year),
        _ => return None,
    };
    let day = |date: Date| match (language, from.year() == to.year()) {
        (_, false) => short(language, date),
        (Language::Vi, true) => format!("{}/{}", date.day(), date.month()),
        (Language::En, true) => format!("{} {}", date.day(), &month_name(date.month())[..3]),
    };
    Some((named, format!("{}–{}", day(from), day(to))))
}

/// How many months from January on, and of which year: `2025-01/2025-09` is nine months of 2025.
fn first_months(from: Simple, to: Simple) -> Option<(i8, i16)> {
    match (from, to) {
        (Simple::Month(first, 1), Simple::Month(last, month)) if first == last => Some((month, first)),
        _ => None,
    }
}

fn dash(language: Language, from: Simple, to: Simple) -> String {
    let end = |simple: Simple| short_period(language, simple.into());
    format!("{} – {}", end(from), end(to))
}

fn from_to(language: Language, from: Simple, to: Simple) -> String {
    let (low, high) = (period(language, from.into()), period(language, to.into()));
    Messages::get(
        language,
        "range-from-to",
        &[("low", low.as_str().into()), ("high", high.as_str().into())],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, vi: &str, en: &str) {
        let parsed: TimePeriod = text.parse().unwrap();
        assert_eq!(period(Language::Vi, parsed), vi);
        assert_eq!(period(Language::En, parsed), en);
    }

    #[test]
    fn periods_read_as_official_texts_write_them() {
        check("2025", "năm 2025", "2025");
        check("2025-H1", "6 tháng đầu năm 2025", "first half of 2025");
        check("2025-H2", "6 tháng cuối năm 2025", "second half of 2025");
        check("2025-Q3", "quý III năm 2025", "third quarter of 2025");
        check("2025-07", "tháng 7 năm 2025", "July 2025");
        check("2025-07-27", "ngày 27 tháng 7 năm 2025", "27 July 2025");
        check("2026/2030", "giai đoạn 2026–2030", "2026–2030");
        check(
            "2025-01/2025-09",
            "9 tháng đầu năm 2025",
            "first nine months of 2025",
        );
        check(
            "2024-08/2025-07",
            "từ tháng 8 năm 2024 đến tháng 7 năm 2025",
            "from August 2024 to July 2025",
        );
    }

    #[test]
    fn a_statutory_period_is_named_and_keeps_its_days() {
        check(
            "2026-10-15/2026-11-14",
            "tháng 11 năm 2026 (15/10–14/11)",
            "November 2026 (15 Oct–14 Nov)",
        );
        check(
            "2026-06-15/2026-09-14",
            "quý III năm 2026 (15/6–14/9)",
            "third quarter of 2026 (15 Jun–14 Sep)",
        );
        check(
            "2025-12-15/2026-06-14",
            "6 tháng đầu năm 2026 (15/12/2025–14/6/2026)",
            "first half of 2026 (15 Dec 2025–14 Jun 2026)",
        );
        check(
            "2025-12-15/2026-12-14",
            "năm 2026 (15/12/2025–14/12/2026)",
            "2026 (15 Dec 2025–14 Dec 2026)",
        );
        let short = short_period(Language::Vi, "2026-10-15/2026-11-14".parse().unwrap());
        assert_eq!(short, "11/2026 (15/10–14/11)");
        // Neither one month nor a quarter of the statute: the days alone.
        check(
            "2026-01-15/2026-03-14",
            "từ ngày 15 tháng 1 năm 2026 đến ngày 14 tháng 3 năm 2026",
            "from 15 January 2026 to 14 March 2026",
        );
        check(
            "2026-07-15/2026-10-14",
            "từ ngày 15 tháng 7 năm 2026 đến ngày 14 tháng 10 năm 2026",
            "from 15 July 2026 to 14 October 2026",
        );
    }

    #[test]
    fn periods_are_short_on_axes() {
        let short = |language, text: &str| short_period(language, text.parse().unwrap());
        assert_eq!(short(Language::Vi, "2025-H1"), "6T đầu 2025");
        assert_eq!(short(Language::En, "2025-H1"), "H1 2025");
        assert_eq!(short(Language::Vi, "2025-Q3"), "Q.III/2025");
        assert_eq!(short(Language::Vi, "2025-07-27"), "27/7/2025");
        assert_eq!(short(Language::En, "2025-07"), "Jul 2025");
        assert_eq!(short(Language::En, "2024-08/2025-07"), "Aug 2024 – Jul 2025");
    }

    #[test]
    fn a_due_period_is_an_end_or_a_span() {
        assert_eq!(due(Language::Vi, "2030".parse().unwrap()), "đến năm 2030");
        assert_eq!(
            due(Language::Vi, "2026/2030".parse().unwrap()),
            "giai đoạn 2026–2030"
        );
        assert_eq!(due(Language::En, "2030".parse().unwrap()), "by 2030");
        assert_eq!(due(Language::En, "2026/2030".parse().unwrap()), "over 2026–2030");
    }
}
