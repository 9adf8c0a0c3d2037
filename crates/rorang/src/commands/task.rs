//! `rorang task …`: what holds for tasks.

use std::path::PathBuf;
use std::process::ExitCode;

use app::Actor;
use plan::task::Field;

use super::explain::with_register;
use super::user::say;
use super::{Context, refused};

#[derive(Debug, clap::Args)]
pub(crate) struct Task {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Shows or settles which fields a task must have before it is handed over
    Rules(Rules),
}

#[derive(Debug, clap::Args)]
struct Rules {
    /// The fields: title, lead, supporters, product, power, due, result, serves
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', requires = "reason")]
    required: Option<Vec<String>>,
    /// Why, such as the number of the decision
    #[arg(long, value_name = "TEXT", requires = "required")]
    reason: Option<String>,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// The person in whose name it is recorded
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

impl Task {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let Command::Rules(rules) = self.command;
        rules.run(context)
    }
}

impl Rules {
    fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            let actor = match &self.by {
                None => Actor::operator(),
                Some(name) => match app.operator_as(name).await {
                    Ok(actor) => actor,
                    Err(error) => return refused(context, error),
                },
            };
            if let Some(required) = &self.required {
                let reason = self.reason.as_deref().unwrap_or_default();
                let key = match app.set_required_fields(&actor, required, reason).await {
                    Ok(true) => "task-rules-set",
                    Ok(false) => "task-rules-same",
                    Err(error) => return refused(context, error),
                };
                println!("{}", say(context, key, &[]));
            }
            let rules = match app.task_rules(&actor).await {
                Ok(rules) => rules,
                Err(error) => return refused(context, error),
            };
            for field in Field::ALL {
                let sign = if rules.required.contains(&field) { "✓" } else { "–" };
                let name = say(context, &format!("task-field-{field}"), &[]);
                println!("{sign} {:10}  {name}", field.code());
            }
            app.close().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}
