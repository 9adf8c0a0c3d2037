//! The letters of one word as they are read: mixed into its key, eight at a time.

use crate::fold::{A_BREVE, A_HAT, E_HAT, Folded, O_HAT, O_HORN, U_HORN};

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
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letters {
    hash: u64,
    /// The last codes, the first of them in the lowest byte, and how many bits they take.
    word: u64,
    filled: u32,
    pub(super) tone: u8,
    /// A code was read.
    pub(super) any: bool,
    capital: bool,
    /// A small letter was read.
    small: bool,
    /// Letters read, up to two.
    count: u8,
}

impl Letters {
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
        if self.filled != 0 {
            self.hash = mix(self.hash, self.word);
        }
        let taken = u64::MAX >> (64 - length * 8);
        if !self.any {
            self.capital = bytes & 0x20 == 0;
        }
        self.word = (bytes | SPACES) & taken;
        self.filled = length * 8;
        self.small |= bytes & SPACES & taken != 0;
        self.count = self.count.saturating_add(length as u8);
        self.any = true;
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
        self.any = true;
    }

    #[inline]
    pub(super) fn letter(&mut self, upper: bool) {
        self.capital |= self.count == 0 && upper;
        self.small |= !upper;
        self.count = self.count.saturating_add(1);
    }

    /// A vowel mark that stands after its letter: 1 breve, 2 circumflex, 3 horn.
    pub(super) fn mark(&mut self, mark: u16) {
        let Some(shift) = self.filled.checked_sub(8) else {
            return;
        };
        let last = (self.word >> shift) as u8;
        let marked = match (last, mark) {
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
        let hash = if self.filled == 0 {
            self.hash
        } else {
            mix(self.hash, self.word)
        };
        finish(hash, self.tone)
    }

    #[inline]
    pub(super) fn folded(&self, end: usize) -> Folded {
        Folded {
            key: self.key(),
            end,
            capital: self.capital,
            shouted: self.count > 1 && !self.small,
        }
    }
}

/// The code point at `at`, where one of two bytes or more starts, and its size.
#[inline]
pub(crate) fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let byte = |offset: usize| u32::from(bytes.get(at + offset).copied().unwrap_or(0)) & 0x3f;
    let first = u32::from(bytes[at]);
    match first {
        0x00..0xE0 => ((first & 0x1f) << 6 | byte(1), 2),
        0xE0..0xF0 => ((first & 0x0f) << 12 | byte(1) << 6 | byte(2), 3),
        _ => ((first & 0x07) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3), 4),
    }
}

#[inline]
fn finish(hash: u64, tone: u8) -> u64 {
    // The lowest bit is set, so that no word has the key 0, which means «none».
    let hash = mix(hash, u64::from(tone) | 0x100);
    (hash ^ hash >> 32) | 1
}
