//! An act with its author and time, and the seal that chains it to the entry before.

use sha2::{Digest, Sha256};

use crate::canonical::{self, NotCanonical, Shape, Value};

/// What was done, by whom, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which act, a stable word (`figure-reviewed`).
    pub kind: String,
    /// The number of the person who did it; none for what the program did by itself. No personal data: names stand
    /// outside the record, so that they can be deleted.
    pub author: Option<u64>,
    /// The unit for which the person acted (a code of the list of units), where there is one.
    pub unit: Option<String>,
    /// The post by which the person acted, where there is one. Spelled only then: entries of before posts were kept have
    /// no such field, and their bytes stay what they are.
    pub post: Option<String>,
    /// When: microseconds since 1970-01-01T00:00:00Z.
    pub recorded_at: i64,
    /// What, in the words of the act.
    pub body: Value,
}

/// An entry in its place in the chain: its bytes and the hash over them and all before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its number, from 1, without gaps.
    pub number: u64,
    /// The canonical bytes of the entry.
    pub bytes: Vec<u8>,
    /// SHA-256 over `0x01`, the hash of the entry before (zeros for the first), and `bytes`.
    pub hash: [u8; 32],
}

/// Bytes that are no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEntry {
    /// They are not canonical.
    #[error("the bytes of the entry are not canonical")]
    Spelling(#[source] NotCanonical),
    /// A field is missing, of another type, or unknown.
    #[error("the entry has no valid field “{0}”")]
    Field(&'static str),
}

impl Entry {
    /// The canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let author = self.author.and_then(|author| i64::try_from(author).ok());
        let mut fields = Value::map([
            ("author", author.map_or(Value::Null, Value::Int)),
            ("body", self.body.clone()),
            ("kind", Value::text(&self.kind)),
            ("recorded_at", Value::Int(self.recorded_at)),
            ("unit", Value::optional(self.unit.as_ref())),
        ]);
        if let (Value::Map(fields), Some(post)) = (&mut fields, &self.post) {
            fields.insert("post".to_owned(), Value::text(post));
        }
        fields.encode()
    }

    /// The entry that these bytes spell.
    ///
    /// # Errors
    /// [`NotAnEntry`] names what does not fit.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotAnEntry> {
        let Value::Map(mut fields) = Value::decode(bytes).map_err(NotAnEntry::Spelling)? else {
            return Err(NotAnEntry::Field("body"));
        };
        let post = match fields.remove("post") {
            None => None,
            Some(Value::Text(post)) => Some(post),
            Some(_) => return Err(NotAnEntry::Field("post")),
        };
        let mut take = |name: &'static str| fields.remove(name).ok_or(NotAnEntry::Field(name));
        let author = match take("author")? {
            Value::Null => None,
            Value::Int(author) => Some(u64::try_from(author).map_err(|_| NotAnEntry::Field("author"))?),
            _ => return Err(NotAnEntry::Field("author")),
        };
        let body = take("body")?;
        let Value::Text(kind) = take("kind")? else {
            return Err(NotAnEntry::Field("kind"));
        };
        let Value::Int(recorded_at) = take("recorded_at")? else {
            return Err(NotAnEntry::Field("recorded_at"));
        };
        let unit = match take("unit")? {
            Value::Null => None,
            Value::Text(unit) => Some(unit),
            _ => return Err(NotAnEntry::Field("unit")),
        };
        if fields.is_empty() {
            Ok(Self {
                kind,
                author,
                unit,
                post,
                recorded_at,
                body,
            })
        } else {
            Err(NotAnEntry::Field("unknown"))
        }
    }

    /// Whether these bytes spell an entry: what [`Entry::decode`] tells, without building it.
    pub(crate) fn is_spelled_by(bytes: &[u8]) -> bool {
        let Ok(fields) = canonical::fields(bytes) else {
            return false;
        };
        matches!(
            fields[..],
            [
                (b"author", Shape::Null | Shape::Number),
                (b"body", _),
                (b"kind", Shape::Text),
                (b"recorded_at", Shape::Number | Shape::Negative),
                (b"unit", Shape::Null | Shape::Text),
            ] | [
                (b"author", Shape::Null | Shape::Number),
                (b"body", _),
                (b"kind", Shape::Text),
                (b"post", Shape::Text),
                (b"recorded_at", Shape::Number | Shape::Negative),
                (b"unit", Shape::Null | Shape::Text),
            ]
        )
    }

    /// The entry in its place behind `previous`.
    pub fn seal(&self, previous: crate::Head) -> Sealed {
        let bytes = self.encode();
        let hash = chained(&previous.hash, &bytes);
        Sealed {
            number: previous.number + 1,
            bytes,
            hash,
        }
    }
}

/// SHA-256 over `0x01`, the hash before, and the bytes. The first byte keeps chain hashes apart from the leaf (`0x00`)
/// hashes of a Merkle tree over the same entries.
pub(crate) fn chained(previous: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update([0x01]);
    hasher.update(previous);
    hasher.update(bytes);
    hasher.finalize().into()
}

/// SHA-256 of some bytes: the address of a document or a text.
pub fn address(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Head;

    fn entry() -> Entry {
        Entry {
            kind: "figure-reviewed".to_owned(),
            author: Some(3),
            unit: None,
            post: None,
            recorded_at: 1_754_006_400_000_000,
            body: Value::map([("reason", Value::text("đúng nguyên văn"))]),
        }
    }

    /// Old records must stay checkable: this text and hash may never change.
    #[test]
    fn the_bytes_and_the_hash_of_an_entry_are_fixed() {
        let sealed = entry().seal(Head::EMPTY);
        assert_eq!(
            String::from_utf8(sealed.bytes.clone()).unwrap(),
            r#"{"author":3,"body":{"reason":"đúng nguyên văn"},"kind":"figure-reviewed","recorded_at":1754006400000000,"unit":null}"#
        );
        let hex = sealed.hash.map(|byte| format!("{byte:02x}")).concat();
        // Computed apart, with Python: hashlib.sha256(b"\x01" + bytes(32) + text).hexdigest().
        assert_eq!(
            hex,
            "a4599dc84aaf77089eae963ac697fd6b9757488e18740038fbcd955ace12ba6f"
        );
        assert_eq!(sealed.number, 1);
    }
    #[test]
    fn an_entry_reads_back_equal() {
        assert_eq!(Entry::decode(&entry().encode()), Ok(entry()));
        assert!(Entry::is_spelled_by(&entry().encode()));
    }

    #[test]
    fn a_post_is_spelled_only_where_there_is_one() {
        let by_post = Entry {
            unit: Some("VN-11".to_owned()),
            post: Some("VN-11.planner".to_owned()),
            ..entry()
        };
        let text = String::from_utf8(by_post.encode()).unwrap();
        assert!(
            text.contains(r#""kind":"figure-reviewed","post":"VN-11.planner","recorded_at""#),
            "{text}"
        );
        assert_eq!(Entry::decode(text.as_bytes()), Ok(by_post));
        assert!(Entry::is_spelled_by(text.as_bytes()));
    }

    #[test]
    fn the_quick_judgement_is_that_of_reading() {
        for text in [
            r#"{"author":null,"body":null,"kind":"x","recorded_at":1,"unit":null}"#,
            r#"{"author":-1,"body":null,"kind":"x","recorded_at":-1,"unit":null}"#,
            r#"{"author":1,"body":[{}],"kind":"x","recorded_at":-1,"unit":"VN"}"#,
            r#"{"author":1,"body":1,"kind":null,"recorded_at":1,"unit":null}"#,
            r#"{"author":1,"body":1,"kind":"x","recorded_at":"1","unit":null}"#,
            r#"{"author":1,"body":1,"kind":"x","recorded_at":1,"unit":2}"#,
            r#"{"author":1,"body":1,"kind":"x","post":"a","recorded_at":1,"unit":null}"#,
            r#"{"author":1,"body":1,"kind":"x","post":null,"recorded_at":1,"unit":null}"#,
            r#"{"author":1,"body":1,"kind":"x","post":3,"recorded_at":1,"unit":null}"#,
            r#"{"author":true,"body":1,"kind":"x","recorded_at":1,"unit":null}"#,
            r#"{"body":1,"kind":"x","recorded_at":1,"unit":null}"#,
            r#"{"author":1,"body":1,"extra":1,"kind":"x","recorded_at":1,"unit":null}"#,
            "[]",
            "{}",
        ] {
            assert_eq!(
                Entry::is_spelled_by(text.as_bytes()),
                Entry::decode(text.as_bytes()).is_ok(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_missing_or_foreign_field_is_named() {
        let without_unit = br#"{"author":null,"body":null,"kind":"x","recorded_at":1}"#;
        assert_eq!(Entry::decode(without_unit), Err(NotAnEntry::Field("unit")));
        let with_more = br#"{"author":null,"body":null,"extra":1,"kind":"x","recorded_at":1,"unit":null}"#;
        assert_eq!(Entry::decode(with_more), Err(NotAnEntry::Field("unknown")));
    }

    /// Source: FIPS 180-4, example “abc”.
    #[test]
    fn an_address_is_the_sha_256() {
        let hex = address(b"abc").map(|byte| format!("{byte:02x}")).concat();
        assert_eq!(
            hex,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
