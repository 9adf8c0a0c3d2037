//! The score of who leads tasks, over a period, by [`ScoreRules`]; each point is told by the tasks behind it.
//!
//! Quantity, quality and progress have one divisor: the converted tasks of the period. A task earns nothing before its
//! product is confirmed, and only in the period in which it was handed in.

use terms::{Date, Decimal, TimePeriod};

use super::flow::Stage;
use super::rules::ScoreRules;
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
    /// How many of its returns were for grave errors.
    pub grave_errors: u32,
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
            Outcome::Waiting => "waiting",
            Outcome::Undone => "undone",
            Outcome::Ahead => "ahead",
        }
    }

    /// Whether the product is confirmed.
    pub const fn is_done(self) -> bool {
        matches!(self, Outcome::InTime | Outcome::LateExcused | Outcome::Late)
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
pub fn score(
    works: &[Work],
    period: TimePeriod,
    today: Date,
    rules: &ScoreRules,
    general: Option<Decimal>,
) -> Option<Score> {
    let items: Vec<Item> = works
        .iter()
        .filter_map(|work| item(work, period, today, rules))
        .collect();
    let sum = |part: fn(&Item) -> Decimal| items.iter().map(part).sum::<Decimal>();
    let assigned = sum(|item| Decimal::from(item.weight));
    let (quantity, quality, progress) = (
        sum(|item| item.quantity),
        sum(|item| item.quality),
        sum(|item| item.progress),
    );
    // One division at the end, so that no third is rounded on the way.
    let earned = (rules.quantity.checked_mul(quantity)?)
        .checked_add(rules.quality.checked_mul(quality)?)?
        .checked_add(rules.progress.checked_mul(progress)?)?
        .checked_mul(rules.result)?;
    let whole = (rules.quantity + rules.quality + rules.progress).checked_mul(assigned)?;
    let result = earned.checked_div(whole)?;
    let grade = |general: Decimal| Grade::of(result + general, rules);
    let provisional = today <= period.end() || items.iter().any(|item| item.outcome == Outcome::Waiting);
    Some(Score {
        assigned,
        quantity,
        quality,
        progress,
        result,
        general,
        grades: (!provisional).then(|| match general {
            Some(general) => (grade(general), grade(general)),
            None => (grade(Decimal::ZERO), grade(rules.general)),
        }),
        provisional,
        items,
    })
}

/// A task's part in a period; none where it does not belong to it.
fn item(work: &Work, period: TimePeriod, today: Date, rules: &ScoreRules) -> Option<Item> {
    let outcome = outcome(work, period, today)?;
    let weight = Decimal::from(work.weight);
    let less = |faults: u32| {
        let lost = rules.fault_per_cent * Decimal::from(faults);
        weight * (Decimal::from(100) - lost).max(Decimal::ZERO) / Decimal::from(100)
    };
    let done = outcome.is_done();
    let earned = |points| if done { points } else { Decimal::ZERO };
    Some(Item {
        task: work.task,
        weight: work.weight,
        outcome,
        grave_errors: work.grave_errors,
        quantity: earned(weight),
        quality: earned(less(work.grave_errors)),
        progress: earned(less(u32::from(outcome == Outcome::Late))),
    })
}

fn outcome(work: &Work, period: TimePeriod, today: Date) -> Option<Outcome> {
    let (from, to) = (period.start(), period.end());
    if matches!(work.stage, Stage::Drafted | Stage::Cancelled) || to < work.drafted_on {
        return None;
    }
    match work.handed_in_on {
        Some(day) if day < from => None,
        Some(day) if day <= to => Some(if work.stage != Stage::Done {
            Outcome::Waiting
        } else if work.due.is_none_or(|due| day <= due) {
            Outcome::InTime
        } else if work.excused {
            Outcome::LateExcused
        } else {
            Outcome::Late
        }),
        later => match work.due {
            Some(due) if due <= to && !(later.is_some() && work.excused) => Some(if due < today {
                Outcome::Undone
            } else {
                Outcome::Ahead
            }),
            _ => None,
        },
    }
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
            grave_errors: 0,
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
                grave_errors: 2,
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
            grave_errors: 5,
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
