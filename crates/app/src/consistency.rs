//! «Do the numbers agree?»: findings over the whole register, classed and explained.
//!
//! [`statements`] reads values as statements, [`rules`] compares them, [`board`] keeps what was found of each group of them from act to act; this
//! file has what pages see of it.

mod board;
mod rules;
mod statements;
mod worked;

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use engine::consistency::Class;
use plan::Edition;
use store::{AuditedTable, Reading};
use terms::{Date, Measure};

use crate::assess::Picture;
use crate::indicator::IndicatorQuery;
use crate::policy::Action;
use crate::register::{Lists, known_on};
use crate::settlement::SettlementView;
use crate::view::{Amount, IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

use board::AT_ONCE;
pub(crate) use board::Board;

pub use engine::consistency::Class as FindingClass;
pub use worked::WorkedView;

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
    /// How its numbers come to something else, for a reader with a calculator: one calculation beside the number that it
    /// should be, or two that should be the same. Empty where there is no identity.
    pub worked: Vec<WorkedView>,
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
                // Two values can disagree by themselves and by an identity too.
                finding.identity.clone(),
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

/// The findings as a page has them without waiting.
#[derive(Debug, Clone)]
pub struct FindingsNow {
    /// All of them, the gravest class first, settled ones too.
    pub findings: Vec<Arc<FindingView>>,
    /// Whether many values came in that are being looked at just now, so that some may be missing.
    pub is_looking: bool,
}

impl App {
    /// All findings of the register, the gravest class first, settled ones too, up to the last act. After an act only
    /// what it touched is looked at again, in six statements and four for each place; where nothing is kept of before,
    /// everything, in four for each place.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn findings(&self, actor: &Actor) -> Result<Vec<Arc<FindingView>>, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        if let Some(found) = self.found_already(&lists) {
            return Ok(found.findings.clone());
        }
        let mut reading = self.reading().await?;
        let found = self.found_in(&mut reading, &lists).await?;
        Ok(found.findings.clone())
    }

    /// The findings that are known now: where thousands of acts came in, those of before, while the rest is looked at.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn findings_now(&self, actor: &Actor) -> Result<FindingsNow, Error> {
        actor.require(Action::ReadRegister)?;
        let found = self.found(&mut self.reading().await?).await?;
        Ok(FindingsNow {
            findings: found.findings.clone(),
            is_looking: self.is_looking(),
        })
    }

    /// All findings, computed from every value whatever is kept: for measuring and for checking what is kept.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn findings_afresh(&self, actor: &Actor) -> Result<Vec<Arc<FindingView>>, Error> {
        actor.require(Action::ReadRegister)?;
        let board = Board::afresh(&mut self.reading().await?, &self.lists()).await?;
        Ok(board.found().findings.clone())
    }

    /// Brings the findings up to the last act and keeps them in the database, so that the next start need not read every
    /// value. Nothing is recorded.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn keep_findings(&self) -> Result<(), Error> {
        let lists = self.lists();
        let mut reading = self.reading().await?;
        self.found_in(&mut reading, &lists).await?;
        drop(reading);
        let Some(board) = self.kept_board() else {
            return Ok(());
        };
        let mut writing = self.writing().await?;
        let kept = board.keep(&mut writing).await?;
        writing.commit().await?;
        let mut now = self.inner.found.write().unwrap_or_else(PoisonError::into_inner);
        if now.as_ref().is_some_and(|now| Arc::ptr_eq(now, &board)) {
            *now = Some(Arc::new(kept));
        }
        Ok(())
    }

    /// Whether pages show the findings of before, while many values are being looked at.
    pub fn is_looking(&self) -> bool {
        !self.looks().is_multiple_of(2)
    }

    /// How often pages began or ceased to show the findings of before: a page that was made at another count may show
    /// what no longer is.
    pub fn looks(&self) -> u64 {
        self.inner.behind.load(Ordering::Acquire)
    }

    /// Goes on to showing the findings of before, or to showing those of now, where that is not so yet.
    fn fall_behind(&self, is_behind: bool) {
        let next = |looks: u64| (looks.is_multiple_of(2) == is_behind).then_some(looks + 1);
        // Where it is so already nothing changes.
        let _ = self
            .inner
            .behind
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, next);
    }

    /// The findings for a page, as of its snapshot or a later one: saves of reports being filled in change none. A page waits
    /// for few acts only; many are looked at in a task of their own, and until it is done the findings of before are shown.
    pub(crate) async fn found(&self, reading: &mut Reading) -> Result<Arc<Found>, Error> {
        let lists = self.lists();
        if let Some(found) = self.found_already(&lists) {
            return Ok(found);
        }
        let board = self.kept_board();
        let since = match board.as_ref().and_then(|board| board.looked_at(&lists)) {
            Some(since) => since,
            None => Board::kept_entry(reading, &lists).await?.unwrap_or(0),
        };
        if self.shown().number.saturating_sub(since) <= AT_ONCE {
            return self.found_in(reading, &lists).await;
        }
        self.fall_behind(true);
        self.look_in_the_background();
        Ok(board.map(|board| board.found()).unwrap_or_default())
    }

    /// Starts to look at what came in and to keep what is found, where no task does so already.
    pub fn look_in_the_background(&self) {
        if self.inner.looking.swap(true, Ordering::AcqRel) {
            return;
        }
        let app = self.clone();
        tokio::spawn(async move {
            if let Err(error) = app.keep_findings().await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the findings could not be brought up to date"
                );
            }
            app.fall_behind(false);
            app.inner.looking.store(false, Ordering::Release);
        });
    }

    /// Compares what the database keeps with what every value makes; none where it keeps nothing by these rules.
    pub(crate) async fn audit_findings(&self, reading: &mut Reading) -> Result<Option<AuditedTable>, Error> {
        let lists = self.lists();
        if Board::kept_entry(reading, &lists).await?.is_none() {
            return Ok(None);
        }
        let kept = Board::at(None, reading, &lists).await?;
        let made = Board::afresh(reading, &lists).await?;
        let (rows, same) = kept.compare(&made);
        Ok(Some(AuditedTable {
            name: "found",
            rows,
            made: made.compare(&made).0,
            same,
        }))
    }

    fn found_already(&self, lists: &Arc<Lists>) -> Option<Arc<Found>> {
        self.kept_board()?.found_at(self.shown(), lists)
    }

    /// The findings of a snapshot, or those that are kept where they are of a later one; kept in memory for the next one.
    pub(crate) async fn found_in(
        &self,
        reading: &mut Reading,
        lists: &Arc<Lists>,
    ) -> Result<Arc<Found>, Error> {
        let head = reading.shown_head().await?.number;
        let is_later = |kept: &Arc<Board>| kept.looked_at(lists).is_some_and(|looked_at| head <= looked_at);
        let before = self.kept_board();
        if let Some(later) = before.as_ref().filter(|kept| is_later(kept)) {
            return Ok(later.found());
        }
        let board = Arc::new(Board::at(before.as_deref(), reading, lists).await?);
        let mut kept = self.inner.found.write().unwrap_or_else(PoisonError::into_inner);
        // Another page may have looked further meanwhile.
        if !kept.as_ref().is_some_and(is_later) {
            *kept = Some(Arc::clone(&board));
        }
        Ok(board.found())
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
        let now = self.found(reading).await?;
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
