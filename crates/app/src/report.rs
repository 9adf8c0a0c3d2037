//! Reports: who owes which, the form, its way up by level, and what comes of accepted values.
//!
//! In reading order: [`view`] has the words; [`regimes`] issues and lists regimes, [`owed`] says who owes what and how it
//! stands; [`form`] shows a report, [`fill`] saves and sends it; [`judge`] verifies, returns, accepts and corrects;
//! [`queue`] is the verifier's list, [`sample`] draws reports for checks on the spot, [`story`] tells all about one value,
//! [`sheet`] is the same form as a workbook; [`simulate`] makes
//! reports up, marked for ever. The rules stand in [`plan::report`].

mod fill;
mod form;
mod judge;
mod mine;
mod owed;
mod queue;
pub(crate) mod regimes;
mod sample;
mod sheet;
mod simulate;
mod story;
pub mod view;

pub use fill::{DeviceClock, NewEvidence, SaveReport, SavedReport, SubmitReport};
pub use form::{FormAct, FormLine, FormView, OpenForm, RivalText};
pub use judge::{CorrectReport, Counted, JudgeReport};
pub use mine::MyReports;
pub use owed::{OwedOffice, OwedRegime, OwedView, Rates};
pub use queue::{QUEUE_PAGE, QueueCounts, QueueGroup, QueueHead, QueueQuery, QueueView, Waiting};
pub use regimes::{RegimePage, RegimeView};
pub use sample::{DrawnReport, SampleView};
pub use story::{StoryStep, StoryView};

use plan::Office;
use plan::report::{Finding, Lock, Refusal, Regime, Report, ReportKey, Values};
use store::{Reading, StoredReport};
use terms::{Date, Diagnostic, Place, RefArea};

use crate::Error;
use crate::reference::{Reference, lives};

/// The offices that owe reports of a regime on a period: the People's Committees of the units of its tier that are there
/// on the last day told of. O(units below the receiver).
pub(crate) fn who_owes(reference: &Reference, regime: &Regime, period: terms::TimePeriod) -> Vec<Office> {
    let states = regime.states();
    let day = regime.cut_off(period);
    let mut offices: Vec<Office> = reference
        .tree()
        .below(&states.receiver.area, states.reporters, day)
        .into_iter()
        .map(|number| reference.tree().unit(number))
        .filter(|unit| lives(unit, day))
        .map(|unit| Office::committee(unit.code.clone()))
        .collect();
    offices.sort();
    offices.dedup();
    offices
}

/// Whether an office owes a report: O(depth of the tree).
pub(crate) fn owes(reference: &Reference, regime: &Regime, key: &ReportKey) -> bool {
    let states = regime.states();
    let Some(unit) = reference.unit(&key.office.area) else {
        return false;
    };
    let mut above: Option<&RefArea> = unit.parent.as_ref();
    let mut is_below = key.office.area == states.receiver.area;
    for _ in 0..8 {
        match above {
            Some(area) if *area == states.receiver.area => is_below = true,
            Some(area) => above = reference.unit(area).and_then(|unit| unit.parent.as_ref()),
            None => break,
        }
        if is_below {
            break;
        }
    }
    key.office.department.is_none()
        && is_below
        && key.office.area.level() == states.reporters
        && regime.asks_for(key.period)
        && lives(unit, regime.cut_off(key.period))
}

/// A regime and a report of it, as they stand.
pub(crate) struct Standing {
    pub(crate) regime: Regime,
    pub(crate) stored: Option<StoredReport>,
    pub(crate) report: Report,
}

impl Standing {
    /// Two statements.
    pub(crate) async fn load(
        reading: &mut Reading,
        reference: &Reference,
        key: &ReportKey,
    ) -> Result<Self, Error> {
        let not_found = Error::NotFound { what: "report" };
        let regime = reading.regime(&key.regime).await?.map(|stored| stored.regime);
        let Some(regime) = regime.filter(|regime| owes(reference, regime, key)) else {
            return Err(not_found);
        };
        let stored = reading.report(key).await?;
        let report = stored
            .as_ref()
            .map_or_else(Report::default, |stored| stored.report.clone());
        Ok(Self {
            regime,
            stored,
            report,
        })
    }

    /// The values of the last period that were sent. One statement.
    pub(crate) async fn last(&self, reading: &mut Reading, key: &ReportKey) -> Result<Values, Error> {
        let Some(before) = self.regime.states().frequency.neighbour(key.period, -1) else {
            return Ok(Values::new());
        };
        let before = ReportKey {
            period: before,
            ..key.clone()
        };
        let stored = reading.report(&before).await?;
        Ok(stored.map_or_else(Values::new, |stored| sent_values(&self.regime, &stored.report)))
    }
}

/// The values of a report that was sent; nothing of one that is still filled in.
pub(crate) fn sent_values(regime: &Regime, report: &Report) -> Values {
    if report.stage() == plan::report::Stage::FillingIn {
        return Values::new();
    }
    regime.form(Values::new()).read(&report.texts()).0
}

/// Goes on only where a report can be filled in on a day.
pub(crate) fn unlocked(standing: &Standing, key: &ReportKey, day: Date) -> Result<(), Error> {
    match standing.report.lock(&standing.regime, key.period, day) {
        None => Ok(()),
        Some(lock) => Err(Error::Invalid(vec![lock_told(lock)])),
    }
}

/// Why a report is locked, as a diagnostic.
pub(crate) fn lock_told(lock: Lock) -> Diagnostic {
    let told = |code| Diagnostic::error(code, Place::default());
    match lock {
        Lock::NotAsked => told("report-not-asked"),
        Lock::NotYet { opens } => told("report-not-yet").with("opens", opens),
        Lock::Closed { since } => told("report-closed").with("since", since),
        Lock::Sent(_) => told("report-sent"),
        Lock::Accepted => told("report-accepted"),
    }
}

/// What stands in the way of a move, as diagnostics on the lines.
pub(crate) fn refused(refusal: Refusal) -> Error {
    match refusal {
        // Somebody else made another move in between.
        Refusal::NotNow { .. } => Error::Conflict { what: "report" },
        Refusal::NoWords { .. } => Error::Invalid(vec![missing("reason")]),
        Refusal::Findings(findings) => Error::Invalid(findings.iter().map(finding_told).collect()),
    }
}

/// A finding, as a diagnostic on its line.
pub(crate) fn finding_told(finding: &Finding) -> Diagnostic {
    let place = Place::default().column(finding.indicator.as_str());
    Diagnostic::error("report-line", place).with("finding", finding.problem.code())
}

pub(crate) fn missing(field: &str) -> Diagnostic {
    Diagnostic::error("missing-value", Place::default().column(field))
        .with("found", "")
        .with("expected", "")
}
