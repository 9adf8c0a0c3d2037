//! The check of an exported record and the making of a proof, beside the limit: hashing the same bytes once.
//!
//! `cargo xtask bench ledger [--json] [--entries N]`. Every result is checked: the record is sound, each proof holds, and
//! the record with one changed byte is refused at its entry.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use ledger::export::{self, Unsound};
use ledger::signed::{Keeper, SignedHead, TreeHead};
use ledger::tree::{self, Tree};
use ledger::{Entry, Head, Value};
use sha2::{Digest, Sha256};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let entries: u64 = arguments
        .iter()
        .position(|argument| argument == "--entries")
        .and_then(|at| arguments.get(at + 1)?.parse().ok())
        .unwrap_or(500_000);
    let (file, tree, signed) = record(entries)?;
    let (mut checks, mut limits) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        checks.push(seconds(|| export::check(file.as_slice()).map(|_| ()))?);
        limits.push(seconds(|| {
            black_box(Sha256::digest(&file));
            Ok::<_, Unsound>(())
        })?);
    }
    let (check_s, limit_s) = (median(checks), median(limits));
    refuses_one_changed_byte(&file, entries)?;
    let proof_ms = proof_ms(&tree, &signed)?;
    let entries_per_s = entries as f64 / check_s;
    if as_json {
        let report = serde_json::json!({
            "entries": entries, "bytes": file.len(), "verify_entries_per_s": entries_per_s,
            "proof_ms": proof_ms, "vs_hashing_once": check_s / limit_s,
        });
        println!("{report}");
    } else {
        println!("{entries} entries, {} bytes", file.len());
        println!("verify           {entries_per_s:.0} entries a second");
        println!(
            "  beside hashing {:.1} times the time of one SHA-256 over the same bytes",
            check_s / limit_s
        );
        println!("proof            {proof_ms:.4} ms, made and checked");
    }
    Ok(())
}

/// Such an entry as a review makes.
fn entry(number: u64) -> Entry {
    Entry {
        kind: "figure-reviewed".to_owned(),
        author: Some(3),
        unit: Some("VN-11".to_owned()),
        post: None,
        recorded_at: 1_767_225_600_000_000,
        body: Value::map([
            ("figure", Value::text(format!("12.{number}"))),
            ("reason", Value::text("đúng nguyên văn trong báo cáo tháng 3")),
            ("verdict", Value::map([("accept", Value::text("joins 123"))])),
        ]),
    }
}

/// An exported record of this many of them.
fn record(entries: u64) -> Result<(Vec<u8>, Tree, SignedHead)> {
    let (mut head, mut tree, mut file) = (Head::EMPTY, Tree::default(), Vec::new());
    export::begin(&mut file)?;
    for number in 1..=entries {
        let sealed = entry(number).seal(head);
        head = Head::from(&sealed);
        tree.push(sealed.hash);
        export::write_entry(&mut file, &sealed)?;
    }
    let state = TreeHead {
        size: entries,
        root: tree.root(),
        chain: head.hash,
        signed_at: 1,
    };
    let signed = Keeper::new(&[1; 32]).sign(state);
    file.extend(format!("{}\n", export::head_line(&signed)).bytes());
    Ok((file, tree, signed))
}

fn refuses_one_changed_byte(file: &[u8], entries: u64) -> Result<()> {
    let middle = entries / 2;
    let line = format!("\n{middle} ");
    let at = file
        .windows(line.len())
        .position(|window| window == line.as_bytes())
        .context("the middle entry")?;
    let mut changed = file.to_vec();
    changed[at + line.len() + 100] ^= 1;
    match export::check(changed.as_slice()) {
        Err(Unsound::Broken { broken, .. }) => {
            ensure!(broken.number == middle, "located at {}", broken.number)
        }
        other => anyhow::bail!("a changed byte was told as {other:?}"),
    }
    Ok(())
}

/// Milliseconds for making one proof of inclusion and checking it.
fn proof_ms(tree: &Tree, signed: &SignedHead) -> Result<f64> {
    let TreeHead { size, root, .. } = signed.head;
    let step = (size / 1_000).max(1);
    let start = Instant::now();
    let mut proofs = 0;
    let mut kept = Vec::new();
    for number in (1..=size).step_by(usize::try_from(step)?) {
        kept.push((
            number,
            tree.inclusion(number).context("an entry without a proof")?,
        ));
        proofs += 1;
    }
    let made = start.elapsed().as_secs_f64() * 1e3 / f64::from(proofs);
    let mut head = Head::EMPTY;
    let mut hashes = Vec::with_capacity(usize::try_from(size)?);
    for number in 1..=size {
        head = Head::from(&entry(number).seal(head));
        hashes.push(head.hash);
    }
    let start = Instant::now();
    for (number, path) in &kept {
        let hash = &hashes[usize::try_from(number - 1)?];
        ensure!(
            tree::includes(&root, size, *number, hash, path),
            "the proof of entry {number} does not hold"
        );
    }
    Ok(made + start.elapsed().as_secs_f64() * 1e3 / f64::from(proofs))
}

fn seconds<E: std::error::Error + Send + Sync + 'static>(
    work: impl FnOnce() -> Result<(), E>,
) -> Result<f64> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64())
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
