//! Tables of word keys: which words begin a phrase, and where each leads.

/// Open addressing over 64-bit keys that are already well mixed: the lower half of a key tells its slot, the upper half
/// stands there. Small, because it is looked into at every word and should stay near.
#[derive(Debug)]
pub(super) struct Table {
    /// The upper half of a key and its value; the value 0 is an empty slot.
    slots: Vec<(u32, u32)>,
    /// What was put in, for growing; let go of when the lexicon is complete.
    inserted: Vec<(u64, u32)>,
}

impl Table {
    pub(super) fn new() -> Self {
        Self {
            slots: vec![(0, 0); 1024],
            inserted: Vec::new(),
        }
    }

    #[inline]
    pub(super) fn get(&self, key: u64) -> u32 {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (key as u32 >> 8) as usize & mask;
        while let Some((upper, value)) = self.slots.get(at) {
            if *upper == (key >> 32) as u32 || *value == 0 {
                return *value;
            }
            at = (at + 1) & mask;
        }
        0
    }

    /// Adds a key that is not there yet.
    pub(super) fn insert(&mut self, key: u64, value: u32) {
        self.inserted.push((key, value));
        if self.inserted.len() * 2 < self.slots.len() {
            self.put(key, value);
            return;
        }
        self.slots = vec![(0, 0); self.slots.len() * 2];
        for at in 0..self.inserted.len() {
            let (key, value) = self.inserted[at];
            self.put(key, value);
        }
    }

    /// Ends the making.
    pub(super) fn close(&mut self) {
        self.inserted = Vec::new();
    }

    fn put(&mut self, key: u64, value: u32) {
        let mask = self.slots.len() - 1;
        let mut at = (key as u32 >> 8) as usize & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = ((key >> 32) as u32, value);
    }
}

/// One bit for some bits of each key: most words that begin no phrase are told apart without a look at the table.
#[derive(Debug)]
pub(super) struct Filter(Box<[u64; 1 << (FILTER - 6)]>);

/// Bits of a key that the filter looks at.
pub(super) const FILTER: u32 = 16;

impl Filter {
    pub(super) fn new() -> Self {
        Self(Box::new([0; 1 << (FILTER - 6)]))
    }

    /// The word of the filter that a key belongs to, and its bit there.
    #[inline]
    pub(super) fn place(key: u64) -> (usize, u64) {
        let bits = (key >> (64 - FILTER)) as usize;
        (bits >> 6, 1 << (bits & 63))
    }

    #[inline]
    pub(super) fn may_have(&self, key: u64) -> bool {
        let (at, bit) = Self::place(key);
        self.0[at] & bit != 0
    }

    pub(super) fn add(&mut self, key: u64) {
        let (at, bit) = Self::place(key);
        self.0[at] |= bit;
    }
}

/// A handful of keys: most that are not among them are told apart by one bit.
#[derive(Debug, Default)]
pub(super) struct Keys {
    bits: u64,
    keys: Vec<u64>,
}

impl Keys {
    #[inline]
    pub(super) fn has(&self, key: u64) -> bool {
        self.bits & 1 << (key >> 58) != 0 && self.keys.contains(&key)
    }

    pub(super) fn add(&mut self, key: u64) {
        self.bits |= 1 << (key >> 58);
        self.keys.push(key);
    }
}
