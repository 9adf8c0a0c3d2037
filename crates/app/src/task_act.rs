//! Doing something with a task: every step from handing over to confirming. Each asks the right of the party's office,
//! looks whether anything happened since the form was made, and records in one transaction.
//!
//! [`draft`] writes tasks down, [`fields`] reads what forms say, [`evidence`] takes what shows that something was done.

mod draft;
mod evidence;
mod fields;

pub use draft::{TaskForm, TaskTexts};
pub use evidence::{LARGEST_FILE, MOST_EVIDENCE, is_web_address};
pub(crate) use evidence::{Shown, kind_of, take as take_evidence};
pub(crate) use fields::{day, found, limited, refused, sentences};

use plan::task::{self, Party, TaskRules};
use plan::{Act, Office, PostId, TaskId};
use store::{Reading, StoredTask, Writing};
use terms::{Diagnostic, Place};

use crate::directory::Directory;
use crate::policy::Action;
use crate::task::{known, offices_of, right};
use crate::{Actor, App, Error};

/// Longest title.
const LONGEST_TITLE: usize = 500;
/// Longest other text.
pub(crate) const LONGEST_TEXT: usize = 5_000;

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

impl App {
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
                    evidence: evidence::take(writing, shown(texts), wrong).await?,
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
                evidence: evidence::take(writing, shown(texts), wrong).await?,
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
pub(crate) async fn rules(reading: &mut Reading) -> Result<TaskRules, Error> {
    Ok(reading
        .task_rules()
        .await?
        .map(|stored| stored.rules)
        .unwrap_or_default())
}

fn shown(texts: StepTexts) -> Shown {
    Shown {
        files: texts.files,
        links: texts.links,
        observations: texts.observations,
    }
}
