//! About the data: what the register holds, where it comes from, and how far its record can be checked.

use terms::Date;

use crate::policy::Action;
use crate::reference::lives;
use crate::view::ActView;
use crate::{Actor, App, Error};

/// What the register holds.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Documents.
    pub documents: usize,
    /// Figures found or marked.
    pub figures: usize,
    /// Figures that wait for a person.
    pub waiting: usize,
    /// Observations that hold.
    pub observations: usize,
    /// Targets that hold.
    pub targets: usize,
    /// Indicators of the catalogue.
    pub indicators: usize,
    /// Units valid today.
    pub units: usize,
    /// Publishers of the documents and sources, with how many values come from each.
    pub publishers: Vec<(String, usize)>,
    /// First and last day of the documents.
    pub span: Option<(Date, Date)>,
    /// How many entries the record has.
    pub entries: u64,
    /// The hash of the last entry, 64 hexadecimal digits.
    pub head_hash: String,
    /// The latest acts, newest first.
    pub latest: Vec<ActView>,
}

impl App {
    /// What the register holds. Four statements.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn about(&self, actor: &Actor) -> Result<About, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let today = self.today();
        let mut reading = self.reading().await?;
        let totals = reading.totals().await?;
        let head = reading.head().await?;
        let latest = reading.latest_acts(20).await?;
        Ok(About {
            documents: totals.documents,
            figures: totals.figures,
            waiting: totals.waiting,
            observations: totals.observations,
            targets: totals.targets,
            indicators: lists.reference.indicators.len(),
            units: lists
                .reference
                .units()
                .iter()
                .filter(|unit| lives(unit, today))
                .count(),
            publishers: totals.publishers,
            span: totals.days,
            entries: head.number,
            head_hash: terms::Sha256(head.hash).to_string(),
            latest: latest.iter().map(ActView::of).collect(),
        })
    }
}
