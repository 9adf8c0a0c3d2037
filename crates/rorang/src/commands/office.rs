//! `rorang office …`: the end of departments, with what waits for them told first.

use std::path::PathBuf;
use std::process::ExitCode;

use app::org_end::{OfficeEnding, PostEnding, Tasks};
use app::{Actor, Error};
use plan::Office as Which;
use terms::{Date, Diagnostic, Place};

use super::explain::with_register;
use super::user::say;
use super::{Context, DATA, refused, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct Office {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Ends a department; first tells what waits for it
    End(End),
}

#[derive(Debug, clap::Args)]
struct End {
    /// The department, such as VN-11/finance
    #[arg(value_name = "OFFICE")]
    office: Which,
    /// Its last day
    #[arg(long, value_name = "DAY")]
    until: Date,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Only tell, record nothing
    #[arg(long)]
    dry_run: bool,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

impl Office {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let Command::End(end) = self.command;
        with_register(context, &end.database, async |app| {
            let operator = Actor::operator();
            let ending = match app.office_ending(&operator, &end.office).await {
                Ok(ending) => ending,
                Err(Error::NotFound { what: "office" }) => {
                    let unknown = Diagnostic::error("unknown-office", Place::default());
                    tell(context, &unknown.with("found", &end.office));
                    return Ok(ExitCode::from(DATA));
                }
                Err(error) => return refused(context, error),
            };
            tell_office(context, &ending);
            if end.dry_run {
                return Ok(ExitCode::SUCCESS);
            }
            if let Err(error) = app.end_department(&operator, &end.office, end.until, &end.reason).await {
                return refused(context, error);
            }
            let day = i18n::date::long(context.language, end.until);
            let name = ending.name.get(context.language);
            println!("{}", say(context, "office-ended", &[("office", name), ("day", &day)]));
            app.close().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}

fn tell_office(context: &Context, ending: &OfficeEnding) {
    let count = |key: &str, count: usize| {
        if 0 < count {
            println!("{}", say(context, key, &[("count", &count.to_string())]));
        }
    };
    count("web-office-end-posts", ending.posts.len());
    ending.posts.iter().for_each(|post| println!("  {}", post.id));
    tell_tasks(context, "web-office-end-led", &ending.led);
    tell_tasks(context, "web-office-end-assigned", &ending.assigned);
    tell_tasks(context, "web-office-end-asked", &ending.asked);
    count("web-office-end-regimes", ending.regimes.len());
    ending.regimes.iter().for_each(|regime| println!("  {}", regime.get(context.language)));
    let above = ending.above.as_ref().map(|above| above.get(context.language)).unwrap_or_default();
    if 0 < ending.people {
        let people = ending.people.to_string();
        println!("{}", say(context, "web-office-end-people", &[("count", &people), ("above", above)]));
    }
    count("web-office-end-supported", ending.supported.count);
}

/// What ends with a post.
pub(super) fn tell_post(context: &Context, ending: &PostEnding) {
    println!("{}", say(context, "web-post-end-holders", &[("count", &ending.holders.to_string())]));
    tell_tasks(context, "web-post-end-tasks", &ending.tasks);
    if ending.heirs.is_empty() {
        println!("{}", say(context, "web-post-end-nobody", &[]));
        return;
    }
    println!("{}", say(context, "web-post-end-heirs", &[]));
    for heir in ending.heirs.iter().take(8) {
        let vacant = if heir.held { String::new() } else { format!(" ({})", say(context, "web-post-vacant", &[])) };
        println!("  {}{vacant}", heir.post);
    }
}

fn tell_tasks(context: &Context, key: &str, tasks: &Tasks) {
    if tasks.count == 0 {
        return;
    }
    println!("{}", say(context, key, &[("count", &tasks.count.to_string())]));
    for (id, title) in &tasks.shown {
        println!("  {id}. {title}");
    }
}
