//! «Can it all hold?»: the targets, results and assumptions of the province held against the identities between them.
//!
//! [`targets`], [`results`] and [`assumptions`] gather what is claimed, in terms of the quantities that [`gather`] knows;
//! `engine::coherence` answers; [`told`] puts the answer into the words of [`view`].

mod aspects;
mod assumptions;
mod gather;
mod results;
mod targets;
mod told;
mod view;

use engine::coherence::{self as coherence, Limits};
use store::{Known, Which};
use terms::{Date, Decimal, RefArea};

use crate::assess::Picture;
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::PROVINCE;
use crate::{Actor, App, Error};
use gather::{Gathered, unknown_indicators};
use told::Teller;

pub(crate) use gather::{is_own_value, step_in};
pub(crate) use told::{outward, quantity_view};

pub use assumptions::{AssumptionDefault, assumption_defaults};
pub use engine::coherence::{Role as ClaimRole, Verdict as CoherenceVerdict};
pub use told::range_of;
pub use view::{
    ClaimView, CoherenceView, ConflictKind, ConflictView, ImpliedView, MendView, NoteView, Piece,
    QuantityView, RangeView, ReadingView, StepView,
};

/// The identities that are in use, as the repository states them.
pub const IDENTITIES: &str = include_str!("../../../data/identities.csv");

/// What to ask.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CoherenceQuery {
    /// Other ranges for assumptions, by name.
    pub assumed: Vec<(String, Decimal, Decimal)>,
    /// Assumptions that shall not hold.
    pub dropped: Vec<String>,
    /// As of this day: only papers up to it, only targets due after it; none: today.
    pub day: Option<Date>,
}

impl App {
    /// Whether all targets that are not due yet can hold at once. Four statements.
    ///
    /// # Errors
    /// [`Error::Invalid`] where an assumption is unknown or turned round; [`Error::Store`], [`Error::Denied`].
    pub async fn coherence(&self, actor: &Actor, query: &CoherenceQuery) -> Result<CoherenceView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let picture = Picture::load(&mut self.reading().await?, Known::NOW, Which::Place(&PROVINCE)).await?;
        let day = query.day.unwrap_or_else(|| self.today());
        let query = query.clone();
        // Milliseconds of arithmetic: not on the threads that answer others.
        tokio::task::spawn_blocking(move || ask(&picture, &lists.reference, &query, day))
            .await
            .map_err(|_| Error::Machine("the question of coherence was broken off"))?
    }
}

fn ask(
    picture: &Picture,
    reference: &Reference,
    query: &CoherenceQuery,
    day: Date,
) -> Result<CoherenceView, Error> {
    let (identities, mut diagnostics) = coherence::read_identities(IDENTITIES, "identities.csv");
    diagnostics.extend(unknown_indicators(&identities, reference));
    let natural = reference.natural();
    let mut gathered = Gathered {
        conditions: aspects::conditions(picture),
        ..Gathered::default()
    };
    let mut identities = identities;
    identities.extend(aspects::definitions(
        picture,
        reference,
        &identities,
        &gathered.conditions,
    ));
    results::results(picture, reference, &identities, day, &mut gathered);
    let start = gathered.first_year_ahead(day);
    targets::targets(picture, reference, &identities, (day, start), &mut gathered);
    assumptions::assumptions(query, (day, start), reference, &mut gathered)?;
    let answer = coherence::examine(&identities, &gathered.claims, &natural, &Limits::STANDARD);
    let (set_aside, about_identities) = gathered.set_aside(&answer.diagnostics);
    diagnostics.extend(about_identities);
    let mut notes = std::mem::take(&mut gathered.notes);
    notes.extend(set_aside);
    let teller = Teller {
        reference,
        identities: &identities,
        answer: &answer,
        claims: &gathered.claims,
        conditions: &gathered.conditions,
    };
    let conflicts = teller.conflicts();
    Ok(CoherenceView {
        day,
        verdict: answer.verdict,
        all_conflicts: answer.all_conflicts,
        implied: teller.implied(),
        mends: teller.mends(&conflicts),
        conflicts,
        notes,
        mends_together: answer.mends_together.clone(),
        readings: teller.readings(),
        path: teller.path(),
        claims: gathered.views,
        diagnostics,
    })
}

/// The place that the question is of.
pub fn place() -> RefArea {
    PROVINCE
}
