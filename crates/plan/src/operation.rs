//! The name that a device gives to one thing a person did there, so that sending it twice records it once.

use std::fmt;
use std::str::FromStr;

use terms::ids::InvalidId;

/// An act as a device names it before it is sent: 128 bits drawn by chance on the device, written as 32 lower-case
/// hexadecimal digits.
///
/// The link may lose the request or the answer, and a device cannot tell which: it sends again under the same name, and
/// the register records what comes under one name once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub [u8; 16]);

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for OperationId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let read = || {
            let (pairs, rest) = text.as_bytes().as_chunks::<2>();
            let pairs: &[[u8; 2]; 16] = pairs.try_into().ok().filter(|_| rest.is_empty())?;
            let mut bytes = [0; 16];
            for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
                *byte = digit(*high)? << 4 | digit(*low)?;
            }
            Some(bytes)
        };
        read().map(Self).ok_or_else(|| InvalidId {
            what: "operation number",
            text: text.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_one_spelling_of_32_digits() {
        let spelled = "00ff10a0123456789abcdef001020304";
        assert_eq!(spelled.parse::<OperationId>().unwrap().to_string(), spelled);
        for wrong in [
            "",
            "00",
            "00FF10A0123456789ABCDEF001020304",
            "00ff10a0123456789abcdef0010203041",
            "00ff10a0-23456789abcdef001020304",
        ] {
            assert!(wrong.parse::<OperationId>().is_err(), "{wrong}");
        }
    }
}
