//! Whatever is refused can be told in both languages, with a way out.

use terms::Language;

/// Reads the sources for the codes of diagnostics, so that a new one without a message fails here.
#[test]
fn every_diagnostic_has_its_words_and_a_way_out() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut codes = std::collections::BTreeSet::new();
    for folder in [
        "app/src",
        "exchange/src",
        "plan/src/rule.rs",
        "plan/src/document.rs",
    ] {
        let path = std::path::Path::new(root).join(folder);
        for file in crate::test_app::sources(&path) {
            let source = std::fs::read_to_string(file).unwrap();
            let code = source.split("#[cfg(test)]").next().unwrap();
            for call in ["Diagnostic::error(", "fault(", "note(", "\"not-a-", "\"not-an-"] {
                for rest in code.split(call).skip(1) {
                    let rest = if call.starts_with('"') {
                        &format!("{call}{rest}")
                    } else {
                        rest.trim_start()
                    };
                    let literal = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
                    codes.extend(literal.map(ToOwned::to_owned));
                }
            }
        }
    }
    assert!(30 <= codes.len(), "{codes:?}");
    for code in codes {
        for language in Language::ALL {
            for key in [format!("diagnostic-{code}"), format!("diagnostic-{code}-help")] {
                assert!(
                    i18n::keys(language).any(|known| known == key),
                    "{language}: {key}"
                );
            }
        }
    }
}

/// What coherence leaves out is told in both languages too, each by its code.
#[test]
fn every_note_of_what_coherence_leaves_out_has_its_words() {
    let source = include_str!("../../src/coherence/targets.rs");
    let codes: Vec<&str> = source
        .split("left_out(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(2 <= codes.len(), "{codes:?}");
    for code in codes {
        let key = format!("coherence-note-{code}");
        for language in Language::ALL {
            assert!(
                i18n::keys(language).any(|known| known == key),
                "{language}: {key}"
            );
        }
    }
}
