//! `rorang user …`: the people who may sign in.

use std::io::BufRead as _;
use std::path::PathBuf;
use std::process::ExitCode;

use app::people::Added;
use app::policy::Role;
use app::{Actor, App, Error};

use super::{Context, DATA, refused, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Adds a person who may sign in
    Add(Add),
    /// Gives a person another password and ends all sessions
    Password(Password),
    /// Lets a person go: no more signing in; the acts stay
    End(End),
    /// Deletes everything that is kept of a person outside the record
    Forget(Forget),
    /// Adds the people of a table, all of them or nobody
    Import(Import),
    /// Links an account to somebody of the province's directory
    Link(Link),
    /// Unlinks an account from the directory
    Unlink(Unlink),
    /// Lists the people
    List(List),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The person's name
    #[arg(value_name = "NAME")]
    name: String,
    /// What the person may do
    #[arg(long, value_name = "ROLE", value_parser = ["reporter", "verifier", "planner", "leader", "inspector", "administrator"])]
    role: String,
    /// The database; made where it is not there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// Read the password from standard input; else one is made up and printed once
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_field_names, reason = "the field is the name of its option")]
struct Password {
    /// The person's name
    #[arg(value_name = "NAME")]
    name: String,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// Read the password from standard input; else one is made up and printed once
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, clap::Args)]
struct End {
    /// The person's name
    #[arg(value_name = "NAME")]
    name: String,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Forget {
    /// The person's name
    #[arg(value_name = "NAME")]
    name: String,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Import {
    /// The table: columns name, password, post, since
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Link {
    /// The person's name
    #[arg(value_name = "NAME")]
    name: String,
    /// The subject («sub») that the directory has for the person
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// The directory's issuer; `RORANG_OIDC_ISSUER` where it is not given
    #[arg(long, value_name = "ADDRESS")]
    issuer: Option<String>,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Unlink {
    /// The person's name
    #[arg(value_name = "NAME")]
    name: String,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct List {
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

impl User {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        super::runtime()?.block_on(async {
            match self.command {
                Command::Add(add) => add.run(context).await,
                Command::Password(password) => password.run(context).await,
                Command::End(end) => end.run(context).await,
                Command::Forget(forget) => forget.run(context).await,
                Command::Import(import) => import.run(context).await,
                Command::Link(link) => link.run(context).await,
                Command::Unlink(unlink) => unlink.run(context).await,
                Command::List(list) => list.run(context).await,
            }
        })
    }
}

impl Add {
    async fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let role = Role::of(&self.role).unwrap_or(Role::Public);
        let password = password(self.password_stdin)?;
        let app = App::open(&self.database).await?;
        let added = app.add_user(&Actor::operator(), &self.name, role, &password).await.map(drop);
        tell_password(context, added, "user-added", &self.name, (!self.password_stdin).then_some(password))
    }
}

impl Password {
    async fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let password = password(self.password_stdin)?;
        let app = super::open_there(&self.database).await?;
        let set = app.set_password(&Actor::operator(), &self.name, &password).await;
        tell_password(context, set, "user-password-set", &self.name, (!self.password_stdin).then_some(password))
    }
}

impl End {
    async fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let app = super::open_there(&self.database).await?;
        let ended = app.end_user(&Actor::operator(), &self.name).await;
        tell_password(context, ended, "user-ended", &self.name, None)
    }
}

impl Forget {
    async fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let app = super::open_there(&self.database).await?;
        let forgotten = app.forget_user_named(&Actor::operator(), &self.name).await;
        let code = tell_password(context, forgotten, "user-forgotten", &self.name, None);
        app.close().await;
        code
    }
}

impl Import {
    async fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let bytes = match documents::load(&self.file, &documents::Limits::STANDARD) {
            Ok(bytes) => bytes,
            Err(error) => {
                tell(context, &error.diagnostic);
                return Ok(ExitCode::from(DATA));
            }
        };
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let app = super::open_there(&self.database).await?;
        match app.import_users(&Actor::operator(), &name, &bytes).await {
            Ok(added) => {
                print_added(&added)?;
                eprintln!("{}", say(context, "users-imported", &[("count", &added.len().to_string())]));
                app.close().await;
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => {
                let code = refused(context, error);
                eprintln!("{}", say(context, "import-nothing", &[]));
                code
            }
        }
    }
}

impl Link {
    async fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let issuer = self.issuer.or_else(|| std::env::var("RORANG_OIDC_ISSUER").ok()).unwrap_or_default();
        let (app, operator) = (super::open_there(&self.database).await?, Actor::operator());
        let linked = match app.user_named(&operator, &self.name).await {
            Ok(id) => app.link_user(&operator, id, &issuer, &self.subject).await,
            Err(error) => Err(error),
        };
        tell_password(context, linked, "user-linked", &self.name, None)
    }
}

impl Unlink {
    async fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let (app, operator) = (super::open_there(&self.database).await?, Actor::operator());
        let unlinked = match app.user_named(&operator, &self.name).await {
            Ok(id) => app.unlink_user(&operator, id).await,
            Err(error) => Err(error),
        };
        tell_password(context, unlinked, "user-unlinked", &self.name, None)
    }
}

impl List {
    async fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let app = super::open_there(&self.database).await?;
        let today = app.today();
        for user in app.users(&Actor::operator()).await? {
            let key = if user.ended { "user-listed-ended" } else { "user-listed" };
            let held = user.holdings.iter().filter(|held| held.since <= today && held.until.is_none_or(|last| today <= last));
            let posts: Vec<&str> = held.map(|held| held.post.as_str()).collect();
            println!("{}", say(context, key, &[("name", &user.name), ("role", &posts.join(", "))]));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints people as CSV with the passwords that were made up: to be handed over and not kept.
pub(super) fn print_added(added: &[Added]) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(std::io::stdout().lock());
    table.write_record(["name", "password", "post"])?;
    for person in added {
        let post = person.post.as_ref().map_or("", |post| post.as_str());
        table.write_record([person.name.as_str(), person.password.as_deref().unwrap_or_default(), post])?;
    }
    table.flush()?;
    Ok(())
}

/// The password of the first line of standard input, or one made up.
fn password(from_stdin: bool) -> anyhow::Result<String> {
    if !from_stdin {
        return Ok(app::password::new_password()?);
    }
    password_of_stdin()
}

/// The first line of standard input.
pub(super) fn password_of_stdin() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Says what was done; a password that was made up is printed alone on a line, once.
fn tell_password(
    context: &Context,
    done: Result<(), Error>,
    key: &str,
    name: &str,
    made_up: Option<String>,
) -> anyhow::Result<ExitCode> {
    if let Err(error) = done {
        return refused(context, error);
    }
    println!("{}", say(context, key, &[("name", name)]));
    if let Some(password) = made_up {
        println!("{}", say(context, "user-password-once", &[]));
        println!("{password}");
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn say(context: &Context, key: &str, words: &[(&str, &str)]) -> String {
    i18n::message(context.language, key, words).unwrap_or_default()
}
