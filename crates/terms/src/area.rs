//! Of whom a number speaks: the country, a province, a commune, or a place without a code.

use std::fmt;

use crate::code::Code;

/// A reference area (SDMX `REF_AREA`): a code of `data/units.csv`, or the plain name of another place.
///
/// | form | what |
/// |---|---|
/// | `VN` | the country |
/// | `VN-11` | a province since 1 July 2025 |
/// | `VN-11-03158` | a commune or ward since 1 July 2025 |
/// | `VN-15_2025` | a province that ended on 30 June 2025 |
/// | `VN-11-094` | a district, ended |
/// | `VN-11-094-03127` | a commune that ended on 30 June 2025 |
/// | anything else | the plain name of a place that has no code |
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RefArea(Code);

/// Which tier a [`RefArea`] is of, as its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AreaLevel {
    /// Việt Nam.
    Country,
    /// One of the 34 provinces, or of the 52 that ended.
    Province,
    /// A district, all of which ended on 30 June 2025.
    District,
    /// A commune, ward or special zone, of either time.
    Commune,
    /// A place without a code.
    Named,
}

impl RefArea {
    /// Việt Nam.
    pub const COUNTRY: RefArea = RefArea(Code::Static("VN"));

    /// An area known when the program was written.
    pub const fn from_static(code: &'static str) -> Self {
        Self(Code::Static(code))
    }

    /// An area read from outside; whether the code is in use is the register's to say.
    pub fn new(code: impl Into<String>) -> Self {
        Self(Code::from(code.into()))
    }

    /// The code or name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tier that the code's form tells.
    pub fn level(&self) -> AreaLevel {
        let digits =
            |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        let mut parts = self.0.split('-');
        if parts.next() != Some("VN") {
            return AreaLevel::Named;
        }
        let province = |part: &str| digits(part.strip_suffix("_2025").unwrap_or(part), 2);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (None, ..) => AreaLevel::Country,
            (Some(p), None, ..) if province(p) => AreaLevel::Province,
            (Some(p), Some(d), None, _) if province(p) && digits(d, 3) => AreaLevel::District,
            (Some(p), Some(c), None, _) if province(p) && digits(c, 5) => AreaLevel::Commune,
            (Some(p), Some(d), Some(c), None) if province(p) && digits(d, 3) && digits(c, 5) => {
                AreaLevel::Commune
            }
            _ => AreaLevel::Named,
        }
    }
}

impl fmt::Display for RefArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_code_tells_its_tier() {
        for (code, level) in [
            ("VN", AreaLevel::Country),
            ("VN-11", AreaLevel::Province),
            ("VN-15_2025", AreaLevel::Province),
            ("VN-11-094", AreaLevel::District),
            ("VN-11-03158", AreaLevel::Commune),
            ("VN-11-094-03127", AreaLevel::Commune),
            ("Quảng Nam", AreaLevel::Named),
            ("VN-1", AreaLevel::Named),
            ("VN-", AreaLevel::Named),
        ] {
            assert_eq!(RefArea::new(code).level(), level, "{code}");
        }
    }
}
