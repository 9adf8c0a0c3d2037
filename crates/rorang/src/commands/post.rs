//! `rorang post …`: departments and posts, and who holds them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use app::org::Texts;
use app::{Actor, Error};
use plan::PostId;
use terms::{Date, Diagnostic, Place, RefArea};

use super::explain::with_register;
use super::user::say;
use super::{Context, DATA, refused, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct Post {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Adds a post
    Add(Add),
    /// Ends a post, and with it whoever holds it
    End(End),
    /// Lets a person hold a post
    Appoint(Appoint),
    /// Lists the posts of an area with their holders
    List(List),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The office, such as VN-11 or VN-11/finance
    #[arg(value_name = "OFFICE")]
    office: String,
    /// What its holder is there for
    #[arg(long, value_name = "ROLE", value_parser = ["reporter", "verifier", "planner", "leader", "inspector", "administrator"])]
    role: String,
    /// How far it reaches
    #[arg(long, value_name = "own|subtree", default_value = "own", value_parser = ["own", "subtree"])]
    reach: String,
    /// Its name for ever; made of office and role where it is left out
    #[arg(long, value_name = "POST", default_value = "")]
    id: String,
    /// What it is called, Vietnamese
    #[arg(long, value_name = "TEXT")]
    name_vi: String,
    /// What it is called, English
    #[arg(long, value_name = "TEXT")]
    name_en: String,
    /// Whether everybody may see who holds it
    #[arg(long)]
    public: bool,
    /// Its first day
    #[arg(long, value_name = "DAY")]
    since: Date,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct End {
    /// The post, such as VN-11/finance.verifier
    #[arg(value_name = "POST")]
    post: PostId,
    /// Its last day
    #[arg(long, value_name = "DAY")]
    until: Date,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Only tell what ends with it, record nothing
    #[arg(long)]
    dry_run: bool,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Appoint {
    /// The post, such as VN-11/finance.verifier
    #[arg(value_name = "POST")]
    post: PostId,
    /// The person's name
    #[arg(value_name = "NAME")]
    name: String,
    /// The first day
    #[arg(long, value_name = "DAY")]
    since: Date,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct List {
    /// The area, such as VN-11 or VN-11-03158
    #[arg(value_name = "AREA", default_value = "VN-11")]
    area: String,
    /// As of this day; today where it is left out
    #[arg(long, value_name = "DAY")]
    on: Option<Date>,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

impl Post {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Add(add) => add.run(context),
            Command::End(end) => end.run(context),
            Command::Appoint(appoint) => appoint.run(context),
            Command::List(list) => list.run(context),
        }
    }
}

impl Add {
    fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let texts: Texts = HashMap::from(
            [
                ("id", self.id),
                ("office", self.office),
                ("name_vi", self.name_vi),
                ("name_en", self.name_en),
                ("role", self.role),
                ("reach", self.reach),
                ("public", if self.public { "yes" } else { "no" }.to_owned()),
                ("since", self.since.to_string()),
            ]
            .map(|(column, text)| (column.to_owned(), text)),
        );
        with_register(context, &self.database, async |app| {
            match app.add_post(&Actor::operator(), &texts).await {
                Ok(id) => println!("{}", say(context, "post-added", &[("post", id.as_str())])),
                Err(error) => return refused(context, error),
            }
            app.close().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}

impl End {
    fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            match app.post_ending(&Actor::operator(), &self.post).await {
                Ok(ending) => super::office::tell_post(context, &ending),
                Err(error) => return not_there(context, error, &self.post),
            }
            if self.dry_run {
                return Ok(ExitCode::SUCCESS);
            }
            match app.end_post(&Actor::operator(), &self.post, self.until, &self.reason).await {
                Ok(()) => println!("{}", say(context, "post-ended", &[("post", self.post.as_str())])),
                Err(error) => return not_there(context, error, &self.post),
            }
            app.close().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}

impl Appoint {
    fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            let actor = Actor::operator();
            let done = async {
                let user = app.operator_as(&self.name).await?.user().ok_or(Error::NotFound { what: "user" })?;
                app.appoint(&actor, &self.post, user, self.since).await
            };
            match done.await {
                Ok(()) => {
                    let words = [("post", self.post.as_str()), ("name", &self.name)];
                    println!("{}", say(context, "post-appointed", &words));
                }
                Err(error) => return refused(context, error),
            }
            app.close().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}

impl List {
    fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            let org = match app.org(&Actor::operator(), &RefArea::new(&self.area), self.on).await {
                Ok(org) => org,
                Err(Error::NotFound { .. }) => {
                    let unknown = Diagnostic::error("unknown-place", Place::default());
                    tell(context, &unknown.with("found", &self.area).with("expected", "VN-11"));
                    return Ok(ExitCode::from(DATA));
                }
                Err(error) => return refused(context, error),
            };
            for office in org.offices {
                println!("{} ({})", office.name.get(context.language), office.office);
                for view in office.posts {
                    let names: Vec<_> = view.holders.into_iter().filter_map(|holder| holder.name).collect();
                    println!("  {} {} {}: {}", view.post.id, view.post.role, view.post.reach, names.join(", "));
                }
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}

fn not_there(context: &Context, error: Error, post: &PostId) -> anyhow::Result<ExitCode> {
    match error {
        Error::NotFound { what: "post" } => {
            tell(context, &Diagnostic::error("unknown-post", Place::default()).with("found", post));
            Ok(ExitCode::from(DATA))
        }
        other => refused(context, other),
    }
}
