//! Any bytes are a document or a diagnostic; the blocks of a document lie in its text, in order, on whole characters.
#![no_main]

use std::time::Duration;

use documents::Limits;
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits {
    unpacked_bytes: 20_000_000,
    pages: 50,
    cells: 20_000,
    time: Duration::from_secs(5),
    ..Limits::STANDARD
};

fuzz_target!(|bytes: &[u8]| {
    // Formats are told by content; the name decides only where content leaves it open.
    for name in ["any", "any.html"] {
        let Ok((document, _)) = documents::read(name, bytes, &LIMITS) else {
            continue;
        };
        let mut end = 0;
        for block in &document.blocks {
            assert!(end <= block.span.start, "blocks overlap");
            assert!(
                document.text.get(block.span.clone()).is_some(),
                "a block lies outside the text"
            );
            end = block.span.end;
        }
    }
});
