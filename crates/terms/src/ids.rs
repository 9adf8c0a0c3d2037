//! Typed identities: no bare string or integer crosses a floor.

use std::fmt;
use std::str::FromStr;

use crate::code::Code;

/// The code of an indicator in the catalogue, such as `poverty.rate`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IndicatorCode(Code);

impl IndicatorCode {
    /// Takes a code of lower-case words, digits and `_`, joined by dots (at least one dot).
    ///
    /// # Errors
    /// [`InvalidId`] where the text has another form; whether the catalogue holds the code is not asked here.
    pub fn new(code: impl Into<String>) -> Result<Self, InvalidId> {
        let code = code.into();
        let well_formed = code.contains('.')
            && code.split('.').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            });
        if well_formed {
            Ok(Self(code.into()))
        } else {
            Err(InvalidId {
                what: "indicator code",
                text: code,
            })
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IndicatorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for IndicatorCode {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

/// The SHA-256 of some bytes: the address of a document.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256(pub [u8; 32]);

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl FromStr for Sha256 {
    type Err = InvalidId;
    /// Reads 64 hexadecimal digits, of either case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidId {
            what: "SHA-256",
            text: text.to_owned(),
        };
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(invalid());
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).map_err(|_| invalid())?;
        }
        Ok(Self(bytes))
    }
}

/// A text that does not have the form of the identity asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a valid {what}")]
pub struct InvalidId {
    /// Which identity was wanted.
    pub what: &'static str,
    /// What was given.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indicator_code_has_lower_case_words_joined_by_dots() {
        assert!(IndicatorCode::new("poverty.rate").is_ok());
        assert!(IndicatorCode::new("grdp.per_capita").is_ok());
        for wrong in [
            "",
            "poverty",
            "poverty.",
            ".rate",
            "Poverty.rate",
            "a b.c",
            "nghèo.rate",
        ] {
            assert!(IndicatorCode::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_hash_reads_back_what_it_prints() {
        let hash = Sha256(std::array::from_fn(|index| u8::try_from(index * 7).unwrap()));
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert!("é".repeat(32).parse::<Sha256>().is_err());
    }
}
