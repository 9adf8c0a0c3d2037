//! Texts whose letters stand apart from their marks (NFD, or a mixture), read as if they were composed.
//!
//! Rules and lexicons are written with composed letters. A text that has combining marks is composed once before it is
//! read, and what is found is led back to where it stands in the text as given. A text without any is passed through: one
//! search for two bytes.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

/// A composed text, and where the letters that were composed stood.
#[derive(Debug)]
pub(crate) struct Composed {
    pub(crate) text: String,
    clusters: Vec<Cluster>,
}

/// A letter with its marks: bytes in the composed text, and in the text as given.
#[derive(Debug)]
struct Cluster {
    composed: Range<usize>,
    given: Range<usize>,
}

/// Whether a character is a mark that stands behind its letter (U+0300 to U+036F).
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The composed text; none where no mark stands apart. O(length).
pub(crate) fn compose(text: &str) -> Option<Composed> {
    // In UTF-8 the marks, and nothing else but a few rare letters, begin with these bytes.
    memchr::memchr2(0xcc, 0xcd, text.as_bytes())?;
    let mut composed = Composed {
        text: String::with_capacity(text.len()),
        clusters: Vec::new(),
    };
    let mut characters = text.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        let mut end = start + c.len_utf8();
        while let Some((at, mark)) = characters.next_if(|(_, next)| is_mark(*next)) {
            end = at + mark.len_utf8();
        }
        let given = start..end;
        let from = composed.text.len();
        if given.len() == c.len_utf8() {
            composed.text.push(c);
        } else {
            composed.text.extend(text[given.clone()].nfc());
            composed.clusters.push(Cluster {
                composed: from..composed.text.len(),
                given,
            });
        }
    }
    Some(composed)
}

impl Composed {
    /// Where bytes of the composed text stand in the text as given; a cluster is never cut.
    pub(crate) fn given(&self, range: &Range<usize>) -> Range<usize> {
        self.offset(range.start, |cluster| cluster.given.start)
            ..self.offset(range.end, |cluster| cluster.given.end)
    }

    fn offset(&self, at: usize, inside: impl Fn(&Cluster) -> usize) -> usize {
        let behind = self
            .clusters
            .partition_point(|cluster| cluster.composed.start < at);
        match behind.checked_sub(1).map(|index| &self.clusters[index]) {
            None => at,
            Some(cluster) if at < cluster.composed.end => inside(cluster),
            Some(cluster) => cluster.given.end + (at - cluster.composed.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_without_marks_of_their_own_is_passed_through() {
        assert!(compose("Tỷ lệ hộ nghèo giảm còn 17,66%").is_none());
        assert!(compose("").is_none());
    }

    #[test]
    fn what_is_found_is_led_back() {
        let given: String = "Tỷ lệ hộ nghèo: 17,66% năm".nfd().collect();
        let composed = compose(&given).unwrap();
        assert_eq!(composed.text, "Tỷ lệ hộ nghèo: 17,66% năm");
        let at = composed.text.find("nghèo").unwrap();
        let back = composed.given(&(at..at + "nghèo".len()));
        assert_eq!(given[back].nfc().collect::<String>(), "nghèo");
    }

    proptest! {
        #[test]
        fn every_range_is_led_back_to_the_same_letters(text in "[aeiouăâêôơưđ \u{300}\u{301}\u{303}\u{309}\u{323}\u{302}0-9ế]{0,24}") {
            let Some(composed) = compose(&text) else { return Ok(()) };
            prop_assert_eq!(composed.given(&(0..composed.text.len())), 0..text.len());
            for (start, c) in composed.text.char_indices() {
                let back = composed.given(&(start..start + c.len_utf8()));
                prop_assert!(text.is_char_boundary(back.start) && text.is_char_boundary(back.end));
                prop_assert!(back.start < back.end);
            }
        }
    }
}
