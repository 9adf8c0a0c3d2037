//! What waits for the verifier and for who accepts; and which values stand out.

use std::collections::{BTreeMap, BTreeSet};

use engine::outlier::Usual;
use plan::report::{Regime, RegimeCode, ReportKey, Stage, Values};
use store::{Reading, Reports, StoredReport};
use terms::{Date, Decimal, IndicatorCode, TimePeriod};

use super::view::{OfficeName, RegimeName};
use super::{Standing, sent_values};
use crate::policy::Action;
use crate::{Actor, App, Error};

/// The lists of those who judge reports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueView {
    /// Sent, to be verified; those with values that stand out first, then the oldest.
    pub to_verify: Vec<Waiting>,
    /// Verified, to be accepted.
    pub to_accept: Vec<Waiting>,
}

/// A report that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub report: ReportKey,
    /// Of which regime.
    pub regime: RegimeName,
    /// Of whom.
    pub office: OfficeName,
    /// When it was sent.
    pub submitted_on: Option<Date>,
    /// Whether that was after the last day.
    pub late: bool,
    /// How many values stand out.
    pub standing_out: usize,
    /// How often it was sent back before.
    pub returns: u32,
    /// Whether a simulation made it up.
    pub simulated: bool,
}

/// How the values of a regime's period lie among each other.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    /// By line: what is usual of the change against the last period, and of the value itself.
    usual: BTreeMap<IndicatorCode, (Option<Usual>, Option<Usual>)>,
}

impl Neighbours {
    /// Two statements.
    pub(crate) async fn load(
        reading: &mut Reading,
        regime: &Regime,
        period: TimePeriod,
    ) -> Result<Self, Error> {
        let now = reading.reports(Reports::Period(regime.code(), period)).await?;
        let before = match regime.states().frequency.neighbour(period, -1) {
            Some(before) => reading.reports(Reports::Period(regime.code(), before)).await?,
            None => Vec::new(),
        };
        Ok(Self::of(regime, &now, &before))
    }

    fn of(regime: &Regime, now: &[StoredReport], before: &[StoredReport]) -> Self {
        let last: BTreeMap<_, Values> = before
            .iter()
            .map(|stored| (&stored.key.office, sent_values(regime, &stored.report)))
            .collect();
        let mut changes: BTreeMap<IndicatorCode, (Vec<Decimal>, Vec<Decimal>)> = BTreeMap::new();
        for stored in now {
            for (code, value) in sent_values(regime, &stored.report) {
                let of_last = last.get(&stored.key.office).and_then(|values| values.get(&code));
                let (rates, levels) = changes.entry(code).or_default();
                rates.extend(rate(value, of_last.copied()));
                levels.push(value);
            }
        }
        Self {
            usual: changes
                .into_iter()
                .map(|(code, (rates, levels))| (code, (Usual::of(&rates), Usual::of(&levels))))
                .collect(),
        }
    }

    /// Whether a value stands out: by its change against the last period where enough neighbours tell theirs, else by
    /// itself.
    pub(crate) fn stands_out(&self, code: &IndicatorCode, value: Decimal, last: Option<Decimal>) -> bool {
        let Some((rates, levels)) = self.usual.get(code) else {
            return false;
        };
        match (rates, rate(value, last), levels) {
            (Some(usual), Some(rate), _) => usual.stands_out(rate),
            (_, _, Some(usual)) => usual.stands_out(value),
            _ => false,
        }
    }
}

/// A value in parts of the last one; none where there is none to divide by.
fn rate(value: Decimal, last: Option<Decimal>) -> Option<Decimal> {
    value.checked_div(last.filter(|last| !last.is_zero())?)
}

/// The lines of a report that stand out: unusual against the last period, or among the neighbours.
pub(crate) fn standing_out(
    regime: &Regime,
    report: &plan::report::Report,
    last: &Values,
    neighbours: &Neighbours,
) -> BTreeSet<IndicatorCode> {
    let form = regime.form(last.clone());
    let (values, _) = form.read(&report.texts());
    let unusual = form
        .check(&values, false)
        .into_iter()
        .filter(|finding| finding.soft);
    let mut lines: BTreeSet<_> = unusual.map(|finding| finding.indicator).collect();
    let wild = values
        .iter()
        .filter(|(code, value)| neighbours.stands_out(code, **value, last.get(code).copied()));
    lines.extend(wild.map(|(code, _)| code.clone()));
    lines
}

impl App {
    /// The lines of a report that stand out. Three statements.
    pub(crate) async fn standing_out(
        &self,
        reading: &mut Reading,
        standing: &Standing,
        key: &ReportKey,
    ) -> Result<BTreeSet<IndicatorCode>, Error> {
        let last = standing.last(reading, key).await?;
        let neighbours = Neighbours::load(reading, &standing.regime, key.period).await?;
        Ok(standing_out(
            &standing.regime,
            &standing.report,
            &last,
            &neighbours,
        ))
    }

    /// What waits for this person. Three statements, and two for each regime's period among what waits.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn report_queue(&self, actor: &Actor) -> Result<QueueView, Error> {
        if !actor.may(Action::AcceptReport) {
            actor.require(Action::VerifyReport)?;
        }
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let regimes = reading.regimes().await?;
        let mut neighbours: BTreeMap<(RegimeCode, TimePeriod), (Neighbours, BTreeMap<_, Values>)> =
            BTreeMap::new();
        let mut view = QueueView::default();
        for (stage, action) in [
            (Stage::Submitted, Action::VerifyReport),
            (Stage::Verified, Action::AcceptReport),
        ] {
            let offices = actor.offices_for(action);
            if offices.is_nowhere() {
                continue;
            }
            for stored in reading.reports(Reports::Stage(stage)).await? {
                let key = stored.key;
                let regime = regimes.iter().find(|found| *found.regime.code() == key.regime);
                let Some(regime) = regime.filter(|_| offices.contains(&key.office)) else {
                    continue;
                };
                let regime = &regime.regime;
                if !actor.may_judge(action, &key.office, &regime.states().receiver) {
                    continue;
                }
                let of = (key.regime.clone(), key.period);
                if !neighbours.contains_key(&of) {
                    let found = Neighbours::load(&mut reading, regime, key.period).await?;
                    let last = last_of_all(&mut reading, regime, key.period).await?;
                    neighbours.insert(of.clone(), (found, last));
                }
                let (around, last) = &neighbours[&of];
                let none = Values::new();
                let last = last.get(&key.office).unwrap_or(&none);
                let state = stored.report.state();
                let waiting = Waiting {
                    regime: RegimeName::of(regime),
                    office: OfficeName::of(&directory, &key.office),
                    submitted_on: state.submitted_on,
                    late: state
                        .submitted_on
                        .is_some_and(|day| regime.send_by(key.period) < day),
                    standing_out: standing_out(regime, &stored.report, last, around).len(),
                    returns: state.returns,
                    simulated: state.simulated,
                    report: key,
                };
                match stage {
                    Stage::Submitted => view.to_verify.push(waiting),
                    _ => view.to_accept.push(waiting),
                }
            }
        }
        for list in [&mut view.to_verify, &mut view.to_accept] {
            list.sort_by(|a, b| {
                let urgent = |one: &Waiting| (std::cmp::Reverse(one.standing_out), one.submitted_on);
                urgent(a).cmp(&urgent(b)).then_with(|| a.report.cmp(&b.report))
            });
        }
        Ok(view)
    }
}

/// The values of the period before, by office. One statement.
async fn last_of_all(
    reading: &mut Reading,
    regime: &Regime,
    period: TimePeriod,
) -> Result<BTreeMap<plan::Office, Values>, Error> {
    let Some(before) = regime.states().frequency.neighbour(period, -1) else {
        return Ok(BTreeMap::new());
    };
    let stored = reading.reports(Reports::Period(regime.code(), before)).await?;
    Ok(stored
        .into_iter()
        .map(|stored| {
            let values = sent_values(regime, &stored.report);
            (stored.key.office, values)
        })
        .collect())
}
