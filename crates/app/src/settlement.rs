//! Settling a finding: a person says what holds, by which paper and why. Both values stay, and the same finding does not
//! come back.

use plan::{Act, DocumentId, Source};
use store::{StoredSettlement, Writing};
use terms::{Date, Diagnostic, Place};

use crate::consistency::FindingView;
use crate::policy::Action;
use crate::view::{ActView, SourceView};
use crate::{Actor, App, Error};

/// What a person said about a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct SettlementView {
    /// Who said it, when and why.
    pub act: ActView,
    /// The code of the finding's class then.
    pub class: String,
    /// What was decided.
    pub decision: String,
    /// The paper that settles it.
    pub source: SourceView,
    /// Who opened the finding again, when and why; none where it still holds or a later settlement took its place.
    pub reopened: Option<ActView>,
}

impl SettlementView {
    pub(crate) fn of(stored: StoredSettlement, reopened: Option<ActView>) -> Self {
        Self {
            act: ActView::of(&stored.act),
            class: stored.class,
            decision: stored.decision,
            source: SourceView {
                document: stored.document,
                figure: None,
                quote: stored.quote,
                title: stored.title,
                publisher: stored.publisher,
                date: stored.date,
                url: stored.url,
                report: None,
            },
            reopened,
        }
    }
}

/// One finding with its past.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingPage {
    /// The finding as it is now.
    pub finding: FindingView,
    /// What was said before and no longer holds, oldest first.
    pub past: Vec<SettlementView>,
    /// How many settlements it has had: what a form has seen.
    pub seen: u64,
    /// The register's documents, the latest first, for who may settle; else none.
    pub documents: Vec<(DocumentId, String, Option<Date>)>,
}

/// What a person says about a finding, as a form sends it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettlementTexts {
    /// The stable key of the finding.
    pub finding: String,
    /// [`FindingPage::seen`] of the page that the person read.
    pub seen: u64,
    /// What holds.
    pub decision: String,
    /// The number of a document of the register; empty: the paper is outside.
    pub document: String,
    /// Title of the outside paper.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its day.
    pub date: String,
    /// Where it can be found.
    pub url: String,
    /// Its sentence.
    pub quote: String,
    /// Why.
    pub reason: String,
}

impl App {
    /// One finding. Seven statements at most.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`], [`Error::Denied`].
    pub async fn finding(&self, actor: &Actor, key: &str) -> Result<FindingPage, Error> {
        actor.require(Action::ReadRegister)?;
        let mut reading = self.reading().await?;
        let found = self.found(&mut reading).await?;
        let finding = found
            .findings
            .iter()
            .find(|finding| finding.key == key)
            .ok_or(Error::NotFound { what: "finding" })?;
        let reopened = reading.acts_that_reopened().await?;
        let stored: Vec<_> = reading
            .settlements()
            .await?
            .into_iter()
            .filter(|stored| stored.finding == key)
            .collect();
        let documents = if actor.require(Action::SettleFindings).is_ok() {
            reading.documents().await?
        } else {
            Vec::new()
        };
        let act_of = |entry: Option<u64>| reopened.iter().find(|act| Some(act.entry) == entry);
        Ok(FindingPage {
            finding: FindingView::clone(finding),
            seen: seen(&stored, key),
            past: stored
                .into_iter()
                .filter(|stored| stored.ended_by.is_some())
                .map(|stored| {
                    let reopened = act_of(stored.ended_by).map(ActView::of);
                    SettlementView::of(stored, reopened)
                })
                .collect(),
            documents: documents
                .into_iter()
                .map(|stored| (stored.id, stored.document.title, stored.document.date))
                .collect(),
        })
    }

    /// Records what holds where statements do not agree; settling again takes the place of what was said before.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every field that is missing or wrong; [`Error::Conflict`] where somebody settled or
    /// reopened it in between, or its statements changed so that it is no finding any more; [`Error::SignIn`],
    /// [`Error::Denied`], [`Error::Store`]. Then nothing was recorded.
    pub async fn settle_finding(&self, actor: &Actor, texts: &SettlementTexts) -> Result<(), Error> {
        actor.require(Action::SettleFindings)?;
        let lists = self.lists();
        let mut writing = self.writing().await?;
        let found = self.found_in(&mut writing, &lists).await?;
        let finding = found.findings.iter().find(|finding| finding.key == texts.finding);
        let stored = writing.settlements().await?;
        let Some(finding) = finding.filter(|_| seen(&stored, &texts.finding) == texts.seen) else {
            return Err(Error::Conflict { what: "finding" });
        };
        let mut wrong = texts.missing();
        let source = texts.source(&mut writing, &mut wrong).await?;
        let Some(source) = source.filter(|_| wrong.is_empty()) else {
            return Err(Error::Invalid(wrong));
        };
        let act = Act::FindingSettled {
            finding: finding.key.clone(),
            class: finding.class.code().to_owned(),
            decision: texts.decision.trim().to_owned(),
            source,
            reason: texts.reason.trim().to_owned(),
        };
        writing
            .record(&actor.author(Action::SettleFindings, None), self.now(), &act)
            .await?;
        self.commit(writing).await
    }

    /// Opens a settled finding again.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason; [`Error::Conflict`] where it is not settled, or somebody settled or reopened
    /// it in between; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`]. Then nothing was recorded.
    pub async fn reopen_finding(
        &self,
        actor: &Actor,
        key: &str,
        seen_before: u64,
        reason: &str,
    ) -> Result<(), Error> {
        actor.require(Action::SettleFindings)?;
        let mut writing = self.writing().await?;
        let stored = writing.settlements().await?;
        let holds = stored
            .iter()
            .any(|stored| stored.finding == key && stored.ended_by.is_none());
        if !holds || seen(&stored, key) != seen_before {
            return Err(Error::Conflict { what: "finding" });
        }
        if reason.trim().is_empty() {
            return Err(Error::Invalid(vec![missing("reason")]));
        }
        let act = Act::FindingReopened {
            finding: key.to_owned(),
            reason: reason.trim().to_owned(),
        };
        writing
            .record(&actor.author(Action::SettleFindings, None), self.now(), &act)
            .await?;
        self.commit(writing).await
    }
}

/// Counts each settlement, and each end of one: what a form has seen is stale once the count differs.
fn seen(stored: &[StoredSettlement], key: &str) -> u64 {
    let of_it = stored.iter().filter(|stored| stored.finding == key);
    of_it.map(|stored| 1 + u64::from(stored.ended_by.is_some())).sum()
}

pub(crate) fn missing(field: &str) -> Diagnostic {
    Diagnostic::error("missing-value", Place::default().column(field))
        .with("found", "")
        .with("expected", "")
}

impl SettlementTexts {
    /// What must be said and is not.
    fn missing(&self) -> Vec<Diagnostic> {
        let mut wrong = Vec::new();
        for (field, text) in [("decision", &self.decision), ("reason", &self.reason)] {
            if text.trim().is_empty() {
                wrong.push(missing(field));
            }
        }
        if self.document.trim().is_empty() && self.title.trim().is_empty() {
            wrong.push(missing("document"));
        }
        wrong
    }

    /// The paper that decides: a document of the register, or one outside. None where it is not named or cannot be used;
    /// `wrong` then says why.
    pub(crate) async fn source(
        &self,
        writing: &mut Writing,
        wrong: &mut Vec<Diagnostic>,
    ) -> Result<Option<Source>, Error> {
        let number = self.document.trim();
        if number.is_empty() {
            return Ok(self.outside().unwrap_or_else(|problems| {
                wrong.extend(problems);
                None
            }));
        }
        let stored = match number.parse::<DocumentId>().ok() {
            Some(id) => writing.document(id).await?,
            None => None,
        };
        let Some(stored) = stored else {
            let place = Place::default().column("document");
            wrong.push(Diagnostic::error("unknown-document", place).with("found", number));
            return Ok(None);
        };
        Ok(Some(Source {
            document: Some(stored.document.sha256),
            span: None,
            quote: self.quote.trim().to_owned(),
            title: stored.document.title,
            publisher: stored.document.publisher,
            date: stored.document.date,
            url: stored.document.url,
        }))
    }

    /// The paper outside the register, if one is named.
    fn outside(&self) -> Result<Option<Source>, Vec<Diagnostic>> {
        if !self.document.trim().is_empty() || self.title.trim().is_empty() {
            return Ok(None);
        }
        let mut wrong = Vec::new();
        let day = self.date.trim();
        let date = day.parse::<Date>().ok();
        if date.is_none() && !day.is_empty() {
            wrong.push(
                Diagnostic::error("not-a-date", Place::default().column("date"))
                    .with("found", day)
                    .with("expected", "2026-01-31"),
            );
        }
        let url = self.url.trim();
        if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
            wrong.push(
                Diagnostic::error("not-a-web-address", Place::default().column("url")).with("found", url),
            );
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Some(Source {
            document: None,
            span: None,
            quote: self.quote.trim().to_owned(),
            title: self.title.trim().to_owned(),
            publisher: self.publisher.trim().to_owned(),
            date,
            url: (!url.is_empty()).then(|| url.to_owned()),
        }))
    }
}
