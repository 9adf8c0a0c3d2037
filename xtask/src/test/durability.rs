//! A short run of `cargo xtask kill`: what the server acknowledged outlives it.

use super::counts::Counts;
use crate::{kill, program};

/// Few, but enough for each kind of moment: while it starts, at the first act, in the middle of many.
const ROUNDS: u64 = 20;

pub(super) fn run() -> anyhow::Result<Counts> {
    let tally = kill::rounds_of(&program::build(false)?, ROUNDS, 20_261_122)?;
    println!("{tally:?}");
    let written = tally.acknowledged > 0;
    Ok(Counts::one(tally.is_clean() && written))
}
