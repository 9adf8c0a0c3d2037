//! What a statement counts, where its paper says more than the indicator's definition.

use std::fmt;
use std::str::FromStr;

/// What is counted: a code of `data/scopes.csv` (`homes-completed`), or the paper's own words.
///
/// Two values of one indicator, place and period with different scopes are two numbers, each right: «22,300 homes
/// completed» and «7,365 makeshift homes removed». Invariant: at least one character, at most [`Scope::LONGEST`], no space
/// at either end, no line break, words parted by one space.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope(String);

/// A text that is no scope: nothing at all, or an essay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scope has 1 to {} characters", Scope::LONGEST)]
pub struct NotAScope;

impl Scope {
    /// How many characters a scope may have: it stands beside a number.
    pub const LONGEST: usize = 120;

    /// The text, spaces tidied.
    ///
    /// # Errors
    /// [`NotAScope`] where nothing is left or it is longer than [`Scope::LONGEST`].
    pub fn new(text: &str) -> Result<Self, NotAScope> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || Self::LONGEST < text.chars().count() {
            return Err(NotAScope);
        }
        Ok(Self(text))
    }

    /// The code or the words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Scope {
    type Err = NotAScope;
    fn from_str(text: &str) -> Result<Self, NotAScope> {
        Self::new(text)
    }
}

/// A scope that many papers use, with its names: one code for both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedScope {
    /// Its code.
    pub code: Scope,
    /// Tiếng Việt.
    pub name_vi: String,
    /// English.
    pub name_en: String,
}

impl NamedScope {
    /// Whether a text means this scope: its code or one of its names, in capitals or not.
    pub fn is_meant_by(&self, text: &Scope) -> bool {
        let text = text.as_str().to_lowercase();
        [self.code.as_str(), &self.name_vi, &self.name_en]
            .iter()
            .any(|name| name.to_lowercase() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_a_short_text_with_its_spaces_tidied() {
        assert_eq!(
            Scope::new("  xây mới \n và sửa chữa ").unwrap().as_str(),
            "xây mới và sửa chữa"
        );
        assert_eq!(Scope::new("  "), Err(NotAScope));
        assert_eq!(Scope::new(&"a".repeat(121)), Err(NotAScope));
        assert!(Scope::new(&"ế".repeat(120)).is_ok());
    }

    #[test]
    fn a_name_in_either_language_means_the_code() {
        let named = NamedScope {
            code: Scope::new("homes-completed").unwrap(),
            name_vi: "Nhà đã hoàn thành".to_owned(),
            name_en: "homes completed".to_owned(),
        };
        for text in ["homes-completed", "nhà đã hoàn thành", "Homes completed"] {
            assert!(named.is_meant_by(&Scope::new(text).unwrap()), "{text}");
        }
        assert!(!named.is_meant_by(&Scope::new("nhà").unwrap()));
    }
}
