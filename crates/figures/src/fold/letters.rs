//! The letters of one word as they are read: mixed into its key, eight at a time.

use crate::fold::{A_BREVE, A_HAT, E_HAT, Folded, O_HAT, O_HORN, TONE, U_HORN, UPPER};

/// One in each of eight bytes.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The bit that tells small letters from capitals, in each of eight bytes.
const SPACES: u64 = 0x20 * ONES;

/// The highest bit of each of eight bytes.
const HIGHS: u64 = 0x80 * ONES;

const PRIME: u64 = 0x517c_c1b7_2722_0a95;

#[inline]
fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(PRIME)
}

/// The codes of a word as they are read, mixed eight at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    hash: u64,
    /// The last codes, the first of them in the lowest byte, and how many bits they take: none before the first.
    word: u64,
    filled: u32,
    /// What is true of any of the letters; the tone is asked for.
    any: u16,
    /// What is true of all of them; whether they are capitals is asked for.
    all: u16,
    /// The first letter is a capital.
    capital: bool,
    /// Letters read.
    count: u32,
}

impl Letters {
    pub(super) fn new() -> Self {
        Self {
            hash: 0,
            word: 0,
            filled: 0,
            any: 0,
            all: u16::MAX,
            capital: false,
            count: 0,
        }
    }

    /// Whether nothing has been read.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Takes the plain letters with which eight bytes begin, and tells how many they are.
    #[inline]
    pub(super) fn plain(&mut self, bytes: u64) -> usize {
        let low = (bytes | SPACES) & !HIGHS;
        // The highest bit of each byte tells whether it is at least `a`, and whether it is beyond `z`.
        let from_a = low + (0x80 - u64::from(b'a')) * ONES;
        let beyond_z = low + (0x7f - u64::from(b'z')) * ONES;
        let others = (!from_a | beyond_z | bytes) & HIGHS;
        let length = others.trailing_zeros() / 8;
        if length == 0 {
            return 0;
        }
        if self.is_empty() {
            self.capital = bytes & 0x20 == 0;
        } else {
            self.hash = mix(self.hash, self.word);
        }
        let taken = u64::MAX >> (64 - length * 8);
        self.word = (bytes | SPACES) & taken;
        self.filled = length * 8;
        if bytes & SPACES & taken != 0 {
            self.all = 0;
        }
        self.count += length;
        length as usize
    }

    #[inline]
    pub(super) fn push(&mut self, code: u8) {
        if self.filled == 64 {
            self.hash = mix(self.hash, self.word);
            (self.word, self.filled) = (0, 0);
        }
        self.word |= u64::from(code) << self.filled;
        self.filled += 8;
    }

    /// Takes a letter with its class.
    #[inline]
    pub(super) fn letter(&mut self, code: u8, class: u16) {
        if self.is_empty() {
            self.capital = class & UPPER != 0;
        }
        self.push(code);
        self.any |= class;
        self.all &= class;
        self.count += 1;
    }

    /// A mark that stands after its letter, by its class: a tone, or a vowel mark (1 breve, 2 circumflex, 3 horn).
    pub(super) fn mark(&mut self, class: u16) {
        self.any |= class;
        let Some(shift) = self.filled.checked_sub(8) else {
            return;
        };
        let last = (self.word >> shift) as u8;
        let marked = match (last, class & 3) {
            (b'a', 1) => A_BREVE,
            (b'a', 2) => A_HAT,
            (b'e', 2) => E_HAT,
            (b'o', 2) => O_HAT,
            (b'o', 3) => O_HORN,
            (b'u', 3) => U_HORN,
            (other, _) => other,
        };
        self.word ^= u64::from(last ^ marked) << shift;
    }

    #[inline]
    pub(super) fn key(&self) -> u64 {
        let hash = if self.is_empty() {
            self.hash
        } else {
            mix(self.hash, self.word)
        };
        finish(hash, (self.any & TONE) >> 8)
    }

    #[inline]
    pub(super) fn folded(&self, end: usize) -> Folded {
        Folded {
            key: self.key(),
            end,
            capital: self.capital,
            shouted: self.count > 1 && self.all & UPPER != 0,
        }
    }
}

/// The code point at `at`, where one starts, and its size.
#[inline]
pub(crate) fn decode(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let rest = bytes.get(at..)?;
    let first = u32::from(*rest.first()?);
    if first < 0x80 {
        return Some((first, 1));
    }
    // Four bytes at once; at the end of the text what is there.
    let four = rest.first_chunk::<4>().copied().unwrap_or_else(|| {
        let mut four = [0; 4];
        four[..rest.len()].copy_from_slice(rest);
        four
    });
    let four = u32::from_le_bytes(four);
    let part = |offset: u32| four >> (8 * offset) & 0x3f;
    Some(match first {
        0x80..0xE0 => ((first & 0x1f) << 6 | part(1), 2),
        0xE0..0xF0 => ((first & 0x0f) << 12 | part(1) << 6 | part(2), 3),
        _ => ((first & 0x07) << 18 | part(1) << 12 | part(2) << 6 | part(3), 4),
    })
}

#[inline]
fn finish(hash: u64, tone: u16) -> u64 {
    // The lowest bit is set, so that no word has the key 0, which means «none».
    let hash = mix(hash, u64::from(tone) | 0x100);
    (hash ^ hash >> 32) | 1
}
