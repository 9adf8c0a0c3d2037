//! Tasks: each act by the party whose right it is, nothing told to who may not know, nothing done on what has changed.

use app::task_act::{StepTexts, TaskTexts};
use app::task_board::{Order, Standing, TaskQuery, Whose};
use app::task_import::TaskImport;
use app::{Actor, Error};
use plan::TaskId;
use plan::task::Stage;

use crate::test_app::TestApp;

const FINANCE: &str = "VN-11/finance";

/// The example, with its people: the assigner's leader, the lead's leader and officer, a commune's officer.
struct Cast {
    test: TestApp,
    chair: Actor,
    director: Actor,
    officer: Actor,
    commune: Actor,
}

async fn cast() -> Cast {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    Cast {
        chair: test.holder("VN-11.leader").await,
        director: test.holder("VN-11/finance.leader").await,
        officer: test.holder("VN-11/finance.reporter").await,
        commune: test.holder("VN-11-03158.reporter").await,
        test,
    }
}

fn texts() -> TaskTexts {
    TaskTexts {
        assigner: "VN-11".to_owned(),
        title: "Lập phương án thu ngân sách quý I".to_owned(),
        leads: vec![FINANCE.to_owned()],
        due: "2026-12-20".to_owned(),
        result: "Phương án được duyệt".to_owned(),
        hand_over: true,
        ..TaskTexts::default()
    }
}

fn step(act: &str) -> StepTexts {
    StepTexts {
        act: act.to_owned(),
        words: "vì thiếu số liệu".to_owned(),
        per_cent: "40".to_owned(),
        until: "2027-01-15".to_owned(),
        ..StepTexts::default()
    }
}

impl Cast {
    async fn task(&self, texts: TaskTexts) -> TaskId {
        self.test.app.draft_task(&self.chair, &texts).await.unwrap()[0]
    }

    async fn take(&self, actor: &Actor, id: TaskId, texts: StepTexts) -> Result<(), Error> {
        let seen = self.test.app.task(&self.chair, id).await.unwrap().seen;
        self.test.app.step_task(actor, id, seen, texts).await
    }

    async fn stage(&self, id: TaskId) -> Stage {
        self.test.app.task(&self.chair, id).await.unwrap().card.stage
    }
}

fn codes(answer: Result<impl std::fmt::Debug, Error>) -> Vec<(&'static str, String)> {
    let Err(Error::Invalid(wrong)) = answer else {
        panic!("{answer:?}")
    };
    wrong
        .into_iter()
        .map(|wrong| (wrong.code, wrong.place.column.unwrap_or_default()))
        .collect()
}

#[tokio::test]
async fn each_act_is_for_the_party_whose_right_it_is() {
    let cast = cast().await;
    let id = cast.task(texts()).await;
    // Act, who may, who may not.
    let lead = [&cast.officer, &cast.director];
    let path = [
        ("acknowledge", lead[0], vec![&cast.chair, &cast.commune]),
        ("progress", lead[0], vec![&cast.chair, &cast.commune]),
        ("difficulty", lead[1], vec![&cast.chair, &cast.commune]),
        ("answer", &cast.chair, vec![lead[0], &cast.commune]),
        ("ask-extension", lead[0], vec![&cast.chair, &cast.commune]),
        (
            "grant-extension",
            &cast.chair,
            vec![lead[0], lead[1], &cast.commune],
        ),
        ("submit", lead[0], vec![&cast.chair, &cast.commune]),
        ("return", &cast.chair, vec![lead[0], lead[1], &cast.commune]),
        ("submit", lead[1], vec![&cast.chair]),
        ("confirm", &cast.chair, vec![lead[0], lead[1], &cast.commune]),
    ];
    for (act, may, others) in path {
        for other in others {
            let head = cast.test.app.head();
            let refused = cast.take(other, id, step(act)).await;
            let Err(Error::Denied { who, .. }) = &refused else {
                panic!("{act}: {refused:?}")
            };
            assert!(!who.is_empty(), "{act}: who can is told");
            assert_eq!(cast.test.app.head(), head, "{act}: nothing was recorded");
        }
        let public = cast.take(&Actor::public(), id, step(act)).await;
        assert!(matches!(public, Err(Error::SignIn { .. })), "{act}");
        cast.take(may, id, step(act))
            .await
            .unwrap_or_else(|error| panic!("{act}: {error:?}"));
    }
    let page = cast.test.app.task(&cast.officer, id).await.unwrap();
    assert_eq!(page.card.stage, Stage::Done);
    assert_eq!(page.card.first_due, Some("2026-12-20".parse().unwrap()));
    assert_eq!(page.card.due, Some("2027-01-15".parse().unwrap()));
    assert_eq!(page.timeline.len(), 11);
    assert!(page.open.is_empty() && page.closed.is_empty());
    // The public reads what happened, but no words and no names.
    let public = cast.test.app.task(&Actor::public(), id).await.unwrap();
    assert_eq!(public.timeline.len(), 11);
    assert!(
        public
            .timeline
            .iter()
            .all(|step| step.who.is_none() && step.words.is_empty())
    );
    assert!(
        page.timeline
            .iter()
            .any(|step| !step.words.is_empty() && step.who.is_some())
    );
}

#[tokio::test]
async fn what_one_may_not_know_is_not_there() {
    let cast = cast().await;
    let internal = cast
        .task(TaskTexts {
            internal: true,
            ..texts()
        })
        .await;
    let draft = cast
        .task(TaskTexts {
            hand_over: false,
            ..texts()
        })
        .await;
    for id in [internal, draft, TaskId(999_999)] {
        for stranger in [&cast.commune, &Actor::public()] {
            let page = cast.test.app.task(stranger, id).await;
            assert!(
                matches!(page, Err(Error::NotFound { what: "task" })),
                "{id} {page:?}"
            );
        }
        let act = cast
            .test
            .app
            .step_task(&cast.commune, id, 1, step("acknowledge"))
            .await;
        assert!(matches!(act, Err(Error::NotFound { what: "task" })), "{act:?}");
    }
    // A draft is the assigner's until it is handed over; the lead of an internal task knows of it.
    assert!(matches!(
        cast.test.app.task(&cast.officer, draft).await,
        Err(Error::NotFound { .. })
    ));
    assert!(cast.test.app.task(&cast.officer, internal).await.is_ok());
    let query = TaskQuery::default();
    let board = async |actor: &Actor| {
        let board = cast.test.app.task_board(actor, &query).await.unwrap();
        board.cards.iter().map(|card| card.id).collect::<Vec<_>>()
    };
    assert!(!board(&Actor::public()).await.contains(&internal));
    assert!(board(&cast.officer).await.contains(&internal));
    assert!(!board(&cast.officer).await.contains(&draft));
    assert!(board(&cast.chair).await.contains(&draft));
}

#[tokio::test]
async fn what_changed_since_the_form_was_made_is_a_conflict() {
    let cast = cast().await;
    let id = cast.task(texts()).await;
    let seen = cast.test.app.task(&cast.officer, id).await.unwrap().seen;
    cast.test
        .app
        .step_task(&cast.officer, id, seen, step("acknowledge"))
        .await
        .unwrap();
    let late = cast
        .test
        .app
        .step_task(&cast.director, id, seen, step("contest"))
        .await;
    assert!(matches!(late, Err(Error::Conflict { what: "task" })), "{late:?}");
    let head = cast.test.app.head();
    let twice = cast
        .test
        .app
        .step_task(&cast.officer, id, seen, step("acknowledge"))
        .await;
    assert!(matches!(twice, Err(Error::Conflict { .. })));
    assert_eq!(cast.test.app.head(), head);
}

#[tokio::test]
async fn a_task_that_is_not_clear_is_not_handed_over_and_each_field_is_named() {
    let cast = cast().await;
    let draft = async |texts: TaskTexts| cast.test.app.draft_task(&cast.chair, &texts).await;
    let empty = TaskTexts {
        assigner: "VN-11".to_owned(),
        hand_over: true,
        ..TaskTexts::default()
    };
    let mut missing = codes(draft(empty).await);
    missing.sort();
    assert_eq!(
        missing,
        ["due", "lead", "result", "title"].map(|field| ("task-field-missing", field.to_owned()))
    );
    for (texts, expected) in [
        (
            TaskTexts {
                due: "2026-12-32".to_owned(),
                ..texts()
            },
            ("not-a-date", "due"),
        ),
        (
            TaskTexts {
                start: "2026-12-21".to_owned(),
                ..texts()
            },
            ("due-before-start", "due"),
        ),
        (
            TaskTexts {
                due: "2026-11-01".to_owned(),
                ..texts()
            },
            ("due-before-start", "due"),
        ),
        (
            TaskTexts {
                leads: vec!["VN-11/magic".to_owned()],
                ..texts()
            },
            ("unknown-office", "lead"),
        ),
        // A district that ended on 1 July 2025.
        (
            TaskTexts {
                leads: vec!["VN-11-03127-x".to_owned()],
                ..texts()
            },
            ("unknown-office", "lead"),
        ),
        (
            TaskTexts {
                serves: "999999".to_owned(),
                ..texts()
            },
            ("unknown-target", "serves"),
        ),
        (
            TaskTexts {
                weight: "0".to_owned(),
                ..texts()
            },
            ("not-a-weight", "weight"),
        ),
        (
            TaskTexts {
                document: "1".to_owned(),
                quote: "Không có câu này".to_owned(),
                ..texts()
            },
            ("unknown-document", "document"),
        ),
    ] {
        let found = codes(draft(texts).await);
        assert!(
            found.contains(&(expected.0, expected.1.to_owned())),
            "{expected:?} in {found:?}"
        );
    }
    let denied = cast.test.app.draft_task(&cast.officer, &texts()).await;
    assert!(
        matches!(denied, Err(Error::Denied { .. })),
        "an officer directs nobody"
    );
}

#[tokio::test]
async fn an_office_that_ended_gets_no_task() {
    let cast = cast().await;
    for post in ["leader", "verifier", "reporter"] {
        let post = format!("VN-11/justice.{post}").parse().unwrap();
        let until = "2026-11-01".parse().unwrap();
        cast.test
            .app
            .end_post(&Actor::operator(), &post, until, "sáp nhập")
            .await
            .unwrap();
    }
    let ended = cast
        .test
        .app
        .end_department(
            &Actor::operator(),
            &"VN-11/justice".parse().unwrap(),
            "2026-11-01".parse().unwrap(),
            "sáp nhập",
        )
        .await;
    ended.unwrap();
    let texts = TaskTexts {
        leads: vec!["VN-11/justice".to_owned()],
        ..texts()
    };
    let refused = codes(cast.test.app.draft_task(&cast.chair, &texts).await);
    assert!(
        refused.contains(&("office-ended", "lead".to_owned())),
        "{refused:?}"
    );
}

#[tokio::test]
async fn an_office_ends_only_once_nothing_waits_for_it_and_says_what_does() {
    let cast = cast().await;
    let (operator, app) = (Actor::operator(), &cast.test.app);
    let finance: plan::Office = FINANCE.parse().unwrap();
    let before = app.office_ending(&operator, &finance).await.unwrap();
    let id = cast.task(texts()).await;
    let internal = TaskTexts {
        internal: true,
        title: "Việc không công khai".to_owned(),
        ..texts()
    };
    cast.task(internal).await;
    let supported = TaskTexts {
        leads: vec!["VN-11-03158".to_owned()],
        supporters: vec![FINANCE.to_owned()],
        ..texts()
    };
    cast.task(supported).await;
    let ending = app.office_ending(&operator, &finance).await.unwrap();
    assert_eq!(ending.led.count, before.led.count + 2);
    assert_eq!(ending.supported.count, before.supported.count + 1);
    let fresh = ending
        .led
        .shown
        .iter()
        .filter(|task| !before.led.shown.contains(task));
    let shown: Vec<_> = fresh.map(|(id, _)| *id).collect();
    assert_eq!(
        shown,
        [id],
        "who keeps offices is told no title that not everybody may know"
    );
    assert!(!ending.posts.is_empty() && !ending.is_free());
    let end = async |reason: &str| {
        let until = "2026-12-31".parse().unwrap();
        app.end_department(&operator, &finance, until, reason).await
    };
    let head = app.head();
    let refused = codes(end("").await);
    for code in ["missing-value", "post-outlives-office", "office-leads-tasks"] {
        assert!(
            refused.iter().any(|(found, _)| *found == code),
            "{code} in {refused:?}"
        );
    }
    assert_eq!(app.head(), head);
    // Who keeps no offices is told nothing.
    let denied = app.office_ending(&cast.director, &finance).await;
    assert!(matches!(denied, Err(Error::Denied { .. })), "{denied:?}");
    let nobody = app
        .office_ending(&operator, &"VN-11/khong-co".parse().unwrap())
        .await;
    assert!(matches!(nobody, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn before_a_post_ends_it_is_said_what_it_does_and_who_is_there_for_it() {
    let cast = cast().await;
    let (operator, app) = (Actor::operator(), &cast.test.app);
    let reporter: plan::PostId = "VN-11/finance.reporter".parse().unwrap();
    let id = cast.task(texts()).await;
    cast.take(&cast.director, id, step("acknowledge")).await.unwrap();
    let appoint = StepTexts {
        post: reporter.to_string(),
        ..step("appoint")
    };
    cast.take(&cast.director, id, appoint).await.unwrap();
    let ending = app.post_ending(&operator, &reporter).await.unwrap();
    assert_eq!((ending.holders, ending.tasks.count), (1, 1));
    assert_eq!(ending.tasks.shown[0].0, id);
    // A department has one reporter, and nobody above reports in its place.
    assert_eq!(ending.heirs, []);
    let leader = app
        .post_ending(&operator, &"VN-11/finance.leader".parse().unwrap())
        .await;
    let heirs = leader.unwrap().heirs;
    assert_eq!(
        (heirs[0].post.as_str(), heirs[0].held),
        ("VN-11.leader", true),
        "{heirs:?}"
    );
    let denied = app.post_ending(&cast.chair, &reporter).await;
    assert!(matches!(denied, Err(Error::Denied { .. })));
    // The post ends; the task stays with its office.
    let until = "2026-11-22".parse().unwrap();
    app.end_post(&operator, &reporter, until, "sắp xếp lại")
        .await
        .unwrap();
    assert_eq!(cast.stage(id).await, Stage::UnderWay);
}

#[tokio::test]
async fn the_lead_hands_parts_down_to_communes_and_nobody_else_does() {
    let cast = cast().await;
    let whole = cast.task(texts()).await;
    let part = TaskTexts {
        assigner: FINANCE.to_owned(),
        leads: vec!["VN-11-03158".to_owned(), "VN-11-03160".to_owned()],
        due: "2026-12-10".to_owned(),
        parent: whole.to_string(),
        ..texts()
    };
    let parts = cast.test.app.draft_task(&cast.director, &part).await.unwrap();
    assert_eq!(parts.len(), 2);
    let page = cast.test.app.task(&cast.director, whole).await.unwrap();
    assert_eq!(page.parts.len(), 2);
    cast.take(&cast.commune, parts[0], step("acknowledge"))
        .await
        .unwrap();
    assert_eq!(cast.stage(parts[0]).await, Stage::UnderWay);
    let other = cast.take(&cast.commune, parts[1], step("acknowledge")).await;
    assert!(
        matches!(other, Err(Error::Denied { .. })),
        "another commune's part"
    );
    let late = TaskTexts {
        due: "2027-12-10".to_owned(),
        ..part.clone()
    };
    assert_eq!(
        codes(cast.test.app.draft_task(&cast.director, &late).await),
        [("part-after-whole", "due".to_owned())]
    );
    let foreign = TaskTexts {
        assigner: "VN-11".to_owned(),
        ..part
    };
    let foreign = codes(cast.test.app.draft_task(&cast.chair, &foreign).await);
    assert!(
        foreign.contains(&("part-by-another", "assigner".to_owned())),
        "{foreign:?}"
    );
}

#[tokio::test]
async fn evidence_is_checked_and_only_those_concerned_fetch_it() {
    let cast = cast().await;
    let id = cast.task(texts()).await;
    cast.take(&cast.officer, id, step("acknowledge")).await.unwrap();
    let with = |files: Vec<(&str, &[u8])>, links: &str, observations: &str| StepTexts {
        files: files
            .into_iter()
            .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
            .collect(),
        links: links.to_owned(),
        observations: observations.to_owned(),
        ..step("progress")
    };
    let head = cast.test.app.head();
    let huge = vec![b'a'; app::task_act::LARGEST_FILE + 1];
    for (texts, expected) in [
        (
            with(vec![("báo cáo.pdf", b"MZ\x90\x00")], "", ""),
            ("task-evidence-type", "files"),
        ),
        (
            with(vec![("to.txt", &huge)], "", ""),
            ("task-evidence-too-large", "files"),
        ),
        (
            with(vec![], "javascript:alert(1)", ""),
            ("not-a-web-address", "links"),
        ),
        (
            with(vec![], "", "999999"),
            ("unknown-observation", "observations"),
        ),
        (
            StepTexts {
                per_cent: "140".to_owned(),
                ..step("progress")
            },
            ("not-per-cent", "per_cent"),
        ),
        (
            StepTexts {
                words: " ".to_owned(),
                ..step("progress")
            },
            ("missing-value", "words"),
        ),
    ] {
        let refused = codes(cast.take(&cast.officer, id, texts).await);
        assert_eq!(refused, [(expected.0, expected.1.to_owned())]);
    }
    assert_eq!(cast.test.app.head(), head, "nothing was recorded");
    let good = with(
        vec![("C:\\ảnh\\biên bản.pdf", b"%PDF-1.7")],
        "https://dienbien.gov.vn/a",
        "",
    );
    cast.take(&cast.officer, id, good).await.unwrap();
    let page = cast.test.app.task(&cast.chair, id).await.unwrap();
    let evidence = &page.timeline.last().unwrap().evidence;
    let plan::task::Evidence::File { name, sha256, .. } = &evidence[0] else {
        panic!("{evidence:?}")
    };
    assert_eq!(name, "biên bản.pdf");
    let (_, bytes) = cast
        .test
        .app
        .task_file(&cast.director, id, *sha256)
        .await
        .unwrap();
    assert_eq!(bytes, b"%PDF-1.7");
    let stranger = cast.test.app.task_file(&cast.commune, id, *sha256).await;
    assert!(matches!(stranger, Err(Error::NotFound { .. })));
    let public = cast.test.app.task_file(&Actor::public(), id, *sha256).await;
    assert!(matches!(public, Err(Error::SignIn { .. })));
}

#[tokio::test]
async fn boards_tell_whose_and_how_they_stand() {
    let cast = cast().await;
    let id = cast.task(texts()).await;
    let board = async |actor: &Actor, whose: Whose, standing| {
        let query = TaskQuery {
            whose,
            standing,
            ..TaskQuery::default()
        };
        let board = cast.test.app.task_board(actor, &query).await.unwrap();
        board.cards.iter().map(|card| card.id).collect::<Vec<_>>()
    };
    assert!(
        board(&cast.officer, Whose::WaitingForMe, None)
            .await
            .contains(&id)
    );
    assert!(!board(&cast.chair, Whose::WaitingForMe, None).await.contains(&id));
    cast.take(&cast.officer, id, step("acknowledge")).await.unwrap();
    cast.take(&cast.officer, id, step("difficulty")).await.unwrap();
    assert!(
        !board(&cast.officer, Whose::WaitingForMe, None)
            .await
            .contains(&id)
    );
    assert!(board(&cast.chair, Whose::WaitingForMe, None).await.contains(&id));
    assert!(
        board(&cast.officer, Whose::Mine, Some(Standing::Stuck))
            .await
            .contains(&id)
    );
    let office = Whose::Office(FINANCE.parse().unwrap());
    assert!(
        board(&Actor::public(), office.clone(), Some(Standing::Open))
            .await
            .contains(&id)
    );
    // The example's own task of 30 September is past its day, and says that its lead is made up.
    let late = board(&Actor::public(), office, Some(Standing::Late)).await;
    assert!(!late.is_empty());
    let page = cast.test.app.task(&Actor::public(), late[0]).await.unwrap();
    assert!(page.card.late && page.brief.power.contains("minh họa"));
    assert!(page.target.is_some(), "its target's series is there");
}

#[tokio::test]
async fn an_annex_is_taken_whole_or_not_at_all() {
    let cast = cast().await;
    let import = |text: &str| TaskImport {
        name: "phụ lục.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
        assigner: "VN-11".to_owned(),
        ..TaskImport::default()
    };
    let head = cast.test.app.head();
    let wrong = import(
        "Nhiệm vụ,Chủ trì,Phối hợp,Thời hạn\nViệc một,Sở Tài chính,,quý I/2027\nViệc hai,Sở Phép màu,,sớm\nViệc ba,,,2027\n",
    );
    let refused = cast.test.app.import_tasks(&cast.chair, &wrong).await;
    let Err(Error::Invalid(problems)) = refused else {
        panic!("{refused:?}")
    };
    let told: Vec<_> = problems
        .iter()
        .map(|problem| (problem.code, problem.place.row, problem.place.column.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("missing-value", Some(4), Some("lead")),
            ("unknown-office", Some(3), Some("lead")),
            ("not-a-deadline", Some(3), Some("due")),
        ]
    );
    assert_eq!(cast.test.app.head(), head, "nothing was recorded");
    let good = import(
        "Task,Lead,Support,Deadline\nOne thing,Department of Finance,all communes,Q1 2027\nTwo,UBND xã Sín Thầu,,thường xuyên\n",
    );
    let preview = cast.test.app.preview_tasks(&cast.chair, &good).await.unwrap();
    assert_eq!(
        (preview.rows.len(), preview.problems.len()),
        (2, 0),
        "{preview:?}"
    );
    assert_eq!(preview.rows[0].supporters.len(), 45);
    assert!(preview.rows[1].brief.standing);
    let done = cast.test.app.import_tasks(&cast.chair, &good).await.unwrap();
    assert_eq!((done.tasks.len(), done.known), (2, 0));
    let again = cast.test.app.import_tasks(&cast.chair, &good).await.unwrap();
    assert_eq!((again.tasks.len(), again.known), (0, 2));
    let officer = cast.test.app.import_tasks(&cast.officer, &good).await;
    assert!(matches!(officer, Err(Error::Denied { .. })));
}

#[tokio::test]
async fn a_digest_gathers_what_is_due_and_is_begun_once() {
    let cast = cast().await;
    let operator = Actor::operator();
    cast.test
        .app
        .set_own_address(&cast.officer, "can.bo@dienbien.gov.vn")
        .await
        .unwrap();
    let wrong = cast
        .test
        .app
        .set_own_address(&cast.officer, "a@b.vn\r\nBcc: x@y.vn")
        .await;
    assert_eq!(codes(wrong), [("not-a-mail-address", "address".to_owned())]);
    // The example's task of 30 September is 53 days over: it has climbed to the lead's leader and the assigner's.
    let digests = cast.test.app.digests(&operator).await.unwrap();
    let of = |actor: &Actor| {
        let user = actor.user().unwrap();
        digests.iter().find(|digest| digest.user == user).cloned()
    };
    let officer = of(&cast.officer).unwrap();
    assert_eq!(officer.address.as_deref(), Some("can.bo@dienbien.gov.vn"));
    assert!(
        officer
            .lines
            .iter()
            .any(|line| line.why == plan::task::reminder::Why::Overdue(53) && line.levels_up == 0)
    );
    assert!(
        of(&cast.director)
            .unwrap()
            .lines
            .iter()
            .any(|line| line.levels_up == 1)
    );
    assert!(
        of(&cast.chair)
            .unwrap()
            .lines
            .iter()
            .any(|line| line.levels_up == 2)
    );
    assert!(
        of(&cast.commune).is_none(),
        "who leads nothing late is told nothing"
    );
    assert!(
        cast.test
            .app
            .begin_digest(&operator, &officer, false)
            .await
            .unwrap()
    );
    assert!(
        !cast
            .test
            .app
            .begin_digest(&operator, &officer, false)
            .await
            .unwrap(),
        "two runs at once"
    );
    assert!(
        cast.test
            .app
            .begin_digest(&operator, &officer, true)
            .await
            .unwrap(),
        "asked for expressly"
    );
    cast.test.app.end_digest(&operator, &officer, true).await.unwrap();
    assert!(
        !cast
            .test
            .app
            .begin_digest(&operator, &officer, true)
            .await
            .unwrap(),
        "what was sent is not sent again"
    );
    assert!(matches!(
        cast.test.app.digests(&cast.officer).await,
        Err(Error::Denied { .. })
    ));
}

#[tokio::test]
async fn a_calendar_is_read_by_its_secret_address_until_it_is_revoked() {
    let cast = cast().await;
    let id = cast
        .task(TaskTexts {
            internal: true,
            ..texts()
        })
        .await;
    let public = Actor::public();
    let token = cast.test.app.new_calendar_address(&cast.officer).await.unwrap();
    let calendar = cast.test.app.personal_calendar(&public, &token).await.unwrap();
    let day = calendar
        .days
        .iter()
        .find(|day| day.uid == format!("task-{id}@rorang"))
        .unwrap();
    assert_eq!(day.day, "2026-12-20".parse().unwrap());
    let office = cast
        .test
        .app
        .office_calendar(&public, &FINANCE.parse().unwrap())
        .await
        .unwrap();
    assert!(
        office
            .days
            .iter()
            .all(|day| day.uid != format!("task-{id}@rorang")),
        "internal"
    );
    assert!(!office.days.is_empty());
    let second = cast.test.app.new_calendar_address(&cast.officer).await.unwrap();
    let gone = async |token: &str| {
        matches!(
            cast.test.app.personal_calendar(&public, token).await,
            Err(Error::NotFound { .. })
        )
    };
    assert!(gone(&token).await && !gone(&second).await);
    cast.test.app.end_calendar_address(&cast.officer).await.unwrap();
    assert!(gone(&second).await && gone("x").await);
}

#[tokio::test]
async fn which_fields_a_task_must_have_is_settled_by_the_administrator_and_holds_from_then_on() {
    use plan::task::{Field, RequiredFields};
    let cast = cast().await;
    let app = &cast.test.app;
    let before = cast.task(texts()).await;
    let six: Vec<String> = RequiredFields::six()
        .fields()
        .map(|field| field.code().to_owned())
        .collect();
    for nobody in [&Actor::public(), &cast.chair, &cast.officer] {
        let refused = app.set_required_fields(nobody, &six, "QĐ 12").await;
        assert!(
            matches!(refused, Err(Error::SignIn { .. } | Error::Denied { .. })),
            "{refused:?}"
        );
    }
    let administrator = cast.test.person(app::policy::Role::Administrator).await;
    let head = app.head();
    let wrong = app
        .set_required_fields(&administrator, &["title".to_owned(), "magic".to_owned()], " ")
        .await;
    assert_eq!(
        codes(wrong),
        [
            ("unknown-task-field", "required".to_owned()),
            ("task-rules-no-reason", "reason".to_owned())
        ]
    );
    let four: Vec<String> = RequiredFields::four()
        .fields()
        .map(|field| field.code().to_owned())
        .collect();
    assert!(
        !app.set_required_fields(&administrator, &four, "QĐ 12")
            .await
            .unwrap(),
        "these hold already"
    );
    assert_eq!(app.head(), head, "nothing was recorded");
    assert_eq!(app.task_rules(&administrator).await.unwrap().entry, None);

    assert!(
        app.set_required_fields(&administrator, &six, "QĐ 12")
            .await
            .unwrap()
    );
    let rules = app.task_rules(&administrator).await.unwrap();
    assert_eq!(rules.required, RequiredFields::six().fields().collect::<Vec<_>>());
    assert!(rules.entry.is_some());
    let refused = app.draft_task(&cast.chair, &texts()).await;
    let missing = codes(refused);
    assert_eq!(
        missing,
        [Field::Power, Field::Product].map(|field| ("task-field-missing", field.code().to_owned()))
    );
    let whole = TaskTexts {
        product: "Tờ trình".to_owned(),
        power: "Điều 12".to_owned(),
        ..texts()
    };
    assert_eq!(app.draft_task(&cast.chair, &whole).await.unwrap().len(), 1);
    assert_eq!(
        cast.stage(before).await,
        Stage::HandedOver,
        "what was handed over before stays"
    );
}

#[tokio::test]
async fn a_board_finds_words_with_or_without_marks_and_stands_in_the_order_asked_for() {
    let cast = cast().await;
    let mut ids = Vec::new();
    for title in [
        "Rà soát đường vào bản Phiêng Ban",
        "Sửa 100% cầu treo, đợt 1",
        "Đo đạc lại đất rừng",
    ] {
        let task = TaskTexts {
            title: title.to_owned(),
            ..texts()
        };
        ids.push(cast.task(task).await);
    }
    let board = async |words: &str, order: Order| {
        let query = TaskQuery {
            words: words.to_owned(),
            order,
            ..TaskQuery::default()
        };
        let board = cast.test.app.task_board(&cast.chair, &query).await.unwrap();
        let found: Vec<TaskId> = board.cards.iter().map(|card| card.id).collect();
        assert_eq!(board.counts.all, found.len() as u64, "{words}");
        found
    };
    assert_eq!(board("phieng BAN", Order::Due).await, [ids[0]]);
    assert_eq!(board("vào đường", Order::Due).await, [ids[0]]);
    // The signs of a pattern are letters like others.
    assert_eq!(board("100%", Order::Due).await, [ids[1]]);
    assert!(board("100_", Order::Due).await.is_empty());
    assert!(board("không có từ nào như thế", Order::Due).await.is_empty());
    // What the lead is called is looked through too: all three are led by the Department of Finance.
    let of_lead = board("so tai chinh", Order::Newest).await;
    assert!(ids.iter().all(|id| of_lead.contains(id)), "{of_lead:?}");
    assert!(of_lead.is_sorted_by(|a, b| b.0 < a.0));
    // A step makes a task the last of those on which nothing happens.
    cast.take(&cast.officer, ids[0], step("acknowledge"))
        .await
        .unwrap();
    let silent = board("", Order::Silent).await;
    assert_eq!(silent.iter().filter(|id| ids.contains(id)).count(), 3);
}
