//! The register that is open: the value that every page asks.

/// The last entry of the record: pages that show the same head show the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    /// Its number; 0 while nothing is recorded.
    pub number: u64,
    /// The SHA-256 chained up to it; zeros while nothing is recorded.
    pub hash: [u8; 32],
}

/// The open register.
#[derive(Debug, Clone)]
pub struct App {
    head: Head,
}

impl App {
    /// The last entry, without asking the database.
    pub fn head(&self) -> Head {
        self.head
    }
}
