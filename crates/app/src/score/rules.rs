//! The rules of scores: shown, and set from a day on, with a reason. Periods that have begun keep the rules that they have.

use plan::Act;
use plan::task::ScoreRules;
use store::StoredScoreRules;
use terms::{Date, Decimal, Diagnostic, Place, Timestamp};

use super::give::number;
use crate::policy::Action;
use crate::task_act::{LONGEST_TEXT, day, found, limited};
use crate::{Actor, App, Error};

/// All rules that hold, held or will hold.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRulesView {
    /// The rules of today; none before there were any.
    pub today: Option<ScoreRules>,
    /// The first day that new rules can hold from.
    pub earliest: Date,
    /// All that were set, the latest entry first, and the decree's own last.
    pub set: Vec<SetRules>,
    /// Whether the asker may set some.
    pub may_set: bool,
    /// The last entry that set rules; 0: none. A form carries it back.
    pub seen: u64,
}

/// Rules, and how they came to be.
#[derive(Debug, Clone, PartialEq)]
pub struct SetRules {
    /// The rules.
    pub rules: ScoreRules,
    /// Whether a later entry set others from the same day on, so that these never hold.
    pub replaced: bool,
    /// Number of the entry, who, when and why; none for the decree's own.
    pub entry: Option<(u64, Option<String>, Timestamp, String)>,
}

/// Rules as a form or command sends them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RulesTexts {
    /// The first day on which they hold.
    pub valid_from: String,
    /// Points of the general part.
    pub general: String,
    /// Points of the result part.
    pub result: String,
    /// Share of quantity in the result part.
    pub quantity: String,
    /// Share of quality.
    pub quality: String,
    /// Share of progress.
    pub progress: String,
    /// Per cent of a task that a grave error or delay costs.
    pub fault_per_cent: String,
    /// Points from which the work is excellent.
    pub excellent: String,
    /// … good.
    pub good: String,
    /// … done.
    pub done: String,
    /// The law.
    pub source: String,
    /// Whether somebody compared them with the law's own text.
    pub verified: bool,
    /// Why.
    pub reason: String,
}

impl RulesTexts {
    /// The texts of rules, to begin a form with.
    pub fn of(rules: &ScoreRules) -> Self {
        let text = |number: Decimal| number.normalize().to_string();
        let [excellent, good, done] = rules.grades;
        Self {
            valid_from: String::new(),
            general: text(rules.general),
            result: text(rules.result),
            quantity: text(rules.quantity),
            quality: text(rules.quality),
            progress: text(rules.progress),
            fault_per_cent: text(rules.fault_per_cent),
            excellent: text(excellent),
            good: text(good),
            done: text(done),
            source: rules.source.clone(),
            verified: rules.verified,
            reason: String::new(),
        }
    }

    /// The rules of the texts; what is wrong is named by its field.
    fn read(&self, wrong: &mut Vec<Diagnostic>) -> ScoreRules {
        let mut bad = Vec::new();
        let mut read = |field: &'static str, text: &str| {
            number(text).unwrap_or_else(|| {
                wrong.push(found("score-rules-number", field, text.trim()));
                bad.push(field);
                Decimal::ZERO
            })
        };
        let mut rules = ScoreRules {
            valid_from: Date::MIN,
            general: read("general", &self.general),
            result: read("result", &self.result),
            quantity: read("quantity", &self.quantity),
            quality: read("quality", &self.quality),
            progress: read("progress", &self.progress),
            fault_per_cent: read("fault_per_cent", &self.fault_per_cent),
            grades: [
                read("excellent", &self.excellent),
                read("good", &self.good),
                read("done", &self.done),
            ],
            source: self.source.trim().to_owned(),
            verified: self.verified,
        };
        rules.source = limited(&self.source, "source", 500, wrong);
        match day(&self.valid_from, "valid_from", wrong) {
            Some(day) => rules.valid_from = day,
            None if self.valid_from.trim().is_empty() => wrong.push(missing("valid_from")),
            None => {}
        }
        for fault in rules.faults() {
            let (code, field, parts): (_, _, &[&str]) = match fault {
                "result" => ("score-rules-sum", "result", &["general", "result"]),
                "quantity" => (
                    "score-rules-shares",
                    "quantity",
                    &["quantity", "quality", "progress"],
                ),
                "fault_per_cent" => ("score-rules-per-cent", "fault_per_cent", &["fault_per_cent"]),
                "grades" => ("score-rules-grades", "excellent", &["excellent", "good", "done"]),
                _ => ("score-rules-source", "source", &[]),
            };
            // A number that cannot be read is told once.
            if !parts.iter().any(|part| bad.contains(part)) {
                wrong.push(Diagnostic::error(code, Place::default().column(field)));
            }
        }
        rules
    }
}

fn missing(field: &str) -> Diagnostic {
    found("missing-value", field, "").with("expected", "")
}

impl App {
    /// All rules of scores: anybody may read by what offices are judged; who set them is for those who hold a post. One
    /// statement.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn score_rules(&self, actor: &Actor) -> Result<ScoreRulesView, Error> {
        actor.require(Action::ReadRegister)?;
        let mut stored = self.reading().await?.score_rules().await?;
        if !actor.may(Action::ReadScores) && !actor.may(Action::KeepTaskRules) {
            stored.iter_mut().for_each(|set| set.who = None);
        }
        let today = self.today();
        Ok(ScoreRulesView {
            today: on(&stored, today),
            earliest: today.tomorrow().unwrap_or(today),
            seen: stored.last().map_or(0, |last| last.entry),
            set: told(stored),
            may_set: actor.may(Action::KeepTaskRules),
        })
    }

    /// Sets rules of scores from a day to come on. From a day that has come nothing can be set anew but where the rules
    /// are cited from, and that somebody compared them with the law: points of periods that have begun never change by it.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every field that is missing or wrong; [`Error::Conflict`] where somebody set rules since;
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::SecondFactor`], [`Error::Store`]. Then nothing was recorded.
    pub async fn set_score_rules(&self, actor: &Actor, seen: u64, texts: &RulesTexts) -> Result<(), Error> {
        actor.require(Action::KeepTaskRules)?;
        let mut writing = self.writing().await?;
        let stored = writing.score_rules().await?;
        if stored.last().map_or(0, |last| last.entry) != seen {
            return Err(Error::Conflict { what: "score rules" });
        }
        let mut wrong = Vec::new();
        let rules = texts.read(&mut wrong);
        let today = self.today();
        if wrong.is_empty()
            && rules.valid_from <= today
            && !same_points(&rules, on(&stored, rules.valid_from))
        {
            wrong.push(
                found("score-rules-past", "valid_from", &rules.valid_from.to_string())
                    .with("earliest", today.tomorrow().unwrap_or(today)),
            );
        }
        let reason = limited(&texts.reason, "reason", LONGEST_TEXT, &mut wrong);
        if reason.is_empty() {
            wrong.push(Diagnostic::error(
                "score-no-reason",
                Place::default().column("reason"),
            ));
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let act = Act::ScoreRulesSet { rules, reason };
        let author = actor.author(Action::KeepTaskRules, None);
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }
}

fn on(stored: &[StoredScoreRules], day: Date) -> Option<ScoreRules> {
    ScoreRules::on(day, stored.iter().map(|set| set.rules.clone()))
}

/// Whether rules give the same points as those that hold on their first day, which must be the day from which those hold.
fn same_points(rules: &ScoreRules, standing: Option<ScoreRules>) -> bool {
    standing.is_some_and(|standing| {
        *rules
            == ScoreRules {
                source: rules.source.clone(),
                verified: rules.verified,
                ..standing
            }
    })
}

fn told(stored: Vec<StoredScoreRules>) -> Vec<SetRules> {
    let mut set: Vec<SetRules> = Vec::new();
    let decree = SetRules {
        rules: ScoreRules::decree_335(),
        replaced: false,
        entry: None,
    };
    let entries = stored.into_iter().rev().map(|stored| SetRules {
        rules: stored.rules,
        replaced: false,
        entry: Some((stored.entry, stored.who, stored.at, stored.reason)),
    });
    for mut one in entries.chain([decree]) {
        one.replaced = set
            .iter()
            .any(|later| later.rules.valid_from == one.rules.valid_from);
        set.push(one);
    }
    set
}
