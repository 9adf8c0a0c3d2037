//! A value of an indicator, of a place, in a period, as one edition tells it.

use std::fmt;
use std::str::FromStr;

use terms::{Bound, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::{PriceBasis, Scope};

/// Which telling of the same value this is: first estimated, then preliminary, then official.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edition {
    /// Ước tính.
    Estimate,
    /// Sơ bộ.
    Preliminary,
    /// Chính thức.
    Official,
}

/// How far a value can be relied on (SDMX `CL_OBS_STATUS`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObsStatus {
    /// `A`: normal.
    Normal,
    /// `P`: provisional.
    Provisional,
    /// `E`: estimated.
    Estimated,
    /// `F`: forecast.
    Forecast,
    /// `M`: missing; the value is not known and says so.
    Missing,
}

/// What was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Of what.
    pub indicator: IndicatorCode,
    /// Of whom.
    pub ref_area: RefArea,
    /// When.
    pub time_period: TimePeriod,
    /// Which aspect of the indicator: its level, growth, change or share.
    pub measure: Measure,
    /// Which telling.
    pub edition: Edition,
    /// How far to rely on it.
    pub status: ObsStatus,
    /// The value, in the indicator's unit (for growth in %, for a change of a rate in points).
    pub obs_value: Decimal,
    /// The upper end where the source gives a range.
    pub upper: Option<Decimal>,
    /// How the source limits the value («more than 1.45 million»).
    pub bound: Bound,
    /// In whose prices, where it is money and the source or catalogue says so.
    pub price_basis: Option<PriceBasis>,
    /// What is counted, where the source says more than the indicator's definition.
    pub scope: Option<Scope>,
}

macro_rules! codes {
    ($type:ident, $name:literal, $($value:ident => $code:literal),+) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &'static [$type] = &[$($type::$value),+];
            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $($type::$value => $code),+ }
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }
        impl FromStr for $type {
            type Err = terms::kind::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.code() == text)
                    .ok_or_else(|| terms::kind::UnknownCode { list: $name, code: text.to_owned() })
            }
        }
    };
}
codes!(Edition, "edition", Estimate => "estimate", Preliminary => "preliminary", Official => "official");
codes!(ObsStatus, "obs_status", Normal => "A", Provisional => "P", Estimated => "E", Forecast => "F", Missing => "M");
