//! Letters as the lexicon compares them: without case, composition or the place of the tone mark.
//!
//! A Vietnamese syllable has at most one tone, so a word is folded to its letters (`ă â ê ô ơ ư đ` kept apart from
//! `a e o u d`) and one tone for the whole word. `hòa`, `hoà`, `HÒA` and their NFD forms become one key, `hoa` another.
//! A text that was typed without marks is folded with [`Marks::Dropped`], and so is the lexicon that reads it.

mod letters;

use letters::Letters;
pub(crate) use letters::decode;

/// Whether vowel marks and tones are part of a word's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    Kept,
    Dropped,
}

/// What a character is to the tokenizer.
const LETTER: u16 = 1 << 15;

const UPPER: u16 = 1 << 14;

const MARK: u16 = 1 << 13;
/// Where the tone of a letter or a mark stands.
const TONE: u16 = 7 << 8;

/// Letter codes: a plain letter is itself in lower case; the other Vietnamese letters follow.
const A_BREVE: u8 = 0x80;

const A_HAT: u8 = 0x81;

const E_HAT: u8 = 0x82;

const O_HAT: u8 = 0x83;

const O_HORN: u8 = 0x84;

const U_HORN: u8 = 0x85;

const D_BAR: u8 = 0x86;

/// Each letter without a tone, then with the five tones.
const VIETNAMESE: [(&str, u8); 12] = [
    ("aàáảãạ", b'a'),
    ("ăằắẳẵặ", A_BREVE),
    ("âầấẩẫậ", A_HAT),
    ("eèéẻẽẹ", b'e'),
    ("êềếểễệ", E_HAT),
    ("iìíỉĩị", b'i'),
    ("oòóỏõọ", b'o'),
    ("ôồốổỗộ", O_HAT),
    ("ơờớởỡợ", O_HORN),
    ("uùúủũụ", b'u'),
    ("ưừứửữự", U_HORN),
    ("yỳýỷỹỵ", b'y'),
];

const TABLE_LEN: usize = 0x1F00;

/// The table of every character below U+1F00: letter code in the low byte, tone in bits 8 to 10, flags above.
pub(crate) struct Folding {
    table: Box<[u16]>,
}

/// A word's key, and whether it starts with a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) key: u64,
    pub(crate) end: usize,
    pub(crate) capital: bool,
    /// Every letter is a capital, and there are two or more.
    pub(crate) shouted: bool,
}

fn bare(code: u8) -> u8 {
    match code {
        A_BREVE | A_HAT => b'a',
        E_HAT => b'e',
        O_HAT | O_HORN => b'o',
        U_HORN => b'u',
        D_BAR => b'd',
        other => other,
    }
}

/// The class of a character beyond the table; dashes and quotes are told apart at once.
fn far_class(code: u32) -> u16 {
    let letter = !(0x2000..0x2070).contains(&code) && char::from_u32(code).is_some_and(char::is_alphabetic);
    if letter {
        LETTER | (0x90 + (code % 0x6f) as u16)
    } else {
        0
    }
}

impl Folding {
    pub(crate) fn new() -> Self {
        let mut table = vec![0u16; TABLE_LEN].into_boxed_slice();
        for (index, slot) in table.iter_mut().enumerate() {
            let Some(c) = u32::try_from(index).ok().and_then(char::from_u32) else {
                continue;
            };
            if c.is_alphabetic() {
                let low = c.to_lowercase().next().unwrap_or(c);
                let code = if low.is_ascii_lowercase() {
                    low as u8
                } else {
                    0x90 + (low as u32 % 0x6f) as u8
                };
                *slot = LETTER | u16::from(code) | if c.is_uppercase() { UPPER } else { 0 };
            }
        }
        let mut set = |c: char, code: u8, tone: u16| {
            for (form, upper) in [(Some(c), 0), (c.to_uppercase().next(), UPPER)] {
                if let Some(slot) = form.and_then(|form| table.get_mut(form as usize)) {
                    *slot = LETTER | upper | u16::from(code) | (tone << 8);
                }
            }
        };
        for (row, code) in VIETNAMESE {
            for (tone, c) in row.chars().enumerate() {
                set(c, code, u16::try_from(tone).unwrap_or(0));
            }
        }
        set('đ', D_BAR, 0);
        // Combining marks: tones in bits 8 to 10, vowel marks as codes 1 (breve), 2 (circumflex), 3 (horn).
        for (mark, tone, vowel) in [
            ('\u{300}', 1, 0),
            ('\u{301}', 2, 0),
            ('\u{309}', 3, 0),
            ('\u{303}', 4, 0),
            ('\u{323}', 5, 0),
            ('\u{306}', 0, 1),
            ('\u{302}', 0, 2),
            ('\u{31b}', 0, 3),
        ] {
            table[mark as usize] = MARK | (tone << 8) | vowel;
        }
        Self { table }
    }

    #[inline]
    fn class(&self, code: u32) -> u16 {
        match self.table.get(code as usize) {
            Some(class) => *class,
            None => far_class(code),
        }
    }

    /// Whether a word can start with this character.
    #[inline]
    pub(crate) fn is_letter(&self, code: u32) -> bool {
        self.class(code) & LETTER != 0
    }

    /// Whether a letter or a digit stands at `at`.
    pub(crate) fn is_word_at(&self, text: &str, at: usize) -> bool {
        match text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            Some(_) => {
                text.is_char_boundary(at)
                    && decode(text.as_bytes(), at).is_some_and(|(code, _)| self.is_letter(code))
            }
            None => false,
        }
    }

    /// Reads the word that starts at `start`, letters with their marks and the ASCII digits that follow a letter.
    /// A currency code (`VND114,792`) ends before its digits; `stops` tells which keys are such codes.
    #[expect(
        clippy::inline_always,
        reason = "called at every word: a call costs a tenth of the reading of a word"
    )]
    #[inline(always)]
    pub(crate) fn word(&self, text: &str, start: usize, marks: Marks, stops: &[u64]) -> Folded {
        let bytes = text.as_bytes();
        let mut letters = Letters::new();
        let mut at = start;
        // Eight bytes at a time as long as they are plain letters; most words end so, at a space or sign.
        while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let length = letters.plain(u64::from_le_bytes(*chunk));
            at += length;
            if let Some(next) = chunk.get(length) {
                if length > 0 && next.is_ascii() && !next.is_ascii_digit() {
                    return letters.folded(at);
                }
                break;
            }
        }
        self.marked_word(bytes, at, letters, marks, stops)
    }

    /// The rest of a word with marks, digits or letters of other scripts, from `at`.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn marked_word(
        &self,
        bytes: &[u8],
        mut at: usize,
        mut letters: Letters,
        marks: Marks,
        stops: &[u64],
    ) -> Folded {
        while let Some((code, size)) = decode(bytes, at) {
            let class = self.class(code);
            if class & LETTER != 0 {
                let letter = (class & 0xff) as u8;
                if marks == Marks::Kept {
                    letters.letter(letter, class);
                } else {
                    letters.letter(bare(letter), class & !TONE);
                }
            } else if class & MARK != 0 {
                if marks == Marks::Kept {
                    letters.mark(class);
                }
            } else if let Ok(digit @ b'0'..=b'9') = u8::try_from(code) {
                if !letters.is_empty() && stops.contains(&letters.key()) {
                    break;
                }
                letters.push(digit);
            } else if let 0xB2 | 0xB3 = code {
                // ² and ³ are 2 and 3: `m²` is `m2`.
                letters.push((code - 0x80) as u8);
            } else {
                break;
            }
            at += size;
        }
        letters.folded(at)
    }

    /// The key of one whole word.
    #[cfg(test)]
    pub(crate) fn key(&self, word: &str, marks: Marks) -> u64 {
        self.word(word, 0, marks, &[]).key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_composition_and_the_place_of_the_tone_do_not_matter() {
        let folding = Folding::new();
        let key = |word| folding.key(word, Marks::Kept);
        for same in [
            ["hòa", "hoà"],
            ["ĐIỆN", "điện"],
            ["thủy", "thuỷ"],
            ["ậ", "a\u{323}\u{302}"],
            ["người", "ngu\u{31b}o\u{31b}\u{300}i"],
            ["m²", "m2"],
        ] {
            assert_eq!(key(same[0]), key(same[1]), "{same:?}");
        }
        for other in [["nam", "năm"], ["tăng", "tầng"], ["đa", "da"], ["ty", "tỷ"]] {
            assert_ne!(key(other[0]), key(other[1]), "{other:?}");
            assert_eq!(
                folding.key(other[0], Marks::Dropped),
                folding.key(other[1], Marks::Dropped)
            );
        }
    }

    #[test]
    fn a_word_ends_where_its_letters_end_and_a_currency_before_its_digits() {
        let folding = Folding::new();
        let stops = [folding.key("VND", Marks::Kept)];
        assert_eq!(folding.word("VND114", 0, Marks::Kept, &stops).end, 3);
        assert_eq!(folding.word("CO2 x", 0, Marks::Kept, &stops).end, 3);
        assert!(folding.word("GRDP", 0, Marks::Kept, &stops).shouted);
    }
}
