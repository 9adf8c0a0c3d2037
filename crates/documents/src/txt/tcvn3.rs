//! TCVN3 («ABC»), the encoding of Vietnamese offices before Unicode: one byte a letter, capitals with tone in fonts only.
//!
//! Source: TCVN 5712:1993, third set.

/// The letters of the bytes 0xA1 to 0xFE, in order; a space where the byte stands for none.
#[rustfmt::skip]
const LETTERS: [char; 94] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', ' ', ' ',
    ' ', ' ', ' ', ' ', 'à', 'ả', 'ã', 'á', 'ạ', ' ', 'ằ', 'ẳ', 'ẵ', 'ắ', ' ', ' ',
    ' ', ' ', ' ', ' ', ' ', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', ' ', 'ẻ', 'ẽ', 'é',
    'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', ' ', ' ', ' ', 'ĩ', 'í', 'ị', 'ò', ' ',
    'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', ' ',
    'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ',
];

/// The text of a document whose font drew the bytes of this encoding (`.VnTime` and its kin), so that they were taken for
/// Latin letters: `Tû lÖ` for «Tỷ lệ». None where that would make no more Vietnamese of it.
pub(crate) fn of_font(text: &str) -> Option<String> {
    let drawn = text.chars().filter(|c| matches!(c, '\u{a1}'..='\u{fe}')).count();
    let modern = |c: char| matches!(c, '\u{102}' | '\u{103}' | '\u{110}' | '\u{111}' | '\u{1a0}'..='\u{1b0}' | '\u{1ea0}'..='\u{1ef9}');
    if drawn < 2 || text.contains(modern) {
        return None;
    }
    let meant = of_bytes(text);
    let (before, after) = (super::vietnamese_words(text), super::vietnamese_words(&meant));
    if after < 2 || after <= 2 * before || meant.contains('\u{fffd}') {
        return None;
    }
    Some(meant)
}

/// Letters taken for Latin ones, read as the bytes that they were; what is beyond one byte (quotation marks, dashes)
/// stays.
pub(crate) fn of_bytes(text: &str) -> String {
    text.chars()
        .map(|c| match u8::try_from(u32::from(c)) {
            Ok(byte) => letter(byte),
            Err(_) => c,
        })
        .collect()
}

/// The text; a byte that stands for no letter becomes U+FFFD, so that other encodings can be told from this one.
pub(super) fn decode(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| letter(*byte)).collect()
}

fn letter(byte: u8) -> char {
    match byte {
        0..0x80 => char::from(byte),
        0xa0 => '\u{a0}',
        _ => {
            let at = usize::from(byte.wrapping_sub(0xa1));
            LETTERS
                .get(at)
                .copied()
                .filter(|letter| *letter != ' ')
                .unwrap_or('\u{fffd}')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_letter() {
        for (byte, letter) in [
            (0xa1, 'Ă'),
            (0xa7, 'Đ'),
            (0xae, 'đ'),
            (0xb5, 'à'),
            (0xb9, 'ạ'),
            (0xbb, 'ằ'),
            (0xbe, 'ắ'),
            (0xc6, 'ặ'),
            (0xcb, 'ậ'),
            (0xcc, 'è'),
            (0xce, 'ẻ'),
            (0xd6, 'ệ'),
            (0xd7, 'ì'),
            (0xd8, 'ỉ'),
            (0xdc, 'ĩ'),
            (0xdf, 'ò'),
            (0xe1, 'ỏ'),
            (0xe9, 'ộ'),
            (0xee, 'ợ'),
            (0xef, 'ù'),
            (0xf1, 'ủ'),
            (0xf9, 'ự'),
            (0xfb, 'ỷ'),
            (0xfe, 'ỵ'),
        ] {
            assert_eq!(decode(&[byte]), letter.to_string(), "{byte:x}");
        }
        assert_eq!(
            of_font("Tû lÖ hé nghÌo n¨m 2025 – “gi¶m” cßn 17,78%").as_deref(),
            Some("Tỷ lệ hộ nghèo năm 2025 – “giảm” còn 17,78%")
        );
        assert_eq!(of_font("Tỷ lệ hộ nghèo năm 2025 của tỉnh"), None);
        assert_eq!(of_font("São Tomé à é 2025"), None);
        assert_eq!(decode(b"T\xfb l\xd6 17,66%"), "Tỷ lệ 17,66%");
    }
}
