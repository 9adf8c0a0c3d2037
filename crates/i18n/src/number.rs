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
