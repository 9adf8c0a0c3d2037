//! Posts and people: who holds what when, tables all or nothing, two who edit one, codes of time, forgetting.

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::Path;

use app::org::Texts;
use app::policy::{Action, Role};
use app::session::{From, SignInRefused};
use app::{Actor, App, Error};
use plan::{Office, PostId};
use terms::Timestamp;

use crate::test_app::TestApp;

const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const PASSWORD: &str = "ruộng bậc thang mùa lúa chín";

fn texts(fields: &[(&str, &str)]) -> Texts {
    fields
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect::<HashMap<_, _>>()
}

fn post(id: &str, office: &str, role: &str, reach: &str) -> Texts {
    texts(&[
        ("id", id),
        ("office", office),
        ("name_vi", "Vị trí"),
        ("name_en", "Post"),
        ("role", role),
        ("reach", reach),
        ("since", "2026-01-01"),
    ])
}

/// A register with a post for an administrator of one commune and a reporter of the same.
async fn commune() -> TestApp {
    let test = TestApp::new().await;
    let operator = Actor::operator();
    for (id, role) in [("a.administrator", "administrator"), ("a.reporter", "reporter")] {
        test.app
            .add_post(&operator, &post(id, "VN-11-03158", role, "own"))
            .await
            .unwrap();
    }
    test
}

async fn holder(test: &TestApp, name: &str, post: &str) -> Actor {
    let fields = [("name", name), ("password", PASSWORD), ("post", post)];
    test.app
        .add_person(&Actor::operator(), &texts(&fields))
        .await
        .unwrap();
    let session = test.app.sign_in(name, PASSWORD, ADDRESS).await.unwrap().unwrap();
    test.app.actor(&session.token).await.unwrap()
}

#[tokio::test]
async fn a_post_reaches_its_office_and_ends_with_its_last_day() {
    let test = commune().await;
    let reporter = holder(&test, "Mai", "a.reporter").await;
    let own: Office = "VN-11-03158".parse().unwrap();
    let other: Office = "VN-11-03160".parse().unwrap();
    assert!(reporter.may_for(Action::FillReport, &own) && !reporter.may_for(Action::FillReport, &other));
    let refused = reporter.require_for(Action::FillReport, &other);
    assert!(
        matches!(refused, Err(Error::NotFound { .. })),
        "another's things are not known: {refused:?}"
    );
    let refused = reporter.require_for(Action::AcceptReport, &own);
    let Err(Error::Denied { who, .. }) = refused else {
        panic!("{refused:?}")
    };
    let leader = who.iter().find(|who| who.role == Role::Leader).unwrap();
    let (office, name) = leader.office.as_ref().unwrap();
    assert_eq!(
        (office.to_string().as_str(), name.vi.as_str()),
        ("VN-11", "Ủy ban nhân dân tỉnh Điện Biên")
    );
    let author = reporter.author(Action::FillReport, Some(&own));
    assert_eq!(author.post, Some(PostId::new("a.reporter").unwrap()));
    assert_eq!(author.unit.unwrap().as_str(), "VN-11-03158");
    let areas = reporter.offices_for(Action::ReadReports).areas().unwrap();
    assert_eq!(areas.len(), 1);

    // The register stands still at 22 November 2026: a post that ended the day before is over.
    let until = "2026-11-21".parse().unwrap();
    let ended = test
        .app
        .end_post(
            &Actor::operator(),
            &PostId::new("a.reporter").unwrap(),
            until,
            "QĐ 12",
        )
        .await;
    ended.unwrap();
    let session = test.app.sign_in("Mai", PASSWORD, ADDRESS).await.unwrap().unwrap();
    let now = test.app.actor(&session.token).await.unwrap();
    assert!(now.posts().is_empty() && !now.may(Action::FillReport) && now.may(Action::KeepOwnAccount));
}

#[tokio::test]
async fn a_table_of_people_is_taken_whole_or_not_at_all() {
    let test = commune().await;
    let operator = Actor::operator();
    let wrong = "name,password,post,since\n\
        Mai,,a.reporter,2026-02-01\n\
        Lan,ngắn,a.reporter,2026-02-01\n\
        ,,a.reporter,\n";
    let refused = test
        .app
        .import_users(&operator, "people.csv", wrong.as_bytes())
        .await;
    assert!(
        matches!(&refused, Err(Error::Invalid(wrong)) if !wrong.is_empty()),
        "{refused:?}"
    );
    assert!(test.app.users(&operator).await.unwrap().is_empty());
    let unknown = "name,post\nMai,a.nobody\nMai,a.reporter\n";
    let Err(Error::Invalid(faults)) = test
        .app
        .import_users(&operator, "people.csv", unknown.as_bytes())
        .await
    else {
        panic!("taken");
    };
    assert_eq!((faults[0].code, faults[0].place.row), ("unknown-post", Some(2)));
    assert!(
        test.app.users(&operator).await.unwrap().is_empty(),
        "nothing half done"
    );
    let right = "name,password,post,since\nMai,,a.reporter,2026-02-01\nLan,,,\n";
    let added = test
        .app
        .import_users(&operator, "people.csv", right.as_bytes())
        .await
        .unwrap();
    assert_eq!(added.len(), 2);
    assert_eq!(added[0].password.as_ref().unwrap().len(), 20);
}

#[tokio::test]
async fn an_administrator_keeps_the_own_office_and_nobody_elses() {
    let test = commune().await;
    let administrator = holder(&test, "Quản trị xã", "a.administrator").await;
    let fields = [("name", "Mai"), ("post", "a.reporter")];
    let mai = test
        .app
        .add_person(&administrator, &texts(&fields))
        .await
        .unwrap();
    assert!(test.app.user(&administrator, mai.user).await.is_ok());
    let chief = test
        .app
        .add_user(&Actor::operator(), "Chủ tịch", Role::Leader, PASSWORD)
        .await
        .unwrap();
    let looked = test.app.user(&administrator, chief).await;
    assert!(
        matches!(looked, Err(Error::NotFound { .. })),
        "guessing numbers finds nobody"
    );
    assert_eq!(test.app.users(&administrator).await.unwrap().len(), 2);
    let elsewhere = post("b.reporter", "VN-11-03160", "reporter", "own");
    assert!(matches!(
        test.app.add_post(&administrator, &elsewhere).await,
        Err(Error::Denied { .. })
    ));
    assert!(
        test.app.desk(&administrator).await.is_err(),
        "administrators decide nothing about content"
    );
}

#[tokio::test]
async fn of_two_who_edit_one_person_the_second_sees_both_values() {
    let test = commune().await;
    let operator = Actor::operator();
    let fields = [("name", "Mai"), ("post", "a.reporter")];
    let user = test
        .app
        .add_person(&operator, &texts(&fields))
        .await
        .unwrap()
        .user;
    let seen = test.app.user(&operator, user).await.unwrap().version;
    test.app
        .change_user(&operator, user, seen, "Lò Thị Mai", "VN-11-03158")
        .await
        .unwrap()
        .unwrap();
    let second = test
        .app
        .change_user(&operator, user, seen, "Mai Lò", "VN-11")
        .await
        .unwrap();
    let changed = second.unwrap_err();
    assert_eq!(changed.now.name, "Lò Thị Mai");
    let again = test
        .app
        .change_user(&operator, user, changed.now.version, "Mai Lò", "VN-11")
        .await;
    again.unwrap().unwrap();
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    let test = TestApp::new().await;
    test.app
        .add_first_administrator("Quản trị", PASSWORD)
        .await
        .unwrap();
    let second = test.app.add_first_administrator("Kẻ khác", PASSWORD).await;
    assert!(matches!(second, Err(Error::Conflict { .. })));
}

/// Reads a secret as an authenticator app does, and shows the code of a second. Written apart from the program's own.
pub(crate) fn code_of(address: &str, second: i64) -> String {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let secret = address
        .split("secret=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let mut bits = String::new();
    for sign in secret.chars() {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(sign).unwrap();
        bits.push_str(&format!("{value:05b}"));
    }
    let key: Vec<u8> = (0..bits.len() / 8)
        .map(|at| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).unwrap())
        .collect();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&key).unwrap();
    mac.update(&u64::try_from(second / 30).unwrap().to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let word = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}

/// The second at which the register's clock stands still.
const SECOND: i64 = 1_795_323_600;

#[tokio::test]
async fn a_second_factor_is_asked_at_sign_in_and_a_code_is_good_once() {
    let test = commune().await;
    let mai = holder(&test, "Mai", "a.reporter").await;
    let from = From {
        address: ADDRESS,
        device: "a telephone".to_owned(),
    };
    let enrolment = test.app.begin_second_factor(&mai).await.unwrap();
    let wrong = test.app.confirm_second_factor(&mai, "000000").await;
    assert!(matches!(wrong, Err(Error::Invalid(faults)) if faults[0].code == "code-wrong"));
    let before = code_of(&enrolment.address, SECOND - 30);
    let codes = test.app.confirm_second_factor(&mai, &before).await.unwrap();
    assert_eq!(codes.len(), 10);

    let challenge = async || match test.app.sign_in("Mai", PASSWORD, ADDRESS).await.unwrap() {
        Err(SignInRefused::SecondFactor { challenge }) => challenge,
        other => panic!("{other:?}"),
    };
    let first = challenge().await;
    let replayed = test.app.answer_challenge(&first, &before, &from).await.unwrap();
    assert_eq!(
        replayed,
        Err(SignInRefused::WrongCode),
        "the code of the confirmation is used up"
    );
    let now = code_of(&enrolment.address, SECOND);
    let session = test
        .app
        .answer_challenge(&first, &now, &from)
        .await
        .unwrap()
        .unwrap();
    assert!(session.actor.gave_second_factor());
    let again = challenge().await;
    let replayed = test.app.answer_challenge(&again, &now, &from).await.unwrap();
    assert_eq!(replayed, Err(SignInRefused::WrongCode), "replayed");
    let by_paper = test.app.answer_challenge(&again, &codes[0], &from).await.unwrap();
    assert!(by_paper.is_ok());
    let twice = challenge().await;
    let replayed = test.app.answer_challenge(&twice, &codes[0], &from).await.unwrap();
    assert_eq!(
        replayed,
        Err(SignInRefused::WrongCode),
        "a recovery code is good once"
    );
    for _ in 0..5 {
        let _ = test.app.answer_challenge(&twice, "000000", &from).await.unwrap();
    }
    let late = test.app.answer_challenge(&twice, &codes[1], &from).await.unwrap();
    assert_eq!(
        late,
        Err(SignInRefused::WrongCode),
        "after five wrong codes the challenge is void"
    );

    let account = test.app.account(&session.actor, &session.token).await.unwrap();
    assert!(account.second_factor && account.recovery_codes == 9);
    let here = account.sessions.iter().find(|session| session.here).unwrap();
    assert_eq!(here.device, "a telephone");
    test.app.end_own_session(&session.actor, &here.id).await.unwrap();
    assert_eq!(test.app.actor(&session.token).await.unwrap(), Actor::public());
}

/// Who knows the password may not try codes without end by asking for challenge after challenge.
#[tokio::test]
async fn challenges_without_an_answer_count_as_attempts() {
    let test = commune().await;
    let mai = holder(&test, "Mai", "a.reporter").await;
    let enrolment = test.app.begin_second_factor(&mai).await.unwrap();
    let first = code_of(&enrolment.address, SECOND);
    test.app.confirm_second_factor(&mai, &first).await.unwrap();
    for _ in 0..5 {
        let asked = test.app.sign_in("Mai", PASSWORD, ADDRESS).await.unwrap();
        assert!(matches!(asked, Err(SignInRefused::SecondFactor { .. })));
    }
    let asked = test.app.sign_in("Mai", PASSWORD, ADDRESS).await.unwrap();
    assert!(
        matches!(asked, Err(SignInRefused::TooManyAttempts { .. })),
        "{asked:?}"
    );
}

#[tokio::test]
async fn where_it_is_required_nobody_administrates_without_a_second_factor() {
    let test = commune().await;
    let administrator = holder(&test, "Quản trị xã", "a.administrator").await;
    assert!(test.app.users(&administrator).await.is_ok());
    test.app.require_second_factor(true);
    let session = test
        .app
        .sign_in("Quản trị xã", PASSWORD, ADDRESS)
        .await
        .unwrap()
        .unwrap();
    let weak = test.app.actor(&session.token).await.unwrap();
    assert!(matches!(
        test.app.users(&weak).await,
        Err(Error::SecondFactor { .. })
    ));
    let enrolment = test.app.begin_second_factor(&weak).await.unwrap();
    let first = code_of(&enrolment.address, SECOND - 30);
    test.app.confirm_second_factor(&weak, &first).await.unwrap();
    let Err(SignInRefused::SecondFactor { challenge }) =
        test.app.sign_in("Quản trị xã", PASSWORD, ADDRESS).await.unwrap()
    else {
        panic!("no challenge");
    };
    let from = From {
        address: ADDRESS,
        device: String::new(),
    };
    let code = code_of(&enrolment.address, SECOND);
    let session = test
        .app
        .answer_challenge(&challenge, &code, &from)
        .await
        .unwrap()
        .unwrap();
    assert!(test.app.users(&session.actor).await.is_ok());
}

fn clock() -> Timestamp {
    Timestamp::from_second(SECOND).unwrap()
}

fn files_hold(folder: &Path, words: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    })
}

/// After forgetting, no file beside the register holds the name, and the record verifies as before.
#[tokio::test]
async fn who_is_forgotten_is_in_no_file_and_the_record_still_verifies() {
    const NAME: &str = "Quàng Thị Bánh Chưng";
    let folder = tempfile::tempdir().unwrap();
    let app = App::open_with_clock(&folder.path().join("register.db"), clock)
        .await
        .unwrap();
    let operator = Actor::operator();
    app.add_post(&operator, &post("a.reporter", "VN-11-03158", "reporter", "own"))
        .await
        .unwrap();
    let fields = [("name", NAME), ("password", PASSWORD), ("post", "a.reporter")];
    let user = app.add_person(&operator, &texts(&fields)).await.unwrap().user;
    let session = app.sign_in(NAME, PASSWORD, ADDRESS).await.unwrap().unwrap();
    assert!(files_hold(folder.path(), NAME), "the search finds what is there");
    app.forget_user(&operator, user).await.unwrap();
    assert!(!files_hold(folder.path(), NAME));
    assert_eq!(app.actor(&session.token).await.unwrap(), Actor::public());
    assert!(matches!(
        app.user(&operator, user).await,
        Err(Error::NotFound { .. })
    ));
    let org = app
        .org(&operator, &terms::RefArea::new("VN-11-03158"), None)
        .await
        .unwrap();
    let holder = &org.offices[0].posts[0].holders[0];
    assert!(
        holder.forgotten && holder.name.is_none(),
        "the post was held, by somebody without a name"
    );
    let audit = app.audit(&operator).await.unwrap();
    assert!(audit.broken.is_none() && audit.unreadable.is_none());
    assert!(audit.tables.iter().all(|table| table.same), "{:?}", audit.tables);
}
