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
