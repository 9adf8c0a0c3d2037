//! Which thing of the register: typed numbers, each the number of the entry that recorded the thing.

use std::fmt;
use std::str::FromStr;

use terms::ids::InvalidId;

macro_rules! entry_ids {
    ($($(#[$doc:meta])* $type:ident, $what:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $type(pub u64);

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $type {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                number(text).map(Self).ok_or_else(|| InvalidId { what: $what, text: text.to_owned() })
            }
        }
    )+};
}

entry_ids! {
    /// A document: the number of the entry that added it.
    DocumentId, "document number";
    /// An observation: the number of the entry that recorded it; a correction has a number of its own.
    ObservationId, "observation number";
    /// A target: the number of the entry that recorded it; a revision has a number of its own.
    TargetId, "target number";
    /// A task: the number of the entry that drafted it.
    TaskId, "task number";
    /// A person who signs in. Not personal data: the name stands elsewhere and can be deleted.
    UserId, "user number";
}

/// A figure that was found in a document: the document, and its place in the order of the text, from 1.
///
/// Written `12.3`: figure 3 of document 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureId {
    /// The document in which it stands.
    pub document: DocumentId,
    /// Its number within the document, from 1.
    pub ordinal: u32,
}

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.document, self.ordinal)
    }
}

impl FromStr for FigureId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidId {
            what: "figure number",
            text: text.to_owned(),
        };
        let (document, ordinal) = text.split_once('.').ok_or_else(invalid)?;
        let ordinal = number(ordinal).and_then(|ordinal| u32::try_from(ordinal).ok());
        Ok(Self {
            document: document.parse().map_err(|_| invalid())?,
            ordinal: ordinal.ok_or_else(invalid)?,
        })
    }
}

/// A plain positive number without sign or leading zero, small enough for a database's signed integer.
fn number(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    plain
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number| i64::try_from(*number).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_what_they_print_and_nothing_else() {
        assert_eq!("12".parse(), Ok(TargetId(12)));
        assert_eq!(
            "12.3".parse(),
            Ok(FigureId {
                document: DocumentId(12),
                ordinal: 3
            })
        );
        for wrong in [
            "",
            "0",
            "012",
            "+1",
            "-1",
            "1.",
            ".1",
            "1.2.3",
            "99999999999999999999",
            "9223372036854775808",
        ] {
            assert!(wrong.parse::<TargetId>().is_err(), "{wrong}");
            assert!(wrong.parse::<FigureId>().is_err(), "{wrong}");
        }
    }
}
