//! `rorang import-tasks FILE`: the annex of a plan becomes tasks, all of it or nothing.

use std::path::PathBuf;
use std::process::ExitCode;

use app::task_import::TaskImport;
use app::{Actor, Error};
use documents::Limits;
use terms::Date;

use super::{Context, DATA, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct ImportTasks {
    /// The annex (DOCX, XLSX, CSV)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The office that hands the tasks over, such as VN-11 or VN-11/finance
    #[arg(long, value_name = "OFFICE", default_value = "VN-11")]
    assigner: String,
    /// The number of the plan's document in the register
    #[arg(long, value_name = "NUMBER")]
    document: Option<plan::DocumentId>,
    /// The plan's own day, from which the tasks count
    #[arg(long, value_name = "DAY")]
    start: Option<Date>,
    /// Hand the tasks over at once
    #[arg(long)]
    hand_over: bool,
    /// Only show what would be recorded
    #[arg(long)]
    dry_run: bool,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// The person in whose name it is recorded
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

impl ImportTasks {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        super::runtime()?.block_on(self.import(context))
    }

    async fn import(self, context: &Context) -> anyhow::Result<ExitCode> {
        let bytes = match documents::load(&self.file, &Limits::STANDARD) {
            Ok(bytes) => bytes,
            Err(error) => {
                tell(context, &error.diagnostic);
                return Ok(ExitCode::from(DATA));
            }
        };
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned());
        let import = TaskImport {
            name: name.unwrap_or_default(),
            bytes,
            assigner: self.assigner,
            document: self.document,
            start: self.start,
            hand_over: self.hand_over,
            power: String::new(),
        };
        let app = super::open_there(&self.database).await?;
        let actor = match &self.by {
            None => Actor::operator(),
            Some(name) => match app.operator_as(name).await {
                Ok(actor) => actor,
                Err(error) => return super::refused(context, error),
            },
        };
        let text = |key, args: &[(&str, &str)]| i18n::message(context.language, key, args).unwrap_or_default();
        if self.dry_run {
            let preview = match app.preview_tasks(&actor, &import).await {
                Ok(preview) => preview,
                Err(error) => return super::refused(context, error),
            };
            for row in &preview.rows {
                let lead = row.lead.as_ref().map_or("?", |lead| lead.name.get(context.language));
                let due = match row.brief.due {
                    Some(day) => day.to_string(),
                    None if row.brief.standing => text("task-standing", &[]),
                    None => "?".to_owned(),
                };
                let number = row.at.row.unwrap_or_default();
                println!("{number}\t{}\t{lead}\t{due}\t{}", row.brief.title, row.brief.product);
            }
            preview.problems.iter().for_each(|problem| tell(context, problem));
            app.close().await;
            let wrong = !preview.problems.is_empty();
            return Ok(if wrong { ExitCode::from(DATA) } else { ExitCode::SUCCESS });
        }
        match app.import_tasks(&actor, &import).await {
            Ok(imported) => {
                let (count, known) = (imported.tasks.len().to_string(), imported.known.to_string());
                println!("{}", text("task-import-done", &[("count", &count), ("known", &known)]));
                app.close().await;
                Ok(ExitCode::SUCCESS)
            }
            Err(error @ Error::Invalid(_)) => {
                let code = super::refused(context, error);
                eprintln!("{}", text("task-import-nothing", &[]));
                code
            }
            Err(error) => super::refused(context, error),
        }
    }
}
