//! Doing something with a task: writing it, and every step from handing over to confirming. Each asks the right of the
//! party's office, looks whether anything happened since the form was made, and records in one transaction.

use plan::task::{self, Brief, Clause, Evidence, Field, Party, Refusal, TaskRules};
use plan::{Act, Office, PostId, TaskId};
use store::{StoredTask, Writing};
use terms::{Date, Diagnostic, Place};

use crate::directory::Directory;
use crate::policy::Action;
use crate::task::{known, offices_of, right};
use crate::view::IndicatorName;
use crate::{Actor, App, Error};

/// The largest file of evidence: a scanned paper or a photo.
pub const LARGEST_FILE: usize = 10 << 20;
/// How many pieces of evidence a step may bring.
pub const MOST_EVIDENCE: usize = 10;
/// Longest title.
const LONGEST_TITLE: usize = 500;
/// Longest other text.
const LONGEST_TEXT: usize = 5_000;

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

/// A step as a form sends it; each act uses some of the fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepTexts {
    /// The act's code.
    pub act: String,
    /// Words, reason or product.
    pub words: String,
    /// How much is done.
    pub per_cent: String,
    /// A new lead, or who can help.
    pub office: String,
    /// Until when time is asked.
    pub until: String,
    /// The post that does it.
    pub post: String,
    /// A grave error; an excused delay.
    pub marked: bool,
    /// Addresses of the web, one a line.
    pub links: String,
    /// Numbers of observations, divided by blanks.
    pub observations: String,
    /// Files: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
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
        let directory = self.directory(&mut writing).await?;
        let mut wrong = Vec::new();
        let assigner = self.office(&directory, &texts.assigner, "assigner", &mut wrong);
        let brief = self.brief(&mut writing, &directory, texts, &mut wrong).await?;
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
        let rules = rules(&mut writing).await?;
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
        self.commit(writing).await?;
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

    /// Takes a step with a task.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such task or the asker may not know of it; [`Error::Denied`] with who may;
    /// [`Error::Conflict`] where anything happened with it since the form was made; [`Error::Invalid`] names every field
    /// that is missing or wrong; [`Error::SignIn`], [`Error::Store`]. Then nothing was recorded.
    pub async fn step_task(
        &self,
        actor: &Actor,
        id: TaskId,
        seen: u64,
        texts: StepTexts,
    ) -> Result<(), Error> {
        actor.require(Action::ReadTasks)?;
        let mut writing = self.writing().await?;
        let directory = self.directory(&mut writing).await?;
        let stored = known(actor, writing.task(id).await?)?;
        let (party, office) = allowed(actor, &stored, &texts.act, seen)?;
        let mut wrong = Vec::new();
        let step = self
            .step(&mut writing, &directory, &stored, texts, &mut wrong)
            .await?;
        let Some(step) = step else {
            return Err(Error::Invalid(wrong));
        };
        self.take(actor, writing, &stored, (party, office), step, wrong)
            .await
    }

    /// Checks a step by the rules and records it.
    async fn take(
        &self,
        actor: &Actor,
        mut writing: Writing,
        stored: &StoredTask,
        (party, office): (Party, Office),
        act: task::Act,
        mut wrong: Vec<Diagnostic>,
    ) -> Result<(), Error> {
        let rules = rules(&mut writing).await?;
        let code = act.code();
        let step = task::Step {
            on: self.today().max(stored.task.last_moved_on()),
            by: actor.user(),
            act: act.clone(),
        };
        if let Err(refusal) = stored.task.clone().take(party, step, &rules.required) {
            wrong.extend(refused(&refusal));
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let act = Act::TaskStepped {
            task: stored.id,
            party,
            step: act,
        };
        let author = actor.author(right(party, code), Some(&office));
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }

    /// What a form says of a step; none where it cannot be said at all.
    async fn step(
        &self,
        writing: &mut Writing,
        directory: &Directory,
        stored: &StoredTask,
        texts: StepTexts,
        wrong: &mut Vec<Diagnostic>,
    ) -> Result<Option<task::Act>, Error> {
        let words = limited(&texts.words, "words", LONGEST_TEXT, wrong);
        Ok(Some(match texts.act.as_str() {
            "assign" => task::Act::Assign,
            "acknowledge" => task::Act::Acknowledge,
            "contest" => task::Act::Contest { reason: words },
            "reassign" | "refer" => {
                let Some(office) = self.office(directory, &texts.office, "office", wrong) else {
                    return Ok(None);
                };
                if texts.act == "refer" {
                    task::Act::Refer { to: office, words }
                } else {
                    task::Act::Reassign {
                        lead: office,
                        reason: words,
                    }
                }
            }
            "appoint" => {
                let post = texts.post.trim().parse::<PostId>().ok();
                let lead = stored.task.brief().lead.as_ref();
                let post = post.filter(|post| {
                    let known = directory.posts.get(post);
                    known.is_some_and(|post| Some(&post.office) == lead && post.is_on(self.today()))
                });
                let Some(post) = post else {
                    wrong.push(found("unknown-post", "post", &texts.post));
                    return Ok(None);
                };
                task::Act::Appoint { post }
            }
            "progress" => {
                let per_cent = texts.per_cent.trim().trim_end_matches('%').trim();
                let per_cent = per_cent.parse::<u8>().ok().filter(|per_cent| *per_cent <= 100);
                if per_cent.is_none() {
                    wrong.push(found("not-per-cent", "per_cent", &texts.per_cent));
                }
                task::Act::Progress {
                    words,
                    per_cent: per_cent.unwrap_or_default(),
                    evidence: evidence(writing, texts, wrong).await?,
                }
            }
            "difficulty" => task::Act::Difficulty {
                words,
                asks: match texts.office.trim() {
                    "" => None,
                    office => self
                        .office(directory, office, "office", wrong)
                        .filter(|office| *office != stored.assigner),
                },
            },
            "answer" => task::Act::Answer { words },
            "ask-extension" => {
                let Some(until) = day(&texts.until, "until", wrong) else {
                    if wrong.is_empty() {
                        wrong.push(found("missing-value", "until", "").with("expected", ""));
                    }
                    return Ok(None);
                };
                task::Act::AskExtension { until, reason: words }
            }
            "grant-extension" => task::Act::GrantExtension { reason: words },
            "refuse-extension" => task::Act::RefuseExtension { reason: words },
            "submit" => task::Act::Submit {
                product: words,
                evidence: evidence(writing, texts, wrong).await?,
            },
            "confirm" => task::Act::Confirm {
                words,
                excused: texts.marked,
            },
            "return" => task::Act::Return {
                reason: words,
                grave: texts.marked,
            },
            "cancel" => task::Act::Cancel { reason: words },
            _ => return Err(Error::NotFound { what: "task act" }),
        }))
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

    /// The office of a code, where it is there today.
    pub(crate) fn office(
        &self,
        directory: &Directory,
        text: &str,
        field: &str,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<Office> {
        let place = Place::default().column(field);
        match self.office_on(directory, text, self.today(), place) {
            Ok(office) => Some(office),
            Err(diagnostic) => {
                wrong.push(*diagnostic);
                None
            }
        }
    }

    /// The office of a code, where it is there on a day; else what is wrong.
    pub(crate) fn office_on(
        &self,
        directory: &Directory,
        text: &str,
        day: Date,
        place: Place,
    ) -> Result<Office, Box<Diagnostic>> {
        let text = text.trim();
        let unknown = || Box::new(Diagnostic::error("unknown-office", place.clone()).with("found", text));
        let office: Office = text.parse().map_err(|_| unknown())?;
        let lists = self.lists();
        let unit = lists.reference.unit(&office.area).ok_or_else(unknown)?;
        let mut until = unit.valid_to;
        let mut there = unit.is_valid_on(day);
        if office.department.is_some() {
            let department = directory.departments.get(&office).ok_or_else(unknown)?;
            there = there && department.is_on(day);
            until = until.or(department.until);
        }
        if there {
            Ok(office)
        } else {
            let name = directory.name(&office);
            let until = until.map(|day| day.to_string()).unwrap_or_default();
            Err(Box::new(
                Diagnostic::error("office-ended", place)
                    .with("found", name.vi)
                    .with("until", until),
            ))
        }
    }
}

/// The party and office by which the actor may do `act`; told apart are: nobody may now, others may, and somebody did
/// something since the form was made.
fn allowed(actor: &Actor, stored: &StoredTask, act: &str, seen: u64) -> Result<(Party, Office), Error> {
    let parties = offices_of(stored);
    let able: Vec<_> = parties
        .iter()
        .filter(|(party, _)| stored.task.open_acts(*party).contains(&act))
        .collect();
    let mine = able
        .iter()
        .find(|(party, office)| actor.may_for(right(*party, act), office));
    let stale = stored.steps.len() as u64 != seen;
    match (mine, able.first()) {
        (Some(_), _) | (None, None) if stale => Err(Error::Conflict { what: "task" }),
        (Some((party, office)), _) => Ok((*party, office.clone())),
        (None, Some((party, office))) => match actor.require_for(right(*party, act), office) {
            // Who may know of the task may know that it is another office's to act.
            Err(Error::NotFound { .. }) => Err(denied(right(*party, act), office)),
            Err(other) => Err(other),
            Ok(()) => Err(Error::Conflict { what: "task" }),
        },
        (None, None) => Err(Error::Invalid(vec![
            Diagnostic::error("task-not-now", Place::default())
                .with("act", act)
                .with("stage", stored.task.stage().code()),
        ])),
    }
}

fn denied(action: Action, office: &Office) -> Error {
    let name = crate::view::Bilingual {
        vi: office.to_string(),
        en: office.to_string(),
    };
    Error::Denied {
        action,
        who: crate::task::roles(action)
            .into_iter()
            .map(|role| crate::policy::Who {
                role,
                office: Some((office.clone(), name.clone())),
            })
            .collect(),
    }
}

/// The rules about tasks that hold.
pub(crate) async fn rules(writing: &mut Writing) -> Result<TaskRules, Error> {
    Ok(writing
        .task_rules()
        .await?
        .map(|stored| stored.rules)
        .unwrap_or_default())
}

/// What a refusal is in a form.
pub(crate) fn refused(refusal: &Refusal) -> Vec<Diagnostic> {
    let at = |field: &str| Place::default().column(field);
    match refusal {
        Refusal::Incomplete(fields) => fields
            .iter()
            .map(|field| Diagnostic::error("task-field-missing", at(field.code())).with("field", field))
            .collect(),
        Refusal::NoWords { .. } => vec![
            Diagnostic::error("missing-value", at("words"))
                .with("found", "")
                .with("expected", ""),
        ],
        Refusal::TooEarly { day, after } => vec![
            Diagnostic::error("due-before-start", at("due"))
                .with("found", day)
                .with("after", after),
        ],
        Refusal::OverWhole(share) => {
            vec![Diagnostic::error("not-per-cent", at("per_cent")).with("found", share)]
        }
        Refusal::NotYours { act, .. } => {
            vec![Diagnostic::error("task-not-now", Place::default()).with("act", *act)]
        }
        Refusal::NotNow { act, stage } => vec![
            Diagnostic::error("task-not-now", Place::default())
                .with("act", *act)
                .with("stage", stage.code()),
        ],
    }
}

fn found(code: &'static str, field: &str, text: &str) -> Diagnostic {
    Diagnostic::error(code, Place::default().column(field)).with("found", text)
}

/// A text without blanks at its ends, if it is not too long.
fn limited(text: &str, field: &str, longest: usize, wrong: &mut Vec<Diagnostic>) -> String {
    let text = text.trim();
    if text.chars().count() > longest {
        wrong.push(Diagnostic::error("text-too-long", Place::default().column(field)).with("limit", longest));
    }
    text.to_owned()
}

fn day(text: &str, field: &str, wrong: &mut Vec<Diagnostic>) -> Option<Date> {
    let text = text.trim();
    let day = text.parse().ok();
    if day.is_none() && !text.is_empty() {
        wrong.push(found("not-a-date", field, text).with("expected", "2026-01-31"));
    }
    day
}

/// The clause of a form: it must stand in the document word by word.
async fn clause(
    writing: &mut Writing,
    texts: &TaskTexts,
    wrong: &mut Vec<Diagnostic>,
) -> Result<Option<Clause>, Error> {
    let (number, quote) = (texts.document.trim(), texts.quote.trim());
    if number.is_empty() {
        return Ok(None);
    }
    let stored = match number.parse().ok() {
        Some(id) => writing.document(id).await?,
        None => None,
    };
    let Some(stored) = stored else {
        wrong.push(found("unknown-document", "document", number));
        return Ok(None);
    };
    let text = writing.text(&stored.document).await?;
    if quote.is_empty() || !text.contains(quote) {
        wrong.push(found("clause-not-in-document", "quote", quote));
        return Ok(None);
    }
    Ok(Some(Clause {
        document: stored.id,
        quote: quote.to_owned(),
    }))
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

/// The evidence of a step: files of known types, addresses of the web, observations that hold.
async fn evidence(
    writing: &mut Writing,
    texts: StepTexts,
    wrong: &mut Vec<Diagnostic>,
) -> Result<Vec<Evidence>, Error> {
    let mut evidence = Vec::new();
    for (name, bytes) in texts
        .files
        .into_iter()
        .filter(|(name, bytes)| !name.is_empty() || !bytes.is_empty())
    {
        let name = file_name(&name);
        if LARGEST_FILE < bytes.len() {
            wrong.push(found("task-evidence-too-large", "files", &name).with("limit", LARGEST_FILE >> 20));
        } else if kind_of(&bytes).is_none() {
            wrong.push(found("task-evidence-type", "files", &name));
        } else {
            evidence.push(Evidence::File {
                size_bytes: bytes.len() as u64,
                sha256: writing.keep_bytes(&bytes).await?,
                name,
            });
        }
    }
    for link in texts.links.lines().map(str::trim).filter(|link| !link.is_empty()) {
        if is_web_address(link) {
            evidence.push(Evidence::Link(link.to_owned()));
        } else {
            wrong.push(found("not-a-web-address", "links", link));
        }
    }
    for number in texts
        .observations
        .split([' ', ',', ';', '\n', '\r'])
        .filter(|text| !text.is_empty())
    {
        match number.parse().ok() {
            Some(id) if writing.has_observation(id).await? => evidence.push(Evidence::Observation(id)),
            _ => wrong.push(found("unknown-observation", "observations", number)),
        }
    }
    if MOST_EVIDENCE < evidence.len() {
        wrong.push(
            Diagnostic::error("task-evidence-too-many", Place::default().column("files"))
                .with("limit", MOST_EVIDENCE),
        );
    }
    Ok(evidence)
}

/// The last part of a path, without control characters, at most 120 characters.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if name.trim().is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

/// `http` or `https` with a host, no blanks.
pub fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    text.len() <= 2_000
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_alphanumeric() || first == '['))
}

/// The kind of a file by its content, of those that can be evidence: papers, tables, pictures, plain text. A workbook or
/// document with macros is none, and neither is anything else that a computer could run.
pub(crate) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    match bytes {
        [] => None,
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("pdf"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
        [b'P', b'K', 3, 4, ..] if holds(b"vbaProject.bin") => None,
        [b'P', b'K', 3, 4, ..] if holds(b"word/document.xml") => Some("docx"),
        [b'P', b'K', 3, 4, ..] if holds(b"xl/workbook.xml") => Some("xlsx"),
        _ => {
            let text = std::str::from_utf8(bytes).ok()?;
            let plain = text
                .chars()
                .all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
            // Markup and scripts are text too, but not evidence.
            let start = text.trim_start_matches('\u{feff}').trim_start();
            (plain && !start.starts_with('<') && !start.starts_with("#!")).then_some("text")
        }
    }
}

/// A part of a text and its sentences: the whole first, where it has several.
fn sentences(text: &str) -> Vec<String> {
    let whole = text.trim();
    let mut found = vec![whole.to_owned()];
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, mark) in whole.char_indices() {
        let end = at + mark.len_utf8();
        // A sentence ends where a blank follows its mark, and a letter that is no small one begins the next.
        let next = whole[end..].trim_start().chars().next();
        let ends = matches!(mark, '.' | ';' | '!' | '?')
            && whole[end..].starts_with(char::is_whitespace)
            && next.is_some_and(|next| !next.is_lowercase());
        if ends || mark == '\n' {
            parts.push(whole[from..end].trim());
            from = end;
        }
    }
    parts.push(whole[from..].trim());
    parts.retain(|part| !part.is_empty());
    if 1 < parts.len() {
        found.extend(parts.into_iter().map(ToOwned::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_known_by_its_content_and_never_by_its_name() {
        for (bytes, kind) in [
            (b"%PDF-1.7 ...".as_slice(), Some("pdf")),
            (b"\x89PNG\r\n\x1a\n...", Some("png")),
            (b"\xff\xd8\xff\xe0", Some("jpeg")),
            (b"PK\x03\x04 word/document.xml", Some("docx")),
            (b"PK\x03\x04 xl/workbook.xml", Some("xlsx")),
            (b"PK\x03\x04 xl/workbook.xml xl/vbaProject.bin", None),
            (b"PK\x03\x04 something.exe", None),
            (b"MZ\x90\x00", None),
            (b"<html><script>", None),
            (b"#!/bin/sh", None),
            ("Biên bản họp\n".as_bytes(), Some("text")),
            (b"", None),
        ] {
            assert_eq!(kind_of(bytes), kind, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for good in ["https://dienbien.gov.vn/a?b=1", "http://127.0.0.1:8080/x"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "ftp://a.vn",
            "https://",
            "https:// a",
            "//a.vn",
            "a.vn",
            "https://a\u{0}",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_name_keeps_no_path() {
        assert_eq!(file_name("C:\\Users\\a\\biên bản.pdf"), "biên bản.pdf");
        assert_eq!(file_name("../../etc/passwd\u{0}"), "passwd");
        assert_eq!(file_name("/"), "file");
    }

    #[test]
    fn a_part_of_a_text_is_divided_into_its_sentences() {
        assert_eq!(
            sentences(
                "Giao Sở Tài chính lập phương án. Giao Ban A theo dõi 1.779,5 tỷ đồng; Báo cáo tháng 6. "
            ),
            [
                "Giao Sở Tài chính lập phương án. Giao Ban A theo dõi 1.779,5 tỷ đồng; Báo cáo tháng 6.",
                "Giao Sở Tài chính lập phương án.",
                "Giao Ban A theo dõi 1.779,5 tỷ đồng;",
                "Báo cáo tháng 6."
            ]
        );
        assert_eq!(sentences(" một câu "), ["một câu"]);
    }
}
