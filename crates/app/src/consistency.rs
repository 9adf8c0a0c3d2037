//! «Do the numbers agree?»: findings over the whole register, classed and explained.
//!
//! [`statements`] reads values as statements, [`board`] keeps what was found of each group of them from act to act; this
//! file has what pages see of it.

mod board;
mod statements;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use engine::consistency::Class;
use plan::Edition;
use store::Reading;
use terms::{Date, Measure};

use crate::assess::Picture;
use crate::indicator::IndicatorQuery;
use crate::policy::Action;
use crate::register::{Lists, known_on};
use crate::settlement::SettlementView;
use crate::view::{Amount, IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

pub(crate) use board::Board;

pub use engine::consistency::Class as FindingClass;

/// One statement of a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementView {
    /// The number of the observation or target.
    pub fact: u64,
    /// Of what.
    pub indicator: IndicatorName,
    /// Of whom.
    pub place: UnitName,
    /// When.
    pub period: terms::TimePeriod,
    /// Which aspect.
    pub measure: Measure,
    /// Whether it is a target.
    pub is_target: bool,
    /// The value.
    pub amount: Amount,
    /// Which telling; none for a target.
    pub edition: Option<Edition>,
    /// Where.
    pub sources: Vec<SourceView>,
}

/// Statements that do not agree.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingView {
    /// Stays the same as long as the same statements disagree: a settlement is recorded under it.
    pub key: String,
    /// Why; message `finding-CODE`, what would settle it `finding-CODE-settle`.
    pub class: Class,
    /// The statements, the earlier first; two, or all numbers of an identity.
    pub statements: Vec<StatementView>,
    /// The target that was retold as a result.
    pub because: Option<StatementView>,
    /// The identity that is broken; message `identity-ID`.
    pub identity: Option<String>,
    /// What a person said holds; none while it is open.
    pub settled: Option<SettlementView>,
}

impl FindingView {
    /// Whether its numbers are marked wherever they show: a person should look before using one of them. Values of two
    /// price bases, scopes or periods are told apart by their labels, and rounded ones agree.
    pub fn marks(&self) -> bool {
        let grave = matches!(
            self.class,
            Class::TrueConflict | Class::BrokenArithmetic | Class::OtherKind | Class::OtherEdition
        );
        grave && self.settled.is_none()
    }

    /// Whether one of its statements is of what a page shows.
    pub(crate) fn is_about(&self, query: &IndicatorQuery) -> bool {
        self.statements.iter().any(|statement| {
            statement.indicator.code == query.code
                && query
                    .place
                    .as_ref()
                    .is_none_or(|place| statement.place.code == *place)
        })
    }
}

/// The findings of a head, and which value each open one marks.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) findings: Vec<Arc<FindingView>>,
    marks: Marks,
}

/// The finding that marks a value, by the value's number; an empty name where the finding is one of the past only.
pub(crate) type Marks = Arc<HashMap<u64, String>>;

impl Found {
    /// The findings in the order in which people read them, with what each marks.
    fn of(mut findings: Vec<Arc<FindingView>>) -> Self {
        findings.sort_by_cached_key(|finding| {
            let first = finding.statements.first();
            (
                Class::ALL.iter().position(|class| *class == finding.class),
                first.map(|statement| (statement.is_target, statement.fact)),
                finding.key.clone(),
            )
        });
        let mut marks = HashMap::new();
        // The gravest class comes first, and its finding is the one to read.
        for finding in findings.iter().filter(|finding| finding.marks()) {
            for statement in &finding.statements {
                marks.entry(statement.fact).or_insert_with(|| finding.key.clone());
            }
        }
        Self {
            findings,
            marks: Arc::new(marks),
        }
    }
}

impl App {
    /// All findings of the register, the gravest class first, settled ones too. After an act only what it touched is
    /// looked at again, in six statements and four for each place; the first time everything, in five.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn findings(&self, actor: &Actor) -> Result<Vec<Arc<FindingView>>, Error> {
        actor.require(Action::ReadRegister)?;
        Ok(self.found().await?.findings.clone())
    }

    /// The findings as of the present head: saves of reports being filled in change none.
    pub(crate) async fn found(&self) -> Result<Arc<Found>, Error> {
        let lists = self.lists();
        if let Some(found) = self
            .kept_board()
            .and_then(|board| board.found_at(self.shown(), &lists))
        {
            return Ok(found);
        }
        let mut reading = self.reading().await?;
        self.found_in(&mut reading, &lists).await
    }

    /// The findings of a snapshot; kept for the next one.
    pub(crate) async fn found_in(
        &self,
        reading: &mut Reading,
        lists: &Arc<Lists>,
    ) -> Result<Arc<Found>, Error> {
        let board = Board::at(self.kept_board().as_deref(), reading, lists).await?;
        let found = board.found();
        *self.inner.found.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(board));
        Ok(found)
    }

    fn kept_board(&self) -> Option<Arc<Board>> {
        let kept = self.inner.found.read().unwrap_or_else(PoisonError::into_inner);
        kept.clone()
    }

    /// Which values of a picture are marked. As known on an earlier day: by what that picture holds, and by what people
    /// had settled then.
    pub(crate) async fn marks(
        &self,
        picture: &Picture,
        reading: &mut Reading,
        day: Option<Date>,
    ) -> Result<Marks, Error> {
        let now = self.found().await?;
        if day.is_none() {
            return Ok(Arc::clone(&now.marks));
        }
        let mut then = board::found_as_known(picture, reading, &self.lists(), known_on(day)).await?;
        let is_known = |key: &str| now.findings.iter().any(|finding| finding.key == key);
        let marks = Arc::make_mut(&mut then.marks);
        for key in marks.values_mut().filter(|key| !is_known(key)) {
            key.clear();
        }
        Ok(then.marks)
    }
}
