//! Help and usage errors in the person's language.
//!
//! clap writes the layout; the words come from the message files: `cli-PATH` for a command and `cli-PATH-NAME` for one
//! of its arguments, where PATH is `rorang`, `rorang-read`, … A test asks both languages for every one of them.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use i18n::message;
use terms::Language;

use crate::commands::{DATA, USAGE};

/// The same command with every word of its help in this language.
pub(crate) fn in_language(command: Command, language: Language) -> Command {
    let name = command.get_name().to_owned();
    with_words(command, language, &format!("cli-{name}"), &name)
}

fn with_words(command: Command, language: Language, path: &str, typed: &str) -> Command {
    let word = |key: &str| message(language, key, &[]).unwrap_or_default();
    let names: Vec<String> = command
        .get_subcommands()
        .map(|subcommand| subcommand.get_name().to_owned())
        .collect();
    let usage = word("cli-heading-usage");
    let (commands, arguments, options) = (
        word("cli-heading-commands"),
        word("cli-heading-arguments"),
        word("cli-heading-options"),
    );
    let positional = command.get_positionals().next().is_some();
    let mut template = format!("{{about-with-newline}}\n{usage}: {{usage}}\n");
    if !names.is_empty() {
        template = format!("{template}\n{commands}:\n{{subcommands}}\n");
    }
    if positional {
        template = format!("{template}\n{arguments}:\n{{positionals}}\n");
    }
    template = format!("{template}\n{options}:\n{{options}}\n");
    let shown = shown_usage(&command, language, typed);
    let mut command = command
        .help_template(template)
        .override_usage(shown)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(word("cli-help")),
        );
    if command.get_version().is_some() {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(word("cli-version")),
        );
    }
    if let Some(about) = message(language, path, &[]) {
        command = command.about(about);
    }
    command = command.mut_args(|argument| {
        let id = argument.get_id().to_string();
        match message(language, &format!("{path}-{}", id.replace('_', "-")), &[]) {
            Some(help) => {
                if !argument.get_action().takes_values() {
                    return argument.help(help);
                }
                let help = format!("{help}{}", values(&argument, language));
                argument
                    .help(help)
                    .hide_default_value(true)
                    .hide_possible_values(true)
            }
            None => argument,
        }
    });
    for name in names {
        let (path, typed) = (format!("{path}-{name}"), format!("{typed} {name}"));
        command = command.mut_subcommand(name, |subcommand| with_words(subcommand, language, &path, &typed));
    }
    command
}

/// What an argument may be and what it is where nobody says, as clap would add them in English.
fn values(argument: &Arg, language: Language) -> String {
    let say = |key, values: Vec<String>| {
        let values = values.join(", ");
        let told = message(language, key, &[("values", &values)]).unwrap_or_default();
        if values.is_empty() {
            String::new()
        } else {
            format!(" [{told}]")
        }
    };
    let mut usual = Vec::new();
    if !argument.is_hide_default_value_set() {
        let values = argument.get_default_values().iter();
        usual.extend(
            values
                .filter(|value| !value.is_empty())
                .map(|value| value.to_string_lossy().into_owned()),
        );
    }
    let mut possible = Vec::new();
    if !argument.is_hide_possible_values_set() {
        let values = argument.get_possible_values();
        possible.extend(values.iter().map(|value| value.get_name().to_owned()));
    }
    say("cli-possible-values", possible) + &say("cli-usual-value", usual)
}

/// How a command is typed, clap's English placeholders put into this language; `typed` is its whole path.
fn shown_usage(command: &Command, language: Language, typed: &str) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim();
    let rest = usage.strip_prefix(command.get_name()).unwrap_or(usage);
    let word = |key: &str| message(language, key, &[]).unwrap_or_default();
    format!("{typed}{rest}")
        .replace("[OPTIONS]", &format!("[{}]", word("cli-usage-options")))
        .replace("[COMMAND]", &format!("[{}]", word("cli-usage-command")))
        .replace("<COMMAND>", &format!("<{}>", word("cli-usage-command")))
}

/// Prints why the arguments were not understood, or the help that was asked for.
pub(crate) fn not_understood(language: Language, error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return if error.print().is_ok() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(DATA)
        };
    }
    eprintln!("{}", sentence(language, error));
    ExitCode::from(USAGE)
}

/// What was typed wrong, what may have been meant, and where help is.
fn sentence(language: Language, error: &clap::Error) -> String {
    let say = |key: &str, args: &[(&str, &str)]| message(language, key, args).unwrap_or_default();
    let context = |kind: ContextKind| error.get(kind).map(written).unwrap_or_default();
    let (argument, value) = (
        context(ContextKind::InvalidArg),
        context(ContextKind::InvalidValue),
    );
    let wrong = match error.kind() {
        ErrorKind::UnknownArgument => say("cli-unknown-argument", &[("found", &argument)]),
        ErrorKind::InvalidSubcommand => say(
            "cli-unknown-command",
            &[("found", &context(ContextKind::InvalidSubcommand))],
        ),
        ErrorKind::MissingRequiredArgument => say("cli-missing-argument", &[("missing", &argument)]),
        ErrorKind::InvalidValue if value.is_empty() => say("cli-missing-value", &[("argument", &argument)]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let values = context(ContextKind::ValidValue);
            let expected = if values.is_empty() {
                std::error::Error::source(error)
                    .map(ToString::to_string)
                    .unwrap_or_default()
            } else {
                say("cli-wrong-value-expected", &[("values", &values)])
            };
            let args = [
                ("found", value.as_str()),
                ("argument", &argument),
                ("expected", &expected),
            ];
            say("cli-wrong-value", &args).trim_end().to_owned()
        }
        _ => say("cli-not-understood", &[]),
    };
    let meant = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(context)
    .find(|suggestion| !suggestion.is_empty())
    .map(|suggestion| format!(" {}", say("cli-did-you-mean", &[("suggestion", &suggestion)])))
    .unwrap_or_default();
    let help = say("cli-see-help", &[("command", "rorang")]);
    format!("{}: {wrong}{meant}\n{help}", say("cli-error", &[]))
}

/// A piece of clap's context as words, without its colours.
fn written(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;

    /// The keys of the help of a command and of everything below it.
    fn keys(command: &Command, path: &str, found: &mut BTreeSet<String>) {
        found.insert(path.to_owned());
        for argument in command.get_arguments() {
            found.insert(format!(
                "{path}-{}",
                argument.get_id().to_string().replace('_', "-")
            ));
        }
        for subcommand in command.get_subcommands() {
            keys(subcommand, &format!("{path}-{}", subcommand.get_name()), found);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_help_in_both_languages() {
        let mut asked = BTreeSet::new();
        keys(&crate::Arguments::command(), "cli-rorang", &mut asked);
        for language in Language::ALL {
            let told: BTreeSet<_> = i18n::keys(language)
                .filter(|key| key.starts_with("cli-rorang"))
                .map(str::to_owned)
                .collect();
            assert_eq!(
                asked.difference(&told).collect::<Vec<_>>(),
                [""; 0],
                "{language}: without help"
            );
            assert_eq!(
                told.difference(&asked).collect::<Vec<_>>(),
                [""; 0],
                "{language}: help of nothing"
            );
        }
    }

    /// What the papers tell people to type, line by line and word by word; what stands for something else is left out.
    fn told_by_papers() -> Vec<(String, Vec<String>)> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let pages = [
            "README.md",
            "README.en.md",
            "CONTRIBUTING.md",
            "data/README.md",
            "examples/dien-bien/README.md",
        ]
        .map(|page| root.join(page));
        let docs = [root.join("docs"), root.join("docs/guides")];
        let docs = docs.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
        let docs = docs.map(|entry| entry.unwrap().path());
        let docs = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
        let mut told = Vec::new();
        for page in pages.into_iter().chain(docs) {
            let text = std::fs::read_to_string(&page).unwrap();
            let lines = text.lines().filter(|line| line.starts_with("rorang "));
            let quoted = text
                .split('`')
                .skip(1)
                .step_by(2)
                .filter(|quote| quote.starts_with("rorang "));
            for line in lines
                .chain(quoted)
                .filter(|line| !line.contains(['|', '…', '\n']))
            {
                let words = line
                    .split_whitespace()
                    .take_while(|word| !["#", ">", "<", "&"].contains(word));
                told.push((
                    format!("{}: {line}", page.display()),
                    words.map(str::to_owned).collect(),
                ));
            }
        }
        told
    }

    #[test]
    fn what_the_papers_tell_to_type_is_understood() {
        let told = told_by_papers();
        assert!(20 < told.len(), "{}", told.len());
        for (line, words) in told {
            if let Err(error) = crate::Arguments::command().try_get_matches_from(words) {
                let unknown = [
                    clap::error::ErrorKind::UnknownArgument,
                    clap::error::ErrorKind::InvalidSubcommand,
                ];
                assert!(!unknown.contains(&error.kind()), "{line}: {error}");
            }
        }
    }

    #[test]
    fn help_shows_how_each_command_is_typed_in_the_persons_language() {
        let mut command = in_language(crate::Arguments::command(), Language::Vi);
        let help = command.render_help().to_string();
        assert!(help.contains("Cách dùng: rorang [TÙY CHỌN] [LỆNH]"), "{help}");
        let wrong = command
            .try_get_matches_from(["rorang", "read", "--help"])
            .unwrap_err()
            .to_string();
        assert!(
            wrong.contains("Cách dùng: rorang read [TÙY CHỌN] <FILE|DIR>..."),
            "{wrong}"
        );
    }

    fn helps(command: &mut Command, all: &mut String) {
        all.push_str(&command.render_help().to_string());
        for subcommand in command.get_subcommands_mut() {
            helps(subcommand, all);
        }
    }

    #[test]
    fn usual_and_possible_values_are_told_in_the_persons_language() {
        for (language, usual, possible) in [
            (Language::Vi, "[mặc định: rorang.db]", "[một trong: own, subtree]"),
            (Language::En, "[usually: rorang.db]", "[one of: own, subtree]"),
        ] {
            let mut all = String::new();
            helps(&mut in_language(crate::Arguments::command(), language), &mut all);
            // Lines are wrapped.
            let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(all.contains(usual) && all.contains(possible), "{all}");
            for english in ["[default:", "[possible values:", "[aliases:", "[env:"] {
                assert!(!all.contains(english), "{language}: {english}");
            }
        }
    }

    #[test]
    fn clap_accepts_the_commands_in_both_languages() {
        for language in Language::ALL {
            in_language(crate::Arguments::command(), language).debug_assert();
        }
    }

    fn told(arguments: &[&str], language: Language) -> String {
        let command = in_language(crate::Arguments::command(), language);
        sentence(language, &command.try_get_matches_from(arguments).unwrap_err())
    }

    #[test]
    fn what_was_typed_wrong_is_named() {
        let wrong = told(&["rorang", "text", "--block", "x"], Language::Vi);
        assert!(
            wrong.contains("“--block”") && wrong.contains("“--blocks”"),
            "{wrong}"
        );
        let wrong = told(&["rorang", "txt"], Language::En);
        assert!(
            wrong.starts_with("Error: There is no command “txt”. Did you mean “text”?"),
            "{wrong}"
        );
        let wrong = told(&["rorang", "text"], Language::En);
        assert!(wrong.contains("Missing: <FILE>..."), "{wrong}");
        let wrong = told(&["rorang", "--lang", "fr", "text", "a"], Language::Vi);
        assert!(wrong.contains("“fr”") && wrong.contains("vi | en"), "{wrong}");
    }
}
