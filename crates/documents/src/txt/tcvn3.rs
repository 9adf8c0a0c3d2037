//! TCVN3 («ABC»), the encoding of Vietnamese offices before Unicode: one byte a letter, capitals with tone in fonts only.
//!
//! Source: TCVN 5712:1993, third set.

/// The letters of the bytes 0xA1 to 0xFE, in order; a space where the byte stands for none.
const LETTERS: &str =
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// The text; a byte that stands for no letter becomes U+FFFD, so that other encodings can be told from this one.
pub(super) fn decode(bytes: &[u8]) -> String {
    let letters: Vec<char> = LETTERS.chars().collect();
    bytes
        .iter()
        .map(|byte| match byte {
            0..0x80 => char::from(*byte),
            0xa0 => '\u{a0}',
            byte => {
                let letter = byte.checked_sub(0xa1).and_then(|at| letters.get(usize::from(at)));
                letter
                    .copied()
                    .filter(|letter| *letter != ' ')
                    .unwrap_or('\u{fffd}')
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_letter() {
        assert_eq!(LETTERS.chars().count(), 0xfe - 0xa0);
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
        assert_eq!(decode(b"T\xfb l\xd6 17,66%"), "Tỷ lệ 17,66%");
    }
}
