//! Names of places beside those of the units: `rules/places.txt`.

use crate::Error;

const FILE: &str = "rules/places.txt";
const RULES: &str = include_str!("../../rules/places.txt");

/// What a line of the file says.
pub(super) enum Rule<'a> {
    /// Another way in which a province is written.
    Name { code: &'a str, name: &'a str },
    /// A region: no code, so its name.
    Region(&'a str),
    /// The province of today that holds the ground of the one which had this number until 30 June 2025.
    Holds { code: &'a str, number: &'a str },
}

/// All rules of the file.
pub(super) fn rules() -> Result<Vec<Rule<'static>>, Error> {
    let mut rules = Vec::new();
    for (number, line) in RULES.lines().enumerate() {
        let wrong = || Error::Rule {
            file: FILE,
            line: number + 1,
        };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (head, names) = line.split_once(':').ok_or_else(wrong)?;
        let (mark, code) = head.split_once(' ').unwrap_or((head, ""));
        for name in names.split(" | ").map(str::trim) {
            rules.push(match mark {
                "name" => Rule::Name { code, name },
                "region" => Rule::Region(name),
                "holds" => Rule::Holds { code, number: name },
                _ => return Err(wrong()),
            });
        }
    }
    Ok(rules)
}
