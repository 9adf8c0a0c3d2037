//! Scores: made from what was done with tasks, told to who may know of the office, and to nobody else.

use app::policy::Action;
use app::score::{GeneralTexts, RulesTexts, Whose};
use app::task_act::{StepTexts, TaskTexts};
use app::{Actor, Error};
use plan::task::Outcome;
use plan::{Office, TaskId};
use terms::{Decimal, TimePeriod};

use crate::test_app::TestApp;

const COMMUNE: &str = "VN-11-03158";
const QUARTER: TimePeriod = TimePeriod::Quarter(2026, 4);

async fn hand_over(test: &TestApp, chair: &Actor, weight: &str) -> TaskId {
    let texts = TaskTexts {
        assigner: "VN-11".to_owned(),
        title: "Rà soát hộ nghèo".to_owned(),
        leads: vec![COMMUNE.to_owned()],
        due: "2026-12-20".to_owned(),
        result: "Danh sách được duyệt".to_owned(),
        weight: weight.to_owned(),
        hand_over: true,
        ..TaskTexts::default()
    };
    test.app.draft_task(chair, &texts).await.unwrap()[0]
}

async fn take(test: &TestApp, actor: &Actor, id: TaskId, act: &str, marked: bool) {
    let seen = test.app.task(actor, id).await.unwrap().seen;
    let texts = StepTexts {
        act: act.to_owned(),
        words: "theo kế hoạch".to_owned(),
        marked,
        ..StepTexts::default()
    };
    test.app.step_task(actor, id, seen, texts).await.unwrap();
}

#[tokio::test]
async fn what_was_done_comes_to_points_each_with_its_task() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let commune = test.holder("VN-11-03158.reporter").await;
    let office: Office = COMMUNE.parse().unwrap();
    let before = test.app.score_of(&chair, &office, Some(QUARTER)).await.unwrap();
    assert_eq!(
        before.score, None,
        "the example gives this commune no task of the quarter"
    );

    // Counts for three, sent back once for a grave error, then confirmed.
    let first = hand_over(&test, &chair, "3").await;
    take(&test, &commune, first, "acknowledge", false).await;
    take(&test, &commune, first, "submit", false).await;
    take(&test, &chair, first, "return", true).await;
    take(&test, &commune, first, "submit", false).await;
    take(&test, &chair, first, "confirm", false).await;
    // Handed in, not confirmed.
    let second = hand_over(&test, &chair, "").await;
    take(&test, &commune, second, "acknowledge", false).await;
    take(&test, &commune, second, "submit", false).await;

    let page = test.app.score_of(&commune, &office, None).await.unwrap();
    assert_eq!(page.frame.period, QUARTER, "the quarter of today");
    let score = page.score.unwrap();
    let outcomes: Vec<_> = score.items.iter().map(|item| (item.task, item.outcome)).collect();
    assert!(outcomes.contains(&(first, Outcome::InTime)) && outcomes.contains(&(second, Outcome::Waiting)));
    assert_eq!(outcomes.len(), 2);
    // 3 of 4 done; the grave error leaves 2.25 of quality: 70 × (3 + 2.25 + 3) ÷ 12 = 48.125.
    assert_eq!(score.assigned, Decimal::from(4));
    assert_eq!(score.result, "48.125".parse().unwrap());
    assert_eq!(score.grades, None, "the quarter is not over");
    assert!(score.provisional && score.general.is_none());
    assert_eq!(page.tasks.len(), 2);

    // The board tells the same; before there were rules nothing is scored.
    let board = test.app.scores(&chair, Some(QUARTER)).await.unwrap();
    let told = board.offices.iter().find(|(name, _)| name.office == office);
    assert_eq!(told.map(|(_, told)| told), Some(&score));
    let old = test
        .app
        .scores(&chair, Some(TimePeriod::Quarter(2025, 4)))
        .await
        .unwrap();
    assert!(old.frame.rules.is_none() && old.offices.is_empty());
}

#[tokio::test]
async fn scores_are_for_who_may_know_of_the_office() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let other = test.holder("VN-11-03127.reporter").await;
    let office: Office = COMMUNE.parse().unwrap();
    hand_over(&test, &chair, "").await;
    let asked = test.app.score_of(&other, &office, None).await;
    assert!(matches!(asked, Err(Error::NotFound { .. })), "{asked:?}");
    let board = test.app.scores(&other, None).await.unwrap();
    assert!(
        board
            .offices
            .iter()
            .all(|(name, _)| name.office.to_string() == "VN-11-03127")
    );
    assert!(!test.app.scores(&chair, None).await.unwrap().offices.is_empty());
    for answer in [
        test.app.scores(&Actor::public(), None).await.map(|_| ()),
        test.app
            .score_of(&Actor::public(), &office, None)
            .await
            .map(|_| ()),
    ] {
        assert!(
            matches!(
                answer,
                Err(Error::SignIn {
                    action: Action::ReadScores
                })
            ),
            "{answer:?}"
        );
    }
    let year = test.app.scores(&chair, Some(TimePeriod::Year(2026))).await;
    assert!(matches!(year, Err(Error::NotFound { .. })), "{year:?}");
}

fn points(points: &str) -> GeneralTexts {
    GeneralTexts {
        points: points.to_owned(),
        reason: "Họp đánh giá ngày 20/11".to_owned(),
        links: "https://dienbien.gov.vn/bien-ban-20".to_owned(),
        ..GeneralTexts::default()
    }
}

fn codes(error: &Error) -> Vec<&str> {
    match error {
        Error::Invalid(list) => list.iter().map(|one| one.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_general_part_comes_from_above_with_a_reason_and_every_one_given_stays_readable() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let head = test.holder("VN-11-03158.leader").await;
    let office: Office = COMMUNE.parse().unwrap();
    let whole = Whose::office(office.clone());
    hand_over(&test, &chair, "").await;
    let give = async |actor: &Actor, whose: &Whose, seen, texts| {
        test.app.give_general(actor, whose, QUARTER, seen, texts).await
    };

    // The commune's own head may not score the commune, and nobody but leaders may score at all.
    let denied = give(&head, &whole, 0, points("27,5")).await;
    let Err(Error::Denied { who, .. }) = &denied else {
        panic!("{denied:?}")
    };
    assert_eq!(
        who[0]
            .office
            .as_ref()
            .map(|(office, _)| office.to_string())
            .as_deref(),
        Some("VN-11")
    );
    let planner = test.holder("VN-11.planner").await;
    assert!(matches!(
        give(&planner, &whole, 0, points("27,5")).await,
        Err(Error::Denied { .. })
    ));

    // What cannot be is named, and nothing is recorded.
    let wrong = GeneralTexts {
        reason: " ".to_owned(),
        links: "javascript:alert(1)".to_owned(),
        ..points("30,01")
    };
    let refused = give(&chair, &whole, 0, wrong).await.unwrap_err();
    assert_eq!(
        codes(&refused),
        ["score-points", "score-no-reason", "not-a-web-address"]
    );
    for text in ["31", "-1", "27,555", "ba mươi", ""] {
        assert_eq!(
            codes(&give(&chair, &whole, 0, points(text)).await.unwrap_err()),
            ["score-points"],
            "{text}"
        );
    }
    let early = test
        .app
        .give_general(&chair, &whole, TimePeriod::Quarter(2027, 1), 0, points("20"));
    assert_eq!(codes(&early.await.unwrap_err()), ["score-period-ahead"]);
    let nothing = GeneralTexts {
        withdraw: true,
        ..points("")
    };
    assert_eq!(
        codes(&give(&chair, &whole, 0, nothing.clone()).await.unwrap_err()),
        ["score-nothing-given"]
    );
    assert!(
        test.app
            .score_of(&chair, &office, Some(QUARTER))
            .await
            .unwrap()
            .given
            .is_empty()
    );

    // Given, seen by a second person who has not seen it yet, corrected, taken back.
    give(&chair, &whole, 0, points("27,5")).await.unwrap();
    assert!(matches!(
        give(&chair, &whole, 0, points("20")).await,
        Err(Error::Conflict { .. })
    ));
    let page = test.app.score_of(&head, &office, Some(QUARTER)).await.unwrap();
    assert_eq!(
        page.score.as_ref().unwrap().general,
        Some("27.5".parse().unwrap())
    );
    assert!(
        !page.may_give
            && page
                .general
                .as_ref()
                .is_some_and(|given| given.evidence.len() == 1)
    );
    let form = test.app.general_form(&chair, &whole, QUARTER).await.unwrap();
    give(&chair, &whole, form.seen, points("25")).await.unwrap();
    let seen = test.app.general_form(&chair, &whole, QUARTER).await.unwrap().seen;
    give(&chair, &whole, seen, nothing).await.unwrap();
    let page = test.app.score_of(&chair, &office, Some(QUARTER)).await.unwrap();
    assert_eq!((page.score.unwrap().general, page.may_give), (None, true));
    let history: Vec<_> = page
        .given
        .iter()
        .map(|given| (given.points, given.counts))
        .collect();
    assert_eq!(
        history,
        [
            (None, false),
            (Some(Decimal::from(25)), false),
            (Some("27.5".parse().unwrap()), false)
        ]
    );
    assert!(
        page.given
            .iter()
            .all(|given| given.who.is_some() && !given.reason.is_empty())
    );
    let board = test.app.scores(&chair, Some(QUARTER)).await.unwrap();
    let told = board.offices.iter().find(|(name, _)| name.office == office);
    assert_eq!(told.and_then(|(_, score)| score.general), None);
}

#[tokio::test]
async fn a_post_is_scored_by_the_own_leader_but_never_by_its_holder() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let head = test.holder("VN-11-03158.leader").await;
    let office: Office = COMMUNE.parse().unwrap();
    let of = |post: &str, holder| Whose {
        office: office.clone(),
        post: Some(post.parse().unwrap()),
        holder,
    };
    let reporter = test.holder("VN-11-03158.reporter").await;
    let page = test.app.score_of(&head, &office, Some(QUARTER)).await.unwrap();
    let rows: Vec<_> = page
        .posts
        .iter()
        .map(|post| (post.post.to_string(), post.holder.is_some(), post.may_give))
        .collect();
    assert_eq!(
        rows,
        [
            ("VN-11-03158.leader".to_owned(), true, false),
            ("VN-11-03158.reporter".to_owned(), true, true)
        ]
    );
    // Its holder is named, so the points are that person's.
    let whose = of("VN-11-03158.reporter", reporter.user());
    test.app
        .give_general(&head, &whose, QUARTER, 0, points("28"))
        .await
        .unwrap();
    let own = of("VN-11-03158.leader", head.user());
    let denied = test.app.give_general(&head, &own, QUARTER, 0, points("30")).await;
    assert!(matches!(denied, Err(Error::Denied { .. })), "{denied:?}");
    test.app
        .give_general(&chair, &own, QUARTER, 0, points("26"))
        .await
        .unwrap();
    for wrong in [
        of("VN-11-03158.reporter", None),
        of("VN-11-03158.reporter", Some(plan::UserId(999_999))),
        of("VN-11.planner", None),
    ] {
        let missing = test
            .app
            .give_general(&chair, &wrong, QUARTER, 0, points("1"))
            .await;
        assert!(matches!(missing, Err(Error::NotFound { .. })), "{missing:?}");
    }
    let page = test
        .app
        .score_of(&reporter, &office, Some(QUARTER))
        .await
        .unwrap();
    let given: Vec<_> = page
        .posts
        .iter()
        .map(|post| post.general.as_ref().and_then(|given| given.points))
        .collect();
    assert_eq!(given, [Some(Decimal::from(26)), Some(Decimal::from(28))]);
}

#[tokio::test]
async fn rules_hold_from_a_day_to_come_and_a_period_that_has_begun_keeps_its_own() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let keeper = test.holder("VN-11.administrator").await;
    hand_over(&test, &chair, "").await;
    let view = test.app.score_rules(&chair).await.unwrap();
    assert!(!view.may_set && view.set.len() == 1 && view.seen == 0);
    let texts = RulesTexts {
        valid_from: "2027-01-01".to_owned(),
        general: "40".to_owned(),
        result: "60".to_owned(),
        quantity: "2".to_owned(),
        source: "Quyết định 1/QĐ-UBND".to_owned(),
        verified: true,
        reason: "Theo quyết định mới".to_owned(),
        ..RulesTexts::of(&view.today.unwrap())
    };
    let set =
        async |actor: &Actor, seen, texts: &RulesTexts| test.app.set_score_rules(actor, seen, texts).await;
    assert!(matches!(set(&chair, 0, &texts).await, Err(Error::Denied { .. })));
    for (wrong, code) in [
        (
            RulesTexts {
                valid_from: "2026-10-01".to_owned(),
                ..texts.clone()
            },
            "score-rules-past",
        ),
        (
            RulesTexts {
                valid_from: "2026-11-22".to_owned(),
                ..texts.clone()
            },
            "score-rules-past",
        ),
        (
            RulesTexts {
                valid_from: String::new(),
                ..texts.clone()
            },
            "missing-value",
        ),
        (
            RulesTexts {
                valid_from: "2027-02-30".to_owned(),
                ..texts.clone()
            },
            "not-a-date",
        ),
        (
            RulesTexts {
                general: "41".to_owned(),
                ..texts.clone()
            },
            "score-rules-sum",
        ),
        (
            RulesTexts {
                general: "bốn mươi".to_owned(),
                ..texts.clone()
            },
            "score-rules-number",
        ),
        (
            RulesTexts {
                good: "95".to_owned(),
                ..texts.clone()
            },
            "score-rules-grades",
        ),
        (
            RulesTexts {
                progress: "-3".to_owned(),
                ..texts.clone()
            },
            "score-rules-shares",
        ),
        (
            RulesTexts {
                fault_per_cent: "101".to_owned(),
                ..texts.clone()
            },
            "score-rules-per-cent",
        ),
        (
            RulesTexts {
                source: " ".to_owned(),
                ..texts.clone()
            },
            "score-rules-source",
        ),
        (
            RulesTexts {
                reason: String::new(),
                ..texts.clone()
            },
            "score-no-reason",
        ),
    ] {
        assert_eq!(codes(&set(&keeper, 0, &wrong).await.unwrap_err()), [code]);
    }
    let before = test.app.scores(&chair, Some(QUARTER)).await.unwrap();
    set(&keeper, 0, &texts).await.unwrap();
    assert!(
        matches!(set(&keeper, 0, &texts).await, Err(Error::Conflict { .. })),
        "seen before"
    );
    // This quarter as it was; the next by the new rules.
    assert_eq!(test.app.scores(&chair, Some(QUARTER)).await.unwrap(), before);
    let next = test
        .app
        .scores(&chair, Some(TimePeriod::Quarter(2027, 1)))
        .await
        .unwrap();
    let rules = next.frame.rules.unwrap();
    assert_eq!(
        (rules.general, rules.quantity, rules.verified),
        (Decimal::from(40), Decimal::from(2), true)
    );
    // That somebody compared today's rules with the law may be said for their own first day, without moving a point.
    let view = test.app.score_rules(&keeper).await.unwrap();
    let checked = RulesTexts {
        valid_from: "2026-01-01".to_owned(),
        verified: true,
        reason: "Đã đọc nguyên văn".to_owned(),
        ..RulesTexts::of(&view.today.unwrap())
    };
    set(&keeper, view.seen, &checked).await.unwrap();
    let view = test.app.score_rules(&keeper).await.unwrap();
    assert!(view.today.unwrap().verified && view.set.len() == 3);
    let replaced: Vec<bool> = view.set.iter().map(|set| set.replaced).collect();
    assert_eq!(
        replaced,
        [false, false, true],
        "the decree's own, by the entry for its first day"
    );
}

#[tokio::test]
async fn a_task_that_went_on_leaves_its_mark_with_who_missed_it() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let chair = test.holder("VN-11.leader").await;
    let other = test.holder("VN-11-03127.reporter").await;
    // Of an old plan: overdue since 20 October, with the commune until today.
    let texts = TaskTexts {
        assigner: "VN-11".to_owned(),
        title: "Rà soát hộ nghèo".to_owned(),
        leads: vec![COMMUNE.to_owned()],
        start: "2026-10-01".to_owned(),
        due: "2026-10-20".to_owned(),
        result: "Danh sách được duyệt".to_owned(),
        hand_over: true,
        ..TaskTexts::default()
    };
    let id = test.app.draft_task(&chair, &texts).await.unwrap()[0];
    let seen = test.app.task(&chair, id).await.unwrap().seen;
    let on = StepTexts {
        act: "reassign".to_owned(),
        office: "VN-11-03127".to_owned(),
        words: "Xã không đủ người".to_owned(),
        ..StepTexts::default()
    };
    test.app.step_task(&chair, id, seen, on).await.unwrap();
    take(&test, &other, id, "acknowledge", false).await;
    take(&test, &other, id, "submit", false).await;
    take(&test, &chair, id, "confirm", false).await;
    let outcome = async |office: &str| {
        let page = test
            .app
            .score_of(&chair, &office.parse().unwrap(), Some(QUARTER))
            .await
            .unwrap();
        let items = page.score.map(|score| score.items).unwrap_or_default();
        items
            .into_iter()
            .find(|item| item.task == id)
            .map(|item| item.outcome)
    };
    assert_eq!(
        outcome(COMMUNE).await,
        Some(Outcome::Undone),
        "missed while it was there"
    );
    assert_eq!(
        outcome("VN-11-03127").await,
        Some(Outcome::TakenLate),
        "no delay of its own"
    );
}
