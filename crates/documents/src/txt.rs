//! Plain text: the encodings that Vietnamese offices have used, decoded without touching newlines.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use terms::{Diagnostic, Place};
use unicode_normalization::UnicodeNormalization as _;

pub(crate) mod tcvn3;

use crate::{Anchor, Block, BlockKind, DocumentText, Error, Format};

pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    let mut diagnostics = Vec::new();
    let (text, encoding) = decode(bytes).ok_or_else(|| {
        Error::new(Diagnostic::error("unknown-encoding", Place::file(name)).with("file", name))
    })?;
    if encoding != "UTF-8" {
        diagnostics.push(
            Diagnostic::info("encoding-guessed", Place::file(name))
                .with("file", name)
                .with("encoding", encoding),
        );
    }
    let blocks = blocks(&text);
    let document = DocumentText {
        text,
        blocks,
        title: None,
        header: None,
        format: Format::Txt,
    };
    Ok((document, diagnostics))
}

/// The text, and the name of the encoding that it was in. None where no encoding fits.
///
/// A byte order mark of UTF-8 stays in the text, since offsets count it; that of UTF-16 belongs to the encoding.
pub(crate) fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return looks_like_text(text).then(|| (text.to_owned(), "UTF-8"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        return strict(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return strict(encoding, bytes);
    }
    // What is left has one byte a letter: the Vietnamese encodings first, by the words that they give.
    let by_words = [
        (vietnamese_words(&tcvn3::decode(bytes)), "TCVN3 (ABC)"),
        (
            WINDOWS_1258
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map_or(0, |t| vietnamese_words(&t)),
            "windows-1258",
        ),
    ];
    match by_words.into_iter().max_by_key(|(words, _)| *words) {
        Some((words, "TCVN3 (ABC)")) if 0 < words => {
            let text = tcvn3::decode(bytes);
            return looks_like_text(&text).then_some((text, "TCVN3 (ABC)"));
        }
        Some((words, _)) if 0 < words => return strict(WINDOWS_1258, bytes),
        _ => {}
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    strict(detector.guess(Some(b"vn"), false), bytes)
}

/// How many of the commonest marked words of Vietnamese a text has, in its first part.
fn vietnamese_words(text: &str) -> usize {
    const COMMON: [&str; 24] = [
        "và", "của", "các", "được", "tỉnh", "năm", "là", "có", "đồng", "người", "không", "với", "nhà", "tỷ",
        "lệ", "hộ", "đến", "xã", "số", "kế", "tế", "triệu", "đạt", "giảm",
    ];
    let sample: String = text
        .chars()
        .take(20_000)
        .collect::<String>()
        .to_lowercase()
        .nfc()
        .collect();
    sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| COMMON.contains(word))
        .count()
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, &'static str)> {
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)?
        .into_owned();
    looks_like_text(&text).then(|| (text, encoding.name()))
}

/// UTF-16 shows by its zero bytes: of Latin letters, every second byte is one.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| {
        sample
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    let many = half / 3;
    if 0 < many && many <= odd && even <= half / 50 {
        Some(UTF_16LE)
    } else if 0 < many && many <= even && odd <= half / 50 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Text has next to no control characters; noise has one in eight.
fn looks_like_text(text: &str) -> bool {
    let control =
        |character: &char| character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\u{c}');
    let (mut all, mut bad) = (0_usize, 0_usize);
    for character in text.chars() {
        all += 1;
        bad += usize::from(control(&character) || character == '\u{fffd}');
    }
    bad * 100 <= all
}

/// One block a line that is not blank.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for (line, number) in text.split_inclusive('\n').zip(1_u32..) {
        let content = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if !content.is_empty() {
            let from = start + line.find(content).unwrap_or(0);
            blocks.push(Block {
                kind: kind(content, blocks.is_empty()),
                span: from..from + content.len(),
                anchor: Anchor::Line(number),
                cells: Vec::new(),
            });
        }
        start += line.len();
    }
    blocks
}

fn kind(line: &str, first: bool) -> BlockKind {
    if first && line.starts_with('#') && line.contains('|') {
        BlockKind::DateLine
    } else if line.contains(" | ") || line.contains('\t') {
        BlockKind::TableRow
    } else if is_form_hint(line) {
        BlockKind::Furniture
    } else if line.starts_with(['-', '+', '•', '*', '–']) {
        BlockKind::ListItem
    } else if line.starts_with('#') {
        BlockKind::Heading(1)
    } else {
        BlockKind::Paragraph
    }
}

/// What a comment form leaves behind in a text that was copied from a page.
pub(crate) fn is_form_hint(line: &str) -> bool {
    let folded = line.to_lowercase();
    ["characters left", "or more characters", "ký tự", ".jpg)", ".png)"]
        .iter()
        .any(|mark| folded.contains(mark))
        && line.chars().count() < 60
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str =
        "Tỷ lệ hộ nghèo giảm 3,51 điểm % còn 17,78%.\r\nĐiện Biên đón 1,45 triệu lượt khách.\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn newlines_and_marks_stay_as_they_are() {
        let marked = format!("\u{feff}{SAMPLE}");
        assert_eq!(decode(marked.as_bytes()), Some((marked.clone(), "UTF-8")));
        assert_eq!(decode(SAMPLE.as_bytes()), Some((SAMPLE.to_owned(), "UTF-8")));
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        for big in [false, true] {
            let name = if big { "UTF-16BE" } else { "UTF-16LE" };
            assert_eq!(decode(&utf16(SAMPLE, big)), Some((SAMPLE.to_owned(), name)));
            assert_eq!(
                decode(&utf16(&format!("\u{feff}{SAMPLE}"), big)),
                Some((SAMPLE.to_owned(), name))
            );
        }
    }

    #[test]
    fn noise_is_no_text() {
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .take(5000)
        .collect();
        assert_eq!(decode(&noise), None);
    }

    #[test]
    fn a_line_is_a_block_that_knows_its_number() {
        let blocks =
            blocks("\u{feff}# 2025-01-01 | VN-11 | t\n\n  Một.\r\na | 1\nYou have 500/500 characters left");
        let found: Vec<_> = blocks
            .iter()
            .map(|block| (block.kind, block.anchor.clone()))
            .collect();
        assert_eq!(
            found,
            [
                (BlockKind::DateLine, Anchor::Line(1)),
                (BlockKind::Paragraph, Anchor::Line(3)),
                (BlockKind::TableRow, Anchor::Line(4)),
                (BlockKind::Furniture, Anchor::Line(5)),
            ]
        );
    }
}
