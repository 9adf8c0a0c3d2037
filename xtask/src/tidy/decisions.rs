//! The list of decisions, `docs/decisions/README.md`: number and title of each, as its first line says them.

use std::fmt::Write as _;

use anyhow::Context as _;

use crate::paths;

const FOLDER: &str = "docs/decisions";

struct Decision {
    /// Its file, `NNNN-title.md`.
    file: String,
    /// Its first line without number and marks.
    title: String,
}

pub(super) fn write() -> anyhow::Result<()> {
    let page = paths::root().join(FOLDER).join("README.md");
    std::fs::write(&page, list(&decisions()?)).with_context(|| format!("writing {}", page.display()))
}

/// Every decision, by number.
fn decisions() -> anyhow::Result<Vec<Decision>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(paths::root().join(FOLDER)).context(FOLDER)? {
        let entry = entry?;
        let file = entry.file_name().to_string_lossy().into_owned();
        if file == "README.md" {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).with_context(|| file.clone())?;
        let first = text.lines().next().unwrap_or_default();
        let title = first.trim_start_matches(|sign: char| "# –:.".contains(sign) || sign.is_ascii_digit());
        found.push(Decision { title: title.to_owned(), file });
    }
    found.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(found)
}

fn list(decisions: &[Decision]) -> String {
    let mut text = "# Decisions\n\n\
        Why things are so, one page each: context, choice, what was rejected, what would change our mind. Numbers are\n\
        given by field and have gaps; a decision that no longer holds says which one took its place. The list is written\n\
        by `cargo xtask tidy`.\n\n"
        .to_owned();
    for one in decisions {
        let number = one.file.get(..4).unwrap_or_default();
        let _ = writeln!(text, "- [{number}]({}) {}", one.file, one.title);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_decisions_is_as_their_titles_say() {
        let page = std::fs::read_to_string(paths::root().join(FOLDER).join("README.md")).unwrap();
        assert!(page == list(&decisions().unwrap()), "{FOLDER}/README.md is stale: run `cargo xtask tidy`");
    }

    #[test]
    fn a_decision_has_a_number_of_its_own_a_title_and_one_page() {
        let mut numbers = std::collections::BTreeSet::new();
        for one in decisions().unwrap() {
            let number = one.file.get(..4).unwrap_or_default();
            assert!(number.parse::<u16>().is_ok(), "{} has no number", one.file);
            assert!(numbers.insert(number.to_owned()), "two decisions have the number of {}", one.file);
            let text = std::fs::read_to_string(paths::root().join(FOLDER).join(&one.file)).unwrap();
            assert!(text.starts_with(&format!("# {number}")), "{} does not begin with its number", one.file);
            assert!(!one.title.is_empty(), "{} has no title", one.file);
            assert!(text.lines().count() <= 80, "{} is longer than a page", one.file);
        }
    }
}
