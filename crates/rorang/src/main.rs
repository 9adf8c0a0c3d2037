//! The command line: what a person asks for, in the person's language.
//!
//! `commands` has one file a command. Exit codes: 0 done, 1 the data could not be used, 2 the command was not
//! understood.

#[macro_use]
mod output;

mod address;
mod commands;
mod language;
mod mail;
mod oidc;
mod reading;
mod reference;
mod usage;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser};
use terms::Language;

/// Many requests at once, each with many small texts: the system's allocator kept three times the memory that they use.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rõ Ràng: a province's targets and results, each number with the sentence that it came from.
#[derive(Debug, Parser)]
#[command(name = "rorang", version, disable_help_subcommand = true)]
struct Arguments {
    /// The language of messages: vi or en
    #[arg(long, global = true, value_name = "vi|en", value_parser = language::parse)]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Option<commands::Command>,
}

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args_os().collect();
    let language = language::choose(&given, |name| std::env::var(name).ok());
    let matches = match usage::in_language(Arguments::command(), language).try_get_matches_from(given) {
        Ok(matches) => matches,
        Err(error) => return usage::not_understood(language, &error),
    };
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => return usage::not_understood(language, &error),
    };
    let context = commands::Context {
        language: arguments.lang.unwrap_or(language),
    };
    let done = match arguments.command {
        Some(command) => command.run(&context),
        None => commands::without_command(&context),
    };
    done.unwrap_or_else(|error| {
        if output::nobody_reads(&error) {
            return ExitCode::SUCCESS;
        }
        if let Some(told) = commands::as_diagnostic(&error) {
            commands::tell(&context, &told);
            return ExitCode::from(commands::DATA);
        }
        eprintln!(
            "{}: {error:#}",
            i18n::message(context.language, "cli-error", &[]).unwrap_or_default()
        );
        ExitCode::from(commands::DATA)
    })
}
