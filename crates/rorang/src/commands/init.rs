//! `rorang init`: a database with its first administrator.

use std::path::PathBuf;
use std::process::ExitCode;

use app::{App, Error};
use terms::{Diagnostic, Place};

use super::user::{password_of_stdin, say};
use super::{Context, DATA, refused, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The administrator's name
    #[arg(value_name = "NAME")]
    name: String,
    /// The database; made where it is not there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// Read the password from standard input; else it is asked for
    #[arg(long)]
    password_stdin: bool,
    /// Load the example into a new database
    #[arg(long)]
    example: bool,
}

impl Init {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let password = if self.password_stdin {
            password_of_stdin()?
        } else {
            let first = rpassword::prompt_password(say(context, "init-password", &[("name", &self.name)]))?;
            let second = rpassword::prompt_password(say(context, "init-password-again", &[]))?;
            if first != second {
                tell(context, &Diagnostic::error("passwords-differ", Place::default()));
                return Ok(ExitCode::from(DATA));
            }
            first
        };
        super::runtime()?.block_on(async {
            let app = App::open(&self.database).await?;
            if self.example && app.is_new() {
                app.load_example().await?;
            }
            match app.add_first_administrator(&self.name, &password).await {
                Ok(_) => {
                    println!("{}", say(context, "init-done", &[("name", &self.name)]));
                    app.close().await;
                    Ok(ExitCode::SUCCESS)
                }
                Err(Error::Conflict { .. }) => {
                    tell(context, &Diagnostic::error("administrator-exists", Place::default()));
                    Ok(ExitCode::from(DATA))
                }
                Err(error) => refused(context, error),
            }
        })
    }
}
