//! The language of a title or a sentence, so that a screen reader says it as it is meant.

use terms::Language;

/// The language of a short text; none where nothing tells (names and numbers alone, Vietnamese typed without marks).
///
/// A Vietnamese syllable has at most seven letters, none of `f`, `j`, `w`, `z`, and ends in a vowel or in `c`, `ch`, `m`, `n`, `ng`,
/// `nh`, `p`, `t`; names such as Điện Biên stand in English sentences too. So marked words are held against words that no
/// Vietnamese syllable could be. O(length).
pub fn language_of(text: &str) -> Option<Language> {
    let (mut vietnamese, mut foreign) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()) {
        if !word.is_ascii() {
            vietnamese += 1;
        } else if is_no_syllable(word) {
            foreign += 1;
        }
    }
    match vietnamese.cmp(&foreign) {
        std::cmp::Ordering::Greater => Some(Language::Vi),
        std::cmp::Ordering::Less => Some(Language::En),
        std::cmp::Ordering::Equal => None,
    }
}

/// A name inside a sentence: its first letter small, an abbreviation as it is.
pub fn inside(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            let rest = &name[first.len_utf8()..];
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => name.to_owned(),
    }
}

/// Whether an unmarked word cannot be a Vietnamese syllable. Abbreviations in capitals are of no language.
fn is_no_syllable(word: &str) -> bool {
    if word.len() < 2 || word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    let ends_as_one = [
        "ch", "ng", "nh", "c", "m", "n", "p", "t", "a", "e", "i", "o", "u", "y",
    ]
    .iter()
    .any(|end| lower.ends_with(end));
    7 < lower.len() || !ends_as_one || lower.contains(['f', 'j', 'w', 'z'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_inside_a_sentence_begins_small() {
        assert_eq!(inside("Tỷ lệ hộ nghèo 2030"), "tỷ lệ hộ nghèo 2030");
        assert_eq!(inside("GRDP 2030"), "GRDP 2030");
        assert_eq!(inside("Đất rừng"), "đất rừng");
        assert_eq!(inside("A"), "A");
    }

    #[test]
    fn titles_are_told_apart_also_with_names_of_the_other_language() {
        let check =
            |text: &str, expected: Option<Language>| assert_eq!(language_of(text), expected, "{text}");
        let (vi, en) = (Some(Language::Vi), Some(Language::En));
        check("Điện Biên Province’s GRDP ranks 18th nationally", en);
        check("Party chief works with the Party Committee of Điện Biên", en);
        check("Driving Điện Biên toward a breakthrough in the new term", en);
        check("A driving force for growth in Điện Biên", en);
        check(
            "PM urges Điện Biên to focus on education, poverty reduction, tourism",
            en,
        );
        check("GRDP growth of over 10.5% in 2025", en);
        check(
            "Tình hình kinh tế - xã hội tỉnh Điện Biên tháng 12 và năm 2023",
            vi,
        );
        check("Thủ tướng: Điện Biên cần đạt tăng trưởng 11% năm 2026", vi);
        check("Tổng kết Năm Du lịch quốc gia - Điện Biên 2024", vi);
        check("tỷ lệ hộ nghèo giảm 4% so với năm trước", vi);
        // Nothing tells: no language is better than a wrong one.
        check("Bao cao tinh hinh kinh te", None);
        check("GRDP 2025: 10,5%", None);
        check("", None);
    }
}
