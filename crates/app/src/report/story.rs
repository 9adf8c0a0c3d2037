//! Everything about one value: typed, explained, sent back, verified, accepted, corrected; the sums that it went into,
//! and the receipt of each entry.

use plan::Act;
use plan::report::{DeviceTime, Evidence, Move, ReportKey, Stage};
use terms::{Date, IndicatorCode, TimePeriod};

use super::Standing;
use super::view::{OfficeName, RegimeName};
use crate::policy::Action;
use crate::view::{ActView, IndicatorName, UnitName};
use crate::{Actor, App, Error};

/// The story of a value.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryView {
    /// In which report.
    pub report: ReportKey,
    /// Of which regime.
    pub regime: RegimeName,
    /// Of whom.
    pub office: OfficeName,
    /// Of what.
    pub indicator: IndicatorName,
    /// The days told of.
    pub window: (Date, Date),
    /// Where the report stands.
    pub stage: Stage,
    /// What it says now; none where this reader may not know of it before it is accepted.
    pub text: Option<String>,
    /// The steps, oldest first.
    pub steps: Vec<StoryStep>,
    /// Whether a simulation made it up.
    pub simulated: bool,
    /// The period under which the register keeps it.
    pub period: TimePeriod,
    /// The units whose sums it goes into, the nearest first.
    pub goes_into: Vec<UnitName>,
    /// Whether the steps before acceptance are told with their values: to who may read the report.
    pub whole: bool,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryStep {
    /// Who, when, what, why, under which entry.
    pub act: ActView,
    /// What was typed for this line.
    pub typed: Option<String>,
    /// The explanation that was given for it.
    pub explained: Option<String>,
    /// What was shown for it.
    pub shown: Option<(String, Evidence)>,
    /// When the device says that it was done, where one kept it until the net was back and the difference is worth telling.
    pub device: Option<DeviceTime>,
}

impl App {
    /// The story of a value. The public is told of accepted values only: the steps of an accepted report, without what was
    /// typed before; who may read the report is told all. Four statements.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such value or the reader may not know of it; [`Error::Store`].
    pub async fn value_story(
        &self,
        actor: &Actor,
        key: &ReportKey,
        indicator: &IndicatorCode,
    ) -> Result<StoryView, Error> {
        actor.require(Action::ReadRegister)?;
        let not_found = || Error::NotFound { what: "value" };
        let whole = actor.may_for(Action::ReadReports, &key.office);
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let standing = Standing::load(&mut reading, &lists.reference, key).await?;
        let stored = standing.stored.as_ref().ok_or_else(not_found)?;
        let accepted = stored.report.stage() == Stage::Accepted;
        let is_asked = standing.regime.indicators().any(|code| code == indicator);
        if !is_asked || !(whole || accepted) {
            return Err(not_found());
        }
        let shown = reading.evidence_of_report(stored.number).await?;
        let acts = reading.acts_of_report(stored.number).await?;
        let mut steps = Vec::new();
        let mut is_accepted_yet = false;
        for told in &acts {
            let mut step = StoryStep {
                act: ActView::of(&told.act),
                typed: None,
                explained: None,
                shown: None,
                device: None,
            };
            match &told.said {
                Act::ReportMoved { step: made, .. } => match &**made {
                    Move::Save(saved) => {
                        step.typed = saved.values.get(indicator).cloned();
                        step.explained = saved.explanations.get(indicator).cloned();
                        step.device = told_of(saved.device, &step.act);
                        if step.typed.is_none() && step.explained.is_none() {
                            continue;
                        }
                        if !whole {
                            continue;
                        }
                    }
                    Move::Correct(corrected) => {
                        step.typed = corrected.values.get(indicator).cloned();
                        step.explained = corrected.explanations.get(indicator).cloned().filter(|_| whole);
                        if step.typed.is_none() {
                            continue;
                        }
                    }
                    Move::Accept => is_accepted_yet = true,
                    // Why it was sent back may name values that never counted.
                    Move::Return { .. } | Move::Verify { .. } if !whole => step.act.reason.clear(),
                    Move::Submit { device, .. } => {
                        step.device = told_of(*device, &step.act).filter(|_| whole);
                    }
                    Move::Return { .. } | Move::Verify { .. } => {}
                },
                Act::ReportCounted { observation, .. } => {
                    if observation.indicator != *indicator {
                        continue;
                    }
                    step.typed = Some(observation.obs_value.normalize().to_string());
                }
                Act::EvidenceGiven { indicator: of, .. } => {
                    let for_this = of.as_ref().is_none_or(|of| of == indicator);
                    if !for_this || !whole {
                        continue;
                    }
                    step.shown = shown
                        .iter()
                        .find(|shown| shown.entry == told.act.entry)
                        .map(|shown| (shown.title.clone(), shown.evidence.clone()));
                }
                Act::SpotChecked {
                    indicator: of, found, ..
                } => {
                    if of != indicator || !whole {
                        continue;
                    }
                    step.typed = Some(found.clone());
                }
                _ => continue,
            }
            if !whole {
                // The public reads what was done, by which office; not which person.
                step.act.who = None;
            }
            steps.push(step);
        }
        debug_assert!(whole || is_accepted_yet);
        let mut goes_into = Vec::new();
        let mut above = lists
            .reference
            .unit(&key.office.area)
            .and_then(|unit| unit.parent.as_ref());
        while let Some(area) = above.filter(|_| goes_into.len() < 8) {
            goes_into.push(lists.reference.unit_name(area));
            above = lists.reference.unit(area).and_then(|unit| unit.parent.as_ref());
        }
        Ok(StoryView {
            regime: RegimeName::of(&standing.regime),
            office: OfficeName::of(&directory, &key.office),
            indicator: lists.reference.indicator_name(indicator),
            window: plan::report::window(key.period, standing.regime.states().calendar),
            stage: stored.report.stage(),
            text: stored.report.texts().remove(indicator),
            steps,
            simulated: stored.report.state().simulated,
            period: standing.regime.told_of(key.period),
            goes_into,
            whole,
            report: key.clone(),
        })
    }
}

/// A device's clock, where it was wrong or the act is older than its entry.
fn told_of(device: Option<DeviceTime>, act: &ActView) -> Option<DeviceTime> {
    device.filter(|device| device.is_off() || device.is_earlier_than(act.when))
}
