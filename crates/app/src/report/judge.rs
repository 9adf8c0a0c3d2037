//! Verifying, returning, accepting, correcting; and how accepted values come into the register.

use std::collections::BTreeSet;

use plan::report::{Corrected, Move, ReportKey, Stage, Texts, Values};
use plan::{Act, Edition, FactId, ObsStatus, Observation, Source};
use store::Writing;
use terms::{Bound, Diagnostic, IndicatorCode, Measure, Place};

use super::{Standing, refused};
use crate::policy::Action;
use crate::{Actor, App, Error, simulated};

/// Which report is judged, and on which version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgeReport {
    /// Which.
    pub report: ReportKey,
    /// The version that the person had before the eyes: nobody judges what has changed meanwhile.
    pub seen: u64,
}

/// Other values of an accepted report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectReport {
    /// Which, and the version that the person had before the eyes.
    pub judged: JudgeReport,
    /// The lines that change, as typed.
    pub values: Texts,
    /// Explanations of what is unusual among them.
    pub explanations: Texts,
    /// Why.
    pub reason: String,
}

/// What came into the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Values that are new.
    pub new: usize,
    /// Values that took the place of others.
    pub replaced: usize,
    /// Values that were taken back.
    pub withdrawn: usize,
}

impl App {
    /// Says that a report was compared with its evidence. Each line that stands out must have been looked at.
    ///
    /// # Errors
    /// [`Error::Invalid`] without words, or where a line that stands out is not among `looked`; [`Error::Conflict`] where
    /// it was changed or judged meanwhile; [`Error::NotFound`], [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn verify_report(
        &self,
        actor: &Actor,
        judged: &JudgeReport,
        words: &str,
        looked: BTreeSet<IndicatorCode>,
    ) -> Result<(), Error> {
        let action = Action::VerifyReport;
        let (mut writing, standing) = self.judging(actor, action, judged).await?;
        let standing_out = self.standing_out(&mut writing, &standing, &judged.report).await?;
        let unseen: Vec<Diagnostic> = standing_out
            .difference(&looked)
            .map(|code| Diagnostic::error("report-not-looked-at", Place::default().column(code.as_str())))
            .collect();
        if !unseen.is_empty() {
            return Err(Error::Invalid(unseen));
        }
        let step = Move::Verify {
            words: words.trim().to_owned(),
            looked,
        };
        self.make_move(actor, Action::VerifyReport, &mut writing, &standing, judged, step)
            .await?;
        self.commit(writing).await
    }

    /// Sends a report back to be changed, with the reason: by the verifier, or by who accepts.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason; else as [`App::verify_report`].
    pub async fn return_report(
        &self,
        actor: &Actor,
        judged: &JudgeReport,
        reason: &str,
    ) -> Result<(), Error> {
        let office = &judged.report.office;
        let action = if actor.may_for(Action::VerifyReport, office) {
            Action::VerifyReport
        } else {
            Action::AcceptReport
        };
        let (mut writing, standing) = self.judging(actor, action, judged).await?;
        let step = Move::Return {
            reason: reason.trim().to_owned(),
        };
        self.make_move(actor, action, &mut writing, &standing, judged, step)
            .await?;
        self.commit(writing).await
    }

    /// Accepts a verified report: it is locked, and its values become observations of the register, all in one
    /// transaction. Who verified it does not accept it.
    ///
    /// # Errors
    /// [`Error::Invalid`] (`report-same-person`); else as [`App::verify_report`].
    pub async fn accept_report(&self, actor: &Actor, judged: &JudgeReport) -> Result<Counted, Error> {
        let action = Action::AcceptReport;
        let (mut writing, standing) = self.judging(actor, action, judged).await?;
        if let (Some(user), Some(stored)) = (actor.user(), &standing.stored) {
            let acts = writing.acts_of_report(stored.number).await?;
            let verified = acts.iter().rev().find(|act| {
                matches!(&act.said, Act::ReportMoved { step, .. } if matches!(**step, Move::Verify { .. }))
            });
            if verified.is_some_and(|act| act.author == Some(user)) {
                return Err(Error::Invalid(vec![Diagnostic::error(
                    "report-same-person",
                    Place::default(),
                )]));
            }
        }
        self.make_move(actor, action, &mut writing, &standing, judged, Move::Accept)
            .await?;
        let counted = self
            .count(actor, &mut writing, &judged.report, action, "")
            .await?;
        self.commit(writing).await?;
        Ok(counted)
    }

    /// Changes values of an accepted report, with a reason: a new edition; the values before stay readable, and the
    /// register's observations follow in the same transaction. By who verifies, so that no unverified value counts.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason or a change, or where a value does not pass the form; else as
    /// [`App::verify_report`].
    pub async fn correct_report(&self, actor: &Actor, correct: &CorrectReport) -> Result<Counted, Error> {
        let judged = &correct.judged;
        let action = Action::CorrectReport;
        let (mut writing, standing) = self.judging(actor, action, judged).await?;
        let held = standing.report.texts();
        let same =
            |code: &IndicatorCode, text: &String| held.get(code).map_or("", String::as_str) == text.trim();
        let values: Texts = correct
            .values
            .iter()
            .filter(|(code, text)| !same(code, text))
            .map(|(code, text)| (code.clone(), text.clone()))
            .collect();
        if values.is_empty() {
            return Err(Error::Invalid(vec![super::missing("values")]));
        }
        let reason = correct.reason.trim().to_owned();
        let step = Move::Correct(Corrected {
            values,
            explanations: correct.explanations.clone(),
            reason: reason.clone(),
        });
        self.make_move(
            actor,
            Action::CorrectReport,
            &mut writing,
            &standing,
            judged,
            step,
        )
        .await?;
        let counted = self
            .count(
                actor,
                &mut writing,
                &judged.report,
                Action::CorrectReport,
                &reason,
            )
            .await?;
        self.commit(writing).await?;
        Ok(counted)
    }

    /// The report, where the actor may do this with it and nobody changed it meanwhile.
    async fn judging(
        &self,
        actor: &Actor,
        action: Action,
        judged: &JudgeReport,
    ) -> Result<(Writing, Standing), Error> {
        let office = &judged.report.office;
        actor.require_for(action, office)?;
        let lists = self.lists();
        let mut writing = self.writing().await?;
        let standing = Standing::load(&mut writing, &lists.reference, &judged.report).await?;
        actor.require_judge(action, office, &standing.regime.states().receiver)?;
        if standing.stored.is_none() {
            return Err(Error::NotFound { what: "report" });
        }
        if standing.report.version() != judged.seen {
            return Err(Error::Conflict { what: "report" });
        }
        Ok((writing, standing))
    }

    async fn make_move(
        &self,
        actor: &Actor,
        action: Action,
        writing: &mut Writing,
        standing: &Standing,
        judged: &JudgeReport,
        step: Move,
    ) -> Result<(), Error> {
        let last = standing.last(writing, &judged.report).await?;
        standing
            .report
            .check(&step, &standing.regime.form(last))
            .map_err(refused)?;
        let act = Act::ReportMoved {
            report: judged.report.clone(),
            step: Box::new(step),
        };
        let receiver = &standing.regime.states().receiver;
        let author = actor.judge(action, &judged.report.office, receiver);
        writing.record(&author, self.now(), &act).await?;
        Ok(())
    }

    /// Brings the register's observations in line with an accepted report: one entry a value that is new or other.
    pub(crate) async fn count(
        &self,
        actor: &Actor,
        writing: &mut Writing,
        key: &ReportKey,
        action: Action,
        reason: &str,
    ) -> Result<Counted, Error> {
        let lists = self.lists();
        let standing = Standing::load(writing, &lists.reference, key).await?;
        let Some(stored) = &standing.stored else {
            return Err(Error::NotFound { what: "report" });
        };
        debug_assert_eq!(stored.report.stage(), Stage::Accepted);
        let (values, _) = standing.regime.form(Values::new()).read(&stored.report.texts());
        let counted_before = writing.values_of_report(stored.number).await?;
        let author = actor.judge(action, &key.office, &standing.regime.states().receiver);
        let names = self.directory(writing).await?;
        let states = standing.regime.states();
        let mut counted = Counted::default();
        for (code, observation, _) in &counted_before {
            if !values.contains_key(code) {
                let act = Act::FactWithdrawn {
                    fact: FactId::Observation(*observation),
                    reason: reason.to_owned(),
                };
                writing.record(&author, self.now(), &act).await?;
                counted.withdrawn += 1;
            }
        }
        for (code, value) in values {
            let before = counted_before.iter().find(|(found, ..)| *found == code);
            if before.is_some_and(|(_, _, known)| *known == value) {
                continue;
            }
            let indicator = lists.reference.indicator(&code);
            let name = lists.reference.indicator_name(&code).name.vi;
            let text = stored.report.texts().remove(&code).unwrap_or_default();
            let act = Act::ReportCounted {
                report: key.clone(),
                observation: Box::new(Observation {
                    indicator: code.clone(),
                    ref_area: key.office.area.clone(),
                    time_period: standing.regime.told_of(key.period),
                    measure: Measure::Level,
                    edition: states.edition,
                    status: status_of(states.edition),
                    obs_value: value,
                    upper: None,
                    bound: Bound::Eq,
                    price_basis: indicator.and_then(|indicator| indicator.price_basis),
                    scope: None,
                }),
                source: Source {
                    document: None,
                    span: None,
                    quote: format!("{name}: {text}"),
                    title: format!("{} ({})", states.name_vi, key.period),
                    publisher: publisher(&names.name(&key.office).vi, stored.report.state().simulated),
                    date: Some(self.today()),
                    url: None,
                },
                replaces: before.map(|(_, observation, _)| *observation),
                reason: reason.to_owned(),
            };
            writing.record(&author, self.now(), &act).await?;
            if before.is_some() {
                counted.replaced += 1;
            } else {
                counted.new += 1;
            }
        }
        Ok(counted)
    }
}

/// How far a value of an edition can be relied on.
fn status_of(edition: Edition) -> ObsStatus {
    match edition {
        Edition::Estimate => ObsStatus::Estimated,
        Edition::Preliminary => ObsStatus::Provisional,
        Edition::Official => ObsStatus::Normal,
    }
}

/// Who tells a value: the office, or the simulation by whose name every page knows it.
fn publisher(office: &str, is_simulated: bool) -> String {
    if is_simulated {
        simulated::PUBLISHER.to_owned()
    } else {
        office.to_owned()
    }
}
