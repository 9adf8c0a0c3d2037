//! Codes by time, from a secret that a telephone shares (RFC 6238 over RFC 4226): HMAC-SHA-1, 30 seconds, six digits,
//! which is what every authenticator app knows.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// Seconds for which a code is shown.
const STEP_S: u64 = 30;
/// Steps before and after now whose codes are taken: clocks of telephones differ by some seconds.
const TOLERANCE: u64 = 1;

/// The step of time at a second since 1970.
fn step_at(second: u64) -> u64 {
    second / STEP_S
}

/// The number of a step, of at most `digits` digits.
///
/// Source: RFC 4226, section 5.3.
fn code(secret: &[u8], step: u64, digits: u32) -> u32 {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return 0;
    };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let word = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    word % 10_u32.pow(digits)
}

/// The step whose code this is, around a second since 1970; none where it is no such code.
pub(crate) fn matching_step(secret: &[u8], given: &str, second: u64) -> Option<u64> {
    let given: String = given.chars().filter(|sign| !sign.is_whitespace()).collect();
    if given.len() != 6 || !given.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let given: u32 = given.parse().ok()?;
    let now = step_at(second);
    let steps = now.saturating_sub(TOLERANCE)..=now + TOLERANCE;
    // Every step is tried, wherever the right one is.
    steps.fold(None, |found, step| {
        if code(secret, step, 6) == given {
            Some(step)
        } else {
            found
        }
    })
}

/// The secret in base 32 (RFC 4648, without padding), as apps and people take it.
pub(crate) fn base32(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let bits: Vec<u8> = bits.collect();
    bits.chunks(5)
        .map(|chunk| {
            let padded = chunk.iter().copied().chain(std::iter::repeat(0)).take(5);
            let index = padded.fold(0, |index, bit| index << 1 | bit);
            char::from(SIGNS[usize::from(index)])
        })
        .collect()
}

/// The address that an authenticator app reads from a QR code.
pub(crate) fn address(secret: &[u8], name: &str) -> String {
    let encoded: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let secret = base32(secret);
    format!("otpauth://totp/R%C3%B5%20R%C3%A0ng:{encoded}?secret={secret}&issuer=R%C3%B5%20R%C3%A0ng")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: RFC 6238, appendix B, the rows of SHA-1.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (second, expected) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            assert_eq!(code(secret, step_at(second), 8), expected, "{second}");
        }
    }

    #[test]
    fn the_code_before_now_and_after_is_taken_and_no_other() {
        let secret = b"12345678901234567890";
        let shown = |second| format!("{:06}", code(secret, step_at(second), 6));
        assert_eq!(matching_step(secret, &shown(59), 59), Some(1));
        assert_eq!(matching_step(secret, " 287 082 ", 59), Some(1), "{}", shown(59));
        assert_eq!(matching_step(secret, &shown(59), 89), Some(1));
        assert_eq!(matching_step(secret, &shown(59), 120), None);
        for wrong in ["", "28708", "2870820", "28708a", "٢٨٧٠٨٢"] {
            assert_eq!(matching_step(secret, wrong, 59), None, "{wrong}");
        }
    }

    /// Source: RFC 4648, section 10.
    #[test]
    fn base_32_is_that_of_the_standard() {
        for (plain, expected) in [
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), expected);
        }
        assert!(address(b"foo", "Lò Mai").contains("L%C3%B2%20Mai?secret=MZXW6&"));
    }
}
