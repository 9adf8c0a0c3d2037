//! `cargo xtask test [SUITE…]`: every check that a change must pass, one closing line for all of them.
//!
//! Without names all suites run, cheapest first; a suite that fails does not stop the next. The last line is
//! `N passed, N failed`, the sum over the suites, alone on its line, so that any runner can read it. What a suite needs
//! and the machine lacks is installed into a cache outside the repository, and said; what cannot be checked here is
//! said too and counted neither way.

mod browser;
mod command;
mod counts;
mod durability;
mod fuzz;
mod mail;
mod oidc;
mod rust;
mod supply;
mod tools;

use std::time::Instant;

use anyhow::bail;
use counts::Counts;

/// One suite: its name, what it holds, and how it runs.
struct Suite {
    name: &'static str,
    about: &'static str,
    run: fn() -> anyhow::Result<Counts>,
}

const SUITES: &[Suite] = &[
    Suite { name: "format", about: "the code is formatted", run: rust::format },
    Suite { name: "licences", about: "licences, banned crates, sources, advisories", run: supply::check },
    Suite { name: "lints", about: "clippy finds nothing, warnings are errors", run: rust::lints },
    Suite { name: "tests", about: "all tests of the workspace", run: rust::tests },
    Suite { name: "examples", about: "examples in the documentation run", run: rust::doc_tests },
    Suite {
        name: "durability",
        about: "the server killed under load loses and halves nothing",
        run: durability::run,
    },
    Suite { name: "browser", about: "the pages in a real browser", run: browser::run },
    Suite { name: "mail", about: "digests to a real mail server, calendars read by others", run: mail::run },
    Suite { name: "oidc", about: "signing in by a real OpenID provider", run: oidc::run },
    Suite { name: "fuzz", about: "a short run of each fuzz target", run: fuzz::run },
];

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let chosen = choose(arguments)?;
    let mut total = Counts::default();
    let mut told = Vec::new();
    for suite in chosen {
        println!("\n== {}: {}", suite.name, suite.about);
        let start = Instant::now();
        let counts = (suite.run)().unwrap_or_else(|error| {
            println!("{error:?}");
            Counts::failed(1)
        });
        told.push(format!(
            "{:10} {:5} passed {:3} failed {:4} s{}",
            suite.name,
            counts.passed,
            counts.failed,
            start.elapsed().as_secs(),
            counts.notes.iter().fold(String::new(), |text, note| text + "\n           " + note),
        ));
        total.add(&counts);
    }
    println!("\n{}\n", told.join("\n"));
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed > 0 || total.passed == 0 {
        std::process::exit(1);
    }
    Ok(())
}

/// The suites asked for, in the order of the list; all of them where none is named.
fn choose(names: &[String]) -> anyhow::Result<Vec<&'static Suite>> {
    if let Some(unknown) = names.iter().find(|name| SUITES.iter().all(|suite| suite.name != **name)) {
        let known: Vec<_> = SUITES.iter().map(|suite| suite.name).collect();
        bail!("“{unknown}” is no suite; there are: {}", known.join(", "));
    }
    Ok(SUITES
        .iter()
        .filter(|suite| names.is_empty() || names.iter().any(|name| name == suite.name))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_suites_run_where_none_is_named() {
        assert_eq!(choose(&[]).map(|suites| suites.len()).ok(), Some(SUITES.len()));
    }

    #[test]
    fn an_unknown_suite_is_refused_with_the_list() {
        let error = choose(&["brwoser".to_owned()]).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("brwoser") && error.contains("browser"), "{error}");
    }
}
