//! A report as a form: lines with what was typed, what was told last time, what is wrong, and what one may do now.

use std::collections::{BTreeMap, BTreeSet};

use plan::report::{Edit, Finding, Item, Lock, RegimeCode, ReportKey, Stage, Values};
use plan::{Act, Office};
use store::{Reading, Reports, StoredEvidence, StoredReport, StoredReportAct};
use terms::{Date, Decimal, IndicatorCode, TimePeriod, UnitMeasure};

use super::Standing;
use super::queue::{Neighbours, standing_out};
use super::regimes::RegimeView;
use super::view::{OfficeName, RegimeName};
use crate::directory::Directory;
use crate::policy::Action;
use crate::reference::Reference;
use crate::view::{ActView, Bilingual, IndicatorName};
use crate::{Actor, App, Error};

/// A form that a person can fill in now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenForm {
    /// Which report.
    pub report: ReportKey,
    /// Of which regime.
    pub regime: RegimeName,
    /// Of whom.
    pub office: OfficeName,
    /// Where it stands.
    pub stage: Stage,
    /// How many of its lines are filled in …
    pub filled: usize,
    /// … of how many.
    pub lines: usize,
    /// The last day in time.
    pub send_by: Date,
    /// Whether that day has passed and it was not sent.
    pub late: bool,
    /// How often it was sent back; then the reason stands on its page.
    pub returns: u32,
    /// Why it cannot be filled in; none where it can.
    pub lock: Option<Lock>,
}

/// A report with all that its page shows.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each thing that this person may do, and whether it is simulated"
)]
pub struct FormView {
    /// Which report.
    pub report: ReportKey,
    /// Of which regime, with all that it states.
    pub regime: RegimeView,
    /// Of whom.
    pub office: OfficeName,
    /// The days told of.
    pub window: (Date, Date),
    /// The last day in time.
    pub send_by: Date,
    /// The last day on which it can be filled in.
    pub locks_after: Date,
    /// Where it stands.
    pub stage: Stage,
    /// Its version: what a save says it has seen.
    pub version: u64,
    /// 0 before acceptance, then 1, one more with each correction.
    pub edition: u32,
    /// When it was sent.
    pub submitted_on: Option<Date>,
    /// Why it cannot be filled in; none where it can.
    pub lock: Option<Lock>,
    /// Whether a simulation made it up.
    pub simulated: bool,
    /// Its lines.
    pub lines: Vec<FormLine>,
    /// What keeps it from being sent.
    pub in_the_way: Vec<Finding>,
    /// Whether this person may fill it in, were it open.
    pub may_fill: bool,
    /// Whether this person may verify it now.
    pub may_verify: bool,
    /// Whether this person may accept it now.
    pub may_accept: bool,
    /// Whether this person may correct it now.
    pub may_correct: bool,
    /// What was done with it, oldest first.
    pub acts: Vec<FormAct>,
    /// What was shown for it.
    pub evidence: Vec<StoredEvidence>,
}

/// A line of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormLine {
    /// What is asked.
    pub indicator: IndicatorName,
    /// What is counted and how.
    pub definition: Bilingual,
    /// In which unit.
    pub unit: UnitMeasure,
    /// Whether the report can be sent without it.
    pub required: bool,
    /// The edits.
    pub edits: Vec<Edit>,
    /// How to fill it in.
    pub hint: Bilingual,
    /// What was typed.
    pub text: String,
    /// The value that it stands for, where it can be read.
    pub value: Option<Decimal>,
    /// The explanation of what is unusual.
    pub explanation: String,
    /// What somebody else typed at the same time.
    pub rivals: Vec<RivalText>,
    /// The value of the last period.
    pub last: Option<Decimal>,
    /// Whether it is unusual against the last period or among the neighbours.
    pub stands_out: bool,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// A text that somebody typed at the same time as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RivalText {
    /// The text.
    pub text: String,
    /// Who typed it.
    pub who: Option<String>,
}

/// An act on a report, and the lines that it touched.
#[derive(Debug, Clone, PartialEq)]
pub struct FormAct {
    /// Who, when, what, why.
    pub act: ActView,
    /// The lines with what was typed.
    pub typed: BTreeMap<IndicatorCode, String>,
}

impl FormAct {
    pub(crate) fn of(stored: &StoredReportAct) -> Self {
        let typed = match &stored.said {
            Act::ReportMoved { step, .. } => match &**step {
                plan::report::Move::Save(saved) => saved.values.clone(),
                plan::report::Move::Correct(corrected) => corrected.values.clone(),
                _ => BTreeMap::new(),
            },
            _ => BTreeMap::new(),
        };
        Self {
            act: ActView::of(&stored.act),
            typed,
        }
    }
}

impl App {
    /// The forms that this person can fill in: open now, sent back, or sent in the last periods. Three statements, and one
    /// for each office that the person reports for.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn open_forms(&self, actor: &Actor) -> Result<Vec<OpenForm>, Error> {
        actor.require(Action::FillReport)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let open = self.open_standings(actor, &mut reading).await?;
        let today = self.today();
        let form = |open: Open| {
            let (regime, report, period) = (&open.standing.regime, &open.standing.report, open.key.period);
            let stage = report.stage();
            OpenForm {
                regime: RegimeName::of(regime),
                office: OfficeName::of(&directory, &open.key.office),
                stage,
                filled: report.texts().len(),
                lines: regime.states().items.len(),
                send_by: regime.send_by(period),
                late: stage == Stage::FillingIn && regime.send_by(period) < today,
                returns: report.state().returns,
                lock: report.lock(regime, period, today),
                report: open.key,
            }
        };
        Ok(open.into_iter().map(form).collect())
    }

    /// The forms of [`App::open_forms`] with their lines, as a device takes them along: without what was done before, the
    /// evidence, and what stands out among the neighbours, none of which it shows. As many statements and one more,
    /// however many forms and acts there are.
    ///
    /// # Errors
    /// As [`App::open_forms`].
    pub async fn device_forms(&self, actor: &Actor) -> Result<Vec<FormView>, Error> {
        actor.require(Action::FillReport)?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let open = self.open_standings(actor, &mut reading).await?;
        let rivals = open
            .iter()
            .flat_map(|open| open.standing.report.state().lines.values());
        let versions = rivals.flat_map(|line| line.rivals.iter().map(|(version, _)| *version));
        let typists = reading.authors_of(versions.collect()).await?;
        let who = |version: u64| typists.get(&version).cloned();
        let view = |open: &Open| {
            let last = Last {
                values: &open.last,
                out: &BTreeSet::new(),
            };
            let lines = lines(&lists.reference, &open.standing, &last, &who);
            self.view_of(actor, &directory, &open.key, (&open.standing, &open.last), lines)
        };
        Ok(open.iter().map(view).collect())
    }

    /// What a person can fill in now, those that are locked behind, the nearest last day first. At most three statements,
    /// however many offices and periods.
    async fn open_standings(&self, actor: &Actor, reading: &mut Reading) -> Result<Vec<Open>, Error> {
        let own: Vec<Office> = actor.offices_for(Action::FillReport).own().to_vec();
        let lists = self.lists();
        let regimes = reading.regimes().await?;
        let today = self.today();
        let mut open = Vec::new();
        // What can be filled in, and the periods before, whose values stand beside.
        let mut around: Vec<TimePeriod> = Vec::new();
        for regime in regimes.iter().map(|stored| &stored.regime) {
            for period in regime.open_periods(today) {
                around.push(period);
                around.extend(regime.states().frequency.neighbour(period, -1));
            }
        }
        let mut stored = reading.reports(Reports::Offices(&own, &around)).await?;
        let known = around.len();
        for found in stored
            .iter()
            .filter(|found| found.report.state().returned_on.is_some())
        {
            let regime = regimes
                .iter()
                .find(|stored| *stored.regime.code() == found.key.regime);
            let before =
                regime.and_then(|stored| stored.regime.states().frequency.neighbour(found.key.period, -1));
            around.extend(before.filter(|before| !around.contains(before)));
        }
        if known < around.len() {
            stored = reading.reports(Reports::Offices(&own, &around)).await?;
        }
        for office in own {
            let stored: Vec<&StoredReport> =
                stored.iter().filter(|found| found.key.office == office).collect();
            for regime in regimes.iter().map(|stored| &stored.regime) {
                let mut periods = regime.open_periods(today);
                // What was sent back late can still be filled in.
                for found in &stored {
                    let reopened = found.report.state().returned_on.is_some();
                    if found.key.regime == *regime.code() && reopened && !periods.contains(&found.key.period)
                    {
                        periods.push(found.key.period);
                    }
                }
                for period in periods {
                    let key = ReportKey {
                        regime: regime.code().clone(),
                        period,
                        office: office.clone(),
                    };
                    if !super::owes(&lists.reference, regime, &key) {
                        continue;
                    }
                    let found = stored.iter().find(|found| found.key == key).copied().cloned();
                    let before = regime.states().frequency.neighbour(period, -1);
                    let before = stored
                        .iter()
                        .find(|found| found.key.regime == *regime.code() && Some(found.key.period) == before);
                    open.push(Open {
                        last: before
                            .map_or_else(Values::new, |found| super::sent_values(regime, &found.report)),
                        standing: Standing {
                            regime: regime.clone(),
                            report: found
                                .as_ref()
                                .map(|found| found.report.clone())
                                .unwrap_or_default(),
                            stored: found,
                        },
                        key,
                    });
                }
            }
        }
        open.sort_by(|a, b| {
            let order = |open: &Open| {
                let (regime, period) = (&open.standing.regime, open.key.period);
                (
                    open.standing.report.lock(regime, period, today).is_some(),
                    regime.send_by(period),
                )
            };
            order(a).cmp(&order(b)).then_with(|| a.key.cmp(&b.key))
        });
        Ok(open)
    }

    /// A report, filled in or not. Nine statements at most.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such report or the actor may not know of it; [`Error::SignIn`],
    /// [`Error::Store`].
    pub async fn report_form(&self, actor: &Actor, key: &ReportKey) -> Result<FormView, Error> {
        actor.require_for(Action::ReadReports, &key.office)?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let standing = Standing::load(&mut reading, &lists.reference, key).await?;
        let last = standing.last(&mut reading, key).await?;
        let neighbours = Neighbours::load(&mut reading, &standing.regime, key.period).await?;
        let (acts, evidence) = match &standing.stored {
            Some(stored) => (
                reading.acts_of_report(stored.number).await?,
                reading.evidence_of_report(stored.number).await?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        let out = standing_out(&standing.regime, &standing.report, &last, &neighbours);
        let who = |version: u64| {
            let act = acts.iter().find(|act| act.act.entry == version)?;
            act.act.who.clone()
        };
        let told = Last {
            values: &last,
            out: &out,
        };
        let lines = lines(&lists.reference, &standing, &told, &who);
        Ok(FormView {
            acts: acts.iter().map(FormAct::of).collect(),
            evidence,
            ..self.view_of(actor, &directory, key, (&standing, &last), lines)
        })
    }

    /// A report with its lines, without what was done and shown for it.
    fn view_of(
        &self,
        actor: &Actor,
        directory: &Directory,
        key: &ReportKey,
        (standing, last): (&Standing, &Values),
        lines: Vec<FormLine>,
    ) -> FormView {
        let (regime, report) = (&standing.regime, &standing.report);
        let state = report.state();
        let may = |action| actor.may_for(action, &key.office);
        let judges = |action| actor.may_judge(action, &key.office, &regime.states().receiver);
        FormView {
            regime: RegimeView::of(regime, directory),
            office: OfficeName::of(directory, &key.office),
            window: plan::report::window(key.period, regime.states().calendar),
            send_by: regime.send_by(key.period),
            locks_after: regime.locks_after(key.period),
            stage: state.stage,
            version: state.version,
            edition: state.edition,
            submitted_on: state.submitted_on,
            lock: report.lock(regime, key.period, self.today()),
            simulated: state.simulated,
            lines,
            in_the_way: report.in_the_way(&regime.form(last.clone())),
            may_fill: may(Action::FillReport),
            may_verify: state.stage == Stage::Submitted && judges(Action::VerifyReport),
            may_accept: state.stage == Stage::Verified && judges(Action::AcceptReport),
            may_correct: state.stage == Stage::Accepted && judges(Action::CorrectReport),
            acts: Vec::new(),
            evidence: Vec::new(),
            report: key.clone(),
        }
    }

    /// Reads the parts of an address: regime, period, office.
    ///
    /// # Errors
    /// [`Error::NotFound`] where one of them is none.
    pub fn report_key(&self, regime: &str, period: &str, office: &str) -> Result<ReportKey, Error> {
        let none = |()| Error::NotFound { what: "report" };
        Ok(ReportKey {
            regime: regime.parse::<RegimeCode>().map_err(|_| none(()))?,
            period: period.parse::<TimePeriod>().map_err(|_| none(()))?,
            office: office.parse::<Office>().map_err(|_| none(()))?,
        })
    }

    /// The bytes of a file that was shown for a report.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::SignIn`], [`Error::Store`].
    pub async fn evidence_file(
        &self,
        actor: &Actor,
        key: &ReportKey,
        entry: u64,
    ) -> Result<(String, Vec<u8>), Error> {
        actor.require_for(Action::ReadReports, &key.office)?;
        let not_found = || Error::NotFound { what: "evidence" };
        let mut reading = self.reading().await?;
        let stored = reading.report(key).await?.ok_or_else(not_found)?;
        let shown = reading.evidence_of_report(stored.number).await?;
        let found = shown
            .into_iter()
            .find(|shown| shown.entry == entry)
            .ok_or_else(not_found)?;
        let plan::report::Evidence::File { name, sha256 } = found.evidence else {
            return Err(not_found());
        };
        let bytes = reading.bytes(sha256).await?.ok_or_else(not_found)?;
        Ok((name, bytes))
    }
}

/// A report that can be filled in, as it stands.
struct Open {
    key: ReportKey,
    standing: Standing,
    /// The values of the period before.
    last: Values,
}

/// What the lines are seen against.
struct Last<'a> {
    /// The values of the period before.
    values: &'a Values,
    /// The lines that stand out.
    out: &'a BTreeSet<IndicatorCode>,
}

/// The lines of a report; `who` knows the person behind an entry.
fn lines(
    reference: &Reference,
    standing: &Standing,
    told: &Last<'_>,
    who: &dyn Fn(u64) -> Option<String>,
) -> Vec<FormLine> {
    let (regime, report) = (&standing.regime, &standing.report);
    let state = report.state();
    let form = regime.form(told.values.clone());
    let findings = report.findings(&form, false);
    let (values, _) = form.read(&report.texts());
    let line_of = |item: &Item| {
        let code = &item.indicator;
        let indicator = reference.indicator(code);
        let line = state.lines.get(code);
        let rivals = line.into_iter().flat_map(|line| &line.rivals);
        FormLine {
            indicator: reference.indicator_name(code),
            definition: Bilingual {
                vi: indicator
                    .map(|found| found.definition_vi.clone())
                    .unwrap_or_default(),
                en: indicator
                    .map(|found| found.definition_en.clone())
                    .unwrap_or_default(),
            },
            unit: item.unit.clone(),
            required: item.required,
            edits: item.edits.clone(),
            hint: Bilingual {
                vi: item.hint_vi.clone(),
                en: item.hint_en.clone(),
            },
            text: line.map(|line| line.text().to_owned()).unwrap_or_default(),
            value: values.get(code).copied(),
            explanation: state.explanations.get(code).cloned().unwrap_or_default(),
            rivals: rivals
                .map(|(version, text)| RivalText {
                    text: text.clone(),
                    who: who(*version),
                })
                .collect(),
            last: told.values.get(code).copied(),
            stands_out: told.out.contains(code),
            findings: findings
                .iter()
                .filter(|found| found.indicator == *code)
                .cloned()
                .collect(),
        }
    };
    regime.states().items.iter().map(line_of).collect()
}
