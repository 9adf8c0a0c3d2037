//! People and sessions.

use plan::{Office, UserId};
use store::{Error, NewSession, NewUser, Writing, person};
use terms::RefArea;

use crate::specimen::at;
use crate::{Backend, suite};

suite!(
    a_name_is_taken_once_whatever_its_case,
    a_session_ends_with_sign_out_new_password_and_dismissal,
    the_second_of_two_changes_is_told,
    a_code_of_time_and_a_recovery_code_are_used_once,
    who_is_forgotten_leaves_a_number_that_is_never_given_again,
);

async fn add(writing: &mut Writing, name: &str) -> Result<UserId, Error> {
    let office = Office::committee(RefArea::from_static("VN-11"));
    let new = NewUser {
        name,
        password_hash: "hash",
        salt: [7; 16],
        office: &office,
        demo: false,
    };
    writing.add_user(&new, at(0)).await
}

async fn open(writing: &mut Writing, user: UserId, token: u8, now: i64, until: i64) {
    let new = NewSession {
        user,
        token_hash: &[token; 32],
        csrf: "csrf",
        expires_at: at(until),
        device: "",
        strong: false,
        directory: false,
    };
    writing.open_session(&new, at(now)).await.unwrap();
}

async fn a_name_is_taken_once_whatever_its_case<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    let user = add(&mut writing, "Lò Thị Mai").await.unwrap();
    writing.commit().await.unwrap();
    let mut reading = store.read().await.unwrap();
    assert_eq!(
        reading.user_by_name("  LÒ  thị mai ").await.unwrap().unwrap().id,
        user
    );
    assert_eq!(reading.user_by_name("Lo Thi Mai").await.unwrap(), None);
    drop(reading);
    let mut writing = store.write().await.unwrap();
    let taken = add(&mut writing, "lò thị mai").await;
    assert!(matches!(taken, Err(Error::Exists(_))));
}

async fn a_session_ends_with_sign_out_new_password_and_dismissal<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    let user = add(&mut writing, "Mai").await.unwrap();
    let hash = |token: u8| [token; 32];
    for token in 1..=3 {
        open(&mut writing, user, token, 0, 100).await;
    }
    assert_eq!(writing.session(&hash(1)).await.unwrap().unwrap().user.id, user);
    writing.end_session(&hash(1)).await.unwrap();
    assert_eq!(writing.session(&hash(1)).await.unwrap(), None);
    assert!(writing.session(&hash(2)).await.unwrap().is_some());
    writing.set_password(user, "other").await.unwrap();
    assert_eq!(writing.session(&hash(2)).await.unwrap(), None);
    open(&mut writing, user, 4, 5, 100).await;
    open(&mut writing, user, 5, 101, 200).await;
    assert_eq!(
        writing.session(&hash(4)).await.unwrap(),
        None,
        "what ran out is dropped"
    );
    writing.end_user(user, at(110)).await.unwrap();
    assert_eq!(writing.session(&hash(5)).await.unwrap(), None);
}

async fn the_second_of_two_changes_is_told<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    let user = add(&mut writing, "Mai").await.unwrap();
    let office = Office::committee(RefArea::from_static("VN-11-03158"));
    assert!(writing.change_user(user, 1, "Lò Mai", &office).await.unwrap());
    assert!(!writing.change_user(user, 1, "Mai Lò", &office).await.unwrap());
    let now = writing.user(user).await.unwrap().unwrap();
    assert_eq!(
        (now.name.as_str(), now.version, &now.office),
        ("Lò Mai", 2, &office)
    );
}

async fn a_code_of_time_and_a_recovery_code_are_used_once<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    let user = add(&mut writing, "Mai").await.unwrap();
    writing.set_totp(user, Some(b"secret")).await.unwrap();
    writing.confirm_totp(user, &[[1; 32], [2; 32]]).await.unwrap();
    assert!(writing.use_totp_step(user, 5).await.unwrap());
    assert!(!writing.use_totp_step(user, 5).await.unwrap(), "replayed");
    assert!(!writing.use_totp_step(user, 4).await.unwrap(), "older");
    assert!(writing.use_recovery_code(user, &[1; 32]).await.unwrap());
    assert!(!writing.use_recovery_code(user, &[1; 32]).await.unwrap());
    assert_eq!(writing.recovery_codes(user).await.unwrap(), 1);
    let kept = writing.user(user).await.unwrap().unwrap();
    assert!(
        !format!("{kept:?}").contains("115, 101, 99"),
        "no secret in a log: {kept:?}"
    );
    writing.set_totp(user, None).await.unwrap();
    assert_eq!(writing.recovery_codes(user).await.unwrap(), 0);
}

async fn who_is_forgotten_leaves_a_number_that_is_never_given_again<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    let user = add(&mut writing, "Mai").await.unwrap();
    let told = writing.user(user).await.unwrap().unwrap().person();
    assert_eq!(told, person(&[7; 16], "Mai"));
    open(&mut writing, user, 1, 0, 100).await;
    writing.forget_user(user, at(1)).await.unwrap();
    assert_eq!(writing.user(user).await.unwrap(), None);
    assert_eq!(writing.session(&[1; 32]).await.unwrap(), None);
    let next = add(&mut writing, "Mai").await.unwrap();
    assert_ne!(next, user, "entries of the forgotten must not become another's");
}
