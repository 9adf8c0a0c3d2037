//! What a number is: a result, an estimate, a target, a request; a level, a growth, a change, a share.

use std::fmt;
use std::str::FromStr;

/// Writes `Display` and `FromStr` over `code()` and `ALL`, so that the two cannot drift apart.
macro_rules! code_impls {
    ($type:ty, $name:literal) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }
        impl FromStr for $type {
            type Err = $crate::kind::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .into_iter()
                    .find(|value| value.code() == text)
                    .ok_or_else(|| $crate::kind::UnknownCode {
                        list: $name,
                        code: text.to_owned(),
                    })
            }
        }
    };
}
pub(crate) use code_impls;

/// A code that its codelist does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{code}” is not a code of the list “{list}”")]
pub struct UnknownCode {
    /// The codelist that was asked.
    pub list: &'static str,
    /// What was looked for.
    pub code: String,
}

/// What a text tells a number as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A result, told as one.
    Actual,
    /// Told as estimated, expected or projected, also of a period that is over.
    Estimate,
    /// A goal or a plan.
    Target,
    /// Asked of somebody: a proposal, a funding request.
    Request,
    /// None of these.
    Other,
}

impl Kind {
    /// Every kind, in the order in which they are listed to people.
    pub const ALL: [Kind; 5] = [
        Kind::Actual,
        Kind::Estimate,
        Kind::Target,
        Kind::Request,
        Kind::Other,
    ];

    /// The stable code: `actual`, `estimate`, `target`, `request`, `other`.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Actual => "actual",
            Kind::Estimate => "estimate",
            Kind::Target => "target",
            Kind::Request => "request",
            Kind::Other => "other",
        }
    }
}

code_impls!(Kind, "kind");

/// Which aspect of its indicator a number gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// The quantity itself.
    Level,
    /// A rate of growth over a period.
    Growth,
    /// A difference, in the unit given.
    Change,
    /// A part of a whole that the text names.
    Share,
}

impl Measure {
    /// Every measure, in the order in which they are listed to people.
    pub const ALL: [Measure; 4] = [Measure::Level, Measure::Growth, Measure::Change, Measure::Share];

    /// The stable code: `level`, `growth`, `change`, `share`.
    pub const fn code(self) -> &'static str {
        match self {
            Measure::Level => "level",
            Measure::Growth => "growth",
            Measure::Change => "change",
            Measure::Share => "share",
        }
    }
}

code_impls!(Measure, "measure");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bound;

    #[test]
    fn every_code_reads_back_as_its_value() {
        for kind in Kind::ALL {
            assert_eq!(kind.code().parse(), Ok(kind));
        }
        for measure in Measure::ALL {
            assert_eq!(measure.code().parse(), Ok(measure));
        }
        for bound in Bound::ALL {
            assert_eq!(bound.code().parse(), Ok(bound));
        }
    }

    #[test]
    fn an_unknown_code_names_its_list() {
        let error = "wish".parse::<Kind>().unwrap_err();
        assert_eq!(error.to_string(), "“wish” is not a code of the list “kind”");
    }
}
