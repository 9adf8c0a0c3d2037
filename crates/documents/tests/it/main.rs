//! Specimens of every format read whole; bad input; mutations of the specimens.

mod bad_input;
mod encodings;
mod grid;
mod mutations;
mod specimens;

use std::path::Path;

use documents::{BlockKind, DocumentText, Limits};
use terms::Diagnostic;

/// The bytes of a file under `tests/specimens`.
fn specimen(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/specimens")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(name: &str, bytes: &[u8]) -> Result<(DocumentText, Vec<Diagnostic>), &'static str> {
    documents::read(name, bytes, &Limits::STANDARD).map_err(|error| error.diagnostic.code)
}

/// Each block's kind and text.
fn blocks(document: &DocumentText) -> Vec<(BlockKind, &str)> {
    document
        .blocks
        .iter()
        .map(|block| (block.kind, &document.text[block.span.clone()]))
        .collect()
}
