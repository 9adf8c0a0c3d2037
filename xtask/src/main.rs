//! Chores of the repository: `cargo xtask NAME …`, one file a chore.
//!
//! To add one: write `NAME.rs` with `pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()>`, and add one line to
//! the list below.

mod chance;
mod http;
mod paths;
mod program;

use std::process::ExitCode;

/// Makes the table of chores: its module, name and one line of help from one line each.
macro_rules! chores {
    ($($name:literal => $module:ident: $help:literal),* $(,)?) => {
        $(mod $module;)*
        const CHORES: &[(&str, &str, fn(&[String]) -> anyhow::Result<()>)] =
            &[$(($name, $help, $module::run)),*];
    };
}

chores! {
    "bench" => bench: "measure beside the peers  NAME [--json]",
    "kill" => kill: "kill the server under load, and look for what is lost  [--rounds N] [--seed S] [--debug] [--json]",
    "load" => load: "all communes enter reports at once while others read  [--seconds N] [--debug] [--json]",
    "score" => score: "score the reader on the annotated texts  [--json]",
    "test" => test: "every check that a change must pass  [SUITE…]",
    "tidy" => tidy: "write the table of crates and the list of decisions",
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let chore = arguments
        .first()
        .and_then(|name| CHORES.iter().find(|chore| chore.0 == name));
    let Some((name, help, run)) = chore else {
        eprintln!("cargo xtask CHORE\n");
        for (name, help, _) in CHORES {
            eprintln!("  {name:12} {help}");
        }
        return ExitCode::from(2);
    };
    if arguments.iter().any(|argument| argument == "--help") {
        println!("cargo xtask {name}: {help}");
        return ExitCode::SUCCESS;
    }
    match run(&arguments[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
