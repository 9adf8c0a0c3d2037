//! Which fields a task must have before it is handed over: four, five or six «rõ», as the province settles.

use plan::task::{Field, RequiredFields, TaskRules};
use plan::{Act, TaskId};
use terms::{Diagnostic, Place};

use crate::policy::Action;
use crate::task::{OfficeName, is_inside};
use crate::{Actor, App, Error};

/// What holds for tasks now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesView {
    /// The fields without which no task is handed over, in the order of the form.
    pub required: Vec<Field>,
    /// The entry that settled them; none where nobody has, and the four «rõ» hold.
    pub entry: Option<u64>,
}

/// What a set of required fields would mean for the drafts of today.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RulesPreview {
    /// The fields, in the order of the form.
    pub required: Vec<Field>,
    /// How many drafts there are.
    pub drafts: usize,
    /// Those that would lack something, by office.
    pub lacking: Vec<Lacking>,
}

/// A draft that would lack something. What one may not know of it is not told: then only whose it is, and what it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Whose draft.
    pub office: OfficeName,
    /// Its number and what is to be done, for those concerned.
    pub task: Option<(TaskId, String)>,
    /// The fields that it leaves empty.
    pub missing: Vec<Field>,
}

impl App {
    /// The rules that hold. One statement.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn task_rules(&self, actor: &Actor) -> Result<RulesView, Error> {
        actor.require(Action::KeepTaskRules)?;
        let stored = self.reading().await?.task_rules().await?;
        Ok(match stored {
            Some(stored) => view(&stored.rules, Some(stored.entry)),
            None => view(&TaskRules::default(), None),
        })
    }

    /// What a set of required fields would mean for the drafts of today. Four statements; O(drafts).
    ///
    /// # Errors
    /// [`Error::Invalid`] names every unknown field; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn preview_required_fields(
        &self,
        actor: &Actor,
        codes: &[String],
    ) -> Result<RulesPreview, Error> {
        actor.require(Action::KeepTaskRules)?;
        let (fields, wrong) = fields(codes);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let required = RequiredFields::new(fields);
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let drafts = reading.drafts().await?;
        let mut lacking: Vec<Lacking> = drafts
            .iter()
            .filter_map(|stored| {
                let brief = stored.task.brief();
                let missing = required.missing(brief);
                let may_know = is_inside(actor, stored);
                (!missing.is_empty()).then(|| Lacking {
                    office: directory.office_name(&stored.assigner),
                    task: may_know.then(|| (stored.id, brief.title.clone())),
                    missing,
                })
            })
            .collect();
        i18n::sort::by_name(terms::Language::Vi, &mut lacking, |one| &one.office.name.vi);
        Ok(RulesPreview {
            required: required.fields().collect(),
            drafts: drafts.len(),
            lacking,
        })
    }

    /// Settles which fields a task must have from now on, by their codes; the task itself always. Tasks that were handed
    /// over before stay as they are. False where these hold already: then nothing is recorded.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every unknown field, and a reason that is missing; [`Error::SignIn`], [`Error::Denied`],
    /// [`Error::Store`]. Then nothing was recorded.
    pub async fn set_required_fields(
        &self,
        actor: &Actor,
        codes: &[String],
        reason: &str,
    ) -> Result<bool, Error> {
        actor.require(Action::KeepTaskRules)?;
        let (fields, mut wrong) = fields(codes);
        if reason.trim().is_empty() {
            let place = Place::default().column("reason");
            wrong.push(Diagnostic::error("task-rules-no-reason", place));
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let mut writing = self.writing().await?;
        let standing = crate::task_act::rules(&mut writing).await?;
        let required = RequiredFields::new(fields);
        if standing.required == required {
            return Ok(false);
        }
        let act = Act::TaskRulesSet {
            rules: TaskRules { required, ..standing },
            reason: reason.trim().to_owned(),
        };
        let author = actor.author(Action::KeepTaskRules, None);
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await?;
        Ok(true)
    }
}

fn view(rules: &TaskRules, entry: Option<u64>) -> RulesView {
    RulesView {
        required: rules.required.fields().collect(),
        entry,
    }
}

/// The fields of codes, and what is wrong with the others.
fn fields(codes: &[String]) -> (Vec<Field>, Vec<Diagnostic>) {
    let (mut fields, mut wrong) = (Vec::new(), Vec::new());
    for code in codes {
        match code.trim().parse::<Field>() {
            Ok(field) => fields.push(field),
            Err(_) => wrong.push(
                Diagnostic::error("unknown-task-field", Place::default().column("required"))
                    .with("found", code.trim())
                    .with("known", Field::ALL.map(Field::code).join(", ")),
            ),
        }
    }
    (fields, wrong)
}
