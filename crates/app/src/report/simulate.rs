//! Reports made up for trying the program out: the same steps as any report, each marked as simulated for ever.

use jiff::ToSpan;
use plan::report::{Edit, Item, Move, Regime, Report, ReportKey, Saved, Texts, Values};
use plan::{Act, Office};
use store::{Author, Reports, Writing};
use terms::{Date, Decimal, TimePeriod};

use super::who_owes;
use crate::policy::Action;
use crate::simulated::{Chance, PUBLISHER};
use crate::{Actor, App, Error};

/// So many periods of each regime, the latest last.
const PERIODS: usize = 3;

impl App {
    /// Makes up the reports of the last periods of every regime: all accepted but for the latest period, of which some
    /// wait at each step. Reports that are there stay as they are. Answers with how many were made. One transaction.
    pub(crate) async fn simulate_reports(&self, actor: &Actor, seed: u64) -> Result<usize, Error> {
        actor.require(Action::ImportValues)?;
        self.make_up(actor, seed, PERIODS, false).await
    }

    /// Makes up reports of the last `periods` of every regime, none of them accepted: two in three wait to be verified, the
    /// others to be accepted. To see the queue of a province that is far behind. Reports that are there stay as they are.
    /// Answers with how many were made. One transaction.
    ///
    /// # Errors
    /// [`Error::Denied`], [`Error::Store`].
    pub async fn simulate_queue(&self, actor: &Actor, seed: u64, periods: usize) -> Result<usize, Error> {
        actor.require(Action::ImportValues)?;
        self.make_up(actor, seed, periods, true).await
    }

    async fn make_up(&self, actor: &Actor, seed: u64, most: usize, waiting: bool) -> Result<usize, Error> {
        let lists = self.lists();
        let today = self.today();
        let mut writing = self.writing().await?;
        let account = self.account_of_nobody(&mut writing, PUBLISHER).await?;
        let author = Author {
            user: Some(account),
            ..Author::PROGRAM
        };
        let mut made = 0;
        for stored in writing.regimes().await? {
            let regime = stored.regime;
            let mut periods = Vec::new();
            let mut next = regime.latest_told(today);
            while let Some(period) = next.filter(|period| regime.asks_for(*period) && periods.len() < most) {
                periods.push(period);
                next = regime.states().frequency.neighbour(period, -1);
            }
            let offices = match periods.first() {
                Some(period) => who_owes(&lists.reference, &regime, *period),
                None => Vec::new(),
            };
            let mut communes: Vec<Commune> = offices
                .into_iter()
                .map(|office| Commune::new(office, &regime, seed))
                .collect();
            for (at, period) in periods.iter().rev().enumerate() {
                let there = writing.reports(Reports::Period(regime.code(), *period)).await?;
                for commune in &mut communes {
                    let values = commune.next(&regime);
                    let lot = commune.chance.below(12);
                    if (lot == 0 && !waiting)
                        || there.iter().any(|stored| stored.key.office == commune.office)
                    {
                        continue;
                    }
                    let latest = at + 1 == periods.len();
                    // Of the latest period, a quarter waits for the verifier and a sixth for who accepts.
                    let steps = match lot {
                        0..=7 if waiting => 2,
                        _ if waiting => 3,
                        1..=3 if latest => 2,
                        4 | 5 if latest => 3,
                        _ => 4,
                    };
                    let told = Told {
                        office: &commune.office,
                        period: *period,
                        values,
                        last: commune.last.clone(),
                        on: sent_on(&regime, *period, lot, today),
                    };
                    commune.last = told
                        .report(self, actor, &mut writing, &author, &regime, steps)
                        .await?;
                    made += 1;
                }
            }
        }
        self.commit(writing).await?;
        Ok(made)
    }
}

/// When a made-up report was sent: most in time, one in twelve some days late, none later than today.
fn sent_on(regime: &Regime, period: TimePeriod, lot: u64, today: Date) -> Date {
    let send_by = regime.send_by(period);
    let late = if lot == 11 { 3 } else { 0 };
    send_by.saturating_add(late.days()).min(today)
}

/// A commune from period to period.
struct Commune {
    office: Office,
    chance: Chance,
    /// The value of each line, as it drifts.
    base: Vec<u64>,
    last: Values,
}

impl Commune {
    fn new(office: Office, regime: &Regime, seed: u64) -> Self {
        let mut chance = Chance::of(seed, &format!("{office} {}", regime.code()));
        let size = 60 + chance.below(80);
        let base = regime
            .states()
            .items
            .iter()
            .map(|item| usual(item) * size / 100)
            .collect();
        Self {
            office,
            chance,
            base,
            last: Values::new(),
        }
    }

    /// The values of the next period: near the last ones, and within the hard edits.
    fn next(&mut self, regime: &Regime) -> Values {
        let items = &regime.states().items;
        let mut values = Values::new();
        for (item, base) in items.iter().zip(&mut self.base) {
            let drift = *base / 25;
            *base = *base + self.chance.below(drift + 2) - self.chance.below(drift + 2).min(*base);
            let mut value = Decimal::from(*base);
            if item.decimals() == 2 {
                value += Decimal::new(i64::try_from(self.chance.below(100)).unwrap_or_default(), 2);
            }
            for edit in &item.edits {
                match edit {
                    Edit::AtLeast(least) => value = value.max(*least),
                    Edit::AtMost(most) => value = value.min(*most),
                    Edit::NotMoreThan(whole) => {
                        if let Some(whole) = values.get(whole) {
                            value = value.min(*whole);
                        }
                    }
                    _ => {}
                }
            }
            values.insert(item.indicator.clone(), value);
        }
        values
    }
}

/// What a middling commune tells on a line.
fn usual(item: &Item) -> u64 {
    match item.indicator.as_str() {
        "households.total" => 2_600,
        "poverty.households" => 520,
        "poverty.near_poor_households" => 260,
        "electricity.households" => 2_450,
        "health.insured" => 10_900,
        "social.beneficiaries" => 310,
        "governance.dossiers" => 420,
        "governance.dossiers_on_time" => 405,
        "governance.dossiers_online" => 300,
        "labour.jobs_created" => 28,
        "labour.abroad" => 3,
        "tourism.visitors" => 900,
        "forest.area_planted" => 12,
        "education.schools" => 8,
        "education.schools_standard" => 5,
        "education.students" => 3_100,
        "livestock.herd" => 9_400,
        "agriculture.macadamia_area" => 160,
        "agriculture.coffee_area" => 70,
        "rural.villages" => 22,
        _ => 6,
    }
}

/// A report to be told through its steps.
struct Told<'a> {
    office: &'a Office,
    period: TimePeriod,
    values: Values,
    last: Values,
    on: Date,
}

impl Told<'_> {
    /// Saves, sends, verifies, accepts: as many of these as `steps` says. Each step passes the rules of any report.
    async fn report(
        self,
        app: &App,
        actor: &Actor,
        writing: &mut Writing,
        author: &Author,
        regime: &Regime,
        steps: usize,
    ) -> Result<Values, Error> {
        let key = ReportKey {
            regime: regime.code().clone(),
            period: self.period,
            office: self.office.clone(),
        };
        let form = regime.form(self.last);
        let texts: Texts = self
            .values
            .iter()
            .map(|(code, value)| (code.clone(), value.normalize().to_string().replace('.', ",")))
            .collect();
        let unusual = form
            .check(&self.values, true)
            .into_iter()
            .filter(|finding| finding.soft);
        let explanations = unusual
            .map(|finding| (finding.indicator, PUBLISHER.to_owned()))
            .collect();
        let all = [
            Move::Save(Saved {
                device: None,
                values: texts,
                explanations,
                seen: 0,
                simulated: true,
            }),
            Move::Submit {
                device: None,
                simulated_on: Some(self.on),
            },
            Move::Verify {
                words: PUBLISHER.to_owned(),
                looked: form
                    .check(&self.values, true)
                    .into_iter()
                    .map(|finding| finding.indicator)
                    .collect(),
            },
            Move::Accept,
        ];
        let mut report = Report::default();
        for step in all.into_iter().take(steps) {
            report.check(&step, &form).map_err(super::refused)?;
            let act = Act::ReportMoved {
                report: key.clone(),
                step: Box::new(step.clone()),
            };
            let version = writing.record(author, app.now(), &act).await?;
            report.follow(&step, version, self.on).map_err(super::refused)?;
        }
        if steps == 4 {
            app.count(actor, writing, &key, Action::AcceptReport, "").await?;
        }
        Ok(self.values)
    }
}
