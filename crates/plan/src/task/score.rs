//! The score of who leads tasks, over a period, by [`ScoreRules`]; each point is told by the tasks behind it.
//!
//! Quantity, quality and progress have one divisor: the converted tasks of the period. A task earns nothing before its
//! product is confirmed, and only in the period in which it was handed in.

use terms::{Date, Decimal, TimePeriod};

use super::held::Spell;
use super::rules::ScoreRules;
use super::stage::Stage;
use crate::TaskId;

/// What scoring has to know of a task that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Which.
    pub task: TaskId,
    /// For how many plain tasks it counts.
    pub weight: u32,
    /// Where it stands.
    pub stage: Stage,
    /// The day on which it was written down.
    pub drafted_on: Date,
    /// The deadline in force: a granted extension moved it.
    pub due: Option<Date>,
    /// When the product was handed in that is with the assigner or was confirmed.
    pub handed_in_on: Option<Date>,
    /// Whether the assigner confirmed that a delay had causes outside the lead's power.
    pub excused: bool,
    /// When it was with the one who is scored, and the returns for grave errors of those days.
    pub spell: Spell,
}

/// What became of a task in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Confirmed, handed in by its deadline.
    InTime,
    /// Confirmed, handed in late for causes outside the lead's power.
    LateExcused,
    /// Confirmed, handed in late.
    Late,
    /// Confirmed, handed in after a deadline that had passed before the task came to the one who is scored.
    TakenLate,
    /// Handed in within the period; the assigner has not answered.
    Waiting,
    /// Its deadline passed within or before the period without a product.
    Undone,
    /// Its deadline lies ahead, still within the period.
    Ahead,
}

impl Outcome {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Outcome::InTime => "in-time",
            Outcome::LateExcused => "late-excused",
            Outcome::Late => "late",
            Outcome::TakenLate => "taken-late",
            Outcome::Waiting => "waiting",
            Outcome::Undone => "undone",
            Outcome::Ahead => "ahead",
        }
    }

    /// Whether the product is confirmed.
    pub const fn is_done(self) -> bool {
        matches!(
            self,
            Outcome::InTime | Outcome::LateExcused | Outcome::Late | Outcome::TakenLate
        )
    }
}

/// One task's share in the three terms, in converted tasks: from nothing to its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub task: TaskId,
    /// For how many plain tasks it counts.
    pub weight: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// How many grave errors cost quality.
    pub grave_errors: u32,
    /// What it adds to quantity.
    pub quantity: Decimal,
    /// What it adds to quality.
    pub quality: Decimal,
    /// What it adds to progress.
    pub progress: Decimal,
}

/// A grade, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// Hoàn thành xuất sắc nhiệm vụ.
    Excellent,
    /// Hoàn thành tốt nhiệm vụ.
    Good,
    /// Hoàn thành nhiệm vụ.
    Done,
    /// Không hoàn thành nhiệm vụ.
    NotDone,
}

impl Grade {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Grade::Excellent => "excellent",
            Grade::Good => "good",
            Grade::Done => "done",
            Grade::NotDone => "not-done",
        }
    }

    /// The grade of so many points of 100; a limit belongs to the better grade.
    pub fn of(points: Decimal, rules: &ScoreRules) -> Self {
        let [excellent, good, done] = rules.grades;
        if excellent <= points {
            Grade::Excellent
        } else if good <= points {
            Grade::Good
        } else if done <= points {
            Grade::Done
        } else {
            Grade::NotDone
        }
    }
}

/// The score of a period, with all that it was made from. Sums are in converted tasks; points are exact, not rounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The tasks of the period, in the order given.
    pub items: Vec<Item>,
    /// The divisor of the three terms.
    pub assigned: Decimal,
    /// What was done.
    pub quantity: Decimal,
    /// What was done, less grave errors.
    pub quality: Decimal,
    /// What was done, less delays.
    pub progress: Decimal,
    /// Points of the result part.
    pub result: Decimal,
    /// Points of the result part that can still be reached: where what waits is confirmed, what is not due is handed in by
    /// its day, and, while the period runs, what is overdue is handed in late. The same as `result` where nothing can change.
    pub reachable: Decimal,
    /// Points of the general part; none: nobody gave any.
    pub general: Option<Decimal>,
    /// The grade with the general points given; where nobody gave any, with none and with all of them. None while the score
    /// is provisional: what is not due yet is no failure.
    pub grades: Option<(Grade, Grade)>,
    /// Whether it can still change without anybody correcting anything: the period goes on, or a product waits for its
    /// assigner.
    pub provisional: bool,
}

impl Score {
    /// The points of 100, where the general part was given.
    pub fn points(&self) -> Option<Decimal> {
        self.general.map(|general| general + self.result)
    }

    /// A sum of one of the terms as per cent of what was assigned.
    pub fn per_cent(&self, sum: Decimal) -> Decimal {
        sum * Decimal::from(100) / self.assigned
    }
}

/// Scores `works` over a period as of `today`; none where the period has no task, or a number is beyond all measure.
///
/// To a period belong the tasks handed in within it, and those due by its end that were not handed in before it begins. A
/// task whose delay was confirmed as objective and that was handed in later belongs to that later period alone.
///
/// A task that went from one to another counts for whoever had it on the day that decides: that of its product; without a
/// product, that of its deadline, or the end of the period where the deadline had passed before. So a past period's score
/// does not change when a task goes on, a missed deadline is not got rid of by handing on, and who takes over late does
/// not answer for the delay. Of a task that came back, the last spell that counts is the one that counts.
pub fn score(
    works: &[Work],
    period: TimePeriod,
    today: Date,
    rules: &ScoreRules,
    general: Option<Decimal>,
) -> Option<Score> {
    let mut items: Vec<Item> = Vec::new();
    let mut best: Vec<Item> = Vec::new();
    for work in works {
        let Some(outcome) = outcome(work, period, today) else {
            continue;
        };
        // The spells of a task stand together.
        let came_back = items.last().is_some_and(|last| last.task == work.task);
        let missed = came_back && items.last().is_some_and(|last| last.outcome == Outcome::Undone);
        // Who missed the deadline answers for the delay, though the task went away and came back.
        let outcome = if missed && outcome == Outcome::TakenLate {
            Outcome::Late
        } else {
            outcome
        };
        if came_back {
            items.pop();
            best.pop();
        }
        items.push(item(work, outcome, rules));
        best.push(item(work, at_best(work, outcome, period, today), rules));
    }
    let assigned: Decimal = items.iter().map(|item| Decimal::from(item.weight)).sum();
    let [quantity, quality, progress] = sums(&items);
    let result = points(&items, assigned, rules)?;
    let reachable = points(&best, assigned, rules)?;
    let grade = |general: Decimal| Grade::of(result + general, rules);
    let provisional = today <= period.end() || items.iter().any(|item| item.outcome == Outcome::Waiting);
    Some(Score {
        assigned,
        quantity,
        quality,
        progress,
        result,
        reachable,
        general,
        grades: (!provisional).then(|| match general {
            Some(general) => (grade(general), grade(general)),
            None => (grade(Decimal::ZERO), grade(rules.general)),
        }),
        provisional,
        items,
    })
}

/// The sums of quantity, quality and progress.
fn sums(items: &[Item]) -> [Decimal; 3] {
    let sum = |part: fn(&Item) -> Decimal| items.iter().map(part).sum::<Decimal>();
    [
        sum(|item| item.quantity),
        sum(|item| item.quality),
        sum(|item| item.progress),
    ]
}

/// Points of the result part; none without a task, or beyond all measure.
fn points(items: &[Item], assigned: Decimal, rules: &ScoreRules) -> Option<Decimal> {
    let [quantity, quality, progress] = sums(items);
    // One division at the end, so that no third is rounded on the way.
    let earned = (rules.quantity.checked_mul(quantity)?)
        .checked_add(rules.quality.checked_mul(quality)?)?
        .checked_add(rules.progress.checked_mul(progress)?)?
        .checked_mul(rules.result)?;
    let whole = (rules.quantity + rules.quality + rules.progress).checked_mul(assigned)?;
    earned.checked_div(whole)
}

/// The best that can still become of a task in a period without anybody excusing anything.
fn at_best(work: &Work, now: Outcome, period: TimePeriod, today: Date) -> Outcome {
    match now {
        Outcome::Waiting => {
            let confirmed = Work {
                stage: Stage::Done,
                ..work.clone()
            };
            outcome(&confirmed, period, today).unwrap_or(now)
        }
        Outcome::Ahead => Outcome::InTime,
        Outcome::Undone if today <= period.end() && work.spell.has(today) => {
            if work.due.is_some_and(|due| due < work.spell.since) {
                Outcome::TakenLate
            } else {
                Outcome::Late
            }
        }
        settled => settled,
    }
}

/// A task's part in a period.
fn item(work: &Work, outcome: Outcome, rules: &ScoreRules) -> Item {
    let weight = Decimal::from(work.weight);
    let grave_errors = u32::try_from(work.spell.grave_on.len()).unwrap_or(u32::MAX);
    let less = |faults: u32| {
        let lost = rules.fault_per_cent * Decimal::from(faults);
        weight * (Decimal::from(100) - lost).max(Decimal::ZERO) / Decimal::from(100)
    };
    let done = outcome.is_done();
    let earned = |points| if done { points } else { Decimal::ZERO };
    Item {
        task: work.task,
        weight: work.weight,
        outcome,
        grave_errors,
        quantity: earned(weight),
        quality: earned(less(grave_errors)),
        progress: earned(less(u32::from(outcome == Outcome::Late))),
    }
}

/// What became of a task in a period; none where it does not belong to it.
fn outcome(work: &Work, period: TimePeriod, today: Date) -> Option<Outcome> {
    let (from, to) = (period.start(), period.end());
    let spell = &work.spell;
    let over = spell.until.is_some_and(|until| until <= from);
    if matches!(work.stage, Stage::Drafted | Stage::Cancelled)
        || to < work.drafted_on
        || to < spell.since
        || over
    {
        return None;
    }
    if let Some(day) = work.handed_in_on.filter(|day| spell.has(*day) && *day <= to) {
        if day < from {
            return None;
        }
        return Some(if work.stage != Stage::Done {
            Outcome::Waiting
        } else if work.due.is_none_or(|due| day <= due) {
            Outcome::InTime
        } else if work.due.is_some_and(|due| due < spell.since) {
            Outcome::TakenLate
        } else if work.excused {
            Outcome::LateExcused
        } else {
            Outcome::Late
        });
    }
    let due = work.due.filter(|due| *due <= to && !work.excused)?;
    let decides = if from <= due && spell.since <= due {
        due
    } else {
        to.min(today)
    };
    spell.has(decides).then_some(if due < today {
        Outcome::Undone
    } else {
        Outcome::Ahead
    })
}

#[cfg(test)]
mod tests;
