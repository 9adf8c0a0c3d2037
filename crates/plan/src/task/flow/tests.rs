//! The flow of a task, step by step and at random.

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

#[test]
fn it_is_known_who_had_it_when() {
    let mut task = under_way();
    let post: PostId = "VN-11/finance.reporter".parse().unwrap();
    step(&mut task, Party::Lead, 3, Act::Appoint { post: post.clone() }).unwrap();
    let submit = Act::Submit {
        product: "Tờ trình 12".to_owned(),
        evidence: vec![],
    };
    step(&mut task, Party::Lead, 4, submit).unwrap();
    let back = Act::Return {
        reason: words(),
        grave: true,
    };
    step(&mut task, Party::Assigner, 5, back).unwrap();
    let on = Act::Reassign {
        lead: office("VN-11/justice"),
        reason: words(),
    };
    step(&mut task, Party::Assigner, 8, on).unwrap();
    let told: Vec<_> = task
        .held()
        .iter()
        .map(|held| {
            (
                held.since,
                held.until,
                held.lead.to_string(),
                held.post.clone(),
                held.grave_on.clone(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (day(1), Some(day(3)), "VN-11/finance".to_owned(), None, vec![]),
            (
                day(3),
                Some(day(8)),
                "VN-11/finance".to_owned(),
                Some(post),
                vec![day(5)]
            ),
            (day(8), None, "VN-11/justice".to_owned(), None, vec![]),
        ]
    );
}

#[test]
fn a_task_of_an_old_plan_was_there_from_the_plans_own_day() {
    let brief = Brief {
        start: Some(jiff::civil::date(2026, 1, 5)),
        ..task().brief().clone()
    };
    let mut task = Task::draft(brief, day(1)).unwrap();
    step(&mut task, Party::Assigner, 2, Act::Assign).unwrap();
    assert_eq!(task.held()[0].since, jiff::civil::date(2026, 1, 5));
}
