//! Signing in and out.

use app::account_event::EventQuery;
use app::policy::Role;
use app::session::SignInRefused;
use app::{Actor, Error};

use crate::test_app::TestApp;

const ADDRESS: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

#[tokio::test]
async fn a_session_begins_with_the_password_and_ends_with_sign_out() {
    let test = TestApp::new().await;
    let operator = Actor::operator();
    test.app
        .add_user(&operator, "Lò  Thị Mai", Role::Planner, "một mật khẩu dài")
        .await
        .unwrap();
    let session = test
        .app
        .sign_in("lò thị mai", "một mật khẩu dài", ADDRESS)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((session.token.len(), session.actor.csrf().len()), (64, 64));
    let actor = test.app.actor(&session.token).await.unwrap();
    assert_eq!(
        (actor.name(), actor.posts()[0].role),
        ("Lò Thị Mai", Role::Planner)
    );
    assert_eq!(actor.csrf(), session.actor.csrf());
    test.app.sign_out(&session.token).await.unwrap();
    assert_eq!(test.app.actor(&session.token).await.unwrap(), Actor::public());
    for forged in ["", "x", &"0".repeat(64)] {
        assert_eq!(test.app.actor(forged).await.unwrap(), Actor::public());
    }
}

#[tokio::test]
async fn wrong_passwords_are_refused_alike_and_then_for_a_while() {
    let test = TestApp::new().await;
    test.app
        .add_user(&Actor::operator(), "Mai", Role::Planner, "một mật khẩu dài")
        .await
        .unwrap();
    let wrong = Err(SignInRefused::WrongNameOrPassword);
    assert_eq!(
        test.app.sign_in("không có ai", "x", ADDRESS).await.unwrap(),
        wrong
    );
    for _ in 0..5 {
        assert_eq!(test.app.sign_in("Mai", "sai", ADDRESS).await.unwrap(), wrong);
    }
    let waiting = test
        .app
        .sign_in("Mai", "một mật khẩu dài", ADDRESS)
        .await
        .unwrap();
    assert_eq!(waiting, Err(SignInRefused::TooManyAttempts { wait_s: 900 }));
}

#[tokio::test]
async fn a_person_let_go_is_out_at_once() {
    let test = TestApp::new().await;
    let operator = Actor::operator();
    test.app
        .add_user(&operator, "Mai", Role::Administrator, "một mật khẩu dài")
        .await
        .unwrap();
    let session = test
        .app
        .sign_in("Mai", "một mật khẩu dài", ADDRESS)
        .await
        .unwrap()
        .unwrap();
    test.app.end_user(&operator, "Mai").await.unwrap();
    assert_eq!(test.app.actor(&session.token).await.unwrap(), Actor::public());
    assert!(
        test.app
            .sign_in("Mai", "một mật khẩu dài", ADDRESS)
            .await
            .unwrap()
            .is_err()
    );
}

#[tokio::test]
async fn names_and_passwords_must_be_usable() {
    let test = TestApp::new().await;
    let operator = Actor::operator();
    test.app
        .add_user(&operator, "Mai", Role::Planner, "một mật khẩu dài")
        .await
        .unwrap();
    for (name, password, code) in [
        (" ", "một mật khẩu dài", "user-name-unusable"),
        ("MAI", "một mật khẩu dài", "user-name-taken"),
        ("Lan", "ngắn", "password-too-short"),
    ] {
        let refused = test.app.add_user(&operator, name, Role::Planner, password).await;
        assert!(
            matches!(refused, Err(Error::Invalid(wrong)) if wrong[0].code == code),
            "{code}"
        );
    }
    let generated = app::password::new_password().unwrap();
    assert_eq!(generated.len(), 20);
    assert_ne!(generated, app::password::new_password().unwrap());
}

/// The account of the example has no password: nobody may come in by it.
#[tokio::test]
async fn the_example_account_cannot_sign_in() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let refused = test
        .app
        .sign_in(app::example::EXAMPLE_ACCOUNT, "", ADDRESS)
        .await
        .unwrap();
    assert_eq!(refused, Err(SignInRefused::WrongNameOrPassword));
}

/// An office behind one address signs in as often as it likes; what is wrong from there still counts.
#[tokio::test]
async fn right_sign_ins_do_not_lock_an_address_out() {
    let test = TestApp::new().await;
    test.app
        .add_user(&Actor::operator(), "Mai", Role::Planner, "một mật khẩu dài")
        .await
        .unwrap();
    for _ in 0..35 {
        let session = test
            .app
            .sign_in("Mai", "một mật khẩu dài", ADDRESS)
            .await
            .unwrap();
        assert!(session.is_ok());
    }
    for number in 0..30 {
        let wrong = test
            .app
            .sign_in(&format!("ai {number}"), "sai", ADDRESS)
            .await
            .unwrap();
        assert_eq!(wrong, Err(SignInRefused::WrongNameOrPassword), "{number}");
    }
    let waiting = test
        .app
        .sign_in("Mai", "một mật khẩu dài", ADDRESS)
        .await
        .unwrap();
    assert!(matches!(waiting, Err(SignInRefused::TooManyAttempts { .. })));
}

/// A clock that the test moves.
fn moving() -> terms::Timestamp {
    terms::Timestamp::from_second(NOW.load(std::sync::atomic::Ordering::Relaxed)).unwrap()
}

static NOW: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(1_795_323_600);

#[tokio::test]
async fn a_session_runs_out_after_twelve_hours() {
    let folder = tempfile::tempdir().unwrap();
    let app = app::App::open_with_clock(&folder.path().join("register.db"), moving)
        .await
        .unwrap();
    app.add_user(&Actor::operator(), "Mai", Role::Planner, "một mật khẩu dài")
        .await
        .unwrap();
    let session = app
        .sign_in("Mai", "một mật khẩu dài", ADDRESS)
        .await
        .unwrap()
        .unwrap();
    let pass = |seconds: i64| NOW.fetch_add(seconds, std::sync::atomic::Ordering::Relaxed);
    for _ in 0..11 {
        pass(60 * 60);
        assert!(app.actor(&session.token).await.unwrap().user().is_some());
    }
    pass(60 * 60 - 1);
    assert!(app.actor(&session.token).await.unwrap().user().is_some());
    pass(1);
    assert_eq!(app.actor(&session.token).await.unwrap(), Actor::public());

    // Left alone: two hours, or what the configuration says, from the last use.
    let session = app.sign_in("Mai", "một mật khẩu dài", ADDRESS).await;
    let token = session.unwrap().unwrap().token;
    pass(2 * 60 * 60 - 1);
    assert!(app.actor(&token).await.unwrap().user().is_some());
    pass(2 * 60 * 60 - 1);
    assert!(
        app.actor(&token).await.unwrap().user().is_some(),
        "it was used meanwhile"
    );
    pass(2 * 60 * 60);
    assert_eq!(app.actor(&token).await.unwrap(), Actor::public());
    app.limit_sessions(app::session::SessionLimits {
        longest_s: 3600,
        idle_s: 600,
    });
    let session = app.sign_in("Mai", "một mật khẩu dài", ADDRESS).await;
    let session = session.unwrap().unwrap();
    assert_eq!(session.max_age_s, 3600);
    pass(600);
    assert_eq!(app.actor(&session.token).await.unwrap(), Actor::public());
}

/// Starting the program anew forgives no attempt and loses no challenge.
#[tokio::test]
async fn attempts_and_challenges_outlive_the_process() {
    let test = TestApp::new().await;
    test.app
        .add_user(&Actor::operator(), "Mai", Role::Planner, "một mật khẩu dài")
        .await
        .unwrap();
    let session = test.app.sign_in("Mai", "một mật khẩu dài", ADDRESS).await;
    let mai = session.unwrap().unwrap().actor;
    let enrolment = test.app.begin_second_factor(&mai).await.unwrap();
    let code = |second| crate::people::code_of(&enrolment.address, second);
    let first = code(1_795_323_570);
    test.app.confirm_second_factor(&mai, &first).await.unwrap();
    let challenge = match test
        .app
        .sign_in("mai", "một mật khẩu dài", ADDRESS)
        .await
        .unwrap()
    {
        Err(SignInRefused::SecondFactor { challenge }) => challenge,
        other => panic!("{other:?}"),
    };
    for _ in 0..4 {
        let wrong = test.app.sign_in("Mai", "sai", ADDRESS).await.unwrap();
        assert_eq!(wrong, Err(SignInRefused::WrongNameOrPassword));
    }
    let after = test.reopened().await;
    let waiting = after.sign_in("Mai", "một mật khẩu dài", ADDRESS).await.unwrap();
    assert_eq!(waiting, Err(SignInRefused::TooManyAttempts { wait_s: 900 }));
    let from = app::session::From {
        address: ADDRESS,
        device: String::new(),
    };
    let answered = after
        .answer_challenge(&challenge, &code(1_795_323_600), &from)
        .await;
    assert!(answered.unwrap().is_ok());
}

/// What happened is kept with who and how; of a name that nobody has, only that somebody tried.
#[tokio::test]
async fn what_happens_at_the_door_is_kept_without_secrets() {
    let test = TestApp::new().await;
    let operator = Actor::operator();
    test.app
        .add_user(&operator, "Mai", Role::Planner, "một mật khẩu dài")
        .await
        .unwrap();
    for (name, password) in [("Mai", "sai-mat-khau"), ("mat-khau-go-nham", "sai-mat-khau")] {
        let refused = test.app.sign_in(name, password, ADDRESS).await.unwrap();
        assert_eq!(refused, Err(SignInRefused::WrongNameOrPassword));
    }
    let session = test.app.sign_in("Mai", "một mật khẩu dài", ADDRESS).await;
    let token = session.unwrap().unwrap().token;
    assert!(!test.app.sign_out(&token).await.unwrap());
    let all = EventQuery::default();
    let events = test.app.account_events(&operator, &all).await.unwrap().events;
    let told: Vec<_> = events
        .iter()
        .map(|event| {
            (
                event.what.code(),
                event.user.as_ref().map(|(_, name)| name.as_str()),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("signed-out", Some("Mai")),
            ("signed-in", Some("Mai")),
            ("wrong-password", None),
            ("wrong-password", Some("Mai")),
            ("added", Some("Mai")),
        ]
    );
    let shown = format!("{events:?}");
    assert!(!shown.contains("mat-khau"), "{shown}");
    let planner = test.person(Role::Planner).await;
    let refused = test.app.account_events(&planner, &all).await;
    assert!(matches!(refused, Err(Error::Denied { .. })));
}

/// The list is read page by page, by person and by day; nobody sees what another office keeps.
#[tokio::test]
async fn what_happened_is_read_page_by_page_by_person_and_by_day() {
    let test = TestApp::new().await;
    let operator = Actor::operator();
    for name in ["Mai", "Lan"] {
        test.app
            .add_user(&operator, name, Role::Planner, "một mật khẩu dài")
            .await
            .unwrap();
    }
    let mai = test.app.user_named(&operator, "Mai").await.unwrap();
    // 30 of each, and that the two were added: 62.
    for _ in 0..30 {
        for id in [mai, test.app.user_named(&operator, "Lan").await.unwrap()] {
            test.app.end_sessions_of(&operator, id).await.unwrap();
        }
    }
    let read = async |query: EventQuery| test.app.account_events(&operator, &query).await.unwrap();
    let first = read(EventQuery::default()).await;
    assert_eq!(first.events.len(), 50);
    let second = read(EventQuery {
        older_than: first.older,
        ..EventQuery::default()
    })
    .await;
    assert_eq!((second.events.len(), second.older), (12, None));
    assert_eq!(second.events[11].what.code(), "added");
    let of_mai = EventQuery {
        person: Some(mai),
        ..EventQuery::default()
    };
    let of_mai = read(of_mai).await;
    assert_eq!((of_mai.events.len(), of_mai.older), (31, None));
    assert!(
        of_mai
            .events
            .iter()
            .all(|event| event.user == Some((mai, "Mai".to_owned())))
    );
    // The clock of tests stands at noon on 22 November 2026 in Việt Nam.
    let today = test.app.today();
    for (from, until, count) in [
        (Some(today), Some(today), 50),
        (Some(today.tomorrow().unwrap()), None, 0),
        (None, Some(today.yesterday().unwrap()), 0),
    ] {
        let query = EventQuery {
            from,
            until,
            ..EventQuery::default()
        };
        assert_eq!(read(query).await.events.len(), count, "{from:?} {until:?}");
    }
    let nobody = EventQuery {
        person: Some(plan::UserId(999)),
        ..EventQuery::default()
    };
    let refused = test.app.account_events(&operator, &nobody).await;
    assert!(matches!(refused, Err(Error::NotFound { .. })));
}
