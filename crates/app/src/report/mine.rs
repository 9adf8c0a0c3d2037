//! What of reports waits for one person.

use super::{OpenForm, QueueCounts};
use crate::policy::Action;
use crate::{Actor, App, Error};

/// What waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MyReports {
    /// Forms to fill in and send, those sent back too, the nearest last day first.
    pub to_fill: Vec<OpenForm>,
    /// How much is to be verified and accepted.
    pub queue: QueueCounts,
}

impl App {
    /// What of reports waits for this person; nothing for who has nothing to do with them. As [`App::open_forms`] and
    /// [`App::report_queue_counts`].
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Store`].
    pub async fn my_reports(&self, actor: &Actor) -> Result<MyReports, Error> {
        actor.require(Action::KeepOwnAccount)?;
        let mut mine = MyReports::default();
        if actor.may(Action::FillReport) {
            mine.to_fill = self.open_forms(actor).await?;
            mine.to_fill.retain(|form| form.lock.is_none());
        }
        if actor.may(Action::VerifyReport) || actor.may(Action::AcceptReport) {
            mine.queue = self.report_queue_counts(actor).await?;
        }
        Ok(mine)
    }
}
