//! The two languages of texts and pages.

use std::fmt;
use std::str::FromStr;

/// Vietnamese comes first, everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Both, Vietnamese first.
    pub const ALL: [Language; 2] = [Language::Vi, Language::En];

    /// The BCP 47 tag, which is also the first segment of every page's address.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }
}

super::kind::code_impls!(Language, "language");
