//! How the text limits a number: exactly, over, at least, about, a range.

use std::fmt;
use std::str::FromStr;

/// The comparator that stands before (or after) a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bound {
    /// The number itself.
    Eq,
    /// Over, more than, trên, hơn, vượt.
    Gt,
    /// At least, or more, không dưới, trở lên, tối thiểu.
    Ge,
    /// Under, less than, dưới.
    Lt,
    /// At most, không quá, tối đa.
    Le,
    /// About, nearly, around, khoảng, gần, xấp xỉ.
    Approx,
    /// From one number to another.
    Range,
}

impl Bound {
    /// Every bound, in the order in which they are listed to people.
    pub const ALL: [Bound; 7] = [
        Bound::Eq,
        Bound::Gt,
        Bound::Ge,
        Bound::Lt,
        Bound::Le,
        Bound::Approx,
        Bound::Range,
    ];

    /// The stable code: `eq`, `gt`, `ge`, `lt`, `le`, `approx`, `range`.
    pub const fn code(self) -> &'static str {
        match self {
            Bound::Eq => "eq",
            Bound::Gt => "gt",
            Bound::Ge => "ge",
            Bound::Lt => "lt",
            Bound::Le => "le",
            Bound::Approx => "approx",
            Bound::Range => "range",
        }
    }
}

super::kind::code_impls!(Bound, "bound");
