//! The language of a text, where it is not given.

use terms::Language;

/// How many marked letters a sample has; counted in bytes, so that the compiler compares many together.
fn marked(sample: &[u8]) -> usize {
    let of_chunk = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(*byte >= 0xC3)).sum::<u8>();
    sample.chunks(128).map(|chunk| usize::from(of_chunk(chunk))).sum()
}

/// Whether a text has enough marked letters to have been typed with them.
pub(super) fn has_marks(text: &str) -> bool {
    let sample = text.as_bytes().get(..4096.min(text.len())).unwrap_or_default();
    marked(sample) * 40 > sample.len()
}

/// Vietnamese has a marked letter every few letters; without them, its commonest words tell it.
pub(super) fn guess_language(text: &str) -> Language {
    if has_marks(text) && text.len() < 400 || {
        let sample = text.as_bytes().get(..4096.min(text.len())).unwrap_or_default();
        marked(sample) * 9 > sample.len()
    } {
        return Language::Vi;
    }
    let (mut vi, mut en) = (0, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).take(2000) {
        match word {
            "the" | "of" | "and" | "in" | "was" | "is" | "for" => en += 1,
            "cua" | "va" | "trong" | "duoc" | "nam" | "tinh" | "theo" | "cho" | "dat" | "tang" => vi += 1,
            _ => {}
        }
    }
    if vi > en { Language::Vi } else { Language::En }
}
