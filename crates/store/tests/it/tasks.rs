//! Tasks: what was done with them is told the same after all tables were computed again, and nothing that the rules do
//! not allow can be recorded.

use plan::task::{self, Brief, Evidence, Party, ScoreRules, Stage, TaskRules};
use plan::{Act, ObservationId, TaskId};
use store::{Error, Sees, Store, TaskFilter, TaskState, TaskWith, Writing};
use terms::Sha256;

use crate::specimen::at;

fn brief() -> Brief {
    Brief {
        title: "Lập phương án thu".to_owned(),
        lead: Some("VN-11/finance".parse().unwrap()),
        supporters: vec!["VN-11-03127".parse().unwrap()],
        product: "Tờ trình".to_owned(),
        result: "Phương án được duyệt".to_owned(),
        due: Some("2026-03-20".parse().unwrap()),
        start: Some("2025-01-10".parse().unwrap()),
        finding: Some("o1~o2".to_owned()),
        weight: Some(2),
        ..Brief::default()
    }
}

async fn draft(writing: &mut Writing, second: i64, brief: Brief) -> TaskId {
    let act = Act::TaskDrafted {
        brief: Box::new(brief),
        assigner: "VN-11".parse().unwrap(),
        parent: None,
    };
    TaskId(record(writing, second, &act).await.unwrap())
}

async fn step(
    writing: &mut Writing,
    second: i64,
    task: TaskId,
    party: Party,
    step: task::Act,
) -> Result<u64, Error> {
    record(writing, second, &Act::TaskStepped { task, party, step }).await
}

async fn record(writing: &mut Writing, second: i64, act: &Act) -> Result<u64, Error> {
    writing.record(&store::Author::PROGRAM, at(second), act).await
}

fn everyone() -> TaskFilter {
    TaskFilter::seen_by(Sees::All)
}

#[tokio::test]
async fn tasks_are_told_the_same_after_all_tables_are_computed_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("r.db")).await.unwrap();
    let mut writing = store.write().await.unwrap();
    let task = draft(&mut writing, 0, brief()).await;
    let lead = Party::Lead;
    let words = || "vì thiếu số liệu".to_owned();
    let evidence = vec![
        Evidence::File {
            name: "biên bản.pdf".to_owned(),
            sha256: Sha256([7; 32]),
            size_bytes: 1234,
        },
        Evidence::Link("https://dienbien.gov.vn/a?b=1".to_owned()),
        Evidence::Observation(ObservationId(3)),
    ];
    let rewritten = Brief {
        due: Some("2026-03-25".parse().unwrap()),
        ..brief()
    };
    for (second, (party, act)) in [
        (
            Party::Assigner,
            task::Act::Rewrite {
                brief: Box::new(rewritten),
            },
        ),
        (Party::Assigner, task::Act::Assign),
        (lead, task::Act::Contest { reason: words() }),
        (
            Party::Assigner,
            task::Act::Reassign {
                lead: "VN-11/home-affairs".parse().unwrap(),
                reason: words(),
            },
        ),
        (lead, task::Act::Acknowledge),
        (
            lead,
            task::Act::Appoint {
                post: "VN-11/home-affairs.reporter".parse().unwrap(),
            },
        ),
        (
            lead,
            task::Act::Progress {
                words: words(),
                per_cent: 40,
                evidence: evidence.clone(),
            },
        ),
        (
            lead,
            task::Act::Difficulty {
                words: words(),
                asks: Some("VN-11/construction".parse().unwrap()),
            },
        ),
        (
            Party::Assigner,
            task::Act::Refer {
                to: "VN-11/finance".parse().unwrap(),
                words: words(),
            },
        ),
        (Party::Asked, task::Act::Answer { words: words() }),
        (
            lead,
            task::Act::AskExtension {
                until: "2026-04-01".parse().unwrap(),
                reason: words(),
            },
        ),
        (Party::Assigner, task::Act::GrantExtension { reason: words() }),
        (
            lead,
            task::Act::AskExtension {
                until: "2026-05-01".parse().unwrap(),
                reason: words(),
            },
        ),
        (Party::Assigner, task::Act::RefuseExtension { reason: words() }),
        (
            lead,
            task::Act::Submit {
                product: words(),
                evidence,
            },
        ),
        (
            Party::Assigner,
            task::Act::Return {
                reason: words(),
                grave: true,
            },
        ),
        (
            lead,
            task::Act::Submit {
                product: words(),
                evidence: vec![],
            },
        ),
        (
            Party::Assigner,
            task::Act::Confirm {
                words: String::new(),
                excused: true,
            },
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let second = i64::try_from(second).unwrap();
        step(&mut writing, 10 + second, task, party, act).await.unwrap();
    }
    for (second, act) in [
        Act::TaskRulesSet {
            rules: TaskRules::default(),
            reason: words(),
        },
        Act::ScoreRulesSet {
            rules: ScoreRules::decree_335(),
            reason: words(),
        },
        Act::GeneralScoreGiven {
            office: "VN-11/finance".parse().unwrap(),
            post: Some("VN-11/finance.reporter".parse().unwrap()),
            holder: Some(plan::UserId(7)),
            period: "2026-03".parse().unwrap(),
            points: Some("27.5".parse().unwrap()),
            reason: words(),
            evidence: vec![plan::task::Evidence::Link(
                "https://dienbien.gov.vn/tb12".to_owned(),
            )],
        },
        Act::GeneralScoreGiven {
            office: "VN-11/finance".parse().unwrap(),
            post: Some("VN-11/finance.reporter".parse().unwrap()),
            holder: Some(plan::UserId(7)),
            period: "2026-03".parse().unwrap(),
            points: None,
            reason: words(),
            evidence: vec![],
        },
    ]
    .iter()
    .enumerate()
    {
        record(&mut writing, 100 + i64::try_from(second).unwrap(), act)
            .await
            .unwrap();
    }
    let before = writing.task(task).await.unwrap().unwrap();
    let row = writing.tasks(&everyone(), 10, 0).await.unwrap();
    assert_eq!(
        (before.task.stage(), before.steps.len(), before.task.returns()),
        (Stage::Done, 18, 1)
    );
    assert_eq!(row[0].first_due, Some("2026-03-25".parse().unwrap()));
    assert_eq!(row[0].due, Some("2026-04-01".parse().unwrap()));
    assert_eq!((row[0].grave_errors, row[0].weight, row[0].excused), (1, 2, true));
    let rules = writing.task_rules().await.unwrap().unwrap();
    assert_eq!(rules.rules, TaskRules::default());
    assert_eq!(
        writing.score_rules().await.unwrap()[0].rules,
        ScoreRules::decree_335()
    );
    let month = "2026-03".parse().unwrap();
    let given = writing.general_scores(month, None).await.unwrap();
    assert_eq!(
        given.len(),
        2,
        "what was given stays readable after it was taken back"
    );
    assert_eq!(
        (given[0].points, given[1].points),
        (Some("27.5".parse().unwrap()), None)
    );
    assert_eq!(
        (given[0].holder, given[0].evidence.len()),
        (Some(plan::UserId(7)), 1)
    );
    let finance = "VN-11/finance".parse().unwrap();
    assert_eq!(
        writing.general_scores(month, Some(&finance)).await.unwrap(),
        given
    );
    let other = "VN-11".parse().unwrap();
    assert_eq!(writing.general_scores(month, Some(&other)).await.unwrap(), []);
    let held = writing.task_held(&everyone()).await.unwrap();
    assert!(!held.is_empty() && held.iter().all(|(id, _)| *id == task));
    writing.rebuild().await.unwrap();
    assert_eq!(writing.task(task).await.unwrap().unwrap(), before);
    assert_eq!(writing.tasks(&everyone(), 10, 0).await.unwrap(), row);
    assert_eq!(writing.general_scores(month, None).await.unwrap(), given);
    assert_eq!(writing.task_held(&everyone()).await.unwrap(), held);
    assert_eq!(writing.task_rules().await.unwrap().unwrap(), rules);
}

#[tokio::test]
async fn a_step_that_the_rules_do_not_allow_cannot_be_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("r.db")).await.unwrap();
    let mut writing = store.write().await.unwrap();
    let task = draft(&mut writing, 0, brief()).await;
    let early = step(&mut writing, 1, task, Party::Lead, task::Act::Acknowledge).await;
    assert!(matches!(early, Err(Error::Unfit { what: "task step" })));
    drop(writing);
    let mut writing = store.write().await.unwrap();
    let nowhere = step(&mut writing, 1, TaskId(99), Party::Lead, task::Act::Acknowledge).await;
    assert!(matches!(nowhere, Err(Error::Unfit { what: "task" })));
}

#[tokio::test]
async fn lists_tell_only_what_their_reader_may_know() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("r.db")).await.unwrap();
    let mut writing = store.write().await.unwrap();
    let open = draft(&mut writing, 0, brief()).await;
    let secret = Brief {
        internal: true,
        ..brief()
    };
    let secret = draft(&mut writing, 1, secret).await;
    let unsent = draft(&mut writing, 2, brief()).await;
    for task in [open, secret] {
        step(&mut writing, 3, task, Party::Assigner, task::Act::Assign)
            .await
            .unwrap();
    }
    let mut ids = async |sees: Sees, with: Option<TaskWith>, state: Option<TaskState>| {
        let filter = TaskFilter {
            with,
            state,
            ..TaskFilter::seen_by(sees)
        };
        let rows = writing.tasks(&filter, 10, 0).await.unwrap();
        let counts = writing
            .count_tasks(&filter, "2026-03-21".parse().unwrap())
            .await
            .unwrap();
        assert_eq!(counts.all, rows.len() as u64);
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let public = |offices: &[&str], areas: &[&str]| Sees::Public {
        offices: offices.iter().map(|office| office.parse().unwrap()).collect(),
        areas: areas.iter().map(|area| terms::RefArea::new(*area)).collect(),
    };
    let with = |office: &str, party| {
        Some(TaskWith {
            offices: vec![office.parse().unwrap()],
            areas: Vec::new(),
            party,
        })
    };
    assert_eq!(ids(public(&[], &[]), None, None).await, [open]);
    assert_eq!(
        ids(public(&["VN-11/finance"], &[]), None, None).await,
        [open, secret]
    );
    assert_eq!(
        ids(public(&[], &["VN-11"]), None, None).await,
        [open, secret, unsent]
    );
    assert_eq!(
        ids(public(&["VN-11/health"], &[]), None, None).await,
        [open],
        "another office"
    );
    assert_eq!(ids(Sees::All, None, None).await, [open, secret, unsent]);
    let late = Some(TaskState::Late("2026-03-21".parse().unwrap()));
    assert_eq!(
        ids(Sees::All, with("VN-11/finance", Some(Party::Lead)), late).await,
        [open, secret]
    );
    assert_eq!(
        ids(Sees::All, with("VN-11-03127", Some(Party::Lead)), None).await,
        []
    );
    let on_the_day = Some(TaskState::Late("2026-03-20".parse().unwrap()));
    assert_eq!(
        ids(Sees::All, None, on_the_day).await,
        [],
        "the day itself is not late"
    );
}
