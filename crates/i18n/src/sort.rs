//! Order of names, and the bare letters that a search compares.

use std::cmp::Ordering;
use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use terms::Language;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

fn collator(language: Language) -> &'static CollatorBorrowed<'static> {
    static VI: OnceLock<CollatorBorrowed<'static>> = OnceLock::new();
    static EN: OnceLock<CollatorBorrowed<'static>> = OnceLock::new();
    let make = || {
        let locale: icu_locale_core::Locale = language.code().parse().expect("our codes are locales");
        Collator::try_new(locale.into(), CollatorOptions::default())
            .expect("the orders of vi and en are compiled in")
    };
    match language {
        Language::Vi => VI.get_or_init(make),
        Language::En => EN.get_or_init(make),
    }
}

/// The order of two names in a language: in Vietnamese a < ă < â, d < đ, and tones after letters.
pub fn compare(language: Language, a: &str, b: &str) -> Ordering {
    collator(language).compare(a, b)
}

/// Puts things in the order of their names.
pub fn by_name<T>(language: Language, things: &mut [T], name: impl Fn(&T) -> &str) {
    things.sort_by(|a, b| compare(language, name(a), name(b)));
}

/// The bare letters of a text, lower case, marks dropped: `Điện Biên Phủ` → `dien bien phu`.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_names_stand_in_vietnamese_order() {
        let mut names = [
            "Đà Nẵng",
            "Ấp",
            "Dung",
            "Ăn",
            "An",
            "Anh",
            "mạ",
            "ma",
            "má",
            "mà",
            "mã",
            "mả",
        ];
        by_name(Language::Vi, &mut names, |name| name);
        assert_eq!(
            names,
            [
                "An",
                "Anh",
                "Ăn",
                "Ấp",
                "Dung",
                "Đà Nẵng",
                "ma",
                "mà",
                "mả",
                "mã",
                "má",
                "mạ"
            ]
        );
    }

    #[test]
    fn folding_drops_marks_of_both_normal_forms() {
        assert_eq!(fold("Điện Biên Phủ"), "dien bien phu");
        assert_eq!(fold("Mu\u{31b}o\u{31b}\u{300}ng Nhe\u{301}"), "muong nhe");
    }
}
