//! Which fields a task must have before it is handed over: four, five or six «rõ», as the province settles.

use plan::Act;
use plan::task::{Field, RequiredFields, TaskRules};
use terms::{Diagnostic, Place};

use crate::policy::Action;
use crate::{Actor, App, Error};

/// What holds for tasks now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesView {
    /// The fields without which no task is handed over, in the order of the form.
    pub required: Vec<Field>,
    /// The entry that settled them; none where nobody has, and the four «rõ» hold.
    pub entry: Option<u64>,
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
