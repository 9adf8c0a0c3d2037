//! What is owed: which office owes which report for which period by when, and how punctual and complete it was.

use std::collections::BTreeMap;

use plan::Office;
use plan::report::{Regime, RegimeCode, ReportKey, Stage};
use store::{ListedReport, Reading, Reports};
use terms::{Date, Decimal, TimePeriod};

use super::view::{OfficeName, RegimeName};
use super::who_owes;
use crate::directory::Directory;
use crate::policy::Action;
use crate::reference::Reference;
use crate::{Actor, App, Error};

/// How many periods back the rates of the overview count.
const PERIODS: usize = 6;

/// Shares of what was owed, counted only once the last day has passed.
///
/// A report that was sent back counts as not sent until it is sent again: returned is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates {
    /// Reports owed.
    pub owed: usize,
    /// Sent on or before the last day in time.
    pub on_time: usize,
    /// Sent at all.
    pub sent: usize,
    /// Accepted.
    pub accepted: usize,
    /// Lines asked for in what was owed.
    pub lines: usize,
    /// Lines told in what was sent.
    pub told: usize,
}

impl Rates {
    /// The share sent in time, in per cent, two decimals; none where nothing was owed.
    pub fn on_time_rate(&self) -> Option<Decimal> {
        rate(self.on_time, self.owed)
    }

    /// The share of lines told, in per cent, two decimals; none where nothing was owed.
    pub fn complete_rate(&self) -> Option<Decimal> {
        rate(self.told, self.lines)
    }

    fn add(&mut self, regime: &Regime, period: TimePeriod, listed: Option<&ListedReport>) {
        let lines = regime.states().items.len();
        self.owed += 1;
        self.lines += lines;
        let Some(listed) = listed else { return };
        if let Some(day) = listed.submitted_on {
            self.sent += 1;
            self.told += listed.told.min(lines);
            self.on_time += usize::from(day <= regime.send_by(period));
        }
        self.accepted += usize::from(listed.stage == Stage::Accepted);
    }
}

fn rate(part: usize, whole: usize) -> Option<Decimal> {
    let share = (Decimal::from(part) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(whole))?;
    Some(share.round_dp(2))
}

/// A regime's period: who owes, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedRegime {
    /// Which regime.
    pub regime: RegimeName,
    /// Which period.
    pub period: TimePeriod,
    /// The days told of.
    pub window: (Date, Date),
    /// The last day in time.
    pub send_by: Date,
    /// The last day on which it can be filled in.
    pub locks_after: Date,
    /// Whether the last day in time has passed.
    pub due: bool,
    /// The rates.
    pub rates: Rates,
    /// The offices, in the order of their names.
    pub offices: Vec<OwedOffice>,
}

/// An office that owes a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedOffice {
    /// Which.
    pub office: OfficeName,
    /// The report.
    pub report: ReportKey,
    /// Where it stands; none where nobody has begun.
    pub stage: Option<Stage>,
    /// When it was sent.
    pub submitted_on: Option<Date>,
    /// Whether it is late: sent after the last day, or not sent though that day has passed.
    pub late: bool,
    /// Whether a simulation made it up.
    pub simulated: bool,
}

/// What is owed altogether.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedView {
    /// Each regime with the latest period whose cut-off has passed.
    pub regimes: Vec<OwedRegime>,
    /// Each office with its rates over the last periods of all regimes, the least punctual first.
    pub offices: Vec<(OfficeName, Rates)>,
    /// Whether anything in the rates is simulated.
    pub simulated: bool,
}

/// Reports as lists show them, to be found by what they are.
struct Listed(BTreeMap<ReportKey, ListedReport>);

impl Listed {
    fn of(reports: Vec<ListedReport>) -> Self {
        let keyed = reports.into_iter().map(|listed| (listed.key.clone(), listed));
        Self(keyed.collect())
    }

    fn get(&self, regime: &Regime, period: TimePeriod, office: &Office) -> Option<&ListedReport> {
        self.0.get(&ReportKey {
            regime: regime.code().clone(),
            period,
            office: office.clone(),
        })
    }
}

impl App {
    /// What is owed by regime and by office. No value of a report is told, only whether and when it came. Three
    /// statements, however many regimes and periods; no report is opened.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn owed_reports(&self, actor: &Actor) -> Result<OwedView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let mut view = OwedView {
            regimes: Vec::new(),
            offices: Vec::new(),
            simulated: false,
        };
        let mut by_office: BTreeMap<Office, Rates> = BTreeMap::new();
        let regimes = reading.regimes().await?;
        let mut counted: Vec<(&Regime, Vec<TimePeriod>)> = Vec::new();
        for regime in regimes.iter().map(|stored| &stored.regime) {
            let mut periods = Vec::new();
            let mut next = regime.latest_told(today);
            while let Some(period) = next.filter(|period| regime.asks_for(*period) && periods.len() < PERIODS)
            {
                periods.push(period);
                next = regime.states().frequency.neighbour(period, -1);
            }
            counted.push((regime, periods));
        }
        let wanted: Vec<(RegimeCode, TimePeriod)> = counted
            .iter()
            .flat_map(|(regime, periods)| periods.iter().map(|period| (regime.code().clone(), *period)))
            .collect();
        let reports = Listed::of(reading.listed_reports(Reports::Periods(&wanted)).await?);
        for (regime, periods) in counted {
            for (at, period) in periods.into_iter().enumerate() {
                if at == 0 {
                    view.regimes.push(stand(
                        &lists.reference,
                        &directory,
                        regime,
                        period,
                        &reports,
                        today,
                    ));
                }
                if today <= regime.send_by(period) {
                    continue;
                }
                for office in who_owes(&lists.reference, regime, period) {
                    let stored = reports.get(regime, period, &office);
                    view.simulated |= stored.is_some_and(|stored| stored.simulated);
                    by_office.entry(office).or_default().add(regime, period, stored);
                }
            }
        }
        view.offices = by_office
            .into_iter()
            .map(|(office, rates)| (OfficeName::short(&directory, &office), rates))
            .collect();
        view.offices.sort_by(|(a, a_rates), (b, b_rates)| {
            let worst = |rates: &Rates| (rates.on_time_rate(), rates.complete_rate());
            worst(a_rates)
                .cmp(&worst(b_rates))
                .then_with(|| a.name.vi.cmp(&b.name.vi))
        });
        Ok(view)
    }
}

/// One period of a regime. One statement.
pub(crate) async fn of_period(
    reading: &mut Reading,
    reference: &Reference,
    directory: &Directory,
    regime: &Regime,
    period: TimePeriod,
    today: Date,
) -> Result<OwedRegime, Error> {
    let listed = reading
        .listed_reports(Reports::Period(regime.code(), period))
        .await?;
    Ok(stand(
        reference,
        directory,
        regime,
        period,
        &Listed::of(listed),
        today,
    ))
}

fn stand(
    reference: &Reference,
    directory: &Directory,
    regime: &Regime,
    period: TimePeriod,
    reports: &Listed,
    today: Date,
) -> OwedRegime {
    let send_by = regime.send_by(period);
    let mut rates = Rates::default();
    let mut offices: Vec<OwedOffice> = who_owes(reference, regime, period)
        .into_iter()
        .map(|office| {
            let listed = reports.get(regime, period, &office);
            rates.add(regime, period, listed);
            let submitted_on = listed.and_then(|listed| listed.submitted_on);
            OwedOffice {
                office: OfficeName::short(directory, &office),
                stage: listed.map(|listed| listed.stage),
                submitted_on,
                late: send_by < submitted_on.unwrap_or(today),
                simulated: listed.is_some_and(|listed| listed.simulated),
                report: ReportKey {
                    regime: regime.code().clone(),
                    period,
                    office,
                },
            }
        })
        .collect();
    offices.sort_by(|a, b| a.office.name.vi.cmp(&b.office.name.vi));
    OwedRegime {
        regime: RegimeName::of(regime),
        period,
        window: plan::report::window(period, regime.states().calendar),
        send_by,
        locks_after: regime.locks_after(period),
        due: send_by < today,
        rates,
        offices,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_owed_has_no_rate() {
        assert_eq!(Rates::default().on_time_rate(), None);
        let rates = Rates {
            owed: 3,
            on_time: 2,
            ..Rates::default()
        };
        assert_eq!(rates.on_time_rate(), Some("66.67".parse().unwrap()));
    }
}
