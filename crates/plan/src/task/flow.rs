//! What each act makes of a task, and who may do it.
//!
//! ```text
//! drafted ─assign→ handed over ─acknowledge→ under way ─submit→ handed in ─confirm→ done
//!                      │  ↑                     ↑                   │
//!                   contest reassign            └──────return───────┘
//! ```
//! From every stage but done, cancel ends it.

use terms::Date;

use super::act::{Act, Step};
use super::brief::{Brief, Field, RequiredFields};
use crate::{Office, PostId};

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Written, not handed over.
    Drafted,
    /// Handed over, not yet received.
    HandedOver,
    /// The lead says why not.
    Contested,
    /// Received and being done.
    UnderWay,
    /// The product is with the assigner.
    HandedIn,
    /// Confirmed.
    Done,
    /// No longer wanted.
    Cancelled,
}

impl Stage {
    /// Every stage, in the order of a task's life.
    pub const ALL: [Stage; 7] = [
        Stage::Drafted,
        Stage::HandedOver,
        Stage::Contested,
        Stage::UnderWay,
        Stage::HandedIn,
        Stage::Done,
        Stage::Cancelled,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::Drafted => "drafted",
            Stage::HandedOver => "handed-over",
            Stage::Contested => "contested",
            Stage::UnderWay => "under-way",
            Stage::HandedIn => "handed-in",
            Stage::Done => "done",
            Stage::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more can happen.
    pub const fn is_over(self) -> bool {
        matches!(self, Stage::Done | Stage::Cancelled)
    }
}

/// What somebody is to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// Hands it over, answers, confirms or returns.
    Assigner,
    /// Answers for it.
    Lead,
    /// Helps.
    Supporter,
    /// Was asked to answer the open difficulty.
    Asked,
}

impl Party {
    /// Every party.
    pub const ALL: [Party; 4] = [Party::Assigner, Party::Lead, Party::Supporter, Party::Asked];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Party::Assigner => "assigner",
            Party::Lead => "lead",
            Party::Supporter => "supporter",
            Party::Asked => "asked",
        }
    }
}

/// Why an act was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The act belongs to another party.
    #[error("“{act}” is for the {who:?} of a task")]
    NotYours {
        /// The act's code.
        act: &'static str,
        /// Who could.
        who: Party,
    },
    /// The act does not follow on this stage.
    #[error("“{act}” does not follow on “{}”", stage.code())]
    NotNow {
        /// The act's code.
        act: &'static str,
        /// Where the task stands.
        stage: Stage,
    },
    /// Required fields are empty.
    #[error("the task lacks required fields")]
    Incomplete(Vec<Field>),
    /// A reason or the words are missing.
    #[error("“{act}” wants words")]
    NoWords {
        /// The act's code.
        act: &'static str,
    },
    /// A day lies before the day that it must follow.
    #[error("{day} lies before {after}")]
    TooEarly {
        /// The day given.
        day: Date,
        /// The day that it must follow.
        after: Date,
    },
    /// More than 100 per cent.
    #[error("{0}% is more than the whole")]
    OverWhole(u8),
}

/// A task: its brief and all that was done with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    brief: Brief,
    drafted_on: Date,
    first_due: Option<Date>,
    stage: Stage,
    per_cent: u8,
    open_difficulty: Option<Date>,
    asked: Option<Office>,
    post: Option<PostId>,
    asked_until: Option<Date>,
    handed_in_on: Option<Date>,
    done_on: Option<Date>,
    excused: bool,
    returns: u32,
    grave_errors: u32,
    steps: Vec<Step>,
}

impl Task {
    /// Writes down a task; it is handed over by [`Act::Assign`].
    ///
    /// # Errors
    /// [`Refusal::TooEarly`] where it is due before it is written.
    pub fn draft(brief: Brief, on: Date) -> Result<Self, Refusal> {
        check_days(&brief, on)?;
        Ok(Self {
            first_due: brief.due,
            brief,
            drafted_on: on,
            stage: Stage::Drafted,
            per_cent: 0,
            open_difficulty: None,
            asked: None,
            post: None,
            asked_until: None,
            handed_in_on: None,
            done_on: None,
            excused: false,
            returns: 0,
            grave_errors: 0,
            steps: Vec::new(),
        })
    }

    /// What it asks today.
    pub fn brief(&self) -> &Brief {
        &self.brief
    }

    /// The day on which it was written.
    pub fn drafted_on(&self) -> Date {
        self.drafted_on
    }

    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The deadline that it was first given; an extension does not change it.
    pub fn first_due(&self) -> Option<Date> {
        self.first_due
    }

    /// How much of it is done, as the lead tells; 100 once it is confirmed.
    pub fn per_cent(&self) -> u8 {
        self.per_cent
    }

    /// Since when a difficulty waits for an answer.
    pub fn open_difficulty(&self) -> Option<Date> {
        self.open_difficulty
    }

    /// Who was asked to answer the open difficulty; none: the assigner.
    pub fn asked(&self) -> Option<&Office> {
        self.asked.as_ref()
    }

    /// The post of the lead's office that does it; none where nobody was named.
    pub fn post(&self) -> Option<&PostId> {
        self.post.as_ref()
    }

    /// The day on which the product was handed in that is with the assigner or was confirmed.
    pub fn handed_in_on(&self) -> Option<Date> {
        self.handed_in_on
    }

    /// The day on which the product was confirmed.
    pub fn done_on(&self) -> Option<Date> {
        self.done_on
    }

    /// Whether the assigner said that a delay had causes outside the lead's power.
    pub fn excused(&self) -> bool {
        self.excused
    }

    /// How many of the returns were for grave errors.
    pub fn grave_errors(&self) -> u32 {
        self.grave_errors
    }

    /// Until when the lead asks for time and has no answer yet.
    pub fn asked_until(&self) -> Option<Date> {
        self.asked_until
    }

    /// How often the product was sent back.
    pub fn returns(&self) -> u32 {
        self.returns
    }

    /// All that was done with it, oldest first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The day of the last step, or of the draft.
    pub fn last_moved_on(&self) -> Date {
        self.steps.last().map_or(self.drafted_on, |step| step.on)
    }

    /// Whether it is late on `day`: not handed in by the deadline in force, or handed in after it.
    ///
    /// A product that was returned counts as not handed in. A task without a deadline is never late.
    pub fn is_late(&self, day: Date) -> bool {
        let Some(due) = self.brief.due else { return false };
        match self.stage {
            Stage::Drafted | Stage::Cancelled => false,
            Stage::HandedIn | Stage::Done => self.handed_in_on.is_some_and(|handed_in| due < handed_in),
            Stage::HandedOver | Stage::Contested | Stage::UnderWay => due < day,
        }
    }

    /// The acts, by code, that a party can do now.
    pub fn open_acts(&self, party: Party) -> Vec<&'static str> {
        let acts: &[&'static str] = match (self.stage, party) {
            (Stage::Drafted, Party::Assigner) => &["rewrite", "assign", "cancel"],
            (Stage::HandedOver, Party::Lead) => &["acknowledge", "contest", "appoint"],
            (Stage::HandedOver | Stage::Contested, Party::Assigner) => &["reassign", "cancel"],
            (Stage::UnderWay, Party::Lead) => {
                &["progress", "difficulty", "ask-extension", "submit", "appoint"]
            }
            (Stage::UnderWay, Party::Supporter) => &["progress", "difficulty"],
            (Stage::UnderWay, Party::Assigner) => &[
                "answer",
                "refer",
                "grant-extension",
                "refuse-extension",
                "reassign",
                "cancel",
            ],
            (Stage::HandedIn, Party::Assigner) => &["confirm", "return", "cancel"],
            (Stage::UnderWay, Party::Asked) => &["answer"],
            _ => &[],
        };
        acts.iter()
            .copied()
            .filter(|act| match *act {
                "difficulty" => self.open_difficulty.is_none(),
                "answer" if party == Party::Asked => self.asked.is_some(),
                "answer" | "refer" => self.open_difficulty.is_some(),
                "grant-extension" | "refuse-extension" => self.asked_until.is_some(),
                "ask-extension" => self.asked_until.is_none() && self.brief.due.is_some(),
                _ => true,
            })
            .collect()
    }

    /// Takes one step, or says why not and changes nothing.
    ///
    /// `required` is asked only when the task is handed over.
    ///
    /// # Errors
    /// A [`Refusal`] that names the party, the stage, the fields or the days that stand in the way.
    pub fn take(&mut self, party: Party, step: Step, required: &RequiredFields) -> Result<(), Refusal> {
        let act = step.act.code();
        if !self.open_acts(party).contains(&act) {
            let other = Party::ALL
                .into_iter()
                .find(|other| self.open_acts(*other).contains(&act));
            return Err(match other {
                Some(who) => Refusal::NotYours { act, who },
                None => Refusal::NotNow {
                    act,
                    stage: self.stage,
                },
            });
        }
        if step.on < self.last_moved_on() {
            return Err(Refusal::TooEarly {
                day: step.on,
                after: self.last_moved_on(),
            });
        }
        let said = |words: &str| {
            if words.trim().is_empty() {
                Err(Refusal::NoWords { act })
            } else {
                Ok(())
            }
        };
        match &step.act {
            Act::Rewrite { brief } => {
                check_days(brief, step.on)?;
                self.first_due = brief.due;
                self.brief = (**brief).clone();
            }
            Act::Assign => {
                let missing = required.missing(&self.brief);
                if !missing.is_empty() {
                    return Err(Refusal::Incomplete(missing));
                }
                check_days(&self.brief, step.on)?;
                self.stage = Stage::HandedOver;
            }
            Act::Acknowledge => self.stage = Stage::UnderWay,
            Act::Contest { reason } => {
                said(reason)?;
                self.stage = Stage::Contested;
            }
            Act::Reassign { lead, reason } => {
                said(reason)?;
                self.hand_to(lead.clone());
            }
            Act::Appoint { post } => self.post = Some(post.clone()),
            Act::Progress { words, per_cent, .. } => {
                said(words)?;
                if 100 < *per_cent {
                    return Err(Refusal::OverWhole(*per_cent));
                }
                self.per_cent = *per_cent;
            }
            Act::Difficulty { words, asks } => {
                said(words)?;
                self.open_difficulty = Some(step.on);
                self.asked.clone_from(asks);
            }
            Act::Refer { to, words } => {
                said(words)?;
                self.asked = Some(to.clone());
            }
            Act::Answer { words } => {
                said(words)?;
                self.open_difficulty = None;
                self.asked = None;
            }
            Act::AskExtension { until, reason } => {
                said(reason)?;
                let after = self.brief.due.unwrap_or(step.on).max(step.on);
                if *until <= after {
                    return Err(Refusal::TooEarly { day: *until, after });
                }
                self.asked_until = Some(*until);
            }
            Act::GrantExtension { reason } => {
                said(reason)?;
                self.brief.due = self.asked_until.take();
            }
            Act::RefuseExtension { reason } => {
                said(reason)?;
                self.asked_until = None;
            }
            Act::Submit { product, .. } => {
                said(product)?;
                self.handed_in_on = Some(step.on);
                self.stage = Stage::HandedIn;
            }
            Act::Confirm { excused, .. } => {
                self.per_cent = 100;
                self.done_on = Some(step.on);
                self.excused = *excused;
                self.open_difficulty = None;
                self.asked = None;
                self.asked_until = None;
                self.stage = Stage::Done;
            }
            Act::Return { reason, grave } => {
                said(reason)?;
                self.handed_in_on = None;
                self.grave_errors += u32::from(*grave);
                self.returns += 1;
                self.stage = Stage::UnderWay;
            }
            Act::Cancel { reason } => {
                said(reason)?;
                self.stage = Stage::Cancelled;
            }
        }
        self.steps.push(step);
        Ok(())
    }

    /// A new lead starts at the beginning: it has to be received again, and what the old one asked for is moot.
    fn hand_to(&mut self, lead: Office) {
        self.brief.lead = Some(lead);
        self.open_difficulty = None;
        self.asked = None;
        self.post = None;
        self.asked_until = None;
        self.stage = Stage::HandedOver;
    }
}

/// A task must not be due before it starts: on the plan's own day, or `on` where the plan names none.
fn check_days(brief: &Brief, on: Date) -> Result<(), Refusal> {
    let start = brief.start.unwrap_or(on);
    match brief.due.filter(|due| *due < start) {
        Some(due) => Err(Refusal::TooEarly {
            day: due,
            after: start,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(number: i8) -> Date {
        jiff::civil::date(2026, 3, number)
    }

    fn office(code: &str) -> Office {
        code.parse().unwrap()
    }

    fn task() -> Task {
        let brief = Brief {
            title: "Lập phương án thu ngân sách quý II".to_owned(),
            lead: Some(office("VN-11/finance")),
            due: Some(day(20)),
            result: "Phương án được duyệt".to_owned(),
            ..Brief::default()
        };
        Task::draft(brief, day(1)).unwrap()
    }

    fn step(task: &mut Task, party: Party, on: i8, act: Act) -> Result<(), Refusal> {
        task.take(
            party,
            Step {
                on: day(on),
                by: None,
                act,
            },
            &RequiredFields::four(),
        )
    }

    fn words() -> String {
        "vì thiếu số liệu".to_owned()
    }

    fn under_way() -> Task {
        let mut task = task();
        step(&mut task, Party::Assigner, 1, Act::Assign).unwrap();
        step(&mut task, Party::Lead, 2, Act::Acknowledge).unwrap();
        task
    }

    #[test]
    fn a_task_is_done_only_when_the_assigner_confirms_the_product() {
        let mut task = under_way();
        let submit = Act::Submit {
            product: "Tờ trình 12".to_owned(),
            evidence: vec![],
        };
        step(&mut task, Party::Lead, 18, submit.clone()).unwrap();
        let confirm = Act::Confirm {
            words: String::new(),
            excused: false,
        };
        assert_eq!(
            step(&mut task, Party::Lead, 18, confirm.clone()),
            Err(Refusal::NotYours {
                act: "confirm",
                who: Party::Assigner
            })
        );
        step(
            &mut task,
            Party::Assigner,
            19,
            Act::Return {
                reason: words(),
                grave: true,
            },
        )
        .unwrap();
        assert_eq!((task.stage(), task.returns()), (Stage::UnderWay, 1));
        assert!(task.is_late(day(21)), "a product sent back is not handed in");
        step(&mut task, Party::Lead, 20, submit).unwrap();
        step(&mut task, Party::Assigner, 25, confirm).unwrap();
        assert_eq!((task.stage(), task.per_cent()), (Stage::Done, 100));
        assert!(!task.is_late(day(31)), "the assigner's days are not the lead's");
    }

    #[test]
    fn the_first_deadline_stays_readable_after_an_extension() {
        let mut task = under_way();
        let ask = |until| Act::AskExtension {
            until: day(until),
            reason: words(),
        };
        assert_eq!(
            step(&mut task, Party::Lead, 10, ask(20)),
            Err(Refusal::TooEarly {
                day: day(20),
                after: day(20)
            })
        );
        step(&mut task, Party::Lead, 10, ask(28)).unwrap();
        assert!(!task.open_acts(Party::Lead).contains(&"ask-extension"));
        step(
            &mut task,
            Party::Assigner,
            11,
            Act::GrantExtension { reason: words() },
        )
        .unwrap();
        assert_eq!(
            (task.first_due(), task.brief().due),
            (Some(day(20)), Some(day(28)))
        );
        assert!(!task.is_late(day(25)));
        assert!(task.is_late(day(29)));
    }

    #[test]
    fn a_contested_task_goes_back_to_the_assigner() {
        let mut task = task();
        step(&mut task, Party::Assigner, 1, Act::Assign).unwrap();
        assert_eq!(
            step(
                &mut task,
                Party::Lead,
                2,
                Act::Contest {
                    reason: " ".to_owned()
                }
            ),
            Err(Refusal::NoWords { act: "contest" })
        );
        step(&mut task, Party::Lead, 2, Act::Contest { reason: words() }).unwrap();
        assert!(task.open_acts(Party::Lead).is_empty());
        let reassign = Act::Reassign {
            lead: office("VN-11/home-affairs"),
            reason: words(),
        };
        step(&mut task, Party::Assigner, 3, reassign).unwrap();
        assert_eq!(task.brief().lead, Some(office("VN-11/home-affairs")));
        assert_eq!(task.stage(), Stage::HandedOver, "the new lead has to receive it");
    }

    #[test]
    fn a_task_without_its_required_fields_is_not_handed_over() {
        let mut task = Task::draft(
            Brief {
                title: "Làm đường".to_owned(),
                ..Brief::default()
            },
            day(1),
        )
        .unwrap();
        assert_eq!(
            step(&mut task, Party::Assigner, 1, Act::Assign),
            Err(Refusal::Incomplete(vec![Field::Lead, Field::Due, Field::Result]))
        );
        assert_eq!(task.stage(), Stage::Drafted);
    }

    #[test]
    fn a_deadline_before_the_start_is_refused() {
        let brief = Brief {
            title: "x".to_owned(),
            due: Some(day(1)),
            ..Brief::default()
        };
        assert_eq!(
            Task::draft(brief, day(2)).unwrap_err(),
            Refusal::TooEarly {
                day: day(1),
                after: day(2)
            }
        );
    }

    #[test]
    fn a_difficulty_is_answered_by_the_one_who_can() {
        let mut task = under_way();
        let asks = Some(office("VN-11/construction"));
        step(
            &mut task,
            Party::Lead,
            3,
            Act::Difficulty {
                words: words(),
                asks: asks.clone(),
            },
        )
        .unwrap();
        assert_eq!(task.asked(), asks.as_ref());
        let answer = Act::Answer { words: words() };
        assert_eq!(
            step(&mut task, Party::Lead, 4, answer.clone()),
            Err(Refusal::NotYours {
                act: "answer",
                who: Party::Assigner
            })
        );
        let refer = Act::Refer {
            to: office("VN-11/finance"),
            words: words(),
        };
        step(&mut task, Party::Assigner, 4, refer).unwrap();
        step(&mut task, Party::Asked, 5, answer.clone()).unwrap();
        assert_eq!((task.open_difficulty(), task.asked()), (None, None));
        assert!(
            step(&mut task, Party::Asked, 5, answer).is_err(),
            "nothing is asked any more"
        );
    }

    #[test]
    fn a_draft_is_written_anew_and_then_its_first_deadline_is_the_one_handed_over() {
        let mut task = task();
        let brief = Brief {
            due: Some(day(25)),
            ..task.brief().clone()
        };
        step(
            &mut task,
            Party::Assigner,
            2,
            Act::Rewrite {
                brief: Box::new(brief.clone()),
            },
        )
        .unwrap();
        step(&mut task, Party::Assigner, 2, Act::Assign).unwrap();
        assert_eq!(task.first_due(), Some(day(25)));
        assert!(
            step(
                &mut task,
                Party::Assigner,
                2,
                Act::Rewrite {
                    brief: Box::new(brief)
                }
            )
            .is_err()
        );
    }

    #[test]
    fn a_task_of_an_old_plan_counts_from_the_plans_day() {
        let brief = Brief {
            title: "x".to_owned(),
            start: Some(day(1)),
            due: Some(day(5)),
            ..Brief::default()
        };
        assert!(Task::draft(brief.clone(), day(9)).is_ok());
        let turned = Brief {
            start: Some(day(6)),
            ..brief
        };
        assert_eq!(
            Task::draft(turned, day(1)).unwrap_err(),
            Refusal::TooEarly {
                day: day(5),
                after: day(6)
            }
        );
    }

    fn any_act() -> impl Strategy<Value = Act> {
        prop_oneof![
            Just(Act::Assign),
            Just(Act::Acknowledge),
            Just(Act::Appoint {
                post: PostId::new("VN-11/finance.budget").unwrap()
            }),
            Just(Act::Contest { reason: words() }),
            Just(Act::Reassign {
                lead: office("VN-11/home-affairs"),
                reason: words()
            }),
            (0..=120u8).prop_map(|per_cent| Act::Progress {
                words: words(),
                per_cent,
                evidence: vec![]
            }),
            Just(Act::Difficulty {
                words: words(),
                asks: None
            }),
            Just(Act::Difficulty {
                words: words(),
                asks: Some(office("VN-11/construction"))
            }),
            Just(Act::Refer {
                to: office("VN-11/construction"),
                words: words()
            }),
            Just(Act::Answer { words: words() }),
            (1..=31i8).prop_map(|until| Act::AskExtension {
                until: day(until),
                reason: words()
            }),
            Just(Act::GrantExtension { reason: words() }),
            Just(Act::RefuseExtension { reason: words() }),
            Just(Act::Submit {
                product: words(),
                evidence: vec![]
            }),
            Just(Act::Confirm {
                words: String::new(),
                excused: false
            }),
            Just(Act::Return {
                reason: words(),
                grave: true
            }),
            Just(Act::Cancel { reason: words() }),
        ]
    }

    proptest! {
        #[test]
        fn a_refused_step_changes_nothing_and_a_taken_one_is_kept(
            acts in proptest::collection::vec((any_act(), 0..4usize), 0..24)
        ) {
            let parties = Party::ALL;
            let mut task = task();
            let mut taken = 0;
            for (act, party) in acts {
                let before = task.clone();
                if step(&mut task, parties[party], 5, act).is_ok() {
                    taken += 1;
                } else {
                    prop_assert_eq!(&task, &before);
                }
                prop_assert_eq!(task.steps().len(), taken);
                prop_assert!(task.asked().is_none() || task.open_difficulty().is_some(), "who is asked has something to answer");
                prop_assert!(task.grave_errors() <= task.returns());
                prop_assert_eq!(task.done_on().is_some(), task.stage() == Stage::Done, "done is confirmed, nothing else");
                prop_assert!(task.done_on().is_none() || task.steps().iter().any(|step| step.act.code() == "confirm"));
                prop_assert_eq!(task.first_due(), Some(day(20)));
                if task.stage().is_over() {
                    prop_assert!(parties.iter().all(|party| task.open_acts(*party).is_empty()));
                }
            }
        }
    }
}
