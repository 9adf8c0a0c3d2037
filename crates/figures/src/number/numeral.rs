//! Digit runs in both notations as exact numbers.

use terms::Decimal;

/// Which sign parts the whole from the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// `1.234,5`
    Comma,
    /// `1,234.5`
    Point,
}

/// An exact number: mantissa × 10^exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numeral {
    pub(crate) mantissa: i64,
    pub(crate) exponent: i8,
    /// Thousands are parted (`22,300`): then it cannot be a year or a label.
    pub(crate) grouped: bool,
}

impl Numeral {
    pub(crate) fn times(self, exponent: i8) -> Self {
        Self {
            exponent: self.exponent.saturating_add(exponent),
            ..self
        }
    }

    pub(crate) fn negated(self) -> Self {
        Self {
            mantissa: -self.mantissa,
            ..self
        }
    }

    /// The number as a decimal; `None` where it is beyond what a decimal holds.
    pub(crate) fn decimal(self) -> Option<Decimal> {
        if self.exponent >= 0 {
            let power = 10i128.checked_pow(u32::from(self.exponent.unsigned_abs()))?;
            Decimal::try_from_i128_with_scale(i128::from(self.mantissa).checked_mul(power)?, 0).ok()
        } else {
            let value = Decimal::try_from_i128_with_scale(
                i128::from(self.mantissa),
                u32::from(self.exponent.unsigned_abs()),
            )
            .ok()?;
            Some(value)
        }
    }

    pub(super) fn less(self, other: Self) -> bool {
        self.decimal() < other.decimal()
    }
}

/// Reads a digit run with its separators; `None` where they stand in no order that a number has.
pub(crate) fn numeral(digits: &str, notation: Notation) -> Option<Numeral> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Numeral {
            mantissa: digits.parse().ok()?,
            exponent: 0,
            grouped: false,
        });
    }
    let bytes = digits.as_bytes();
    let (mut points, mut commas) = (0u32, 0u32);
    for byte in bytes {
        points += u32::from(*byte == b'.');
        commas += u32::from(*byte == b',');
    }
    let (decimal, group) = match (points, commas) {
        (0, 0) => (0u8, 0u8),
        (1.., 1..) => {
            let last = *bytes.iter().rev().find(|byte| !byte.is_ascii_digit())?;
            (last, if last == b'.' { b',' } else { b'.' })
        }
        _ => {
            let sign = if points > 0 { b'.' } else { b',' };
            let is_group = |sign: u8| {
                let mut parts = digits.split(sign as char);
                let head = parts.next().unwrap_or_default();
                !head.is_empty() && head.len() <= 3 && parts.all(|part| part.len() == 3)
            };
            let several = points + commas > 1;
            let decimal_sign = if notation == Notation::Comma { b',' } else { b'.' };
            let leading_zero = bytes[0] == b'0';
            if several {
                if !is_group(sign) {
                    return None;
                }
                (0, sign)
            } else if sign == decimal_sign || leading_zero || !is_group(sign) {
                (sign, 0)
            } else {
                (0, sign)
            }
        }
    };
    let marks = if decimal == b'.' { points } else { commas };
    if decimal != 0 && marks > 1 {
        return None;
    }
    let (whole, fraction) = match digits.bytes().rposition(|byte| decimal != 0 && byte == decimal) {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, ""),
    };
    if group != 0 && whole.contains(group as char) {
        let mut parts = whole.split(group as char);
        let head = parts.next().unwrap_or_default();
        if head.is_empty() || head.len() > 3 || !parts.all(|part| part.len() == 3) {
            return None;
        }
    }
    let mut mantissa = 0i64;
    for byte in whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit) {
        mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
    }
    Some(Numeral {
        mantissa,
        exponent: -i8::try_from(fraction.len()).ok()?,
        grouped: group != 0 && whole.contains(group as char),
    })
}

/// A value in units of 10^power, where it is whole.
pub(super) fn shifted(value: Numeral, power: i8) -> Option<i64> {
    let shift = value.exponent.checked_sub(power)?;
    let factor = 10i64.checked_pow(u32::try_from(shift).ok()?)?;
    value.mantissa.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(digits: &str, notation: Notation) -> Option<String> {
        numeral(digits, notation)?
            .decimal()
            .map(|value| value.to_string())
    }

    #[test]
    fn both_notations_are_read_and_an_unambiguous_form_wins_over_the_language() {
        for (digits, comma, point) in [
            ("17.970", "17970", "17.970"),
            ("17,970", "17.970", "17970"),
            ("8,02", "8.02", "8.02"),
            ("8.02", "8.02", "8.02"),
            ("15.292,791", "15292.791", "15292.791"),
            ("15,292.791", "15292.791", "15292.791"),
            ("1.234.567", "1234567", "1234567"),
            ("0.125", "0.125", "0.125"),
            ("5000", "5000", "5000"),
        ] {
            assert_eq!(value(digits, Notation::Comma).as_deref(), Some(comma), "{digits}");
            assert_eq!(value(digits, Notation::Point).as_deref(), Some(point), "{digits}");
        }
    }

    #[test]
    fn a_run_that_is_no_number_is_none() {
        for digits in ["30.8.2013", "1.2.3", "1,23,456", "1.23.45,6"] {
            assert_eq!(value(digits, Notation::Comma), None, "{digits}");
        }
    }

    #[test]
    fn a_scale_moves_the_exponent_only() {
        let value = numeral("15,292.791", Notation::Point).unwrap().times(9);
        assert_eq!(value.decimal().unwrap().to_string(), "15292791000000");
    }
}
