//! The head of the tree, signed: what a province publishes, and holds itself to.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::canonical::Value;
use crate::tree::Hash;

/// The state of a record at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TreeHead {
    /// How many entries it holds.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
    /// The chain hash of the last entry; zeros where there is none.
    pub chain: Hash,
    /// When it was signed: microseconds since 1970-01-01T00:00:00Z.
    pub signed_at: i64,
}

impl TreeHead {
    /// The bytes that are signed.
    fn bytes(&self) -> Vec<u8> {
        Value::map([
            ("chain", Value::text(hex(&self.chain))),
            ("root", Value::text(hex(&self.root))),
            ("signed_at", Value::Int(self.signed_at)),
            ("size", Value::text(self.size.to_string())),
            ("type", Value::text("rorang-tree-head-v1")),
        ])
        .encode()
    }
}

/// A head with the signature of the one who keeps the record (Ed25519, RFC 8032).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedHead {
    /// The head.
    pub head: TreeHead,
    /// The public key of the keeper.
    pub key: [u8; 32],
    /// The signature over the head.
    pub signature: [u8; 64],
}

/// The keeper's secret. Never printed; kept in a file that only the server reads.
pub struct Keeper(SigningKey);

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keeper({})", hex(&self.key()))
    }
}

impl Keeper {
    /// The keeper of a secret of 32 bytes, drawn by chance by the caller.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public key, to be published once and compared ever after.
    pub fn key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs a head.
    pub fn sign(&self, head: TreeHead) -> SignedHead {
        SignedHead {
            head,
            key: self.key(),
            signature: self.0.sign(&head.bytes()).to_bytes(),
        }
    }
}

impl SignedHead {
    /// Whether the key that it names signed it. That the key is the province's has to be known otherwise.
    pub fn is_signed(&self) -> bool {
        VerifyingKey::from_bytes(&self.key).is_ok_and(|key| {
            key.verify_strict(&self.head.bytes(), &Signature::from_bytes(&self.signature))
                .is_ok()
        })
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// The bytes of `N` lower-case hexadecimal pairs; none for anything else, so that there is one spelling only.
pub fn unhex<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> TreeHead {
        TreeHead {
            size: 3,
            root: [1; 32],
            chain: [2; 32],
            signed_at: 4,
        }
    }

    /// Source: RFC 8032, section 7.1, test 1: the public key of this secret.
    #[test]
    fn the_key_is_that_of_the_standard() {
        let secret = unhex(b"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        assert_eq!(
            hex(&Keeper::new(&secret).key()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
    }

    #[test]
    fn a_changed_head_is_not_signed() {
        let signed = Keeper::new(&[7; 32]).sign(head());
        assert!(signed.is_signed());
        for changed in [
            TreeHead { size: 4, ..head() },
            TreeHead {
                root: [9; 32],
                ..head()
            },
            TreeHead {
                chain: [9; 32],
                ..head()
            },
            TreeHead {
                signed_at: 5,
                ..head()
            },
        ] {
            assert!(
                !SignedHead {
                    head: changed,
                    ..signed
                }
                .is_signed()
            );
        }
        assert!(
            !SignedHead {
                key: Keeper::new(&[8; 32]).key(),
                ..signed
            }
            .is_signed()
        );
    }

    #[test]
    fn the_secret_is_not_printed() {
        assert!(!format!("{:?}", Keeper::new(&[7; 32])).contains("0707"));
    }

    #[test]
    fn hexadecimal_has_one_spelling() {
        assert_eq!(unhex::<2>(b"0aff"), Some([10, 255]));
        for wrong in ["0AFF", "0af", "0afff", "0ag0", " aff"] {
            assert_eq!(unhex::<2>(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
