//! Letters as the lexicon compares them: without case, composition or the place of the tone mark.
//!
//! A Vietnamese syllable has at most one tone, so a word is folded to its letters (`ă â ê ô ơ ư đ` kept apart from
//! `a e o u d`) and one tone for the whole word. `hòa`, `hoà`, `HÒA` and their NFD forms become one key, `hoa` another.
//! A text that was typed without marks is folded with [`Marks::Dropped`], and so is the lexicon that reads it.

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

/// Letters of a word beyond this count as one.
const LONGEST: usize = 40;
const SPACES: u64 = 0x2020_2020_2020_2020;
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

const PRIME: u64 = 0x517c_c1b7_2722_0a95;

#[inline]
fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(PRIME)
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
    fn class(&self, c: char) -> u16 {
        match self.table.get(c as usize) {
            Some(class) => *class,
            None if c.is_alphabetic() => LETTER | (0x90 + (c as u32 % 0x6f) as u16),
            None => 0,
        }
    }

    /// Whether a word can start with this character.
    #[inline]
    pub(crate) fn is_letter(&self, c: char) -> bool {
        self.class(c) & LETTER != 0
    }

    /// Reads the word that starts at `start`, letters with their marks and the ASCII digits that follow a letter.
    /// A currency code (`VND114,792`) ends before its digits; `stops` tells which keys are such codes.
    #[inline]
    pub(crate) fn word(&self, text: &str, start: usize, marks: Marks, stops: &[u64]) -> Folded {
        let bytes = text.as_bytes();
        let mut end = start;
        while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
            end += 1;
        }
        // Most words have plain letters only and end at a space or sign.
        let plain = end > start
            && bytes
                .get(end)
                .is_none_or(|byte| *byte < 0x80 && !byte.is_ascii_digit());
        if plain {
            let letters = &bytes[start..end];
            let (mut hash, mut uppers) = (0, 0);
            let mut chunks = letters.chunks_exact(8);
            for chunk in &mut chunks {
                let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
                uppers += (!word & SPACES).count_ones();
                hash = mix(hash, word | SPACES);
            }
            let mut last = 0u64;
            for byte in chunks.remainder().iter().rev() {
                last = last << 8 | u64::from(byte | 0x20);
                uppers += u32::from(byte & 0x20 == 0);
            }
            if last != 0 {
                hash = mix(hash, last);
            }
            return Folded {
                key: finish(hash, 0),
                end,
                capital: bytes[start] & 0x20 == 0,
                shouted: letters.len() > 1 && uppers as usize == letters.len(),
            };
        }
        self.marked_word(text, start, marks, stops)
    }

    /// A word with marks, digits or letters of other scripts.
    fn marked_word(&self, text: &str, start: usize, marks: Marks, stops: &[u64]) -> Folded {
        let bytes = text.as_bytes();
        let mut codes = [0u8; LONGEST];
        let (mut length, mut tone, mut letters, mut uppers) = (0usize, 0u8, 0u32, 0u32);
        let mut capital = false;
        let mut at = start;
        while at < bytes.len() {
            let byte = bytes[at];
            let (class, size) = if byte < 0x80 {
                (self.table[usize::from(byte)], 1)
            } else {
                let (c, size) = decode(bytes, at);
                (self.class(c), size)
            };
            if class & LETTER != 0 {
                let code = (class & 0xff) as u8;
                codes[length.min(LONGEST - 1)] = if marks == Marks::Dropped { bare(code) } else { code };
                length += 1;
                tone |= ((class >> 8) & 7) as u8;
                capital |= letters == 0 && class & UPPER != 0;
                uppers += u32::from(class & UPPER != 0);
                letters += 1;
            } else if class & MARK != 0 {
                tone |= ((class >> 8) & 7) as u8;
                if let Some(last) = codes
                    .get_mut(length.wrapping_sub(1))
                    .filter(|_| marks == Marks::Kept)
                {
                    *last = match (*last, class & 3) {
                        (b'a', 1) => A_BREVE,
                        (b'a', 2) => A_HAT,
                        (b'e', 2) => E_HAT,
                        (b'o', 2) => O_HAT,
                        (b'o', 3) => O_HORN,
                        (b'u', 3) => U_HORN,
                        (other, _) => other,
                    };
                }
            } else if byte.is_ascii_digit() {
                if length > 0 && stops.contains(&key_of(&codes[..length.min(LONGEST)], tone, marks)) {
                    break;
                }
                codes[length.min(LONGEST - 1)] = byte;
                length += 1;
            } else if byte == 0xC2 && bytes.get(at + 1).is_some_and(|next| matches!(next, 0xB2 | 0xB3)) {
                // ² and ³ are 2 and 3: `m²` is `m2`.
                codes[length.min(LONGEST - 1)] = bytes[at + 1] - 0x80;
                length += 1;
            } else {
                break;
            }
            at += size;
        }
        Folded {
            key: key_of(&codes[..length.min(LONGEST)], tone, marks),
            end: at,
            capital,
            shouted: letters > 1 && uppers == letters,
        }
    }

    /// The key of one whole word.
    #[cfg(test)]
    pub(crate) fn key(&self, word: &str, marks: Marks) -> u64 {
        self.word(word, 0, marks, &[]).key
    }
}

/// The character at `at`, where one starts.
#[inline]
fn decode(bytes: &[u8], at: usize) -> (char, usize) {
    let byte = |offset: usize| u32::from(bytes.get(at + offset).copied().unwrap_or(0)) & 0x3f;
    let first = u32::from(bytes[at]);
    let (code, size) = match first {
        0xC0..0xE0 => ((first & 0x1f) << 6 | byte(1), 2),
        0xE0..0xF0 => ((first & 0x0f) << 12 | byte(1) << 6 | byte(2), 3),
        _ => ((first & 0x07) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3), 4),
    };
    (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), size)
}

/// The key of a word's codes and tone; of plain letters the same as [`Folding::word`] makes of them.
fn key_of(codes: &[u8], tone: u8, marks: Marks) -> u64 {
    let mut hash = 0;
    for chunk in codes.chunks(8) {
        let word = chunk
            .iter()
            .rev()
            .fold(0u64, |word, code| word << 8 | u64::from(*code));
        hash = mix(hash, word);
    }
    finish(hash, if marks == Marks::Dropped { 0 } else { tone })
}

#[inline]
fn finish(hash: u64, tone: u8) -> u64 {
    // The lowest bit is set, so that no word has the key 0, which means «none».
    let hash = mix(hash, u64::from(tone) | 0x100);
    (hash ^ hash >> 32) | 1
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
