//! Signing in by the province's directory: who comes in, who does not, and what is kept of it. The directory is one
//! that does what a test wants; a real one is started by `e2e/oidc`.

use app::account_event::EventQuery;
use app::account_event::{Doer, EventView};
use app::org::Texts;
use app::policy::Role;
use app::session::{From, NewSession, SignInRefused};
use app::single_sign_on::{Away, Back, FindBy, Outcome, Refusal, SingleSignOn, Strong};
use app::view::Bilingual;
use app::{Actor, Error};
use oidc::Flaw;
use plan::AccountEvent;
use serde_json::{Value, json};

use crate::enemy::{Enemy, ISSUER};
use crate::people::code_of;
use crate::test_app::TestApp;

const PASSWORD: &str = "ruong-bac-thang-2026";
/// The second of the test's clock.
const SECOND: i64 = 1_795_323_600;

fn from() -> From {
    From {
        address: [10, 0, 0, 7].into(),
        device: "a browser".to_owned(),
    }
}

/// A register with a directory, and Lan, a planner with a password.
async fn house(find_by: FindBy, make: bool, strong: Vec<Strong>) -> (TestApp, Enemy) {
    let (test, enemy) = (TestApp::new().await, Enemy::default());
    test.app.sign_on_by(SingleSignOn {
        provider: enemy.provider(),
        name: Bilingual {
            vi: "Thư mục tỉnh".to_owned(),
            en: "Province directory".to_owned(),
        },
        find_by,
        make,
        strong,
    });
    test.app
        .add_user(&Actor::operator(), "lan", Role::Planner, PASSWORD)
        .await
        .unwrap();
    (test, enemy)
}

async fn actor(test: &TestApp, name: &str) -> Actor {
    let session = test.app.sign_in_from(name, PASSWORD, &from()).await.unwrap();
    session.unwrap().actor
}

async fn come_back(test: &TestApp, enemy: &Enemy, away: &Away, asking: &Actor) -> Outcome {
    let (code, state) = enemy.authorise(&away.address);
    let back = Back {
        state: &state,
        browser: &away.browser,
        code: Some(&code),
        issuer: None,
    };
    let returned = test.app.return_from_directory(asking.user(), back, &from()).await;
    returned.unwrap().outcome
}

async fn sign_in(test: &TestApp, enemy: &Enemy) -> Outcome {
    let away = test
        .app
        .leave_for_directory("vi", "/vi/desk")
        .await
        .unwrap()
        .unwrap();
    come_back(test, enemy, &away, &Actor::public()).await
}

fn session(outcome: Outcome) -> NewSession {
    match outcome {
        Outcome::SignedIn(session) => *session,
        other => panic!("{other:?}"),
    }
}

async fn link(test: &TestApp, enemy: &Enemy, actor: &Actor) -> Outcome {
    let away = test.app.leave_to_link(actor, PASSWORD, "vi", &from()).await;
    come_back(test, enemy, &away.unwrap().unwrap(), actor).await
}

fn happened(events: &[EventView]) -> Vec<AccountEvent> {
    events.iter().map(|event| event.what).collect()
}

#[tokio::test]
async fn who_is_linked_comes_in_and_who_is_not_does_not() {
    let (test, enemy) = house(FindBy::Link, false, Vec::new()).await;
    enemy.claim("preferred_username", json!("lan"));
    let stranger = Refusal::NotLinked {
        label: "lan".to_owned(),
    };
    assert_eq!(
        sign_in(&test, &enemy).await,
        Outcome::Refused(stranger),
        "a name alone finds nobody"
    );
    let lan = actor(&test, "lan").await;
    assert_eq!(link(&test, &enemy, &lan).await, Outcome::Linked);
    let opened = session(sign_in(&test, &enemy).await);
    assert_eq!(opened.actor.user(), lan.user());
    assert!(!opened.actor.gave_second_factor());
    let seen = test.app.actor(&opened.token).await.unwrap();
    assert_eq!((seen.name(), seen.posts()[0].role), ("lan", Role::Planner));
    let account = test.app.account(&seen, &opened.token).await.unwrap();
    assert_eq!(account.link.as_deref(), Some("lan"));
    assert!(
        account
            .sessions
            .iter()
            .any(|session| session.here && session.directory)
    );
    assert_eq!(
        happened(&account.events),
        [
            AccountEvent::SignedInByDirectory,
            AccountEvent::Linked,
            AccountEvent::SignedIn,
            AccountEvent::Added
        ]
    );
    assert_eq!(
        (
            account.events[0].address.as_str(),
            account.events[0].device.as_str()
        ),
        ("10.0.0.7", "a browser")
    );
    assert_eq!(account.events[3].by, Doer::Operator);
    assert!(
        test.app.sign_out(&opened.token).await.unwrap(),
        "the directory can be left too"
    );
    assert_eq!(test.app.actor(&opened.token).await.unwrap(), Actor::public());
}

/// Forced sign-in, stolen and replayed answers: the state is good once, in the browser that left, for ten minutes.
#[tokio::test]
async fn only_the_browser_that_left_comes_back_and_once() {
    let (test, enemy) = house(FindBy::Link, false, Vec::new()).await;
    let lan = actor(&test, "lan").await;
    assert_eq!(link(&test, &enemy, &lan).await, Outcome::Linked);
    let stale = Outcome::Refused(Refusal::Stale);
    let away = test.app.leave_for_directory("vi", "").await.unwrap().unwrap();
    let (code, state) = enemy.authorise(&away.address);
    let back = |state, browser| Back {
        state,
        browser,
        code: Some(code.as_str()),
        issuer: None,
    };
    let other = test.app.leave_for_directory("vi", "").await.unwrap().unwrap();
    enemy.authorise(&away.address);
    for (state, browser) in [
        ("", away.browser.as_str()),
        ("unknown", away.browser.as_str()),
        (state.as_str(), other.browser.as_str()),
        (state.as_str(), away.browser.as_str()),
    ] {
        // The third one used the state up, though it came from another browser.
        let returned = test
            .app
            .return_from_directory(None, back(state, browser), &from())
            .await;
        assert_eq!(returned.unwrap().outcome, stale, "{state}");
    }
    assert!(
        !enemy.manner().asked.iter().skip(3).any(|path| path == "/token"),
        "no code is given on"
    );
    let away = test.app.leave_for_directory("vi", "").await.unwrap().unwrap();
    session(come_back(&test, &enemy, &away, &Actor::public()).await);
    assert_eq!(
        come_back(&test, &enemy, &away, &Actor::public()).await,
        stale,
        "replayed"
    );
}

#[tokio::test]
async fn an_answer_that_does_not_hold_opens_nothing_and_is_kept() {
    let (test, enemy) = house(FindBy::Link, false, Vec::new()).await;
    let lan = actor(&test, "lan").await;
    assert_eq!(link(&test, &enemy, &lan).await, Outcome::Linked);
    for (name, value, flaw) in [
        ("nonce", json!("another"), Flaw::Nonce),
        ("aud", json!("another"), Flaw::Audience),
        ("exp", json!(1), Flaw::Time),
    ] {
        enemy.claim(name, value);
        let refused = Outcome::Refused(Refusal::Untrusted(flaw));
        assert_eq!(sign_in(&test, &enemy).await, refused, "{name}");
        enemy.manner().claims.clear();
    }
    enemy.manner().down = true;
    let away = test.app.leave_for_directory("vi", "").await.unwrap();
    if let Ok(away) = away {
        assert_eq!(
            come_back(&test, &enemy, &away, &Actor::public()).await,
            Outcome::Refused(Refusal::Down)
        );
    }
    assert!(
        test.app
            .sign_in("lan", PASSWORD, [127, 0, 0, 1].into())
            .await
            .unwrap()
            .is_ok(),
        "the password still works"
    );
    let page = test
        .app
        .account_events(&Actor::operator(), &EventQuery::default())
        .await
        .unwrap();
    let events = page.events;
    let refused = events
        .iter()
        .filter(|event| event.what == AccountEvent::RefusedByDirectory);
    assert_eq!(refused.filter(|event| event.user.is_none()).count(), 3);
}

/// A link needs the password, goes to who asked for it, and one person of the directory has one account.
#[tokio::test]
async fn nobody_links_for_another() {
    let (test, enemy) = house(FindBy::Link, false, Vec::new()).await;
    test.app
        .add_user(&Actor::operator(), "mai", Role::Planner, PASSWORD)
        .await
        .unwrap();
    let (lan, mai) = (actor(&test, "lan").await, actor(&test, "mai").await);
    let wrong = test.app.leave_to_link(&lan, "sai", "vi", &from()).await;
    assert!(matches!(wrong, Err(Error::Invalid(faults)) if faults[0].code == "password-wrong"));
    let public = test.app.leave_to_link(&Actor::public(), "", "vi", &from()).await;
    assert!(matches!(public, Err(Error::SignIn { .. })));
    let away = test
        .app
        .leave_to_link(&lan, PASSWORD, "vi", &from())
        .await
        .unwrap()
        .unwrap();
    let stale = Outcome::Refused(Refusal::Stale);
    assert_eq!(
        come_back(&test, &enemy, &away, &mai).await,
        stale,
        "of lan's, in mai's session"
    );
    let away = test
        .app
        .leave_to_link(&lan, PASSWORD, "vi", &from())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        come_back(&test, &enemy, &away, &Actor::public()).await,
        stale,
        "signed out meanwhile"
    );
    assert_eq!(link(&test, &enemy, &lan).await, Outcome::Linked);
    assert_eq!(
        link(&test, &enemy, &mai).await,
        Outcome::Refused(Refusal::LinkedElsewhere)
    );
    let twice = test.app.leave_to_link(&lan, PASSWORD, "vi", &from()).await;
    assert!(matches!(twice, Err(Error::Conflict { .. })));
}

#[tokio::test]
async fn a_claim_finds_an_account_only_where_the_configuration_says_so_and_once() {
    let (test, enemy) = house(FindBy::Username, false, Vec::new()).await;
    enemy.claim("preferred_username", json!("LAN"));
    let opened = session(sign_in(&test, &enemy).await);
    assert_eq!(opened.actor.name(), "lan");
    // Somebody else of the directory takes the name over: the account stays whose it is.
    enemy.claim("sub", json!("mai-8"));
    assert!(matches!(
        sign_in(&test, &enemy).await,
        Outcome::Refused(Refusal::NotLinked { .. })
    ));
    // And who was linked stays so under another name.
    enemy.manner().claims.clear();
    enemy.claim("preferred_username", json!("lan.lo"));
    assert_eq!(session(sign_in(&test, &enemy).await).actor.name(), "lan");
    let names: Vec<String> = test
        .app
        .users(&Actor::operator())
        .await
        .unwrap()
        .into_iter()
        .map(|user| user.name)
        .collect();
    assert_eq!(names, ["lan"], "no account came about by itself");
}

#[tokio::test]
async fn an_address_of_mail_counts_only_where_it_was_checked() {
    let (test, enemy) = house(FindBy::Email, true, Vec::new()).await;
    enemy.claim("email", json!("hoa@dienbien.test"));
    enemy.claim("email_verified", json!(false));
    assert!(matches!(
        sign_in(&test, &enemy).await,
        Outcome::Refused(Refusal::NotLinked { .. })
    ));
    enemy.claim("email_verified", json!(true));
    let opened = session(sign_in(&test, &enemy).await);
    assert_eq!(opened.actor.name(), "hoa@dienbien.test");
    assert!(
        opened.actor.posts().is_empty(),
        "an account that was made has no post"
    );
    assert!(!opened.actor.may(app::policy::Action::ReadDesk));
    let unlinked = test.app.unlink_self(&opened.actor).await;
    assert!(matches!(unlinked, Err(Error::Invalid(faults)) if faults[0].code == "link-is-the-only-way"));
    assert!(
        test.app
            .sign_in("hoa@dienbien.test", "", [127, 0, 0, 1].into())
            .await
            .unwrap()
            .is_err()
    );
}

/// What the directory says of a second factor counts where the configuration says so; else ours is asked.
#[tokio::test]
async fn a_second_factor_of_the_directory_counts_only_where_it_is_named() {
    let both = vec![
        Strong::Method("mfa".to_owned()),
        Strong::Context("gold".to_owned()),
    ];
    for (strong, claim, counts) in [
        (Vec::new(), ("amr", json!(["pwd", "mfa"])), false),
        (both.clone(), ("amr", json!(["pwd"])), false),
        (both.clone(), ("amr", json!(["pwd", "mfa"])), true),
        (both, ("acr", json!("gold")), true),
    ] {
        let shown = format!("{strong:?} {claim:?}");
        let (test, enemy) = house(FindBy::Link, false, strong).await;
        let lan = actor(&test, "lan").await;
        assert_eq!(link(&test, &enemy, &lan).await, Outcome::Linked);
        let enrolment = test.app.begin_second_factor(&lan).await.unwrap();
        let first = code_of(&enrolment.address, SECOND - 30);
        test.app.confirm_second_factor(&lan, &first).await.unwrap();
        enemy.claim(claim.0, claim.1);
        match sign_in(&test, &enemy).await {
            Outcome::SignedIn(session) => assert!(counts && session.actor.gave_second_factor(), "{shown}"),
            Outcome::SecondFactor { challenge } => {
                assert!(!counts, "{shown}");
                let wrong = test
                    .app
                    .answer_challenge(&challenge, "000000", &from())
                    .await
                    .unwrap();
                assert_eq!(wrong, Err(SignInRefused::WrongCode));
                let code = code_of(&enrolment.address, SECOND);
                let session = test
                    .app
                    .answer_challenge(&challenge, &code, &from())
                    .await
                    .unwrap()
                    .unwrap();
                assert!(session.actor.gave_second_factor());
                let account = test.app.account(&session.actor, &session.token).await.unwrap();
                assert_eq!(
                    account.events[0].what,
                    AccountEvent::SignedInByDirectoryWithFactor
                );
                assert_eq!(account.events[1].what, AccountEvent::WrongCode);
            }
            other => panic!("{shown}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_administrator_links_and_unlinks_by_hand() {
    let (test, enemy) = house(FindBy::Link, false, Vec::new()).await;
    let operator = Actor::operator();
    let lan = actor(&test, "lan").await;
    let id = lan.user().unwrap();
    for (subject, code) in [("", "subject-unusable"), ("a\nb", "subject-unusable")] {
        let refused = test.app.link_user(&operator, id, ISSUER, subject).await;
        assert!(matches!(refused, Err(Error::Invalid(faults)) if faults[0].code == code));
    }
    let planner = test.app.link_user(&lan, id, ISSUER, "lan-7").await;
    assert!(
        matches!(planner, Err(Error::Denied { .. })),
        "not even oneself, without the password"
    );
    test.app.link_user(&operator, id, ISSUER, "lan-7").await.unwrap();
    let other: Texts = [("name".to_owned(), "mai".to_owned())].into_iter().collect();
    let mai = test.app.add_person(&operator, &other).await.unwrap().user;
    let taken = test.app.link_user(&operator, mai, ISSUER, "lan-7").await;
    assert!(matches!(taken, Err(Error::Invalid(faults)) if faults[0].code == "subject-taken"));
    let opened = session(sign_in(&test, &enemy).await);
    test.app.unlink_user(&operator, id).await.unwrap();
    assert_eq!(test.app.actor(&opened.token).await.unwrap(), Actor::public());
    assert!(matches!(
        sign_in(&test, &enemy).await,
        Outcome::Refused(Refusal::NotLinked { .. })
    ));
    let again = test.app.unlink_user(&operator, id).await;
    assert!(matches!(again, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn who_was_let_go_or_forgotten_does_not_come_in_by_the_directory() {
    let (test, enemy) = house(FindBy::Username, true, Vec::new()).await;
    enemy.claim("preferred_username", json!("lan"));
    let opened = session(sign_in(&test, &enemy).await);
    test.app.end_user(&Actor::operator(), "lan").await.unwrap();
    assert_eq!(test.app.actor(&opened.token).await.unwrap(), Actor::public());
    assert!(matches!(
        sign_in(&test, &enemy).await,
        Outcome::Refused(Refusal::NotLinked { .. })
    ));
    test.app
        .forget_user_named(&Actor::operator(), "lan")
        .await
        .unwrap();
    let made = session(sign_in(&test, &enemy).await);
    assert_ne!(
        made.actor.user(),
        opened.actor.user(),
        "another number, and no post"
    );
    assert!(made.actor.posts().is_empty());
}

/// A token that names more than it may is only text.
#[tokio::test]
async fn names_of_the_directory_are_kept_short_and_plain() {
    let (test, enemy) = house(FindBy::Link, false, Vec::new()).await;
    enemy.claim(
        "preferred_username",
        Value::String(format!("<b>\u{7}{}", "x".repeat(900))),
    );
    match sign_in(&test, &enemy).await {
        Outcome::Refused(Refusal::NotLinked { label }) => {
            assert!(label.starts_with("<b>x") && label.chars().count() == 200);
        }
        other => panic!("{other:?}"),
    }
}
