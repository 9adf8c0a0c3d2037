//! One file a command. To add one: write `commands/NAME.rs` with a `clap::Args` struct and `run`, and add one line to
//! the list below; its help and messages go to `i18n`.

use std::path::Path;
use std::process::ExitCode;

use app::App;
use terms::{Diagnostic, Language, Place, Severity};

/// The data could not be used.
pub(crate) const DATA: u8 = 1;
/// The command was not understood.
pub(crate) const USAGE: u8 = 2;

/// What every command knows.
pub(crate) struct Context {
    /// The language to answer in.
    pub(crate) language: Language,
}

mod told;
mod ways;

/// Makes the list of commands: the module, its variant and its call, from one line each.
macro_rules! commands {
    ($($(#[$meta:meta])* $module:ident => $variant:ident),* $(,)?) => {
        $(mod $module;)*

        /// What can be asked for.
        #[derive(Debug, clap::Subcommand)]
        pub(crate) enum Command {
            $($(#[$meta])* $variant($module::$variant),)*
        }

        impl Command {
            pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
                match self {
                    $(Command::$variant(arguments) => arguments.run(context),)*
                }
            }
        }
    };
}

commands! {
    /// Computes every indicator of a unit that follows from others
    compute => Compute,
    /// Tells how a number came about, down to the sentences of the reports
    explain => Explain,
    /// Loads tables and folders into the register, all of it or nothing
    import => Import,
    /// Takes the tasks of a plan's annex into the register, all of them or none
    import_tasks => ImportTasks,
    /// Makes up people to show the program with, for every post
    demo_users => DemoUsers,
    /// Makes a database with its first administrator
    init => Init,
    /// Ends departments
    office => Office,
    /// The posts, and who holds them
    post => Post,
    /// Do the numbers of the register agree?
    check => Check,
    /// Can all targets hold at once?
    coherence => Coherence,
    /// The record that nobody can quietly change
    ledger => Ledger,
    /// Finds the figures of documents
    read => Read,
    /// Tells everybody what is due: shows the digests or sends them by mail
    remind => Remind,
    /// Scores for tasks: lists them, gives general points, sets the rules
    score => Score,
    /// The keys by which secrets are sealed
    secrets => Secrets,
    /// Shows the pages in a browser
    serve => Serve,
    /// Loads simulated reports of the communes, marked as such, to try the engine out
    simulate => Simulate,
    /// What holds for tasks
    task => Task,
    /// Prints the text that a document holds, as the reader sees it
    text => Text,
    /// The people who may sign in
    user => User,
}

/// What happens when no command is given: the pages are shown.
pub(crate) fn without_command(context: &Context) -> anyhow::Result<ExitCode> {
    serve::Serve::default().run(context)
}

/// Prints a diagnostic in the person's language, to the error stream: where, what, and the way out.
pub(crate) fn tell(context: &Context, diagnostic: &Diagnostic) {
    let word = |key| i18n::message(context.language, key, &[]).unwrap_or_default();
    let told = i18n::explain(context.language, diagnostic);
    let severity = word(match diagnostic.severity {
        Severity::Info => "cli-note",
        Severity::Warning => "cli-warning",
        Severity::Error => "cli-error",
    });
    let place = if told.place.is_empty() {
        String::new()
    } else {
        format!("{}: ", told.place)
    };
    eprintln!("{severity}: {place}{}", told.message);
    if let Some(help) = told.help {
        eprintln!("  {}: {help}", word("cli-way-out"));
    }
}

/// What runs the functions of the register.
pub(crate) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// What a person can mend, on its way up to where it is told in the person's language.
#[derive(Debug)]
pub(crate) struct Told(Diagnostic);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.code)
    }
}

impl std::error::Error for Told {}

/// Opens the register that is there, and makes none.
///
/// # Errors
/// [`Told`] where there is no such file; an [`app::Error`] where it cannot be opened.
pub(crate) async fn open_there(database: &Path) -> anyhow::Result<App> {
    if !database.exists() {
        let place = Place::file(database.display().to_string());
        return Err(Told(Diagnostic::error("file-not-found", place)).into());
    }
    Ok(App::open(database).await?)
}

/// What a failure is for people; none where only the log can tell.
pub(crate) fn as_diagnostic(error: &anyhow::Error) -> Option<Diagnostic> {
    if let Some(Told(diagnostic)) = error.downcast_ref() {
        return Some(diagnostic.clone());
    }
    let trouble = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<app::Error>()?.trouble());
    if trouble.is_some() {
        return trouble;
    }
    let code = match error.downcast_ref::<app::Error>()? {
        app::Error::NotFound { .. } => "register-nothing-there",
        app::Error::Denied { .. } | app::Error::SignIn { .. } | app::Error::SecondFactor { .. } => {
            "register-denied"
        }
        app::Error::Conflict { .. } => "register-changed",
        app::Error::Store(_) => "register-unreadable",
        app::Error::Invalid(_) | app::Error::Machine(_) => return None,
    };
    let causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
    Some(Diagnostic::error(code, Place::default()).with("why", causes.join(": ")))
}

/// Says why the register refused; what is not the person's to mend goes up as an error.
pub(crate) fn refused(context: &Context, error: app::Error) -> anyhow::Result<ExitCode> {
    match error {
        app::Error::Invalid(diagnostics) => diagnostics
            .iter()
            .for_each(|diagnostic| tell(context, diagnostic)),
        app::Error::NotFound { what: "user" } => {
            tell(
                context,
                &Diagnostic::error("user-not-found", terms::Place::default()),
            );
        }
        other => return Err(other.into()),
    }
    Ok(ExitCode::from(DATA))
}
