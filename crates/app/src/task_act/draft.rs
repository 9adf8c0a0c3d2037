//! Writing tasks down: from a clause, a finding, a whole or by hand; and writing a draft anew.

use plan::task::{self, Brief, Field, Party, Refusal};
use plan::{Act, Office, TaskId};
use store::{StoredTask, Writing};
use terms::{Diagnostic, Place};

use super::fields::{clause, day, found, limited, refused, sentences};
use super::{LONGEST_TEXT, LONGEST_TITLE, allowed, rules};
use crate::directory::Directory;
use crate::policy::Action;
use crate::task::known;
use crate::view::IndicatorName;
use crate::{Actor, App, Error};

/// A task as a form sends it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskTexts {
    /// The office that hands it over.
    pub assigner: String,
    /// What is to be done.
    pub title: String,
    /// Who answers for it; several: one task for each.
    pub leads: Vec<String>,
    /// Who helps.
    pub supporters: Vec<String>,
    /// What will exist.
    pub product: String,
    /// On which power.
    pub power: String,
    /// From when it counts.
    pub start: String,
    /// The last day.
    pub due: String,
    /// Whether it goes on without end.
    pub standing: bool,
    /// What will be different.
    pub result: String,
    /// The target that it serves.
    pub serves: String,
    /// The document of its clause.
    pub document: String,
    /// The clause, as it stands there.
    pub quote: String,
    /// The finding that it is to clear up.
    pub finding: String,
    /// For how many plain tasks it counts.
    pub weight: String,
    /// Whether only those concerned may know of it.
    pub internal: bool,
    /// The task of which it is a part.
    pub parent: String,
    /// Whether to hand it over at once.
    pub hand_over: bool,
}

/// What a form for a task can offer.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskForm {
    /// Offices for which the asker may write tasks.
    pub assigners: Vec<crate::task::OfficeName>,
    /// Offices that can lead or help.
    pub offices: Vec<crate::task::OfficeName>,
    /// Targets that hold: number, indicator, place, due.
    pub targets: Vec<(
        plan::TargetId,
        IndicatorName,
        crate::view::UnitName,
        terms::TimePeriod,
    )>,
    /// The fields without which no task is handed over.
    pub required: Vec<Field>,
    /// The document of the clause: its title, and the sentences of the part that was chosen, the whole part first.
    pub clause: Option<(plan::DocumentId, String, Vec<String>)>,
    /// The task of which it is to be a part: its title and its lead.
    pub parent: Option<(TaskId, String, Office)>,
}

impl App {
    /// What the form for a new task offers; `block` is the part of the document's text, from 0. Six statements.
    ///
    /// # Errors
    /// [`Error::NotFound`] of a document, part or task; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn task_form(
        &self,
        actor: &Actor,
        document: Option<(plan::DocumentId, usize)>,
        parent: Option<TaskId>,
    ) -> Result<TaskForm, Error> {
        actor.require(Action::DraftTask)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let lists = self.lists();
        let today = self.today();
        let offices = self.offices_there(&directory, today);
        let may = actor.offices_for(Action::DraftTask);
        let mut assigners: Vec<_> = offices
            .iter()
            .filter(|office| may.contains(&office.office))
            .cloned()
            .collect();
        // One's own office first: it is the one that is meant nearly always.
        assigners.sort_by_key(|office| !may.own().contains(&office.office));
        let targets = reading
            .targets(store::Known::NOW, store::Which::All)
            .await?
            .into_iter()
            .map(|stored| {
                let target = stored.target;
                let indicator = lists.reference.indicator_name(&target.indicator);
                let place = lists.reference.unit_name(&target.ref_area);
                (stored.id, indicator, place, target.due)
            })
            .collect();
        let clause = match document {
            Some((id, block)) => {
                let missing = || Error::NotFound { what: "document" };
                let stored = reading.document(id).await?.ok_or_else(missing)?;
                let text = reading.text(&stored.document).await?;
                let whole = match stored.document.blocks.get(block) {
                    Some(block) => text.get(block.span.0..block.span.1).ok_or_else(missing)?,
                    None if stored.document.blocks.is_empty() && block == 0 => &text,
                    None => return Err(missing()),
                };
                Some((id, crate::task::title_of(&stored), sentences(whole)))
            }
            None => None,
        };
        let parent = match parent {
            Some(id) => {
                let stored = known(actor, reading.task(id).await?)?;
                let lead = stored
                    .task
                    .brief()
                    .lead
                    .clone()
                    .ok_or(Error::NotFound { what: "task" })?;
                actor.require_for(Action::DraftTask, &lead)?;
                Some((id, stored.task.brief().title.clone(), lead))
            }
            None => None,
        };
        let rules = reading
            .task_rules()
            .await?
            .map(|stored| stored.rules)
            .unwrap_or_default();
        Ok(TaskForm {
            assigners,
            offices,
            targets,
            required: rules.required.fields().collect(),
            clause,
            parent,
        })
    }

    /// Writes tasks down, one for each lead, and hands them over at once where that is asked.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every field that is missing or wrong; [`Error::Denied`] or [`Error::NotFound`] where the
    /// asker may not write tasks for that office; [`Error::SignIn`], [`Error::Store`]. Then nothing was recorded.
    pub async fn draft_task(&self, actor: &Actor, texts: &TaskTexts) -> Result<Vec<TaskId>, Error> {
        actor.require(Action::DraftTask)?;
        let mut writing = self.writing().await?;
        let ids = self.draft_within(&mut writing, actor, texts).await?;
        self.commit(writing).await?;
        Ok(ids)
    }

    /// Writes tasks down within a transaction, which the caller drops where anything is refused.
    pub(crate) async fn draft_within(
        &self,
        writing: &mut Writing,
        actor: &Actor,
        texts: &TaskTexts,
    ) -> Result<Vec<TaskId>, Error> {
        actor.require(Action::DraftTask)?;
        let directory = self.directory_within(writing).await?;
        let mut wrong = Vec::new();
        let assigner = self.office(&directory, &texts.assigner, "assigner", &mut wrong);
        let brief = self.brief(writing, &directory, texts, &mut wrong).await?;
        let parent = match texts.parent.trim() {
            "" => None,
            text => {
                let id = text.parse().ok();
                let stored = match id {
                    Some(id) => writing.task(id).await?,
                    None => None,
                };
                let parent = known(actor, stored)?;
                whole_and_part(&parent, assigner.as_ref(), &brief, &mut wrong);
                Some(parent.id)
            }
        };
        let Some(assigner) = assigner else {
            return Err(Error::Invalid(wrong));
        };
        actor.require_for(Action::DraftTask, &assigner)?;
        if texts.hand_over {
            actor.require_for(Action::DirectTask, &assigner)?;
        }
        let mut leads = Vec::new();
        for lead in texts.leads.iter().filter(|lead| !lead.trim().is_empty()) {
            leads.extend(self.office(&directory, lead, "lead", &mut wrong));
        }
        leads.dedup();
        let mut briefs: Vec<Brief> = leads
            .into_iter()
            .map(|lead| Brief {
                lead: Some(lead),
                ..brief.clone()
            })
            .collect();
        if briefs.is_empty() {
            briefs.push(brief);
        }
        let rules = rules(writing).await?;
        for brief in &briefs {
            match task::Task::draft(brief.clone(), self.today()) {
                Err(refusal) => wrong.extend(refused(&refusal)),
                Ok(mut draft) if texts.hand_over => {
                    let step = task::Step {
                        on: self.today(),
                        by: None,
                        act: task::Act::Assign,
                    };
                    if let Err(refusal) = draft.take(Party::Assigner, step, &rules.required) {
                        wrong.extend(refused(&refusal));
                    }
                }
                Ok(_) => {}
            }
        }
        if !wrong.is_empty() {
            wrong.sort_by(|a, b| a.place.cmp(&b.place));
            wrong.dedup();
            return Err(Error::Invalid(wrong));
        }
        let mut ids = Vec::new();
        for brief in briefs {
            let act = Act::TaskDrafted {
                brief: Box::new(brief),
                assigner: assigner.clone(),
                parent,
            };
            let author = actor.author(Action::DraftTask, Some(&assigner));
            let id = TaskId(writing.record(&author, self.now(), &act).await?);
            if texts.hand_over {
                let act = Act::TaskStepped {
                    task: id,
                    party: Party::Assigner,
                    step: task::Act::Assign,
                };
                let author = actor.author(Action::DirectTask, Some(&assigner));
                writing.record(&author, self.now(), &act).await?;
            }
            ids.push(id);
        }
        Ok(ids)
    }

    /// Writes a draft anew.
    ///
    /// # Errors
    /// As [`App::step_task`].
    pub async fn rewrite_task(
        &self,
        actor: &Actor,
        id: TaskId,
        seen: u64,
        texts: &TaskTexts,
    ) -> Result<(), Error> {
        actor.require(Action::DraftTask)?;
        let mut writing = self.writing().await?;
        let directory = self.directory(&mut writing).await?;
        let stored = known(actor, writing.task(id).await?)?;
        let (party, office) = allowed(actor, &stored, "rewrite", seen)?;
        let mut wrong = Vec::new();
        let mut brief = self.brief(&mut writing, &directory, texts, &mut wrong).await?;
        if let Some(lead) = texts.leads.iter().find(|lead| !lead.trim().is_empty()) {
            brief.lead = self.office(&directory, lead, "lead", &mut wrong);
        }
        // The clause that it was made from stays attached, whatever else is written anew.
        brief.clause.clone_from(&stored.task.brief().clause);
        brief.finding.clone_from(&stored.task.brief().finding);
        let step = task::Act::Rewrite {
            brief: Box::new(brief),
        };
        self.take(actor, writing, &stored, (party, office), step, wrong)
            .await
    }

    /// The brief of a form, but for its lead.
    async fn brief(
        &self,
        writing: &mut Writing,
        directory: &Directory,
        texts: &TaskTexts,
        wrong: &mut Vec<Diagnostic>,
    ) -> Result<Brief, Error> {
        let title = limited(&texts.title, "title", LONGEST_TITLE, wrong);
        if title.is_empty() {
            wrong.extend(refused(&Refusal::Incomplete(vec![Field::Title])));
        }
        let mut supporters = Vec::new();
        for office in texts.supporters.iter().filter(|office| !office.trim().is_empty()) {
            supporters.extend(self.office(directory, office, "supporters", wrong));
        }
        supporters.sort();
        supporters.dedup();
        let serves = match texts.serves.trim() {
            "" => None,
            text => {
                let id = text.parse().ok();
                let there = match id {
                    Some(id) => writing
                        .target(id)
                        .await?
                        .is_some_and(|stored| stored.ended_by.is_none()),
                    None => false,
                };
                if !there {
                    wrong.push(found("unknown-target", "serves", text));
                }
                id.filter(|_| there)
            }
        };
        let weight = match texts.weight.trim() {
            "" => None,
            text => {
                let weight = text
                    .parse::<u32>()
                    .ok()
                    .filter(|weight| (1..=100).contains(weight));
                if weight.is_none() {
                    wrong.push(found("not-a-weight", "weight", text));
                }
                weight.filter(|weight| *weight != 1)
            }
        };
        let finding = texts.finding.trim();
        Ok(Brief {
            title,
            lead: None,
            supporters,
            product: limited(&texts.product, "product", LONGEST_TEXT, wrong),
            power: limited(&texts.power, "power", LONGEST_TEXT, wrong),
            start: day(&texts.start, "start", wrong),
            due: day(&texts.due, "due", wrong).filter(|_| !texts.standing),
            standing: texts.standing,
            result: limited(&texts.result, "result", LONGEST_TEXT, wrong),
            serves,
            clause: clause(writing, texts, wrong).await?,
            finding: (!finding.is_empty()).then(|| finding.to_owned()),
            weight,
            internal: texts.internal,
        })
    }
}

/// A part is handed over by the whole's lead, while the whole is being done, and not due after it.
fn whole_and_part(whole: &StoredTask, assigner: Option<&Office>, brief: &Brief, wrong: &mut Vec<Diagnostic>) {
    let task = &whole.task;
    if !matches!(task.stage(), task::Stage::HandedOver | task::Stage::UnderWay) {
        wrong.push(
            Diagnostic::error("task-not-now", Place::default())
                .with("act", "divide")
                .with("stage", task.stage().code()),
        );
    }
    if assigner.is_some() && assigner != task.brief().lead.as_ref() {
        wrong.push(found(
            "part-by-another",
            "assigner",
            &assigner.map(ToString::to_string).unwrap_or_default(),
        ));
    }
    if let Some((due, last)) = brief.due.zip(task.brief().due).filter(|(due, last)| last < due) {
        wrong.push(found("part-after-whole", "due", &due.to_string()).with("limit", last));
    }
}
