//! `rorang serve`: the pages, over an embedded database that is made on first start.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use app::App;

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
}

impl Default for Serve {
    fn default() -> Self {
        Self { address: USUAL.to_owned(), database: PathBuf::from("rorang.db"), empty: false, require_second_factor: false }
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
        let asked = std::env::var_os("RORANG_REQUIRE_SECOND_FACTOR").is_some_and(|value| value == "1");
        app.require_second_factor(self.require_second_factor || asked);
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
