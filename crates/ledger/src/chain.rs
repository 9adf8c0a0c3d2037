//! The check of a record: nothing changed, dropped, added or put in another place.

use crate::Sealed;
use crate::entry::{Entry, chained};

/// The end of a chain: what the next entry is chained to, and what two copies of a record are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    /// The number of the last entry; 0 where there is none.
    pub number: u64,
    /// Its hash; zeros where there is none.
    pub hash: [u8; 32],
}

impl Head {
    /// The head of a record without entries.
    pub const EMPTY: Head = Head {
        number: 0,
        hash: [0; 32],
    };
}

impl From<&Sealed> for Head {
    fn from(sealed: &Sealed) -> Self {
        Head {
            number: sealed.number,
            hash: sealed.hash,
        }
    }
}

/// The first place at which a record is not what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the record breaks at entry {number}: {fault}")]
pub struct BrokenAt {
    /// The number that the entry at this place must have.
    pub number: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Another number stands here: an entry was dropped, added or moved.
    #[error("another entry stands in its place")]
    Number {
        /// The number found.
        found: u64,
    },
    /// The hash does not follow from the bytes and the entry before.
    #[error("its bytes or its hash were changed")]
    Hash,
    /// The bytes are no entry, although the hash fits.
    #[error("its bytes are no entry")]
    Form,
}

/// Checks a record from its first entry to its last, and answers with its head.
///
/// Any changed byte, dropped, added or moved entry before the last one is found and located. What was cut off at the
/// end cannot show in what is left: compare the head with one that was noted or published before. O(bytes), constant
/// memory.
///
/// # Errors
/// [`BrokenAt`] names the first entry that does not fit.
pub fn verify<'a>(entries: impl IntoIterator<Item = &'a Sealed>) -> Result<Head, BrokenAt> {
    let mut check = Check::default();
    entries.into_iter().try_for_each(|sealed| check.next(sealed))?;
    Ok(check.head())
}

/// A check in progress, for records that are read piece by piece.
#[derive(Debug, Clone, Copy)]
pub struct Check(Head);

impl Default for Check {
    fn default() -> Self {
        Self(Head::EMPTY)
    }
}

impl Check {
    /// Checks the next entry.
    ///
    /// # Errors
    /// [`BrokenAt`] where it does not follow; the check stays where it was.
    pub fn next(&mut self, sealed: &Sealed) -> Result<(), BrokenAt> {
        let number = self.0.number + 1;
        let broken = |fault| Err(BrokenAt { number, fault });
        if sealed.number != number {
            return broken(Fault::Number { found: sealed.number });
        }
        if chained(&self.0.hash, &sealed.bytes) != sealed.hash {
            return broken(Fault::Hash);
        }
        if !Entry::is_spelled_by(&sealed.bytes) {
            return broken(Fault::Form);
        }
        self.0 = Head::from(sealed);
        Ok(())
    }

    /// The head so far.
    pub fn head(&self) -> Head {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;
    use proptest::prelude::*;

    fn record(texts: &[String]) -> Vec<Sealed> {
        let mut head = Head::EMPTY;
        texts
            .iter()
            .zip(0..)
            .map(|(text, index)| {
                let sealed = Entry {
                    kind: "observation-recorded".to_owned(),
                    author: Some(1),
                    unit: Some("VN-11".to_owned()),
                    post: None,
                    recorded_at: index,
                    body: Value::text(text),
                }
                .seal(head);
                head = Head::from(&sealed);
                sealed
            })
            .collect()
    }

    #[test]
    fn a_record_without_entries_has_the_empty_head() {
        assert_eq!(verify([]), Ok(Head::EMPTY));
    }

    proptest! {
        #[test]
        fn a_record_as_it_was_written_holds(texts in prop::collection::vec(".{0,12}", 1..12)) {
            let record = record(&texts);
            prop_assert_eq!(verify(&record), Ok(Head::from(record.last().unwrap())));
        }

        #[test]
        fn one_changed_byte_is_found_where_it_is(
            texts in prop::collection::vec(".{0,12}", 1..12),
            entry in any::<prop::sample::Index>(),
            byte in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let mut record = record(&texts);
            let place = entry.index(record.len());
            let sealed = &mut record[place];
            let place_in_entry = byte.index(sealed.bytes.len() + 32);
            match place_in_entry.checked_sub(sealed.bytes.len()) {
                None => sealed.bytes[place_in_entry] ^= 1 << bit,
                Some(in_hash) => sealed.hash[in_hash] ^= 1 << bit,
            }
            prop_assert_eq!(verify(&record), Err(BrokenAt { number: place as u64 + 1, fault: Fault::Hash }));
        }

        #[test]
        fn a_dropped_entry_is_found_where_it_was(
            texts in prop::collection::vec(".{0,12}", 2..12),
            entry in any::<prop::sample::Index>(),
        ) {
            let mut record = record(&texts);
            let place = entry.index(record.len() - 1);
            record.remove(place);
            let number = place as u64 + 1;
            prop_assert_eq!(
                verify(&record),
                Err(BrokenAt { number, fault: Fault::Number { found: number + 1 } })
            );
            // Numbering the rest anew does not hide it.
            record.iter_mut().zip(1..).for_each(|(sealed, number)| sealed.number = number);
            prop_assert_eq!(verify(&record), Err(BrokenAt { number, fault: Fault::Hash }));
        }

        #[test]
        fn two_entries_that_changed_places_are_found(
            texts in prop::collection::vec(".{0,12}", 2..12),
            a in any::<prop::sample::Index>(),
            b in any::<prop::sample::Index>(),
        ) {
            let mut record = record(&texts);
            let (a, b) = (a.index(record.len()), b.index(record.len()));
            prop_assume!(a != b);
            record.swap(a, b);
            prop_assert_eq!(verify(&record).unwrap_err().number, a.min(b) as u64 + 1);
        }

        #[test]
        fn a_cut_end_shows_in_the_head(texts in prop::collection::vec(".{0,12}", 2..12)) {
            let record = record(&texts);
            let whole = verify(&record).unwrap();
            let cut = verify(&record[..record.len() - 1]).unwrap();
            prop_assert_ne!(whole, cut);
        }
    }
}
