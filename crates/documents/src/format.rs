//! Which kind of file it is, told by its content first and its name second.

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Plain text in any of the encodings of [`crate::text`].
    Txt,
}

impl Format {
    /// The format of these bytes; none where they are empty or no kind of file that can be read.
    pub fn of(_name: &str, bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() {
            return None;
        }
        Some(Format::Txt)
    }

    /// The usual extension, without the dot.
    pub const fn code(self) -> &'static str {
        match self {
            Format::Txt => "txt",
        }
    }
}
