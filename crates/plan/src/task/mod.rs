//! A task: who does what by when, for which result, and whether it was done.
//!
//! In reading order: [`brief`] is what a task asks and which fields it must have («clear roles, clear responsibilities,
//! clear timeframes, clear results»), [`act`] what people do with a task, [`stage`] where it stands, [`flow`] what each
//! act makes of it and who may do it, [`held`] who had it when, [`reminder`] what is due to whom, [`rules`] what a province
//! settles about all that, [`score`] what the tasks of a period come to in points. A task is the sequence of its acts:
//! nothing is overwritten, the first deadline stays readable.

pub mod act;
pub mod brief;
pub mod flow;
pub mod held;
pub mod reminder;
pub mod rules;
pub mod score;
pub mod stage;

pub use act::{Act, Evidence, Step};
pub use brief::{Brief, Clause, Field, RequiredFields};
pub use flow::{Refusal, Task};
pub use held::{Held, Spell};
pub use reminder::{Reminder, ReminderRules};
pub use rules::{ScoreRules, TaskRules};
pub use score::{Grade, Outcome, Score};
pub use stage::{Party, Stage};
