//! Every message that a page names exists.

use std::collections::BTreeSet;
use std::path::Path;

use terms::Language;

/// The words in quotes of a source text that look like a message's key.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').filter(|part| {
        part.starts_with("web-")
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    })
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_message_that_a_page_names_exists_and_none_is_left_over() {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    let used: BTreeSet<&str> = texts.iter().flat_map(|text| keys(text)).collect();
    let known: BTreeSet<&str> = i18n::keys(Language::Vi)
        .filter(|key| key.starts_with("web-"))
        .collect();
    // Keys of error pages have `-title` and `-text` added, families have their codes added.
    let missing: Vec<_> = used
        .iter()
        .filter(|key| !known.contains(*key) && !known.contains(format!("{key}-title").as_str()))
        .collect();
    assert!(missing.is_empty(), "not in the message files: {missing:?}");
    let families = [
        "web-error-",
        "web-status-",
        "web-sdg-",
        "web-group-",
        "web-basis-",
        "web-role-",
        "web-act-",
        "web-reach-",
        "web-public-",
        "web-missing-",
    ];
    let left: Vec<_> = known
        .iter()
        .filter(|key| !used.contains(*key) && !families.iter().any(|family| key.starts_with(family)))
        .collect();
    assert!(left.is_empty(), "no page uses: {left:?}");
}

#[test]
fn every_code_that_pages_turn_into_words_has_one() {
    let mut wanted: Vec<String> = Vec::new();
    for status in app::scoreboard::Status::ALL {
        wanted.push(format!("web-status-{}", status.code()));
        wanted.push(format!("web-status-{}-means", status.code()));
    }
    wanted.extend(
        app::scoreboard::SdgClass::ALL
            .iter()
            .map(|class| format!("web-sdg-{}", class.code().replace('_', "-"))),
    );
    wanted.extend(
        plan::Basis::ALL
            .iter()
            .filter(|basis| **basis != plan::Basis::AtDue)
            .map(|basis| format!("web-basis-{}", basis.code().replace('_', "-"))),
    );
    wanted.extend(
        app::policy::Role::ALL
            .iter()
            .map(|role| format!("web-role-{}", role.code())),
    );
    wanted.extend(terms::Kind::ALL.iter().map(|kind| format!("kind-{kind}")));
    wanted.extend(
        terms::Measure::ALL
            .iter()
            .map(|measure| format!("measure-{measure}")),
    );
    wanted.extend(terms::Bound::ALL.iter().map(|bound| format!("bound-{bound}")));
    wanted.extend(
        plan::Edition::ALL
            .iter()
            .map(|edition| format!("edition-{edition}")),
    );
    for language in Language::ALL {
        let missing: Vec<_> = wanted
            .iter()
            .filter(|key| i18n::message(language, key, &[]).is_none())
            .collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}
