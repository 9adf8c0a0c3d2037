//! The text of a code: known when the program was written, or shared by all who hold it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// A short text that is copied far more often than made: a copy allocates nothing.
#[derive(Clone)]
pub(crate) enum Code {
    Static(&'static str),
    Shared(Arc<str>),
}

impl Deref for Code {
    type Target = str;
    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Static(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl From<String> for Code {
    fn from(text: String) -> Self {
        Self::Shared(text.into())
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Code {}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_text_lies_does_not_tell_codes_apart() {
        let shared = Code::from("VN-11".to_owned());
        assert_eq!(shared, Code::Static("VN-11"));
        assert!(Code::Static("VN-01") < shared);
        assert_eq!(format!("{shared:?}"), "\"VN-11\"");
        let set = std::collections::HashSet::from([shared]);
        assert!(set.contains(&Code::Static("VN-11")));
    }
}
