//! `rorang simulate`: simulated reports of the communes into the register, each marked as a simulation.

use std::path::PathBuf;
use std::process::ExitCode;

use app::Actor;

use super::Context;
use super::explain::with_register;

#[derive(Debug, clap::Args)]
pub(crate) struct Simulate {
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// The number from which the values are made: the same number, the same values
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Only reports, of so many periods of every regime, all waiting to be judged: a long queue to try
    #[arg(long, value_name = "PERIODS")]
    waiting: Option<usize>,
}

impl Simulate {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            if let Some(periods) = self.waiting {
                let made = match app.simulate_queue(&Actor::operator(), self.seed, periods).await {
                    Ok(made) => i18n::number(context.language, made.into()),
                    Err(error) => return super::refused(context, error),
                };
                println!("{}", i18n::message(context.language, "simulate-waiting-done", &[("reports", &*made)]).unwrap_or_default());
                app.close().await;
                return Ok(ExitCode::SUCCESS);
            }
            let imported = match app.simulate(&Actor::operator(), self.seed).await {
                Ok(imported) => imported,
                Err(error) => return super::refused(context, error),
            };
            let count = |number: usize| i18n::number(context.language, number.into());
            let (observations, known, reports) =
                (count(imported.observations), count(imported.known), count(imported.reports));
            let counts = [("observations", &*observations), ("known", &*known), ("reports", &*reports)];
            println!("{}", i18n::message(context.language, "simulate-done", &counts).unwrap_or_default());
            app.close().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}
