//! Specimens with bytes changed, cut out and repeated: reading may refuse them, and never panics or hangs.
//!
//! A short run of what the fuzz targets do at length; it needs no other toolchain and is the same on every machine.

use std::time::Duration;

use documents::{CODES, Limits};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::specimen;

#[derive(Debug, Clone)]
enum Change {
    Set(prop::sample::Index, u8),
    Cut(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        4 => (place(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        1 => (place(), 1..200_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        1 => (place(), 1..200_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    match change {
        Change::Set(at, byte) => *at.get_mut(bytes) = *byte,
        Change::Cut(at, length) => {
            let from = at.index(bytes.len());
            let to = (from + length).min(bytes.len());
            bytes.drain(from..to);
        }
        Change::Repeat(at, length) => {
            let from = at.index(bytes.len());
            let to = (from + length).min(bytes.len());
            let piece = bytes[from..to].to_vec();
            bytes.splice(from..from, piece);
        }
    }
}

fn survive(name: &str, cases: u32) {
    let original = specimen(name);
    let limits = Limits {
        unpacked_bytes: 20_000_000,
        time: Duration::from_mins(5),
        ..Limits::STANDARD
    };
    let mut runner = TestRunner::new_with_rng(
        Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        },
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let changes = prop::collection::vec(change(), 1..12);
    let survived = runner.run(&changes, |changes| {
        let mut bytes = original.clone();
        for change in &changes {
            apply(&mut bytes, change);
        }
        match documents::read(name, &bytes, &limits) {
            Ok((document, _)) => {
                let mut end = 0;
                for block in &document.blocks {
                    prop_assert!(end <= block.span.start && block.span.end <= document.text.len());
                    prop_assert!(
                        document
                            .text
                            .get(block.span.clone())
                            .is_some_and(|text| !text.is_empty())
                    );
                    end = block.span.end;
                }
            }
            Err(error) => {
                prop_assert!(CODES.contains(&error.diagnostic.code));
                prop_assert!(error.diagnostic.code != "took-too-long");
            }
        }
        Ok(())
    });
    if let Err(failure) = survived {
        panic!("{name}: {failure}");
    }
}

#[test]
fn changed_pages_are_read_or_refused() {
    survive("bai-bao.html", 150);
}

#[test]
fn changed_word_files_are_read_or_refused() {
    survive("bao-cao.docx", 60);
}

#[test]
fn changed_workbooks_are_read_or_refused() {
    survive("so-lieu.xlsx", 100);
}

#[test]
fn changed_pdfs_are_read_or_refused() {
    survive("bang-ke.pdf", 30);
    survive("khoa-quyen.pdf", 30);
}
