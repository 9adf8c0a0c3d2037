//! Regimes: issued by a planner, by form or file, dated by their entry; listed for everybody.

use exchange::{ReadRegime, Table};
use plan::report::{Edit, Frequency, Regime, RegimeCode, ReportCalendar};
use plan::{Act, Edition};
use store::Writing;
use terms::{AreaLevel, Date, Diagnostic, TimePeriod};

use super::owed::OwedRegime;
use super::view::{OfficeName, RegimeName};
use crate::directory::Directory;
use crate::policy::Action;
use crate::reference::Reference;
use crate::view::{Bilingual, IndicatorName};
use crate::{Actor, App, Error};

/// What a regime states, in the words of pages.
#[derive(Debug, Clone, PartialEq)]
pub struct RegimeView {
    /// Code and name.
    pub name: RegimeName,
    /// What has to be told.
    pub content: Bilingual,
    /// Which tier reports.
    pub reporters: AreaLevel,
    /// Who receives.
    pub receiver: OfficeName,
    /// On which way.
    pub way: Bilingual,
    /// How often.
    pub frequency: Frequency,
    /// How its periods are cut.
    pub calendar: ReportCalendar,
    /// Days from the cut-off to the last day for sending.
    pub send_by_days: i32,
    /// Days from the cut-off to the lock.
    pub lock_after_days: i32,
    /// The outline of the text that goes with the numbers.
    pub outline: Bilingual,
    /// Which telling accepted values are.
    pub edition: Edition,
    /// The first day on which it asks.
    pub from: Date,
}

impl RegimeView {
    pub(crate) fn of(regime: &Regime, directory: &Directory) -> Self {
        let states = regime.states();
        let both = |vi: &String, en: &String| Bilingual {
            vi: vi.clone(),
            en: if en.is_empty() { vi.clone() } else { en.clone() },
        };
        Self {
            name: RegimeName::of(regime),
            content: both(&states.content_vi, &states.content_en),
            reporters: states.reporters,
            receiver: OfficeName::of(directory, &states.receiver),
            way: both(&states.way_vi, &states.way_en),
            frequency: states.frequency,
            calendar: states.calendar,
            send_by_days: states.send_by_days,
            lock_after_days: states.lock_after_days,
            outline: both(&states.outline_vi, &states.outline_en),
            edition: states.edition,
            from: states.from,
        }
    }
}

/// The page of a regime.
#[derive(Debug, Clone, PartialEq)]
pub struct RegimePage {
    /// What it states.
    pub regime: RegimeView,
    /// What it asks for, with the edits.
    pub items: Vec<(IndicatorName, bool, Vec<Edit>)>,
    /// The entry that issued it.
    pub entry: u64,
    /// The periods whose cut-off has passed, the latest first, at most 24.
    pub periods: Vec<TimePeriod>,
    /// Who owes and how it stands, of the period that was asked for or the latest.
    pub owed: Option<OwedRegime>,
}

impl App {
    /// A regime with who owes what of a period. Five statements.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`], [`Error::Denied`].
    pub async fn regime(
        &self,
        actor: &Actor,
        code: &str,
        period: Option<TimePeriod>,
    ) -> Result<RegimePage, Error> {
        actor.require(Action::ReadRegister)?;
        let not_found = || Error::NotFound { what: "regime" };
        let code: RegimeCode = code.parse().map_err(|_| not_found())?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let stored = reading.regime(&code).await?.ok_or_else(not_found)?;
        let regime = &stored.regime;
        let mut periods = Vec::new();
        let mut next = regime.latest_told(self.today());
        while let Some(found) = next.filter(|found| regime.asks_for(*found) && periods.len() < 24) {
            periods.push(found);
            next = regime.states().frequency.neighbour(found, -1);
        }
        // A form that is open before its cut-off can be asked for too.
        let open = regime.open_periods(self.today());
        let shown = period
            .filter(|period| periods.contains(period) || open.contains(period))
            .or_else(|| periods.first().copied());
        let owed = match shown {
            Some(period) => Some(
                super::owed::of_period(
                    &mut reading,
                    &lists.reference,
                    &directory,
                    regime,
                    period,
                    self.today(),
                )
                .await?,
            ),
            None => None,
        };
        Ok(RegimePage {
            regime: RegimeView::of(regime, &directory),
            items: regime
                .states()
                .items
                .iter()
                .map(|item| {
                    let name = lists.reference.indicator_name(&item.indicator);
                    (name, item.required, item.edits.clone())
                })
                .collect(),
            entry: stored.entry,
            periods,
            owed,
        })
    }

    /// Issues regimes from two tables (what each states, and the lines of their forms), all of them or none; what stands
    /// so already is passed over. Answers with how many were issued.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every fault of both files; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn issue_regimes(
        &self,
        actor: &Actor,
        statements: (&str, &[u8]),
        lines: (&str, &[u8]),
    ) -> Result<usize, Error> {
        actor.require(Action::KeepRegimes)?;
        let mut wrong = Vec::new();
        let mut table =
            |(name, bytes): (&str, &[u8])| Table::read(name, bytes).map_err(|faults| wrong.extend(faults));
        let tables = table(statements).ok().zip(table(lines).ok());
        let Some((statements, lines)) = tables else {
            return Err(Error::Invalid(wrong));
        };
        let (regimes, wrong) = read(&self.lists().reference, &statements, &lines);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let mut writing = self.writing().await?;
        let issued = self.record_regimes(actor, &mut writing, regimes).await?;
        self.commit(writing).await?;
        Ok(issued)
    }

    /// Records regimes within a transaction; what stands so already is passed over. Answers with how many were issued.
    pub(crate) async fn record_regimes(
        &self,
        actor: &Actor,
        writing: &mut Writing,
        regimes: Vec<Regime>,
    ) -> Result<usize, Error> {
        for regime in &regimes {
            actor.require_for(Action::KeepRegimes, &regime.states().receiver)?;
        }
        let standing = writing.regimes().await?;
        let mut issued = 0;
        for regime in regimes {
            if standing.iter().any(|stored| stored.regime == regime) {
                continue;
            }
            let author = actor.author(Action::KeepRegimes, Some(&regime.states().receiver));
            let act = Act::RegimeIssued {
                regime: Box::new(regime),
            };
            writing.record(&author, self.now(), &act).await?;
            issued += 1;
        }
        Ok(issued)
    }

    /// Ends a regime: nothing more is owed; what was reported stays.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason, [`Error::NotFound`], [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn end_regime(&self, actor: &Actor, code: &str, reason: &str) -> Result<(), Error> {
        actor.require(Action::KeepRegimes)?;
        let not_found = || Error::NotFound { what: "regime" };
        let code: RegimeCode = code.parse().map_err(|_| not_found())?;
        let mut writing = self.writing().await?;
        let stored = writing.regime(&code).await?.ok_or_else(not_found)?;
        let receiver = stored.regime.states().receiver.clone();
        actor.require_for(Action::KeepRegimes, &receiver)?;
        if reason.trim().is_empty() {
            return Err(Error::Invalid(vec![super::missing("reason")]));
        }
        let act = Act::RegimeEnded {
            regime: code,
            reason: reason.trim().to_owned(),
        };
        let author = actor.author(Action::KeepRegimes, Some(&receiver));
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }
}

/// Reads regimes from two tables, with everything that is wrong in both.
pub(crate) fn read(
    reference: &Reference,
    statements: &Table,
    lines: &Table,
) -> (Vec<Regime>, Vec<Diagnostic>) {
    let (read, mut wrong) = exchange::read_regimes(statements, lines);
    let mut regimes = Vec::new();
    for found in read {
        match with_units(reference, &found) {
            Ok(regime) => regimes.push(regime),
            Err(unknown) => wrong.extend(unknown),
        }
    }
    (regimes, wrong)
}

/// The regime with the units of the catalogue; what it names and the register does not have.
fn with_units(reference: &Reference, read: &ReadRegime) -> Result<Regime, Vec<Diagnostic>> {
    let mut states = read.regime.states().clone();
    let mut wrong = Vec::new();
    if reference.unit(&states.receiver.area).is_none() {
        let place = read.at.clone().column("receiver");
        let unknown = Diagnostic::error("unknown-place", place).with("found", &states.receiver);
        wrong.push(unknown.with("expected", "VN-11"));
    }
    for (item, at) in states.items.iter_mut().zip(&read.lines) {
        if let Some(known) = reference.indicator(&item.indicator) {
            item.unit = known.unit.clone();
        } else {
            let place = at.clone().column("indicator");
            wrong.push(Diagnostic::error("unknown-indicator", place).with("found", &item.indicator));
        }
    }
    if wrong.is_empty() {
        Regime::new(states).map_err(|_| Vec::new())
    } else {
        Err(wrong)
    }
}
