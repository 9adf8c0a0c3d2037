//! `cargo xtask tidy`: writes the lists that can be made from the repository; its tests hold the house and its papers
//! together.
//!
//! The table of crates is made from `cargo metadata` ([`crates`]), the list of decisions from their titles
//! ([`decisions`]), so neither can go stale. What cannot be written by itself is asked: links, names of tests, words of
//! the glossary (`papers`), messages and classes that nothing uses (`used`).

mod crates;
mod decisions;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod used;

pub(crate) fn run(_arguments: &[String]) -> anyhow::Result<()> {
    crates::write()?;
    decisions::write()
}
