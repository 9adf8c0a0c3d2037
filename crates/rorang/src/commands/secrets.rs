//! `rorang secrets …`: the keys by which secrets of second factors are sealed.

use std::path::PathBuf;
use std::process::ExitCode;

use app::{Actor, App};

use super::explain::with_register;
use super::user::say;
use super::{Context, refused};

#[derive(Debug, clap::Args)]
pub(crate) struct Secrets {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Looks whether every secret can be read, and seals those that are plain
    Check(Where),
    /// Seals every secret by a fresh key and forgets the one of before
    Rotate(Where),
    /// Takes away the second factors whose key is lost
    GiveUp(Where),
}

#[derive(Debug, clap::Args)]
struct Where {
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// The file of keys, where it does not lie beside the database
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

/// Lets the register know where its keys lie: what is asked for, else what the environment says, else beside it.
pub(super) fn keep_in(app: &App, asked: Option<PathBuf>) {
    let said = || std::env::var_os("RORANG_KEY_FILE").filter(|file| !file.is_empty());
    if let Some(file) = asked.or_else(|| said().map(PathBuf::from)) {
        app.keep_secrets_in(&file);
    }
}

impl Secrets {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let (Command::Check(place) | Command::Rotate(place) | Command::GiveUp(place)) = &self.command;
        let (database, key_file) = (place.database.clone(), place.key_file.clone());
        with_register(context, &database, async |app| {
            keep_in(&app, key_file);
            let file = app.secrets_file().display().to_string();
            let operator = Actor::operator();
            let done = match self.command {
                Command::Check(_) => app.guard_secrets().await.map(|sealed| {
                    vec![say(context, "secrets-checked", &[("file", &file), ("count", &sealed.to_string())])]
                }),
                Command::Rotate(_) => app.rotate_secrets(&operator).await.map(|sealed| {
                    vec![say(context, "secrets-rotated", &[("file", &file), ("count", &sealed.to_string())])]
                }),
                Command::GiveUp(_) => app.give_up_lost_secrets(&operator).await.map(|names| {
                    let count = names.len().to_string();
                    let mut lines = vec![say(context, "secrets-given-up", &[("count", &count)])];
                    lines.extend(names.into_iter().map(|name| format!("  {name}")));
                    lines
                }),
            };
            match done {
                Ok(lines) => lines.iter().for_each(|line| println!("{line}")),
                Err(error) => return refused(context, error),
            }
            app.close().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}
