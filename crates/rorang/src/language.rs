//! Which language to answer in: `--lang`, else `LC_ALL`, `LC_MESSAGES`, `LANG`, else Vietnamese.

use std::ffi::OsString;

use terms::Language;

/// Reads `vi` or `en`, also with a region or in capitals (`vi_VN`, `EN`).
pub(crate) fn parse(text: &str) -> Result<Language, String> {
    of_locale(text).ok_or_else(|| format!("{text}: vi | en"))
}

/// The language to answer in before the arguments are understood, so that a wrong argument is answered in it too.
pub(crate) fn choose(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Language {
    let mut asked = None;
    let mut rest = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = rest.next() {
        match argument.split_once('=') {
            _ if argument == "--" => break,
            Some(("--lang", value)) => asked = of_locale(value),
            _ if argument == "--lang" => asked = rest.next().and_then(of_locale),
            _ => {}
        }
    }
    asked.unwrap_or_else(|| {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty())
            .and_then(|value| of_locale(&value))
            .unwrap_or_default()
    })
}

fn of_locale(locale: &str) -> Option<Language> {
    let tag = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    tag.to_ascii_lowercase().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &[&str], variables: &[(&str, &str)]) -> Language {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        choose(&arguments, |name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_option_wins_then_the_environment_then_vietnamese() {
        assert_eq!(
            chosen(&["rorang", "--lang", "en"], &[("LANG", "vi_VN.UTF-8")]),
            Language::En
        );
        assert_eq!(
            chosen(&["rorang", "--lang=vi"], &[("LANG", "en_US.UTF-8")]),
            Language::Vi
        );
        assert_eq!(
            chosen(&["rorang"], &[("LC_ALL", ""), ("LANG", "en_GB.UTF-8")]),
            Language::En
        );
        assert_eq!(
            chosen(&["rorang"], &[("LC_ALL", "vi_VN"), ("LANG", "en_GB")]),
            Language::Vi
        );
        assert_eq!(chosen(&["rorang"], &[("LANG", "C.UTF-8")]), Language::Vi);
        assert_eq!(chosen(&["rorang", "--", "--lang=en"], &[]), Language::Vi);
    }
}
