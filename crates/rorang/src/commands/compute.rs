//! `rorang compute`: all that the register comes to of a unit beyond what was reported for it.

use std::path::PathBuf;
use std::process::ExitCode;

use app::Actor;
use terms::{Date, RefArea, TimePeriod};

use super::explain::{headline, with_register};
use super::{Context, DATA, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct Compute {
    /// The unit's code
    #[arg(value_name = "UNIT", default_value = "VN-11")]
    unit: String,
    /// The period; without one, the last year that is over
    #[arg(long, value_name = "PERIOD")]
    period: Option<TimePeriod>,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// As known at the end of this day
    #[arg(long, value_name = "DAY")]
    known_on: Option<Date>,
}

impl Compute {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            let period = self.period.unwrap_or_else(|| TimePeriod::Year(app.today().year() - 1));
            let place = RefArea::new(&self.unit);
            let found = match app.compute(&Actor::public(), &place, period, self.known_on).await {
                Ok(found) => found,
                Err(app::Error::Invalid(faults)) => {
                    faults.iter().for_each(|fault| tell(context, fault));
                    return Ok(ExitCode::from(DATA));
                }
                Err(other) => return Err(other.into()),
            };
            if found.is_empty() {
                println!("{}", i18n::message(context.language, "compute-nothing", &[]).unwrap_or_default());
            }
            for told in &found {
                println!("{}", headline(context.language, told));
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}
