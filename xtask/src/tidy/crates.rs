//! The table of crates in `ARCHITECTURE.md`: names, the one job of each, what it imports; and the floors they stand on.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::{Context as _, bail, ensure};

use crate::paths;

const PAGE: &str = "ARCHITECTURE.md";
const BEGIN: &str = "<!-- crates: written by `cargo xtask tidy` -->";
const END: &str = "<!-- end of crates -->";

/// The floors of the house, from below; a crate imports only from floors below its own.
const FLOORS: &[&[&str]] = &[
    &["terms"],
    &["figures", "plan", "ledger", "i18n"],
    &["engine", "charts"],
    &["store", "exchange", "documents", "oidc"],
    &["app"],
    &["web"],
    &["rorang"],
];

struct Crate {
    name: String,
    job: String,
    imports: Vec<String>,
}

pub(super) fn write() -> anyhow::Result<()> {
    let path = paths::root().join(PAGE);
    let page = std::fs::read_to_string(&path).with_context(|| format!("reading {PAGE}"))?;
    std::fs::write(&path, with_table(&page, &table(&crates()?))?).with_context(|| format!("writing {PAGE}"))
}

/// The crates of the workspace, from the floor above to the cellar, chores last.
fn crates() -> anyhow::Result<Vec<Crate>> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(paths::root())
        .output()?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut found: Vec<Crate> = packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().into_iter().flatten();
            let mut imports: Vec<String> = dependencies
                .filter(|dependency| dependency["kind"].is_null())
                .filter_map(|dependency| dependency["name"].as_str())
                .filter(|name| names.contains(name))
                .map(str::to_owned)
                .collect();
            imports.sort();
            Crate {
                name: package["name"].as_str().unwrap_or_default().to_owned(),
                job: package["description"].as_str().unwrap_or_default().to_owned(),
                imports,
            }
        })
        .collect();
    found.sort_by_key(|one| {
        (floor(&one.name).map_or(usize::MAX, |floor| FLOORS.len() - floor), one.name.clone())
    });
    Ok(found)
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&name))
}

fn table(crates: &[Crate]) -> String {
    let mut text = "| Crate | Its one job | Imports of ours |\n| --- | --- | --- |\n".to_owned();
    for one in crates {
        let imports: Vec<String> = one.imports.iter().map(|name| format!("`{name}`")).collect();
        let imports = if imports.is_empty() { "–".to_owned() } else { imports.join(", ") };
        let folder = if one.name == "xtask" { "xtask".to_owned() } else { format!("crates/{}", one.name) };
        let _ = writeln!(text, "| [`{}`]({folder}) | {} | {imports} |", one.name, one.job);
    }
    text
}

/// The page with its table replaced.
fn with_table(page: &str, table: &str) -> anyhow::Result<String> {
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else {
        bail!("{PAGE} has lost the marks between which its table of crates stands");
    };
    Ok(format!("{before}{BEGIN}\n{table}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_crates_is_as_cargo_tells() {
        let page = std::fs::read_to_string(paths::root().join(PAGE)).unwrap();
        let written = with_table(&page, &table(&crates().unwrap())).unwrap();
        assert!(page == written, "{PAGE} is stale: run `cargo xtask tidy`");
    }

    #[test]
    fn no_crate_imports_its_sibling_or_a_floor_above() {
        let mut wrong = Vec::new();
        for one in crates().unwrap().iter().filter(|one| one.name != "xtask") {
            let Some(own) = floor(&one.name) else {
                wrong.push(format!("{} stands on no floor: add it to FLOORS", one.name));
                continue;
            };
            let above = one.imports.iter().filter(|name| floor(name).is_none_or(|floor| own <= floor));
            wrong.extend(above.map(|name| format!("{} imports {name}", one.name)));
        }
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn every_crate_says_its_one_job() {
        let silent: Vec<_> = crates().unwrap().into_iter().filter(|one| one.job.len() < 15).map(|one| one.name).collect();
        assert_eq!(silent, [""; 0]);
    }
}
