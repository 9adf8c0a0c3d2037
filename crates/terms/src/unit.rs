//! What a number is counted or measured in.

use std::fmt;

use crate::code::Code;

/// A unit of measure: `VND`, `%`, `pp`, `VND/person`, or the singular English noun of what is counted.
///
/// Values are always in base units: scale words (thousand, tỷ) are multiplied out before a unit is attached.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitMeasure(Code);

impl UnitMeasure {
    /// Per cent.
    pub const PERCENT: UnitMeasure = UnitMeasure(Code::Static("%"));
    /// Percentage points.
    pub const POINT: UnitMeasure = UnitMeasure(Code::Static("pp"));
    /// Vietnamese đồng.
    pub const VND: UnitMeasure = UnitMeasure(Code::Static("VND"));
    /// United States dollar.
    pub const USD: UnitMeasure = UnitMeasure(Code::Static("USD"));
    /// A multiple («gấp 1,7 lần»).
    pub const TIME: UnitMeasure = UnitMeasure(Code::Static("time"));

    /// A unit known when the program was written; costs no allocation.
    pub const fn from_static(code: &'static str) -> Self {
        Self(Code::Static(code))
    }

    /// A unit read from outside.
    pub fn new(code: impl Into<String>) -> Self {
        Self(Code::from(code.into()))
    }

    /// The unit as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether values are money, or money per something.
    pub fn is_money(&self) -> bool {
        let (numerator, rest) = self.0.as_bytes().split_at(self.0.len().min(3));
        matches!(numerator, b"VND" | b"USD" | b"EUR") && matches!(rest.first(), None | Some(b'/'))
    }

    /// Whether values are per cent or percentage points.
    pub fn is_percentage(&self) -> bool {
        matches!(self.as_str(), "%" | "pp")
    }
}

impl fmt::Display for UnitMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
