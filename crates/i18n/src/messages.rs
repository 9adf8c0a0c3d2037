//! Messages by key, from the files under `messages/`.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use terms::{Decimal, Language};

mod files {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// One argument of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// Put in as it stands.
    Text(Cow<'a, str>),
    /// A count: chooses the plural form and is written in the language's digits («1.234»).
    Count(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Arg::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Arg<'_> {
    fn from(count: u64) -> Self {
        Arg::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Arg<'_> {
    fn from(count: i64) -> Self {
        Arg::Count(count)
    }
}

/// The message files of one language, read once.
pub struct Messages {
    bundle: FluentBundle<FluentResource>,
    keys: Vec<String>,
}

impl Messages {
    /// The messages of a language; the first call reads the embedded files.
    pub fn of(language: Language) -> &'static Messages {
        static VI: OnceLock<Messages> = OnceLock::new();
        static EN: OnceLock<Messages> = OnceLock::new();
        match language {
            Language::Vi => VI.get_or_init(|| Messages::read(language, files::VI)),
            Language::En => EN.get_or_init(|| Messages::read(language, files::EN)),
        }
    }

    /// The message of a key, or the key itself between guillemets where there is none, so that a page still stands.
    ///
    /// That every key used in the code exists is held by tests of the crates that use them.
    pub fn get(language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        Messages::of(language)
            .find(key, args)
            .unwrap_or_else(|| format!("«{key}»"))
    }

    /// The message of a key, or none where the key is unknown.
    pub fn find(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::String(Cow::Borrowed(text.as_ref())),
                    Arg::Count(count) => FluentValue::from(*count),
                };
                (*name, value)
            })
            .collect();
        let mut errors = Vec::new();
        // A missing argument is written as `{$name}`: visible, and found by the test on arguments.
        Some(
            self.bundle
                .format_pattern(pattern, Some(&args), &mut errors)
                .into_owned(),
        )
    }

    /// Every key, in the order of the files.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    fn read(language: Language, sources: &[(&str, &str)]) -> Self {
        let tag = language
            .code()
            .parse()
            .expect("the codes of our languages are language tags");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Vi => |value, _| count_text(Language::Vi, value),
            Language::En => |value, _| count_text(Language::En, value),
        }));
        let mut keys = Vec::new();
        for (_, source) in sources {
            // A file with an error gives what it can; the tests name the file and the error.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            keys.extend(resource.entries().filter_map(|entry| match entry {
                fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            }));
            bundle.add_resource_overriding(resource);
        }
        Self { bundle, keys }
    }
}

fn count_text(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "counts come from `Arg::Count`, which is an integer"
        )]
        FluentValue::Number(number) => Some(crate::number(language, Decimal::from(number.value as i64))),
        _ => None,
    }
}

/// The message of a key with text arguments, or none where the key is unknown.
pub fn message(language: Language, key: &str, args: &[(&str, &str)]) -> Option<String> {
    let args: Vec<_> = args
        .iter()
        .map(|(name, text)| (*name, Arg::from(*text)))
        .collect();
    Messages::of(language).find(key, &args)
}

/// Every key of a language.
pub fn keys(language: Language) -> impl Iterator<Item = &'static str> {
    Messages::of(language).keys().iter().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast;

    use super::*;

    /// Key → names of the arguments it uses, over all files of a language.
    fn arguments(sources: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        for (file, source) in sources {
            let resource = fluent_syntax::parser::parse(*source)
                .unwrap_or_else(|(_, errors)| panic!("{file}.ftl does not parse: {errors:?}"));
            for entry in resource.body {
                let ast::Entry::Message(message) = entry else {
                    continue;
                };
                let mut names = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    walk(pattern, &mut names);
                }
                let previous = found.insert(message.id.name.to_owned(), names);
                assert!(
                    previous.is_none(),
                    "{} stands twice ({file}.ftl)",
                    message.id.name
                );
            }
        }
        found
    }

    fn walk(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                expression_names(expression, names);
            }
        }
    }

    fn expression_names(expression: &ast::Expression<&str>, names: &mut BTreeSet<String>) {
        let inline = |inline: &ast::InlineExpression<&str>, names: &mut BTreeSet<String>| match inline {
            ast::InlineExpression::VariableReference { id } => {
                names.insert(id.name.to_owned());
            }
            ast::InlineExpression::Placeable { expression } => expression_names(expression, names),
            _ => {}
        };
        match expression {
            ast::Expression::Inline(expression) => inline(expression, names),
            ast::Expression::Select { selector, variants } => {
                inline(selector, names);
                for variant in variants {
                    walk(&variant.value, names);
                }
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_arguments() {
        let (vi, en) = (arguments(files::VI), arguments(files::EN));
        let missing: Vec<_> = vi.keys().filter(|key| !en.contains_key(*key)).collect();
        assert!(missing.is_empty(), "not in English: {missing:?}");
        let missing: Vec<_> = en.keys().filter(|key| !vi.contains_key(*key)).collect();
        assert!(missing.is_empty(), "not in Vietnamese: {missing:?}");
        let different: Vec<_> = vi
            .iter()
            // The count of a unit's noun only chooses the plural, which Vietnamese does not have.
            .filter(|(key, names)| en[*key] != **names && !key.starts_with("unit-"))
            .map(|(key, names)| (key, names, &en[key]))
            .collect();
        assert!(different.is_empty(), "arguments differ: {different:#?}");
    }

    #[test]
    fn a_count_chooses_the_plural_and_is_written_in_the_languages_digits() {
        let visitors =
            |language, count: i64| Messages::get(language, "count-figures", &[("count", count.into())]);
        assert_eq!(visitors(Language::Vi, 1234), "1.234 số liệu");
        assert_eq!(visitors(Language::En, 1234), "1,234 figures");
        assert_eq!(visitors(Language::En, 1), "1 figure");
    }

    #[test]
    fn an_unknown_key_is_none_and_shows_on_the_page() {
        assert_eq!(message(Language::Vi, "no-such-key", &[]), None);
        assert_eq!(Messages::get(Language::Vi, "no-such-key", &[]), "«no-such-key»");
    }
}
