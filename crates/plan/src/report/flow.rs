//! A report's way: filled in, submitted, verified, accepted, locked; returned with a reason; corrected afterwards.
//!
//! ```text
//! filling in ─submit→ submitted ─verify→ verified ─accept→ accepted (locked) ─correct→ accepted, one edition later
//!      ↑                 │                  │
//!      └─────return──────┴──────return──────┘
//! ```
//!
//! A save names the lines that somebody touched and the version that this person had seen. Lines that somebody else
//! changed in between keep both values until a person who has seen both picks one ([`Line`]).

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use terms::{Date, IndicatorCode};

use super::device::DeviceTime;
use super::form::{Finding, Form, Problem, Texts};
use super::regime::{Openness, Regime};
use terms::TimePeriod;

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The unit fills it in.
    FillingIn,
    /// It waits for the verifier.
    Submitted,
    /// It waits for the one who accepts.
    Verified,
    /// It counts, and is locked.
    Accepted,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 4] = [
        Stage::FillingIn,
        Stage::Submitted,
        Stage::Verified,
        Stage::Accepted,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::FillingIn => "filling-in",
            Stage::Submitted => "submitted",
            Stage::Verified => "verified",
            Stage::Accepted => "accepted",
        }
    }

    /// The stage of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// What a person typed since last looking.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// The lines that were touched, as typed; an empty text clears a line.
    pub values: Texts,
    /// Explanations of soft findings that were touched; an empty text takes one back.
    pub explanations: BTreeMap<IndicatorCode, String>,
    /// The version of the report that the person had before the eyes.
    pub seen: u64,
    /// Whether a simulation made it up; then the whole report is simulated for ever.
    pub simulated: bool,
    /// What the device said of its clock, where one kept it until the net was back.
    pub device: Option<DeviceTime>,
}

/// Other values after acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Corrected {
    /// The lines that change, as typed.
    pub values: Texts,
    /// Explanations of soft findings among them.
    pub explanations: BTreeMap<IndicatorCode, String>,
    /// Why.
    pub reason: String,
}

impl Move {
    /// The reporter sends it now.
    pub const SUBMIT: Move = Move::Submit {
        simulated_on: None,
        device: None,
    };
}

/// What somebody does with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// The reporter saves values as they are; nothing has to be complete.
    Save(Saved),
    /// The reporter sends it.
    Submit {
        /// The day on which a simulation says that it was sent; of other reports the day of the record counts.
        simulated_on: Option<Date>,
        /// What the device said of its clock, where one kept it until the net was back.
        device: Option<DeviceTime>,
    },
    /// The verifier has compared it with its evidence.
    Verify {
        /// What was looked at.
        words: String,
        /// The lines that stood out and were looked at one by one.
        looked: BTreeSet<IndicatorCode>,
    },
    /// The verifier or the one who accepts sends it back.
    Return {
        /// What is wanting.
        reason: String,
    },
    /// It counts from now on.
    Accept,
    /// After acceptance: other values, with a reason; the old ones stay readable.
    Correct(Corrected),
}

impl Move {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Move::Save(_) => "save",
            Move::Submit { .. } => "submit",
            Move::Verify { .. } => "verify",
            Move::Return { .. } => "return",
            Move::Accept => "accept",
            Move::Correct(_) => "correct",
        }
    }
}

/// Why a move was not made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// It does not follow on this stage.
    #[error("“{act}” does not follow on “{}”", stage.code())]
    NotNow {
        /// The move's code.
        act: &'static str,
        /// Where the report stands.
        stage: Stage,
    },
    /// Values fail hard edits, or soft ones without an explanation.
    #[error("{} values do not pass", .0.len())]
    Findings(Vec<Finding>),
    /// A reason is missing.
    #[error("“{act}” wants a reason")]
    NoWords {
        /// The move's code.
        act: &'static str,
    },
}

/// Why a report cannot be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lock {
    /// The regime asks for no such report.
    NotAsked,
    /// The period has not begun.
    NotYet {
        /// Its first day.
        opens: Date,
    },
    /// The last day has passed.
    Closed {
        /// The last day on which it could be filled in.
        since: Date,
    },
    /// It waits for the verifier, or for the one who accepts.
    Sent(Stage),
    /// It counts: what changes now is a correction.
    Accepted,
}

impl Lock {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Lock::NotAsked => "not-asked",
            Lock::NotYet { .. } => "not-yet",
            Lock::Closed { .. } => "closed",
            Lock::Sent(_) => "sent",
            Lock::Accepted => "accepted",
        }
    }
}

/// A line as it was typed, with what it was before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The texts that it held, each with the version that brought it, oldest first; the last one holds.
    pub kept: Vec<(u64, String)>,
    /// What somebody else typed at the same time, with its version: until a person picks one.
    pub rivals: Vec<(u64, String)>,
    /// Rivals that a person decided against.
    pub dropped: Vec<(u64, String)>,
}

/// So many earlier texts of a line are at hand to tell who touched it; the record has all of them.
const KEPT: usize = 24;

impl Line {
    /// The text that holds.
    pub fn text(&self) -> &str {
        self.kept.last().map_or("", |(_, text)| text)
    }

    /// The version that changed it last, or brought a rival.
    pub fn changed(&self) -> u64 {
        let last = |list: &[(u64, String)]| list.last().map_or(0, |(version, _)| *version);
        last(&self.kept).max(last(&self.rivals))
    }

    /// The text that it held when the report had this version; none where that is too long ago.
    fn at(&self, seen: u64) -> Option<&str> {
        match self.kept.iter().rposition(|(version, _)| *version <= seen) {
            Some(at) => Some(&self.kept[at].1),
            None if self.kept.len() < KEPT => Some(""),
            None => None,
        }
    }

    /// What a save does to it, or nothing where it changes nothing.
    fn after(&self, text: &str, seen: u64, version: u64) -> Option<Self> {
        let text = text.trim();
        if seen < self.changed() {
            // Who sends back what stood there has not touched it; who types what stands there now agrees.
            let untouched = self.at(seen) == Some(text) || self.text() == text;
            let told = self.rivals.iter().any(|(_, rival)| rival == text);
            if untouched || told {
                return None;
            }
            let mut line = self.clone();
            line.rivals.push((version, text.to_owned()));
            return Some(line);
        }
        if self.text() == text && self.rivals.is_empty() {
            return None;
        }
        let mut line = self.clone();
        let rivals = std::mem::take(&mut line.rivals);
        line.dropped
            .extend(rivals.into_iter().filter(|(_, rival)| rival != text));
        if line.text() != text {
            line.kept.push((version, text.to_owned()));
        } else if let Some(last) = line.kept.last_mut() {
            // Picked again: whoever had seen less must look.
            last.0 = version;
        }
        for list in [&mut line.kept, &mut line.dropped] {
            let surplus = list.len().saturating_sub(KEPT);
            list.drain(..surplus);
        }
        Some(line)
    }
}

/// All that there is to know of a report; [`Report`] keeps it in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where it stands.
    pub stage: Stage,
    /// Its lines.
    pub lines: BTreeMap<IndicatorCode, Line>,
    /// Explanations of soft findings.
    pub explanations: BTreeMap<IndicatorCode, String>,
    /// The day on which it was sent and not returned since.
    pub submitted_on: Option<Date>,
    /// The day on which it was sent back and not sent again since.
    pub returned_on: Option<Date>,
    /// 0 before acceptance, 1 when accepted, one more with each correction.
    pub edition: u32,
    /// How often it was sent back.
    pub returns: u32,
    /// The number of the last act; 0 before the first.
    pub version: u64,
    /// Whether any of it was made up by a simulation.
    pub simulated: bool,
}

/// A report of one unit on one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report(State);

impl Default for Report {
    fn default() -> Self {
        Self(State {
            stage: Stage::FillingIn,
            lines: BTreeMap::new(),
            explanations: BTreeMap::new(),
            submitted_on: None,
            returned_on: None,
            edition: 0,
            returns: 0,
            version: 0,
            simulated: false,
        })
    }
}

/// A report that was sent back can be filled in for so many days, even where its window has closed meanwhile: returning
/// it would be idle otherwise. Our own choice: a working week.
pub const DAYS_AFTER_RETURN: i32 = 7;

impl Report {
    /// A report as it was kept.
    pub fn restore(state: State) -> Self {
        Self(state)
    }

    /// All that there is to know of it.
    pub fn state(&self) -> &State {
        &self.0
    }

    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.0.stage
    }

    /// The texts that hold, without empty ones.
    pub fn texts(&self) -> Texts {
        let filled = self.0.lines.iter().filter(|(_, line)| !line.text().is_empty());
        filled
            .map(|(code, line)| (code.clone(), line.text().to_owned()))
            .collect()
    }

    /// Explanations of soft findings.
    pub fn explanations(&self) -> &BTreeMap<IndicatorCode, String> {
        &self.0.explanations
    }

    /// The number of the last act.
    pub fn version(&self) -> u64 {
        self.0.version
    }

    /// Why it cannot be filled in on `day`; none where it can.
    pub fn lock(&self, regime: &Regime, period: TimePeriod, day: Date) -> Option<Lock> {
        match self.0.stage {
            Stage::Accepted => return Some(Lock::Accepted),
            Stage::Submitted | Stage::Verified => return Some(Lock::Sent(self.0.stage)),
            Stage::FillingIn => {}
        }
        match regime.openness(period, day) {
            Openness::NoSuchPeriod => Some(Lock::NotAsked),
            Openness::NotYet { opens } => Some(Lock::NotYet { opens }),
            Openness::Open { .. } => None,
            Openness::Closed { since } => {
                let reopened = self
                    .0
                    .returned_on
                    .map(|returned| returned.saturating_add(DAYS_AFTER_RETURN.days()));
                match reopened {
                    Some(until) if day <= until => None,
                    Some(until) => Some(Lock::Closed {
                        since: until.max(since),
                    }),
                    None => Some(Lock::Closed { since }),
                }
            }
        }
    }

    /// Everything that is wrong with it as it stands: edits, and lines with two values.
    pub fn findings(&self, form: &Form, complete: bool) -> Vec<Finding> {
        let mut findings = form.examine(&self.texts(), complete);
        let with_rivals = self.0.lines.iter().filter(|(_, line)| !line.rivals.is_empty());
        findings.extend(with_rivals.map(|(code, line)| {
            let all = [(0, line.text().to_owned())];
            Finding {
                indicator: code.clone(),
                problem: Problem::TwoValues(
                    all.iter()
                        .chain(&line.rivals)
                        .map(|(_, text)| text.clone())
                        .collect(),
                ),
                soft: false,
            }
        }));
        findings
    }

    /// The findings that keep it from being sent: hard ones, and soft ones that nobody explained.
    pub fn in_the_way(&self, form: &Form) -> Vec<Finding> {
        let mut findings = self.findings(form, true);
        findings.retain(|finding| !explained(finding, &self.0.explanations));
        findings
    }

    /// What a save would change; none where it would change nothing and needs no entry.
    pub fn would_change(&self, saved: &Saved) -> bool {
        let none = Line::default();
        let line = |code| self.0.lines.get(code).unwrap_or(&none);
        saved
            .values
            .iter()
            .any(|(code, text)| line(code).after(text, saved.seen, u64::MAX).is_some())
            || saved
                .explanations
                .iter()
                .any(|(code, text)| self.0.explanations.get(code).map_or("", String::as_str) != text.trim())
    }

    /// Looks whether a move can be made now.
    ///
    /// # Errors
    /// A [`Refusal`] with the stage or the findings that stand in the way.
    pub fn check(&self, step: &Move, form: &Form) -> Result<(), Refusal> {
        self.follows(step)?;
        match step {
            Move::Submit { .. } => none_of(self.in_the_way(form)),
            Move::Correct(corrected) => {
                let mut after = self.clone();
                after.correct(corrected, self.0.version + 1);
                none_of(after.in_the_way(form))
            }
            _ => Ok(()),
        }
    }

    /// Makes a move that was recorded as act number `version` on a day.
    ///
    /// The form is not asked: what was recorded has passed it, and forms change.
    ///
    /// # Errors
    /// [`Refusal::NotNow`], [`Refusal::NoWords`]; then nothing changed.
    pub fn follow(&mut self, step: &Move, version: u64, on: Date) -> Result<(), Refusal> {
        self.follows(step)?;
        let state = &mut self.0;
        match step {
            Move::Save(saved) => {
                for (code, text) in &saved.values {
                    let line = state.lines.entry(code.clone()).or_default();
                    if let Some(after) = line.after(text, saved.seen, version) {
                        *line = after;
                    }
                }
                explain(&mut state.explanations, &saved.explanations);
                state.simulated |= saved.simulated;
            }
            Move::Submit { simulated_on, .. } => {
                state.submitted_on = Some(simulated_on.filter(|_| state.simulated).unwrap_or(on));
                state.returned_on = None;
                state.stage = Stage::Submitted;
            }
            Move::Verify { .. } => state.stage = Stage::Verified,
            Move::Return { .. } => {
                state.submitted_on = None;
                state.returned_on = Some(on);
                state.returns += 1;
                state.stage = Stage::FillingIn;
            }
            Move::Accept => {
                state.edition = 1;
                state.stage = Stage::Accepted;
            }
            Move::Correct(corrected) => self.correct(corrected, version),
        }
        self.0.version = version;
        Ok(())
    }

    fn correct(&mut self, corrected: &Corrected, version: u64) {
        for (code, text) in &corrected.values {
            let line = self.0.lines.entry(code.clone()).or_default();
            // Who corrects has the accepted values before the eyes: nothing is stale after acceptance.
            if let Some(after) = line.after(text, u64::MAX, version) {
                *line = after;
            }
        }
        explain(&mut self.0.explanations, &corrected.explanations);
        self.0.edition += 1;
    }

    /// Whether a move follows on the stage, and says what it must.
    fn follows(&self, step: &Move) -> Result<(), Refusal> {
        let act = step.code();
        let fits = matches!(
            (self.0.stage, step),
            (Stage::FillingIn, Move::Save(_) | Move::Submit { .. })
                | (Stage::Submitted, Move::Verify { .. } | Move::Return { .. })
                | (Stage::Verified, Move::Accept | Move::Return { .. })
                | (Stage::Accepted, Move::Correct(_))
        );
        if !fits {
            return Err(Refusal::NotNow {
                act,
                stage: self.0.stage,
            });
        }
        match step {
            Move::Verify { words: said, .. }
            | Move::Return { reason: said }
            | Move::Correct(Corrected { reason: said, .. })
                if said.trim().is_empty() =>
            {
                Err(Refusal::NoWords { act })
            }
            _ => Ok(()),
        }
    }
}

/// Whether a finding has its explanation.
pub fn explained(finding: &Finding, explanations: &BTreeMap<IndicatorCode, String>) -> bool {
    finding.soft
        && explanations
            .get(&finding.indicator)
            .is_some_and(|words| !words.trim().is_empty())
}

fn explain(all: &mut BTreeMap<IndicatorCode, String>, touched: &BTreeMap<IndicatorCode, String>) {
    for (code, words) in touched {
        let words = words.trim();
        if words.is_empty() {
            all.remove(code);
        } else {
            all.insert(code.clone(), words.to_owned());
        }
    }
}

fn none_of(findings: Vec<Finding>) -> Result<(), Refusal> {
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Findings(findings))
    }
}

#[cfg(test)]
mod tests;
