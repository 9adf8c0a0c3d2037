//! A number as a person types it into a form, or pastes it from a spreadsheet: decimal comma, thousands points, or the
//! other way round.
//!
//! The device reads numbers by the same rules (`crates/web/assets/report-rules.js`); the cases in
//! `crates/plan/test_data/report_cases.json` hold both to them.

use terms::Decimal;

/// Why a text is no number, or not one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is none.
    NotANumber,
    /// `1.234` in a field that takes decimals: a thousand or a little more than one. The person is asked.
    Ambiguous {
        /// Read with a thousands mark.
        whole: Decimal,
        /// Read with a decimal mark.
        fraction: Decimal,
    },
}

/// More digits than any value of a commune has, and fewer than [`Decimal`] holds.
const MOST_DIGITS: usize = 20;

/// Reads a number; `decimals` is how many digits after the decimal mark the field takes.
///
/// Blanks divide thousands (`12 345`); of `.` and `,` the last one is the decimal mark where both stand, and one that
/// stands more than once divides thousands. A single mark before exactly three digits divides thousands in a field of
/// whole numbers; in a field with decimals it can be read two ways and is asked about, except after a leading zero.
/// A `%` at the end is left out: the field's unit says it.
///
/// # Errors
/// [`Unreadable`]. An empty text is no number: the caller knows it as «not filled in».
pub fn read(text: &str, decimals: u32) -> Result<Decimal, Unreadable> {
    let blank = |letter: char| letter.is_whitespace() || matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2009}');
    let text = text.trim_matches(blank);
    let text = text.strip_suffix('%').unwrap_or(text).trim_end_matches(blank);
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let groups: Vec<&str> = text.split(blank).collect();
    let body = if groups.len() == 1 {
        text.to_owned()
    } else {
        let (first, rest) = (groups[0], &groups[1..]);
        let digits_before_mark = |group: &str| group.find(['.', ',']).unwrap_or(group.len());
        let last = rest.len() - 1;
        let proper = (1..=3).contains(&first.len())
            && is_digits(first)
            && rest
                .iter()
                .enumerate()
                .all(|(at, group)| digits_before_mark(group) == 3 && (at == last || group.len() == 3));
        if !proper {
            return Err(Unreadable::NotANumber);
        }
        groups.concat()
    };
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    let plain = body
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let edges = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
    if !plain || MOST_DIGITS < digits || !edges(body.bytes().next()) || !edges(body.bytes().last()) {
        return Err(Unreadable::NotANumber);
    }
    let signed = |number: Decimal| if negative { -number } else { number };
    let points = body.matches('.').count();
    let commas = body.matches(',').count();
    match (points, commas) {
        (0, 0) => number(&body, "").map(signed),
        (1, 0) | (0, 1) => {
            let (before, after) = body.split_once(['.', ',']).unwrap_or((&body, ""));
            let either = after.len() == 3 && before.len() <= 3 && !before.starts_with('0');
            if !either {
                return number(before, after).map(signed);
            }
            let whole = number(&format!("{before}{after}"), "")?;
            if decimals == 0 {
                return Ok(signed(whole));
            }
            Err(Unreadable::Ambiguous {
                whole: signed(whole),
                fraction: signed(number(before, after)?),
            })
        }
        (points, commas) if points == 0 || commas == 0 => {
            let mark = if points == 0 { ',' } else { '.' };
            number(&without_groups(&body, mark)?, "").map(signed)
        }
        _ => {
            let decimal_mark = if body.rfind('.') < body.rfind(',') {
                ','
            } else {
                '.'
            };
            let other = if decimal_mark == ',' { '.' } else { ',' };
            let (before, after) = body.rsplit_once(decimal_mark).unwrap_or((&body, ""));
            if before.contains(decimal_mark) {
                return Err(Unreadable::NotANumber);
            }
            number(&without_groups(before, other)?, after).map(signed)
        }
    }
}

/// The digits of groups that a mark divides: one to three, then three each.
fn without_groups(text: &str, mark: char) -> Result<String, Unreadable> {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    let proper = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3 && is_digits(group));
    if proper && is_digits(first) {
        Ok(text.replace(mark, ""))
    } else {
        Err(Unreadable::NotANumber)
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(whole: &str, fraction: &str) -> Result<Decimal, Unreadable> {
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return Err(Unreadable::NotANumber);
    }
    let text = if fraction.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{fraction}")
    };
    text.parse().map_err(|_| Unreadable::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_ways_of_writing_are_read_and_doubt_is_told() {
        let read_as = |text: &str, decimals| match read(text, decimals) {
            Ok(number) => number.to_string(),
            Err(Unreadable::NotANumber) => "no".to_owned(),
            Err(Unreadable::Ambiguous { whole, fraction }) => format!("{whole}|{fraction}"),
        };
        for (text, decimals, expected) in [
            ("1234", 0, "1234"),
            ("1.234", 0, "1234"),
            ("1,234", 0, "1234"),
            ("1.234", 2, "1234|1.234"),
            ("0,234", 3, "0.234"),
            ("1.234.567", 2, "1234567"),
            ("1.234,5", 1, "1234.5"),
            ("1,234.5", 1, "1234.5"),
            ("12,5", 0, "12.5"),
            ("12 345,75", 2, "12345.75"),
            ("12\u{a0}345", 0, "12345"),
            ("1 23", 0, "no"),
            ("-3,5", 1, "-3.5"),
            ("\u{2212}3", 0, "-3"),
            ("17,66%", 2, "17.66"),
            ("12.34.5", 1, "no"),
            ("1.23,456", 3, "no"),
            ("1.234,567,8", 1, "no"),
            ("mười", 0, "no"),
            ("1e5", 0, "no"),
            ("=1+1", 0, "no"),
            (",5", 1, "no"),
            ("", 0, "no"),
            ("123456789012345678901", 0, "no"),
        ] {
            assert_eq!(
                read_as(text, decimals),
                expected,
                "{text:?} with {decimals} decimals"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,24}", decimals in 0_u32..4) {
            let _ = read(&text, decimals);
        }

        #[test]
        fn what_is_written_the_vietnamese_way_is_read_back(whole in 0_u64..10_000_000_000, cents in 0_u32..100) {
            let digits = whole.to_string();
            let mut grouped = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if 0 < at && (digits.len() - at).is_multiple_of(3) {
                    grouped.push('.');
                }
                grouped.push(digit);
            }
            let expected: Decimal = format!("{whole}.{cents:02}").parse().unwrap();
            prop_assert_eq!(read(&format!("{grouped},{cents:02}"), 2), Ok(expected));
        }
    }
}
