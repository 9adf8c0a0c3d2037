//! Canonical bytes: the one way in which data become bytes, so that equal data have equal hashes.
//!
//! A subset of JSON: null, booleans, whole numbers, texts, lists, and maps whose keys are in ascending byte order, each
//! once; no white space; in texts only `"`, `\` and the control characters are escaped, the shortest way. There are no
//! fractions: a decimal is written as text, so that no reader can round it. Any JSON tool can read it, and every value
//! has exactly one spelling: [`Value::decode`] refuses all others.

use std::collections::BTreeMap;

/// Data that can be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Not known, or none.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text, kept byte for byte.
    Text(String),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name.
    Map(BTreeMap<String, Value>),
}

/// Bytes that are not the canonical spelling of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not canonical at byte {at}")]
pub struct NotCanonical {
    /// The first byte that does not fit.
    pub at: usize,
}

/// How deep lists and maps may be nested: far more than any act needs, far less than a stack holds.
const MAX_DEPTH: usize = 32;

impl Value {
    /// A map of these names and values; the last of equal names counts.
    pub fn map<const N: usize>(fields: [(&str, Value); N]) -> Self {
        Value::Map(
            fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    /// A text, or null where there is none.
    pub fn optional(text: Option<impl ToString>) -> Self {
        text.map_or(Value::Null, |text| Value::Text(text.to_string()))
    }

    /// The value of a name, where this is a map that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Map(fields) => fields.get(name),
            _ => None,
        }
    }

    /// The text, where this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, where this is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The values, where this is a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(values) => Some(values),
            _ => None,
        }
    }

    /// The canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        self.write(&mut bytes);
        bytes
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Value::Null => out.extend(b"null"),
            Value::Bool(true) => out.extend(b"true"),
            Value::Bool(false) => out.extend(b"false"),
            Value::Int(number) => out.extend(number.to_string().as_bytes()),
            Value::Text(text) => write_text(text, out),
            Value::List(values) => {
                out.push(b'[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    value.write(out);
                }
                out.push(b']');
            }
            Value::Map(fields) => {
                out.push(b'{');
                for (index, (name, value)) in fields.iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    write_text(name, out);
                    out.push(b':');
                    value.write(out);
                }
                out.push(b'}');
            }
        }
    }

    /// The data that these bytes spell.
    ///
    /// # Errors
    /// [`NotCanonical`] where the bytes are not exactly what [`Value::encode`] would write. O(length).
    pub fn decode(bytes: &[u8]) -> Result<Self, NotCanonical> {
        let mut reader = Reader { bytes, at: 0 };
        let value = reader.value(0)?;
        if reader.at == bytes.len() {
            Ok(value)
        } else {
            Err(reader.fault())
        }
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in text.as_bytes() {
        match byte {
            b'"' => out.extend(b"\\\""),
            b'\\' => out.extend(b"\\\\"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            0x08 => out.extend(b"\\b"),
            0x0c => out.extend(b"\\f"),
            0..=0x1f => out.extend(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// Whether these bytes are the canonical spelling of something: what [`Value::decode`] tells, without building it.
///
/// Checking a record of a million entries reads each of them; this allocates nothing where no name is escaped. O(length).
pub(crate) fn fields(bytes: &[u8]) -> Result<Vec<(&[u8], Shape)>, NotCanonical> {
    std::str::from_utf8(bytes).map_err(|error| NotCanonical {
        at: error.valid_up_to(),
    })?;
    let mut reader = Reader { bytes, at: 0 };
    let mut fields = Vec::with_capacity(8);
    reader.pass_map(0, &mut |name, shape| fields.push((name, shape)))?;
    if reader.at == bytes.len() {
        Ok(fields)
    } else {
        Err(reader.fault())
    }
}

/// Of which type a value is; of numbers, whether they are negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Null,
    Negative,
    Number,
    Text,
    Other,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn fault(&self) -> NotCanonical {
        NotCanonical { at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, literal: &[u8]) -> Result<(), NotCanonical> {
        if self.bytes[self.at..].starts_with(literal) {
            self.at += literal.len();
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, NotCanonical> {
        if depth > MAX_DEPTH {
            return Err(self.fault());
        }
        match self.peek() {
            Some(b'n') => self.expect(b"null").map(|()| Value::Null),
            Some(b't') => self.expect(b"true").map(|()| Value::Bool(true)),
            Some(b'f') => self.expect(b"false").map(|()| Value::Bool(false)),
            Some(b'"') => self.text().map(Value::Text),
            Some(b'[') => self.list(depth),
            Some(b'{') => self.map(depth),
            Some(b'-' | b'0'..=b'9') => self.int(),
            _ => Err(self.fault()),
        }
    }

    fn int(&mut self) -> Result<Value, NotCanonical> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        let digits = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        // `-0` and `007` are other spellings of numbers that have one already.
        match digits.parse::<i64>() {
            Ok(number) if has_one_spelling(digits) => Ok(Value::Int(number)),
            _ => Err(NotCanonical { at: start }),
        }
    }

    /// Passes over a value.
    fn pass(&mut self, depth: usize) -> Result<Shape, NotCanonical> {
        if depth > MAX_DEPTH {
            return Err(self.fault());
        }
        match self.peek() {
            Some(b'n') => self.expect(b"null").map(|()| Shape::Null),
            Some(b't') => self.expect(b"true").map(|()| Shape::Other),
            Some(b'f') => self.expect(b"false").map(|()| Shape::Other),
            Some(b'"') => self.pass_text().map(|_| Shape::Text),
            Some(b'[') => self.pass_list(depth).map(|()| Shape::Other),
            Some(b'{') => self.pass_map(depth, &mut |_, _| ()).map(|()| Shape::Other),
            Some(b'-') => self.int().map(|_| Shape::Negative),
            Some(b'0'..=b'9') => self.int().map(|_| Shape::Number),
            _ => Err(self.fault()),
        }
    }

    fn pass_list(&mut self, depth: usize) -> Result<(), NotCanonical> {
        self.expect(b"[")?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.pass(depth + 1)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.fault()),
            }
        }
    }

    /// Passes over a map and tells the spelling of each name with the shape of its value.
    fn pass_map(&mut self, depth: usize, found: &mut dyn FnMut(&'a [u8], Shape)) -> Result<(), NotCanonical> {
        self.expect(b"{")?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        let mut last: Option<&[u8]> = None;
        loop {
            let start = self.at;
            let name = self.pass_text()?;
            if last.is_some_and(|last| !in_order(last, name)) {
                return Err(NotCanonical { at: start });
            }
            last = Some(name);
            self.expect(b":")?;
            let shape = self.pass(depth + 1)?;
            found(name, shape);
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.fault()),
            }
        }
    }

    /// Passes over a text and answers with its spelling between the quotation marks. That it is UTF-8 is known.
    fn pass_text(&mut self) -> Result<&'a [u8], NotCanonical> {
        self.expect(b"\"")?;
        let start = self.at;
        loop {
            let rest = &self.bytes[self.at..];
            let plain = memchr::memchr2(b'"', b'\\', rest).ok_or(NotCanonical { at: self.bytes.len() })?;
            // Without a way out in the middle, the compiler looks at many bytes at once.
            #[expect(
                clippy::needless_bitwise_bool,
                reason = "a lazy or is a way out in the middle"
            )]
            let control = rest[..plain]
                .iter()
                .fold(false, |found, byte| found | (*byte < 0x20));
            if control {
                return Err(self.fault());
            }
            self.at += plain + 1;
            if rest[plain] == b'"' {
                return Ok(&self.bytes[start..self.at - 1]);
            }
            let at = self.at - 1;
            self.escape().ok_or(NotCanonical { at })?;
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, NotCanonical> {
        self.expect(b"[")?;
        let mut values = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::List(values));
                }
                _ => return Err(self.fault()),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, NotCanonical> {
        self.expect(b"{")?;
        let mut fields = BTreeMap::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Map(fields));
        }
        loop {
            let start = self.at;
            let name = self.text()?;
            if fields.last_key_value().is_some_and(|(last, _)| name <= *last) {
                return Err(NotCanonical { at: start });
            }
            self.expect(b":")?;
            let value = self.value(depth + 1)?;
            fields.insert(name, value);
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Map(fields));
                }
                _ => return Err(self.fault()),
            }
        }
    }

    fn text(&mut self) -> Result<String, NotCanonical> {
        self.expect(b"\"")?;
        let start = self.at;
        let mut text = Vec::new();
        loop {
            let at = self.at;
            let byte = self.peek().ok_or_else(|| self.fault())?;
            self.at += 1;
            match byte {
                b'"' => break,
                b'\\' => {
                    let escaped = self.escape().ok_or(NotCanonical { at })?;
                    text.push(escaped);
                }
                0..=0x1f => return Err(NotCanonical { at }),
                _ => text.push(byte),
            }
        }
        String::from_utf8(text).map_err(|error| NotCanonical {
            at: start + error.utf8_error().valid_up_to(),
        })
    }

    /// The byte behind a backslash; none where it has a shorter spelling or none.
    fn escape(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'"' | b'\\' => Some(byte),
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(0x08),
            b'f' => Some(0x0c),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                self.at += 4;
                let lower = |digit: &u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
                if !digits.iter().all(lower) {
                    return None;
                }
                let code = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
                (code < 0x20 && !matches!(code, 0x08 | 0x09 | 0x0a | 0x0c | 0x0d)).then_some(code)
            }
            _ => None,
        }
    }
}

/// Whether digits that are a number are its shortest spelling.
fn has_one_spelling(digits: &str) -> bool {
    let positive = digits.strip_prefix('-').unwrap_or(digits);
    digits == "0" || !positive.starts_with('0')
}

/// Whether a name, as spelled, stands before another in a map: by the bytes that the spellings mean.
fn in_order(first: &[u8], second: &[u8]) -> bool {
    if !first.contains(&b'\\') && !second.contains(&b'\\') {
        return first < second;
    }
    let meant = |spelling: &[u8]| {
        Reader {
            bytes: &[b"\"", spelling, b"\""].concat(),
            at: 0,
        }
        .text()
    };
    matches!((meant(first), meant(second)), (Ok(first), Ok(second)) if first < second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Int),
            any::<String>().prop_map(Value::Text),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
                prop::collection::btree_map(any::<String>(), inner, 0..5).prop_map(Value::Map),
            ]
        })
    }

    #[test]
    fn maps_are_sorted_and_texts_kept_as_they_are() {
        let value = Value::map([
            ("value", Value::text("17.66")),
            ("quote", Value::text("giảm 3,51%\n«xuống» \"17,78%\"")),
            ("upper", Value::Null),
            ("seen", Value::List(vec![Value::Int(-3), Value::Bool(true)])),
        ]);
        assert_eq!(
            String::from_utf8(value.encode()).unwrap(),
            r#"{"quote":"giảm 3,51%\n«xuống» \"17,78%\"","seen":[-3,true],"upper":null,"value":"17.66"}"#
        );
    }

    #[test]
    fn every_other_spelling_is_refused() {
        for text in [
            "",
            " 1",
            "1 ",
            "01",
            "-0",
            "+1",
            "1.0",
            "1e3",
            "9223372036854775808",
            "nul",
            "\"",
            "\"\\/\"",
            "\"\\u0041\"",
            "\"\\u000a\"",
            "\"\\u001F\"",
            "\"\t\"",
            "[1, 2]",
            "[1,]",
            "{\"b\":1,\"a\":2}",
            "{\"a\":1,\"a\":2}",
            "{\"a\" :1}",
            "{a:1}",
            "1,2",
        ] {
            assert!(Value::decode(text.as_bytes()).is_err(), "{text}");
        }
        assert!(Value::decode("[".repeat(100_000).as_bytes()).is_err());
        assert!(Value::decode(b"\"\xff\"").is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_equal(value in any_value()) {
            prop_assert_eq!(Value::decode(&value.encode()), Ok(value));
        }

        #[test]
        fn passing_over_judges_as_reading_does(value in any_value(), bytes in "[\\[\\]{}\",:a-c0-9\\\\un-]{0,24}") {
            let wrapped = Value::map([("x", value)]).encode();
            prop_assert!(fields(&wrapped).is_ok());
            let wrapped = format!("{{\"x\":{bytes}}}");
            prop_assert_eq!(fields(wrapped.as_bytes()).is_ok(), Value::decode(wrapped.as_bytes()).is_ok(), "{}", wrapped);
            let wrapped = format!("{{{bytes}}}");
            prop_assert_eq!(fields(wrapped.as_bytes()).is_ok(), Value::decode(wrapped.as_bytes()).is_ok(), "{}", wrapped);
        }

        #[test]
        fn what_can_be_read_is_written_the_same_way(bytes in "[\\[\\]{}\",:a-c0-9\\\\un-]{0,24}") {
            if let Ok(value) = Value::decode(bytes.as_bytes()) {
                prop_assert_eq!(value.encode(), bytes.into_bytes());
            }
        }
    }
}
