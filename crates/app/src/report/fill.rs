//! Filling in and sending: saved as it goes, exactly once, and no typed value is lost.

use std::collections::BTreeMap;

use plan::report::{DeviceTime, Evidence, Move, RegimeCode, ReportKey, Saved, Texts};
use plan::{Act, Office, OperationId};
use terms::{Diagnostic, IndicatorCode, Place, TimePeriod, Timestamp};

use super::{Standing, refused, unlocked};
use crate::operation::Once;
use crate::policy::Action;
use crate::task_act::{is_web_address, kind_of};
use crate::{Actor, App, Error};

/// The longest text of a line: a number with its blanks.
const LONGEST_VALUE: usize = 64;
/// The longest explanation.
const LONGEST_EXPLANATION: usize = 2_000;
/// The largest file of evidence.
const LARGEST_EVIDENCE: usize = 8 << 20;

/// What a person typed into a form since last looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveReport {
    /// By which regime.
    pub regime: RegimeCode,
    /// On which period.
    pub period: TimePeriod,
    /// Of whom.
    pub office: Office,
    /// The lines that were touched, as typed: texts that cannot be read are kept too. An empty text clears a line.
    pub values: BTreeMap<IndicatorCode, String>,
    /// Explanations of soft findings that were touched.
    pub explanations: BTreeMap<IndicatorCode, String>,
    /// The version of the report that the person had before the eyes; 0 where there was none.
    pub seen: u64,
    /// The name that the device gave this save; the same save under the same name is recorded once.
    pub operation: Option<OperationId>,
    /// The device's clock when it was typed and when it was sent, where a device kept it; told, and never asked for a last
    /// day.
    pub device: Option<DeviceClock>,
}

/// A device's clock at two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceClock {
    /// When it was done.
    pub at: Timestamp,
    /// When it was sent.
    pub sent_at: Timestamp,
}

impl DeviceClock {
    fn beside(self, server: Timestamp) -> DeviceTime {
        DeviceTime::new(self.at, self.sent_at, server)
    }
}

/// A report that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmitReport {
    /// Which.
    pub report: ReportKey,
    /// The version that the person had before the eyes.
    pub seen: u64,
    /// The name that the device gave it.
    pub operation: Option<OperationId>,
    /// The device's clock, as of a save.
    pub device: Option<DeviceClock>,
}

/// What came of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedReport {
    /// The report's version from now on: what the next save has seen.
    pub version: u64,
    /// The lines on which somebody else typed another value in between; both are kept until a person picks one.
    pub conflicts: Vec<IndicatorCode>,
}

impl SavedReport {
    /// As the memory of operations keeps it: the version, then the lines.
    fn to_answer(&self) -> String {
        let lines = self.conflicts.iter().map(IndicatorCode::as_str);
        std::iter::once(self.version.to_string())
            .chain(lines.map(str::to_owned))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn from_answer(answer: &str) -> Result<Self, Error> {
        let mut words = answer.split(' ');
        let damaged = || Error::Machine("reading a kept answer");
        Ok(Self {
            version: words
                .next()
                .and_then(|word| word.parse().ok())
                .ok_or_else(damaged)?,
            conflicts: words
                .map(|word| word.parse().map_err(|_| damaged()))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// What a person shows for a report: a file, or the address of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewEvidence {
    /// For which line; none: for all.
    pub indicator: Option<IndicatorCode>,
    /// What it shows.
    pub title: String,
    /// The file's name; empty where it is a page.
    pub name: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// The page's address.
    pub url: String,
}

impl App {
    /// Saves what a person typed. The server's clock decides whether the form is open; no clock of a device is asked.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the form is locked (with why) or does not ask for a line, or a text is too long;
    /// [`Error::NotFound`] where there is no such report or the actor may not know of it; [`Error::Conflict`] where the
    /// person claims to have seen a version that there is not; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn save_report(&self, actor: &Actor, report: &SaveReport) -> Result<SavedReport, Error> {
        actor.require_for(Action::FillReport, &report.office)?;
        self.save(actor, report, false).await
    }

    pub(crate) async fn save(
        &self,
        actor: &Actor,
        sent: &SaveReport,
        simulated: bool,
    ) -> Result<SavedReport, Error> {
        actor.require_for(Action::FillReport, &sent.office)?;
        let key = ReportKey {
            regime: sent.regime.clone(),
            period: sent.period,
            office: sent.office.clone(),
        };
        let lists = self.lists();
        let mut writing = self.writing().await?;
        let once = sent.operation.map(|id| {
            let texts = |texts: &Texts| {
                let pairs = texts.iter().map(|(code, text)| format!("{code}={text}"));
                pairs.collect::<Vec<_>>().join("\n")
            };
            let parts = [
                "report-save",
                key.regime.as_str(),
                &key.period.to_string(),
                &key.office.to_string(),
                &texts(&sent.values),
                &texts(&sent.explanations),
                &sent.seen.to_string(),
            ];
            Once::new(id, &parts)
        });
        if let Some(once) = &once
            && let Some(answer) = once.before(&mut writing, actor).await?
        {
            return SavedReport::from_answer(&answer);
        }
        let standing = Standing::load(&mut writing, &lists.reference, &key).await?;
        unlocked(&standing, &key, self.today())?;
        let wrong = faults(&standing, sent);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        if standing.report.version() < sent.seen {
            return Err(Error::Conflict { what: "report" });
        }
        let saved = Saved {
            values: sent.values.clone(),
            explanations: sent.explanations.clone(),
            seen: sent.seen,
            simulated,
            device: sent.device.map(|clock| clock.beside(self.now())),
        };
        let mut after = standing.report.clone();
        let changes = after.would_change(&saved);
        let mut answer = SavedReport {
            version: after.version(),
            conflicts: Vec::new(),
        };
        if changes {
            let step = Move::Save(saved);
            after
                .check(&step, &standing.regime.form(plan::report::Values::new()))
                .map_err(refused)?;
            let act = Act::ReportMoved {
                report: key,
                step: Box::new(step.clone()),
            };
            let author = actor.author(Action::FillReport, Some(&sent.office));
            answer.version = writing.record(&author, self.now(), &act).await?;
            after
                .follow(&step, answer.version, self.today())
                .map_err(refused)?;
        }
        let lines = after
            .state()
            .lines
            .iter()
            .filter(|(_, line)| !line.rivals.is_empty());
        answer.conflicts = lines.map(|(code, _)| code.clone()).collect();
        if let Some(once) = &once {
            once.keep(self, &mut writing, actor, &answer.to_answer()).await?;
        }
        self.commit(writing).await?;
        Ok(answer)
    }

    /// Sends a report: every line that must be there is there, passes the hard edits, and what is unusual is explained.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every line that stands in the way, or why the form is locked; [`Error::Conflict`] where
    /// somebody changed it since the person looked; else as [`App::save_report`].
    pub async fn submit_report(&self, actor: &Actor, sent: &SubmitReport) -> Result<SavedReport, Error> {
        let key = &sent.report;
        actor.require_for(Action::SubmitReport, &key.office)?;
        let lists = self.lists();
        let mut writing = self.writing().await?;
        let once = sent.operation.map(|id| {
            let parts = [
                "report-submit",
                key.regime.as_str(),
                &key.period.to_string(),
                &key.office.to_string(),
                &sent.seen.to_string(),
            ];
            Once::new(id, &parts)
        });
        if let Some(once) = &once
            && let Some(answer) = once.before(&mut writing, actor).await?
        {
            return SavedReport::from_answer(&answer);
        }
        let standing = Standing::load(&mut writing, &lists.reference, key).await?;
        unlocked(&standing, key, self.today())?;
        if standing.report.version() != sent.seen {
            return Err(Error::Conflict { what: "report" });
        }
        let last = standing.last(&mut writing, key).await?;
        let form = standing.regime.form(last);
        let step = Move::Submit {
            simulated_on: None,
            device: sent.device.map(|clock| clock.beside(self.now())),
        };
        standing.report.check(&step, &form).map_err(refused)?;
        let act = Act::ReportMoved {
            report: key.clone(),
            step: Box::new(step),
        };
        let author = actor.author(Action::SubmitReport, Some(&key.office));
        let answer = SavedReport {
            version: writing.record(&author, self.now(), &act).await?,
            conflicts: Vec::new(),
        };
        if let Some(once) = &once {
            once.keep(self, &mut writing, actor, &answer.to_answer()).await?;
        }
        self.commit(writing).await?;
        Ok(answer)
    }

    /// Shows a file or a page for a line of a report, or for all of it.
    ///
    /// # Errors
    /// [`Error::Invalid`] where neither or both are given, the file is too large or of a kind that is not kept, or the
    /// address is none of the web; else as [`App::save_report`].
    pub async fn show_evidence(
        &self,
        actor: &Actor,
        key: &ReportKey,
        evidence: NewEvidence,
    ) -> Result<(), Error> {
        actor.require_for(Action::FillReport, &key.office)?;
        let lists = self.lists();
        let mut writing = self.writing().await?;
        let standing = Standing::load(&mut writing, &lists.reference, key).await?;
        if standing.stored.is_none() {
            return Err(Error::Invalid(vec![super::missing("values")]));
        }
        let asked = |code: &IndicatorCode| standing.regime.indicators().any(|found| found == code);
        if evidence.indicator.as_ref().is_some_and(|code| !asked(code)) {
            return Err(Error::NotFound { what: "line" });
        }
        let shown = evidence_of(&evidence)?;
        if let Evidence::File { .. } = &shown {
            writing.keep_bytes(&evidence.bytes).await?;
        }
        let title = match evidence.title.trim() {
            "" => match &shown {
                Evidence::File { name, .. } => name.clone(),
                Evidence::Link { url } => url.clone(),
            },
            title => title.chars().take(300).collect(),
        };
        let act = Act::EvidenceGiven {
            report: key.clone(),
            indicator: evidence.indicator,
            title,
            evidence: shown,
        };
        let author = actor.author(Action::FillReport, Some(&key.office));
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }
}

/// The endings of the kinds of file that are kept as evidence, each with what its content must be.
const KINDS: [(&str, &str); 6] = [
    ("pdf", "pdf"),
    ("png", "png"),
    ("jpg", "jpeg"),
    ("jpeg", "jpeg"),
    ("docx", "docx"),
    ("xlsx", "xlsx"),
];

fn evidence_of(evidence: &NewEvidence) -> Result<Evidence, Error> {
    let wrong = |diagnostic| Err(Error::Invalid(vec![diagnostic]));
    let (has_file, url) = (!evidence.bytes.is_empty(), evidence.url.trim());
    if has_file != url.is_empty() {
        return wrong(super::missing("evidence"));
    }
    if !has_file {
        if !is_web_address(url) {
            let place = Place::default().column("url");
            return wrong(Diagnostic::error("not-a-web-address", place).with("found", url));
        }
        return Ok(Evidence::Link { url: url.to_owned() });
    }
    let place = Place::file(&evidence.name);
    if LARGEST_EVIDENCE < evidence.bytes.len() {
        let limit = LARGEST_EVIDENCE >> 20;
        return wrong(Diagnostic::error("evidence-too-large", place).with("limit", limit));
    }
    let extension = evidence
        .name
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    let extension = extension.to_ascii_lowercase();
    // The name and the bytes must say the same: a program named `photo.png` is refused, and a paper with macros too.
    let content = kind_of(&evidence.bytes);
    let known = KINDS
        .iter()
        .any(|(ending, kind)| *ending == extension && Some(*kind) == content);
    if !known {
        let kinds: Vec<&str> = KINDS.iter().map(|(ending, _)| *ending).collect();
        return wrong(Diagnostic::error("evidence-kind", place).with("expected", kinds.join(", ")));
    }
    let name: String = evidence
        .name
        .chars()
        .filter(|letter| !letter.is_control())
        .take(200)
        .collect();
    Ok(Evidence::File {
        name,
        sha256: terms::Sha256(ledger::entry::address(&evidence.bytes)),
    })
}

/// Lines that the form does not ask for, and texts that are too long.
fn faults(standing: &Standing, sent: &SaveReport) -> Vec<Diagnostic> {
    let asked = |code: &IndicatorCode| standing.regime.indicators().any(|found| found == code);
    let mut wrong = Vec::new();
    for (texts, longest) in [
        (&sent.values, LONGEST_VALUE),
        (&sent.explanations, LONGEST_EXPLANATION),
    ] {
        for (code, text) in texts {
            let place = || Place::default().column(code.as_str());
            if !asked(code) {
                wrong.push(Diagnostic::error("report-line", place()).with("finding", "not-asked"));
            } else if longest < text.chars().count() || text.chars().any(|letter| letter == '\0') {
                wrong.push(Diagnostic::error("report-text-too-long", place()).with("limit", longest));
            }
        }
    }
    wrong
}
