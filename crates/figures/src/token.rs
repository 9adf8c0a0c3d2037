//! A line as tokens: words, digit runs, signs.

use crate::fold::{Folding, Marks, decode};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters (and digits after them).
    Word,
    /// Digits, with `.` and `,` between them.
    Digits,
    /// Any other character; dashes are one sign `-`, quotes one sign `"`.
    Sign(u8),
}

/// A piece of a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The word's folded key, or a key of its own for a sign or for one or two digits.
    pub(crate) key: u64,
    pub(crate) shape: Shape,
    /// No space stands between the token before and this one.
    pub(crate) glued: bool,
    pub(crate) capital: bool,
    pub(crate) shouted: bool,
}

/// The key of a sign, as a word of the lexicon.
pub(crate) fn sign_key(sign: u8) -> u64 {
    spread(0xff00 | u64::from(sign))
}

/// The key of a digit run, for phrases like «6 tháng cuối năm»; none has more than two digits.
#[inline]
fn digits_key(digits: &[u8]) -> u64 {
    match digits {
        [one] => spread(0x1_0000 | u64::from(*one)),
        [one, two] => spread(0x2_0000 | u64::from(*one) << 8 | u64::from(*two)),
        _ => spread(0x3_0000),
    }
}

/// A key as well mixed as those of words; never 0.
#[inline]
fn spread(piece: u64) -> u64 {
    piece.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1
}

#[inline]
fn sign_of(c: char) -> u8 {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => b'-',
        '“' | '”' | '„' | '«' | '»' => b'"',
        '‘' | '’' => b'\'',
        '…' => b'.',
        '•' | '●' | '·' | '▪' | '○' | '◦' | '\u{f0b7}' => b'*',
        '≥' => b'}',
        '≤' => b'{',
        '₫' => b'd',
        '€' => b'e',
        _ => b'?',
    }
}

/// Reads the line `text[start..end]` into `tokens`.
pub(crate) fn tokenize(
    folding: &Folding,
    marks: Marks,
    stops: &[u64],
    text: &str,
    start: usize,
    end: usize,
    tokens: &mut Vec<Token>,
) {
    tokens.clear();
    // A word never goes on over the end of a line, so that it may be read from the whole text.
    let bytes = text.as_bytes();
    let end = end.min(bytes.len());
    let mut at = start;
    let mut glued = false;
    while at < end {
        let byte = bytes[at];
        if byte == b' ' {
            at += 1;
            glued = false;
            continue;
        }
        let Some((code, size)) = decode(bytes, at) else {
            break;
        };
        let is_word = byte.is_ascii_alphabetic() || size > 1 && folding.is_letter(code);
        if is_word {
            let word = folding.word(text, at, marks, stops);
            tokens.push(Token {
                start: at as u32,
                end: word.end as u32,
                key: word.key,
                shape: Shape::Word,
                glued,
                capital: word.capital,
                shouted: word.shouted,
            });
            at = word.end;
            glued = true;
            continue;
        }
        if matches!(byte, b'\t' | b'\r' | 0x0b | 0x0c) {
            at += 1;
            glued = false;
            if byte == b'\t' {
                push_sign(tokens, at - 1, at, b'\t', false);
            }
            continue;
        }
        if byte.is_ascii_digit() {
            let mut stop = at + 1;
            while stop < end {
                let next = bytes[stop];
                let joined = matches!(next, b'.' | b',')
                    && bytes.get(stop + 1).is_some_and(u8::is_ascii_digit)
                    && bytes[stop - 1].is_ascii_digit();
                if next.is_ascii_digit() || joined {
                    stop += 1;
                } else {
                    break;
                }
            }
            tokens.push(Token {
                start: at as u32,
                end: stop as u32,
                key: digits_key(&bytes[at..stop]),
                shape: Shape::Digits,
                glued,
                capital: false,
                shouted: false,
            });
            at = stop;
            glued = true;
            continue;
        }
        let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        if size > 1 && (c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}')) {
            at += size;
            glued = false;
        } else if size > 1 && matches!(c, '\u{300}'..='\u{36f}') {
            // A mark without its letter: nothing to read.
            at += size;
        } else {
            let sign = if size == 1 { byte } else { sign_of(c) };
            push_sign(tokens, at, at + size, sign, glued);
            at += size;
            glued = true;
        }
    }
}

fn push_sign(tokens: &mut Vec<Token>, start: usize, end: usize, sign: u8, glued: bool) {
    tokens.push(Token {
        start: start as u32,
        end: end as u32,
        key: sign_key(sign),
        shape: Shape::Sign(sign),
        glued,
        capital: false,
        shouted: false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(
            &Folding::new(),
            Marks::Kept,
            &[],
            text,
            0,
            text.len(),
            &mut tokens,
        );
        tokens
            .iter()
            .map(|token| &text[token.start as usize..token.end as usize])
            .collect()
    }

    #[test]
    fn digits_keep_their_separators_and_leave_the_full_stop() {
        assert_eq!(
            pieces("15.292,791 tỷ, năm 2025."),
            ["15.292,791", "tỷ", ",", "năm", "2025", "."]
        );
        assert_eq!(pieces("8/11 – 5ha"), ["8", "/", "11", "–", "5", "ha"]);
    }

    #[test]
    fn spaces_of_every_kind_only_part() {
        assert_eq!(pieces("10\u{a0}%\u{202f}x"), ["10", "%", "x"]);
    }
}
