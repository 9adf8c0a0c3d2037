//! Places that a line names.

use crate::Error;
use crate::fold::Folding;
use crate::lexicon::Lexicon;

/// The country's units by name.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {}

impl Gazetteer {
    pub(crate) fn new(_units: &str, _folding: &Folding, _lexicons: [&mut Lexicon; 3]) -> Result<Self, Error> {
        Ok(Self::default())
    }
}
