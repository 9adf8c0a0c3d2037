//! Exact decimals in both notations.

use std::sync::OnceLock;

use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use terms::{Decimal, Language};

fn formatter(language: Language) -> &'static DecimalFormatter {
    static VI: OnceLock<DecimalFormatter> = OnceLock::new();
    static EN: OnceLock<DecimalFormatter> = OnceLock::new();
    let make = || {
        let locale: icu_locale_core::Locale = language.code().parse().expect("our codes are locales");
        DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default())
            .expect("the number patterns of vi and en are compiled in")
    };
    match language {
        Language::Vi => VI.get_or_init(make),
        Language::En => EN.get_or_init(make),
    }
}

/// A number with every digit it has: `17.970,5` in Vietnamese, `17,970.5` in English.
///
/// Digits after the point stay as they were given (8.50 is `8,50`); nothing is rounded.
pub fn number(language: Language, value: Decimal) -> String {
    let text = value.to_string();
    match text.parse::<icu_decimal::input::Decimal>() {
        Ok(exact) => formatter(language)
            .format(&exact)
            .to_string()
            .replace('\u{2212}', "-"),
        // A Decimal always prints as digits with a point; this keeps the number on the page should that change.
        Err(_) => text,
    }
}

/// A number as a person of this language types it, marks between thousands included: the other way round from [`number`].
///
/// `17.970` is seventeen thousand in Vietnamese and a little under eighteen in English. The other language's decimal mark is taken
/// where it can be nothing else (`17.5` in Vietnamese). None where it is no number, or thousands are not divided by threes.
pub fn read(language: Language, text: &str) -> Option<Decimal> {
    let (group, point) = match language {
        Language::Vi => ('.', ','),
        Language::En => (',', '.'),
    };
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}'))
        .map(|c| if c == '\u{2212}' { '-' } else { c })
        .collect();
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = match digits.split_once(point) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    if fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return None;
    }
    let groups: Vec<&str> = whole.split(group).collect();
    let (first, rest) = groups.split_first()?;
    let (whole, fraction) = match (rest, fraction) {
        // One mark that cannot divide thousands divides the fraction.
        ([after], None) if is_digits(first) && is_digits(after) && (after.len() != 3 || *first == "0") => {
            ((*first).to_owned(), Some(*after))
        }
        ([], fraction) if is_digits(first) => ((*first).to_owned(), fraction),
        (rest, fraction) => {
            let divided = is_digits(first)
                && first.len() <= 3
                && rest.iter().all(|group| group.len() == 3 && is_digits(group));
            (divided.then(|| groups.concat())?, fraction)
        }
    };
    match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}").parse().ok(),
        None => format!("{sign}{whole}").parse().ok(),
    }
}

/// A number rounded half away from zero to so many digits, without zeros at its end: for what we computed, never for
/// what a document states.
pub fn rounded(language: Language, value: Decimal, digits: u32) -> String {
    let value = value.round_dp_with_strategy(digits, terms::RoundingStrategy::MidpointAwayFromZero);
    number(language, value.normalize())
}

/// A number with its sign, plus included: for gaps and changes.
pub fn signed(language: Language, value: Decimal) -> String {
    let text = number(language, value.abs());
    match value.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => format!("−{text}"),
        std::cmp::Ordering::Equal => text,
        std::cmp::Ordering::Greater => format!("+{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_prints_is_read_back_and_marks_between_thousands_are_no_points() {
        for language in Language::ALL {
            for text in [
                "17970",
                "35657000000000",
                "17.97",
                "8.50",
                "1.234",
                "1234.567",
                "-3.5",
                "0.125",
                "0",
            ] {
                let value: Decimal = text.parse().unwrap();
                assert_eq!(read(language, &number(language, value)), Some(value), "{text}");
            }
        }
        let check = |language, text: &str, expected: Option<&str>| {
            let expected = expected.map(|expected| expected.parse::<Decimal>().unwrap());
            assert_eq!(read(language, text), expected, "{text}");
        };
        check(Language::Vi, "17.970", Some("17970"));
        check(Language::En, "17.970", Some("17.970"));
        check(Language::Vi, "17,970", Some("17.970"));
        check(Language::Vi, "17.5", Some("17.5"));
        check(Language::Vi, "0.125", Some("0.125"));
        check(Language::En, "17,5", Some("17.5"));
        check(Language::Vi, "15.292.791", Some("15292791"));
        check(Language::Vi, "\u{2212}1.234,5", Some("-1234.5"));
        for wrong in [
            "",
            "-",
            "1.23.456",
            "1234.567,8",
            "năm",
            "1,2,3",
            "5,",
            ",5",
            "1..234",
        ] {
            check(Language::Vi, wrong, None);
        }
    }

    fn check(value: &str, vi: &str, en: &str) {
        let value: Decimal = value.parse().unwrap();
        assert_eq!(number(Language::Vi, value), vi);
        assert_eq!(number(Language::En, value), en);
    }

    #[test]
    fn every_digit_is_kept_and_grouped() {
        check("8.02", "8,02", "8.02");
        check("8.50", "8,50", "8.50");
        check("17970", "17.970", "17,970");
        check("1234567.891", "1.234.567,891", "1,234,567.891");
        check("-3.51", "-3,51", "-3.51");
        check("0", "0", "0");
        check(
            "79228162514264337593543950335",
            "79.228.162.514.264.337.593.543.950.335",
            "79,228,162,514,264,337,593,543,950,335",
        );
    }

    #[test]
    fn what_we_computed_is_rounded_half_away_from_zero() {
        let value: Decimal = "2.345".parse().unwrap();
        assert_eq!(rounded(Language::Vi, value, 2), "2,35");
        assert_eq!(rounded(Language::Vi, -value, 2), "-2,35");
        assert_eq!(rounded(Language::En, "2.999".parse().unwrap(), 2), "3");
    }

    #[test]
    fn a_gap_shows_its_sign() {
        assert_eq!(signed(Language::Vi, "3.16".parse().unwrap()), "+3,16");
        assert_eq!(signed(Language::Vi, "-3.16".parse().unwrap()), "−3,16");
        assert_eq!(signed(Language::En, Decimal::ZERO), "0");
    }
}
