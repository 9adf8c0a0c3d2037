//! What is due to whom: before the date, on silence, on stuck states; escalating along the reporting line.

use jiff::ToSpan;
use terms::Date;

use super::flow::Task;
use super::stage::Stage;

/// When to remind. Data of a province, not constants of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderRules {
    /// So many days before the deadline, each once.
    pub before_due_days: Vec<i32>,
    /// A task that was handed over and not received after so many days.
    pub unreceived_days: i32,
    /// A task under way of which nothing was heard for so many days.
    pub silent_days: i32,
    /// A contest, a difficulty, a request for time or a product that waits so many days for the assigner.
    pub unanswered_days: i32,
    /// Each so many further days a reminder goes one level up the reporting line.
    pub escalate_every_days: i32,
}

impl Default for ReminderRules {
    /// Seven, three and one day before; two working days of grace and two a level, as users of such systems ask for.
    fn default() -> Self {
        Self {
            before_due_days: vec![7, 3, 1],
            unreceived_days: 2,
            silent_days: 14,
            unanswered_days: 3,
            escalate_every_days: 2,
        }
    }
}

/// Why a reminder is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// The deadline has passed, by so many days.
    Overdue(i32),
    /// So many days are left.
    DueSoon(i32),
    /// Handed over and not received for so many days.
    Unreceived(i32),
    /// Nothing was heard for so many days.
    Silent(i32),
    /// Something waits for the assigner for so many days.
    Unanswered(i32),
}

/// One line of somebody's digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reminder {
    /// Why.
    pub why: Why,
    /// Whether it is for the assigner (else for the lead).
    pub for_assigner: bool,
    /// How many levels up the reporting line it goes as well: 0 is the one concerned alone.
    pub levels_up: i32,
}

/// What is due for this task on `today`: at most one line for the lead and one for the assigner, the gravest.
///
/// O(steps) for the last step of its kind; reads no clock.
pub fn due(task: &Task, today: Date, rules: &ReminderRules) -> Vec<Reminder> {
    let since = |day: Date| day.until(today).map_or(0, |span| span.get_days());
    let levels = |over: i32| over.max(0) / rules.escalate_every_days.max(1);
    let mut lead: Option<(Why, i32)> = None;
    let mut assigner: Option<(Why, i32)> = None;
    let idle = since(task.last_moved_on());
    match task.stage() {
        Stage::HandedOver if rules.unreceived_days <= idle => {
            lead = Some((Why::Unreceived(idle), levels(idle - rules.unreceived_days)));
        }
        Stage::Contested | Stage::HandedIn if rules.unanswered_days <= idle => {
            assigner = Some((Why::Unanswered(idle), levels(idle - rules.unanswered_days)));
        }
        Stage::UnderWay => {
            if rules.silent_days <= idle {
                lead = Some((Why::Silent(idle), levels(idle - rules.silent_days)));
            }
            let waits = task
                .open_difficulty()
                .map(since)
                .filter(|days| rules.unanswered_days <= *days);
            assigner = waits.map(|days| (Why::Unanswered(days), levels(days - rules.unanswered_days)));
        }
        _ => {}
    }
    if let Some(due) = task
        .brief()
        .due
        .filter(|_| matches!(task.stage(), Stage::HandedOver | Stage::UnderWay))
    {
        let left = -since(due);
        if left < 0 {
            lead = Some((Why::Overdue(-left), levels(-left)));
        } else if rules
            .before_due_days
            .iter()
            .any(|days| due.saturating_sub((*days).days()) == today)
        {
            lead = Some((Why::DueSoon(left), 0));
        }
    }
    let line = |for_assigner| {
        move |(why, levels_up)| Reminder {
            why,
            for_assigner,
            levels_up,
        }
    };
    lead.map(line(false))
        .into_iter()
        .chain(assigner.map(line(true)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Party;
    use crate::task::act::{Act, Step};
    use crate::task::brief::{Brief, RequiredFields};

    fn day(month: i8, day: i8) -> Date {
        jiff::civil::date(2026, month, day)
    }

    fn task(acts: &[(Party, Date, Act)]) -> Task {
        let brief = Brief {
            title: "x".to_owned(),
            due: Some(day(3, 20)),
            ..Brief::default()
        };
        let mut task = Task::draft(brief, day(3, 1)).unwrap();
        for (party, on, act) in acts {
            let step = Step {
                on: *on,
                by: None,
                act: act.clone(),
            };
            task.take(*party, step, &RequiredFields::new([])).unwrap();
        }
        task
    }

    fn lines(task: &Task, today: Date) -> Vec<(Why, bool, i32)> {
        due(task, today, &ReminderRules::default())
            .into_iter()
            .map(|reminder| (reminder.why, reminder.for_assigner, reminder.levels_up))
            .collect()
    }

    #[test]
    fn silence_after_handing_over_climbs_two_days_a_level() {
        let task = task(&[(Party::Assigner, day(3, 1), Act::Assign)]);
        assert_eq!(lines(&task, day(3, 2)), []);
        assert_eq!(lines(&task, day(3, 3)), [(Why::Unreceived(2), false, 0)]);
        assert_eq!(lines(&task, day(3, 7)), [(Why::Unreceived(6), false, 2)]);
    }

    #[test]
    fn the_deadline_is_announced_then_counted() {
        let task = task(&[
            (Party::Assigner, day(3, 1), Act::Assign),
            (Party::Lead, day(3, 12), Act::Acknowledge),
        ]);
        assert_eq!(lines(&task, day(3, 13)), [(Why::DueSoon(7), false, 0)]);
        assert_eq!(lines(&task, day(3, 14)), []);
        assert_eq!(lines(&task, day(3, 20)), [], "the day itself is not late");
        assert_eq!(lines(&task, day(3, 25)), [(Why::Overdue(5), false, 2)]);
    }

    #[test]
    fn what_waits_for_the_assigner_reminds_the_assigner() {
        let mut acts = vec![
            (Party::Assigner, day(3, 1), Act::Assign),
            (Party::Lead, day(3, 2), Act::Acknowledge),
        ];
        acts.push((
            Party::Lead,
            day(3, 4),
            Act::Difficulty {
                words: "chưa có mặt bằng".to_owned(),
                asks: None,
            },
        ));
        assert_eq!(lines(&task(&acts), day(3, 8)), [(Why::Unanswered(4), true, 0)]);
        acts.push((
            Party::Assigner,
            day(3, 8),
            Act::Answer {
                words: "đã giao Sở Xây dựng".to_owned(),
            },
        ));
        assert_eq!(lines(&task(&acts), day(3, 9)), []);
    }
}
