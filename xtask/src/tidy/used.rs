//! What nothing uses goes: messages that no code asks for, classes that no page has.
//!
//! Names are often made of parts (`format!("task-stage-{}", …)`), so a name counts as used where it stands in the code
//! whole, or where the code makes names with its beginning or its end and the rest of it is a word of the code.

use std::collections::BTreeSet;

use super::sources;

/// The words and the made names of a text.
struct Said<'a> {
    /// Runs of letters, digits, `-` and `_`.
    words: BTreeSet<&'a str>,
    /// The same in small letters, with `-` for `_` and `.`: codes as they stand in names.
    codes: BTreeSet<String>,
    /// What stands before and after one `{…}`; `before-{}-after`.
    made: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Said<'a> {
    fn of(text: &'a str) -> Self {
        let in_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
        let words: BTreeSet<&str> = text.split(|sign| !in_word(sign)).filter(|word| !word.is_empty()).collect();
        let in_code = |sign: char| in_word(sign) || sign == '.' || sign == ' ';
        let codes = text
            .split(|sign| !in_code(sign))
            .filter(|code| !code.is_empty() && code.len() < 60)
            .chain(words.iter().copied())
            .map(|code| code.trim().to_lowercase().replace(['_', '.', ' '], "-"))
            .collect();
        let mut made = BTreeSet::new();
        for (at, _) in text.match_indices('{') {
            let before = text[..at].trim_end_matches('$');
            let before = &before[before.trim_end_matches(in_word).len()..];
            let Some((_, after)) = text[at..].split_once('}').filter(|(inside, _)| inside.len() < 60) else {
                continue;
            };
            let after = &after[..after.len() - after.trim_start_matches(in_word).len()];
            if before.ends_with('-') || after.starts_with('-') {
                made.insert((before, after));
            }
        }
        Said { words, codes, made }
    }

    fn uses(&self, name: &str) -> bool {
        self.words.contains(name)
            || self.made.iter().any(|(before, after)| {
                let rest = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
                rest.is_some_and(|rest| self.has(rest))
            })
    }

    /// Whether a part of a name is a word or a code, or one with an ending that the code adds (`"-years"`).
    fn has(&self, part: &str) -> bool {
        let ended = |(at, _)| self.codes.contains(&part[..at]) && self.words.contains(&part[at..]);
        !part.is_empty()
            && (self.codes.contains(part) || self.words.contains(part) || part.match_indices('-').any(ended))
    }
}

#[test]
fn every_message_is_asked_for() {
    let code = sources::text(&["crates", "data"], &["rs", "mjs", "js", "csv", "txt"]);
    let said = Said::of(&code);
    // Help of commands is asked for by what clap knows; a test of `rorang` holds it both ways.
    let messages = sources::text(&["crates/i18n/messages/vi"], &["ftl"]);
    let keys = messages.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key));
    let keys = keys.filter(|key| !key.starts_with([' ', '#', '-']) && !key.starts_with("cli-rorang"));
    let idle: Vec<&str> = keys.filter(|key| !said.uses(key) && !messages.contains(&format!("{{ {key} }}"))).collect();
    assert_eq!(idle, [""; 0], "messages that nothing asks for");
}

#[test]
fn every_class_of_the_style_sheets_is_on_a_page() {
    let code = sources::text(&["crates"], &["rs", "mjs", "js"]);
    let said = Said::of(&code);
    let mut idle = BTreeSet::new();
    for file in sources::files("crates/web/assets", &["css"]) {
        let text = std::fs::read_to_string(&file).unwrap();
        let rules = text.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest));
        for part in rules.flat_map(|rule| rule.split('.').skip(1)) {
            let end = part.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-' && sign != '_');
            let class = &part[..end.unwrap_or(part.len())];
            let is_class = class.starts_with(|sign: char| sign.is_ascii_alphabetic());
            if is_class && !["woff2", "svg", "css"].contains(&class) && !said.uses(class) {
                idle.insert(class.to_owned());
            }
        }
    }
    assert_eq!(idle, BTreeSet::new(), "classes that no page has");
}

#[test]
fn a_name_is_used_whole_or_made_of_parts() {
    let said = Said::of(r#"t("home"); format!("stage-{}", "under_way"); format!("{key}-title"); "error-404""#);
    for name in ["home", "stage-under-way", "error-404-title"] {
        assert!(said.uses(name), "{name}");
    }
    for name in ["away", "stage-done", "error-405-title", "error-404-text"] {
        assert!(!said.uses(name), "{name}");
    }
}
