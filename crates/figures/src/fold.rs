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

/// Letter codes: 1 to 26 for a to z, then the Vietnamese letters.
const VIETNAMESE: [(&str, u8, u8); 12] = [
    ("aàáảãạ", 1, 1),
    ("ăằắẳẵặ", 27, 1),
    ("âầấẩẫậ", 28, 1),
    ("eèéẻẽẹ", 5, 5),
    ("êềếểễệ", 29, 5),
    ("iìíỉĩị", 9, 9),
    ("oòóỏõọ", 15, 15),
    ("ôồốổỗộ", 30, 15),
    ("ơờớởỡợ", 31, 15),
    ("uùúủũụ", 21, 21),
    ("ưừứửữự", 32, 21),
    ("yỳýỷỹỵ", 25, 25),
];

const D_BAR: u8 = 33;
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
fn mix(hash: u64, code: u8) -> u64 {
    (hash.rotate_left(5) ^ u64::from(code)).wrapping_mul(PRIME)
}

fn bare(code: u8) -> u8 {
    match code {
        27 | 28 => 1,
        29 => 5,
        30 | 31 => 15,
        32 => 21,
        D_BAR => 4,
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
                    low as u8 - b'a' + 1
                } else {
                    64 + (low as u32 % 191) as u8
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
        for (row, code, _) in VIETNAMESE {
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
            None if c.is_alphabetic() => LETTER | (64 + (c as u32 % 191) as u16),
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
        let (mut hash, mut pending, mut tone, mut letters, mut uppers) = (0u64, 0u8, 0u8, 0u32, 0u32);
        let mut at = start;
        let capital = match bytes.get(start) {
            Some(byte) if *byte < 0x80 => byte.is_ascii_uppercase(),
            Some(_) => self.class(decode(bytes, start).0) & UPPER != 0,
            None => false,
        };
        while at < bytes.len() {
            // Most letters are plain.
            while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
                if pending != 0 {
                    hash = mix(
                        hash,
                        if marks == Marks::Dropped {
                            bare(pending)
                        } else {
                            pending
                        },
                    );
                }
                pending = byte & 0x1f;
                uppers += u32::from(byte & 0x20 == 0);
                letters += 1;
                at += 1;
            }
            if at >= bytes.len() {
                break;
            }
            let byte = bytes[at];
            let (class, size) = if byte < 0x80 {
                (self.table[usize::from(byte)], 1)
            } else {
                let (c, size) = decode(bytes, at);
                (self.class(c), size)
            };
            if class & LETTER != 0 {
                if pending != 0 {
                    hash = mix(
                        hash,
                        if marks == Marks::Dropped {
                            bare(pending)
                        } else {
                            pending
                        },
                    );
                }
                pending = (class & 0xff) as u8;
                tone |= ((class >> 8) & 7) as u8;
                uppers += u32::from(class & UPPER != 0);
                letters += 1;
            } else if class & MARK != 0 {
                tone |= ((class >> 8) & 7) as u8;
                pending = match (pending, class & 3) {
                    (1, 1) => 27,
                    (1, 2) => 28,
                    (5, 2) => 29,
                    (15, 2) => 30,
                    (15, 3) => 31,
                    (21, 3) => 32,
                    (other, _) => other,
                };
            } else if byte.is_ascii_digit() {
                let so_far = finish(hash, pending, tone, marks);
                if stops.contains(&so_far) {
                    break;
                }
                if pending != 0 {
                    hash = mix(
                        hash,
                        if marks == Marks::Dropped {
                            bare(pending)
                        } else {
                            pending
                        },
                    );
                }
                pending = 200 + (byte - b'0');
            } else if byte == 0xC2 && bytes.get(at + 1).is_some_and(|next| matches!(next, 0xB2 | 0xB3)) {
                // ² and ³ are 2 and 3: `m²` is `m2`.
                hash = mix(
                    hash,
                    if marks == Marks::Dropped {
                        bare(pending)
                    } else {
                        pending
                    },
                );
                pending = if bytes[at + 1] == 0xB2 { 202 } else { 203 };
            } else {
                break;
            }
            at += size;
        }
        Folded {
            key: finish(hash, pending, tone, marks),
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

#[inline]
fn finish(hash: u64, pending: u8, tone: u8, marks: Marks) -> u64 {
    let (last, tone) = match marks {
        Marks::Kept => (pending, tone),
        Marks::Dropped => (bare(pending), 0),
    };
    // The lowest bit is set, so that no word has the key 0, which means «none».
    mix(mix(hash, last), tone) | 1
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
