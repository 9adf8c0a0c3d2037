//! `rorang serve`: the pages, over an embedded database that is made on first start.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use app::App;
use app::session::SessionLimits;

use super::{Context, DATA, USAGE, tell};
use crate::address;

/// How often the server looks whether another program wrote into the database.
const REFRESH: Duration = Duration::from_secs(1);
/// After how many looks the findings are kept in the database, where acts have come in: a start then has little to do.
const KEEP_EVERY: u32 = 30;

/// Where the pages are when nobody says otherwise.
const USUAL: &str = "127.0.0.1:4321";

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = USUAL)]
    address: String,
    /// The database; made where it is not there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// Leave a new database empty: do not load the example
    #[arg(long)]
    empty: bool,
    /// Acts that approve or administrate need a second factor; also where the environment says so
    #[arg(long)]
    require_second_factor: bool,
    /// Settings of the province's directory (OpenID Connect), as lines of KEY=VALUE
    #[arg(long, value_name = "FILE")]
    oidc: Option<PathBuf>,
    /// The file of keys of secrets, where it does not lie beside the database; also where the environment says so
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Sessions that are not used for so many minutes end
    #[arg(long, value_name = "MINUTES")]
    idle_minutes: Option<u32>,
    /// Every session ends after so many hours
    #[arg(long, value_name = "HOURS")]
    session_hours: Option<u32>,
}

impl Default for Serve {
    fn default() -> Self {
        Self { address: USUAL.to_owned(), database: PathBuf::from("rorang.db"), empty: false, require_second_factor: false, oidc: None, key_file: None, idle_minutes: None, session_hours: None }
    }
}

impl Serve {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(self.serve(context))
    }

    async fn serve(self, context: &Context) -> anyhow::Result<ExitCode> {
        let say = |key: &str, name: &str, value: &str| {
            i18n::message(context.language, key, &[(name, value)]).unwrap_or_default()
        };
        let database = self.database.display().to_string();
        let wrong = |key: &str, why: &str| {
            eprintln!("{}: {}", say("cli-error", "", ""), say(key, "why", why));
            ExitCode::from(DATA)
        };
        let directory = match crate::oidc::load(self.oidc.as_deref()) {
            Ok(directory) => directory,
            Err(error) => return Ok(wrong("serve-oidc-wrong", &format!("{error:#}"))),
        };
        let limits = match limits(self.session_hours, self.idle_minutes) {
            Ok(limits) => limits,
            Err(error) => return Ok(wrong("serve-sessions-wrong", &format!("{error:#}"))),
        };
        // The address first: a server that cannot be reached should not make a database.
        let Some(wanted) = address::parse(&self.address) else {
            tell(context, &address::unknown(&self.address));
            return Ok(ExitCode::from(USAGE));
        };
        let listener = match tokio::net::TcpListener::bind(wanted).await {
            Ok(listener) => listener,
            Err(error) => {
                tell(context, &address::not_opened(wanted, &error));
                return Ok(ExitCode::from(DATA));
            }
        };
        let app = App::open(&self.database)
            .await
            .with_context(|| say("serve-database-failed", "database", &database))?;
        super::secrets::keep_in(&app, self.key_file);
        match app.guard_secrets().await {
            Ok(0) => {}
            Ok(sealed) => {
                let file = app.secrets_file().display().to_string();
                let words = [("file", file.as_str()), ("count", &sealed.to_string())];
                eprintln!("{}", super::user::say(context, "secrets-sealed-now", &words));
            }
            Err(error) => {
                app.close().await;
                return super::refused(context, error);
            }
        }
        let asked = std::env::var_os("RORANG_REQUIRE_SECOND_FACTOR").is_some_and(|value| value == "1");
        app.require_second_factor(self.require_second_factor || asked);
        app.limit_sessions(limits);
        if let Some(directory) = directory {
            app.sign_on_by(directory);
        }
        if !self.empty && app.is_new() {
            eprintln!("{}", say("serve-loading-example", "database", &database));
            app.load_example().await.with_context(|| say("serve-example-failed", "database", &database))?;
            eprintln!("{}", say("user-first-hint", "database", &database));
        }
        let address = format!("http://{}/", listener.local_addr()?);
        let mut out = std::io::stdout();
        writeln!(out, "{}", say("serve-listening", "address", &address))?;
        out.flush()?;
        let site = web::Site::new(app.clone());
        tokio::spawn(refresh(app));
        web::serve(listener, site, asked_to_stop()).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// How long sessions are good: what is asked for, else what the environment says, else what is usual.
fn limits(hours: Option<u32>, idle_minutes: Option<u32>) -> anyhow::Result<SessionLimits> {
    let said = |asked: Option<u32>, key: &'static str| match (asked, std::env::var(key)) {
        (Some(asked), _) => Ok(Some(asked)),
        (None, Ok(text)) => text.parse().map(Some).context(key),
        (None, Err(_)) => Ok(None),
    };
    let mut limits = SessionLimits::default();
    if let Some(hours) = said(hours, "RORANG_SESSION_HOURS")? {
        anyhow::ensure!((1..=24 * 30).contains(&hours), "1–720 h: {hours}?");
        limits.longest_s = i64::from(hours) * 3600;
    }
    if let Some(minutes) = said(idle_minutes, "RORANG_SESSION_IDLE_MINUTES")? {
        anyhow::ensure!((1..=60 * 24 * 30).contains(&minutes), "1–43200 min: {minutes}?");
        limits.idle_s = i64::from(minutes) * 60;
    }
    Ok(limits)
}

/// Keeps an eye on what other programs (`rorang import`) write.
async fn refresh(app: App) {
    let mut tick = tokio::time::interval(REFRESH);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut kept = None;
    for look in 0_u32.. {
        tick.tick().await;
        if let Err(error) = app.refresh().await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the database could not be looked at");
        }
        let shown = app.shown();
        if look % KEEP_EVERY == 0 && kept != Some(shown) {
            app.look_in_the_background();
            kept = Some(shown);
        }
    }
}

/// Done when somebody presses Ctrl-C or the system asks to stop.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminate) = terminate else { return std::future::pending().await };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}
