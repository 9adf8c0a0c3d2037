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
mod tests {
    use super::*;

    const MARCH: TimePeriod = TimePeriod::Month(2026, 3);

    fn day(month: i8, day: i8) -> Date {
        jiff::civil::date(2026, month, day)
    }

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// Due on 20 March, handed in as given and confirmed.
    fn done(task: u64, weight: u32, handed_in: Date) -> Work {
        Work {
            task: TaskId(task),
            weight,
            stage: Stage::Done,
            drafted_on: day(1, 5),
            due: Some(day(3, 20)),
            handed_in_on: Some(handed_in),
            excused: false,
            spell: spell(day(1, 5), None, 0),
        }
    }

    fn spell(since: Date, until: Option<Date>, grave_errors: usize) -> Spell {
        Spell {
            since,
            until,
            grave_on: vec![since; grave_errors],
        }
    }

    fn undone(task: u64) -> Work {
        Work {
            stage: Stage::UnderWay,
            handed_in_on: None,
            ..done(task, 1, day(3, 20))
        }
    }

    fn march(works: &[Work], general: Option<u32>) -> Option<Score> {
        let general = general.map(Decimal::from);
        score(works, MARCH, day(4, 10), &ScoreRules::decree_335(), general)
    }

    #[test]
    fn all_in_time_is_the_whole_result_part_and_the_grade_waits_for_the_general_part() {
        let works = [done(1, 1, day(3, 20)), done(2, 3, day(3, 2))];
        let open = march(&works, None).unwrap();
        assert_eq!(open.result, Decimal::from(70));
        assert_eq!(open.points(), None);
        assert_eq!(open.grades, Some((Grade::Good, Grade::Excellent)));
        assert!(!open.provisional);
        let given = march(&works, Some(20)).unwrap();
        assert_eq!(given.points(), Some(Decimal::from(90)));
        assert_eq!(given.grades, Some((Grade::Excellent, Grade::Excellent)));
    }

    #[test]
    fn each_fault_costs_a_quarter_of_its_task_unless_excused() {
        // Ten converted tasks. Quantity: 4 + 1 + 2 + 1 = 8. Quality: two grave errors halve the 4: 2 + 1 + 2 + 1 = 6.
        // Progress: the 2 are late: 1.5; the other delay was confirmed as objective: 4 + 1 + 1.5 + 1 = 7.5.
        // 70 × (8 + 6 + 7.5) ÷ 30 = 50.1666…
        let works = [
            Work {
                spell: spell(day(1, 5), None, 2),
                ..done(1, 4, day(3, 10))
            },
            done(2, 1, day(3, 20)),
            done(3, 2, day(3, 21)),
            Work {
                excused: true,
                ..done(4, 1, day(3, 30))
            },
            undone(5),
            undone(6),
        ];
        let score = march(&works, Some(30)).unwrap();
        assert_eq!(score.assigned, Decimal::from(10));
        assert_eq!(
            (score.quantity, score.quality, score.progress),
            (number("8"), number("6"), number("7.5"))
        );
        assert_eq!(score.per_cent(score.progress), Decimal::from(75));
        assert_eq!(score.result.round_dp(4), number("50.1667"));
        assert_eq!(score.grades, Some((Grade::Good, Grade::Good)));
        let outcomes: Vec<_> = score.items.iter().map(|item| item.outcome).collect();
        assert_eq!(
            outcomes,
            [
                Outcome::InTime,
                Outcome::InTime,
                Outcome::Late,
                Outcome::LateExcused,
                Outcome::Undone,
                Outcome::Undone
            ]
        );
    }

    #[test]
    fn a_task_costs_no_more_than_it_is_worth() {
        let works = [Work {
            spell: spell(day(1, 5), None, 5),
            ..done(1, 2, day(3, 10))
        }];
        assert_eq!(march(&works, None).unwrap().quality, Decimal::ZERO);
    }

    #[test]
    fn a_product_counts_once_in_the_period_in_which_it_was_handed_in() {
        let early = [done(1, 1, day(2, 27))];
        assert_eq!(march(&early, None), None);
        let february = score(
            &early,
            TimePeriod::Month(2026, 2),
            day(4, 10),
            &ScoreRules::decree_335(),
            None,
        );
        assert_eq!(february.unwrap().items[0].outcome, Outcome::InTime);
        // Handed in after the period: undone within it, unless the delay was confirmed as objective.
        let after = done(1, 1, day(4, 2));
        let score = march(std::slice::from_ref(&after), None).unwrap();
        assert_eq!(
            (score.items[0].outcome, score.result),
            (Outcome::Undone, Decimal::ZERO)
        );
        assert_eq!(
            march(
                &[Work {
                    excused: true,
                    ..after
                }],
                None
            ),
            None
        );
    }

    /// The outcome in March, told on 10 April, of a task due on 20 March that was with somebody for some days.
    fn outcome_of(since: Date, until: Option<Date>, handed_in: Option<Date>) -> Option<Outcome> {
        let work = Work {
            stage: if handed_in.is_some() {
                Stage::Done
            } else {
                Stage::UnderWay
            },
            handed_in_on: handed_in,
            spell: spell(since, until, 0),
            ..undone(1)
        };
        march(&[work], None).map(|score| score.items[0].outcome)
    }

    #[test]
    fn a_task_that_went_on_counts_for_whoever_had_it_on_the_day_that_decides() {
        let (first, on_time, late, april) = (day(1, 5), day(3, 15), day(3, 25), day(4, 2));
        // Handed on before its deadline: the new one's alone, from the first day with it.
        assert_eq!(outcome_of(first, Some(on_time), Some(day(3, 20))), None);
        assert_eq!(outcome_of(on_time, None, Some(day(3, 20))), Some(Outcome::InTime));
        assert_eq!(outcome_of(on_time, None, Some(day(3, 22))), Some(Outcome::Late));
        // Handed on after its deadline: who missed it keeps that, who took it over does not answer for the delay.
        assert_eq!(
            outcome_of(first, Some(late), Some(day(3, 28))),
            Some(Outcome::Undone)
        );
        assert_eq!(outcome_of(late, None, Some(day(3, 28))), Some(Outcome::TakenLate));
        assert_eq!(outcome_of(late, None, None), Some(Outcome::Undone));
        // What happens in April changes nothing of March.
        assert_eq!(outcome_of(first, Some(april), None), Some(Outcome::Undone));
        assert_eq!(
            outcome_of(first, Some(april), Some(day(4, 5))),
            Some(Outcome::Undone)
        );
        assert_eq!(outcome_of(april, None, Some(day(4, 5))), None);
        // Gone on before the period began.
        assert_eq!(outcome_of(first, Some(day(3, 1)), None), None);
    }

    #[test]
    fn a_task_taken_over_late_and_done_costs_no_progress() {
        let taken = Work {
            spell: spell(day(3, 25), None, 0),
            ..done(1, 2, day(3, 28))
        };
        let score = march(&[taken], None).unwrap();
        assert_eq!(score.progress, Decimal::from(2));
        assert_eq!(score.result, Decimal::from(70));
    }

    #[test]
    fn a_task_that_came_back_counts_once() {
        // Missed on 20 March, gone on the day after, back on 25 March and done there.
        let work = |since, until| Work {
            spell: spell(since, until, 0),
            ..done(1, 1, day(3, 28))
        };
        let score = march(&[work(day(1, 5), Some(day(3, 21))), work(day(3, 25), None)], None).unwrap();
        let outcomes: Vec<_> = score.items.iter().map(|item| item.outcome).collect();
        assert_eq!(outcomes, [Outcome::Late], "the delay was this one's own");
    }

    #[test]
    fn what_still_can_change_is_provisional() {
        let waiting = Work {
            stage: Stage::HandedIn,
            ..done(1, 1, day(3, 10))
        };
        let score_of = march(&[waiting], None).unwrap();
        assert_eq!(score_of.items[0].outcome, Outcome::Waiting);
        assert!(score_of.provisional && score_of.result.is_zero());
        let rules = ScoreRules::decree_335();
        let ahead = score(&[undone(1)], MARCH, day(3, 20), &rules, None).unwrap();
        assert_eq!(ahead.items[0].outcome, Outcome::Ahead);
        assert!(ahead.provisional && ahead.grades.is_none());
        // Nothing yet, everything to win; once it is overdue, progress costs a quarter: 70 × 2.75 ÷ 3.
        assert_eq!(
            (ahead.result, ahead.reachable),
            (Decimal::ZERO, Decimal::from(70))
        );
        let overdue = score(&[undone(1)], MARCH, day(3, 25), &rules, None).unwrap();
        assert_eq!(overdue.reachable.round_dp(4), number("64.1667"));
        assert_eq!(score_of.reachable, Decimal::from(70));
        let over = march(&[undone(1)], None).unwrap();
        assert!(
            !over.provisional && over.reachable.is_zero(),
            "the period is over"
        );
    }

    #[test]
    fn what_was_not_handed_over_or_has_no_deadline_yet_no_product_is_not_counted() {
        let drafted = Work {
            stage: Stage::Drafted,
            ..undone(1)
        };
        let cancelled = Work {
            stage: Stage::Cancelled,
            ..undone(2)
        };
        let standing = Work {
            due: None,
            ..undone(3)
        };
        assert_eq!(march(&[drafted, cancelled, standing], None), None);
    }

    #[test]
    fn a_limit_belongs_to_the_better_grade_and_shares_are_configured() {
        let rules = ScoreRules::decree_335();
        let grades =
            ["90", "89.999", "70", "69.9", "50", "49.99"].map(|points| Grade::of(number(points), &rules));
        assert_eq!(
            grades,
            [
                Grade::Excellent,
                Grade::Good,
                Grade::Good,
                Grade::Done,
                Grade::Done,
                Grade::NotDone
            ]
        );
        // Only progress counts, of 60 points: one of two late, 60 × 1.75 ÷ 2 = 52.5.
        let rules = ScoreRules {
            general: Decimal::from(40),
            result: Decimal::from(60),
            quantity: Decimal::ZERO,
            quality: Decimal::ZERO,
            ..rules
        };
        let works = [done(1, 1, day(3, 20)), done(2, 1, day(3, 21))];
        let score = score(&works, MARCH, day(4, 10), &rules, None).unwrap();
        assert_eq!(score.result, number("52.5"));
    }
}
