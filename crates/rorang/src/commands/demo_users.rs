//! `rorang demo-users`: people made up to show the program with, one or more for every post.

use std::path::PathBuf;
use std::process::ExitCode;

use app::Actor;

use super::explain::with_register;
use super::user::print_added;
use super::{Context, refused};

#[derive(Debug, clap::Args)]
pub(crate) struct DemoUsers {
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// How many people for every post
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    per_post: u32,
}

impl DemoUsers {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            match app.add_demo_users(&Actor::operator(), self.per_post).await {
                Ok(added) => print_added(&added)?,
                Err(error) => return refused(context, error),
            }
            app.close().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}
