//! What our papers point at is there: pages, tests, names in the code.

use super::sources;
use crate::paths;

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn read(page: &str) -> String {
    std::fs::read_to_string(paths::root().join(page)).unwrap()
}

#[test]
fn links_between_our_pages_lead_somewhere() {
    let mut broken = Vec::new();
    for page in sources::files(".", &["md"]) {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()) {
            let target = link.split('#').next().unwrap_or_default();
            let elsewhere = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !elsewhere && !page.parent().unwrap_or(&page).join(target).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn files_that_our_pages_name_are_there() {
    const ROOMS: [&str; 6] = ["crates/", "data/", "docs/", "e2e/", "examples/", "xtask/"];
    let mut gone = Vec::new();
    for page in sources::files(".", &["md"]) {
        let text = std::fs::read_to_string(&page).unwrap();
        for name in quoted(&text).filter(|name| ROOMS.iter().any(|room| name.starts_with(room))) {
            // `NAME` and the like stand for any, and so do blanks in a command.
            let is_one = !name.contains(['*', '{', '<', ' ', '…', '\n', ':']) && !name.contains("NA") && !name.contains("NNNN");
            if is_one && !paths::root().join(name).exists() {
                gone.push(format!("{}: {name}", page.display()));
            }
        }
    }
    assert_eq!(gone, [""; 0]);
}

#[test]
fn invariants_name_tests_that_are_there() {
    let page = read("ARCHITECTURE.md");
    let lines = page.split("Held by ").skip(1).filter_map(|rest| rest.lines().next());
    let held: Vec<&str> = lines.flat_map(quoted).collect();
    let sources = sources::text(&["crates", "xtask", "e2e"], &["rs", "mjs"]);
    let missing: Vec<_> = held.iter().filter(|name| !sources.contains(**name)).collect();
    assert!(!held.is_empty());
    assert!(missing.is_empty(), "ARCHITECTURE.md names tests that are not there: {missing:?}");
}

#[test]
fn the_list_of_security_names_tests_that_are_there() {
    let page = read("docs/security.md");
    let sources = sources::text(&["crates", "xtask"], &["rs"]);
    let files = sources::files("crates", &["rs"]);
    // The last column of a row names tests: `crate::file::test`, `crate::file` or the test alone, `…` for what is left out.
    let held = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.rsplit(" | ").next());
    let mut missing = Vec::new();
    for name in held.flat_map(quoted).filter(|name| !name.contains(' ')) {
        let last = name.rsplit("::").next().unwrap_or(name).trim_end_matches('…');
        let file = files.iter().any(|file| {
            file.file_stem().is_some_and(|stem| stem == last) || file.parent().is_some_and(|folder| folder.ends_with(last))
        });
        let ends: &[&str] = if name.ends_with('…') { &[""] } else { &["(", "<"] };
        if !file && !ends.iter().any(|end| sources.contains(&format!("fn {last}{end}"))) {
            missing.push(name.to_owned());
        }
    }
    assert_eq!(missing, [""; 0]);
}

#[test]
fn the_glossary_speaks_as_the_code_does() {
    let page = read("docs/glossary.md");
    let sources = sources::text(&["crates", "data"], &["rs", "csv"]);
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").nth(2));
    let names: Vec<&str> = rows.flat_map(quoted).collect();
    assert!(!names.is_empty());
    let gone = |name: &&&str| {
        let last = name.rsplit("::").next().unwrap_or(name);
        !std::path::Path::new(&paths::root().join(last)).exists()
            && !last.split(['{', '}', ',', ' ']).all(|word| sources.contains(word))
    };
    assert_eq!(names.iter().filter(gone).collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn every_file_of_data_and_of_the_example_is_told_in_its_readme() {
    let mut untold = Vec::new();
    for folder in ["data", "examples/dien-bien"] {
        let page = read(&format!("{folder}/README.md"));
        for entry in std::fs::read_dir(paths::root().join(folder)).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !["README.md", "NOTICE"].contains(&name.as_str()) && !page.contains(&format!("`{name}")) {
                untold.push(format!("{folder}/{name}"));
            }
        }
    }
    assert_eq!(untold, [""; 0]);
}
