//! What of a failing database a person can mend, told as a diagnostic.

use terms::{Diagnostic, Place};

use crate::Error;

impl Error {
    /// What stands in the way and the way out; none where it is for the log alone.
    pub fn trouble(&self) -> Option<Diagnostic> {
        let Error::Store(error) = self else {
            return None;
        };
        let code = match (error.why(), error) {
            (Some(why), _) => why.diagnostic(),
            (None, store::Error::Busy(_)) => "database-busy",
            (None, store::Error::KeyFile { why, .. }) => why.diagnostic(),
            (None, _) => return None,
        };
        let mut place = Place::default();
        if let store::Error::Open(source) = error {
            let unusable = source.downcast_ref::<store::Unusable>();
            place.file = unusable.map(|unusable| unusable.file.display().to_string());
        }
        if let store::Error::KeyFile { file, .. } = error {
            place.file = Some(file.display().to_string());
        }
        Some(Diagnostic::error(code, place))
    }
}
