//! The exported record: plain lines that anybody can keep, compare and check without a database.
//!
//! ```text
//! rorang-record 1
//! 1 <chain hash> <canonical bytes of the entry>
//! 2 …
//! head <size> <root> <chain hash> <signed at, µs> <key> <signature>
//! ```
//! Each line ends with one `\n`; hashes, key and signature are lower-case hexadecimal. Canonical bytes hold no line end,
//! so a line is an entry. Each file has exactly one spelling: a changed byte anywhere is found, and located by its line.

use std::io::{self, BufRead, Write};

use crate::chain::{BrokenAt, Check, Fault, Head};
use crate::signed::{SignedHead, TreeHead, hex, unhex};
use crate::tree::Roots;
use crate::{Sealed, entry};

const FIRST_LINE: &[u8] = b"rorang-record 1\n";

/// The longest line that is read: an entry never comes near it, and a hostile file cannot fill the memory.
const MAX_LINE: u64 = 64 * 1024 * 1024;

/// Writes the first line.
///
/// # Errors
/// Those of the writer.
pub fn begin(out: &mut impl Write) -> io::Result<()> {
    out.write_all(FIRST_LINE)
}

/// Writes one entry.
///
/// # Errors
/// Those of the writer.
pub fn write_entry(out: &mut impl Write, sealed: &Sealed) -> io::Result<()> {
    write!(out, "{} {} ", sealed.number, hex(&sealed.hash))?;
    out.write_all(&sealed.bytes)?;
    out.write_all(b"\n")
}

/// The last line, which is also how a signed head is published.
pub fn head_line(signed: &SignedHead) -> String {
    let TreeHead {
        size,
        root,
        chain,
        signed_at,
    } = signed.head;
    let (key, signature) = (hex(&signed.key), hex(&signed.signature));
    format!(
        "head {size} {} {} {signed_at} {key} {signature}",
        hex(&root),
        hex(&chain)
    )
}

/// The signed head that such a line tells; none where it is not one, to the letter.
pub fn read_head_line(line: &str) -> Option<SignedHead> {
    let fields: Vec<&str> = line.split(' ').collect();
    let ["head", size, root, chain, signed_at, key, signature] = fields[..] else {
        return None;
    };
    let signed = SignedHead {
        head: TreeHead {
            size: size.parse().ok()?,
            root: unhex(root.as_bytes())?,
            chain: unhex(chain.as_bytes())?,
            signed_at: signed_at.parse().ok()?,
        },
        key: unhex(key.as_bytes())?,
        signature: unhex(signature.as_bytes())?,
    };
    (head_line(&signed) == line).then_some(signed)
}

/// A record that is what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// Its signed head.
    pub signed: SignedHead,
}

/// Why an exported record is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum Unsound {
    /// It cannot be read.
    #[error("the file cannot be read")]
    Unreadable(#[source] io::Error),
    /// It does not begin as an exported record does.
    #[error("this is no exported record")]
    NotARecord,
    /// An entry is not what was recorded.
    #[error("entry {}, line {line}: {}", broken.number, broken.fault)]
    Broken {
        /// Which, and what is wrong.
        broken: BrokenAt,
        /// The line of the file, from 1.
        line: u64,
    },
    /// The last line is missing or not to the letter: the end was cut off or changed.
    #[error("line {line}: the signed head is missing or changed; the record ends after entry {entries}")]
    NoHead {
        /// How many entries were read.
        entries: u64,
        /// The line of the file, from 1.
        line: u64,
    },
    /// The head is of another record: entries at the end were dropped or added.
    #[error("the signed head is of a record of {signed} entries, here are {entries}")]
    OtherHead {
        /// How many entries were read.
        entries: u64,
        /// How many the head tells.
        signed: u64,
    },
    /// The signature is not of the key that the head names.
    #[error("the signature of the head is false")]
    FalseSignature,
    /// Something follows the last line.
    #[error("something follows the signed head")]
    Trailing,
}

/// Checks an exported record from its first byte to its last, without a database. O(bytes), constant memory.
///
/// # Errors
/// [`Unsound`] names the first thing that is not as recorded, with the entry's number.
pub fn check(mut file: impl BufRead) -> Result<Checked, Unsound> {
    let mut line = Vec::new();
    if !read_line(&mut file, &mut line)? || line != FIRST_LINE {
        return Err(Unsound::NotARecord);
    }
    let (mut check, mut roots, mut number_of_line) = (Check::default(), Roots::default(), 1);
    let mut sealed = Sealed {
        number: 0,
        bytes: Vec::new(),
        hash: [0; 32],
    };
    let signed = loop {
        number_of_line += 1;
        let entries = check.head().number;
        let no_head = Unsound::NoHead {
            entries,
            line: number_of_line,
        };
        if !read_line(&mut file, &mut line)? || line.pop() != Some(b'\n') {
            return Err(no_head);
        }
        if line.starts_with(b"head ") {
            let text = std::str::from_utf8(&line).ok();
            break text.and_then(read_head_line).ok_or(no_head)?;
        }
        let broken = |broken| Unsound::Broken {
            broken,
            line: number_of_line,
        };
        if !split(&line, &mut sealed) {
            return Err(broken(BrokenAt {
                number: entries + 1,
                fault: Fault::Form,
            }));
        }
        check.next(&sealed).map_err(broken)?;
        roots.push(&sealed.hash);
    };
    let Head {
        number: entries,
        hash,
    } = check.head();
    if signed.head.size != entries || signed.head.chain != hash || signed.head.root != roots.root() {
        return Err(Unsound::OtherHead {
            entries,
            signed: signed.head.size,
        });
    }
    if !signed.is_signed() {
        return Err(Unsound::FalseSignature);
    }
    if read_line(&mut file, &mut line)? {
        return Err(Unsound::Trailing);
    }
    Ok(Checked { signed })
}

/// Reads a line with its end into `line`; whether there was one.
fn read_line(file: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool, Unsound> {
    line.clear();
    let read = io::Read::take(&mut *file, MAX_LINE)
        .read_until(b'\n', line)
        .map_err(Unsound::Unreadable)?;
    Ok(0 < read)
}

/// Takes `NUMBER HASH BYTES` apart; whether it has that form, to the letter.
fn split(line: &[u8], sealed: &mut Sealed) -> bool {
    let mut parts = line.splitn(3, |byte| *byte == b' ');
    let (Some(number), Some(hash), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let plain = number.first().is_some_and(|first| matches!(first, b'1'..=b'9'));
    let number = std::str::from_utf8(number)
        .ok()
        .filter(|_| plain)
        .and_then(|digits| digits.parse().ok());
    let (Some(number), Some(hash)) = (number, unhex(hash)) else {
        return false;
    };
    sealed.number = number;
    sealed.hash = hash;
    sealed.bytes.clear();
    sealed.bytes.extend_from_slice(bytes);
    true
}

/// What proves that one entry is in the record: its bytes, the hash before it, its path in the tree, the signed head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The entry's number.
    pub number: u64,
    /// The chain hash of the entry before; zeros for the first.
    pub previous: [u8; 32],
    /// The entry's canonical bytes.
    pub bytes: Vec<u8>,
    /// The hashes that lead to the root.
    pub path: Vec<[u8; 32]>,
    /// The head that it leads to.
    pub signed: SignedHead,
}

const FIRST_LINE_OF_RECEIPT: &str = "rorang-receipt 1";

impl Receipt {
    /// Whether the entry is in the record whose head is signed here. O(log n).
    pub fn holds(&self) -> bool {
        let hash = entry::chained(&self.previous, &self.bytes);
        let TreeHead { size, root, .. } = self.signed.head;
        self.signed.is_signed() && crate::tree::includes(&root, size, self.number, &hash, &self.path)
    }

    /// The receipt as text: five kinds of lines, in this order.
    pub fn to_text(&self) -> String {
        let path = self.path.iter().fold(String::new(), |text, hash| {
            text + "path "
                + &hex(hash)
                + "
"
        });
        format!(
            "{FIRST_LINE_OF_RECEIPT}\nprevious {}\n{path}{}\nentry {} {}\n",
            hex(&self.previous),
            head_line(&self.signed),
            self.number,
            String::from_utf8_lossy(&self.bytes)
        )
    }

    /// The receipt that a text tells; none where it is not one, to the letter.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != FIRST_LINE_OF_RECEIPT {
            return None;
        }
        let previous = unhex(lines.next()?.strip_prefix("previous ")?.as_bytes())?;
        let mut path = Vec::new();
        let mut line = lines.next()?;
        while let Some(hash) = line.strip_prefix("path ") {
            path.push(unhex(hash.as_bytes())?);
            line = lines.next()?;
        }
        let signed = read_head_line(line)?;
        let (number, bytes) = lines.next()?.strip_prefix("entry ")?.split_once(' ')?;
        let receipt = Self {
            number: number.parse().ok()?,
            previous,
            bytes: bytes.as_bytes().to_vec(),
            path,
            signed,
        };
        (lines.next().is_none() && receipt.to_text() == text).then_some(receipt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signed::Keeper;
    use crate::tree::Tree;
    use crate::{Entry, Value};
    use proptest::prelude::*;

    fn record(entries: u64) -> (Vec<Sealed>, Tree, SignedHead) {
        let (mut sealed, mut tree, mut head) = (Vec::new(), Tree::default(), Head::EMPTY);
        for number in 0..entries {
            let entry = Entry {
                kind: "value-recorded".to_owned(),
                author: Some(number % 3),
                unit: Some("VN-11".to_owned()),
                post: None,
                recorded_at: 1_767_225_600_000_000,
                body: Value::map([("value", Value::text(format!("{number},5 tỷ")))]),
            };
            let next = entry.seal(head);
            head = Head::from(&next);
            tree.push(next.hash);
            sealed.push(next);
        }
        let state = TreeHead {
            size: entries,
            root: tree.root(),
            chain: head.hash,
            signed_at: 1,
        };
        (sealed, tree, Keeper::new(&[3; 32]).sign(state))
    }

    fn exported(sealed: &[Sealed], signed: &SignedHead) -> Vec<u8> {
        let mut out = Vec::new();
        begin(&mut out).unwrap();
        for sealed in sealed {
            write_entry(&mut out, sealed).unwrap();
        }
        writeln!(out, "{}", head_line(signed)).unwrap();
        out
    }

    #[test]
    fn an_exported_record_is_checked_without_a_database() {
        for entries in [0, 1, 2, 9] {
            let (sealed, _, signed) = record(entries);
            assert_eq!(
                check(exported(&sealed, &signed).as_slice()).unwrap(),
                Checked { signed }
            );
        }
    }

    #[test]
    fn a_dropped_moved_or_cut_entry_is_located() {
        let (mut sealed, _, signed) = record(6);
        let whole = sealed.clone();
        sealed.remove(2);
        let fault = check(exported(&sealed, &signed).as_slice()).unwrap_err();
        assert!(
            matches!(
                fault,
                Unsound::Broken {
                    broken: BrokenAt { number: 3, .. },
                    line: 4
                }
            ),
            "{fault}"
        );
        sealed.clone_from(&whole);
        sealed.swap(3, 4);
        let fault = check(exported(&sealed, &signed).as_slice()).unwrap_err();
        assert!(
            matches!(
                fault,
                Unsound::Broken {
                    broken: BrokenAt { number: 4, .. },
                    line: 5
                }
            ),
            "{fault}"
        );
        let fault = check(exported(&whole[..5], &signed).as_slice()).unwrap_err();
        assert!(
            matches!(
                fault,
                Unsound::OtherHead {
                    entries: 5,
                    signed: 6
                }
            ),
            "{fault}"
        );
        let forged = Keeper::new(&[4; 32]).sign(signed.head);
        let fault = check(
            exported(
                &whole,
                &SignedHead {
                    key: signed.key,
                    ..forged
                },
            )
            .as_slice(),
        )
        .unwrap_err();
        assert!(matches!(fault, Unsound::FalseSignature), "{fault}");
    }

    #[test]
    fn a_receipt_proves_its_entry_to_anybody() {
        let (sealed, tree, signed) = record(7);
        for number in 1..=7 {
            let at = usize::try_from(number).unwrap() - 1;
            let receipt = Receipt {
                number,
                previous: at.checked_sub(1).map_or([0; 32], |before| sealed[before].hash),
                bytes: sealed[at].bytes.clone(),
                path: tree.inclusion(number).unwrap(),
                signed,
            };
            assert!(receipt.holds());
            assert_eq!(Receipt::from_text(&receipt.to_text()), Some(receipt.clone()));
            let mut forged = receipt.clone();
            forged.bytes = sealed[(at + 1) % 7].bytes.clone();
            assert!(!forged.holds());
            assert!(
                !Receipt {
                    number: number % 7 + 1,
                    ..receipt
                }
                .holds()
            );
        }
    }

    /// The line of a file in which its byte `at` lies, from 1; the entry's number is one less.
    fn line_of(bytes: &[u8], at: usize) -> u64 {
        u64::try_from(bytes[..at].split(|byte| *byte == b'\n').count()).unwrap()
    }

    /// The line at which a check stopped, and the entry's number where it is one.
    fn located(fault: &Unsound) -> (Option<u64>, Option<u64>) {
        match fault {
            Unsound::Broken { broken, line } => (Some(*line), Some(broken.number)),
            Unsound::NoHead { line, .. } => (Some(*line), None),
            _ => (None, None),
        }
    }

    #[test]
    fn every_byte_of_a_record_counts_in_its_place() {
        let (sealed, _, signed) = record(3);
        let whole = exported(&sealed, &signed);
        let last_line = u64::try_from(sealed.len()).unwrap() + 2;
        for at in 0..whole.len() {
            let line = line_of(&whole, at);
            // The changed byte, the dropped byte, and the byte that changed places with the next.
            for flip in [0x01, 0x20, 0x80, 0xff] {
                let mut changed = whole.clone();
                changed[at] ^= flip;
                let fault = check(changed.as_slice()).expect_err("a changed byte");
                if (2..last_line).contains(&line) && whole[at] != b'\n' && !changed[..=at].ends_with(b"\n") {
                    assert_eq!(
                        located(&fault),
                        (Some(line), Some(line - 1)),
                        "byte {at} ^ {flip:#x}: {fault}"
                    );
                }
            }
            let mut dropped = whole.clone();
            dropped.remove(at);
            let fault = check(dropped.as_slice()).expect_err("a dropped byte");
            if (2..last_line).contains(&line) {
                assert_eq!(located(&fault).1, Some(line - 1), "byte {at} dropped: {fault}");
            }
            if at + 1 < whole.len() && whole[at] != whole[at + 1] {
                let mut moved = whole.clone();
                moved.swap(at, at + 1);
                let fault = check(moved.as_slice()).expect_err("two bytes that changed places");
                if (2..last_line).contains(&line) {
                    assert_eq!(
                        located(&fault).1,
                        Some(line - 1),
                        "bytes {at} and the next: {fault}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_byte_of_a_receipt_counts() {
        let (sealed, tree, signed) = record(5);
        let receipt = Receipt {
            number: 3,
            previous: sealed[1].hash,
            bytes: sealed[2].bytes.clone(),
            path: tree.inclusion(3).unwrap(),
            signed,
        };
        let whole = receipt.to_text().into_bytes();
        for at in 0..whole.len() {
            for flip in [0x01, 0x20, 0x80, 0xff] {
                let mut changed = whole.clone();
                changed[at] ^= flip;
                let read = String::from_utf8(changed).ok();
                let receipt = read.and_then(|text| Receipt::from_text(&text));
                assert!(
                    !receipt.is_some_and(|receipt| receipt.holds()),
                    "byte {at} ^ {flip:#x}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn one_changed_byte_anywhere_is_found(at in 0..4096usize, flip in 1..=255u8) {
            let (sealed, _, signed) = record(6);
            let mut bytes = exported(&sealed, &signed);
            let at = at % bytes.len();
            bytes[at] ^= flip;
            prop_assert!(check(bytes.as_slice()).is_err());
        }

        #[test]
        fn one_changed_byte_of_an_entry_is_located(entry in 1..=6usize, at in 0..4096usize, flip in 1..=255u8) {
            let (sealed, _, signed) = record(6);
            let mut lines: Vec<Vec<u8>> =
                exported(&sealed, &signed).split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            let at = at % (lines[entry].len() - 1);
            lines[entry][at] ^= flip;
            prop_assume!(!lines[entry][..=at].ends_with(b"\n"));
            let fault = check(lines.concat().as_slice()).unwrap_err();
            let expected = u64::try_from(entry).unwrap();
            prop_assert!(matches!(fault, Unsound::Broken { broken: BrokenAt { number, .. }, .. } if number == expected), "{}", fault);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..64), text in "\\PC{0,80}") {
            let file = [FIRST_LINE, &bytes].concat();
            prop_assert!(check(file.as_slice()).is_err());
            prop_assert!(Receipt::from_text(&text).is_none());
        }
    }
}
