//! Tasks from the clauses of a paper, such as the conclusion of a session: every sentence that asks for something, with who
//! could lead and by when, to be picked many at once.

mod directive;

use std::collections::HashSet;

use exchange::annex::Due;
use plan::task::Field;
use plan::{DocumentId, Office, TaskId};
use store::TaskFilter;
use terms::{Date, Diagnostic};

use crate::directory::Directory;
use crate::policy::Action;
use crate::task::{OfficeName, sees, title_of};
use crate::task_act::{TaskTexts, sentences};
use crate::{Actor, App, Error};
use directive::{Names, directive};

/// Longest list of proposals: a longer paper is no list of tasks.
const MOST: usize = 200;

/// What a paper asks, sentence by sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct ClausesPage {
    /// The paper.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its day.
    pub date: Option<Date>,
    /// Offices for which the asker may write tasks, the own one first.
    pub assigners: Vec<OfficeName>,
    /// Offices that can lead.
    pub offices: Vec<OfficeName>,
    /// The fields without which no task is handed over.
    pub required: Vec<Field>,
    /// The proposals, in the order of the paper.
    pub proposals: Vec<Proposal>,
}

/// A sentence that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The sentence, as it stands there.
    pub quote: String,
    /// What is to be done, as far as it can be read.
    pub title: String,
    /// Who could lead.
    pub lead: Option<Office>,
    /// Who could help.
    pub supporters: Vec<OfficeName>,
    /// The last day, where one is named.
    pub due: Option<Date>,
    /// Whether it goes on without end.
    pub standing: bool,
    /// Whether a task that the asker may know of was made from this sentence.
    pub known: bool,
}

impl Proposal {
    /// Whether it is so plain that a form can tick it: an office is asked, and no task was made from it yet.
    pub fn is_plain(&self) -> bool {
        self.lead.is_some() && !self.known
    }
}

impl App {
    /// What a paper asks, as proposals for tasks. Ten statements; O(length of the text).
    ///
    /// # Errors
    /// [`Error::NotFound`] of the document; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn clauses(&self, actor: &Actor, document: DocumentId) -> Result<ClausesPage, Error> {
        actor.require(Action::DraftTask)?;
        let form = self.task_form(actor, None, None).await?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let stored = reading
            .document(document)
            .await?
            .ok_or(Error::NotFound { what: "document" })?;
        let text = reading.text(&stored.document).await?;
        let filter = TaskFilter {
            document: Some(document),
            ..TaskFilter::seen_by(sees(actor))
        };
        let seen = reading.tasks(&filter, 10_000, 0).await?;
        let seen: HashSet<TaskId> = seen.into_iter().map(|row| row.id).collect();
        let quotes = reading.quotes_of(document).await?.into_iter();
        let known: HashSet<String> = quotes
            .filter(|(task, _)| seen.contains(task))
            .map(|(_, quote)| quote)
            .collect();
        let date = stored.document.date;
        let year = date.unwrap_or_else(|| self.today()).year();
        let names = self.names_in_papers(&directory);
        let blocks: Vec<&str> = if stored.document.blocks.is_empty() {
            vec![text.as_str()]
        } else {
            let blocks = stored.document.blocks.iter();
            blocks
                .filter_map(|block| text.get(block.span.0..block.span.1))
                .collect()
        };
        let mut proposals: Vec<Proposal> = Vec::new();
        for block in blocks {
            let parts = sentences(block);
            // Of several sentences the first of the list is the whole block.
            let skip = usize::from(1 < parts.len());
            for quote in parts.into_iter().skip(skip) {
                let Some(asks) = directive(&quote, &names, year) else {
                    continue;
                };
                if proposals.iter().any(|one| one.quote == quote) {
                    continue;
                }
                let day = match asks.due {
                    // A day before the paper's own is one that it tells of, not one that it sets.
                    Some(Due::On(day)) if date.is_none_or(|date| date <= day) => Some(day),
                    _ => None,
                };
                proposals.push(Proposal {
                    known: known.contains(&quote),
                    title: asks.title,
                    lead: asks.lead,
                    supporters: asks
                        .supporters
                        .iter()
                        .map(|office| directory.office_name(office))
                        .collect(),
                    due: day,
                    standing: asks.due == Some(Due::Standing),
                    quote,
                });
            }
        }
        proposals.truncate(MOST);
        Ok(ClausesPage {
            document,
            title: title_of(&stored),
            date,
            assigners: form.assigners,
            offices: form.offices,
            required: form.required,
            proposals,
        })
    }

    /// Writes the tasks that were picked, and hands them over at once where their texts ask for it: all of them or none.
    /// Each comes with the number of its proposal, which diagnostics name as their row.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every row and field that is missing or wrong, also where nothing was picked; the others as
    /// [`App::draft_task`]. Then nothing was recorded.
    pub async fn draft_clauses(
        &self,
        actor: &Actor,
        picked: &[(u32, TaskTexts)],
    ) -> Result<Vec<TaskId>, Error> {
        actor.require(Action::DraftTask)?;
        if picked.is_empty() {
            let place = terms::Place::default();
            return Err(Error::Invalid(vec![Diagnostic::error("no-clause-picked", place)]));
        }
        let mut writing = self.writing().await?;
        let (mut ids, mut wrong) = (Vec::new(), Vec::new());
        for (row, texts) in picked {
            match self.draft_within(&mut writing, actor, texts).await {
                Ok(drafted) => ids.extend(drafted),
                Err(Error::Invalid(list)) => wrong.extend(list.into_iter().map(|mut one| {
                    one.place.row = Some(*row);
                    one
                })),
                Err(other) => return Err(other),
            }
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        self.commit(writing).await?;
        Ok(ids)
    }

    /// Offices as papers name them: in full, and communes with their type, never by a bare name, which may be a place.
    fn names_in_papers(&self, directory: &Directory) -> Names {
        let mut names = Names::default();
        for office in self.offices_there(directory, self.today()) {
            for name in [&office.name.vi, &office.name.en] {
                names.add(name, &office.office);
            }
            if office.office.department.is_none() {
                let unit = self.unit_name(&office.office.area).name;
                names.add(&format!("UBND {}", unit.vi), &office.office);
                names.add(&unit.vi, &office.office);
                names.add(&unit.en, &office.office);
            }
        }
        names
    }
}
