//! What waits for the verifier and for who accepts; and which values stand out.

use std::collections::{BTreeMap, BTreeSet};

use engine::outlier::Usual;
use plan::report::{Regime, RegimeCode, ReportKey, Stage, Values};
use store::{ListedReport, Reading, Reports, StoredRegime, StoredReport};
use terms::{Date, Decimal, IndicatorCode, RefArea, TimePeriod};

use super::view::{OfficeName, RegimeName};
use super::{Standing, sent_values};
use crate::directory::Directory;
use crate::policy::Action;
use crate::{Actor, App, Error};

/// So many reports or more make a page: a page ends with a whole group.
pub const QUEUE_PAGE: usize = 60;

/// What of the queue is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueQuery {
    /// Of one regime.
    pub regime: Option<RegimeCode>,
    /// Of one period.
    pub period: Option<TimePeriod>,
    /// Of one unit.
    pub unit: Option<RefArea>,
    /// Only those to be verified, or only those to be accepted.
    pub stage: Option<Stage>,
    /// Only those sent after the last day.
    pub late: bool,
    /// Which page, from 0.
    pub page: usize,
}

/// The list of those who judge reports: by regime and period, the period that was due first at the top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueView {
    /// The groups of this page.
    pub groups: Vec<QueueGroup>,
    /// Every group that is asked for, on whatever page, with how many wait in it.
    pub heads: Vec<QueueHead>,
    /// Which page, from 0.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// What waits for this person altogether, whatever was asked for.
    pub all: QueueCounts,
    /// What waits of what is asked for, whatever stage and lateness were asked for.
    pub asked: QueueCounts,
    /// The regimes of which something waits.
    pub regimes: Vec<RegimeName>,
    /// The units of which something waits, by name.
    pub units: Vec<OfficeName>,
    /// Whether anything on this page is simulated.
    pub simulated: bool,
}

/// How many reports wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueCounts {
    /// To be verified.
    pub to_verify: usize,
    /// To be accepted.
    pub to_accept: usize,
    /// Of both, sent after the last day.
    pub late: usize,
}

impl QueueCounts {
    /// All that wait.
    pub fn all(self) -> usize {
        self.to_verify + self.to_accept
    }

    fn add(&mut self, one: &Light<'_>) {
        match one.listed.stage {
            Stage::Submitted => self.to_verify += 1,
            _ => self.to_accept += 1,
        }
        self.late += usize::from(one.late);
    }
}

/// A regime's period of which something waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueHead {
    /// Of which regime.
    pub regime: RegimeName,
    /// On which period.
    pub period: TimePeriod,
    /// The last day in time.
    pub send_by: Date,
    /// How many wait.
    pub counts: QueueCounts,
    /// On which page it stands.
    pub page: usize,
}

/// The reports of a regime's period that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueGroup {
    /// Which.
    pub head: QueueHead,
    /// Those with values that stand out first, then the oldest.
    pub reports: Vec<Waiting>,
}

/// A report that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub report: ReportKey,
    /// Whether it is to be verified (sent) or accepted (verified).
    pub stage: Stage,
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

/// A report that waits, before its state is opened.
struct Light<'a> {
    listed: ListedReport,
    regime: &'a Regime,
    late: bool,
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
        let last = before
            .iter()
            .map(|stored| (&stored.key.office, sent_values(regime, &stored.report)))
            .collect();
        Ok(Self::of(regime, &now.iter().collect::<Vec<_>>(), &last))
    }

    /// `last`: the values of the period before, by office.
    fn of(regime: &Regime, now: &[&StoredReport], last: &BTreeMap<&plan::Office, Values>) -> Self {
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

    /// How many reports wait for this person. At most four statements, however many wait; no report is opened.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn report_queue_counts(&self, actor: &Actor) -> Result<QueueCounts, Error> {
        may_see_queue(actor)?;
        let mut reading = self.reading().await?;
        let regimes = reading.regimes().await?;
        let mut counts = QueueCounts::default();
        for one in waiting(actor, &mut reading, &regimes).await? {
            counts.add(&one);
        }
        Ok(counts)
    }

    /// A page of what waits for this person. At most five statements, however many wait; only the reports of the page's
    /// regimes and periods, and of the periods before, are opened.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn report_queue(&self, actor: &Actor, query: &QueueQuery) -> Result<QueueView, Error> {
        may_see_queue(actor)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let regimes = reading.regimes().await?;
        let mut view = QueueView::default();
        let mut groups: BTreeMap<(Date, RegimeCode, TimePeriod), Vec<Light<'_>>> = BTreeMap::new();
        let mut units = BTreeSet::new();
        for one in waiting(actor, &mut reading, &regimes).await? {
            view.all.add(&one);
            units.insert(one.listed.key.office.clone());
            let name = RegimeName::of(one.regime);
            if !view.regimes.contains(&name) {
                view.regimes.push(name);
            }
            if !query.asks_for(&one.listed.key) {
                continue;
            }
            view.asked.add(&one);
            if query.late <= one.late && query.stage.is_none_or(|stage| stage == one.listed.stage) {
                let (regime, period) = (one.regime, one.listed.key.period);
                let of = (regime.send_by(period), regime.code().clone(), period);
                groups.entry(of).or_default().push(one);
            }
        }
        view.units = units
            .iter()
            .map(|office| OfficeName::short(&directory, office))
            .collect();
        let (mut page, mut on_page) = (0, 0);
        let mut shown = Vec::new();
        for ((send_by, _, period), reports) in groups {
            if QUEUE_PAGE <= on_page {
                (page, on_page) = (page + 1, 0);
            }
            on_page += reports.len();
            let mut counts = QueueCounts::default();
            for one in &reports {
                counts.add(one);
            }
            let regime = reports[0].regime;
            let head = QueueHead {
                regime: RegimeName::of(regime),
                period,
                send_by,
                counts,
                page,
            };
            view.heads.push(head.clone());
            shown.push((head, regime, reports));
        }
        view.pages = page + 1;
        view.page = query.page.min(page);
        shown.retain(|(head, _, _)| head.page == view.page);
        let around: Vec<(&Regime, TimePeriod)> = shown
            .iter()
            .map(|(head, regime, _)| (*regime, head.period))
            .collect();
        let opened = Opened::load(&mut reading, &around).await?;
        for (head, regime, lights) in shown {
            let reports = opened.group(&directory, regime, head.period, lights);
            view.simulated |= reports.iter().any(|one| one.simulated);
            view.groups.push(QueueGroup { head, reports });
        }
        Ok(view)
    }
}

impl QueueQuery {
    fn asks_for(&self, key: &ReportKey) -> bool {
        self.regime.as_ref().is_none_or(|regime| *regime == key.regime)
            && self.period.is_none_or(|period| period == key.period)
            && self.unit.as_ref().is_none_or(|unit| *unit == key.office.area)
    }
}

fn may_see_queue(actor: &Actor) -> Result<(), Error> {
    if actor.may(Action::AcceptReport) {
        return Ok(());
    }
    actor.require(Action::VerifyReport)
}

/// The reports that wait for an act of this actor. At most two statements.
async fn waiting<'a>(
    actor: &Actor,
    reading: &mut Reading,
    regimes: &'a [StoredRegime],
) -> Result<Vec<Light<'a>>, Error> {
    let mut found = Vec::new();
    for (stage, action) in [
        (Stage::Submitted, Action::VerifyReport),
        (Stage::Verified, Action::AcceptReport),
    ] {
        let offices = actor.offices_for(action);
        if offices.is_nowhere() {
            continue;
        }
        for listed in reading.listed_reports(Reports::Stage(stage)).await? {
            let key = &listed.key;
            let regime = regimes.iter().find(|found| *found.regime.code() == key.regime);
            let Some(regime) = regime.filter(|_| offices.contains(&key.office)) else {
                continue;
            };
            let regime = &regime.regime;
            if actor.may_judge(action, &key.office, &regime.states().receiver) {
                let late = listed
                    .submitted_on
                    .is_some_and(|day| regime.send_by(key.period) < day);
                found.push(Light { listed, regime, late });
            }
        }
    }
    Ok(found)
}

/// The reports around those of a page, by regime, period and office.
struct Opened(BTreeMap<(RegimeCode, TimePeriod), BTreeMap<plan::Office, StoredReport>>);

impl Opened {
    /// The reports of these periods and of the periods before. One statement.
    async fn load(reading: &mut Reading, periods: &[(&Regime, TimePeriod)]) -> Result<Self, Error> {
        let both = periods.iter().flat_map(|(regime, period)| {
            let before = regime.states().frequency.neighbour(*period, -1);
            let all = [Some(*period), before].into_iter().flatten();
            all.map(|period| (regime.code().clone(), period))
        });
        let mut wanted: Vec<(RegimeCode, TimePeriod)> = both.collect();
        wanted.sort();
        wanted.dedup();
        let mut opened = BTreeMap::new();
        if !wanted.is_empty() {
            for stored in reading.reports(Reports::Periods(&wanted)).await? {
                let of = (stored.key.regime.clone(), stored.key.period);
                let offices: &mut BTreeMap<_, _> = opened.entry(of).or_default();
                offices.insert(stored.key.office.clone(), stored);
            }
        }
        Ok(Self(opened))
    }

    fn of(&self, regime: &Regime, period: Option<TimePeriod>) -> Vec<&StoredReport> {
        let found = period.and_then(|period| self.0.get(&(regime.code().clone(), period)));
        found.map_or_else(Vec::new, |offices| offices.values().collect())
    }

    /// The reports of a group, those with values that stand out first, then the oldest.
    fn group(
        &self,
        directory: &Directory,
        regime: &Regime,
        period: TimePeriod,
        lights: Vec<Light<'_>>,
    ) -> Vec<Waiting> {
        let now = self.of(regime, Some(period));
        let before = self.of(regime, regime.states().frequency.neighbour(period, -1));
        let last: BTreeMap<&plan::Office, Values> = before
            .iter()
            .map(|stored| (&stored.key.office, sent_values(regime, &stored.report)))
            .collect();
        let around = Neighbours::of(regime, &now, &last);
        let none = Values::new();
        let told = |light: Light<'_>| {
            let ListedReport {
                key,
                stage,
                submitted_on,
                returns,
                simulated,
                ..
            } = light.listed;
            let stored = now.iter().find(|stored| stored.key == key);
            let last = last.get(&key.office).unwrap_or(&none);
            Waiting {
                office: OfficeName::short(directory, &key.office),
                standing_out: stored.map_or(0, |stored| {
                    standing_out(regime, &stored.report, last, &around).len()
                }),
                late: light.late,
                report: key,
                stage,
                submitted_on,
                returns,
                simulated,
            }
        };
        let mut reports: Vec<Waiting> = lights.into_iter().map(told).collect();
        reports.sort_by(|a, b| {
            let urgent = |one: &Waiting| (std::cmp::Reverse(one.standing_out), one.submitted_on);
            urgent(a).cmp(&urgent(b)).then_with(|| a.report.cmp(&b.report))
        });
        reports
    }
}
